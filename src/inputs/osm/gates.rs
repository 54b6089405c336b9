//! Private gates on public ways: `barrier=gate` with `access=private`. The gate cuts its way, and what has no other way
//! to the rest of the network is a pocket that is entered there, though its own ways say nothing of it.

use super::pieces::Piece;
use super::seen::Seen;
use crate::geometry::{LocalMetres, Location};
use crate::inputs::access::Barrier;
use crate::model::Access;
use crate::parallel;

/// Pieces per parallel task when they are measured.
const PIECE_CHUNK: usize = 1024;

/// Makes those public pieces private that hang on the rest of their network by private gates alone. Of the parts that
/// the gates of one connected network make, the longest is the rest, of equal ones the first in the file.
///
/// # Complexity
/// Nearly linear in the pieces' nodes where there is any private gate; nothing otherwise.
pub(super) fn make_pockets(pieces: &mut [Piece], seen: &Seen) {
    let is_gate = |node: &u32| seen.barrier(*node) == Barrier::Private;
    let ends_at_gate = |piece: &Piece| {
        let nodes = piece.nodes(seen);
        piece.access == Access::Public && (is_gate(&nodes[0]) || is_gate(&nodes[nodes.len() - 1]))
    };
    if !pieces.iter().any(ends_at_gate) {
        return;
    }
    let mut parts = Groups::new(pieces.len());
    parts.join_at_nodes(pieces, seen, Barrier::Open);
    let mut networks = parts.clone();
    networks.join_at_nodes(pieces, seen, Barrier::Private);

    let mut lengths_m = vec![0.0; pieces.len()];
    let measured = parallel::map(pieces, PIECE_CHUNK, |piece| length_m(piece, seen));
    for (index, length_m) in measured.into_iter().enumerate() {
        lengths_m[parts.root(index)] += length_m;
    }
    // The longest part of each network, by the network's root.
    let mut longest: Vec<Option<usize>> = vec![None; pieces.len()];
    for part in (0..pieces.len()).filter(|index| parts.is_root(*index)) {
        let known = &mut longest[networks.root(part)];
        if known.is_none_or(|known| lengths_m[known] < lengths_m[part]) {
            *known = Some(part);
        }
    }
    for (index, piece) in pieces.iter_mut().enumerate() {
        if longest[networks.root(index)] != Some(parts.root(index)) {
            piece.access = Access::Private;
        }
    }
}

/// About how long a piece is: near enough to tell parts apart.
fn length_m(piece: &Piece, seen: &Seen) -> f64 {
    let places = piece.nodes(seen).iter();
    let mut places = places
        .filter_map(|node| seen.nodes[*node as usize].location)
        .map(Location::degrees);
    let Some(mut last) = places.next() else {
        return 0.0;
    };
    let metres = LocalMetres::at(last.y);
    places.fold(0.0, |length_m, place| {
        let step = place - last;
        last = place;
        let (east_m, north_m) = (step.x * metres.east_m, step.y * metres.north_m);
        length_m + (east_m * east_m + north_m * north_m).sqrt()
    })
}

/// Pieces in groups: a union-find whose roots are the smallest members.
#[derive(Clone)]
struct Groups(Vec<u32>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] as usize != index {
            self.0[index] = self.0[self.0[index] as usize];
            index = self.0[index] as usize;
        }
        index
    }

    fn is_root(&self, index: usize) -> bool {
        self.0[index] as usize == index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other) as u32;
    }

    /// Joins the public pieces that share a node with this barrier, or with steps, which end pieces and stop nobody.
    fn join_at_nodes(&mut self, pieces: &[Piece], seen: &Seen, barrier: Barrier) {
        const NONE: u32 = u32::MAX;
        let mut first_at = vec![NONE; seen.nodes.len()];
        let public = |(_, piece): &(usize, &Piece)| piece.access == Access::Public;
        for (index, piece) in pieces.iter().enumerate().filter(public) {
            for &node in piece.nodes(seen) {
                let found = seen.barrier(node);
                if found == barrier || found == Barrier::Steps {
                    let first = &mut first_at[node as usize];
                    if *first == NONE {
                        *first = index as u32;
                    } else {
                        self.join(*first as usize, index);
                    }
                }
            }
        }
    }
}
