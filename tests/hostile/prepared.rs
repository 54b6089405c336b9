//! Prepared networks that are damaged, of another make, or made to harm: an error each, and never a panic.

use std::panic::catch_unwind;

use pedshed::control::Control;
use pedshed::gaps::GapOptions;
use pedshed::inputs::{Inputs, LayerSource, LayerSpec, Provenance, Request, Source, read_network};
use pedshed::language::{InLanguage, Language};
use pedshed::text::OptionNames;
use pedshed::{Error, Options, analyse, message_in};

use super::drive::signed;
use crate::support::command::{RESIDENTS, STATIONS, STREETS};
use crate::support::is_chinese;

/// The head before the table, and a row of the table: name, offset, length, entry size.
const HEAD: usize = 32;
const ROW: usize = 32;

/// The town as a prepared file.
fn town() -> Vec<u8> {
    prepared(Source::from_bytes("streets.geojson", STREETS.as_bytes())).expect("the town")
}

/// A network as a prepared file.
pub(super) fn prepared(source: Source) -> Option<Vec<u8>> {
    let read = read_network(&Request::new(source)).ok()?;
    let mut bytes = Vec::new();
    let provenance = Provenance::new(Vec::new(), "");
    let written = read.write_prepared(&provenance, &mut bytes);
    written.expect("bytes in memory");
    Some(bytes)
}

fn number(bytes: &[u8], at: usize) -> usize {
    let number = bytes[at..at + 8].try_into().expect("8 bytes");
    u64::from_ne_bytes(number) as usize
}

/// Opens it, and where that goes well counts on it: what must not panic whatever the bytes are.
fn run(bytes: Vec<u8>) -> Result<(), Error> {
    let file = |name: &str, text: &'static str| {
        LayerSpec::new(LayerSource::File(Source::from_bytes(name, text.as_bytes())))
    };
    let request = Request {
        stations: vec![file("stations.csv", STATIONS)],
        residents: vec![file("residents.csv", RESIDENTS)],
        with_water: true,
        ..Request::new(Source::from_bytes("city.pedshed", bytes))
    };
    let inputs = Inputs::read(&request)?;
    let options = Options::minutes(&[5.0, 15.0])?;
    let analysis = analyse(&inputs.network, inputs.city(), options, Control::default())?;
    for (edge, _) in inputs.network.edges() {
        let _ = inputs.network.name(edge);
        let _ = inputs.network.place_at(edge, 0.5);
    }
    for node in inputs.network.nodes() {
        let _ = inputs.network.location(node);
    }
    analysis.gaps(&inputs.residents, GapOptions::default(), Control::default())?;
    Ok(())
}

/// What is said of it.
fn said(bytes: Vec<u8>) -> [String; 2] {
    let error = run(bytes).expect_err("a file that cannot be used");
    let Error::Input(cause) = &error else {
        panic!("{error:?}");
    };
    let zh = message_in(&**cause, Language::Zh, OptionNames::Keys);
    assert!(is_chinese(&zh) && zh.starts_with("city.pedshed："), "{zh}");
    [cause.to_string(), cause.zh()]
}

#[test]
fn a_sound_file_is_opened() {
    run(town()).expect("the town");
    let bytes = town();
    assert_eq!(signed(bytes.clone()), bytes, "the checksum is CRC-32");
    assert_eq!(town(), bytes, "the same town gives the same bytes");
}

#[test]
fn what_is_wrong_with_a_file_is_told_apart() {
    let with = |at: usize, number: u32| {
        let mut bytes = town();
        bytes[at..at + 4].copy_from_slice(&number.to_ne_bytes());
        bytes
    };
    let [no_magic, _] = said(b"{\"type\":\"FeatureCollection\"}".to_vec());
    assert!(no_magic.contains("no prepared network"), "{no_magic}");
    let [empty, _] = said(Vec::new());
    assert!(empty.contains("no prepared network"), "{empty}");
    let [version, _] = said(with(8, 77));
    assert!(version.contains("is of format 77"), "{version}");
    let [order, _] = said(with(12, 0x0403_0201));
    assert!(order.contains("byte order"), "{order}");
    for length in [9, 31, 32, 100, town().len() - 1] {
        let [short, _] = said(town()[..length].to_vec());
        assert!(short.contains(&format!("has {length} bytes")), "{short}");
    }
    let [long, _] = said([town(), vec![0; 8]].concat());
    assert!(long.contains("and should have"), "{long}");
    let [damaged, _] = said(with(town().len() / 2, 0x5EAF_00D5));
    assert!(damaged.contains("checksum"), "{damaged}");
}

#[test]
fn a_file_that_lies_about_anything_under_a_right_checksum_does_no_harm() {
    let bytes = town();
    let values = [1, 0x7FFF_FFFF, 0x8000_0000, u32::MAX];
    let mut refused = 0;
    for at in (28..bytes.len() - 3).step_by(4) {
        for value in values {
            let mut lie = bytes.clone();
            lie[at..at + 4].copy_from_slice(&value.to_ne_bytes());
            let lie = signed(lie);
            let outcome = catch_unwind(|| run(lie));
            let outcome = outcome.unwrap_or_else(|_| panic!("{value} at byte {at} brings it down"));
            refused += usize::from(outcome.is_err());
        }
    }
    // Most numbers are indices, and most of these values are no index of a town of four junctions.
    assert!(refused > bytes.len() / 4, "{refused}");
}

#[test]
fn every_column_is_looked_at() {
    let bytes = town();
    let rows = (0..).map(|row| HEAD + row * ROW);
    let count = u32::from_ne_bytes(bytes[28..32].try_into().expect("4 bytes")) as usize;
    let mut looked_at = Vec::new();
    for row in rows.take(count) {
        let name = String::from_utf8(bytes[row..row + 8].to_vec()).expect("a name");
        let name = name.trim_end_matches('\0').to_owned();
        let (offset, length) = (number(&bytes, row + 8), number(&bytes, row + 16));
        let mut lie = bytes.clone();
        lie[offset..offset + length].fill(0xFF);
        if run(signed(lie)).is_err() {
            looked_at.push(name);
        }
    }
    // A way's number may be any; the town has no lifts and no lone nodes.
    for name in [
        "tails", "heads", "lengths", "passages", "firstway", "shapes", "vertices", "names",
        "nametext", "crossing", "arcstart", "arcs", "notes", "water",
    ] {
        assert!(
            looked_at.iter().any(|known| known == name),
            "{name}: {looked_at:?}"
        );
    }
}
