//! Pockets: connected private ways, such as gated compounds. They carry nobody through.

use super::Network;
use super::impedance::Impedance;
use super::union::Union;
use crate::id::{EdgeId, NodeId};
use crate::model::Access;

/// One connected piece of private ways.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pocket {
    /// Its first edge.
    pub edge: EdgeId,
    /// How many edges it has.
    pub edges: u32,
    /// Their length in metres.
    pub length_m: f64,
    /// How many of its nodes lie on public ways that are no island. Without any it is closed: an island itself.
    pub gates: u32,
}

/// The pockets of one impedance, and which node lies in which.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pockets {
    /// Ascending by first edge.
    list: Vec<Pocket>,
    /// The nodes of private ways, ascending, each with its pocket's position in the list.
    nodes: Vec<(NodeId, u32)>,
}

impl Pockets {
    /// Finds the connected pieces of usable private ways. `leads_on` tells the nodes on public ways that lead on.
    ///
    /// # Complexity
    /// Linear in the edges.
    pub(super) fn new(
        network: &Network,
        impedance: &Impedance,
        leads_on: impl Fn(NodeId) -> bool,
    ) -> Self {
        let columns = network.edge_columns();
        let private = || {
            let is_private = |edge: &EdgeId| columns.access(*edge) == Access::Private;
            let private = network.edge_ids().filter(is_private);
            private.filter(|edge| impedance.is_usable(*edge))
        };
        let mut union = Union::new(network.node_count());
        let mut nodes: Vec<NodeId> = Vec::new();
        for [tail, head] in private().map(|edge| columns.ends(edge)) {
            union.join(tail.0, head.0);
            nodes.extend([tail, head]);
        }
        nodes.sort_unstable();
        nodes.dedup();
        let mut pocket_of_root: Vec<Option<u32>> = vec![None; network.node_count()];
        let mut list: Vec<Pocket> = Vec::new();
        for edge in private() {
            let [tail, _] = columns.ends(edge);
            let slot = &mut pocket_of_root[union.root(tail.0) as usize];
            let pocket = *slot.get_or_insert_with(|| {
                list.push(Pocket {
                    edge,
                    edges: 0,
                    length_m: 0.0,
                    gates: 0,
                });
                list.len() as u32 - 1
            });
            let pocket = &mut list[pocket as usize];
            pocket.edges += 1;
            pocket.length_m += columns.length_m(edge);
        }
        let nodes: Vec<(NodeId, u32)> = nodes
            .into_iter()
            .filter_map(|node| Some((node, pocket_of_root[union.root(node.0) as usize]?)))
            .collect();
        for (_, pocket) in nodes.iter().filter(|(node, _)| leads_on(*node)) {
            list[*pocket as usize].gates += 1;
        }
        Self { list, nodes }
    }

    /// The pockets, ascending by their first edge.
    #[must_use]
    pub fn list(&self) -> &[Pocket] {
        &self.list
    }

    /// The length of all pockets in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        let lengths = self.list.iter().map(|pocket| pocket.length_m);
        // The sum of nothing is -0.0.
        lengths.sum::<f64>() + 0.0
    }

    /// The pocket that a private edge lies in, by its position in the list.
    #[must_use]
    pub(crate) fn pocket_of(&self, network: &Network, edge: EdgeId) -> Option<usize> {
        let is_private = network.access(edge) == Access::Private;
        is_private.then(|| self.at(network.ends(edge)[0])).flatten()
    }

    /// The bytes of its arrays in memory.
    pub(super) fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Pocket>()
            + self.nodes.capacity() * size_of::<(NodeId, u32)>()
    }

    /// The nodes of all pockets without a gate, ascending.
    pub(super) fn closed_nodes(&self) -> impl Iterator<Item = NodeId> {
        let nodes = self.nodes.iter();
        nodes.filter_map(|(node, of)| (self.list[*of as usize].gates == 0).then_some(*node))
    }

    /// The nodes of a pocket, ascending.
    pub(super) fn nodes_of(&self, pocket: usize) -> impl Iterator<Item = NodeId> {
        let nodes = self.nodes.iter();
        nodes.filter_map(move |(node, of)| (*of as usize == pocket).then_some(*node))
    }

    fn at(&self, node: NodeId) -> Option<usize> {
        let position = self.nodes.binary_search_by_key(&node, |(node, _)| *node);
        position.ok().map(|at| self.nodes[at].1 as usize)
    }
}
