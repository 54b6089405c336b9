//! `lift_plan.csv`, `lift_timetable.csv`, `lift_tasks.csv`, `lift_owners.csv`, `lift_progress.csv`, `lift_groups.csv`, `lifts.geojson`, and what
//! `summary.json` says of lifts.

mod map;
mod plan;
mod progress;
mod summary;
mod tasks;

use crate::planning::lifts::{
    LiftBenefit, LiftChoice, LiftGoal, LiftPolicy, LiftSeason, LiftStairwell,
};
use crate::text::language::Language;
use crate::units::People;

/// Lifts, as files.
#[derive(Clone, Debug)]
pub(crate) struct LiftsReport<'a> {
    pub(crate) policy: &'a LiftPolicy,
    pub(crate) goal: LiftGoal,
    /// What the groups are called, in their order.
    pub(crate) groups: Vec<&'a str>,
    /// The group that alone counts in the choice.
    pub(crate) counted: Option<usize>,
    /// Of what is said in words.
    pub(crate) language: Language,
    pub(crate) season: Option<LiftSeason>,
    /// In the order of their table.
    pub(crate) stairwells: &'a [LiftStairwell],
    /// Those that get a lift, in the order of the plan.
    pub(crate) planned: &'a [usize],
    pub(crate) choice: Option<&'a LiftChoice>,
    /// The people of all residents.
    pub(crate) people: People,
    /// Those who live behind no stairwell of the table.
    pub(crate) elsewhere: People,
}

/// What a benefit is called as columns.
const BENEFIT: [&str; 5] = [
    "people_above_first_storey",
    "newly_covered",
    "person_minutes_a_day",
    "freed",
    "step_free",
];

/// A benefit as cells, in the order of its columns.
fn benefit_cells(benefit: &LiftBenefit) -> [String; 5] {
    [
        benefit.people.to_string(),
        benefit.newly_covered.to_string(),
        format!("{:.3}", benefit.person_minutes()),
        benefit.freed.to_string(),
        benefit.step_free.to_string(),
    ]
}

impl<'a> LiftsReport<'a> {
    /// The stairwells that get a lift, in the order of the plan.
    pub(in crate::report) fn planned(&self) -> impl Iterator<Item = &'a LiftStairwell> {
        let stairwells = self.stairwells;
        self.planned.iter().map(move |&place| &stairwells[place])
    }

    /// What some stairwells' lifts bring, to everybody and then to each group.
    pub(in crate::report) fn sums<'s>(
        &self,
        stairwells: impl Iterator<Item = &'s LiftStairwell>,
    ) -> Vec<LiftBenefit> {
        let mut sums = vec![LiftBenefit::default(); 1 + self.groups.len()];
        for stairwell in stairwells {
            for (sum, benefit) in sums.iter_mut().zip(&stairwell.benefits) {
                *sum += *benefit;
            }
        }
        sums
    }
}
