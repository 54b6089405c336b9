//! OpenStreetMap extracts.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::Expected::{self, Read, Refused};
use super::{Case, Role};
use crate::support::pbf::{
    self, Block, Tags, bytes, file, frame, header, lying_file, number, packed, raw_blob, varint,
    zigzag, zlib_blob,
};

const NETWORK: (Role, &str) = (Role::Network, "osm.pbf");
/// The town's streets of 2.3 km and of 1.1 km, with the station at one end: the four residents of `support::command`.
const TOWN: &str = "covered beyond beyond off_network";
/// The town without the street of 1.1 km.
const ONE_STREET: &str = "covered off_network beyond off_network";
const STREET: Tags<'_> = &[("highway", "residential")];

/// The town's street: nodes 1 to 3, and a side street north to node 4.
fn town() -> Block {
    let mut block = Block::default();
    places(&mut block);
    block.way(1, &[1, 2, 3], STREET);
    block.way(2, &[2, 4], STREET);
    block
}

fn places(block: &mut Block) {
    block.node(1, 95_000_000, 471_000_000, &[]);
    block.node(2, 95_100_000, 471_000_000, &[]);
    block.node(3, 95_300_000, 471_000_000, &[]);
    block.node(4, 95_100_000, 471_100_000, &[]);
}

/// The town with something more in its block.
fn town_and(add: impl FnOnce(&mut Block)) -> Vec<u8> {
    let mut block = town();
    add(&mut block);
    file(&block)
}

/// A file of one data blob message.
fn blob(message: &[u8]) -> Vec<u8> {
    [header(&["DenseNodes"]), frame("OSMData", message)].concat()
}

/// A file of one block, as it is.
fn block(message: &[u8]) -> Vec<u8> {
    blob(&raw_blob(message))
}

/// A blob message: its fields of numbers and bytes.
fn blob_of(claimed: Option<u64>, field: u64, data: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    if let Some(claimed) = claimed {
        number(&mut message, 2, claimed);
    }
    bytes(&mut message, field, data);
    message
}

/// A block of a string table and groups.
fn block_of(strings: &[&[u8]], groups: &[Vec<u8>], after: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut table = Vec::new();
    for string in strings {
        bytes(&mut table, 1, string);
    }
    let mut message = Vec::new();
    bytes(&mut message, 1, &table);
    for group in groups {
        bytes(&mut message, 2, group);
    }
    after(&mut message);
    block(&message)
}

/// A group of dense nodes with these raw members.
fn dense(ids: &[i64], lats: &[i64], lons: &[i64], tags: Option<&[u64]>) -> Vec<u8> {
    let mut nodes = Vec::new();
    let all = |values: &[i64]| values.iter().map(|v| zigzag(*v)).collect::<Vec<_>>();
    packed(&mut nodes, 1, all(ids));
    packed(&mut nodes, 8, all(lats));
    packed(&mut nodes, 9, all(lons));
    if let Some(tags) = tags {
        packed(&mut nodes, 10, tags.iter().copied());
    }
    let mut group = Vec::new();
    bytes(&mut group, 2, &nodes);
    group
}

/// The town's street as dense nodes, with `tags` behind them.
fn dense_town(tags: Option<&[u64]>) -> Vec<u8> {
    let lats = [471_000_000, 0, 0];
    let lons = [95_000_000, 100_000, 200_000];
    let mut group = dense(&[1, 1, 1], &lats, &lons, tags);
    let mut way = Vec::new();
    number(&mut way, 1, 1);
    packed(&mut way, 2, [1]);
    packed(&mut way, 3, [2]);
    packed(&mut way, 8, [1, 1, 1].map(zigzag));
    bytes(&mut group, 3, &way);
    group
}

const WORDS: &[&[u8]] = &[b"", b"highway", b"residential"];

