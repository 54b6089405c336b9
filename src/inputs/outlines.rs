//! Outlines that hold people: which of them a place lies in, and where people stand in one that holds no home.

use geo::{BoundingRect, InteriorPoint, Intersects};
use geo_types::{Coord, MultiPolygon, Point, Rect};

use crate::geometry::{Location, geodesic_m};
use crate::model::Access;
use crate::network::Network;

/// Where nobody's home is known, people stand along streets, no farther apart than this, in metres.
const STREET_STEP_M: f64 = 50.0;
/// The most squares of an index on a side.
const MOST_SQUARES: usize = 64;

/// Outlines, to be asked which of them holds a place.
pub(super) struct Outlines<'a> {
    list: Vec<(&'a MultiPolygon<f64>, Rect<f64>)>,
    /// By position in the list, that of the caller.
    numbers: Vec<u32>,
    /// Around all of them.
    bounds: Option<Rect<f64>>,
    side: usize,
    /// By square the outlines whose bounds meet it, ascending.
    squares: Vec<Vec<u32>>,
}

impl<'a> Outlines<'a> {
    /// Of outlines with the caller's number of each; those without ground hold nothing.
    pub(super) fn new(outlines: impl IntoIterator<Item = (u32, &'a MultiPolygon<f64>)>) -> Self {
        let mut index = Self {
            list: Vec::new(),
            numbers: Vec::new(),
            bounds: None,
            side: 1,
            squares: Vec::new(),
        };
        for (number, outline) in outlines {
            let Some(bounds) = outline.bounding_rect() else {
                continue;
            };
            index.list.push((outline, bounds));
            index.numbers.push(number);
            index.bounds = Some(index.bounds.map_or(bounds, |all| around(all, bounds)));
        }
        let side = (index.list.len() as f64).sqrt().ceil() as usize;
        index.side = side.clamp(1, MOST_SQUARES);
        index.squares = vec![Vec::new(); index.side * index.side];
        for at in 0..index.list.len() {
            let bounds = index.list[at].1;
            let (low, high) = (index.square(bounds.min()), index.square(bounds.max()));
            for row in low.1..=high.1 {
                for column in low.0..=high.0 {
                    index.squares[row * index.side + column].push(at as u32);
                }
            }
        }
        index
    }

    /// The column and row of the square nearest to a place.
    fn square(&self, place: Coord<f64>) -> (usize, usize) {
        let Some(bounds) = self.bounds else {
            return (0, 0);
        };
        let at = |value: f64, low: f64, width: f64| {
            let part = if width > 0.0 {
                (value - low) / width
            } else {
                0.0
            };
            ((part * self.side as f64).max(0.0) as usize).min(self.side - 1)
        };
        let low = bounds.min();
        (
            at(place.x, low.x, bounds.width()),
            at(place.y, low.y, bounds.height()),
        )
    }

    /// The number of the first outline that holds a place, borders included.
    ///
    /// # Complexity
    /// One point-in-polygon test for each outline whose bounds hold the place.
    pub(super) fn first_at(&self, place: Coord<f64>) -> Option<u32> {
        let (column, row) = self.square(place);
        let point = Point::from(place);
        let holds = |at: &&u32| {
            let (outline, bounds) = &self.list[**at as usize];
            bounds.intersects(&point) && outline.intersects(&point)
        };
        let found = self
            .squares
            .get(row * self.side + column)?
            .iter()
            .find(holds)?;
        Some(self.numbers[*found as usize])
    }

    /// Places along the public streets inside the outlines, for each of `count` numbers: the middle of every piece of street
    /// that is no longer than a step, with its length in millimetres.
    ///
    /// # Complexity
    /// One question for each piece of street.
    pub(super) fn street_places(&self, network: &Network, count: usize) -> Vec<Vec<StreetPlace>> {
        let mut places = vec![Vec::new(); count];
        for (edge, parts) in network.edges() {
            if parts.passage.access != Access::Public {
                continue;
            }
            let shape = network.shape(edge).iter();
            let corners: Vec<Coord<f64>> = shape.map(|place: &Location| place.degrees()).collect();
            for ends in corners.windows(2) {
                let length_m = geodesic_m(ends[0], ends[1]);
                let pieces = (length_m / STREET_STEP_M).ceil().max(1.0);
                for piece in 0..pieces as u32 {
                    let part = (f64::from(piece) + 0.5) / pieces;
                    let place = ends[0] + (ends[1] - ends[0]) * part;
                    if let Some(number) = self.first_at(place) {
                        places[number as usize].push(StreetPlace {
                            place,
                            millimetres: (length_m / pieces * 1000.0).round() as u64,
                        });
                    }
                }
            }
        }
        places
    }
}

/// A place on a street inside an outline.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreetPlace {
    pub(super) place: Coord<f64>,
    /// How much of the street it stands for.
    pub(super) millimetres: u64,
}

/// A place inside an outline.
pub(super) fn inner_point(outline: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    outline.interior_point().map(Coord::from)
}

fn around(one: Rect<f64>, other: Rect<f64>) -> Rect<f64> {
    let (low, high) = (one.min(), one.max());
    let (other_low, other_high) = (other.min(), other.max());
    Rect::new(
        Coord {
            x: low.x.min(other_low.x),
            y: low.y.min(other_low.y),
        },
        Coord {
            x: high.x.max(other_high.x),
            y: high.y.max(other_high.y),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> MultiPolygon<f64> {
        let ring = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
        let ring = ring.map(|(east, north)| Coord {
            x: x + east,
            y: y + north,
        });
        MultiPolygon::new(vec![geo_types::Polygon::new(
            ring.to_vec().into(),
            Vec::new(),
        )])
    }

    #[test]
    fn a_place_lies_in_the_first_outline_that_holds_it() {
        let list: Vec<_> = (0..30)
            .map(|at| square(f64::from(at % 6), f64::from(at / 6), 1.0))
            .chain([square(-10.0, -10.0, 40.0)])
            .collect();
        let outlines = Outlines::new((0..).zip(&list));
        let at = |x, y| outlines.first_at(Coord { x, y });
        assert_eq!(at(0.5, 0.5), Some(0));
        // On a border the first of both.
        assert_eq!(at(1.0, 0.5), Some(0));
        assert_eq!(at(5.5, 4.5), Some(29));
        assert_eq!(at(7.5, 4.5), Some(30));
        assert_eq!(at(31.0, 0.0), None);
    }
}
