//! Everybody's nearest station there and back.
//!
//! Both ways must be to the same station, which no search from all stations at once knows. But the nearest station on the way
//! there and the nearest on the way back together are the least that a round trip can cost: where they are one station,
//! it is the answer. Only who has two is searched for, as far as a station better than both can be.

use super::engine::Engine;
use super::queue::Scratch;
use super::travel_times::NearestStation;
use super::walk::Walk;
use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId};
use crate::parallel;
use crate::snap::Snap;
use crate::units::CLOSED;

/// The longest round trip that is known.
const LONGEST: u64 = CLOSED as u64 - 1;
/// How far a round trip is looked for, in quarters of the least that it can cost.
const QUARTERS: [u64; 3] = [5, 8, 16];
/// Residents per parallel task.
const CHUNK: usize = 16;

/// The nearest station of every resident on each way.
#[derive(Clone, Copy)]
pub(super) struct OneWays<'a> {
    pub(super) there: &'a [Option<NearestStation>],
    pub(super) back: &'a [Option<NearestStation>],
}

impl OneWays<'_> {
    /// Both stations of a resident; `None` without a way there, or back.
    pub(super) fn of(&self, resident: usize) -> Option<(NearestStation, NearestStation)> {
        self.there[resident].zip(self.back[resident])
    }
}

impl Engine<'_> {
    /// Adds the nearest stations of those who have none yet, and of whom it is found without a search from every station.
    /// Whom it leaves without one has to be searched for otherwise.
    ///
    /// # Complexity
    /// O(1) for who has one station on both ways; a search of the streets nearer than some times the nearest station for who
    /// has two.
    pub(super) fn find_round_trips(
        &self,
        known: &mut [Option<NearestStation>],
        ways: OneWays<'_>,
        control: Control<'_>,
    ) -> Result<(), Cancelled> {
        let mut waiting = Vec::new();
        for (resident, known) in known.iter_mut().enumerate() {
            let Some((there, back)) = ways.of(resident).filter(|_| known.is_none()) else {
                continue;
            };
            if there.station == back.station {
                let cost = there.cost + back.cost;
                let station = there.station;
                *known = (cost <= LONGEST).then_some(NearestStation { station, cost });
            } else {
                waiting.push(resident);
            }
        }
        let Some(back) = self.back.as_ref().filter(|_| !waiting.is_empty()) else {
            return Ok(());
        };
        let beside = self.stations_by_node();
        let scratch = |walk: &Walk<'_>| Scratch::new(walk.graph().node_count(), 0);
        let found = parallel::map_with(
            waiting.len(),
            CHUNK,
            || Search {
                engine: self,
                back,
                beside: &beside,
                places: Vec::new(),
                candidates: Vec::new(),
                to_resident: scratch(&self.there),
                from_resident: scratch(back),
            },
            |search, index| {
                control.check()?;
                let resident = waiting[index];
                let nearest = ways
                    .of(resident)
                    .and_then(|ways| search.nearest(ResidentId(resident as u32), ways));
                Ok((resident, nearest))
            },
        );
        for found in found {
            let (resident, nearest) = found?;
            known[resident] = nearest;
        }
        Ok(())
    }

    /// The nodes at which a search to a station ends, ascending, each with the station.
    fn stations_by_node(&self) -> Vec<(u32, StationId)> {
        let graph = self.there.graph();
        let mut beside = Vec::new();
        for station in self.snapped.stations() {
            for snap in self.snapped.station_snaps(station) {
                for (node, _) in self.there.resident_doors(snap) {
                    beside.push((node, station));
                    beside.extend(graph.reached_from(node).map(|(core, _)| (core, station)));
                }
            }
        }
        parallel::sort_unstable(&mut beside);
        beside.dedup();
        beside
    }
}

/// Searches from residents, one after the other over the same memory. A search from a resident takes it for a station, whose
/// way there is the resident's way back.
struct Search<'e> {
    engine: &'e Engine<'e>,
    back: &'e Walk<'e>,
    beside: &'e [(u32, StationId)],
    places: Vec<Snap>,
    candidates: Vec<StationId>,
    to_resident: Scratch<u64>,
    from_resident: Scratch<u64>,
}

impl Search<'_> {
    /// A resident's nearest station, where one is not much farther than the nearest of each way.
    fn nearest(
        &mut self,
        resident: ResidentId,
        (there, back): (NearestStation, NearestStation),
    ) -> Option<NearestStation> {
        let snapped = self.engine.snapped;
        self.places.clear();
        self.places.extend(snapped.resident_snaps(resident));
        let least = there.cost + back.cost;
        QUARTERS.iter().find_map(|quarters| {
            let most = (least * quarters / 4).min(LONGEST);
            // Nobody has less for the other way.
            self.search(most.checked_sub(there.cost)?, most.checked_sub(back.cost)?);
            let (cost, station) = self
                .candidates
                .iter()
                .filter_map(|station| Some((self.cost(*station)?, *station)))
                .min()?;
            (cost <= most).then_some(NearestStation { station, cost })
        })
    }

    /// Searches from the resident's places up to a bound for each way, and lists the stations that are met.
    fn search(&mut self, to_resident: u64, from_resident: u64) {
        let Self {
            engine,
            beside,
            candidates,
            places,
            ..
        } = self;
        candidates.clear();
        let seeds = |walk: &Walk<'_>| -> Vec<(u32, u64)> {
            let seeds = walk.seeds(places.iter());
            seeds.map(|(node, cost)| (node, u64::from(cost))).collect()
        };
        let there = &engine.there;
        self.to_resident
            .search(there.graph(), seeds(there), to_resident, |node, _| {
                let first = beside.partition_point(|(beside, _)| *beside < node);
                let here = beside[first..].iter();
                let here = here.take_while(|(beside, _)| *beside == node);
                candidates.extend(here.map(|(_, station)| *station));
            });
        for place in places.iter() {
            candidates.extend(there.stations_on(place.edge));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let back = self.back;
        self.from_resident
            .search(back.graph(), seeds(back), from_resident, |_, _| {});
    }

    /// The round trip to a station; each way by the entrance that is best for it.
    fn cost(&self, station: StationId) -> Option<u64> {
        let way = |walk: &Walk<'_>, scratch: &Scratch<u64>| {
            let entrances = self.engine.snapped.station_snaps(station);
            entrances
                .filter_map(|entrance| {
                    walk.cost_to(entrance, &self.places, |node| scratch.label(node))
                })
                .min()
        };
        let to_resident: u64 = way(&self.engine.there, &self.to_resident)?;
        let from_resident: u64 = way(self.back, &self.from_resident)?;
        Some(to_resident + from_resident)
    }
}
