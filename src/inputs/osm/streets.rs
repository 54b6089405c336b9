//! Walkable ways of an OpenStreetMap file. They join where they share a node id, nowhere else.

use osmpbf::PrimitiveBlock;

use super::frames::{Kinds, OsmFile};
use super::objects::{Finder, each_node, tags, unsigned};
use crate::geometry::{Location, geodesic_m};
use crate::inputs::access::{self, CutReason, Tags};
use crate::inputs::cuts::CutReport;
use crate::inputs::{InputError, StreetsRead};
use crate::model::{Crossing, FindingCode, Findings, Flow, StreetsBuilder, WayKind};
use crate::parallel;

/// Ways per parallel task when their nodes are looked up.
const WAY_CHUNK: usize = 512;

/// A way of the file that could be walked, and the verdict on it.
struct SeenWay {
    id: i64,
    refs: Vec<i64>,
    verdict: Result<(WayKind, Flow), CutReason>,
    name: Option<String>,
}

/// What matters of a node.
#[derive(Clone, Copy, Debug, Default)]
struct SeenNode {
    location: Option<Location>,
    blocks: bool,
    crossing: Option<Crossing>,
}

/// Reads the walkable ways, in file order.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob, [`InputError::TooLarge`].
pub fn read_streets(file: &OsmFile<'_>) -> Result<StreetsRead, InputError> {
    let swept = file.map_blocks(Kinds::WAYS, seen_ways)?;
    let ways: Vec<SeenWay> = swept.into_iter().flatten().collect();
    let mut ids: Vec<i64> = ways.iter().flat_map(|way| &way.refs).copied().collect();
    if ids.len() >= u32::MAX as usize {
        let count = ids.len() as u64;
        return Err(InputError::TooLarge {
            file: file.source().path().to_owned(),
            count,
            what: "street vertices",
        });
    }
    ids.sort_unstable();
    ids.dedup();
    let nodes = seen_nodes(file, &ids)?;
    let refs = parallel::map(&ways, WAY_CHUNK, |way| positions(&way.refs, &ids));
    Ok(Assembly::new(&ways, &refs, &nodes).assemble())
}

/// Positions of node ids in the list of all; every ref was put into it, so each is found.
fn positions(refs: &[i64], ids: &[i64]) -> Vec<u32> {
    let found = refs.iter().map(|id| ids.binary_search(id));
    found.flatten().map(|position| position as u32).collect()
}

fn seen_ways(block: &PrimitiveBlock) -> Vec<SeenWay> {
    let mut found = Vec::new();
    for way in block.groups().flat_map(|group| group.ways()) {
        let pairs = tags(block, way.raw_tags().map(unsigned));
        let tags = Tags(&pairs);
        if access::is_street(tags) {
            found.push(SeenWay {
                id: way.id(),
                refs: way.refs().collect(),
                verdict: access::walkable(tags),
                name: tags.get("name").map(str::to_owned),
            });
        }
    }
    found
}

fn seen_nodes(file: &OsmFile<'_>, ids: &[i64]) -> Result<Vec<SeenNode>, InputError> {
    let blocks = file.map_blocks(Kinds::NODES, |block| {
        let mut found = Vec::new();
        let mut finder = Finder::new(ids);
        each_node(block, |node| {
            if let Some(position) = finder.find(node.id) {
                let tags = Tags(&node.tags);
                let seen = SeenNode {
                    location: node.location,
                    blocks: access::blocks(tags),
                    crossing: access::crossing(tags),
                };
                found.push((position, seen));
            }
        });
        found
    })?;
    let mut nodes = vec![SeenNode::default(); ids.len()];
    for (position, seen) in blocks.into_iter().flatten() {
        // Of several versions of a node the first counts.
        if nodes[position].location.is_none() {
            nodes[position] = seen;
        }
    }
    Ok(nodes)
}

/// Puts ways together over their nodes, cut where they must be.
struct Assembly<'a> {
    ways: &'a [SeenWay],
    /// For each way the positions of its refs among the nodes.
    refs: &'a [Vec<u32>],
    nodes: &'a [SeenNode],
    /// For each node the vertex that its ways share, [`UNSHARED`] for none.
    vertex_of: Vec<u32>,
    builder: StreetsBuilder,
    cuts: CutReport,
    findings: Findings,
}

