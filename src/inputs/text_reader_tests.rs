use super::*;
use crate::control::Control;
use crate::inputs::{LayerKind, LayerSettings, ReadOptions, TextEncoding};
use encoding_rs::{GBK, UTF_16LE};

/// The text in memory and from disk, which are one, and the encodings that are said.
fn text(bytes: &[u8]) -> Result<(String, u64), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("homes.csv");
    std::fs::write(&path, bytes).expect("written");
    let read = |source: &Source| {
        let whole = |text: &mut TextReader<'_>| {
            let mut whole = String::new();
            let read = text.read_to_string(&mut whole);
            read.map_err(|error| source.unread(error))?;
            Ok(whole)
        };
        let read = read_text(source.into(), whole).map_err(|error| match error {
            InputError::Malformed { place, .. } => place.to_string(),
            other => other.to_string(),
        });
        read.map(|(text, read_as)| (text, read_as.findings.count(FindingCode::Encoding)))
    };
    let on_disk = read(&Source::open(&path).expect("there"));
    let in_memory = read(&Source::from_bytes("homes.csv", bytes.to_vec()));
    assert_eq!(on_disk, in_memory);
    on_disk
}

/// A table of more than some chunks, the last of its rows with this name.
fn table(name: &str) -> String {
    let row = |number: usize| format!("{number},平安里,112.5,37.8\n");
    let rows: String = (0..CHUNK_BYTES / 8).map(row).collect();
    format!("编号,name,x,y\n{rows}{name},x,1,2\n")
}

#[test]
fn characters_stay_whole_across_windows() {
    let table = table("é𠀀");
    for shift in ["", "a", "ab", "abc"] {
        let shifted = format!("{shift}{table}");
        assert_eq!(text(shifted.as_bytes()), Ok((shifted, 0)));
    }
    let little: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &little].concat();
    assert_eq!(UTF_16LE.decode_with_bom_removal(&marked).0, table);
    assert_eq!(text(&marked), Ok((table, 1)));
}

#[test]
fn a_byte_far_down_that_is_no_utf_8_changes_the_encoding_of_all() {
    let plain = "id,x,y\n".to_owned() + &"1,112.5,37.8\n".repeat(CHUNK_BYTES / 4);
    let far_down = format!("{plain}编号,人口,名称\n");
    let gbk = GBK.encode(&far_down).0;
    assert_eq!(text(&gbk), Ok((far_down, 1)));
    let lost = [plain.as_bytes(), b"a,\xff\xff,1\n"].concat();
    let (line, byte) = (plain.lines().count() + 1, plain.len() + 2);
    assert_eq!(text(&lost), Err(format!("line {line} (byte {byte})")));
}

#[test]
fn text_that_breaks_off_inside_a_character_is_none() {
    let whole = table("é");
    let cut = &whole.as_bytes()[..whole.len() - 8];
    assert!(std::str::from_utf8(cut).is_err());
    let line = whole.lines().count();
    let error = text(cut).expect_err("half a character");
    assert!(error.starts_with(&format!("line {line} ")), "{error}");
}

#[test]
fn what_is_wrong_with_the_encoding_goes_before_what_is_wrong_with_the_text() {
    let mut bytes = b"a\n".repeat(CHUNK_BYTES);
    bytes.extend(b"\xff");
    let source = Source::from_bytes("homes.csv", bytes);
    let refuse = |text: &mut TextReader<'_>| -> Result<(), InputError> {
        let _ = text.fill_buf();
        Err(source.unread(io::ErrorKind::Other.into()))
    };
    let error = read_text((&source).into(), refuse).expect_err("no text");
    assert!(matches!(error, InputError::Malformed { .. }), "{error}");
}

