//! Edges as seen from their nodes.

use super::direction::Direction;
use crate::id::EdgeId;

/// An edge as seen from one of its nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutArc {
    pub(crate) edge: EdgeId,
    pub(crate) direction: Direction,
}

impl OutArc {
    /// Twice the edge, and one more where it is walked against.
    pub(super) fn packed(self) -> u32 {
        self.edge.0 << 1 | u32::from(self.direction == Direction::Backward)
    }

    fn unpacked(packed: u32) -> Self {
        Self {
            edge: EdgeId(packed >> 1),
            direction: if packed & 1 == 0 {
                Direction::Forward
            } else {
                Direction::Backward
            },
        }
    }
}

/// The arcs at a node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutArcs<'a>(&'a [u32]);

impl<'a> OutArcs<'a> {
    pub(super) fn new(packed: &'a [u32]) -> Self {
        Self(packed)
    }

    pub(crate) fn iter(self) -> OutArcsIter<'a> {
        OutArcsIter(self.0.iter())
    }
}

impl<'a> IntoIterator for OutArcs<'a> {
    type Item = OutArc;
    type IntoIter = OutArcsIter<'a>;

    fn into_iter(self) -> OutArcsIter<'a> {
        self.iter()
    }
}

/// The arcs at a node, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct OutArcsIter<'a>(std::slice::Iter<'a, u32>);

impl Iterator for OutArcsIter<'_> {
    type Item = OutArc;

    fn next(&mut self) -> Option<OutArc> {
        self.0.next().map(|packed| OutArc::unpacked(*packed))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for OutArcsIter<'_> {}
