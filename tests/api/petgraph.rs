//! petgraph's Dijkstra on the network as an oracle for ours, and the visit traits.

use geo_types::Coord;
use pedshed::geometry::Location;
use pedshed::id::{NodeId, ResidentId};
use pedshed::model::{Flow, Profile, StreetsBuilder, WayKind};
use pedshed::network::{Impedance, Network};
use pedshed::search::Trip;
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::Cutoff;
use petgraph::algo::{connected_components, dijkstra};
use petgraph::graph::UnGraph;
use petgraph::visit::{EdgeRef, NodeCount};

use crate::support::searched::{placed, times};

/// A grid of 12 × 12 junctions with every seventh street missing and every fifth one-way.
fn grid() -> Network {
    let side = 12u32;
    let vertices: Vec<Location> = (0..side * side)
        .map(|v| Location {
            lon_e7: (v % side) as i32 * 13_000,
            lat_e7: (v / side) as i32 * 11_000 + (v * v % 7) as i32 * 700,
        })
        .collect();
    let mut streets = StreetsBuilder::new(vertices);
    let mut id = 0;
    for v in 0..side * side {
        let right = (v % side + 1 < side).then_some(v + 1);
        let up = (v / side + 1 < side).then_some(v + side);
        for to in [right, up].into_iter().flatten() {
            id += 1;
            let flow = if id % 5 == 0 {
                Flow::Forward
            } else {
                Flow::Both
            };
            let kind = if id % 11 == 0 {
                WayKind::Steps
            } else {
                WayKind::Street
            };
            if id % 7 != 0 {
                streets.add_way(id, &[v, to], (kind, flow), None);
            }
        }
    }
    Network::build(&streets.finish(Vec::new())).expect("a grid")
}

#[test]
fn petgraphs_dijkstra_and_ours_agree_on_every_node_of_a_grid_with_one_way_streets() {
    let network = grid();
    let impedance = Impedance::times(&network, &Profile::adult()).expect("costs fit");
    // A resident at every node that has an edge to stand on, a station at the first node.
    let at_node = |node: NodeId| {
        let (edge, fraction) = network
            .edges()
            .find_map(|(id, edge)| {
                if edge.tail == node {
                    Some((id, 0.0))
                } else {
                    (edge.head == node).then_some((id, 1.0))
                }
            })
            .expect("every node has an edge");
        Snapping::On(Snap::new(edge, fraction, 0.0))
    };
    let residents: Vec<Snapping> = network.nodes().map(at_node).collect();
    let station = NodeId(0);
    let snapped = Snapped::from_snappings(
        residents,
        &["s"],
        &[at_node(station)],
        SnapOptions::default(),
    );
    let cutoff = Cutoff::minutes(60.0).expect("a cutoff");
    let placed = placed(&network, &impedance, &snapped, Trip::FromStation);
    let from = times(&placed, Some(cutoff));
    let reference = dijkstra(&network, station, None, |arc| {
        impedance
            .cost(arc.edge(), arc.direction())
            .map_or(u64::MAX / 4, u64::from)
    });
    assert!(reference.len() > 100);
    for node in network.nodes() {
        let ours = from.nearest()[node.index()].map(|nearest| nearest.cost);
        let theirs = reference
            .get(&node)
            .copied()
            .filter(|cost| *cost < u64::MAX / 4);
        assert_eq!(ours, theirs, "{node:?}");
    }
    let row = from.sorted_row(pedshed::id::StationId(0));
    let row = row.expect("the only one");
    assert!(row.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert_eq!(row[0], (ResidentId(0), 0));
}

#[test]
fn any_petgraph_algorithm_runs_on_a_network() {
    let network = grid();
    assert_eq!(NodeCount::node_count(&&network), network.node_count());
    let degree: usize = network
        .nodes()
        .map(|node| petgraph::visit::IntoEdges::edges(&network, node).count())
        .sum();
    assert_eq!(degree, 2 * Network::edge_count(&network));
    let order: Vec<NodeId> = {
        let mut bfs = petgraph::visit::Bfs::new(&network, NodeId(0));
        std::iter::from_fn(|| bfs.next(&network)).collect()
    };
    assert_eq!(order.len(), network.node_count());
}

#[test]
fn a_network_from_a_petgraph_graph_keeps_its_order_and_its_lengths() {
    let mut graph = UnGraph::<(f64, f64), u8>::new_undirected();
    let nodes: Vec<_> = (0..4)
        .map(|i| graph.add_node((f64::from(i) * 0.001, 0.0)))
        .collect();
    graph.add_edge(nodes[0], nodes[1], 1);
    graph.add_edge(nodes[2], nodes[3], 2);
    let network = Network::from_petgraph(&graph, |&(x, y)| Coord { x, y }, |_| WayKind::Street)
        .expect("two edges");
    assert_eq!(network.node_count(), 4);
    assert_eq!(connected_components(&graph), 2);
    for edge in graph.edge_references() {
        let ours = network.edge(pedshed::id::EdgeId(edge.id().index() as u32));
        assert_eq!(
            (ours.tail.index(), ours.head.index()),
            (edge.source().index(), edge.target().index())
        );
        assert!((ours.length_m - 111.3195).abs() < 1e-3);
    }
}
