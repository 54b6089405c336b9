//! Compounds and gates on a drawing small enough to be worked out by hand.
//!
//! On the equator, at 4.8 km/h, 0.001° east is 83.490 s and 0.001° north is 82.931 s (see `golden`). In thousandths of a degree:
//!
//! ```text
//!  (0,1.3) ----------------- (10,1.3)    Back Street
//!              __gate_(3,1.1)    |
//!             |       |          |
//!             | home  |          |
//!             |_______|          |
//!  (0,0) ------- clinic ------ (10,0)    Main Street
//! ```
//! The compound is the square from (2,0.1) to (4,1.1), the home is at (3,0.3), the clinic on Main Street at (3,0).

use geo::Contains;
use geo_types::{Point, Rect, coord};
use pedshed::control::Control;
use pedshed::coverage::{Coverage, Reason, Status};
use pedshed::gaps::GapOptions;
use pedshed::geometry::Location;
use pedshed::id::{ResidentId, StationId};
use pedshed::model::{
    CityRecords, Compound, Compounds, FindingCode, Flow, Gate, Profile, Resident, Station, Streets,
    StreetsBuilder, WayKind,
};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::units::{Cutoff, People, Unit};
use pedshed::{Analysis, Options, analyse};

const EAST_MS: f64 = 83_489.618;
const NORTH_MS: f64 = 82_930.704;

fn streets(flow: Flow) -> Streets {
    let vertices = [(0, 0), (100, 0), (100, 13), (0, 13)].map(|(x, y)| Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    });
    let mut streets = StreetsBuilder::new(vertices.to_vec());
    streets.add_way(1, &[0, 1], (WayKind::Street, flow), Some("Main Street"));
    streets.add_way(2, &[1, 2], WayKind::Street, None);
    streets.add_way(3, &[2, 3], (WayKind::Street, flow), Some("Back Street"));
    streets.finish(Vec::new())
}

fn resident(id: &str, x: f64, y: f64) -> Resident {
    Resident::new(id, x / 1000.0, y / 1000.0)
}

fn station(id: &str, x: f64, y: f64) -> Station {
    Station::new(id, x / 1000.0, y / 1000.0)
}

fn gate(id: &str, x: f64, y: f64) -> Gate {
    Gate::new(id, x / 1000.0, y / 1000.0)
}

fn square() -> Compound {
    let (low, high) = (
        coord! { x: 0.002, y: 0.0001 },
        coord! { x: 0.004, y: 0.0011 },
    );
    Compound::new("square", Rect::new(low, high).to_polygon())
}

fn walled(gates: Vec<Gate>) -> Compounds {
    Compounds {
        list: vec![square()],
        gates,
    }
}

struct Asked<'a> {
    streets: Streets,
    stations: &'a [Station],
    residents: &'a [Resident],
    trip: Trip,
}

impl Asked<'_> {
    fn behind(&self, compounds: Compounds) -> Analysis {
        let city = CityRecords {
            stations: self.stations,
            residents: self.residents,
            areas: &[],
        };
        let options = Options {
            profile: Profile::plain(),
            trip: self.trip,
            compounds,
            ..Options::minutes(&[15.0, 30.0]).expect("cutoffs")
        };
        let network = Network::build(&self.streets).expect("streets");
        analyse(&network, city, options, Control::default()).expect("nobody cancels")
    }
}

fn clinic() -> [Station; 1] {
    [station("clinic", 3.0, 0.0)]
}

fn asked<'a>(stations: &'a [Station], residents: &'a [Resident]) -> Asked<'a> {
    Asked {
        streets: streets(Flow::Both),
        stations,
        residents,
        trip: Trip::ToStation,
    }
}

fn cost(coverage: &Coverage, resident: usize) -> f64 {
    coverage.nearest()[resident].expect("a walk").cost as f64
}

fn assert_near(cost: f64, expected: f64) {
    assert!(
        (cost - expected).abs() <= 2.0,
        "{cost} ms, expected {expected}"
    );
}

/// Home to the gate 0.8 north, gate to Back Street 0.2 north, 7 east, 1.3 south, 7 west.
const BY_THE_BACK: f64 = (0.8 + 0.2 + 1.3) * NORTH_MS + 14.0 * EAST_MS;

