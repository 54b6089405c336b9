//! Which station every node is nearest to, kept up as stations come, move and go.
//!
//! The nodes nearest to one station are its *cell*. Every node of a cell is reached from the station through the cell alone,
//! so a station that goes leaves a hole which is found by walking its cell, and closed from the labels around the hole and
//! from the stations inside; all other labels stay as they are. A station that comes betters labels around it until it
//! betters none. The labels are those that one sweep from all stations gives, ties included.
//!
//! # Source
//! Repair of shortest paths by what changed: Ramalingam and Reps, *On the computational complexity of dynamic graph problems*
//! (1996); of the cells of a network's Voronoi diagram: Erwig, *The graph Voronoi diagram with applications* (2000).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::id::StationId;
use crate::search::core::CoreGraph;
use crate::search::queue::{Graph, Label, ToStation};
use crate::units::Cost;

/// The label of nodes from which no station is reached: beyond every other.
const NOWHERE: ToStation = ToStation {
    cost: u64::MAX,
    station: StationId(u32::MAX),
};

/// Where a search from a station begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    node: u32,
    station: StationId,
    cost: Cost,
}

/// Every node's nearest station.
#[derive(Debug)]
pub(super) struct Cells {
    labels: Vec<ToStation>,
    into: ArcsInto,
    /// Ascending.
    seeds: Vec<Seed>,
    heap: BinaryHeap<Reverse<(ToStation, u32)>>,
    /// The nodes whose labels the last edit looked at, some of them twice.
    relabelled: Vec<u32>,
    stack: Vec<u32>,
}

impl Cells {
    /// Of a graph without stations.
    ///
    /// # Complexity
    /// Linear in the arcs.
    pub(super) fn new(graph: &CoreGraph) -> Self {
        Self {
            labels: vec![NOWHERE; graph.node_count()],
            into: ArcsInto::new(graph),
            seeds: Vec::new(),
            heap: BinaryHeap::new(),
            relabelled: Vec::new(),
            stack: Vec::new(),
        }
    }

    /// Puts all stations on a graph that has none: one sweep.
    pub(super) fn sweep(
        &mut self,
        graph: &CoreGraph,
        seeds: impl IntoIterator<Item = (StationId, u32, Cost)>,
    ) {
        let seeds = seeds.into_iter();
        self.seeds.extend(seeds.map(|(station, node, cost)| Seed {
            node,
            station,
            cost,
        }));
        self.seeds.sort_unstable();
        for index in 0..self.seeds.len() {
            self.offer_seed(self.seeds[index]);
        }
        self.settle(graph);
        self.relabelled.clear();
    }

    /// Moves a station from some seeds, the nodes beside it with their costs, to others; none of either where it comes or
    /// goes. [`relabelled`](Self::relabelled) tells the nodes whose labels may be other ones then.
    ///
    /// # Complexity
    /// O(m log m) in the arcs at the nodes of the station's cells before and after.
    pub(super) fn move_station(
        &mut self,
        graph: &CoreGraph,
        station: StationId,
        from: &[(u32, Cost)],
        to: &[(u32, Cost)],
    ) {
        self.relabelled.clear();
        for &(node, cost) in from {
            let seed = Seed {
                node,
                station,
                cost,
            };
            if let Ok(position) = self.seeds.binary_search(&seed) {
                self.seeds.remove(position);
            }
        }
        self.clear_cell(graph, station, from);
        for &(node, cost) in to {
            let seed = Seed {
                node,
                station,
                cost,
            };
            let (Ok(position) | Err(position)) = self.seeds.binary_search(&seed);
            self.seeds.insert(position, seed);
        }
        for index in 0..self.relabelled.len() {
            self.close_hole_at(self.relabelled[index]);
        }
        for &(node, cost) in to {
            self.offer_seed(Seed {
                node,
                station,
                cost,
            });
        }
        self.settle(graph);
    }

    /// The nodes that the last edit may have relabelled.
    pub(super) fn relabelled(&self) -> &[u32] {
        &self.relabelled
    }

    /// The nearest station of a node by searches that pass through it.
    pub(super) fn label(&self, node: u32) -> Option<ToStation> {
        let label = self.labels[node as usize];
        (label != NOWHERE).then_some(label)
    }

    /// Takes the labels from a station's nodes: all are found from its seeds along nodes that it labelled.
    fn clear_cell(&mut self, graph: &CoreGraph, station: StationId, seeds: &[(u32, Cost)]) {
        self.stack.extend(seeds.iter().map(|(node, _)| node));
        while let Some(node) = self.stack.pop() {
            if self.labels[node as usize].station != station {
                continue;
            }
            self.labels[node as usize] = NOWHERE;
            self.relabelled.push(node);
            graph.each_arc(node, |next, _| self.stack.push(next));
        }
    }

    /// Offers a node without a label what its neighbours and the stations beside it have.
    fn close_hole_at(&mut self, node: u32) {
        let best = self.into.arcs(node).iter().map(|(tail, cost)| {
            let label = self.labels[*tail as usize];
            if label == NOWHERE {
                NOWHERE
            } else {
                label.plus(*cost)
            }
        });
        let best = best.min().unwrap_or(NOWHERE);
        self.offer(node, best);
        let first = self.seeds.partition_point(|seed| seed.node < node);
        for index in first..self.seeds.len() {
            let seed = self.seeds[index];
            if seed.node != node {
                break;
            }
            self.offer_seed(seed);
        }
    }

    fn offer_seed(&mut self, seed: Seed) {
        let Seed {
            node,
            station,
            cost,
        } = seed;
        let cost = u64::from(cost);
        self.offer(node, ToStation { cost, station });
    }

    fn offer(&mut self, node: u32, label: ToStation) {
        let known = &mut self.labels[node as usize];
        if label < *known {
            *known = label;
            self.heap.push(Reverse((label, node)));
        }
    }

    /// Spreads the labels offered: Dijkstra's search, which ends where it betters nothing.
    fn settle(&mut self, graph: &CoreGraph) {
        while let Some(Reverse((label, node))) = self.heap.pop() {
            if self.labels[node as usize] != label {
                continue;
            }
            self.relabelled.push(node);
            graph.each_arc(node, |next, cost| self.offer(next, label.plus(cost)));
        }
    }
}

/// The arcs by the node that they lead to: those into node `n` are `arcs[start[n] .. start[n + 1]]`, each with its tail.
#[derive(Debug)]
struct ArcsInto {
    start: Vec<u32>,
    arcs: Vec<(u32, Cost)>,
}

impl ArcsInto {
    /// A counting sort.
    fn new(graph: &CoreGraph) -> Self {
        let nodes = || 0..graph.node_count() as u32;
        let mut start = vec![0u32; graph.node_count() + 1];
        for node in nodes() {
            graph.each_arc(node, |head, _| start[head as usize + 1] += 1);
        }
        for node in 0..graph.node_count() {
            start[node + 1] += start[node];
        }
        let mut next = start.clone();
        let mut arcs = vec![(0, 0); start[graph.node_count()] as usize];
        for tail in nodes() {
            graph.each_arc(tail, |head, cost| {
                let slot = &mut next[head as usize];
                arcs[*slot as usize] = (tail, cost);
                *slot += 1;
            });
        }
        Self { start, arcs }
    }

    fn arcs(&self, node: u32) -> &[(u32, Cost)] {
        let [start, end] = [0, 1].map(|next| self.start[node as usize + next] as usize);
        &self.arcs[start..end]
    }
}
