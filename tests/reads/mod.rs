//! Files that must read: one table as Excel, WPS, `LibreOffice` and the libraries that offices use write it, each with what must
//! come of it; and tables drawn at random, written in every format and read again. `make.py` beside this file made those that
//! are kept in `files`.

mod corpus;
mod mutants;

use std::io::{Cursor, Read, Write};
use std::path::Path;

use cfb::Version;
use encoding_rs::{GBK, UTF_8};
use pedshed::inputs::{LayerSettings, PointRecord, PointRecords, ReadOptions, Source, read_points};
use pedshed::model::FindingCode;
use pedshed::units::People;
use shapefile::Point;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::biff::{WORKBOOK, bodies, compound, records_of};
use crate::support::files::{dbf, shp, xlsx};

/// Id, name, longitude, latitude, people.
type Written = (&'static str, &'static str, f64, f64, f64);

const HEADER: [&str; 5] = ["编号", "名称", "经度", "纬度", "人口"];
const TABLE: [Written; 4] = [
    ("a1", "平安里", 112.5501, 37.8601, 120.0),
    ("a2", "迎泽街道", 112.5502, 37.8602, 0.0),
    ("a3", "Alley 3", 112.5503, 37.8603, 37.5),
    ("a4", "文庙", 112.5504, 37.8604, 1200.0),
];

fn read(source: &Source) -> PointRecords {
    match read_points(source, &ReadOptions::default()) {
        Ok(points) => points,
        Err(error) => panic!("{}: {error}", source.name()),
    }
}

fn people(number: f64) -> People {
    People::from_thousandths((number * 1000.0).round() as u64)
}

fn check_table(source: &Source) {
    let found = read(source);
    let found: Vec<_> = found
        .records
        .iter()
        .map(|record| {
            let PointRecord {
                id,
                name,
                xy,
                people,
                ..
            } = record;
            (
                id.as_deref(),
                name.as_deref(),
                xy.clone().ok(),
                people.clone().ok().flatten(),
            )
        })
        .collect();
    let expected = TABLE.map(|(id, name, lon, lat, count)| {
        (Some(id), Some(name), Some((lon, lat)), Some(people(count)))
    });
    assert_eq!(found, expected, "{}", source.name());
}

fn kept(name: &str) -> Vec<u8> {
    let path = Path::new("tests/reads/files").join(name);
    std::fs::read(&path).expect("a file that is kept")
}

#[test]
fn workbooks_of_every_program_give_the_table_that_was_written() {
    for name in [
        "xlwt.xls",
        "xlwt_hidden_first.xls",
        "libreoffice_97.xls",
        "libreoffice_97_chart.xls",
        "excel_95.xls",
        "openpyxl.xlsx",
        "openpyxl_chart_first.xlsx",
        "libreoffice.xlsx",
    ] {
        check_table(&Source::from_bytes(name, kept(name)));
    }
}

#[test]
fn every_file_that_is_kept_is_tried() {
    let files = Path::new("tests/reads/files").read_dir().expect("files");
    let count = files.count();
    assert_eq!(count, 9, "eight that read and one with a password");
}

