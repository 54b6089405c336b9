//! Walkable ways of an OpenStreetMap file. They join where they share a node id, nowhere else.

use std::collections::HashSet;

use osmpbf::PrimitiveBlock;

use super::frames::{Kinds, OsmFile};
use super::gates;
use super::lifts::{Lifts, Stops};
use super::objects::{Finder, each_node, tags, unsigned};
use crate::geometry::Location;
use crate::inputs::access::{self, Barrier, CutReason, Levels, Role, Tags, Walkable};
use crate::inputs::cuts::CutReport;
use crate::inputs::sidepaths::{Beside, with_footways_beside};
use crate::inputs::{InputError, StreetsRead};
use crate::language::{Language, Words, words};
use crate::model::{Access, Crossing, FindingCode, Findings, Passage, StreetsBuilder};
use crate::parallel;

/// Ways per parallel task when their nodes are looked up.
const WAY_CHUNK: usize = 512;

/// A way of the file that could be walked, and the verdict on it.
pub(super) struct SeenWay {
    pub(super) id: i64,
    node_ids: Vec<i64>,
    pub(super) verdict: Result<Walkable, CutReason>,
    name: Option<String>,
    pub(super) levels: Option<Levels>,
}

/// What matters of a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SeenNode {
    pub(super) location: Option<Location>,
    pub(super) barrier: Barrier,
    crossing: Option<Crossing>,
    pub(super) is_lift: bool,
    pub(super) levels: Option<Levels>,
}

/// The walkable ways and all that is known of their nodes; ways name nodes by their positions.
pub(super) struct Seen {
    pub(super) ways: Vec<SeenWay>,
    /// For each way the positions of its nodes.
    pub(super) refs: Vec<Vec<u32>>,
    pub(super) nodes: Vec<SeenNode>,
    node_ids: Vec<i64>,
}

/// Reads the walkable ways, in file order.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob, [`InputError::TooLarge`].
pub fn read_streets(file: &OsmFile<'_>) -> Result<StreetsRead, InputError> {
    let swept = file.map_blocks(Kinds::WAYS, seen_ways)?;
    let ways: Vec<SeenWay> = swept.into_iter().flatten().collect();
    let mut node_ids: Vec<i64> = ways.iter().flat_map(|way| &way.node_ids).copied().collect();
    if node_ids.len() >= u32::MAX as usize {
        let count = node_ids.len() as u64;
        return Err(InputError::TooLarge {
            file: file.source().path().to_owned(),
            count,
            what: Words::new("street vertices", "道路折点"),
        });
    }
    node_ids.sort_unstable();
    node_ids.dedup();
    let nodes = seen_nodes(file, &node_ids)?;
    let refs = parallel::map(&ways, WAY_CHUNK, |way| positions(&way.node_ids, &node_ids));
    let mut seen = Seen {
        ways,
        refs,
        nodes,
        node_ids,
    };
    seen.leave_out_beside_footways();
    Ok(Assembly::new(&seen).assemble())
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
                node_ids: way.refs().collect(),
                verdict: access::walkable(tags),
                name: tags.get("name").map(str::to_owned),
                levels: Levels::of(tags),
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
                let is_lift = access::is_lift(tags);
                let seen = SeenNode {
                    location: node.location,
                    barrier: access::barrier(tags),
                    crossing: access::crossing(tags),
                    is_lift,
                    levels: if is_lift { Levels::of(tags) } else { None },
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

impl Seen {
    /// Takes streets out of the walkable ways whose walkers have footways of their own.
    fn leave_out_beside_footways(&mut self) {
        let ways: Vec<Beside<'_>> = self
            .ways
            .iter()
            .zip(&self.refs)
            .map(|(way, refs)| Beside {
                refs,
                role: way.verdict.map_or(Role::Street, |walkable| walkable.role),
            })
            .collect();
        let place = |node: u32| self.nodes[node as usize].location;
        let left_out = with_footways_beside(&ways, place);
        for (way, left_out) in self.ways.iter_mut().zip(left_out) {
            if left_out {
                way.verdict = Err(CutReason::Sidepath);
            }
        }
    }

    /// The pieces of the walkable ways, in file order: runs of nodes that the file holds, cut where nobody passes and,
    /// on public ways, at private gates. Those nodes end the pieces on both sides.
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (way, refs) in (0u32..).zip(&self.refs) {
            let Ok(Walkable { passage, .. }) = self.ways[way as usize].verdict else {
                continue;
            };
            let mut piece = Piece {
                way,
                first: 0,
                last: 0,
                access: passage.access,
            };
            for (position, node) in (0u32..).zip(refs) {
                let node = &self.nodes[*node as usize];
                if node.location.is_none() {
                    pieces.extend(piece.before(position));
                    piece.first = position + 1;
                } else if node.cuts(passage.access) {
                    pieces.extend(piece.before(position + 1));
                    piece.first = position;
                }
            }
            pieces.extend(piece.before(refs.len() as u32));
        }
        pieces
    }
}

impl SeenNode {
    /// Whether a way of this access is cut here.
    pub(super) fn cuts(&self, access: Access) -> bool {
        match self.barrier {
            Barrier::Open => false,
            Barrier::Private => access == Access::Public,
            Barrier::Shut => true,
        }
    }
}

/// A run of a way's nodes, `first..=last` among its refs: two or more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) way: u32,
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) access: Access,
}

