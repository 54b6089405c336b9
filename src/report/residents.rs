//! `residents.csv`: every record with its status, nearest station, circles and reason.

use std::borrow::Cow;
use std::io;

use super::Report;
use crate::id::ResidentId;
use crate::model::Resident;
use crate::text::table::{TableWriter, tenths};
use crate::units::Cutoff;

pub(super) fn write(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let tests = report.coverage.tests();
    let mut table = TableWriter::new(writer);
    let mut header: Vec<String> = ["id", "population", "status", "seconds", "nearest_station"]
        .map(String::from)
        .to_vec();
    header.extend(
        tests
            .minutes()
            .iter()
            .map(|cutoff| format!("within_{}", cutoff.label())),
    );
    if !tests.metres().is_empty() {
        header.push("metres".to_owned());
        header.extend(
            tests
                .metres()
                .iter()
                .map(|cutoff| format!("within_{}", cutoff.label())),
        );
    }
    header.push("reason".to_owned());
    table.row(header)?;
    for (index, resident) in report.city.residents.iter().enumerate() {
        table.row(row(report, ResidentId::new(index), resident))?;
    }
    table.finish()
}

fn row<'a>(report: &'a Report<'_>, id: ResidentId, resident: &'a Resident) -> Vec<Cow<'a, str>> {
    let coverage = report.coverage;
    let minutes: &[Cutoff] = coverage.tests().minutes();
    let nearest = coverage.nearest()[id.index()];
    let within: Vec<Cow<'_, str>> = coverage
        .within_of(id)
        .iter()
        .map(|count| Cow::Owned(count.to_string()))
        .collect();
    let (within_minutes, within_metres) = within.split_at(minutes.len());
    let mut row = vec![
        Cow::Borrowed(resident.id.as_str()),
        Cow::Owned(resident.people.to_string()),
        Cow::Borrowed(coverage.statuses()[id.index()].name()),
        nearest.map_or(Cow::Borrowed(""), |nearest| {
            Cow::Owned(tenths(nearest.cost))
        }),
        nearest.map_or(Cow::Borrowed(""), |nearest| {
            Cow::Borrowed(report.station_id(nearest.station))
        }),
    ];
    row.extend_from_slice(within_minutes);
    if !within_metres.is_empty() {
        let metres = coverage.nearest_by_metres()[id.index()];
        row.push(metres.map_or(Cow::Borrowed(""), |nearest| {
            Cow::Owned(tenths(nearest.cost))
        }));
        row.extend_from_slice(within_metres);
    }
    let reason = coverage.reason(id, resident, report.snapped);
    row.push(reason.map_or(Cow::Borrowed(""), |reason| Cow::Owned(reason.to_string())));
    row
}
