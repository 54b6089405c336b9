//! Areas: administrative boundaries put together from relations, and closed ways.

use geo_types::MultiPolygon;

use super::Selector;
use super::frames::OsmFile;
use super::objects::{Objects, OwnedTags, value};
use super::rings::{assemble, closed_way};
use crate::inputs::{AreasRead, InputError, Known, Reading};
use crate::language::words;
use crate::model::{Area, FindingCode, Findings};

/// Reads the areas that a selector matches: relations, then closed ways, ascending by id.
///
/// A boundary that the extract cuts is left out and named: closed by a guess, it would claim people of its neighbours.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_areas(file: &OsmFile<'_>, selector: &Selector) -> Result<AreasRead, InputError> {
    let objects = Objects::collect(file, &selector.keys(), |tags| selector.matches(tags))?;
    let mut findings = Findings::default();
    let mut areas = Vec::new();
    for relation in &objects.relations {
        let id = format!("relation/{}", relation.id);
        let name = name(&relation.tags, &id);
        match assemble(&objects, relation) {
            Some(shape) => areas.push(Area { id, name, shape }),
            None => findings.add(FindingCode::AreaNotClosed, || {
                words!("{name} ({id})", "{name}（{id}）")
            }),
        }
    }
    // The pieces of a boundary carry its tags too; only closed ways of their own are areas.
    for way in objects.ways.iter().filter(|way| !objects.is_member(way.id)) {
        if let Some(polygon) = closed_way(&objects, &way.refs) {
            let id = format!("way/{}", way.id);
            areas.push(Area {
                name: name(&way.tags, &id),
                id,
                shape: MultiPolygon(vec![polygon]),
            });
        }
    }
    let looked_at = areas.len() as u64 + findings.count(FindingCode::AreaNotClosed);
    Ok(AreasRead {
        areas,
        crs: Known::OPENSTREETMAP,
        reading: Reading {
            rows: looked_at,
            ..Reading::default()
        },
        findings,
    })
}

fn name(tags: &OwnedTags, id: &str) -> String {
    value(tags, "name").unwrap_or(id).to_owned()
}
