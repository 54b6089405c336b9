use geo_types::coord;

use super::*;
use crate::id::EdgeId;
use crate::model::WayKind;
use crate::network::{Direction, Impedance, Network};
use crate::search::Trip;
use crate::snap::{SnapOptions, Snapping};
use crate::units::{Cutoff, Unit};

/// A row of 12 junctions 100 apart with a shortcut of 50 between the first and the sixth and a dead end at the fourth, stations
/// at some junctions and a resident in the middle of every edge.
fn row() -> (Network, Impedance) {
    let mut ends: Vec<_> = (0..12)
        .map(|i| coord! { x: f64::from(i) * 0.001, y: 0.0 })
        .collect();
    ends.push(coord! { x: 0.003, y: 0.001 });
    let mut edges: Vec<[u32; 3]> = (0..11).map(|i| [i, i + 1, 100]).collect();
    edges.extend([[0, 5, 50], [3, 12, 70]]);
    let streets: Vec<_> = edges
        .iter()
        .map(|[a, b, _]| (*a, *b, WayKind::Street))
        .collect();
    let network = Network::from_edges(&ends, &streets).expect("a network");
    let impedance = Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, _| {
        edges[edge.index()][2]
    });
    (network, impedance)
}

fn on(edge: u32, fraction: f64) -> Snapping {
    let edge = EdgeId(edge);
    let leg_m = 0.0;
    Snapping::On(Snap::new(edge, fraction, leg_m))
}

/// Homes and the four stations a, b, c and d.
fn with_stations(homes: Vec<Snapping>) -> Snapped {
    let stations = [on(0, 0.0), on(7, 0.25), on(12, 1.0), on(10, 0.5)];
    let ids = ["a", "b", "c", "d"];
    Snapped::from_snappings(homes, &ids, &stations, SnapOptions::default())
}

#[test]
fn the_nearest_stations_are_those_of_the_whole_table_in_order() {
    let (network, impedance) = row();
    let edges = network.edge_count() as u32;
    let snapped = with_stations((0..edges).map(|edge| on(edge, 0.5)).collect());
    for trip in [Trip::ToStation, Trip::FromStation, Trip::RoundTrip] {
        let engine = Engine::new(&network, &impedance, &snapped, trip);
        let all = Cutoff::minutes(60.0).expect("a cutoff");
        let times = engine
            .travel_times(Some(all), Control::default())
            .expect("not cancelled");
        for count in 0..=5 {
            let nearest = engine
                .nearest_stations(count, Control::default())
                .expect("not cancelled");
            assert_eq!(nearest.resident_count(), edges as usize);
            for resident in (0..edges).map(ResidentId) {
                let mut expected: Vec<(u64, StationId)> = snapped
                    .stations()
                    .flat_map(|station| {
                        let row = times.row_of(station).iter();
                        row.filter(move |entry| entry.0 == resident)
                            .map(move |(_, cost)| (u64::from(*cost), station))
                    })
                    .collect();
                assert_eq!(expected.len(), 4, "everybody reaches every station");
                expected.sort_unstable();
                expected.truncate(count);
                let found: Vec<(u64, StationId)> = nearest
                    .of(resident)
                    .expect("their own")
                    .iter()
                    .map(|nearest| (nearest.cost, nearest.station))
                    .collect();
                assert_eq!(found, expected, "{trip:?} {count} {resident:?}");
            }
        }
    }
}

#[test]
fn the_nearest_of_a_home_beside_two_stations_are_as_by_hand() {
    // The home in the middle of the first edge, 50 from its ends: station a at the first junction at 50, station b at 725
    // along the row, over the shortcut at 50 + 50 + 225; c at the dead end, 50 + 200 + 70, or 50 + 50 + 200 + 70 over the
    // shortcut; d at the row's end.
    let (network, impedance) = row();
    let snapped = with_stations(vec![on(0, 0.5)]);
    let engine = Engine::new(&network, &impedance, &snapped, Trip::ToStation);
    let nearest = engine
        .nearest_stations(3, Control::default())
        .expect("not cancelled");
    let found: Vec<(u32, u64)> = nearest
        .of(ResidentId(0))
        .expect("the only one")
        .iter()
        .map(|nearest| (nearest.station.0, nearest.cost))
        .collect();
    assert_eq!(found, [(0, 50), (2, 320), (1, 325)]);
}