impl Piece {
    /// The piece that ends before a position, where it has two nodes.
    fn before(self, end: u32) -> Option<Self> {
        (end >= self.first + 2).then(|| Self {
            last: end - 1,
            ..self
        })
    }

    /// Its nodes.
    pub(super) fn nodes<'a>(&self, seen: &'a Seen) -> &'a [u32] {
        &seen.refs[self.way as usize][self.first as usize..=self.last as usize]
    }
}

/// Puts the pieces together over their nodes.
struct Assembly<'a> {
    seen: &'a Seen,
    pieces: Vec<Piece>,
    /// For each node the vertex that its pieces share, [`UNSHARED`] for none.
    vertex_of: Vec<u32>,
    /// The private gates through which a public piece enters a pocket: only one may, or the gate would join two.
    entered: HashSet<u32>,
    lifts: Lifts,
    builder: StreetsBuilder,
    cuts: CutReport,
    findings: Findings,
}

/// The vertex of a node that no walkable way uses, that the file lacks, or where nobody passes.
const UNSHARED: u32 = u32::MAX;

impl<'a> Assembly<'a> {
    /// Gives every node that pieces share a vertex, ascending by id.
    fn new(seen: &'a Seen) -> Self {
        let mut pieces = seen.pieces();
        gates::make_pockets(&mut pieces, seen);
        let mut vertex_of = vec![UNSHARED; seen.nodes.len()];
        for piece in &pieces {
            for node in piece.nodes(seen) {
                let shared = !seen.nodes[*node as usize].cuts(piece.access);
                if shared {
                    vertex_of[*node as usize] = 0;
                }
            }
        }
        let mut vertices = Vec::new();
        for (vertex, node) in vertex_of.iter_mut().zip(&seen.nodes) {
            match node.location {
                Some(location) if *vertex == 0 => {
                    *vertex = vertices.len() as u32;
                    vertices.push(location);
                }
                _ => *vertex = UNSHARED,
            }
        }
        Self {
            seen,
            pieces,
            vertex_of,
            entered: HashSet::new(),
            lifts: Lifts::default(),
            builder: StreetsBuilder::new(vertices),
            cuts: CutReport::default(),
            findings: Findings::default(),
        }
    }

