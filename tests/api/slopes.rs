//! A steep city with its own elevation: Monaco.

use pedshed::inputs::{Elevation, Request, Source, read_network};
use pedshed::model::{Profile, WayKind};
use pedshed::network::{Direction, Impedance};

use crate::support::shared;

#[test]
fn monaco_has_its_heights_and_every_street_the_time_that_they_say() {
    let (Some(map), Some(tile)) = (shared("monaco.osm.pbf"), shared("N43E007.hgt.zip")) else {
        return;
    };
    let open = |path: &std::path::Path| Source::open(path).expect("a file");
    let flat = read_network(&Request::new(open(&map)))
        .expect("a network")
        .network;
    let request = Request {
        elevation: vec![open(&tile)],
        ..Request::new(open(&map))
    };
    let read = read_network(&request).expect("a network with heights");
    let network = read.network;
    let metres = network.height_metres().expect("heights");
    assert!(
        metres.known_m > 0.99 * (metres.known_m + metres.unknown_m),
        "{metres:?}"
    );
    // From the sea to the upper roads.
    let bounds = network.bounds().expect("streets");
    let surface = Elevation::read(&request.elevation, bounds).expect("a tile");
    let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
    for node in network.nodes() {
        let height = surface.heights_m(&[network.location(node).degrees()])[0];
        lowest = lowest.min(height);
        highest = highest.max(height);
    }
    assert!(
        (-5.0..20.0).contains(&lowest) && (150.0..700.0).contains(&highest),
        "{lowest} to {highest}"
    );

    let level = Impedance::times(&flat, &Profile::adult()).expect("times");
    let hilly = Impedance::times(&network, &Profile::adult()).expect("times");
    let mut at_nodes = vec![None; network.node_count()];
    let mut sloped = 0;
    for (edge, one) in network.edges() {
        for (part, node) in [(0.0, one.tail), (1.0, one.head)] {
            let height = network.height_at(edge, part);
            let known = at_nodes[node.index()].get_or_insert(height);
            assert_eq!(
                *known, height,
                "all that meet at {node:?} have one height there"
            );
        }
        for direction in [Direction::Forward, Direction::Backward] {
            let [Some(on_level), Some(on_hill)] =
                [&level, &hilly].map(|one| one.cost(edge, direction))
            else {
                continue;
            };
            let ratio = f64::from(on_hill) / f64::from(on_level.max(1));
            // Between Tobler's best, 5 % down, and the steepest street, 35 % up.
            let is_possible = (0.83..=3.42).contains(&ratio) || on_level < 100;
            assert!(
                is_possible && (one.passage.kind == WayKind::Street || on_hill == on_level),
                "{edge:?}: {ratio}"
            );
            sloped += usize::from(on_hill != on_level);
        }
    }
    assert!(sloped > 1000, "{sloped} directions");
}
