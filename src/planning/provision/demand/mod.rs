//! Further demand: workers, members, anybody who is not counted as a resident, each layer with a circle of its own.

#[cfg(feature = "report")]
mod table;

use super::GroupCoverage;
use crate::units::Cutoff;

/// Who of a layer of demand is covered: workers, members, anybody who is not counted as a resident.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DemandCoverage {
    /// Its own circle.
    pub circle: Cutoff,
    /// How many records it has.
    pub records: usize,
    /// Who is within, as of a group of its own.
    pub coverage: GroupCoverage,
}
