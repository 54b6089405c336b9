//! Points from tables: CSV with comma, semicolon or tab, read row by row.

use std::io::{self, BufRead, Cursor, Read};

use csv::{Reader, ReaderBuilder, StringRecord};

use super::cells::Comma;
use super::quotes::Quotes;
use super::source::{MOST_RECORD_BYTES, record_too_long};
use super::table::{self, Dialect, Row};
use super::text_reader::{TextReader, read_text};
use super::watched::Watched;
use super::{InputError, PointRecords, ReadOptions, Source};
use crate::text::language::{Words, words};

/// A row that is put behind the text. When it does not come out as the last one, a quote has swallowed it: the csv crate
/// takes a quote that never closes for a cell that runs to the end of the file.
const LAST_ROW: &str = "\u{1a}";
/// The byte that ended a text in DOS, which is also that of the row behind the last.
const END_OF_TEXT: u8 = 0x1a;

/// Reads the point records of a table. A row that cannot be used is a record with a [`Fault`]; blank lines, and rows
/// without a filled cell, are skipped.
///
/// # Errors
/// [`InputError::Malformed`] for bytes that are no text or a quote that is not closed, [`InputError::Empty`] for blank lines
/// alone, [`InputError::Column`] without a column for longitude or latitude, or without one that was named.
///
/// [`Fault`]: crate::model::Fault
pub(super) fn read_points(
    source: Watched<'_>,
    options: &ReadOptions,
) -> Result<PointRecords, InputError> {
    let (mut points, read_as) = read_text(source, |text| {
        let points = read_rows(&source, text, options);
        if points.is_err() && text.is_blank() {
            return Err(InputError::Empty {
                layer: None,
                file: source.path().to_owned(),
                wanted: table::header_and_records(),
            });
        }
        points
    })?;
    points.findings.extend(read_as.findings);
    points.reading.encoding = Some(read_as.encoding);
    Ok(points)
}

fn read_rows(
    source: &Source,
    text: &mut TextReader<'_>,
    options: &ReadOptions,
) -> Result<PointRecords, InputError> {
    let header = header(text).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => source.malformed(place(1), record_too_long()),
        _ => source.unread(error),
    })?;
    let separator = delimiter(&header);
    let reader = ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(separator)
        .from_reader(Lines::new(Cursor::new(header).chain(text), separator));
    let rows = Rows {
        source,
        reader,
        row: None,
        ended: false,
    };
    let dialect = Dialect {
        row: "line",
        is_whole: true,
        comma: if separator == b',' {
            Comma::Thousands
        } else {
            Comma::Decimals
        },
    };
    table::read_points(source, rows, options, dialect)
}

/// The rows of a table; those without a cell that is filled are passed over.
struct Rows<'a, R> {
    source: &'a Source,
    reader: Reader<Lines<R>>,
    /// A row is given when another one follows: the last one is not of the table.
    row: Option<Row<StringRecord>>,
    ended: bool,
}

impl<R: BufRead> Rows<'_, R> {
    /// Reads a row and its line. Rows are much alike: room for one of so many bytes and cells, and some more, spares most of
    /// the growing.
    fn read(
        &mut self,
        bytes: usize,
        cells: usize,
    ) -> Result<Option<Row<StringRecord>>, InputError> {
        let mut row = StringRecord::with_capacity(bytes + bytes / 4, cells);
        let position = self.reader.position().clone();
        let starts_here = self.reader.get_mut().begins(position.byte());
        let more = self.reader.read_record(&mut row);
        let begun = self.reader.get_ref().begun;
        let number = begun.filter(|_| !starts_here).unwrap_or(position.line());
        if let Some(line) = self.reader.get_ref().unclosed {
            let reason = words!(
                "a quote that opens in this line is not closed where its cell ends, so that the rows below it would be taken for text",
                "本行起始的引号未在单元格末尾闭合，其后各行会被当作文字"
            );
            return Err(self.source.malformed(place(line), reason));
        }
        let more = more.map_err(|error| malformed(self.source, &error, number))?;
        Ok(more.then_some(Row { number, cells: row }))
    }

    /// The next row and its line; `None` after the last one.
    fn advance(&mut self) -> Result<Option<Row<StringRecord>>, InputError> {
        loop {
            let row = match self.row.take() {
                Some(row) => row,
                None => match self.read(0, 0)? {
                    Some(row) => row,
                    None => return Ok(None),
                },
            };
            self.row = self.read(row.cells.as_slice().len(), row.cells.len())?;
            if self.row.is_none() {
                if row.cells.as_slice() == LAST_ROW {
                    return Ok(None);
                }
                let number = row.number;
                let reason = words!(
                    "a quote that opens in this row is never closed",
                    "本行起始的引号没有闭合"
                );
                return Err(self.source.malformed(place(number), reason));
            }
            // `,,,` is what a spreadsheet writes of rows that were cleared.
            if !row.cells.as_slice().trim().is_empty() {
                return Ok(Some(row));
            }
        }
    }
}

