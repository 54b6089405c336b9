//! Which ring lies in which: polygons with holes from rings in any order, turning either way, that may touch.
//!
//! Rings of one shape do not cross, so one is in another when a place inside it is, and a ring is ground or a hole by how
//! many rings are around it: an even number, or an odd one. Neither the first corner, which may lie on the other ring, nor
//! the way a ring turns nor what it is called decides.

use geo::{Area as _, InteriorPoint};
use geo_types::{Coord, LineString, Polygon};

/// The polygons of some rings, in the order of their outer rings; each hole in the smallest ring around it.
///
/// Rings that cross, or that are the same, are not in each other: each is ground of its own.
///
/// # Complexity
/// O(n log n) in the corners, and for each ring the number of sides at one latitude.
pub(super) fn polygons(rings: Vec<LineString<f64>>) -> Vec<Polygon<f64>> {
    if rings.len() < 2 {
        let alone = rings.into_iter();
        return alone.map(|ring| Polygon::new(ring, Vec::new())).collect();
    }
    let around = rings_around(&rings);
    let mut position = vec![None; rings.len()];
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    let mut holes = Vec::new();
    for (at, ring) in rings.into_iter().enumerate() {
        if around[at].count.is_multiple_of(2) {
            position[at] = Some(polygons.len());
            polygons.push(Polygon::new(ring, Vec::new()));
        } else if let Some(smallest) = around[at].smallest {
            holes.push((smallest, ring));
        }
    }
    for (smallest, hole) in holes {
        // The smallest ring around a hole is ground: one more ring is around the hole than around it.
        if let Some(polygon) = position[smallest].and_then(|at| polygons.get_mut(at)) {
            polygon.interiors_push(hole);
        }
    }
    polygons
}

/// The rings around one ring.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    count: usize,
    smallest: Option<usize>,
}

/// A side of a ring that does not run along a latitude, from south to north.
struct Side {
    south: Coord<f64>,
    north: Coord<f64>,
    ring: usize,
}

impl Side {
    /// Whether it is east of a place, at the place's latitude; its northern end is not of it, so that of two sides that meet
    /// at a corner one counts.
    fn is_east_of(&self, place: Coord<f64>) -> bool {
        let Self { south, north, .. } = self;
        let is_beside = south.y <= place.y && place.y < north.y;
        let part = (place.y - south.y) / (north.y - south.y);
        is_beside && south.x + part * (north.x - south.x) > place.x
    }
}

fn sides(rings: &[LineString<f64>]) -> Vec<Side> {
    let side = |ring: usize, from: Coord<f64>, to: Coord<f64>| {
        let (south, north) = if from.y < to.y {
            (from, to)
        } else {
            (to, from)
        };
        (south.y < north.y).then_some(Side { south, north, ring })
    };
    let of_ring = |(ring, line): (usize, &LineString<f64>)| {
        let closing = line.0.last().copied().zip(line.0.first().copied());
        let pairs = line.0.windows(2).map(|pair| (pair[0], pair[1]));
        let all = pairs.chain(closing);
        all.filter_map(|(from, to)| side(ring, from, to))
            .collect::<Vec<_>>()
    };
    let mut sides: Vec<Side> = rings.iter().enumerate().flat_map(of_ring).collect();
    sides.sort_by(|a, b| a.south.y.total_cmp(&b.south.y));
    sides
}

/// For each ring how many are around it. Places inside the rings are met from south to north, with the sides at their
/// latitude: a ring of which an odd number lies to the east holds the place.
fn rings_around(rings: &[LineString<f64>]) -> Vec<Around> {
    let area = |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).unsigned_area();
    let areas: Vec<f64> = rings.iter().map(area).collect();
    let inside = |ring: &LineString<f64>| {
        let place = Polygon::new(ring.clone(), Vec::new()).interior_point();
        place.map(Coord::from)
    };
    let places = rings.iter().map(inside).enumerate();
    let mut places: Vec<(usize, Coord<f64>)> = places
        .filter_map(|(ring, place)| Some((ring, place?)))
        .collect();
    places.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut around = vec![Around::default(); rings.len()];
    let mut coming = sides(rings).into_iter().peekable();
    let mut here: Vec<Side> = Vec::new();
    let mut crossed: Vec<usize> = Vec::new();
    for (ring, place) in places {
        here.retain(|side| side.north.y > place.y);
        here.extend(std::iter::from_fn(|| {
            coming.next_if(|side| side.south.y <= place.y)
        }));
        let east = here.iter().filter(|side| side.is_east_of(place));
        crossed.clear();
        crossed.extend(east.map(|side| side.ring));
        crossed.sort_unstable();
        let holders = crossed
            .chunk_by(|one, next| one == next)
            .filter(|sides| sides.len() % 2 == 1)
            .map(|sides| sides[0])
            .filter(|other| areas[*other] > areas[ring]);
        let found = &mut around[ring];
        for holder in holders {
            found.count += 1;
            let is_smaller = |known: usize| areas[holder] < areas[known];
            if found.smallest.is_none_or(is_smaller) {
                found.smallest = Some(holder);
            }
        }
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square from its lower left corner, turning left.
    fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
        let (east, north) = (x + side, y + side);
        vec![(x, y), (east, y), (east, north), (x, north), (x, y)].into()
    }

    fn turned(mut ring: LineString<f64>) -> LineString<f64> {
        ring.0.reverse();
        ring
    }

    /// The lower left corners of each polygon's rings.
    fn corners(rings: Vec<LineString<f64>>) -> Vec<Vec<(f64, f64)>> {
        let corner = |ring: &LineString<f64>| {
            let low = |a: f64, b: f64| a.min(b);
            let x = ring.0.iter().map(|at| at.x).fold(f64::MAX, low);
            (x, ring.0.iter().map(|at| at.y).fold(f64::MAX, low))
        };
        let of_polygon = |polygon: &Polygon<f64>| {
            let holes = polygon.interiors().iter().map(corner);
            std::iter::once(corner(polygon.exterior()))
                .chain(holes)
                .collect()
        };
        polygons(rings).iter().map(of_polygon).collect()
    }

    #[test]
    fn holes_may_touch_each_other_and_the_outer_ring() {
        // The second hole begins on the first, the third on the outer ring.
        let rings = [
            square(0.0, 0.0, 9.0),
            square(2.0, 2.0, 2.0),
            square(4.0, 2.0, 2.0),
            square(0.0, 7.0, 2.0),
        ];
        let expected = [[(0.0, 0.0), (2.0, 2.0), (4.0, 2.0), (0.0, 7.0)]];
        assert_eq!(corners(rings.to_vec()), expected);
        assert_eq!(corners(rings.map(turned).to_vec()), expected);
    }

    #[test]
    fn an_island_in_a_hole_is_ground_and_may_touch_it() {
        let rings = vec![
            square(2.0, 2.0, 3.0),
            square(2.0, 2.0, 1.0),
            square(0.0, 0.0, 9.0),
        ];
        assert_eq!(
            corners(rings),
            [vec![(2.0, 2.0)], vec![(0.0, 0.0), (2.0, 2.0)]]
        );
    }

    #[test]
    fn rings_beside_each_other_and_equal_rings_are_ground() {
        let rings = vec![
            square(0.0, 0.0, 1.0),
            turned(square(1.0, 0.0, 1.0)),
            square(0.0, 0.0, 1.0),
        ];
        assert_eq!(corners(rings).len(), 3);
    }
}
