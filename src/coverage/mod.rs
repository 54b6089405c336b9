//! Who is covered, by whom, and why not: the answer, as counts of people by network time.

#[cfg(any(feature = "osm", feature = "geojson"))]
mod affected;
mod areas;
mod catchments;
mod cutoffs;
mod live;
mod reason;
mod stairs;
mod status;
#[cfg(feature = "serde")]
mod stored;
mod walls;
mod week;

#[cfg(any(feature = "osm", feature = "geojson"))]
pub use affected::Affected;
pub use areas::{AreaCoverage, Areas};
pub(crate) use areas::{all_areas_at, areas_at};
pub use catchments::{CatchmentSums, StraightCircle};
pub use cutoffs::{Tests, TestsError};
pub use live::{EdgesEdited, LiveCoverage};
pub use reason::Reason;
pub use stairs::StairsCost;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "report"
))]
pub(crate) use stairs::from_street_door;
pub(crate) use status::status_of_snapped;
pub use status::{StationCoverage, StationStatus, Status, Tally};
pub use walls::{WallCost, WallCosts};
pub use week::{MinuteSums, Stretch, WeekCoverage};

use crate::control::Control;
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::model::{CityRecords, Resident};
use crate::search::{NearestStation, TravelTimes};
use crate::snap::Snapped;
use crate::units::{Cutoff, Unit};
use crate::walker::{Placed, WalkerError};
use status::{recorded_coverage, station_coverage, status};

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
    /// Those who are not covered for the hour: a station that is closed is within the deciding cutoff; ascending.
    near_closed: Vec<ResidentId>,
}

impl Coverage {
    /// Searches from every station, and counts who is within which cutoff of which: `city` is the one that was placed,
    /// `straight_m` are the radii in metres of the straight-line circles to compare with.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`] for other records, [`WalkerError::Cancelled`], and what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where metres are asked.
    ///
    /// # Complexity
    /// One search for each station, in parallel, and one sweep of the network; twice where both units are asked.
    pub fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        tests: Tests,
        straight_m: &[f64],
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let longest = |cutoffs: &[Cutoff]| cutoffs.last().copied();
        let (minutes, metres) = (longest(tests.minutes()), longest(tests.metres()));
        let times = placed.travel_times(city, Unit::Milliseconds, minutes, control)?;
        let measure = |_| placed.travel_times(city, Unit::Millimetres, metres, control);
        let lengths = metres.map(measure).transpose()?;
        let snapped = placed.snapped();
        Ok(Self::from_tables(
            city,
            snapped,
            &times,
            lengths.as_ref(),
            tests,
            straight_m,
        ))
    }

    /// The same from tables of one city: `times` up to the largest minute cutoff, `lengths` up to the largest metre cutoff, needed
    /// only where there are metre cutoffs.
    ///
    /// # Complexity
    /// Linear in the tables' pairs.
    pub(crate) fn from_tables(
        city: CityRecords<'_>,
        snapped: &Snapped,
        times: &TravelTimes,
        lengths: Option<&TravelTimes>,
        tests: Tests,
        straight_m: &[f64],
    ) -> Self {
        let people = city.people();
        let counts = catchments::Counts::new(&tests, times, lengths, &people);
        let nearest_m = lengths.map_or_else(Vec::new, |lengths| lengths.nearest().to_vec());
        let deciding = match tests.deciding().unit() {
            Unit::Milliseconds => times.nearest(),
            Unit::Millimetres => &nearest_m,
        };
        let statuses: Vec<Status> = snapped
            .residents()
            .iter()
            .zip(city.residents)
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
                .map(|station| recorded_coverage(snapped, station, city.stations))
                .collect(),
            straight: catchments::straight(city.stations, city.residents, straight_m),
            nearest: times.nearest().to_vec(),
            nearest_m,
            within: counts.within,
            catchments: counts.catchments,
            by_cutoff: counts.by_cutoff,
            tests,
            statuses,
            total,
            by_status,
            near_closed: Vec::new(),
        }
    }

    /// The same, when some of the stations of `all` are closed: who is covered by all and not by these has a closed one near.
    pub(crate) fn with_closed_stations_of(mut self, all: &Coverage) -> Self {
        let both = self.statuses.iter().zip(&all.statuses).enumerate();
        let lost =
            both.filter(|(_, (own, all))| **own != Status::Covered && **all == Status::Covered);
        self.near_closed = lost
            .map(|(resident, _)| ResidentId::new(resident))
            .collect();
        self
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
    /// # Errors
    /// [`UnknownId`] when there is no such resident.
    pub fn within(&self, resident: ResidentId) -> Result<&[u32], UnknownId> {
        UnknownId::check(Numbered::Resident, resident.index(), self.statuses.len())?;
        Ok(self.within_of(resident))
    }

    /// The same of a resident of this coverage.
    pub(crate) fn within_of(&self, resident: ResidentId) -> &[u32] {
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
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn catchments(&self, station: StationId) -> Result<&[CatchmentSums], UnknownId> {
        UnknownId::check(Numbered::Station, station.index(), self.stations.len())?;
        Ok(self.catchments_of(station))
    }

    /// The sums of a station of this coverage.
    pub(crate) fn catchments_of(&self, station: StationId) -> &[CatchmentSums] {
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

    /// Why a resident of a city is not covered; `None` for one who is.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`] where there are more or fewer residents than were counted.
    pub(crate) fn reason_in(
        &self,
        city: CityRecords<'_>,
        snapped: &Snapped,
        resident: ResidentId,
    ) -> Result<Option<Reason>, WalkerError> {
        let of = self.statuses.len();
        if city.residents.len() != of || snapped.residents().len() != of {
            return Err(WalkerError::OtherCity);
        }
        let index = UnknownId::check(Numbered::Resident, resident.index(), of)?;
        Ok(self.reason(resident, &city.residents[index], snapped))
    }

    /// The same of a record that was counted, and the snaps of all.
    pub(crate) fn reason(
        &self,
        resident: ResidentId,
        record: &Resident,
        snapped: &Snapped,
    ) -> Option<Reason> {
        let index = resident.index();
        if self.near_closed.binary_search(&resident).is_ok() {
            return Some(Reason::StationsClosed);
        }
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
