//! Building a network: noding by shared vertices, then chains between junctions contracted to one edge that keeps its
//! geometry. Input order decides every index.

use geo_types::Coord;

use super::arcs::OutArc;
use super::chains::{Chains, Segments};
use super::direction::Direction;
use super::error::{NetworkError, fits};
use super::graph::{NO_NAME, Network, SourceCounts};
use super::packed::{CrossingByte, PassageByte};
use super::segments::segment_lengths;
use crate::geometry::Location;
use crate::id::EdgeId;
use crate::model::{Passage, Streets, Structure, WayKind};
use crate::parallel;

/// Edges per parallel task when their lengths are summed.
const LENGTH_CHUNK: usize = 1024;

impl Network {
    /// Builds the network of streets that share vertices.
    ///
    /// A vertex becomes a node where other than two segments meet, where the passage (kind, flow or access) changes, at
    /// the ends of lifts and ferries, and at crossings. A ring without any such vertex gets one at its first. Edges come
    /// in the order of their first segment in the input.
    ///
    /// # Errors
    /// [`NetworkError::Empty`] without a way of any length; [`NetworkError::UnknownRefs`],
    /// [`NetworkError::UnknownVertex`] and [`NetworkError::UnknownName`] for a way of other streets;
    /// [`NetworkError::OffTheEarth`]; [`NetworkError::TooLarge`].
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
        let segments = Segments::new(streets)?;
        if segments.list.is_empty() {
            return Err(NetworkError::Empty);
        }
        let chains = Chains::new(streets, &segments);
        let source = SourceCounts {
            ways: streets.ways.len() as u64,
            vertices: segments.used_vertices,
            degenerate_ways: segments.degenerate_ways,
        };
        drop(segments);
        let (node_count, node_of) = number_nodes(&chains, streets.vertices.len());
        let mut crossings = vec![CrossingByte::new(None); node_count];
        for &(vertex, crossing) in &streets.crossings {
            if let Some(node) = node_of
                .get(vertex as usize)
                .filter(|node| **node != u32::MAX)
            {
                crossings[*node as usize] = CrossingByte::new(Some(crossing));
            }
        }
        let mut draft = Draft::new(chains.first_way.len());
        let mut ways = Ways::new(streets);
        for (index, first) in chains.first_way.iter().enumerate() {
            let vertices = chains.of_edge(index);
            let ends = [vertices[0], vertices[vertices.len() - 1]].map(|end| node_of[end as usize]);
            let shape = vertices.iter();
            let shape = shape.map(|vertex| streets.vertices[*vertex as usize]);
            draft.push(ends, first.passage, ways.position(first.way), shape);
            draft.carry(chains.structures_of_edge(index));
            for [segment, way] in chains.later_ways_of(index) {
                draft.change_way(segment, ways.position(way));
            }
        }
        Ok(draft.finish(crossings, &[], ways.used, &streets.names, source))
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
        let mut draft = Draft::new(edges.len());
        let mut ways = Vec::with_capacity(edges.len());
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
            let shape = [end(tail)?, end(head)?];
            draft.push([tail, head], passage.into(), index as u32, shape);
            ways.push((index as i64 + 1, None));
        }
        let source = SourceCounts {
            ways: edges.len() as u64,
            vertices: nodes.len() as u64,
            degenerate_ways: 0,
        };
        let crossings = vec![CrossingByte::new(None); locations.len()];
        Ok(draft.finish(crossings, &locations, ways, &[], source))
    }
}

/// The columns of edges, as they grow.
struct Draft {
    tails: Vec<u32>,
    heads: Vec<u32>,
    passages: Vec<PassageByte>,
    lifts: Vec<[u32; 2]>,
    first_ways: Vec<u32>,
    later_ways: Vec<[u32; 2]>,
    shape_start: Vec<u32>,
    shape: Vec<Location>,
    bridges: Vec<[u32; 2]>,
    below: Vec<[u32; 2]>,
}

impl Draft {
    fn new(edge_count: usize) -> Self {
        Self {
            tails: Vec::with_capacity(edge_count),
            heads: Vec::with_capacity(edge_count),
            passages: Vec::with_capacity(edge_count),
            lifts: Vec::new(),
            first_ways: Vec::with_capacity(edge_count),
            later_ways: Vec::new(),
            shape_start: Vec::with_capacity(edge_count + 1),
            shape: Vec::with_capacity(edge_count * 2),
            bridges: Vec::new(),
            below: Vec::new(),
        }
    }

    /// Adds an edge between two nodes.
    fn push(
        &mut self,
        [tail, head]: [u32; 2],
        passage: Passage,
        first_way: u32,
        shape: impl IntoIterator<Item = Location>,
    ) {
        // Edges come way by way, so that many begin where the one before ended.
        let mut shape = shape.into_iter();
        if self.heads.last() == Some(&tail) {
            shape.next();
            if let Some(before) = self.passages.last_mut() {
                *before = before.sharing_last();
            }
            self.shape_start.push(self.shape.len() as u32 - 1);
        } else {
            self.shape_start.push(self.shape.len() as u32);
        }
        self.shape.extend(shape);
        if let WayKind::Lift { storeys } = passage.kind {
            self.lifts.push([self.tails.len() as u32, storeys.into()]);
        }
        self.passages.push(PassageByte::new(passage));
        self.first_ways.push(first_way);
        self.tails.push(tail);
        self.heads.push(head);
    }

