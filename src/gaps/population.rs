//! Whose gaps are asked for.

use crate::coverage::{Coverage, Status};
use crate::id::ResidentId;
use crate::model::Resident;
use crate::search::NearestStation;
use crate::units::{Cutoff, People, Unit};

/// Whose gaps are asked for, and how they are served.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Population<'a> {
    /// Where they live.
    pub(crate) residents: &'a [Resident],
    /// By record how many of them there are; everybody where there is no such list.
    pub(crate) part: Option<&'a [People]>,
    /// By record how it is served.
    pub(crate) statuses: &'a [Status],
    /// By record the nearest station, in the unit that decides.
    pub(crate) nearest: &'a [Option<NearestStation>],
    /// What decides.
    pub(crate) deciding: Cutoff,
}

impl<'a> Population<'a> {
    /// Everybody, as they were counted.
    pub(crate) fn all(residents: &'a [Resident], coverage: &'a Coverage) -> Self {
        let deciding = coverage.tests().deciding();
        Self {
            residents,
            part: None,
            statuses: coverage.statuses(),
            nearest: match deciding.unit() {
                Unit::Milliseconds => coverage.nearest(),
                Unit::Millimetres => coverage.nearest_by_metres(),
            },
            deciding,
        }
    }

    pub(super) fn people(&self, resident: ResidentId) -> People {
        match self.part {
            Some(part) => part[resident.index()],
            None => self.residents[resident.index()].people,
        }
    }

    /// Whether a record is left out. One with none of a part's people is not.
    pub(super) fn is_left_out(&self, resident: ResidentId) -> bool {
        let is_served = matches!(
            self.statuses[resident.index()],
            Status::Covered | Status::Invalid
        );
        let is_meant = |part: &[People]| part[resident.index()] > People::ZERO;
        !is_served && self.part.is_none_or(is_meant)
    }
}