#[test]
fn who_lives_behind_a_wall_leaves_by_the_gate_on_the_far_side() {
    let (stations, homes) = (clinic(), [resident("home", 3.0, 0.3)]);
    let asked = asked(&stations, &homes);
    // 0.3 north to Main Street, straight to the clinic.
    let open = asked.behind(Compounds::default());
    assert_near(cost(&open.coverage, 0), 0.3 * NORTH_MS);
    let walled = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    assert_near(cost(&walled.coverage, 0), BY_THE_BACK);
    // 1,360 s: more than 15 minutes, less than 30.
    assert_eq!(walled.coverage.within(ResidentId(0)), Ok(&[0, 1][..]));
    assert_eq!(walled.coverage.statuses()[0], Status::Covered);
    let accesses: Vec<_> = walled.snapped().gate_accesses(ResidentId(0)).collect();
    // The leg is the way to the gate and on to Back Street: 0.001° north are 110.574 m.
    assert!(matches!(accesses[..], [door] if (door.snap.leg_m - 110.574).abs() < 0.01));
}

#[test]
fn a_second_gate_takes_who_is_nearer_and_each_resident_is_in_a_row_once() {
    let (stations, homes) = (
        clinic(),
        [resident("home", 3.0, 0.3), resident("beside", 1.0, 0.1)],
    );
    let both = asked(&stations, &homes).behind(walled(vec![
        gate("back", 3.0, 1.1),
        gate("front", 3.0, 0.1),
    ]));
    // Straight through the front gate.
    assert_near(cost(&both.coverage, 0), 0.3 * NORTH_MS);
    assert_near(cost(&both.coverage, 1), 0.1 * NORTH_MS + 2.0 * EAST_MS);
    assert_eq!(both.snapped().gate_accesses(ResidentId(0)).count(), 2);
    assert_eq!(both.snapped().gate_accesses(ResidentId(1)).count(), 0);
    let row: Vec<ResidentId> = both
        .times
        .sorted_row(StationId(0))
        .expect("the only one")
        .iter()
        .map(|(r, _)| *r)
        .collect();
    assert_eq!(row, [ResidentId(0), ResidentId(1)]);
    let engine = both.placed().engine(Unit::Milliseconds, Control::default());
    let engine = engine.expect("times");
    let nearest = engine
        .nearest_stations(3, Control::default())
        .expect("nobody cancels");
    let costs = nearest
        .of(ResidentId(0))
        .expect("they are there")
        .iter()
        .map(|nearest| nearest.cost as f64);
    assert_eq!(costs.collect::<Vec<_>>(), [cost(&both.coverage, 0)]);
    let people = [People::ONE; 2];
    let cutoff = Cutoff::minutes(30.0).expect("a cutoff");
    let heat = engine.people_around_junctions(cutoff, &people, Control::default());
    let most = heat.expect("nobody cancels").into_iter().max();
    assert_eq!(most, Some(People::from_thousandths(2000)));
}

#[test]
fn there_and_back_may_lead_through_two_gates() {
    // Both streets lead one way only, Main Street to the east and Back Street to the west. To the clinic, which is at (6,0):
    // out at the front, 3 east. Back: 4 east, 1.3 north, 7 west to the back gate, and home; the front gate cannot be reached
    // from the east.
    let stations = [station("clinic", 6.0, 0.0)];
    let homes = [resident("home", 3.0, 0.3)];
    let asked = Asked {
        streets: streets(Flow::Forward),
        trip: Trip::RoundTrip,
        ..asked(&stations, &homes)
    };
    let gates = vec![gate("back", 3.0, 1.1), gate("front", 3.0, 0.1)];
    let both = asked.behind(walled(gates));
    let there = 0.3 * NORTH_MS + 3.0 * EAST_MS;
    let back = (1.3 + 0.2 + 0.8) * NORTH_MS + 11.0 * EAST_MS;
    assert_near(cost(&both.coverage, 0), there + back);
    assert_eq!(both.times.row(StationId(0)).map(<[_]>::len), Ok(1));
    // So its ground is within half an hour by both gates, and by neither alone.
    let home = Point::new(0.003, 0.0003);
    let is_within = |analysis: &Analysis| -> Vec<bool> {
        let drawn = analysis.isochrones(&[], Control::default());
        let by_cutoff = &drawn.expect("nobody cancels")[0].by_station[0];
        by_cutoff
            .iter()
            .map(|ground| ground.contains(&home))
            .collect()
    };
    let minutes = (there + back) / 60_000.0;
    assert!((15.0..29.0).contains(&minutes));
    assert_eq!(is_within(&both), [false, true]);
    let [back, front] = [("back", 1.1), ("front", 0.1)].map(|(id, y)| {
        let one = asked.behind(walled(vec![gate(id, 3.0, y)]));
        is_within(&one)
    });
    assert_eq!([back, front], [[false; 2]; 2]);
}

