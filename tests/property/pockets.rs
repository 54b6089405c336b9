//! Pockets against their definition, written down with Floyd and Warshall's tables: one over the public ways, one over
//! the private ones, and a walk that leaves the resident's pocket once and enters the station's once.

use geo_types::Coord;
use pedshed::id::{EdgeId, ResidentId, StationId};
use pedshed::model::{Access, Flow, Passage, WayKind};
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::{Route, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{Cutoff, Unit};

use crate::oracle::graphs::floyd_warshall;
use crate::support::searched::{placed, times};

/// A seeded generator (Knuth's constants for 64-bit linear congruences), so that every run draws the same towns.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
}

struct Town {
    nodes: usize,
    edges: Vec<(u32, u32, Passage)>,
    costs: Vec<u32>,
    network: Network,
    impedance: Impedance,
}

impl Town {
    fn draw(dice: &mut Dice) -> Self {
        let nodes = 2 + dice.below(7);
        let places: Vec<Coord<f64>> = (0..nodes)
            .map(|node| Coord {
                x: node as f64 * 0.001,
                y: (node * node % 5) as f64 * 0.001,
            })
            .collect();
        let edges: Vec<(u32, u32, Passage)> = (0..=dice.below(2 * nodes))
            .map(|_| {
                let passage = Passage {
                    kind: WayKind::Street,
                    flow: [Flow::Both, Flow::Both, Flow::Both, Flow::Forward][dice.below(4)],
                    access: [Access::Public, Access::Private][dice.below(2)],
                    ..Passage::default()
                };
                (dice.below(nodes) as u32, dice.below(nodes) as u32, passage)
            })
            .collect();
        let costs: Vec<u32> = edges.iter().map(|_| 2 * dice.below(6) as u32).collect();
        let network = Network::from_edges(&places, &edges).expect("a town");
        let closed = pedshed::units::CLOSED;
        let impedance =
            Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, direction| match (
                edges[edge.index()].2.flow,
                direction,
            ) {
                (Flow::Forward, Direction::Backward) => closed,
                _ => costs[edge.index()],
            });
        Self {
            nodes,
            edges,
            costs,
            network,
            impedance,
        }
    }

    /// A place in the middle of an edge, at a leg's distance.
    fn place(&self, dice: &mut Dice) -> Snap {
        Snap::new(
            EdgeId(dice.below(self.edges.len()) as u32),
            0.5,
            dice.below(3) as f64,
        )
    }

    /// Floyd and Warshall's table over the ways of one access.
    fn table(&self, access: Access) -> Vec<Vec<Option<u64>>> {
        let mut arcs = Vec::new();
        for ((tail, head, passage), cost) in self.edges.iter().zip(&self.costs) {
            if passage.access == access {
                arcs.push((*tail as usize, *head as usize, *cost));
                if passage.flow == Flow::Both {
                    arcs.push((*head as usize, *tail as usize, *cost));
                }
            }
        }
        floyd_warshall(self.nodes, &arcs)
    }

    /// The costs from a place to every node beside it (`away`) or from every node to it, its pocket included.
    fn doors(&self, place: &Snap, away: bool, inside: &[Vec<Option<u64>>]) -> Vec<Option<u64>> {
        let (tail, head, passage) = self.edges[place.edge.index()];
        let half = u64::from(self.costs[place.edge.index()] / 2) + place.leg_m as u64;
        let one_way = passage.flow == Flow::Forward;
        let open = |end_is_tail: bool| !one_way || (end_is_tail != away);
        let ends = [(tail, open(true)), (head, open(false))];
        let ends = ends
            .iter()
            .filter(|(_, open)| *open)
            .map(|(end, _)| *end as usize);
        let ends: Vec<usize> = ends.collect();
        let further = |end: usize, node: usize| match passage.access {
            Access::Public => (end == node).then_some(0),
            Access::Private if away => inside[end][node],
            Access::Private => inside[node][end],
        };
        let cost = |node| {
            ends.iter()
                .filter_map(|end| Some(half + further(*end, node)?))
                .min()
        };
        (0..self.nodes).map(cost).collect()
    }

    /// The cost of the best walk between two places, by the definition.
    fn cost(&self, from: &Snap, to: &Snap) -> Option<u64> {
        let (public, inside) = (self.table(Access::Public), self.table(Access::Private));
        let (out, into) = (
            self.doors(from, true, &inside),
            self.doors(to, false, &inside),
        );
        let nodes = || 0..self.nodes;
        let by_nodes = nodes()
            .flat_map(|n| nodes().map(move |m| (n, m)))
            .filter_map(|(n, m)| Some(out[n]? + public[n][m]? + into[m]?))
            .min();
        // Both stand in the middle of their edge.
        let along = (from.edge == to.edge).then_some((from.leg_m + to.leg_m) as u64);
        by_nodes.into_iter().chain(along).min()
    }
}

