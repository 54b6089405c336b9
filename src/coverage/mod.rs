//! Who is covered, by whom, and why not: the answer, as counts of people by network time.

#[cfg(any(feature = "osm", feature = "geojson"))]
mod affected;
mod areas;
mod circles;
mod live;
mod reason;
#[cfg(feature = "serde")]
mod stored;
mod walls;

#[cfg(any(feature = "osm", feature = "geojson"))]
pub use affected::Affected;
pub use areas::{AreaCoverage, Areas};
pub use circles::{CircleSums, StraightCircle};
pub use live::{EdgesEdited, LiveCoverage};
pub use reason::Reason;
pub use walls::{WallCost, WallCosts};

use crate::id::{ResidentId, StationId};
use crate::model::{Resident, Station};
use crate::search::{NearestStation, TravelTimes};
use crate::snap::{Snapped, Snapping};
use crate::text::language::{InLanguage, Language};
use crate::units::{Cutoff, People, Unit};

/// How a resident record ends. Every record has exactly one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Status {
    /// Within the deciding cutoff of a station.
    Covered,
    /// Some station can be reached, none within the cutoff.
    Beyond,
    /// No path leads to any station.
    Unreachable,
    /// No usable street within the snapping distance.
    OffNetwork,
    /// The record cannot be used.
    Invalid,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Status; 5] = [
        Status::Covered,
        Status::Beyond,
        Status::Unreachable,
        Status::OffNetwork,
        Status::Invalid,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Covered => "covered",
            Status::Beyond => "beyond",
            Status::Unreachable => "unreachable",
            Status::OffNetwork => "off_network",
            Status::Invalid => "invalid",
        }
    }

    /// What people call it; in English the name in files.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        let zh = match self {
            Status::Covered => "已覆盖",
            Status::Beyond => "超出范围",
            Status::Unreachable => "路网不连通",
            Status::OffNetwork => "远离路网",
            Status::Invalid => "无效记录",
        };
        language.pick(self.name(), zh)
    }
}

/// How a station took part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum StationStatus {
    /// At least one entrance is on the network.
    Ok,
    /// No entrance has a usable street within the snapping distance.
    OffNetwork,
    /// No entrance has a place.
    Invalid,
}

impl StationStatus {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StationStatus::Ok => "ok",
            StationStatus::OffNetwork => "off_network",
            StationStatus::Invalid => "invalid",
        }
    }
}

/// The cutoffs that are asked, and which of them decides who is covered: the largest in minutes, or the largest in metres
/// where no minutes are given or metres are said to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "stored::StoredTests")
)]
pub struct Tests {
    minutes: Vec<Cutoff>,
    metres: Vec<Cutoff>,
    decided_by: Unit,
}

/// Cutoffs that make no test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TestsError {
    /// No cutoff at all.
    #[error("no cutoff is given; ask for minutes or metres")]
    None,
    /// Metres are to decide and none are given.
    #[error("metres are to decide, and no metre cutoff is given")]
    NoMetres,
}

impl InLanguage for TestsError {
    fn zh(&self) -> String {
        let words = match self {
            TestsError::None => "没有给出阈值；请给出分钟或米数",
            TestsError::NoMetres => "应由米数判定，但没有给出米数阈值",
        };
        words.to_owned()
    }
}

impl Tests {
    /// The tests of these cutoffs, in any order; each kept once, ascending. Minutes decide where there are any.
    ///
    /// # Errors
    /// [`TestsError::None`] without a cutoff.
    pub fn new(cutoffs: impl IntoIterator<Item = Cutoff>) -> Result<Self, TestsError> {
        let (mut minutes, mut metres): (Vec<_>, Vec<_>) = cutoffs
            .into_iter()
            .partition(|cutoff| cutoff.unit() == Unit::Milliseconds);
        for list in [&mut minutes, &mut metres] {
            list.sort_unstable_by_key(|cutoff: &Cutoff| cutoff.cost());
            list.dedup();
        }
        let decided_by = match (minutes.is_empty(), metres.is_empty()) {
            (true, true) => return Err(TestsError::None),
            (true, false) => Unit::Millimetres,
            (false, _) => Unit::Milliseconds,
        };
        Ok(Self {
            minutes,
            metres,
            decided_by,
        })
    }

