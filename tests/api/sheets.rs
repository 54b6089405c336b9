//! What a workbook shows beside its values: hidden rows, codes with zeros in front, cells that are merged downwards.

use pedshed::inputs::{KeptColumn, PointRecords, ReadOptions, Source, read_points};
use pedshed::model::{Attribute, FindingCode};
use rust_xlsxwriter::{Format, Workbook};

use crate::support::biff::{Cell, Looks, xls_that_looks};
use crate::support::files::xlsx;

const ROWS: [[&str; 5]; 5] = [
    ["编号", "经度", "纬度", "上级编号", "社区"],
    ["1", "112.5501", "37.8601", "", "甲社区"],
    ["2", "112.5502", "37.8602", "1", ""],
    ["3", "112.5503", "37.8603", "1", ""],
    ["4000001", "112.5504", "37.8604", "2", "乙社区"],
];

fn cells() -> Vec<Vec<Cell>> {
    let cell = |text: &&str| match text.parse() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::Text((*text).to_owned()),
    };
    ROWS.iter()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

/// The table with its numbers in a format, some rows hidden and some cells of the last column merged downwards.
fn new_book(looks: Looks<'_>) -> Vec<u8> {
    let mut book = Workbook::new();
    // Another sheet before it, whose rows are hidden too.
    let first = book.add_worksheet().set_name("说明 & 注").expect("a name");
    first.write_string(0, 0, "about").expect("a cell");
    first.set_row_hidden(0).expect("a row");
    let sheet = book.add_worksheet().set_name("A&B <1>").expect("a name");
    let format = looks.format.map(|code| Format::new().set_num_format(code));
    for (row, cells) in (0..).zip(ROWS) {
        for (column, text) in (0..).zip(cells) {
            let written = match (text.parse::<f64>(), &format) {
                (Ok(number), Some(format)) => {
                    sheet.write_number_with_format(row, column, number, format)
                }
                (Ok(number), None) => sheet.write_number(row, column, number),
                _ => sheet.write_string(row, column, text),
            };
            written.expect("a cell");
        }
    }
    for row in looks.hidden {
        sheet.set_row_hidden(u32::from(*row)).expect("a row");
    }
    for [first, last, from, to] in looks.merged {
        let text = ROWS[usize::from(*first)][usize::from(*from)];
        sheet
            .merge_range(
                u32::from(*first),
                *from,
                u32::from(*last),
                *to,
                text,
                &Format::new(),
            )
            .expect("a merged cell");
    }
    book.save_to_buffer().expect("a workbook in memory")
}

/// The same table in both formats.
fn both(looks: Looks<'_>) -> [Source; 2] {
    [
        Source::from_bytes("s.xlsx", new_book(looks)),
        Source::from_bytes("s.xls", xls_that_looks(&cells(), looks)),
    ]
}

fn read(source: &Source) -> PointRecords {
    let kept = [Attribute::Parent, Attribute::Community].map(KeptColumn::Known);
    read_points(source, &ReadOptions::default().keeping(kept)).expect("a table")
}

fn texts(read: &PointRecords, of: Attribute) -> Vec<String> {
    let column = read.attributes.of(of).expect("a column");
    let rows = 0..read.records.len();
    rows.map(|row| column.get(row).unwrap_or_default().to_owned())
        .collect()
}

fn ids(read: &PointRecords) -> Vec<&str> {
    let ids = read.records.iter().map(|record| record.id.as_deref());
    ids.map(Option::unwrap_or_default).collect()
}

fn found(read: &PointRecords, code: FindingCode) -> Option<(u64, String)> {
    let all = read.findings.worst_first().into_iter();
    let mut of_code = all.filter(|finding| finding.code == code);
    of_code
        .next()
        .map(|finding| (finding.count, finding.example.to_string()))
}

#[test]
fn records_in_hidden_rows_are_read_and_counted_with_the_first() {
    let looks = Looks {
        hidden: &[2, 4],
        ..Looks::default()
    };
    for source in both(looks) {
        let read = read(&source);
        assert_eq!(ids(&read), ["1", "2", "3", "4000001"]);
        let (count, first) = found(&read, FindingCode::HiddenRow).expect("a finding");
        assert!(
            count == 2 && first.ends_with("row 3"),
            "{}: {count}, {first}",
            source.name()
        );
    }
    for source in both(Looks::default()) {
        assert_eq!(found(&read(&source), FindingCode::HiddenRow), None);
    }
}

