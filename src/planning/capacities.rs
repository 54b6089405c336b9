//! How many people stations can take, by the column beside them: read here for every question that looks at it.

use crate::inputs::{Inputs, LayerKind, LookedAt, people_cells};
use crate::model::{Attribute, FindingCode, Findings};
use crate::snap::Snapped;
use crate::units::People;

/// How many people each station can take.
#[derive(Clone, Debug)]
pub(crate) struct StationCapacities {
    /// By station, those whose cell says it: the first of its rows that does.
    pub(crate) by_station: Vec<Option<People>>,
    /// By station, whether all its cells are blank.
    pub(crate) is_blank: Vec<bool>,
    /// Cells that are filled and mean nothing.
    pub(crate) findings: Findings,
}

impl StationCapacities {
    /// Reads the column of capacities of the stations that were placed; `None` where it was not kept, or is blank.
    pub(crate) fn read(inputs: &Inputs, snapped: &Snapped) -> Option<Self> {
        let column = inputs.station_attributes.of(Attribute::Capacity)?;
        if column.texts().is_empty() {
            return None;
        }
        let cells = people_cells(column);
        let mut findings = Findings::default();
        for (row, cell) in cells.iter().enumerate() {
            if matches!(cell, Err(code) if *code != FindingCode::BlankPeople) {
                let source = inputs.stations[row].source.as_str();
                let of = (LayerKind::Stations, Attribute::Capacity.key());
                let looked_at = LookedAt::taken(&inputs.readings, of, source);
                let text = column.get(row).unwrap_or_default();
                looked_at.tell(&mut findings, FindingCode::CellNotUnderstood, source, text);
            }
        }
        let (mut by_station, mut is_blank) = (Vec::new(), Vec::new());
        for station in snapped.stations() {
            let own = snapped.rows_of(station).map(|row| cells.get(row));
            let is_filled = |cell: Option<&Result<People, FindingCode>>| {
                !matches!(cell, None | Some(Err(FindingCode::BlankPeople)))
            };
            is_blank.push(!own.clone().any(is_filled));
            let mut known = own.filter_map(|cell| cell?.as_ref().ok().copied());
            by_station.push(known.next());
        }
        Some(Self {
            by_station,
            is_blank,
            findings,
        })
    }
}
