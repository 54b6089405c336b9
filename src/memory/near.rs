//! What is near stations, counted by the squares of a grid: at least as much as is near enough.

use std::collections::BTreeSet;

use geo_types::Coord;

use crate::geometry::{LocalMetres, Location};
use crate::model::{Resident, Station};
use crate::network::Network;

/// Squares across a reach.
const ACROSS: f64 = 8.0;

/// A grid of squares over places, as fine as a reach wants it.
struct Squares {
    /// Squares to a degree.
    east: f64,
    north: f64,
}

impl Squares {
    /// One scale for all: where meridians are nearest to each other squares are the narrowest, and nothing is missed.
    fn new(latitudes: impl Iterator<Item = f64>, reach_m: f64) -> Self {
        let narrowest = latitudes.map(f64::abs).fold(0.0, f64::max);
        let side_m = (reach_m / ACROSS).max(1.0);
        Self {
            east: LocalMetres::at(narrowest.min(89.0)).east_m / side_m,
            north: LocalMetres::at(0.0).north_m / side_m,
        }
    }

    fn of(&self, place: Coord<f64>) -> (i64, i64) {
        let square = (place.x * self.east, place.y * self.north);
        (square.0.floor() as i64, square.1.floor() as i64)
    }
}

/// A circle of the reach, a square wider on every side: by column as many rows on either side of its middle.
fn circle() -> impl Iterator<Item = (i64, i64)> {
    let steps = ACROSS as i64 + 1;
    (-steps..=steps).map(|step| {
        let aside = (step.abs() - 1).max(0) as f64;
        let half = (ACROSS + 1.0).powi(2) - aside * aside;
        (step, half.max(0.0).sqrt().ceil() as i64 + 1)
    })
}

/// The metres of street that are within some metres of a station, about: those of streets that begin or end in a square that is.
pub(super) fn metres_within(stations: &[Station], network: &Network, reach_m: f64) -> u64 {
    let bounds = network.bounds();
    let latitudes = bounds
        .iter()
        .flat_map(|bounds| [bounds.min.y, bounds.max.y]);
    let squares = Squares::new(latitudes, reach_m);
    let mut near = BTreeSet::new();
    for place in stations
        .iter()
        .filter_map(|station| station.place.as_ref().ok())
    {
        let (column, row) = squares.of(*place);
        for (step, half) in circle() {
            near.extend((row - half..=row + half).map(|row| (column + step, row)));
        }
    }
    let is_near = |place: &Location| near.contains(&squares.of(place.degrees()));
    let edges = network.edges().filter(|(edge, _)| {
        let shape = network.shape(*edge);
        [shape.first(), shape.last()]
            .into_iter()
            .flatten()
            .any(is_near)
    });
    edges.map(|(_, edge)| edge.length_m).sum::<f64>() as u64
}

/// How many pairs of a station and a resident are within some metres, at least: counted by the squares of a grid.
pub(super) fn pairs_within(stations: &[Station], residents: &[Resident], reach_m: f64) -> u64 {
    let places = || residents.iter().filter_map(Resident::valid_place);
    let grid = Squares::new(places().map(|place| place.y), reach_m);
    let mut squares: Vec<(i64, i64)> = places().map(|place| grid.of(place)).collect();
    squares.sort_unstable();
    let in_column = |column: i64, low: i64, high: i64| {
        let from = squares.partition_point(|square| *square < (column, low));
        let to = squares.partition_point(|square| *square <= (column, high));
        (to - from) as u64
    };
    let near = |station: &Station| -> u64 {
        let Ok(place) = station.place else { return 0 };
        let (column, row) = grid.of(place);
        circle()
            .map(|(step, half)| in_column(column + step, row - half, row + half))
            .sum()
    };
    stations.iter().map(near).sum()
}
