//! `lift_tasks.csv`: one row for each stairwell, with its stage, what is missing, and who is responsible.

use std::io;

use super::{BENEFIT, LiftsReport, benefit_cells};
use crate::planning::lifts::{LiftStairwell, LiftStatus};
use crate::text::table::TableWriter;

/// Between several things in one cell.
const AND: &str = "; ";

impl LiftsReport<'_> {
    /// Writes `lift_tasks.csv`: a row for each stairwell of the table, in its order. `missing` and `against` name columns of the table;
    /// `responsible` is who the table names, else who the policy does for the stage.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_tasks(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        let first = [
            "building",
            "stairwell",
            "street",
            "community",
            "status",
            "stage",
            "next_stage",
            "responsible",
            "missing",
            "against",
            "storeys",
            "households",
            "people",
            "not_known",
            "rank",
            "begins",
            "runs",
            "cost",
        ];
        let payers = self.policy.payers.iter().map(|payer| payer.key.as_str());
        let header = first.into_iter().chain(payers).chain(["owners"]);
        table.row(header.chain(BENEFIT).chain(["source"]))?;
        for stairwell in self.stairwells {
            let mut cells = self.task(stairwell);
            let payers = stairwell.funding.by_payer.iter();
            cells.extend(payers.map(ToString::to_string));
            cells.push(stairwell.funding.owners.to_string());
            cells.extend(benefit_cells(&stairwell.benefit()));
            cells.push(stairwell.source.clone());
            table.row(cells)?;
        }
        table.finish()
    }

    fn task(&self, stairwell: &LiftStairwell) -> Vec<String> {
        fn cell<T: ToString>(value: Option<T>) -> String {
            value.map_or_else(String::new, |value| value.to_string())
        }
        let stages = &self.policy.stages;
        let stage = stairwell.stage.map(|stage| &stages[stage]);
        let standing = &stairwell.standing;
        let is_built = standing.status == LiftStatus::Built;
        let next = stairwell.stage.map_or(0, |stage| stage + 1);
        let next = stages.get(next).filter(|_| !is_built);
        // Who is responsible for the stage where it is; for the first one where nothing is said.
        let of_stage = stage.or(stages.first());
        let of_stage = of_stage.map(|stage| stage.responsible.get(self.language));
        let responsible = stairwell.responsible.as_deref().or(of_stage);
        let planned = stairwell.planned;
        vec![
            stairwell.building.clone(),
            stairwell.id.clone(),
            cell(stairwell.street.as_ref()),
            cell(stairwell.community.as_ref()),
            standing.status.name().to_owned(),
            cell(stage.map(|stage| &stage.key)),
            cell(next.map(|next| &next.key)),
            cell(responsible),
            self.missing(stairwell),
            self.columns(&standing.against),
            cell(stairwell.storeys),
            cell(stairwell.households),
            stairwell.people.to_string(),
            stairwell.not_known.to_string(),
            cell(planned.map(|one| one.rank)),
            cell(planned.and_then(|one| one.begins)),
            cell(planned.and_then(|one| one.runs)),
            stairwell.funding.cost.to_string(),
        ]
    }

    /// What is not known of a stairwell, or not yet met.
    fn missing(&self, stairwell: &LiftStairwell) -> String {
        if matches!(
            stairwell.standing.status,
            LiftStatus::Built | LiftStatus::UnderWay
        ) {
            return String::new();
        }
        let conditions = self.columns(&stairwell.standing.missing);
        let stage = if stairwell.stage.is_none() {
            "stage"
        } else {
            ""
        };
        let lift = if stairwell.lift.is_none() { "lift" } else { "" };
        let all = [lift, stage, &conditions].into_iter();
        let all: Vec<&str> = all.filter(|text| !text.is_empty()).collect();
        all.join(AND)
    }

    /// The columns of conditions.
    fn columns(&self, conditions: &[usize]) -> String {
        let columns = conditions.iter();
        let columns = columns.map(|&place| self.policy.conditions[place].column.key());
        columns.collect::<Vec<_>>().join(AND)
    }
}
