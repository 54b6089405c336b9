//! Each goal as what the solver maximises.

use std::collections::BTreeSet;
use std::time::Duration;

use super::clients::{Client, flat, merged, without_implied};
use super::divisor::common_divisor;
use super::exact::{Instance, Limits, Outcome, Saving, Task, dominated, solve};
use super::limits::limits_of;
use super::order::ordered;
use super::reach::ByResident;
use super::watch::Watch;
use super::{Amount, Goal, Money, Problem, Siting, SitingError};
use crate::control::Control;
use crate::id::SiteId;
use crate::units::{Cost, People};

/// The largest sum of savings that the solver takes.
const MOST: i64 = 1 << 58;

impl Problem {
    /// The best sites, with a certificate. It ends when the best is proven, when `limit` is up, or when the control says so: then it
    /// is the best so far with its gap.
    ///
    /// # Errors
    /// What the problem cannot mean: see [`SitingError`].
    ///
    /// # Complexity
    /// Linear in the walks until the sites are good; a proof may take exponential time.
    pub fn solve(
        &self,
        control: Control<'_>,
        limit: Option<Duration>,
    ) -> Result<Siting, SitingError> {
        self.check()?;
        let watch = Watch::new(control, limit);
        let asked = Asked::new(self)?;
        let answer = match self.goal {
            Goal::MaxCoverage => asked.max_coverage(&watch)?,
            Goal::PMedian => asked.p_median(&watch)?,
            Goal::PCenter => asked.p_center(&watch)?,
            Goal::SetCover => match self.share {
                Some(share) => asked.share_cover(share, &watch)?,
                None => asked.set_cover(&watch)?,
            },
        };
        Ok(asked.siting(&answer, &watch))
    }
}

/// A problem in the solver's numbers.
struct Asked<'p> {
    problem: &'p Problem,
    /// Sites that may be built; the solver's numbers are places in this list.
    candidates: Vec<usize>,
    limits: Limits,
    walks: ByResident,
    /// By resident: the cost of the walk to the nearest site that stands.
    now: Vec<Option<Cost>>,
    /// All people are multiples of this many thousandths.
    unit: u64,
}

/// What a goal's solver found.
struct Answer {
    /// By the solver's numbers.
    chosen: Vec<u32>,
    objective: Amount,
    bound: Amount,
    clients: usize,
    dominated: usize,
}

impl<'p> Asked<'p> {
    fn new(problem: &'p Problem) -> Result<Self, SitingError> {
        let candidates: Vec<usize> = problem.candidates().collect();
        let mut now: Vec<Option<Cost>> = vec![None; problem.weights.len()];
        for site in problem.standing() {
            for &(resident, cost) in problem.reach.row(site) {
                let nearest = &mut now[resident.index()];
                *nearest = Some(nearest.map_or(cost, |before| before.min(cost)));
            }
        }
        Ok(Self {
            limits: limits_of(problem, &candidates)?,
            walks: problem.reach.by_resident(problem.cutoff, &candidates),
            unit: common_divisor(problem.weights.iter().map(|people| people.thousandths())),
            candidates,
            problem,
            now,
        })
    }

    fn weight(&self, resident: usize) -> i64 {
        (self.problem.weights[resident].thousandths() / self.unit) as i64
    }

    fn people(&self, weight: i64) -> People {
        People::from_thousandths(weight as u64 * self.unit)
    }

    /// Candidates by the solver's numbers, with the cost of the walk where that counts.
    fn client(&self, resident: usize, within: Cost, with_costs: bool) -> Client {
        let walks = self
            .walks
            .of(resident)
            .iter()
            .filter(|(_, cost)| *cost <= within);
        let walks = walks.map(|&(site, cost)| (site, if with_costs { cost } else { 0 }));
        Client {
            walks: walks.collect(),
            weight: self.weight(resident),
            now: None,
        }
    }

    /// Residents whom no standing site has within a cost, but some candidate has.
    fn open_clients(&self, within: Cost) -> Vec<Client> {
        let open = (0..self.walks.count()).filter(|&resident| {
            self.weight(resident) > 0 && self.now[resident].is_none_or(|now| now > within)
        });
        let clients = open.map(|resident| self.client(resident, within, false));
        merged(clients.filter(|client| !client.walks.is_empty()))
    }

    /// The people whom standing sites have within the cutoff.
    fn standing_weight(&self) -> i64 {
        let standing = (0..self.now.len())
            .filter(|&one| self.now[one].is_some_and(|now| now <= self.problem.cutoff));
        standing.map(|resident| self.weight(resident)).sum()
    }

    fn max_coverage(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let clients = self.open_clients(self.problem.cutoff);
        let instance = flat(
            &clients,
            |client| client.weight,
            vec![0; self.candidates.len()],
        );
        let (outcome, dominated) = solve_without_dominated(&instance, &self.limits, None, watch);
        let standing = self.standing_weight();
        Ok(Answer {
            chosen: found(outcome.chosen)?,
            objective: Amount::People(self.people(standing + outcome.value)),
            bound: Amount::People(self.people(standing + outcome.bound)),
            clients: clients.len(),
            dominated,
        })
    }

