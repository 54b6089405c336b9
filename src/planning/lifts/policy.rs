//! A policy for lifts, as data.

use super::{Condition, Funding, OwnersShares, Payer};
use crate::siting::Money;
use crate::text::language::Words;

/// A policy for lifts: who may have one, what it costs, who pays, and by which stages it is built.
///
/// ```
/// use pedshed::planning::lifts::LiftPolicy;
/// let policy = LiftPolicy::named("taiyuan-2025").expect("it ships");
/// let subsidy: Vec<String> = policy.payers.iter().map(|payer| payer.amount.to_string()).collect();
/// assert_eq!(subsidy, ["100000", "75000", "75000"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LiftPolicy {
    /// Its name in files and on the command line.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Where its text was had from.
    pub source: Words,
    /// What it asks of a stairwell.
    pub conditions: Vec<Condition>,
    /// What a lift costs where its stairwell does not say.
    pub cost: Money,
    /// Who pays how much of each lift.
    pub payers: Vec<Payer>,
    /// How owners share the rest, by the storeys of the house.
    pub owners: Vec<OwnersShares>,
    /// The stages, in their order.
    pub stages: Vec<LiftStage>,
    /// What in it was not read in a source: to be looked up before it is relied on.
    pub unchecked: Vec<Words>,
}

/// A stage on the way to a lift that runs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LiftStage {
    /// Its name in files: `survey`.
    pub key: String,
    /// What people call it.
    pub name: Words,
    /// Other words by which a column may name it.
    pub words: Vec<String>,
    /// How many months it takes.
    pub months: u32,
    /// What it means for the lift.
    pub state: LiftState,
    /// Who is responsible, where a stairwell does not say.
    pub responsible: Words,
}

/// What a stage means for the lift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LiftState {
    /// It is prepared: nothing is built yet.
    Prepared,
    /// It is being built.
    UnderWay,
    /// It runs.
    Built,
}

impl LiftState {
    /// All, in their order.
    pub const ALL: [LiftState; 3] = [LiftState::Prepared, LiftState::UnderWay, LiftState::Built];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LiftState::Prepared => "prepared",
            LiftState::UnderWay => "under_way",
            LiftState::Built => "built",
        }
    }
}

impl LiftPolicy {
    /// The months from a stage until building can begin: what this stage and those after it take that come before building.
    /// Without a stage it is the first.
    #[must_use]
    pub fn months_until_building(&self, stage: Option<usize>) -> u32 {
        self.months(stage.unwrap_or(0), LiftState::Prepared)
    }

    /// The months from when building begins until the lift runs.
    #[must_use]
    pub fn months_of_building(&self) -> u32 {
        self.months(0, LiftState::UnderWay)
    }

    fn months(&self, from: usize, state: LiftState) -> u32 {
        let stages = self.stages.iter().skip(from);
        let stages = stages.filter(|stage| stage.state == state);
        stages.map(|stage| stage.months).sum()
    }

    /// The stage that a cell names, by its key, its names or its words.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn stage_of(&self, cell: &str) -> Option<usize> {
        use crate::text::language::Language;
        use crate::text::plain::letters;

        let cell = letters(cell);
        let is_called = |stage: &LiftStage| {
            let names = Language::ALL.map(|language| stage.name.get(language));
            let names = names.into_iter().chain([stage.key.as_str()]);
            let mut names = names.chain(stage.words.iter().map(String::as_str));
            names.any(|name| letters(name) == cell)
        };
        self.stages.iter().position(is_called)
    }

    /// Who pays how much of a lift of this cost.
    #[must_use]
    pub fn fund(&self, cost: Money) -> Funding {
        Funding::new(&self.payers, cost)
    }

    /// How owners share a sum, by storey from the first one on; `None` where the policy says nothing of houses so high.
    #[must_use]
    pub fn owners_by_storey(&self, storeys: u8, sum: Money) -> Option<Vec<Money>> {
        let rules = self.owners.iter();
        // A table for higher houses serves lower ones: its first shares, brought up to the whole.
        let rules = rules.filter(|rule| rule.shares.len() >= usize::from(storeys));
        let rule = rules.min_by_key(|rule| rule.shares.len())?;
        rule.split(storeys, sum)
    }
}