/// How a table's text is read, or why it is not.
fn read_as(source: Watched<'_>) -> Result<(String, String, KnownBy), String> {
    let whole = |text: &mut TextReader<'_>| {
        let mut whole = String::new();
        let read = text.read_to_string(&mut whole);
        read.map_err(|error| source.unread(error))?;
        Ok(whole)
    };
    let read = read_text(source, whole).map_err(|error| error.to_string());
    read.map(|(text, read)| (text, read.encoding.value, read.encoding.by))
}

/// How a layer's file is read where an encoding is given for it, or for all.
fn said(layer: LayerKind, own: Option<TextEncoding>, general: Option<TextEncoding>) -> ReadOptions {
    let settings = |encoding| LayerSettings {
        encoding,
        ..LayerSettings::default()
    };
    ReadOptions {
        general: settings(general),
        ..ReadOptions::of(layer).with_own(settings(own))
    }
}

fn read_said(source: &Source, said: &ReadOptions) -> Result<(String, String, KnownBy), String> {
    read_as(Watched::new(source, said, Control::default()))
}

const ROW: &str = "id,name\n1,臺北市中正區重慶南路一段藥局與圖書館\n";

#[test]
fn an_encoding_for_all_files_leaves_those_that_show_theirs_as_they_are() {
    let big5: TextEncoding = "big5".parse().expect("a name");
    let file = |bytes: &[u8]| Source::from_bytes("homes.csv", bytes.to_vec());
    let in_big5 = big5.encoding().encode(ROW).0;
    let of_all =
        |bytes: &[u8]| read_said(&file(bytes), &said(LayerKind::Residents, None, Some(big5)));
    let read = |encoding: &str, by| Ok((ROW.to_owned(), encoding.to_owned(), by));
    assert_eq!(of_all(&in_big5), read("Big5", KnownBy::General));
    assert_eq!(of_all(ROW.as_bytes()), read("UTF-8", KnownBy::Content));
    let little: Vec<u8> = table("a")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (_, encoding, by) = of_all(&little).expect("zeros show it");
    assert_eq!((encoding.as_str(), by), ("UTF-16LE", KnownBy::Content));
    // ASCII shows nothing, and what was given for the very file holds whatever its bytes are.
    let (_, encoding, by) = of_all(b"id,name\n1,a\n").expect("ASCII");
    assert_eq!((encoding.as_str(), by), ("Big5", KnownBy::General));
    let own = said(LayerKind::Residents, Some(big5), None);
    let own = read_said(&file("1,é\n".as_bytes()), &own);
    let (_, encoding, by) = own.expect("the two bytes are one of Big5's characters too");
    assert_eq!((encoding.as_str(), by), ("Big5", KnownBy::Layer));
}

#[test]
fn an_encoding_that_is_not_the_files_is_told_with_the_one_that_it_seems_to_be() {
    let utf_8: TextEncoding = "utf-8".parse().expect("a name");
    let gbk = GBK.encode("编号,名称\n1,迎泽公园社区\n").0.into_owned();
    let file = Source::from_bytes("homes.csv", gbk);
    let for_all = said(LayerKind::Residents, None, Some(utf_8));
    let error = read_said(&file, &for_all).expect_err("GBK");
    assert!(
        error.contains("not UTF-8, as ‹encoding› says for all files; it seems to be gb18030"),
        "{error}"
    );
    assert!(
        error.contains("give ‹residents_encoding› gb18030"),
        "{error}"
    );
    let own = said(LayerKind::Residents, Some(utf_8), None);
    let error = read_said(&file, &own).expect_err("GBK");
    assert!(
        error.contains("not UTF-8, as ‹residents_encoding› says"),
        "{error}"
    );
    let untold = Source::from_bytes("homes.csv", GBK.encode("é").0.into_owned());
    let untold = [untold.bytes(), b"\xff\xff"].concat();
    let untold = Source::from_bytes("homes.csv", untold);
    let of_layer = said(LayerKind::AllStations, None, None);
    let error = read_said(&untold, &of_layer).expect_err("no text");
    assert!(
        error.contains("name its encoding with ‹all_stations_encoding›"),
        "{error}"
    );
}