    /// By client: all walks, and the one to the nearest standing site.
    fn walking_clients(&self) -> Vec<Client> {
        let all = (0..self.walks.count()).filter(|&resident| self.weight(resident) > 0);
        let clients = all.map(|resident| Client {
            now: self.now[resident],
            ..self.client(resident, Cost::MAX, true)
        });
        merged(clients.filter(|client| !client.walks.is_empty() || client.now.is_some()))
    }

    /// Who is left out costs a penalty. It grows until nobody is left out, or until it outweighs all walks together: then fewer
    /// cannot be left out.
    fn p_median(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let clients = self.walking_clients();
        let costs = || clients.iter().flat_map(Client::costs).map(u64::from);
        let longest = costs().max().unwrap_or(0) as i64;
        // Penalties are whole multiples of what all walks are multiples of, so that a bound may be rounded to such a multiple.
        let step = common_divisor(costs()) as i64;
        let weights: i64 = clients.iter().map(|client| client.weight).sum();
        let outweighs = i128::from(weights) * i128::from(longest) + 1;
        // Beyond this sums are no longer exact.
        let highest = MOST / weights.max(1) / step * step;
        let mut penalty = longest + step;
        if penalty > highest {
            return Err(SitingError::TooLarge);
        }
        loop {
            let instance = savings(&clients, penalty, self.candidates.len());
            let (outcome, dominated) =
                solve_without_dominated(&instance, &self.limits, None, watch);
            let chosen = found(outcome.chosen)?;
            let total = clients
                .iter()
                .map(|client| client.weight * cost_now(client, penalty));
            let total: i64 = total.sum();
            let left_out = left_out(&clients, &chosen);
            let is_heavy = i128::from(penalty) >= outweighs;
            if left_out == 0 || is_heavy || penalty == highest || watch.is_over() {
                let walked = |value: i64| {
                    let walked = total - value - left_out * penalty;
                    Amount::PeopleMilliseconds(walked.max(0) as u128 * u128::from(self.unit))
                };
                return Ok(Answer {
                    chosen,
                    objective: walked(outcome.value),
                    bound: if left_out == 0 || is_heavy {
                        walked(outcome.bound)
                    } else {
                        Amount::PeopleMilliseconds(0)
                    },
                    clients: clients.len(),
                    dominated,
                });
            }
            let heavier = outweighs
                .min(i128::from(penalty) * 64)
                .min(i128::from(highest - step)) as i64;
            penalty = (heavier / step + 1) * step;
        }
    }

    /// The least time within which some choice covers everybody, by halving the times that walks take.
    fn p_center(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let clients = self.walking_clients();
        let times = times_to_try(&clients);
        let (mut proven, mut low, mut high) = (0, 0, times.len());
        let mut best: Option<(Vec<u32>, usize, usize)> = None;
        while low < high {
            let middle = low + (high - low) / 2;
            let rows = without_implied(&self.open_clients(times[middle]), self.candidates.len());
            match self.cover_all(&rows, watch) {
                Tried::Possible(chosen) => {
                    high = middle;
                    best = Some((chosen, middle, rows.len()));
                }
                Tried::Impossible => {
                    low = middle + 1;
                    proven = low;
                }
                // What is not known may be possible: the bound stays, and longer walks are tried.
                Tried::Unknown if watch.is_over() && best.is_some() => break,
                Tried::Unknown => low = middle + 1,
            }
        }
        let Some((chosen, at, rows)) = best else {
            return Err(none_found(watch));
        };
        Ok(Answer {
            chosen,
            objective: Amount::Milliseconds(u64::from(times[at])),
            bound: Amount::Milliseconds(u64::from(times[proven.min(at)])),
            clients: rows,
            dominated: 0,
        })
    }

    /// Whether some choice within the limits covers all clients.
    fn cover_all(&self, clients: &[Client], watch: &Watch<'_>) -> Tried {
        let instance = flat(clients, |_| 1, vec![0; self.candidates.len()]);
        let all = clients.len() as i64;
        let (outcome, _) = solve_without_dominated(&instance, &self.limits, Some(all), watch);
        match outcome.chosen {
            Some(chosen) if outcome.value >= all => Tried::Possible(chosen),
            _ if outcome.bound < all => Tried::Impossible,
            _ => Tried::Unknown,
        }
    }

