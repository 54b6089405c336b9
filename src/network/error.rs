//! Why a network cannot be built.

use crate::id::EdgeId;

/// A network that cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Nothing to walk on.
    #[error(
        "the network has no walkable way; check that the file holds streets and covers the study area"
    )]
    Empty,
    /// An index would not fit 32 bits.
    #[error("{count} {what} are more than a network holds ({max})", max = u32::MAX - 1)]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// A way refers to a vertex that is not there.
    #[error("way {way} refers to vertex {vertex} of {vertices}")]
    UnknownVertex {
        /// The way's number.
        way: i64,
        /// The vertex it names.
        vertex: u32,
        /// How many there are.
        vertices: usize,
    },
    /// An edge refers to a node that is not there.
    #[error("edge {index} refers to node {node} of {nodes}")]
    UnknownNode {
        /// The edge's position in the list.
        index: usize,
        /// The node it names.
        node: u32,
        /// How many there are.
        nodes: usize,
    },
    /// A coordinate off the earth.
    #[error("node {node}: longitude {lon}, latitude {lat} is not on the earth")]
    OffTheEarth {
        /// The node's position in the list.
        node: usize,
        /// As given.
        lon: f64,
        /// As given.
        lat: f64,
    },
    /// A walk along one edge that takes longer than a cost can say (49 days, 4,294 km).
    #[error("edge {edge:?} (way {way}) costs more than {max}", max = u32::MAX - 1)]
    CostTooLarge {
        /// The edge.
        edge: EdgeId,
        /// Its first way.
        way: i64,
    },
}