/// The vertex of a node that no walkable way uses, that the file lacks, or where nobody passes.
const UNSHARED: u32 = u32::MAX;

impl<'a> Assembly<'a> {
    /// Gives every node that walkable ways share a vertex, ascending by id.
    fn new(ways: &'a [SeenWay], refs: &'a [Vec<u32>], nodes: &'a [SeenNode]) -> Self {
        let mut vertex_of = vec![UNSHARED; nodes.len()];
        let walkable = ways.iter().zip(refs).filter(|(way, _)| way.verdict.is_ok());
        for node in walkable.flat_map(|(_, refs)| refs) {
            vertex_of[*node as usize] = 0;
        }
        let mut vertices = Vec::new();
        for (vertex, node) in vertex_of.iter_mut().zip(nodes) {
            match node.location {
                Some(location) if *vertex == 0 && !node.blocks => {
                    *vertex = vertices.len() as u32;
                    vertices.push(location);
                }
                _ => *vertex = UNSHARED,
            }
        }
        Self {
            ways,
            refs,
            nodes,
            vertex_of,
            builder: StreetsBuilder::new(vertices),
            cuts: CutReport::default(),
            findings: Findings::default(),
        }
    }

    fn assemble(mut self) -> StreetsRead {
        for (way, refs) in self.ways.iter().zip(self.refs) {
            match way.verdict {
                Ok((kind, flow)) => self.add(way, refs, kind, flow),
                Err(reason) => self.leave_out(way, refs, reason),
            }
        }
        let crossings = self.nodes.iter().zip(&self.vertex_of);
        let crossings = crossings
            .filter(|(_, vertex)| **vertex != UNSHARED)
            .filter_map(|(node, vertex)| Some((*vertex, node.crossing?)))
            .collect();
        StreetsRead {
            streets: self.builder.finish(crossings),
            cuts: self.cuts,
            findings: self.findings,
        }
    }

    fn leave_out(&mut self, way: &SeenWay, refs: &[u32], reason: CutReason) {
        let places: Vec<_> = refs
            .iter()
            .filter_map(|node| self.nodes[*node as usize].location)
            .map(Location::degrees)
            .collect();
        let length_m = places
            .windows(2)
            .map(|pair| geodesic_m(pair[0], pair[1]))
            .sum();
        self.cuts
            .add(reason, length_m, || format!("way {}", way.id));
        self.findings.add(reason.finding(), || {
            format!("way {}: {}", way.id, reason.words())
        });
    }

    /// Adds a way in pieces: it ends where a vertex is missing, and at a barrier, where each piece gets an end of its own.
    fn add(&mut self, way: &SeenWay, refs: &[u32], kind: WayKind, flow: Flow) {
        let mut piece: Vec<u32> = Vec::with_capacity(refs.len());
        let mut whole = true;
        for (position, (node, id)) in refs.iter().zip(&way.refs).enumerate() {
            let vertex = self.vertex_of[*node as usize];
            if vertex != UNSHARED {
                piece.push(vertex);
                continue;
            }
            let Some(location) = self.nodes[*node as usize].location else {
                whole = false;
                self.flush(way, &mut piece, kind, flow);
                continue;
            };
            let example = || format!("node {id} on way {}", way.id);
            self.cuts.add(CutReason::Barrier, 0.0, example);
            self.findings.add(FindingCode::BarrierCut, example);
            if !piece.is_empty() {
                piece.push(self.builder.add_vertex(location));
                self.flush(way, &mut piece, kind, flow);
            }
            if position + 1 < refs.len() {
                piece.push(self.builder.add_vertex(location));
            }
        }
        self.flush(way, &mut piece, kind, flow);
        if !whole {
            let example = || format!("way {}", way.id);
            self.cuts.add(CutReason::MissingVertex, 0.0, example);
            self.findings.add(FindingCode::MissingVertex, example);
        }
    }

    fn flush(&mut self, way: &SeenWay, piece: &mut Vec<u32>, kind: WayKind, flow: Flow) {
        self.builder
            .add_way(way.id, piece, kind, flow, way.name.as_deref());
        piece.clear();
    }
}

#[cfg(test)]
#[path = "streets_tests.rs"]
mod tests;