    /// The same tests, decided by the largest metre cutoff.
    ///
    /// # Errors
    /// [`TestsError::NoMetres`] without one.
    pub fn decided_by_metres(mut self) -> Result<Self, TestsError> {
        if self.metres.is_empty() {
            return Err(TestsError::NoMetres);
        }
        self.decided_by = Unit::Millimetres;
        Ok(self)
    }

    /// The minute cutoffs, ascending.
    #[must_use]
    pub fn minutes(&self) -> &[Cutoff] {
        &self.minutes
    }

    /// The metre cutoffs, ascending.
    #[must_use]
    pub fn metres(&self) -> &[Cutoff] {
        &self.metres
    }

    /// All cutoffs in the order of every table: minutes, then metres, each ascending.
    pub fn cutoffs(&self) -> impl Iterator<Item = Cutoff> + '_ {
        self.minutes.iter().chain(&self.metres).copied()
    }

    /// The number of cutoffs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.minutes.len() + self.metres.len()
    }

    /// Never: there is always a cutoff.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cutoff that decides who is covered.
    #[must_use]
    pub fn deciding(&self) -> Cutoff {
        let list = match self.decided_by {
            Unit::Milliseconds => &self.minutes,
            Unit::Millimetres => &self.metres,
        };
        // Both constructors leave the deciding list with a cutoff.
        list[list.len() - 1]
    }
}

/// The answer for one station.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StationCoverage {
    /// How it took part.
    pub status: StationStatus,
    /// The shortest straight leg of its entrances in metres, where one is on the network.
    pub snap_m: Option<f64>,
}

/// People and records by some split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tally {
    /// Resident records.
    pub records: u64,
    /// Their people.
    pub people: People,
}

impl Tally {
    fn add(&mut self, people: People) {
        self.records += 1;
        self.people += people;
    }

    fn remove(&mut self, people: People) {
        self.records -= 1;
        self.people = self.people - people;
    }
}

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
    circles: Vec<CircleSums>,
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
    pub fn of(
        (stations, residents): (&[Station], &[Resident]),
        snapped: &Snapped,
        times: &TravelTimes,
        lengths: Option<&TravelTimes>,
        tests: Tests,
        straight_m: &[f64],
    ) -> Self {
        let people: Vec<People> = residents.iter().map(|resident| resident.people).collect();
        let counts = circles::Counts::of(&tests, times, lengths, &people);
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
            straight: circles::straight(stations, residents, straight_m),
            nearest: times.nearest().to_vec(),
            nearest_m,
            within: counts.within,
            circles: counts.circles,
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
    #[must_use]
    pub fn circles(&self, station: StationId) -> &[CircleSums] {
        let cutoffs = self.tests.len();
        &self.circles[station.index() * cutoffs..(station.index() + 1) * cutoffs]
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

fn status(
    resident: &Resident,
    snapping: &Snapping,
    nearest: Option<NearestStation>,
    deciding: Cutoff,
) -> Status {
    match resident.fault() {
        Some(_) => Status::Invalid,
        None => status_of_snapped(snapping, nearest, deciding),
    }
}

/// The status of a resident whose record is valid, or who was not snapped because it is not.
pub(crate) fn status_of_snapped(
    snapping: &Snapping,
    nearest: Option<NearestStation>,
    deciding: Cutoff,
) -> Status {
    match (snapping, nearest) {
        (Snapping::Invalid, _) => Status::Invalid,
        (Snapping::OffNetwork(_), _) => Status::OffNetwork,
        (Snapping::On(_), None) => Status::Unreachable,
        (Snapping::On(_), Some(nearest)) if nearest.cost <= u64::from(deciding.cost()) => {
            Status::Covered
        }
        (Snapping::On(_), Some(_)) => Status::Beyond,
    }
}

fn station_coverage(snapped: &Snapped, station: StationId) -> StationCoverage {
    let snap_m = snapped
        .station_snaps(station)
        .map(|snap| snap.leg_m)
        .min_by(f64::total_cmp);
    let has_place = snapped
        .entrances(station)
        .iter()
        .any(|entrance| entrance.snapping != Snapping::Invalid);
    let status = match (snap_m, has_place) {
        (Some(_), _) => StationStatus::Ok,
        (None, true) => StationStatus::OffNetwork,
        (None, false) => StationStatus::Invalid,
    };
    StationCoverage { status, snap_m }
}
