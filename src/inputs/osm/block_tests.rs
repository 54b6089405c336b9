//! Blocks written by hand, byte for byte, and what they say by the format's own description.

use super::*;
use crate::inputs::osm::pbf::{bytes, number as put, packed, zigzag};

/// A table of strings, the first of them empty as the format has it.
fn table(strings: &[&[u8]]) -> Vec<u8> {
    let mut table = Vec::new();
    bytes(&mut table, 1, b"");
    for string in strings {
        bytes(&mut table, 1, string);
    }
    table
}

/// A block of these strings with one group of messages of one kind.
fn block(strings: &[&[u8]], kind: u64, messages: &[Vec<u8>]) -> Vec<u8> {
    let (mut block, mut group) = (Vec::new(), Vec::new());
    for message in messages {
        bytes(&mut group, kind, message);
    }
    bytes(&mut block, 1, &table(strings));
    bytes(&mut block, 2, &group);
    block
}

fn sound(block: &[u8]) -> Block<'_> {
    check(block).expect("a sound block");
    Block::new(block)
}

fn signed_all(numbers: &[i64]) -> Vec<u64> {
    numbers.iter().copied().map(zigzag).collect()
}

/// A node: its id, its place in 10⁻⁷ degrees, its tags.
type NodeRead = (i64, Option<(i32, i32)>, Vec<Pair>);

fn nodes(block: &[u8]) -> Vec<NodeRead> {
    let mut nodes = Vec::new();
    sound(block).each_node(|node| {
        let place = node.location().map(|at| (at.lon_e7, at.lat_e7));
        nodes.push((node.id, place, node.pairs.to_vec()));
    });
    nodes
}

#[test]
fn dense_nodes_are_sums_of_differences_with_tags_up_to_a_zero() {
    let mut dense = Vec::new();
    packed(&mut dense, 1, signed_all(&[10, 1, -14]));
    packed(&mut dense, 8, signed_all(&[471_000_000, 5, -10]));
    packed(&mut dense, 9, signed_all(&[95_000_000, -1, 1]));
    packed(&mut dense, 10, [0, 1, 2, 3, 2, 0, 0]);
    let block = block(&[b"barrier", b"gate", b"locked"], 2, &[dense]);
    assert_eq!(
        nodes(&block),
        [
            (10, Some((95_000_000, 471_000_000)), vec![]),
            (11, Some((94_999_999, 471_000_005)), vec![(1, 2), (3, 2)]),
            (-3, Some((95_000_000, 470_999_995)), vec![]),
        ]
    );
    let read = sound(&block);
    assert_eq!(
        read.tags(&[(1, 2), (3, 9), (3, 2)]),
        [("barrier", "gate"), ("locked", "gate")],
        "what is not in the table is left out"
    );
}

#[test]
fn places_follow_granularity_and_offsets() {
    let mut node = Vec::new();
    put(&mut node, 1, zigzag(-7));
    put(&mut node, 8, zigzag(47_000));
    put(&mut node, 9, zigzag(9_000));
    let mut block = block(&[], 1, &[node]);
    put(&mut block, 17, 1_000_000);
    put(&mut block, 19, 100_000_000);
    put(&mut block, 20, -500_000_000_i64 as u64);
    // 47,000 × 10⁶ + 10⁸ and 9,000 × 10⁶ - 5 × 10⁸ billionths: 47.1° and 8.5°.
    assert_eq!(
        nodes(&block),
        [(-7, Some((85_000_000, 471_000_000)), vec![])]
    );
}

#[test]
fn places_off_the_earth_and_numbers_that_overflow_are_no_places() {
    let mut dense = Vec::new();
    packed(&mut dense, 1, signed_all(&[i64::MAX, i64::MAX]));
    packed(&mut dense, 8, signed_all(&[910_000_000, i64::MIN]));
    packed(&mut dense, 9, signed_all(&[0, i64::MAX]));
    let found = nodes(&block(&[], 2, &[dense]));
    let ids: Vec<i64> = found.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, [i64::MAX, -2]);
    assert_eq!(found[0].1, None, "91° north");
}

#[test]
fn ways_and_relations_are_read_whole() {
    let mut way = Vec::new();
    put(&mut way, 1, 4_000_000_000);
    packed(&mut way, 2, [1]);
    packed(&mut way, 3, [2]);
    packed(&mut way, 8, signed_all(&[100, 1, -2]));
    let block_of_way = block(&[b"highway", b"steps"], 3, &[way]);
    let read = sound(&block_of_way);
    let mut ways = Vec::new();
    read.each_way(|way| {
        let refs: Vec<i64> = way.refs().collect();
        ways.push((way.id, read.tags(way.pairs), refs));
    });
    assert_eq!(
        ways,
        [(
            4_000_000_000,
            vec![("highway", "steps")],
            vec![100, 101, 99]
        )]
    );
    let marks = read.marks(&["railway", "highway"]);
    assert!(marks.any(&[(2, 1), (1, 2)]) && !marks.any(&[(2, 1), (9, 9)]));

    let mut relation = Vec::new();
    put(&mut relation, 1, -1_i64 as u64);
    packed(&mut relation, 8, [1, 0, 1]);
    packed(&mut relation, 9, signed_all(&[5, 2, 3]));
    packed(&mut relation, 10, [1, 0, 1]);
    let block_of_relation = block(&[b"inner"], 4, &[relation]);
    let read = sound(&block_of_relation);
    assert_eq!(check(&block_of_relation), Ok(Kinds::RELATIONS));
    let mut ways = Vec::new();
    read.each_relation(|relation| ways.extend(relation.ways().map(|way| (relation.id, way))));
    assert_eq!(ways, [(-1, (5, 1)), (-1, (10, 1))], "node 7 is no way");
}

