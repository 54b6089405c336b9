//! `compounds.csv`: people behind walls, and what the walls cost; the same in sum for `summary.json`.

use std::io;

use serde_json::{Value, json};

use super::Report;
use crate::coverage::{WallCost, WallCosts};
use crate::planning::shares::{people, share};
use crate::text::table::{TableWriter, tenths};

pub(super) fn write(report: &Report<'_>, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut table = TableWriter::new(writer);
    table.row([
        "id",
        "gates",
        "residents",
        "population",
        "covered_population",
        "covered_population_walls_open",
        "median_extra_leg_m",
    ])?;
    let costs = report.wall_costs.map(|costs| costs.by_compound.as_slice());
    for (compound, cost) in report.compounds.list.iter().zip(costs.unwrap_or_default()) {
        let extra = cost.median_extra_mm.map(|extra| tenths(extra.into()));
        table.row([
            &compound.id,
            &cost.gates.to_string(),
            &cost.residents.to_string(),
            &cost.people.to_string(),
            &cost.covered.to_string(),
            &cost.covered_open.to_string(),
            &extra.unwrap_or_default(),
        ])?;
    }
    table.finish()
}

/// What the walls cost everybody in compounds, and the whole city.
pub(super) fn summary(report: &Report<'_>, costs: &WallCosts) -> Value {
    let WallCost {
        gates,
        residents,
        people: inside,
        covered,
        covered_open,
        median_extra_mm,
    } = costs.inside;
    let all = report.coverage.total().people;
    json!({
        "compounds": costs.by_compound.len(),
        "gates": gates,
        "residents": residents,
        "population": people(inside),
        "covered": people(covered),
        "covered_walls_open": people(covered_open),
        "share": share(covered, inside),
        "share_walls_open": share(covered_open, inside),
        "median_extra_leg_m": median_extra_mm.map(|extra| (f64::from(extra) / 100.0).round() / 10.0),
        "city": {
            "covered": people(costs.covered),
            "covered_walls_open": people(costs.covered_open),
            "share": share(costs.covered, all),
            "share_walls_open": share(costs.covered_open, all),
        },
    })
}
