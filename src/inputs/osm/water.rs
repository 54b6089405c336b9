//! Water: where nobody stands.

use geo_types::Polygon;

use super::frames::OsmFile;
use super::objects::Objects;
use super::rings::{assemble, closed_way};
use crate::inputs::InputError;

/// Keys of which all water has one: see [`is_water`].
const WATER_KEYS: [&str; 3] = ["natural", "waterway", "landuse"];

/// Tags of water that has a surface in the open.
fn is_water(tags: &[(&str, &str)]) -> bool {
    let has = |key: &str, values: &[&str]| {
        tags.iter()
            .any(|(name, value)| *name == key && values.contains(value))
    };
    let is_surface = has("natural", &["water"])
        || has("waterway", &["riverbank", "dock"])
        || has("landuse", &["reservoir", "basin"]);
    let is_hidden = has("tunnel", &["yes", "culvert", "flooded"])
        || has("covered", &["yes"])
        || has("intermittent", &["yes"]);
    is_surface && !is_hidden
}

/// Reads the rivers, lakes and basins of a file: relations, then closed ways, ascending by id. Water that the extract cuts
/// is left out, as is the sea, of which the map has the coast only.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub fn read_water(file: &OsmFile<'_>) -> Result<Vec<Polygon<f64>>, InputError> {
    let objects = Objects::collect(file, &WATER_KEYS, is_water)?;
    let relations = objects.relations.iter();
    let mut water: Vec<Polygon<f64>> = relations
        .filter_map(|relation| assemble(&objects, relation))
        .flatten()
        .collect();
    // The pieces of a relation may carry its tags too.
    let ways = objects.ways.iter().filter(|way| !objects.is_member(way.id));
    water.extend(ways.filter_map(|way| closed_way(&objects, &way.refs)));
    Ok(water)
}
