//! The network: its columns, and what is asked of a junction, an edge or a name.

use geo_types::Coord;

use super::arcs::OutArcs;
use super::column::Column;
use super::direction::Direction;
use super::height_samples::Heights;
use super::packed::{CrossingByte, PassageByte};
use super::segments::{on_segment, segment_lengths};
use crate::geometry::{Bounds, Location};
use crate::id::{EdgeId, NodeId};
use crate::model::{Access, Crossing, Passage};

/// One edge: a chain of segments between two nodes that are all walked alike.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Edge {
    /// The node at its first vertex.
    pub tail: NodeId,
    /// The node at its last vertex; the same as `tail` for a loop.
    pub head: NodeId,
    /// Its length along the ground in metres: the sum of its segments' geodesics on WGS84.
    pub length_m: f64,
    /// How it may be walked, seen from tail to head.
    pub passage: Passage,
    /// The number of its first way in the source; [`Network::way_at`] says which way it is elsewhere.
    pub way: i64,
}

/// A stretch of an edge that is of one way: chains between junctions may be of several.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WayStretch<'n> {
    /// Where it begins, as a fraction of the edge's length from its tail.
    pub from: f64,
    /// Where it ends, not before `from`.
    pub to: f64,
    /// The way's number in the source.
    pub way: i64,
    /// The way's name.
    pub name: Option<&'n str>,
}

/// A stretch of an edge, between two fractions of its length from tail to head.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
///
/// It is kept as plain columns, one entry per edge, node, way or vertex; [`Network::bytes`] says how large they are. A
/// clone shares them.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Network {
    /// Per edge, its first node.
    pub(super) tails: Column<u32>,
    /// Per edge, its last node.
    pub(super) heads: Column<u32>,
    /// Per edge, metres.
    pub(super) lengths: Column<f64>,
    pub(super) passages: Column<PassageByte>,
    /// The edges that are lifts, ascending, each with its storeys.
    pub(super) lifts: Column<[u32; 2]>,
    /// Per edge, the position of its first way in `ways`.
    pub(super) first_ways: Column<u32>,
    /// Where an edge goes on as another way: the position of a segment's first vertex in `shape`, ascending, and that of the
    /// way in `ways`. Nearly all edges are of one way.
    pub(super) later_ways: Column<[u32; 2]>,
    /// `shape_start[e]` is the first vertex of edge `e` in `shape`, one more entry its end. An edge that ends where the
    /// next begins shares that vertex with it.
    pub(super) shape_start: Column<u32>,
    pub(super) shape: Column<Location>,
    /// The runs of segments on bridges and below ground, ascending: each the first and one past the last, a segment being its
    /// first vertex in `shape`.
    pub(super) bridges: Column<[u32; 2]>,
    pub(super) below: Column<[u32; 2]>,
    /// Per way that an edge is of, its number in the source.
    pub(super) ways: Column<i64>,
    /// Per way, the position of its name, or [`NO_NAME`].
    pub(super) way_names: Column<u32>,
    /// Name `n` is `name_text[name_start[n] .. name_start[n + 1]]`, in UTF-8.
    pub(super) name_start: Column<u32>,
    pub(super) name_text: Column<u8>,
    /// Per node. Where it is, its edges' shapes say.
    pub(super) crossings: Column<CrossingByte>,
    /// The nodes without an edge, ascending, and where they are.
    pub(super) lone_nodes: Column<u32>,
    pub(super) lone_places: Column<Location>,
    /// `arc_start[n] .. arc_start[n + 1]` are the arcs that leave node `n` along or against an edge, whatever its flow.
    pub(super) arc_start: Column<u32>,
    /// Each twice its edge, and one more where it leaves against it.
    pub(super) arcs: Column<u32>,
    /// Number of source vertices, ways and lines without length, for reports.
    pub(super) source: SourceCounts,
    /// Heights along the edges, where they are known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(super) heights: Option<Heights>,
}

/// For a way without a name.
pub(super) const NO_NAME: u32 = u32::MAX;

/// What loops over edges ask of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EdgeColumns<'a> {
    tails: &'a [u32],
    heads: &'a [u32],
    lengths: &'a [f64],
    passages: &'a [PassageByte],
}

