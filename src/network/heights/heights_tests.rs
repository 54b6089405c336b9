//! Heights by hand: a hill with every number, bridges and tunnels, what is missing.

use geo_types::Coord;

use crate::geometry::Location;
use crate::id::EdgeId;
use crate::model::{Passage, Profile, Slope, Steep, StreetsBuilder, Structure, WayKind};
use crate::network::{Direction, Impedance, Network};

fn at(lon_e7: i32, lat_e7: i32) -> Location {
    Location { lon_e7, lat_e7 }
}

/// Metres of a degree of longitude on the equator.
const DEGREE_M: f64 = 111_319.490_793;

/// A street of 40 m along the equator, and the heights at its samples, 10 m apart.
fn street(heights: [f64; 5]) -> Network {
    // 39.9999 m: four runs, each a hair shorter than 10 m.
    let mut streets = StreetsBuilder::new(vec![at(0, 0), at(3593, 0)]);
    streets.add_way(1, &[0, 1], WayKind::Street, None);
    let flat = Network::build(&streets.finish(Vec::new())).expect("a street");
    assert_eq!((flat.length_m() * 100.0).round(), 4000.0);
    flat.with_heights(move |places| {
        let sample = |place: &Coord<f64>| (place.x * DEGREE_M / 10.0).round() as usize;
        places.iter().map(|place| heights[sample(place)]).collect()
    })
}

#[test]
fn a_hill_by_hand_there_and_back() {
    // 1 m up, 0.5 m up, level, 1.5 m down, in 10 m each: 10 %, 5 %, 0, -15 %.
    let hill = street([100.0, 101.0, 101.5, 101.5, 100.0]);
    let times = Impedance::times(&hill, &Profile::adult()).expect("times");
    // At 4.8 km/h 10 m take 7.5 s. Tobler: e^0.35 and e^0.175 up; down 5 % e^-0.175, down 10 % e^0, down 15 % e^0.175 as up 5 %.
    // Up 15 %: e^0.525.
    let there = [7.5 * 1.419_068, 7.5 * 1.191_246, 7.5, 7.5 * 1.191_246];
    let back = [7.5, 7.5 * 0.839_457, 7.5, 7.5 * 1.690_459];
    let total = |runs: [f64; 4]| (runs.iter().sum::<f64>() * 1000.0) as i64;
    let cost = |direction| i64::from(times.cost(EdgeId(0), direction).expect("open"));
    assert!((cost(Direction::Forward) - total(there)).abs() <= 1);
    assert!((cost(Direction::Backward) - total(back)).abs() <= 1);
    assert_eq!(
        (cost(Direction::Forward), cost(Direction::Backward)),
        (36_010, 33_973)
    );

    // From the middle of the first run: half of its time to the tail, the rest to the head.
    let ends = times.end_costs(&hill, EdgeId(0), 0.125);
    let near = |found: Option<u32>, seconds: f64| {
        let found = f64::from(found.expect("open")) / 1000.0;
        assert!((found - seconds).abs() < 0.004, "{found} for {seconds}");
    };
    near(ends.to_ends[0], back[0] / 2.0);
    near(
        ends.to_ends[1],
        there[0] / 2.0 + there[1] + there[2] + there[3],
    );
    near(ends.from_ends[0], there[0] / 2.0);
    near(
        ends.from_ends[1],
        back[0] / 2.0 + back[1] + back[2] + back[3],
    );
    near(
        times.between(EdgeId(0), 0.25, 0.875),
        there[1] + there[2] + there[3] / 2.0,
    );
    near(
        times.between(EdgeId(0), 0.875, 0.25),
        back[1] + back[2] + back[3] / 2.0,
    );

    // Metres are metres, up and down are counted, and no slope is none.
    let lengths = Impedance::lengths(&hill, &Profile::adult()).expect("lengths");
    assert_eq!(lengths.cost(EdgeId(0), Direction::Forward), Some(39_997));
    assert_eq!(hill.climb(EdgeId(0), 0.0, 1.0), Some([1.5, 1.5]));
    assert_eq!(hill.climb(EdgeId(0), 0.5, 0.125), Some([0.0, 1.0]));
    let plain = Impedance::times(&hill, &Profile::plain()).expect("times");
    assert_eq!(plain.cost(EdgeId(0), Direction::Forward), Some(29_998));
    assert!(plain.bends(EdgeId(0), Direction::Forward).is_none());
}

