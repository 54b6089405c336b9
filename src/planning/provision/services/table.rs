//! `services.csv` and `service_additions.csv`.

use std::io;

use serde_json::{Value, json};

use super::{ServiceReport, hours_table};
use crate::id::StationId;
use crate::planning::answer::{Answer, Table, TableContext};
use crate::planning::services::ByArea;
use crate::planning::shares::{people, percent, share};
use crate::text::table::TableWriter;
use crate::units::Unit;

impl Answer for ServiceReport {
    const TABLES: &'static [Table<Self>] = &[
        Table {
            file_name: "services.csv",
            is_there: |_| true,
            write,
        },
        Table {
            file_name: "service_additions.csv",
            is_there: |_| true,
            write: write_additions,
        },
        hours_table::TIMES,
        hours_table::WEEK,
        hours_table::OWN,
    ];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        let coverage = &self.coverage;
        let all = coverage.all_within.all.people;
        let within = |by_area: &ByArea| {
            json!({
                "within": people(by_area.all.covered),
                "share": share(by_area.all.covered, all),
            })
        };
        let services = self.names.iter().zip(&coverage.services).enumerate();
        let services = services.map(|(at, (name, by_area))| {
            let mut one = within(by_area);
            one["service"] = name.as_str().into();
            if let (Some(times), Some(one)) = (self.times.get(at), one.as_object_mut()) {
                hours_table::put_summary(times, one);
            }
            one
        });
        // Cost times people: hours, or kilometres.
        let (unit, per_unit) = match self.cutoff.unit() {
            Unit::Milliseconds => ("hours", 3_600_000.0),
            Unit::Millimetres => ("kilometres", 1_000_000.0),
        };
        let missing = coverage.missing_most().map(|(service, without)| {
            json!({
                "service": self.names[service as usize],
                "without": people(without),
            })
        });
        let found = json!({
            "cutoff": self.cutoff.label(),
            "services": services.collect::<Vec<_>>(),
            "all_within": within(&coverage.all_within),
            "all_at_one_place": within(&coverage.all_at_one),
            "places_with_all": self.places_with_all,
            "not_stated": self.not_stated,
            "missing_most": missing,
            "one_place_saves": {
                "trips": coverage.saved.trips(),
                unit: (coverage.saved.cost() / per_unit * 10.0).round() / 10.0,
                "people_compared": people(coverage.saved.people),
            },
        });
        vec![("services", found)]
    }
}

/// Service by area, then all services, and all at one place.
fn write(
    found: &ServiceReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row([
        "service",
        "stations",
        "area",
        "population",
        "within",
        "percent",
    ])?;
    let coverage = &found.coverage;
    let services = found.names.iter().zip(&coverage.services);
    let each = services
        .zip(&found.stations)
        .map(|((name, by_area), stations)| (name.as_str(), stations.to_string(), by_area));
    let places = found.places_with_all.to_string();
    let together = [
        ("all within", String::new(), &coverage.all_within),
        ("all at one place", places, &coverage.all_at_one),
    ];
    for (name, stations, by_area) in each.chain(together) {
        let named = context.areas.iter().map(|area| area.name.as_str());
        let rows = named.zip(&by_area.areas).chain([("", &by_area.all)]);
        for (area, sums) in rows {
            table.row([
                name,
                &stations,
                area,
                &sums.people.to_string(),
                &sums.covered.to_string(),
                &percent(sums.covered, sums.people),
            ])?;
        }
    }
    Ok(())
}

/// For each station the service whose addition there covers most people anew.
fn write_additions(
    found: &ServiceReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(["station", "service", "newly_within"])?;
    for (station, addition) in (0u32..).map(StationId).zip(&found.additions) {
        let Some(addition) = addition else { continue };
        table.row([
            &context.stations[station.index()].id,
            &found.names[addition.service as usize],
            &addition.people.to_string(),
        ])?;
    }
    Ok(())
}
