//! A petgraph algorithm on the network: how far is every junction from the church, the castle's stairs at half speed?

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use geo_types::coord;
use pedshed::id::NodeId;
use pedshed::model::{Profile, WayKind};
use pedshed::network::{Impedance, Network};
use petgraph::algo::dijkstra;
use petgraph::graph::UnGraph;

fn main() -> Result<(), pedshed::Error> {
    // A town as a petgraph graph: node weights are places, edge weights kinds of ways.
    let mut town = UnGraph::<(f64, f64), WayKind>::new_undirected();
    let places = [
        (9.520, 47.140),
        (9.523, 47.141),
        (9.526, 47.140),
        (9.523, 47.144),
    ];
    let [church, school, mill, castle] = places.map(|place| town.add_node(place));
    town.add_edge(church, school, WayKind::Street);
    town.add_edge(school, mill, WayKind::Street);
    town.add_edge(school, castle, WayKind::Steps);

    let network = Network::from_petgraph(&town, |&(x, y)| coord! { x: x, y: y }, |kind| *kind)?;
    let adult = Impedance::times(&network, &Profile::adult())?;

    let seconds = dijkstra(&network, NodeId::new(church.index()), None, |arc| {
        // Every edge here may be walked both ways.
        adult
            .cost(arc.edge(), arc.direction())
            .map_or(f64::INFINITY, |cost| f64::from(cost) / 1000.0)
    });
    let mut reached: Vec<_> = seconds.into_iter().collect();
    reached.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (node, seconds) in reached {
        println!("junction {}: {seconds:.0} s from the church", node.index());
    }
    Ok(())
}
