//! A siting problem as an integer program, and its solver: microlp, which is exact up to the rounding of floating point. What it
//! finds is counted again in integers.

use std::time::Duration;

use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome,
    Variable,
};

use super::rooms::Rooms;
use crate::siting::SitingError;
use crate::siting::clients::{Client, covered, with_enough};
use crate::siting::exact::Limits;
use crate::siting::limits::without_useless;
use crate::siting::watch::Watch;

/// How long the solver works between two looks at the watch.
const SLICE: Duration = Duration::from_millis(300);
/// How much of a bound is its rounding error.
const ROUNDING: f64 = 1e-7;

/// What is chosen, and of whom.
pub(super) struct Model<'a> {
    pub(super) clients: &'a [Client],
    pub(super) limits: &'a Limits,
    /// By community, the people who have to be covered.
    pub(super) floors: &'a [i64],
    pub(super) aim: Aim<'a>,
    /// Where sites take only so many: who is served then. There are no clients beside.
    pub(super) rooms: Option<Rooms<'a>>,
}

/// What is wanted of a choice.
#[derive(Clone, Copy)]
pub(super) enum Aim<'a> {
    /// The most weight.
    Most,
    /// That there is one.
    Anything,
    /// The lowest price for which so much weight is covered.
    Least { prices: &'a [i64], weight: i64 },
}

/// What the solver found.
pub(super) struct Solved {
    pub(super) chosen: Option<Vec<u32>>,
    /// No choice covers more, or costs less.
    pub(super) bound: Option<i64>,
    /// Whether no choice does what is asked.
    pub(super) is_impossible: bool,
}

/// The program and its variables.
struct Program {
    problem: Problem,
    sites: Vec<Variable>,
    clients: Vec<Variable>,
}

