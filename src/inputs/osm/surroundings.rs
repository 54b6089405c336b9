//! What lies around the streets: water, the sea, and lines that nobody walks across.

use geo_types::{Coord, LineString, Polygon};

use super::block::Kinds;
use super::frames::OsmFile;
use super::objects::{Objects, Way, borrowed};
use super::rings::{assemble, closed_way};
use super::sea::sea;
use crate::geometry::Bounds;
use crate::inputs::InputError;
use crate::inputs::access::{self, Tags};
use crate::model::{Obstacle, ObstacleKind, Surroundings};

/// Keys of which all that is read here has one.
const KEYS: [&str; 5] = ["natural", "waterway", "landuse", "railway", "highway"];

fn has(tags: &[(&str, &str)], key: &str, values: &[&str]) -> bool {
    tags.iter()
        .any(|(name, value)| *name == key && values.contains(value))
}

/// Tags of water that has a surface in the open.
fn is_water(tags: &[(&str, &str)]) -> bool {
    let is_surface = has(tags, "natural", &["water"])
        || has(tags, "waterway", &["riverbank", "dock"])
        || has(tags, "landuse", &["reservoir", "basin"]);
    let is_hidden = has(tags, "tunnel", &["yes", "culvert", "flooded"])
        || has(tags, "covered", &["yes"])
        || has(tags, "intermittent", &["yes"]);
    is_surface && !is_hidden
}

/// The coast: a line with land on its left and the sea on its right.
fn is_coast(tags: &[(&str, &str)]) -> bool {
    has(tags, "natural", &["coastline"])
}

/// Roads that are fenced off where nobody may walk on them.
const FAST_ROADS: &[&str] = &["motorway", "motorway_link", "trunk", "trunk_link"];

/// What of the tags' line nobody walks across; `None` also for what is not on the level.
fn obstacle(tags: &[(&str, &str)]) -> Option<ObstacleKind> {
    let is_road = has(tags, "highway", FAST_ROADS)
        || (has(tags, "motorroad", &["yes"]) && Tags(tags).get("highway").is_some());
    let kind = if is_road && access::walkable(Tags(tags)).is_err() {
        ObstacleKind::Motorway
    } else if has(
        tags,
        "railway",
        &["rail", "light_rail", "subway", "narrow_gauge"],
    ) {
        ObstacleKind::Railway
    } else if has(tags, "waterway", &["river", "canal"]) {
        ObstacleKind::River
    } else {
        return None;
    };
    is_on_the_level(tags).then_some(kind)
}

fn is_on_the_level(tags: &[(&str, &str)]) -> bool {
    let is_there = |key: &str| Tags(tags).get(key).is_some_and(|value| value != "no");
    let layer = Tags(tags).get("layer").and_then(|layer| layer.parse().ok());
    let is_below = layer.is_some_and(|layer: i32| layer < 0);
    !(is_there("bridge") || is_there("tunnel") || is_there("covered") || is_below)
}

/// What a file has around its streets, while it is not known where these are.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    known: Surroundings,
    /// Pieces of the coast: the ids at their ends, and their lines.
    coast: Vec<([i64; 2], LineString<f64>)>,
}

impl Around {
    /// What lies around the streets in this box: the sea is drawn within it.
    #[must_use]
    pub(crate) fn streets(self, bounds: Option<Bounds>) -> Surroundings {
        let Self { mut known, coast } = self;
        if let Some(bounds) = bounds {
            known.water.extend(sea(&coast, bounds));
        }
        known
    }
}

/// Reads the rivers, lakes and basins of a file (relations, then closed ways, ascending by id), the coast, and the lines that
/// nobody walks across. Water that the extract cuts is left out.
///
/// # Errors
/// [`InputError::Malformed`] naming the blob.
pub(crate) fn read_around(file: &OsmFile<'_>) -> Result<Around, InputError> {
    let objects = Objects::collect(file, Kinds::WAYS_AND_RELATIONS, &KEYS, |tags| {
        is_water(tags) || is_coast(tags) || obstacle(tags).is_some()
    })?;
    let relations = objects.relations.iter();
    let mut water: Vec<Polygon<f64>> = relations
        .filter(|relation| is_water(&borrowed(&relation.tags)))
        .filter_map(|relation| assemble(&objects, relation))
        .flatten()
        .collect();
    let (mut coast, mut obstacles) = (Vec::new(), Vec::new());
    for way in &objects.ways {
        let tags = borrowed(&way.tags);
        if is_coast(&tags) {
            coast.extend(pieces(&objects, way).map(|(refs, line)| (refs, LineString::new(line))));
        }
        if let Some(kind) = obstacle(&tags) {
            obstacles.extend(pieces(&objects, way).map(|(_, line)| Obstacle {
                kind,
                way: way.id,
                line,
            }));
        }
        // The pieces of a relation may carry its tags too.
        if is_water(&tags) && !objects.is_member(way.id) {
            water.extend(closed_way(&objects, &way.refs));
        }
    }
    let known = Surroundings {
        water,
        obstacles,
        extent: file.extent(),
        cut_at: Vec::new(),
    };
    Ok(Around { known, coast })
}

/// The pieces of a way whose nodes the file holds: the ids at their ends, and their places.
fn pieces<'a>(
    objects: &'a Objects,
    way: &'a Way,
) -> impl Iterator<Item = ([i64; 2], Vec<Coord<f64>>)> + 'a {
    let places: Vec<(i64, Option<Coord<f64>>)> = way
        .refs
        .iter()
        .map(|node| (*node, objects.place(*node)))
        .collect();
    let known = places.split(|(_, place)| place.is_none());
    let pieces: Vec<_> = known
        .filter(|piece| piece.len() > 1)
        .map(|piece| {
            let line = piece.iter().filter_map(|(_, place)| *place).collect();
            ([piece[0].0, piece[piece.len() - 1].0], line)
        })
        .collect();
    pieces.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_roads_rails_and_rivers_on_the_level_are_obstacles() {
        use ObstacleKind::{Motorway, Railway, River};
        type Tagged<'a> = (&'a [(&'a str, &'a str)], Option<ObstacleKind>);
        let cases: &[Tagged<'_>] = &[
            (&[("highway", "motorway")], Some(Motorway)),
            (&[("highway", "motorway"), ("foot", "yes")], None),
            (&[("highway", "trunk")], None),
            (&[("highway", "trunk"), ("foot", "no")], Some(Motorway)),
            (
                &[("highway", "primary"), ("motorroad", "yes")],
                Some(Motorway),
            ),
            (&[("highway", "primary"), ("foot", "no")], None),
            (&[("highway", "motorway"), ("bridge", "yes")], None),
            (&[("railway", "rail")], Some(Railway)),
            (&[("railway", "subway"), ("layer", "-2")], None),
            (&[("railway", "light_rail"), ("tunnel", "yes")], None),
            (&[("railway", "rail"), ("tunnel", "no")], Some(Railway)),
            (&[("railway", "tram")], None),
            (&[("railway", "platform")], None),
            (&[("waterway", "river")], Some(River)),
            (&[("waterway", "canal"), ("tunnel", "culvert")], None),
            (&[("waterway", "stream")], None),
        ];
        for (tags, expected) in cases {
            assert_eq!(obstacle(tags), *expected, "{tags:?}");
        }
    }
}
