//! Building a network: noding by shared vertices, then chains between junctions contracted to one edge that keeps its
//! geometry. Input order decides every index.

use geo_types::Coord;

use super::{Direction, Edge, Network, NetworkError, OutArc, SourceCounts};
use crate::geometry::{Location, geodesic_m};
use crate::id::{EdgeId, NodeId};
use crate::language::Words;
use crate::model::{Crossing, Passage, Streets, WayKind};
use crate::parallel;

/// Edges per parallel task when their lengths are summed.
const LENGTH_CHUNK: usize = 1024;

/// The lengths of a chain's segments in metres.
pub(super) fn segment_lengths(shape: &[Location]) -> impl Iterator<Item = f64> + '_ {
    shape
        .windows(2)
        .map(|pair| geodesic_m(pair[0].degrees(), pair[1].degrees()))
}

impl Network {
    /// Builds the network of streets that share vertices.
    ///
    /// A vertex becomes a node where other than two segments meet, where the passage (kind, flow or access) changes, at
    /// the ends of lifts and ferries, and at crossings. A ring without any such vertex gets one at its first. Edges come
    /// in the order of their first segment in the input.
    ///
    /// # Errors
    /// [`NetworkError::Empty`] without a way of any length; [`NetworkError::UnknownVertex`],
    /// [`NetworkError::TooLarge`].
    ///
    /// # Complexity
    /// Linear in the vertices, plus one geodesic per segment in parallel.
    ///
    /// # Example
    /// ```
    /// use pedshed::geometry::Location;
    /// use pedshed::model::{StreetsBuilder, WayKind};
    /// use pedshed::network::Network;
    ///
    /// // Three vertices in a row, in two ways: one chain, two nodes.
    /// let row = |lon_e7| Location { lon_e7, lat_e7: 0 };
    /// let mut streets = StreetsBuilder::new(vec![row(0), row(10_000), row(20_000)]);
    /// streets.add_way(1, &[0, 1], WayKind::Street, None);
    /// streets.add_way(2, &[1, 2], WayKind::Street, None);
    /// let network = Network::build(&streets.finish(Vec::new()))?;
    /// assert_eq!((network.node_count(), network.edge_count()), (2, 1));
    /// assert!((network.length_m() - 222.639).abs() < 0.001);
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    pub fn build(streets: &Streets) -> Result<Self, NetworkError> {
        let segments = Segments::of(streets)?;
        if segments.list.is_empty() {
            return Err(NetworkError::Empty);
        }
        let chains = Chains::of(streets, &segments);
        let (nodes, node_of) = number_nodes(&chains, streets);
        let mut crossings = vec![None; nodes.len()];
        for &(vertex, crossing) in &streets.crossings {
            if let Some(node) = node_of
                .get(vertex as usize)
                .filter(|node| **node != u32::MAX)
            {
                crossings[*node as usize] = Some(crossing);
            }
        }
        let shape: Vec<Location> = chains
            .vertices
            .iter()
            .map(|&vertex| streets.vertices[vertex as usize])
            .collect();
        let edge_count = chains.first_way.len();
        let edges = parallel::map_with(
            edge_count,
            LENGTH_CHUNK,
            || (),
            |(), index| {
                let range = chains.start[index] as usize..chains.start[index + 1] as usize;
                let way = &streets.ways[chains.first_way[index].way as usize];
                Edge {
                    tail: NodeId(node_of[chains.vertices[range.start] as usize]),
                    head: NodeId(node_of[chains.vertices[range.end - 1] as usize]),
                    length_m: segment_lengths(&shape[range]).sum(),
                    passage: chains.first_way[index].passage,
                    way: way.id,
                    name: way.name,
                }
            },
        );
        let source = SourceCounts {
            ways: streets.ways.len() as u64,
            vertices: segments.used_vertices,
            degenerate_ways: segments.degenerate_ways,
        };
        Ok(Self::assemble(
            nodes,
            crossings,
            edges,
            chains.start,
            shape,
            streets.names.clone(),
            source,
        ))
    }

