//! Islands: connected pieces of usable ways that are too short to snap to.

use super::{Impedance, Network};
use crate::id::{EdgeId, NodeId};

/// One connected piece of usable ways that is shorter than the minimum.
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

/// The connected pieces of the usable ways of one impedance, directions ignored, and which of them are islands.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Islands {
    /// The piece of every node: the smallest node index in it.
    piece: Vec<u32>,
    /// Ascending by first edge.
    short: Vec<Island>,
    /// Per node, whether its piece is an island.
    is_island: Vec<bool>,
    pieces: u32,
}

impl Islands {
    /// Finds the pieces whose ways sum to less than `min_island_m` metres; 0 finds none.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::model::{Flow, Profile, WayKind};
    /// use pedshed::network::{Impedance, Islands, Network};
    /// // A street of 759 m, and one of 76 m that touches nothing.
    /// let ends = [9.50, 9.51, 9.52, 9.521].map(|x| coord! { x: x, y: 47.1 });
    /// let street = |a, b| (a, b, WayKind::Street, Flow::Both);
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
        let mut piece: Vec<u32> = (0..network.node_count() as u32).collect();
        let usable = || network.edges().filter(|(id, _)| impedance.is_usable(*id));
        for (_, edge) in usable() {
            let (tail, head) = (root(&mut piece, edge.tail.0), root(&mut piece, edge.head.0));
            piece[tail.max(head) as usize] = tail.min(head);
        }
        for node in 0..piece.len() as u32 {
            piece[node as usize] = root(&mut piece, node);
        }
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
        let is_island = piece
            .iter()
            .map(|&root| sums[root as usize].as_ref().is_some_and(is_short))
            .collect();
        let pieces = sums.iter().flatten().count() as u32;
        let mut short: Vec<Island> = sums.into_iter().flatten().filter(is_short).collect();
        short.sort_by_key(|island| island.edge);
        Self {
            piece,
            short,
            is_island,
            pieces,
        }
    }

    /// The islands, ascending by their first edge.
    #[must_use]
    pub fn list(&self) -> &[Island] {
        &self.short
    }

    /// The number of connected pieces of usable ways, islands included.
    #[must_use]
    pub fn piece_count(&self) -> u32 {
        self.pieces
    }

    /// The piece that a node belongs to: two nodes with the same answer are connected, directions ignored.
    #[must_use]
    pub fn piece(&self, node: NodeId) -> u32 {
        self.piece[node.index()]
    }

    /// Whether an edge lies in an island.
    #[must_use]
    pub fn contains(&self, network: &Network, edge: EdgeId) -> bool {
        self.is_island[network.edge(edge).tail.index()]
    }
}

fn root(piece: &mut [u32], mut node: u32) -> u32 {
    while piece[node as usize] != node {
        let parent = piece[node as usize];
        piece[node as usize] = piece[parent as usize];
        node = piece[node as usize];
    }
    node
}
