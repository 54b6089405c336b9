//! What the closing of stations and streets of a city costs, and whose ground is whose.

use super::City;
use crate::catchments::Catchments;
use crate::control::Control;
use crate::model::{Compounds, MapMarks};
use crate::resilience::{PAIRS_AMONG, StationClosures, StreetClosures};
use crate::units::{Cutoff, Unit};
use crate::walker::WalkerError;

impl City {
    /// Who depends on one station alone, and what closing each station costs, or two of the worst.
    ///
    /// # Errors
    /// Those of [`StationClosures::new`].
    ///
    /// # Complexity
    /// That of [`StationClosures::new`].
    pub fn station_closures(
        &self,
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<StationClosures, WalkerError> {
        let (placed, city) = (self.placed(), self.records());
        StationClosures::new(placed, city, cutoff, PAIRS_AMONG, control)
    }

    /// The ground of each station without overlap, in cells of about this side in metres, and who belongs to it: by walks in a unit.
    ///
    /// # Errors
    /// Those of [`Catchments::new`].
    ///
    /// # Complexity
    /// That of [`Catchments::new`].
    pub fn catchments(
        &self,
        unit: Unit,
        cell_m: f64,
        control: Control<'_>,
    ) -> Result<Catchments, WalkerError> {
        Catchments::new(self.placed(), self.records(), unit, cell_m, control)
    }

    /// What closing each bridge, gate, crossing and lift costs. `compounds` are the city's walls, and `marks` what its map says of
    /// gates and crossings.
    ///
    /// # Errors
    /// Those of [`StreetClosures::new`].
    ///
    /// # Complexity
    /// That of [`StreetClosures::new`].
    pub fn street_closures(
        &self,
        compounds: &Compounds,
        marks: &MapMarks,
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<StreetClosures, WalkerError> {
        let (placed, city) = (self.placed(), self.records());
        StreetClosures::new(placed, city, compounds, marks, cutoff, control)
    }
}
