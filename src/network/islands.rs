//! Islands: connected pieces of usable public ways that are too short to snap to.

use super::pockets::Pockets;
use super::union::Union;
use super::{Impedance, Network};
use crate::id::{EdgeId, NodeId};
use crate::marked::Marked;
use crate::model::Access;

/// One connected piece of usable public ways that is shorter than the minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Islands {
    /// The piece of every node: the smallest node index in it.
    piece: Vec<u32>,
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::model::{Profile, WayKind};
    /// use pedshed::network::{Impedance, Islands, Network};
    /// // A street of 759 m, and one of 76 m that touches nothing.
    /// let ends = [9.50, 9.51, 9.52, 9.521].map(|x| coord! { x: x, y: 47.1 });
    /// let street = |a, b| (a, b, WayKind::Street);
    /// let network = Network::from_edges(&ends, &[street(0, 1), street(2, 3)])?;
    /// let impedance = Impedance::times(&network, &Profile::plain())?;
    /// let islands = Islands::find(&network, &impedance, 300.0);
    /// assert_eq!((islands.piece_count(), islands.list().len()), (2, 1));
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    ///
    /// # Complexity
    /// Nearly linear in the edges (union-find by smaller index, with path halving).
    #[must_use]
    pub fn find(network: &Network, impedance: &Impedance, min_island_m: f64) -> Self {
        let usable = || {
            let edges = network.edges();
            edges.filter(|(id, edge)| {
                edge.passage.access == Access::Public && impedance.is_usable(*id)
            })
        };
        let mut union = Union::new(network.node_count());
        for (_, edge) in usable() {
            union.join(edge.tail.0, edge.head.0);
        }
        let nodes = 0..network.node_count() as u32;
        let piece: Vec<u32> = nodes.map(|node| union.root(node)).collect();
        let mut sums: Vec<Option<Island>> = vec![None; piece.len()];
        for (id, edge) in usable() {
            let sum = &mut sums[piece[edge.tail.index()] as usize];
            let island = sum.get_or_insert(Island {
                edge: id,
                edges: 0,
                length_m: 0.0,
            });
            island.edges += 1;
            island.length_m += edge.length_m;
        }
        let is_short = |island: &Island| island.length_m < min_island_m;
        let state = |root: &u32| match &sums[*root as usize] {
            None => Ground::Private,
            Some(island) if is_short(island) => Ground::Island,
            Some(_) => Ground::Public,
        };
        let ground: Vec<Ground> = piece.iter().map(state).collect();
        let leads_on = |node: NodeId| ground[node.index()] == Ground::Public;
        let pockets = Pockets::find(network, impedance, leads_on);
        let pieces = sums.iter().flatten().count() as u32;
        let mut short: Vec<Island> = sums.into_iter().flatten().filter(is_short).collect();
        short.sort_by_key(|island| island.edge);
        Self {
            piece,
            short,
            ground,
            pieces,
            pockets,
            keeps_all: min_island_m <= 0.0,
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
            None => self.ground[network.edge(edge).tail.index()] == Ground::Island,
        }
    }

    /// The nodes of pockets without a gate, where these are islands.
    pub(crate) fn closed_pockets(&self) -> Marked {
        let nodes = self.pockets.closed_nodes().filter(|_| !self.keeps_all);
        Marked::of(self.ground.len(), nodes.map(|node| node.0))
    }

    /// The same as [`contains`](Self::contains) in constant time, given the closed pockets' nodes.
    pub(crate) fn contains_among(&self, closed: &Marked, network: &Network, edge: EdgeId) -> bool {
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
            return vec![self.piece[network.edge(edge).tail.index()]];
        };
        let nodes = self.pockets.nodes_of(pocket);
        let gates = nodes.filter(|node| self.ground[node.index()] != Ground::Private);
        let mut pieces: Vec<u32> = gates.map(|gate| self.piece[gate.index()]).collect();
        pieces.dedup();
        pieces
    }
}