#[test]
fn walks_leave_one_pocket_and_enter_one_and_pass_through_none() {
    let mut dice = Dice(2018);
    let mut reached = 0;
    for town_number in 0..3000 {
        let town = Town::draw(&mut dice);
        let residents: Vec<Snap> = (0..4).map(|_| town.place(&mut dice)).collect();
        let stations: Vec<Snap> = (0..3).map(|_| town.place(&mut dice)).collect();
        let on = |snaps: &[Snap]| snaps.iter().copied().map(Snapping::On).collect::<Vec<_>>();
        let snapped = Snapped::from_snappings(
            on(&residents),
            &["a", "b", "c"],
            &on(&stations),
            SnapOptions::default(),
        );
        for trip in [Trip::ToStation, Trip::FromStation, Trip::RoundTrip] {
            let cutoff = Cutoff::from_cost(12, Unit::Milliseconds).expect("a cutoff");
            let placed = placed(&town.network, &town.impedance, &snapped, trip);
            let times = times(&placed, Some(cutoff));
            let cost = |resident: &Snap, station: &Snap| match trip {
                Trip::ToStation => town.cost(resident, station),
                Trip::FromStation => town.cost(station, resident),
                Trip::RoundTrip => {
                    Some(town.cost(resident, station)? + town.cost(station, resident)?)
                }
            };
            for (index, station) in (0..).zip(&stations) {
                let expected: Vec<(ResidentId, u32)> = (0..)
                    .map(ResidentId)
                    .zip(&residents)
                    .filter_map(|(id, resident)| Some((id, cost(resident, station)? as u32)))
                    .filter(|(_, cost)| *cost <= 12)
                    .collect();
                assert_eq!(
                    times.sorted_row(StationId(index)).expect("its own"),
                    expected,
                    "town {town_number} {trip:?} {:?} {:?} {residents:?} {station:?}",
                    town.edges,
                    town.costs
                );
                reached += expected.len();
            }
            for (resident, nearest) in residents.iter().zip(times.nearest()) {
                let expected = (0..)
                    .zip(&stations)
                    .filter_map(|(id, station)| Some((cost(resident, station)?, id)))
                    .min();
                let nearest = nearest.map(|nearest| (nearest.cost, nearest.station.0));
                assert_eq!(nearest, expected, "town {town_number} {trip:?}");
            }
        }
        let placed = placed(&town.network, &town.impedance, &snapped, Trip::ToStation);
        for resident in &residents {
            let walker = placed.walker();
            let route = walker.route(Unit::Milliseconds, &[*resident], &stations[..1]);
            let route = route.expect("its own edges");
            let expected = town.cost(resident, &stations[0]);
            assert_eq!(
                route.as_ref().map(Route::cost),
                expected,
                "town {town_number}"
            );
            if let Some(route) = route {
                check_steps(&town, &route);
            }
        }
    }
    assert!(
        reached > 10_000,
        "only {reached} pairs were within the cutoff"
    );
}

/// The steps are walked one after the other, and private ways only at the two ends.
fn check_steps(town: &Town, route: &Route) {
    let is_private = |edge: EdgeId| town.network.edge(edge).passage.access == Access::Private;
    let whole: Vec<bool> = route
        .steps
        .iter()
        .map(|step| is_private(step.edge))
        .collect();
    let runs = whole.chunk_by(|a, b| a == b).count();
    let public_runs = whole.chunk_by(|a, b| a == b).filter(|run| !run[0]).count();
    assert!(runs <= 3 && public_runs <= 1, "{:?}", route.steps);
}
