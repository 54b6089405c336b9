//! Coordinates that are the other way round than their columns say.

use geo_types::Coord;

use super::asked::AskedLayer;
use crate::crs::Converter;
use crate::geometry::Bounds;
use crate::inputs::{InputError, PointRecords};
use crate::model::{Fault, Place};

/// Beyond this a number is no degree: the coordinates are metres.
pub(super) const MOST_DEGREES: f64 = 360.0;

/// So far from the box around the streets a place is still beside them, in metres.
const BESIDE_M: f64 = 1000.0;

/// Whether the columns of a table in metres are the other way round than their names say: hardly a record lies on the
/// network's ground as they are, and most do when they are turned.
pub(super) fn northing_is_first(
    points: &PointRecords,
    converter: &Converter,
    ground: Option<Bounds>,
) -> bool {
    let Some(ground) = ground else { return false };
    // Who lives beside the last street is on the ground too.
    let ground = ground.grown(BESIDE_M);
    let xy = || {
        points
            .records
            .iter()
            .filter_map(|record| record.xy.as_ref().ok())
    };
    // Columns of degrees say which is which; a cell with both does not.
    let in_metres = |(x, y): &&(f64, f64)| x.abs() > MOST_DEGREES && y.abs() > MOST_DEGREES;
    let count = xy()
        .filter(|at| points.pair_in_cell || in_metres(at))
        .count();
    let on_ground = |x: f64, y: f64| {
        converter
            .place(x, y)
            .is_ok_and(|place| ground.contains(place))
    };
    let as_given = xy().filter(|(x, y)| on_ground(*x, *y)).count();
    let turned = xy().filter(|(x, y)| on_ground(*y, *x)).count();
    count > 0 && 2 * turned > count && is_hardly_any(as_given, count)
}

pub(super) fn turn(points: &mut PointRecords) {
    for record in &mut points.records {
        if let Ok((x, y)) = &mut record.xy {
            std::mem::swap(x, y);
        }
    }
}

/// As many of a layer's places meet the network by chance, at most, where they are written in another way than they are read.
const CHANCE: f64 = 0.05;

/// Whether so few of so many meet the network that it may be by chance.
pub(super) fn is_hardly_any(there: usize, total: usize) -> bool {
    there as f64 <= CHANCE * total as f64
}

/// Longitude and latitude are swapped where a layer's box misses the network's and would meet it the other way round, or,
/// so that a few wild records hide nothing, where most places would lie on the network's ground the other way round and
/// hardly any do as given.
pub(super) fn check_axes(
    ground: Bounds,
    asked: AskedLayer<'_>,
    places: impl Iterator<Item = Option<Coord<f64>>>,
) -> Result<(), InputError> {
    let places: Vec<Coord<f64>> = places.flatten().collect();
    let Some(bounds) = Bounds::around(places.iter().copied()) else {
        return Ok(());
    };
    let turned = |place: &Coord<f64>| Coord {
        x: place.y,
        y: place.x,
    };
    let boxes_say_so = !bounds.meets(&ground) && bounds.swapped().meets(&ground);
    let as_given = places.iter().filter(|at| ground.contains(**at)).count();
    let swapped = places
        .iter()
        .filter(|at| ground.contains(turned(at)))
        .count();
    let most_say_so = 2 * swapped > places.len() && is_hardly_any(as_given, places.len());
    if boxes_say_so || most_say_so {
        return Err(InputError::Swapped {
            layer: asked.kind.words(),
            source_name: asked.spec.name(),
        });
    }
    Ok(())
}

/// A record's coordinate as it stands in the file: a longitude in the place of a latitude may be off the earth.
pub(super) fn swappable(place: &Place) -> Option<Coord<f64>> {
    match place {
        Ok(place) => Some(*place),
        Err(Fault::OffTheEarth { lon, lat }) if lon.abs() <= 90.0 && lat.abs() <= 180.0 => {
            Some(Coord { x: *lon, y: *lat })
        }
        Err(_) => None,
    }
}