impl Model<'_> {
    /// Solves it, until the watch says that it is over.
    pub(super) fn solve(&self, watch: &Watch<'_>) -> Result<Solved, SitingError> {
        let program = self.program();
        let mut options = SolveOptions::default();
        options.time_limit = Some(slice(watch));
        if matches!(self.aim, Aim::Anything) {
            // Any choice will do.
            options.mip_gap = 1e12;
        }
        let mut resume = ResumeOptions::default();
        resume.mip_gap = (options.mip_gap > 0.0).then_some(options.mip_gap);
        let mut outcome = program.problem.solve_with(options);
        loop {
            match outcome {
                Err(Error::Infeasible) => {
                    return Ok(Solved {
                        chosen: None,
                        bound: None,
                        is_impossible: true,
                    });
                }
                Err(error) => {
                    return Err(SitingError::Solver {
                        why: error.to_string(),
                    });
                }
                Ok(reached) if is_finished(&reached) || watch.is_over() => {
                    return Ok(self.solved(&program, &reached));
                }
                Ok(reached) => {
                    resume.time_limit = Some(slice(watch));
                    outcome = reached.resume_with(resume.clone());
                }
            }
        }
    }

    fn program(&self) -> Program {
        let direction = match self.aim {
            Aim::Least { .. } => OptimizationDirection::Minimize,
            Aim::Most | Aim::Anything => OptimizationDirection::Maximize,
        };
        let mut program = Problem::new(direction);
        let price = |site: usize| match self.aim {
            Aim::Least { prices, .. } => prices[site] as f64,
            Aim::Most | Aim::Anything => 0.0,
        };
        let sites: Vec<Variable> = (0..self.limits.costs.len())
            .map(|site| program.add_binary_var(price(site)))
            .collect();
        let clients: Vec<Variable> = self
            .clients
            .iter()
            .map(|client| {
                let weight = match self.aim {
                    Aim::Most => client.weight as f64,
                    Aim::Anything | Aim::Least { .. } => 0.0,
                };
                // Who needs one site is covered as far as sites are chosen; half a site is nothing to who needs two.
                if client.needs > 1 {
                    program.add_binary_var(weight)
                } else {
                    program.add_var(weight, (0.0, 1.0))
                }
            })
            .collect();
        let mut made = Program {
            problem: program,
            sites,
            clients,
        };
        self.add_clients(&mut made);
        self.add_limits(&mut made);
        self.add_floors(&mut made);
        match &self.rooms {
            Some(rooms) => {
                let at_least = match self.aim {
                    Aim::Least { weight, .. } => Some(weight),
                    Aim::Most | Aim::Anything => None,
                };
                rooms.add(&mut made.problem, &made.sites, at_least);
            }
            None => self.add_wanted(&mut made),
        }
        made
    }

    /// A client is covered as far as it has sites.
    fn add_clients(&self, made: &mut Program) {
        for (client, &variable) in self.clients.iter().zip(&made.clients) {
            let sites = client.walks.iter();
            let mut row: Vec<(Variable, f64)> = sites
                .map(|&(site, _)| (made.sites[site as usize], 1.0))
                .collect();
            row.push((variable, -f64::from(client.needs)));
            made.problem.add_constraint(row, ComparisonOp::Ge, 0.0);
        }
    }

    fn add_limits(&self, made: &mut Program) {
        let limits = self.limits;
        let all = || made.sites.iter().map(|&site| (site, 1.0));
        let mut rows: Vec<Row> = Vec::new();
        if limits.max_sites < made.sites.len() {
            rows.push(Row::at_most(all().collect(), limits.max_sites as f64));
        }
        if let Some(budget) = limits.budget {
            let costs = made.sites.iter().zip(&limits.costs);
            let costs = costs.map(|(&site, &cost)| (site, cost as f64));
            rows.push(Row::at_most(costs.collect(), budget as f64));
        }
        for (mode, limit) in limits.modes.iter().enumerate() {
            let of_mode = || {
                let sites = made.sites.iter().zip(&limits.mode_of);
                let of_mode = sites.filter(|(_, its)| usize::from(**its) == mode);
                of_mode.map(|(&site, _)| (site, 1.0)).collect()
            };
            if limit.least > 0 {
                rows.push(Row::at_least(of_mode(), limit.least as f64));
            }
            if limit.most < made.sites.len() {
                rows.push(Row::at_most(of_mode(), limit.most as f64));
            }
        }
        for row in rows {
            made.problem.add_constraint(row.terms, row.sign, row.than);
        }
    }

    fn add_floors(&self, made: &mut Program) {
        let mut of_community: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.floors.len()];
        for (client, &variable) in self.clients.iter().zip(&made.clients) {
            if let Some(community) = client.community {
                of_community[community].push((variable, client.people as f64));
            }
        }
        for (row, &floor) in of_community.into_iter().zip(self.floors) {
            if floor > 0 {
                made.problem
                    .add_constraint(row, ComparisonOp::Ge, floor as f64);
            }
        }
    }

    /// So much weight has to be covered, where that is what is wanted.
    fn add_wanted(&self, made: &mut Program) {
        if let Aim::Least { weight, .. } = self.aim {
            let all = self.clients.iter().zip(&made.clients);
            let all = all.map(|(client, &variable)| (variable, client.weight as f64));
            let row: Vec<(Variable, f64)> = all.collect();
            made.problem
                .add_constraint(row, ComparisonOp::Ge, weight as f64);
        }
    }

    /// What was reached, counted in integers.
    fn solved(&self, program: &Program, reached: &SolveOutcome) -> Solved {
        let bound = reached.stats().best_bound;
        let bound = bound.map(|bound| match self.aim {
            Aim::Least { .. } => (bound - ROUNDING * bound.abs().max(1.0)).ceil() as i64,
            Aim::Most | Aim::Anything => (bound + ROUNDING * bound.abs().max(1.0)).floor() as i64,
        });
        let chosen = reached.solution().map(|solution| {
            let sites = 0..program.sites.len() as u32;
            let is_chosen = |site: &u32| solution.var_value(program.sites[*site as usize]) > 0.5;
            sites.filter(is_chosen).collect::<Vec<u32>>()
        });
        let chosen = chosen.filter(|chosen| self.is_met(chosen));
        let chosen = chosen.map(|chosen| self.without_useless(chosen));
        let value = chosen.as_deref().map(|chosen| self.value(chosen));
        Solved {
            // Where the solver calls it the best, it is the best up to rounding.
            bound: if reached.is_optimal() {
                value.or(bound)
            } else {
                bound
            },
            chosen,
            is_impossible: false,
        }
    }

    /// Without sites that add nothing to what is wanted: the dearest first. The solver may well leave money spent that need not be.
    fn without_useless(&self, chosen: Vec<u32>) -> Vec<u32> {
        let covered = self.covered(&chosen);
        without_useless(chosen, &self.limits.costs, |fewer| {
            let covers_enough = match self.aim {
                // That it does is a part of what is met.
                Aim::Least { .. } => true,
                Aim::Most | Aim::Anything => self.covered(fewer) >= covered,
            };
            covers_enough && self.is_met(fewer)
        })
    }

    fn value(&self, chosen: &[u32]) -> i64 {
        match self.aim {
            Aim::Least { prices, .. } => chosen.iter().map(|&site| prices[site as usize]).sum(),
            Aim::Most | Aim::Anything => self.covered(chosen),
        }
    }

    /// The weight that a choice covers.
    fn covered(&self, chosen: &[u32]) -> i64 {
        match &self.rooms {
            Some(rooms) => rooms.served(chosen),
            None => covered(self.clients, chosen),
        }
    }

    /// Whether a choice is within all limits and does what is asked, to the last person.
    fn is_met(&self, chosen: &[u32]) -> bool {
        let mut people = vec![0; self.floors.len()];
        for client in with_enough(self.clients, chosen) {
            if let Some(community) = client.community {
                people[community] += client.people;
            }
        }
        let mut floors = self.floors.iter().zip(&people);
        let is_covered = match self.aim {
            Aim::Least { weight, .. } => self.covered(chosen) >= weight,
            Aim::Most | Aim::Anything => true,
        };
        is_covered && self.limits.allow(chosen) && floors.all(|(floor, people)| people >= floor)
    }
}

/// A row of the program.
struct Row {
    terms: Vec<(Variable, f64)>,
    sign: ComparisonOp,
    than: f64,
}

impl Row {
    fn at_most(terms: Vec<(Variable, f64)>, than: f64) -> Self {
        Self {
            terms,
            sign: ComparisonOp::Le,
            than,
        }
    }

    fn at_least(terms: Vec<(Variable, f64)>, than: f64) -> Self {
        Self {
            terms,
            sign: ComparisonOp::Ge,
            than,
        }
    }
}

fn is_finished(outcome: &SolveOutcome) -> bool {
    use microlp::TerminationReason::{MipGap, ProvenOptimal};
    matches!(outcome.termination_reason(), ProvenOptimal | MipGap)
}

/// How long to work before the next look at the watch.
fn slice(watch: &Watch<'_>) -> Duration {
    watch.left().map_or(SLICE, |left| left.min(SLICE))
}
