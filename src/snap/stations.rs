//! The R-tree of stations: who lies within a straight-line circle, the question that planners asked before there was a
//! network to walk on. It also tells which stations nobody can be near enough to.

use geo_types::Coord;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::geometry::{LocalMetres, geodesic_m};
use crate::id::StationId;

type Entrance = GeomWithData<[f64; 2], StationId>;

/// The stations' entrances in an [`rstar::RTree`], longitude and latitude.
///
/// ```
/// use geo_types::coord;
/// use pedshed::id::StationId;
/// use pedshed::snap::StationTree;
/// let tree = StationTree::new([(StationId(0), coord! { x: 112.56, y: 37.86 })]);
/// // 0.01° of longitude are 880 m here.
/// assert!(tree.is_within(coord! { x: 112.57, y: 37.86 }, 1000.0));
/// assert!(tree.stations_within(coord! { x: 112.57, y: 37.86 }, 800.0).is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct StationTree(RTree<Entrance>);

impl StationTree {
    /// A tree of entrances.
    #[must_use]
    pub fn new(entrances: impl IntoIterator<Item = (StationId, Coord<f64>)>) -> Self {
        let entrances = entrances
            .into_iter()
            .map(|(station, place)| GeomWithData::new([place.x, place.y], station));
        Self(RTree::bulk_load(entrances.collect()))
    }

    /// Whether any station lies within `radius_m` metres as the crow flies, inclusive.
    #[must_use]
    pub fn is_within(&self, place: Coord<f64>, radius_m: f64) -> bool {
        self.entrances_near(place, radius_m).next().is_some()
    }

    /// The stations within `radius_m` metres as the crow flies, inclusive, ascending, each once.
    #[must_use]
    pub fn stations_within(&self, place: Coord<f64>, radius_m: f64) -> Vec<StationId> {
        let mut stations: Vec<StationId> = self
            .entrances_near(place, radius_m)
            .map(|entrance| entrance.data)
            .collect();
        stations.sort_unstable();
        stations.dedup();
        stations
    }

    /// The stations, ascending, that have any of the places within `radius_m` metres.
    ///
    /// Each entrance leaves the tree with its first place, so a dense city costs hardly more than its stations.
    #[must_use]
    pub fn stations_near_any(
        &self,
        places: impl IntoIterator<Item = Coord<f64>>,
        radius_m: f64,
    ) -> Vec<StationId> {
        let mut rest = self.clone();
        let mut found = Vec::new();
        for place in places {
            let near: Vec<Entrance> = rest.entrances_near(place, radius_m).copied().collect();
            for entrance in near {
                rest.0.remove(&entrance);
                found.push(entrance.data);
            }
            if rest.0.size() == 0 {
                break;
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn entrances_near(&self, place: Coord<f64>, radius_m: f64) -> impl Iterator<Item = &Entrance> {
        boxes_around(place, radius_m)
            .into_iter()
            .flat_map(|bounds| self.0.locate_in_envelope_intersecting(&bounds))
            .filter(move |entrance| {
                let [x, y] = *entrance.geom();
                geodesic_m(place, Coord { x, y }) <= radius_m
            })
    }
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
