//! `stations.csv`: every station with its snap and the people in its circles.

use std::io;

use super::Report;
use crate::text::table::TableWriter;

pub(super) fn write(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let coverage = report.coverage;
    let mut table = TableWriter::new(writer);
    let mut header = ["id", "status", "snap_m"].map(String::from).to_vec();
    for cutoff in coverage.tests().cutoffs() {
        let label = cutoff.label();
        header.extend(
            ["residents", "population", "exclusive_population"]
                .map(|name| format!("{name}_{label}")),
        );
    }
    table.row(header)?;
    for (id, station) in report.snapped.stations().zip(coverage.stations()) {
        let mut row = vec![
            report.station_id(id).to_owned(),
            station.status.name().to_owned(),
            station
                .snap_m
                .map_or_else(String::new, |metres| format!("{metres:.2}")),
        ];
        for sums in coverage.catchments_of(id) {
            row.extend([
                sums.residents.to_string(),
                sums.people.to_string(),
                sums.exclusive.to_string(),
            ]);
        }
        table.row(row)?;
    }
    table.finish()
}
