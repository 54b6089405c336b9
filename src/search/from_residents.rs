//! Round trips that are asked from where residents live.
//!
//! Who has one nearest station on the way there and another on the way back is answered by a search from their own home: in an
//! engine in which stations and residents have changed sides, over the same graph. The nearest stations of both ways tell how
//! far it must look: in a round trip within a bound, the way there is no longer than the bound less the shortest way back.
//!
//! Where stations are few and far this takes longer than a search from each of them, and is left to that.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::both_ways::OneWays;
use super::engine::{Engine, Memory, STATION_CHUNK};
use super::travel_times::NearestStation;
use super::walk::Walk;
use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId};
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// The longest way that is known.
const LONGEST: Cost = CLOSED - 1;
/// The first bound is so much above the least that a round trip can cost, a minute or 60 m, and a quarter of that ...
const FIRST_MARGIN: u64 = 60_000;
/// ... and each further one is so many times as much above it.
const GROWTH: u64 = 4;
/// From this round on it is looked whether a bound cuts anything off: most have their answer before.
const LOOKED_FOR_CUTS: u32 = 2;

/// Residents of one place who have two stations.
struct Waiting {
    residents: Vec<ResidentId>,
    snaps: Vec<Snap>,
    /// Where a search from there begins, along the streets' order.
    first_node: Option<u32>,
    /// The least that both ways cost together, and the shorter of them.
    least: u64,
    shorter: u64,
    /// Round trips up to this are looked for.
    bound: u64,
    round: u32,
}

impl Waiting {
    /// How long either way may be in a round trip within the bound.
    fn each_way(&self) -> Cost {
        let longer = self.bound.saturating_sub(self.shorter);
        Cost::try_from(longer).unwrap_or(LONGEST).min(LONGEST)
    }

    fn further(self, bound: Option<u64>) -> Self {
        let grown = || self.least + (self.bound - self.least) * GROWTH;
        Self {
            bound: bound.unwrap_or_else(grown),
            round: self.round + 1,
            ..self
        }
    }
}

/// What became of a search.
enum Answer {
    /// All there is to know: the nearest station, or that there is none.
    Known(Option<NearestStation>),
    /// Nothing within the bound; a round trip of this cost is known, where one is.
    Further(Option<u64>),
    /// It was not made.
    PassedOver,
}

/// Both ways with stations and residents changed over.
struct Turned<'t> {
    there: Walk<'t>,
    back: Walk<'t>,
    /// The labels that were given so far, and how many may be.
    given: AtomicUsize,
    most: usize,
    control: Control<'t>,
}

impl Engine<'_> {
    /// Finds the nearest stations of those who wait for one, the nearest residents first, until so many labels were given.
    /// Answers whether nobody waits any more.
    pub(super) fn ask_from_residents(
        &self,
        ways: OneWays<'_>,
        known: &mut [Option<NearestStation>],
        most: usize,
        control: Control<'_>,
    ) -> Result<bool, Cancelled> {
        let mut waiting = self.waiting(ways, known);
        let Some(back) = self.back.as_ref().filter(|_| !waiting.is_empty()) else {
            return Ok(waiting.is_empty());
        };
        let stations = self.snapped.stations_as_residents();
        let turned = Turned {
            there: self.turned(&self.there, &stations),
            back: self.turned(back, &stations),
            given: AtomicUsize::new(0),
            most,
            control,
        };
        while !waiting.is_empty() && !turned.is_over() {
            waiting.sort_by_key(Waiting::each_way);
            let mut further = Vec::new();
            while !waiting.is_empty() {
                let batch = first_batch(&mut waiting);
                further.extend(turned.ask(batch, known)?);
            }
            waiting = further;
        }
        Ok(waiting.is_empty())
    }

    fn turned<'t>(&'t self, walk: &Walk<'_>, stations: &'t Snapped) -> Walk<'t> {
        let search_index = walk.search_index();
        let search_index = search_index.with_residents(self.network, self.impedance, stations);
        Walk::without_stations(
            Arc::new(search_index),
            self.network,
            self.impedance,
            stations,
        )
    }

    /// Who has stations on both ways and knows none for the round trip, those of one place together.
    fn waiting(&self, ways: OneWays<'_>, known: &[Option<NearestStation>]) -> Vec<Waiting> {
        let mut places: Vec<Waiting> = Vec::new();
        for (index, known) in known.iter().enumerate() {
            let Some((there, back)) = ways.of(index).filter(|_| known.is_none()) else {
                continue;
            };
            let resident = ResidentId::new(index);
            let snaps: Vec<Snap> = self.snapped.resident_snaps(resident).copied().collect();
            // A house has many records, one after the other.
            if let Some(last) = places.last_mut().filter(|last| last.snaps == snaps) {
                last.residents.push(resident);
                continue;
            }
            let least = there.cost + back.cost;
            let seeds = self.there.seeds(snaps.iter());
            places.push(Waiting {
                first_node: seeds.map(|(node, _)| node).min(),
                residents: vec![resident],
                snaps,
                least,
                shorter: there.cost.min(back.cost),
                bound: least + least / 4 + FIRST_MARGIN,
                round: 0,
            });
        }
        places
    }
}

