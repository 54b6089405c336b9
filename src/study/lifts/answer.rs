//! What lifts would bring, which are built first, and what it costs whom.

use super::LiftsQuestion;
use super::benefits::{Benefits, Homes};
use super::stairwells::Programme;
use crate::control::Control;
use crate::error::{Error, PlanError};
use crate::model::Findings;
use crate::planning::lifts::{LiftCandidate, LiftChoice, LiftStairwell, LiftStatus, PlannedLift};
use crate::report::LiftsReport;
use crate::study::StudyResult;
use crate::text::language::Language;
use crate::units::People;

/// What lifts would bring, and which are built first.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LiftsAnswer {
    /// The stairwells of the table, in its order.
    pub stairwells: Vec<LiftStairwell>,
    /// Those that get a lift, by their place in the list, in the order of the plan.
    pub planned: Vec<usize>,
    /// The choice, where one was asked for and there is something to choose.
    pub choice: Option<LiftChoice>,
    /// The people of all residents.
    pub people: People,
    /// The people who live behind no stairwell of the table.
    pub elsewhere: People,
    /// What was found about the table.
    pub findings: Findings,
}

impl StudyResult<'_> {
    /// What a lift in each stairwell of the study's table would bring, which are built within the limits, and who pays. Each
    /// is worth the same whatever else is built: who lives behind one stairwell takes no other.
    ///
    /// # Errors
    /// [`Error::Plan`] where no table of stairwells was read, or no storey is known that counts; [`Error::Siting`],
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// Linear in the residents, and that of [`LiftLimits::choose`](crate::planning::lifts::LiftLimits::choose); where stairs shut
    /// somebody in, one sweep.
    pub fn lifts(
        &mut self,
        question: &LiftsQuestion,
        control: Control<'_>,
    ) -> Result<LiftsAnswer, Error> {
        let groups = question.groups.iter();
        let groups: Vec<Vec<People>> = groups
            .map(|group| self.inputs.people_in(&group.columns))
            .collect();
        let known = self.inputs.stairwells.as_ref();
        let known = known.ok_or(PlanError::NoStairwells)?;
        let placed = self.analysis.placed();
        if !placed.counts_storeys(&self.inputs.residents) {
            return Err(PlanError::NoStoreys.into());
        }
        let mut programme = Programme {
            question,
            table: &known.table,
            inputs: &self.inputs,
            findings: Findings::default(),
        };
        let mut stairwells = programme.stairwells(known);
        let findings = programme.findings;
        let homes = Homes::new(self, known);
        let benefits = Benefits {
            result: self,
            homes: &homes,
            groups: &groups,
        };
        benefits.add(&mut stairwells, control)?;
        self.name_communities(&homes, &mut stairwells);
        let mut answer = LiftsAnswer {
            elsewhere: homes.elsewhere(&self.inputs.residents),
            people: self.inputs.residents.iter().map(|one| one.people).sum(),
            stairwells,
            planned: Vec::new(),
            choice: None,
            findings,
        };
        answer.choose(question, control)?;
        Ok(answer)
    }

    /// Where the table says no community, it is the area of the first who lives there.
    fn name_communities(&self, homes: &Homes, stairwells: &mut [LiftStairwell]) {
        let areas = self.analysis.areas.area_of().iter();
        for (stairwell, area) in homes.stairwell_of.iter().zip(areas) {
            if let (Some(place), Some(area)) = (stairwell, area) {
                let community = &mut stairwells[*place as usize].community;
                let name = || self.inputs.areas[*area as usize].name.clone();
                community.get_or_insert_with(name);
            }
        }
    }
}

impl LiftsAnswer {
    /// Chooses lifts within the limits, and gives each its place in the plan.
    fn choose(&mut self, question: &LiftsQuestion, control: Control<'_>) -> Result<(), Error> {
        let Some(limits) = question.limits else {
            return Ok(());
        };
        let places: Vec<usize> = (0..self.stairwells.len())
            .filter(|&at| question.may_choose(&self.stairwells[at]))
            .collect();
        let candidates: Vec<LiftCandidate> = places
            .iter()
            .map(|&at| question.candidate(&self.stairwells[at]))
            .collect();
        let choice = limits.choose(&candidates, control, question.time_limit)?;
        let from = limits.season.map(|season| season.from);
        let months = question.policy.months_of_building();
        for (rank, one) in (1..).zip(&choice.chosen) {
            let place = places[one.candidate];
            let planned = PlannedLift::new(rank, from, one.begins, months);
            self.stairwells[place].planned = Some(planned);
            self.planned.push(place);
        }
        self.choice = Some(choice);
        Ok(())
    }

    /// The stairwells of one status.
    pub fn with_status(&self, status: LiftStatus) -> impl Iterator<Item = &LiftStairwell> {
        let stairwells = self.stairwells.iter();
        stairwells.filter(move |one| one.standing.status == status)
    }

    pub(super) fn report<'a>(
        &'a self,
        question: &'a LiftsQuestion,
        language: Language,
    ) -> LiftsReport<'a> {
        LiftsReport {
            policy: &question.policy,
            goal: question.goal,
            groups: question
                .groups
                .iter()
                .map(|group| group.name.as_str())
                .collect(),
            counted: question.counted,
            language,
            season: question.limits.and_then(|limits| limits.season),
            stairwells: &self.stairwells,
            planned: &self.planned,
            choice: self.choice.as_ref(),
            people: self.people,
            elsewhere: self.elsewhere,
        }
    }
}

impl LiftsQuestion {
    /// Whether a stairwell may get a lift of the plan.
    fn may_choose(&self, stairwell: &LiftStairwell) -> bool {
        match stairwell.standing.status {
            LiftStatus::Ready => true,
            status => !self.ready_only && status.may_be_chosen(),
        }
    }

    /// What a stairwell is in the choice. The budget is public money: what owners pay is theirs.
    fn candidate(&self, stairwell: &LiftStairwell) -> LiftCandidate {
        let counted = self.counted.map_or(0, |group| group + 1);
        LiftCandidate {
            gain: self.goal.worth(&stairwell.benefits[counted]),
            cost: stairwell.funding.public(),
            ready: self
                .policy
                .months_until_building(stairwell.stage)
                .div_ceil(3),
        }
    }
}
