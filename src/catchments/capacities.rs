//! How many people stations may have.

use crate::id::StationId;
use crate::units::People;

/// How many people stations may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capacities {
    /// Those of which nothing is said; as equal a share as can be where nothing is given.
    pub each: Option<People>,
    /// By station, those of which it is; none where it is of none.
    pub by_station: Vec<Option<People>>,
}

impl Capacities {
    /// What is said of a station itself.
    pub(super) fn own(&self, station: StationId) -> Option<People> {
        self.by_station.get(station.index()).copied().flatten()
    }
}
