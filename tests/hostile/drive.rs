//! What the fuzz targets do with bytes: read them as each kind of file, or draw a town from them and compare the answer
//! with the brute-force reference. Shared by `fuzz/targets` and the replay of what they found.

#![allow(dead_code, reason = "each fuzz target uses one of these")]

use pedshed::control::Control;
use pedshed::crs::Crs;
use pedshed::gaps::GapOptions;
use pedshed::id::ResidentId;
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{
    Inputs, LayerSource, LayerSpec, Mending, ReadOptions, Request, Source, TextEncoding,
    read_areas, read_lines, read_points, read_profile,
};
use pedshed::model::{CityRecords, Profile};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::snap::SnapOptions;
use pedshed::{Options, analyse};

use crate::oracle::built;
use crate::oracle::reference::{self, CLOSE_S, Case, Direction, Line, Parameters, answer};

/// What a target does with bytes.
type Target = fn(&[u8]);

/// Every target by its name.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("pbf", pbf),
    ("geojson", geojson),
    ("csv", csv),
    ("shapefile", shapefile),
    ("excel", excel),
    ("config", config),
    ("prepared", prepared),
    ("search", search),
];

/// An extract with everything drawn from it: streets, points, homes, areas.
pub(crate) fn pbf(data: &[u8]) {
    let layer = |text: &str| LayerSpec::new(LayerSource::Osm(text.parse().expect("a selector")));
    let request = Request {
        stations: vec![layer("osm:amenity")],
        residents: vec![layer("osm:building")],
        areas: Some(layer("osm:boundary=administrative")),
        ..Request::new(Source::from_bytes("a.osm.pbf", data.to_vec()))
    };
    let _ = Inputs::read(&request);
}

/// Vector text as lines (mended and not), points and areas.
pub(crate) fn geojson(data: &[u8]) {
    let source = Source::from_bytes("a.geojson", data.to_vec());
    let options = ReadOptions::default();
    let _ = read_points(&source, &ReadOptions::default());
    let _ = read_areas(&source, &options);
    let mended = Mending {
        join_tolerance_m: 5.0,
        node_crossings: true,
        look: true,
    };
    for mending in [Mending::default(), mended] {
        if let Ok(read) = read_lines(&source, &options, mending) {
            let _ = Network::build(&read.streets);
        }
    }
}

/// Text in any encoding as a table of points.
pub(crate) fn csv(data: &[u8]) {
    let source = Source::from_bytes("a.csv", data.to_vec());
    let _ = read_points(&source, &ReadOptions::default());
    csv_beside_a_plain_reader(data);
}

/// Rows of plain numbers below a header: where the reader takes a number from a cell, it is the one that splitting the lines
/// at their commas gives; and a cell that is no number is never taken for an empty one without a finding.
pub(crate) fn csv_beside_a_plain_reader(data: &[u8]) {
    let is_plain = |byte: &u8| byte.is_ascii_digit() || b".,xe -\n".contains(byte);
    let Some(text) = std::str::from_utf8(data)
        .ok()
        .filter(|text| text.bytes().all(|byte| is_plain(&byte)))
    else {
        return;
    };
    let whole = format!("id,lon,lat,population\n{text}");
    let source = Source::from_bytes("a.csv", whole.into_bytes());
    let Ok(points) = read_points(&source, &ReadOptions::default()) else {
        return;
    };
    // A row of separators alone, as spreadsheets leave below their tables, is blank as an empty line is.
    let is_blank = |line: &str| line.split(',').all(|cell| cell.trim().is_empty());
    let lines: Vec<&str> = text.lines().filter(|line| !is_blank(line)).collect();
    if points.records.len() != lines.len() {
        let left_out = points.findings.worst_first();
        assert!(
            !left_out.is_empty(),
            "a row is gone without a word: {text:?}"
        );
        return;
    }
    for (line, record) in lines.iter().zip(&points.records) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let number = |column: usize| {
            let cell = cells.get(column).filter(|cell| !cell.is_empty())?;
            cell.parse::<f64>().ok().filter(|number| number.is_finite())
        };
        if let (Ok(found), Some(lon), Some(lat)) = (&record.xy, number(1), number(2)) {
            assert_eq!(*found, (lon, lat), "{line:?}");
        }
        match (&record.people, number(3)) {
            (Ok(Some(found)), Some(people)) => {
                let thousandths = found.thousandths() as f64;
                assert!(
                    (thousandths - people * 1000.0).abs() <= 1.0,
                    "{line:?}: {found}"
                );
            }
            (Ok(None), _) => {
                let is_blank = cells.get(3).is_none_or(|cell| cell.is_empty());
                let is_said = !points.findings.worst_first().is_empty();
                assert!(is_blank || is_said, "{line:?} counts as nothing");
            }
            _ => {}
        }
    }
}

