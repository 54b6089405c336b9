//! What a row is a record of.

use super::layout::{Layout, PlaceColumns};
use crate::inputs::cells::{self, Comma};
use crate::inputs::header::{Cells, is_note, is_same};
use crate::inputs::totals::{is_only_total, is_total};
use crate::inputs::{LostCell, OtherColumns, PointRecord};
use crate::model::Fault;

impl Layout {
    /// Totals and notes, and titles and headers that are repeated further down. What only begins or ends as a total is one
    /// without a coordinate: a place may be called so.
    pub(super) fn is_no_record(&self, row: &impl Cells) -> bool {
        let first = row.cells().map(str::trim).find(|cell| !cell.is_empty());
        let known = [self.id, self.name].into_iter().flatten();
        let mut said = first
            .into_iter()
            .chain(known.filter_map(|column| row.cell(column)));
        if said.clone().any(is_only_total) {
            return true;
        }
        let mut places = self.place_columns();
        let has_no_place = places.all(|column| row.cell(column).is_none());
        if has_no_place && (said.any(is_total) || is_note(row)) {
            return true;
        }
        self.header.is_repeated_by(row)
            || has_no_place && self.titles.iter().any(|title| is_same(title, row))
    }

    pub(super) fn record(&self, row: &impl Cells, comma: Comma, source: String) -> PointRecord {
        let known = |text: &&str| !cells::is_lost(text);
        let text = |column: Option<usize>| column.and_then(|column| row.cell(column)).filter(known);
        PointRecord {
            id: text(self.id).map(str::to_owned),
            name: text(self.name.filter(|_| self.keeps_names)).map(str::to_owned),
            xy: self.xy(row, comma),
            people: self.people(row, comma),
            source,
        }
    }

    /// Adds the cells of a row that are neither its id nor its place.
    pub(super) fn add_others(&self, row: &impl Cells, others: &mut OtherColumns) {
        let is_taken =
            |column| self.id == Some(column) || self.place_columns().any(|at| at == column);
        let columns = (0..self.header.names().count()).filter(|column| !is_taken(*column));
        for column in columns {
            if let Some(text) = row.cell(column) {
                others.add(&self.header.full_name(column), text);
            }
        }
    }

    /// The cells of the id and the name whose value is lost.
    pub(super) fn lost(
        &self,
        row: &impl Cells,
        record: &PointRecord,
    ) -> impl Iterator<Item = LostCell> {
        let lost = [self.id, self.name].map(|column| {
            let column = column?;
            let text = row.cell(column).filter(|text| cells::is_lost(text))?;
            Some(LostCell {
                text: text.to_owned(),
                column: self.header.full_name(column),
                source: record.source.clone(),
            })
        });
        lost.into_iter().flatten()
    }

    fn xy(&self, row: &impl Cells, comma: Comma) -> Result<(f64, f64), Fault> {
        let no_coordinate = || match self.address.and_then(|column| row.cell(column)) {
            Some(address) => Fault::Unlocated {
                address: address.to_owned(),
            },
            None => Fault::NoCoordinate,
        };
        let not_a_number = |field: &str, text: &str| Fault::NotANumber {
            field: field.to_owned(),
            text: text.to_owned(),
        };
        let number = |column: usize, field: &str| {
            let text = row.cell(column).ok_or_else(no_coordinate)?;
            cells::coordinate(text, comma).ok_or_else(|| not_a_number(field, text))
        };
        match self.place {
            PlaceColumns::Two { lon, lat, .. } => {
                Ok((number(lon, "longitude")?, number(lat, "latitude")?))
            }
            PlaceColumns::One(both) => {
                let text = row.cell(both).ok_or_else(no_coordinate)?;
                cells::pair(text).ok_or_else(|| not_a_number("coordinate", text))
            }
            PlaceColumns::None => Err(no_coordinate()),
        }
    }
}