#[test]
fn the_ground_inside_is_within_where_its_gate_leads_early_enough() {
    // By the back gate, more than 15 minutes to the clinic beside the wall: the home is within 15 only with the walls open,
    // and within 30 either way.
    let (stations, homes) = (clinic(), [resident("home", 3.0, 0.3)]);
    let asked = asked(&stations, &homes);
    let walled = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    let minutes = cost(&walled.coverage, 0) / 60_000.0;
    assert!((16.0..29.0).contains(&minutes), "{minutes}");
    let open = asked.behind(Compounds::default());
    let home = Point::new(0.003, 0.0003);
    let is_within = |analysis: &Analysis| -> Vec<bool> {
        let drawn = analysis.isochrones(&[], Control::default());
        let by_cutoff = &drawn.expect("nobody cancels")[0].merged;
        by_cutoff
            .iter()
            .map(|ground| ground.contains(&home))
            .collect()
    };
    assert_eq!(is_within(&open), [true, true]);
    assert_eq!(is_within(&walled), [false, true]);
}

#[test]
fn a_station_inside_is_entered_by_its_gates() {
    // As far as the home of the first test, the other way round.
    let stations = [station("inside", 3.0, 0.3)];
    let homes = [resident("outside", 3.0, 0.0)];
    let asked = asked(&stations, &homes);
    let walled_in = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    assert_near(cost(&walled_in.coverage, 0), BY_THE_BACK);
    let two = asked.behind(walled(vec![
        gate("back", 3.0, 1.1),
        gate("front", 3.0, 0.1),
    ]));
    assert_near(cost(&two.coverage, 0), 0.3 * NORTH_MS);
    let rows: Vec<u32> = two
        .snapped()
        .entrances(StationId(0))
        .iter()
        .map(|e| e.row)
        .collect();
    assert_eq!((two.snapped().station_count(), rows), (1, vec![0, 0]));
}

#[test]
fn who_lives_outside_takes_no_street_across_a_wall() {
    // A lane inside the compound, from the back gate to (3,0.2), and a home at (3,0.05) between the wall and Main Street: the
    // lane's end is 0.15 away and Main Street 0.05.
    let mut vertices = vec![(0, 0), (100, 0), (30, 2), (30, 11), (30, 13), (0, 13)];
    vertices.push((100, 13));
    let vertices = vertices.into_iter().map(|(x, y)| Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    });
    let mut streets = StreetsBuilder::new(vertices.collect());
    streets.add_way(1, &[0, 1], WayKind::Street, Some("Main Street"));
    streets.add_way(2, &[2, 3, 4], WayKind::Street, Some("Lane"));
    streets.add_way(3, &[5, 4, 6, 1], WayKind::Street, Some("Back Street"));
    let stations = clinic();
    let homes = [
        resident("at the wall", 3.0, 0.12),
        resident("before it", 3.0, 0.09),
    ];
    let asked = Asked {
        streets: streets.finish(Vec::new()),
        ..asked(&stations, &homes)
    };
    let analysis = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    let street = |resident: usize| {
        let snap = analysis.snapped().residents()[resident]
            .snap()
            .expect("a street");
        analysis.network().name(snap.edge).map(str::to_owned)
    };
    // 0.12 from Main Street and 0.08 from the lane; 0.09 and 0.11.
    assert_eq!(street(0).as_deref(), Some("Lane"));
    assert_eq!(street(1).as_deref(), Some("Main Street"));
    // One step inside the wall, nearer to Main Street than to the lane: still the lane.
    let homes = [
        resident("inside", 3.0, 0.105),
        resident("outside", 3.0, 0.095),
    ];
    let asked = Asked {
        residents: &homes,
        ..asked
    };
    let analysis = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    let leg_m = |resident: usize| {
        analysis.snapped().residents()[resident]
            .snap()
            .map(|s| s.leg_m)
    };
    assert!((leg_m(0).expect("the lane") - 0.095 * 110.574).abs() < 0.01);
    assert!((leg_m(1).expect("Main Street") - 0.095 * 110.574).abs() < 0.01);
}

