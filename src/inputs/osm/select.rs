//! Points that a selector matches: nodes, and the representative points of ways and multipolygons.

use geo_types::{Coord, MultiPolygon};

use super::Selector;
use super::frames::OsmFile;
use super::objects::{Objects, Way, value};
use super::rings::{assemble, closed_way, interior};
use crate::geometry::Location;
use crate::inputs::{InputError, Known, PointRecord, PointRecords, Reading};
use crate::model::Fault;

/// Reads the objects that a selector matches as points: nodes, ways, multipolygons, each ascending by id. A closed way and
/// a multipolygon stand at a point inside, an open way at its middle vertex.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_points(file: &OsmFile<'_>, selector: &Selector) -> Result<PointRecords, InputError> {
    let objects = Objects::collect(file, &selector.keys(), |tags| selector.matches(tags))?;
    let record = |kind: &str, id: i64, name: Option<&str>, place: Option<Coord<f64>>| PointRecord {
        id: Some(format!("{kind}/{id}")),
        name: name.map(str::to_owned),
        xy: place
            .map(|place| (place.x, place.y))
            .ok_or(Fault::NoCoordinate),
        people: Ok(None),
        source: format!("{} {kind} {id}", file.source().name()),
    };
    let nodes = objects.nodes.iter().map(|node| {
        let place = node.location.map(Location::degrees);
        record("node", node.id, node.name.as_deref(), place)
    });
    let ways = objects.ways.iter().map(|way| {
        let name = value(&way.tags, "name");
        record("way", way.id, name, way_point(&objects, way))
    });
    let relations = objects.relations.iter().map(|relation| {
        record(
            "relation",
            relation.id,
            value(&relation.tags, "name"),
            assemble(&objects, relation).and_then(|shape| interior(&shape)),
        )
    });
    let records: Vec<PointRecord> = nodes.chain(ways).chain(relations).collect();
    Ok(PointRecords {
        reading: Reading {
            rows: records.len() as u64,
            ..Reading::default()
        },
        records,
        has_ids: true,
        crs: Some(Known::OPENSTREETMAP),
        ..PointRecords::default()
    })
}

fn way_point(objects: &Objects, way: &Way) -> Option<Coord<f64>> {
    closed_way(objects, &way.refs)
        // An outline without ground has no inside.
        .and_then(|polygon| interior(&MultiPolygon(vec![polygon])))
        .or_else(|| objects.place(*way.refs.get(way.refs.len() / 2)?))
}
