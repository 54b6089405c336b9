use super::*;

/// A way north along the meridian of Greenwich, from the equator.
fn north(degrees: f64) -> Line {
    two_way(&[[0.0, 0.0], [0.0, degrees]])
}

fn two_way(points: &[[f64; 2]]) -> Line {
    Line {
        points: points.to_vec(),
        one_way: false,
    }
}

fn station(id: &str, [lon, lat]: [f64; 2]) -> Station {
    Station {
        id: id.into(),
        lon,
        lat,
    }
}

fn resident(id: &str, [lon, lat]: [f64; 2]) -> Resident {
    Resident {
        id: id.into(),
        lon,
        lat,
        population: None,
    }
}

fn case(lines: &[Line], stations: &[[f64; 2]], residents: &[[f64; 2]]) -> Case {
    Case {
        lines: lines.to_vec(),
        stations: (stations.iter().enumerate())
            .map(|(index, point)| station(&format!("s{index}"), *point))
            .collect(),
        residents: (residents.iter().enumerate())
            .map(|(index, point)| resident(&format!("r{index}"), *point))
            .collect(),
    }
}

#[track_caller]
fn assert_near(value: Option<f64>, expected: f64, tolerance: f64) {
    assert!(
        value.is_some_and(|value| (value - expected).abs() <= tolerance),
        "{value:?}, not {expected}"
    );
}

#[test]
fn a_degree_of_latitude_at_the_equator_is_the_published_110_574_m() {
    let case = case(&[north(1.0)], &[[0.0, 1.0]], &[[0.0, 0.0]]);
    let answer = answer(&case, &Parameters::default());
    assert_near(answer.residents[0].metres, 110_574.389, 0.001);
    assert_near(
        answer.residents[0].seconds,
        110_574.389 / (4.8 / 3.6),
        0.001,
    );
    assert_eq!(answer.residents[0].status, [Status::Beyond]);
    assert!(answer.doubts.is_empty(), "{:?}", answer.doubts);
}

#[test]
fn along_the_equator_a_length_is_that_of_the_circle() {
    // 6,378,137 m x 0.01 degrees x pi / 180 = 1,113.1949 m: 834.896 s at 4.8 km/h, so within 15 minutes and not 10.
    let line = two_way(&[[0.0, 0.0], [0.004, 0.0], [0.01, 0.0]]);
    let case = case(&[line], &[[0.01, 0.0]], &[[0.0, 0.0]]);
    let parameters = Parameters {
        metres: vec![1113, 1114],
        ..Parameters::default()
    };
    let answer = answer(&case, &parameters);
    let resident = &answer.residents[0];
    assert_near(resident.metres, 1113.1949, 0.0001);
    assert_near(resident.seconds, 834.896, 0.001);
    assert_eq!(resident.status, [Status::Covered]);
    let within: Vec<u64> = resident.within_minutes.iter().map(|n| n.low).collect();
    assert_eq!(within, [0, 0, 1]);
    assert_eq!(resident.within_metres[0], Range { low: 0, high: 1 });
    assert_eq!(resident.within_metres[1], Range { low: 1, high: 1 });
}

#[test]
fn metres_per_degree_are_the_published_ones() {
    // NIMA's table for WGS84: 110,574 and 111,320 m at the equator, 111,132 and 78,847 m at 45 degrees.
    for (lat, north, east) in [(0.0, 110_574.3, 111_319.5), (45.0, 111_131.8, 78_846.8)] {
        let [east_is, north_is] = metres_per_degree(lat);
        assert!((north_is - north).abs() < 0.1, "{north_is} at {lat}");
        assert!((east_is - east).abs() < 0.1, "{east_is} at {lat}");
    }
}

