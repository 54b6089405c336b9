//! Points from tables: CSV with comma, semicolon or tab.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::cells::Comma;
use super::table::{self, Dialect, Row};
use super::{Columns, InputError, PointRecords, Source};
use crate::language::words;

/// A row that is put behind the text. When it does not come out as the last one, a quote has swallowed it: the csv crate
/// takes a quote that never closes for a cell that runs to the end of the file.
const LAST_ROW: &str = "\u{1a}";

/// Reads the point records of a table. A row that cannot be used is a record with a [`Fault`]; blank lines are skipped.
///
/// # Errors
/// [`InputError::Malformed`] for bytes that are no text or a quote that never closes, [`InputError::Empty`] for blank lines
/// alone, [`InputError::Column`] without a column for longitude or latitude, or without one that was named.
///
/// [`Fault`]: crate::model::Fault
pub(super) fn read_points(source: &Source, columns: &Columns) -> Result<PointRecords, InputError> {
    let decoded = source.decode()?;
    // DOS ended a text with the byte that is put behind the last row here.
    let text = decoded.text.trim_end_matches('\u{1a}');
    if text.trim().is_empty() {
        return Err(InputError::Empty {
            file: source.path().to_owned(),
            wanted: table::header_and_records(),
        });
    }
    let separator = delimiter(text);
    let last_row = format!("\n{LAST_ROW}");
    let reader = ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes().chain(last_row.as_bytes()));
    let rows = Rows {
        source,
        text,
        reader,
        row: None,
        ended: false,
    };
    let dialect = Dialect {
        row: "line",
        comma: if separator == b',' {
            Comma::Thousands
        } else {
            Comma::Decimals
        },
    };
    let mut points = table::read_points(source, rows, columns, dialect)?;
    points.findings.extend(source.encoding_finding(&decoded));
    Ok(points)
}

/// The rows of a table; blank lines are passed over.
struct Rows<'a, R> {
    source: &'a Source,
    text: &'a str,
    reader: Reader<R>,
    /// A row is given when another one follows: the last one is not of the table.
    row: Option<StringRecord>,
    ended: bool,
}

impl<R: Read> Rows<'_, R> {
    /// Reads a row. Rows are much alike: room for the last one, and some more, spares most of the growing.
    fn read(&mut self, last: &StringRecord) -> Result<Option<StringRecord>, InputError> {
        let bytes = last.as_slice().len();
        let mut row = StringRecord::with_capacity(bytes + bytes / 4, last.len());
        let more = self.reader.read_record(&mut row);
        let more = more.map_err(|error| malformed(self.source, &error))?;
        Ok(more.then_some(row))
    }

    /// The next row and its line; `None` after the last one.
    fn advance(&mut self) -> Result<Option<Row<StringRecord>>, InputError> {
        loop {
            let row = match self.row.take() {
                Some(row) => row,
                None => match self.read(&StringRecord::new())? {
                    Some(row) => row,
                    None => return Ok(None),
                },
            };
            self.row = self.read(&row)?;
            let number = row.position().map_or(1, |at| line_of(self.text, at));
            if self.row.is_none() {
                if row.as_slice() == LAST_ROW {
                    return Ok(None);
                }
                let reason = words!(
                    "a quote that opens in this row is never closed",
                    "本行起始的引号没有闭合"
                );
                let place = words!("line {number}", "第 {number} 行");
                return Err(self.source.malformed(place, reason));
            }
            let is_blank = row.len() == 1 && row.as_slice().trim().is_empty();
            if !is_blank {
                return Ok(Some(Row { number, cells: row }));
            }
        }
    }
}

impl<R: Read> Iterator for Rows<'_, R> {
    type Item = Result<Row<StringRecord>, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.advance().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
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
    let line = error.position().map(csv::Position::line);
    let place = match line {
        Some(line) => words!("line {line}", "第 {line} 行"),
        None => words!("table", "表格"),
    };
    source.malformed(place, words!("{error}", "读取失败（{error}）"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::PointRecord;
    use crate::model::Fault;
    use crate::units::People;

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
                name: None,
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
        let error = read("name,address\na,b\n").expect_err("no coordinates");
        let text = error.to_string();
        assert!(
            text.contains("name, address") && text.contains("--lon-column"),
            "{text}"
        );
    }

    #[test]
    fn decimal_commas_are_read_where_semicolons_part_the_cells() {
        let records =
            records("id;lon;lat;population\na;112,553;37,861;1,5\nb;112.553;37.861;1,500\n");
        let places: Vec<_> = records.iter().map(|record| record.xy.clone()).collect();
        assert_eq!(places, [Ok((112.553, 37.861)), Ok((112.553, 37.861))]);
        let people: Vec<_> = records.iter().map(|record| record.people.clone()).collect();
        let people_of = |thousandths| Ok(Some(People::from_thousandths(thousandths)));
        assert_eq!(people, [people_of(1_500), people_of(1_500_000)]);
    }

    #[test]
    fn gb18030_is_read_and_reported_and_what_is_no_text_is_named_with_its_line() {
        let (gbk, ..) = encoding_rs::GBK.encode("编号,经度,纬度\n迎泽,1,2\n");
        let points = read_points(
            &Source::from_bytes("gbk.csv", gbk.into_owned()),
            &Columns::default(),
        );
        let points = points.expect("Chinese text");
        assert_eq!(points.records[0].id.as_deref(), Some("迎泽"));
        assert_eq!(
            points.findings.count(crate::model::FindingCode::Encoding),
            1
        );
        let bytes = b"id,lon,lat\n\xd3\xff\xd4\xf3,1,2\n".to_vec();
        let error = read_points(&Source::from_bytes("lost.csv", bytes), &Columns::default());
        assert!(
            matches!(error, Err(InputError::Malformed { ref place, .. }) if place.to_string() == "line 2 (byte 11)"),
            "{error:?}"
        );
    }
}
