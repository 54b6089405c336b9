//! A town of five streets with every sum worked out by hand.
//!
//! It lies on the equator, where 0.001° of longitude is 111.319 m (the equator's 40,075,016.686 m / 360,000) and 0.001° of
//! latitude is 110.574 m (the meridian's radius of curvature there, a(1 − e²) = 6,335,439 m). At 4.8 km/h a metre takes
//! 0.75 s: 0.001° east is 83.490 s, 0.001° north is 82.931 s.
//!
//! ```text
//!            D (0,4)
//!            |                      E -- F   an island of 111 m, 1 km east
//!  A(-3,0) --B(0,0)-------C(9,0)
//!            |
//!            G (0,-4)
//! ```

use geo_types::Coord;
use pedshed::control::Control;
use pedshed::coverage::Status::{Beyond, Covered, Invalid, OffNetwork};
use pedshed::coverage::{Reason, Status};
use pedshed::geometry::Location;
use pedshed::id::{ResidentId, StationId};
use pedshed::model::{CityRecords, Resident, Station, Streets, StreetsBuilder, WayKind};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::units::{Cutoff, People};
use pedshed::{Analysis, Options, analyse};
use pedshed::{coverage::Tests, model::Profile};

/// Milliseconds of 0.001° east and north at 4.8 km/h.
const EAST_MS: f64 = 83_489.618;
const NORTH_MS: f64 = 82_930.704;

fn place(x: f64, y: f64) -> Coord<f64> {
    Coord {
        x: x / 1000.0,
        y: y / 1000.0,
    }
}

fn town() -> Streets {
    let vertices =
        [(-3, 0), (0, 0), (9, 0), (0, 4), (0, -4), (18, 0), (19, 0)].map(|(x, y)| Location {
            lon_e7: x * 10_000,
            lat_e7: y * 10_000,
        });
    let mut streets = StreetsBuilder::new(vertices.to_vec());
    for (id, refs) in [
        (1, [0, 1]),
        (2, [1, 2]),
        (3, [1, 3]),
        (4, [1, 4]),
        (5, [5, 6]),
    ] {
        streets.add_way(id, &refs, WayKind::Street, None);
    }
    streets.finish(Vec::new())
}

fn resident(id: &str, x: f64, y: f64, people: u64) -> Resident {
    let Coord { x, y } = place(x, y);
    Resident::new(id, x, y).with_people(People::from_thousandths(people * 1000))
}

fn station(id: &str, x: f64, y: f64) -> Station {
    let Coord { x, y } = place(x, y);
    Station::new(id, x, y)
}

fn options(cutoffs: &[Cutoff]) -> Options {
    let tests = Tests::new(cutoffs.iter().copied()).expect("cutoffs");
    Options {
        profile: Profile::plain(),
        ..Options::new(tests)
    }
}

fn minutes(list: &[f64]) -> Vec<Cutoff> {
    list.iter()
        .map(|minutes| Cutoff::minutes(*minutes).expect("a cutoff"))
        .collect()
}

fn run(stations: &[Station], residents: &[Resident], options: Options) -> Analysis {
    let city = CityRecords {
        stations,
        residents,
        areas: &[],
    };
    let network = Network::build(&town()).expect("the town has streets");
    analyse(&network, city, options, Control::default()).expect("nobody cancels")
}

fn assert_near(milliseconds: u64, expected: f64) {
    assert!(
        (milliseconds as f64 - expected).abs() <= 2.0,
        "{milliseconds} ms, expected {expected}"
    );
}

#[test]
fn legs_partial_edges_and_whole_edges_add_up() {
    // The clinic stands 0.001° north of the middle of street 1, the resident 0.001° west of the middle of street 3:
    // leg 82.931, half of street 1 is 1.5 east, half of street 3 is 2 north, leg 83.490.
    let analysis = run(
        &[station("clinic", -1.5, 1.0)],
        &[resident("r", -1.0, 2.0, 1)],
        options(&minutes(&[15.0])),
    );
    let nearest = analysis.coverage.nearest()[0].expect("a path");
    assert_near(
        nearest.cost,
        NORTH_MS + 1.5 * EAST_MS + 2.0 * NORTH_MS + EAST_MS,
    );
    assert_eq!(
        analysis.coverage.stations()[0].snap_m.map(f64::round),
        Some(111.0)
    );
}

