//! The pieces of walkable ways.

use super::seen::Seen;
use crate::inputs::access::Walkable;
use crate::model::Access;

/// A run of a way's nodes, `first..=last` among its refs: two or more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) way: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) access: Access,
}

impl Piece {
    /// The piece that ends before a position, where it has two nodes.
    fn before(self, end: u32) -> Option<Self> {
        (end >= self.first + 2).then(|| Self {
            last: end - 1,
            ..self
        })
    }

    /// Its nodes.
    pub(super) fn nodes<'a>(&self, seen: &'a Seen) -> &'a [u32] {
        let refs = seen.refs_of(&seen.ways[self.way as usize]);
        &refs[self.first as usize..=self.last as usize]
    }
}

/// The pieces of the walkable ways, in file order: runs of nodes that the file holds, cut where nobody passes, at steps and,
/// on public ways, at private gates. Those nodes end the pieces on both sides.
pub(super) fn pieces(seen: &Seen) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, way) in (0u32..).zip(&seen.ways) {
        let Ok(Walkable { passage, .. }) = way.verdict else {
            continue;
        };
        let refs = seen.refs_of(way);
        let mut piece = Piece {
            way: number,
            first: 0,
            last: 0,
            access: passage.access,
        };
        for (position, node) in (0u32..).zip(refs) {
            if seen.is_plain(*node) {
                continue;
            }
            let node = &seen.nodes[*node as usize];
            if node.location.is_none() {
                pieces.extend(piece.before(position));
                piece.first = position + 1;
            } else if node.cuts(passage.access) || node.is_step() {
                pieces.extend(piece.before(position + 1));
                piece.first = position;
            }
        }
        pieces.extend(piece.before(refs.len() as u32));
    }
    pieces
}
