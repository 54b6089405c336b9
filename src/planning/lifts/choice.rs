//! Which lifts are built, and in which quarter.

use std::cmp::Reverse;
use std::time::Duration;

use super::Quarter;
use crate::control::Control;
use crate::id::ResidentId;
use crate::siting::{Amount, Money, Problem, Reach, Site, SitingError};
use crate::units::People;

/// A lift that may be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiftCandidate {
    /// What it is worth, in thousandths of whatever is counted.
    pub gain: u64,
    /// What it costs whoever has the budget.
    pub cost: Money,
    /// How many quarters have to pass before building can begin; nothing waits where there are none.
    pub ready: u32,
}

/// How many lifts may be built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiftLimits {
    /// So many in all.
    pub most: Option<usize>,
    /// So much money in all.
    pub budget: Option<Money>,
    /// Within so many quarters; without them everything is begun at once.
    pub season: Option<LiftSeason>,
}

/// The quarters in which lifts are begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiftSeason {
    /// The first.
    pub from: Quarter,
    /// How many.
    pub quarters: u32,
    /// How many lifts the builders begin in one.
    pub most: Option<usize>,
    /// The money of each. What is not spent stays for those that follow.
    pub budget: Option<Money>,
}

/// A lift that is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChosenLift {
    /// Which of the candidates.
    pub candidate: usize,
    /// How many quarters after the first building begins.
    pub begins: u32,
}

/// The lifts that are built, and a certificate of how good the choice is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LiftChoice {
    /// By the quarter in which they are begun, then those that are worth most first.
    pub chosen: Vec<ChosenLift>,
    /// What they are worth together.
    pub gain: u64,
    /// No choice within the limits is worth more.
    pub bound: u64,
    /// Whether the bound says that nothing better exists.
    pub proven: bool,
    /// What they cost.
    pub cost: Money,
}

impl LiftLimits {
    /// The lifts that are worth most together, and among the ways to build these in the quarters the one in which most is there
    /// soonest: those that are worth most first, as far as they are ready, there are builders, and there is money. Candidates
    /// that are worth nothing are not chosen.
    ///
    /// Where all lifts cost the same, or money is no matter, this is the best choice: the sets of lifts that can be built in time
    /// are the independent sets of a matroid (a gammoid: each lift needs a path from the money of a quarter through a
    /// builder's place in that quarter or a later one), for which taking the best that still fits is exact. Where they do not, the
    /// siting solver chooses for the whole budget, and its bound holds here too.
    ///
    /// # Errors
    /// Those of [`Problem::solve`].
    ///
    /// # Complexity
    /// The candidates, sorted, times the quarters; where costs differ the siting problem's, and the chosen ones squared.
    pub fn choose(
        &self,
        candidates: &[LiftCandidate],
        control: Control<'_>,
        time_limit: Option<Duration>,
    ) -> Result<LiftChoice, SitingError> {
        let candidates = &self.in_season(candidates)[..];
        let mut order: Vec<usize> = (0..candidates.len())
            .filter(|&at| candidates[at].gain > 0)
            .collect();
        order.sort_by_key(|&at| {
            let LiftCandidate { gain, cost, ready } = candidates[at];
            (Reverse(gain), cost, ready, at)
        });
        let taken = self.taken(candidates, &order);
        if !self.has_money() || cost_alike(candidates, &order) {
            let gain = gain_of(candidates, &taken);
            return Ok(self.built(candidates, &taken, gain));
        }
        let relaxed = self.relaxed(candidates, &order, control, time_limit)?;
        let chosen = relaxed.chosen.iter().map(|&place| order[place]);
        let mut first: Vec<usize> = chosen.collect();
        first.sort_unstable_by_key(|&at| (Reverse(candidates[at].gain), at));
        let mut is_first = vec![false; candidates.len()];
        for &at in &first {
            is_first[at] = true;
        }
        let rest = order.iter().copied().filter(|&at| !is_first[at]);
        let by_solver: Vec<usize> = first.iter().copied().chain(rest).collect();
        let mut by_worth = order.clone();
        by_worth.sort_by(|&one, &other| {
            let worth = |at: usize| candidates[at].gain as f64 / candidates[at].cost.as_f64();
            worth(other).total_cmp(&worth(one)).then(one.cmp(&other))
        });
        let ways = [by_solver, by_worth].map(|order| self.taken(candidates, &order));
        let ways = std::iter::once(taken).chain(ways);
        let best = ways.reduce(|best, way| {
            let is_better = gain_of(candidates, &way) > gain_of(candidates, &best);
            if is_better { way } else { best }
        });
        Ok(self.built(candidates, &best.unwrap_or_default(), relaxed.bound))
    }

