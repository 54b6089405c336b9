//! Problems that the solver of this crate does not take, as integer programs: more than one site for everybody, floors under
//! communities.

mod model;

use std::collections::BTreeSet;

use self::model::{Model, Solved, Wanted};
use super::asked::{Answer, Asked, none_found};
use super::clients::{Client, merged};
use super::cover::paid;
use super::divisor::common_divisor;
use super::watch::Watch;
use super::{Amount, Fairness, Floor, Goal, SitingError};

/// Floors are looked for in so many steps.
const STEPS: i64 = 1000;

/// What a floor is about: the people of each community, in whole units.
#[derive(Clone, Copy, Debug, Default)]
struct Community {
    /// All of them.
    all: i64,
    /// Those whom standing sites cover.
    standing: i64,
    /// Those whom all candidates together cover, with what stands.
    most: i64,
}

impl Community {
    /// What sites that are built have to cover for a floor of so many steps.
    fn needed(&self, steps: i64) -> i64 {
        let floor = (self.all * steps + STEPS - 1) / STEPS;
        (floor.min(self.most) - self.standing).max(0)
    }
}

impl Asked<'_> {
    /// The most people, or the least that covers who is wanted.
    pub(super) fn programmed(&self, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let clients = self.needing_clients();
        let communities = self.communities(&clients);
        let floors =
            |steps: i64| -> Vec<i64> { communities.iter().map(|one| one.needed(steps)).collect() };
        let solve = |steps: i64, wanted: Wanted<'_>| {
            let floors = floors(steps);
            let model = Model {
                clients: &clients,
                limits: &self.limits,
                floors: &floors,
                wanted,
            };
            model.solve(watch)
        };
        let steps = match self.problem.fairness {
            Some((_, Fairness::Floor(share))) => Steps::only((share * STEPS as f64).ceil() as i64),
            Some((_, Fairness::WorstFirst)) => {
                highest(|steps| solve(steps, Wanted::Anything), watch)?
            }
            None => Steps::only(0),
        };
        let (prices, price_unit) = self.prices();
        let wanted = match self.problem.goal {
            Goal::SetCover => Wanted::Least {
                prices: &prices,
                weight: self.wanted(&clients)?,
            },
            _ => Wanted::Most,
        };
        let solved = solve(steps.found, wanted)?;
        let Some(chosen) = solved.chosen else {
            return Err(none_found(watch));
        };
        let (objective, bound) = match self.problem.goal {
            Goal::SetCover => {
                let spent = chosen
                    .iter()
                    .map(|&site| prices[site as usize])
                    .sum::<i64>();
                let bound = solved.bound.unwrap_or(0).min(spent);
                (paid(spent, price_unit), paid(bound, price_unit))
            }
            _ => {
                let standing = self.standing_weight();
                let value = covered(&clients, &chosen);
                let all = clients.iter().map(|client| client.weight).sum();
                let bound = solved.bound.unwrap_or(all).max(value);
                let people = |weight: i64| Amount::People(self.people(standing + weight));
                (people(value), people(bound))
            }
        };
        Ok(Answer {
            chosen,
            objective,
            bound,
            clients: clients.len(),
            dominated: 0,
            floor: (self.problem.fairness.is_some()).then(|| steps.floor(&communities)),
        })
    }

    /// Residents whom standing sites do not cover, but enough candidates would; by community where that counts.
    fn needing_clients(&self) -> Vec<Client> {
        let communities = self
            .problem
            .fairness
            .as_ref()
            .map(|(communities, _)| communities);
        let unit = self.people_unit();
        let is_somebody = |resident: usize| {
            self.weight(resident) > 0 || (communities.is_some() && self.counted(resident, unit) > 0)
        };
        let residents = (0..self.walks.count())
            .filter(|&resident| is_somebody(resident) && self.missing(resident) > 0);
        let clients = residents.map(|resident| Client {
            needs: self.missing(resident),
            people: self.counted(resident, unit),
            community: communities.and_then(|communities| communities.of(resident)),
            ..self.client(resident, self.problem.cutoff, false)
        });
        merged(clients.filter(|client| client.walks.len() >= client.needs as usize))
    }

    /// All people are multiples of this many thousandths.
    fn people_unit(&self) -> u64 {
        common_divisor(
            self.problem
                .people
                .iter()
                .map(|people| people.thousandths()),
        )
    }

    fn counted(&self, resident: usize, unit: u64) -> i64 {
        (self.problem.people[resident].thousandths() / unit) as i64
    }

    fn communities(&self, clients: &[Client]) -> Vec<Community> {
        let Some((communities, _)) = &self.problem.fairness else {
            return Vec::new();
        };
        let mut made = vec![Community::default(); communities.names().len()];
        let unit = self.people_unit();
        for resident in 0..self.walks.count() {
            if let Some(community) = communities.of(resident) {
                let one = &mut made[community];
                let people = self.counted(resident, unit);
                one.all += people;
                if self.missing(resident) == 0 {
                    one.standing += people;
                }
            }
        }
        for one in &mut made {
            one.most = one.standing;
        }
        for client in clients {
            if let Some(community) = client.community {
                made[community].most += client.people;
            }
        }
        made
    }

    /// The weight that a set cover has to cover beyond what stands.
    fn wanted(&self, clients: &[Client]) -> Result<i64, SitingError> {
        match self.problem.share {
            Some(share) => self.wanted_weight(share, clients),
            None => Ok(clients.iter().map(|client| client.weight).sum()),
        }
    }
}

/// A floor in steps, and what no choice is above.
#[derive(Clone, Copy)]
struct Steps {
    found: i64,
    bound: i64,
}

impl Steps {
    fn only(steps: i64) -> Self {
        Self {
            found: steps,
            bound: steps,
        }
    }

    fn floor(self, communities: &[Community]) -> Floor {
        let wanted = |one: &&Community| (one.all * self.found + STEPS - 1) / STEPS > one.most;
        Floor {
            share: self.found as f64 / STEPS as f64,
            bound: self.bound as f64 / STEPS as f64,
            capped: communities.iter().filter(wanted).count(),
        }
    }
}

/// The highest floor that some choice stands on, by halving.
fn highest(
    mut solve: impl FnMut(i64) -> Result<Solved, SitingError>,
    watch: &Watch<'_>,
) -> Result<Steps, SitingError> {
    // Where nothing is known the floor may be possible: the bound stays, and lower ones are tried.
    let (mut low, mut high, mut bound) = (0, STEPS, STEPS);
    while low < high && !watch.is_over() {
        let middle = low + (high - low + 1) / 2;
        let solved = solve(middle)?;
        if solved.chosen.is_some() {
            low = middle;
        } else {
            high = middle - 1;
            if solved.is_impossible && bound > high {
                bound = high;
            }
        }
    }
    Ok(Steps {
        found: low,
        bound: bound.max(low),
    })
}

/// The weight of the clients who have as many of the sites as they need.
fn covered(clients: &[Client], chosen: &[u32]) -> i64 {
    with_enough(clients, chosen)
        .map(|client| client.weight)
        .sum()
}

/// The clients who have as many of the sites as they need.
fn with_enough<'c>(clients: &'c [Client], chosen: &[u32]) -> impl Iterator<Item = &'c Client> {
    let chosen: BTreeSet<u32> = chosen.iter().copied().collect();
    clients.iter().filter(move |client| {
        let near = client.walks.iter();
        let near = near.filter(|(site, _)| chosen.contains(site));
        near.count() >= client.needs as usize
    })
}
