//! Your own graph with your own metres: who is within a kilometre by them, and the ground around a place. The graph here is made
//! of a file's streets. `cargo run --release --example own_costs -- city.osm.pbf residents.csv`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::time::Instant;

use pedshed::model::WayKind;
use pedshed::network::Network;
use pedshed::prelude::*;
use petgraph::graph::{NodeIndex, UnGraph};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |default: &str| arguments.next().unwrap_or(default.to_owned());
    let control = Control::default();
    let read = City::open(argument("data/liechtenstein-2013-08-03.osm.pbf"))?
        .residents(&argument("osm:building"))?
        .read(control)?
        .build()?;

    // Places on its nodes, metres on its edges: a tenth more than on the map.
    let mut graph = UnGraph::<(f64, f64), f64>::new_undirected();
    for node in read.network().nodes() {
        graph.add_node(read.network().location(node).degrees().x_y());
    }
    for (_, edge) in read.network().edges() {
        let [tail, head] = [edge.tail, edge.head].map(|node| NodeIndex::new(node.index()));
        graph.add_edge(tail, head, edge.length_m * 1.1);
    }

    let (homes, start) = (read.residents(), Instant::now());
    let places: Vec<_> = homes.iter().filter_map(Resident::valid_place).collect();
    let sites = places.iter().step_by(places.len().div_ceil(1000));
    let sites = sites.map(|at| Station::new(format!("{at:?}"), at.x, at.y));
    let network = Network::from_petgraph(&graph, |&at| at.into(), |_| WayKind::Street)?;
    let city = City::on(network)
        .own_metres(|edge, _| Some(graph.raw_edges()[edge.index()].weight))
        .stations(sites.collect())
        .residents(homes.to_vec())
        .build()?;
    println!("the city in {:.0?}", start.elapsed());

    let (kilometre, start) = (Cutoff::metres(1000.0)?, Instant::now());
    let pairs = city.times(kilometre, control)?.csr().1.len();
    println!(
        "{pairs} pairs within a kilometre in {:.0?}",
        start.elapsed()
    );

    let start = Instant::now();
    let places = places.iter().step_by(places.len().div_ceil(200));
    let drawn = places.map(|place| city.ground(*place, kilometre));
    let drawn = drawn.collect::<Result<Vec<_>, _>>()?.len();
    println!("{drawn} isochrones in {:.0?}", start.elapsed());
    Ok(())
}