/// A spreadsheet, new or old.
pub(crate) fn excel(data: &[u8]) {
    let source = Source::from_bytes("a.xls", data.to_vec());
    let _ = read_points(&source, &ReadOptions::default());
}

/// A Shapefile: two bytes of length, the main file, the attributes.
pub(crate) fn shapefile(data: &[u8]) {
    let [low, high, rest @ ..] = data else { return };
    let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
    let (shapes, attributes) = rest.split_at(length);
    let mut source = Source::from_bytes("a.shp", shapes.to_vec());
    if !attributes.is_empty() {
        source = source.with_companion(Source::from_bytes("a.dbf", attributes.to_vec()));
    }
    let options = ReadOptions::default();
    let _ = read_points(&source, &ReadOptions::default());
    let _ = read_areas(&source, &options);
    let _ = read_lines(&source, &options, Mending::default());
    dbf_beside_a_plain_reader(data);
}

/// Records of the table that is changed.
const RECORDS: u8 = 12;

/// A table of people, changed at some places (two bytes of a position and the byte that is put there), beside points: where
/// the reader takes a number, it is the one that stands where the header says; and no record is gone without a word. Answers with how many
/// numbers were compared.
pub(crate) fn dbf_beside_a_plain_reader(changes: &[u8]) -> usize {
    let mut table = people_table();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % table.len();
        table[at] = change[2];
    }
    let source = Source::from_bytes("a.shp", points_of_shapes());
    let source = source.with_companion(Source::from_bytes("a.dbf", table.clone()));
    let Ok(points) = read_points(&source, &ReadOptions::default()) else {
        return 0;
    };
    let Some(people) = plain_people(&table) else {
        return 0;
    };
    if points.records.len() != people.len() {
        let is_said = !points.findings.worst_first().is_empty();
        assert!(is_said, "a record is gone without a word: {changes:?}");
        return 0;
    }
    let mut compared = 0;
    for (record, plain) in points.records.iter().zip(people) {
        if let (Ok(Some(found)), Some(plain)) = (&record.people, plain) {
            let thousandths = found.thousandths() as f64;
            assert!(
                (thousandths - plain * 1000.0).abs() <= 1.0,
                "{found} is {plain}: {changes:?}"
            );
            compared += 1;
        }
    }
    compared
}

/// dBASE III: id, people and a name, each record of 23 bytes.
fn people_table() -> Vec<u8> {
    let fields: [(&str, u8, u8); 3] = [("id", b'C', 6), ("population", b'N', 8), ("name", b'C', 8)];
    let mut bytes = vec![0x03, 124, 1, 1];
    bytes.extend(u32::from(RECORDS).to_le_bytes());
    bytes.extend((32 + 32 * 3 + 1_u16).to_le_bytes());
    bytes.extend(23_u16.to_le_bytes());
    bytes.resize(32, 0);
    for (name, kind, width) in fields {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name.as_bytes());
        (field[11], field[16]) = (kind, width);
        bytes.extend(field);
    }
    bytes.push(0x0D);
    for number in 0..RECORDS {
        let people = 100 + 37 * u32::from(number);
        bytes.extend(format!(" {:<6}{people:>8}{:<8}", format!("r{number}"), "home").bytes());
    }
    bytes.push(0x1A);
    bytes
}

/// As many points.
fn points_of_shapes() -> Vec<u8> {
    let words = |bytes: usize| (bytes as u32 / 2).to_be_bytes();
    let mut bytes = 9994_u32.to_be_bytes().to_vec();
    bytes.resize(24, 0);
    bytes.extend(words(100 + 28 * usize::from(RECORDS)));
    bytes.extend([1000_u32, 1].iter().flat_map(|number| number.to_le_bytes()));
    let sides = [112.0, 37.0, 113.0, 38.0, 0.0, 0.0, 0.0, 0.0_f64];
    bytes.extend(sides.iter().flat_map(|side| side.to_le_bytes()));
    for number in 0..RECORDS {
        bytes.extend((u32::from(number) + 1).to_be_bytes());
        bytes.extend(words(20));
        bytes.extend(1_u32.to_le_bytes());
        let place = [112.0 + f64::from(number) / 100.0, 37.5];
        bytes.extend(place.iter().flat_map(|side| side.to_le_bytes()));
    }
    bytes
}

