//! A hand-drawn extract, tag by tag: what is walkable, what is cut and counted, what is selected.

use pedshed::control::Control;
use pedshed::inputs::{CutReason, Inputs, LayerSource, LayerSpec, Request, Source};
use pedshed::model::{FindingCode, Profile};
use pedshed::{Analysis, Options, analyse};

use crate::support::pbf::{self, Block, Tags};

/// Columns and rows of 0.001° from 9.5° E, 47.1° N.
fn at(x: i64, y: i64) -> (i64, i64) {
    (95_000_000 + x * 10_000, 471_000_000 + y * 10_000)
}

fn read(block: &Block, stations: &str, residents: &str, areas: Option<&str>) -> Inputs {
    let layer = |text: &str| LayerSpec::new(LayerSource::Osm(text.parse().expect("a selector")));
    let request = Request {
        stations: vec![layer(stations)],
        residents: vec![layer(residents)],
        areas: areas.map(layer),
        ..Request::new(Source::from_bytes("drawn.osm.pbf", pbf::file(block)))
    };
    Inputs::read(&request).expect("a sound file")
}

fn run(inputs: &Inputs) -> Analysis {
    let mut options = Options::minutes(&[15.0]).expect("a cutoff");
    options.min_island_m = 0.0;
    analyse(&inputs.network, inputs.city(), options, Control::default()).expect("streets")
}

/// A row of three nodes, a shop at its eastern end and a bench (the resident) at its western end; the first half is a
/// plain street, the second has `tags`, the node between them `middle`.
fn row(tags: Tags<'_>, middle: Tags<'_>) -> (Inputs, Analysis) {
    let mut block = Block::default();
    for (id, x, node_tags) in [(1, 0, &[][..]), (2, 1, middle), (3, 2, &[])] {
        block.node(id, at(x, 0).0, at(x, 0).1, node_tags);
    }
    block.node(10, at(0, 0).0, at(0, 0).1, &[("amenity", "bench")]);
    block.node(11, at(2, 0).0, at(2, 0).1, &[("amenity", "pharmacy")]);
    block.way(
        1,
        &[1, 2],
        &[("highway", "residential"), ("name", "Landstrasse")],
    );
    block.way(2, &[2, 3], tags);
    // Somewhere to stand at the far end whatever the second way is.
    block.node(4, at(2, 1).0, at(2, 1).1, &[]);
    block.way(3, &[3, 4], &[("highway", "footway")]);
    let inputs = read(&block, "osm:amenity=pharmacy", "osm:amenity=bench", None);
    let analysis = run(&inputs);
    (inputs, analysis)
}

/// The resident's seconds to the shop, to the second.
fn seconds(tags: Tags<'_>, middle: Tags<'_>) -> Option<u64> {
    row(tags, middle).1.coverage.nearest()[0].map(|nearest| (nearest.cost + 500) / 1000)
}

/// 0.002° at 47.1° N are 151.83 m: 113.9 s at an adult's 4.8 km/h.
const WALKED: Option<u64> = Some(114);
/// The second half at half the speed.
const STAIRS: Option<u64> = Some(171);

/// The second half's kind of way, and what walking it takes.
const KINDS: &[(&str, Option<u64>)] = &[
    ("motorway", None),
    ("motorway_link", None),
    ("trunk", WALKED),
    ("trunk_link", WALKED),
    ("primary", WALKED),
    ("primary_link", WALKED),
    ("secondary", WALKED),
    ("secondary_link", WALKED),
    ("tertiary", WALKED),
    ("tertiary_link", WALKED),
    ("unclassified", WALKED),
    ("residential", WALKED),
    ("living_street", WALKED),
    ("service", WALKED),
    ("track", WALKED),
    ("road", WALKED),
    ("footway", WALKED),
    ("path", WALKED),
    ("pedestrian", WALKED),
    ("steps", STAIRS),
    ("cycleway", WALKED),
    ("bridleway", WALKED),
    ("corridor", WALKED),
    // The way between its doors, 45 s of waiting and 3 s for one storey.
    ("elevator", Some(114 + 48)),
    ("platform", WALKED),
    ("busway", None),
    ("bus_guideway", None),
    ("raceway", None),
    ("construction", None),
    ("proposed", None),
    ("abandoned", None),
    ("via_ferrata", None),
    ("what_is_no_kind", None),
];

