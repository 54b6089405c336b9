//! Points from spreadsheets: `.xlsx`, `.xlsm` and the old `.xls`. Sheets are read cell by cell, so that one cell in the last
//! corner of a sheet costs no memory for all between.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xls, Xlsx,
    XlsxCellReader, XlsxFormulaMetadata,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::biff::{check_spread, is_encrypted, tame};
use super::biff_looks::looks_of;
use super::cells::Comma;
use super::looks::{Looks, least_digits};
use super::merged::{self, Merged};
use super::package::hidden_rows;
use super::table::{self, Dialect, Row};
use super::watched::{Watched, WatchedReader};
use super::{Columns, InputError, Known, KnownBy, PointRecords, Source};
use crate::model::FindingCode;
use crate::text::language::{Words, words};

/// An honest workbook unpacks to ten to twenty times its size.
const MOST_UNPACKED: u64 = 100;
/// What a small workbook may unpack to whatever its size.
const SMALL_BYTES: u64 = 8 << 20;
/// The last row and column that a sheet has: XFD1048576.
const XLSX_ROWS: u32 = 1 << 20;
const XLSX_COLUMNS: u32 = 1 << 14;

type Bytes<'a> = WatchedReader<'a, Cursor<&'a [u8]>>;
type TextRow = Row<Vec<String>>;

/// Reads the point records of the first sheet with a header, or of the one that is named. A row that cannot be used is a
/// record with a [`Fault`]; empty rows are skipped.
///
/// # Errors
/// [`InputError::Malformed`] for a file that is no workbook or unpacks to far more than it should, [`InputError::Column`]
/// without a column for longitude or latitude, or without one that was named.
///
/// [`Fault`]: crate::model::Fault
pub(super) fn read_points(
    source: Watched<'_>,
    columns: &Columns,
    sheet: Option<&Known<String>>,
) -> Result<PointRecords, InputError> {
    if source.bytes().starts_with(b"PK") {
        check_size(source)?;
        let package = readable_package(&source)?;
        let watched = source.over(Cursor::new(&*package));
        let mut book = Xlsx::new(watched).map_err(|error| broken(&source, &error))?;
        let (sheets, by) = chosen(&source, book.sheets_metadata(), sheet)?;
        first_table(&source, &sheets, |name| {
            let merged = if merged::are_asked(columns) {
                // A sheet that is broken is found out when its cells are read.
                book.merge_cells_by_sheet_name(name).unwrap_or_default()
            } else {
                Vec::new()
            };
            let merged = Merged::of(merged);
            let looks = Looks::new(
                hidden_rows(&package, name),
                least_digits_of(&mut book, name),
            );
            let cells = book.worksheet_cells_reader(name);
            let cells = cells.map_err(|error| broken(&source, &error))?;
            let rows = XlsxRows {
                source: source.source(),
                name: name.to_owned(),
                cells,
                looks: &looks,
                next: None,
                ended: false,
            };
            let rows = rows.inspect(|row| merged.look(row, 0));
            let mut points = read_sheet(source, columns, (name, by), rows)?;
            merged.fill(&mut points);
            looks.say(&mut points);
            Ok(points)
        })
    } else {
        let OldBook { mut book, looks } = open_old(&source)?;
        let listed = book.sheets_metadata().to_vec();
        let (sheets, by) = chosen(&source, &listed, sheet)?;
        let plain = Looks::default();
        first_table(&source, &sheets, |name| {
            let range = book
                .worksheet_range(name)
                .map_err(|error| broken(&source, &error))?;
            let merged = if merged::are_asked(columns) {
                book.merge_cells_by_sheet_name(name).unwrap_or_default()
            } else {
                Vec::new()
            };
            let merged = Merged::of(merged);
            let at = listed.iter().position(|sheet| sheet.name == name);
            let looks = at.and_then(|at| looks.get(at)).unwrap_or(&plain);
            let (row, column) = range.start().unwrap_or_default();
            let rows = range.rows().zip(row..).filter_map(|(cells, row)| {
                let texts = cells.iter().zip(column..).map(|(cell, column)| match cell {
                    Data::Int(_) | Data::Float(_) => looks.shown(row, column, text_of(cell)),
                    other => text_of(other),
                });
                let cells: Vec<String> = texts.collect();
                let is_empty = cells.iter().all(String::is_empty);
                let number = u64::from(row) + 1;
                (!is_empty).then_some(Ok(Row { number, cells }))
            });
            let rows = rows.inspect(|row| merged.look(row, column));
            let mut points = read_sheet(source, columns, (name, by), rows)?;
            merged.fill(&mut points);
            looks.say(&mut points);
            Ok(points)
        })
    }
}

