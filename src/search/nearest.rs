//! Everybody's nearest station at any distance: one sweep from all stations at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::both_ways::OneWays;
use super::engine::Engine;
use super::queue::{Graph, Label, ToStation};
use super::sweep::nearest_stations;
use super::travel_times::{NearestStation, TravelTimes};
use super::walk::Walk;
use crate::control::{Cancelled, Control};
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// Residents per parallel task of the lookup.
pub(super) const RESIDENT_CHUNK: usize = 1024;

/// Every resident's nearest stations at any distance, the nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct NearestStations {
    /// Those of resident `r` are `list[start[r] .. start[r + 1]]`.
    start: Vec<usize>,
    list: Vec<NearestStation>,
}

impl NearestStations {
    fn new(by_resident: &[Vec<NearestStation>]) -> Self {
        let mut start = vec![0];
        start.extend(by_resident.iter().scan(0, |sum, list| {
            *sum += list.len();
            Some(*sum)
        }));
        Self {
            start,
            list: by_resident.concat(),
        }
    }

    /// A resident's nearest stations: fewer than were asked for where a path leads to fewer.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such resident.
    pub fn of(&self, resident: ResidentId) -> Result<&[NearestStation], UnknownId> {
        let (index, of) = (resident.index(), self.resident_count());
        UnknownId::check(Numbered::Resident, index, of)?;
        Ok(&self.list[self.start[index]..self.start[index + 1]])
    }

    /// The number of residents, those without a station among them.
    #[must_use]
    pub fn resident_count(&self) -> usize {
        self.start.len() - 1
    }
}

impl Engine<'_> {
    /// The nearest stations of every resident at any distance, up to `count` of them; of equally near ones the first come
    /// first.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// One sweep of the network in which every junction is settled `count` times. There and back: one search per station
    /// and for every doubling of the distance until all residents are answered.
    pub fn nearest_stations(
        &self,
        count: usize,
        control: Control<'_>,
    ) -> Result<NearestStations, Cancelled> {
        control.check()?;
        let by_resident = if self.back.is_some() {
            let none = vec![Vec::new(); self.snapped.residents().len()];
            let (there, back) = (self.nearest_one_way(), self.nearest_on_the_way_back());
            let ways = OneWays {
                there: &there,
                back: &back,
            };
            self.nearest_round_trips((count, none), ways, FIRST_ROUND_TRIP, control)?
        } else {
            let swept = Swept::from_stations(&self.there, self.snapped, count);
            let residents = self.snapped.residents().len();
            parallel::map_with(
                residents,
                RESIDENT_CHUNK,
                || (),
                |(), resident| {
                    let snaps = self.snapped.resident_snaps(ResidentId::new(resident));
                    swept.nearest(&self.there, snaps)
                },
            )
        };
        Ok(NearestStations::new(&by_resident))
    }

    /// The nearest station of every resident on the way there.
    pub(super) fn nearest_one_way(&self) -> Vec<Option<NearestStation>> {
        nearest_stations(&self.there, self.snapped)
    }

    /// The nearest station of every resident. `there` is the answer for the way there, and the whole answer where there is
    /// no way back; round trips begin with those that `times` knows.
    pub(super) fn nearest(
        &self,
        times: &TravelTimes,
        there: Vec<Option<NearestStation>>,
        control: Control<'_>,
    ) -> Result<Vec<Option<NearestStation>>, Cancelled> {
        control.check()?;
        if self.back.is_none() {
            return Ok(there);
        }
        let mut known = vec![Vec::new(); there.len()];
        for station in self.snapped.stations() {
            add_nearest(&mut known, station, times.row_of(station), 1);
        }
        let back = self.nearest_on_the_way_back();
        let ways = OneWays {
            there: &there,
            back: &back,
        };
        let mut nearest: Vec<Option<NearestStation>> =
            known.iter().map(|list| list.first().copied()).collect();
        ways.add_where_they_agree(&mut nearest);
        // A search from each station at any distance gives so many labels, on both ways.
        let most = 2 * self.snapped.station_count() * self.there.graph().node_count();
        if self.ask_from_residents(ways, &mut nearest, most, control)? {
            return Ok(nearest);
        }
        let bound = ways.furthest_of(&nearest).saturating_mul(5) / 4;
        let bound = Cost::try_from(bound).unwrap_or(CLOSED - 1);
        let known = nearest
            .into_iter()
            .map(|nearest| nearest.into_iter().collect());
        let nearest = self.nearest_round_trips((1, known.collect()), ways, bound, control)?;
        Ok(nearest.iter().map(|list| list.first().copied()).collect())
    }

    /// The nearest station of every resident on the way back; of nobody where only the way there counts.
    pub(super) fn nearest_on_the_way_back(&self) -> Vec<Option<NearestStation>> {
        let back = self.back.as_ref();
        back.map_or_else(Vec::new, |walk| nearest_stations(walk, self.snapped))
    }

    /// Asks for round trips with ever larger bounds, until everybody who can have them has as many stations as are asked
    /// for. `known` are those found before: all of a resident, or none.
    fn nearest_round_trips(
        &self,
        (count, mut known): (usize, Vec<Vec<NearestStation>>),
        ways: OneWays<'_>,
        first_bound: Cost,
        control: Control<'_>,
    ) -> Result<Vec<Vec<NearestStation>>, Cancelled> {
        let stations: Vec<StationId> = self.snapped.stations().collect();
        let wanted = count.min(stations.len());
        // Who has no way there or no way back has no round trip.
        let waits = |(resident, known): (usize, &Vec<NearestStation>)| {
            known.len() < wanted && ways.of(resident).is_some()
        };
        let mut next = Some(first_bound.clamp(1, CLOSED - 1));
        while let Some(bound) = next.filter(|_| known.iter().enumerate().any(waits)) {
            control.check()?;
            let found = self.table(&stations, bound, None)?;
            let mut wider = vec![Vec::new(); known.len()];
            for (station, row) in found.each_row() {
                add_nearest(&mut wider, station, row, count);
            }
            for (known, wider) in known.iter_mut().zip(wider) {
                if known.len() < wanted {
                    *known = wider;
                }
            }
            let is_last = !found.cut || bound == CLOSED - 1;
            next = (!is_last).then(|| bound.saturating_mul(2).min(CLOSED - 1));
        }
        Ok(known)
    }
}

