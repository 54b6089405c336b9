//! The sea: of it the map has the coast only, a line with land on its left and the sea on its right.

use std::collections::BTreeMap;

use geo::Area as _;
use geo_types::{Coord, LineString, Polygon};

use crate::geometry::Bounds;
use crate::inputs::nesting;

/// How far around the streets the sea is drawn, in degrees: farther than any straight leg.
const MARGIN: f64 = 0.01;

/// A piece of coast: the ids of its ends, and its line.
pub(super) type Piece = ([i64; 2], LineString<f64>);

/// The sea in the box around the streets and a margin.
///
/// The pieces are joined where one ends at the node where another begins, and cut at the box. Where the coast leaves the box,
/// the sea's shore goes on along the box with the sea on its right, clockwise, to where the coast comes in again. A coast that
/// ends within the box, because the extract is cut there, goes straight on to the nearest side. An island is a coast that
/// comes back to its beginning with the land inside; where there are only islands, the rest of the box is the sea.
///
/// # Complexity
/// O(n log n) in the vertices of the coast.
pub(super) fn sea(coast: &[Piece], streets: Bounds) -> Vec<Polygon<f64>> {
    let margin = Coord {
        x: MARGIN,
        y: MARGIN,
    };
    let frame = Frame {
        min: streets.min - margin,
        max: streets.max + margin,
    };
    let (mut shores, mut rings) = (Vec::new(), Vec::new());
    for line in joined(coast) {
        let is_closed = line.first() == line.last();
        if is_closed && line.iter().all(|place| frame.holds(*place)) {
            rings.push(LineString::new(line));
        } else {
            shores.extend(frame.pieces(&line, is_closed));
        }
    }
    let mut loops = frame.loops(&shores);
    let size = |ring: &LineString<f64>| Polygon::new(ring.clone(), Vec::new()).signed_area();
    let largest = rings
        .iter()
        .map(size)
        .max_by(|a, b| a.abs().total_cmp(&b.abs()));
    if loops.is_empty() && largest.is_some_and(|area| area > 0.0) {
        loops.push(frame.ring());
    }
    loops.extend(rings);
    nesting::polygons(loops)
}

/// The pieces joined end to beginning.
fn joined(coast: &[Piece]) -> Vec<Vec<Coord<f64>>> {
    let mut at: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut arrives: BTreeMap<i64, usize> = BTreeMap::new();
    for (piece, ([first, last], _)) in coast.iter().enumerate().rev() {
        at.entry(*first).or_default().push(piece);
        *arrives.entry(*last).or_default() += 1;
    }
    let mut is_taken = vec![false; coast.len()];
    let mut lines = Vec::new();
    // First those at which none arrives, then what is left: rings.
    let begins = |piece: &usize| !arrives.contains_key(&coast[*piece].0[0]);
    let all = (0..coast.len()).filter(begins).chain(0..coast.len());
    for first in all {
        if is_taken[first] {
            continue;
        }
        let (mut line, mut piece) = (Vec::new(), Some(first));
        while let Some(taken) = piece {
            is_taken[taken] = true;
            let ([_, last], next) = &coast[taken];
            line.extend(next.0.iter().skip(usize::from(!line.is_empty())));
            let here = at.entry(*last).or_default();
            piece = std::iter::from_fn(|| here.pop()).find(|next| !is_taken[*next]);
        }
        lines.push(line);
    }
    lines
}

/// The box in which the sea is drawn.
#[derive(Clone, Copy, Debug)]
struct Frame {
    min: Coord<f64>,
    max: Coord<f64>,
}

impl Frame {
    fn holds(&self, place: Coord<f64>) -> bool {
        (self.min.x..=self.max.x).contains(&place.x) && (self.min.y..=self.max.y).contains(&place.y)
    }

    fn corners(&self) -> [Coord<f64>; 4] {
        let Self { min, max } = *self;
        [
            min,
            Coord { x: min.x, y: max.y },
            max,
            Coord { x: max.x, y: min.y },
        ]
    }

    fn ring(&self) -> LineString<f64> {
        let corners = self.corners();
        corners.into_iter().chain([corners[0]]).collect()
    }