/// By cell of a sheet the digits that its number is shown with at least.
fn least_digits_of(book: &mut Xlsx<Bytes<'_>>, name: &str) -> HashMap<(u32, u32), usize> {
    let mut digits = HashMap::new();
    // A sheet that is broken is found out when its cells are read.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        return digits;
    };
    let of_style = |style: &Style| least_digits(&style.number_format.as_ref()?.format_code);
    let styles: Vec<Option<usize>> = cells.styles().iter().map(of_style).collect();
    if styles.iter().all(Option::is_none) {
        return digits;
    }
    while let Ok(Some((row, column, style))) = cells.next_style_id() {
        if let Some(Some(least)) = styles.get(style) {
            digits.insert((row, column), *least);
        }
    }
    digits
}

fn broken(source: &Source, error: &dyn std::fmt::Display) -> InputError {
    let reason = words!(
        "{error}; save it as .xlsx or as CSV",
        "读取失败（{error}）；请另存为 .xlsx 或 CSV"
    );
    source.malformed(the_workbook(), reason)
}

pub(super) fn the_workbook() -> Words {
    Words::new("the workbook", "工作簿")
}

/// A cell that no sheet has.
fn beyond() -> Words {
    Words::new(
        "it names a cell beyond a sheet's last row or column (XFD1048576)",
        "含有超出工作表最后一行或最后一列（XFD1048576）的单元格",
    )
}

/// The named sheet, or all of them, of which the first with a header that can be used is taken, those that are seen before those
/// that are hidden; and how that is known. A sheet that is a chart has no cells.
fn chosen(
    source: &Source,
    sheets: &[Sheet],
    sheet: Option<&Known<String>>,
) -> Result<(Vec<String>, KnownBy), InputError> {
    let mut tables: Vec<&Sheet> = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .collect();
    tables.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
    let names: Vec<String> = tables.iter().map(|sheet| sheet.name.clone()).collect();
    let Some(Known { value: sheet, by }) = sheet else {
        return Ok((names, KnownBy::Content));
    };
    if let Some(name) = names.iter().find(|name| name.trim() == sheet.trim()) {
        return Ok((vec![name.clone()], *by));
    }
    if *by == KnownBy::General {
        return Ok((names, KnownBy::Content));
    }
    let names = names.join(", ");
    let reason = words!(
        "there is no such sheet; sheets are {names}",
        "没有这个工作表；现有工作表：{names}"
    );
    Err(source.malformed(words!("sheet {sheet}", "工作表 {sheet}"), reason))
}

/// The records of the first sheet that has a header; the sheets after it are a finding.
fn first_table(
    source: &Source,
    sheets: &[String],
    mut read: impl FnMut(&str) -> Result<PointRecords, InputError>,
) -> Result<PointRecords, InputError> {
    let mut first_error = None;
    let mut found: Option<PointRecords> = None;
    for name in sheets {
        match (&mut found, read(name)) {
            (None, Ok(points)) => found = Some(points),
            (Some(points), Ok(_)) => points.findings.add(FindingCode::UnreadSheet, || {
                Words::place(&format!("{} sheet {name}", source.name()))
            }),
            (None, Err(error @ (InputError::Column { .. } | InputError::Empty { .. }))) => {
                first_error = first_error.or(Some(error));
            }
            (None, Err(error)) => return Err(error),
            (Some(_), Err(_)) => {}
        }
    }
    let nothing = || InputError::Empty {
        layer: None,
        file: source.path().to_owned(),
        wanted: table::header_and_records(),
    };
    found.ok_or_else(|| first_error.unwrap_or_else(nothing))
}

fn read_sheet(
    source: Watched<'_>,
    columns: &Columns,
    (name, by): (&str, KnownBy),
    rows: impl Iterator<Item = Result<TextRow, InputError>>,
) -> Result<PointRecords, InputError> {
    let dialect = Dialect {
        row: &format!("sheet {name} row"),
        comma: Comma::Thousands,
        is_whole: false,
    };
    let rows = rows.map(|row| source.check().and(row));
    let mut points = table::read_points(&source, rows, columns, dialect)?;
    points.reading.sheet = Some(Known::new(name.to_owned(), by));
    Ok(points)
}

