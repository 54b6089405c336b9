//! Everybody's nearest station at any distance: one search from all stations at once, part by part of the graph.
//!
//! Such a search goes on everywhere at the same time, and over a whole country hardly any junction is in the cache when its
//! turn comes. So the core is cut into parts along the curve that its nodes are numbered by. Each part has a heap of its own
//! and is searched up to a bound by itself; what leads into other parts is handed over, and parts that were bettered are
//! searched again, until nothing below the bound is left anywhere. Then the bound moves on. Labels only ever get better, and
//! the best are the same whatever the order, so the parts may be searched at the same time.
//!
//! # Source
//! Correcting labels in rounds of bounded costs: Meyer and Sanders, *Δ-stepping: a parallelizable shortest path algorithm*
//! (2003), with parts of the graph in place of single nodes.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::core::CoreGraph;
use super::gate_access::fold_nearest;
use super::queue::{Graph, Label, ToStation};
use super::travel_times::NearestStation;
use super::walk::Walk;
use crate::collections::RankedBits;
use crate::id::{EdgeId, ResidentId, StationId};
use crate::parallel;
use crate::snap::{Snap, Snapped};

/// Nodes in a part, as a power of two: their records and labels fill 3 MB. Tests have small towns, and want many parts too.
const PART_BITS: u32 = if cfg!(test) { 2 } else { 16 };
/// How far the bound moves on: half an hour, or 1.8 km.
const WINDOW: u64 = if cfg!(test) { 60_000 } else { 1_800_000 };
/// Runs of homes per parallel task.
const RUN_CHUNK: usize = 4096;
/// Tasks whose answers wait in memory at the same time.
const BATCH: usize = 64;

/// The label of a node that no station leads to.
const NONE: ToStation = ToStation {
    cost: u64::MAX,
    station: StationId(u32::MAX),
};

/// A node and what it is offered.
type Offer = (u32, ToStation);

/// A piece of the core.
struct Part {
    first: u32,
    labels: Vec<ToStation>,
    heap: BinaryHeap<Reverse<(ToStation, u32)>>,
    /// For nodes of other parts.
    sent: Vec<Offer>,
}

impl Part {
    fn offer(&mut self, node: u32, label: ToStation) {
        let known = &mut self.labels[(node - self.first) as usize];
        if label < *known {
            *known = label;
            self.heap.push(Reverse((label, node)));
        }
    }

    /// The least cost that is still to be walked on from.
    fn least(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse((label, _))| label.cost)
    }

    /// Searches up to a bound.
    fn settle(&mut self, graph: &CoreGraph, bound: u64) {
        while let Some(Reverse((label, node))) = self.heap.peek().copied() {
            if label.cost >= bound {
                break;
            }
            self.heap.pop();
            if self.labels[(node - self.first) as usize] != label {
                continue;
            }
            graph.each_arc_of_all_records(node, |next, cost| {
                let label = label.plus(cost);
                if next >> PART_BITS == self.first >> PART_BITS {
                    self.offer(next, label);
                } else {
                    self.sent.push((next, label));
                }
            });
        }
    }
}

/// The labels after a search from all stations.
struct Swept {
    parts: Vec<Part>,
    /// Of nodes outside the core, where stations stand.
    outside: HashMap<u32, ToStation>,
}

impl Swept {
    fn from_stations(walk: &Walk<'_>, snapped: &Snapped) -> Self {
        let graph = walk.graph();
        let (outside, seeds) = leave_dead_ends(walk, snapped);
        let core_count = graph.core_count() as u32;
        let parts = (0..core_count).step_by(1 << PART_BITS).map(|first| {
            let count = (core_count - first).min(1 << PART_BITS);
            Part {
                first,
                labels: vec![NONE; count as usize],
                heap: BinaryHeap::new(),
                sent: Vec::new(),
            }
        });
        let mut swept = Self {
            parts: parts.collect(),
            outside,
        };
        swept.hand_over(seeds);
        swept.search(graph);
        swept
    }

    fn search(&mut self, graph: &CoreGraph) {
        while let Some(least) = self.parts.iter().filter_map(Part::least).min() {
            let bound = least.saturating_add(WINDOW);
            while self
                .parts
                .iter()
                .filter_map(Part::least)
                .any(|least| least < bound)
            {
                parallel::each_mut(&mut self.parts, |part| part.settle(graph, bound));
                for part in 0..self.parts.len() {
                    let sent = std::mem::take(&mut self.parts[part].sent);
                    self.hand_over(sent);
                }
            }
        }
    }