#[test]
fn a_code_is_what_people_see_where_its_format_puts_zeros_in_front() {
    let looks = Looks {
        format: Some("000000"),
        ..Looks::default()
    };
    for source in both(looks) {
        let read = read(&source);
        assert_eq!(ids(&read), ["000001", "000002", "000003", "4000001"]);
        assert_eq!(
            texts(&read, Attribute::Parent),
            ["", "000001", "000001", "000002"]
        );
        assert_eq!(read.records[0].xy, Ok((112.5501, 37.8601)), "no code");
        // Three ids and three parents.
        let (count, first) = found(&read, FindingCode::CodeAsShown).expect("a finding");
        assert!(
            count == 6 && first.ends_with("row 2: 000001"),
            "{count}, {first}"
        );
    }
    for format in ["0", "#,##0", "0.00", "000-000"] {
        let looks = Looks {
            format: Some(format),
            ..Looks::default()
        };
        for source in both(looks) {
            let read = read(&source);
            assert_eq!(ids(&read), ["1", "2", "3", "4000001"], "{format}");
            assert_eq!(found(&read, FindingCode::CodeAsShown), None, "{format}");
        }
    }
}

#[test]
fn cells_merged_downwards_hold_for_each_row_in_both_formats() {
    let looks = Looks {
        merged: &[[1, 3, 4, 4]],
        ..Looks::default()
    };
    for source in both(looks) {
        let read = read(&source);
        let communities = texts(&read, Attribute::Community);
        assert_eq!(
            communities,
            ["甲社区", "甲社区", "甲社区", "乙社区"],
            "{}",
            source.name()
        );
        let (count, first) = found(&read, FindingCode::MergedCell).expect("a finding");
        assert!(count == 2 && first.contains("row 3"), "{count}, {first}");
    }
    for source in both(Looks::default()) {
        let read = read(&source);
        assert_eq!(
            texts(&read, Attribute::Community),
            ["甲社区", "", "", "乙社区"]
        );
    }
}

/// A list of merged cells that is shorter than it says is none, and not the end of the file.
#[test]
fn a_broken_list_of_merged_cells_is_passed_over() {
    let looks = Looks {
        merged: &[[1, 3, 4, 4]],
        ..Looks::default()
    };
    let whole = xls_that_looks(&cells(), looks);
    let mut stream = crate::support::biff::records_of(&whole);
    let at = crate::support::biff::bodies(&stream, 0x00E5)[0];
    stream[at] = 200;
    let streams: [(&str, &[u8]); 1] = [(crate::support::biff::WORKBOOK, &stream)];
    let book = crate::support::biff::compound(cfb::Version::V3, &streams);
    let read = read(&Source::from_bytes("s.xls", book));
    assert_eq!(
        texts(&read, Attribute::Community),
        ["甲社区", "", "", "乙社区"]
    );
}

#[test]
fn the_unit_above_a_table_is_that_of_its_columns_that_give_none() {
    let title = |unit: &str| {
        let rows: [&[&str]; 4] = [
            &["各社区人口", "", "", unit],
            &["编号", "经度", "纬度", "常住人口", "老人", "建筑面积"],
            &["a", "112.55", "37.86", "0.12", "0.03", "800"],
            &["b", "112.56", "37.86", "350人", "20", "900㎡"],
        ];
        let options = ReadOptions::default().keeping([
            KeptColumn::Named("老人".to_owned()),
            KeptColumn::Known(Attribute::FloorArea),
        ]);
        let source = Source::from_bytes("t.xlsx", xlsx(&rows));
        read_points(&source, &options).expect("a table")
    };
    let people = |read: &PointRecords| -> Vec<u64> {
        let people = read.records.iter().map(|record| record.people.clone());
        people
            .map(|people| people.ok().flatten().expect("people").thousandths())
            .collect()
    };
    let read = title("单位：万人");
    assert_eq!(people(&read), [1_200_000, 350_000]);
    let old = read.attributes.named("老人").expect("a group");
    assert_eq!([old.get(0), old.get(1)], [Some("300"), Some("200000")]);
    let expected = "t.xlsx sheet Sheet1 row 1: column 常住人口 is in 万人";
    assert_eq!(
        found(&read, FindingCode::UnitAbove),
        Some((2, expected.to_owned()))
    );
    let area = read.attributes.of(Attribute::FloorArea).expect("areas");
    assert_eq!(area.get(0), Some("800"), "no unit of areas");

    assert_eq!(read.reading.header, Some((2, 2)));
    assert!(
        read.reading
            .taken
            .iter()
            .any(|taken| taken.column == "常住人口")
    );

    let read = title("单位：人、公顷");
    assert_eq!(people(&read), [120, 350_000]);
    let area = read.attributes.of(Attribute::FloorArea).expect("areas");
    assert_eq!([area.get(0), area.get(1)], [Some("800公顷"), Some("900㎡")]);

    let read = title("单位：打");
    assert_eq!(people(&read), [120, 350_000]);
    let (count, first) = found(&read, FindingCode::UnitNotUnderstood).expect("a finding");
    assert_eq!((count, first.as_str()), (3, "t.xlsx, column 常住人口: 打"));
}
