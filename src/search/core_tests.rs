//! The core graph and its bounded search against a heap search of the whole graph, on drawn networks.

use geo_types::coord;

use super::*;
use crate::id::StationId;
use crate::model::WayKind;
use crate::network::{Impedance, Network};
use crate::search::bounded::Bounded;
use crate::search::drawn::{Drawn, town};
use crate::search::graph::{SearchGraph, Searched};
use crate::search::queue::{Scratch, ToStation};
use crate::units::Unit;

/// Every spot's label from some seeds by both searches.
fn compare(
    network: &Network,
    impedance: &Impedance,
    seeds: &[(Spot, Cost)],
    bounds: &[Cost],
) -> usize {
    let mut labelled = 0;
    for searched in [Searched::FromDestination, Searched::FromOrigin] {
        let whole = SearchGraph::new(network, impedance, searched);
        let graph = CoreGraph::new(
            Ways {
                network,
                impedance,
                searched,
            },
            Control::default(),
        )
        .expect("nobody cancels");
        let mut heap = Scratch::new(whole.spot_count(), 0 as Cost);
        for &bound in bounds {
            heap.search(
                &whole,
                seeds.iter().map(|(spot, cost)| (spot.0, *cost)),
                bound,
                |_, _| {},
            );
            let mut search = Bounded::new(&graph, bound);
            // Twice, so that the memory is used again.
            for _ in 0..2 {
                search.search(
                    &graph,
                    seeds.iter().map(|(spot, cost)| (graph.node(*spot), *cost)),
                );
            }
            for spot in (0..graph.junctions().spot_count() as u32).map(Spot) {
                let label = graph.label(graph.node(spot), |node| search.label(node));
                let label = label.filter(|label| *label <= bound);
                assert_eq!(label, heap.label(spot.0), "{spot:?} within {bound}");
                labelled += usize::from(label.is_some());
            }
        }
    }
    labelled
}

#[test]
fn every_junction_has_the_label_that_a_heap_search_of_all_streets_gives_it() {
    let mut drawn = Drawn(3);
    let mut labelled = 0;
    for round in 0..400 {
        // Costs as on streets, small ones with many ties, and ones so large that buckets must grow.
        let most = [60_000, 3, 1_000_000_000][round % 3];
        let (network, impedance) = town(&mut drawn, most);
        let spots = CoreGraph::new(
            Ways {
                network: &network,
                impedance: &impedance,
                searched: Searched::FromOrigin,
            },
            Control::default(),
        )
        .expect("nobody cancels");
        let count = spots.junctions().spot_count() as u32;
        let mut seeds = vec![(Spot(drawn.below(count)), drawn.below(most))];
        if drawn.below(2) == 0 {
            seeds.push((Spot(drawn.below(count)), drawn.below(most)));
        }
        let bounds = [
            0,
            most / 2,
            most * 2,
            most.saturating_mul(20).min(CLOSED - 1),
            CLOSED - 1,
        ];
        labelled += compare(&network, &impedance, &seeds, &bounds);
    }
    assert!(labelled > 50_000, "{labelled}");
}

#[test]
fn the_sweep_from_all_stations_labels_every_junction_as_on_the_whole_graph() {
    let mut drawn = Drawn(11);
    let mut labelled = 0;
    for _ in 0..300 {
        let (network, impedance) = town(&mut drawn, 60_000);
        let searched = Searched::FromOrigin;
        let whole = SearchGraph::new(&network, &impedance, searched);
        let graph = CoreGraph::new(
            Ways {
                network: &network,
                impedance: &impedance,
                searched,
            },
            Control::default(),
        )
        .expect("nobody cancels");
        let spots = graph.junctions().spot_count() as u32;
        let seeds: Vec<(Spot, ToStation)> = (0..=drawn.below(6))
            .map(|station| {
                let cost = u64::from(drawn.below(1000));
                let station = StationId(station);
                (Spot(drawn.below(spots)), ToStation { cost, station })
            })
            .collect();
        let any = seeds[0].1;
        let endless = ToStation {
            cost: u64::MAX,
            station: StationId(u32::MAX),
        };
        let (mut one, mut other) = (
            Scratch::new(whole.spot_count(), any),
            Scratch::new(graph.node_count(), any),
        );
        let on_whole = seeds.iter().map(|(spot, label)| (spot.0, *label));
        one.search(&whole, on_whole, endless, |_, _| {});
        let on_core = seeds
            .iter()
            .map(|(spot, label)| (graph.node(*spot), *label));
        other.search(&graph, on_core, endless, |_, _| {});
        for spot in (0..graph.junctions().spot_count() as u32).map(Spot) {
            let label = graph.label(graph.node(spot), |node| other.label(node));
            assert_eq!(label, one.label(spot.0), "{spot:?}");
            labelled += usize::from(label.is_some());
        }
    }
    assert!(labelled > 5_000, "{labelled}");
}

#[test]
fn a_hub_of_many_ways_takes_further_records_and_keeps_every_way() {
    // A wheel: a hub with eleven spokes and a rim, all of the core.
    let rim = 11u32;
    let mut places = vec![coord! { x: 0.0, y: 0.0 }];
    places.extend((0..rim).map(|spoke| {
        let turn = f64::from(spoke);
        coord! { x: turn.cos() / 100.0, y: turn.sin() / 100.0 }
    }));
    let spokes = (1..=rim).map(|end| (0, end, WayKind::Street));
    let round = (1..=rim).map(|end| (end, end % rim + 1, WayKind::Street));
    let edges: Vec<_> = spokes.chain(round).collect();
    let network = Network::from_edges(&places, &edges).expect("a wheel");
    let impedance =
        Impedance::from_costs(&network, Unit::Milliseconds, 1.0, |edge, _| 100 + edge.0);
    let graph = CoreGraph::new(
        Ways {
            network: &network,
            impedance: &impedance,
            searched: Searched::FromOrigin,
        },
        Control::default(),
    )
    .expect("nobody cancels");
    assert_eq!(graph.core_count(), 12);
    // Eleven arcs: three and a link, three and a link, three and a link, two.
    assert_eq!(graph.node_count(), 12 + 3);
    let hub = graph.node(Spot(0));
    let mut search = Bounded::new(&graph, 150);
    search.search(&graph, [(hub, 0)]);
    for end in 1..=rim {
        assert_eq!(search.label(graph.node(Spot(end))), Some(100 + end - 1));
    }
    assert_eq!(
        search
            .labelled()
            .filter(|(node, _)| graph.junction(*node).is_some())
            .count(),
        12
    );
}
