//! Isochrones against the residents who stand in them, on towns drawn from a seed.

use geo::algorithm::validation::Validation;
use geo::orient::{Direction, Orient};
use geo::{Contains, Distance, Euclidean, Intersects};
use geo_types::{Coord, MultiPolygon, Point, Rect};
use pedshed::control::Control;
use pedshed::geometry::LocalMetres;
use pedshed::id::{ResidentId, StationId};
use pedshed::isochrone::{Ground, Isochrones};
use pedshed::model::{CityRecords, Compound, Compounds, Gate, Profile, Resident};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::units::{Cutoff, Unit};
use pedshed::{Analysis, Options, analyse};

use crate::oracle::built;
use crate::oracle::cities::{Dice, city};
use crate::oracle::reference::{Case, Parameters};

const MINUTES: [f64; 3] = [3.0, 5.0, 10.0];
/// A cell's diagonal, and a little for what a degree measures from one end of a town to the other.
const CELL_M: f64 = 14.3;

/// A town with places scattered over it as its residents.
pub(super) fn town(seed: u64, latitude: f64) -> (Case, Vec<Resident>) {
    let case = city(
        seed,
        latitude,
        seed.is_multiple_of(2),
        &Parameters::default(),
    );
    let vertices = || case.lines.iter().flat_map(|line| &line.points);
    let least = |axis: usize| vertices().map(|at| at[axis]).fold(f64::MAX, f64::min) - 0.003;
    let most = |axis: usize| vertices().map(|at| at[axis]).fold(f64::MIN, f64::max) + 0.003;
    let (low, high) = ([least(0), least(1)], [most(0), most(1)]);
    // Weyl's sequence by the golden ratio's two-dimensional kin: even over the box, and no place twice.
    let places = (1..=2000).map(|n| {
        let at = |axis: usize, step: f64| {
            let part = (f64::from(n) * step + seed as f64 * 0.1).fract();
            low[axis] + part * (high[axis] - low[axis])
        };
        Resident::new(
            "",
            at(0, 0.754_877_666_246_692_7),
            at(1, 0.569_840_290_998_053_2),
        )
    });
    let places = places.collect();
    (case, places)
}

pub(super) fn analysed(case: &Case, places: &[Resident], trip: Trip) -> Analysis {
    analysed_behind((case, &Compounds::default()), places, trip)
}

fn analysed_behind(
    (case, compounds): (&Case, &Compounds),
    places: &[Resident],
    trip: Trip,
) -> Analysis {
    let (streets, stations) = (built::streets(case), built::stations(case));
    let city = CityRecords {
        stations: &stations,
        residents: places,
        areas: &[],
    };
    let options = Options {
        profile: Profile::named("plain").expect("a profile"),
        trip,
        compounds: compounds.clone(),
        ..Options::minutes(&MINUTES).expect("cutoffs")
    };
    let network = Network::build(&streets).expect("a town");
    analyse(&network, city, options, Control::default()).expect("a town")
}

/// Compounds of 100 to 300 m all over a town, one in each square of 350 m, some across its streets, with up to three gates
/// each.
fn compounds(seed: u64, places: &[Resident]) -> Compounds {
    let mut dice = Dice::new(seed);
    let mut part = || (dice.roll() % 1000) as f64 / 1000.0;
    let places = || places.iter().filter_map(Resident::valid_place);
    let least = |axis: fn(Coord<f64>) -> f64| places().map(axis).fold(f64::MAX, f64::min);
    let south_west = Coord {
        x: least(|at| at.x),
        y: least(|at| at.y),
    };
    let metres = LocalMetres::at(south_west.y);
    let square = |east: f64, north: f64| Coord {
        x: 350.0 * east / metres.east_m,
        y: 350.0 * north / metres.north_m,
    };
    let mut compounds = Compounds::default();
    for number in 0..64 {
        let id = number.to_string();
        let low = south_west + square(f64::from(number % 8), f64::from(number / 8));
        let size = square(2.0 + 4.0 * part(), 2.0 + 4.0 * part()) / 7.0;
        for gate in 0..number % 4 {
            let side = Coord {
                x: size.x * part(),
                y: size.y * part().round(),
            };
            let at = low + side;
            compounds.gates.push(Gate {
                compound: Some(id.clone()),
                ..Gate::new(format!("{number}-{gate}"), at.x, at.y)
            });
        }
        let ground = Rect::new(low, low + size).to_polygon();
        compounds.list.push(Compound::new(id, ground));
    }
    compounds
}

