//! Walkable ways of an OpenStreetMap file. They join where they share a node id, nowhere else.

use std::collections::{BTreeMap, HashSet};

use super::frames::OsmFile;
use super::gates;
use super::lifts::{Floor, LiftAt, Lifts, Stops};
use super::pieces::{Piece, pieces};
use super::seen::{Seen, SeenWay};
use crate::geometry::{ANTIMERIDIAN_E7, Location};
use crate::inputs::access::{Barrier, CutReason, Levels, Walkable};
use crate::inputs::cuts::CutReport;
use crate::inputs::{InputError, Known, Reading, StreetsRead};
use crate::model::{Access, FindingCode, Findings, Passage, StreetsBuilder, WayKind, Wheels};
use crate::text::language::{Language, Words, words};

/// Reads the walkable ways, in file order.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob, [`InputError::TooLarge`].
pub fn read_streets(file: &OsmFile<'_>) -> Result<StreetsRead, InputError> {
    Ok(Assembly::new(&Seen::read(file)?).assemble())
}

/// Puts the pieces together over their nodes.
struct Assembly<'a> {
    seen: &'a Seen,
    pieces: Vec<Piece>,
    /// For each node the vertex that its pieces share, [`UNSHARED`] for none.
    vertex_of: Vec<u32>,
    /// The private gates through which a public piece enters a pocket at the shared vertex: only one does, or the gate would
    /// join two.
    entered: HashSet<u32>,
    /// How the others enter there.
    sills: Vec<Sill>,
    lifts: Lifts,
    steps: Steps,
    builder: StreetsBuilder,
    cuts: CutReport,
    cut_at: Vec<Location>,
    findings: Findings,
}

/// The vertex of a node that no walkable way uses, that the file lacks, or where nobody passes.
const UNSHARED: u32 = u32::MAX;

impl<'a> Assembly<'a> {
    /// Gives every node that pieces share a vertex, ascending by id.
    fn new(seen: &'a Seen) -> Self {
        let mut pieces = pieces(seen);
        gates::make_pockets(&mut pieces, seen);
        let mut vertex_of = vec![UNSHARED; seen.nodes.len()];
        for piece in &pieces {
            for node in piece.nodes(seen) {
                let is_shared =
                    seen.is_plain(*node) || !seen.nodes[*node as usize].cuts(piece.access);
                if is_shared {
                    vertex_of[*node as usize] = 0;
                }
            }
        }
        let mut vertices: Vec<Location> = Vec::new();
        let mut findings = Findings::default();
        let mut on_antimeridian: BTreeMap<i32, u32> = BTreeMap::new();
        for ((vertex, node), id) in vertex_of.iter_mut().zip(&seen.nodes).zip(&seen.node_ids) {
            let Some(location) = node.location.filter(|_| *vertex == 0) else {
                *vertex = UNSHARED;
                continue;
            };
            *vertex = vertices.len() as u32;
            if location.lon_e7.abs() == ANTIMERIDIAN_E7 {
                let first = *on_antimeridian.entry(location.lat_e7).or_insert(*vertex);
                // From the other side: the way was cut there.
                if first != *vertex && vertices[first as usize] != location {
                    *vertex = first;
                    findings.add(FindingCode::JoinedAtAntimeridian, || {
                        Words::place(&format!("node {id}"))
                    });
                    continue;
                }
            }
            vertices.push(location);
        }
        Self {
            seen,
            pieces,
            vertex_of,
            entered: HashSet::new(),
            sills: Vec::new(),
            lifts: Lifts::default(),
            steps: Steps::default(),
            builder: StreetsBuilder::new(vertices),
            cuts: CutReport::default(),
            cut_at: Vec::new(),
            findings,
        }
    }

    fn assemble(mut self) -> StreetsRead {
        self.count_cuts();
        for condition in &self.seen.conditions {
            let codes = match (condition.is_obeyed, condition.is_closed) {
                (false, _) => &[FindingCode::UnusedCondition][..],
                (true, false) => &[FindingCode::OpenAtTimes],
                (true, true) => &[FindingCode::OpenAtTimes, FindingCode::ClosedThen],
            };
            for code in codes {
                self.findings.add(*code, || condition.place.clone());
            }
        }
        let stops = Stops::new(self.seen);
        let mut refs = Vec::new();
        for piece in std::mem::take(&mut self.pieces) {
            self.add(piece, &stops, &mut refs);
        }
        self.lifts.add_ways(&mut self.builder);
        self.steps.add_ways(&mut self.builder);
        for sill in std::mem::take(&mut self.sills) {
            sill.add_way(&mut self.builder);
        }
        let crossings = self.seen.nodes.iter().zip(&self.vertex_of);
        let crossings = crossings
            .filter(|(_, vertex)| **vertex != UNSHARED)
            .filter_map(|(node, vertex)| Some((*vertex, node.crossing?)))
            .collect();
        StreetsRead {
            streets: self.builder.finish(crossings),
            cuts: self.cuts,
            cut_at: self.cut_at,
            crs: Known::OPENSTREETMAP,
            reading: Reading {
                rows: self.seen.ways.len() as u64,
                ..Reading::default()
            },
            findings: self.findings,
            timetable: self.seen.timetable.clone(),
        }
    }

