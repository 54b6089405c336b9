//! The rows of a sheet of a package.

use std::io::Cursor;

use calamine::{DataRef, XlsxCellReader};

use super::cell_text::{formula_text, text_of_ref};
use super::wrong::beyond;
use crate::inputs::looks::Looks;
use crate::inputs::table::Row;
use crate::inputs::watched::WatchedReader;
use crate::inputs::{InputError, Source};
use crate::text::language::{Words, words};

/// The last row and column that a sheet has: XFD1048576.
const XLSX_ROWS: u32 = 1 << 20;
const XLSX_COLUMNS: u32 = 1 << 14;

/// The bytes of a package.
pub(super) type Bytes<'a> = WatchedReader<'a, Cursor<&'a [u8]>>;
/// A row of texts.
pub(super) type TextRow = Row<Vec<String>>;

/// The rows of a sheet, from its cells in the order of the file.
pub(super) struct XlsxRows<'a, 'b> {
    source: &'a Source,
    name: String,
    cells: XlsxCellReader<'b, Bytes<'a>>,
    looks: &'b Looks,
    /// The first cell of the next row.
    next: Option<(u32, u32, String)>,
    /// The reader takes a further question after the last cell for a broken file.
    ended: bool,
}

impl<'a, 'b> XlsxRows<'a, 'b> {
    pub(super) fn new(
        source: &'a Source,
        name: &str,
        cells: XlsxCellReader<'b, Bytes<'a>>,
        looks: &'b Looks,
    ) -> Self {
        Self {
            source,
            name: name.to_owned(),
            cells,
            looks,
            next: None,
            ended: false,
        }
    }

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
