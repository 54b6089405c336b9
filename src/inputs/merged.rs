//! Cells of a workbook that are merged downwards: what stands in the first row of such a cell holds for each of its rows, where
//! it names a place or a kind. A number of people or a size does not: it would be counted once for every row.

use std::cell::RefCell;
use std::collections::BTreeMap;

use calamine::Dimensions;

use super::looks::row_of;
use super::table::Row;
use super::{InputError, PointRecords, ReadOptions};
use crate::model::{Attribute, FindingCode};
use crate::text::language::{place_zh, words};

/// The columns whose merged cells hold for each row.
fn held() -> impl Iterator<Item = Attribute> {
    let is_held =
        |attribute: &Attribute| *attribute == Attribute::Tier || attribute.is_name_or_code();
    Attribute::ALL.into_iter().filter(is_held)
}

/// The header stands in one of so many rows that are not empty.
const HEADER_ROWS: usize = 100;

/// Whether some column is kept whose merged cells are looked at.
pub(super) fn are_asked(options: &ReadOptions) -> bool {
    let mut kept = options.kept.iter();
    kept.any(|kept| held().any(|held| held.key() == kept.key()))
}

/// The cells of one sheet that are merged downwards.
#[derive(Default)]
pub(super) struct Merged {
    /// By column and first row, from 0: the last row, and what stands there.
    cells: RefCell<BTreeMap<(u32, u32), (u32, String)>>,
    /// The first rows of the sheet, by their numbers.
    top: RefCell<Vec<(u64, Vec<String>)>>,
}

impl Merged {
    pub(super) fn new(regions: Vec<Dimensions>) -> Self {
        let downwards = regions.into_iter().filter(|one| one.end.0 > one.start.0);
        let cells = downwards.map(|one| {
            let (row, column) = one.start;
            ((column, row), (one.end.0, String::new()))
        });
        Self {
            cells: RefCell::new(cells.collect()),
            top: RefCell::default(),
        }
    }

    /// Looks at a row while it is read, whose cells begin in a column.
    pub(super) fn look(&self, row: &Result<Row<Vec<String>>, InputError>, first: u32) {
        let Ok(row) = row else { return };
        let mut cells = self.cells.borrow_mut();
        if cells.is_empty() {
            return;
        }
        let mut top = self.top.borrow_mut();
        if top.len() < HEADER_ROWS {
            let before = (0..first).map(|_| String::new());
            top.push((
                row.number,
                before.chain(row.cells.iter().cloned()).collect(),
            ));
        }
        let at = u32::try_from(row.number.saturating_sub(1)).unwrap_or(u32::MAX);
        for (column, text) in (first..).zip(&row.cells) {
            if let Some((_, known)) = cells.get_mut(&(column, at)) {
                known.clone_from(text);
            }
        }
    }

    /// Fills the blank cells of columns of places and kinds.
    pub(super) fn fill(&self, points: &mut PointRecords) {
        if self.cells.borrow().is_empty() || points.attributes.rows() != points.records.len() {
            return;
        }
        for attribute in held() {
            let mut taken = points.reading.taken.iter();
            let taken = taken.find(|taken| taken.role == attribute.key());
            let Some(name) = taken.map(|taken| taken.column.clone()) else {
                continue;
            };
            if let Some(at) = self.column(&name, points.reading.header) {
                self.fill_column(points, attribute, (at, &name));
            }
        }
    }

    fn fill_column(
        &self,
        points: &mut PointRecords,
        attribute: Attribute,
        (at, name): (u32, &str),
    ) {
        let Some(column) = points.attributes.of(attribute) else {
            return;
        };
        let mut filled = Vec::new();
        let texts = points.records.iter().enumerate().map(|(row, record)| {
            let own = column.get(row).map(str::to_owned);
            let text = own.or_else(|| {
                let above = self.above(at, &record.source)?;
                filled.push(record.source.clone());
                Some(above)
            });
            text.unwrap_or_default()
        });
        let texts: Vec<String> = texts.collect();
        let is_filled = !filled.is_empty();
        for source in filled {
            points.findings.add(FindingCode::MergedCell, || {
                let zh = place_zh(&source);
                words!("{source}, column {name}", "{zh}，“{name}”列")
            });
        }
        if is_filled {
            points.attributes.set(attribute.key(), texts.into_iter());
        }
    }

    /// Where a column of this name stands: the lowest row of the header that has it says so.
    fn column(&self, name: &str, header: Option<(u64, u64)>) -> Option<u32> {
        let (first, last) = header?;
        let top = self.top.borrow();
        let rows = top.iter().rev();
        let mut rows = rows.filter(|(number, _)| (first..=last).contains(number));
        let position =
            rows.find_map(|(_, cells)| cells.iter().position(|cell| cell.trim() == name));
        position.and_then(|position| u32::try_from(position).ok())
    }

    /// What stands in the merged cell over the row of a record.
    fn above(&self, column: u32, source: &str) -> Option<String> {
        let row = row_of(source)?;
        let cells = self.cells.borrow();
        let (_, (last, text)) = cells.range((column, 0)..(column, row)).next_back()?;
        (*last >= row && !text.is_empty()).then(|| text.clone())
    }
}
