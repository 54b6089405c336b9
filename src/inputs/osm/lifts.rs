//! Lifts. A node `highway=elevator` joins ways of several storeys: each storey gets a vertex of its own there, and a ride
//! between each two of them. A way `highway=elevator` with more than two stops gets a ride between each two, so that
//! nobody waits again where they only pass.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU16;

use super::pieces::Piece;
use super::seen::Seen;
use crate::inputs::access::Levels;
use crate::model::{Access, Flow, Passage, StreetsBuilder, WayKind, Wheels};

/// With more floors or stops than this, rides go between neighbours in the list alone.
const MANY_STOPS: usize = 16;

/// The storey of a way at a lift node.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Storey {
    Level(f64),
    /// A way that does not say: a storey of its own.
    OfWay(u32),
}

/// Where a way meets a lift node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Floor {
    storey: Storey,
    access: Access,
}

impl Floor {
    /// The floor of a piece whose way is on this level, where it says so.
    pub(super) fn new(level: Option<f64>, piece: Piece) -> Self {
        Self {
            storey: level.map_or(Storey::OfWay(piece.way), Storey::Level),
            access: piece.access,
        }
    }
}

/// The storeys between two levels: at least one.
fn storeys(from: f64, to: f64) -> u16 {
    ((from - to).abs().round() as u16).max(1)
}

/// The lift nodes met so far, by id: their floors and the vertices of these.
#[derive(Debug, Default)]
pub(super) struct Lifts(BTreeMap<i64, LiftNode>);

/// A node that is a lift.
#[derive(Clone, Copy, Debug)]
pub(super) struct LiftAt {
    pub(super) id: i64,
    /// How many storeys it spans, where the ways that meet there do not say.
    pub(super) storeys: NonZeroU16,
    pub(super) wheels: Wheels,
}

#[derive(Debug)]
struct LiftNode {
    wheels: Wheels,
    floors: Vec<(Floor, u32)>,
    /// Between floors of which one does not say its level.
    storeys: u16,
}

impl Lifts {
    /// The vertex of a floor at a lift node: the shared one for the first floor, a new one for each other.
    pub(super) fn vertex(
        &mut self,
        at: LiftAt,
        shared: u32,
        floor: Floor,
        new: impl FnOnce() -> u32,
    ) -> u32 {
        let lift = self.0.entry(at.id).or_insert_with(|| LiftNode {
            wheels: at.wheels,
            floors: Vec::new(),
            storeys: at.storeys.get(),
        });
        let mut known = lift.floors.iter_mut();
        if let Some((known, vertex)) = known.find(|(known, _)| known.storey == floor.storey) {
            if floor.access == Access::Public {
                known.access = Access::Public;
            }
            return *vertex;
        }
        let vertex = if lift.floors.is_empty() {
            shared
        } else {
            new()
        };
        lift.floors.push((floor, vertex));
        vertex
    }

    /// Adds the rides of every lift node, ascending by node id.
    pub(super) fn add_ways(self, builder: &mut StreetsBuilder) {
        for (id, lift) in self.0 {
            let LiftNode {
                wheels,
                floors,
                storeys,
            } = lift;
            for (from, to) in pairs(floors.len()) {
                let ((a, from), (b, to)) = (floors[from], floors[to]);
                let storeys = match (a.storey, b.storey) {
                    (Storey::Level(a), Storey::Level(b)) => self::storeys(a, b),
                    _ => storeys,
                };
                let passage = Passage {
                    kind: WayKind::Lift { storeys },
                    flow: Flow::Both,
                    access: a.access.max(b.access),
                    wheels,
                };
                builder.add_way(id, &[from, to], passage, None);
            }
        }
    }
}

/// Each two of some stops, or neighbours only where there are many.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    let reach = if count > MANY_STOPS { 1 } else { count };
    (0..count).flat_map(move |from| {
        let last = (from + reach).min(count.saturating_sub(1));
        (from + 1..=last).map(move |to| (from, to))
    })
}

/// The nodes of lift ways that other ways share, and the level of those where they say it.
pub(super) struct Stops(HashMap<u32, Option<f64>>);

impl Stops {
    pub(super) fn new(seen: &Seen) -> Self {
        let mut stops = HashMap::new();
        let mut is_on_lift = Vec::new();
        for way in seen.ways.iter().filter(|way| way.is_lift()) {
            is_on_lift.resize(seen.nodes.len(), false);
            for node in seen.refs_of(way) {
                is_on_lift[*node as usize] = true;
            }
        }
        if is_on_lift.is_empty() {
            return Self(stops);
        }
        let others = seen.ways.iter().filter(|way| way.verdict.is_ok());
        for way in others.filter(|way| !way.is_lift()) {
            let nodes = seen.refs_of(way).iter();
            for node in nodes.filter(|node| is_on_lift[**node as usize]) {
                let level = stops.entry(*node).or_insert(None);
                *level = level.or(way.levels.and_then(Levels::single));
            }
        }
        Self(stops)
    }

    /// The ways that a piece of a lift makes: the rides between its stops, or itself where it has none.
    pub(super) fn rides(
        &self,
        nodes: &[u32],
        refs: &[u32],
        storeys: u16,
        passage: Passage,
    ) -> Vec<(Vec<u32>, Passage)> {
        let stop_at = |at: usize| Some((refs[at], *self.0.get(&nodes[at])?));
        let mut stops: Vec<(u32, Option<f64>)> = (0..nodes.len()).filter_map(stop_at).collect();
        // A lift drawn as a ring begins and ends at one vertex.
        if stops.len() > 1 && stops.first() == stops.last() {
            stops.pop();
        }
        let ride = |from: Option<f64>, to: Option<f64>| Passage {
            kind: WayKind::Lift {
                storeys: match (from, to) {
                    (Some(from), Some(to)) => self::storeys(from, to),
                    _ => storeys,
                },
            },
            ..passage
        };
        match stops[..] {
            [(_, from), (_, to)] => vec![(refs.to_vec(), ride(from, to))],
            [_, _, _, ..] => pairs(stops.len())
                .map(|(from, to)| (stops[from], stops[to]))
                .map(|((from, a), (to, b))| (vec![from, to], ride(a, b)))
                .collect(),
            _ => vec![(refs.to_vec(), passage)],
        }
    }
}
