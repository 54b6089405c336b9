//! A station as answers name it.

use geo_types::Coord;

/// A station that tiers, services and register are about.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AskedStation {
    /// Its id.
    pub id: String,
    /// What it is called, where its first row says so.
    pub name: Option<String>,
    /// Its entrances.
    pub places: Vec<Coord<f64>>,
}
