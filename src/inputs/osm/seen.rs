//! What a file holds of the street network: ways that could be walked, with the verdict on each, and their nodes.
//!
//! Ways are read first, so that of the nodes, most of which belong to buildings, only those on ways are kept. They are
//! looked up in sorted lists that are walked side by side, without hashing.

use std::collections::HashMap;
use std::num::NonZeroU16;

use super::block::{Block, Kinds, Marks, Pair};
use super::frames::OsmFile;
use super::objects::Finder;
use super::walkable_areas::RingWays;
use crate::geometry::Location;
use crate::hours::TimeOfWeek;
use crate::inputs::InputError;
use crate::inputs::access::{
    self, AtTimes, Barrier, CutReason, HeldTags, Levels, Role, Tags, Timetable, Walkable,
};
use crate::inputs::sidepaths::{Beside, with_footways_beside};
use crate::model::{Access, Crossing, Structure, WayKind};
use crate::parallel;
use crate::text::language::{Words, words};

/// A way or node that is open or closed at times only.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// What it is, and by which tag.
    pub(super) place: Words,
    /// Whether the tag is obeyed.
    pub(super) is_obeyed: bool,
    /// Whether nobody passes at the time that the file is read for.
    pub(super) is_closed: bool,
}

/// A way of the file that could be walked, and the verdict on it.
pub(super) struct SeenWay {
    pub(super) id: i64,
    first_ref: u32,
    ref_count: u32,
    pub(super) verdict: Result<Walkable, CutReason>,
    /// Its position among the names.
    name: Option<u32>,
    pub(super) levels: Option<Levels>,
    pub(super) structure: Structure,
}

impl SeenWay {
    /// Whether it is a lift that may be walked.
    pub(super) fn is_lift(&self) -> bool {
        let is_lift = |walkable: Walkable| matches!(walkable.passage.kind, WayKind::Lift { .. });
        self.verdict.is_ok_and(is_lift)
    }
}

/// What matters of a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SeenNode {
    pub(super) location: Option<Location>,
    pub(super) barrier: Barrier,
    pub(super) crossing: Option<Crossing>,
    /// How many storeys it spans, where it is a lift.
    pub(super) lift: Option<NonZeroU16>,
}

impl SeenNode {
    /// Whether a way of this access is cut here.
    pub(super) fn cuts(&self, access: Access) -> bool {
        match self.barrier {
            Barrier::Open | Barrier::Steps => false,
            Barrier::Private => access == Access::Public,
            Barrier::Shut => true,
        }
    }

    /// Whether the file holds it, open to all and no lift.
    fn is_plain(&self) -> bool {
        self.location.is_some() && self.barrier == Barrier::Open && self.lift.is_none()
    }

    /// Whether walkers take a step here, so that wheels do not pass.
    pub(super) fn is_step(&self) -> bool {
        self.barrier == Barrier::Steps
    }
}

/// The walkable ways and all that is known of their nodes; ways name nodes by their positions.
#[derive(Default)]
pub(super) struct Seen {
    /// In file order.
    pub(super) ways: Vec<SeenWay>,
    /// The ways' nodes, one way after the other.
    refs: Vec<u32>,
    names: Vec<String>,
    /// Ascending by id.
    pub(super) nodes: Vec<SeenNode>,
    /// Which of them the file holds, open to all and no lift: nearly every one. Walks along the ways look here first, as
    /// these fit the processor's cache.
    plain: Vec<bool>,
    pub(super) node_ids: Vec<i64>,
    /// The tags that open and close ways and nodes, and are obeyed.
    pub(super) timetable: Timetable,
    /// The ways and nodes that are open or closed at times only: ways in file order, then nodes.
    pub(super) conditions: Vec<Condition>,
}

