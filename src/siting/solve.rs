//! Each goal as what the solver maximises.

use std::time::Duration;

use super::asked::{Answer, Asked, found, left_out, none_found, solve_without_dominated};
use super::clients::{Client, flat, merged, without_implied};
use super::divisor::common_divisor;
use super::exact::{Instance, Saving};
use super::watch::Watch;
use super::{Amount, Goal, Problem, Siting, SitingError};
use crate::control::Control;
use crate::units::Cost;

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
        let answer = match (&asked.crowd, self.goal) {
            (Some(crowd), _) => asked.crowded(crowd, &watch)?,
            _ if self.needs_program() => programmed(&asked, &watch)?,
            (None, Goal::MaxCoverage) => asked.max_coverage(&watch)?,
            (None, Goal::PMedian) => asked.p_median(&watch)?,
            (None, Goal::PCenter) => asked.p_center(&watch)?,
            (None, Goal::SetCover) => match self.share {
                Some(share) => asked.share_cover(share, &watch)?,
                None => asked.set_cover(&watch)?,
            },
        };
        Ok(asked.siting(&answer, &watch))
    }
}

#[cfg(feature = "solver")]
fn programmed(asked: &Asked<'_>, watch: &Watch<'_>) -> Result<Answer, SitingError> {
    asked.programmed(watch)
}

#[cfg(not(feature = "solver"))]
fn programmed(asked: &Asked<'_>, _: &Watch<'_>) -> Result<Answer, SitingError> {
    Err(SitingError::NoSolver {
        what: match asked.problem.fairness {
            Some(_) => "a floor under communities",
            None => "covering everybody more than once",
        },
    })
}

impl Asked<'_> {
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
            floor: None,
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
                    floor: None,
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
            floor: None,
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

/// Whether a choice exists.
enum Tried {
    Possible(Vec<u32>),
    Impossible,
    Unknown,
}
