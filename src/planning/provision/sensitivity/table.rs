//! `sensitivity.csv`.

use std::io;

use super::Sensitivity;
use crate::planning::answer::{Answer, Table};
use crate::planning::shares::{circle_unit, percent};
use crate::text::table::TableWriter;

impl Answer for Sensitivity {
    const TABLES: &'static [Table<Self>] = &[Table {
        file_name: "sensitivity.csv",
        is_there: |_| true,
        write: |found, _, table| write(found, table),
    }];
}

/// People within each cutoff by speed, then by cutoff.
fn write(found: &Sensitivity, table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row(["by", "value", "cutoff", "within", "percent"])?;
    for at in &found.by_speed {
        for (cutoff, within) in found.minutes.iter().zip(&at.within) {
            table.row([
                "metres_per_second",
                &format!("{:.1}", at.metres_per_second),
                &cutoff.label(),
                &within.to_string(),
                &percent(*within, found.total),
            ])?;
        }
    }
    for at in &found.by_cutoff {
        table.row([
            circle_unit(at.cutoff.unit()),
            &at.cutoff.value().to_string(),
            &at.cutoff.label(),
            &at.within.to_string(),
            &percent(at.within, found.total),
        ])?;
    }
    Ok(())
}