impl Seen {
    /// Reads the ways and their nodes.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the blob, [`InputError::TooLarge`].
    pub(super) fn read(file: &OsmFile<'_>) -> Result<Self, InputError> {
        let rings = RingWays::read(file)?;
        let blocks = file.map_blocks(Kinds::WAYS, |block| {
            BlockWays::read(block, &rings, file.at())
        })?;
        let count: usize = blocks.iter().map(|block| block.refs.len()).sum();
        if count >= u32::MAX as usize {
            return Err(InputError::TooLarge {
                file: file.source().path().to_owned(),
                count: count as u64,
                what: Words::new("street vertices", "道路折点"),
            });
        }
        let node_ids = node_ids(&blocks);
        let SeenNodes {
            nodes,
            conditions,
            timetable,
        } = nodes(file, &node_ids)?;
        let refs = parallel::map(&blocks, 1, |block| block.positions(&node_ids));
        let mut seen = Self {
            plain: nodes.iter().map(SeenNode::is_plain).collect(),
            nodes,
            node_ids,
            timetable,
            ..Self::default()
        };
        for (block, refs) in blocks.into_iter().zip(refs) {
            seen.append(block, refs);
        }
        seen.conditions.extend(conditions);
        seen.leave_lifts_to_their_ways();
        seen.leave_out_beside_footways();
        Ok(seen)
    }

    fn append(&mut self, block: BlockWays, refs: Vec<u32>) {
        let (first_ref, first_name) = (self.refs.len() as u32, self.names.len() as u32);
        self.refs.extend(refs);
        self.names.extend(block.names);
        self.conditions.extend(block.conditions);
        self.timetable.extend(block.timetable);
        self.ways.extend(block.ways.into_iter().map(|way| SeenWay {
            first_ref: first_ref + way.first_ref,
            name: way.name.map(|name| first_name + name),
            ..way
        }));
    }

    /// The positions of a way's nodes.
    pub(super) fn refs_of(&self, way: &SeenWay) -> &[u32] {
        let first = way.first_ref as usize;
        &self.refs[first..first + way.ref_count as usize]
    }

    /// Whether the file holds a node that is open to all and no lift.
    pub(super) fn is_plain(&self, node: u32) -> bool {
        self.plain[node as usize]
    }

    pub(super) fn barrier(&self, node: u32) -> Barrier {
        if self.is_plain(node) {
            Barrier::Open
        } else {
            self.nodes[node as usize].barrier
        }
    }

    pub(super) fn name_of(&self, way: &SeenWay) -> Option<&str> {
        way.name.map(|name| self.names[name as usize].as_str())
    }

    /// A lift that is drawn as a way is that way, also where its ends are tagged as lifts: it is waited for once.
    fn leave_lifts_to_their_ways(&mut self) {
        for way in self.ways.iter().filter(|way| way.is_lift()) {
            let first = way.first_ref as usize;
            for node in &self.refs[first..first + way.ref_count as usize] {
                let seen = &mut self.nodes[*node as usize];
                seen.lift = None;
                self.plain[*node as usize] = seen.is_plain();
            }
        }
    }

    /// Takes streets out of the walkable ways whose walkers have footways of their own.
    fn leave_out_beside_footways(&mut self) {
        let beside = |way| Beside {
            refs: self.refs_of(way),
            role: way.verdict.map_or(Role::Street, |walkable| walkable.role),
        };
        let ways: Vec<Beside<'_>> = self.ways.iter().map(beside).collect();
        let place = |node: u32| self.nodes[node as usize].location;
        let left_out = with_footways_beside(&ways, place);
        for (way, left_out) in self.ways.iter_mut().zip(left_out) {
            if left_out {
                way.verdict = Err(CutReason::Sidepath);
            }
        }
    }
}

/// The ways of one block.
#[derive(Default)]
struct BlockWays {
    ways: Vec<SeenWay>,
    names: Vec<String>,
    /// The ways' nodes, one way after the other: id and position here, ascending by id.
    refs: Vec<(i64, u32)>,
    conditions: Vec<Condition>,
    timetable: Timetable,
}

