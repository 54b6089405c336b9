//! Walkable ways of an OpenStreetMap file. They join where they share a node id, nowhere else.

use osmpbf::PrimitiveBlock;

use super::frames::OsmFile;
use super::objects::{each_node, tags, unsigned};
use crate::geometry::{Location, geodesic_m};
use crate::inputs::access::{self, CutReason, Tags};
use crate::inputs::cuts::CutReport;
use crate::inputs::{InputError, StreetsRead};
use crate::model::{Crossing, FindingCode, Findings, Flow, StreetsBuilder, WayKind};

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
    let ways: Vec<SeenWay> = file.map_blocks(seen_ways)?.into_iter().flatten().collect();
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
    Ok(Assembly::new(&ids, &nodes).assemble(&ways))
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
    let blocks = file.map_blocks(|block| {
        let mut found = Vec::new();
        each_node(block, |node| {
            if let Ok(position) = ids.binary_search(&node.id) {
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
        // Of several versions of a node, as in a history file, the first counts.
        if nodes[position].location.is_none() {
            nodes[position] = seen;
        }
    }
    Ok(nodes)
}

/// Puts ways together over their nodes, cut where they must be.
struct Assembly<'a> {
    ids: &'a [i64],
    nodes: &'a [SeenNode],
    builder: StreetsBuilder,
    cuts: CutReport,
    findings: Findings,
}

/// The place of a vertex that no way uses, because the file lacks it.
const NOWHERE: Location = Location {
    lon_e7: 0,
    lat_e7: 0,
};

impl<'a> Assembly<'a> {
    fn new(ids: &'a [i64], nodes: &'a [SeenNode]) -> Self {
        let vertices = nodes
            .iter()
            .map(|node| node.location.unwrap_or(NOWHERE))
            .collect();
        Self {
            ids,
            nodes,
            builder: StreetsBuilder::new(vertices),
            cuts: CutReport::default(),
            findings: Findings::default(),
        }
    }

    fn assemble(mut self, ways: &[SeenWay]) -> StreetsRead {
        for way in ways {
            match way.verdict {
                Ok((kind, flow)) => self.add(way, kind, flow),
                Err(reason) => self.leave_out(way, reason),
            }
        }
        let crossings = self
            .nodes
            .iter()
            .zip(0..)
            .filter_map(|(node, vertex)| Some((vertex, node.crossing?)));
        let streets = self.builder.finish(crossings.collect());
        StreetsRead {
            streets,
            cuts: self.cuts,
            findings: self.findings,
        }
    }

    /// The vertex of a node id. Every ref was put into the list of ids, so it is found.
    fn vertex(&self, id: i64) -> usize {
        self.ids.binary_search(&id).unwrap_or_default()
    }

    fn leave_out(&mut self, way: &SeenWay, reason: CutReason) {
        let places: Vec<_> = way
            .refs
            .iter()
            .filter_map(|id| self.nodes[self.vertex(*id)].location)
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
    fn add(&mut self, way: &SeenWay, kind: WayKind, flow: Flow) {
        let mut piece: Vec<u32> = Vec::with_capacity(way.refs.len());
        let mut whole = true;
        for (position, id) in way.refs.iter().enumerate() {
            let vertex = self.vertex(*id);
            let SeenNode {
                location, blocks, ..
            } = self.nodes[vertex];
            let Some(location) = location else {
                whole = false;
                self.flush(way, &mut piece, kind, flow);
                continue;
            };
            if !blocks {
                piece.push(vertex as u32);
                continue;
            }
            self.cuts.add(CutReason::Barrier, 0.0, || {
                format!("node {id} on way {}", way.id)
            });
            self.findings.add(FindingCode::BarrierCut, || {
                format!("node {id} on way {}", way.id)
            });
            if position > 0 {
                piece.push(self.builder.add_vertex(location));
                self.flush(way, &mut piece, kind, flow);
            }
            piece.push(self.builder.add_vertex(location));
        }
        self.flush(way, &mut piece, kind, flow);
        if !whole {
            self.cuts
                .add(CutReason::MissingVertex, 0.0, || format!("way {}", way.id));
            self.findings
                .add(FindingCode::MissingVertex, || format!("way {}", way.id));
        }
    }

    fn flush(&mut self, way: &SeenWay, piece: &mut Vec<u32>, kind: WayKind, flow: Flow) {
        self.builder
            .add_way(way.id, piece, kind, flow, way.name.as_deref());
        piece.clear();
    }
}