/// The numbers of people by record, `None` for a cell that is no number: by the widths in the header and nothing else. `None`
/// where the header has no such field, or one whose bytes are no text (a double, an integer, a day).
fn plain_people(table: &[u8]) -> Option<Vec<Option<f64>>> {
    let number = |at: usize| Some(u16::from_le_bytes([*table.get(at)?, *table.get(at + 1)?]));
    let (first, length) = (usize::from(number(8)?), usize::from(number(10)?));
    let count = usize::from(number(4)?);
    let fields = table.get(32..first.checked_sub(1)?)?.chunks_exact(32);
    let mut at = 1;
    let mut people = None;
    for field in fields.take_while(|field| field[0] != 0x0D) {
        let width = usize::from(field[16]);
        let is_text = matches!(field[11].to_ascii_uppercase(), b'N' | b'F' | b'C');
        if field.starts_with(b"population\0") && is_text {
            people = Some(at..at + width);
        }
        at += width;
    }
    let people = people?;
    let records = table.get(first..)?.chunks_exact(length.max(1)).take(count);
    let kept = records.filter(|record| record[0] != b'*');
    let cell = |record: &[u8]| {
        let text = std::str::from_utf8(record.get(people.clone())?).ok()?;
        let number = text.trim().parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    };
    Some(kept.map(cell).collect())
}

/// The bytes that [`shapefile`] reads as a main file and the attributes beside it.
pub(crate) fn shapefile_seed(shapes: &[u8], companions: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let length = u16::try_from(shapes.len()).unwrap_or(u16::MAX);
    let mut seed = length.to_le_bytes().to_vec();
    seed.extend(&shapes[..usize::from(length)]);
    for (_, bytes) in companions.iter().filter(|(ending, _)| *ending == "dbf") {
        seed.extend(bytes);
    }
    seed
}

/// A walker from a file, and what the command line names: encodings, coordinate systems, selectors.
pub(crate) fn config(data: &[u8]) {
    let _ = read_profile(&Source::from_bytes("walker.toml", data.to_vec()));
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = text.parse::<TextEncoding>();
        let _ = text.parse::<Selector>();
        let _ = Crs::parse(text).converter();
    }
}

/// A prepared network: opened, and where that goes well counted on and looked at everywhere. Its checksum is put right, so that
/// what it guards is met too.
pub(crate) fn prepared(data: &[u8]) {
    let points = "id,lon,lat\na,9.501,47.1\nb,9.51,47.105\n";
    let file = |name: &str| {
        LayerSpec::new(LayerSource::File(Source::from_bytes(
            name,
            points.as_bytes(),
        )))
    };
    let request = Request {
        stations: vec![file("stations.csv")],
        residents: vec![file("residents.csv")],
        with_water: true,
        ..Request::new(Source::from_bytes("a.pedshed", signed(data.to_vec())))
    };
    let Ok(inputs) = Inputs::read(&request) else {
        return;
    };
    for (edge, _) in inputs.network.edges() {
        let _ = inputs.network.name(edge);
        let _ = inputs.network.place_at(edge, 0.5);
    }
    for node in inputs.network.nodes() {
        let _ = inputs.network.location(node);
    }
    let options = Options::minutes(&[5.0, 15.0]).expect("cutoffs");
    if let Ok(analysis) = analyse(&inputs.network, inputs.city(), options, Control::default()) {
        let _ = analysis.gaps(&inputs.residents, GapOptions::default(), Control::default());
    }
}

/// The CRC-32 of IEEE 802.3, bit by bit.
fn crc_32<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 * (crc & 1))
        })
    })
}

/// The same bytes with the checksum that they should have.
pub(crate) fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() < 28 {
        return bytes;
    }
    let checksum = crc_32(bytes[..24].iter().chain(&bytes[28..]));
    bytes[24..28].copy_from_slice(&checksum.to_ne_bytes());
    bytes
}

/// Bytes as decisions; zero when they run out.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A vertex: on a lattice of 0.0005°, so that lines meet often, at one of a few latitudes.
    fn vertex(&mut self, latitude: f64) -> [f64; 2] {
        let byte = self.next();
        let step = |digit: u8| f64::from(digit) * 0.0005;
        [
            degrees(36.8 + step(byte >> 4)),
            degrees(latitude + step(byte & 15)),
        ]
    }

    /// A point near a vertex.
    fn point(&mut self, latitude: f64) -> [f64; 2] {
        let [lon, lat] = self.vertex(latitude);
        let aside = |byte: u8| f64::from(i32::from(byte) - 128) * 0.000_011_3;
        [
            degrees(lon + aside(self.next())),
            degrees(lat + aside(self.next())),
        ]
    }
}