impl<R: BufRead> Iterator for Rows<'_, R> {
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

/// A text given out line by line, with the last row behind it: the reader of rows never holds more than the line that it is
/// in, so that it is known where a row begins, which its own position, before the blank lines that it passes over, does not
/// say.
struct Lines<R> {
    text: R,
    /// The line of the next byte, and how many bytes came before it.
    line: u64,
    given: u64,
    /// How many bytes were given when the last one that is no line end was.
    solid: u64,
    /// The byte that the row which is read now begins at, or behind.
    row: u64,
    /// The first line with more than its end since a row was begun.
    begun: Option<u64>,
    /// Bytes that may have ended the text: they belong to it where something follows.
    held_back: usize,
    /// What is still to come of the last row, behind the text.
    last_row: &'static [u8],
    quotes: Quotes,
    /// The line with a quote that is not closed where its cell ends.
    unclosed: Option<u64>,
}

impl<R: BufRead> Lines<R> {
    fn new(text: R, separator: u8) -> Self {
        Self {
            text,
            quotes: Quotes::new(separator),
            unclosed: None,
            line: 1,
            given: 0,
            solid: 0,
            row: 0,
            begun: None,
            held_back: 0,
            last_row: b"\n\x1a",
        }
    }

    /// A row begins at the byte or behind it. Whether it begins in what was given already.
    fn begins(&mut self, byte: u64) -> bool {
        self.begun = None;
        self.row = byte;
        byte < self.solid
    }

    /// Bytes of one line are given.
    fn give(&mut self, bytes: &[u8]) {
        self.unclosed = self.quotes.follow(bytes, self.line).err();
        self.given += bytes.len() as u64;
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        if let Some(last) = bytes.iter().rposition(|byte| !is_end(byte)) {
            self.solid = self.given - (bytes.len() - last - 1) as u64;
            self.begun.get_or_insert(self.line);
        }
        self.line += u64::from(bytes.last() == Some(&b'\n'));
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let text = self.text.fill_buf()?;
            // No more than there is room for: a long line is looked at once, not once for each piece that is taken.
            let text = &text[..text.len().min(buffer.len())];
            let solid = text.iter().rposition(|byte| *byte != END_OF_TEXT);
            let count = match solid {
                None if text.is_empty() => {
                    self.held_back = 0;
                    let count = up_to_line_end(self.last_row).min(buffer.len());
                    let (now, later) = self.last_row.split_at(count);
                    buffer[..count].copy_from_slice(now);
                    self.last_row = later;
                    count
                }
                None => {
                    let count = text.len();
                    self.held_back += count;
                    self.text.consume(count);
                    continue;
                }
                Some(_) if self.held_back > 0 => {
                    let count = self.held_back.min(buffer.len());
                    buffer[..count].fill(END_OF_TEXT);
                    self.held_back -= count;
                    count
                }
                Some(solid) => {
                    let count = up_to_line_end(&text[..=solid]).min(buffer.len());
                    buffer[..count].copy_from_slice(&text[..count]);
                    self.text.consume(count);
                    count
                }
            };
            self.give(&buffer[..count]);
            if self.unclosed.is_some() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if self.given - self.row > MOST_RECORD_BYTES as u64 {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            return Ok(count);
        }
    }
}

fn up_to_line_end(bytes: &[u8]) -> usize {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    end.map_or(bytes.len(), |end| end + 1)
}

fn place(line: u64) -> Words {
    words!("line {line}", "第 {line} 行")
}

/// What is wrong with the row that begins on this line.
fn malformed(source: &Source, error: &csv::Error, row: u64) -> InputError {
    if let csv::ErrorKind::Io(error) = error.kind()
        && error.kind() == io::ErrorKind::FileTooLarge
    {
        return source.malformed(place(row), record_too_long());
    }
    let line = error.position().map(csv::Position::line);
    let place = line.map_or_else(|| words!("table", "表格"), place);
    source.malformed(place, words!("{error}", "读取失败（{error}）"))
}

/// A text's beginning, with the first line that is not blank. One that is longer than a record may be is an error of the kind
/// [`FileTooLarge`](io::ErrorKind::FileTooLarge).
fn header(text: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    let mut is_begun = false;
    loop {
        let bytes = text.fill_buf()?;
        let ends = |byte: &u8| {
            let is_end = matches!(byte, b'\n' | b'\r');
            let ends = is_end && is_begun;
            is_begun |= !is_end;
            ends
        };
        let end = bytes.iter().position(ends);
        let count = end.map_or(bytes.len(), |end| end + 1);
        if header.len() + count > MOST_RECORD_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        header.extend(&bytes[..count]);
        text.consume(count);
        if end.is_some() || count == 0 {
            return Ok(header);
        }
    }
}

