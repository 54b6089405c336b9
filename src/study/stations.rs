//! What people know of a study's stations.

use super::StudyResult;
use crate::id::StationId;
use crate::model::Station;
use crate::report::StationRecord;
use crate::snap::Snapped;

impl StudyResult<'_> {
    /// What is known of each station.
    pub(super) fn station_records(&self) -> Vec<StationRecord> {
        let snapped = self.analysis.snapped();
        let stations = snapped.stations();
        stations
            .map(|station| record_of(snapped, station, &self.inputs.stations))
            .collect()
    }
}

/// What is known of a station, by its rows.
pub(super) fn record_of(snapped: &Snapped, station: StationId, rows: &[Station]) -> StationRecord {
    let own = snapped.rows_of(station).map(|row| &rows[row]);
    let mut record = StationRecord::default();
    for row in own {
        if record.id.is_empty() {
            record.id.clone_from(&row.id);
        }
        record.name = record.name.or_else(|| row.name.clone());
        record.place = record.place.or(row.place.as_ref().ok().copied());
    }
    record
}
