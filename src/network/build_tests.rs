use super::*;
use crate::id::NodeId;
use crate::model::{Crossing, Flow};
use crate::model::{Streets, StreetsBuilder};

/// Vertices on a grid of 0.001°.
fn at(x: i32, y: i32) -> Location {
    Location {
        lon_e7: x * 10_000,
        lat_e7: y * 10_000,
    }
}

fn streets(vertices: &[(i32, i32)], ways: &[&[u32]]) -> Streets {
    let mut builder = StreetsBuilder::new(vertices.iter().map(|&(x, y)| at(x, y)).collect());
    for (index, refs) in ways.iter().enumerate() {
        builder.add_way(index as i64 + 1, refs, WayKind::Street, None);
    }
    builder.finish(Vec::new())
}

fn counts(streets: &Streets) -> (usize, usize) {
    let network = Network::build(streets).expect("the streets make a network");
    (network.node_count(), network.edge_count())
}

#[test]
fn a_crossroads_is_one_node_with_four_chains() {
    let cross = streets(
        &[(-2, 0), (-1, 0), (0, 0), (1, 0), (0, -1), (0, 1)],
        &[&[0, 1, 2, 3], &[4, 2, 5]],
    );
    assert_eq!(counts(&cross), (5, 4));
}

#[test]
fn lines_that_cross_without_a_shared_vertex_do_not_join() {
    let cross = streets(&[(-1, 0), (1, 0), (0, -1), (0, 1)], &[&[0, 1], &[2, 3]]);
    assert_eq!(counts(&cross), (4, 2));
}

#[test]
fn a_ring_alone_becomes_one_loop_at_its_first_vertex() {
    let ring = streets(&[(0, 0), (1, 0), (1, 1)], &[&[0, 1, 2, 0]]);
    let network = Network::build(&ring).expect("a ring is a network");
    assert_eq!((network.node_count(), network.edge_count()), (1, 1));
    assert_eq!(network.location(NodeId(0)), at(0, 0));
    let edge = network.edge(EdgeId(0));
    assert_eq!(edge.tail, edge.head);
    assert_eq!(network.shape(EdgeId(0)).len(), 4);
}

#[test]
fn a_ring_of_two_parallel_ways_becomes_one_loop() {
    let ring = streets(&[(0, 0), (1, 0)], &[&[0, 1], &[1, 0]]);
    assert_eq!(counts(&ring), (1, 1));
}

#[test]
fn a_lollipop_keeps_its_stick_and_its_loop() {
    let lollipop = streets(&[(0, 0), (1, 0), (2, 0), (2, 1)], &[&[0, 1], &[1, 2, 3, 1]]);
    assert_eq!(counts(&lollipop), (2, 2));
}

#[test]
fn parallel_ways_between_two_junctions_stay_apart() {
    let parallel = streets(
        &[(0, 0), (1, 0), (2, 0), (3, 0), (1, 1)],
        &[&[0, 1], &[1, 2], &[2, 3], &[1, 4, 2]],
    );
    assert_eq!(counts(&parallel), (4, 4));
}

#[test]
fn repeated_vertices_are_one_and_a_way_without_length_is_counted() {
    let odd = streets(&[(0, 0), (1, 0), (5, 5)], &[&[0, 0, 1, 1], &[2, 2]]);
    let network = Network::build(&odd).expect("one way is left");
    assert_eq!((network.node_count(), network.edge_count()), (2, 1));
    assert_eq!(network.source().degenerate_ways, 1);
}

#[test]
fn a_chain_ends_where_the_kind_changes_and_at_crossings() {
    let mut builder = StreetsBuilder::new((0..5).map(|x| at(x, 0)).collect());
    builder.add_way(1, &[0, 1], WayKind::Street, None);
    builder.add_way(2, &[1, 2], WayKind::Steps, None);
    builder.add_way(3, &[2, 3, 4], WayKind::Steps, None);
    let network = Network::build(&builder.finish(vec![(3, Crossing::Marked)])).expect("a row");
    assert_eq!(
        network.node_count(),
        4,
        "ends, the change of kind and the crossing"
    );
    assert_eq!(network.edge(EdgeId(1)).passage.kind, WayKind::Steps);
    assert_eq!(
        network.crossing(network.edge(EdgeId(1)).head),
        Some(Crossing::Marked)
    );
}

#[test]
fn one_way_chains_merge_when_they_run_on_and_break_when_they_meet() {
    let row = |second: &[u32], flow: Flow| {
        let mut builder = StreetsBuilder::new((0..3).map(|x| at(x, 0)).collect());
        builder.add_way(1, &[0, 1], (WayKind::Street, Flow::Forward), None);
        builder.add_way(2, second, (WayKind::Street, flow), None);
        Network::build(&builder.finish(Vec::new()))
            .expect("a row")
            .edge_count()
    };
    assert_eq!(row(&[1, 2], Flow::Forward), 1);
    assert_eq!(
        row(&[2, 1], Flow::Backward),
        1,
        "drawn the other way round, walked the same way"
    );
    assert_eq!(row(&[2, 1], Flow::Forward), 2);
    assert_eq!(row(&[1, 2], Flow::Both), 2);
}

#[test]
fn a_way_that_names_an_unknown_vertex_is_an_error() {
    let broken = streets(&[(0, 0)], &[&[0, 7]]);
    assert_eq!(
        Network::build(&broken).map(|_| ()),
        Err(NetworkError::UnknownVertex {
            way: 1,
            vertex: 7,
            vertices: 1
        })
    );
    assert_eq!(
        Network::build(&Streets::default()).map(|_| ()),
        Err(NetworkError::Empty)
    );
}