#[test]
fn gates_and_compounds_that_do_not_fit_are_found_and_wall_nobody_in() {
    let (stations, homes) = (clinic(), [resident("home", 3.0, 0.3)]);
    let asked = asked(&stations, &homes);
    // 0.4 thousandths are 44 m.
    let far = gate("far", 3.0, 1.5);
    let named = Gate {
        compound: Some("another".to_owned()),
        ..gate("back", 3.0, 1.1)
    };
    let analysis = asked.behind(walled(vec![far, named]));
    assert_near(cost(&analysis.coverage, 0), 0.3 * NORTH_MS);
    assert_eq!(analysis.findings.count(FindingCode::StrayGate), 2);
    assert_eq!(analysis.findings.count(FindingCode::CompoundWithoutGate), 1);
    // 20 m beside the wall is near enough: the gate is where the wall is nearest to it.
    let analysis = asked.behind(walled(vec![gate("back", 3.0, 1.28)]));
    assert_near(cost(&analysis.coverage, 0), BY_THE_BACK);
}

#[test]
fn who_cannot_leave_by_any_gate_is_off_the_network_and_the_reason_says_so() {
    // Back Street is 0.2 north of the gate: 22 m, more than the snapping distance of 20 m. Main Street, 0.3 away, is too.
    let stations = clinic();
    let homes = [resident("home", 3.0, 0.12)];
    let city = CityRecords {
        stations: &stations,
        residents: &homes,
        areas: &[],
    };
    let mut options = Options::minutes(&[15.0]).expect("a cutoff");
    options.compounds = walled(vec![gate("back", 3.0, 1.1)]);
    options.snap = options.snap.with_max_snap_m(20.0).expect("metres");
    let network = Network::build(&streets(Flow::Both)).expect("streets");
    let analysis = analyse(&network, city, options, Control::default()).expect("nobody cancels");
    let reason = analysis
        .reason(city, ResidentId(0))
        .expect("they are there");
    assert!(matches!(reason, Some(Reason::BehindWall { metres }) if (metres - 13.27).abs() < 0.01));
    let live = analysis
        .live(city, Control::default())
        .expect("walls or none");
    assert_eq!(live.coverage().statuses(), analysis.coverage.statuses());
}

#[test]
fn what_the_wall_costs_and_the_gate_that_would_help_most_are_as_worked_out() {
    let stations = clinic();
    let seven = People::from_thousandths(7000);
    let homes = [
        resident("home", 3.0, 0.3).with_people(seven),
        resident("beside", 1.0, 0.1),
    ];
    let city = CityRecords {
        stations: &stations,
        residents: &homes,
        areas: &[],
    };
    let options = Options {
        profile: Profile::plain(),
        compounds: walled(vec![gate("back", 3.0, 1.1)]),
        ..Options::minutes(&[15.0]).expect("a cutoff")
    };
    let network = Network::build(&streets(Flow::Both)).expect("streets");
    let analysis = analyse(&network, city, options, Control::default()).expect("nobody cancels");
    let costs = analysis
        .wall_costs(city, Control::default())
        .expect("nobody cancels");
    let costs = costs.expect("there is a wall");
    assert_eq!(
        (costs.covered, costs.covered_open),
        (People::ONE, seven + People::ONE)
    );
    let [square] = costs.by_compound[..] else {
        panic!("one compound")
    };
    assert_eq!(
        (square.gates, square.people, square.covered_open),
        (1, seven, seven)
    );
    // By the gate 0.8 + 0.2 north, straight 0.3: 0.7 thousandths of a degree are 77.402 m.
    let extra_mm = square.median_extra_mm.expect("a street");
    assert!(extra_mm.abs_diff(77_402) <= 1, "{extra_mm}");
    assert_eq!(
        costs.compound_of.iter().filter(|of| of.is_some()).count(),
        1
    );
    // Opposite the clinic: 24.879 s in the place of 1,359.595 s.
    let gaps = analysis.gaps(&homes, GapOptions::default(), Control::default());
    let gaps = gaps.expect("nobody cancels");
    let gate = gaps.list[0].gate.expect("a gate helps");
    assert!((gate.place.x - 0.003).abs() < 1e-9 && (gate.place.y - 0.0001).abs() < 1e-9);
    assert_eq!(gate.gain, seven);
    assert_near(
        f64::from(gate.saved.expect("a walk")),
        BY_THE_BACK - 0.3 * NORTH_MS,
    );
}

