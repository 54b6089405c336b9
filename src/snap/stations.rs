//! The R-tree of stations: who lies within a straight-line circle, the question that planners asked before there was a
//! network to walk on. It also tells which stations nobody can be near enough to.

use std::collections::BTreeMap;

use geo_types::Coord;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::geometry::{LocalMetres, geodesic_m};
use crate::id::StationId;

/// A place, and which of the entrances stand there.
type Place = GeomWithData<[f64; 2], (u32, u32)>;

/// The stations' entrances in an [`rstar::RTree`], longitude and latitude. Those of one place, where addresses that were not
/// found often end up, are one entry: a tree of many equal places is no faster than a list.
#[derive(Clone, Debug)]
pub(crate) struct StationTree {
    places: RTree<Place>,
    /// Place after place.
    stations: Vec<StationId>,
}

impl StationTree {
    /// A tree of entrances.
    #[must_use]
    pub(crate) fn new(entrances: impl IntoIterator<Item = (StationId, Coord<f64>)>) -> Self {
        let mut entrances: Vec<(StationId, Coord<f64>)> = entrances.into_iter().collect();
        entrances.sort_by(|(_, one), (_, other)| {
            one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y))
        });
        let mut first = 0;
        let places = entrances.chunk_by(|(_, one), (_, other)| one == other);
        let places = places.map(|chunk| {
            let (_, place) = chunk[0];
            let from = first;
            first += chunk.len() as u32;
            Place::new([place.x, place.y], (from, first))
        });
        Self {
            places: RTree::bulk_load(places.collect()),
            stations: entrances.iter().map(|(station, _)| *station).collect(),
        }
    }

    /// Whether any station lies within `radius_m` metres as the crow flies, inclusive.
    #[must_use]
    pub(crate) fn is_within(&self, place: Coord<f64>, radius_m: f64) -> bool {
        places_near(&self.places, place, radius_m).next().is_some()
    }

    /// The stations within `radius_m` metres as the crow flies, inclusive, ascending, each once.
    #[must_use]
    pub(crate) fn stations_within(&self, place: Coord<f64>, radius_m: f64) -> Vec<StationId> {
        let mut stations: Vec<StationId> = places_near(&self.places, place, radius_m)
            .flat_map(|place| self.at(place))
            .copied()
            .collect();
        stations.sort_unstable();
        stations.dedup();
        stations
    }

    /// The stations, ascending, that have any of the places within `radius_m` metres.
    ///
    /// Each place of entrances leaves the tree when it is found, so a dense city costs hardly more than its stations.
    #[must_use]
    pub(crate) fn stations_near_any(
        &self,
        places: impl IntoIterator<Item = Coord<f64>>,
        radius_m: f64,
    ) -> Vec<StationId> {
        let mut rest = self.places.clone();
        let mut found = Vec::new();
        for place in places {
            let near: Vec<Place> = places_near(&rest, place, radius_m).copied().collect();
            for place in near {
                rest.remove(&place);
                found.extend(self.at(&place));
            }
            if rest.size() == 0 {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The stations with an entrance at a place.
    fn at(&self, place: &Place) -> &[StationId] {
        let (from, to) = place.data;
        &self.stations[from as usize..to as usize]
    }
}

fn places_near(
    tree: &RTree<Place>,
    place: Coord<f64>,
    radius_m: f64,
) -> impl Iterator<Item = &Place> {
    boxes_around(place, radius_m)
        .into_iter()
        .flat_map(|bounds| tree.locate_in_envelope_intersecting(&bounds))
        .filter(move |entrance| {
            let [x, y] = *entrance.geom();
            geodesic_m(place, Coord { x, y }) <= radius_m
        })
}

/// So many stations at one place are compared each with each; more are only where addresses were not found, and the pairs
/// would grow with their square.
pub(crate) const MOST_COMPARED: usize = 32;

/// Of the stations at each place the first [`MOST_COMPARED`]; each further one is told with the first of its place.
pub(crate) fn leave_crowds(
    stations: impl Iterator<Item = (StationId, Coord<f64>)>,
    mut further: impl FnMut(StationId, StationId),
) -> Vec<(StationId, Coord<f64>)> {
    // Of every place the first station and how many there are.
    let mut at: BTreeMap<[u64; 2], (StationId, usize)> = BTreeMap::new();
    let mut kept = Vec::new();
    for (station, place) in stations {
        let key = [place.x.to_bits(), place.y.to_bits()];
        let (first, count) = at.entry(key).or_insert((station, 0));
        *count += 1;
        if *count <= MOST_COMPARED {
            kept.push((station, place));
        } else {
            further(*first, station);
        }
    }
    kept
}

/// Boxes in degrees that hold the circle: one, and its turns where it crosses the antimeridian.
fn boxes_around(place: Coord<f64>, radius_m: f64) -> Vec<AABB<[f64; 2]>> {
    // A degree is shortest north to south at the equator, and east to west at the circle's edge nearest to a pole.
    let north = radius_m / LocalMetres::at(0.0).north_m * 1.001;
    let polar = (place.y.abs() + north).min(89.9);
    let east = radius_m / LocalMetres::at(polar).east_m * 1.001;
    if east >= 180.0 || place.y.abs() + north >= 89.9 {
        return vec![AABB::from_corners(
            [-180.0, place.y - north],
            [180.0, place.y + north],
        )];
    }
    [0.0, -360.0, 360.0]
        .into_iter()
        .map(|turn| (place.x + turn - east, place.x + turn + east))
        .filter(|(west, east)| *east >= -180.0 && *west <= 180.0)
        .map(|(west, east)| AABB::from_corners([west, place.y - north], [east, place.y + north]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    #[test]
    fn the_circle_is_inclusive_and_geodesic() {
        let tree = StationTree::new([(StationId(0), coord! { x: 0.0, y: 0.0 })]);
        // 0.01° along the equator is 1113.19 m.
        assert!(tree.is_within(coord! { x: 0.01, y: 0.0 }, 1113.2));
        assert!(!tree.is_within(coord! { x: 0.01, y: 0.0 }, 1113.1));
    }

    #[test]
    fn stations_of_one_place_are_one_entry_and_all_are_found() {
        let here = coord! { x: 9.5, y: 47.1 };
        let there = coord! { x: 9.5, y: 47.2 };
        let places = (0..3000).map(|i| (StationId(i), if i % 3 == 0 { there } else { here }));
        let tree = StationTree::new(places);
        assert_eq!(tree.places.size(), 2);
        let all: Vec<StationId> = (0..3000).filter(|i| i % 3 != 0).map(StationId).collect();
        assert_eq!(tree.stations_within(here, 1.0), all);
        assert_eq!(tree.stations_near_any([here; 2], 1.0), all);
    }

    #[test]
    fn the_circle_crosses_the_antimeridian() {
        let tree = StationTree::new([(StationId(4), coord! { x: -179.9999, y: 10.0 })]);
        assert_eq!(
            tree.stations_within(coord! { x: 179.9999, y: 10.0 }, 100.0),
            [StationId(4)]
        );
    }

    #[test]
    fn stations_near_any_place_are_those_that_brute_force_finds() {
        let places: Vec<_> = (0..40)
            .map(|i| coord! { x: f64::from(i * 7 % 40) * 0.01, y: 47.0 })
            .collect();
        let stations: Vec<_> = (0..30)
            .map(|i| {
                (
                    StationId(i),
                    coord! { x: f64::from(i * 11 % 30) * 0.02, y: 47.005 },
                )
            })
            .collect();
        let tree = StationTree::new(stations.iter().copied());
        for radius_m in [100.0, 560.0, 600.0, 5000.0] {
            let expected: Vec<_> = stations
                .iter()
                .filter(|(_, at)| {
                    places
                        .iter()
                        .any(|place| geodesic_m(*place, *at) <= radius_m)
                })
                .map(|(station, _)| *station)
                .collect();
            assert_eq!(
                tree.stations_near_any(places.iter().copied(), radius_m),
                expected,
                "{radius_m}"
            );
        }
    }
}
