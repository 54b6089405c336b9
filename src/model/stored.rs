//! Places and ground as they come back from where they were kept: only what a reader takes is taken.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::places::Place;
use crate::geometry::is_on_earth;

/// A place on the earth, or why there is none.
pub(super) fn place<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Place, D::Error> {
    let place = Place::deserialize(deserializer)?;
    place.iter().try_for_each(on_earth)?;
    Ok(place)
}

/// Ground on the earth; each of its rings is closed.
pub(super) fn ground<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<MultiPolygon<f64>, D::Error> {
    let ground = MultiPolygon::deserialize(deserializer)?;
    let rings = ground.iter().flat_map(rings);
    rings
        .flat_map(|ring| &ring.0)
        .try_for_each(on_earth::<D::Error>)?;
    // Polygons close their rings when they are made; these were not made.
    let closed = ground.into_iter().map(|polygon| {
        let (outer, inner) = polygon.into_inner();
        Polygon::new(outer, inner)
    });
    Ok(closed.collect())
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

fn on_earth<E: Error>(place: &Coord<f64>) -> Result<(), E> {
    if is_on_earth(*place) {
        Ok(())
    } else {
        let Coord { x, y } = place;
        let told = format!("longitude {x}, latitude {y} is not on the earth");
        Err(E::custom(told))
    }
}