#[test]
fn stairs_keep_their_speed_and_what_is_level_or_rises_evenly_needs_no_table() {
    let mut streets = StreetsBuilder::new(vec![at(0, 0), at(3593, 0), at(3593, 3000)]);
    streets.add_way(1, &[0, 1], WayKind::Steps, None);
    streets.add_way(2, &[1, 2], WayKind::Street, None);
    let flat = Network::build(&streets.finish(Vec::new())).expect("streets");
    let hill = flat
        .clone()
        .with_heights(|places| places.iter().map(|at| at.x * 1e5).collect());
    let [level, sloped] =
        [&flat, &hill].map(|one| Impedance::times(one, &Profile::adult()).expect("times"));
    for edge in [EdgeId(0), EdgeId(1)] {
        let cost = |of: &Impedance| {
            [Direction::Forward, Direction::Backward].map(|way| of.cost(edge, way))
        };
        assert_eq!(cost(&level), cost(&sloped), "{edge:?}");
        assert!(sloped.bends(edge, Direction::Forward).is_none());
    }
}

#[test]
fn steep_streets_close_for_wheels_whatever_is_measured() {
    // 7 % in one run: slower, open. 9 %: closed.
    let wheels = Profile::named("wheelchair").expect("a walker");
    let seven = street([0.0, 0.7, 0.7, 0.7, 0.7]);
    let nine = street([0.0, 0.9, 0.9, 0.9, 0.9]);
    let times = Impedance::times(&seven, &wheels).expect("times");
    // 1 m/s: three level runs, and one at half of Tobler's e^0.245.
    let there = times.cost(EdgeId(0), Direction::Forward).expect("open");
    assert!(
        (f64::from(there) - (30.0 + 20.0 * 1.277_621) * 1000.0).abs() < 6.0,
        "{there}"
    );
    for impedance in [
        Impedance::times(&nine, &wheels),
        Impedance::lengths(&nine, &wheels),
    ] {
        assert!(!impedance.expect("costs").is_usable(EdgeId(0)));
    }
    let open = Slope::new(
        wheels.slope().rule().clone(),
        Some(Steep {
            closed_percent: None,
            ..Steep::WHEELCHAIR
        }),
    );
    let wheels = wheels.with_slope(open.expect("a slope"));
    assert!(
        Impedance::times(&nine, &wheels)
            .expect("times")
            .is_usable(EdgeId(0))
    );
}

/// A bridge of three edges over a valley with a fourth way that hangs on its middle, and a tunnel: ground only at their far ends.
fn bridges() -> Network {
    let places = [
        (0, 0),
        (1000, 0),
        (3000, 0),
        (4000, 0),
        (7000, 0),
        (1000, 3000),
        (9000, 0),
        (10_000, 0),
    ];
    let places = places.map(|(x, y)| at(x, y)).to_vec();
    let mut streets = StreetsBuilder::new(places);
    let street = Passage::default();
    streets.add_way(1, &[0, 1], street, None);
    streets.add_way_on(Structure::Bridge, 2, &[1, 2, 3], street, None);
    streets.add_way_on(Structure::Bridge, 3, &[2, 5], street, None);
    streets.add_way(4, &[3, 4], street, None);
    streets.add_way_on(Structure::Underground, 5, &[4, 6], street, None);
    streets.add_way(6, &[6, 7], street, None);
    Network::build(&streets.finish(Vec::new())).expect("streets")
}