/// The second half's tags, and what walking it takes.
const WAYS: &[(Tags<'_>, Option<u64>)] = &[
    (&[("highway", "motorway"), ("foot", "yes")], WALKED),
    (&[("highway", "motorway"), ("sidewalk", "both")], WALKED),
    (&[("highway", "motorway"), ("sidewalk", "no")], None),
    (&[("highway", "trunk"), ("motorroad", "yes")], None),
    (&[("highway", "trunk"), ("foot", "no")], None),
    (&[("highway", "cycleway"), ("foot", "no")], None),
    (&[("highway", "bridleway"), ("foot", "no")], None),
    (&[("highway", "elevator"), ("level", "0;3")], Some(114 + 54)),
    (&[("railway", "platform")], WALKED),
    (&[("public_transport", "platform")], WALKED),
    (&[("man_made", "pier")], WALKED),
    (&[("route", "ferry")], None),
    (&[("highway", "service"), ("access", "no")], None),
    (
        &[("highway", "service"), ("access", "no"), ("foot", "yes")],
        WALKED,
    ),
    (
        &[("highway", "service"), ("access", "yes"), ("foot", "no")],
        None,
    ),
    (
        &[
            ("highway", "service"),
            ("access", "private"),
            ("foot", "yes"),
        ],
        WALKED,
    ),
    // The shop stands on the private way: it is served inside.
    (&[("highway", "service"), ("access", "private")], WALKED),
    (
        &[("highway", "service"), ("access", "agricultural")],
        WALKED,
    ),
    (&[("highway", "service"), ("access", "forestry")], WALKED),
    (&[("highway", "service"), ("access", "military")], WALKED),
    (&[("highway", "service"), ("access", "delivery")], WALKED),
    (&[("highway", "service"), ("foot", "private")], WALKED),
    (&[("highway", "service"), ("access", "customers")], WALKED),
    (&[("highway", "service"), ("access", "destination")], WALKED),
    (&[("highway", "service"), ("access", "permissive")], WALKED),
    (&[("highway", "service"), ("foot", "designated")], WALKED),
    (&[("highway", "service"), ("foot", "official")], WALKED),
    // No footway joins its ends.
    (&[("highway", "primary"), ("foot", "use_sidepath")], WALKED),
    (&[("highway", "primary"), ("sidewalk", "separate")], WALKED),
    (&[("highway", "primary"), ("sidewalk", "left")], WALKED),
    // For vehicles.
    (&[("highway", "residential"), ("oneway", "yes")], WALKED),
    (&[("highway", "residential"), ("oneway", "-1")], WALKED),
    (&[("highway", "footway"), ("oneway:foot", "yes")], WALKED),
    (&[("highway", "footway"), ("oneway:foot", "-1")], None),
    (&[("highway", "steps"), ("conveying", "forward")], STAIRS),
    (&[("highway", "steps"), ("conveying", "backward")], None),
    (&[("highway", "path"), ("sac_scale", "hiking")], WALKED),
    (
        &[("highway", "path"), ("sac_scale", "mountain_hiking")],
        None,
    ),
    (&[("highway", "path"), ("sac_scale", "alpine_hiking")], None),
    (
        &[("highway", "footway"), ("tunnel", "yes"), ("layer", "-1")],
        WALKED,
    ),
    (
        &[("highway", "footway"), ("bridge", "yes"), ("level", "1")],
        WALKED,
    ),
];

/// What stands in the middle of a street, and what passing it takes.
const NODES: &[(Tags<'_>, Option<u64>)] = &[
    (&[("barrier", "gate")], WALKED),
    (&[("barrier", "lift_gate")], WALKED),
    (&[("barrier", "bollard")], WALKED),
    (&[("barrier", "kissing_gate")], WALKED),
    (&[("barrier", "turnstile")], WALKED),
    (&[("barrier", "stile")], WALKED),
    (&[("barrier", "cycle_barrier")], WALKED),
    (&[("barrier", "block")], WALKED),
    (&[("barrier", "entrance")], WALKED),
    (&[("barrier", "gate"), ("locked", "yes")], None),
    (&[("barrier", "gate"), ("foot", "no")], None),
    (&[("barrier", "gate"), ("access", "no")], None),
    (
        &[("barrier", "gate"), ("access", "no"), ("foot", "yes")],
        WALKED,
    ),
    // Who lives behind a private gate goes through it.
    (&[("barrier", "gate"), ("access", "private")], WALKED),
    (&[("barrier", "wall")], None),
    (&[("barrier", "fence")], None),
    (&[("barrier", "hedge")], None),
    (&[("barrier", "debris")], None),
    (&[("barrier", "jersey_barrier")], None),
    (&[("barrier", "retaining_wall")], None),
    // An adult waits 15 s at a signal and 3 s at another crossing.
    (&[("highway", "traffic_signals")], Some(114 + 15)),
    (
        &[("highway", "crossing"), ("crossing", "traffic_signals")],
        Some(114 + 15),
    ),
    (&[("highway", "crossing")], Some(114 + 3)),
    (&[("highway", "crossing"), ("crossing", "no")], WALKED),
];

#[test]
fn each_tag_lets_pass_blocks_or_slows_as_the_walking_rules_say() {
    for (kind, expected) in KINDS {
        assert_eq!(seconds(&[("highway", kind)], &[]), *expected, "{kind}");
    }
    for (tags, expected) in WAYS {
        assert_eq!(seconds(tags, &[]), *expected, "{tags:?}");
    }
    for (node, expected) in NODES {
        let found = seconds(&[("highway", "residential")], node);
        assert_eq!(found, *expected, "{node:?}");
    }
}

/// A shop at A and a bench at C of a town drawn by `draw`, on the square A (0, 0), B (1, 0), C (1, 1), D (0, 1) with the
/// side 0.001°: 75.915 m or 56.94 s from west to east, 111.176 m or 83.38 s from south to north.
fn square(draw: impl FnOnce(&mut Block)) -> Option<u64> {
    let mut block = Block::default();
    for (id, x, y) in [(1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 0, 1)] {
        block.node(id, at(x, y).0, at(x, y).1, &[]);
    }
    block.node(10, at(1, 1).0, at(1, 1).1, &[("amenity", "bench")]);
    block.node(11, at(0, 0).0, at(0, 0).1, &[("amenity", "pharmacy")]);
    draw(&mut block);
    let inputs = read(&block, "osm:amenity=pharmacy", "osm:amenity=bench", None);
    run(&inputs).coverage.nearest()[0].map(|nearest| (nearest.cost + 500) / 1000)
}

#[test]
fn a_plaza_is_walked_along_its_ring() {
    let plaza: Tags<'_> = &[("highway", "pedestrian"), ("area", "yes")];
    let around = square(|block| block.way(1, &[1, 2, 3, 4, 1], plaza));
    assert_eq!(around, Some(140), "57 + 83, both ways round");
}

#[test]
fn lines_that_cross_meet_only_at_a_node_of_both() {
    let footway: Tags<'_> = &[("highway", "footway")];
    let bridge: Tags<'_> = &[("highway", "footway"), ("bridge", "yes"), ("layer", "1")];
    for upper in [footway, bridge] {
        let town = |share: bool| {
            square(|block| {
                block.node(5, at(1, -1).0, at(1, -1).1, &[]);
                block.node(6, at(2, 0).0, at(2, 0).1, &[]);
                // From the bench southwards over B, and from the shop eastwards through B.
                let over: &[i64] = if share { &[3, 2, 5] } else { &[3, 5] };
                block.way(1, over, upper);
                block.way(2, &[1, 2, 6], footway);
            })
        };
        assert_eq!(town(false), None);
        assert_eq!(town(true), Some(140), "83 + 57");
    }
}

/// A street from A to B to C with the footway A, D, C beside it, or only A, D.
fn beside(tags: Tags<'_>, joined: bool) -> Option<u64> {
    square(|block| {
        block.way(1, &[1, 2, 3], tags);
        let footway: &[i64] = if joined { &[1, 4, 3] } else { &[1, 4] };
        block.way(
            2,
            footway,
            &[("highway", "footway"), ("oneway:foot", "yes")],
        );
    })
}

#[test]
fn a_street_gives_way_to_a_footway_that_joins_both_its_ends() {
    for tags in [
        &[("highway", "primary"), ("sidewalk", "separate")],
        &[("highway", "primary"), ("foot", "use_sidepath")],
    ] {
        // The footway leads from A to C only: who may not use the street does not come to A.
        assert_eq!(beside(tags, true), None, "{tags:?}");
        assert_eq!(beside(tags, false), Some(140), "{tags:?}");
    }
    assert_eq!(beside(&[("highway", "primary")], true), Some(140));
}

#[test]
fn what_is_cut_is_counted_with_its_length() {
    let (inputs, _) = row(
        &[("highway", "service"), ("access", "no")],
        &[("barrier", "fence")],
    );
    let cuts = inputs.cuts.list();
    // The fence ends the first way, where it would have met the other one.
    assert_eq!(
        cuts.iter()
            .map(|cut| (cut.reason, cut.count))
            .collect::<Vec<_>>(),
        [(CutReason::Forbidden, 1), (CutReason::Barrier, 1)]
    );
    assert!(
        (cuts[0].length_m - 75.914).abs() < 0.01,
        "{}",
        cuts[0].length_m
    );
    assert_eq!(inputs.findings.count(FindingCode::NotWalkable), 1);
    assert_eq!(inputs.findings.count(FindingCode::BarrierCut), 1);
}

#[test]
fn a_way_whose_vertex_the_extract_lacks_ends_there() {
    let mut block = Block::default();
    for x in [0, 1, 3, 4] {
        block.node(x + 1, at(x, 0).0, at(x, 0).1, &[("amenity", "bench")]);
    }
    block.way(1, &[1, 2, 3, 4, 5], &[("highway", "residential")]);
    let inputs = read(&block, "osm:amenity=bench", "osm:amenity=bench", None);
    assert_eq!(inputs.network.source().ways, 2);
    assert_eq!(inputs.findings.count(FindingCode::MissingVertex), 1);
    assert_eq!(run(&inputs).islands().piece_count(), 2);
}

#[test]
fn points_homes_and_areas_are_drawn_from_the_file() {
    let mut block = Block::default();
    // A square of 0.004° around a street, drawn as two boundary ways; a house and a shed in it; a school as a multipolygon.
    let corners = [(1, 0, 0), (2, 4, 0), (3, 4, 4), (4, 0, 4)];
    for (id, x, y) in corners {
        block.node(id, at(x, y).0, at(x, y).1, &[]);
    }
    block.way(1, &[1, 2, 3], &[("boundary", "administrative")]);
    block.way(2, &[1, 4, 3], &[]);
    let boundary = [
        ("type", "boundary"),
        ("boundary", "administrative"),
        ("admin_level", "8"),
        ("name", "Malbun"),
    ];
    block.relation(100, &[(1, "outer"), (2, "outer")], &boundary);
    block.relation(101, &[(1, "outer"), (99, "outer")], &boundary);
    let building =
        |block: &mut Block, first: i64, (x, y): (i64, i64), side: i64, tags: Tags<'_>| {
            let (lon, lat) = at(x, y);
            for (index, (dx, dy)) in [(0, 0), (side, 0), (side, side), (0, side)]
                .into_iter()
                .enumerate()
            {
                block.node(first + index as i64, lon + dx, lat + dy, &[]);
            }
            block.way(
                first,
                &[first, first + 1, first + 2, first + 3, first],
                tags,
            );
        };
    building(
        &mut block,
        10,
        (1, 1),
        1500,
        &[("building", "house"), ("building:levels", "3")],
    );
    building(&mut block, 20, (2, 2), 400, &[("building", "yes")]);
    building(&mut block, 30, (3, 1), 3000, &[("building", "industrial")]);
    building(&mut block, 40, (3, 3), 3000, &[]);
    block.relation(
        102,
        &[(40, "outer")],
        &[("type", "multipolygon"), ("amenity", "school")],
    );
    block.way(3, &[1, 3], &[("highway", "residential")]);

    let inputs = read(
        &block,
        "osm:amenity=school",
        "osm:building",
        Some("osm:boundary=administrative,admin_level=8"),
    );
    assert_eq!(inputs.stations.len(), 1);
    assert_eq!(inputs.stations[0].id, "relation/102");
    assert_eq!(inputs.residents.len(), 1);
    assert_eq!(inputs.residents[0].id, "way/10");
    // 0.00015° squared at 47.1° N (N = 6,389,625 m, M = 6,369,727 m): 11.387 m × 16.676 m = 189.89 m²;
    // × 3 × 0.8 / 45 = 10.127 people.
    assert!(inputs.residents[0].people.thousandths().abs_diff(10_127) <= 1);
    let homes = inputs.homes.expect("a census");
    assert_eq!(
        (
            homes.homes,
            homes.too_small,
            homes.other_kind,
            homes.with_storeys
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        inputs.areas.len(),
        1,
        "the boundary with a missing member is left out"
    );
    assert_eq!(inputs.areas[0].name, "Malbun");
    assert_eq!(inputs.findings.count(FindingCode::AreaNotClosed), 1);
    let analysis = run(&inputs);
    assert_eq!(analysis.areas.sums()[0].residents, 1);
}

/// Two public streets, A in the west and B in the east, that meet only through a private lane between nodes 2 and 4:
/// `1 =A= 2 -lane- 3 -lane- 4 =B= 5`, a node every 0.001° (75.914 m, 56.94 s at 4.8 km/h).
fn compound(shop_x: f64, bench_x: f64) -> Option<u64> {
    let mut block = Block::default();
    for x in 0..5 {
        block.node(x + 1, at(x, 0).0, at(x, 0).1, &[]);
    }
    block.way(1, &[1, 2], &[("highway", "residential")]);
    let private = &[("highway", "service"), ("access", "private")];
    block.way(2, &[2, 3, 4], private);
    block.way(3, &[4, 5], &[("highway", "residential")]);
    let place = |x: f64| (at(0, 0).0 + (x * 10_000.0) as i64, at(0, 0).1);
    for (id, x, tags) in [
        (10, bench_x, [("amenity", "bench")]),
        (11, shop_x, [("amenity", "pharmacy")]),
    ] {
        block.node(id, place(x).0, place(x).1, &tags);
    }
    let inputs = read(&block, "osm:amenity=pharmacy", "osm:amenity=bench", None);
    run(&inputs).coverage.nearest()[0].map(|nearest| (nearest.cost + 500) / 1000)
}

#[test]
fn a_pocket_serves_who_lives_in_it_and_carries_nobody_through() {
    assert_eq!(compound(3.5, 0.5), None, "from A to B through the lane");
    assert_eq!(compound(3.5, 2.5), Some(57), "from the lane out to B");
    assert_eq!(compound(0.5, 2.5), Some(114), "from the lane out to A");
    assert_eq!(compound(2.5, 0.5), Some(114), "from A to a shop inside");
    assert_eq!(compound(1.5, 2.5), Some(57), "both inside");
    assert_eq!(compound(1.25, 1.75), Some(28), "both on one stretch");
}

#[test]
fn what_the_map_calls_closed_is_counted_and_a_gate_that_nobody_passes_is_none() {
    let mut block = Block::default();
    block.node(1, at(0, 0).0, at(0, 0).1, &[]);
    block.node(2, at(9, 0).0, at(9, 0).1, &[]);
    block.way(1, &[1, 2], &[("highway", "residential")]);
    let pharmacies: [(i64, Tags<'_>); 4] = [
        (10, &[("amenity", "pharmacy")]),
        (11, &[("amenity", "pharmacy"), ("end_date", "2015-01-01")]),
        (12, &[("amenity", "pharmacy"), ("opening_hours", "off")]),
        (13, &[("amenity", "pharmacy"), ("opening_hours", "24/7")]),
    ];
    for (id, tags) in pharmacies {
        block.node(id, at(id - 9, 0).0, at(id - 9, 0).1, tags);
    }
    block.node(20, at(1, 0).0, at(1, 0).1, &[("amenity", "bench")]);
    for (id, tags) in [
        (30, &[("barrier", "gate")][..]),
        (31, &[("barrier", "gate"), ("locked", "yes")]),
        (32, &[("barrier", "gate"), ("access", "no")]),
        (33, &[("barrier", "gate"), ("access", "private")]),
    ] {
        block.node(id, at(id - 28, 1).0, at(id - 28, 1).1, tags);
    }
    let corners = [(40, (1, 1)), (41, (8, 1)), (42, (8, 3)), (43, (1, 3))];
    for (id, (x, y)) in corners {
        block.node(id, at(x, y).0, at(x, y).1, &[]);
    }
    block.way(2, &[40, 41, 42, 43, 40], &[("landuse", "residential")]);
    let layer = |text: &str| LayerSpec::new(LayerSource::Osm(text.parse().expect("a selector")));
    let request = Request {
        stations: vec![layer("osm:amenity=pharmacy")],
        residents: vec![layer("osm:amenity=bench")],
        compounds: Some(layer("osm:landuse=residential")),
        gates: Some(layer("osm:barrier=gate")),
        ..Request::new(Source::from_bytes("drawn.osm.pbf", pbf::file(&block)))
    };
    let inputs = Inputs::read(&request).expect("a sound file");
    assert_eq!(inputs.stations.len(), 4);
    assert_eq!(inputs.findings.count(FindingCode::TaggedClosed), 2);
    let gates = inputs.compounds.gates.iter().map(|gate| gate.id.as_str());
    assert_eq!(gates.collect::<Vec<_>>(), ["node/30", "node/33"]);
    assert_eq!(inputs.findings.count(FindingCode::GateShut), 2);
}

#[test]
fn what_a_wheelchair_cannot_pass_is_counted() {
    let (inputs, analysis) = row(&[("highway", "steps")], &[("barrier", "stile")]);
    assert_eq!(analysis.findings.count(FindingCode::ClosedToWalker), 0);
    let mut options = Options::minutes(&[15.0]).expect("a cutoff");
    options.profile = Profile::named("wheelchair").expect("a profile");
    let rolling = analyse(&inputs.network, inputs.city(), options, Control::default());
    // The stile and the steps behind it are one stretch.
    let findings = rolling.expect("streets").findings;
    assert_eq!(findings.count(FindingCode::ClosedToWalker), 1);
}
