use super::*;
use crate::inputs::Source;
use crate::inputs::osm::pbf::{self, Block, Tags as NodeTags};
use crate::model::{Crossing, FindingCode, WayKind};

/// A row of nodes 1, 2, … every 0.001° along the equator, with their tags.
fn row(nodes: &[NodeTags<'_>]) -> Block {
    let mut block = Block::default();
    for (id, tags) in (1..).zip(nodes) {
        block.node(id, id * 10_000, 0, tags);
    }
    block
}

fn read(block: &Block) -> StreetsRead {
    let source = Source::from_bytes("row.osm.pbf", pbf::file(block));
    let file = OsmFile::open(&source).expect("sound frames");
    read_streets(&file).expect("sound blocks")
}

/// Each way as its id and the longitudes of its vertices in 0.001°.
fn ways(read: &StreetsRead) -> Vec<(i64, Vec<i32>)> {
    let streets = &read.streets;
    let places = |way| {
        let refs = streets.refs_of(way).iter();
        refs.map(|vertex| streets.vertices[*vertex as usize].lon_e7 / 10_000)
            .collect()
    };
    streets
        .ways
        .iter()
        .map(|way| (way.id, places(way)))
        .collect()
}

const STREET: NodeTags<'_> = &[("highway", "residential")];
const PLAIN: NodeTags<'_> = &[];
const WALL: NodeTags<'_> = &[("barrier", "wall")];

#[test]
fn vertices_are_those_in_use_ascending_by_node() {
    let mut block = row(&[PLAIN; 6]);
    block.way(8, &[5, 3, 2], STREET);
    block.way(7, &[6, 1], &[("highway", "motorway")]);
    block.way(9, &[2, 4], STREET);
    let read = read(&block);
    assert_eq!(ways(&read), [(8, vec![5, 3, 2]), (9, vec![2, 4])]);
    let lons: Vec<i32> = read.streets.vertices.iter().map(|v| v.lon_e7).collect();
    assert_eq!(lons, [20_000, 30_000, 40_000, 50_000]);
    assert_eq!(read.streets.refs, [3, 1, 0, 0, 2], "the ways share node 2");
    assert_eq!(read.findings.count(FindingCode::NotWalkable), 1);
}

#[test]
fn a_barrier_in_the_middle_leaves_two_pieces_that_do_not_meet() {
    let mut block = row(&[&[], WALL, &[]]);
    block.way(1, &[1, 2, 3], STREET);
    let read = read(&block);
    assert_eq!(ways(&read), [(1, vec![1, 2]), (1, vec![2, 3])]);
    let refs = &read.streets.refs;
    assert_ne!(refs[1], refs[2], "each piece has an end of its own");
    assert_eq!(read.findings.count(FindingCode::BarrierCut), 1);
}

#[test]
fn barriers_at_the_ends_and_in_a_row_cut_each_time() {
    let mut block = row(&[WALL, WALL, &[], WALL]);
    block.way(1, &[1, 2, 3, 4], STREET);
    block.way(2, &[3, 4], STREET);
    let read = read(&block);
    assert_eq!(
        ways(&read),
        [(1, vec![1, 2]), (1, vec![2, 3, 4]), (2, vec![3, 4])]
    );
    assert_eq!(read.findings.count(FindingCode::BarrierCut), 4);
    let ends: Vec<u32> = read
        .streets
        .ways
        .iter()
        .map(|way| read.streets.refs_of(way)[way.ref_count as usize - 1])
        .collect();
    assert_ne!(ends[1], ends[2], "the ways do not meet behind the wall");
}

#[test]
fn a_ring_through_a_barrier_is_open_there() {
    let mut block = row(&[WALL, &[], &[]]);
    block.way(1, &[1, 2, 3, 1], STREET);
    let read = read(&block);
    assert_eq!(ways(&read), [(1, vec![1, 2, 3, 1])]);
    assert_ne!(read.streets.refs.first(), read.streets.refs.last());
}

#[test]
fn missing_vertices_cut_and_no_place_is_made_up() {
    let mut block = row(&[&[], &[], &[]]);
    block.way(1, &[99, 1, 2, 98, 3, 97], STREET);
    let read = read(&block);
    assert_eq!(ways(&read), [(1, vec![1, 2])]);
    assert_eq!(read.findings.count(FindingCode::MissingVertex), 1);
    assert!(read.streets.vertices.iter().all(|v| v.lon_e7 != 0));
}

#[test]
fn crossings_count_only_on_walkable_ways() {
    const SIGNAL: NodeTags<'_> = &[("highway", "traffic_signals")];
    const ZEBRA: NodeTags<'_> = &[("highway", "crossing"), ("crossing", "uncontrolled")];
    let mut block = row(&[&[], ZEBRA, SIGNAL, SIGNAL, SIGNAL]);
    block.way(1, &[1, 2, 3], STREET);
    block.way(2, &[4, 5], &[("highway", "motorway")]);
    assert_eq!(
        read(&block).streets.crossings,
        [(1, Crossing::Marked), (2, Crossing::Signal)]
    );
}

#[test]
fn a_node_off_the_earth_is_a_missing_one() {
    let mut block = row(&[&[], &[]]);
    block.node(3, 2_000_000_000, 0, &[]);
    block.way(1, &[1, 2, 3], STREET);
    let read = read(&block);
    assert_eq!(ways(&read), [(1, vec![1, 2])]);
    assert_eq!(read.findings.count(FindingCode::MissingVertex), 1);
}

/// Each way as [`ways`] tells it, with its access.
fn accesses(read: &StreetsRead) -> Vec<Access> {
    let ways = read.streets.ways.iter();
    ways.map(|way| way.passage.access).collect()
}

const GATE: NodeTags<'_> = &[("barrier", "gate"), ("access", "private")];

#[test]
fn what_hangs_on_the_network_by_a_private_gate_is_a_pocket_entered_there() {
    // The road 1 2 3 4 with a lane 3 5 6 behind a gate at 5.
    let mut block = row(&[PLAIN, PLAIN, PLAIN, PLAIN, GATE, PLAIN]);
    block.way(1, &[1, 2, 3, 4], STREET);
    block.way(2, &[3, 5, 6], STREET);
    let read = read(&block);
    let expected = [(1, vec![1, 2, 3, 4]), (2, vec![3, 5]), (2, vec![5, 6])];
    assert_eq!(ways(&read), expected);
    assert_eq!(
        accesses(&read),
        [Access::Public, Access::Public, Access::Private]
    );
    let refs = &read.streets.refs;
    assert_eq!(refs[5], refs[6], "the pocket is entered at the gate");
    assert_eq!(read.findings.count(FindingCode::PrivateGate), 1);
}

#[test]
fn a_private_gate_between_two_parts_that_meet_elsewhere_only_cuts_the_way() {
    // A block with a gate on one of its sides: 1 2 3 with the gate at 2, and around it 1 4 3.
    let mut block = row(&[PLAIN, GATE, PLAIN, PLAIN]);
    block.way(1, &[1, 2, 3], STREET);
    block.way(2, &[1, 4, 3], STREET);
    let read = read(&block);
    assert_eq!(accesses(&read), [Access::Public; 3]);
    let refs = &read.streets.refs;
    assert_ne!(refs[1], refs[2], "nobody walks through");
}

#[test]
fn a_pocket_that_begins_at_a_private_gate_is_entered_from_both_sides_whichever_way_the_street_is_drawn()
 {
    // The street 1 2 3 with a gate at 2, around it 1 4 3, and a private lane 2 5.
    for street in [[1, 2, 3], [3, 2, 1]] {
        let mut block = row(&[PLAIN, GATE, PLAIN, PLAIN, PLAIN]);
        block.way(1, &street, STREET);
        block.way(2, &[1, 4, 3], STREET);
        block.way(3, &[2, 5], &[("highway", "service"), ("access", "private")]);
        let read = read(&block);
        let refs = &read.streets.refs;
        let (one, other, lane) = (refs[1], refs[2], refs[7]);
        assert_ne!(one, other, "nobody walks through");
        assert_eq!(lane, one, "the first enters at the gate");
        let sill = read.streets.ways.last().expect("ways");
        assert_eq!(sill.passage.access, Access::Private);
        let ends = &refs[refs.len() - 2..];
        assert_eq!(ends, [other, lane], "the other by a way without length");
    }
}

#[test]
fn pockets_behind_each_others_gates_are_one() {
    // Street 1 2, gate 3, lane 3 4, gate 5, lane 5 6.
    let mut block = row(&[PLAIN, PLAIN, GATE, PLAIN, GATE, PLAIN]);
    block.way(1, &[1, 2, 3], STREET);
    block.way(2, &[3, 4, 5], STREET);
    block.way(3, &[5, 6], STREET);
    let read = read(&block);
    let [public, private] = [Access::Public, Access::Private];
    assert_eq!(accesses(&read), [public, private, private]);
    let refs = &read.streets.refs;
    assert_eq!((refs[2], refs[5]), (refs[3], refs[6]));
}

#[test]
fn a_gate_on_a_private_way_is_open_to_who_lives_there() {
    let mut block = row(&[PLAIN, GATE, PLAIN]);
    block.way(
        1,
        &[1, 2, 3],
        &[("highway", "service"), ("access", "private")],
    );
    let read = read(&block);
    assert_eq!(ways(&read), [(1, vec![1, 2, 3])]);
    assert_eq!(accesses(&read), [Access::Private]);
    assert_eq!(read.findings.count(FindingCode::PrivateGate), 0);
}

/// The lifts as pairs of vertices with the storeys between.
fn lifts(read: &StreetsRead) -> Vec<(u32, u32, u16)> {
    let ways = read.streets.ways.iter();
    let ride = |way: &crate::model::Way| match (way.passage.kind, read.streets.refs_of(way)) {
        (WayKind::Lift { storeys }, [from, .., to]) => Some((*from, *to, storeys)),
        _ => None,
    };
    ways.filter_map(ride).collect()
}

#[test]
fn a_lift_node_has_a_vertex_for_each_storey_and_a_ride_between_each_two() {
    const LIFT: NodeTags<'_> = &[("highway", "elevator")];
    let level = |level| [("highway", "footway"), ("level", level)];
    let mut block = row(&[PLAIN, LIFT, PLAIN, PLAIN, PLAIN]);
    block.way(1, &[1, 2], &level("0"));
    block.way(2, &[2, 3], &level("3"));
    block.way(3, &[4, 2, 5], &level("0"));
    block.way(4, &[2, 5], &level("-1"));
    let read = read(&block);
    let refs = &read.streets.refs;
    let (ground, third, cellar) = (refs[1], refs[2], refs[7]);
    assert_eq!(
        refs[5], ground,
        "walking past the lift on its storey is free"
    );
    assert_eq!(
        lifts(&read),
        [(ground, third, 3), (ground, cellar, 1), (third, cellar, 4)]
    );
}

#[test]
fn a_lift_node_without_levels_goes_up_as_far_as_its_own_tag_says() {
    let mut block = row(&[PLAIN, &[("highway", "elevator"), ("level", "0;5")], PLAIN]);
    block.way(1, &[1, 2], STREET);
    block.way(2, &[2, 3], STREET);
    assert_eq!(lifts(&read(&block)), [(1, 3, 5)]);
}

#[test]
fn a_lift_way_rides_between_each_two_of_its_stops() {
    let elevator: NodeTags<'_> = &[("highway", "elevator"), ("level", "0;1;4")];
    let level = |level| [("highway", "corridor"), ("level", level)];
    let mut block = row(&[PLAIN; 6]);
    block.way(1, &[1, 2, 3], elevator);
    block.way(2, &[1, 4], &level("0"));
    block.way(3, &[2, 5], &level("1"));
    block.way(4, &[3, 6], &level("4"));
    assert_eq!(lifts(&read(&block)), [(0, 1, 1), (0, 2, 4), (1, 2, 3)]);
}

#[test]
fn a_street_beside_a_sidewalk_of_its_own_is_left_out_and_counted() {
    const SEPARATE: NodeTags<'_> = &[("highway", "primary"), ("sidewalk", "separate")];
    let mut block = row(&[PLAIN, PLAIN, PLAIN]);
    block.node(9, 15_000, 1_000, &[]);
    block.way(1, &[1, 2], SEPARATE);
    block.way(2, &[2, 3], SEPARATE);
    block.way(3, &[1, 9, 2], &[("highway", "footway")]);
    let read = read(&block);
    assert_eq!(
        ways(&read).iter().map(|way| way.0).collect::<Vec<_>>(),
        [2, 3]
    );
    assert_eq!(read.findings.count(FindingCode::Sidepath), 1);
    let cut = &read.cuts.list()[0];
    assert_eq!((cut.reason, cut.lines.len()), (CutReason::Sidepath, 1));
    assert!((cut.length_m - 111.32).abs() < 0.01, "{}", cut.length_m);
}

#[test]
fn a_lift_that_is_a_way_and_both_its_ends_is_waited_for_once() {
    let lift: NodeTags<'_> = &[("highway", "elevator")];
    let mut block = row(&[PLAIN, lift, lift, PLAIN]);
    block.way(1, &[1, 2], &[("highway", "corridor"), ("level", "0")]);
    block.way(2, &[2, 3], &[("highway", "elevator"), ("level", "0;2")]);
    block.way(3, &[3, 4], &[("highway", "corridor"), ("level", "2")]);
    let ways = read(&block).streets.ways;
    let kinds: Vec<WayKind> = ways.iter().map(|way| way.passage.kind).collect();
    let (street, lift) = (WayKind::Street, WayKind::Lift { storeys: 2 });
    assert_eq!(kinds, [street, lift, street]);
}

#[test]
fn at_a_stile_the_halves_of_a_way_are_joined_by_steps_without_length() {
    let stile: NodeTags<'_> = &[("barrier", "stile")];
    let mut block = row(&[PLAIN, stile, PLAIN, PLAIN]);
    block.way(1, &[1, 2, 3], STREET);
    block.way(2, &[2, 4], STREET);
    let read = read(&block);
    let halves = [(1, vec![1, 2]), (1, vec![2, 3]), (2, vec![2, 4])];
    let steps = [(1, vec![2, 2]), (2, vec![2, 2])];
    assert_eq!(ways(&read), [&halves[..], &steps].concat());
    let streets = &read.streets;
    let ends: Vec<&[u32]> = streets
        .ways
        .iter()
        .map(|way| streets.refs_of(way))
        .collect();
    let at_stile = [ends[0][1], ends[1][0], ends[2][0]];
    assert_eq!(
        ends[3],
        [at_stile[0], at_stile[1]],
        "each half has its own vertex"
    );
    assert_eq!(ends[4], [at_stile[0], at_stile[2]]);
    assert!(at_stile[0] != at_stile[1] && at_stile[1] != at_stile[2]);
    assert_eq!(streets.ways[3].passage.kind, WayKind::Steps);
}

/// A triangle of nodes 1, 2, 3 whose sides are ways 11 and 12, and one of nodes 4, 5, 6 in it, way 13, in an area.
fn area(tags: NodeTags<'_>, outer: NodeTags<'_>, inner: NodeTags<'_>) -> StreetsRead {
    let mut block = row(&[PLAIN; 6]);
    block.way(11, &[1, 2, 3], outer);
    block.way(12, &[3, 1], PLAIN);
    block.way(13, &[4, 5, 6, 4], inner);
    block.way(14, &[1, 6], PLAIN);
    let tags = [&[("type", "multipolygon")], tags].concat();
    block.relation(1, &[(11, "outer"), (12, "outer"), (13, "inner")], &tags);
    read(&block)
}

#[test]
fn walkable_areas_are_walked_along_their_rings() {
    let kinds: [NodeTags<'_>; 8] = [
        &[("highway", "pedestrian")],
        &[("highway", "footway"), ("area", "yes")],
        &[("highway", "path"), ("area", "yes")],
        &[("highway", "platform")],
        &[("highway", "service"), ("area", "yes")],
        &[("railway", "platform")],
        &[("public_transport", "platform")],
        &[("man_made", "pier")],
    ];
    for tags in kinds {
        let read = area(tags, PLAIN, &[("building", "yes"), ("name", "Town Hall")]);
        let ids: Vec<i64> = ways(&read).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [11, 12, 13], "{tags:?}");
        assert_eq!(read.findings.count(FindingCode::NotWalkable), 0);
    }
    let read = area(&[("highway", "construction")], PLAIN, PLAIN);
    assert_eq!(read.findings.count(FindingCode::NotWalkable), 3);
    assert!(ways(&area(&[("landuse", "grass")], PLAIN, PLAIN)).is_empty());
}