/// A workbook is packed; one that unpacks to far more than any honest one is a bomb, whatever it claims about its size.
fn check_size(source: Watched<'_>) -> Result<(), InputError> {
    let package = source.over(Cursor::new(source.bytes()));
    let mut archive = ZipArchive::new(package).map_err(|error| broken(&source, &error))?;
    let most = SMALL_BYTES + MOST_UNPACKED * source.bytes().len() as u64;
    let too_much = || {
        let reason = words!(
            "it unpacks to more than {most} bytes; save the one sheet that is needed as CSV",
            "解压后超过 {most} 字节；请将需要的工作表另存为 CSV"
        );
        source.malformed(the_workbook(), reason)
    };
    // What it claims costs nothing to look at; a liar is found out while it is unpacked.
    if archive
        .decompressed_size()
        .is_some_and(|size| size > u128::from(most))
    {
        return Err(too_much());
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| broken(&source, &error))?;
        let rest = most - unpacked;
        let mut references = References::default();
        // An entry that cannot be unpacked is an error when it is read, if it is.
        unpacked += io::copy(&mut entry.take(rest + 1), &mut references).unwrap_or_default();
        if references.beyond {
            return Err(source.malformed(the_workbook(), beyond()));
        }
        if unpacked > most {
            return Err(too_much());
        }
    }
    Ok(())
}

/// Where a package says which file is which sheet.
const SHEET_KINDS: &str = "xl/_rels/workbook.xml.rels";
/// The workbook of a binary package (`.xlsb`).
const BINARY_BOOK: &str = "xl/workbook.bin";
/// Sheets of macros as Excel 4 had them: calamine refuses the whole workbook over one. They become what it passes over.
const MACRO_SHEETS: [&str; 2] = [
    "relationships/xlMacrosheet",
    "relationships/xlIntlMacrosheet",
];
const NO_TABLE: &str = "relationships/dialogsheet";

/// The package with no sheet that is of a kind unknown to calamine.
fn readable_package(source: &Source) -> Result<Cow<'_, [u8]>, InputError> {
    let whole = source.bytes();
    let broken = |error: &dyn std::fmt::Display| broken(source, error);
    let mut archive = ZipArchive::new(Cursor::new(whole)).map_err(|error| broken(&error))?;
    if archive.index_for_name(BINARY_BOOK).is_some() {
        let reason = words!(
            "it is a binary workbook (.xlsb); save it as .xlsx",
            "这是二进制工作簿（.xlsb）；请另存为 .xlsx"
        );
        return Err(source.malformed(the_workbook(), reason));
    }
    let mut kinds = String::new();
    if let Ok(mut entry) = archive.by_name(SHEET_KINDS) {
        // What is no text is found broken when the sheets are read.
        let _ = entry.read_to_string(&mut kinds);
    }
    if !MACRO_SHEETS.iter().any(|kind| kinds.contains(kind)) {
        return Ok(Cow::Borrowed(whole));
    }
    for kind in MACRO_SHEETS {
        kinds = kinds.replace(kind, NO_TABLE);
    }
    let mut copied = || -> zip::result::ZipResult<Vec<u8>> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(whole.len())));
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index)?;
            if entry.name_raw() != SHEET_KINDS.as_bytes() {
                copy.raw_copy_file(entry)?;
            }
        }
        let stored =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        copy.start_file(SHEET_KINDS, stored)?;
        copy.write_all(kinds.as_bytes())?;
        Ok(copy.finish()?.into_inner())
    };
    copied().map(Cow::Owned).map_err(|error| broken(&error))
}

/// Looks in XML for references to cells that no sheet has. calamine reckons with them in 32 bits, unchecked.
#[derive(Default)]
struct References {
    in_tag: bool,
    /// The first letters of the attribute's name.
    name: Vec<u8>,
    quote: Option<u8>,
    /// Letters and digits of the reference so far.
    letters: usize,
    digits: usize,
    beyond: bool,
}

impl References {
    /// As many as `XFD1048576` has.
    const MOST_LETTERS: usize = 3;
    const MOST_DIGITS: usize = 7;

    fn look(&mut self, byte: u8) {
        match (self.in_tag, self.quote) {
            (false, _) => self.in_tag = byte == b'<',
            (true, Some(quote)) if byte == quote => {
                self.quote = None;
                self.name.clear();
            }
            (true, Some(_)) if !byte.is_ascii_alphanumeric() => {
                (self.letters, self.digits) = (0, 0);
            }
            (true, Some(_)) => {
                self.letters += usize::from(byte.is_ascii_alphabetic());
                self.digits += usize::from(byte.is_ascii_digit());
                let is_reference = matches!(self.name.as_slice(), b"r" | b"ref");
                let is_long = self.letters > Self::MOST_LETTERS || self.digits > Self::MOST_DIGITS;
                self.beyond |= is_reference && is_long;
            }
            (true, None) => match byte {
                b'>' => self.in_tag = false,
                b'"' | b'\'' => {
                    self.quote = Some(byte);
                    (self.letters, self.digits) = (0, 0);
                }
                b'=' => {}
                byte if byte.is_ascii_whitespace() => self.name.clear(),
                byte if self.name.len() < 4 => self.name.push(byte),
                _ => {}
            },
        }
    }
}