/// The table as a workbook by another library.
#[test]
fn a_workbook_by_its_ending_or_by_its_bytes() {
    let number = |number: f64| number.to_string();
    let rows: Vec<[String; 5]> = TABLE
        .iter()
        .map(|(id, name, lon, lat, people)| {
            let text = |text: &str| format!("'{text}");
            [
                text(id),
                text(name),
                number(*lon),
                number(*lat),
                number(*people),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let mut all: Vec<&[&str]> = vec![&HEADER];
    all.extend(rows.iter().map(Vec::as_slice));
    let book = xlsx(&all);
    for name in ["a.xlsx", "a.xlsm", "a.XLSX", "really_new.xls"] {
        check_table(&Source::from_bytes(name, book.clone()));
    }
    for name in ["a.et", "really_old.xlsx"] {
        check_table(&Source::from_bytes(name, kept("xlwt.xls")));
    }
}

#[test]
fn an_old_workbook_reads_from_every_kind_of_compound_file() {
    let stream = records_of(&kept("xlwt.xls"));
    assert!(stream.len() >= 4096, "in sectors of its own");
    let end = stream.iter().rposition(|byte| *byte != 0).expect("records");
    // The last record is an end, 0A and three zeros.
    let short = &stream[..end + 4];
    assert!(short.len() < 4096, "among the small streams");
    let long = [stream.as_slice(), &vec![0; 100_000]].concat();
    let large = vec![7; 8 << 20];
    let beside: [(&str, &[u8]); 3] = [
        ("/\u{5}SummaryInformation", b"author"),
        ("/Ctls", &large),
        ("/MBD", b"x"),
    ];
    for version in [Version::V3, Version::V4] {
        for records in [short, &stream, &long] {
            let alone = compound(version, &[(WORKBOOK, records)]);
            check_table(&Source::from_bytes("alone.xls", alone));
        }
        // So many sectors that their table is in a list of its own.
        let mut streams = beside.to_vec();
        streams.push((WORKBOOK, &stream));
        check_table(&Source::from_bytes(
            "beside.xls",
            compound(version, &streams),
        ));
    }
}

/// The kept workbook with three sheets, an empty one, a hidden one and the table, after a change of its records.
fn changed(change: impl FnOnce(&mut Vec<u8>)) -> Source {
    let mut stream = records_of(&kept("xlwt_hidden_first.xls"));
    change(&mut stream);
    Source::from_bytes("a.xls", compound(Version::V3, &[(WORKBOOK, &stream)]))
}

#[test]
fn charts_and_macros_before_the_table_are_passed_over() {
    for (first, second) in [(2, 1), (1, 2), (6, 6)] {
        check_table(&changed(|stream| {
            let listed = bodies(stream, 0x0085);
            stream[listed[0] + 5] = first;
            stream[listed[1] + 5] = second;
        }));
    }
}

#[test]
fn text_in_utf_16_is_read_whatever_code_page_is_said() {
    for page in [1252u16, 936, 0x8000, 4711] {
        check_table(&changed(|stream| {
            for body in bodies(stream, 0x0042) {
                stream[body..body + 2].copy_from_slice(&page.to_le_bytes());
            }
        }));
    }
}

fn named(sheet: &str) -> ReadOptions {
    ReadOptions::default().with_own(LayerSettings {
        sheet: Some(sheet.to_owned()),
        ..LayerSettings::default()
    })
}

#[test]
fn a_hidden_sheet_is_read_when_it_is_named() {
    let source = Source::from_bytes("a.xls", kept("xlwt_hidden_first.xls"));
    let found = read_points(&source, &named("旧表")).expect("a table");
    assert_eq!(found.records[0].people, Ok(Some(people(9999.0))));
    let missing = read_points(&source, &named("站点")).expect_err("no such");
    let message = missing.to_string();
    assert!(
        message.contains("居民") && message.contains("旧表"),
        "{message}"
    );
}

/// A package with the text of one of its files changed.
fn repacked(package: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    for entry in names {
        let mut text = String::new();
        let mut file = archive.by_name(&entry).expect("a file of the package");
        file.read_to_string(&mut text).expect("XML");
        if entry == name {
            text = change(&text);
        }
        copy.start_file(entry, stored).expect("an entry");
        copy.write_all(text.as_bytes()).expect("its bytes");
    }
    copy.finish().expect("a package in memory").into_inner()
}

#[test]
fn a_sheet_of_macros_before_the_table_is_passed_over() {
    let package = kept("openpyxl_chart_first.xlsx");
    for kind in ["xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"] {
        let package = repacked(&package, "xl/_rels/workbook.xml.rels", |text| {
            let changed =
                text.replace("relationships/chartsheet", &format!("relationships/{kind}"));
            assert_ne!(changed, text);
            changed
        });
        check_table(&Source::from_bytes("a.xlsm", package));
    }
}

#[test]
fn a_password_is_said_with_what_to_do() {
    let encrypted = changed(|stream| {
        // Behind the first record: that what follows is encrypted.
        let first = bodies(stream, 0x0809)[0];
        let behind =
            first + usize::from(u16::from_le_bytes([stream[first - 2], stream[first - 1]]));
        stream.splice(behind..behind, [0x2F, 0, 6, 0, 0, 0, 1, 2, 3, 4]);
    });
    for source in [
        encrypted,
        Source::from_bytes("a.xlsx", kept("password.xlsx")),
    ] {
        let error = read_points(&source, &ReadOptions::default()).expect_err("encrypted");
        let message = error.to_string();
        assert!(
            message.contains("password") && message.contains("remove"),
            "{message}"
        );
    }
}

#[test]
fn what_only_bears_a_workbooks_name_is_called_by_its_own() {
    let binary = repacked(&kept("openpyxl.xlsx"), "", str::to_owned);
    let mut writer = ZipWriter::new_append(Cursor::new(binary)).expect("a package");
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer
        .start_file("xl/workbook.bin", stored)
        .expect("an entry");
    let binary = writer.finish().expect("a package").into_inner();
    for (bytes, words) in [
        (b"\xEF\xBB\xBF<html><table>".to_vec(), "web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), "XML"),
        ("编号\t经度\r\n".as_bytes().to_vec(), "text under the name"),
        (vec![0x09, 0x04, 6, 0, 0, 0, 0x10, 0, 0, 0], "Excel 4"),
        (
            compound(Version::V3, &[("/WordDocument", b"x")]),
            "no workbook in it",
        ),
        (binary, ".xlsb"),
    ] {
        let source = Source::from_bytes("a.xls", bytes);
        let error = read_points(&source, &ReadOptions::default()).expect_err(words);
        assert!(error.to_string().contains(words), "{error}");
    }
}

/// The table as text, with a separator, a line end, and every text in quotes or none.
fn text(separator: &str, end: &str, quoted: bool) -> String {
    let cell = |text: &str| {
        if quoted {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    let mut all = HEADER.map(cell).join(separator) + end;
    for (id, name, lon, lat, people) in TABLE {
        let numbers = [lon, lat, people].map(|number| number.to_string());
        let cells = [cell(id), cell(name)].into_iter().chain(numbers);
        all += &(cells.collect::<Vec<_>>().join(separator) + end);
    }
    all
}

#[test]
fn tables_of_text_of_every_program_give_the_table_that_was_written() {
    let utf_16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let gbk = |text: &str| GBK.encode(text).0.into_owned();
    let marked = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for (program, bytes) in [
        ("Excel, CSV UTF-8", marked(&text(",", "\r\n", false))),
        ("Excel in Chinese, CSV", gbk(&text(",", "\r\n", false))),
        ("Excel, Unicode text", utf_16(&text("\t", "\r\n", false))),
        ("Excel in Europe, CSV", marked(&text(";", "\r\n", false))),
        (
            "Excel for Mac, old line ends",
            text(",", "\r", false).into_bytes(),
        ),
        ("WPS, CSV", gbk(&text(",", "\n", false))),
        (
            "LibreOffice, every text quoted",
            text(",", "\n", true).into_bytes(),
        ),
        ("R and pandas", text(",", "\n", false).into_bytes()),
    ] {
        let name = format!("{program}.csv");
        check_table(&Source::from_bytes(name, bytes));
    }
}

#[test]
fn attribute_tables_in_chinese_give_the_table_that_was_written() {
    let points: Vec<Point> = TABLE.iter().map(|row| Point::new(row.2, row.3)).collect();
    let rows: Vec<[String; 3]> = TABLE
        .iter()
        .map(|(id, name, _, _, people)| [(*id).to_owned(), (*name).to_owned(), people.to_string()])
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let fields = [("编号", b'C', 10), ("名称", b'C', 40), ("人口", b'N', 12)];
    for (encoding, page) in [(GBK, &b"GBK"[..]), (UTF_8, b"UTF-8"), (GBK, b"936")] {
        let table = dbf(encoding, &fields, &rows);
        let source = Source::from_bytes("a.shp", shp(&points))
            .with_companion(Source::from_bytes("a.dbf", table))
            .with_companion(Source::from_bytes("a.cpg", page.to_vec()));
        check_table(&source);
    }
}

#[test]
fn a_second_sheet_with_a_table_is_a_finding() {
    let source = Source::from_bytes("a.xls", kept("xlwt_hidden_first.xls"));
    let found = read(&source);
    assert_eq!(found.findings.count(FindingCode::UnreadSheet), 1);
}
