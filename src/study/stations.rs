//! What people know of a study's stations.

use super::StudyResult;
use crate::id::StationId;
use crate::report::StationRecord;

impl StudyResult<'_> {
    /// What is known of each station.
    pub(super) fn station_records(&self) -> Vec<StationRecord> {
        let stations = self.analysis.placed().snapped().stations();
        stations
            .map(|station| self.station_record(station))
            .collect()
    }

    /// What is known of a station, by its rows.
    fn station_record(&self, station: StationId) -> StationRecord {
        let rows = self.analysis.snapped().rows_of(station);
        let rows = rows.map(|row| &self.inputs.stations[row]);
        let mut record = StationRecord::default();
        for row in rows {
            if record.id.is_empty() {
                record.id.clone_from(&row.id);
            }
            record.name = record.name.or_else(|| row.name.clone());
            record.place = record.place.or(row.place.as_ref().ok().copied());
        }
        record
    }
}
