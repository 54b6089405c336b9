//! Which places along a parallel lie in a polygon: one look at each of its edges for all of them, and the same answer as
//! asking place by place.

use geo::GeoNum;
use geo::kernels::{Kernel, Orientation};
use geo_types::{Coord, Line, LineString, Polygon};

/// Where the places of a row stand to a ring.
struct Ring {
    /// By place, what the winding number changes by between the one before it and it; counted from the east.
    turns: Vec<i32>,
    is_on: Vec<bool>,
}

/// Places on one parallel, from west to east.
pub(super) struct Row<'a> {
    pub(super) y: f64,
    pub(super) x: &'a [f64],
}

impl Row<'_> {
    /// Marks the places that lie in the polygon or on its boundary.
    ///
    /// # Complexity
    /// O(v + k log n) for a polygon of v vertices of which k edges cross the parallel, and n places.
    pub(super) fn mark(&self, polygon: &Polygon<f64>, is_in: &mut [bool]) {
        let outside = self.positions(polygon.exterior());
        let holes: Vec<Vec<Position>> = polygon
            .interiors()
            .iter()
            .map(|hole| self.positions(hole))
            .collect();
        for (place, is_in) in is_in.iter_mut().enumerate() {
            *is_in |= match outside.get(place) {
                None | Some(Position::Outside) => false,
                Some(Position::OnBoundary) => true,
                Some(Position::Inside) => {
                    // The first hole that it is not outside of decides.
                    let mut in_holes = holes.iter().filter_map(|hole| hole.get(place));
                    in_holes.find(|position| **position != Position::Outside)
                        != Some(&Position::Inside)
                }
            };
        }
    }

    /// Of every place; none where no place is in the ring or on it.
    fn positions(&self, ring: &LineString<f64>) -> Vec<Position> {
        let mut found: Option<Ring> = None;
        // A ring of one point has no line, and holds itself.
        let point = match ring.0.as_slice() {
            [point] => Some(Line::new(*point, *point)),
            _ => None,
        };
        for line in ring.lines().chain(point) {
            let (low, high) = if line.start.y <= line.end.y {
                (line.start.y, line.end.y)
            } else {
                (line.end.y, line.start.y)
            };
            if low <= self.y && self.y <= high {
                let ring = found.get_or_insert_with(|| Ring {
                    turns: vec![0; self.x.len()],
                    is_on: vec![false; self.x.len()],
                });
                self.cross(line, ring);
            }
        }
        let Some(Ring { turns, is_on }) = found else {
            return Vec::new();
        };
        let mut winding = 0;
        let mut positions: Vec<Position> = turns
            .iter()
            .zip(&is_on)
            .rev()
            .map(|(turn, is_on)| {
                winding += turn;
                match (is_on, winding) {
                    (true, _) => Position::OnBoundary,
                    (false, 0) => Position::Outside,
                    (false, _) => Position::Inside,
                }
            })
            .collect();
        positions.reverse();
        positions
    }

    /// Counts an edge that meets the parallel: for every place west of it, it is a turn of the winding number, upwards without
    /// its upper end or downwards without its upper end, so that two edges that meet count once; places on it are on the
    /// boundary.
    fn cross(&self, line: Line<f64>, ring: &mut Ring) {
        let (west, turn) = if line.start.y > self.y {
            (Orientation::Clockwise, -1)
        } else if line.end.y >= self.y {
            let counts = i32::from(line.end.y != self.y);
            (Orientation::CounterClockwise, counts)
        } else {
            return;
        };
        let side = |x: &f64| {
            let place = Coord { x: *x, y: self.y };
            <f64 as GeoNum>::Ker::orient2d(line.start, line.end, place)
        };
        // From west to east the places are west of the edge, on it, and east of it.
        let first_on = self.x.partition_point(|x| side(x) == west);
        if first_on > 0 {
            ring.turns[first_on - 1] += turn;
        }
        let (least, most) = (line.start.x.min(line.end.x), line.start.x.max(line.end.x));
        let from = self.x.partition_point(|x| *x < least).max(first_on);
        let on = self.x[from..]
            .iter()
            .take_while(|x| **x <= most && side(x) == Orientation::Collinear);
        let count = on.count();
        ring.is_on[from..from + count].fill(true);
    }
}

/// Where a place stands to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Outside,
    OnBoundary,
    Inside,
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Intersects;
    use geo_types::{Point, polygon};
    use proptest::prelude::*;

    fn agree(shape: &Polygon<f64>, y: f64) {
        let x: Vec<f64> = (-2..=22).map(|x| f64::from(x) / 2.0).collect();
        let mut found = vec![false; x.len()];
        Row { y, x: &x }.mark(shape, &mut found);
        let asked: Vec<bool> = x
            .iter()
            .map(|x| shape.intersects(&Point::new(*x, y)))
            .collect();
        assert_eq!(found, asked, "{y} {shape:?}");
    }

    #[test]
    fn a_square_with_a_hole_by_hand() {
        let shape = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 3.0, y: 1.0), (x: 3.0, y: 3.0), (x: 1.0, y: 3.0)]],
        );
        let x = [-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 3.5, 4.0, 5.0];
        let mut found = [false; 9];
        Row { y: 2.0, x: &x }.mark(&shape, &mut found);
        assert_eq!(
            found,
            [false, true, true, true, false, true, true, true, false]
        );
    }

    #[test]
    fn a_ring_of_a_point_or_none_holds_nothing_but_itself() {
        for ring in [vec![], vec![(1.0, 1.0)], vec![(1.0, 1.0), (5.0, 1.0)]] {
            let shape = Polygon::new(LineString::from(ring), vec![]);
            for y in [0.5, 1.0] {
                agree(&shape, y);
            }
        }
    }

    proptest! {
        /// Places and corners share a coarse lattice, so that edges run along the row and through places.
        #[test]
        fn a_row_gives_what_place_after_place_gives(
            outer in prop::collection::vec((0..10i32, 0..10i32), 3..12),
            hole in prop::collection::vec((0..10i32, 0..10i32), 3..6),
            y in -1..21i32,
        ) {
            let ring = |corners: &[(i32, i32)]| {
                let corners = corners.iter().map(|(x, y)| (f64::from(*x), f64::from(*y)));
                corners.collect::<LineString<f64>>()
            };
            agree(&Polygon::new(ring(&outer), vec![ring(&hole)]), f64::from(y) / 2.0);
        }
    }
}