/// To the last digit that a location keeps.
fn degrees(value: f64) -> f64 {
    (value * 1e7).round() / 1e7
}

fn draw(bytes: &mut Bytes<'_>) -> (Case, Parameters) {
    let latitude = [0.2, 41.0, 60.0, -37.0][usize::from(bytes.next() & 3)];
    let habits = bytes.next();
    let parameters = Parameters {
        minutes: vec![5, 10],
        min_island: [0.0, 150.0, 300.0, 600.0][usize::from(habits & 3)],
        max_snap: [200.0, 60.0][usize::from(habits >> 2 & 1)],
        leg_factor: [1.0, 1.4][usize::from(habits >> 3 & 1)],
        direction: [
            Direction::ToStation,
            Direction::FromStation,
            Direction::RoundTrip,
            Direction::ToStation,
        ][usize::from(habits >> 4 & 3)],
        ..Parameters::default()
    };
    let lines = (0..=bytes.next() % 20).map(|_| {
        let head = bytes.next();
        Line {
            points: (0..2 + (head & 3))
                .map(|_| bytes.vertex(latitude))
                .collect(),
            one_way: head & 0x30 == 0x30,
        }
    });
    let lines = lines.collect();
    let stations = (0..=bytes.next() % 4).map(|_| {
        let [lon, lat] = bytes.point(latitude);
        let id = format!("s{}", bytes.next() % 4);
        reference::Station { id, lon, lat }
    });
    let stations = stations.collect();
    let residents = (0..=bytes.next() % 8).map(|number| {
        let [lon, lat] = bytes.point(latitude);
        reference::Resident {
            id: format!("r{number}"),
            lon,
            lat,
            population: None,
        }
    });
    let residents = residents.collect();
    (
        Case {
            lines,
            stations,
            residents,
        },
        parameters,
    )
}

/// A small town against the brute-force reference of the contract: snapping, searching and counting.
pub(crate) fn search(data: &[u8]) {
    let (case, parameters) = draw(&mut Bytes(data));
    let expected = answer(&case, &parameters);
    if !expected.doubts.is_empty() {
        return;
    }
    let streets = built::streets(&case);
    let (stations, residents) = (built::stations(&case), built::residents(&case));
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let minutes: Vec<f64> = parameters
        .minutes
        .iter()
        .map(|minutes| f64::from(*minutes))
        .collect();
    let options = Options {
        profile: Profile::named("plain").expect("a profile"),
        trip: match parameters.direction {
            Direction::ToStation => Trip::ToStation,
            Direction::FromStation => Trip::FromStation,
            Direction::RoundTrip => Trip::RoundTrip,
        },
        snap: SnapOptions::default()
            .with_max_snap_m(parameters.max_snap)
            .and_then(|snap| snap.with_leg_factor(parameters.leg_factor))
            .expect("snapping options"),
        min_island_m: parameters.min_island,
        ..Options::minutes(&minutes).expect("cutoffs")
    };
    let Ok(network) = Network::build(&streets) else {
        return;
    };
    let Ok(analysis) = analyse(&network, city, options, Control::default()) else {
        return;
    };
    for (number, expected) in (0..).zip(&expected.residents) {
        let id = ResidentId(number);
        let status = analysis.coverage.statuses()[id.index()].name();
        let statuses: Vec<&str> = expected.status.iter().map(|status| status.name()).collect();
        assert!(
            statuses.contains(&status),
            "resident {number}: {status}, expected {statuses:?}"
        );
        let nearest = analysis.coverage.nearest()[id.index()];
        let seconds = nearest.map(|nearest| f64::from(nearest.cost as u32) / 1000.0);
        match (seconds, expected.seconds) {
            (None, None) => {}
            (Some(found), Some(expected)) if (found - expected).abs() < CLOSE_S => {}
            other => panic!("resident {number}: {other:?}"),
        }
        for (within, range) in analysis
            .coverage
            .within(id)
            .expect("their own")
            .iter()
            .zip(&expected.within_minutes)
        {
            assert!(
                range.contains(u64::from(*within)),
                "resident {number}: {within}, expected {range:?}"
            );
        }
    }
}
