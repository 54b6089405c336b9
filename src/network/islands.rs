//! Islands: connected pieces of usable public ways that are too short to snap to.

use super::pockets::Pockets;
use super::union::Union;
use super::{Impedance, Network};
use crate::collections::RankedBits;
use crate::id::{EdgeId, NodeId};
use crate::model::Access;

/// One connected piece of usable public ways that is shorter than the minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Island {
    /// Its first edge.
    pub edge: EdgeId,
    /// How many edges it has.
    pub edges: u32,
    /// Their length in metres.
    pub length_m: f64,
}

/// The connected pieces of the usable public ways of one impedance, directions ignored, and which of them are islands;
/// and the pockets of private ways between them. A pocket without a gate to any other piece is an island too.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Islands {
    /// The piece with the most nodes, by its smallest node.
    largest: u32,
    /// The nodes in other pieces of public ways, ascending, each with the smallest node of its piece.
    others: Vec<(NodeId, u32)>,
    /// Ascending by first edge.
    short: Vec<Island>,
    /// Per node, what its public ways are.
    ground: Vec<Ground>,
    pieces: u32,
    pockets: Pockets,
    keeps_all: bool,
}

/// What the public ways at a node are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
enum Ground {
    /// There are none that this walker can use.
    Private,
    /// They are an island.
    Island,
    /// They lead on.
    Public,
}

impl Islands {
    /// Finds the pieces whose ways sum to less than `min_island_m` metres; 0 finds none, and opens closed pockets too.
    /// Neither does what is no length: a negative number, or none.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::model::{Profile, WayKind};
    /// use pedshed::network::Network;
    /// use pedshed::walker::{WalkOptions, Walker};
    /// // A street of 759 m, and one of 76 m that touches nothing.
    /// let ends = [9.50, 9.51, 9.52, 9.521].map(|x| coord! { x: x, y: 47.1 });
    /// let street = |a, b| (a, b, WayKind::Street);
    /// let network = Network::from_edges(&ends, &[street(0, 1), street(2, 3)])?;
    /// let options = WalkOptions { min_island_m: 300.0, ..WalkOptions::default() };
    /// let walker = Walker::new(&network, &Profile::plain(), options)?;
    /// let islands = walker.islands();
    /// assert_eq!((islands.piece_count(), islands.list().len()), (2, 1));
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    ///
    /// # Complexity
    /// Nearly linear in the edges (union-find by smaller index, with path halving).
    #[must_use]
    pub(crate) fn new(network: &Network, impedance: &Impedance, min_island_m: f64) -> Self {
        let columns = network.edge_columns();
        let usable = || {
            let is_public = |edge: &EdgeId| columns.access(*edge) == Access::Public;
            let public = network.edge_ids().filter(is_public);
            public.filter(|edge| impedance.is_usable(*edge))
        };
        let mut union = Union::new(network.node_count());
        for [tail, head] in usable().map(|edge| columns.ends(edge)) {
            union.join(tail.0, head.0);
        }
        let nodes = 0..network.node_count() as u32;
        let piece: Vec<u32> = nodes.map(|node| union.root(node)).collect();
        let mut sums: Vec<Option<Island>> = vec![None; piece.len()];
        for edge in usable() {
            let [tail, _] = columns.ends(edge);
            let sum = &mut sums[piece[tail.index()] as usize];
            let island = sum.get_or_insert(Island {
                edge,
                edges: 0,
                length_m: 0.0,
            });
            island.edges += 1;
            island.length_m += columns.length_m(edge);
        }
        let is_short = |island: &Island| island.length_m < min_island_m;
        let state = |root: &u32| match &sums[*root as usize] {
            None => Ground::Private,
            Some(island) if is_short(island) => Ground::Island,
            Some(_) => Ground::Public,
        };
        let ground: Vec<Ground> = piece.iter().map(state).collect();
        let leads_on = |node: NodeId| ground[node.index()] == Ground::Public;
        let pockets = Pockets::new(network, impedance, leads_on);
        let pieces = sums.iter().flatten().count() as u32;
        let largest = largest_piece(&piece);
        let in_others = piece
            .iter()
            .zip((0..).map(NodeId))
            .filter(|(of, node)| **of != largest && ground[node.index()] != Ground::Private);
        let others = in_others.map(|(of, node)| (node, *of)).collect();
        let mut short: Vec<Island> = sums.into_iter().flatten().filter(is_short).collect();
        short.sort_by_key(|island| island.edge);
        Self {
            largest,
            others,
            short,
            ground,
            pieces,
            pockets,
            keeps_all: min_island_m.is_nan() || min_island_m <= 0.0,
        }
    }

