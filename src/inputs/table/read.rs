//! Reads the rows of a table.

use super::layout::{Layout, PlaceColumns};
use super::row::{Dialect, Row};
use super::top::{find_header, names_separator};
use crate::inputs::header::Cells;
use crate::inputs::population::{ColumnNumbers, SAMPLED};
use crate::inputs::service_hours::ServiceHours;
use crate::inputs::system_column::{self, SystemColumn};
use crate::inputs::text::is_damaged;
use crate::inputs::thousands::PointedNumbers;
use crate::inputs::{
    InputError, LostCell, OtherColumns, PointRecord, PointRecords, ReadOptions, Reading, Source,
};
use crate::model::{AttributeWriter, Attributes, FindingCode, Findings};
use crate::text::language::Words;

/// How far down a header is looked for: below a title, a unit, a date and a note.
const HEADER_ROWS: usize = 30;

/// Reads the point records of a table. A row that cannot be used is a record with a [`Fault`](crate::model::Fault).
///
/// # Errors
/// [`InputError::Column`] without a row that names the coordinates, or one that was named; errors of `rows`.
pub(in crate::inputs) fn read_points<C: Cells>(
    source: &Source,
    mut rows: impl Iterator<Item = Result<Row<C>, InputError>>,
    options: &ReadOptions,
    dialect: Dialect<'_>,
) -> Result<PointRecords, InputError> {
    let mut top: Vec<Row<C>> = rows.by_ref().take(HEADER_ROWS).collect::<Result<_, _>>()?;
    if top.first().is_some_and(|row| names_separator(&row.cells)) {
        top.remove(0);
    }
    let (layout, header_rows) = find_header(source, &top, options)?;
    let number = |row: usize| top.get(row).map_or(0, |row| row.number);
    let header = (number(layout.first_row), number(header_rows - 1));
    let mut table = Table::new(source, options, dialect, layout, header);
    let first_beside = number(usize::from(table.layout.first_row == 0));
    table.say_header(header_rows - 1, first_beside);
    let below = top.into_iter().skip(header_rows).map(Ok).chain(rows);
    for row in below {
        table.add(&row?);
    }
    Ok(table.finish())
}

/// A table as it is read, row by row.
struct Table<'a> {
    source: &'a Source,
    options: &'a ReadOptions,
    dialect: Dialect<'a>,
    layout: Layout,
    reading: Reading,
    records: Vec<PointRecord>,
    lost: Vec<LostCell>,
    others: OtherColumns,
    /// The columns that are kept beside the records.
    kept: Vec<AttributeWriter>,
    service_hours: ServiceHours,
    numbers: ColumnNumbers,
    systems: Option<SystemColumn>,
    pointed: PointedNumbers,
    findings: Findings,
}

impl<'a> Table<'a> {
    /// `header` are the numbers of its first and last row.
    fn new(
        source: &'a Source,
        options: &'a ReadOptions,
        dialect: Dialect<'a>,
        layout: Layout,
        header: (u64, u64),
    ) -> Self {
        let full_names = layout.header.full_names();
        let names = || full_names.iter().map(String::as_str);
        let writers = layout.kept.iter();
        Self {
            source,
            options,
            dialect,
            reading: Reading {
                header: Some(header),
                ..layout.reading(options)
            },
            records: Vec::new(),
            lost: Vec::new(),
            others: OtherColumns::default(),
            kept: writers.map(|_| AttributeWriter::default()).collect(),
            service_hours: ServiceHours::default(),
            numbers: ColumnNumbers::new(names()),
            systems: SystemColumn::from_kept(names()).filter(|_| !options.has_no_places()),
            pointed: PointedNumbers::default(),
            findings: Findings::default(),
            layout,
        }
    }

    /// Where a row stands.
    fn place(&self, row: u64) -> String {
        format!("{} {} {row}", self.source.name(), self.dialect.row)
    }

    /// Says how many rows stand above or in the header beside its first one, and which pair of coordinates was taken.
    fn say_header(&mut self, beside: usize, first_beside: u64) {
        let place = self.place(first_beside);
        let code = FindingCode::HeaderRows;
        self.findings
            .add_many(code, beside as u64, || Words::place(&place));
        self.layout.say_other_pairs(self.source, &mut self.findings);
    }

    fn add<C: Cells>(&mut self, row: &Row<C>) {
        self.reading.rows += 1;
        if !self.is_record(row) {
            return;
        }
        let (layout, cells) = (&self.layout, &row.cells);
        if layout.population.is_none() && self.records.len() < SAMPLED {
            for (column, cell) in cells.cells().enumerate() {
                self.numbers.look_at(column, cell);
            }
        }
        if let Some(systems) = &mut self.systems {
            systems.look_at(cells.cell(systems.column()));
        }
        if layout.names_parents {
            layout.add_others(cells, &mut self.others);
        }
        let comma = self.dialect.comma;
        let record = layout.record(cells, comma, self.place(row.number));
        self.lost.extend(layout.lost(cells, &record));
        layout.look_at_points(cells, self.records.len(), &mut self.pointed);
        for (column, service) in &layout.service_hours {
            let text = cells.cell(*column).unwrap_or_default();
            let source = &record.source;
            self.service_hours
                .add(service, self.records.len(), text, source);
        }
        self.records.push(record);
        for (at, writer) in self.kept.iter_mut().enumerate() {
            writer.push(layout.kept_cell(at, cells, comma).as_deref());
        }
    }

    /// Whether a row is a record; says what is odd about it, or that it is a total.
    fn is_record<C: Cells>(&mut self, row: &Row<C>) -> bool {
        let cells = &row.cells;
        let is_no_record = self.layout.is_no_record(cells);
        let is_ragged = || self.dialect.is_whole && self.layout.header.is_ragged(cells);
        let found = if is_no_record {
            vec![FindingCode::TotalRow]
        } else {
            let ragged = is_ragged().then_some(FindingCode::RaggedRow);
            let is_damaged = cells.cells().any(is_damaged);
            let damaged = is_damaged.then_some(FindingCode::DamagedText);
            ragged.into_iter().chain(damaged).collect()
        };
        for code in found {
            let place = self.place(row.number);
            self.findings.add(code, || Words::place(&place));
        }
        !is_no_record
    }

    fn finish(self) -> PointRecords {
        let Self {
            source,
            options,
            layout,
            mut records,
            mut findings,
            ..
        } = self;
        let keys = options.kept.iter().map(|kept| kept.key().to_owned());
        let kept = keys.zip(self.kept.into_iter().map(AttributeWriter::finish));
        let (of_services, found) = self.service_hours.finish(records.len());
        findings.extend(found);
        let kept = kept.chain(of_services);
        let mut attributes = Attributes::new(records.len(), kept.collect());
        layout.say_others(source, &mut findings);
        let by_name = layout.system(&records);
        let systems = self.systems.as_ref();
        let crs = system_column::taken(by_name, systems, (source, options), &mut findings);
        layout.say_units(source, self.dialect, &mut findings);
        layout.part_all(
            source,
            options,
            self.pointed,
            &mut records,
            &mut attributes,
            &mut findings,
        );
        PointRecords {
            attributes,
            has_ids: layout.id.is_some(),
            crs,
            outlines: Vec::new(),
            lost: self.lost,
            others: self.others,
            records,
            axes_by_name: matches!(layout.place, PlaceColumns::Two { named: false, .. }),
            pair_in_cell: matches!(layout.place, PlaceColumns::One(_)),
            reading: self.reading,
            population: layout.population_read(&self.numbers),
            findings,
        }
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
