//! How many people stations may have, by the column beside them.

use crate::catchments::Capacities;
use crate::inputs::{LayerKind, LookedAt, people_cells};
use crate::model::{Attribute, FindingCode, Findings};
use crate::study::StudyResult;
use crate::text::language::Words;
use crate::units::People;

impl StudyResult<'_> {
    /// What each station may have by its column of capacities, where that was kept when it was read, and what of it cannot be used.
    pub(super) fn capacities(&self, each: Option<People>) -> (Capacities, Findings) {
        let mut findings = Findings::default();
        let mut capacities = Capacities {
            each,
            by_station: Vec::new(),
        };
        let column = self.inputs.station_attributes.of(Attribute::Capacity);
        let Some(column) = column.filter(|column| !column.texts().is_empty()) else {
            return (capacities, findings);
        };
        let cells = people_cells(column);
        for (row, cell) in cells.iter().enumerate() {
            if matches!(cell, Err(code) if *code != FindingCode::BlankPeople) {
                let source = self.inputs.stations[row].source.as_str();
                let of = (LayerKind::Stations, Attribute::Capacity.key());
                let looked_at = LookedAt::taken(&self.inputs.readings, of, source);
                let text = column.get(row).unwrap_or_default();
                looked_at.tell(&mut findings, FindingCode::CellNotUnderstood, source, text);
            }
        }
        for station in self.analysis.snapped().stations() {
            let mut own = self.rows_of(station).map(|row| cells.get(row));
            let is_blank = |cell: Option<&Result<People, FindingCode>>| {
                matches!(cell, None | Some(Err(FindingCode::BlankPeople)))
            };
            let mut rows = own.clone();
            if rows.all(is_blank) {
                findings.add(FindingCode::StationWithoutCapacity, || {
                    let mut rows = self.rows_of(station);
                    let row = rows.next().map(|row| &self.inputs.stations[row]);
                    Words::same(row.map_or("", |row| row.id.as_str()))
                });
            }
            let own = own.find_map(|cell| cell?.as_ref().ok().copied());
            capacities.by_station.push(own);
        }
        (capacities, findings)
    }
}
