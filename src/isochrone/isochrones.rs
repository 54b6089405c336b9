//! What is drawn.

use geo_types::MultiPolygon;

use crate::units::Cutoff;

/// Everybody's isochrones, for several cutoffs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Isochrones {
    /// The cutoffs, ascending.
    pub cutoffs: Vec<Cutoff>,
    /// For each station and cutoff the ground within it; stations in order, then cutoffs. Empty for a station off the
    /// network.
    pub by_station: Vec<Vec<MultiPolygon<f64>>>,
    /// For each cutoff the ground within it of any station.
    pub merged: Vec<MultiPolygon<f64>>,
}
