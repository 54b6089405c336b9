//! `areas.csv`: people and coverage by area.

use std::io;

use super::Report;
use crate::text::table::TableWriter;
use crate::units::People;

pub(super) fn write(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row([
        "id",
        "name",
        "residents",
        "population",
        "covered_population",
        "share",
    ])?;
    for (area, sums) in report.city.areas.iter().zip(report.areas.sums()) {
        let share = if sums.people == People::ZERO {
            String::new()
        } else {
            format!("{:.4}", sums.covered.share_of(sums.people))
        };
        table.row([
            &area.id,
            &area.name,
            &sums.residents.to_string(),
            &sums.people.to_string(),
            &sums.covered.to_string(),
            &share,
        ])?;
    }
    table.finish()
}
