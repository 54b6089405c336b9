//! Points that a selector matches: nodes, and the representative points of ways and multipolygons.

use geo_types::{Coord, MultiPolygon};

use super::Selector;
use super::block::Kinds;
use super::frames::OsmFile;
use super::objects::{Objects, OwnedTags, Way, borrowed, value};
use super::rings::{assemble, closed_way, interior};
use crate::geometry::Location;
use crate::inputs::access::{self, Barrier, Tags};
use crate::inputs::{InputError, Known, PointRecord, PointRecords, Reading};
use crate::model::{Fault, FindingCode, Findings};
use crate::text::language::{Words, place_zh, words};

/// Keys of which any value, or one of these, says that something is no longer there, not yet, or not in use. `start_date` is
/// not among them: it is mostly that of an old building.
const CLOSED: [(&str, &[&str]); 7] = [
    ("disused", &["yes"]),
    ("abandoned", &["yes"]),
    ("demolished", &["yes"]),
    ("proposed", &["yes"]),
    ("opening_hours", &["off", "closed"]),
    (
        "operational_status",
        &["closed", "closed_permanently", "out_of_order"],
    ),
    ("end_date", &[]),
];

/// The first tag that may say that an object is closed: which day is meant by a date is not asked.
fn closing(tags: &OwnedTags) -> Option<(&'static str, &str)> {
    let mut keys = CLOSED.into_iter();
    keys.find_map(|(key, values)| {
        let said = value(tags, key)?;
        let is_any = |known: &&str| known.eq_ignore_ascii_case(said.trim());
        (values.is_empty() || values.iter().any(is_any)).then_some((key, said))
    })
}

/// Reads the objects that a selector matches as points: nodes, ways, multipolygons, each ascending by id. A closed way and
/// a multipolygon stand at a point inside, an open way at its middle vertex. Those whose tags say that they are closed are taken
/// and counted.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_points(file: &OsmFile<'_>, selector: &Selector) -> Result<PointRecords, InputError> {
    select(file, selector, |findings, kind, id, tags| {
        if let Some((key, value)) = closing(tags) {
            findings.add(FindingCode::TaggedClosed, || {
                let place = format!("{kind} {id}");
                let place_zh = place_zh(&place);
                words!("{place}: {key}={value}", "{place_zh}：{key}={value}")
            });
        }
        true
    })
}

/// The same of gates. Those that nobody passes, since they are locked or `foot` or `access` says no, are left out and counted.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub(crate) fn read_gates(
    file: &OsmFile<'_>,
    selector: &Selector,
) -> Result<PointRecords, InputError> {
    select(file, selector, |findings, kind, id, tags| {
        let is_shut = access::barrier(Tags(&borrowed(tags))) == Barrier::Shut;
        if is_shut {
            findings.add(FindingCode::GateShut, || {
                Words::place(&format!("{kind} {id}"))
            });
        }
        !is_shut
    })
}

/// The points of the objects that a selector matches and that `is_taken` takes, which is told their kinds, ids and tags.
fn select(
    file: &OsmFile<'_>,
    selector: &Selector,
    is_taken: impl Fn(&mut Findings, &str, i64, &OwnedTags) -> bool,
) -> Result<PointRecords, InputError> {
    let objects = Objects::collect(file, Kinds::ALL, &selector.keys(), |tags| {
        selector.matches(tags)
    })?;
    let mut selection = Selection::new(file);
    selection.add_all(&objects, is_taken);
    Ok(selection.finish())
}

/// The points of the objects that are taken.
struct Selection<'a> {
    file: &'a str,
    rows: u64,
    records: Vec<PointRecord>,
    findings: Findings,
}

impl<'a> Selection<'a> {
    fn new(file: &'a OsmFile<'_>) -> Self {
        Self {
            file: file.source().name(),
            rows: 0,
            records: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// Adds the objects that `is_taken` takes.
    fn add_all(
        &mut self,
        objects: &Objects,
        is_taken: impl Fn(&mut Findings, &str, i64, &OwnedTags) -> bool,
    ) {
        let mut add = |kind: &str, id, tags: &OwnedTags, place: Option<Coord<f64>>| {
            self.rows += 1;
            if is_taken(&mut self.findings, kind, id, tags) {
                self.records.push(PointRecord {
                    id: Some(format!("{kind}/{id}")),
                    name: value(tags, "name").map(str::to_owned),
                    xy: place
                        .map(|place| (place.x, place.y))
                        .ok_or(Fault::NoCoordinate),
                    people: Ok(None),
                    source: format!("{} {kind} {id}", self.file),
                });
            }
        };
        for node in &objects.nodes {
            let place = node.location.map(Location::degrees);
            add("node", node.id, &node.tags, place);
        }
        for way in &objects.ways {
            add("way", way.id, &way.tags, way_point(objects, way));
        }
        for relation in &objects.relations {
            let place = assemble(objects, relation).and_then(|shape| interior(&shape));
            add("relation", relation.id, &relation.tags, place);
        }
    }

    fn finish(self) -> PointRecords {
        PointRecords {
            reading: Reading {
                rows: self.rows,
                ..Reading::default()
            },
            records: self.records,
            findings: self.findings,
            has_ids: true,
            crs: Some(Known::OPENSTREETMAP),
            ..PointRecords::default()
        }
    }
}

fn way_point(objects: &Objects, way: &Way) -> Option<Coord<f64>> {
    closed_way(objects, &way.refs)
        // An outline without ground has no inside.
        .and_then(|polygon| interior(&MultiPolygon(vec![polygon])))
        .or_else(|| objects.place(*way.refs.get(way.refs.len() / 2)?))
}