#[test]
fn a_path_that_begins_in_a_gate_is_not_inside_and_leaves_the_choice_of_gates() {
    // A path from the back gate to Back Street: its end in the wall is 0.3 from a home at (3,0.8), and the front gate 0.7.
    let vertices = [(0, 0), (100, 0), (100, 13), (0, 13), (30, 13), (30, 11)];
    let vertices = vertices.map(|(x, y)| Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    });
    let mut streets = StreetsBuilder::new(vertices.to_vec());
    streets.add_way(1, &[0, 1, 2, 4, 3], WayKind::Street, Some("Ring"));
    streets.add_way(2, &[4, 5], WayKind::Street, Some("Path"));
    let stations = clinic();
    let homes = [resident("home", 3.0, 0.8)];
    let asked = Asked {
        streets: streets.finish(Vec::new()),
        ..asked(&stations, &homes)
    };
    let both = asked.behind(walled(vec![
        gate("back", 3.0, 1.1),
        gate("front", 3.0, 0.1),
    ]));
    // By the front gate to the clinic in a straight line.
    assert_near(cost(&both.coverage, 0), 0.8 * NORTH_MS);
    assert_eq!(both.snapped().gate_accesses(ResidentId(0)).count(), 2);
    // By the back gate alone, over the path: 0.3 and 0.2 north, 7 east, 1.3 south, 7 west.
    let back = asked.behind(walled(vec![gate("back", 3.0, 1.1)]));
    assert_near(cost(&back.coverage, 0), 1.8 * NORTH_MS + 14.0 * EAST_MS);
}

/// The drawing with a lane from Back Street through the back gate to (3,0.3), and where asked on to Main Street.
fn with_lane(is_through: bool) -> Streets {
    let vertices = [
        (0, 0),
        (30, 0),
        (100, 0),
        (100, 13),
        (30, 13),
        (0, 13),
        (30, 3),
    ];
    let vertices = vertices.map(|(x, y)| Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    });
    let mut streets = StreetsBuilder::new(vertices.to_vec());
    streets.add_way(1, &[0, 1, 2, 3, 4, 5], WayKind::Street, Some("Ring"));
    streets.add_way(2, &[4, 6], WayKind::Street, Some("Lane"));
    if is_through {
        streets.add_way(3, &[6, 1], WayKind::Street, Some("New Way"));
    }
    streets.finish(Vec::new())
}