impl EdgeColumns<'_> {
    pub(crate) fn ends(&self, edge: EdgeId) -> [NodeId; 2] {
        [self.tails, self.heads].map(|ends| NodeId(ends[edge.index()]))
    }

    pub(crate) fn length_m(&self, edge: EdgeId) -> f64 {
        self.lengths[edge.index()]
    }

    pub(crate) fn access(&self, edge: EdgeId) -> Access {
        self.passages[edge.index()].access()
    }
}

/// How large the source was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SourceCounts {
    /// Ways read.
    pub ways: u64,
    /// Vertices that they use.
    pub vertices: u64,
    /// Ways whose vertices all coincide; they are not part of the network.
    pub degenerate_ways: u64,
}

impl Network {
    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.crossings.len()
    }

    /// The number of edges; nearly each may be walked both ways.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.tails.len()
    }

    /// Every node, ascending.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.node_count() as u32).map(NodeId)
    }

    /// Every edge with its id, ascending.
    #[must_use]
    pub fn edges(&self) -> impl ExactSizeIterator<Item = (EdgeId, Edge)> {
        self.edge_ids().map(|edge| (edge, self.edge(edge)))
    }

    /// Every edge's id, ascending.
    pub(crate) fn edge_ids(&self) -> impl ExactSizeIterator<Item = EdgeId> + use<> {
        (0..self.edge_count() as u32).map(EdgeId)
    }

    /// One edge.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn edge(&self, edge: EdgeId) -> Edge {
        let index = edge.index();
        Edge {
            tail: NodeId(self.tails[index]),
            head: NodeId(self.heads[index]),
            length_m: self.lengths[index],
            passage: self.passage(edge),
            way: self.ways[self.first_ways[index] as usize],
        }
    }

    /// Its edges for a loop over many of them: a column is found once, and not for every edge.
    pub(crate) fn edge_columns(&self) -> EdgeColumns<'_> {
        EdgeColumns {
            tails: &self.tails,
            heads: &self.heads,
            lengths: &self.lengths,
            passages: &self.passages,
        }
    }

    /// An edge's first and last node.
    #[inline]
    pub(crate) fn ends(&self, edge: EdgeId) -> [NodeId; 2] {
        [&self.tails, &self.heads].map(|ends| NodeId(ends[edge.index()]))
    }

    /// An edge's length in metres.
    #[inline]
    pub(crate) fn edge_length_m(&self, edge: EdgeId) -> f64 {
        self.lengths[edge.index()]
    }

    /// Who may walk an edge: its passage's part that is asked most.
    #[inline]
    pub(crate) fn access(&self, edge: EdgeId) -> Access {
        self.passages[edge.index()].access()
    }

    pub(crate) fn passage(&self, edge: EdgeId) -> Passage {
        self.passages[edge.index()].passage(|| self.storeys(edge))
    }

    fn storeys(&self, edge: EdgeId) -> u16 {
        let position = self.lifts.binary_search_by_key(&edge.0, |[lift, _]| *lift);
        position.map_or(0, |at| self.lifts[at][1] as u16)
    }

    /// Where a node is.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn location(&self, node: NodeId) -> Location {
        match self.arcs_at(node).iter().next() {
            Some(arc) => {
                let shape = self.shape(arc.edge);
                match arc.direction {
                    Direction::Forward => shape[0],
                    Direction::Backward => shape[shape.len() - 1],
                }
            }
            None => self.lone_places[self.lone_nodes.partition_point(|lone| *lone < node.0)],
        }
    }

    /// The crossing at a node, where there is one.
    #[must_use]
    pub fn crossing(&self, node: NodeId) -> Option<Crossing> {
        self.crossings[node.index()].crossing()
    }

    /// The vertices of an edge from tail to head, both included: two or more.
    #[must_use]
    pub fn shape(&self, edge: EdgeId) -> &[Location] {
        let index = edge.index();
        let shared = usize::from(self.passages[index].shares_last());
        let end = self.shape_start[index + 1] as usize + shared;
        &self.shape[self.shape_start[index] as usize..end]
    }

    /// The vertices of all edges, in the edges' order: where an edge ends at the vertex where the next begins, once.
    pub(crate) fn vertices(&self) -> &[Location] {
        &self.shape
    }

    /// The position of an edge's first vertex among [`vertices`](Self::vertices).
    pub(crate) fn first_vertex(&self, edge: EdgeId) -> u32 {
        self.shape_start[edge.index()]
    }

    /// The edge whose segment begins at a position among [`vertices`](Self::vertices).
    pub(crate) fn edge_at_vertex(&self, vertex: u32) -> EdgeId {
        EdgeId(self.shape_start.partition_point(|start| *start <= vertex) as u32 - 1)
    }

    /// The name of an edge's first way.
    #[must_use]
    pub fn name(&self, edge: EdgeId) -> Option<&str> {
        self.name_of_way(self.first_ways[edge.index()])
    }

    /// The number in the source of the way at a fraction of an edge's length, from tail (0) to head (1); where two ways meet,
    /// that of the one nearer to the tail.
    ///
    /// # Complexity
    /// O(log n) where the edge is of one way, as nearly all are; else linear in its vertices.
    #[must_use]
    pub fn way_at(&self, edge: EdgeId, fraction: f64) -> i64 {
        self.ways[self.way_position_at(edge, fraction) as usize]
    }

    /// The bytes of all names; one that several ways share is kept once.
    #[must_use]
    pub(crate) fn name_bytes(&self) -> usize {
        self.name_text.bytes()
    }

    /// The name of the way at a fraction of an edge's length, as [`way_at`](Self::way_at) has it.
    #[must_use]
    pub fn name_at(&self, edge: EdgeId, fraction: f64) -> Option<&str> {
        self.name_of_way(self.way_position_at(edge, fraction))
    }

    /// The ways that an edge is of, from tail to head.
    #[must_use]
    pub fn ways_along(&self, edge: EdgeId) -> Vec<WayStretch<'_>> {
        let stretch = |way: u32, from: f64| WayStretch {
            from,
            to: 1.0,
            way: self.ways[way as usize],
            name: self.name_of_way(way),
        };
        let mut stretches = vec![stretch(self.first_ways[edge.index()], 0.0)];
        let later = self.later_ways_of(edge);
        if later.is_empty() {
            return stretches;
        }
        let length_m = self.lengths[edge.index()];
        let (mut metres, mut later) = (0.0, later.iter().peekable());
        for (vertex, segment_m) in (self.first_vertex(edge)..).zip(self.segment_lengths(edge)) {
            if let Some([_, way]) = later.next_if(|[at, _]| *at == vertex) {
                let from = if length_m > 0.0 {
                    metres / length_m
                } else {
                    0.0
                };
                if let Some(last) = stretches.last_mut() {
                    last.to = from;
                }
                stretches.push(stretch(*way, from));
            }
            metres += segment_m;
        }
        stretches
    }

    /// The segments of an edge way by way: the first one, one past the last, by the positions of their first vertices among
    /// [`vertices`](Self::vertices), and the way's number in the source.
    pub(crate) fn segments_by_way(&self, edge: EdgeId) -> impl Iterator<Item = ([u32; 2], i64)> {
        let [start, end] = self.segments_of(edge);
        let first = [start, self.first_ways[edge.index()]];
        let later = self.later_ways_of(edge);
        let begin = std::iter::once(first).chain(later.iter().copied());
        let ends = later.iter().map(|[at, _]| *at).chain([end]);
        begin
            .zip(ends)
            .map(|([from, way], to)| ([from, to], self.ways[way as usize]))
    }

    /// Where an edge goes on as another way.
    pub(super) fn later_ways_of(&self, edge: EdgeId) -> &[[u32; 2]] {
        let later = &self.later_ways[..];
        let [start, end] = [edge.index(), edge.index() + 1].map(|at| self.shape_start[at]);
        let first = later.partition_point(|[at, _]| *at < start);
        let count = later[first..].partition_point(|[at, _]| *at < end);
        &later[first..first + count]
    }

    fn way_position_at(&self, edge: EdgeId, fraction: f64) -> u32 {
        let first = self.first_ways[edge.index()];
        let later = self.later_ways_of(edge);
        if later.is_empty() {
            return first;
        }
        let metres = self.lengths[edge.index()] * fraction;
        let ends = self.segment_lengths(edge).scan(0.0, |along, segment_m| {
            *along += segment_m;
            Some(*along)
        });
        // The segment that ends at or behind it; rounding may leave the head beyond the last end.
        let before = ends.take_while(|end| *end < metres).count() as u32;
        let segment = self.first_vertex(edge) + before;
        let passed = later.partition_point(|[at, _]| *at <= segment);
        passed.checked_sub(1).map_or(first, |last| later[last][1])
    }

    pub(super) fn name_of_way(&self, way: u32) -> Option<&str> {
        let name = self.way_names[way as usize];
        if name == NO_NAME {
            return None;
        }
        let [start, end] = [name, name + 1].map(|at| self.name_start[at as usize] as usize);
        // Names are whole texts: a builder puts one after the other.
        std::str::from_utf8(&self.name_text[start..end]).ok()
    }

    /// The bytes of every column in memory, each by what it holds.
    #[must_use]
    pub fn bytes(&self) -> Vec<(&'static str, usize)> {
        let heights = self.heights.as_ref();
        let heights = heights.map(|heights| ("heights", heights.bytes()));
        let mut bytes = vec![
            ("ends of edges", self.tails.bytes() + self.heads.bytes()),
            ("lengths", self.lengths.bytes()),
            ("passages", self.passages.bytes() + self.lifts.bytes()),
            (
                "first ways",
                self.first_ways.bytes() + self.later_ways.bytes(),
            ),
            ("ways", self.ways.bytes() + self.way_names.bytes()),
            ("names", self.name_start.bytes() + self.name_text.bytes()),
            ("shape", self.shape.bytes()),
            (
                "bridges and tunnels",
                self.bridges.bytes() + self.below.bytes(),
            ),
            ("starts of shapes", self.shape_start.bytes()),
            ("crossings", self.crossings.bytes()),
            (
                "nodes without an edge",
                self.lone_nodes.bytes() + self.lone_places.bytes(),
            ),
            ("arcs", self.arcs.bytes() + self.arc_start.bytes()),
        ];
        bytes.extend(heights);
        bytes
    }

    /// The lengths of an edge's segments in metres, from tail to head.
    pub(crate) fn segment_lengths(&self, edge: EdgeId) -> impl Iterator<Item = f64> + '_ {
        segment_lengths(self.shape(edge))
    }

    /// The length of all edges in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.lengths.iter().sum()
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
    pub(crate) fn end(&self, edge: EdgeId, direction: Direction) -> NodeId {
        let ends = match direction {
            Direction::Forward => &self.heads,
            Direction::Backward => &self.tails,
        };
        NodeId(ends[edge.index()])
    }

    /// The place at a fraction of an edge's length, from tail (0) to head (1).
    #[must_use]
    pub fn place_at(&self, edge: EdgeId, fraction: f64) -> Coord<f64> {
        let shape = self.shape(edge);
        let mut rest_m = self.lengths[edge.index()] * fraction;
        for (pair, length_m) in shape.windows(2).zip(self.segment_lengths(edge)) {
            if rest_m <= length_m && length_m > 0.0 {
                return on_segment([pair[0], pair[1]], rest_m / length_m);
            }
            rest_m -= length_m;
        }
        shape[shape.len() - 1].degrees()
    }

    /// The places of an edge from one fraction of its length to another, in that order: both ends and the vertices between.
    #[must_use]
    pub(crate) fn places_between(&self, edge: EdgeId, from: f64, to: f64) -> Vec<Coord<f64>> {
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
    pub(crate) fn vertices_within(&self, stretch: Stretch) -> Vec<f64> {
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
        let length_m = self.lengths[edge.index()];
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
    pub(crate) fn arcs_at(&self, node: NodeId) -> OutArcs<'_> {
        let index = node.index();
        OutArcs::new(&self.arcs[self.arc_start[index] as usize..self.arc_start[index + 1] as usize])
    }
}
