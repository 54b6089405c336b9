//! Chains: the segments of streets between two junctions, which become one edge.

use super::error::{NetworkError, fits};
use super::refs::refs_of;
use crate::model::{Passage, Streets, Structure, WayKind};

/// One step of a way between two different vertices.
#[derive(Clone, Copy)]
pub(super) struct Segment {
    from: u32,
    to: u32,
    way: u32,
}

/// Every segment in input order, and per vertex how many meet there and the first two of them.
pub(super) struct Segments {
    pub(super) list: Vec<Segment>,
    meeting: Vec<u32>,
    first_two: Vec<[u32; 2]>,
    pub(super) used_vertices: u64,
    pub(super) degenerate_ways: u64,
}

impl Segments {
    pub(super) fn new(streets: &Streets) -> Result<Self, NetworkError> {
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
            let refs = refs_of(streets, way)?;
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
pub(super) struct ChainWay {
    pub(super) way: u32,
    pub(super) passage: Passage,
}

/// The chains between nodes: vertices of chain `e` are `vertices[start[e] .. start[e + 1]]`.
pub(super) struct Chains {
    vertices: Vec<u32>,
    /// What carries the segment that begins at each vertex; the last of a chain begins none.
    structures: Vec<Structure>,
    start: Vec<u32>,
    pub(super) first_way: Vec<ChainWay>,
    /// Where a chain goes on as another way: the position of a segment's first vertex, ascending, and the way.
    later_ways: Vec<[u32; 2]>,
}

impl Chains {
    pub(super) fn of_edge(&self, index: usize) -> &[u32] {
        &self.vertices[self.start[index] as usize..self.start[index + 1] as usize]
    }

    pub(super) fn structures_of_edge(&self, index: usize) -> &[Structure] {
        &self.structures[self.start[index] as usize..self.start[index + 1] as usize - 1]
    }

    /// Where a chain goes on as another way: the number of the segment, and the way.
    pub(super) fn later_ways_of(&self, index: usize) -> impl Iterator<Item = [u32; 2]> + '_ {
        let [start, end] = [self.start[index], self.start[index + 1]];
        let first = self.later_ways.partition_point(|[at, _]| *at < start);
        let later = self.later_ways[first..].iter();
        let later = later.take_while(move |[at, _]| *at < end);
        later.map(move |[at, way]| [at - start, *way])
    }

    pub(super) fn new(streets: &Streets, segments: &Segments) -> Self {
        let mut ends = chain_ends(streets, segments);
        let mut done = vec![false; segments.list.len()];
        let mut chains = Self {
            vertices: Vec::with_capacity(segments.list.len()),
            structures: Vec::with_capacity(segments.list.len()),
            start: vec![0],
            first_way: Vec::new(),
            later_ways: Vec::new(),
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
        let mut last_way = way;
        loop {
            done[current as usize] = true;
            let way = segments.list[current as usize].way;
            self.structures.push(streets.ways[way as usize].structure);
            if way != last_way {
                if !are_called_alike(streets, last_way, way) {
                    self.later_ways.push([self.vertices.len() as u32 - 1, way]);
                }
                last_way = way;
            }
            vertex = other_end(segments.list[current as usize], vertex);
            self.vertices.push(vertex);
            if ends[vertex as usize] {
                break;
            }
            current = segments.across(vertex, current);
        }
        self.structures.push(Structure::Ground);
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

/// Whether two ways are pieces of one.
fn are_called_alike(streets: &Streets, one: u32, other: u32) -> bool {
    let [one, other] = [one, other].map(|way| &streets.ways[way as usize]);
    (one.id, one.name) == (other.id, other.name)
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