impl io::Write for References {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.look(*byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a workbook of the old format. calamine trusts the tables of a compound file and indexes by them, so that the one
/// stream that matters is taken out by a reader that checks them, and put alone into a sound file.
fn open_old(source: &Source) -> Result<OldBook, InputError> {
    let sound = |stream: &[u8]| -> io::Result<Vec<u8>> {
        // As Excel writes it, in sectors of 512 bytes: calamine does not find a long stream among larger ones.
        let file = Cursor::new(Vec::new());
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, file)?;
        file.create_stream(WORKBOOK)?.write_all(stream)?;
        file.flush()?;
        Ok(file.into_inner().into_inner())
    };
    let stream = workbook_stream(source)?;
    if is_encrypted(&stream) {
        return Err(source.malformed(the_workbook(), password()));
    }
    check_spread(source, &stream)?;
    let stream = tame(stream);
    let looks = looks_of(&stream);
    let bytes = sound(&stream).map_err(|error| broken(source, &error))?;
    // What is left may still be broken in a way that it trusts: a panic over it is an error like any other.
    let opened = std::panic::catch_unwind(|| Xls::new(Cursor::new(bytes)));
    let gave_up = |_| {
        let reason = words!(
            "its records cannot be read; save it as .xlsx or as CSV",
            "其中的记录无法读取；请另存为 .xlsx 或 CSV"
        );
        source.malformed(the_workbook(), reason)
    };
    let book = opened.map_err(gave_up)?;
    let book = book.map_err(|error| broken(source, &error))?;
    Ok(OldBook { book, looks })
}

/// A workbook of the old format, and how its sheets look.
struct OldBook {
    book: Xls<Cursor<Vec<u8>>>,
    /// In the order of the sheets.
    looks: Vec<Looks>,
}

const WORKBOOK: &str = "/Workbook";
/// What it was called before Excel 97.
const BOOK: &str = "/Book";
/// What a package is put into that a password protects.
const ENCRYPTED: &str = "/EncryptedPackage";
/// How a compound file begins.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fn password() -> Words {
    Words::new(
        "a password protects it; open it in a spreadsheet program, remove the password and save it again",
        "该文件设有密码；请用表格软件打开，取消密码后重新保存",
    )
}

/// The stream of records of an old workbook.
fn workbook_stream(source: &Source) -> Result<Vec<u8>, InputError> {
    if let Some(reason) = disguise(source.bytes()) {
        return Err(source.malformed(the_workbook(), reason));
    }
    let file = cfb::CompoundFile::open(Cursor::new(source.bytes()));
    let mut file = file.map_err(|error| broken(source, &error))?;
    if file.is_stream(ENCRYPTED) {
        return Err(source.malformed(the_workbook(), password()));
    }
    let Some(name) = [WORKBOOK, BOOK]
        .into_iter()
        .find(|name| file.is_stream(name))
    else {
        let reason = words!(
            "there is no workbook in it; save it as .xlsx or as CSV",
            "文件中没有工作簿；请另存为 .xlsx 或 CSV"
        );
        return Err(source.malformed(the_workbook(), reason));
    };
    let most = source.bytes().len() as u64;
    let mut stream = Vec::new();
    let read = file
        .open_stream(name)
        .and_then(|records| records.take(most).read_to_end(&mut stream));
    read.map_err(|error| broken(source, &error))?;
    Ok(stream)
}

/// What a file is in truth that has a workbook's name and is none: exports of web pages and tables of text often have.
fn disguise(bytes: &[u8]) -> Option<Words> {
    if bytes.starts_with(COMPOUND) {
        return None;
    }
    let first = &bytes[..bytes.len().min(512)];
    let text = first.trim_ascii_start();
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    if matches!(first, [0x09, 0x00 | 0x02 | 0x04, ..]) {
        Some(words!(
            "it is a workbook of Excel 4 or older; save it as .xlsx or as CSV",
            "这是 Excel 4 或更早版本的工作簿；请另存为 .xlsx 或 CSV"
        ))
    } else if text.starts_with(b"<") {
        Some(words!(
            "it is a web page or XML under the name of a workbook; open it in a spreadsheet program and save it as .xlsx or as CSV",
            "这是以工作簿命名的网页或 XML；请用表格软件打开，另存为 .xlsx 或 CSV"
        ))
    } else if first
        .iter()
        .all(|byte| *byte >= b' ' || byte.is_ascii_whitespace())
    {
        Some(words!(
            "it is text under the name of a workbook; name a table of text .csv, or save it as .xlsx",
            "这是以工作簿命名的文本；文本表格请以 .csv 命名，或另存为 .xlsx"
        ))
    } else {
        None
    }
}

