//! The people of a row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::layout::{Layout, PlaceColumns};
use crate::inputs::cells::{self, Comma};
use crate::inputs::column_units::{Unit, with_unit};
use crate::inputs::header::Cells;
use crate::inputs::thousands::{CountColumn, Parted, PointedNumbers};
use crate::inputs::{PointRecord, ReadOptions, Source};
use crate::model::{Attributes, Fault, FindingCode, Findings};
use crate::text::language::{place_zh, words};
use crate::units::{ParsePeopleError, People};

impl Layout {
    /// Looks at the points and commas of a row's numbers.
    pub(super) fn look_at_points(
        &self,
        row: &impl Cells,
        record: usize,
        pointed: &mut PointedNumbers,
    ) {
        let counts = self.counts.iter().copied();
        let filled = counts.filter_map(|count| Some((count, row.cell(self.column_of(count)?)?)));
        let filled: Vec<(CountColumn, &str)> = filled.collect();
        if filled.is_empty() {
            return;
        }
        if matches!(self.place, PlaceColumns::Two { .. }) {
            let places = self.place_columns().filter_map(|column| row.cell(column));
            places.for_each(|text| pointed.look_at_coordinate(text));
        }
        for (column, text) in filled {
            pointed.look(record, column, text);
        }
    }

    /// What is kept of a row: a number of people as all of them are read, whatever its unit and its commas; any other text as it
    /// stands, with the unit that its column gives.
    pub(super) fn kept_cell<'r>(
        &self,
        at: usize,
        row: &'r impl Cells,
        comma: Comma,
    ) -> Option<Cow<'r, str>> {
        let cell = row.cell(self.kept[at]?)?;
        let count = CountColumn::Kept(at);
        if self.counts.contains(&count)
            && let Some(Ok(people)) = self.people_in(count, row, comma)
        {
            return Some(Cow::Owned(people.to_string()));
        }
        Some(match &self.kept_units[at] {
            Some(unit) => with_unit(cell, unit),
            None => Cow::Borrowed(cell),
        })
    }

    /// Reads numbers of people again whose points part thousands.
    pub(super) fn part_all(
        &self,
        source: &Source,
        options: &ReadOptions,
        pointed: PointedNumbers,
        records: &mut [PointRecord],
        attributes: &mut Attributes,
        findings: &mut Findings,
    ) {
        let mut of_groups: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        for parted in pointed.numbers() {
            let record = &mut records[parted.record];
            let people = self.part_thousands(source, record, &parted, findings);
            match (parted.column, people) {
                (_, None) => {}
                (CountColumn::Everybody, people) => record.people = Ok(people),
                (CountColumn::Kept(at), Some(people)) => {
                    let cells = of_groups.entry(at).or_default();
                    cells.insert(parted.record, people.to_string());
                }
            }
        }
        for (at, cells) in &of_groups {
            attributes.replace(options.kept[*at].key(), cells);
        }
    }

    /// The people of a cell whose points part thousands, and says so.
    fn part_thousands(
        &self,
        source: &Source,
        record: &PointRecord,
        parted: &Parted,
        findings: &mut Findings,
    ) -> Option<People> {
        // 1.200 of a column in 万人 is no whole number of people.
        if !matches!(
            self.unit_of(parted.column),
            Some(Unit::Of { size: 1.0, .. })
        ) {
            return None;
        }
        // More than there can be is no number of people before either.
        let people: People = parted.number.parse().ok()?;
        findings.add(FindingCode::PointsPartThousands, || {
            let column = self.column_of(parted.column);
            let column = column.map(|column| self.header.full_name(column));
            let (name, column) = (source.name(), column.unwrap_or_default());
            let place = record.source.as_str();
            let place = place.strip_prefix(name).map_or(place, str::trim);
            let place_zh = place_zh(place);
            words!(
                "{name}, {place}, column {column}: {people} people",
                "{name}，{place_zh}，“{column}”列：{people} 人"
            )
        });
        Some(people)
    }

    pub(super) fn people(&self, row: &impl Cells, comma: Comma) -> Result<Option<People>, Fault> {
        let people = self.people_in(CountColumn::Everybody, row, comma);
        people
            .transpose()
            .map_err(|reason| Fault::Population { reason })
    }

    /// The number of people in a row's cell, where one is filled.
    fn people_in(
        &self,
        count: CountColumn,
        row: &impl Cells,
        comma: Comma,
    ) -> Option<Result<People, ParsePeopleError>> {
        let text = row.cell(self.column_of(count)?)?;
        // Where a row's coordinates have points for decimals, so has its number of people.
        let has_point = |column| row.cell(column).is_some_and(|cell| cell.contains('.'));
        let comma = if self.place_columns().any(has_point) {
            Comma::Thousands
        } else {
            comma
        };
        let text = match self.unit_of(count) {
            Some(unit) => with_unit(text, unit),
            None => text.into(),
        };
        Some(cells::people(&text, comma))
    }
}
