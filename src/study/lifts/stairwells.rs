//! The rows of a table of stairwells as those of the programme.

use super::LiftsQuestion;
use crate::inputs::{
    Inputs, LayerKind, LookedAt, PointRecords, Stairwell, Stairwells, people_cells,
};
use crate::model::{Attribute, FindingCode, Findings};
use crate::planning::lifts::{LiftStairwell, LiftStanding, Requirement};
use crate::siting::Money;
use crate::text::language::Words;
use crate::units::People;

/// Reads what a table says of its stairwells for the programme.
pub(super) struct Programme<'a> {
    pub(super) question: &'a LiftsQuestion,
    pub(super) table: &'a PointRecords,
    pub(super) inputs: &'a Inputs,
    pub(super) findings: Findings,
}

impl<'a> Programme<'a> {
    /// All stairwells of the table, each once, in its order.
    pub(super) fn stairwells(&mut self, known: &Stairwells) -> Vec<LiftStairwell> {
        let households = self.households();
        let read = known
            .list()
            .iter()
            .map(|one| self.stairwell(one, &households));
        read.collect()
    }

    fn cell(&self, row: usize, attribute: Attribute) -> Option<&'a str> {
        self.table.attributes.of(attribute)?.get(row)
    }

    /// A cell that is counted where it is filled and not understood.
    fn understood<T>(
        &mut self,
        row: usize,
        attribute: Attribute,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(row, attribute)?;
        let value = read(text);
        if value.is_none() {
            let source = self.table.records[row].source.as_str();
            let of = (LayerKind::Stairwells, attribute.key());
            let looked_at = LookedAt::taken(&self.inputs.readings, of, source);
            let code = FindingCode::CellNotUnderstood;
            looked_at.tell(&mut self.findings, code, source, text);
        }
        value
    }

    /// By row the households, where whole ones are said.
    fn households(&self) -> Vec<Option<u32>> {
        let column = self.table.attributes.of(Attribute::Dwellings);
        let cells = column.map(people_cells).unwrap_or_default();
        let whole = |people: People| {
            let thousandths = people.thousandths();
            let whole = thousandths
                .is_multiple_of(1000)
                .then_some(thousandths / 1000)?;
            u32::try_from(whole).ok()
        };
        let cells = cells.into_iter();
        cells.map(|cell| cell.ok().and_then(whole)).collect()
    }

    fn stairwell(&mut self, known: &Stairwell, households: &[Option<u32>]) -> LiftStairwell {
        let row = known.row;
        let policy = &self.question.policy;
        let stage = self.understood(row, Attribute::Stage, |text| policy.stage_of(text));
        let cost: Option<Money> = self.understood(row, Attribute::Cost, |text| text.parse().ok());
        let households = self.understood(row, Attribute::Dwellings, |_| {
            households.get(row).copied().flatten()
        });
        let conditions = policy.conditions.iter();
        let conditions: Vec<Option<bool>> = conditions
            .map(|condition| {
                let met = |text: &str| condition.wanted.is_met(condition.column, text);
                match condition.wanted {
                    // A number of storeys that is not understood was counted where the table was read.
                    Requirement::Storeys(least) => known.storeys.map(|storeys| storeys >= least),
                    Requirement::Says(_) | Requirement::Share(_) => {
                        self.understood(row, condition.column, met)
                    }
                }
            })
            .collect();
        let standing = LiftStanding::new(policy, known.lift, stage, &conditions);
        let record = &self.table.records[row];
        if standing.contradicts {
            let code = FindingCode::LiftStageContradicted;
            let place = Words::place(&record.source);
            self.findings.add(code, || place);
        }
        let text = |attribute| self.cell(row, attribute).map(str::to_owned);
        LiftStairwell {
            id: record.id.clone().unwrap_or_default(),
            building: text(Attribute::Building).unwrap_or_default(),
            street: text(Attribute::Street),
            community: text(Attribute::Community),
            source: record.source.clone(),
            place: None,
            storeys: known.storeys,
            households,
            lift: known.lift,
            entry: known.entry.unwrap_or(self.question.entry),
            stage,
            responsible: text(Attribute::Responsible),
            funding: policy.fund(cost.unwrap_or(policy.cost)),
            standing,
            people: People::ZERO,
            not_known: People::ZERO,
            step_free: People::ZERO,
            benefits: Vec::new(),
            planned: None,
        }
    }
}
