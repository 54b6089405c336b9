//! The best choice with a proof: good choices, a bound, sites that the bound decides, and branching on the rest.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::dual::{Bound, Dual, Effort};
use super::instance::Instance;
use super::limits::{Limits, State};
use super::primal::{Choice, Random};
use super::select::{Selection, Selector};

/// How long bounds are improved at the root, and at each branch, where prices are good already.
const ROOT: Effort = Effort {
    steps: 3000,
    longest: 1.6,
    shortest: 0.004,
    patience: 30,
};
const BRANCH: Effort = Effort {
    steps: 400,
    longest: 1.6,
    shortest: 0.02,
    patience: 30,
};
/// Every so many steps the selected sites are tried as a choice.
const TRIED_EVERY: u32 = 8;
/// From this step on, and then every so many steps, the best choice is kicked: a bound that proves it has taken fewer by then in most
/// problems.
const FIRST_KICK: u32 = 200;
const KICKED_EVERY: u32 = 10;
/// A kick moves one in so many sites.
const KICKED: usize = 5;
/// Swaps at most from one start.
const MOST_SWAPS: usize = 10_000;
/// Prices are kept beside open branches up to so many numbers in all; beyond that a branch starts from the root's.
const MOST_KEPT_PRICES: usize = 50_000_000;

/// A choice and how good it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Sites by number; `None` where no set within the limits was found.
    pub(crate) chosen: Option<Vec<u32>>,
    /// What they are worth.
    pub(crate) value: i64,
    /// At least what any choice is worth.
    pub(crate) bound: i64,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(crate) struct Task<'t> {
    pub(crate) instance: &'t Instance,
    pub(crate) limits: &'t Limits,
    /// Where only this is asked: whether a choice is worth so much. The search ends once it is found, or once the bound is below.
    pub(crate) is_worth: Option<i64>,
    /// Whether to end now, with what there is.
    pub(crate) is_over: &'t dyn Fn() -> bool,
}

/// The best choice.
///
/// # Complexity
/// A bound takes time linear in the entries that beat their client's price, for each of some hundred steps; the number of branches
/// is exponential at worst.
pub(crate) fn solve(task: Task<'_>) -> Outcome {
    let mut best = Best::new(task);
    best.start();
    let bound = best.root();
    best.outcome(bound)
}

/// The best choice so far, in the numbers of the whole instance.
struct Best<'t> {
    task: Task<'t>,
    chosen: Option<Vec<u32>>,
    value: i64,
    /// How many steps bounds have taken so far.
    steps: u32,
    random: Random,
}

/// An instance in which some sites of the whole are decided.
struct Part {
    instance: Instance,
    limits: Limits,
    /// Its sites' numbers in the whole.
    sites: Vec<u32>,
    /// Sites of the whole that are chosen.
    inside: Vec<u32>,
    /// What they are worth.
    worth: i64,
}

impl<'t> Best<'t> {
    fn new(task: Task<'t>) -> Self {
        Self {
            task,
            chosen: None,
            value: i64::MIN,
            steps: 0,
            random: Random::new(),
        }
    }

    fn outcome(mut self, bound: i64) -> Outcome {
        if let Some(chosen) = self.chosen.take() {
            let Task {
                instance, limits, ..
            } = self.task;
            let mut choice = Choice::new(instance, limits, &chosen);
            choice.prune(&vec![State::Free; instance.site_count()]);
            choice.sites.sort_unstable();
            self.chosen = Some(choice.sites);
        }
        Outcome {
            value: if self.chosen.is_some() { self.value } else { 0 },
            chosen: self.chosen,
            bound,
        }
    }

    /// Greedy choices and what swaps make of them.
    fn start(&mut self) {
        let Task {
            instance, limits, ..
        } = self.task;
        let states = vec![State::Free; instance.site_count()];
        let is_over = self.task.is_over;
        for for_cost in [true, false] {
            let mut choice = Choice::new(instance, limits, &[]);
            choice.fill(&states, for_cost);
            choice.swap(&states, MOST_SWAPS, || !is_over());
            self.offer(&choice.sites);
        }
    }

    fn offer(&mut self, sites: &[u32]) {
        if !self.task.limits.allow(sites) {
            return;
        }
        let value = self.task.instance.value(sites);
        if self.chosen.is_none() || value > self.value {
            let mut sites = sites.to_vec();
            sites.sort_unstable();
            self.value = value;
            self.chosen = Some(sites);
        }
    }

    /// A branch of a part whose bound is below this holds nothing better, in the part's scaled units.
    fn needed(&self, part: &Part) -> i64 {
        let better = match self.chosen {
            Some(_) => self.value + self.task.instance.granule,
            None => -(self.task.instance.magnitude() + 1),
        };
        let needed = self
            .task
            .is_worth
            .map_or(better, |is_worth| is_worth.max(better));
        (needed - part.worth) << part.instance.shift
    }

