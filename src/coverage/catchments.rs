//! Sums over the stations' circles, walked and straight.

use super::cutoffs::Tests;
use super::status::Tally;
use crate::id::StationId;
use crate::model::{Resident, Station};
use crate::parallel;
use crate::search::TravelTimes;
use crate::snap::StationTree;
use crate::units::{Cutoff, People, Unit};

/// Residents per parallel task of the straight-line question.
const STRAIGHT_CHUNK: usize = 1024;

/// Who is within one cutoff of one station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CatchmentSums {
    /// Resident records within.
    pub residents: u64,
    /// Their people.
    pub people: People,
    /// The people who have no other station within this cutoff.
    pub exclusive: People,
}

/// Whom a plain circle around every station would claim to cover: what planners used before networks.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StraightCircle {
    /// The circle's radius in metres.
    pub radius_m: f64,
    /// Who lies in any of them.
    pub inside: Tally,
}

/// Everything that is counted from the tables.
pub(super) struct Counts {
    pub(super) within: Vec<u32>,
    pub(super) catchments: Vec<CatchmentSums>,
    pub(super) by_cutoff: Vec<Tally>,
}

impl Counts {
    pub(super) fn new(
        tests: &Tests,
        times: &TravelTimes,
        lengths: Option<&TravelTimes>,
        people: &[People],
    ) -> Self {
        let cutoffs = tests.len();
        let station_count = times.station_count();
        let mut counts = Self {
            within: vec![0; people.len() * cutoffs],
            catchments: vec![CatchmentSums::default(); station_count * cutoffs],
            by_cutoff: vec![Tally::default(); cutoffs],
        };
        for (column, cutoff) in tests.cutoffs().enumerate() {
            let table = match cutoff.unit() {
                Unit::Milliseconds => times,
                Unit::Millimetres => lengths.expect("metre cutoffs come with a length table"),
            };
            counts.add_column(column, cutoff, cutoffs, table, people);
        }
        counts
    }

    fn add_column(
        &mut self,
        column: usize,
        cutoff: Cutoff,
        cutoffs: usize,
        table: &TravelTimes,
        people: &[People],
    ) {
        let inside = |station: usize| {
            let row = table.row_of(StationId(station as u32)).iter();
            row.filter(|(_, cost)| *cost <= cutoff.cost())
                .map(|(resident, _)| resident.index())
        };
        let stations = table.station_count();
        for station in 0..stations {
            let sums = &mut self.catchments[station * cutoffs + column];
            for resident in inside(station) {
                self.within[resident * cutoffs + column] += 1;
                sums.residents += 1;
                sums.people += people[resident];
            }
        }
        for station in 0..stations {
            let alone =
                inside(station).filter(|resident| self.within[resident * cutoffs + column] == 1);
            self.catchments[station * cutoffs + column].exclusive =
                alone.map(|resident| people[resident]).sum();
        }
        for (resident, people) in people.iter().enumerate() {
            if self.within[resident * cutoffs + column] > 0 {
                self.by_cutoff[column].add(*people);
            }
        }
    }
}

/// Asks the station tree who lies within each radius of any station that has a place, on the network or not.
pub(super) fn straight(
    stations: &[Station],
    residents: &[Resident],
    radii_m: &[f64],
) -> Vec<StraightCircle> {
    let entrances = stations
        .iter()
        .zip(0..)
        .filter_map(|(station, row)| Some((StationId(row), *station.place.as_ref().ok()?)));
    let tree = StationTree::new(entrances);
    let circle = |radius_m: &f64| {
        let inside = parallel::map_with(
            residents.len(),
            STRAIGHT_CHUNK,
            || (),
            |(), index| {
                residents[index]
                    .valid_place()
                    .is_some_and(|place| tree.is_within(place, *radius_m))
            },
        );
        let mut tally = Tally::default();
        for (resident, _) in residents.iter().zip(inside).filter(|(_, inside)| *inside) {
            tally.add(resident.people);
        }
        StraightCircle {
            radius_m: *radius_m,
            inside: tally,
        }
    };
    radii_m.iter().map(circle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_circle_counts_people_by_the_crow_and_skips_invalid_records() {
        let stations = [Station::new("s", 0.0, 0.0)];
        let near = Resident::new("near", 0.008, 0.0).with_people(People::from_thousandths(2500));
        let residents = [
            near,
            Resident::new("far", 0.01, 0.0),
            Resident::new("nowhere", 200.0, 0.0),
        ];
        let circles = straight(&stations, &residents, &[1000.0, 1200.0]);
        // 0.008° of the equator are 890.6 m, 0.01° are 1113.2 m.
        assert_eq!(
            circles[0].inside,
            Tally {
                records: 1,
                people: People::from_thousandths(2500)
            }
        );
        assert_eq!(
            circles[1].inside,
            Tally {
                records: 2,
                people: People::from_thousandths(3500)
            }
        );
    }
}
