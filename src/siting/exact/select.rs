//! The best set of sites within the limits when each site has a reward of its own: the half of the dual that is about sites.

use super::limits::{Limits, State, Tally};

/// The parts of a price of money: prices are integers over this.
const PARTS: u32 = 20;

/// The best set for some rewards.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    /// At least what any set within the limits brings.
    pub(super) value: i64,
    /// The set that brings it, which a budget may not allow.
    pub(super) chosen: Vec<bool>,
    /// By site: what the value loses at least if the site went against the selection.
    pub(super) regret: Vec<i64>,
    /// What the set costs.
    cost: i64,
}

/// Selects again and again, with rewards that change little.
#[derive(Clone, Debug)]
pub(super) struct Selector<'l> {
    limits: &'l Limits,
    /// The price of money at which the budget was last used up.
    last_price: i64,
}

impl<'l> Selector<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            last_price: 0,
        }
    }

    /// The best set; `None` where the limits allow none.
    ///
    /// # Complexity
    /// O(n log n) in the sites, and some twenty times that with a budget.
    pub(super) fn select(&mut self, rewards: &[i64], states: &[State]) -> Option<Selection> {
        let limits = self.limits;
        let Some(budget) = limits.budget else {
            return select_counted(limits, rewards, states);
        };
        let free = self.at_price(0, rewards, states, budget)?;
        if free.cost <= budget {
            self.last_price = 0;
            return Some(free);
        }
        let (mut low, mut high) = self.bracket(rewards, states, budget)?;
        while high - low > 1 + (high >> 12) {
            let middle = low + (high - low) / 2;
            if self.at_price(middle, rewards, states, budget)?.cost > budget {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.last_price = high;
        let over = self.at_price(low, rewards, states, budget)?;
        let within = self.at_price(high, rewards, states, budget)?;
        Some(if over.value < within.value {
            over
        } else {
            within
        })
    }

    /// Two prices: at the lower the best set costs too much, at the higher it does not, or the price is as high as prices get.
    fn bracket(&self, rewards: &[i64], states: &[State], budget: i64) -> Option<(i64, i64)> {
        let dearest = rewards.iter().zip(&self.limits.costs);
        let ratios = dearest.map(|(&reward, &cost)| {
            ((i128::from(reward.max(0)) << PARTS) / i128::from(cost.max(1))) as i64
        });
        let highest = ratios.max().unwrap_or(0) + 1;
        let near = self.last_price;
        if near <= 0 || near >= highest {
            return Some((0, highest));
        }
        let step = (near >> 4).max(1);
        let (low, high) = (near - step, (near + step).min(highest));
        if self.at_price(low, rewards, states, budget)?.cost <= budget {
            Some((0, low))
        } else if self.at_price(high, rewards, states, budget)?.cost > budget {
            Some((high, highest))
        } else {
            Some((low, high))
        }
    }

    /// The best set where money is paid for: a bound for every price, since no set may spend more than the budget.
    fn at_price(
        &self,
        price: i64,
        rewards: &[i64],
        states: &[State],
        budget: i64,
    ) -> Option<Selection> {
        let pay = |cost: i64| ((i128::from(cost) * i128::from(price)) >> PARTS) as i64;
        let paid = rewards.iter().zip(&self.limits.costs);
        let paid: Vec<i64> = paid.map(|(reward, &cost)| reward - pay(cost)).collect();
        let mut selection = select_counted(self.limits, &paid, states)?;
        selection.value += pay(budget);
        Some(selection)
    }
}

/// By mode: what is chosen, and the rewards next to the line between chosen and not.
struct Lines {
    tally: Tally,
    lowest_chosen: Vec<i64>,
    highest_left: Vec<i64>,
}

/// The best set where money does not count. Sites are taken by falling reward; sets that are limited in number, and in number by
/// mode, are a laminar matroid, for which that is the best.
fn select_counted(limits: &Limits, rewards: &[i64], states: &[State]) -> Option<Selection> {
    let mut tally = limits.tally(&[]);
    let mut chosen = vec![false; rewards.len()];
    let mut free = Vec::new();
    for (site, state) in states.iter().enumerate() {
        match state {
            State::Inside => {
                limits.add(&mut tally, site);
                chosen[site] = true;
            }
            State::Free => free.push(site),
            State::Outside => {}
        }
    }
    free.sort_unstable_by_key(|&site| (-rewards[site], site));
    take_needed(limits, &free, &mut tally, &mut chosen)?;
    for &site in &free {
        let mode = limits.mode(site);
        if rewards[site] <= 0 || tally.sites >= limits.max_sites {
            break;
        }
        if !chosen[site] && tally.by_mode[mode] < limits.modes[mode].most {
            limits.add(&mut tally, site);
            chosen[site] = true;
        }
    }
    let cost = tally.cost;
    let lines = Lines::new(limits, rewards, &free, &chosen, tally);
    let thresholds = lines.thresholds(limits);
    let regret = |site: usize| (rewards[site] - thresholds[limits.mode(site)]).abs();
    Some(Selection {
        value: (0..rewards.len())
            .filter(|&site| chosen[site])
            .map(|site| rewards[site])
            .sum(),
        regret: (0..rewards.len()).map(regret).collect(),
        chosen,
        cost,
    })
}

/// Takes the best of each mode that needs some; `None` where the limits cannot be met.
fn take_needed(
    limits: &Limits,
    free: &[usize],
    tally: &mut Tally,
    chosen: &mut [bool],
) -> Option<()> {
    let counts = tally.by_mode.iter().zip(&limits.modes);
    if counts.into_iter().any(|(&count, limit)| count > limit.most) {
        return None;
    }
    for &site in free {
        let mode = limits.mode(site);
        if tally.by_mode[mode] < limits.modes[mode].least {
            limits.add(tally, site);
            chosen[site] = true;
        }
    }
    let mut counts = tally.by_mode.iter().zip(&limits.modes);
    let is_met = counts.all(|(&count, limit)| count >= limit.least);
    (is_met && tally.sites <= limits.max_sites).then_some(())
}

impl Lines {
    fn new(
        limits: &Limits,
        rewards: &[i64],
        free: &[usize],
        chosen: &[bool],
        tally: Tally,
    ) -> Self {
        let modes = limits.modes.len();
        let (mut lowest_chosen, mut highest_left) = (vec![i64::MAX; modes], vec![i64::MIN; modes]);
        for &site in free {
            let mode = limits.mode(site);
            if chosen[site] {
                lowest_chosen[mode] = lowest_chosen[mode].min(rewards[site]);
            } else {
                highest_left[mode] = highest_left[mode].max(rewards[site]);
            }
        }
        Self {
            tally,
            lowest_chosen,
            highest_left,
        }
    }

    /// By mode the reward from which on a site is chosen: the prices of a place in the set, which prove it to be the best.
    fn thresholds(&self, limits: &Limits) -> Vec<i64> {
        let has_room = |mode: usize| self.tally.by_mode[mode] < limits.modes[mode].most;
        let modes = 0..limits.modes.len();
        let left = modes.clone().filter(|&mode| has_room(mode));
        let next = left.map(|mode| self.highest_left[mode]).max();
        let place = match next {
            Some(next) if self.tally.sites >= limits.max_sites => next.max(0),
            _ => 0,
        };
        let threshold = |mode: usize| {
            let limit = limits.modes[mode];
            let count = self.tally.by_mode[mode];
            if limit.least == limit.most && count == limit.most {
                self.highest_left[mode]
                    .max(i64::MIN / 4)
                    .min(self.lowest_chosen[mode])
            } else if !has_room(mode) {
                place.max(self.highest_left[mode])
            } else if count == limit.least {
                place.min(self.lowest_chosen[mode])
            } else {
                place
            }
        };
        modes.map(threshold).collect()
    }
}
