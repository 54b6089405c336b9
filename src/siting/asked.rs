//! A problem in the solver's numbers, and what comes of it in people's.

use std::collections::BTreeSet;

use super::clients::{Client, merged};
use super::crowd::Crowd;
use super::divisor::common_divisor;
use super::exact::{Instance, Limits, Outcome, Task, dominated, solve};
use super::limits::limits_of;
use super::order::ordered;
use super::reach::ByResident;
use super::watch::Watch;
use super::{Amount, Floor, Problem, Siting, SitingError};
use crate::id::SiteId;
use crate::units::{Cost, People};

/// A problem in the solver's numbers.
pub(super) struct Asked<'p> {
    pub(super) problem: &'p Problem,
    /// Sites that may be built; the solver's numbers are places in this list.
    pub(super) candidates: Vec<usize>,
    pub(super) limits: Limits,
    pub(super) walks: ByResident,
    /// By resident: the cost of the walk to the nearest site that stands.
    pub(super) now: Vec<Option<Cost>>,
    /// By resident: how many of those that stand are within the cutoff.
    standing: Vec<u32>,
    /// All weights are multiples of this many thousandths.
    pub(super) unit: u64,
    /// Who is served where sites take only so many; `None` where they take as many as come.
    pub(super) crowd: Option<Crowd>,
}

/// What a goal's solver found.
pub(super) struct Answer {
    /// By the solver's numbers.
    pub(super) chosen: Vec<u32>,
    pub(super) objective: Amount,
    pub(super) bound: Amount,
    pub(super) clients: usize,
    pub(super) dominated: usize,
    pub(super) floor: Option<Floor>,
}

impl<'p> Asked<'p> {
    pub(super) fn new(problem: &'p Problem) -> Result<Self, SitingError> {
        let candidates: Vec<usize> = problem.candidates().collect();
        let mut now: Vec<Option<Cost>> = vec![None; problem.weights.len()];
        let mut standing = vec![0; now.len()];
        for site in problem.standing() {
            for &(resident, cost) in problem.reach.row(site) {
                let nearest = &mut now[resident.index()];
                *nearest = Some(nearest.map_or(cost, |before| before.min(cost)));
                standing[resident.index()] += u32::from(cost <= problem.cutoff);
            }
        }
        Ok(Self {
            limits: limits_of(problem, &candidates)?,
            walks: problem.reach.by_resident(problem.cutoff, &candidates),
            unit: common_divisor(problem.weights.iter().map(|people| people.thousandths())),
            crowd: problem.has_capacities().then(|| Crowd::new(problem)),
            candidates,
            problem,
            now,
            standing,
        })
    }

    pub(super) fn weight(&self, resident: usize) -> i64 {
        (self.problem.weights[resident].thousandths() / self.unit) as i64
    }

    pub(super) fn people(&self, weight: i64) -> People {
        People::from_thousandths(weight as u64 * self.unit)
    }

    /// Candidates by the solver's numbers, with the cost of the walk where that counts.
    pub(super) fn client(&self, resident: usize, within: Cost, with_costs: bool) -> Client {
        let walks = self
            .walks
            .of(resident)
            .iter()
            .filter(|(_, cost)| *cost <= within);
        let walks = walks.map(|&(site, cost)| (site, if with_costs { cost } else { 0 }));
        Client {
            walks: walks.collect(),
            weight: self.weight(resident),
            ..Client::default()
        }
    }

    /// How many more sites than those that stand it takes to cover a resident.
    pub(super) fn missing(&self, resident: usize) -> u32 {
        self.problem.times.saturating_sub(self.standing[resident])
    }

    /// Residents whom no standing site has within a cost, but some candidate has.
    pub(super) fn open_clients(&self, within: Cost) -> Vec<Client> {
        let open = (0..self.walks.count()).filter(|&resident| {
            self.weight(resident) > 0 && self.now[resident].is_none_or(|now| now > within)
        });
        let clients = open.map(|resident| self.client(resident, within, false));
        merged(clients.filter(|client| !client.walks.is_empty()))
    }

    /// The residents whom standing sites cover.
    fn covered_now(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.standing.len()).filter(|&resident| self.missing(resident) == 0)
    }

    /// The people whom standing sites serve.
    fn served_now(&self) -> People {
        if let Some(crowd) = &self.crowd {
            return crowd.people(crowd.served(self.problem.standing()));
        }
        let covered = self.covered_now();
        covered.map(|one| self.problem.people[one]).sum()
    }

    /// What the residents whom standing sites cover count in the objective.
    pub(super) fn standing_weight(&self) -> i64 {
        self.covered_now().map(|one| self.weight(one)).sum()
    }

    pub(super) fn siting(&self, answer: &Answer, watch: &Watch<'_>) -> Siting {
        let chosen: Vec<SiteId> = answer
            .chosen
            .iter()
            .map(|&one| SiteId::new(self.candidates[one as usize]))
            .collect();
        let counted = &self.problem.people;
        let is_reached = |resident: usize| {
            let candidates = self.walks.of(resident).len();
            let is_standing = !self.problem.goal.has_cutoff() && self.now[resident].is_some();
            is_standing || candidates >= self.missing(resident) as usize
        };
        let unreached: Vec<usize> = (0..counted.len())
            .filter(|&resident| !is_reached(resident))
            .collect();
        let ordered = ordered(self.problem, &chosen, self.crowd.as_ref());
        let people: People = counted.iter().copied().sum();
        let standing = self.served_now();
        let out_of_reach: People = unreached.iter().map(|&resident| counted[resident]).sum();
        Siting {
            goal: self.problem.goal,
            proven: answer.objective == answer.bound
                && answer.floor.is_none_or(|floor| floor.share == floor.bound),
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
            is_weighted: self.problem.is_weighted(),
            floor: answer.floor,
            schedule_proven: ordered.schedule_proven,
            clients: answer.clients,
            dominated: answer.dominated,
        }
    }
}

/// Solves without dominated sites. Says how many there were.
pub(super) fn solve_without_dominated(
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

/// The weight of clients who can walk to none of the chosen sites.
pub(super) fn left_out(clients: &[Client], chosen: &[u32]) -> i64 {
    let chosen: BTreeSet<u32> = chosen.iter().copied().collect();
    let left = clients.iter().filter(|client| {
        client.now.is_none() && !client.walks.iter().any(|(site, _)| chosen.contains(site))
    });
    left.map(|client| client.weight).sum()
}

pub(super) fn found(chosen: Option<Vec<u32>>) -> Result<Vec<u32>, SitingError> {
    chosen.ok_or_else(|| SitingError::Contradiction {
        why: "the modes, the number of sites and the budget".to_owned(),
    })
}

pub(super) fn none_found(watch: &Watch<'_>) -> SitingError {
    if watch.is_over() {
        SitingError::NothingYet
    } else {
        SitingError::Contradiction {
            why: "not everybody who can be covered is covered within them".to_owned(),
        }
    }
}
