//! The search for labels of any kind at any distance: Dijkstra from many seeds over a heap. For costs within a cutoff the
//! loop of `bounded` is several times faster.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::id::StationId;
use crate::units::Cost;

/// What a search walks on: nodes by number, and the arcs that leave them.
pub(super) trait Graph {
    /// Visits the arcs that leave a node: the next node and the cost.
    fn each_arc(&self, node: u32, visit: impl FnMut(u32, Cost));
}

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
    /// For a graph of this many nodes; `any` is a label to fill the memory with, never read.
    pub(super) fn new(node_count: usize, any: L) -> Self {
        Self {
            labels: vec![(0, any); node_count],
            generation: 0,
            heap: BinaryHeap::new(),
        }
    }

    /// Searches outwards from the seeds and calls `visit` for every node with a label up to `bound`, in ascending order
    /// of labels.
    ///
    /// # Complexity
    /// O(m log m) in the arcs at the visited nodes, whatever the size of the network.
    pub(super) fn search(
        &mut self,
        graph: &impl Graph,
        seeds: impl IntoIterator<Item = (u32, L)>,
        bound: L,
        mut visit: impl FnMut(u32, L),
    ) {
        self.start();
        for (node, label) in seeds {
            self.improve(node, label, bound);
        }
        while let Some(Reverse((label, node))) = self.heap.pop() {
            if self.labels[node as usize].1 < label {
                continue;
            }
            visit(node, label);
            graph.each_arc(node, |next, cost| {
                self.improve(next, label.plus(cost), bound);
            });
        }
    }

    fn start(&mut self) {
        self.heap.clear();
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 {
            self.labels.iter_mut().for_each(|(stamp, _)| *stamp = 0);
            self.generation = 1;
        }
    }

    /// Takes a label that is within the bound and better than the node's.
    fn improve(&mut self, node: u32, label: L, bound: L) {
        if label > bound {
            return;
        }
        let (stamp, known) = &mut self.labels[node as usize];
        if *stamp != self.generation || label < *known {
            (*stamp, *known) = (self.generation, label);
            self.heap.push(Reverse((label, node)));
        }
    }

    /// The label of a node in the last search, where it has one.
    pub(super) fn label(&self, node: u32) -> Option<L> {
        let (stamp, label) = self.labels[node as usize];
        (stamp == self.generation).then_some(label)
    }
}