/// The separator that is most frequent in the header, the first line that is not blank.
fn delimiter(header: &[u8]) -> u8 {
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    // The first of equally frequent ones: the comma.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::LayerKind;
    use crate::inputs::PointRecord;
    use crate::model::Fault;
    use crate::units::People;

    fn read(text: &str) -> Result<PointRecords, InputError> {
        read_points(
            (&Source::from_bytes("points.csv", text.as_bytes().to_vec())).into(),
            &ReadOptions::default(),
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
        for (text, line) in [
            (
                "id,name,lon,lat\na,\"x\",1,2\nb,\"x,1,2\nc,\"x\",1,2\nd,\"x\",1,2\n",
                "line 3",
            ),
            (
                "id,lon,lat,name\na,1,2,\"x\"\n\nb,1,2,\"x\nc,1,2,\"x\"\n",
                "line 4",
            ),
            ("id,\"lon,lat\na,\"1\",2\n", "line 1"),
        ] {
            let error = read(text).expect_err(text).to_string();
            assert!(
                error.contains(line) && error.contains("where its cell ends"),
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
    }

    #[test]
    fn a_row_without_a_filled_cell_is_no_record() {
        let found = records(",,\nid,lon,lat\na,1,2\n,,\n , ,\t\nb,3,4\n,,,,\n,,\n");
        let places: Vec<_> = found.iter().map(|record| record.source.as_str()).collect();
        assert_eq!(places, ["points.csv line 3", "points.csv line 6"]);
    }

    #[test]
    fn lines_are_counted_where_rows_and_windows_end_apart() {
        // The reader of rows takes 8 kB at a time: rows of every length end near its ends.
        let (mut text, mut expected) = ("id,lon,lat\r\n".to_owned(), Vec::new());
        let mut line = 2;
        for number in 0..3000 {
            let blank = "\r\n".repeat(number % 3);
            let name = if number % 7 == 0 { "\"a\n\n\"" } else { "a" };
            let end = ["\n", "\r\n", "\n\n"][number % 5 % 3];
            text.extend([&blank, name, ",1,2", end]);
            line += number % 3;
            expected.push(format!("points.csv line {line}"));
            line += name.matches('\n').count() + end.matches('\n').count();
        }
        let records = records(&text);
        let places: Vec<_> = records.iter().map(|record| &record.source).collect();
        assert_eq!(places, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn the_byte_that_ended_a_text_in_dos_is_no_row_and_elsewhere_a_character() {
        let ids = |text: &str| -> Vec<Option<String>> {
            records(text).into_iter().map(|record| record.id).collect()
        };
        for end in ["\n\u{1a}", "\u{1a}\u{1a}"] {
            let text = format!("id,lon,lat\na,1,2{end}");
            assert_eq!(ids(&text), [Some("a".to_owned())]);
        }
        assert_eq!(
            ids("id,lon,lat\na\u{1a},1,2\n"),
            [Some("a\u{1a}".to_owned())]
        );
    }

    #[test]
    fn a_table_without_coordinates_names_its_columns_and_the_flag() {
        let error = read("name,address\na,b\n").expect_err("no coordinates");
        let text = error.to_string();
        assert!(
            text.contains("name, address") && text.contains("‹lon_column›"),
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
            (&Source::from_bytes("gbk.csv", gbk.into_owned())).into(),
            &ReadOptions::default(),
        );
        let points = points.expect("Chinese text");
        assert_eq!(points.records[0].id.as_deref(), Some("迎泽"));
        assert_eq!(
            points.findings.count(crate::model::FindingCode::Encoding),
            1
        );
        let bytes = b"id,lon,lat\n\xd3\xff\xd4\xf3,1,2\n".to_vec();
        let error = read_points(
            (&Source::from_bytes("lost.csv", bytes)).into(),
            &ReadOptions::default(),
        );
        assert!(
            matches!(error, Err(InputError::Malformed { ref place, .. }) if place.to_string() == "line 2 (byte 11)"),
            "{error:?}"
        );
    }
    #[test]
    fn names_of_points_are_passed_over_where_nobody_asks_for_them() {
        let text = "id,name,lon,lat\na,A,1,2\n";
        let options = ReadOptions::of(LayerKind::Residents);
        let source = Source::from_bytes("points.csv", text.as_bytes());
        let points = read_points((&source).into(), &options).expect("a sound table");
        assert_eq!(points.records[0].name, None);
        assert_eq!(points.records[0].id.as_deref(), Some("a"));
        assert_eq!(records(text)[0].name.as_deref(), Some("A"));
    }
}
