//! Who is covered, by whom, and why not: the answer, as counts of people by network time.

#[cfg(any(feature = "osm", feature = "geojson"))]
mod affected;
mod areas;
mod catchments;
mod cutoffs;
mod live;
mod reason;
mod status;
#[cfg(feature = "serde")]
mod stored;
mod walls;

#[cfg(any(feature = "osm", feature = "geojson"))]
pub use affected::Affected;
pub use areas::{AreaCoverage, Areas};
pub use catchments::{CatchmentSums, StraightCircle};
pub use cutoffs::{Tests, TestsError};
pub use live::{EdgesEdited, LiveCoverage};
pub use reason::Reason;
pub(crate) use status::status_of_snapped;
pub use status::{StationCoverage, StationStatus, Status, Tally};
pub use walls::{WallCost, WallCosts};

use crate::id::{ResidentId, StationId};
use crate::model::{Resident, Station};
use crate::search::{NearestStation, TravelTimes};
use crate::snap::Snapped;
use crate::units::{People, Unit};
use status::{station_coverage, status};

/// Who is covered, by whom, and why not.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "stored::StoredCoverage")
)]
pub struct Coverage {
    tests: Tests,
    statuses: Vec<Status>,
    nearest: Vec<Option<NearestStation>>,
    nearest_m: Vec<Option<NearestStation>>,
    /// `[resident][cutoff]`: the number of stations within.
    within: Vec<u32>,
    stations: Vec<StationCoverage>,
    /// `[station][cutoff]`.
    catchments: Vec<CatchmentSums>,
    total: Tally,
    by_status: [Tally; 5],
    by_cutoff: Vec<Tally>,
    straight: Vec<StraightCircle>,
}

impl Coverage {
    /// Counts who is within which cutoff of which station.
    ///
    /// `times` holds a table up to the largest minute cutoff; `lengths` one up to the largest metre cutoff, and is
    /// needed only where there are metre cutoffs. `straight_m` are the radii in metres of the straight-line circles to
    /// compare with.
    ///
    /// # Panics
    /// When the parts are not of one analysis: tables of other stations or residents, or a missing length table.
    ///
    /// # Complexity
    /// Linear in the tables' pairs.
    #[must_use]
    pub fn new(
        (stations, residents): (&[Station], &[Resident]),
        snapped: &Snapped,
        times: &TravelTimes,
        lengths: Option<&TravelTimes>,
        tests: Tests,
        straight_m: &[f64],
    ) -> Self {
        let people: Vec<People> = residents.iter().map(|resident| resident.people).collect();
        let counts = catchments::Counts::new(&tests, times, lengths, &people);
        let nearest_m = lengths.map_or_else(Vec::new, |lengths| lengths.nearest().to_vec());
        let deciding = match tests.deciding().unit() {
            Unit::Milliseconds => times.nearest(),
            Unit::Millimetres => &nearest_m,
        };
        let statuses: Vec<Status> = snapped
            .residents()
            .iter()
            .zip(residents)
            .zip(deciding)
            .map(|((snapping, resident), nearest)| {
                status(resident, snapping, *nearest, tests.deciding())
            })
            .collect();
        let mut total = Tally::default();
        let mut by_status = [Tally::default(); 5];
        for (status, people) in statuses.iter().zip(&people) {
            total.add(*people);
            by_status[*status as usize].add(*people);
        }
        Self {
            stations: snapped
                .stations()
                .map(|station| station_coverage(snapped, station))
                .collect(),
            straight: catchments::straight(stations, residents, straight_m),
            nearest: times.nearest().to_vec(),
            nearest_m,
            within: counts.within,
            catchments: counts.catchments,
            by_cutoff: counts.by_cutoff,
            tests,
            statuses,
            total,
            by_status,
        }
    }

    /// The tests that were asked.
    #[must_use]
    pub fn tests(&self) -> &Tests {
        &self.tests
    }

    /// Every resident's status, in input order.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// Every resident's nearest station by time at any distance, in input order.
    #[must_use]
    pub fn nearest(&self) -> &[Option<NearestStation>] {
        &self.nearest
    }

    /// Every resident's nearest station by metres of walking, in input order; empty without metre cutoffs.
    #[must_use]
    pub fn nearest_by_metres(&self) -> &[Option<NearestStation>] {
        &self.nearest_m
    }

    /// The number of stations within each cutoff of a resident, in the order of [`Tests::cutoffs`].
    ///
    /// # Panics
    /// When there is no such resident.
    #[must_use]
    pub fn within(&self, resident: ResidentId) -> &[u32] {
        let cutoffs = self.tests.len();
        &self.within[resident.index() * cutoffs..(resident.index() + 1) * cutoffs]
    }

    /// Every station, in the order of their first rows.
    #[must_use]
    pub fn stations(&self) -> &[StationCoverage] {
        &self.stations
    }

    /// A station's sums within each cutoff, in the order of [`Tests::cutoffs`].
    ///
    /// # Panics
    /// When there is no such station.
    #[must_use]
    pub fn catchments(&self, station: StationId) -> &[CatchmentSums] {
        let cutoffs = self.tests.len();
        &self.catchments[station.index() * cutoffs..(station.index() + 1) * cutoffs]
    }

    /// All records.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.total
    }

    /// The records of one status.
    #[must_use]
    pub fn with_status(&self, status: Status) -> Tally {
        self.by_status[status as usize]
    }

    /// The records within each cutoff of any station, in the order of [`Tests::cutoffs`].
    #[must_use]
    pub fn by_cutoff(&self) -> &[Tally] {
        &self.by_cutoff
    }

    /// Whom plain circles around the stations would claim, in the order of the radii asked.
    #[must_use]
    pub fn straight(&self) -> &[StraightCircle] {
        &self.straight
    }

    /// The share of all people who are covered.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.with_status(Status::Covered)
            .people
            .share_of(self.total.people)
    }

    /// Why a resident is not covered; `None` for one who is.
    ///
    /// # Panics
    /// When there is no such resident, here or among those who were snapped.
    #[must_use]
    pub fn reason(
        &self,
        resident: ResidentId,
        record: &Resident,
        snapped: &Snapped,
    ) -> Option<Reason> {
        let index = resident.index();
        let nearest = match self.tests.deciding().unit() {
            Unit::Milliseconds => &self.nearest,
            Unit::Millimetres => &self.nearest_m,
        };
        reason::reason(
            self.statuses[index],
            record,
            &snapped.residents()[index],
            nearest[index],
            self.tests.deciding(),
        )
    }
}
