//! The counts of a coverage, kept up row by row.

use std::ops::Range;

use crate::coverage::{Areas, station_coverage};
use crate::coverage::{CatchmentSums, Coverage, Status, Tally, Tests, status_of_snapped};
use crate::id::{ResidentId, StationId};
use crate::search::NearestStation;
use crate::snap::Snapped;
use crate::units::{Cost, Cutoff, People, Unit};

/// A coverage with what it takes to change it: who the only station within a cutoff is, and everybody's people.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) coverage: Coverage,
    pub(super) areas: Areas,
    people: Vec<People>,
    /// `[resident][cutoff]`: the ids of the stations within, each bit summed without carry. Where there is one station, this
    /// is its id, whoever came and went before.
    ids: Vec<u32>,
    /// In the order of the columns.
    cutoffs: Vec<Cutoff>,
}

impl Counts {
    /// Of residents whom no station serves.
    pub(super) fn new(tests: Tests, snapped: &Snapped, people: Vec<People>) -> Self {
        let columns = tests.len();
        let nobody = vec![None; people.len()];
        let deciding = tests.deciding();
        let residents = snapped.residents().iter();
        let statuses: Vec<Status> = residents
            .map(|snapping| status_of_snapped(snapping, None, deciding))
            .collect();
        let mut total = Tally::default();
        let mut by_status = [Tally::default(); 5];
        for (status, people) in statuses.iter().zip(&people) {
            total.add(*people);
            by_status[*status as usize].add(*people);
        }
        let has_metres = !tests.metres().is_empty();
        let stations = snapped.stations();
        let coverage = Coverage {
            statuses,
            nearest_m: if has_metres {
                nobody.clone()
            } else {
                Vec::new()
            },
            nearest: nobody,
            within: vec![0; people.len() * columns],
            catchments: vec![CatchmentSums::default(); stations.len() * columns],
            stations: stations
                .map(|station| station_coverage(snapped, station))
                .collect(),
            total,
            by_status,
            by_cutoff: vec![Tally::default(); columns],
            straight: Vec::new(),
            near_closed: Vec::new(),
            tests,
        };
        Self {
            ids: vec![0; people.len() * columns],
            cutoffs: coverage.tests.cutoffs().collect(),
            areas: Areas::default(),
            coverage,
            people,
        }
    }

    /// Counts an empty station more.
    pub(super) fn add_station(&mut self) {
        let coverage = &mut self.coverage;
        let sums = coverage.catchments.len() + self.cutoffs.len();
        coverage.catchments.resize(sums, CatchmentSums::default());
    }

    /// Takes over how a station takes part.
    pub(super) fn set_station(&mut self, snapped: &Snapped, station: StationId) {
        let part = station_coverage(snapped, station);
        let stations = &mut self.coverage.stations;
        if station.index() == stations.len() {
            stations.push(part);
        } else {
            stations[station.index()] = part;
        }
    }

    /// The columns of one unit's cutoffs.
    pub(super) fn columns(&self, unit: Unit) -> Range<usize> {
        let minutes = self.coverage.tests.minutes().len();
        match unit {
            Unit::Milliseconds => 0..minutes,
            Unit::Millimetres => minutes..self.cutoffs.len(),
        }
    }

    /// Counts a station's row.
    pub(super) fn add_row(&mut self, station: StationId, unit: Unit, row: &[(ResidentId, Cost)]) {
        let columns = self.columns(unit);
        let count = self.cutoffs.len();
        let Coverage {
            within,
            catchments,
            by_cutoff,
            ..
        } = &mut self.coverage;
        let own = station.index() * count;
        for &(resident, cost) in row {
            let people = self.people[resident.index()];
            let at = resident.index() * count;
            for column in columns.clone().rev() {
                if cost > self.cutoffs[column].cost() {
                    break;
                }
                let slot = at + column;
                let sums = &mut catchments[own + column];
                sums.residents += 1;
                sums.people += people;
                if within[slot] == 0 {
                    sums.exclusive += people;
                    by_cutoff[column].add(people);
                } else if within[slot] == 1 {
                    let other = &mut catchments[self.ids[slot] as usize * count + column];
                    other.exclusive = other.exclusive - people;
                }
                within[slot] += 1;
                self.ids[slot] ^= station.0;
            }
        }
    }

    /// Takes a station's row out of the counts.
    pub(super) fn remove_row(
        &mut self,
        station: StationId,
        unit: Unit,
        row: &[(ResidentId, Cost)],
    ) {
        let columns = self.columns(unit);
        let count = self.cutoffs.len();
        let Coverage {
            within,
            catchments,
            by_cutoff,
            ..
        } = &mut self.coverage;
        let own = station.index() * count;
        for &(resident, cost) in row {
            let people = self.people[resident.index()];
            let at = resident.index() * count;
            for column in columns.clone().rev() {
                if cost > self.cutoffs[column].cost() {
                    break;
                }
                let slot = at + column;
                within[slot] -= 1;
                self.ids[slot] ^= station.0;
                let sums = &mut catchments[own + column];
                sums.residents -= 1;
                sums.people = sums.people - people;
                if within[slot] == 0 {
                    sums.exclusive = sums.exclusive - people;
                    by_cutoff[column].remove(people);
                } else if within[slot] == 1 {
                    catchments[self.ids[slot] as usize * count + column].exclusive += people;
                }
            }
        }
    }

    /// Takes over a resident's nearest station in one unit.
    pub(super) fn set_nearest(
        &mut self,
        resident: ResidentId,
        unit: Unit,
        nearest: Option<NearestStation>,
    ) {
        let coverage = &mut self.coverage;
        let list = match unit {
            Unit::Milliseconds => &mut coverage.nearest,
            Unit::Millimetres => &mut coverage.nearest_m,
        };
        list[resident.index()] = nearest;
    }

    /// The nearest stations in one unit.
    pub(super) fn nearest(&self, unit: Unit) -> &[Option<NearestStation>] {
        match unit {
            Unit::Milliseconds => &self.coverage.nearest,
            Unit::Millimetres => &self.coverage.nearest_m,
        }
    }

    /// Gives a resident the status that follows from their snap and nearest station.
    pub(super) fn set_status(&mut self, resident: ResidentId, snapped: &Snapped) {
        let index = resident.index();
        let deciding = self.coverage.tests.deciding();
        let nearest = self.nearest(deciding.unit())[index];
        let new = status_of_snapped(&snapped.residents()[index], nearest, deciding);
        let old = std::mem::replace(&mut self.coverage.statuses[index], new);
        if old == new {
            return;
        }
        let people = self.people[index];
        self.coverage.by_status[old as usize].remove(people);
        self.coverage.by_status[new as usize].add(people);
        if (old == Status::Covered) != (new == Status::Covered) {
            self.areas
                .set_covered(resident, people, new == Status::Covered);
        }
    }
}