#[test]
fn bridges_and_tunnels_rise_evenly_between_the_ground_at_their_ends() {
    // 30 m at the western bank, 41 m at the eastern one, a valley between, a mountain over the tunnel.
    let ground = |place: &Coord<f64>| match (
        (place.x * 1e7).round() as i64,
        (place.y * 1e7).round() as i64,
    ) {
        (x, _) if x <= 1000 => 30.0,
        (x, _) if x < 4000 => -500.0,
        (x, _) if x <= 7000 => 41.0,
        (x, _) if x < 9000 => 3000.0,
        _ => 48.0,
    };
    let network = bridges().with_heights(|places| places.iter().map(ground).collect());
    // Chains go on where bridges begin: one goes up to the junction on the bridge, one on from there to the end.
    let by_way = |way: i64| {
        let mut edges = network.edges();
        edges
            .find(move |(_, edge)| edge.way == way)
            .expect("an edge")
            .0
    };
    let (west, east, hanging) = (by_way(1), by_way(2), by_way(3));
    assert_eq!(network.edge_count(), 3);
    let on = |x: f64| {
        let (edge, part) = if x <= 3000.0 {
            (west, x / 3000.0)
        } else {
            (east, (x - 3000.0) / 7000.0)
        };
        network.height_at(edge, part).expect("known")
    };
    // From 30 m at 1000 to 41 m at 4000, a slope of a third. The other bridge ends on no ground, so it is as high as its junction.
    for (x, height) in [
        (0.0, 30.0),
        (1000.0, 30.0),
        (2000.0, 33.667),
        (3000.0, 37.333),
        (3500.0, 39.167),
        (4000.0, 41.0),
    ] {
        // Samples are 8 and 10 m apart, and bridges begin between them.
        assert!((on(x) - height).abs() < 1.0, "{} at {x}", on(x));
    }
    for part in [0.0, 0.4, 1.0] {
        let height = network.height_at(hanging, part).expect("known");
        assert!((height - 37.333).abs() < 2e-3, "{height}");
    }
    for (x, height) in [
        (5000.0, 41.0),
        (7500.0, 42.75),
        (8000.0, 44.5),
        (8500.0, 46.25),
        (9500.0, 48.0),
    ] {
        assert!((on(x) - height).abs() < 1.0, "{} at {x}", on(x));
    }
    let metres = network.height_metres().expect("heights");
    assert_eq!((metres.unknown_m, metres.steepest_m), (0.0, 0.0));
    let expected = (3000.0 + 2000.0) * 1e-7 * DEGREE_M;
    // Counted in whole runs between samples, so each end may add one of 10 m in part.
    let more_m = metres.carried_m - expected - 33.2;
    assert!((-0.3..10.0).contains(&more_m), "{more_m}");
}

#[test]
fn what_nobody_knows_is_walked_as_on_the_level_and_counted() {
    let nowhere = street([f64::NAN; 5]);
    let known_after = street([f64::NAN, f64::NAN, 10.0, 10.5, 10.5]);
    let level = Impedance::times(&nowhere, &Profile::adult()).expect("times");
    assert_eq!(level.cost(EdgeId(0), Direction::Forward), Some(29_998));
    assert_eq!(nowhere.climb(EdgeId(0), 0.0, 1.0), None);
    assert_eq!(nowhere.height_metres().expect("asked").known_m, 0.0);
    let times = Impedance::times(&known_after, &Profile::adult()).expect("times");
    // Three level runs and one of 5 %.
    let expected = (3.0 + 1.191_246) * 7_499.5;
    let cost = f64::from(times.cost(EdgeId(0), Direction::Forward).expect("open"));
    assert!((cost - expected).abs() < 2.0, "{cost}");
    let metres = known_after.height_metres().expect("heights");
    assert!((metres.unknown_m - 20.0).abs() < 0.01 && (metres.known_m - 20.0).abs() < 0.01);
    let filled = street([10.0, f64::NAN, f64::NAN, 13.0, 13.0]);
    assert_eq!(filled.height_at(EdgeId(0), 0.25), Some(11.0));
    assert!((filled.height_metres().expect("heights").filled_m - 30.0).abs() < 0.01);
    // Whoever answers too little, or nonsense, knows nothing.
    let short = bridges().with_heights(|_| vec![1e9]);
    assert_eq!(short.height_metres().expect("asked").known_m, 0.0);
}
