//! The walking network: an immutable graph of junctions and the chains between them, with geometry and kinds of ways and
//! **no times**. Times come from an [`Impedance`], a network seen by one walker.

mod build;
mod error;
mod impedance;
mod islands;
#[cfg(feature = "petgraph")]
mod petgraph;
mod pockets;
mod union;

#[cfg(feature = "petgraph")]
pub use self::petgraph::{Arc, Arcs, Neighbors};
pub use error::NetworkError;
pub use impedance::{EndCosts, Impedance};
pub use islands::{Island, Islands};
pub use pockets::{Pocket, Pockets};

pub(crate) use union::Union;

use geo_types::Coord;

use crate::geometry::{Bounds, Location, wrapped_degrees};
use crate::id::{EdgeId, NodeId};
use crate::model::{Crossing, Passage};

/// One edge: a chain of segments between two nodes that are all walked alike.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Edge {
    /// The node at its first vertex.
    pub tail: NodeId,
    /// The node at its last vertex; the same as `tail` for a loop.
    pub head: NodeId,
    /// Its length along the ground in metres: the sum of its segments' geodesics on WGS84.
    pub length_m: f64,
    /// How it may be walked, seen from tail to head.
    pub passage: Passage,
    /// The number of its first way in the source.
    pub way: i64,
    /// Position of its first way's name among the network's names.
    name: Option<u32>,
}

/// A direction along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Direction {
    /// From tail to head.
    Forward,
    /// From head to tail.
    Backward,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        }
    }
}

/// A stretch of an edge, between two fractions of its length from tail to head.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stretch {
    /// The edge.
    pub edge: EdgeId,
    /// Where the stretch begins.
    pub from: f64,
    /// Where it ends, not before `from`.
    pub to: f64,
}

/// Junctions, the chains between them, and the chains' geometry. Built once by [`Network::build`] or
/// [`Network::from_edges`], never changed.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Network {
    nodes: Vec<Location>,
    crossings: Vec<Option<Crossing>>,
    edges: Vec<Edge>,
    /// `shape_start[e] .. shape_start[e + 1]` are the vertices of edge `e` in `shape`, both ends included.
    shape_start: Vec<u32>,
    shape: Vec<Location>,
    names: Vec<String>,
    /// Number of source vertices, ways and lines without length, for reports.
    source: SourceCounts,
    /// `arc_start[n] .. arc_start[n + 1]` are the arcs that leave node `n` along or against an edge, whatever its flow.
    arc_start: Vec<u32>,
    arcs: Vec<OutArc>,
}

/// How large the source was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SourceCounts {
    /// Ways read.
    pub ways: u64,
    /// Vertices that they use.
    pub vertices: u64,
    /// Ways whose vertices all coincide; they are not part of the network.
    pub degenerate_ways: u64,
}

/// An edge as seen from one of its nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct OutArc {
    pub(crate) edge: EdgeId,
    pub(crate) direction: Direction,
}

impl Network {
    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The number of edges; nearly each may be walked both ways.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Every node, ascending.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// Every edge with its id, ascending.
    #[must_use]
    pub fn edges(&self) -> impl ExactSizeIterator<Item = (EdgeId, &Edge)> {
        self.edges
            .iter()
            .enumerate()
            .map(|(index, edge)| (EdgeId(index as u32), edge))
    }