/// The rows of a sheet, from its cells in the order of the file.
struct XlsxRows<'a, 'b> {
    source: &'a Source,
    name: String,
    cells: XlsxCellReader<'b, Bytes<'a>>,
    looks: &'b Looks,
    /// The first cell of the next row.
    next: Option<(u32, u32, String)>,
    /// The reader takes a further question after the last cell for a broken file.
    ended: bool,
}

impl XlsxRows<'_, '_> {
    fn sheet(&self) -> Words {
        let name = &self.name;
        words!("sheet {name}", "工作表 {name}")
    }

    /// The next cell that is not empty.
    fn cell(&mut self) -> Result<Option<(u32, u32, String)>, InputError> {
        while !self.ended {
            let cell = self.cells.next_cell_with_formula_metadata();
            let cell = cell.map_err(|error| {
                let reason = words!("{error}", "读取失败（{error}）");
                self.source.malformed(self.sheet(), reason)
            })?;
            let Some(cell) = cell else {
                self.ended = true;
                break;
            };
            let (row, column) = cell.pos;
            let text = match (&cell.value, &cell.formula) {
                (number @ (DataRef::Int(_) | DataRef::Float(_)), _) => {
                    self.looks.shown(row, column, text_of_ref(number))
                }
                // Not a blank: there is a value, and nobody worked it out.
                (DataRef::Empty, Some(formula)) => formula_text(formula),
                (value, _) => text_of_ref(value),
            };
            if !text.is_empty() {
                if row >= XLSX_ROWS || column >= XLSX_COLUMNS {
                    return Err(self.source.malformed(self.sheet(), beyond()));
                }
                return Ok(Some((row, column, text)));
            }
        }
        Ok(None)
    }

    fn advance(&mut self) -> Result<Option<TextRow>, InputError> {
        let first = match self.next.take() {
            Some(first) => Some(first),
            None => self.cell()?,
        };
        let Some((row, column, text)) = first else {
            return Ok(None);
        };
        let mut cells = Vec::new();
        put(&mut cells, column, text);
        while let Some((next, column, text)) = self.cell()? {
            if next != row {
                self.next = Some((next, column, text));
                break;
            }
            put(&mut cells, column, text);
        }
        Ok(Some(Row {
            number: u64::from(row) + 1,
            cells,
        }))
    }
}

/// A formula as it would be typed.
fn formula_text(formula: &XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            format!("={formula}")
        }
        _ => "=".to_owned(),
    }
}

fn put(cells: &mut Vec<String>, column: u32, text: String) {
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    cells[column] = text;
}

impl Iterator for XlsxRows<'_, '_> {
    type Item = Result<TextRow, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance().transpose();
        if let Some(Err(_)) = next {
            self.ended = true;
        }
        next
    }
}

/// A cell as it would be typed: a number without decimals that it does not have; an error as it is shown.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.trim().to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(date) => date_text(date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A date as ISO 8601 has it, with its time where it has one; a duration or a time of day as the number that it is.
fn date_text(date: &ExcelDateTime) -> String {
    if !date.is_datetime() || date.as_f64() < 1.0 {
        return date.to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        day
    } else {
        format!("{day} {hour:02}:{minute:02}:{second:02}")
    }
}

fn text_of_ref(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(text) => text.trim().to_owned(),
        other => text_of(&Data::from(other.clone())),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn dates_are_read_as_dates_and_durations_as_numbers() {
        let cell =
            |days: f64, kind| text_of(&Data::DateTime(ExcelDateTime::new(days, kind, false)));
        // Excel shows 43831 as 2020-01-01, and 43831.75 with 18:00.
        let date = ExcelDateTimeType::DateTime;
        assert_eq!(cell(43_831.0, date), "2020-01-01");
        assert_eq!(cell(43_831.75, date), "2020-01-01 18:00:00");
        assert_eq!(cell(0.5, date), "0.5");
        assert_eq!(cell(1.5, ExcelDateTimeType::TimeDelta), "1.5");
    }
}
