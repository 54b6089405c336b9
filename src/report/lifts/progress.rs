//! `lift_progress.csv` and `lift_groups.csv`: how far the programme is, by community, and what it brings to groups.

use std::collections::BTreeMap;
use std::io;

use super::{BENEFIT, LiftsReport, benefit_cells};
use crate::planning::lifts::{LiftStairwell, LiftStatus};
use crate::text::table::TableWriter;
use crate::units::People;

/// How far some stairwells are.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::report) struct Progress {
    pub(in crate::report) stairwells: usize,
    /// By status, in the order of [`LiftStatus::ALL`].
    pub(in crate::report) by_status: [usize; LiftStatus::ALL.len()],
    pub(in crate::report) planned: usize,
    pub(in crate::report) people: People,
    /// The people who reach their flats without a step today.
    pub(in crate::report) step_free: People,
    /// The people who do with the planned lifts too.
    pub(in crate::report) step_free_then: People,
}

impl Progress {
    fn add(&mut self, stairwell: &LiftStairwell) {
        self.stairwells += 1;
        for (count, status) in self.by_status.iter_mut().zip(LiftStatus::ALL) {
            *count += usize::from(stairwell.standing.status == status);
        }
        self.people += stairwell.people;
        self.step_free += stairwell.step_free;
        self.step_free_then += stairwell.step_free;
        if stairwell.planned.is_some() {
            self.planned += 1;
            self.step_free_then += stairwell.benefit().step_free;
        }
    }
}

impl LiftsReport<'_> {
    /// How far all are.
    pub(in crate::report) fn progress(&self) -> Progress {
        let mut all = Progress::default();
        self.stairwells.iter().for_each(|one| all.add(one));
        all
    }

    /// Writes `lift_progress.csv`: a row for each community, by name; blank for stairwells of which none is known.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_progress(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut by_community: BTreeMap<&str, Progress> = BTreeMap::new();
        for stairwell in self.stairwells {
            let community = stairwell.community.as_deref().unwrap_or_default();
            by_community.entry(community).or_default().add(stairwell);
        }
        let mut table = TableWriter::new(writer);
        let statuses = LiftStatus::ALL.map(LiftStatus::name);
        let header = ["community", "stairwells"].into_iter().chain(statuses);
        table.row(header.chain(["planned", "people", "step_free", "step_free_with_plan"]))?;
        for (community, progress) in by_community {
            let mut cells = vec![community.to_owned(), progress.stairwells.to_string()];
            cells.extend(progress.by_status.iter().map(ToString::to_string));
            cells.push(progress.planned.to_string());
            let people = [progress.people, progress.step_free, progress.step_free_then];
            cells.extend(people.map(|people| people.to_string()));
            table.row(cells)?;
        }
        table.finish()
    }

    /// Writes `lift_groups.csv`: what the plan brings to everybody and to each group, and what lifts would in all stairwells that may
    /// be chosen.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_groups(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        table.row(["group", "lifts"].into_iter().chain(BENEFIT))?;
        let planned = self.sums(self.planned());
        let all = self.stairwells.iter();
        let all = self.sums(all.filter(|one| one.standing.status.may_be_chosen()));
        let names = std::iter::once("").chain(self.groups.iter().copied());
        for (name, (planned, all)) in names.zip(planned.iter().zip(&all)) {
            for (lifts, benefit) in [("planned", planned), ("all_possible", all)] {
                let first = [name.to_owned(), lifts.to_owned()];
                table.row(first.into_iter().chain(benefit_cells(benefit)))?;
            }
        }
        table.finish()
    }
}
