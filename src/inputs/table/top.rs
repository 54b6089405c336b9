//! The header, looked for at the top of a table.

use super::layout::{Layout, PlaceColumns};
use super::row::Row;
use crate::inputs::header::{Cells, Header, is_of_header};
use crate::inputs::said::system_said_by;
use crate::inputs::units_above::states_unit;
use crate::inputs::{InputError, ReadOptions, Source};
use crate::text::language::Words;

/// What a table should hold.
pub(in crate::inputs) fn header_and_records() -> Words {
    Words::new("a header row and records", "表头和记录")
}

/// Whether a row is that by which a spreadsheet is told the separator: `sep=;`.
pub(super) fn names_separator(row: &impl Cells) -> bool {
    let mut filled = row.cells().filter(|cell| !cell.trim().is_empty());
    let is_it = filled.next().is_some_and(|cell| {
        let rest = cell.trim().to_lowercase();
        rest.strip_prefix("sep=").is_some_and(|rest| rest.len() < 2)
    });
    is_it && filled.next().is_none()
}

/// The first row, or rows one below the other, whose cells name the coordinates; and how many rows end with it.
pub(super) fn find_header<C: Cells>(
    source: &Source,
    top: &[Row<C>],
    options: &ReadOptions,
) -> Result<(Layout, usize), InputError> {
    // Of the row that is most like a header: with the most cells.
    let mut error_of_widest: Option<(usize, InputError)> = None;
    for (position, row) in top.iter().enumerate() {
        let below = top[position + 1..].iter();
        // The rows right below this one.
        let below = below
            .zip(row.number + 1..)
            .take_while(|(next, number)| next.number == *number);
        let below: Vec<&C> = below.map(|(next, _)| &next.cells).collect();
        match header_at(source, &row.cells, &below, options) {
            Ok(mut layout) => {
                let titles = top[..position].iter();
                layout.titles = titles
                    .map(|row| row.cells.cells().map(str::to_owned).collect())
                    .collect();
                layout.first_row = position;
                layout.take_units_above(&top[..position], row.number, options);
                let rows = position + layout.header.height();
                return Ok((layout, rows));
            }
            Err(error) => {
                let filled = row.cells.cells().filter(|cell| !cell.trim().is_empty());
                let filled = filled.count();
                if error_of_widest
                    .as_ref()
                    .is_none_or(|(most, _)| filled > *most)
                {
                    error_of_widest = Some((filled, error));
                }
            }
        }
    }
    let nothing = || InputError::Empty {
        layer: None,
        file: source.path().to_owned(),
        wanted: header_and_records(),
    };
    Err(error_of_widest.map_or_else(nothing, |(_, error)| error))
}

/// The layout by a header that begins with this row.
fn header_at<C: Cells>(
    source: &Source,
    row: &C,
    below: &[&C],
    options: &ReadOptions,
) -> Result<Layout, InputError> {
    let header = Header::new(row);
    let mut layout = Layout::new(source, header.clone(), options, below);
    // One heading over two columns is not one column with both.
    let is_whole = matches!(
        layout,
        Ok(Layout {
            place: PlaceColumns::Two { .. } | PlaceColumns::None,
            ..
        })
    );
    let mut rest = below.iter();
    if let (false, Some(lower)) = (is_whole || is_title(row), below.first())
        && header.has_names_in(*lower)
        && let Ok(both) = Layout::new(source, header.with_row(*lower), options, below)
        && matches!(both.place, PlaceColumns::Two { .. })
    {
        layout = Ok(both);
        rest.next();
    }
    let mut layout = layout?;
    for lower in rest {
        let is_part = is_of_header(*lower, layout.known_columns(), layout.place_columns());
        if !is_part || !layout.header.may_grow() {
            break;
        }
        let header = if layout.header.has_names_in(*lower) {
            layout.header.with_row(*lower)
        } else {
            layout.header.with_units(*lower)
        };
        layout = Layout::new(source, header, options, below)?;
    }
    Ok(layout)
}

/// Whether a row is a title, and no row of headings: nothing stands in it but its first cell, which says no coordinate system,
/// and the unit of the table.
fn is_title(row: &impl Cells) -> bool {
    let cells = row.cells().map(str::trim).enumerate();
    let mut others = cells.filter(|(_, cell)| !cell.is_empty() && !states_unit(cell));
    others.all(|(column, cell)| column == 0 && system_said_by(cell).is_none())
}
