use super::*;
use crate::inputs::osm::pbf::{self, header};

fn source(bytes: impl Into<Vec<u8>>) -> Source {
    Source::from_bytes("folder/net.osm.pbf", bytes.into())
}

/// The header and one data blob.
fn one(blob: &[u8]) -> Vec<u8> {
    let mut file = header(&["OsmSchema-V0.6", "DenseNodes"]);
    file.extend(pbf::frame("OSMData", blob));
    file
}

/// A field that holds bytes.
fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut field = Vec::new();
    pbf::bytes(&mut field, number, bytes);
    field
}

/// The key of a field that holds bytes.
const fn field_key(number: u8) -> u8 {
    number << 3 | 2
}

/// How many objects a block holds.
fn count(block: &Block<'_>) -> usize {
    let mut count = 0;
    block.each_node(|_| count += 1);
    block.each_way(|_| count += 1);
    block.each_relation(|_| count += 1);
    count
}

/// Opens a file and decodes all of it.
fn sweep(file: &[u8]) -> Result<usize, String> {
    let source = source(file);
    let swept = OsmFile::open(&source).and_then(|file| {
        let all = Kinds(u8::MAX);
        file.map_blocks(all, count)
    });
    swept
        .map(|counts| counts.into_iter().sum())
        .map_err(|error| error.to_string())
}

fn refused(file: &[u8], words: &[&str]) {
    let error = sweep(file).expect_err("a broken file");
    for word in words {
        assert!(error.contains(word), "{word:?} in {error:?}");
    }
}

fn street() -> pbf::Block {
    let mut block = pbf::Block::default();
    block.node(1, 95_000_000, 471_000_000, &[]);
    block.node(2, 95_300_000, 471_000_000, &[("barrier", "gate")]);
    block.way(1, &[1, 2], &[("highway", "residential")]);
    block.relation(
        1,
        &[(1, "outer")],
        &[("type", "multipolygon"), ("amenity", "school")],
    );
    block
}

#[test]
fn every_beginning_of_a_file_is_an_error_but_at_the_end_of_a_frame() {
    let whole = pbf::file(&street());
    assert_eq!(sweep(&whole), Ok(4));
    let header = header(&["OsmSchema-V0.6"]).len();
    for length in (1..whole.len()).filter(|length| *length != header) {
        refused(&whole[..length], &["net.osm.pbf", "blob", "breaks off"]);
    }
    assert_eq!(sweep(&whole[..header]), Ok(0));
}

#[test]
fn stray_bytes_at_the_end_are_named_with_their_place() {
    for stray in 1..4 {
        let mut file = pbf::file(&street());
        let end = file.len();
        file.extend(vec![0; stray]);
        refused(&file, &["blob 3", &format!("byte {end}:"), "breaks off"]);
    }
}

#[test]
fn blobs_of_unknown_kinds_are_passed_over_and_counted() {
    let mut file = header(&["OsmSchema-V0.6"]);
    file.extend(pbf::frame("Signature", b"anything"));
    let end = file.len();
    file.extend(pbf::frame("OSMData", &field(1, b"\xff\xff garbage")));
    refused(
        &file,
        &["blob 3", &format!("byte {end}:"), "cannot be read"],
    );
}

#[test]
fn sizes_that_cannot_be_are_refused() {
    refused(&[0, 1, 0, 0, 0x0a], &["blob 1", "65536 bytes"]);
    refused(b"<osm/>", &["is this an .osm.pbf?"]);
    let mut negative = header(&[]);
    // datasize = -1 in ten bytes.
    negative.extend([0, 0, 0, 20, 0x0a, 7]);
    negative.extend(b"OSMData");
    negative.extend([
        0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1,
    ]);
    refused(&negative, &["blob 2", "32 MiB"]);
}

#[test]
fn a_blob_that_lies_about_its_size_is_named_packed_or_not() {
    let data = field(1, &field(1, b""));
    let raw = |claimed: u8| [field(1, &data), vec![2 << 3, claimed]].concat();
    assert_eq!(sweep(&one(&raw(data.len() as u8))), Ok(0));
    refused(
        &one(&raw(3)),
        &["blob 2", "claims to unpack to 3 bytes and unpacks to 4"],
    );
    let zlib = |claimed: u64| one(&pbf::zlib_blob(&data, claimed));
    assert_eq!(sweep(&zlib(4)), Ok(0));
    refused(&zlib(3), &["blob 2", "unpacks to more"]);
    refused(
        &zlib(5),
        &["blob 2", "claims to unpack to 5 bytes and unpacks to 4"],
    );
    refused(&zlib(u64::MAX), &["blob 2", "32 MiB"]);
}

#[test]
fn other_packings_and_no_data_are_named() {
    for packing in [4, 5, 6, 7] {
        refused(
            &one(&field(packing, b"data")),
            &["another method than zlib"],
        );
    }
    refused(&one(b""), &["the blob holds no data"]);
    refused(&one(&field(3, b"no size")), &["the blob holds no data"]);
    let torn = [vec![2 << 3, 9], field(3, b"\x78\x01 torn")].concat();
    refused(&one(&torn), &["cannot be unpacked"]);
}