fn drawn(analysis: &Analysis) -> Isochrones {
    let ground = Ground::new(analysis.placed(), Unit::Milliseconds).expect("times");
    let cutoffs = MINUTES.map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
    Isochrones::draw(ground, &cutoffs, Control::default()).expect("nobody cancels")
}

/// The metres from a place to the nearest outline.
fn metres_to_outline(shape: &MultiPolygon<f64>, place: Coord<f64>) -> f64 {
    let metres = LocalMetres::at(place.y);
    let local = |at: Coord<f64>| {
        let (x, y) = metres.vector(place, at);
        Coord { x, y }
    };
    let rings = shape
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let sides = rings.flat_map(geo_types::LineString::lines);
    sides
        .map(|side| {
            let side = geo_types::Line::new(local(side.start), local(side.end));
            Euclidean.distance(&Point::new(0.0, 0.0), &side)
        })
        .fold(f64::MAX, f64::min)
}

#[test]
fn a_place_is_inside_exactly_when_a_resident_there_is_covered_but_for_one_cell() {
    let Compared { inside, near, far } = compare(|_, _| Compounds::default());
    assert_eq!(far, Vec::<String>::new());
    assert!(inside > 2000, "only {inside} of 30,000 are inside");
    assert!(
        near * 20 < inside,
        "{near} of {inside} are near the outline"
    );
}

#[test]
fn behind_walls_it_is_so_too() {
    let Compared { inside, near, far } = compare(compounds);
    assert!(inside > 2000, "only {inside} of 30,000 are inside");
    // The ground from which a street is seen between two corners of walls may be narrower than a cell.
    assert!(far.len() <= 3, "{far:?}");
    // Walls are outlines too.
    assert!(near * 8 < inside, "{near} of {inside} are near the outline");
}

/// Where places are, and whether they are covered.
struct Compared {
    /// How many are inside.
    inside: usize,
    /// How many are inside or covered alone.
    near: usize,
    /// Those of them that are more than a cell from the outline.
    far: Vec<String>,
}

/// Compares them in some towns.
fn compare(compounds: impl Fn(u64, &[Resident]) -> Compounds) -> Compared {
    let trips = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];
    let (mut inside, mut near, mut far) = (0, 0, Vec::new());
    for (seed, latitude) in [(1, 0.2), (2, 41.0), (3, 60.0), (4, -37.0), (5, 47.1)] {
        let (case, places) = town(seed, latitude);
        let compounds = compounds(seed, &places);
        let analysis = analysed_behind((&case, &compounds), &places, trips[seed as usize % 3]);
        let isochrones = drawn(&analysis);
        for (number, place) in (0..).zip(&places) {
            let at = *place.place.as_ref().expect("a place");
            let within = analysis
                .coverage
                .within(ResidentId(number))
                .expect("their own");
            for (shape, within) in isochrones.merged.iter().zip(within) {
                let is_inside = shape.contains(&Point(at));
                inside += usize::from(is_inside);
                if is_inside == (*within > 0) {
                    continue;
                }
                near += 1;
                let metres = metres_to_outline(shape, at);
                if metres > CELL_M {
                    far.push(format!("town {seed}: {at:?}: {within}, {metres} m"));
                }
            }
        }
    }
    Compared { inside, near, far }
}

