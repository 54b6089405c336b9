//! The stages of one analysis on a seeded city, and the search beside petgraph's Dijkstra stopped at the same limit. The
//! answers are checked equal before anything is timed. Compare rows of one run with each other, not runs.

mod grid_city;

use std::sync::LazyLock;

use divan::Bencher;
use pedshed::control::Control;
use pedshed::id::{NodeId, StationId};
use pedshed::model::{City, Profile};
use pedshed::network::{Impedance, Islands, Network};
use pedshed::search::{TravelTimes, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::Cutoff;
use pedshed::{Options, analyse};

use grid_city::GridCity;

static CITY: LazyLock<GridCity> = LazyLock::new(|| GridCity::new(100, 100, 10_000));

struct Built {
    network: Network,
    impedance: Impedance,
    islands: Islands,
    snapped: Snapped,
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let network = Network::build(&CITY.streets).expect("a city");
    let impedance = Impedance::times(&network, &Profile::plain()).expect("costs fit");
    let islands = Islands::find(&network, &impedance, 300.0);
    let snapped = snap(&network, &impedance, &islands);
    Built {
        network,
        impedance,
        islands,
        snapped,
    }
});

fn snap(network: &Network, impedance: &Impedance, islands: &Islands) -> Snapped {
    let options = SnapOptions::default();
    Snapped::new(
        network,
        impedance,
        islands,
        &CITY.stations,
        &CITY.residents,
        options,
        Control::default(),
    )
    .expect("not cancelled")
}

fn quarter_hour() -> Cutoff {
    Cutoff::minutes(15.0).expect("a cutoff")
}

#[divan::bench]
fn build(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Network::build(&CITY.streets).expect("a city"));
}

#[divan::bench]
fn snapping(bencher: Bencher<'_, '_>) {
    let built = &*BUILT;
    bencher.bench(|| snap(&built.network, &built.impedance, &built.islands));
}

/// Every junction's costs from one node by our search: a resident at each junction, a station at the node.
fn at_junctions(network: &Network, station: NodeId) -> Snapped {
    let mut snaps = vec![Snapping::Invalid; network.node_count()];
    for (id, edge) in network.edges() {
        for (node, fraction) in [(edge.tail, 0.0), (edge.head, 1.0)] {
            snaps[node.index()] = Snapping::On(Snap {
                edge: id,
                fraction,
                leg_m: 0.0,
            });
        }
    }
    let station = snaps[station.index()];
    Snapped::from_snappings(snaps, &["s"], &[station], SnapOptions::default())
}

fn petgraph_bounded(built: &Built, from: NodeId, bound: u64) -> Vec<(NodeId, u64)> {
    // petgraph has no bound of its own: arcs that lead beyond it are filtered out as the search meets them.
    let network = &built.network;
    let within = petgraph::algo::dijkstra(network, from, None, |arc| {
        built
            .impedance
            .cost(arc.edge(), arc.direction())
            .map_or(bound + 1, u64::from)
    });
    let mut reached: Vec<_> = within
        .into_iter()
        .filter(|(_, cost)| *cost <= bound)
        .collect();
    reached.sort_unstable();
    reached
}

#[divan::bench_group]
mod one_station {
    use super::{
        BUILT, Bencher, Control, NodeId, StationId, TravelTimes, Trip, at_junctions,
        petgraph_bounded, quarter_hour,
    };

    #[divan::bench]
    fn ours_with_setup(bencher: Bencher<'_, '_>) {
        let built = &*BUILT;
        let middle = NodeId(built.network.node_count() as u32 / 2);
        let snapped = at_junctions(&built.network, middle);
        let search = || {
            let cutoff = Some(quarter_hour());
            let trip = Trip::FromStation;
            TravelTimes::between_snaps(
                &built.network,
                &built.impedance,
                &snapped,
                cutoff,
                trip,
                Control::default(),
            )
            .expect("not cancelled")
        };
        let ours: Vec<(NodeId, u64)> = search()
            .row(StationId(0))
            .iter()
            .map(|(r, cost)| (NodeId(r.0), u64::from(*cost)))
            .collect();
        assert_eq!(
            ours,
            petgraph_bounded(built, middle, 900_000),
            "the rivals answer alike"
        );
        bencher.bench(search);
    }

    #[divan::bench]
    fn petgraph_dijkstra(bencher: Bencher<'_, '_>) {
        let built = &*BUILT;
        let middle = NodeId(built.network.node_count() as u32 / 2);
        bencher.bench(|| petgraph_bounded(built, middle, 900_000));
    }
}

#[divan::bench]
fn hundred_stations(bencher: Bencher<'_, '_>) {
    let built = &*BUILT;
    let points = (CITY.stations.as_slice(), CITY.residents.as_slice());
    bencher.bench(|| {
        let cutoff = Some(quarter_hour());
        let (network, impedance, snapped) = (&built.network, &built.impedance, &built.snapped);
        TravelTimes::search(
            points,
            network,
            impedance,
            snapped,
            cutoff,
            Trip::ToStation,
            Control::default(),
        )
        .expect("not cancelled")
    });
}

#[divan::bench]
fn whole_analysis(bencher: Bencher<'_, '_>) {
    let city = City {
        stations: &CITY.stations,
        residents: &CITY.residents,
        areas: &[],
    };
    bencher.bench(|| {
        let options = Options::minutes(&Options::MINUTES).expect("cutoffs");
        analyse(&BUILT.network, city, options, Control::default()).expect("a city")
    });
}

fn main() {
    divan::main();
}
