//! `demand.csv`.

use std::io;

use serde_json::Value;

use super::DemandCoverage;
use crate::coverage::Status;
use crate::planning::answer::{Answer, Table};
use crate::planning::shares::{circle_unit, percent};
use crate::text::table::{TableWriter, tenths};

impl Answer for [DemandCoverage] {
    const TABLES: &'static [Table<Self>] = &[Table {
        file_name: "demand.csv",
        is_there: |layers| !layers.is_empty(),
        write: |layers, _, table| write(layers, table),
    }];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        if self.is_empty() {
            return Vec::new();
        }
        let layer = |layer: &DemandCoverage| {
            let mut value = layer.coverage.summary();
            value["circle"] = layer.circle.label().into();
            value
        };
        vec![("demand", self.iter().map(layer).collect())]
    }
}

/// A row per layer.
fn write(layers: &[DemandCoverage], table: &mut TableWriter<'_>) -> io::Result<()> {
    let mut header = ["demand", "circle", "unit", "records", "people"].to_vec();
    header.extend(Status::ALL.map(Status::name));
    header.extend(["percent", "median", "worst_decile_mean", "gini"]);
    table.row(header)?;
    for layer in layers {
        table.row(row(layer))?;
    }
    Ok(())
}

fn row(layer: &DemandCoverage) -> Vec<String> {
    let found = &layer.coverage;
    let walks = found.walks();
    let covered = found.by_status[Status::Covered as usize];
    let mut row = vec![
        found.name.clone(),
        layer.circle.value().to_string(),
        circle_unit(layer.circle.unit()).to_owned(),
        layer.records.to_string(),
        found.total.to_string(),
    ];
    row.extend(found.by_status.map(|people| people.to_string()));
    row.push(percent(covered, found.total));
    row.push(walks.median().map_or_else(String::new, tenths));
    let worst = walks.highest_mean(10);
    row.push(worst.map_or_else(String::new, |cost| format!("{:.1}", cost / 1000.0)));
    let gini = walks.gini();
    row.push(gini.map_or_else(String::new, |gini| format!("{gini:.4}")));
    row
}