    /// The pieces of a line within the box. A closed one is begun outside, so that none ends where it began.
    fn pieces(&self, line: &[Coord<f64>], is_closed: bool) -> Vec<Vec<Coord<f64>>> {
        let outside = line.iter().position(|place| !self.holds(*place));
        let begin = outside.filter(|_| is_closed).unwrap_or(0);
        let turned: Vec<Coord<f64>> = if begin > 0 {
            let rest = line[begin..].iter().chain(&line[1..=begin]);
            rest.copied().collect()
        } else {
            line.to_vec()
        };
        let mut pieces: Vec<Vec<Coord<f64>>> = Vec::new();
        let mut is_open = false;
        for pair in turned.windows(2) {
            let Some((from, to)) = self.part(pair[0], pair[1]) else {
                is_open = false;
                continue;
            };
            let along = |part: f64| pair[0] + (pair[1] - pair[0]) * part;
            match pieces.last_mut().filter(|_| is_open) {
                Some(piece) => piece.push(along(to)),
                None => pieces.push(vec![along(from), along(to)]),
            }
            is_open = to >= 1.0;
        }
        pieces.retain(|piece| piece.iter().any(|place| *place != piece[0]));
        pieces
    }

    /// The part of a segment within the box, as fractions of it.
    ///
    /// # Source
    /// Liang and Barsky, "A New Concept and Method for Line Clipping" (1984).
    fn part(&self, from: Coord<f64>, to: Coord<f64>) -> Option<(f64, f64)> {
        let step = to - from;
        let mut part = (0.0_f64, 1.0_f64);
        for (toward, room) in [
            (-step.x, from.x - self.min.x),
            (step.x, self.max.x - from.x),
            (-step.y, from.y - self.min.y),
            (step.y, self.max.y - from.y),
        ] {
            if toward == 0.0 {
                if room < 0.0 {
                    return None;
                }
                continue;
            }
            let at = room / toward;
            if toward < 0.0 {
                part.0 = part.0.max(at);
            } else {
                part.1 = part.1.min(at);
            }
        }
        (part.0 < part.1).then_some(part)
    }

    /// The nearest place on the box, and how far clockwise it is from the south-western corner.
    fn beside(&self, place: Coord<f64>) -> (f64, Coord<f64>) {
        let Self { min, max } = *self;
        let (width, height) = (max.x - min.x, max.y - min.y);
        let x = place.x.clamp(min.x, max.x);
        let y = place.y.clamp(min.y, max.y);
        let sides = [
            (x - min.x, y - min.y, Coord { x: min.x, y }),
            (max.y - y, height + x - min.x, Coord { x, y: max.y }),
            (max.x - x, height + width + max.y - y, Coord { x: max.x, y }),
            (
                y - min.y,
                2.0 * height + width + max.x - x,
                Coord { x, y: min.y },
            ),
        ];
        let nearest = sides.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.map_or((0.0, min), |(_, clockwise, at)| (clockwise, at))
    }

    /// The shores of the sea: pieces of coast, joined along the box.
    fn loops(&self, pieces: &[Vec<Coord<f64>>]) -> Vec<LineString<f64>> {
        let end = |piece: &Vec<Coord<f64>>| self.beside(piece[piece.len() - 1]);
        let mut begins: Vec<(f64, usize)> = pieces
            .iter()
            .map(|piece| self.beside(piece[0]).0)
            .zip(0..)
            .collect();
        begins.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut is_taken = vec![false; pieces.len()];
        let mut loops = Vec::new();
        for first in 0..pieces.len() {
            let mut shore = Vec::new();
            let mut piece = first;
            while !is_taken[piece] {
                is_taken[piece] = true;
                shore.push(self.beside(pieces[piece][0]).1);
                shore.extend(&pieces[piece]);
                let (from, at) = end(&pieces[piece]);
                shore.push(at);
                let next = begins.partition_point(|(begin, _)| *begin < from);
                let (to, next) = begins[next % begins.len()];
                self.go_on(from, to, &mut shore);
                piece = next;
            }
            if let Some(begin) = shore.first().copied() {
                shore.push(begin);
                shore.dedup();
                loops.push(LineString::new(shore));
            }
        }
        loops
    }

    /// Adds the corners between two places on the box, clockwise.
    fn go_on(&self, from: f64, to: f64, shore: &mut Vec<Coord<f64>>) {
        let (width, height) = (self.max.x - self.min.x, self.max.y - self.min.y);
        let round = 2.0 * (width + height);
        let to = if to < from { to + round } else { to };
        let [south_west, north_west, north_east, south_east] = self.corners();
        let corners = [
            (0.0, south_west),
            (height, north_west),
            (height + width, north_east),
            (2.0 * height + width, south_east),
        ];
        let twice = corners
            .into_iter()
            .chain(corners.map(|(at, corner)| (at + round, corner)));
        let between = twice.filter(|(at, _)| from < *at && *at < to);
        shore.extend(between.map(|(_, corner)| corner));
    }
}