#[test]
fn polygons_are_valid_wind_as_geojson_asks_and_nest() {
    for (seed, latitude) in [(11, 0.2), (12, 60.0), (13, 78.0)] {
        let (case, places) = town(seed, latitude);
        let analysis = analysed(&case, &places[..1], Trip::ToStation);
        let isochrones = drawn(&analysis);
        assert_eq!(
            isochrones.by_station.len(),
            analysis.snapped().station_count()
        );
        let all = isochrones.by_station.iter().flatten();
        for shape in all.chain(&isochrones.merged) {
            assert_eq!(shape.validation_errors(), Vec::new(), "town {seed}");
            assert_eq!(*shape, shape.orient(Direction::Default));
        }
        for shapes in isochrones.by_station.iter().chain([&isochrones.merged]) {
            for pair in shapes.windows(2) {
                let (smaller, larger) = (&pair[0], &pair[1]);
                for corner in smaller.iter().flat_map(geo::Polygon::exterior) {
                    // Where the outlines meet, on both.
                    let is_inside = larger.intersects(&Point(*corner));
                    assert!(is_inside, "town {seed}: {corner:?}");
                }
            }
        }
    }
}

#[test]
fn the_merged_ground_is_that_of_all_stations() {
    let (case, places) = town(21, 41.0);
    let analysis = analysed(&case, &places, Trip::ToStation);
    let isochrones = drawn(&analysis);
    for place in &places {
        let at = *place.place.as_ref().expect("a place");
        for (cutoff, merged) in isochrones.merged.iter().enumerate() {
            let stations = isochrones.by_station.iter();
            let mut shapes = stations.filter_map(|shapes| shapes.get(cutoff));
            let by_any = shapes.any(|shape| shape.contains(&Point(at)));
            // Between two samples of two stations the merged outline may close what theirs leave open.
            if by_any != merged.contains(&Point(at)) {
                assert!(metres_to_outline(merged, at) <= CELL_M, "{at:?}");
            }
        }
    }
}

#[test]
fn a_station_off_the_network_has_no_ground() {
    let (mut case, places) = town(31, 41.0);
    case.stations.truncate(1);
    case.stations[0].lon += 1.0;
    let isochrones = drawn(&analysed(&case, &places[..1], Trip::ToStation));
    assert_eq!(
        isochrones.by_station[StationId(0).index()],
        vec![MultiPolygon::new(vec![]); 3]
    );
    assert_eq!(isochrones.merged, vec![MultiPolygon::new(vec![]); 3]);
}

#[test]
fn the_ground_reaches_as_far_to_either_side_of_a_station_in_the_middle_of_a_street() {
    use pedshed::geometry::Location;
    use pedshed::model::{Station, StreetsBuilder, WayKind};
    for step in 0..16 {
        // Rows and columns of the lattice fall differently each time.
        let latitude = 50.0 + f64::from(step) * 5.0 / 111_200.0;
        let lat_e7 = (latitude * 1e7).round() as i32;
        let ends = [-50_000, 50_000].map(|lon_e7| Location { lon_e7, lat_e7 });
        let mut streets = StreetsBuilder::new(ends.to_vec());
        streets.add_way(1, &[0, 1], WayKind::Street, None);
        let network = Network::build(&streets.finish(Vec::new())).expect("a street");
        let middle = f64::from(step) * 1e-5;
        let stations = [Station::new("middle", middle, latitude)];
        let city = CityRecords {
            stations: &stations,
            residents: &[],
            areas: &[],
        };
        let tests = pedshed::coverage::Tests::new([Cutoff::metres(90.0).expect("a cutoff")]);
        let options = Options::new(tests.expect("tests"));
        let analysis = analyse(&network, city, options, Control::default()).expect("a street");
        let drawn = analysis
            .isochrones(&[], Control::default())
            .expect("nobody cancels");
        let shape = &drawn[0].merged[0];
        let north = |metres: f64| Coord {
            x: middle,
            y: latitude + metres / LocalMetres::at(latitude).north_m,
        };
        for side in [-1.0, 1.0] {
            assert!(
                shape.contains(&north(side * 79.0)),
                "step {step}, side {side}"
            );
            assert!(
                !shape.contains(&north(side * 101.0)),
                "step {step}, side {side}"
            );
        }
    }
}