#[test]
fn a_gate_for_those_with_a_street_inside_is_a_way_through_the_wall_to_a_street_outside() {
    let stations = clinic();
    let people = |count: u64| People::from_thousandths(count * 1000);
    let homes = [
        resident("near", 3.1, 0.3).with_people(people(7)),
        resident("off the far end", 3.1, 0.9).with_people(people(20)),
        resident("by the clinic", 3.2, 0.0),
    ];
    let city = CityRecords {
        stations: &stations,
        residents: &homes,
        areas: &[],
    };
    let behind = |streets: &Streets| {
        let options = Options {
            profile: Profile::plain(),
            compounds: walled(vec![gate("back", 3.0, 1.1)]),
            ..Options::minutes(&[1.0]).expect("a cutoff")
        };
        let network = Network::build(streets).expect("streets");
        analyse(&network, city, options, Control::default()).expect("nobody cancels")
    };
    let analysis = behind(&with_lane(false));
    assert!((0..2).all(|home| {
        analysis
            .snapped()
            .gate_accesses(ResidentId(home))
            .next()
            .is_none()
    }));
    let found = analysis.gaps(&homes, GapOptions::default(), Control::default());
    let found = found.expect("nobody cancels");
    let [gap] = found.list.as_slice() else {
        panic!("one gap, not {:?}", found.list)
    };
    // Less than half of the 27, so no missing link.
    assert_eq!((gap.people, gap.link), (people(27), None));
    // From the end of the lane straight down to the clinic, through the wall at 0.1: 0.1 east and 0.3 north are 33 s of the
    // minute, and from the other home 0.6 north more are 83 s.
    let new = gap.gate.expect("a gate helps");
    assert!((new.place.x - 0.003).abs() < 1e-9 && (new.place.y - 0.0001).abs() < 1e-9);
    assert_eq!((new.compound.0, new.gain), (0, people(7)));
    let way = new.way.expect("a way");
    assert!((way.from.x - 0.003).abs() < 1e-9 && (way.from.y - 0.0003).abs() < 1e-9);
    assert!((way.to.x - 0.003).abs() < 1e-9 && way.to.y.abs() < 1e-9);
    assert!((way.metres - 33.172).abs() < 0.01, "{}", way.metres);
    // Now they walk up the lane and around: 1.0 north, 7 east, 1.3 south, 7 west.
    let saved = (1.0 + 1.3 - 0.3) * NORTH_MS + 14.0 * EAST_MS;
    assert_near(f64::from(new.saved.expect("a walk")), saved);
    // With that way they are covered, and nobody else.
    let after = behind(&with_lane(true));
    assert_near(cost(&after.coverage, 0), 0.1 * EAST_MS + 0.3 * NORTH_MS);
    let covered = |analysis: &Analysis| analysis.coverage.with_status(Status::Covered).people;
    assert_eq!(covered(&after), covered(&analysis) + new.gain);
}

#[test]
fn a_missing_link_counts_who_leaves_by_several_gates_by_the_best_of_them() {
    // The drawing with Far Street 0.3 north of Back Street, joined to it nowhere, and the clinic there. The front gate is
    // nearer to the home: its first door.
    let far = |is_linked: bool| {
        let vertices = [
            (0, 0),
            (100, 0),
            (100, 13),
            (30, 13),
            (0, 13),
            (0, 16),
            (30, 16),
            (100, 16),
        ];
        let vertices = vertices.map(|(x, y)| Location {
            lon_e7: x * 1000,
            lat_e7: y * 1000,
        });
        let mut streets = StreetsBuilder::new(vertices.to_vec());
        streets.add_way(1, &[0, 1, 2, 3, 4], WayKind::Street, Some("Ring"));
        streets.add_way(2, &[5, 6, 7], WayKind::Street, Some("Far Street"));
        if is_linked {
            streets.add_way(3, &[3, 6], WayKind::Street, None);
        }
        streets.finish(Vec::new())
    };
    let stations = [station("clinic", 3.0, 1.6)];
    let seven = People::from_thousandths(7000);
    let homes = [resident("home", 3.0, 0.5).with_people(seven)];
    for trip in [Trip::ToStation, Trip::FromStation, Trip::RoundTrip] {
        let behind = |is_linked| {
            let asked = Asked {
                streets: far(is_linked),
                trip,
                ..asked(&stations, &homes)
            };
            asked.behind(walled(vec![
                gate("back", 3.0, 1.1),
                gate("front", 3.0, 0.1),
            ]))
        };
        let analysis = behind(false);
        let accesses: Vec<_> = analysis.snapped().gate_accesses(ResidentId(0)).collect();
        assert_eq!((accesses.len(), accesses[0].gate.0), (2, 1));
        let gaps = analysis.gaps(&homes, GapOptions::default(), Control::default());
        let gaps = gaps.expect("nobody cancels");
        // By the back 0.6 north to the gate, 0.2 to Back Street, 0.3 over the link: 91 s. By the front it were 1,169 s.
        let link = gaps.list[0].link.expect("a link");
        assert_eq!(link.gain, seven);
        assert!((link.from.x - 0.003).abs() < 1e-9 && (link.from.y - 0.0013).abs() < 1e-9);
        let ways = if trip == Trip::RoundTrip { 2.0 } else { 1.0 };
        assert_near(cost(&behind(true).coverage, 0), ways * 1.1 * NORTH_MS);
    }
}