#[cfg(test)]
mod tests {
    use geo::Intersects;
    use geo_types::Point;

    use super::*;

    /// Streets in a box of 1° from the origin.
    fn streets() -> Bounds {
        Bounds {
            min: Coord { x: 0.0, y: 0.0 },
            max: Coord { x: 1.0, y: 1.0 },
        }
    }

    fn piece(ends: [i64; 2], line: &[(f64, f64)]) -> Piece {
        (ends, line.to_vec().into())
    }

    fn is_sea<const N: usize>(coast: &[Piece], places: [(f64, f64); N]) -> [bool; N] {
        let sea = sea(coast, streets());
        places.map(|(x, y)| sea.iter().any(|part| part.intersects(&Point::new(x, y))))
    }

    const EAST_AND_WEST: [(f64, f64); 4] = [(0.9, 0.5), (0.1, 0.5), (0.9, 0.001), (0.1, 0.999)];

    #[test]
    fn land_is_left_of_the_coast_and_the_sea_right() {
        // Northwards along x = 0.5, in two ways given the other way round: the sea is in the east.
        let north = [
            piece([2, 3], &[(0.5, 0.4), (0.5, 2.0)]),
            piece([1, 2], &[(0.5, -1.0), (0.5, 0.4)]),
        ];
        assert_eq!(is_sea(&north, EAST_AND_WEST), [true, false, true, false]);
        let south = [piece([1, 2], &[(0.5, 2.0), (0.5, -1.0)])];
        assert_eq!(is_sea(&south, EAST_AND_WEST), [false, true, false, true]);
    }

    #[test]
    fn a_coast_that_the_extract_cuts_goes_straight_on() {
        let cut = [piece([1, 2], &[(0.5, 0.1), (0.5, 0.9)])];
        assert_eq!(is_sea(&cut, EAST_AND_WEST), [true, false, true, false]);
    }

    #[test]
    fn islands_are_land_with_the_sea_around_and_lagoons_are_sea() {
        let square = |low: f64, high: f64| {
            [
                (low, low),
                (high, low),
                (high, high),
                (low, high),
                (low, low),
            ]
        };
        let island = piece([1, 1], &square(0.3, 0.7));
        let mut lagoon = square(0.4, 0.6);
        lagoon.reverse();
        let lagoon = piece([2, 2], &lagoon);
        let places = [(0.1, 0.1), (0.35, 0.35), (0.5, 0.5)];
        assert_eq!(
            is_sea(std::slice::from_ref(&island), places),
            [true, false, false]
        );
        assert_eq!(
            is_sea(&[island, lagoon.clone()], places),
            [true, false, true]
        );
        assert_eq!(is_sea(&[lagoon], places), [false, false, true]);
        // An island before a coast.
        let coast = piece([7, 8], &[(0.2, -1.0), (0.2, 2.0)]);
        let small = piece([1, 1], &square(0.5, 0.7));
        let places = [(0.1, 0.1), (0.3, 0.3), (0.6, 0.6)];
        assert_eq!(is_sea(&[small, coast], places), [false, true, false]);
    }

    #[test]
    fn a_bay_and_a_cape_leave_and_enter_on_one_side() {
        // In from the west at y = 0.3, round, and out to the west at y = 0.7: the land is within.
        let cape = [(-1.0, 0.3), (0.5, 0.3), (0.5, 0.7), (-1.0, 0.7)];
        let bay: Vec<(f64, f64)> = cape.iter().rev().copied().collect();
        let places = [(0.2, 0.5), (0.2, 0.1), (0.8, 0.5)];
        assert_eq!(is_sea(&[piece([1, 2], &bay)], places), [true, false, false]);
        assert_eq!(is_sea(&[piece([1, 2], &cape)], places), [false, true, true]);
        // A ring across the box's side.
        let ring = [
            (-1.0, 0.3),
            (0.5, 0.3),
            (0.5, 0.7),
            (-1.0, 0.7),
            (-1.0, 0.3),
        ];
        assert_eq!(is_sea(&[piece([1, 1], &ring)], places), [false, true, true]);
        assert!(sea(&[], streets()).is_empty());
    }
}