#[test]
fn an_edge_that_begins_where_the_one_before_ended_shares_its_vertex() {
    // One way of four vertices with a side street at the third: chains 0-1-2, 2-3 and 2-4.
    let row = streets(
        &[(0, 0), (1, 0), (2, 0), (3, 0), (2, 1)],
        &[&[0, 1, 2, 3], &[2, 4]],
    );
    let network = Network::build(&row).expect("a row");
    assert_eq!(network.shape(EdgeId(0)), [at(0, 0), at(1, 0), at(2, 0)]);
    assert_eq!(network.shape(EdgeId(1)), [at(2, 0), at(3, 0)]);
    assert_eq!(network.shape(EdgeId(2)), [at(2, 0), at(2, 1)]);
    // The second begins with the last vertex of the first, the third does not.
    assert_eq!(network.vertices().len(), 3 + 1 + 2);
    assert_eq!(network.edge_at_vertex(1), EdgeId(0));
    assert_eq!(network.edge_at_vertex(2), EdgeId(1));
    assert_eq!(network.edge_at_vertex(4), EdgeId(2));
    let places: Vec<Location> = network.nodes().map(|node| network.location(node)).collect();
    assert_eq!(places, [at(0, 0), at(2, 0), at(3, 0), at(2, 1)]);
}

#[test]
fn nodes_without_an_edge_stay_where_they_are() {
    let nodes = [9.50, 9.51, 9.52, 9.53].map(|x| Coord { x, y: 47.1 });
    let network = Network::from_edges(&nodes, &[(0, 2, WayKind::Street)]).expect("an edge");
    for (index, place) in nodes.into_iter().enumerate() {
        assert_eq!(network.location(NodeId::new(index)).degrees(), place);
    }
}

#[test]
fn lifts_keep_their_storeys() {
    let lift = |storeys| WayKind::Lift { storeys };
    let nodes = [9.50, 9.51].map(|x| Coord { x, y: 47.1 });
    let kinds = [WayKind::Street, lift(3), WayKind::Steps, lift(65_535)];
    let edges = kinds.map(|kind| (0, 1, kind));
    let network = Network::from_edges(&nodes, &edges).expect("four edges");
    assert!(network.edges().map(|(_, edge)| edge.passage.kind).eq(kinds));
}

#[test]
fn names_and_numbers_are_those_of_the_stretch_whichever_way_its_ways_run() {
    // Three ways in a row make one edge of 0.001°, 0.002° and 0.001° from west to east; the second is drawn backwards, and
    // the third is in two pieces of one way.
    let row: Vec<Location> = (0..6).map(|x| at(x, 0)).collect();
    let mut builder = StreetsBuilder::new(row);
    builder.add_way(7, &[0, 1], WayKind::Street, Some("Alpha"));
    builder.add_way(5, &[3, 2, 1], WayKind::Street, None);
    builder.add_way(9, &[3, 4], WayKind::Street, Some("Delta"));
    builder.add_way(9, &[4, 5], WayKind::Street, Some("Delta"));
    let network = Network::build(&builder.finish(Vec::new())).expect("a network");
    assert_eq!(network.edge_count(), 1);
    let edge = EdgeId(0);
    let told = |fraction: f64| {
        (
            network.way_at(edge, fraction),
            network.name_at(edge, fraction),
        )
    };
    for (fraction, expected) in [
        (0.0, (7, Some("Alpha"))),
        (0.19, (7, Some("Alpha"))),
        (0.21, (5, None)),
        (0.59, (5, None)),
        (0.61, (9, Some("Delta"))),
        (1.0, (9, Some("Delta"))),
    ] {
        assert_eq!(told(fraction), expected, "{fraction}");
    }
    let along = network.ways_along(edge);
    let ways: Vec<i64> = along.iter().map(|stretch| stretch.way).collect();
    assert_eq!(ways, [7, 5, 9]);
    let ends: Vec<f64> = along
        .iter()
        .map(|stretch| (stretch.to * 5.0).round())
        .collect();
    assert_eq!(ends, [1.0, 3.0, 5.0]);
    assert_eq!(network.edge(edge).way, 7);
    assert_eq!(network.name(edge), Some("Alpha"));
}

#[test]
fn edges_beside_each_other_keep_their_own_names() {
    // A crossroads at 2 with arms of two ways each: every arm's outer half is named after its end.
    let vertices = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (2, 1), (2, 2)];
    let mut builder = StreetsBuilder::new(vertices.map(|(x, y)| at(x, y)).to_vec());
    for (id, refs, name) in [
        (1, [0, 1], Some("West")),
        (2, [1, 2], None),
        (3, [2, 3], None),
        (4, [3, 4], Some("East")),
        (5, [2, 5], Some("Inner")),
        (6, [6, 5], Some("North")),
    ] {
        builder.add_way(id, &refs, WayKind::Street, name);
    }
    let network = Network::build(&builder.finish(Vec::new())).expect("a network");
    let ways: Vec<Vec<i64>> = network
        .edges()
        .map(|(edge, _)| network.ways_along(edge).iter().map(|way| way.way).collect())
        .collect();
    assert_eq!(ways, [vec![1, 2], vec![3, 4], vec![5, 6]]);
    assert_eq!(network.name_at(EdgeId(1), 0.2), None);
    assert_eq!(network.name_at(EdgeId(1), 0.8), Some("East"));
    assert_eq!(network.name_at(EdgeId(2), 0.8), Some("North"));
}