#[test]
fn a_block_is_refused_where_anything_in_it_cannot_be_read() {
    let way = |refs: &[u8], with_id: bool| {
        let mut way = Vec::new();
        if with_id {
            put(&mut way, 1, 1);
        }
        bytes(&mut way, 8, refs);
        block(&[], 3, &[way])
    };
    assert_eq!(check(&way(&[2, 2], true)), Ok(Kinds::WAYS));
    let long = [0x80; 10];
    let no_table = &way(&[2], true)[table(&[]).len() + 2..];
    for broken in [
        &way(&[2, 2], false)[..],
        &way(&[2, 0x82], true),
        &way(&long, true),
        no_table,
        &block(&[], 1, &[vec![8, 2]]),
        &block(&[], 4, &[vec![]]),
    ] {
        let reason = check(broken).expect_err("broken").to_string();
        assert!(reason.contains("cannot be read"), "{reason}");
    }
}

#[test]
fn text_that_is_not_utf_8_is_no_string() {
    let bytes = block(&[b"name", b"\xff"], 3, &[]);
    let read = sound(&bytes);
    let strings = [0, 1, 2, 3].map(|index| read.string(index));
    assert_eq!(strings, [Some(""), Some("name"), None, None]);
    assert_eq!(read.tags(&[(1, 2)]), []);
}

/// An object of a file: kind, id, place in 10⁻⁹ degrees or node ids or member ways, tags.
type Object = (char, i64, Vec<i64>, Vec<(String, String)>);

fn kept<'t>(tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Vec<(String, String)> {
    let owned = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
    tags.into_iter().map(owned).collect()
}

fn by_another_reader(bytes: &[u8]) -> Vec<Object> {
    use osmpbf::{Element, RelMemberType};
    let mut objects = Vec::new();
    let reader = osmpbf::ElementReader::new(bytes);
    let place = |lon: i32, lat: i32| vec![i64::from(lon), i64::from(lat)];
    let read = reader.for_each(|element| {
        objects.push(match element {
            Element::Node(node) => {
                let place = place(node.decimicro_lon(), node.decimicro_lat());
                ('n', node.id(), place, kept(node.tags()))
            }
            Element::DenseNode(node) => {
                let place = place(node.decimicro_lon(), node.decimicro_lat());
                ('n', node.id(), place, kept(node.tags()))
            }
            Element::Way(way) => ('w', way.id(), way.refs().collect(), kept(way.tags())),
            Element::Relation(relation) => {
                let ways = relation.members();
                let ways = ways.filter(|member| member.member_type == RelMemberType::Way);
                let ways = ways.map(|way| way.member_id).collect();
                ('r', relation.id(), ways, kept(relation.tags()))
            }
        });
    });
    read.expect("a sound file");
    objects
}

fn by_this_one(block: &Block<'_>) -> Vec<Object> {
    let mut objects = Vec::new();
    block.each_node(|node| {
        let at = node.location().expect("a place on the earth");
        let place = vec![i64::from(at.lon_e7), i64::from(at.lat_e7)];
        objects.push(('n', node.id, place, kept(block.tags(node.pairs))));
    });
    block.each_way(|way| {
        let refs = way.refs().collect();
        objects.push(('w', way.id, refs, kept(block.tags(way.pairs))));
    });
    block.each_relation(|relation| {
        let ways = relation.ways().map(|(way, _)| way).collect();
        objects.push(('r', relation.id, ways, kept(block.tags(relation.pairs))));
    });
    objects
}

#[test]
fn a_whole_country_is_read_as_another_reader_reads_it() {
    use crate::inputs::Source;
    use crate::inputs::osm::frames::OsmFile;

    let bytes = std::fs::read("data/liechtenstein-2013-08-03.osm.pbf").expect("the demo's map");
    let expected = by_another_reader(&bytes);
    let source = Source::from_bytes("liechtenstein.osm.pbf", bytes);
    let file = OsmFile::open(&source).expect("sound frames");
    // Twice: the second time from the bytes that were kept.
    for _ in 0..2 {
        let found = file.map_blocks(Kinds(u8::MAX), by_this_one);
        let found = found.expect("sound blocks").concat();
        assert!(found.len() > 50_000 && found == expected);
    }
}
