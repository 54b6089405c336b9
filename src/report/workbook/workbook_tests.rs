use super::sheet::{Cell, Column, ColumnKind, NumberFormat};
use super::*;
use crate::inputs::{KeptColumn, LayerSettings, PointRecords, ReadOptions, Source, read_points};

const HEADS: [&str; 5] = ["编号", "名称", "人数", "比例", "完成"];

fn columns() -> Vec<Column> {
    vec![
        Column::text(HEADS[0]),
        Column::text(HEADS[1]),
        Column::number(HEADS[2]),
        Column::share(HEADS[3]),
        Column::of(HEADS[4], ColumnKind::YesOrNo),
    ]
}

fn row(id: &str, name: &str, people: u64, share: f64) -> Vec<Cell> {
    vec![
        Cell::text(id),
        Cell::text(name),
        Cell::count(people),
        Cell::finite(share, NumberFormat::Percent),
        Cell::Blank,
    ]
}

fn book(rows: Vec<Vec<Cell>>) -> Book {
    let mut book = Book::new("1 市 & 区".to_owned(), Language::Zh);
    let mut sheet = Sheet::new("甲", columns());
    sheet.note = "说明：口径为人口。".to_owned();
    sheet.rows = rows;
    book.add(sheet, None);
    book
}

fn bytes(book: &Book) -> Vec<u8> {
    let mut bytes = Vec::new();
    writer::write(book, &mut bytes).expect("a workbook in memory");
    bytes
}

/// What our own reader makes of a sheet.
fn read(bytes: Vec<u8>, sheet: &str) -> PointRecords {
    let source = Source::from_bytes("report.xlsx", bytes);
    let kept = HEADS.map(|head| KeptColumn::Named(head.to_owned()));
    let own = LayerSettings {
        sheet: Some(sheet.to_owned()),
        ..LayerSettings::default()
    };
    let options = ReadOptions::default().without_places().with_own(own);
    read_points(&source, &options.keeping(kept)).expect("a table")
}

fn cells<'r>(read: &'r PointRecords, head: &str) -> Vec<&'r str> {
    let column = read.attributes.named(head).expect("a column");
    let rows = 0..read.records.len();
    rows.map(|row| column.get(row).unwrap_or_default())
        .collect()
}

#[test]
fn our_own_reader_reads_what_was_written_text_as_text_and_numbers_as_numbers() {
    let long = "字".repeat(40_000);
    let book = book(vec![
        row("007", "=1+1", 1_234_567, 0.615_384),
        row(
            "140107001001001234",
            "+@-\u{1f468}\u{200d}\u{1f469} <&\">",
            0,
            1.0,
        ),
        row("=cmd|' /C calc'!A0", "a\u{0}b\u{1b}", 5, 0.0),
        row("a", &long, 6, 0.5),
        row("_x0041_", "两行\n的名称", 7, f64::NAN),
    ]);
    let changed: usize = book.sheets.iter().map(Sheet::changed).sum();
    assert_eq!(changed, 2);
    let read = read(bytes(&book), "甲");
    let ids = [
        "007",
        "140107001001001234",
        "=cmd|' /C calc'!A0",
        "a",
        "_x0041_",
    ];
    let read_ids = read.records.iter().map(|record| record.id.as_deref());
    assert_eq!(read_ids.flatten().collect::<Vec<_>>(), ids);
    let names = cells(&read, "名称");
    assert_eq!(names[0], "=1+1");
    assert_eq!(names[1], "+@-\u{1f468}\u{200d}\u{1f469} <&\">");
    assert_eq!(names[2], "a\u{fffd}b\u{fffd}");
    assert_eq!(names[3].chars().count(), text::LONGEST);
    assert!(names[4].starts_with("两行"));
    assert_eq!(cells(&read, "人数"), ["1234567", "0", "5", "6", "7"]);
    let shares = cells(&read, "比例");
    // Our reader takes a share as it is shown, 61.5 %; what the cell holds is exact.
    assert_eq!(shares[..4], ["0.615", "1", "0", "0.5"]);
    assert_eq!(shares[4], "");
    assert_eq!(read.reading.header, Some((3, 3)));
}

#[test]
fn the_same_sheets_give_the_same_bytes_and_a_sheet_may_be_empty() {
    let rows = || {
        (0..500)
            .map(|at| row(&at.to_string(), "柳巷", at, 0.25))
            .collect()
    };
    assert_eq!(bytes(&book(rows())), bytes(&book(rows())));
    let empty = bytes(&book(Vec::new()));
    assert_eq!(empty, bytes(&book(Vec::new())));
    assert!(empty.starts_with(b"PK"));
}

#[test]
fn sheets_of_one_name_are_numbered_and_spreadsheets_know_no_case() {
    let mut book = Book::new(String::new(), Language::En);
    for name in ["Plan", "plan", "PLAN", "Other"] {
        book.add(Sheet::new(name, columns()), None);
    }
    let long = "x".repeat(31);
    book.add(Sheet::new(&long, columns()), None);
    book.add(Sheet::new(&long, columns()), None);
    let names = book.sheets.iter().map(|sheet| sheet.name.as_str());
    let numbered = format!("{} (2)", "x".repeat(26));
    let known = ["Plan", "plan (2)", "PLAN (3)", "Other", &long, &numbered];
    assert_eq!(names.collect::<Vec<_>>(), known);
    assert!(bytes(&book).starts_with(b"PK"));
}
