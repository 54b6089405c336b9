//! What comes of a siting problem.

use super::{Floor, Goal, Money, Stopped};
use crate::id::SiteId;
use crate::units::People;

/// How much of what a goal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Amount {
    /// People who are covered.
    People(People),
    /// Milliseconds that thousandths of people walk together: divided by a million they are people times seconds.
    PeopleMilliseconds(u128),
    /// The longest walk, in milliseconds.
    Milliseconds(u64),
    /// So many sites.
    Sites(u64),
    /// So much money.
    Money(Money),
}

impl Amount {
    /// As a number of people, people times seconds, seconds, sites or money.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Amount::People(people) => people.as_f64(),
            Amount::PeopleMilliseconds(amount) => amount as f64 / 1e6,
            Amount::Milliseconds(amount) => amount as f64 / 1e3,
            Amount::Sites(count) => count as f64,
            Amount::Money(money) => money.as_f64(),
        }
    }
}

/// A chosen site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChosenSite {
    /// Which.
    pub site: SiteId,
    /// With a cutoff: the people whom it covers beyond those of the sites before it and of those that stand. Without: the people
    /// whose nearest site it is.
    pub people: People,
    /// The people whom nobody else would serve within the cutoff if it fell away; without a cutoff those of `people`.
    pub alone: People,
    /// The year in which it is built, where the problem has years.
    pub year: Option<i32>,
}

/// The best sites that were found, and a certificate of how good they are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Siting {
    /// What was wanted.
    pub goal: Goal,
    /// The sites, by year where the problem has years, then in the order in which each adds most to those before it.
    pub chosen: Vec<ChosenSite>,
    /// What they are worth.
    pub objective: Amount,
    /// No choice within the limits is worth more (or, where less is better, less).
    pub bound: Amount,
    /// Whether the bound says that nothing better exists.
    pub proven: bool,
    /// Why the search ended before it was proven, where it did.
    pub stopped: Option<Stopped>,
    /// What the chosen sites cost.
    pub cost: Money,
    /// The people of all records.
    pub people: People,
    /// The people whom the sites that stand serve.
    pub standing: People,
    /// The people who can walk to no site, whatever is built.
    pub out_of_reach: People,
    /// Their records.
    pub out_of_reach_records: u64,
    /// The people who can walk to some candidate, but to none of those chosen.
    pub left_out: People,
    /// Whether the objective and the bound count people by weights.
    pub is_weighted: bool,
    /// The floor that all communities stand on, where one was asked for.
    pub floor: Option<Floor>,
    /// Where the problem has years: whether no other years for the same sites cover more people sooner.
    pub schedule_proven: Option<bool>,
    /// Clients of the solver: residents with equal walks are one.
    pub clients: usize,
    /// Candidates that were left out of the search, since another one of the same mode serves the same people as well for no more.
    pub dominated: usize,
}

impl Siting {
    /// How far the objective may be from the best, as a share of the objective.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let (objective, bound) = (self.objective.as_f64(), self.bound.as_f64());
        if self.proven || objective == bound {
            0.0
        } else if objective == 0.0 {
            1.0
        } else {
            (objective - bound).abs() / objective
        }
    }
}
