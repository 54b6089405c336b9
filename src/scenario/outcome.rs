//! How everybody came out of an analysis: what two of them are compared by.

use crate::coverage::{Coverage, Status};
use crate::id::StationId;
use crate::model::Resident;
use crate::units::People;

/// How one resident record came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResidentOutcome {
    /// Its people.
    pub people: People,
    /// Its status.
    pub status: Status,
    /// Milliseconds to the nearest station at any distance; `None` where there is no walk.
    pub milliseconds: Option<u64>,
    /// That station's position in [`Outcome::stations`].
    pub station: Option<u32>,
}

impl ResidentOutcome {
    /// From its four parts.
    #[must_use]
    pub fn new(
        people: People,
        status: Status,
        milliseconds: Option<u64>,
        station: Option<u32>,
    ) -> Self {
        Self {
            people,
            status,
            milliseconds,
            station,
        }
    }

    /// Its people, where they are covered.
    #[must_use]
    pub fn covered(&self) -> People {
        if self.status == Status::Covered {
            self.people
        } else {
            People::ZERO
        }
    }
}

/// How everybody came out of an analysis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// The ids of stations.
    pub stations: Vec<String>,
    /// One for each resident record, in input order.
    pub residents: Vec<ResidentOutcome>,
}

impl Outcome {
    /// From its parts.
    #[must_use]
    pub fn new(stations: Vec<String>, residents: Vec<ResidentOutcome>) -> Self {
        Self {
            stations,
            residents,
        }
    }

    /// Of a coverage of these residents, whose stations are called so.
    pub(super) fn from_coverage(
        coverage: &Coverage,
        residents: &[Resident],
        stations: Vec<String>,
    ) -> Self {
        let nearest = coverage.nearest().iter().zip(coverage.statuses());
        let residents = residents.iter().zip(nearest);
        let residents = residents.map(|(resident, (nearest, status))| ResidentOutcome {
            people: resident.people,
            status: *status,
            milliseconds: nearest.map(|nearest| nearest.cost),
            station: nearest.map(|nearest| nearest.station.0),
        });
        Self {
            residents: residents.collect(),
            stations,
        }
    }

    /// What a station is called.
    #[must_use]
    pub fn station_of(&self, resident: &ResidentOutcome) -> Option<&str> {
        let station = resident.station.map(StationId)?;
        self.stations.get(station.index()).map(String::as_str)
    }

    /// The mean and the median milliseconds to the nearest station, over all people who have a walk to one; `None` where nobody
    /// has. The median is the shortest time within which half of them or more are.
    ///
    /// # Complexity
    /// O(n log n) in the residents.
    #[must_use]
    pub fn walks(&self) -> Option<MeanAndMedian> {
        let walks = self.residents.iter().filter_map(|resident| {
            let milliseconds = resident.milliseconds?;
            (resident.status != Status::Invalid).then_some((milliseconds, resident.people))
        });
        let mut walks: Vec<(u64, People)> = walks.collect();
        walks.sort_unstable();
        let people: People = walks.iter().map(|(_, people)| *people).sum();
        if people == People::ZERO {
            return None;
        }
        let whole = u128::from(people.thousandths());
        let sum: u128 = walks
            .iter()
            .map(|(milliseconds, people)| {
                u128::from(*milliseconds) * u128::from(people.thousandths())
            })
            .sum();
        let mut within = 0;
        let median = walks.iter().find(|(_, people)| {
            within += 2 * u128::from(people.thousandths());
            within >= whole
        });
        Some(MeanAndMedian {
            mean_ms: ((sum + whole / 2) / whole) as u64,
            median_ms: median.map_or(0, |(milliseconds, _)| *milliseconds),
        })
    }
}

/// How far people walk, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeanAndMedian {
    /// The mean.
    pub mean_ms: u64,
    /// The median.
    pub median_ms: u64,
}