    /// Builds a network from your own nodes and edges: straight edges whose length is the geodesic between their nodes.
    /// Nothing is contracted, so node `i` and edge `i` keep their positions. Each edge is tail, head, and how it may be
    /// walked: a [`Passage`], or what makes one.
    ///
    /// # Errors
    /// [`NetworkError::Empty`], [`NetworkError::UnknownNode`], [`NetworkError::OffTheEarth`],
    /// [`NetworkError::TooLarge`].
    ///
    /// # Example
    /// ```
    /// use geo_types::coord;
    /// use pedshed::model::WayKind;
    /// use pedshed::network::Network;
    /// let ends = [coord! { x: 9.50, y: 47.1 }, coord! { x: 9.51, y: 47.1 }];
    /// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street)])?;
    /// assert_eq!(network.length_m().round(), 759.0);
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    pub fn from_edges(
        nodes: &[Coord<f64>],
        edges: &[(u32, u32, impl Into<Passage> + Copy)],
    ) -> Result<Self, NetworkError> {
        if edges.is_empty() {
            return Err(NetworkError::Empty);
        }
        fits(("nodes", "节点"), nodes.len())?;
        fits(("edge ends", "路段端点"), edges.len().saturating_mul(2))?;
        let locations: Vec<Location> = nodes
            .iter()
            .enumerate()
            .map(|(node, &place)| {
                Location::from_degrees(place).ok_or(NetworkError::OffTheEarth {
                    node,
                    lon: place.x,
                    lat: place.y,
                })
            })
            .collect::<Result<_, _>>()?;
        let mut shape = Vec::with_capacity(edges.len() * 2);
        let mut built = Vec::with_capacity(edges.len());
        for (index, &(tail, head, passage)) in edges.iter().enumerate() {
            let end = |node: u32| {
                locations
                    .get(node as usize)
                    .copied()
                    .ok_or(NetworkError::UnknownNode {
                        index,
                        node,
                        nodes: nodes.len(),
                    })
            };
            let ends = [end(tail)?, end(head)?];
            shape.extend(ends);
            built.push(Edge {
                tail: NodeId(tail),
                head: NodeId(head),
                length_m: geodesic_m(ends[0].degrees(), ends[1].degrees()),
                passage: passage.into(),
                way: index as i64 + 1,
                name: None,
            });
        }
        let starts = (0..=edges.len() as u32).map(|index| index * 2).collect();
        let source = SourceCounts {
            ways: edges.len() as u64,
            vertices: nodes.len() as u64,
            degenerate_ways: 0,
        };
        let crossings = vec![None; locations.len()];
        Ok(Self::assemble(
            locations,
            crossings,
            built,
            starts,
            shape,
            Vec::new(),
            source,
        ))
    }

    fn assemble(
        nodes: Vec<Location>,
        crossings: Vec<Option<Crossing>>,
        edges: Vec<Edge>,
        shape_start: Vec<u32>,
        shape: Vec<Location>,
        names: Vec<String>,
        source: SourceCounts,
    ) -> Self {
        let (arc_start, arcs) = arcs_by_node(nodes.len(), &edges);
        Self {
            nodes,
            crossings,
            edges,
            shape_start,
            shape,
            names,
            source,
            arc_start,
            arcs,
        }
    }
}

fn fits((en, zh): (&str, &str), count: usize) -> Result<(), NetworkError> {
    if count >= u32::MAX as usize {
        Err(NetworkError::TooLarge {
            what: Words::new(en, zh),
            count,
        })
    } else {
        Ok(())
    }
}

/// Sorts the edges' ends by node (a counting sort, stable by edge).
fn arcs_by_node(node_count: usize, edges: &[Edge]) -> (Vec<u32>, Vec<OutArc>) {
    let mut start = vec![0u32; node_count + 1];
    for edge in edges {
        start[edge.tail.index() + 1] += 1;
        start[edge.head.index() + 1] += 1;
    }
    for node in 0..node_count {
        start[node + 1] += start[node];
    }
    let mut next = start.clone();
    let filler = OutArc {
        edge: EdgeId(0),
        direction: Direction::Forward,
    };
    let mut arcs = vec![filler; edges.len() * 2];
    for (index, edge) in edges.iter().enumerate() {
        for (node, direction) in [
            (edge.tail, Direction::Forward),
            (edge.head, Direction::Backward),
        ] {
            let slot = &mut next[node.index()];
            arcs[*slot as usize] = OutArc {
                edge: EdgeId(index as u32),
                direction,
            };
            *slot += 1;
        }
    }
    (start, arcs)
}

/// One step of a way between two different vertices.
#[derive(Clone, Copy)]
struct Segment {
    from: u32,
    to: u32,
    way: u32,
}

/// Every segment in input order, and per vertex how many meet there and the first two of them.
struct Segments {
    list: Vec<Segment>,
    meeting: Vec<u32>,
    first_two: Vec<[u32; 2]>,
    used_vertices: u64,
    degenerate_ways: u64,
}

impl Segments {
    fn of(streets: &Streets) -> Result<Self, NetworkError> {
        let vertex_count = streets.vertices.len();
        fits(("vertices", "折点"), vertex_count)?;
        fits(
            ("street vertices", "道路折点"),
            streets.refs.len().saturating_mul(2),
        )?;
        let mut segments = Self {
            list: Vec::with_capacity(streets.refs.len()),
            meeting: vec![0; vertex_count],
            first_two: vec![[u32::MAX; 2]; vertex_count],
            used_vertices: 0,
            degenerate_ways: 0,
        };
        for (index, way) in streets.ways.iter().enumerate() {
            let refs = streets.refs_of(way);
            if let Some(&vertex) = refs.iter().find(|vertex| **vertex as usize >= vertex_count) {
                return Err(NetworkError::UnknownVertex {
                    way: way.id,
                    vertex,
                    vertices: vertex_count,
                });
            }
            let before = segments.list.len();
            for pair in refs.windows(2).filter(|pair| pair[0] != pair[1]) {
                segments.push(Segment {
                    from: pair[0],
                    to: pair[1],
                    way: index as u32,
                });
            }
            segments.degenerate_ways += u64::from(segments.list.len() == before);
        }
        segments.used_vertices = segments.meeting.iter().filter(|count| **count > 0).count() as u64;
        Ok(segments)
    }

