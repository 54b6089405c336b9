//! What the search loop walks on: arcs by node with their costs in one array, for one direction of walking.

use crate::network::{Direction, Impedance, Network};
use crate::units::Cost;

/// From which end a walk is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Searched {
    /// From the walk's destination backwards, along reversed arcs.
    FromDestination,
    /// From its origin onwards.
    FromOrigin,
}

/// CSR adjacency: the arcs of node `n` are `arcs[start[n] .. start[n + 1]]`, each a next node and a cost, waits included.
#[derive(Debug)]
pub(super) struct SearchGraph {
    start: Vec<u32>,
    arcs: Vec<(u32, Cost)>,
}

impl SearchGraph {
    pub(super) fn new(network: &Network, impedance: &Impedance, searched: Searched) -> Self {
        let mut start = Vec::with_capacity(network.node_count() + 1);
        let mut arcs = Vec::with_capacity(network.edge_count() * 2);
        start.push(0);
        for node in network.nodes() {
            for out in network.arcs_at(node) {
                let next = network.end(out.edge, out.direction);
                let (walked, arrival) = match searched {
                    Searched::FromOrigin => (out.direction, next),
                    Searched::FromDestination => (opposite(out.direction), node),
                };
                // A loop leads back to where it began: it never shortens a walk through its node.
                if let Some(cost) = impedance.cost(out.edge, walked).filter(|_| next != node) {
                    arcs.push((next.0, cost.saturating_add(impedance.wait(arrival))));
                }
            }
            start.push(arcs.len() as u32);
        }
        Self { start, arcs }
    }

    pub(super) fn arcs(&self, node: u32) -> &[(u32, Cost)] {
        let node = node as usize;
        &self.arcs[self.start[node] as usize..self.start[node + 1] as usize]
    }
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Forward => Direction::Backward,
        Direction::Backward => Direction::Forward,
    }
}