/// A lattice of streets whose two directions cost different numbers, few enough that many are equal; every fifth street is
/// closed one way.
fn hilly(size: u32, seed: u32) -> (Network, Impedance) {
    let node = |x: u32, y: u32| y * size + x;
    let ends: Vec<_> = (0..size * size)
        .map(|i| coord! { x: f64::from(i % size) * 0.001, y: f64::from(i / size) * 0.001 })
        .collect();
    let mut streets = Vec::new();
    for y in 0..size {
        for x in 0..size {
            if x + 1 < size {
                streets.push((node(x, y), node(x + 1, y), WayKind::Street));
            }
            if y + 1 < size {
                streets.push((node(x, y), node(x, y + 1), WayKind::Street));
            }
        }
    }
    let network = Network::from_edges(&ends, &streets).expect("a network");
    let impedance = Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, direction| {
        let forward = u32::from(direction == Direction::Forward);
        let random = (edge.index() as u32 + 7 * forward + seed).wrapping_mul(2_654_435_761) >> 24;
        if random.is_multiple_of(5) && forward == 0 {
            CLOSED
        } else {
            1_000 * (1 + random % 7)
        }
    });
    (network, impedance)
}

#[test]
fn round_trips_to_the_nearest_are_those_of_the_whole_table_where_both_ways_differ() {
    let mut differing = 0;
    for seed in 0..12 {
        let (network, impedance) = hilly(7, seed);
        let edges = network.edge_count() as u32;
        let homes = (0..edges).map(|edge| on(edge, 0.5)).collect();
        let places = [3, 17, 40, 61, 77].map(|edge| on((edge + seed) % edges, 0.25));
        let ids = ["a", "b", "c", "d", "e"];
        let snapped = Snapped::from_snappings(homes, &ids, &places, SnapOptions::default());
        let engine = Engine::new(&network, &impedance, &snapped, Trip::RoundTrip);
        let all = Cutoff::minutes(60.0).expect("a cutoff");
        let table = engine.travel_times(Some(all), Control::default());
        let table = table.expect("not cancelled");
        let least = |resident: ResidentId| {
            let rows = snapped.stations().flat_map(|station| {
                let row = table.row_of(station).iter();
                row.filter(move |entry| entry.0 == resident)
                    .map(move |(_, cost)| (u64::from(*cost), station))
            });
            rows.min()
        };
        let there = engine.nearest_one_way();
        let back = engine.nearest_on_the_way_back();
        for cutoff in [None, Some(Cutoff::minutes(0.1).expect("a cutoff"))] {
            let times = engine.travel_times(cutoff, Control::default());
            let times = times.expect("not cancelled");
            for (index, nearest) in times.nearest().iter().enumerate() {
                let found = nearest.map(|nearest| (nearest.cost, nearest.station));
                assert_eq!(
                    found,
                    least(ResidentId(index as u32)),
                    "{seed} {cutoff:?} {index}"
                );
                let ways = there[index].zip(back[index]);
                differing +=
                    usize::from(ways.is_some_and(|(there, back)| there.station != back.station));
            }
        }
    }
    assert!(differing > 100, "only {differing} have two stations");
}

#[test]
fn a_raised_flag_stops_the_search_for_round_trips() {
    let (network, impedance) = row();
    let snapped = with_stations(vec![on(0, 0.5)]);
    let engine = Engine::new(&network, &impedance, &snapped, Trip::RoundTrip);
    let cancel = std::sync::atomic::AtomicBool::new(true);
    let control = Control::default().with_cancel(&cancel);
    assert!(engine.travel_times(None, control).is_err());
    assert!(engine.nearest_stations(2, control).is_err());
}