    fn is_done(&self) -> bool {
        let is_found = self.chosen.is_some()
            && self
                .task
                .is_worth
                .is_some_and(|is_worth| self.value >= is_worth);
        is_found || (self.task.is_over)()
    }

    /// A part's bound in units of the whole: no value lies between two multiples of the granule.
    fn whole(&self, bound: i64, part: &Part) -> i64 {
        let granule = self.task.instance.granule;
        ((bound >> part.instance.shift) + part.worth).div_euclid(granule) * granule
    }

    /// Bounds, decides and makes smaller until nothing more is decided, then branches. The bound of all.
    fn root(&mut self) -> i64 {
        let Task {
            instance, limits, ..
        } = self.task;
        let sites = instance.site_count() as u32;
        let mut part = Part {
            instance: instance.clone(),
            limits: limits.clone(),
            sites: (0..sites).collect(),
            inside: Vec::new(),
            worth: 0,
        };
        let mut prices = self.first_prices();
        let mut bound = instance.magnitude();
        loop {
            if self.is_done() {
                return bound.max(self.value);
            }
            let states = vec![State::Free; part.sites.len()];
            let Some(found) = self.bound_part(&part, prices, &states, ROOT) else {
                return self.value;
            };
            bound = bound.min(self.whole(found.value, &part));
            if found.value < self.needed(&part) {
                return bound.max(self.value);
            }
            let mut decided = states;
            self.decide(&part, &found, &mut decided);
            let undecided = decided
                .iter()
                .filter(|&&state| state == State::Free)
                .count();
            if undecided == part.sites.len() {
                return self.branch(&part, &found).min(bound).max(self.value);
            }
            (part, prices) = part.with_decided(&decided, &found.prices);
            if undecided == 0 {
                let inside = part.inside.clone();
                self.offer(&inside);
                return self.value;
            }
        }
    }

    /// A client is worth what it saves now.
    fn first_prices(&self) -> Vec<i64> {
        let instance = self.task.instance;
        let mut prices = vec![0; instance.client_count()];
        for &site in self.chosen.iter().flatten() {
            for (client, saving) in instance.clients_of(site as usize) {
                prices[client] = (saving << instance.shift).max(prices[client]);
            }
        }
        prices
    }

    /// A bound of a part; choices on the way are offered.
    fn bound_part(
        &mut self,
        part: &Part,
        prices: Vec<i64>,
        states: &[State],
        effort: Effort,
    ) -> Option<Bound> {
        let mut dual = Dual::new(&part.instance);
        let mut selector = Selector::new(&part.limits);
        let needed = self.needed(part);
        dual.improve(prices, states, &mut selector, needed, effort, |selection| {
            self.steps += 1;
            if self.steps.is_multiple_of(TRIED_EVERY) {
                self.try_selection(part, selection);
            }
            if self.steps >= FIRST_KICK && self.steps.is_multiple_of(KICKED_EVERY) {
                self.kick();
            }
            if self.is_done() {
                i64::MAX
            } else {
                self.needed(part)
            }
        })
    }

    /// Takes a selection as a choice, fills it up, and swaps where that is promising.
    fn try_selection(&mut self, part: &Part, selection: &Selection) {
        let chosen = (0..part.sites.len()).filter(|&site| selection.chosen[site]);
        let mut sites: Vec<u32> = chosen.map(|site| part.sites[site]).collect();
        sites.extend(&part.inside);
        let limits = self.task.limits;
        if !limits.allow(&sites) {
            return;
        }
        let value = self.task.instance.value(&sites);
        if self.chosen.is_none() || value > self.value {
            let states = vec![State::Free; self.task.instance.site_count()];
            let mut choice = Choice::new(self.task.instance, limits, &sites);
            let is_over = self.task.is_over;
            choice.swap(&states, MOST_SWAPS, || !is_over());
            self.offer(&choice.sites);
            self.offer(&sites);
        }
    }

    /// Looks for a better choice around the best one. One that is as good takes its place, so that the search wanders.
    fn kick(&mut self) {
        let Some(chosen) = &self.chosen else {
            return;
        };
        let Task {
            instance,
            limits,
            is_over,
            ..
        } = self.task;
        let states = vec![State::Free; instance.site_count()];
        let mut choice = Choice::new(instance, limits, chosen);
        let count = (chosen.len() / KICKED).max(2);
        choice.kick(&states, count, &mut self.random);
        choice.swap(&states, MOST_SWAPS, || !is_over());
        let value = instance.value(&choice.sites);
        if value == self.value && limits.allow(&choice.sites) {
            choice.sites.sort_unstable();
            self.chosen = Some(choice.sites);
        } else {
            self.offer(&choice.sites);
        }
    }

    /// Decides every site whose other side the bound rules out.
    fn decide(&self, part: &Part, bound: &Bound, states: &mut [State]) -> bool {
        let needed = self.needed(part);
        let mut is_any = false;
        for (site, state) in states.iter_mut().enumerate() {
            if *state == State::Free && bound.value - bound.selection.regret[site] < needed {
                *state = if bound.selection.chosen[site] {
                    State::Inside
                } else {
                    State::Outside
                };
                is_any = true;
            }
        }
        is_any
    }