/// A way of the raw members given, in a block of the town's nodes.
fn raw_way(keys: &[u64], values: &[u64], refs: &[u64]) -> Vec<u8> {
    let mut group = dense_town(None);
    let mut way = Vec::new();
    number(&mut way, 1, 2);
    packed(&mut way, 2, keys.iter().copied());
    packed(&mut way, 3, values.iter().copied());
    packed(&mut way, 8, refs.iter().copied());
    bytes(&mut group, 3, &way);
    block_of(WORDS, &[group], |_| {})
}

fn nested_groups(depth: usize) -> Vec<u8> {
    let mut message = vec![15 << 3 | 3; depth];
    message.extend(vec![15 << 3 | 4; depth]);
    message
}

/// A file of one blob of these bytes, packed as small as zlib can.
fn packed_small(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("bytes in memory");
    let stream = encoder.finish().expect("bytes in memory");
    blob(&blob_of(Some(data.len() as u64), 3, &stream))
}

/// Claims of 32 MiB each, with nothing behind them.
fn bomb(blobs: usize) -> Vec<u8> {
    let mut file = header(&["DenseNodes"]);
    for _ in 0..blobs {
        file.extend(frame("OSMData", &zlib_blob(b"", 32 << 20)));
    }
    file
}

pub(super) fn cases() -> Vec<Case> {
    [frames(), blobs(), blocks(), objects(), ways()].concat_all()
}

/// `concat` for what is not `Clone`.
trait ConcatAll {
    fn concat_all(self) -> Vec<Case>;
}

impl<const N: usize> ConcatAll for [Vec<Case>; N] {
    fn concat_all(self) -> Vec<Case> {
        self.into_iter().flatten().collect()
    }
}

fn case(name: &str, bytes: impl Into<Vec<u8>>, expected: Expected) -> Case {
    Case::new(format!("pbf: {name}"), NETWORK, bytes, expected)
}

