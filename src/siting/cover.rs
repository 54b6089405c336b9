//! Set cover: the least that covers everybody, or a share of all.

use super::asked::{Answer, Asked, found, left_out, none_found, solve_without_dominated};
use super::clients::{Client, flat, without_implied};
use super::divisor::common_divisor;
use super::exact::Limits;
use super::watch::Watch;
use super::{Amount, Money, SitingError};

/// The largest sum of savings that the solver takes.
const MOST: i64 = 1 << 58;

impl Asked<'_> {
    /// Everybody who can be covered is worth more than all sites cost.
    pub(super) fn set_cover(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let all = self.open_clients(self.problem.cutoff);
        let clients = without_implied(&all, self.candidates.len());
        let (prices, price_unit) = self.prices();
        let worth = prices.iter().sum::<i64>() + 1;
        if i128::from(worth) * (clients.len() as i128 + 1) > i128::from(MOST) {
            return Err(SitingError::TooLarge);
        }
        let instance = flat(&clients, |_| worth, prices);
        let (outcome, dominated) = solve_without_dominated(&instance, &self.limits, None, watch);
        let covered = worth * clients.len() as i64;
        let chosen = found(outcome.chosen)?;
        if left_out(&clients, &chosen) > 0 {
            return Err(none_found(watch));
        }
        let amount = |value: i64| paid((covered - value).max(0), price_unit);
        Ok(Answer {
            chosen,
            objective: amount(outcome.value),
            bound: amount(outcome.bound),
            clients: clients.len(),
            dominated,
            floor: None,
        })
    }

    /// What sites cost in whole units, and the thousandths in a unit; 1 each where no site costs anything.
    pub(super) fn prices(&self) -> (Vec<i64>, Option<u64>) {
        let costs: Vec<u64> = self.limits.costs.iter().map(|&cost| cost as u64).collect();
        if costs.iter().all(|&cost| cost == 0) {
            return (vec![1; costs.len()], None);
        }
        let unit = common_divisor(costs.iter().copied());
        (
            costs.iter().map(|cost| (cost / unit) as i64).collect(),
            Some(unit),
        )
    }

    /// The people beyond those whom standing sites have that make up a share of all.
    pub(super) fn wanted_weight(&self, share: f64, clients: &[Client]) -> Result<i64, SitingError> {
        let total: i64 = (0..self.now.len())
            .map(|resident| self.weight(resident))
            .sum();
        let standing = self.standing_weight();
        let most = standing + clients.iter().map(|client| client.weight).sum::<i64>();
        let wanted = least_share(share, total as f64) as i64;
        if wanted <= most {
            return Ok(wanted - standing);
        }
        Err(SitingError::Share {
            wanted: share,
            most: most as f64 / total.max(1) as f64,
        })
    }

    /// The limits with no more than this spent: money in this unit, or sites where none costs anything.
    fn limits_within(&self, amount: i64, price_unit: Option<u64>) -> Limits {
        let mut limits = self.limits.clone();
        match price_unit {
            Some(unit) => {
                let budget = limits.budget.unwrap_or(i64::MAX);
                limits.budget = Some(budget.min(amount * unit as i64));
            }
            None => limits.max_sites = limits.max_sites.min(amount as usize),
        }
        limits
    }

    /// The least that covers a share, by halving what may be spent: each time the most people for so much.
    pub(super) fn share_cover(&self, share: f64, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let clients = self.open_clients(self.problem.cutoff);
        let free = vec![0; self.candidates.len()];
        let instance = flat(&clients, |client| client.weight, free);
        let wanted = self.wanted_weight(share, &clients)?;
        let (prices, price_unit) = self.prices();
        let (mut low, mut high, mut proven) = (0, prices.iter().sum::<i64>() + 1, 0);
        let mut best: Option<(Vec<u32>, i64)> = None;
        let mut dominated = 0;
        while low < high {
            let middle = low + (high - low) / 2;
            let limits = self.limits_within(middle, price_unit);
            let (outcome, dropped) =
                solve_without_dominated(&instance, &limits, Some(wanted), watch);
            dominated = dropped;
            match outcome.chosen {
                Some(chosen) if outcome.value >= wanted => {
                    let spent = chosen.iter().map(|&site| prices[site as usize]);
                    high = middle.min(spent.sum());
                    best = Some((chosen, high));
                }
                _ if outcome.bound < wanted => {
                    low = middle + 1;
                    proven = low;
                }
                // What is not known may be possible: the bound stays, and more is tried.
                _ if watch.is_over() && best.is_some() => break,
                _ => low = middle + 1,
            }
        }
        let (chosen, spent) = best.ok_or_else(|| none_found(watch))?;
        Ok(Answer {
            chosen,
            objective: paid(spent, price_unit),
            bound: paid(proven.min(spent), price_unit),
            clients: clients.len(),
            dominated,
            floor: None,
        })
    }
}

/// The least whole number that makes up a share of all, up to a rounding error of the share itself.
pub(super) fn least_share(share: f64, total: f64) -> f64 {
    (share * total - 1e-9 * total).ceil()
}

/// So much of what a choice costs.
pub(super) fn paid(amount: i64, price_unit: Option<u64>) -> Amount {
    match price_unit {
        Some(unit) => Amount::Money(Money::from_thousandths(amount as u64 * unit)),
        None => Amount::Sites(amount as u64),
    }
}
