//! The places where streets are cut, because the data end there.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;

use crate::geometry::{Location, geodesic_m};
use crate::model::Surroundings;

/// The places where streets are cut, by squares of one reach.
pub(super) struct CutPlaces {
    reach: Coord<f64>,
    places: Vec<Coord<f64>>,
    squares: BTreeMap<(i64, i64), Vec<u32>>,
}

impl CutPlaces {
    pub(super) fn new(surroundings: &Surroundings, reach: Coord<f64>) -> Self {
        let known: BTreeSet<_> = surroundings.cut_at.iter().copied().collect();
        let places: Vec<Coord<f64>> = known.into_iter().map(Location::degrees).collect();
        let mut cuts = Self {
            reach,
            places,
            squares: BTreeMap::new(),
        };
        for (number, place) in (0..).zip(&cuts.places) {
            let at = cuts.square(*place);
            cuts.squares.entry(at).or_default().push(number);
        }
        cuts
    }

    fn square(&self, place: Coord<f64>) -> (i64, i64) {
        let at = |degrees: f64, side: f64| (degrees / side).floor() as i64;
        (at(place.y, self.reach.y), at(place.x, self.reach.x))
    }

    pub(super) fn is_within(&self, place: Coord<f64>, metres: f64) -> bool {
        if self.places.is_empty() {
            return false;
        }
        let (row, column) = self.square(place);
        let rows = row - 1..=row + 1;
        let mut beside =
            rows.flat_map(|row| self.squares.range((row, column - 1)..=(row, column + 1)));
        beside.any(|(_, cuts)| {
            let places = cuts.iter().map(|cut| self.places[*cut as usize]);
            places
                .into_iter()
                .any(|cut| geodesic_m(place, cut) <= metres)
        })
    }
}
