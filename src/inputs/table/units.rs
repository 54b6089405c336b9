//! The units of people and of floor area, from the titles above a table.

use super::layout::Layout;
use super::row::{Dialect, Row};
use crate::inputs::column_units::{Quantity, Unit, tell_unknown};
use crate::inputs::header::Cells;
use crate::inputs::units_above::{UnitAbove, UnitsAbove};
use crate::inputs::{ReadOptions, Source};
use crate::model::{FindingCode, Findings};
use crate::text::language::{place_zh, words};

impl Layout {
    /// Takes the units that titles give for the columns of people and of floor area that give none themselves; `first` is the
    /// number of the header's first row.
    pub(super) fn take_units_above<C: Cells>(
        &mut self,
        titles: &[Row<C>],
        first: u64,
        options: &ReadOptions,
    ) {
        let mut above = UnitsAbove::default();
        for title in titles {
            above.look_at(&title.cells, title.number);
        }
        for (row, number) in self.header.upper_rows().iter().zip(first..) {
            above.look_at_headings(row, number);
        }
        let found = |column: Option<usize>, quantity: Option<Quantity>| {
            let (column, quantity) = (column?, quantity?);
            let gives_none = self.header.own_unit(column, quantity).is_none();
            Some((column, above.of(quantity).filter(|_| gives_none)?))
        };
        let of_people = found(self.population, Some(Quantity::People));
        let kept = options.kept.iter().zip(&self.kept);
        let of_kept: Vec<_> = kept
            .map(|(kept, column)| found(*column, Quantity::new(kept)))
            .collect();
        let units = std::iter::once(&mut self.people_unit).chain(&mut self.kept_units);
        for (unit, found) in units.zip(std::iter::once(&of_people).chain(&of_kept)) {
            if let Some((_, above)) = found {
                *unit = Some(above.unit.clone());
            }
        }
        let all = of_people.into_iter().chain(of_kept.into_iter().flatten());
        self.units_above = all.collect();
    }

    /// Names the columns of people and of floor area whose unit is not understood, and those whose unit stands above the table.
    pub(super) fn say_units(&self, source: &Source, dialect: Dialect<'_>, findings: &mut Findings) {
        for (column, UnitAbove { unit, text, row }) in &self.units_above {
            if !matches!(unit, Unit::Of { size, .. } if *size != 1.0) {
                continue;
            }
            let (column, place) = (
                self.header.name(*column),
                format!("{} {} {row}", source.name(), dialect.row),
            );
            findings.add(FindingCode::UnitAbove, || {
                let zh = place_zh(&place);
                words!(
                    "{place}: column {column} is in {text}",
                    "{zh}：“{column}”列单位为{text}"
                )
            });
        }
        let population = (self.population, &self.people_unit);
        let kept = self.kept.iter().copied().zip(&self.kept_units);
        for (column, unit) in std::iter::once(population).chain(kept) {
            if let (Some(column), Some(unit)) = (column, unit) {
                let is_above = self.units_above.iter().any(|(own, _)| *own == column);
                // A title that gives the unit is no heading of the column.
                let name = if is_above {
                    self.header.name(column).to_owned()
                } else {
                    self.header.full_name(column)
                };
                tell_unknown(findings, source, &name, unit);
            }
        }
    }
}
