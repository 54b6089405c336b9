//! Places in the order of a Hilbert curve: what is near on the ground is near in memory.

use crate::geometry::Location;

/// Bits of the curve's position on each axis: cells of a city a few metres across.
const BITS: u32 = 16;

/// A square on the ground, divided by a Hilbert curve into 2¹⁶ × 2¹⁶ cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    west: i64,
    south: i64,
    /// The length of its side, and one more.
    side: i64,
}

impl Curve {
    /// The curve over all of these places.
    pub(super) fn over(places: impl Iterator<Item = Location>) -> Self {
        let (mut low, mut high) = ([i32::MAX; 2], [i32::MIN; 2]);
        for Location { lon_e7, lat_e7 } in places {
            low = [low[0].min(lon_e7), low[1].min(lat_e7)];
            high = [high[0].max(lon_e7), high[1].max(lat_e7)];
        }
        let span = |axis: usize| i64::from(high[axis]) - i64::from(low[axis]);
        Self {
            west: i64::from(low[0]),
            south: i64::from(low[1]),
            side: span(0).max(span(1)).max(0) + 1,
        }
    }

    /// How far along the curve a place is.
    ///
    /// # Source
    /// The turning of the quadrants: Hilbert, *Über die stetige Abbildung einer Linie auf ein Flächenstück* (1891).
    pub(super) fn position(self, place: Location) -> u32 {
        let cell = |at: i32, from: i64| (((i64::from(at) - from) << BITS) / self.side) as u32;
        let (mut x, mut y) = (
            cell(place.lon_e7, self.west),
            cell(place.lat_e7, self.south),
        );
        let mut position = 0;
        for bit in (0..BITS).rev() {
            let (right, top) = ((x >> bit) & 1, (y >> bit) & 1);
            position = (position << 2) | ((3 * right) ^ top);
            if top == 0 {
                if right == 1 {
                    let all = (1 << BITS) - 1;
                    (x, y) = (all - x, all - y);
                }
                (x, y) = (y, x);
            }
        }
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_steps_from_each_cell_to_one_beside_it() {
        // Sixteen by sixteen places: the curve over them visits each once, and always steps to a neighbour.
        let places: Vec<Location> = (0..256)
            .map(|index| Location {
                lon_e7: index % 16,
                lat_e7: index / 16,
            })
            .collect();
        let curve = Curve::over(places.iter().copied());
        let mut visited = places.clone();
        visited.sort_by_key(|place| curve.position(*place));
        for pair in visited.windows(2) {
            let step =
                (pair[0].lon_e7 - pair[1].lon_e7).abs() + (pair[0].lat_e7 - pair[1].lat_e7).abs();
            assert_eq!(step, 1, "{pair:?}");
        }
    }

    #[test]
    fn places_all_over_the_earth_and_one_place_alone_have_positions() {
        let far = [(-1_800_000_000, -900_000_000), (1_800_000_000, 900_000_000)];
        let far = far.map(|(lon_e7, lat_e7)| Location { lon_e7, lat_e7 });
        let curve = Curve::over(far.into_iter());
        assert_ne!(curve.position(far[0]), curve.position(far[1]));
        assert_eq!(Curve::over(far[..1].iter().copied()).position(far[0]), 0);
        let _ = Curve::over(std::iter::empty());
    }
}
