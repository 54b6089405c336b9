//! Problems that the solver of this crate does not take, as integer programs: more than one site for everybody, floors under
//! communities, sites that take only so many.

mod model;
mod rooms;

use self::model::{Aim, Model, Solved};
use self::rooms::Rooms;
use super::asked::{Answer, Asked, none_found};
use super::clients::{Client, covered, merged};
use super::cover::paid;
use super::crowd::{Choice, Crowd, Least};
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
        let solve = |steps: i64, aim: Aim<'_>| {
            let floors = communities.iter().map(|one| one.needed(steps));
            let floors: Vec<i64> = floors.collect();
            let model = Model {
                clients: &clients,
                limits: &self.limits,
                floors: &floors,
                aim,
                rooms: None,
            };
            model.solve(watch)
        };
        let steps = match self.problem.fairness {
            Some((_, Fairness::Floor(share))) => Steps::only((share * STEPS as f64).ceil() as i64),
            Some((_, Fairness::WorstFirst)) => highest(|steps| solve(steps, Aim::Anything), watch)?,
            None => Steps::only(0),
        };
        let (prices, price_unit) = self.prices();
        let aim = match self.problem.goal {
            Goal::SetCover => Aim::Least {
                prices: &prices,
                weight: self.wanted(&clients)?,
            },
            _ => Aim::Most,
        };
        let solved = solve(steps.found, aim)?;
        let Some(chosen) = solved.chosen else {
            return Err(none_found(watch));
        };
        let [objective, bound] = match self.problem.goal {
            Goal::SetCover => {
                let spent = chosen.iter().map(|&site| prices[site as usize]).sum();
                let bound = solved.bound.unwrap_or(0).min(spent);
                [spent, bound].map(|amount| paid(amount, price_unit))
            }
            _ => self.most_of(&clients, &chosen, solved.bound),
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

    /// The people whom a choice covers with what stands, and a bound of them.
    fn most_of(&self, clients: &[Client], chosen: &[u32], bound: Option<i64>) -> [Amount; 2] {
        let value = covered(clients, chosen);
        let all = clients.iter().map(|client| client.weight).sum();
        let bound = bound.unwrap_or(all).max(value);
        let standing = self.standing_weight();
        [value, bound].map(|weight| Amount::People(self.people(standing + weight)))
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

/// The best choice and its bound: of people served, or of what it costs to serve so many.
pub(super) fn best_in_rooms(
    asked: &Asked<'_>,
    crowd: &Crowd,
    least: Option<Least<'_>>,
    watch: &Watch<'_>,
) -> Result<Choice, SitingError> {
    let model = Model {
        clients: &[],
        limits: &asked.limits,
        floors: &[],
        aim: least.map_or(Aim::Most, |least| Aim::Least {
            prices: least.prices,
            weight: least.wanted,
        }),
        rooms: Some(Rooms { asked, crowd }),
    };
    let solved = model.solve(watch)?;
    Ok(Choice {
        chosen: solved.chosen,
        bound: solved.bound,
    })
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