    fn assemble(mut self) -> StreetsRead {
        self.count_cuts();
        let stops = Stops::of(self.seen);
        for piece in std::mem::take(&mut self.pieces) {
            self.add(piece, &stops);
        }
        self.lifts.add_ways(&mut self.builder);
        let crossings = self.seen.nodes.iter().zip(&self.vertex_of);
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

    /// Counts what is left out: whole ways, and the places where ways are cut.
    fn count_cuts(&mut self) {
        for (way, refs) in self.seen.ways.iter().zip(&self.seen.refs) {
            match way.verdict {
                Err(reason) => self.leave_out(way, refs, reason),
                Ok(walkable) => self.count_places(way, refs, walkable.passage.access),
            }
        }
    }

    fn leave_out(&mut self, way: &SeenWay, refs: &[u32], reason: CutReason) {
        let places = refs.iter().map(|node| self.seen.nodes[*node as usize]);
        let line = places.filter_map(|node| node.location).collect();
        let example = || Words::place(&format!("way {}", way.id));
        self.cuts.add_way(reason, vec![line], example);
        self.findings.add(reason.finding(), || {
            let way = way.id;
            let [why, why_zh] = Language::ALL.map(|language| reason.words(language));
            words!("way {way}: {why}", "道路 {way}：{why_zh}")
        });
    }

    fn count_places(&mut self, way: &SeenWay, refs: &[u32], access: Access) {
        let mut whole = true;
        for (at, node) in refs.iter().enumerate() {
            let node = &self.seen.nodes[*node as usize];
            if node.location.is_none() {
                whole = false;
            } else if node.cuts(access) {
                let reason = match node.barrier {
                    Barrier::Private => CutReason::PrivateGate,
                    _ => CutReason::Barrier,
                };
                let (node, way) = (way.node_ids[at], way.id);
                let example = || words!("node {node} on way {way}", "道路 {way} 上的节点 {node}");
                self.cuts.add_place(reason, example);
                self.findings.add(reason.finding(), example);
            }
        }
        if whole && self.is_without_length(refs) {
            self.findings.add(FindingCode::DegenerateLine, || {
                Words::place(&format!("way {}", way.id))
            });
        }
        if !whole {
            let reason = CutReason::MissingVertex;
            let example = || Words::place(&format!("way {}", way.id));
            self.cuts.add_place(reason, example);
            self.findings.add(reason.finding(), example);
        }
    }

    /// Fewer than two vertices, or all at one place; a lift has its length upwards.
    fn is_without_length(&self, refs: &[u32]) -> bool {
        let mut nodes = refs.iter().map(|node| &self.seen.nodes[*node as usize]);
        let Some(first) = nodes.next() else {
            return true;
        };
        !first.is_lift && nodes.all(|node| node.location == first.location && !node.is_lift)
    }

    fn add(&mut self, piece: Piece, stops: &Stops) {
        let way = &self.seen.ways[piece.way as usize];
        let Ok(Walkable { passage, .. }) = way.verdict else {
            return;
        };
        let passage = Passage {
            access: piece.access,
            ..passage
        };
        let nodes = piece.nodes(self.seen);
        let mut refs = Vec::with_capacity(nodes.len());
        for node in nodes {
            refs.push(self.vertex(*node, piece));
        }
        let name = way.name.as_deref();
        for (refs, passage) in stops.rides(nodes, refs, passage) {
            self.builder.add_way(way.id, &refs, passage, name);
        }
    }

    /// The vertex of a node on a piece: the one that all share, or one of its own where the way is cut.
    fn vertex(&mut self, node: u32, piece: Piece) -> u32 {
        let Seen { nodes, ways, .. } = self.seen;
        let seen = &nodes[node as usize];
        let shared = self.vertex_of[node as usize];
        let own = seen.cuts(piece.access) && !self.enters(node, shared);
        let Some(location) = seen.location else {
            return shared; // never: a piece holds no node that the file lacks
        };
        if own {
            return self.builder.add_vertex(location);
        }
        if !seen.is_lift {
            return shared;
        }
        let id = self.seen.node_ids[node as usize];
        let level = ways[piece.way as usize].levels.and_then(Levels::single);
        let floor = super::lifts::Floor::new(level, piece);
        let builder = &mut self.builder;
        self.lifts
            .vertex((id, seen), shared, floor, || builder.add_vertex(location))
    }

    /// Whether a public piece enters a pocket through this private gate: the first one does.
    fn enters(&mut self, node: u32, shared: u32) -> bool {
        let is_gate = self.seen.nodes[node as usize].barrier == Barrier::Private;
        is_gate && shared != UNSHARED && self.entered.insert(node)
    }
}

#[cfg(test)]
#[path = "streets_tests.rs"]
mod tests;
