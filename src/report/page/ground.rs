//! The ground as a sheet of paper: whole units to the right and down from a corner.

use geo_types::Coord;

use crate::geometry::{Bounds, LocalMetres};

/// Metres that a unit of the map is long. Half of it is the rounding of what is drawn.
pub(super) const UNIT_M: f64 = 1.0;

/// The most metres that the sheet is wide and high: numbers in the page stay short, and in a picture of the whole world
/// nobody finds a street.
const MOST_M: f64 = 400_000.0;

/// From longitude and latitude to units of the map: equirectangular, true to scale in all directions at the middle latitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    metres: LocalMetres,
    corner: Coord<f64>,
    /// Width and height in units.
    pub(super) size: Coord<f64>,
}

impl Ground {
    /// The sheet that holds a box, with a margin of metres.
    pub(super) fn new(bounds: Bounds, margin_m: f64) -> Self {
        let metres = LocalMetres::at(f64::midpoint(bounds.min.y, bounds.max.y));
        let side =
            |degrees: f64, metres: f64| (degrees * metres + 2.0 * margin_m).min(MOST_M) / UNIT_M;
        // Near the poles a degree of longitude has no length to divide by.
        let east_m = metres.east_m.max(1.0);
        Self {
            metres,
            corner: Coord {
                x: bounds.min.x - margin_m / east_m,
                y: bounds.max.y + margin_m / metres.north_m,
            },
            size: Coord {
                x: side(bounds.max.x - bounds.min.x, metres.east_m),
                y: side(bounds.max.y - bounds.min.y, metres.north_m),
            },
        }
    }

    /// A place on the sheet, or beside it.
    pub(super) fn place(&self, place: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (place.x - self.corner.x) * self.metres.east_m / UNIT_M,
            y: (self.corner.y - place.y) * self.metres.north_m / UNIT_M,
        }
    }

    /// Whether a place of the sheet lies on it, or at most `beside` units off.
    pub(super) fn holds(&self, place: Coord<f64>, beside: f64) -> bool {
        let inside = |at: f64, size: f64| (-beside..=size + beside).contains(&at);
        inside(place.x, self.size.x) && inside(place.y, self.size.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    #[test]
    fn a_hundredth_of_a_degree_of_the_equator_is_1113_units_across() {
        let bounds = Bounds {
            min: coord! { x: 10.0, y: -0.01 },
            max: coord! { x: 10.01, y: 0.01 },
        };
        let ground = Ground::new(bounds, 0.0);
        assert!((ground.size.x - 1113.19).abs() < 0.01, "{ground:?}");
        assert!((ground.size.y - 2211.49).abs() < 0.01, "{ground:?}");
        let corner = ground.place(coord! { x: 10.0, y: 0.01 });
        assert_eq!((corner.x, corner.y), (0.0, 0.0));
        let south_east = ground.place(bounds_corner(bounds));
        assert!((south_east.x - ground.size.x).abs() < 1e-6);
        assert!((south_east.y - ground.size.y).abs() < 1e-6);
    }

    fn bounds_corner(bounds: Bounds) -> Coord<f64> {
        coord! { x: bounds.max.x, y: bounds.min.y }
    }
}
