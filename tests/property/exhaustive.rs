//! Every undirected graph of up to four nodes and every directed one of up to three, with weights 0, 1, 2 and the limit,
//! against Floyd and Warshall: all pairs, all trips, the limit hit exactly.

use geo_types::Coord;
use pedshed::id::{EdgeId, ResidentId, StationId};
use pedshed::model::WayKind;
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::{TravelTimes, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{CLOSED, Cutoff, Unit};

use crate::oracle::graphs::{both_ways, each_directed, each_undirected, floyd_warshall};
use crate::support::searched::{placed, times};

const LIMIT: u32 = 5;
const WEIGHTS: [u32; 4] = [0, 1, 2, LIMIT];

/// A graph as a network: an edge per arc or edge, and a stub at every node for its people to stand on.
struct Town {
    network: Network,
    impedance: Impedance,
    snapped: Snapped,
    snaps: Vec<Snap>,
}

impl Town {
    /// Edges may be walked along; against, too, where `both` is true.
    fn new(n: usize, edges: &[(usize, usize, u32)], both: bool) -> Self {
        let place = |x: usize, y: f64| Coord {
            x: x as f64 * 0.001,
            y,
        };
        let places: Vec<_> = (0..n)
            .map(|x| place(x, 0.0))
            .chain((0..n).map(|x| place(x, 0.001)))
            .collect();
        let stubs = (0..n as u32).map(|node| (node, node + n as u32, WayKind::Street));
        let listed = edges
            .iter()
            .map(|&(a, b, _)| (a as u32, b as u32, WayKind::Street));
        let list: Vec<_> = stubs.chain(listed).collect();
        let network = Network::from_edges(&places, &list).expect("a town");
        let impedance =
            Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, direction| match (
                edge.index().checked_sub(n),
                direction,
            ) {
                (None, _) => 1000,
                (Some(index), Direction::Forward) => edges[index].2,
                (Some(index), Direction::Backward) if both => edges[index].2,
                (Some(_), Direction::Backward) => CLOSED,
            });
        let snaps: Vec<Snap> = (0..n as u32)
            .map(|node| Snap::new(EdgeId(node), 0.0, 0.0))
            .collect();
        let all: Vec<Snapping> = snaps.iter().copied().map(Snapping::On).collect();
        let ids: Vec<String> = (0..n).map(|node| format!("s{node}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let snapped = Snapped::from_snappings(all.clone(), &ids, &all, SnapOptions::default());
        Self {
            network,
            impedance,
            snapped,
            snaps,
        }
    }

    fn search(&self, trip: Trip) -> TravelTimes {
        let cutoff = Some(Cutoff::from_cost(LIMIT, Unit::Milliseconds).expect("a cutoff"));
        let placed = placed(&self.network, &self.impedance, &self.snapped, trip);
        times(&placed, cutoff)
    }

    /// A resident and a station at every node: the table and the nearest stations are Floyd and Warshall's.
    fn agrees(&self, best: &[Vec<Option<u64>>], edges: &[(usize, usize, u32)]) {
        let n = best.len();
        for trip in [Trip::ToStation, Trip::FromStation, Trip::RoundTrip] {
            let times = self.search(trip);
            let cost = |resident: usize, station: usize| match trip {
                Trip::ToStation => best[resident][station],
                Trip::FromStation => best[station][resident],
                Trip::RoundTrip => Some(best[resident][station]? + best[station][resident]?),
            };
            for station in 0..n {
                let expected: Vec<(ResidentId, u32)> = (0..n)
                    .filter_map(|resident| {
                        let cost =
                            cost(resident, station).filter(|cost| *cost <= u64::from(LIMIT))?;
                        Some((ResidentId(resident as u32), cost as u32))
                    })
                    .collect();
                assert_eq!(
                    times
                        .sorted_row(StationId(station as u32))
                        .expect("its own"),
                    expected,
                    "{edges:?} {trip:?} station {station}"
                );
            }
            for resident in 0..n {
                // Everybody has a station at their own node; the tie goes to the first that costs nothing.
                let first = (0..n).find(|station| cost(resident, *station) == Some(0));
                let nearest = times.nearest()[resident]
                    .map(|nearest| (nearest.station.index(), nearest.cost));
                assert_eq!(
                    nearest,
                    first.map(|station| (station, 0)),
                    "{edges:?} {trip:?} resident {resident}"
                );
            }
        }
    }

    /// One station only: the nearest is at any distance, and a route to it costs the same.
    fn agrees_at_any_distance(&self, best: &[Vec<Option<u64>>], edges: &[(usize, usize, u32)]) {
        let station = Snapping::On(self.snaps[0]);
        let residents = self.snaps.iter().copied().map(Snapping::On).collect();
        let snapped =
            Snapped::from_snappings(residents, &["s"], &[station], SnapOptions::default());
        for (trip, there, back) in [
            (Trip::ToStation, true, false),
            (Trip::FromStation, false, true),
            (Trip::RoundTrip, true, true),
        ] {
            let cutoff = Some(Cutoff::from_cost(1, Unit::Milliseconds).expect("a cutoff"));
            let times = times(
                &placed(&self.network, &self.impedance, &snapped, trip),
                cutoff,
            );
            for (resident, row) in best.iter().enumerate() {
                let part = |counts: bool, cost: Option<u64>| if counts { cost } else { Some(0) };
                let expected = part(there, row[0]).zip(part(back, best[0][resident]));
                let expected = expected.map(|(there, back)| there + back);
                let nearest = times.nearest()[resident].map(|nearest| nearest.cost);
                assert_eq!(nearest, expected, "{edges:?} {trip:?} resident {resident}");
            }
        }
        let placed = placed(&self.network, &self.impedance, &snapped, Trip::ToStation);
        for (resident, snap) in self.snaps.iter().enumerate() {
            let route = placed
                .walker()
                .route(Unit::Milliseconds, &[*snap], &self.snaps[..1]);
            let route = route.expect("its own edges");
            assert_eq!(
                route.map(|route| route.cost()),
                best[resident][0],
                "{edges:?} route of {resident}"
            );
        }
    }
}

#[test]
fn every_undirected_graph_of_up_to_four_nodes_is_solved() {
    for n in 1..=4 {
        each_undirected(n, &WEIGHTS, |edges| {
            let best = floyd_warshall(n, &both_ways(edges));
            let town = Town::new(n, edges, true);
            town.agrees(&best, edges);
            town.agrees_at_any_distance(&best, edges);
        });
    }
}

#[test]
fn every_directed_graph_of_up_to_three_nodes_is_solved() {
    for n in 1..=3 {
        each_directed(n, &WEIGHTS, |arcs| {
            let best = floyd_warshall(n, arcs);
            let town = Town::new(n, arcs, false);
            town.agrees(&best, arcs);
            town.agrees_at_any_distance(&best, arcs);
        });
    }
}

#[test]
fn two_on_one_edge_go_along_it_or_around_whichever_is_less() {
    // A triangle whose first edge costs more than the way round; people at tenths of it.
    let (long, short) = (100, 10);
    let places = [(0.0, 0.0), (0.001, 0.0), (0.0, 0.001)].map(|(x, y)| Coord { x, y });
    let edge = |a, b| (a, b, WayKind::Street);
    let network =
        Network::from_edges(&places, &[edge(0, 1), edge(1, 2), edge(2, 0)]).expect("a triangle");
    let impedance = Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, _| {
        if edge.index() == 0 { long } else { short }
    });
    let at = |tenths: u32| Snapping::On(Snap::new(EdgeId(0), f64::from(tenths) / 10.0, 0.0));
    let residents: Vec<Snapping> = (0..=10).map(at).collect();
    for station in 0..=10 {
        let snapped = Snapped::from_snappings(
            residents.clone(),
            &["s"],
            &[at(station)],
            SnapOptions::default(),
        );
        let times = times(
            &placed(&network, &impedance, &snapped, Trip::ToStation),
            None,
        );
        for resident in 0..=10u32 {
            let along = resident.abs_diff(station) * 10;
            let around = |from: u32, to: u32| from * 10 + 2 * short + (10 - to) * 10;
            let expected = along
                .min(around(resident, station))
                .min(around(station, resident));
            let nearest = times.nearest()[resident as usize].map(|nearest| nearest.cost);
            assert_eq!(
                nearest,
                Some(u64::from(expected)),
                "from {resident} to {station}"
            );
        }
    }
}
