use super::*;
use crate::inputs::Source;
use crate::inputs::osm::pbf::{self, Block, Tags as NodeTags};

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
