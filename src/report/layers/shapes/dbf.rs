//! The cells of a Shapefile, as dBASE III has them: text of fixed width.
//!
//! # Source
//! Ashton-Tate's table file structure, as Esri's *Shapefile Technical Description* (1998) takes it over; UTF-8 is said in the `.cpg`.

use std::io::{self, Write};

use crate::crs::WrittenSystem;
use crate::report::layers::layer::{Cell, FieldKind, Layer, Rows, Shape};

/// Bytes of a cell of text.
const MOST_TEXT: usize = 254;
/// dBASE III without memos.
const VERSION: u8 = 3;
/// 1970-01-01, years from 1900: the format wants a day, and the same results are to be the same bytes.
const NO_DAY: [u8; 3] = [70, 1, 1];
const HEADER: usize = 32;
const END_OF_HEADER: u8 = 0x0D;
const END_OF_FILE: u8 = 0x1A;

/// A column.
pub(super) struct Column {
    name: String,
    kind: FieldKind,
    width: u8,
}

impl Column {
    /// One whose longest cell has so many bytes.
    pub(super) fn new(name: &str, kind: FieldKind, longest: usize) -> Self {
        // A digit and the point before the decimals, also where there is no number.
        let least = match kind {
            FieldKind::Real(decimals) => 2 + usize::from(decimals),
            _ => 1,
        };
        Self {
            name: name.to_owned(),
            kind,
            width: longest.clamp(least, MOST_TEXT) as u8,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it holds.
    pub(super) fn width(&self) -> u8 {
        self.width
    }

    fn descriptor(&self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..self.name.len()].copy_from_slice(self.name.as_bytes());
        let decimals = match self.kind {
            FieldKind::Real(decimals) => decimals,
            _ => 0,
        };
        bytes[11] = match self.kind {
            FieldKind::Text => b'C',
            FieldKind::Integer | FieldKind::Real(_) => b'N',
            FieldKind::Flag => b'L',
        };
        bytes[16] = self.width;
        bytes[17] = decimals;
        bytes
    }
}

/// The bytes of a row: a space says that it is not deleted.
fn row_bytes(columns: &[Column]) -> usize {
    1 + columns
        .iter()
        .map(|column| usize::from(column.width))
        .sum::<usize>()
}

/// The bytes of a file.
pub(super) fn bytes(columns: &[Column], rows: u64) -> u64 {
    let head = HEADER * (columns.len() + 1) + 2;
    head as u64 + rows * row_bytes(columns) as u64
}

pub(super) fn write(
    layer: &Layer<'_>,
    system: &WrittenSystem,
    rows: u64,
    columns: &[Column],
    writer: &mut dyn Write,
) -> io::Result<()> {
    let mut header = [0; HEADER];
    header[0] = VERSION;
    header[1..4].copy_from_slice(&NO_DAY);
    header[4..8].copy_from_slice(&(rows as u32).to_le_bytes());
    let head = (HEADER * (columns.len() + 1) + 1) as u16;
    header[8..10].copy_from_slice(&head.to_le_bytes());
    header[10..12].copy_from_slice(&(row_bytes(columns) as u16).to_le_bytes());
    writer.write_all(&header)?;
    for column in columns {
        writer.write_all(&column.descriptor())?;
    }
    writer.write_all(&[END_OF_HEADER])?;
    let mut cells = Cells {
        columns,
        row: Vec::with_capacity(row_bytes(columns)),
        text: String::new(),
        writer,
    };
    layer.give(system, &mut cells)?;
    cells.writer.write_all(&[END_OF_FILE])
}

struct Cells<'w> {
    columns: &'w [Column],
    row: Vec<u8>,
    text: String,
    writer: &'w mut dyn Write,
}

impl Rows for Cells<'_> {
    fn row(&mut self, cells: &[Cell<'_>], _: Shape<'_>) -> io::Result<()> {
        self.row.clear();
        self.row.push(b' ');
        for (column, cell) in self.columns.iter().zip(cells) {
            self.text.clear();
            cell.write_text(column.kind, &mut self.text);
            let width = usize::from(column.width);
            let kept = kept_bytes(&self.text, width);
            let blank = std::iter::repeat_n(b' ', width - kept);
            match column.kind {
                FieldKind::Text => {
                    self.row.extend(&self.text.as_bytes()[..kept]);
                    self.row.extend(blank);
                }
                FieldKind::Flag if kept == 0 => self.row.push(b'?'),
                _ => {
                    self.row.extend(blank);
                    self.row.extend(&self.text.as_bytes()[..kept]);
                }
            }
        }
        self.writer.write_all(&self.row)
    }
}

/// How many bytes of a text are kept in a cell of this width: whole letters.
fn kept_bytes(text: &str, width: usize) -> usize {
    let mut ends = (0..=width.min(text.len())).rev();
    ends.find(|end| text.is_char_boundary(*end))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_letters() {
        for (text, width, kept) in [
            ("abc", 5, 3),
            ("abc", 2, 2),
            ("站点", 5, 3),
            ("站点", 6, 6),
            ("站点", 2, 0),
            ("", 1, 0),
        ] {
            assert_eq!(kept_bytes(text, width), kept, "{text} {width}");
        }
    }
}
