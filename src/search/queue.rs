//! The one search loop: Dijkstra from many seeds, bounded, over scratch that is reused from source to source.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{SearchGraph, Spot};
use crate::id::StationId;
use crate::units::Cost;

/// What a search knows of a node: a cost, or a cost and whose it is. Smaller is better, and adding a cost never makes a
/// label smaller, so the first time a node is settled its label is final, also along edges that cost nothing.
pub(super) trait Label: Copy + Ord + Send {
    /// The label one arc further on.
    fn plus(self, cost: Cost) -> Self;
}

impl Label for Cost {
    fn plus(self, cost: Cost) -> Self {
        self.saturating_add(cost)
    }
}

impl Label for u64 {
    fn plus(self, cost: Cost) -> Self {
        self.saturating_add(u64::from(cost))
    }
}

/// The cost to a station at any distance, equal costs in station order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ToStation {
    pub(super) cost: u64,
    pub(super) station: StationId,
}

impl Label for ToStation {
    fn plus(self, cost: Cost) -> Self {
        Self {
            cost: self.cost + u64::from(cost),
            ..self
        }
    }
}

/// One search's memory: a label per node, reset by a generation stamp in constant time.
#[derive(Debug)]
pub(super) struct Scratch<L> {
    labels: Vec<(u32, L)>,
    generation: u32,
    heap: BinaryHeap<Reverse<(L, u32)>>,
}

impl<L: Label> Scratch<L> {
    /// For a graph of this many spots; `any` is a label to fill the memory with, never read.
    pub(super) fn new(spot_count: usize, any: L) -> Self {
        Self {
            labels: vec![(0, any); spot_count],
            generation: 0,
            heap: BinaryHeap::new(),
        }
    }

    /// Searches outwards from the seeds and calls `visit` for every node with a label up to `bound`, in ascending order
    /// of labels. Answers whether the bound cut anything off.
    ///
    /// # Complexity
    /// O(m log m) in the arcs at the visited nodes, whatever the size of the network.
    pub(super) fn search(
        &mut self,
        graph: &SearchGraph,
        seeds: impl IntoIterator<Item = (Spot, L)>,
        bound: L,
        mut visit: impl FnMut(Spot, L),
    ) -> bool {
        self.start();
        let mut cut = false;
        for (node, label) in seeds {
            cut |= !self.improve(node.0, label, bound);
        }
        while let Some(Reverse((label, node))) = self.heap.pop() {
            if self.labels[node as usize].1 < label {
                continue;
            }
            visit(Spot(node), label);
            for &(next, cost) in graph.arcs(node) {
                cut |= !self.improve(next, label.plus(cost), bound);
            }
        }
        cut
    }

    fn start(&mut self) {
        self.heap.clear();
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.labels.iter_mut().for_each(|(stamp, _)| *stamp = 0);
            self.generation = 1;
        }
    }

    /// Takes a label that is within the bound and better than the node's; `false` when it is beyond the bound.
    fn improve(&mut self, node: u32, label: L, bound: L) -> bool {
        if label > bound {
            return false;
        }
        let (stamp, known) = &mut self.labels[node as usize];
        if *stamp != self.generation || label < *known {
            (*stamp, *known) = (self.generation, label);
            self.heap.push(Reverse((label, node)));
        }
        true
    }

    /// The label of a node in the last search, where it has one.
    pub(super) fn label(&self, node: Spot) -> Option<L> {
        let (stamp, label) = self.labels[node.index()];
        (stamp == self.generation).then_some(label)
    }
}
