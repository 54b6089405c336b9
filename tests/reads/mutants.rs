//! Tables drawn at random: what was written in any format is what is read, and one cell that is made unreadable leaves all
//! others as they were and is never taken for an empty one.

use proptest::prelude::*;

use pedshed::inputs::{PointRecords, ReadOptions, Source, read_points};

use crate::hostile::drive;
use crate::support::biff::{Cell, xls};
use crate::support::files::xlsx;

/// A row: id, name, longitude, latitude, people.
type Row = (String, String, f64, f64, f64);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        "r[a-z0-9]{0,6}",
        "[平安里街北路文庙 a-c]{0,8}",
        (-1_700_000..1_700_000i32).prop_map(|number| f64::from(number) / 1e4),
        (-800_000..800_000i32).prop_map(|number| f64::from(number) / 1e4),
        (0..200_000u32).prop_map(|number| f64::from(number) / 2.0),
    );
    prop::collection::vec(row, 1..40)
}

const HEADER: [&str; 5] = ["id", "name", "lon", "lat", "population"];

/// The cells of all rows, with one in place of another.
fn cells(rows: &[Row], instead: Option<(usize, usize, &str)>) -> Vec<Vec<Cell>> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut all = vec![HEADER.map(text).to_vec()];
    all.extend(rows.iter().map(|(id, name, lon, lat, people)| {
        let numbers = [lon, lat, people].map(|number| Cell::Number(*number));
        [text(id), text(name)].into_iter().chain(numbers).collect()
    }));
    if let Some((row, column, words)) = instead {
        all[row + 1][column] = text(words);
    }
    all
}

fn as_text(cells: &[Vec<Cell>], quote: &str) -> Vec<Vec<String>> {
    let one = |cell: &Cell| match cell {
        Cell::Text(text) => format!("{quote}{text}"),
        Cell::Number(number) => number.to_string(),
    };
    cells
        .iter()
        .map(|row| row.iter().map(one).collect())
        .collect()
}

/// The same table in every format.
fn sources(cells: &[Vec<Cell>]) -> Vec<Source> {
    let lines: Vec<String> = as_text(cells, "").iter().map(|row| row.join(",")).collect();
    let quoted = as_text(cells, "'");
    let quoted: Vec<Vec<&str>> = quoted
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let quoted: Vec<&[&str]> = quoted.iter().map(Vec::as_slice).collect();
    vec![
        Source::from_bytes("a.csv", lines.join("\r\n").into_bytes()),
        Source::from_bytes("a.tsv", lines.join("\n").replace(',', "\t").into_bytes()),
        Source::from_bytes("a.xls", xls(cells)),
        Source::from_bytes("a.xlsx", xlsx(&quoted)),
    ]
}

fn read(source: &Source) -> PointRecords {
    read_points(source, &ReadOptions::default()).expect("a table")
}

/// Whether a record is as its row was written.
fn is_as_written(points: &PointRecords, index: usize, row: &Row) -> bool {
    let record = &points.records[index];
    let (id, name, lon, lat, people) = row;
    let name = Some(name.trim()).filter(|name| !name.is_empty());
    record.id.as_deref() == Some(id)
        && record.name.as_deref() == name
        && record.xy == Ok((*lon, *lat))
        && record.people == Ok(Some(super::people(*people)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_in_any_format_is_read(rows in rows()) {
        for source in sources(&cells(&rows, None)) {
            let points = read(&source);
            prop_assert_eq!(points.records.len(), rows.len());
            for (index, row) in rows.iter().enumerate() {
                let found = &points.records[index];
                prop_assert!(
                    is_as_written(&points, index, row),
                    "{}: {:?} of {:?}", source.name(), found, row
                );
            }
        }
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_a_fault_of_its_record_alone(
        rows in rows(),
        which in any::<prop::sample::Index>(),
        column in 2..5usize,
        words in prop::sample::select(vec!["****", "#N/A", "abc", "1.2.3", "12x"]),
    ) {
        let which = which.index(rows.len());
        for source in sources(&cells(&rows, Some((which, column, words)))) {
            let points = read(&source);
            prop_assert_eq!(points.records.len(), rows.len());
            for (index, row) in rows.iter().enumerate() {
                let found = &points.records[index];
                if index != which {
                    prop_assert!(is_as_written(&points, index, row), "{found:?} of {row:?}");
                } else if column == 4 {
                    prop_assert!(found.people.is_err(), "{}: {:?}", source.name(), found);
                } else {
                    prop_assert!(found.xy.is_err(), "{}: {:?}", source.name(), found);
                }
            }
        }
    }

    /// Bytes that look like a table: the reader agrees with one that only splits lines and cells.
    #[test]
    fn a_mutant_that_reads_gives_the_numbers_of_a_plain_reader(text in "[0-9.,xe -]{0,30}(\n[0-9.,xe -]{0,30}){0,12}") {
        drive::csv_beside_a_plain_reader(text.as_bytes());
    }
}

#[test]
fn the_attribute_table_that_is_changed_is_compared_whole() {
    assert_eq!(drive::dbf_beside_a_plain_reader(&[]), 12);
    // The type of its numbers: as text they still are what they were, as a double they are other bytes.
    let with_type = |kind: u8| drive::dbf_beside_a_plain_reader(&[75, 0, kind]);
    assert_eq!([b'F', b'C', b'B', b'b'].map(with_type), [12, 12, 0, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// One to four bytes of an attribute table are others: its header, a width, a record's first byte, a digit.
    #[test]
    fn a_mutant_of_an_attribute_table_gives_the_numbers_of_a_plain_reader(
        changes in prop::collection::vec((0..420_u16, any::<u8>()), 1..5),
    ) {
        let bytes = changes.iter().flat_map(|(at, byte)| {
            let [low, high] = at.to_le_bytes();
            [low, high, *byte]
        });
        drive::dbf_beside_a_plain_reader(&bytes.collect::<Vec<u8>>());
    }
}
