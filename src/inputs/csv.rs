//! Points from tables: CSV with a header row, comma, semicolon or tab, UTF-8.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Columns, Field};
use super::{InputError, PointRecord, PointRecords, Source};
use crate::model::Fault;
use crate::units::People;

/// A row that is put behind the text. When it does not come out as the last one, a quote has swallowed it: the csv crate
/// takes a quote that never closes for a cell that runs to the end of the file.
const LAST_ROW: &str = "\u{1a}";

/// Where the fields stand in a row.
struct Layout {
    id: Option<usize>,
    lon: usize,
    lat: usize,
    population: Option<usize>,
}

/// Reads the point records of a table. A row that cannot be used is a record with a [`Fault`]; blank lines are skipped.
///
/// # Errors
/// [`InputError::Malformed`] for text that is not UTF-8 or a quote that never closes, [`InputError::Empty`] for blank lines
/// alone, [`InputError::Column`] without a column for longitude or latitude, or without one that was named.
pub fn read_points(source: &Source, columns: &Columns) -> Result<PointRecords, InputError> {
    let text = source.text()?;
    if text.trim().is_empty() {
        return Err(InputError::Empty {
            file: source.path().to_owned(),
            wanted: "a header row and records",
        });
    }
    let last_row = format!("\n{LAST_ROW}");
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes().chain(last_row.as_bytes()));
    let header = reader
        .headers()
        .map_err(|error| malformed(source, &error))?
        .clone();
    let unclosed = |line: u64| {
        let reason = "a quote that opens in this row is never closed";
        source.malformed(format!("line {line}"), reason)
    };
    if header.iter().any(|name| name.ends_with(LAST_ROW)) {
        return Err(unclosed(1));
    }
    let layout = layout(source, &header, columns)?;
    let mut records = Vec::new();
    let (mut row, mut next) = (StringRecord::new(), StringRecord::new());
    let mut read = |row: &mut StringRecord| {
        let more = reader.read_record(row);
        more.map_err(|error| malformed(source, &error))
    };
    // A row is taken when another one follows: the last one is not of the table.
    let mut more = read(&mut row)?;
    while more {
        more = read(&mut next)?;
        let line = row.position().map_or(1, |at| line_of(text, at));
        if !more && row.as_slice() != LAST_ROW {
            return Err(unclosed(line));
        }
        let is_blank = row.len() == 1 && row.as_slice().trim().is_empty();
        if more && !is_blank {
            let place = format!("{} line {line}", source.name());
            records.push(record(&row, &layout, place));
        }
        std::mem::swap(&mut row, &mut next);
    }
    Ok(PointRecords {
        records,
        has_ids: layout.id.is_some(),
    })
}

