//! Points that a selector matches: nodes, and the representative points of ways and multipolygons.

use std::collections::BTreeSet;

use geo_types::{Coord, MultiPolygon};

use super::Selector;
use super::block::Kinds;
use super::frames::OsmFile;
use super::objects::{Objects, OwnedTags, Way, borrowed, value};
use super::rings::{assemble, closed_way, interior};
use crate::geometry::Location;
#[cfg(feature = "text")]
use crate::inputs::ReadOptions;
use crate::inputs::access::{self, Barrier, Tags};
use crate::inputs::service_hours::{ServiceHours, role_of, service_of};
use crate::inputs::{InputError, Known, KnownBy, PointRecord, PointRecords, Reading, TakenColumn};
use crate::model::{Attribute, AttributeWriter, Attributes, Fault, FindingCode, Findings};
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
    read(file, selector, HoursKept::None)
}

/// The same of stations, whose hours are kept as they are asked for.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
#[cfg(all(feature = "text", feature = "geojson", feature = "csv"))]
pub(crate) fn read_stations(
    file: &OsmFile<'_>,
    selector: &Selector,
    options: &ReadOptions,
) -> Result<PointRecords, InputError> {
    let key = Attribute::OpeningHours.key();
    let mut kept = options.kept.iter();
    let keeps_own = kept.any(|kept| kept.key() == key);
    let hours = match (keeps_own, options.keeps_service_hours) {
        (false, _) => HoursKept::None,
        (true, false) => HoursKept::Own,
        (true, true) => HoursKept::OfServicesToo,
    };
    read(file, selector, hours)
}

fn read(
    file: &OsmFile<'_>,
    selector: &Selector,
    hours: HoursKept,
) -> Result<PointRecords, InputError> {
    select(file, selector, hours, |findings, kind, id, tags| {
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
    select(
        file,
        selector,
        HoursKept::None,
        |findings, kind, id, tags| {
            let is_shut = access::barrier(Tags(&borrowed(tags))) == Barrier::Shut;
            if is_shut {
                findings.add(FindingCode::GateShut, || {
                    Words::place(&format!("{kind} {id}"))
                });
            }
            !is_shut
        },
    )
}

/// The points of the objects that a selector matches and that `is_taken` takes, which is told their kinds, ids and tags.
fn select(
    file: &OsmFile<'_>,
    selector: &Selector,
    hours: HoursKept,
    is_taken: impl Fn(&mut Findings, &str, i64, &OwnedTags) -> bool,
) -> Result<PointRecords, InputError> {
    let objects = Objects::collect(file, Kinds::ALL, &selector.keys(), |tags| {
        selector.matches(tags)
    })?;
    let mut selection = Selection::new(file, hours);
    selection.add_all(&objects, is_taken);
    Ok(selection.finish())
}

/// Which tags of opening hours are kept beside points.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "text"),
    expect(dead_code, reason = "columns are kept of what is read beside tables")
)]
enum HoursKept {
    None,
    /// `opening_hours`.
    Own,
    /// `opening_hours:canteen` and its like as well.
    OfServicesToo,
}

/// The points of the objects that are taken.
struct Selection<'a> {
    file: &'a str,
    rows: u64,
    records: Vec<PointRecord>,
    hours: HoursKept,
    /// By record the tag `opening_hours`, where it is kept.
    own_hours: AttributeWriter,
    service_hours: ServiceHours,
    /// The tags of hours that were kept, in their order.
    taken: BTreeSet<String>,
    findings: Findings,
}

impl<'a> Selection<'a> {
    fn new(file: &'a OsmFile<'_>, hours: HoursKept) -> Self {
        Self {
            file: file.source().name(),
            rows: 0,
            records: Vec::new(),
            hours,
            own_hours: AttributeWriter::default(),
            service_hours: ServiceHours::default(),
            taken: BTreeSet::new(),
            findings: Findings::default(),
        }
    }

    /// Keeps the hours of the next record.
    fn keep_hours(&mut self, tags: &OwnedTags, source: &str) {
        if self.hours == HoursKept::None {
            return;
        }
        let key = Attribute::OpeningHours.key();
        let own = value(tags, key);
        self.own_hours.push(own);
        self.taken.extend(own.map(|_| key.to_owned()));
        if self.hours == HoursKept::OfServicesToo {
            for (key, text) in tags {
                if let Some(service) = service_of(key) {
                    let record = self.records.len();
                    self.service_hours.add(&service, record, text, source);
                    self.taken.insert(key.clone());
                }
            }
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
                let source = format!("{} {kind} {id}", self.file);
                self.keep_hours(tags, &source);
                self.records.push(PointRecord {
                    id: Some(format!("{kind}/{id}")),
                    name: value(tags, "name").map(str::to_owned),
                    xy: place
                        .map(|place| (place.x, place.y))
                        .ok_or(Fault::NoCoordinate),
                    people: Ok(None),
                    source,
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
        let (mut columns, found) = self.service_hours.finish(self.records.len());
        if self.hours != HoursKept::None {
            let key = Attribute::OpeningHours.key().to_owned();
            columns.insert(0, (key, self.own_hours.finish()));
        }
        let attributes = match self.hours {
            HoursKept::None => Attributes::default(),
            _ => Attributes::new(self.records.len(), columns),
        };
        let taken = self.taken.into_iter().map(|column| TakenColumn {
            role: service_of(&column).map_or_else(|| column.clone(), |service| role_of(&service)),
            column,
            by: KnownBy::Name,
        });
        let mut findings = self.findings;
        findings.extend(found);
        PointRecords {
            reading: Reading {
                rows: self.rows,
                taken: taken.collect(),
                ..Reading::default()
            },
            records: self.records,
            attributes,
            findings,
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