    /// Says what carries the segments of the edge that was added last.
    fn carry(&mut self, structures: &[Structure]) {
        let first = self.shape_start.last().copied().unwrap_or_default();
        for (segment, structure) in (first..).zip(structures) {
            let runs = match structure {
                Structure::Ground => continue,
                Structure::Bridge => &mut self.bridges,
                Structure::Underground => &mut self.below,
            };
            match runs.last_mut() {
                Some([_, end]) if *end == segment => *end += 1,
                _ => runs.push([segment, segment + 1]),
            }
        }
    }

    /// Says that the edge that was added last goes on as another way from one of its segments.
    fn change_way(&mut self, segment: u32, way: u32) {
        if let Some(start) = self.shape_start.last() {
            self.later_ways.push([start + segment, way]);
        }
    }

    /// The network of these edges. `places` are those of the nodes, where some of them may have no edge.
    fn finish(
        mut self,
        crossings: Vec<CrossingByte>,
        places: &[Location],
        ways: Vec<(i64, Option<u32>)>,
        names: &[String],
        source: SourceCounts,
    ) -> Network {
        self.shape_start.push(self.shape.len() as u32);
        let (arc_start, arcs) = arcs_by_node(crossings.len(), &self.tails, &self.heads);
        let is_lone = |node: &u32| arc_start[*node as usize] == arc_start[*node as usize + 1];
        let lone: Vec<u32> = (0..places.len() as u32).filter(is_lone).collect();
        let lone_places: Vec<Location> = lone.iter().map(|node| places[*node as usize]).collect();
        let name_start = std::iter::once(0).chain(names.iter().scan(0, |end, name| {
            *end += name.len() as u32;
            Some(*end)
        }));
        let (ways, way_names): (Vec<i64>, Vec<u32>) = ways
            .into_iter()
            .map(|(id, name)| (id, name.unwrap_or(NO_NAME)))
            .unzip();
        let mut network = Network {
            tails: self.tails.into(),
            heads: self.heads.into(),
            lengths: Vec::new().into(),
            passages: self.passages.into(),
            lifts: self.lifts.into(),
            first_ways: self.first_ways.into(),
            later_ways: self.later_ways.into(),
            shape_start: self.shape_start.into(),
            shape: self.shape.into(),
            bridges: self.bridges.into(),
            below: self.below.into(),
            ways: ways.into(),
            way_names: way_names.into(),
            name_start: name_start.collect::<Vec<u32>>().into(),
            name_text: names.concat().into_bytes().into(),
            crossings: crossings.into(),
            lone_nodes: lone.into(),
            lone_places: lone_places.into(),
            arc_start: arc_start.into(),
            arcs: arcs.into(),
            source,
            heights: None,
        };
        let length_m = |edge| segment_lengths(network.shape(EdgeId(edge as u32))).sum();
        let lengths: Vec<f64> = parallel::map_with(
            network.edge_count(),
            LENGTH_CHUNK,
            || (),
            |(), edge| length_m(edge),
        );
        network.lengths = lengths.into();
        network
    }
}

/// The ways that edges are of, in the order in which these meet them.
struct Ways<'a> {
    streets: &'a Streets,
    /// Per way of the streets, its position among those in use.
    positions: Vec<u32>,
    used: Vec<(i64, Option<u32>)>,
}

impl<'a> Ways<'a> {
    fn new(streets: &'a Streets) -> Self {
        Self {
            streets,
            positions: vec![u32::MAX; streets.ways.len()],
            used: Vec::new(),
        }
    }

    fn position(&mut self, way: u32) -> u32 {
        let position = &mut self.positions[way as usize];
        if *position == u32::MAX {
            let way = &self.streets.ways[way as usize];
            *position = self.used.len() as u32;
            self.used.push((way.id, way.name));
        }
        *position
    }
}

/// Sorts the edges' ends by node (a counting sort, stable by edge).
fn arcs_by_node(node_count: usize, tails: &[u32], heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; node_count + 1];
    for node in tails.iter().chain(heads) {
        start[*node as usize + 1] += 1;
    }
    for node in 0..node_count {
        start[node + 1] += start[node];
    }
    let mut next = start.clone();
    let mut arcs = vec![0u32; tails.len() * 2];
    for ((tail, head), edge) in tails.iter().zip(heads).zip((0..).map(EdgeId)) {
        for (node, direction) in [(tail, Direction::Forward), (head, Direction::Backward)] {
            let slot = &mut next[*node as usize];
            arcs[*slot as usize] = OutArc { edge, direction }.packed();
            *slot += 1;
        }
    }
    (start, arcs)
}

/// Numbers the chains' ends in the order in which they are met: how many there are, and the number of each vertex;
/// `u32::MAX` for vertices inside chains.
fn number_nodes(chains: &Chains, vertex_count: usize) -> (usize, Vec<u32>) {
    let mut node_of = vec![u32::MAX; vertex_count];
    let mut count = 0;
    for edge in 0..chains.first_way.len() {
        let vertices = chains.of_edge(edge);
        for vertex in [vertices[0], vertices[vertices.len() - 1]] {
            let node = &mut node_of[vertex as usize];
            if *node == u32::MAX {
                *node = count;
                count += 1;
            }
        }
    }
    (count as usize, node_of)
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