/// The line on which a row stands: the reader's position is before the blank lines that it passes over.
fn line_of(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let blank = text
        .as_bytes()
        .iter()
        .skip(start)
        .take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

fn malformed(source: &Source, error: &csv::Error) -> InputError {
    let place = error
        .position()
        .map_or_else(|| "table".to_owned(), |at| format!("line {}", at.line()));
    source.malformed(place, error.to_string())
}

/// The separator that is most frequent in the header, the first line that is not blank.
fn delimiter(text: &str) -> u8 {
    let header = text
        .split(['\n', '\r'])
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    // The first of equally frequent ones: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',')
}

fn layout(source: &Source, header: &StringRecord, columns: &Columns) -> Result<Layout, InputError> {
    let missing = |field: Field| InputError::Column {
        file: source.path().to_owned(),
        field: field.words(),
        found: header.iter().map(str::trim).collect::<Vec<_>>().join(", "),
        flag: field.flag(),
    };
    let find = |field: Field| {
        columns
            .find(field, &header.iter())
            .map_err(|()| missing(field))
    };
    Ok(Layout {
        id: find(Field::Id)?,
        lon: find(Field::Lon)?.ok_or_else(|| missing(Field::Lon))?,
        lat: find(Field::Lat)?.ok_or_else(|| missing(Field::Lat))?,
        population: find(Field::Population)?,
    })
}

fn record(row: &StringRecord, layout: &Layout, source: String) -> PointRecord {
    let cell = |index: usize| {
        row.get(index)
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
    };
    let number = |index: usize, field: &str| -> Result<f64, Fault> {
        let text = cell(index).ok_or(Fault::NoCoordinate)?;
        text.parse().map_err(|_| Fault::NotANumber {
            field: field.to_owned(),
            text: text.to_owned(),
        })
    };
    let xy =
        number(layout.lon, "longitude").and_then(|lon| Ok((lon, number(layout.lat, "latitude")?)));
    let people = layout
        .population
        .and_then(cell)
        .map(str::parse::<People>)
        .transpose();
    PointRecord {
        id: layout.id.and_then(cell).map(str::to_owned),
        xy,
        people: people.map_err(|reason| Fault::Population {
            reason: reason.to_string(),
        }),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<PointRecords, InputError> {
        read_points(
            &Source::from_bytes("points.csv", text.as_bytes().to_vec()),
            &Columns::default(),
        )
    }

    fn records(text: &str) -> Vec<PointRecord> {
        read(text).expect("a sound table").records
    }

    #[test]
    fn columns_are_recognised_in_english_and_chinese() {
        for header in [
            "id,lon,lat,population",
            "编号,经度,纬度,人口",
            "ID;Longitude;LAT;People",
            "code\tx\ty\tpop",
        ] {
            let separator = [",", ";", "\t"]
                .into_iter()
                .find(|s| header.contains(s))
                .expect("a separator");
            let text = format!("\u{feff}{header}\na{separator}9.5{separator}47.1{separator}2.5\n");
            let expected = PointRecord {
                id: Some("a".into()),
                xy: Ok((9.5, 47.1)),
                people: Ok(Some(People::from_thousandths(2500))),
                source: "points.csv line 2".into(),
            };
            assert_eq!(records(&text), [expected], "{header}");
        }
    }

    #[test]
    fn bad_rows_are_records_with_a_fault_and_their_line() {
        let text = "id,lon,lat,population\na\nb,east,47,1\nc,9,,1\n\nd,9,47,-3\ne,9,47,\n";
        let records = records(text);
        assert_eq!(records.len(), 5, "the blank line is skipped");
        assert_eq!(records[0].xy, Err(Fault::NoCoordinate));
        assert_eq!(
            records[1].xy,
            Err(Fault::NotANumber {
                field: "longitude".into(),
                text: "east".into()
            })
        );
        assert_eq!(records[2].xy, Err(Fault::NoCoordinate));
        assert!(matches!(records[3].people, Err(Fault::Population { .. })));
        assert_eq!(records[3].source, "points.csv line 6");
        assert_eq!(records[4].people, Ok(None));
    }

    #[test]
    fn quoted_newlines_stay_in_their_cell() {
        let records = records("id,lon,lat\n\"a\nb\",1,2\nc,3,4\n");
        assert_eq!(records[0].id.as_deref(), Some("a\nb"));
        assert_eq!(records[1].source, "points.csv line 4");
    }

    #[test]
    fn a_quote_that_never_closes_is_an_error_and_swallows_nothing() {
        for (text, line) in [
            ("id,lon,lat\na,1,2\n\n\"b,3,4\nc,5,6\n", "line 4"),
            ("id,\"lon,lat\na,1,2\n", "line 1"),
            ("id,lon,lat\na,1,\"2", "line 2"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(
                error.contains(line) && error.contains("never closed"),
                "{error}"
            );
        }
        // A quote inside a cell that does not begin with one is a character.
        assert_eq!(
            records("id,lon,lat\n5\" pipe,1,2\n")[0].id.as_deref(),
            Some("5\" pipe")
        );
        assert_eq!(
            records("id,lon,lat\n\"a \"\"b\"\"\",1,2")[0].id.as_deref(),
            Some("a \"b\"")
        );
    }

    #[test]
    fn blank_lines_and_line_ends_of_any_kind_keep_the_count() {
        let text = "\r\n\r\nid;lon;lat\r\n\r\na;1;2\r\n  \r\nb;3;4\r\n";
        let found = records(text);
        let places: Vec<_> = found.iter().map(|record| record.source.as_str()).collect();
        assert_eq!(places, ["points.csv line 5", "points.csv line 7"]);
        assert_eq!(records("id,lon,lat\n").len(), 0, "a header alone");
        let nothing = read("\u{feff}\r\n \n").expect_err("blank lines alone");
        assert!(matches!(nothing, InputError::Empty { .. }), "{nothing}");
        assert_eq!(
            records("id,lon,lat\n,,\n").len(),
            1,
            "cells without content are a row"
        );
    }

    #[test]
    fn a_table_without_coordinates_names_its_columns_and_the_flag() {
        let error = read("name,address\nx,y\n").expect_err("no coordinates");
        let text = error.to_string();
        assert!(
            text.contains("name, address") && text.contains("--lon-column"),
            "{text}"
        );
    }

    #[test]
    fn another_encoding_is_named_with_its_line() {
        let bytes = b"id,lon,lat\n\xd3\xad\xd4\xf3,1,2\n".to_vec();
        let error = read_points(&Source::from_bytes("gbk.csv", bytes), &Columns::default());
        assert!(
            matches!(error, Err(InputError::Malformed { ref place, .. }) if place == "line 2 (byte 13)"),
            "{error:?}"
        );
    }
}
