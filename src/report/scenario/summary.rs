//! What `summary.json` says of scenarios.

use serde_json::{Value, json};

use super::{OneScenario, ScenarioReport};
use crate::model::Findings;
use crate::planning::shares::{people, share};
use crate::report::findings_json;
use crate::scenario::{Applied, ChangeSums, Outcome};
use crate::text::OptionNames;
use crate::text::language::Language;

/// The version of the schema; it rises when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

impl ScenarioReport<'_> {
    /// `summary.json`: the city as it is, each scenario, and what was found.
    pub(crate) fn summary(&self, findings: &Findings, options: OptionNames) -> Value {
        let mut base = sums(&self.base_sums(), self.base);
        base["name"] = self.base_name.into();
        let mut scenarios: Vec<Value> = self.scenarios.iter().map(OneScenario::json).collect();
        if let Some(hours) = &self.hours {
            base["hours"] = hours.json(hours.base);
            for (one, week) in scenarios.iter_mut().zip(hours.scenarios) {
                one["hours"] = hours.json(week);
            }
        }
        let mut summary = json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "base": base,
            "scenarios": scenarios,
            "findings": findings_json(findings, options),
        });
        if let Some(service) = self.service {
            summary["service"] = service.into();
        }
        summary
    }
}

impl OneScenario<'_> {
    fn json(&self) -> Value {
        let mut one = sums(&self.comparison.sums, self.outcome);
        one["name"] = self.name.into();
        one["changed_residents"] = self.comparison.changes.len().into();
        if let Some(note) = self.note {
            one["note"] = note.into();
        }
        if let Some(in_full) = self.in_full {
            one["in_full"] = in_full.into();
            one["edits"] = self.applied.iter().map(edit).collect();
        }
        one
    }
}

fn edit(applied: &Applied) -> Value {
    json!({
        "edit": applied.table,
        "target": applied.target,
        "changed": applied.changed,
        "distance_m": applied.distance_m.map(|metres| (metres * 10.0).round() / 10.0),
        "found": applied.found.get(Language::En),
    })
}

fn sums(sums: &ChangeSums, outcome: &Outcome) -> Value {
    let walks = outcome.walks();
    let minutes = |milliseconds: u64| (milliseconds as f64 / 600.0).round() / 100.0;
    json!({
        "population": people(sums.people_after),
        "covered": people(sums.covered_after),
        "share": share(sums.covered_after, sums.people_after),
        "gained": people(sums.gained),
        "lost": people(sums.lost),
        "newly_covered": people(sums.newly_covered.people),
        "no_longer_covered": people(sums.no_longer_covered.people),
        "nearer": people(sums.nearer.people),
        "farther": people(sums.farther.people),
        "mean_minutes": walks.map(|walks| minutes(walks.mean_ms)),
        "median_minutes": walks.map(|walks| minutes(walks.median_ms)),
    })
}