    /// Without quarters nothing has to wait.
    fn in_season(&self, candidates: &[LiftCandidate]) -> Vec<LiftCandidate> {
        let mut candidates = candidates.to_vec();
        if self.season.is_none() {
            for one in &mut candidates {
                one.ready = 0;
            }
        }
        candidates
    }

    fn has_money(&self) -> bool {
        self.budget.is_some() || self.season.is_some_and(|season| season.budget.is_some())
    }

    fn quarters(&self) -> u32 {
        self.season.map_or(1, |season| season.quarters)
    }

    /// How many can be built at all.
    fn most(&self) -> usize {
        let by_builders = self.season.and_then(|season| {
            let most = season.most?;
            Some(most.saturating_mul(season.quarters as usize))
        });
        let most = self.most.into_iter().chain(by_builders).min();
        most.unwrap_or(usize::MAX)
    }

    /// The money that there is until the end of a quarter.
    fn money_until(&self, quarter: u32) -> Option<Money> {
        let of_quarters = self.season.and_then(|season| {
            let each = season.budget?.thousandths();
            let all = each.saturating_mul(u64::from(quarter) + 1);
            Some(Money::from_thousandths(all))
        });
        self.budget.into_iter().chain(of_quarters).min()
    }

    /// Takes candidates in an order, each if all that are taken can still be built in time.
    fn taken(&self, candidates: &[LiftCandidate], order: &[usize]) -> Vec<usize> {
        let (quarters, most) = (self.quarters(), self.most());
        let alike = !self.has_money() || cost_alike(candidates, order);
        let mut taken = Vec::new();
        let mut ready = vec![0; quarters as usize];
        for &at in order {
            if taken.len() == most {
                break;
            }
            let one = candidates[at];
            if one.ready >= quarters {
                continue;
            }
            taken.push(at);
            ready[one.ready as usize] += 1;
            let fits = if alike {
                self.can_begin(&ready, one.cost)
            } else {
                self.begun(candidates, &taken).is_some()
            };
            if !fits {
                taken.pop();
                ready[one.ready as usize] -= 1;
            }
        }
        taken
    }

    /// Whether so many lifts, by the quarter from which on each can be begun, are all begun in the end, where each costs the same.
    fn can_begin(&self, ready: &[usize], cost: Money) -> bool {
        let (mut waiting, mut begun) = (0, 0);
        for (quarter, more) in (0..).zip(ready) {
            waiting += more;
            let now = waiting.min(self.places(quarter, begun, cost));
            waiting -= now;
            begun += now;
        }
        waiting == 0
    }

    /// How many lifts of one cost can be begun in a quarter after so many.
    fn places(&self, quarter: u32, begun: usize, cost: Money) -> usize {
        let builders = self.season.and_then(|season| season.most);
        let money = self.money_until(quarter).map(|money| {
            let paid = money.thousandths().checked_div(cost.thousandths());
            paid.map_or(usize::MAX, |paid| paid as usize)
        });
        let money = money.map(|all| all.saturating_sub(begun));
        builders
            .into_iter()
            .chain(money)
            .min()
            .unwrap_or(usize::MAX)
    }

