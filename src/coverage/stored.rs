//! Coverage as it comes back from where it was kept: only what an analysis can have made is taken.

use super::catchments::{CatchmentSums, StraightCircle};
use super::{Coverage, StationCoverage, Status, Tally, Tests, TestsError};
use crate::id::ResidentId;
use crate::search::NearestStation;
use crate::units::{Cutoff, Unit};

/// Tests before they were checked.
#[derive(serde::Deserialize)]
pub(super) struct StoredTests {
    minutes: Vec<Cutoff>,
    metres: Vec<Cutoff>,
    decided_by: Unit,
}

impl TryFrom<StoredTests> for Tests {
    type Error = TestsError;

    fn try_from(stored: StoredTests) -> Result<Self, TestsError> {
        let tests = Self::new(stored.minutes.into_iter().chain(stored.metres))?;
        match stored.decided_by {
            // Without minutes metres decide, whatever is said.
            Unit::Milliseconds => Ok(tests),
            Unit::Millimetres => tests.decided_by_metres(),
        }
    }
}

/// Coverage before it was checked.
#[derive(serde::Deserialize)]
pub(super) struct StoredCoverage {
    tests: Tests,
    statuses: Vec<Status>,
    nearest: Vec<Option<NearestStation>>,
    nearest_m: Vec<Option<NearestStation>>,
    within: Vec<u32>,
    stations: Vec<StationCoverage>,
    catchments: Vec<CatchmentSums>,
    total: Tally,
    by_status: [Tally; 5],
    by_cutoff: Vec<Tally>,
    straight: Vec<StraightCircle>,
    #[serde(default)]
    near_closed: Vec<ResidentId>,
}

impl StoredCoverage {
    /// What contradicts itself; `None` where all fits.
    fn fault(&self) -> Option<&'static str> {
        let (residents, stations) = (self.statuses.len(), self.stations.len());
        let cutoffs = self.tests.len();
        let lengths = if self.tests.metres().is_empty() {
            0
        } else {
            residents
        };
        let mut nearest = self.nearest.iter().chain(&self.nearest_m).flatten();
        let faults = [
            (
                self.nearest.len() != residents || self.nearest_m.len() != lengths,
                "coverage: there is one status and one nearest station for each resident",
            ),
            (
                nearest.any(|nearest| nearest.station.index() >= stations),
                "coverage: a nearest station is none of the stations",
            ),
            (
                self.within.len() != residents * cutoffs,
                "coverage: there is one count of stations for each resident and cutoff",
            ),
            (
                self.catchments.len() != stations * cutoffs,
                "coverage: there is one sum for each station and cutoff",
            ),
            (
                self.by_cutoff.len() != cutoffs,
                "coverage: there is one sum for each cutoff",
            ),
            (
                !self.near_closed_agrees(),
                "coverage: who has a closed station near is somebody who is not covered, in order",
            ),
            (
                !self.sums_agree(),
                "coverage: the sums by status are those of all residents",
            ),
        ];
        let fault = faults.into_iter().find(|(is_so, _)| *is_so);
        fault.map(|(_, what)| what)
    }

    fn near_closed_agrees(&self) -> bool {
        let is_left_out = |resident: &ResidentId| {
            let status = self.statuses.get(resident.index());
            status.is_some_and(|status| *status != Status::Covered)
        };
        self.near_closed.is_sorted() && self.near_closed.iter().all(is_left_out)
    }

    fn sums_agree(&self) -> bool {
        let mut counted = [0_u64; 5];
        for status in &self.statuses {
            counted[*status as usize] += 1;
        }
        let records = self.by_status.map(|tally| tally.records);
        let people = self.by_status.iter().map(|tally| tally.people).sum();
        records == counted
            && self.total.records == self.statuses.len() as u64
            && self.total.people == people
    }
}

impl TryFrom<StoredCoverage> for Coverage {
    type Error = &'static str;

    fn try_from(stored: StoredCoverage) -> Result<Self, &'static str> {
        if let Some(fault) = stored.fault() {
            return Err(fault);
        }
        Ok(Self {
            tests: stored.tests,
            statuses: stored.statuses,
            nearest: stored.nearest,
            nearest_m: stored.nearest_m,
            within: stored.within,
            stations: stored.stations,
            catchments: stored.catchments,
            total: stored.total,
            by_status: stored.by_status,
            by_cutoff: stored.by_cutoff,
            straight: stored.straight,
            near_closed: stored.near_closed,
        })
    }
}
