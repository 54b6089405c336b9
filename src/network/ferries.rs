//! Ferries that a walker does not take, and what they would connect.

use super::{Impedance, Network, Union};
use crate::id::{EdgeId, NodeId};
use crate::model::WayKind;

/// The ferries of a network that one walker does not take, and the shores between which they would go.
#[derive(Clone, Debug)]
pub struct Ferries {
    list: Vec<EdgeId>,
    length_m: f64,
    joins: usize,
    /// Per node the first of all that are connected when ferries are taken; empty where there are none.
    shores: Vec<u32>,
}

impl Ferries {
    /// Finds them.
    ///
    /// # Complexity
    /// Nearly linear in the edges where there is a ferry.
    #[must_use]
    pub fn left_out(network: &Network, impedance: &Impedance) -> Self {
        let is_ferry = |edge: &EdgeId| network.passage(*edge).kind == WayKind::Ferry;
        let left_out = |edge: &EdgeId| is_ferry(edge) && !impedance.is_usable(*edge);
        let list: Vec<EdgeId> = network.edge_ids().filter(left_out).collect();
        let mut ferries = Self {
            length_m: list.iter().map(|edge| network.edge_length_m(*edge)).sum(),
            list,
            joins: 0,
            shores: Vec::new(),
        };
        if ferries.list.is_empty() {
            return ferries;
        }
        let mut union = Union::new(network.node_count());
        for edge in network.edge_ids().filter(|edge| impedance.is_usable(*edge)) {
            let [tail, head] = network.ends(edge);
            union.join(tail.0, head.0);
        }
        for edge in &ferries.list {
            let [tail, head] = network.ends(*edge).map(|node| union.root(node.0));
            if tail != head {
                ferries.joins += 1;
                union.join(tail, head);
            }
        }
        let nodes = 0..network.node_count() as u32;
        ferries.shores = nodes.map(|node| union.root(node)).collect();
        ferries
    }

    /// The ferries, ascending.
    #[must_use]
    pub fn list(&self) -> &[EdgeId] {
        &self.list
    }

    /// Their length in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// How many of them would join pieces that no way joins.
    #[must_use]
    pub fn joins(&self) -> usize {
        self.joins
    }

    /// One node for all that are connected when ferries are taken, directions ignored.
    #[must_use]
    pub(crate) fn shore(&self, node: NodeId) -> NodeId {
        self.shores
            .get(node.index())
            .map_or(node, |shore| NodeId(*shore))
    }
}