#[test]
fn a_resident_half_way_along_a_street_walks_its_leg_and_half_the_street() {
    // 0.01 degrees of latitude are 1,105.743 m; half of that is 552.871 m. The leg of 0.001 degrees of longitude is
    // 111.319 m (to 1e-5 of it: the parallel at 0.005 degrees), counted once as it is, and once with a factor of 1.5.
    let case = case(&[north(0.01)], &[[0.0, 0.01]], &[[0.001, 0.005]]);
    let mut parameters = Parameters::default();
    assert_near(
        answer(&case, &parameters).residents[0].metres,
        552.872 + 111.319,
        0.01,
    );
    parameters.leg_factor = 1.5;
    let answer = answer(&case, &parameters);
    assert_near(answer.residents[0].metres, 552.872 + 1.5 * 111.319, 0.01);
    assert_near(
        answer.residents[0].seconds,
        (552.872 + 1.5 * 111.319) * 0.75,
        0.01,
    );
    assert_near(answer.residents[0].snap_m, 111.319, 0.01);
}

#[test]
fn two_points_on_one_street_go_straight_along_it() {
    let case = case(&[north(0.01)], &[[0.0, 0.0075]], &[[0.0, 0.0025]]);
    let answer = answer(&case, &Parameters::default());
    assert_near(answer.residents[0].metres, 552.872, 0.01);
}

#[test]
fn two_points_on_copies_of_one_street_go_straight_along_it() {
    let mut reversed = north(0.01);
    reversed.points.reverse();
    let case = case(
        &[north(0.01), reversed],
        &[[0.0001, 0.0075]],
        &[[-0.0001, 0.0025]],
    );
    let answer = answer(&case, &Parameters::default());
    assert_near(answer.residents[0].metres, 552.872 + 2.0 * 11.132, 0.01);
    assert!(answer.doubts.is_empty(), "{:?}", answer.doubts);
}

#[test]
fn round_a_square_the_shorter_way_counts() {
    // Sides of 0.002 degrees near the equator: 222.639 m along it and 221.149 m north; three quarters of the way round
    // one way is one quarter the other.
    let corners = [[0.0, 0.0], [0.002, 0.0], [0.002, 0.002], [0.0, 0.002]];
    let square = two_way(&[corners[0], corners[1], corners[2], corners[3], corners[0]]);
    let case = case(&[square], &[corners[0]], &corners);
    let answer = answer(&case, &Parameters::default());
    let metres = |index: usize| answer.residents[index].metres;
    assert_near(metres(0), 0.0, 1e-9);
    assert_near(metres(1), 222.639, 0.001);
    assert_near(metres(2), 222.639 + 221.149, 0.001);
    assert_near(metres(3), 221.149, 0.001);
}

#[test]
fn one_way_round_a_square_the_ways_there_and_back_differ() {
    let corners = [[0.0, 0.0], [0.002, 0.0], [0.002, 0.002], [0.0, 0.002]];
    let square = Line {
        points: vec![corners[0], corners[1], corners[2], corners[3], corners[0]],
        one_way: true,
    };
    let case = case(&[square], &[corners[0]], &[corners[1]]);
    let metres = |direction: Direction| {
        let parameters = Parameters {
            direction,
            ..Parameters::default()
        };
        answer(&case, &parameters).residents[0].metres
    };
    let round = 2.0 * (222.639 + 221.149);
    assert_near(metres(Direction::FromStation), 222.639, 0.001);
    assert_near(metres(Direction::ToStation), round - 222.639, 0.002);
    assert_near(metres(Direction::RoundTrip), round, 0.002);
}

#[test]
fn against_a_one_way_street_there_is_no_way_even_between_two_points_on_it() {
    let street = Line {
        points: vec![[0.0, 0.0], [0.0, 0.01]],
        one_way: true,
    };
    let case = case(
        &[street],
        &[[0.0, 0.005]],
        &[[0.0, 0.0025], [0.0, 0.0075], [0.0, 0.005]],
    );
    let answer = answer(&case, &Parameters::default());
    assert_eq!(answer.residents[0].status, [Status::Covered]);
    assert_eq!(answer.residents[1].status, [Status::Unreachable]);
    assert_near(answer.residents[2].seconds, 0.0, 1e-9);
}

