//! What an old workbook shows beside the values of its cells: hidden rows, and numbers with zeros in front.
//!
//! # Source
//! \[MS-XLS\]: 2.4.220 (Row), 2.4.126 (Format), 2.4.353 (XF).

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::biff::{BIFF_8, BIFF_END, BIFF_ROW, BIFF_RUN, BIFF_SHEET, BIFF_START, records, u16_at};
use super::looks::{Looks, least_digits};

const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
/// The records of single numbers: Number, Rk, Formula.
const NUMBERS: [u16; 3] = [0x0203, 0x027E, 0x0006];
/// The bit of a row's options that says it is hidden, and where they stand.
const HIDDEN: u16 = 0x20;
const ROW_OPTIONS: usize = 12;
/// In a run of numbers each has its format and its value; the first stands behind row and column.
const RUN_START: usize = 4;
const RUN_BYTES: usize = 6;

/// How each sheet that has cells looks, in the order in which they are listed.
pub(super) fn looks_of(stream: &[u8]) -> Vec<Looks> {
    let formats = Formats::new(stream);
    let globals = records(stream).take_while(|(kind, _)| *kind != BIFF_END);
    let sheets = globals.filter(|(kind, _)| *kind == BIFF_SHEET);
    let starts = sheets.map(|(_, body)| {
        let [low, high] = [0, 2].map(|at| u16_at(&stream[body.clone()], at).unwrap_or_default());
        usize::from(high) << 16 | usize::from(low)
    });
    starts
        .map(|start| looks_at(stream, start, &formats))
        .collect()
}

/// How the sheet looks that begins at a byte.
fn looks_at(stream: &[u8], start: usize, formats: &Formats) -> Looks {
    let mut seen = Seen::default();
    let sheet = stream.get(start..).unwrap_or_default();
    // Charts in a sheet have records of their own.
    let mut depth = 0u32;
    for (kind, body) in records(sheet) {
        match kind {
            BIFF_START => depth += 1,
            BIFF_END if depth <= 1 => break,
            BIFF_END => depth -= 1,
            _ if depth == 1 => seen.look(kind, &sheet[body], formats),
            _ => {}
        }
    }
    Looks::new(seen.hidden, seen.digits)
}

/// What was seen of a sheet so far.
#[derive(Default)]
struct Seen {
    hidden: BTreeSet<u32>,
    digits: HashMap<(u32, u32), usize>,
}

impl Seen {
    fn look(&mut self, kind: u16, record: &[u8], formats: &Formats) {
        let [Some(row), Some(second)] = [0, 2].map(|at| u16_at(record, at)) else {
            return;
        };
        let mut put = |column: u16, format: Option<u16>| {
            if let Some(digits) = format.and_then(|format| formats.digits(format)) {
                let at = (u32::from(row), u32::from(column));
                self.digits.insert(at, digits);
            }
        };
        if NUMBERS.contains(&kind) {
            put(second, u16_at(record, 4));
        } else if kind == BIFF_RUN {
            let numbers = record.get(RUN_START..record.len().saturating_sub(2));
            let numbers = numbers.unwrap_or_default().chunks_exact(RUN_BYTES);
            for (number, column) in numbers.zip(second..) {
                put(column, u16_at(number, 0));
            }
        } else if kind == BIFF_ROW
            && u16_at(record, ROW_OPTIONS).is_some_and(|options| options & HIDDEN != 0)
        {
            self.hidden.insert(u32::from(row));
        }
    }
}

/// The number formats of cells.
struct Formats {
    /// By kind of cell the digits that it shows at least.
    digits: Vec<Option<usize>>,
}

impl Formats {
    fn new(stream: &[u8]) -> Self {
        let first = records(stream).next();
        let version = first.and_then(|(_, body)| u16_at(&stream[body], 0));
        let globals = || records(stream).take_while(|(kind, _)| *kind != BIFF_END);
        let of_kind = |wanted: u16| {
            let found = globals().filter(move |(kind, _)| *kind == wanted);
            found.map(|(_, body): (u16, Range<usize>)| &stream[body])
        };
        let formats: Vec<(u16, usize)> = of_kind(FORMAT)
            .filter_map(|record| {
                let code = format_code(record, version == Some(BIFF_8))?;
                Some((u16_at(record, 0)?, least_digits(&code)?))
            })
            .collect();
        let digits = of_kind(XF).map(|record| {
            let format = u16_at(record, 2)?;
            let known = formats.iter().find(|(number, _)| *number == format);
            known.map(|(_, digits)| *digits)
        });
        Self {
            digits: digits.collect(),
        }
    }

    fn digits(&self, format: u16) -> Option<usize> {
        self.digits.get(usize::from(format)).copied().flatten()
    }
}

/// The code of a number format, as far as it is ASCII: others are no zeros alone.
fn format_code(record: &[u8], is_biff_8: bool) -> Option<String> {
    let text = if is_biff_8 {
        let (flags, text) = (record.get(4)?, record.get(5..)?);
        let length = usize::from(u16_at(record, 2)?);
        if flags & 1 == 0 {
            text.get(..length)?.to_vec()
        } else {
            let wide = text.get(..2 * length)?.chunks_exact(2);
            wide.map(|letter| if letter[1] == 0 { letter[0] } else { b'?' })
                .collect()
        }
    } else {
        let length = usize::from(*record.get(2)?);
        record.get(3..3 + length)?.to_vec()
    };
    String::from_utf8(text).ok()
}
