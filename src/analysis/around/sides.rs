//! The sides of what nobody walks across, and which of them a straight leg crosses.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString};

use crate::geometry::{Bounds, LocalMetres};
use crate::model::Surroundings;

/// A side of an obstacle.
#[derive(Clone, Copy)]
pub(super) struct Side {
    from: Coord<f64>,
    to: Coord<f64>,
    /// Its obstacle; `None` for water.
    pub(super) obstacle: Option<u32>,
}

/// The sides of obstacles by squares of [`SQUARE`] degrees.
pub(super) struct Sides {
    list: Vec<Side>,
    by_square: BTreeMap<(i32, i32), Vec<u32>>,
}

/// The side of a square in degrees: about the longest leg.
pub(super) const SQUARE: f64 = 0.002;

fn square(place: Coord<f64>) -> (i32, i32) {
    let [row, column] = [place.y, place.x].map(|degrees| (degrees / SQUARE).floor() as i32);
    (row, column)
}

impl Sides {
    /// The sides within a box.
    pub(super) fn new(surroundings: &Surroundings, within: Bounds) -> Self {
        let mut sides = Self {
            list: Vec::new(),
            by_square: BTreeMap::new(),
        };
        for (number, obstacle) in (0..).zip(&surroundings.obstacles) {
            for pair in obstacle.line.windows(2) {
                sides.add((pair[0], pair[1]), Some(number), within);
            }
        }
        for polygon in &surroundings.water {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            for side in rings.flat_map(LineString::lines) {
                sides.add((side.start, side.end), None, within);
            }
        }
        sides
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn add(&mut self, (from, to): (Coord<f64>, Coord<f64>), obstacle: Option<u32>, within: Bounds) {
        let Some(around) = Bounds::around([from, to]).filter(|around| around.meets(&within)) else {
            return;
        };
        let number = self.list.len() as u32;
        self.list.push(Side { from, to, obstacle });
        let (south, _) = square(Coord {
            y: around.min.y.max(within.min.y),
            ..around.min
        });
        let (north, _) = square(Coord {
            y: around.max.y.min(within.max.y),
            ..around.max
        });
        let [first, last] = [
            around.min.x.max(within.min.x),
            around.max.x.min(within.max.x),
        ];
        let slope = (to.x - from.x) / (to.y - from.y);
        for row in south..=north {
            // The longitudes of the side within the row.
            let at = |y: f64| {
                let x = from.x + (y.clamp(around.min.y, around.max.y) - from.y) * slope;
                if x.is_finite() { Some(x) } else { None }
            };
            let ends = [f64::from(row) * SQUARE, f64::from(row + 1) * SQUARE].map(at);
            let (west, east) = match ends {
                [Some(a), Some(b)] => (a.min(b).max(first), a.max(b).min(last)),
                _ => (first, last),
            };
            let column = |x: f64| (x / SQUARE).floor() as i32;
            for column in column(west)..=column(east) {
                self.by_square
                    .entry((row, column))
                    .or_default()
                    .push(number);
            }
        }
    }

    /// The sides in the squares between two places.
    fn near(&self, from: Coord<f64>, to: Coord<f64>) -> impl Iterator<Item = &Side> {
        let ((a, b), (c, d)) = (square(from), square(to));
        let columns = b.min(d)..=b.max(d);
        let rows = (a.min(c)..=a.max(c)).flat_map(move |row| {
            let range = (row, *columns.start())..=(row, *columns.end());
            self.by_square.range(range)
        });
        rows.flat_map(|(_, sides)| sides)
            .map(|side| &self.list[*side as usize])
    }

    /// The first side, in the order of the obstacles, that a straight leg crosses.
    pub(super) fn crossed(&self, from: Coord<f64>, to: Coord<f64>) -> Option<&Side> {
        let crossed = self.near(from, to).filter(|side| side.is_crossed(from, to));
        // Water after lines, which have names.
        crossed.min_by_key(|side| side.obstacle.map_or(u32::MAX, |obstacle| obstacle))
    }

    /// Whether anything is within so many metres of a place.
    pub(super) fn has_any_near(&self, place: Coord<f64>, metres: f64) -> bool {
        let local = LocalMetres::at(place.y);
        let reach = Coord {
            x: metres / local.east_m,
            y: metres / local.north_m,
        };
        self.near(place - reach, place + reach).next().is_some()
    }
}

impl Side {
    /// Whether a leg goes from one side to the other. A leg that only touches it does not cross; a corner belongs to one of its
    /// two sides.
    fn is_crossed(&self, from: Coord<f64>, to: Coord<f64>) -> bool {
        let turn = |a: Coord<f64>, b: Coord<f64>, c: Coord<f64>| {
            (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        };
        let (before, behind) = (turn(self.from, self.to, from), turn(self.from, self.to, to));
        let is_parted = (before > 0.0 && behind < 0.0) || (before < 0.0 && behind > 0.0);
        is_parted && (turn(from, to, self.from) >= 0.0) != (turn(from, to, self.to) >= 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Obstacle, ObstacleKind};

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    fn sides(line: &[(f64, f64)]) -> Sides {
        let obstacle = Obstacle {
            kind: ObstacleKind::River,
            way: 1,
            line: line.iter().map(|(x, y)| at(*x, *y)).collect(),
        };
        let surroundings = Surroundings {
            obstacles: vec![obstacle],
            ..Surroundings::default()
        };
        let within = Bounds {
            min: at(-1.0, -1.0),
            max: at(1.0, 1.0),
        };
        Sides::new(&surroundings, within)
    }

    #[test]
    fn a_leg_crosses_what_lies_between_its_ends_and_not_what_it_touches() {
        let river = sides(&[(-0.5, 0.01), (0.0, 0.01), (0.0, 0.5)]);
        let crosses = |from, to| river.crossed(from, to).is_some();
        assert!(crosses(at(-0.0205, 0.0095), at(-0.0205, 0.0105)));
        assert!(crosses(at(-0.0005, 0.02), at(0.0005, 0.02)));
        assert!(
            !crosses(at(-0.0205, 0.0095), at(-0.0205, 0.01)),
            "up to the bank"
        );
        assert!(!crosses(at(-0.02, 0.0105), at(-0.021, 0.0105)), "along it");
        assert!(
            !crosses(at(0.0005, 0.0095), at(0.0005, 0.0105)),
            "past its end"
        );
        assert!(
            crosses(at(-0.0005, 0.0105), at(0.0005, 0.0095)),
            "over its corner"
        );
    }

    #[test]
    fn long_sides_are_found_wherever_they_lie() {
        // A diagonal, and each place beside it; and the same turned about.
        for line in [[(-0.9, -0.7), (0.9, 0.65)], [(0.9, 0.65), (-0.9, -0.7)]] {
            let river = sides(&line);
            for step in 1..1000 {
                let part = f64::from(step) / 1000.0;
                let place = at(-0.9, -0.7) + at(1.8, 1.35) * part;
                let leg = at(-0.0003, 0.0004);
                assert!(river.crossed(place - leg, place + leg).is_some(), "{part}");
                assert!(
                    river.crossed(place + leg, place + leg + leg).is_none(),
                    "{part}"
                );
            }
        }
    }
}
