//! `register.csv`, `register_by_year.csv` and `steps_up.csv`.

use std::io;

use serde_json::{Value, json};

use super::RegisterReport;
use crate::model::Tier;
use crate::planning::answer::{Answer, Table, TableContext};
use crate::planning::indicators::Share;
use crate::planning::shares::percent;
use crate::text::language::Language;
use crate::text::table::{TableWriter, tenths};
use crate::units::People;

impl Answer for RegisterReport {
    const TABLES: &'static [Table<Self>] = &[
        Table {
            file_name: "register.csv",
            is_there: |_| true,
            write: |found, context, table| write(found, context.language, table),
        },
        Table {
            file_name: "register_by_year.csv",
            is_there: |found| !found.years.is_empty(),
            write: |found, context, table| {
                write_years(found, context.coverage.total().people, table)
            },
        },
        Table {
            file_name: "steps_up.csv",
            is_there: |found| !found.steps_up.is_empty(),
            write: write_steps_up,
        },
    ];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        let tiers = self.tiers.iter().map(|tier| {
            json!({
                "tier": tier.tier.name(),
                "stations": tier.stations,
                "have_one": tier.built.met,
                "of": tier.built.all,
                "built_share": tier.built.share(),
            })
        });
        let audit = self.audit.iter().map(|count| {
            json!({
                "item": count.item.title(Language::En),
                "complies": (count.is_stated() || !count.is_asked()).then_some(count.complies.met),
                "of": count.complies.all,
                "not_stated": count.not_stated,
            })
        });
        let register = json!({
            "tiers": tiers.collect::<Vec<_>>(),
            "problems": self.problems.len(),
            "places": self.places,
            "complies": (self.compliant.all > 0).then_some(self.compliant.met),
            "of": self.compliant.all,
            "not_stated": self.compliance_not_stated,
            "audit": audit.collect::<Vec<_>>(),
        });
        vec![("register", register)]
    }
}

/// Everything that somebody has to work through, one row each.
fn write(
    found: &RegisterReport,
    language: Language,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(["problem", "tier", "station", "name", "what"])?;
    for problem in &found.problems {
        table.row([
            problem.kind.name(),
            problem.tier.map_or("", Tier::name),
            problem.station.as_deref().unwrap_or_default(),
            &problem.name,
            problem.what.get(language),
        ])?;
    }
    Ok(())
}

/// Stations, 建有率 and people within the circle at the end of every year.
fn write_years(
    found: &RegisterReport,
    total: People,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row([
        "tier",
        "day",
        "stations",
        "have_one",
        "of",
        "built_percent",
        "within",
        "within_percent",
    ])?;
    for year in &found.years {
        let within = year.within.map(|within| within.to_string());
        let share = year.within.map(|within| percent(within, total));
        table.row([
            year.tier.name(),
            &year.day.to_string(),
            &year.stations.to_string(),
            &year.built.met.to_string(),
            &year.built.all.to_string(),
            &Share::from(year.built).in_table(),
            &within.unwrap_or_default(),
            &share.unwrap_or_default(),
        ])?;
    }
    Ok(())
}

/// The walk from each station to the one above it.
fn write_steps_up(
    found: &RegisterReport,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(["station", "parent", "seconds"])?;
    for step in &found.steps_up {
        let seconds = step.cost.map(|cost| tenths(u64::from(cost)));
        table.row([
            &context.stations[step.station.index()].id,
            &context.stations[step.parent.index()].id,
            &seconds.unwrap_or_default(),
        ])?;
    }
    Ok(())
}
