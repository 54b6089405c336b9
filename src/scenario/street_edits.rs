//! What becomes of the streets, and the network that they then are.

use std::collections::BTreeSet;

use crate::id::EdgeId;
use crate::network::{Fate, Network, NetworkError, NewWay, Opened};

/// A piece of an edge that is of one way.
pub(super) type Piece = (EdgeId, i64);

/// What becomes of the streets.
#[derive(Default)]
pub(super) struct StreetEdits {
    pub(super) closed: BTreeSet<Piece>,
    pub(super) public: BTreeSet<Piece>,
    pub(super) step_free: BTreeSet<Piece>,
    pub(super) links: Vec<NewWay>,
}

impl StreetEdits {
    pub(super) fn is_empty(&self) -> bool {
        let others = [&self.public, &self.step_free];
        self.closed.is_empty() && self.links.is_empty() && others.iter().all(|set| set.is_empty())
    }

    /// The edges that are closed, where that is all that becomes of the streets and closing them is the same as taking them
    /// away.
    pub(super) fn whole_edges(&self, network: &Network) -> Option<Vec<EdgeId>> {
        let is_of_closing = self.public.is_empty() && self.step_free.is_empty();
        if !is_of_closing || !self.links.is_empty() {
            return None;
        }
        let edges: BTreeSet<EdgeId> = self.closed.iter().map(|(edge, _)| *edge).collect();
        let is_whole = |edge: &EdgeId| self.is_closed(network, *edge);
        let is_same = edges.iter().all(is_whole)
            && network.keeps_junctions_without(|edge| edges.contains(&edge));
        is_same.then(|| edges.into_iter().collect())
    }

    /// Whether all of an edge is closed.
    fn is_closed(&self, network: &Network, edge: EdgeId) -> bool {
        let pieces = pieces_of(network, edge);
        pieces.iter().all(|piece| self.closed.contains(piece))
    }

    /// The streets as they then are.
    pub(super) fn network(&self, network: &Network) -> Result<Network, NetworkError> {
        let fate = |edge, way| match (edge, way) {
            piece if self.closed.contains(&piece) => Fate::Closed,
            piece => Fate::Kept(Opened {
                is_public: self.public.contains(&piece),
                is_step_free: self.step_free.contains(&piece),
            }),
        };
        network.edited(fate, &self.links)
    }
}

/// The pieces of an edge, each of a way once.
pub(super) fn pieces_of(network: &Network, edge: EdgeId) -> Vec<Piece> {
    let stretches = network.ways_along(edge).into_iter();
    let mut pieces: Vec<Piece> = stretches.map(|stretch| (edge, stretch.way)).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}
