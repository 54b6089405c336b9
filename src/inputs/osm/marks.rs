//! What a map marks on its ways that can be closed by itself: gates, and crossings of streets.

use std::collections::BTreeMap;

use super::block::{Block, Kinds};
use super::frames::OsmFile;
use crate::inputs::InputError;
use crate::inputs::access::{self, Tags};
use crate::model::{CrossingMark, GateMark, MapMarks};

/// Barriers that are passed where they are open, and closed at will.
const GATES: &[&str] = &[
    "gate",
    "lift_gate",
    "swing_gate",
    "sliding_gate",
    "wicket_gate",
    "kissing_gate",
    "hampshire_gate",
    "turnstile",
    "full-height_turnstile",
    "entrance",
    "door",
    "sally_port",
];

/// Keys of which every node that is looked for has one.
const NODE_KEYS: [&str; 2] = ["barrier", "highway"];

/// Kinds of ways on which walkers come to a crossing and go on from it.
const FOOTWAYS: &[&str] = &["footway", "path", "pedestrian", "steps", "cycleway"];
/// Keys that say of such a way that it is a crossing.
const CROSSING_KEYS: [&str; 3] = ["footway", "path", "cycleway"];

/// The marks of one block.
#[derive(Default)]
struct NodeMarks {
    gates: Vec<GateMark>,
    crossings: Vec<CrossingMark>,
}

impl NodeMarks {
    fn read(block: &Block<'_>) -> Self {
        let keys = block.marks(&NODE_KEYS);
        let mut marks = Self::default();
        block.each_node(|node| {
            if !keys.any(node.pairs) {
                return;
            }
            let Some(place) = node.location() else { return };
            let tags = block.tags(node.pairs);
            let tags = Tags(&tags);
            let node = node.id;
            if tags.is("barrier", GATES) {
                let name = tags.get("name").map(str::to_owned);
                marks.gates.push(GateMark { node, place, name });
            }
            if tags.is("highway", &["crossing"]) && access::crossing(tags).is_some() {
                marks.crossings.push(CrossingMark {
                    node,
                    place,
                    footways: Vec::new(),
                });
            }
        });
        marks
    }
}

/// The ways of one block on which walkers cross.
#[derive(Default)]
struct WayMarks {
    /// Those that are crossings.
    crossings: Vec<i64>,
    /// Those that meet a crossing's node: the node's position, and the way.
    met: Vec<(usize, i64)>,
}

impl WayMarks {
    fn read(block: &Block<'_>, nodes: &[i64]) -> Self {
        let keys = block.marks(&["highway"]);
        let mut marks = Self::default();
        block.each_way(|way| {
            if !keys.any(way.pairs) {
                return;
            }
            let tags = block.tags(way.pairs);
            let tags = Tags(&tags);
            if !tags.is("highway", FOOTWAYS) {
                return;
            }
            if CROSSING_KEYS.iter().any(|key| tags.is(key, &["crossing"])) {
                marks.crossings.push(way.id);
            }
            let met = way
                .refs()
                .filter_map(|node| nodes.binary_search(&node).ok());
            marks.met.extend(met.map(|node| (node, way.id)));
        });
        marks
    }
}

/// Reads what is marked, in two sweeps: nodes, then the ways that meet them.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub(crate) fn read_marks(file: &OsmFile<'_>) -> Result<MapMarks, InputError> {
    let blocks = file.map_blocks(Kinds::NODES, NodeMarks::read)?;
    let (mut gates, mut crossings) = (BTreeMap::new(), BTreeMap::new());
    for block in blocks {
        // Of several versions of a node the first counts.
        for gate in block.gates {
            gates.entry(gate.node).or_insert(gate);
        }
        for crossing in block.crossings {
            crossings.entry(crossing.node).or_insert(crossing);
        }
    }
    let mut crossings: Vec<CrossingMark> = crossings.into_values().collect();
    let nodes: Vec<i64> = crossings.iter().map(|crossing| crossing.node).collect();
    let blocks = file.map_blocks(Kinds::WAYS, |block| WayMarks::read(block, &nodes))?;
    let mut crossing_ways = Vec::new();
    for block in blocks {
        crossing_ways.extend(block.crossings);
        for (node, way) in block.met {
            crossings[node].footways.push(way);
        }
    }
    for crossing in &mut crossings {
        crossing.footways.sort_unstable();
        crossing.footways.dedup();
    }
    crossing_ways.sort_unstable();
    crossing_ways.dedup();
    Ok(MapMarks {
        gates: gates.into_values().collect(),
        crossings,
        crossing_ways,
    })
}