    /// By candidate of a set the quarter in which it is begun, those that are worth most first; where these would leave others
    /// without money or time, the cheapest first. `None` where no way was found to begin all of them.
    fn begun(&self, candidates: &[LiftCandidate], set: &[usize]) -> Option<Vec<ChosenLift>> {
        let mut by_gain = set.to_vec();
        by_gain.sort_by_key(|&at| (Reverse(candidates[at].gain), at));
        let mut by_cost = set.to_vec();
        by_cost.sort_by_key(|&at| (candidates[at].cost, at));
        let mut ways = [by_gain, by_cost].into_iter();
        ways.find_map(|order| self.begun_in(candidates, order))
    }

    fn begun_in(
        &self,
        candidates: &[LiftCandidate],
        mut order: Vec<usize>,
    ) -> Option<Vec<ChosenLift>> {
        let builders = self.season.and_then(|season| season.most);
        let mut begun = Vec::with_capacity(order.len());
        let mut spent = Money::ZERO;
        for quarter in 0..self.quarters() {
            let money = self.money_until(quarter);
            let mut places = builders.unwrap_or(usize::MAX);
            order.retain(|&at| {
                let one = candidates[at];
                let is_paid = money.is_none_or(|money| spent + one.cost <= money);
                let begins = places > 0 && one.ready <= quarter && is_paid;
                if begins {
                    places -= 1;
                    spent = spent + one.cost;
                    begun.push(ChosenLift {
                        candidate: at,
                        begins: quarter,
                    });
                }
                !begins
            });
        }
        order.is_empty().then_some(begun)
    }

    fn built(&self, candidates: &[LiftCandidate], taken: &[usize], bound: u64) -> LiftChoice {
        let mut chosen = self.begun(candidates, taken).unwrap_or_default();
        chosen.sort_by_key(|one| {
            let gain = candidates[one.candidate].gain;
            (one.begins, Reverse(gain), one.candidate)
        });
        let gain = gain_of(candidates, taken);
        LiftChoice {
            gain,
            bound,
            proven: gain == bound,
            cost: taken.iter().map(|&at| candidates[at].cost).sum(),
            chosen,
        }
    }

    /// The best choice where all money is there at once, and builders begin whenever they like: nothing that can be built in time is
    /// worth more.
    fn relaxed(
        &self,
        candidates: &[LiftCandidate],
        order: &[usize],
        control: Control<'_>,
        time_limit: Option<Duration>,
    ) -> Result<Relaxed, SitingError> {
        let quarters = self.quarters();
        let in_time = (0..order.len()).filter(|&place| candidates[order[place]].ready < quarters);
        let money = self.money_until(quarters - 1).unwrap_or(Money::ZERO);
        let places: Vec<usize> = in_time
            .filter(|&place| candidates[order[place]].cost <= money)
            .collect();
        if places.is_empty() {
            return Ok(Relaxed::default());
        }
        let one = |at: usize| candidates[order[places[at]]];
        let count = places.len();
        let rows = (0..count).map(|at| std::iter::once((ResidentId(at as u32), 0)));
        let reach = Reach::from_rows(count, rows)?;
        let worth = (0..count).map(|at| People::from_thousandths(one(at).gain));
        let sites = (0..count).map(|at| Site {
            cost: one(at).cost,
            ..Site::default()
        });
        let problem = Problem::max_coverage(reach, worth.collect(), sites.collect(), 0)?;
        let problem = problem
            .with_budget(money)
            .with_max_sites(self.most().clamp(1, count));
        let siting = problem.solve(control, time_limit)?;
        let chosen = siting.chosen.iter();
        let bound = match siting.bound {
            Amount::People(people) => people.thousandths(),
            _ => u64::MAX,
        };
        Ok(Relaxed {
            chosen: chosen.map(|site| places[site.site.index()]).collect(),
            bound,
        })
    }
}

/// A choice without quarters, by places in an order.
#[derive(Default)]
struct Relaxed {
    chosen: Vec<usize>,
    bound: u64,
}

fn cost_alike(candidates: &[LiftCandidate], order: &[usize]) -> bool {
    order
        .windows(2)
        .all(|pair| candidates[pair[0]].cost == candidates[pair[1]].cost)
}

fn gain_of(candidates: &[LiftCandidate], set: &[usize]) -> u64 {
    set.iter().map(|&at| candidates[at].gain).sum()
}
