//! `areas.csv`: people and coverage by area.

use std::io;

use super::Report;
use super::cell::{csv_writer, text};
use crate::units::People;

pub(super) fn write(report: &Report<'_>, writer: impl io::Write) -> io::Result<()> {
    let mut csv = csv_writer(writer);
    csv.write_record([
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
        csv.write_record([
            text(&area.id).as_ref(),
            text(&area.name).as_ref(),
            &sums.residents.to_string(),
            &sums.people.to_string(),
            &sums.covered.to_string(),
            &share,
        ])?;
    }
    csv.flush()
}
