//! The records of an old spreadsheet's stream (BIFF), before calamine reads them: how far the cells are spread, and only
//! records that it can read. It keeps a rectangle around all cells, and indexes into records without looking at their
//! lengths.
//!
//! # Source
//! \[MS-XLS\]: Excel Binary File Format Structure.

use std::ops::Range;

use super::excel::the_workbook;
use super::{InputError, Source};
use crate::text::language::words;

/// The cells that a sheet of the old format may span; its rows end at 65,536.
const MOST_CELLS: u64 = 4 << 20;
/// The old format has columns up to IV.
const XLS_COLUMNS: u32 = 256;

/// The kind of every record and where its body lies; the last one may break off.
pub(super) fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let [a, b, c, d] = *stream.get(at..at + 4)?.first_chunk()?;
        let start = at + 4;
        let length = usize::from(u16::from_le_bytes([c, d])).min(stream.len() - start);
        at = start + length;
        Some((u16::from_le_bytes([a, b]), start..at))
    })
}

/// Whether a password protects the stream: its records have their kinds and lengths, and what is in them is encrypted.
pub(super) fn is_encrypted(stream: &[u8]) -> bool {
    records(stream)
        .take_while(|(kind, _)| *kind != BIFF_END)
        .any(|(kind, _)| kind == BIFF_PASSWORD)
}

/// The stream with only what is read of it: the table of sheets and strings, formats, and cells. Every other record, and
/// each that is too short for what it says, becomes one that nobody reads; so do sheets without a table (charts, macros) and
/// the formula of a cell, whose value stays.
pub(super) fn tame(mut stream: Vec<u8>) -> Vec<u8> {
    let list: Vec<(u16, Range<usize>)> = records(&stream).collect();
    let starts: Vec<usize> = list
        .iter()
        .filter(|(kind, _)| *kind == BIFF_START)
        .map(|(_, body)| body.start - 4)
        .collect();
    let is_unicode = is_unicode(&stream);
    for (kind, body) in list {
        let record = &stream[body.clone()];
        let is_sound = READ
            .iter()
            .any(|(read, least)| *read == kind && record.len() >= *least)
            && (kind != BIFF_SHEET || is_table(record) && begins_at(record, &starts))
            && (kind != BIFF_RUN || is_run(record))
            && (kind != BIFF_MERGED || is_list_of_merged(record));
        if !is_sound {
            stream[body.start - 4..body.start - 2].copy_from_slice(&UNREAD.to_le_bytes());
            continue;
        }
        let record = &mut stream[body];
        match kind {
            BIFF_FORMULA => record[FORMULA_VALUE..].fill(0),
            // The two lowest bits say whether it is hidden; of the four values one has no meaning.
            BIFF_SHEET => record[4] = (record[4] & 0b11).min(2),
            BIFF_CODE_PAGE => {
                let page = code_page(u16::from_le_bytes([record[0], record[1]]), is_unicode);
                record[..2].copy_from_slice(&page.to_le_bytes());
            }
            _ => {}
        }
    }
    stream
}

/// Whether the text is in UTF-16 (BIFF8), by the stream's first record.
fn is_unicode(stream: &[u8]) -> bool {
    let first = records(stream).next();
    let version = first.and_then(|(_, body)| u16_at(&stream[body], 0));
    version == Some(BIFF_8)
}

/// The code page by which text is to be read. Text in UTF-16 is that whatever the record says, which many writers leave at
/// their system's; three numbers are other names of code pages (2.4.52).
fn code_page(page: u16, is_unicode: bool) -> u16 {
    match page {
        _ if is_unicode => UTF_16,
        // ASCII, and what Excel for Windows wrote before 1995.
        367 | 0x8001 => WINDOWS_WESTERN,
        0x8000 => MAC_ROMAN,
        page => page,
    }
}

const UTF_16: u16 = 1200;
const WINDOWS_WESTERN: u16 = 1252;
const MAC_ROMAN: u16 = 10_000;
/// The version of Excel 97 to 2003.
pub(super) const BIFF_8: u16 = 0x0600;

/// Whether the sheet that a record lists has cells, and is no chart, macro sheet or module.
fn is_table(sheet: &[u8]) -> bool {
    sheet.get(5) == Some(&0)
}

/// Whether the sheet that a record lists begins where a sheet does.
fn begins_at(sheet: &[u8], starts: &[usize]) -> bool {
    let (low, high) = (u16_at(sheet, 0), u16_at(sheet, 2));
    let position = low
        .zip(high)
        .map(|(low, high)| usize::from(high) << 16 | usize::from(low));
    position.is_some_and(|position| starts.binary_search(&position).is_ok())
}

/// Whether a run of numbers is as long as its columns say: six bytes for each, and six around them.
fn is_run(record: &[u8]) -> bool {
    let (first, last) = (u16_at(record, 2), u16_at(record, record.len() - 2));
    let columns = first
        .zip(last)
        .and_then(|(first, last)| last.checked_sub(first));
    columns.is_some_and(|columns| record.len() == 6 + 6 * (usize::from(columns) + 1))
}

/// Whether a list of merged cells is as long as it says: eight bytes for each, behind their number.
fn is_list_of_merged(record: &[u8]) -> bool {
    u16_at(record, 0).is_some_and(|count| record.len() >= 2 + 8 * usize::from(count))
}

