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

/// Gives out the rows of a table, the header first.
///
/// # Errors
/// As [`read_points`], but for columns; and what `take` says.
pub(super) fn with_rows(
    source: Watched<'_>,
    mut take: impl FnMut(Row<StringRecord>) -> Result<(), InputError>,
) -> Result<(), InputError> {
    source.check_not_empty(Words::new("rows", "数据行"))?;
    let ((), _) = read_text(source, |text| {
        let (rows, _) = rows_of(&source, text)?;
        for row in rows {
            take(row?)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn read_rows(
    source: &Source,
    text: &mut TextReader<'_>,
    options: &ReadOptions,
) -> Result<PointRecords, InputError> {
    let (rows, separator) = rows_of(source, text)?;
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

/// The rows of a text, and what parts their cells.
fn rows_of<'a, 't, 'b>(
    source: &'a Source,
    text: &'t mut TextReader<'b>,
) -> Result<(Rows<'a, impl BufRead + use<'t, 'b>>, u8), InputError> {
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
    Ok((rows, separator))
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
#[path = "csv_tests.rs"]
mod tests;
