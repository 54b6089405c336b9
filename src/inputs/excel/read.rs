//! Reads the sheets of a workbook.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx};

use super::cell_text::text_of;
use super::rows::{Bytes, TextRow, XlsxRows};
use super::wrong::broken;
use super::xls::{OldBook, open_old};
use super::xlsx::{check_size, readable_package};
use crate::inputs::cells::Comma;
use crate::inputs::looks::{Looks, least_digits};
use crate::inputs::merged::{self, Merged};
use crate::inputs::package::hidden_rows;
use crate::inputs::table::{self, Dialect, Row};
use crate::inputs::watched::Watched;
use crate::inputs::{InputError, Known, KnownBy, PointRecords, ReadOptions, Source};
use crate::model::FindingCode;
use crate::text::language::{Words, words};

/// Reads the point records of the first sheet with a header, or of the one that is named. A row that cannot be used is a
/// record with a [`Fault`]; empty rows are skipped.
///
/// # Errors
/// [`InputError::Malformed`] for a file that is no workbook or unpacks to far more than it should, [`InputError::Column`]
/// without a column for longitude or latitude, or without one that was named.
///
/// [`Fault`]: crate::model::Fault
pub(in crate::inputs) fn read_points(
    source: Watched<'_>,
    options: &ReadOptions,
) -> Result<PointRecords, InputError> {
    if source.bytes().starts_with(b"PK") {
        read_xlsx(source, options)
    } else {
        read_xls(source, options)
    }
}

fn read_xlsx(source: Watched<'_>, options: &ReadOptions) -> Result<PointRecords, InputError> {
    check_size(source)?;
    let package = readable_package(&source)?;
    let watched = source.over(Cursor::new(&*package));
    let mut book = Xlsx::new(watched).map_err(|error| broken(&source, &error))?;
    let (sheets, by) = chosen(&source, book.sheets_metadata(), options.sheet())?;
    first_table(&source, &sheets, |name| {
        let merged = if merged::are_asked(options) {
            // A sheet that is broken is found out when its cells are read.
            book.merge_cells_by_sheet_name(name).unwrap_or_default()
        } else {
            Vec::new()
        };
        let merged = Merged::new(merged);
        let looks = Looks::new(
            hidden_rows(&package, name),
            least_digits_of(&mut book, name),
        );
        let cells = book.worksheet_cells_reader(name);
        let cells = cells.map_err(|error| broken(&source, &error))?;
        let rows = XlsxRows::new(source.source(), name, cells, &looks);
        let rows = rows.inspect(|row| merged.look(row, 0));
        let mut points = read_sheet(source, options, (name, by), rows)?;
        merged.fill(&mut points);
        looks.say(&mut points);
        Ok(points)
    })
}

fn read_xls(source: Watched<'_>, options: &ReadOptions) -> Result<PointRecords, InputError> {
    let OldBook { mut book, looks } = open_old(&source)?;
    let listed = book.sheets_metadata().to_vec();
    let (sheets, by) = chosen(&source, &listed, options.sheet())?;
    let plain = Looks::default();
    first_table(&source, &sheets, |name| {
        let range = book
            .worksheet_range(name)
            .map_err(|error| broken(&source, &error))?;
        let merged = if merged::are_asked(options) {
            book.merge_cells_by_sheet_name(name).unwrap_or_default()
        } else {
            Vec::new()
        };
        let merged = Merged::new(merged);
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
        let mut points = read_sheet(source, options, (name, by), rows)?;
        merged.fill(&mut points);
        looks.say(&mut points);
        Ok(points)
    })
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

/// The named sheet, or all of them, of which the first with a header that can be used is taken, those that are seen before those
/// that are hidden; and how that is known. A sheet that is a chart has no cells.
fn chosen(
    source: &Source,
    sheets: &[Sheet],
    sheet: Option<Known<&str>>,
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
        return Ok((vec![name.clone()], by));
    }
    if by == KnownBy::General {
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
    options: &ReadOptions,
    (name, by): (&str, KnownBy),
    rows: impl Iterator<Item = Result<TextRow, InputError>>,
) -> Result<PointRecords, InputError> {
    let dialect = Dialect {
        row: &format!("sheet {name} row"),
        comma: Comma::Thousands,
        is_whole: false,
    };
    let rows = rows.map(|row| source.check().and(row));
    let mut points = table::read_points(&source, rows, options, dialect)?;
    points.reading.sheet = Some(Known::new(name.to_owned(), by));
    Ok(points)
}