#[test]
fn a_cutoff_is_inclusive() {
    for (cost, decision) in [
        (299.999, Decision::Yes),
        (300.0, Decision::Yes),
        (300.001, Decision::No),
    ] {
        assert_eq!(Decision::new(Some(cost), 300.0, 0.0), decision, "{cost}");
    }
    assert_eq!(within_minutes(Some(300.1), 5), Decision::TooClose);
    assert_eq!(within_minutes(Some(300.2), 5), Decision::No);
    assert_eq!(within_minutes(None, 5), Decision::No);
}

#[test]
fn the_longest_leg_is_inclusive() {
    let network = Network::new(&[north(0.01)], 0.0);
    let leg = network.snap(0.001, 0.005, 200.0).leg_m();
    let leg = leg.expect("111 m are within 200 m");
    assert!(network.snap(0.001, 0.005, leg).leg_m().is_some());
    assert!(
        network
            .snap(0.001, 0.005, leg.next_down())
            .leg_m()
            .is_none()
    );
    assert!(network.snap(0.001, 0.005, leg + 0.001).doubt.is_some());
    assert!(network.snap(0.001, 0.005, leg + 0.1).doubt.is_none());
}

#[test]
fn nobody_snaps_to_an_island() {
    // 22 m of street beside the resident, and 1,106 m of street 111 m away.
    let island = two_way(&[[0.001, 0.005], [0.001, 0.0052]]);
    let case = case(&[north(0.01), island], &[[0.0, 0.0]], &[[0.001, 0.005]]);
    let mut parameters = Parameters::default();
    assert_near(
        answer(&case, &parameters).residents[0].snap_m,
        111.319,
        0.01,
    );
    parameters.min_island = 0.0;
    let all = answer(&case, &parameters);
    assert_near(all.residents[0].snap_m, 0.0, 1e-9);
    assert_eq!(all.residents[0].status, [Status::Unreachable]);
    parameters.min_island = 300.0;
    parameters.max_snap = 100.0;
    let none = answer(&case, &parameters);
    assert_eq!(none.residents[0].status, [Status::OffNetwork]);
}

#[test]
fn lines_join_where_vertices_coincide_and_not_where_they_cross() {
    let across = two_way(&[[-0.002, 0.005], [0.002, 0.005]]);
    let parameters = Parameters::default();
    let crossing = case(
        &[north(0.01), across.clone()],
        &[[0.0, 0.0]],
        &[[0.002, 0.005]],
    );
    let status = answer(&crossing, &parameters).residents[0].status.clone();
    assert_eq!(status, [Status::Unreachable]);
    // The same with a vertex where they cross, 3e-8 degrees off on one of the two.
    let bent = two_way(&[[0.0, 0.0], [3e-8, 0.005], [0.0, 0.01]]);
    let shared = two_way(&[[-0.002, 0.005], [0.0, 0.005], [0.002, 0.005]]);
    let joined = case(&[bent, shared], &[[0.0, 0.0]], &[[0.002, 0.005]]);
    assert_near(
        answer(&joined, &parameters).residents[0].metres,
        552.872 + 222.639,
        0.02,
    );
}

#[test]
fn repeated_vertices_and_lines_without_length_change_nothing() {
    let stuttering = two_way(&[
        [0.0, 0.0],
        [0.0, 0.0],
        [0.0, 0.005],
        [0.0, 0.005],
        [0.0, 0.01],
    ]);
    let dot = two_way(&[[0.0, 0.005], [0.0, 0.005]]);
    let case = case(&[stuttering, dot], &[[0.0, 0.01]], &[[0.0, 0.005]]);
    let answer = answer(&case, &Parameters::default());
    assert_near(answer.residents[0].metres, 552.872, 0.01);
    assert!(answer.doubts.is_empty(), "{:?}", answer.doubts);
}