#[test]
fn a_ring_way_says_itself_what_it_is_where_it_is_a_street_and_who_may_walk_there() {
    let plaza: NodeTags<'_> = &[("highway", "pedestrian"), ("name", "Market Square")];
    let passages = |read: &StreetsRead| -> Vec<Access> {
        let ways = read.streets.ways.iter();
        ways.map(|way| way.passage.access).collect()
    };
    // A platform's edge is no platform by itself; a road along a plaza is a road.
    let edge = area(
        &[("railway", "platform")],
        &[("railway", "platform_edge")],
        PLAIN,
    );
    assert_eq!(edge.streets.ways.len(), 3);
    let closed = area(plaza, &[("foot", "no")], PLAIN);
    assert_eq!(closed.streets.ways.len(), 2);
    let private = area(plaza, &[("access", "private")], PLAIN);
    assert_eq!(
        passages(&private),
        [Access::Private, Access::Public, Access::Public]
    );
    let road = area(plaza, &[("highway", "motorway")], PLAIN);
    assert_eq!(road.findings.count(FindingCode::NotWalkable), 1);
    let shut = area(
        &[("highway", "pedestrian"), ("access", "no")],
        STREET,
        PLAIN,
    );
    assert_eq!(ways(&shut), [(11, vec![1, 2, 3])]);
    // Names are those of the ground.
    assert_eq!(
        area(plaza, &[("name", "Wall")], PLAIN).streets.names,
        ["Market Square"]
    );
}

#[test]
fn ways_that_are_cut_at_the_antimeridian_go_on_there() {
    let mut block = Block::default();
    let places = [
        (1_799_990_000, 0),
        (1_800_000_000, 0),
        (-1_800_000_000, 0),
        (-1_799_990_000, 0),
    ];
    for (id, (lon, lat)) in (1..).zip(places) {
        block.node(id, lon, lat, PLAIN);
    }
    block.way(1, &[1, 2], STREET);
    block.way(2, &[3, 4], STREET);
    let read = read(&block);
    assert_eq!(read.streets.refs[1], read.streets.refs[2]);
    assert_eq!(read.findings.count(FindingCode::JoinedAtAntimeridian), 1);
}

#[test]
fn the_places_are_known_where_streets_are_cut() {
    let mut block = row(&[PLAIN; 4]);
    block.way(1, &[1, 2, 99, 3, 4], STREET);
    let lons: Vec<i32> = read(&block)
        .cut_at
        .iter()
        .map(|place| place.lon_e7)
        .collect();
    assert_eq!(lons, [20_000, 30_000]);
}
