//! How supply is spread over people.

use super::SupplyReach;
use crate::planning::equity::Distribution;
use crate::units::People;

/// So many parts make a place per person: scores are counted in whole parts, to keep sums exact.
const PARTS: f64 = 1e12;
/// So many make a place per thousand people.
const PER_THOUSAND: f64 = PARTS / 1000.0;

/// How supply is spread over some people. What it is spread over are the people whose supply is known; means and percentiles are
/// places per thousand people, `None` of nobody.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplySpread {
    /// The people whose supply is known.
    pub known: People,
    /// Those whose supply is not.
    pub unknown: People,
    /// Those of the known who get nothing.
    pub none: People,
    /// Those of the known who may get more, since a station within their cutoff does not say how many it can take.
    pub understated: People,
    /// The mean.
    pub mean: Option<f64>,
    /// What nine of ten people have at least.
    pub p10: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// What one of ten people has at least.
    pub p90: Option<f64>,
    /// The Gini coefficient.
    pub gini: Option<f64>,
}

impl SupplySpread {
    /// The spread of scores over the people of the same records.
    pub(super) fn new(scores: &[Option<f64>], reach: &[SupplyReach], people: &[People]) -> Self {
        let values: Vec<Option<u64>> = scores.iter().map(|score| Some(parts((*score)?))).collect();
        let spread = Distribution::new(&values, people);
        let sum_of = |counts: &dyn Fn(usize) -> bool| -> People {
            let each = people.iter().enumerate();
            let counted = each.filter(|(record, _)| counts(*record));
            counted.map(|(_, people)| *people).sum()
        };
        let percentile = |percent| Some(spread.percentile(percent)? as f64 / PER_THOUSAND);
        Self {
            known: spread.people(),
            unknown: spread.without(),
            none: sum_of(&|record| scores[record] == Some(0.0)),
            understated: sum_of(&|record| reach[record].is_understated()),
            mean: spread.mean().map(|mean| mean / PER_THOUSAND),
            p10: percentile(10),
            median: percentile(50),
            p90: percentile(90),
            gini: spread.gini(),
        }
    }
}

/// A score in whole parts.
fn parts(score: f64) -> u64 {
    (score * PARTS).round() as u64
}

/// What some people get in all, and who they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SupplySum {
    people: People,
    /// In thousandths of a person times parts.
    sum: u128,
}

impl SupplySum {
    pub(super) fn add(&mut self, people: People, score: f64) {
        self.people += people;
        self.sum += u128::from(people.thousandths()) * u128::from(parts(score));
    }

    /// Places per thousand people; `None` of nobody.
    pub(super) fn mean(self) -> Option<f64> {
        let people = self.people.thousandths();
        (people > 0).then(|| self.sum as f64 / people as f64 / PER_THOUSAND)
    }
}