#[test]
fn needs_that_are_not_known_are_named() {
    refused(
        &header(&["OsmSchema-V0.6", "HistoricalInformation"]),
        &["blob 1", "\"HistoricalInformation\""],
    );
}

#[test]
fn a_relation_member_of_unknown_type_is_an_error_and_no_panic() {
    // Relation 1 with the member 1, role "", of type 3.
    let relation = [
        vec![1 << 3, 1],
        field(8, &[0]),
        field(9, &[2]),
        field(10, &[3]),
    ]
    .concat();
    let block = [field(1, &field(1, b"")), field(2, &field(4, &relation))].concat();
    refused(&one(&field(1, &block)), &["blob 2", "unknown type 3"]);
}

#[test]
fn millions_of_empty_objects_are_refused_before_they_take_memory() {
    let ways = field(2, &[field_key(3), 0].repeat(10_000_000));
    refused(
        &one(&field(1, &ways)),
        &["blob 2", "more than 400000 objects"],
    );
    let strings = field(1, &[field_key(1), 0].repeat(10_000_000));
    refused(
        &one(&field(1, &strings)),
        &["blob 2", "more than 1000000 strings"],
    );
    let dense = [1, 8, 9].map(|array| field(array, &[2].repeat(5_000_000)));
    let nodes = field(2, &field(2, &dense.concat()));
    refused(&one(&field(1, &nodes)), &["blob 2", "numbers"]);
}

#[test]
fn a_sweep_passes_over_blocks_without_what_it_looks_for() {
    let (mut nodes, mut ways) = (pbf::Block::default(), pbf::Block::default());
    nodes.node(1, 0, 0, &[]);
    ways.way(1, &[1, 2], &[]);
    let mut bytes = pbf::file(&nodes);
    bytes.extend(&pbf::file(&ways)[header(&["OsmSchema-V0.6"]).len()..]);
    let source = source(bytes);
    let file = OsmFile::open(&source).expect("two blocks");
    for _ in 0..2 {
        let counts = |kinds| file.map_blocks(kinds, count).expect("sound");
        assert_eq!(counts(Kinds::NODES), [1]);
        assert_eq!(counts(Kinds::WAYS), [1]);
        assert_eq!(counts(Kinds::RELATIONS), [0; 0]);
    }
}

#[test]
fn no_byte_of_a_file_can_make_it_panic() {
    let whole = pbf::file(&street());
    for at in 0..whole.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut file = whole.clone();
            file[at] = value;
            // Most are errors; what is still sound is swept.
            let _ = sweep(&file);
        }
    }
}

#[test]
fn blobs_that_claim_far_more_than_the_file_are_refused_unread() {
    // Nine times 2 MiB are above 16 MiB.
    let claim = [vec![2 << 3], vec![0x80, 0x80, 0x80, 0x01], field(3, b"")].concat();
    let mut file = header(&["OsmSchema-V0.6"]);
    for _ in 0..9 {
        file.extend(pbf::frame("OSMData", &claim));
    }
    refused(&file, &["blob 10", "18874368 bytes"]);
}

#[test]
fn of_several_bad_blocks_the_first_is_named_every_time() {
    let mut file = pbf::file(&street());
    for _ in 0..200 {
        file.extend(pbf::frame("OSMData", &field(1, b"\xff")));
    }
    for _ in 0..20 {
        refused(&file, &["blob 3 at"]);
    }
}

#[test]
fn the_box_of_the_header_is_where_the_data_end() {
    let extent = |sides: [i64; 4]| {
        let mut bounds = Vec::new();
        for (side, number) in sides.into_iter().zip(1..) {
            pbf::number(&mut bounds, number, pbf::zigzag(side));
        }
        let mut block = field(1, &bounds);
        block.extend(field(4, b"OsmSchema-V0.6"));
        let source = source(pbf::frame("OSMHeader", &pbf::raw_blob(&block)));
        OsmFile::open(&source).expect("a header").extent()
    };
    // Left, right, top, bottom.
    let liechtenstein = [9_470_000_000, 9_640_000_000, 47_280_000_000, 47_040_000_000];
    let expected = Bounds {
        min: Coord { x: 9.47, y: 47.04 },
        max: Coord { x: 9.64, y: 47.28 },
    };
    assert_eq!(extent(liechtenstein), Some(expected));
    assert_eq!(extent([9, 8, 7, 6]), None);
    assert_eq!(extent([0, i64::MAX, 1, 0]), None);
}

#[test]
fn a_sweep_asks_at_every_blob_whether_it_is_to_stop() {
    let blob = pbf::raw_blob(&street().message());
    let mut bytes = header(&["OsmSchema-V0.6", "DenseNodes"]);
    for _ in 0..9 {
        bytes.extend(pbf::frame("OSMData", &blob));
    }
    let source = source(bytes);
    let swept = |times: usize| {
        let left = std::sync::atomic::AtomicUsize::new(times);
        let file = OsmFile::open(&source).expect("sound frames");
        let file = file.watched(Control::cancelled_after(&left));
        file.map_blocks(Kinds(u8::MAX), count)
            .map(|blocks| blocks.len())
    };
    assert_eq!(swept(9).ok(), Some(9));
    assert!(matches!(swept(8), Err(InputError::Read { .. })));
}
