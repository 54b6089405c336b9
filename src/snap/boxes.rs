//! Boxes of segments on the grid of 10⁻⁷ degrees, and their order along a Hilbert curve.

use geo_types::Coord;

use crate::geometry::{LocalMetres, Location, hilbert};

/// A box in 10⁻⁷ degrees; its east may lie beyond 180° where a segment crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Box7 {
    pub(super) west: i32,
    pub(super) south: i32,
    pub(super) east: i32,
    pub(super) north: i32,
}

impl Box7 {
    pub(super) const NOTHING: Box7 = Box7 {
        west: i32::MAX,
        south: i32::MAX,
        east: i32::MIN,
        north: i32::MIN,
    };

    pub(super) fn from_segment(a: Location, b: Location) -> Self {
        let (mut west, mut east) = (a.lon_e7.min(b.lon_e7), a.lon_e7.max(b.lon_e7));
        // The short way round: a span of more than half the earth crosses the antimeridian. The eastern end moves
        // beyond 180°; one at more than 214° would not fit 32 bits, and stays as far east as fits.
        if i64::from(east) - i64::from(west) > 1_800_000_000 {
            (west, east) = (
                east,
                i32::try_from(i64::from(west) + 3_600_000_000).unwrap_or(i32::MAX),
            );
        }
        Self {
            west,
            south: a.lat_e7.min(b.lat_e7),
            east,
            north: a.lat_e7.max(b.lat_e7),
        }
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// How far along a Hilbert curve through `ground`, of 2¹⁶ by 2¹⁶ squares, the middle of the box is.
    pub(super) fn hilbert(self, ground: Box7) -> u32 {
        let square = |low: i32, high: i32, (from, to): (i32, i32)| {
            let middle = i64::midpoint(low.into(), high.into()) - i64::from(from);
            let span = (i64::from(to) - i64::from(from)).max(1);
            (middle * 0xFFFF / span) as u32
        };
        hilbert(
            square(self.west, self.east, (ground.west, ground.east)),
            square(self.south, self.north, (ground.south, ground.north)),
        )
    }
}

/// A place as boxes are measured from it: on their grid, so that nothing is divided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Viewpoint {
    lon_e7: f64,
    lat_e7: f64,
    east_m: f64,
    north_m: f64,
}

/// A hundredth of the grid: a tenth of a millimetre, a thousand times what rounding can make of a longitude.
const ROUNDING_E7: f64 = 0.01;
/// Once around the earth.
const TURN_E7: f64 = 3.6e9;

impl Viewpoint {
    pub(super) fn new(place: Coord<f64>, metres: LocalMetres) -> Self {
        Self {
            lon_e7: place.x * 1e7,
            lat_e7: place.y * 1e7,
            east_m: metres.east_m / 1e7,
            north_m: metres.north_m / 1e7,
        }
    }

    /// A lower bound for the square of the distance to everything in a box.
    pub(super) fn distance_2(self, bounds: Box7) -> f64 {
        let gap = |low: i32, high: i32, at: f64| {
            let gap = (f64::from(low) - at).max(at - f64::from(high));
            (gap - ROUNDING_E7).max(0.0)
        };
        let east = gap(bounds.west, bounds.east, self.lon_e7) * self.east_m;
        let north = gap(bounds.south, bounds.north, self.lat_e7) * self.north_m;
        east * east + north * north
    }

    /// The vector to a location in metres east and north, but for rounding, and whichever way round the earth is given.
    #[inline]
    pub(super) fn vector(self, to: Location) -> (f64, f64) {
        (
            (f64::from(to.lon_e7) - self.lon_e7) * self.east_m,
            (f64::from(to.lat_e7) - self.lat_e7) * self.north_m,
        )
    }

    /// The same, also across the antimeridian.
    pub(super) fn distance_2_around(self, bounds: Box7) -> f64 {
        let turned = [-TURN_E7, 0.0, TURN_E7].map(|turn| Self {
            lon_e7: self.lon_e7 + turn,
            ..self
        });
        turned
            .map(|place| place.distance_2(bounds))
            .into_iter()
            .fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_goes_from_square_to_neighbour_and_visits_each_once() {
        // The last 2⁸ squares by 2⁸ of the curve, sorted by their position: each touches the one before by a side.
        let corner = 0xFF00;
        let mut squares: Vec<(u32, u32, u32)> = (0..256 * 256)
            .map(|index| (corner + index / 256, corner + index % 256))
            .map(|(x, y)| (hilbert(x, y), x, y))
            .collect();
        squares.sort_unstable();
        for pair in squares.windows(2) {
            let ((one, x, y), (next, next_x, next_y)) = (pair[0], pair[1]);
            assert_eq!(next, one + 1);
            assert_eq!(x.abs_diff(next_x) + y.abs_diff(next_y), 1);
        }
    }

    #[test]
    fn the_bound_is_below_the_distance_to_the_corner() {
        let place = Coord { x: 9.5, y: 47.1 };
        let metres = LocalMetres::at(place.y);
        let at = |lon_e7, lat_e7| Location { lon_e7, lat_e7 };
        let bounds = Box7::from_segment(at(95_010_000, 471_020_000), at(95_030_000, 471_050_000));
        // The nearest corner is 0.001° east and 0.002° north.
        let exact_2 = (0.001 * metres.east_m).powi(2) + (0.002 * metres.north_m).powi(2);
        let bound_2 = Viewpoint::new(place, metres).distance_2(bounds);
        assert!(bound_2 <= exact_2 && bound_2 > exact_2 * 0.99999);
        assert_eq!(
            Viewpoint::new(place, metres).distance_2_around(bounds),
            bound_2
        );
    }
}