#[test]
fn entrances_make_one_station_and_the_best_one_counts() {
    let mut case = case(
        &[north(0.01)],
        &[[0.0, 0.01], [0.0, 0.002], [1.0, 1.0]],
        &[[0.0, 0.0]],
    );
    for station in &mut case.stations {
        station.id = "one".into();
    }
    let answer = answer(&case, &Parameters::default());
    assert_eq!(answer.stations.len(), 1);
    assert_eq!(answer.stations[0].status, StationStatus::Ok);
    assert_eq!(answer.stations[0].snaps_m.len(), 2);
    assert_eq!(
        answer.stations[0].by_minutes[0].residents,
        Range { low: 1, high: 1 }
    );
    assert_near(answer.residents[0].metres, 221.149, 0.001);
}

#[test]
fn people_are_counted_by_status_by_cutoff_and_by_station() {
    // Stations at both ends of 1,106 m of street (829 s); residents at the first, 300 m from it, in the sea, nowhere.
    let mut case = case(
        &[north(0.01)],
        &[[0.0, 0.0], [0.0, 0.01]],
        &[[0.0, 0.0], [0.0, 0.002_713], [0.5, 0.5], [0.0, 95.0]],
    );
    for (resident, population) in case.residents.iter_mut().zip([2500, 10_000, 300, 40]) {
        resident.population = Some(population);
    }
    let answer = answer(&case, &Parameters::default());
    let exact = |value: u64| Range {
        low: value,
        high: value,
    };
    assert_eq!(answer.totals.people, 12_840);
    assert_eq!(
        answer.totals.people_by_status,
        [12_500, 0, 0, 300, 40].map(exact)
    );
    assert_eq!(answer.totals.records_by_status, [2, 0, 0, 1, 1].map(exact));
    assert_eq!(
        answer.totals.people_within_minutes,
        [12_500, 12_500, 12_500].map(exact)
    );
    let [first, second] = &answer.stations[..] else {
        panic!("two stations")
    };
    // 806 m from the second station are 604 s: within 15 minutes, not within 10.
    assert_eq!(first.by_minutes[1].exclusive_population, exact(12_500));
    assert_eq!(first.by_minutes[2].exclusive_population, exact(0));
    assert_eq!(second.by_minutes[2].population, exact(12_500));
    assert_eq!(second.by_minutes[1].residents, exact(0));
}

#[test]
fn stations_at_one_place_tie_and_the_first_is_nearest() {
    let twins = case(
        &[north(0.01)],
        &[[0.0, 0.01], [0.0, 0.002], [0.0, 0.002]],
        &[[0.0, 0.0]],
    );
    let parameters = Parameters::default();
    assert_eq!(answer(&twins, &parameters).residents[0].nearest, [1]);
    // At the same distance but not at the same place, rounding may make either the nearer.
    let mirrored = case(
        &[two_way(&[[-0.005, 0.0], [0.0, 0.0], [0.005, 0.0]])],
        &[[0.005, 0.0], [-0.005, 0.0]],
        &[[0.0, 0.0]],
    );
    assert_eq!(answer(&mirrored, &parameters).residents[0].nearest, [0, 1]);
}

#[test]
fn a_point_as_near_to_two_streets_is_in_doubt() {
    let streets = [
        two_way(&[[-0.001, 0.0], [-0.001, 0.01]]),
        two_way(&[[0.001, 0.0], [0.001, 0.01]]),
    ];
    let between = case(&streets, &[[0.001, 0.0]], &[[0.0, 0.005]]);
    assert_eq!(answer(&between, &Parameters::default()).doubts.len(), 1);
    // At a junction any of its streets is as good as the others.
    let corner = two_way(&[[-0.001, 0.0], [0.001, 0.0]]);
    let at_junction = case(
        &[streets[1].clone(), corner],
        &[[0.001, 0.0]],
        &[[0.0012, -0.0002]],
    );
    assert!(
        answer(&at_junction, &Parameters::default())
            .doubts
            .is_empty()
    );
}
