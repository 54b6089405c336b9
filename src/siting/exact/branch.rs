//! Branching on sites, the highest bound first.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::dual::{Bound, Effort};
use super::limits::State;
use super::part::Part;
use super::solve::Best;

/// How long a branch's bound is improved, where prices are good already.
const BRANCH: Effort = Effort {
    steps: 400,
    longest: 1.6,
    shortest: 0.02,
    patience: 30,
};
/// Prices are kept beside open branches up to so many numbers in all; beyond that a branch starts from the root's.
const MOST_KEPT_PRICES: usize = 50_000_000;

impl Best<'_> {
    /// Branches on the undecided sites, the highest bound first. The bound of all.
    pub(super) fn branch(&mut self, part: &Part, root: &Bound) -> i64 {
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
                self.offer(&part.whole(&states));
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
        (self.bound, Reverse(self.number)).cmp(&(other.bound, Reverse(other.number)))
    }
}