/// Files whose frames cannot be walked.
fn frames() -> Vec<Case> {
    const BREAKS_OFF: Expected = Refused("Malformed", "the file breaks off here");
    const IMPOSSIBLE: Expected = Refused("Malformed", "is impossible; is this an .osm.pbf?");
    const UNREADABLE: Expected = Refused("Malformed", "the blob header cannot be read");
    let whole = file(&town());
    let head = header(&["DenseNodes"]);
    let cut = |length: usize| whole[..length].to_vec();
    let behind = |bytes: &[u8]| [head.as_slice(), bytes].concat();
    let garbage_size = 1_008_813_135_u32.to_be_bytes();
    let mut foreign = town_and(|_| {});
    foreign.extend(frame("OSMWeather", b"sunny"));
    let mut kindless = Vec::new();
    number(&mut kindless, 3, 0);
    let mut sizeless = Vec::new();
    bytes(&mut sizeless, 1, b"OSMData");
    let headed = |message: &[u8]| {
        let mut bytes = (message.len() as u32).to_be_bytes().to_vec();
        bytes.extend(message);
        behind(&bytes)
    };
    let sized = |size: u64| {
        let mut message = sizeless.clone();
        number(&mut message, 3, size);
        headed(&message)
    };
    vec![
        case("nothing", "", Refused("Empty", "is empty")),
        case("one byte", [0], BREAKS_OFF),
        case("three bytes", [0, 0, 0], BREAKS_OFF),
        case("a length and no header", [0, 0, 0, 13], BREAKS_OFF),
        case("cut in the header's blob", cut(head.len() - 1), BREAKS_OFF),
        case("cut in a blob's header", cut(head.len() + 6), BREAKS_OFF),
        case(
            "cut in a blob (osmium-tool#275)",
            cut(whole.len() / 2),
            BREAKS_OFF,
        ),
        case(
            "cut before its last byte (gdal#2730)",
            cut(whole.len() - 1),
            BREAKS_OFF,
        ),
        case(
            "one byte too many",
            [whole.as_slice(), b"\n"].concat(),
            BREAKS_OFF,
        ),
        case("a length of zero", behind(&[0; 4]), UNREADABLE),
        case(
            "a blob header of 64 KiB (planet-dump-ng#2)",
            behind(&[0, 1, 0, 0]),
            IMPOSSIBLE,
        ),
        case(
            "a header of 1,008,813,135 bytes (b-r-u/osmpbf#38)",
            garbage_size,
            IMPOSSIBLE,
        ),
        case("a length of all ones", behind(&[0xff; 4]), IMPOSSIBLE),
        case(
            "XML",
            "<?xml version='1.0'?><osm version='0.6'/>",
            IMPOSSIBLE,
        ),
        case("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", IMPOSSIBLE),
        case("bzip2", b"BZh91AY&SY", IMPOSSIBLE),
        case("zip", b"PK\x03\x04\x14\x00", IMPOSSIBLE),
        case(
            "a web page instead of a download (OSRM#2820)",
            "<!DOCTYPE html>",
            IMPOSSIBLE,
        ),
        case("UTF-8 with a mark", b"\xef\xbb\xbf<osm/>", IMPOSSIBLE),
        case(
            "random bytes",
            (0..200)
                .map(|n: u32| ((n * n) >> 3) as u8 | 1)
                .collect::<Vec<_>>(),
            IMPOSSIBLE,
        ),
        case("a header of no kind", headed(&kindless), UNREADABLE),
        case("a header of no size", headed(&sizeless), UNREADABLE),
        case("a header of no fields", headed(b"\xff\xff\xff"), UNREADABLE),
        case(
            "a blob of 32 MiB and a byte (joto/osmium#35)",
            sized((32 << 20) + 1),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case(
            "a blob of -1 bytes",
            sized(u64::MAX),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case(
            "a blob of 4 GiB",
            sized(1 << 32),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case("a blob longer than the file", sized(1 << 20), BREAKS_OFF),
        case(
            "data before the header",
            frame("OSMData", &raw_blob(b"")),
            Refused("Malformed", "does not begin with an OSMHeader"),
        ),
        case(
            "a header alone",
            head.clone(),
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "two headers",
            [head.as_slice(), &whole].concat(),
            Read(TOWN, ""),
        ),
        case("a blob of an unknown kind", foreign, Read(TOWN, "")),
        case(
            "a history file (imposm3#210)",
            header(&["OsmSchema-V0.6", "HistoricalInformation"]),
            Refused("Malformed", "HistoricalInformation"),
        ),
        case(
            "an unknown required feature",
            header(&["Teleportation"]),
            Refused("Malformed", "Teleportation"),
        ),
        case(
            "a header block of garbage",
            frame("OSMHeader", &raw_blob(b"\xff\xff\xff")),
            Refused("Malformed", "cannot be read"),
        ),
    ]
}

/// Blobs whose data cannot be unpacked.
fn blobs() -> Vec<Case> {
    let message = town().message();
    let length = message.len() as u64;
    let zlib = |data: &[u8]| {
        let blob = zlib_blob(data, 0);
        // Behind the size (two bytes) and the field's key and length.
        let mut rest = &blob[2..];
        while rest[0] != 0x78 {
            rest = &rest[1..];
        }
        rest.to_vec()
    };
    let stream = zlib(&message);
    let mut bad_sum = stream.clone();
    *bad_sum.last_mut().expect("a sum") ^= 1;
    let zeros = |size: usize, claimed: u64| blob(&zlib_blob(&vec![0; size], claimed));
    let packed_as = |field: u64| blob(&blob_of(Some(length), field, b"\x28\xb5\x2f\xfd"));
    let other = Refused("Malformed", "packed by another method than zlib");
    let lie = |lie: i64| lying_file(&town(), lie);
    vec![
        case(
            "raw_size above 32 MiB (OSM-binary#94)",
            lie((32 << 20) + 1),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case(
            "raw_size of 2^40",
            lie(1 << 40),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case(
            "raw_size of -1",
            blob(&blob_of(Some(u64::MAX), 3, &stream)),
            Refused("Malformed", "above the format's 32 MiB"),
        ),
        case(
            "raw_size one too small",
            lie(-1),
            Refused("Malformed", "unpacks to more"),
        ),
        case(
            "raw_size one too large",
            lie(1),
            Refused("Malformed", "claims to unpack to"),
        ),
        case(
            "raw_size of zero",
            blob(&blob_of(Some(0), 3, &stream)),
            Refused("Malformed", "unpacks to more"),
        ),
        case(
            "no raw_size",
            blob(&blob_of(None, 3, &stream)),
            Refused("Malformed", "the blob holds no data"),
        ),
        case(
            "raw data of another size than claimed",
            blob(&blob_of(Some(length + 1), 1, &message)),
            Refused("Malformed", "claims to unpack to"),
        ),
        case(
            "no data",
            blob(b""),
            Refused("Malformed", "the blob holds no data"),
        ),
        case(
            "a blob of garbage",
            blob(b"\xff\xff\xff"),
            Refused("Malformed", "the blob cannot be read"),
        ),
        case(
            "zlib of garbage",
            blob(&blob_of(Some(length), 3, b"garbage")),
            Refused("Malformed", "cannot be unpacked"),
        ),
        case(
            "zlib cut short",
            blob(&blob_of(Some(length), 3, &stream[..stream.len() / 2])),
            Refused("Malformed", "cannot be unpacked"),
        ),
        case(
            "zlib with a wrong sum",
            blob(&blob_of(Some(length), 3, &bad_sum)),
            Refused("Malformed", "cannot be unpacked"),
        ),
        case("lzma", packed_as(4), other),
        case("bzip2 blob", packed_as(5), other),
        case("lz4", packed_as(6), other),
        case("zstd", packed_as(7), other),
        case(
            "200 KB of zeros in a block",
            zeros(200_000, 200_000),
            Refused("Malformed", "the block cannot be read"),
        ),
        case(
            "more zeros than claimed",
            zeros(200_000, 1000),
            Refused("Malformed", "unpacks to more"),
        ),
        case(
            "32 MiB of zeros in 32 KiB",
            packed_small(&vec![0; 32 << 20]),
            Refused("Malformed", "no map is packed like that"),
        ),
        case(
            "6 million fields of no meaning in 12 KiB",
            packed_small(&[15 << 3, 0].repeat(6 << 20)),
            Refused("Malformed", "objects in one block"),
        ),
        case(
            "5 million nodes of no bytes in 10 KiB",
            {
                let mut message = Vec::new();
                bytes(&mut message, 2, &[1 << 3 | 2, 0].repeat(5 << 20));
                packed_small(&message)
            },
            Refused("Malformed", "objects in one block"),
        ),
        case(
            "300 claims of 32 MiB",
            bomb(300),
            Refused("Malformed", "no map is packed like that"),
        ),
    ]
}

/// Blocks that cannot be parsed, or hold more than any map's.
fn blocks() -> Vec<Case> {
    const UNREADABLE: Expected = Refused("Malformed", "the block cannot be read");
    let mut deep = nested_groups(1000);
    deep.extend(town().message());
    let mut endless = vec![0x08];
    endless.extend([0xff; 11]);
    let mut long = Vec::new();
    varint(&mut long, 1 << 3 | 2);
    varint(&mut long, u64::MAX);
    let mut empty_objects = Vec::new();
    for _ in 0..100_000 {
        bytes(&mut empty_objects, 1, b"");
    }
    let mut objects = Vec::new();
    for _ in 0..5 {
        bytes(&mut objects, 2, &empty_objects[..200_000]);
    }
    // 1,000,000 objects of two bytes do not fit a small file unpacked: stored blocks, so 200 KB hold 100,000.
    let mut strings = Vec::new();
    for _ in 0..100_000 {
        bytes(&mut strings, 1, b"");
    }
    let mut table = Vec::new();
    bytes(&mut table, 1, &strings);
    table.extend(town().message());
    let with = |add: fn(&mut Vec<u8>)| block_of(WORDS, &[dense_town(None)], add);
    vec![
        case(
            "a block of garbage",
            block(b"\xff\xff\xff garbage"),
            UNREADABLE,
        ),
        case("a block of text", block(b"hello world"), UNREADABLE),
        case(
            "1,000 unknown groups in each other (RUSTSEC-2024-0437)",
            block(&deep),
            UNREADABLE,
        ),
        case("a group that never ends", block(&[15 << 3 | 3]), UNREADABLE),
        case("a number of 11 bytes", block(&endless), UNREADABLE),
        case("a field of 2^64 - 1 bytes", block(&long), UNREADABLE),
        case(
            "a field longer than its block",
            block(&[1 << 3 | 2, 100, 0]),
            UNREADABLE,
        ),
        case("field number zero", block(&[0, 0]), UNREADABLE),
        case(
            "an empty block",
            block(b""),
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "100,000 empty nodes",
            block(&objects[..200_004]),
            Refused("Malformed", "cannot be read"),
        ),
        case(
            "a second string table of 100,000 empty strings",
            block(&table),
            Read(TOWN, ""),
        ),
        case("dense nodes", with(|_| {}), Read(ONE_STREET, "")),
        case(
            "granularity of zero",
            with(|m| number(m, 17, 0)),
            Read(
                "off_network off_network off_network off_network",
                "degenerate_line 1, elsewhere 2",
            ),
        ),
        case(
            "granularity below zero",
            with(|m| number(m, 17, -100_i64 as u64)),
            Read(
                "off_network off_network off_network off_network",
                "elsewhere 2",
            ),
        ),
        case(
            "granularity of 2^31 - 1",
            with(|m| number(m, 17, i32::MAX as u64)),
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "an offset of 2^63 - 1",
            with(|m| number(m, 19, i64::MAX as u64)),
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "an offset of -2^63",
            with(|m| number(m, 20, i64::MIN as u64)),
            Refused("NothingFound", "walkable way"),
        ),
    ]
}

/// Nodes and relations.
fn objects() -> Vec<Case> {
    let dense_nodes = |ids: &[i64], lats: &[i64], lons: &[i64], tags: Option<&[u64]>| {
        let groups = [dense_town(None), dense(ids, lats, lons, tags)];
        block_of(WORDS, &groups, |_| {})
    };
    let member_of_kind_77 = town_and(|block| block.impossible_relation(5));
    vec![
        case(
            "more dense ids than places",
            dense_nodes(&[10, 1, 1], &[471_000_000], &[95_000_000], None),
            Read(ONE_STREET, ""),
        ),
        case(
            "more dense places than ids",
            dense_nodes(&[10], &[1, 2, 3], &[1, 2, 3], None),
            Read(ONE_STREET, ""),
        ),
        case(
            "dense ids that overflow",
            dense_nodes(&[i64::MAX, i64::MAX], &[1, 1], &[1, 1], None),
            Read(ONE_STREET, ""),
        ),
        case(
            "dense places that overflow",
            dense_nodes(&[10, 1], &[i64::MAX, i64::MAX], &[i64::MIN, i64::MIN], None),
            Read(ONE_STREET, ""),
        ),
        case(
            "dense tags of a node too many",
            block_of(
                WORDS,
                &[dense_town(Some(&[1, 2, 0, 0, 0, 1, 2, 0]))],
                |_| {},
            ),
            Read(ONE_STREET, ""),
        ),
        case(
            "dense tags that end in a key",
            block_of(WORDS, &[dense_town(Some(&[1]))], |_| {}),
            Read(ONE_STREET, ""),
        ),
        case(
            "dense tags beyond the strings",
            block_of(WORDS, &[dense_town(Some(&[900, 901, 0, 0, 0]))], |_| {}),
            Read(ONE_STREET, ""),
        ),
        case(
            "a node twice (imposm3#210)",
            town_and(|b| b.node(2, 95_100_000, 471_000_000, &[])),
            Read(TOWN, ""),
        ),
        case(
            "node ids below zero (osmium-tool#193)",
            town_and(|b| {
                b.node(-1, 95_100_000, 470_900_000, &[]);
                b.way(-7, &[2, -1], STREET);
            }),
            Read(TOWN, ""),
        ),
        case(
            "node ids of 64 bits",
            town_and(|b| {
                b.node(i64::MAX, 95_100_000, 470_900_000, &[]);
                b.node(i64::MIN, 95_100_000, 470_800_000, &[]);
                b.way(7, &[2, i64::MAX], STREET);
                b.way(8, &[2, i64::MIN], STREET);
            }),
            Read(TOWN, ""),
        ),
        case(
            "a node off the earth",
            town_and(|b| {
                b.node(9, 2_000_000_000, 471_000_000, &[]);
                b.way(7, &[2, 9], STREET);
            }),
            Read(TOWN, "missing_vertex 1"),
        ),
        case(
            "Cyrillic tags (osmpbfreader-rs#44)",
            town_and(|b| {
                b.way(
                    7,
                    &[2, 4],
                    &[
                        ("highway", "residential"),
                        ("name", "улица Ленина"),
                        ("адрес", "да"),
                    ],
                );
            }),
            Read(TOWN, ""),
        ),
        case(
            "Chinese names, four bytes each",
            town_and(|b| b.way(7, &[2, 4], &[("highway", "footway"), ("name", "𠮷野家街")])),
            Read(TOWN, ""),
        ),
        case(
            "a relation with a member of no known kind",
            member_of_kind_77,
            Refused("Malformed", "unknown type"),
        ),
        case(
            "a relation without members",
            town_and(|b| b.relation(5, &[], &[("type", "multipolygon"), ("amenity", "school")])),
            Read(TOWN, ""),
        ),
        case(
            "a relation of missing ways",
            town_and(|b| b.relation(5, &[(99, "outer")], &[("type", "boundary")])),
            Read(TOWN, ""),
        ),
    ]
}

/// Ways and how they are tagged.
fn ways() -> Vec<Case> {
    vec![
        case(
            "a way of missing nodes (osm2pgrouting#127)",
            town_and(|b| b.way(7, &[88, 89], STREET)),
            Read(TOWN, "missing_vertex 1"),
        ),
        case(
            "a way that goes on behind a missing node (node-osmium#105)",
            town_and(|b| b.way(7, &[1, 88, 3], STREET)),
            Read(TOWN, "missing_vertex 1"),
        ),
        case(
            "a way of no nodes",
            town_and(|b| b.way(7, &[], STREET)),
            Read(TOWN, "degenerate_line 1"),
        ),
        case(
            "a way of one node",
            town_and(|b| b.way(7, &[2], STREET)),
            Read(TOWN, "degenerate_line 1"),
        ),
        case(
            "a way of one node twice (LightGraphs.jl#499)",
            town_and(|b| b.way(7, &[2, 2], STREET)),
            Read(TOWN, "degenerate_line 1"),
        ),
        case(
            "a way that returns to itself (pgrouting#1647)",
            town_and(|b| b.way(7, &[2, 4, 2], STREET)),
            Read(TOWN, ""),
        ),
        case(
            "a ring (LightGraphs.jl#520)",
            town_and(|b| b.way(7, &[1, 4, 2, 1], STREET)),
            Read(TOWN, ""),
        ),
        case(
            "a way twice under one id",
            town_and(|b| b.way(1, &[1, 2, 3], STREET)),
            Read(TOWN, ""),
        ),
        case(
            "parallel ways (pgrouting#78)",
            town_and(|b| b.way(9, &[1, 2, 3], STREET)),
            Read(TOWN, ""),
        ),
        case(
            "a way without length (graphhopper#1355)",
            town_and(|b| {
                b.node(9, 95_100_000, 471_000_000, &[]);
                b.way(9, &[2, 9], STREET);
            }),
            Read(TOWN, "degenerate_line 1"),
        ),
        case(
            "more keys than values",
            raw_way(&[1, 1, 1], &[2], &[zigzag(1), zigzag(1)]),
            Read(ONE_STREET, ""),
        ),
        case(
            "more values than keys",
            raw_way(&[1], &[2, 2, 2], &[zigzag(1), zigzag(1)]),
            Read(ONE_STREET, ""),
        ),
        case(
            "tags beyond the strings",
            raw_way(&[1, 4_000_000_000], &[2, 2], &[zigzag(1), zigzag(1)]),
            Read(ONE_STREET, ""),
        ),
        case(
            "refs that overflow",
            raw_way(
                &[1],
                &[2],
                &[zigzag(i64::MAX), zigzag(i64::MAX), zigzag(i64::MAX)],
            ),
            Read(ONE_STREET, "missing_vertex 1"),
        ),
        case(
            "tags that are not UTF-8",
            {
                let words: &[&[u8]] = &[b"", b"highway", b"residential", b"\xff\xfe", b"\xc0\x80"];
                let mut group = dense_town(None);
                let mut way = Vec::new();
                number(&mut way, 1, 2);
                packed(&mut way, 2, [1, 3]);
                packed(&mut way, 3, [2, 4]);
                packed(&mut way, 8, [1, 1].map(zigzag));
                bytes(&mut group, 3, &way);
                block_of(words, &[group], |_| {})
            },
            Read(ONE_STREET, ""),
        ),
        case(
            "a tag twice",
            town_and(|b| {
                b.way(
                    7,
                    &[2, 4],
                    &[("highway", "motorway"), ("highway", "footway")],
                );
            }),
            Read(TOWN, "not_walkable 1"),
        ),
        case(
            "only motorways",
            {
                let mut block = Block::default();
                places(&mut block);
                block.way(1, &[1, 2, 3], &[("highway", "motorway")]);
                file(&block)
            },
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "everything off the earth",
            {
                let mut block = Block::default();
                block.node(1, 1_900_000_000, 0, &[]);
                block.node(2, 0, 950_000_000, &[]);
                block.way(1, &[1, 2], STREET);
                file(&block)
            },
            Refused("NothingFound", "walkable way"),
        ),
        case(
            "everything at the null island",
            {
                let mut block = Block::default();
                block.node(1, 0, 0, &[]);
                block.node(2, 100_000, 0, &[]);
                block.way(1, &[1, 2], STREET);
                file(&block)
            },
            Read(
                "off_network off_network off_network off_network",
                "elsewhere 2",
            ),
        ),
        case(
            "across the date line and over a pole",
            town_and(|b| {
                b.node(8, 1_799_999_000, 100_000_000, &[]);
                b.node(9, -1_799_999_000, 100_000_000, &[]);
                b.node(10, 0, 900_000_000, &[]);
                b.node(11, 1_800_000_000, 899_999_999, &[]);
                b.way(8, &[8, 9], STREET);
                b.way(9, &[10, 11], STREET);
            }),
            Read(TOWN, ""),
        ),
        case(
            "a gate where three ways meet",
            {
                let mut block = Block::default();
                block.node(1, 95_000_000, 471_000_000, &[]);
                block.node(2, 95_100_000, 471_000_000, &[("barrier", "wall")]);
                block.node(3, 95_300_000, 471_000_000, &[]);
                block.node(4, 95_100_000, 471_100_000, &[]);
                block.way(1, &[1, 2, 3], STREET);
                block.way(2, &[2, 4], STREET);
                file(&block)
            },
            Read(
                "covered unreachable unreachable off_network",
                "barrier_cut 2",
            ),
        ),
        case(
            "a private street that touches nothing",
            town_and(|b| {
                b.node(8, 95_100_000, 470_900_000, &[]);
                b.node(9, 95_110_000, 470_900_000, &[]);
                b.way(8, &[8, 9], &[("highway", "service"), ("access", "private")]);
            }),
            Read(TOWN, ""),
        ),
        case(
            "a footway on an island beside the station (planwise#12)",
            town_and(|b| {
                b.node(8, 95_000_000, 471_000_500, &[]);
                b.node(9, 95_001_000, 471_000_500, &[]);
                b.way(8, &[8, 9], &[("highway", "footway")]);
            }),
            Read(TOWN, ""),
        ),
    ]
}

#[test]
fn the_writer_of_these_cases_is_sound() {
    let town = pbf::file(&town());
    let case = case("the town as it is", town, Read(TOWN, ""));
    assert_eq!(case.outcome(), Ok((TOWN.to_owned(), String::new())));
}