    /// Branches on the undecided sites, the highest bound first. The bound of all.
    fn branch(&mut self, part: &Part, root: &Bound) -> i64 {
        let root_prices = Arc::new(root.prices.clone());
        let mut open = BinaryHeap::new();
        let mut number = 0;
        open.push(Branch {
            bound: root.value,
            number,
            states: vec![State::Free; part.sites.len()],
            prices: Some(root_prices.clone()),
            next: next_site(root, &vec![State::Free; part.sites.len()]),
        });
        while let Some(branch) = open.pop() {
            if branch.bound < self.needed(part) {
                continue;
            }
            if self.is_done() {
                return self.whole(branch.bound, part);
            }
            for side in [State::Inside, State::Outside] {
                let mut states = branch.states.clone();
                states[branch.next] = side;
                let prices = branch.prices.as_ref().unwrap_or(&root_prices);
                let Some(made) = self.look(part, states, prices) else {
                    continue;
                };
                number += 1;
                let keeps = open.len() * part.instance.client_count() < MOST_KEPT_PRICES;
                open.push(Branch {
                    bound: made.bound.value.min(branch.bound),
                    number,
                    next: made.next,
                    states: made.states,
                    prices: keeps.then(|| Arc::new(made.bound.prices)),
                });
            }
        }
        self.value
    }

    /// Bounds one side of a branch; `None` where it holds nothing better, or was decided wholly.
    fn look(&mut self, part: &Part, mut states: Vec<State>, prices: &[i64]) -> Option<Looked> {
        let mut prices = prices.to_vec();
        loop {
            let bound = self.bound_part(part, prices, &states, BRANCH)?;
            if bound.value < self.needed(part) {
                return None;
            }
            let is_any = self.decide(part, &bound, &mut states);
            if !states.contains(&State::Free) {
                let inside = (0..states.len()).filter(|&site| states[site] == State::Inside);
                let mut sites: Vec<u32> = inside.map(|site| part.sites[site]).collect();
                sites.extend(&part.inside);
                self.offer(&sites);
                return None;
            }
            if !is_any || (self.task.is_over)() {
                let next = next_site(&bound, &states);
                return Some(Looked {
                    bound,
                    states,
                    next,
                });
            }
            prices = bound.prices;
        }
    }
}

impl Part {
    /// Without the sites that are decided, and the prices beyond what is saved already.
    fn with_decided(self, states: &[State], prices: &[i64]) -> (Self, Vec<i64>) {
        let of = |wanted: State| {
            (0..states.len() as u32).filter(move |&site| states[site as usize] == wanted)
        };
        let free: Vec<u32> = of(State::Free).collect();
        let inside: Vec<u32> = of(State::Inside).collect();
        let reduced = self.instance.reduced(&free, &inside);
        let limits = self.limits.reduced(&free, &inside);
        let whole = |sites: &[u32]| {
            sites
                .iter()
                .map(|&site| self.sites[site as usize])
                .collect::<Vec<u32>>()
        };
        let mut all_inside = self.inside.clone();
        all_inside.extend(whole(&inside));
        let (shift, new_shift) = (self.instance.shift, reduced.instance.shift);
        let prices = reduced.kept.iter().map(|&client| {
            let price = prices[client as usize] - (reduced.base[client as usize] << shift);
            if new_shift >= shift {
                price.max(0) << (new_shift - shift)
            } else {
                price.max(0) >> (shift - new_shift)
            }
        });
        let prices = prices.collect();
        let part = Self {
            sites: whole(&free),
            inside: all_inside,
            worth: self.worth + reduced.worth,
            instance: reduced.instance,
            limits,
        };
        (part, prices)
    }
}

/// A side of a branch that may hold something better.
struct Looked {
    bound: Bound,
    states: Vec<State>,
    next: usize,
}

/// The site to branch on: the one that selections agreed on least, then the one whose other side costs least.
fn next_site(bound: &Bound, states: &[State]) -> usize {
    let free = (0..states.len()).filter(|&site| states[site] == State::Free);
    let doubt = |site: usize| (bound.presence[site] - 0.5).abs();
    let first = free.min_by(|&one, &other| {
        let regrets = bound.selection.regret[one].cmp(&bound.selection.regret[other]);
        doubt(one).total_cmp(&doubt(other)).then(regrets)
    });
    first.unwrap_or(0)
}

/// An open branch.
struct Branch {
    bound: i64,
    /// In the order in which they were made.
    number: u64,
    states: Vec<State>,
    prices: Option<Arc<Vec<i64>>>,
    next: usize,
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Branch {}

impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Branch {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.bound, std::cmp::Reverse(self.number))
            .cmp(&(other.bound, std::cmp::Reverse(other.number)))
    }
}
