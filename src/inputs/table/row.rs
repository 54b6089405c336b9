//! A row of a table.

use crate::inputs::cells::Comma;
#[cfg(feature = "csv")]
use crate::inputs::header::Cells;

#[cfg(feature = "csv")]
impl Cells for csv::StringRecord {
    fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter()
    }

    fn cell(&self, column: usize) -> Option<&str> {
        let text = self.get(column)?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// A row and where it stands.
pub(in crate::inputs) struct Row<C> {
    /// Counted from 1.
    pub(in crate::inputs) number: u64,
    pub(in crate::inputs) cells: C,
}

/// How the rows of a file are named and written.
#[derive(Clone, Copy)]
pub(in crate::inputs) struct Dialect<'a> {
    /// What stands before a row's number: `line`, `sheet 站点 row`.
    pub(in crate::inputs) row: &'a str,
    pub(in crate::inputs) comma: Comma,
    /// Whether each row has a cell for each column, also an empty one.
    pub(in crate::inputs) is_whole: bool,
}