    /// Everybody who can be covered is worth more than all sites cost.
    fn set_cover(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
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
        })
    }

    /// What sites cost in whole units, and the thousandths in a unit; 1 each where no site costs anything.
    fn prices(&self) -> (Vec<i64>, Option<u64>) {
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
    fn wanted_weight(&self, share: f64, clients: &[Client]) -> Result<i64, SitingError> {
        let total: i64 = (0..self.now.len())
            .map(|resident| self.weight(resident))
            .sum();
        let standing = self.standing_weight();
        let most = standing + clients.iter().map(|client| client.weight).sum::<i64>();
        // Up to a rounding error of the share itself.
        let wanted = (share * total as f64 - 1e-9 * total as f64).ceil() as i64;
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
    fn share_cover(&self, share: f64, watch: &Watch<'_>) -> Result<Answer, SitingError> {
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
        })
    }

    fn siting(&self, answer: &Answer, watch: &Watch<'_>) -> Siting {
        let chosen: Vec<SiteId> = answer
            .chosen
            .iter()
            .map(|&one| SiteId::new(self.candidates[one as usize]))
            .collect();
        let weights = &self.problem.weights;
        let is_reached = |resident: usize| {
            self.now[resident].is_some_and(|now| now <= self.problem.cutoff)
                || !self.walks.of(resident).is_empty()
        };
        let unreached: Vec<usize> = (0..weights.len())
            .filter(|&resident| !is_reached(resident))
            .collect();
        let ordered = ordered(self.problem, &chosen);
        let people: People = weights.iter().copied().sum();
        let standing = self.people(self.standing_weight());
        let out_of_reach: People = unreached.iter().map(|&resident| weights[resident]).sum();
        Siting {
            goal: self.problem.goal,
            proven: answer.objective == answer.bound,
            objective: answer.objective,
            bound: answer.bound,
            stopped: watch.stopped(),
            cost: chosen
                .iter()
                .map(|site| self.problem.sites[site.index()].cost)
                .sum(),
            people,
            standing,
            out_of_reach,
            out_of_reach_records: unreached.len() as u64,
            left_out: people - out_of_reach - ordered.served,
            chosen: ordered.sites,
            clients: answer.clients,
            dominated: answer.dominated,
        }
    }
}

/// What a client walks now, or the penalty of walking nowhere.
fn cost_now(client: &Client, penalty: i64) -> i64 {
    client.now.map_or(penalty, i64::from)
}

/// What each client saves at each site, beside what it walks now.
fn savings(clients: &[Client], penalty: i64, sites: usize) -> Instance {
    let row = |client: &Client| -> Vec<Saving> {
        let now = cost_now(client, penalty);
        let walks = client.walks.iter();
        let saving = |&(site, cost): &(u32, Cost)| Saving {
            site,
            saving: client.weight * (now - i64::from(cost)),
        };
        walks.map(saving).collect()
    };
    let rows: Vec<Vec<Saving>> = clients.iter().map(row).collect();
    Instance::new(&rows, vec![0; sites])
}

/// What the longest walk may be: as long as some walk, and no shorter than anybody's shortest.
fn times_to_try(clients: &[Client]) -> Vec<Cost> {
    let nearest = clients.iter().filter_map(|client| client.costs().min());
    let first = nearest.max().unwrap_or(0);
    let mut times: Vec<Cost> = clients.iter().flat_map(Client::costs).collect();
    times.push(first);
    times.sort_unstable();
    times.dedup();
    times.retain(|&time| time >= first);
    times
}

/// So much of what a choice costs.
fn paid(amount: i64, price_unit: Option<u64>) -> Amount {
    match price_unit {
        Some(unit) => Amount::Money(Money::from_thousandths(amount as u64 * unit)),
        None => Amount::Sites(amount as u64),
    }
}

/// Solves without dominated sites. Says how many there were.
fn solve_without_dominated(
    instance: &Instance,
    limits: &Limits,
    is_worth: Option<i64>,
    watch: &Watch<'_>,
) -> (Outcome, usize) {
    let is_dominated = dominated(instance, limits);
    let kept: Vec<u32> = (0..is_dominated.len() as u32)
        .filter(|&site| !is_dominated[site as usize])
        .collect();
    let (smaller, fewer) = (instance.with_sites(&kept), limits.with_sites(&kept));
    let mut outcome = solve(Task {
        instance: &smaller,
        limits: &fewer,
        is_worth,
        is_over: &|| watch.is_over(),
    });
    for site in outcome.chosen.iter_mut().flatten() {
        *site = kept[*site as usize];
    }
    (outcome, is_dominated.len() - kept.len())
}

/// Whether a choice exists.
enum Tried {
    Possible(Vec<u32>),
    Impossible,
    Unknown,
}

/// The weight of clients who can walk to none of the chosen sites.
fn left_out(clients: &[Client], chosen: &[u32]) -> i64 {
    let chosen: BTreeSet<u32> = chosen.iter().copied().collect();
    let left = clients.iter().filter(|client| {
        client.now.is_none() && !client.walks.iter().any(|(site, _)| chosen.contains(site))
    });
    left.map(|client| client.weight).sum()
}

fn found(chosen: Option<Vec<u32>>) -> Result<Vec<u32>, SitingError> {
    chosen.ok_or_else(|| SitingError::Contradiction {
        why: "the modes, the number of sites and the budget".to_owned(),
    })
}

fn none_found(watch: &Watch<'_>) -> SitingError {
    if watch.is_over() {
        SitingError::NothingYet
    } else {
        SitingError::Contradiction {
            why: "not everybody who can be covered is covered within them".to_owned(),
        }
    }
}