impl BlockWays {
    fn read(block: &Block<'_>, rings: &RingWays, at: TimeOfWeek) -> Self {
        let mut judge = Judge::new(block, at);
        let (mut ways, mut refs, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
        let mut names = Names::new(block);
        block.each_way(|way| {
            let ring;
            let (judged, name) = if let Some(judged) = judge.street(way.pairs) {
                (judged, names.of(way.pairs))
            } else {
                let Some(tags) = rings.tags(way.id, || block.tags(way.pairs)) else {
                    return;
                };
                ring = Judged::new(Tags(&tags), at);
                (&ring, names.add(Tags(&tags).get("name")))
            };
            let id = way.id;
            conditions.extend(judged.at_times.as_ref().map(|AtTimes { tag, is_obeyed }| {
                Condition {
                    place: words!("way {id}: {tag}", "道路 {id}：{tag}"),
                    is_obeyed: *is_obeyed,
                    is_closed: judged.verdict == Err(CutReason::Forbidden),
                }
            }));
            let first_ref = refs.len() as u32;
            refs.extend(way.refs().zip(first_ref..));
            ways.push(SeenWay {
                id,
                first_ref,
                ref_count: refs.len() as u32 - first_ref,
                verdict: judged.verdict,
                name,
                levels: judged.levels,
                structure: judged.structure,
            });
        });
        refs.sort_unstable_by_key(|(id, _)| *id);
        Self {
            timetable: judge.timetable,
            ways,
            names: names.list,
            refs,
            conditions,
        }
    }

    /// The positions of its refs in the list of all ids; every ref was put into it, so each is found.
    fn positions(&self, node_ids: &[i64]) -> Vec<u32> {
        let mut positions = vec![0; self.refs.len()];
        let mut finder = Finder::new(node_ids);
        for (id, at) in &self.refs {
            if let Some(position) = finder.find(*id) {
                positions[*at as usize] = position as u32;
            }
        }
        positions
    }
}

/// What the tags of a way say.
struct Judged {
    verdict: Result<Walkable, CutReason>,
    levels: Option<Levels>,
    structure: Structure,
    /// A tag that opens or closes it at times, where that could matter.
    at_times: Option<AtTimes>,
}

impl Judged {
    fn new(tags: Tags<'_>, at: TimeOfWeek) -> Self {
        let held = HeldTags::new(tags, at);
        let tags = held.tags();
        let verdict = access::walkable(tags);
        let may_be_open = matches!(verdict, Ok(_) | Err(CutReason::Forbidden));
        Self {
            verdict,
            levels: Levels::from_tags(tags),
            structure: access::structure(tags),
            at_times: held.at_times.clone().filter(|_| may_be_open),
        }
    }
}

/// Judges the ways of a block by their tags: those that are tagged alike, as most are, once.
struct Judge<'b> {
    block: &'b Block<'b>,
    at: TimeOfWeek,
    /// Keys of which every street has one.
    of_streets: Marks,
    /// Keys that the rules look at.
    asked: Marks,
    /// By the tags that the rules look at; `None` for what is no street.
    known: HashMap<Vec<Pair>, Option<Judged>>,
    /// Memory for such tags.
    pairs: Vec<Pair>,
    /// Those that hold at times only, and are obeyed.
    timetable: Timetable,
}

impl<'b> Judge<'b> {
    fn new(block: &'b Block<'b>, at: TimeOfWeek) -> Self {
        Self {
            block,
            at,
            of_streets: block.marks(&access::STREET_KEYS),
            asked: block.marks_where(access::is_way_key),
            known: HashMap::new(),
            pairs: Vec::new(),
            timetable: Timetable::default(),
        }
    }

    /// What a way's tags say, where they are those of a way that could be walked.
    fn street(&mut self, pairs: &[Pair]) -> Option<&Judged> {
        if !self.of_streets.any(pairs) {
            return None;
        }
        self.pairs.clear();
        let asked = pairs.iter().filter(|(key, _)| self.asked.has(*key));
        self.pairs.extend(asked);
        if !self.known.contains_key(&self.pairs) {
            let tags = self.block.tags(&self.pairs);
            let tags = Tags(&tags);
            let judged = access::is_street(tags).then(|| Judged::new(tags, self.at));
            let at_times = judged.as_ref().and_then(|judged| judged.at_times.as_ref());
            if at_times.is_some_and(|at_times| at_times.is_obeyed) {
                self.timetable.add(tags);
            }
            self.known.insert(self.pairs.clone(), judged);
        }
        self.known[&self.pairs].as_ref()
    }
}

/// The names in a block, each once.
struct Names<'b> {
    block: &'b Block<'b>,
    list: Vec<String>,
    /// For each string of the block its position in the list.
    positions: Vec<Option<u32>>,
}

impl<'b> Names<'b> {
    fn new(block: &'b Block<'b>) -> Self {
        Self {
            block,
            list: Vec::new(),
            positions: vec![None; block.string_count()],
        }
    }