#[test]
fn two_on_one_street_walk_straight_along_it() {
    let analysis = run(
        &[station("s", 2.0, 0.0)],
        &[resident("r", 7.0, 0.0, 1)],
        options(&minutes(&[15.0])),
    );
    assert_near(
        analysis.coverage.nearest()[0].expect("a path").cost,
        5.0 * EAST_MS,
    );
}

#[test]
fn every_status_and_every_sum_comes_out_as_by_hand() {
    let stations = [
        station("west", -3.0, 0.0),
        station("south", 0.0, -4.0),
        station("sea", 500.0, 500.0),
    ];
    let residents = [
        // To west 3 east = 250.5 s, to south 4 north = 331.7 s: within 5 minutes of west, within 6 of both.
        resident("b", 0.0, 0.0, 10),
        // To south 8 north = 663.4 s, to west 4 north + 3 east = 582.2 s: within 10 minutes of west only.
        resident("d", 0.0, 4.0, 20),
        // To west 12 east = 1001.9 s.
        resident("c", 9.0, 0.0, 40),
        // On the island: 1 east of street is shorter than 300 m, and the next street is 9 east = 1002 m away.
        resident("e", 18.5, 0.0, 80),
        resident("sea", 400.0, 0.0, 160),
        Resident {
            place: Err(pedshed::model::Fault::NoCoordinate),
            ..resident("nowhere", 0.0, 0.0, 320)
        },
    ];
    let analysis = run(&stations, &residents, options(&minutes(&[5.0, 6.0, 10.0])));
    let coverage = &analysis.coverage;
    assert_eq!(
        coverage.statuses(),
        [Covered, Covered, Beyond, OffNetwork, OffNetwork, Invalid]
    );
    assert_eq!(coverage.within(ResidentId(0)), Ok(&[1, 2, 2][..]));
    assert_eq!(coverage.within(ResidentId(1)), Ok(&[0, 0, 1][..]));
    assert_eq!(coverage.within(ResidentId(2)), Ok(&[0, 0, 0][..]));
    let people = |thousandths: People| thousandths.thousandths() / 1000;
    assert_eq!(people(coverage.total().people), 630);
    assert_eq!(
        Status::ALL.map(|status| people(coverage.with_status(status).people)),
        [30, 40, 0, 240, 320]
    );
    assert_eq!(
        coverage
            .by_cutoff()
            .iter()
            .map(|tally| people(tally.people))
            .collect::<Vec<_>>(),
        [10, 10, 30]
    );
    let west: Vec<_> = coverage
        .catchments(StationId(0))
        .expect("a station")
        .to_vec();
    assert_eq!(
        west.iter()
            .map(|sums| people(sums.people))
            .collect::<Vec<_>>(),
        [10, 10, 30]
    );
    assert_eq!(
        west.iter()
            .map(|sums| people(sums.exclusive))
            .collect::<Vec<_>>(),
        [10, 0, 20]
    );
    assert_near(coverage.nearest()[2].expect("a path").cost, 12.0 * EAST_MS);
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let reason = |id: u32| {
        let reason = analysis.reason(city, ResidentId(id));
        reason.expect("they are there")
    };
    assert!(
        matches!(reason(2), Some(Reason::TooFar { over, .. }) if (401_870..401_880).contains(&over))
    );
    assert!(
        matches!(reason(3), Some(Reason::Island { metres }) if metres < 1.0),
        "{:?}",
        reason(3)
    );
    assert!(matches!(reason(4), Some(Reason::StreetTooFar { .. })));
    assert_eq!(reason(0), None);
    assert_eq!(analysis.islands().list().len(), 1);
}

#[test]
fn without_a_minimum_the_island_is_a_place_that_no_path_leaves() {
    let mut options = options(&minutes(&[15.0]));
    options.min_island_m = 0.0;
    let analysis = run(
        &[station("west", -3.0, 0.0)],
        &[resident("e", 18.5, 0.0, 1)],
        options,
    );
    assert_eq!(analysis.coverage.statuses(), [Status::Unreachable]);
    assert_eq!(analysis.coverage.nearest(), [None]);
}

