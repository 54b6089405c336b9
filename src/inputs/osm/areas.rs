//! Areas: administrative boundaries put together from relations, and closed ways.

use geo_types::MultiPolygon;

use super::Selector;
use super::frames::OsmFile;
use super::objects::{Objects, OwnedTags, value};
use super::rings::{assemble, closed_way};
use crate::inputs::InputError;
use crate::model::{Area, FindingCode, Findings};

/// Reads the areas that a selector matches: relations, then closed ways, ascending by id.
///
/// A boundary that the extract cuts is closed by straight lines where little is missing, and left out where much is; both
/// are findings.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_areas(
    file: &OsmFile<'_>,
    selector: &Selector,
) -> Result<(Vec<Area>, Findings), InputError> {
    let objects = Objects::collect(file, |tags| selector.matches(tags))?;
    let mut findings = Findings::default();
    let mut areas = Vec::new();
    for relation in &objects.relations {
        let assembled = assemble(&objects, relation);
        let id = format!("relation/{}", relation.id);
        let name = name(&relation.tags, &id);
        if assembled.shape.0.is_empty() {
            findings.add(FindingCode::AreaNotClosed, || {
                format!("{name} ({id}) is left out")
            });
            continue;
        }
        if assembled.closed_m > 0.0 || assembled.lost > 0 {
            findings.add(FindingCode::AreaNotClosed, || {
                format!(
                    "{name} ({id}): {:.0} m closed, {} members missing",
                    assembled.closed_m, assembled.lost
                )
            });
        }
        areas.push(Area {
            id,
            name,
            shape: assembled.shape,
        });
    }
    // The pieces of a boundary carry its tags and are open; only closed ways are areas of their own.
    for way in &objects.ways {
        if let Some(polygon) = closed_way(&objects, &way.refs) {
            let id = format!("way/{}", way.id);
            areas.push(Area {
                name: name(&way.tags, &id),
                id,
                shape: MultiPolygon(vec![polygon]),
            });
        }
    }
    Ok((areas, findings))
}

fn name(tags: &OwnedTags, id: &str) -> String {
    value(tags, "name").unwrap_or(id).to_owned()
}