    fn push(&mut self, segment: Segment) {
        let index = self.list.len() as u32;
        for vertex in [segment.from as usize, segment.to as usize] {
            if let Some(slot) = self.first_two[vertex].get_mut(self.meeting[vertex] as usize) {
                *slot = index;
            }
            self.meeting[vertex] += 1;
        }
        self.list.push(segment);
    }

    /// The other of the two segments at a vertex inside a chain.
    fn across(&self, vertex: u32, segment: u32) -> u32 {
        let [first, second] = self.first_two[vertex as usize];
        if first == segment { second } else { first }
    }
}

/// What makes a chain one edge: the way of its first segment, and its passage in the chain's direction.
#[derive(Clone, Copy)]
struct ChainWay {
    way: u32,
    passage: Passage,
}

/// The chains between nodes: vertices of chain `e` are `vertices[start[e] .. start[e + 1]]`.
struct Chains {
    vertices: Vec<u32>,
    start: Vec<u32>,
    first_way: Vec<ChainWay>,
}

impl Chains {
    fn of(streets: &Streets, segments: &Segments) -> Self {
        let mut ends = chain_ends(streets, segments);
        let mut done = vec![false; segments.list.len()];
        let mut chains = Self {
            vertices: Vec::with_capacity(segments.list.len()),
            start: vec![0],
            first_way: Vec::new(),
        };
        for index in 0..segments.list.len() as u32 {
            if !done[index as usize] {
                chains.walk(index, streets, segments, &mut ends, &mut done);
            }
        }
        chains
    }

    /// Adds the chain that holds a segment, in that segment's direction.
    fn walk(
        &mut self,
        index: u32,
        streets: &Streets,
        segments: &Segments,
        ends: &mut [bool],
        done: &mut [bool],
    ) {
        let segment = segments.list[index as usize];
        let (mut first, mut tail) = (index, segment.from);
        while !ends[tail as usize] {
            first = segments.across(tail, first);
            tail = other_end(segments.list[first as usize], tail);
            if first == index {
                // A ring without any end: it begins, and ends, where it was entered.
                tail = segment.from;
                ends[tail as usize] = true;
            }
        }
        let way = segments.list[first as usize].way;
        let passage = passage_from(streets, segments.list[first as usize], tail);
        self.vertices.push(tail);
        let (mut current, mut vertex) = (first, tail);
        loop {
            done[current as usize] = true;
            vertex = other_end(segments.list[current as usize], vertex);
            self.vertices.push(vertex);
            if ends[vertex as usize] {
                break;
            }
            current = segments.across(vertex, current);
        }
        self.start.push(self.vertices.len() as u32);
        self.first_way.push(ChainWay { way, passage });
    }
}

/// The vertices where a chain ends.
fn chain_ends(streets: &Streets, segments: &Segments) -> Vec<bool> {
    let mut ends: Vec<bool> = (0..streets.vertices.len())
        .map(|vertex| {
            if segments.meeting[vertex] != 2 {
                return true;
            }
            let [first, second] =
                segments.first_two[vertex].map(|index| segments.list[index as usize]);
            // Walking through the vertex leaves along the second what arrived along the first.
            let arriving = passage_from(streets, first, vertex as u32).reversed();
            arriving != passage_from(streets, second, vertex as u32)
        })
        .collect();
    // Each lift and each ferry is waited for once, from end to end.
    let rides = |kind| matches!(kind, WayKind::Lift { .. } | WayKind::Ferry);
    for way in streets.ways.iter().filter(|way| rides(way.passage.kind)) {
        let refs = streets.refs_of(way);
        for vertex in [refs[0], refs[refs.len() - 1]] {
            ends[vertex as usize] = true;
        }
    }
    for &(vertex, _) in &streets.crossings {
        if let Some(end) = ends.get_mut(vertex as usize) {
            *end = true;
        }
    }
    ends
}

fn other_end(segment: Segment, vertex: u32) -> u32 {
    if segment.from == vertex {
        segment.to
    } else {
        segment.from
    }
}

/// The passage of a segment seen from one of its vertices.
fn passage_from(streets: &Streets, segment: Segment, vertex: u32) -> Passage {
    let passage = streets.ways[segment.way as usize].passage;
    if segment.from == vertex {
        passage
    } else {
        passage.reversed()
    }
}

/// Numbers the chains' ends in the order in which they are met; `u32::MAX` for vertices inside chains.
fn number_nodes(chains: &Chains, streets: &Streets) -> (Vec<Location>, Vec<u32>) {
    let mut node_of = vec![u32::MAX; streets.vertices.len()];
    let mut nodes = Vec::new();
    for bounds in chains.start.windows(2) {
        for vertex in [
            chains.vertices[bounds[0] as usize],
            chains.vertices[bounds[1] as usize - 1],
        ] {
            let node = &mut node_of[vertex as usize];
            if *node == u32::MAX {
                *node = nodes.len() as u32;
                nodes.push(streets.vertices[vertex as usize]);
            }
        }
    }
    (nodes, node_of)
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
