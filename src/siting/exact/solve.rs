//! The best choice with a proof: good choices, a bound, sites that the bound decides, and branching on the rest.

use super::coverage::{Coverage, Decided};
use super::dual::{Bound, Dual, Effort};
use super::instance::Instance;
use super::limits::{Limits, State};
use super::part::Part;
use super::primal::{Choice, Random};
use super::select::{Selection, Selector};

/// How long bounds are improved at the root, and at each branch, where prices are good already.
const ROOT: Effort = Effort {
    steps: 3000,
    longest: 1.6,
    shortest: 0.004,
    patience: 30,
};
/// The same where a linear program goes on from there.
const BEFORE_PROGRAM: Effort = Effort { steps: 200, ..ROOT };
/// Every so many steps the selected sites are tried as a choice.
const TRIED_EVERY: u32 = 8;
/// From this step on, and then every so many steps, the best choice is kicked: a bound that proves it has taken fewer by then in most
/// problems.
const FIRST_KICK: u32 = 200;
const KICKED_EVERY: u32 = 10;
/// A kick moves one in so many sites.
const KICKED: usize = 5;
/// Before the linear program, kicks end after so many without a better choice.
const IDLE_KICKS: u32 = 20;
/// Swaps at most from one start.
const MOST_SWAPS: usize = 10_000;
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
pub(super) struct Best<'t> {
    pub(super) task: Task<'t>,
    chosen: Option<Vec<u32>>,
    pub(super) value: i64,
    /// How many steps bounds have taken so far.
    steps: u32,
    random: Random,
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
            // A search that was ended may have left sites that are worth less than their price.
            self.value = instance.value(&choice.sites);
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

    pub(super) fn offer(&mut self, sites: &[u32]) {
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
    pub(super) fn needed(&self, part: &Part) -> i64 {
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

    pub(super) fn is_done(&self) -> bool {
        let is_found = self.chosen.is_some()
            && self
                .task
                .is_worth
                .is_some_and(|is_worth| self.value >= is_worth);
        is_found || (self.task.is_over)()
    }

    /// A part's bound in units of the whole: no value lies between two multiples of the granule.
    pub(super) fn whole(&self, bound: i64, part: &Part) -> i64 {
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
            let Some(found) = self.bound_root(&part, prices, &states) else {
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
            // A part is made smaller where that pays.
            if undecided * 10 > part.sites.len() * 9 {
                let left = if part.instance.is_flat() {
                    self.cover(&part, &found)
                } else {
                    self.branch(&part, &found)
                };
                return left.min(bound).max(self.value);
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

    /// A bound of a part in which all sites are free.
    fn bound_root(&mut self, part: &Part, mut prices: Vec<i64>, states: &[State]) -> Option<Bound> {
        if !part.instance.is_flat() {
            return self.bound_part(part, prices, states, ROOT);
        }
        if self.steps == 0 {
            let bound = self.bound_part(part, prices, states, BEFORE_PROGRAM)?;
            if bound.value < self.needed(part) || self.is_done() {
                return Some(bound);
            }
            self.kick_while_it_helps();
            prices = bound.prices;
        }
        let mut program = Coverage::new(&part.instance, &part.limits, &prices);
        let decided = Decided::nothing(&part.instance);
        program.bound(&decided, self.needed(part), self.task.is_over)
    }

    fn kick_while_it_helps(&mut self) {
        let mut idle = 0;
        while idle < IDLE_KICKS && !self.is_done() {
            let before = self.value;
            self.kick();
            idle = if self.value > before { 0 } else { idle + 1 };
        }
    }

    /// A bound of a part; choices on the way are offered.
    pub(super) fn bound_part(
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
            self.seen(part, selection);
            if self.is_done() {
                i64::MAX
            } else {
                self.needed(part)
            }
        })
    }

    /// Tries what a bound selects as a choice, and looks around the best one, every so often.
    pub(super) fn seen(&mut self, part: &Part, selection: &Selection) {
        self.steps += 1;
        if self.steps.is_multiple_of(TRIED_EVERY) {
            self.try_selection(part, selection);
        }
        if self.steps >= FIRST_KICK && self.steps.is_multiple_of(KICKED_EVERY) {
            self.kick();
        }
    }

    /// Takes a selection as a choice, fills it up, and swaps where that is promising.
    fn try_selection(&mut self, part: &Part, selection: &Selection) {
        let chosen = (0..part.sites.len()).filter(|&site| selection.chosen[site]);
        let mut sites: Vec<u32> = chosen.map(|site| part.sites[site]).collect();
        sites.extend(&part.inside);
        self.try_if_better(&sites);
    }

    /// Swaps from sites that are better than the best choice.
    fn try_if_better(&mut self, sites: &[u32]) {
        if self.task.limits.allow(sites)
            && (self.chosen.is_none() || self.task.instance.value(sites) > self.value)
        {
            self.offer(sites);
            self.try_sites(sites);
        }
    }

    /// Fills sites up, swaps from there, and offers what comes of it.
    pub(super) fn try_sites(&mut self, sites: &[u32]) {
        let Task {
            instance,
            limits,
            is_over,
            ..
        } = self.task;
        let states = vec![State::Free; instance.site_count()];
        let mut choice = Choice::new(instance, limits, sites);
        choice.swap(&states, MOST_SWAPS, || !is_over());
        self.offer(&choice.sites);
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
    pub(super) fn decide(&self, part: &Part, bound: &Bound, states: &mut [State]) -> bool {
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
}