/// Takes the first of those who wait, all whose bounds differ by no more than a quarter, in the order of the streets.
fn first_batch(waiting: &mut Vec<Waiting>) -> Vec<Waiting> {
    let least = waiting.first().map_or(0, Waiting::each_way);
    let most = least.saturating_add(least / 4);
    let behind = waiting.partition_point(|waiting| waiting.each_way() <= most);
    let rest = waiting.split_off(behind);
    let mut batch = std::mem::replace(waiting, rest);
    batch.sort_by_key(|waiting| waiting.first_node);
    batch
}

impl Turned<'_> {
    /// Whether more labels were given than may be.
    fn is_over(&self) -> bool {
        self.given.load(Ordering::Relaxed) > self.most
    }

    /// Searches for some residents within one bound, and returns those who have no answer yet.
    fn ask(
        &self,
        batch: Vec<Waiting>,
        known: &mut [Option<NearestStation>],
    ) -> Result<Vec<Waiting>, Cancelled> {
        let each_way = batch.iter().map(Waiting::each_way).max().unwrap_or(0);
        let answers = parallel::map_with(
            batch.len(),
            STATION_CHUNK,
            || Memory::with_round_trips(&self.there, &self.back, each_way),
            |memory, index| self.answer(memory, &batch[index], each_way),
        );
        let mut further = Vec::new();
        for (waiting, answer) in batch.into_iter().zip(answers) {
            match answer? {
                Answer::Known(nearest) => {
                    for resident in waiting.residents {
                        known[resident.index()] = nearest;
                    }
                }
                Answer::Further(bound) => further.push(waiting.further(bound)),
                Answer::PassedOver => further.push(waiting),
            }
        }
        Ok(further)
    }

    fn answer(
        &self,
        memory: &mut Memory,
        waiting: &Waiting,
        each_way: Cost,
    ) -> Result<Answer, Cancelled> {
        self.control.check()?;
        if self.is_over() {
            return Ok(Answer::PassedOver);
        }
        let looks_for_cuts = waiting.round >= LOOKED_FOR_CUTS;
        memory.looks_for_cuts = looks_for_cuts;
        memory.entries.clear();
        let cut = memory.add_row(&self.there, Some(&self.back), waiting.snaps.iter());
        self.given
            .fetch_add(memory.label_count(), Ordering::Relaxed);
        let trips = memory.entries.iter().map(|&(station, cost)| {
            let (cost, station) = (u64::from(cost), StationId(station.0));
            NearestStation { station, cost }
        });
        let nearest = trips.min_by_key(|trip| (trip.cost, trip.station));
        // No station that was not found has a shorter round trip than this.
        let looked_at = u64::from(each_way) + waiting.shorter;
        let is_whole = (looks_for_cuts && !cut) || each_way == LONGEST;
        Ok(match nearest {
            Some(nearest) if nearest.cost <= looked_at || is_whole => Answer::Known(Some(nearest)),
            None if is_whole => Answer::Known(None),
            nearest => Answer::Further(nearest.map(|nearest| nearest.cost)),
        })
    }
}

#[cfg(test)]
#[path = "from_residents_tests.rs"]
mod tests;
