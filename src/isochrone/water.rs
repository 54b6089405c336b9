//! Water on the lattice: the places where nobody stands.

use std::collections::BTreeMap;

use geo_types::{LineString, Polygon};

use super::lattice::{Cell, Lattice};
use crate::collections::join_touching;

/// The cells in water, as runs of columns per row.
#[derive(Debug, Default)]
pub(super) struct Water {
    /// First and last columns, ascending, none overlapping.
    runs: BTreeMap<i32, Vec<(i32, i32)>>,
}

impl Water {
    /// The cells of some rows, first to last, inside any of some polygons.
    pub(super) fn on(lattice: Lattice, polygons: &[Polygon<f64>], rows: (i32, i32)) -> Self {
        let mut water = Self::default();
        for polygon in polygons {
            water.add(lattice, polygon, rows);
        }
        for runs in water.runs.values_mut() {
            runs.sort_unstable();
            join_touching(runs);
        }
        water
    }

    /// Scans a polygon row by row: between an odd and the next even crossing with its rings it is inside.
    fn add(&mut self, lattice: Lattice, polygon: &Polygon<f64>, (first, last): (i32, i32)) {
        let mut crossings: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for side in rings.flat_map(LineString::lines) {
            let (a, b) = (lattice.position(side.start), lattice.position(side.end));
            let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
            // A corner on a row belongs to the side above it, so that no crossing counts twice.
            let (from, to) = (low.1.ceil() as i32, high.1.ceil() as i32);
            for row in from.max(first)..to.min(last.saturating_add(1)) {
                let along = (f64::from(row) - low.1) / (high.1 - low.1);
                let column = low.0 + along * (high.0 - low.0);
                crossings.entry(row).or_default().push(column);
            }
        }
        for (row, mut columns) in crossings {
            columns.sort_by(f64::total_cmp);
            let inside = columns.chunks_exact(2).filter_map(|pair| {
                let (first, last) = (pair[0].ceil() as i32, pair[1].floor() as i32);
                (first <= last).then_some((first, last))
            });
            self.runs.entry(row).or_default().extend(inside);
        }
    }

    pub(super) fn covers(&self, cell: Cell) -> bool {
        let Some(runs) = self.runs.get(&cell.row) else {
            return false;
        };
        let after = runs.partition_point(|(first, _)| *first <= cell.column);
        after > 0 && runs[after - 1].1 >= cell.column
    }
}

#[cfg(test)]
mod tests {
    use geo::Contains;
    use geo_types::{Coord, polygon};

    use super::*;
    use crate::geometry::Bounds;

    #[test]
    fn a_cell_is_in_water_exactly_when_its_place_is_in_a_polygon() {
        let lake = polygon!(
            exterior: [(x: 9.50, y: 47.10), (x: 9.52, y: 47.105), (x: 9.51, y: 47.12), (x: 9.49, y: 47.11)],
            interiors: [[(x: 9.504, y: 47.108), (x: 9.51, y: 47.109), (x: 9.507, y: 47.114)]]
        );
        let bounds = Bounds::around([Coord { x: 9.49, y: 47.1 }, Coord { x: 9.52, y: 47.12 }]);
        let lattice = Lattice::new(bounds.expect("two places"));
        let rows = (i32::MIN, i32::MAX);
        let water = Water::on(lattice, std::slice::from_ref(&lake), rows);
        let (west, south) = lattice.position(Coord { x: 9.48, y: 47.09 });
        let mut inside = 0;
        for row in south as i32..south as i32 + 400 {
            for column in west as i32..west as i32 + 400 {
                let place = Coord {
                    x: lattice.x(f64::from(column)),
                    y: lattice.y(f64::from(row)),
                };
                let covered = water.covers(Cell { row, column });
                assert_eq!(covered, lake.contains(&place), "{place:?}");
                inside += usize::from(covered);
            }
        }
        assert!(inside > 10_000);
    }
}
