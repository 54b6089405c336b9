//! Why a network cannot be built.

use crate::id::EdgeId;
use crate::text::language::Words;
use crate::text::words::sentences;

/// A network that cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Nothing to walk on.
    Empty,
    /// An index would not fit 32 bits.
    TooLarge {
        /// Of what.
        what: Words,
        /// How many.
        count: usize,
    },
    /// A way refers to a vertex that is not there.
    UnknownVertex {
        /// The way's number.
        way: i64,
        /// The vertex it names.
        vertex: u32,
        /// How many there are.
        vertices: usize,
    },
    /// A way's vertices are not among the refs.
    UnknownRefs {
        /// The way's number.
        way: i64,
        /// Its first ref.
        first: u32,
        /// The one behind its last.
        last: u64,
        /// How many there are.
        refs: usize,
    },
    /// A way refers to a name that is not there.
    UnknownName {
        /// The way's number.
        way: i64,
        /// The name's position.
        name: u32,
        /// How many there are.
        names: usize,
    },
    /// An edge refers to a node that is not there.
    UnknownNode {
        /// The edge's position in the list.
        index: usize,
        /// The node it names.
        node: u32,
        /// How many there are.
        nodes: usize,
    },
    /// A coordinate off the earth.
    OffTheEarth {
        /// The position of the node, or of the vertex, in the list.
        node: usize,
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// A walk along one edge that takes longer than a cost can say (49 days, 4,294 km).
    CostTooLarge {
        /// The edge.
        edge: EdgeId,
        /// Its first way.
        way: i64,
    },
}

sentences!(NetworkError {
    Empty;
    TooLarge { what, count } with max = u32::MAX - 1;
    UnknownVertex { way, vertex, vertices };
    UnknownRefs { way, first, last, refs };
    UnknownName { way, name, names };
    UnknownNode { index, node, nodes };
    OffTheEarth { node, lon, lat };
    CostTooLarge { edge as |edge: &EdgeId| edge.0, way } with max = u32::MAX - 1;
});

/// Whether a network can number so many things; what they are in English and Chinese.
pub(super) fn fits((en, zh): (&str, &str), count: usize) -> Result<(), NetworkError> {
    if count >= u32::MAX as usize {
        Err(NetworkError::TooLarge {
            what: Words::new(en, zh),
            count,
        })
    } else {
        Ok(())
    }
}
