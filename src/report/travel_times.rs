//! `travel_times.csv`: every resident-station pair within the largest minute cutoff, by resident, then station.

use std::io;

use super::Report;
use crate::id::StationId;
use crate::text::table::{TableWriter, tenths};
use crate::units::Cost;

pub(super) fn write(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row(["resident", "station", "seconds"])?;
    for (resident, row) in by_resident(report) {
        for (station, cost) in row {
            table.row([
                &report.city.residents[resident].id,
                report.station_id(station),
                &tenths(u64::from(cost)),
            ])?;
        }
    }
    table.finish()
}

/// The table turned over: for every resident with a pair, the stations ascending (a counting sort).
fn by_resident(report: &Report<'_>) -> impl Iterator<Item = (usize, Vec<(StationId, Cost)>)> {
    let times = report.times;
    let mut start = vec![0usize; report.city.residents.len() + 1];
    let pairs = || {
        report.snapped.stations().flat_map(|station| {
            times
                .row_of(station)
                .iter()
                .map(move |(resident, cost)| (resident.index(), (station, *cost)))
        })
    };
    for (resident, _) in pairs() {
        start[resident + 1] += 1;
    }
    for resident in 1..start.len() {
        start[resident] += start[resident - 1];
    }
    let mut next = start.clone();
    let mut turned = vec![(StationId(0), 0); times.pair_count()];
    for (resident, pair) in pairs() {
        turned[next[resident]] = pair;
        next[resident] += 1;
    }
    (0..start.len() - 1).map(move |resident| {
        (
            resident,
            turned[start[resident]..start[resident + 1]].to_vec(),
        )
    })
}
