//! What the sheet of indicators says of lifts, sessions and sites: the figures that answer the question of the verb.

use crate::planning::lifts::{Funding, LiftBenefit, LiftStatus};
use crate::report::{LiftsReport, SessionsReport, SitingReport};
use crate::siting::Money;
use crate::units::People;

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// A number of things.
    Count(usize),
    /// People of all these.
    People(People, People),
    /// Money.
    Money(Money),
}

/// A figure of the sheet of indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headline {
    /// What it is called in English and in Chinese.
    pub(crate) words: [&'static str; 2],
    /// How much it is.
    pub(crate) amount: Amount,
}

const fn headline(en: &'static str, zh: &'static str, amount: Amount) -> Headline {
    let words = [en, zh];
    Headline { words, amount }
}

impl LiftsReport<'_> {
    /// The stairwells by status, the plan, what it costs and what it brings.
    pub(crate) fn headlines(&self) -> Vec<Headline> {
        let with_status = |status: LiftStatus| {
            let stairwells = self.stairwells.iter();
            let of_status = stairwells.filter(|one| one.standing.status == status);
            Amount::Count(of_status.count())
        };
        let count = Amount::Count(self.stairwells.len());
        let mut found = vec![
            headline("Stairwells", "单元总数", count),
            headline(
                "With a lift",
                "已加装电梯单元",
                with_status(LiftStatus::Built),
            ),
            headline(
                "Being built",
                "施工中单元",
                with_status(LiftStatus::UnderWay),
            ),
            headline("Ready", "条件具备单元", with_status(LiftStatus::Ready)),
        ];
        if self.choice.is_none() {
            return found;
        }
        let money = |of: fn(&Funding) -> Money| {
            let all = self.planned().map(|one| of(&one.funding));
            Amount::Money(all.sum())
        };
        let sums = self.sums(self.planned());
        let gains: LiftBenefit = sums.first().copied().unwrap_or_default();
        let people = |people| Amount::People(people, self.people);
        found.extend([
            headline(
                "Planned lifts",
                "列入计划电梯",
                Amount::Count(self.planned.len()),
            ),
            headline(
                "Cost of the plan",
                "计划总费用",
                money(|funding| funding.cost),
            ),
            headline("Public money", "其中财政资金", money(Funding::public)),
            headline("Newly covered", "新覆盖人口", people(gains.newly_covered)),
            headline("Can go out again", "恢复出行人口", people(gains.freed)),
            headline(
                "Step-free home",
                "可无障碍到家人口",
                people(gains.step_free),
            ),
        ]);
        found
    }
}

impl SessionsReport<'_> {
    /// How many sessions there are, at how many places, and who had one.
    pub(crate) fn headlines(&self) -> Vec<Headline> {
        let sums = self.everybody();
        let people = |people| Amount::People(people, sums.people);
        vec![
            headline("Sessions", "场次", Amount::Count(self.sessions.len())),
            headline("Places", "宣讲点", Amount::Count(self.places())),
            headline("Had a session", "有场次覆盖人口", people(sums.had)),
            headline("Had none", "无场次覆盖人口", people(sums.missed())),
        ]
    }
}

impl SitingReport<'_> {
    /// How many sites are chosen, what they cost, and who is covered before and after.
    pub(crate) fn headlines(&self) -> Vec<Headline> {
        let siting = self.siting;
        let people = |people| Amount::People(people, siting.people);
        let standing = siting.standing;
        let after = self.rows().last().map_or(standing, |row| row.total_people);
        vec![
            headline("Sites", "增设站点", Amount::Count(siting.chosen.len())),
            headline("Cost", "费用", Amount::Money(siting.cost)),
            headline("Covered by what stands", "现状覆盖人口", people(standing)),
            headline("Covered with the sites", "增设后覆盖人口", people(after)),
        ]
    }
}