    /// The length of all islands in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        let lengths = self.short.iter().map(|island| island.length_m);
        // The sum of nothing is -0.0.
        lengths.sum::<f64>() + 0.0
    }

    /// The islands, ascending by their first edge.
    #[must_use]
    pub fn list(&self) -> &[Island] {
        &self.short
    }

    /// The number of connected pieces of usable public ways, islands included.
    #[must_use]
    pub fn piece_count(&self) -> u32 {
        self.pieces
    }

    /// The pockets: connected private ways.
    #[must_use]
    pub fn pockets(&self) -> &Pockets {
        &self.pockets
    }

    /// Whether an edge lies in an island, or in a pocket without a gate.
    #[must_use]
    pub fn contains(&self, network: &Network, edge: EdgeId) -> bool {
        match self.pockets.pocket_of(network, edge) {
            Some(pocket) => !self.keeps_all && self.pockets.list()[pocket].gates == 0,
            None => self.ground[network.ends(edge)[0].index()] == Ground::Island,
        }
    }

    /// The bytes of its arrays in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.others.capacity() * size_of::<(NodeId, u32)>()
            + self.short.capacity() * size_of::<Island>()
            + self.ground.capacity() * size_of::<Ground>()
            + self.pockets.bytes()
    }

    /// The piece of a node, by its smallest node.
    fn piece(&self, node: NodeId) -> u32 {
        if self.ground[node.index()] == Ground::Private {
            return node.0;
        }
        let position = self.others.binary_search_by_key(&node, |(node, _)| *node);
        position.map_or(self.largest, |at| self.others[at].1)
    }

    /// The nodes of pockets without a gate, where these are islands.
    pub(crate) fn closed_pockets(&self) -> RankedBits {
        let nodes = self.pockets.closed_nodes().filter(|_| !self.keeps_all);
        RankedBits::new(self.ground.len(), nodes.map(|node| node.0))
    }

    /// The same as [`contains`](Self::contains) in constant time, given the closed pockets' nodes.
    pub(crate) fn contains_among(
        &self,
        closed: &RankedBits,
        network: &Network,
        edge: EdgeId,
    ) -> bool {
        let edge = network.edge(edge);
        match edge.passage.access {
            Access::Private => closed.rank(edge.tail.0).is_some(),
            Access::Public => self.ground[edge.tail.index()] == Ground::Island,
        }
    }

    /// Whether ways lead from one edge to another, directions ignored: along public ways, within one pocket, and
    /// through gates out of and into pockets, but through no pocket.
    #[must_use]
    pub fn are_connected(&self, network: &Network, one: EdgeId, other: EdgeId) -> bool {
        let pocket = |edge| self.pockets.pocket_of(network, edge);
        if pocket(one).is_some() && pocket(one) == pocket(other) {
            return true;
        }
        let ways_out = self.pieces_at(network, one);
        let ways_in = self.pieces_at(network, other);
        ways_out.iter().any(|piece| ways_in.contains(piece))
    }

    /// The pieces of public ways that an edge belongs to or has gates to.
    fn pieces_at(&self, network: &Network, edge: EdgeId) -> Vec<u32> {
        let Some(pocket) = self.pockets.pocket_of(network, edge) else {
            return vec![self.piece(network.ends(edge)[0])];
        };
        let nodes = self.pockets.nodes_of(pocket);
        let gates = nodes.filter(|node| self.ground[node.index()] != Ground::Private);
        let mut pieces: Vec<u32> = gates.map(|gate| self.piece(gate)).collect();
        pieces.dedup();
        pieces
    }
}

/// The piece that most nodes are in; of equally large ones the first.
fn largest_piece(piece: &[u32]) -> u32 {
    let mut sizes = vec![0u32; piece.len()];
    for piece in piece {
        sizes[*piece as usize] += 1;
    }
    let sizes = sizes.iter().zip(0..);
    sizes
        .max_by_key(|(size, piece)| (**size, std::cmp::Reverse(*piece)))
        .map_or(0, |(_, piece)| piece)
}
