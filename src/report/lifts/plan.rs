//! `lift_plan.csv`, `lift_timetable.csv` and `lift_owners.csv`: which lifts, when, and what each storey pays.

use std::cmp::Reverse;
use std::io;

use super::{BENEFIT, LiftsReport, benefit_cells};
use crate::planning::lifts::{LiftBenefit, LiftStairwell, Quarter};
use crate::report::resilience::degrees;
use crate::siting::Money;
use crate::text::table::TableWriter;

/// A quarter as a cell.
fn quarter(quarter: Option<Quarter>) -> String {
    quarter.map_or_else(String::new, |quarter| quarter.to_string())
}

/// What is begun, finished and paid in a quarter.
#[derive(Clone, Debug)]
pub(in crate::report) struct QuarterRow {
    pub(in crate::report) quarter: Quarter,
    pub(in crate::report) begun: usize,
    pub(in crate::report) finished: usize,
    pub(in crate::report) cost: Money,
    /// What each payer of the policy pays.
    pub(in crate::report) by_payer: Vec<Money>,
    pub(in crate::report) owners: Money,
    /// What all lifts bring that run by then.
    pub(in crate::report) running: LiftBenefit,
}

impl QuarterRow {
    /// What is paid by others than the owners.
    pub(in crate::report) fn public(&self) -> Money {
        self.by_payer.iter().copied().sum()
    }
}

impl LiftsReport<'_> {
    /// Writes `lift_plan.csv`: the stairwells that get a lift, in the order of the plan, and then those that may be chosen and are not,
    /// what is worth most first. The columns of a group are called by it.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_plan(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let first = [
            "rank",
            "begins",
            "runs",
            "building",
            "stairwell",
            "street",
            "community",
            "lon",
            "lat",
            "status",
            "storeys",
            "entry",
            "cost",
            "public",
            "owners",
        ];
        let of_groups = self
            .groups
            .iter()
            .flat_map(|group| BENEFIT.map(|column| format!("{group}_{column}")));
        let header = first.iter().chain(&BENEFIT).map(ToString::to_string);
        table.row(header.chain(of_groups))?;
        for stairwell in self.planned().chain(self.not_planned()) {
            let planned = stairwell.planned;
            let [lon, lat] = degrees(stairwell.place);
            let own = |text: &Option<String>| text.clone().unwrap_or_default();
            let first = [
                planned.map_or_else(String::new, |one| one.rank.to_string()),
                quarter(planned.and_then(|one| one.begins)),
                quarter(planned.and_then(|one| one.runs)),
                stairwell.building.clone(),
                stairwell.id.clone(),
                own(&stairwell.street),
                own(&stairwell.community),
                lon,
                lat,
                stairwell.standing.status.name().to_owned(),
                stairwell
                    .storeys
                    .map_or_else(String::new, |one| one.to_string()),
                stairwell.entry.name().to_owned(),
                stairwell.funding.cost.to_string(),
                stairwell.funding.public().to_string(),
                stairwell.funding.owners.to_string(),
            ];
            table.row(
                first
                    .into_iter()
                    .chain(stairwell.benefits.iter().flat_map(benefit_cells)),
            )?;
        }
        table.finish()
    }

    /// Those that may be chosen and are not, what is worth most first.
    pub(in crate::report) fn not_planned(&self) -> impl Iterator<Item = &LiftStairwell> {
        let counted = self.counted.map_or(0, |group| group + 1);
        let left = self
            .stairwells
            .iter()
            .filter(|one| one.planned.is_none() && one.standing.status.may_be_chosen());
        let mut left: Vec<&LiftStairwell> = left.collect();
        left.sort_by_key(|one| Reverse(self.goal.worth(&one.benefits[counted])));
        left.into_iter()
    }

    /// Writes `lift_timetable.csv`: a row for each quarter. What runs is what began before it, and is counted from the quarter in which
    /// it is finished.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_timetable(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let first = ["quarter", "begun", "finished", "cost"];
        let payers = self.policy.payers.iter().map(|payer| payer.key.as_str());
        let header = first.into_iter().chain(payers).chain(["owners"]);
        let benefit = BENEFIT.map(|column| format!("running_{column}"));
        table.row(header.map(str::to_owned).chain(benefit))?;
        for row in self.quarters() {
            let mut cells = vec![
                row.quarter.to_string(),
                row.begun.to_string(),
                row.finished.to_string(),
                row.cost.to_string(),
            ];
            cells.extend(row.by_payer.iter().map(ToString::to_string));
            cells.push(row.owners.to_string());
            cells.extend(benefit_cells(&row.running));
            table.row(cells)?;
        }
        table.finish()
    }

    /// The quarters in which lifts may be begun, and those until the last one runs; none where there are no quarters.
    pub(in crate::report) fn quarters(&self) -> Vec<QuarterRow> {
        let Some(season) = self.season else {
            return Vec::new();
        };
        let last = self.planned().filter_map(|one| one.planned?.runs).max();
        let end = season.from.after(season.quarters.saturating_sub(1));
        let end = last.map_or(end, |last| last.max(end));
        let all = (0..).map(|after| season.from.after(after));
        let all = all.take_while(|quarter| *quarter <= end);
        all.map(|quarter| self.quarter(quarter)).collect()
    }

    fn quarter(&self, quarter: Quarter) -> QuarterRow {
        let begins = |one: &LiftStairwell| one.planned.and_then(|one| one.begins);
        let runs = |one: &LiftStairwell| one.planned.and_then(|one| one.runs);
        let begun = || self.planned().filter(|one| begins(one) == Some(quarter));
        let finished = self.planned().filter(|one| runs(one) == Some(quarter));
        let running = self.planned();
        let running = running.filter(|one| runs(one).is_some_and(|runs| runs <= quarter));
        let money = |of: &dyn Fn(&LiftStairwell) -> Money| begun().map(of).sum();
        let payers = 0..self.policy.payers.len();
        QuarterRow {
            quarter,
            begun: begun().count(),
            finished: finished.count(),
            cost: money(&|one| one.funding.cost),
            by_payer: payers
                .map(|payer| money(&|one| one.funding.by_payer[payer]))
                .collect(),
            owners: money(&|one| one.funding.owners),
            running: self.sums(running)[0],
        }
    }

    /// Writes `lift_owners.csv`: what each storey of a stairwell with a planned lift pays, and each household of it where the
    /// households are known and the same on all storeys. Of houses higher than the policy tells of nothing is said.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_owners(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row([
            "building",
            "stairwell",
            "storey",
            "amount",
            "households",
            "amount_a_household",
        ])?;
        for stairwell in self.planned() {
            let Some(storeys) = stairwell.storeys else {
                continue;
            };
            let sum = stairwell.funding.owners;
            let amounts = self.policy.owners_by_storey(storeys, sum);
            let all = stairwell.households.filter(|all| *all > 0);
            let each = all.filter(|all| all.is_multiple_of(u32::from(storeys)));
            let each = each.map(|all| all / u32::from(storeys));
            for (storey, amount) in (1u8..).zip(amounts.unwrap_or_default()) {
                let a_household = each.map(|each| amount.as_f64() / f64::from(each));
                table.row([
                    stairwell.building.clone(),
                    stairwell.id.clone(),
                    storey.to_string(),
                    amount.to_string(),
                    each.map_or_else(String::new, |each| each.to_string()),
                    a_household.map_or_else(String::new, |amount| format!("{amount:.2}")),
                ])?;
            }
        }
        table.finish()
    }
}
