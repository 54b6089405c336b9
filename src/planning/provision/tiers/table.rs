//! `tiers.csv` and `tiers_by_area.csv`.

use std::io;

use serde_json::{Value, json};

use super::{TierCoverage, Tiers};
use crate::planning::answer::{Answer, Table};
use crate::planning::shares::{circle_unit, people, percent, share};
use crate::text::table::TableWriter;
use crate::units::{Cutoff, People};

impl Answer for Tiers {
    const TABLES: &'static [Table<Self>] = &[
        Table {
            file_name: "tiers.csv",
            is_there: |tiers| !tiers.list.is_empty(),
            write: |tiers, _, table| write(tiers, table),
        },
        Table {
            file_name: "tiers_by_area.csv",
            is_there: |tiers| !tiers.list.is_empty() && !tiers.levels.is_empty(),
            write: |tiers, _, table| write_by_area(tiers, table),
        },
    ];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let total = self.total;
        let tier = |found: &TierCoverage| {
            json!({
                "tier": found.tier.key,
                "stations": found.tier.stations.len(),
                "within": people(found.within),
                "share": share(found.within, total),
                "within_straight_share": found.within_straight.map(|within| share(within, total)),
                "meets_target": found.meets_target(total),
            })
        };
        let every = json!({
            "within": people(self.within_every),
            "share": share(self.within_every, total),
        });
        vec![
            ("tiers", self.list.iter().map(tier).collect()),
            ("every_tier", every),
        ]
    }
}

const HEADER: [&str; 16] = [
    "tier",
    "clause",
    "stations",
    "minutes",
    "metres",
    "decides",
    "population",
    "within",
    "percent",
    "within_minutes_percent",
    "within_metres_percent",
    "within_straight_percent",
    "own_community_percent",
    "compliant_percent",
    "target_percent",
    "meets_target",
];

/// A row per tier, then `every` (within the circle of each tier) and `any`.
fn write(tiers: &Tiers, table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row(HEADER)?;
    for found in &tiers.list {
        table.row(row(found, tiers.total))?;
    }
    for (key, within) in [("every", tiers.within_every), ("any", tiers.within_any)] {
        let (all, within_text) = (tiers.total.to_string(), within.to_string());
        let share = percent(within, tiers.total);
        let beside = [""; 7];
        let row = [key, "", "", "", "", "", &all, &within_text, &share];
        table.row(row.iter().chain(&beside))?;
    }
    Ok(())
}

fn row(found: &TierCoverage, total: People) -> [String; 16] {
    let tier = &found.tier;
    let limit = |cutoff: Option<Cutoff>| cutoff.map(|cutoff| cutoff.value().to_string());
    let beside = |people: Option<People>| people.map_or_else(String::new, |p| percent(p, total));
    let target = tier.target.map(|target| format!("{:.2}", target * 100.0));
    let meets = found.meets_target(total);
    let decides = tier
        .deciding()
        .map_or("", |cutoff| circle_unit(cutoff.unit()));
    [
        tier.key.clone(),
        tier.clause.clone(),
        tier.stations.len().to_string(),
        limit(tier.minutes).unwrap_or_default(),
        limit(tier.metres).unwrap_or_default(),
        decides.to_owned(),
        total.to_string(),
        found.within.to_string(),
        percent(found.within, total),
        beside(found.within_minutes),
        beside(found.within_metres),
        beside(found.within_straight),
        beside(found.within_own),
        beside(found.within_compliant),
        target.unwrap_or_default(),
        meets
            .map_or("", |meets| if meets { "yes" } else { "no" })
            .to_owned(),
    ]
}

/// Every tier rolled up to every level.
fn write_by_area(tiers: &Tiers, table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row(["level", "area", "tier", "population", "within", "percent"])?;
    for (number, level) in tiers.levels.iter().enumerate() {
        for (unit, name) in level.units.iter().enumerate() {
            for found in &tiers.list {
                let (all, within) = found.rolled_up[number][unit];
                table.row([
                    &level.key,
                    name,
                    &found.tier.key,
                    &all.to_string(),
                    &within.to_string(),
                    &percent(within, all),
                ])?;
            }
        }
    }
    Ok(())
}