#[test]
fn the_best_entrance_of_a_station_counts() {
    let stations = [
        station("s", 9.0, 0.0),
        station("t", 0.0, 4.0),
        station("s", 0.0, -4.0),
    ];
    let analysis = run(
        &stations,
        &[resident("b", 0.0, 0.0, 1)],
        options(&minutes(&[15.0])),
    );
    assert_eq!(analysis.snapped().station_count(), 2);
    let nearest = analysis.coverage.nearest()[0].expect("a path");
    // Both are 4 north: the tie goes to the station that comes first.
    assert_eq!(nearest.station, StationId(0));
    assert_near(nearest.cost, 4.0 * NORTH_MS);
    assert_eq!(analysis.coverage.within(ResidentId(0)), Ok(&[2][..]));
}

#[test]
fn there_and_back_is_the_sum_of_both_walks() {
    let mut options = options(&minutes(&[8.0]));
    options.trip = Trip::RoundTrip;
    let residents = [
        resident("b", 0.0, 0.0, 1),
        resident("d", 0.0, 4.0, 1),
        resident("c", 9.0, 0.0, 1),
    ];
    let analysis = run(&[station("west", -3.0, 0.0)], &residents, options);
    // 2 × 250.5 s are over 8 minutes, and even the far are answered.
    assert_eq!(analysis.coverage.statuses(), [Status::Beyond; 3]);
    assert_near(
        analysis.coverage.nearest()[0].expect("a path").cost,
        6.0 * EAST_MS,
    );
    assert_near(
        analysis.coverage.nearest()[2].expect("a path").cost,
        24.0 * EAST_MS,
    );
}

#[test]
fn metres_decide_where_no_minutes_are_given_and_legs_count() {
    let metres = |m: f64| Cutoff::metres(m).expect("a cutoff");
    let stations = [station("west", -3.0, 0.0)];
    // 4 east and a leg of 1 north: 445.278 + 110.574 m.
    let residents = [resident("r", 1.0, 1.0, 1)];
    let within = |cutoff: f64| {
        let analysis = run(&stations, &residents, options(&[metres(cutoff)]));
        (
            analysis.coverage.statuses()[0],
            analysis.coverage.nearest_by_metres()[0].map(|near| near.cost),
        )
    };
    let (status, cost) = within(555.9);
    assert_eq!(status, Status::Covered);
    assert!(
        cost.is_some_and(|cost| cost.abs_diff(555_852) <= 2),
        "{cost:?}"
    );
    assert_eq!(within(555.8).0, Status::Beyond);
}

#[test]
fn the_cutoff_is_inclusive_to_the_millisecond() {
    let stations = [station("west", -3.0, 0.0)];
    let residents = [resident("b", 0.0, 0.0, 1)];
    let exact = run(&stations, &residents, options(&minutes(&[15.0])))
        .coverage
        .nearest()[0]
        .expect("a path")
        .cost;
    let at = |cost: u64| {
        let cutoff = Cutoff::from_cost(
            u32::try_from(cost).expect("short"),
            pedshed::units::Unit::Milliseconds,
        )
        .expect("a cutoff");
        run(&stations, &residents, options(&[cutoff]))
            .coverage
            .statuses()[0]
    };
    assert_eq!(at(exact), Status::Covered);
    assert_eq!(at(exact - 1), Status::Beyond);
}

#[test]
fn the_leg_factor_lengthens_legs_only() {
    let stations = [station("west", -3.0, 1.0)];
    let residents = [resident("b", 0.0, 0.0, 1)];
    let mut options = options(&minutes(&[15.0]));
    options.snap = options.snap.with_leg_factor(1.5).expect("a factor");
    let cost = run(&stations, &residents, options).coverage.nearest()[0]
        .expect("a path")
        .cost;
    assert_near(cost, 3.0 * EAST_MS + 1.5 * NORTH_MS);
}

#[test]
fn a_plain_circle_claims_those_whom_the_streets_do_not_serve() {
    // As the crow flies 3 east + 4 north is 555 m; on foot 776 m.
    let analysis = {
        let mut options = options(&minutes(&[8.0]));
        options.straight_m = vec![600.0];
        run(
            &[station("west", -3.0, 0.0)],
            &[resident("d", 0.0, 4.0, 3)],
            options,
        )
    };
    assert_eq!(analysis.coverage.share(), 0.0);
    assert_eq!(
        analysis.coverage.straight()[0].inside.people,
        People::from_thousandths(3000)
    );
}