    /// Counts what is left out: whole ways, and the places where ways are cut.
    fn count_cuts(&mut self) {
        for way in &self.seen.ways {
            let refs = self.seen.refs_of(way);
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
        let special = |(_, node): &(usize, &u32)| !self.seen.is_plain(**node);
        for (at, node) in refs.iter().enumerate().filter(special) {
            let node = &self.seen.nodes[*node as usize];
            if node.location.is_none() {
                whole = false;
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let known = beside.filter_map(|at| refs.get(at));
                let known = known.filter_map(|node| self.seen.nodes[*node as usize].location);
                self.cut_at.extend(known);
            } else if node.cuts(access) {
                let reason = match node.barrier {
                    Barrier::Private => CutReason::PrivateGate,
                    _ => CutReason::Barrier,
                };
                let (node, way) = (self.seen.node_ids[refs[at] as usize], way.id);
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
        let is_flat = first.lift.is_none();
        is_flat && nodes.all(|node| node.location == first.location && node.lift.is_none())
    }

    /// Adds a piece; `refs` is memory for its vertices.
    fn add(&mut self, piece: Piece, stops: &Stops, refs: &mut Vec<u32>) {
        let seen = self.seen;
        let way = &seen.ways[piece.way as usize];
        let Ok(Walkable { passage, .. }) = way.verdict else {
            return;
        };
        let passage = Passage {
            access: piece.access,
            ..passage
        };
        let nodes = piece.nodes(seen);
        refs.clear();
        for node in nodes {
            refs.push(self.vertex(*node, piece));
        }
        let name = seen.name_of(way);
        match passage.kind {
            WayKind::Lift { storeys } => {
                for (refs, passage) in stops.rides(nodes, refs, storeys, passage) {
                    self.builder
                        .add_way_on(way.structure, way.id, &refs, passage, name);
                }
            }
            _ => {
                self.builder
                    .add_way_on(way.structure, way.id, refs, passage, name);
            }
        }
    }

    /// The vertex of a node on a piece: the one that all share, or one of its own where the way is cut.
    fn vertex(&mut self, node: u32, piece: Piece) -> u32 {
        let Seen { nodes, ways, .. } = self.seen;
        let shared = self.vertex_of[node as usize];
        if self.seen.is_plain(node) {
            return shared;
        }
        let seen = &nodes[node as usize];
        let own = seen.cuts(piece.access) && !self.enters(node, shared);
        let Some(location) = seen.location else {
            return shared; // never: a piece holds no node that the file lacks
        };
        if own {
            let vertex = self.builder.add_vertex(location);
            if seen.barrier == Barrier::Private && shared != UNSHARED {
                let way = ways[piece.way as usize].id;
                self.sills.push(Sill {
                    way,
                    vertex,
                    shared,
                });
            }
            return vertex;
        }
        let floor = self.floor(node, shared, location, piece);
        if !seen.is_step() {
            return floor;
        }
        let end = StepEnd {
            way: ways[piece.way as usize].id,
            access: piece.access,
            vertex: floor,
        };
        let builder = &mut self.builder;
        self.steps.vertex(end, || builder.add_vertex(location))
    }

    /// The vertex of a storey at a lift, the shared one elsewhere.
    fn floor(&mut self, node: u32, shared: u32, location: Location, piece: Piece) -> u32 {
        let seen = &self.seen.nodes[node as usize];
        let Some(storeys) = seen.lift else {
            return shared;
        };
        let way = &self.seen.ways[piece.way as usize];
        let floor = Floor::new(way.levels.and_then(Levels::single), piece);
        let lift = LiftAt {
            id: self.seen.node_ids[node as usize],
            storeys,
            wheels: match seen.barrier {
                Barrier::Steps => Wheels::Closed,
                _ => Wheels::AsKind,
            },
        };
        let builder = &mut self.builder;
        self.lifts
            .vertex(lift, shared, floor, || builder.add_vertex(location))
    }

    /// Whether a public piece enters a pocket through this private gate: the first one does.
    fn enters(&mut self, node: u32, shared: u32) -> bool {
        let is_gate = self.seen.nodes[node as usize].barrier == Barrier::Private;
        is_gate && shared != UNSHARED && self.entered.insert(node)
    }
}

/// The end of a public piece at a private gate where a pocket begins that another one enters too: it is joined with the pocket by
/// a private way without length, so that the gate leads in from both sides and nobody walks through.
#[derive(Clone, Copy, Debug)]
struct Sill {
    way: i64,
    vertex: u32,
    shared: u32,
}

impl Sill {
    fn add_way(self, builder: &mut StreetsBuilder) {
        let passage = Passage {
            access: Access::Private,
            ..WayKind::Street.into()
        };
        builder.add_way(self.way, &[self.vertex, self.shared], passage, None);
    }
}

/// Where walkers take a step, such as a stile or a kerb: every piece that ends there has a vertex of its own, joined with that
/// of the first by steps without length. They take no time, and wheels do not pass.
#[derive(Debug, Default)]
struct Steps(BTreeMap<u32, Vec<StepEnd>>);

/// The end of a piece at a step.
#[derive(Clone, Copy, Debug)]
struct StepEnd {
    way: i64,
    access: Access,
    vertex: u32,
}

impl Steps {
    /// The vertex of a piece's end: the one that all would share for the first, a new one for each other.
    fn vertex(&mut self, end: StepEnd, new: impl FnOnce() -> u32) -> u32 {
        let ends = self.0.entry(end.vertex).or_default();
        let vertex = if ends.is_empty() { end.vertex } else { new() };
        ends.push(StepEnd { vertex, ..end });
        vertex
    }

    /// Adds the steps, ascending by vertex.
    fn add_ways(self, builder: &mut StreetsBuilder) {
        for ends in self.0.into_values() {
            for end in &ends[1..] {
                let passage = Passage {
                    access: end.access,
                    ..WayKind::Steps.into()
                };
                builder.add_way(end.way, &[ends[0].vertex, end.vertex], passage, None);
            }
        }
    }
}

#[cfg(test)]
#[path = "streets_tests.rs"]
mod tests;
