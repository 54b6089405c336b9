//! `cohorts.csv` and `lorenz.csv`; `people_in_gaps.csv`, which is about the gaps of all.

use std::io;

use serde_json::{Value, json};

use super::GroupCoverage;
use crate::coverage::{Status, Tests};
use crate::gaps::Gaps;
use crate::planning::answer::{Answer, Table};
use crate::planning::shares::{people, percent, share};
use crate::text::table::{TableWriter, tenths};
use crate::units::{Cutoff, People, Unit};

impl Answer for [GroupCoverage] {
    const TABLES: &'static [Table<Self>] = &[
        Table {
            file_name: "cohorts.csv",
            is_there: |groups| !groups.is_empty(),
            write: |groups, context, table| write(groups, context.coverage.tests(), table),
        },
        Table {
            file_name: "lorenz.csv",
            is_there: |groups| !groups.is_empty(),
            write: |groups, _, table| write_lorenz(groups, table),
        },
    ];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        if self.is_empty() {
            return Vec::new();
        }
        vec![("cohorts", self.iter().map(GroupCoverage::summary).collect())]
    }
}

impl GroupCoverage {
    /// What `summary.json` says of it.
    pub(in crate::planning::provision) fn summary(&self) -> Value {
        let covered = self.by_status[Status::Covered as usize];
        json!({
            "cohort": self.name,
            "profile": self.profile,
            "population": people(self.total),
            "covered": people(covered),
            "share": share(covered, self.total),
        })
    }
}

/// A row per group.
fn write(groups: &[GroupCoverage], tests: &Tests, table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row(header(tests))?;
    for group in groups {
        table.row(row(group))?;
    }
    Ok(())
}

fn header(tests: &Tests) -> Vec<String> {
    let unit = match tests.deciding().unit() {
        Unit::Milliseconds => "seconds",
        Unit::Millimetres => "metres",
    };
    let mut header = ["cohort", "profile", "population"]
        .map(String::from)
        .to_vec();
    header.extend(Status::ALL.map(|status| status.name().to_owned()));
    header.push("percent".into());
    let within = tests.cutoffs().map(Cutoff::label);
    header.extend(within.map(|label| format!("within_{label}_percent")));
    let spread = ["mean", "median", "p90", "worst_decile_mean"];
    header.extend(spread.map(|name| format!("{name}_{unit}")));
    header.extend(["gini", "palma"].map(String::from));
    header
}

fn row(group: &GroupCoverage) -> Vec<String> {
    let covered = group.by_status[Status::Covered as usize];
    let mut row = vec![
        group.name.clone(),
        group.profile.clone(),
        group.total.to_string(),
    ];
    row.extend(group.by_status.map(|people| people.to_string()));
    row.push(percent(covered, group.total));
    let within = group.within.iter();
    row.extend(within.map(|people| percent(*people, group.total)));
    let walks = group.walks();
    let cost = |cost: Option<u64>| cost.map_or_else(String::new, tenths);
    let mean =
        |cost: Option<f64>| cost.map_or_else(String::new, |cost| format!("{:.1}", cost / 1000.0));
    row.extend([
        mean(walks.mean()),
        cost(walks.median()),
        cost(walks.percentile(90)),
        mean(walks.highest_mean(10)),
    ]);
    let index = |index: Option<f64>| index.map_or_else(String::new, |index| format!("{index:.4}"));
    row.extend([index(walks.gini()), index(walks.palma())]);
    row
}

/// For each group the share of all walking that each share of its people does, by tenths.
fn write_lorenz(groups: &[GroupCoverage], table: &mut TableWriter<'_>) -> io::Result<()> {
    table.row(["cohort", "people_percent", "walking_percent"])?;
    for group in groups {
        let walks = group.walks();
        for part in (0..=100).step_by(10) {
            let Some(share) = walks.lorenz_at(part) else {
                continue;
            };
            let walking = format!("{:.2}", share * 100.0);
            table.row([&group.name, &part.to_string(), &walking])?;
        }
    }
    Ok(())
}

/// Whose people live in each gap.
pub(crate) fn write_people_in_gaps(
    gaps: &Gaps,
    groups: &[GroupCoverage],
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(["gap", "cohort", "people", "percent_of_cohort"])?;
    for (number, gap) in (1..).zip(&gaps.list) {
        for group in groups {
            let of_gap = gap.residents.iter();
            let people: People = of_gap.map(|resident| group.people[resident.index()]).sum();
            table.row([
                &number.to_string(),
                &group.name,
                &people.to_string(),
                &percent(people, group.total),
            ])?;
        }
    }
    Ok(())
}