/// The nearest stations of every node after a sweep, each node settled once for each of them.
struct Swept {
    count: usize,
    /// `count` for every node, those from `found` on empty.
    lists: Vec<ToStation>,
    found: Vec<u32>,
}

impl Swept {
    fn from_stations(walk: &Walk<'_>, snapped: &Snapped, count: usize) -> Self {
        let nodes = walk.graph().node_count();
        let none = ToStation {
            cost: 0,
            station: StationId(0),
        };
        let mut swept = Self {
            count,
            lists: vec![none; nodes * count],
            found: vec![0; nodes],
        };
        let mut heap = BinaryHeap::new();
        for station in snapped.stations() {
            for (node, cost) in walk.station_seeds(station) {
                let cost = u64::from(cost);
                heap.push(Reverse((ToStation { cost, station }, node)));
            }
        }
        while let Some(Reverse((label, node))) = heap.pop() {
            if swept.settle(node, label) {
                walk.graph().each_arc(node, |next, cost| {
                    heap.push(Reverse((label.plus(cost), next)));
                });
            }
        }
        swept
    }

    fn of(&self, node: u32) -> &[ToStation] {
        let first = node as usize * self.count;
        &self.lists[first..first + self.found[node as usize] as usize]
    }

    /// Takes a label of a station that the node does not know yet; `false` when it has enough.
    fn settle(&mut self, node: u32, label: ToStation) -> bool {
        let known = self.of(node);
        let is_new = known.iter().all(|known| known.station != label.station);
        let takes = known.len() < self.count && is_new;
        if takes {
            let found = &mut self.found[node as usize];
            self.lists[node as usize * self.count + *found as usize] = label;
            *found += 1;
        }
        takes
    }

    /// The nearest stations of who joins the network in any of some places.
    fn nearest<'s>(
        &self,
        walk: &Walk<'_>,
        snaps: impl Iterator<Item = &'s Snap>,
    ) -> Vec<NearestStation> {
        let mut all: Vec<ToStation> = Vec::new();
        for snap in snaps {
            all.extend(walk.along_to_stations(snap));
            for (node, access) in walk.resident_accesses(snap) {
                let own = self.of(node).iter().map(|label| label.plus(access));
                all.extend(own);
                if !walk.graph().is_core(node) {
                    for (core, cost) in walk.graph().reached_from(node) {
                        all.extend(
                            self.of(core)
                                .iter()
                                .map(|label| label.plus(cost).plus(access)),
                        );
                    }
                }
            }
        }
        // The least of each station, then the least of them.
        all.sort_unstable_by_key(|label| (label.station, label.cost));
        all.dedup_by_key(|label| label.station);
        all.sort_unstable();
        all.truncate(self.count);
        let to_station = |ToStation { cost, station }| NearestStation { station, cost };
        all.into_iter().map(to_station).collect()
    }
}

/// The first bound of round trips to several stations: an hour, or 3,600 m.
const FIRST_ROUND_TRIP: Cost = 3_600_000;

/// Takes a station's row into the lists of the nearest, each at most `count` long.
fn add_nearest(
    lists: &mut [Vec<NearestStation>],
    station: StationId,
    row: &[(ResidentId, Cost)],
    count: usize,
) {
    for &(resident, cost) in row {
        let cost = u64::from(cost);
        let list = &mut lists[resident.index()];
        let position = list.partition_point(|known| (known.cost, known.station) < (cost, station));
        if position < count {
            list.truncate(count - 1);
            list.insert(position, NearestStation { station, cost });
        }
    }
}

#[cfg(test)]
#[path = "nearest_tests.rs"]
mod tests;
