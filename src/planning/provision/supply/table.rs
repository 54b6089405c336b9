//! `supply.csv`, `access.csv`, `access_areas.csv` and `access_groups.csv`.

use std::io;

use serde_json::{Value, json};

use super::{SupplyByMethod, SupplyReport, SupplySpread};
use crate::planning::answer::{Answer, Table, TableContext};
use crate::planning::shares::people;
use crate::text::table::TableWriter;
use crate::units::People;

impl Answer for SupplyReport {
    const TABLES: &'static [Table<Self>] = &[
        Table {
            file_name: "supply.csv",
            is_there: |_| true,
            write: |found, _, table| write_stations(found, table),
        },
        Table {
            file_name: "access.csv",
            is_there: |_| true,
            write: write_residents,
        },
        Table {
            file_name: "access_areas.csv",
            is_there: |found| !found.areas.is_empty(),
            write: write_areas,
        },
        Table {
            file_name: "access_groups.csv",
            is_there: |found| !found.groups.is_empty(),
            write: |found, _, table| write_groups(found, table),
        },
    ];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        let totals = self.totals();
        let methods = self.methods.iter().map(|found| {
            let mut value = spread_json(&found.all);
            value["method"] = found.method.name().into();
            value
        });
        let has_decay = self.methods.iter().any(|found| found.method.has_decay());
        let found = json!({
            "cutoff": self.decay.cutoff().label(),
            "decay": has_decay.then(|| self.decay.to_string()),
            "stations": totals.stations,
            "stations_without_capacity": totals.without_capacity,
            "capacity": people(totals.capacity),
            "capacity_nobody_reaches": people(totals.capacity_nobody_reaches),
            "stations_overloaded": totals.overloaded,
            "overload": people(totals.overload),
            "methods": methods.collect::<Vec<_>>(),
        });
        vec![("supply", found)]
    }
}

/// What `summary.json` says of a spread.
fn spread_json(spread: &SupplySpread) -> Value {
    let rounded = |value: Option<f64>| value.map(|value| (value * 1e6).round() / 1e6);
    json!({
        "population_known": people(spread.known),
        "population_unknown": people(spread.unknown),
        "population_with_none": people(spread.none),
        "population_understated": people(spread.understated),
        "mean_per_thousand": rounded(spread.mean),
        "p10_per_thousand": rounded(spread.p10),
        "median_per_thousand": rounded(spread.median),
        "p90_per_thousand": rounded(spread.p90),
        "gini": rounded(spread.gini),
    })
}

/// Empty where there is no value; others compute with what stands there, and nine decimals are as exact as they are told.
fn exact(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.9}"))
}

/// Six decimals, for means.
fn rounded(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.6}"))
}

/// Places per thousand people of places per person.
fn per_thousand(ratio: Option<f64>) -> String {
    exact(ratio.map(|ratio| ratio * 1000.0))
}

/// The column of a method.
fn column(what: &str, found: &SupplyByMethod) -> String {
    format!("{what}_{}", found.method.name())
}

/// A header with columns for each method behind it.
fn header(begin: &[&str], columns: &[&str], methods: &[SupplyByMethod]) -> Vec<String> {
    let mut header: Vec<String> = begin.iter().map(|name| (*name).to_owned()).collect();
    for method in methods {
        header.extend(columns.iter().map(|what| column(what, method)));
    }
    header
}

/// A row per station.
fn write_stations(found: &SupplyReport, table: &mut TableWriter<'_>) -> io::Result<()> {
    let begin = [
        "id",
        "name",
        "capacity",
        "nearest_population",
        "load",
        "overload",
        "within_population",
    ];
    table.row(header(&begin, &["demand", "per_thousand"], &found.methods))?;
    let text = |people: Option<People>| people.map_or_else(String::new, |p| p.to_string());
    for (number, station) in found.stations.iter().enumerate() {
        let mut row = vec![
            station.id.clone(),
            station.name.clone().unwrap_or_default(),
            text(station.capacity),
            station.nearest.to_string(),
            rounded(station.load()),
            text(station.overload()),
            station.within.to_string(),
        ];
        for method in &found.methods {
            let of_method = &method.stations[number];
            row.push(exact(of_method.demand()));
            row.push(per_thousand(of_method.ratio()));
        }
        table.row(row)?;
    }
    Ok(())
}

/// A row per resident record.
fn write_residents(
    found: &SupplyReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    let begin = ["id", "population", "stations", "stations_without_capacity"];
    table.row(header(&begin, &["per_thousand"], &found.methods))?;
    let residents = context.residents.iter().zip(&found.reach);
    for (record, (resident, reach)) in residents.enumerate() {
        let mut row = vec![
            resident.id.clone(),
            resident.people.to_string(),
            reach.stations.to_string(),
            reach.without_capacity.to_string(),
        ];
        let scores = found.methods.iter().map(|method| method.scores[record]);
        row.extend(scores.map(per_thousand));
        table.row(row)?;
    }
    Ok(())
}

/// A row per area.
fn write_areas(
    found: &SupplyReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    let begin = [
        "id",
        "name",
        "population",
        "population_known",
        "stations",
        "capacity",
        "capacity_per_thousand",
    ];
    table.row(header(&begin, &["mean_per_thousand"], &found.methods))?;
    for (number, (area, sums)) in context.areas.iter().zip(&found.areas).enumerate() {
        let has_people = sums.people > People::ZERO;
        let of_people = has_people.then(|| sums.capacity.share_of(sums.people) * 1000.0);
        let mut row = vec![
            area.id.clone(),
            area.name.clone(),
            sums.people.to_string(),
            sums.known.to_string(),
            sums.stations.to_string(),
            sums.capacity.to_string(),
            rounded(of_people),
        ];
        let means = found.methods.iter().map(|method| method.areas[number]);
        row.extend(means.map(rounded));
        table.row(row)?;
    }
    Ok(())
}

/// A row per group and method.
fn write_groups(found: &SupplyReport, table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row([
        "cohort",
        "profile",
        "method",
        "population_known",
        "population_unknown",
        "population_with_none",
        "population_understated",
        "mean_per_thousand",
        "p10_per_thousand",
        "median_per_thousand",
        "p90_per_thousand",
        "gini",
    ])?;
    for (number, [name, profile]) in found.groups.iter().enumerate() {
        for method in &found.methods {
            let spread = &method.groups[number];
            let gini = spread.gini.map(|gini| format!("{gini:.4}"));
            table.row([
                name,
                profile,
                method.method.name(),
                &spread.known.to_string(),
                &spread.unknown.to_string(),
                &spread.none.to_string(),
                &spread.understated.to_string(),
                &rounded(spread.mean),
                &rounded(spread.p10),
                &rounded(spread.median),
                &rounded(spread.p90),
                &gini.unwrap_or_default(),
            ])?;
        }
    }
    Ok(())
}