    /// One edge.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn edge(&self, edge: EdgeId) -> &Edge {
        &self.edges[edge.index()]
    }

    /// Where a node is.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn location(&self, node: NodeId) -> Location {
        self.nodes[node.index()]
    }

    /// The crossing at a node, where there is one.
    #[must_use]
    pub fn crossing(&self, node: NodeId) -> Option<Crossing> {
        self.crossings[node.index()]
    }

    /// The vertices of an edge from tail to head, both included: two or more.
    #[must_use]
    pub fn shape(&self, edge: EdgeId) -> &[Location] {
        let index = edge.index();
        &self.shape[self.shape_start[index] as usize..self.shape_start[index + 1] as usize]
    }

    /// The name of an edge's first way.
    #[must_use]
    pub fn name(&self, edge: EdgeId) -> Option<&str> {
        self.edge(edge)
            .name
            .map(|name| self.names[name as usize].as_str())
    }

    /// The lengths of an edge's segments in metres, from tail to head.
    pub fn segment_lengths(&self, edge: EdgeId) -> impl Iterator<Item = f64> + '_ {
        build::segment_lengths(self.shape(edge))
    }

    /// The length of all edges in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.edges.iter().map(|edge| edge.length_m).sum()
    }

    /// How large the source was.
    #[must_use]
    pub fn source(&self) -> SourceCounts {
        self.source
    }

    /// The box around all vertices; `None` for an empty network.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.shape.iter().map(|vertex| vertex.degrees()))
    }

    /// The node that a walk along `edge` in this direction arrives at.
    #[must_use]
    pub fn end(&self, edge: EdgeId, direction: Direction) -> NodeId {
        let Edge { tail, head, .. } = *self.edge(edge);
        match direction {
            Direction::Forward => head,
            Direction::Backward => tail,
        }
    }

    /// The place at a fraction of an edge's length, from tail (0) to head (1).
    #[must_use]
    pub fn place_at(&self, edge: EdgeId, fraction: f64) -> Coord<f64> {
        let shape = self.shape(edge);
        let mut rest_m = self.edge(edge).length_m * fraction;
        for (pair, length_m) in shape.windows(2).zip(self.segment_lengths(edge)) {
            if rest_m <= length_m && length_m > 0.0 {
                let (from, to) = (pair[0].degrees(), pair[1].degrees());
                let mut step = to - from;
                step.x = wrapped_degrees(step.x);
                let mut place = from + step * (rest_m / length_m);
                place.x = wrapped_degrees(place.x);
                return place;
            }
            rest_m -= length_m;
        }
        shape[shape.len() - 1].degrees()
    }

    /// The places of an edge from one fraction of its length to another, in that order: both ends and the vertices between.
    #[must_use]
    pub fn places_between(&self, edge: EdgeId, from: f64, to: f64) -> Vec<Coord<f64>> {
        let (low, high) = (from.min(to), from.max(to));
        let vertices = self.vertices_between(edge, low, high);
        let mut places = vec![self.place_at(edge, low)];
        places.extend(vertices.map(|(_, vertex)| vertex.degrees()));
        places.push(self.place_at(edge, high));
        if from > to {
            places.reverse();
        }
        places
    }

    /// Where the vertices inside a stretch stand, as fractions of its edge's length.
    #[must_use]
    pub fn vertices_within(&self, stretch: Stretch) -> Vec<f64> {
        let Stretch { edge, from, to } = stretch;
        let vertices = self.vertices_between(edge, from, to);
        vertices.map(|(fraction, _)| fraction).collect()
    }

    /// The vertices between two fractions of an edge's length, each with its own.
    fn vertices_between(
        &self,
        edge: EdgeId,
        low: f64,
        high: f64,
    ) -> impl Iterator<Item = (f64, Location)> + '_ {
        let length_m = self.edge(edge).length_m;
        let vertices = self.shape(edge).iter().skip(1);
        let along =
            vertices
                .zip(self.segment_lengths(edge))
                .scan(0.0, |metres, (vertex, segment_m)| {
                    *metres += segment_m;
                    Some((*metres, *vertex))
                });
        along
            .filter(move |(metres, _)| *metres > low * length_m && *metres < high * length_m)
            .map(move |(metres, vertex)| (metres / length_m, vertex))
    }

    /// The arcs at a node along every incident edge, whatever its flow; a loop shows twice.
    pub(crate) fn arcs_at(&self, node: NodeId) -> &[OutArc] {
        let index = node.index();
        &self.arcs[self.arc_start[index] as usize..self.arc_start[index + 1] as usize]
    }
}