    fn hand_over(&mut self, offers: Vec<Offer>) {
        for (node, label) in offers {
            self.parts[(node >> PART_BITS) as usize].offer(node, label);
        }
    }

    fn label(&self, node: u32) -> Option<ToStation> {
        let label = match self.parts.get((node >> PART_BITS) as usize) {
            Some(part) => part.labels.get((node - part.first) as usize),
            None => None,
        };
        let label = label.or_else(|| self.outside.get(&node)).copied();
        label.filter(|label| *label != NONE)
    }
}

/// Walks from the stations into the core: the labels outside it, and what its nodes are offered. One station after the other
/// along the curve, so that each finds near memory; where two meet, the better label stays.
fn leave_dead_ends(walk: &Walk<'_>, snapped: &Snapped) -> (HashMap<u32, ToStation>, Vec<Offer>) {
    let graph = walk.graph();
    let mut outside: HashMap<u32, ToStation> = HashMap::new();
    let mut offers = Vec::new();
    let mut heap = BinaryHeap::new();
    for station in walk.in_order(snapped.stations()) {
        for (node, cost) in walk.station_seeds(station) {
            let label = ToStation { cost: 0, station }.plus(cost);
            heap.push(Reverse((label, node)));
        }
        while let Some(Reverse((label, node))) = heap.pop() {
            if graph.is_core(node) {
                offers.push((node, label));
            } else if outside.get(&node).is_none_or(|known| label < *known) {
                outside.insert(node, label);
                graph.each_arc(node, |next, cost| {
                    heap.push(Reverse((label.plus(cost), next)));
                });
            }
        }
    }
    (outside, offers)
}

/// Everybody's nearest station on one heading.
pub(super) fn nearest_stations(walk: &Walk<'_>, snapped: &Snapped) -> Vec<Option<NearestStation>> {
    let swept = Swept::from_stations(walk, snapped);
    let own = own_runs(walk, &swept);
    let homes = walk.homes();
    let starts: Vec<usize> = (0..homes.run_count()).step_by(RUN_CHUNK).collect();
    let mut nearest = vec![None; snapped.home_count()];
    for batch in starts.chunks(BATCH) {
        let found = parallel::map(batch, 1, |start| {
            let end = (start + RUN_CHUNK).min(homes.run_count());
            let mut found = Vec::new();
            for run in *start as u32..end as u32 {
                find_on(run, walk, snapped, (&swept, &own), &mut found);
            }
            found
        });
        for (resident, label) in found.into_iter().flatten() {
            nearest[resident.index()] = Some(label);
        }
    }
    fold_nearest(snapped, &mut nearest);
    nearest
}

/// The runs of homes on edges with a station, or in a dead end or pocket with one: these may have a way that does not come
/// from the core.
fn own_runs(walk: &Walk<'_>, swept: &Swept) -> RankedBits {
    let beside = swept.outside.keys().flat_map(|node| walk.edges_at(*node));
    let edges = walk.station_edges().chain(beside);
    let runs = edges.filter_map(|edge: EdgeId| walk.homes().run_on(edge));
    RankedBits::new(walk.homes().run_count(), runs)
}

/// Adds the nearest stations of a run's residents.
fn find_on(
    run: u32,
    walk: &Walk<'_>,
    snapped: &Snapped,
    (swept, own): (&Swept, &RankedBits),
    found: &mut Vec<(ResidentId, NearestStation)>,
) {
    let is_own = own.rank(run).is_some();
    let by_core = walk.homes().labels(run, |node| swept.label(node));
    // A house has many records, one after the other.
    let mut last: Option<(&Snap, Option<ToStation>)> = None;
    found.extend(by_core.filter_map(|(resident, label)| {
        let label = match label {
            Some(label) if !is_own => label,
            _ => {
                let snap = snapped.home_snap(resident)?;
                let known = last.filter(|(known, _)| *known == snap);
                let label = known.map_or_else(
                    || walk.nearest(snap, |node| swept.label(node)),
                    |(_, label)| label,
                );
                last = Some((snap, label));
                label
            }
        };
        let ToStation { cost, station } = label?;
        Some((resident, NearestStation { station, cost }))
    }));
}