/// A record that no reader needs: `ExtSST`.
const UNREAD: u16 = 0x00FF;
/// `BoundSheet8`: where a sheet begins, and its name.
pub(super) const BIFF_SHEET: u16 = 0x0085;
const BIFF_FORMULA: u16 = 0x0006;
/// `CodePage`.
const BIFF_CODE_PAGE: u16 = 0x0042;
/// `FilePass`: what follows is encrypted.
const BIFF_PASSWORD: u16 = 0x002F;
/// The end of the workbook's own records, of a sheet or a chart.
pub(super) const BIFF_END: u16 = 0x000A;
/// A formula's record up to and with its value.
const FORMULA_VALUE: usize = 20;
/// How a row looks: `Row`. calamine passes over it.
pub(super) const BIFF_ROW: u16 = 0x0208;
/// `MergeCells`.
const BIFF_MERGED: u16 = 0x00E5;
/// What is read, and how long each is at least: BOF, EOF, Continue, `FilePass`, `CodePage`, `Date1904`, Format, XF,
/// `BoundSheet8`, SST, Formula, String, Number, Label, `BoolErr`, RK, `MulRk`, `LabelSst`, `RString`, `MergeCells`,
/// Row.
const READ: [(u16, usize); 21] = [
    (BIFF_START, 4),
    (BIFF_END, 0),
    (0x003C, 1),
    (BIFF_PASSWORD, 2),
    (BIFF_CODE_PAGE, 2),
    (0x0022, 2),
    (0x041E, 5),
    (0x00E0, 4),
    (BIFF_SHEET, 8),
    (0x00FC, 8),
    (BIFF_FORMULA, FORMULA_VALUE + 2),
    (0x0207, 3),
    (0x0203, 14),
    (0x0204, 9),
    (0x0205, 8),
    (0x027E, 10),
    (BIFF_RUN, 12),
    (0x00FD, 10),
    (0x00D6, 9),
    (BIFF_MERGED, 2),
    (BIFF_ROW, 14),
];

/// The reader of the old format keeps a rectangle around all cells of a sheet: one cell far away would take all memory.
pub(super) fn check_spread(source: &Source, stream: &[u8]) -> Result<(), InputError> {
    let (mut rows, mut columns, mut total) = (0, 0, 0);
    for (kind, body) in records(stream) {
        let record = &stream[body];
        if kind == BIFF_START {
            (rows, columns) = (0, 0);
        }
        if kind == BIFF_DIMENSIONS && !fits_a_sheet(record) {
            return Err(source.malformed(
                the_workbook(),
                words!(
                    "a sheet claims to be larger than any can be",
                    "工作表声明的范围超出格式允许的上限"
                ),
            ));
        }
        if let (true, [a, b, c, d, ..]) = (BIFF_CELLS.contains(&kind), record) {
            let before = rows * columns;
            rows = rows.max(u64::from(u16::from_le_bytes([*a, *b])) + 1);
            let column = u32::from(u16::from_le_bytes([*c, *d]));
            // A run of cells ends with its last column.
            let last = match record {
                [.., e, f] if kind == BIFF_RUN => u32::from(u16::from_le_bytes([*e, *f])),
                _ => column,
            };
            let column = column.max(last);
            if column >= XLS_COLUMNS {
                return Err(source.malformed(
                    the_workbook(),
                    words!(
                        "a cell in column {column}, and there are 256",
                        "有单元格位于第 {column} 列，而该格式只有 256 列"
                    ),
                ));
            }
            columns = columns.max(u64::from(column) + 1);
            total += rows * columns - before;
        }
        if total > MOST_CELLS {
            let reason = words!(
                "its cells are spread over too much ground; save it as .xlsx",
                "单元格分布范围过大；请另存为 .xlsx"
            );
            return Err(source.malformed(the_workbook(), reason));
        }
    }
    Ok(())
}

/// The record that begins the workbook, a sheet or a chart (2.4.21).
pub(super) const BIFF_START: u16 = 0x0809;
/// What a sheet claims to span: rows from and to, columns from and to.
const BIFF_DIMENSIONS: u16 = 0x0200;

/// Whether the claimed rows and columns are within the format's limits: the reader makes room for them.
fn fits_a_sheet(dimensions: &[u8]) -> bool {
    // The newer of the two layouts counts rows in four bytes.
    let (rows, columns) = if dimensions.len() >= 14 {
        let high = u16_at(dimensions, 6).unwrap_or_default();
        let low = u16_at(dimensions, 4).unwrap_or_default();
        (
            u32::from(high) << 16 | u32::from(low),
            u16_at(dimensions, 10),
        )
    } else {
        let rows = u16_at(dimensions, 2).unwrap_or_default();
        (u32::from(rows), u16_at(dimensions, 6))
    };
    rows <= XLS_ROWS && u32::from(columns.unwrap_or_default()) <= XLS_COLUMNS
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// The old format's last row.
const XLS_ROWS: u32 = 65_536;
/// Several numbers beside each other: `MulRk`.
pub(super) const BIFF_RUN: u16 = 0x00BD;
/// The records that hold cells: Formula, Number, Label, `BoolErr`, Rk, `MulRk`, `LabelSst`, `RString`.
const BIFF_CELLS: [u16; 8] = [
    0x0006, 0x0203, 0x0204, 0x0205, 0x027E, BIFF_RUN, 0x00FD, 0x00D6,
];
