//! The records of an old spreadsheet's stream (BIFF), before calamine reads them: how far the cells are spread, and only
//! records that it can read. It keeps a rectangle around all cells, and indexes into records without looking at their
//! lengths.
//!
//! # Source
//! \[MS-XLS\]: Excel Binary File Format Structure.

use std::ops::Range;

use super::excel::the_workbook;
use super::{InputError, Source};
use crate::language::words;

/// The cells that a sheet of the old format may span; its rows end at 65,536.
const MOST_CELLS: u64 = 4 << 20;
/// The old format has columns up to IV.
const XLS_COLUMNS: u32 = 256;

/// The kind of every record and where its body lies; the last one may break off.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let [a, b, c, d] = *stream.get(at..at + 4)?.first_chunk()?;
        let start = at + 4;
        let length = usize::from(u16::from_le_bytes([c, d])).min(stream.len() - start);
        at = start + length;
        Some((u16::from_le_bytes([a, b]), start..at))
    })
}

/// The stream with only what is read of it: the table of sheets and strings, formats, and cells. Every other record, and
/// each that is too short for what it says, becomes one that nobody reads; so does the formula of a cell, whose value stays.
pub(super) fn tame(mut stream: Vec<u8>) -> Vec<u8> {
    let list: Vec<(u16, Range<usize>)> = records(&stream).collect();
    let starts: Vec<usize> = list
        .iter()
        .filter(|(kind, _)| *kind == BIFF_START)
        .map(|(_, body)| body.start - 4)
        .collect();
    for (kind, body) in list {
        let record = &stream[body.clone()];
        let is_sound = READ
            .iter()
            .any(|(read, least)| *read == kind && record.len() >= *least)
            && (kind != BIFF_SHEET || begins_at(record, &starts))
            && (kind != BIFF_RUN || is_run(record));
        if !is_sound {
            stream[body.start - 4..body.start - 2].copy_from_slice(&UNREAD.to_le_bytes());
        } else if kind == BIFF_FORMULA {
            stream[body.start + FORMULA_VALUE..body.end].fill(0);
        }
    }
    stream
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

/// A record that no reader needs: `ExtSST`.
const UNREAD: u16 = 0x00FF;
/// `BoundSheet8`: where a sheet begins, and its name.
const BIFF_SHEET: u16 = 0x0085;
const BIFF_FORMULA: u16 = 0x0006;
/// A formula's record up to and with its value.
const FORMULA_VALUE: usize = 20;
/// What is read, and how long each is at least: BOF, EOF, Continue, `FilePass`, `CodePage`, `Date1904`, Format, XF,
/// `BoundSheet8`, SST, Formula, String, Number, Label, `BoolErr`, RK, `MulRk`, `LabelSst`, `RString`.
const READ: [(u16, usize); 19] = [
    (BIFF_START, 4),
    (0x000A, 0),
    (0x003C, 1),
    (0x002F, 2),
    (0x0042, 2),
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
const BIFF_START: u16 = 0x0809;
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

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// The old format's last row.
const XLS_ROWS: u32 = 65_536;
/// Several numbers beside each other: `MulRk`.
const BIFF_RUN: u16 = 0x00BD;
/// The records that hold cells: Formula, Number, Label, `BoolErr`, Rk, `MulRk`, `LabelSst`, `RString`.
const BIFF_CELLS: [u16; 8] = [
    0x0006, 0x0203, 0x0204, 0x0205, 0x027E, BIFF_RUN, 0x00FD, 0x00D6,
];