    /// The name among these tags.
    fn of(&mut self, pairs: &[Pair]) -> Option<u32> {
        let string = self.block.value(pairs, "name")?;
        let name = self.block.string(string).filter(|name| !name.is_empty())?;
        let position = self.positions.get_mut(string as usize)?;
        Some(*position.get_or_insert_with(|| {
            self.list.push(name.to_owned());
            self.list.len() as u32 - 1
        }))
    }

    /// A name that may stand in another block.
    fn add(&mut self, name: Option<&str>) -> Option<u32> {
        self.list.push(name?.to_owned());
        Some(self.list.len() as u32 - 1)
    }
}

/// The ids of all nodes on ways, ascending, each once.
#[expect(
    clippy::stable_sort_primitive,
    reason = "the stable sort merges ascending runs, the other one sorts anew"
)]
fn node_ids(blocks: &[BlockWays]) -> Vec<i64> {
    let ids = |block: &BlockWays| {
        let mut ids: Vec<i64> = block.refs.iter().map(|(id, _)| *id).collect();
        ids.dedup();
        ids
    };
    let mut all = parallel::map(blocks, 1, ids).concat();
    // Each block's are ascending already: this sort merges them.
    all.sort();
    all.dedup();
    all
}

/// What a file says of nodes.
struct SeenNodes {
    nodes: Vec<SeenNode>,
    conditions: Vec<Condition>,
    timetable: Timetable,
}

/// What the file says of the nodes with these ids, and those of them that are open or closed at times only.
fn nodes(file: &OsmFile<'_>, ids: &[i64]) -> Result<SeenNodes, InputError> {
    let at = file.at();
    let blocks = file.map_blocks(Kinds::NODES, |block| {
        let marks = block.marks(&access::NODE_KEYS);
        let mut found: Vec<(u32, SeenNode)> = Vec::new();
        let mut at_times: Vec<(u32, Condition)> = Vec::new();
        let mut timetable = Timetable::default();
        let mut finder = Finder::new(ids);
        block.each_node(|node| {
            let Some(position) = finder.find(node.id) else {
                return;
            };
            let judged = if marks.any(node.pairs) {
                let tags = block.tags(node.pairs);
                let (judged, condition) = judged_at(Tags(&tags), node.id, at);
                if let Some(condition) = condition {
                    if condition.is_obeyed {
                        timetable.add(Tags(&tags));
                    }
                    at_times.push((position as u32, condition));
                }
                judged
            } else {
                SeenNode::default()
            };
            let location = node.location();
            found.push((position as u32, SeenNode { location, ..judged }));
        });
        (found, at_times, timetable)
    })?;
    let mut nodes = vec![SeenNode::default(); ids.len()];
    let mut conditions = Vec::new();
    let mut timetable = Timetable::default();
    for (found, at_times, of_block) in blocks {
        timetable.extend(of_block);
        for (position, seen) in found {
            // Of several versions of a node the first counts.
            let node = &mut nodes[position as usize];
            if node.location.is_none() {
                *node = seen;
            }
        }
        conditions.extend(at_times);
    }
    conditions.sort_by_key(|(position, _)| *position);
    conditions.dedup_by_key(|(position, _)| *position);
    Ok(SeenNodes {
        nodes,
        conditions: conditions
            .into_iter()
            .map(|(_, condition)| condition)
            .collect(),
        timetable,
    })
}

/// What a node's tags say at a time of the week, and whether they say something else at others.
fn judged_at(tags: Tags<'_>, id: i64, at: TimeOfWeek) -> (SeenNode, Option<Condition>) {
    let held = HeldTags::of_node(tags, at);
    let judged = judged(held.tags());
    let condition = held.at_times.map(|AtTimes { tag, is_obeyed }| Condition {
        place: words!("node {id}: {tag}", "节点 {id}：{tag}"),
        is_obeyed,
        is_closed: judged.barrier == Barrier::Shut,
    });
    (judged, condition)
}

/// What a node's tags say.
fn judged(tags: Tags<'_>) -> SeenNode {
    let storeys = || Levels::from_tags(tags).map_or(0, Levels::span).max(1);
    let lift = access::is_lift(tags).then(storeys);
    SeenNode {
        location: None,
        barrier: access::barrier(tags),
        crossing: access::crossing(tags),
        lift: lift.and_then(NonZeroU16::new),
    }
}
