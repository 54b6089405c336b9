//! How many people stations may have, by the column beside them.

use crate::catchments::Capacities;
use crate::model::{FindingCode, Findings};
use crate::planning::capacities::StationCapacities;
use crate::study::StudyResult;
use crate::text::language::Words;
use crate::units::People;

impl StudyResult<'_> {
    /// What each station may have by its column of capacities, where that was kept when it was read, and what of it cannot be used.
    pub(super) fn capacities(&self, each: Option<People>) -> (Capacities, Findings) {
        let mut capacities = Capacities {
            each,
            by_station: Vec::new(),
        };
        let snapped = self.analysis.snapped();
        let Some(read) = StationCapacities::read(&self.inputs, snapped) else {
            return (capacities, Findings::default());
        };
        let mut findings = read.findings;
        for (station, is_blank) in snapped.stations().zip(read.is_blank) {
            if is_blank {
                findings.add(FindingCode::StationWithoutCapacity, || {
                    let mut rows = snapped.rows_of(station);
                    let row = rows.next().map(|row| &self.inputs.stations[row]);
                    Words::same(row.map_or("", |row| row.id.as_str()))
                });
            }
        }
        capacities.by_station = read.by_station;
        (capacities, findings)
    }
}
