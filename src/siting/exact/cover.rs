//! Branching where each client saves the same at all of its sites: on sites, and on clients.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::coverage::{Coverage, Decided, LEAST_SHARE, Side};
use super::dual::Bound;
use super::limits::State;
use super::part::Part;
use super::simplex::Basis;
use super::solve::Best;

/// One in so many branches is dived from.
const DIVES_EVERY: u64 = 4;
/// How many of the most fractional sites and clients are tried before one is branched on, and for how many steps each.
const TRIED_SITES: usize = 6;
const TRIED_CLIENTS: usize = 2;
const TRIED_STEPS: u32 = 20;

/// An open branch.
struct Open {
    bound: i64,
    /// The bound in units of the whole: of equal ones the deepest comes first, so that the search soon comes to whole choices.
    whole: i64,
    depth: u32,
    /// In the order in which they were made.
    number: u64,
    decided: Decided,
    basis: Basis,
}

/// What to do in a branch.
enum Next {
    /// Only this side can hold something better.
    Known(Side),
    /// Look at this side, and at the other.
    Branch(Side),
}

impl Best<'_> {
    /// Branches where each client saves the same at all of its sites. The bound of all.
    pub(super) fn cover(&mut self, part: &Part, root: &Bound) -> i64 {
        let mut coverage = Coverage::new(&part.instance, &part.limits, &root.prices);
        let decided = Decided::nothing(&part.instance);
        let mut number = 0;
        let first = self.look_around(
            part,
            &mut coverage,
            decided,
            Above {
                bound: root.value,
                depth: 0,
                number,
            },
        );
        let mut open: BinaryHeap<Open> = first.into_iter().collect();
        while let Some(branch) = open.pop() {
            if branch.bound < self.needed(part) {
                continue;
            }
            if self.is_done() {
                return self.whole(branch.bound, part);
            }
            coverage.restore(&branch.basis);
            coverage.decide(&branch.decided);
            let Some((branch, side)) = self.split(part, &mut coverage, branch) else {
                continue;
            };
            for side in [side, side.other()] {
                let mut decided = branch.decided.clone();
                decided.decide(side, &part.instance);
                let mut there = coverage.clone();
                there.decide(&decided);
                number += 1;
                let above = Above {
                    bound: branch.bound,
                    depth: branch.depth + 1,
                    number,
                };
                open.extend(self.look_around(part, &mut there, decided, above));
            }
        }
        self.value
    }

    /// What to branch on, once all that trying decides is decided; `None` where nothing better is left.
    fn split(
        &mut self,
        part: &Part,
        coverage: &mut Coverage<'_>,
        mut branch: Open,
    ) -> Option<(Open, Side)> {
        loop {
            match self.choose(part, coverage, &branch.decided)? {
                Next::Known(side) => {
                    branch.decided.decide(side, &part.instance);
                    coverage.decide(&branch.decided);
                    let above = Above {
                        bound: branch.bound,
                        depth: branch.depth,
                        number: branch.number,
                    };
                    branch = self.look_around(part, coverage, branch.decided, above)?;
                }
                Next::Branch(side) => return Some((branch, side)),
            }
        }
    }

    /// Puts inside what is chosen most, again and again, until the program chooses whole sites or nothing better is left there. What
    /// is inside then is filled up and swapped.
    fn dive(&mut self, part: &Part, coverage: &Coverage<'_>, decided: &Decided) {
        let (mut coverage, mut decided) = (coverage.clone(), decided.clone());
        let is_over = self.task.is_over;
        while let Some(bound) = coverage.bound(&decided, self.needed(part), is_over) {
            if bound.value < self.needed(part) || self.is_done() {
                break;
            }
            let free = (0..decided.states.len()).filter(|&site| {
                decided.states[site] == State::Free && bound.presence[site] > LEAST_SHARE
            });
            let mut by_share: Vec<usize> = free.collect();
            by_share.sort_by(|&one, &other| bound.presence[other].total_cmp(&bound.presence[one]));
            let whole = by_share
                .iter()
                .take_while(|&&site| bound.presence[site] > 1.0 - LEAST_SHARE)
                .count();
            for &site in by_share.iter().take(whole + 1) {
                decided.decide(Side::Site(site, State::Inside), &part.instance);
            }
            if whole >= by_share.len() {
                break;
            }
            coverage.decide(&decided);
        }
        self.try_sites(&part.whole(&decided.states));
    }

    /// Bounds a branch and decides what the bound does; `None` where it holds nothing better, or was decided wholly.
    fn look_around(
        &mut self,
        part: &Part,
        coverage: &mut Coverage<'_>,
        mut decided: Decided,
        above: Above,
    ) -> Option<Open> {
        let bound = coverage.bound(&decided, self.needed(part), self.task.is_over)?;
        self.seen(part, &bound.selection);
        if above.number.is_multiple_of(DIVES_EVERY) && bound.value >= self.needed(part) {
            self.dive(part, coverage, &decided);
        }
        let needed = self.needed(part);
        if bound.value < needed {
            return None;
        }
        self.decide(part, &bound, &mut decided.states);
        // Whoever is left out loses its price.
        for (client, &price) in bound.prices.iter().enumerate() {
            decided.covered[client] |= bound.value - price < needed;
        }
        if !decided.states.contains(&State::Free) {
            self.offer(&part.whole(&decided.states));
            return None;
        }
        let value = bound.value.min(above.bound);
        Some(Open {
            bound: value,
            whole: self.whole(value, part),
            depth: above.depth,
            number: above.number,
            decided,
            basis: coverage.basis(),
        })
    }

    /// Tries the most fractional sites and clients for some steps: the one whose sides both lower the bound most is branched on
    /// (strong branching: Applegate, Bixby, Chvátal and Cook 1995). `None` where all sites are decided.
    fn choose(&self, part: &Part, coverage: &Coverage<'_>, decided: &Decided) -> Option<Next> {
        let needed = self.needed(part);
        let now = coverage.estimate();
        let mut best = None;
        for side in coverage.fractional(decided, TRIED_SITES, TRIED_CLIENTS) {
            let mut score = 1.0;
            for side in [side, side.other()] {
                let mut looked = coverage.look_at(side, TRIED_STEPS);
                let estimate = looked.estimate();
                score *= (now - estimate).max(1e-3);
                if estimate < needed as f64 {
                    let mut there = decided.clone();
                    there.decide(side, &part.instance);
                    let proven = looked.proven(&there);
                    if proven.is_none_or(|bound| bound.value < needed) {
                        return Some(Next::Known(side.other()));
                    }
                }
            }
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, side));
            }
        }
        let free = || {
            decided
                .states
                .iter()
                .position(|&state| state == State::Free)
        };
        let side = best.map(|(_, side)| side);
        side.or_else(|| free().map(|site| Side::Site(site, State::Inside)))
            .map(Next::Branch)
    }
}

/// What a branch comes from: its bound is no higher.
#[derive(Clone, Copy)]
struct Above {
    bound: i64,
    depth: u32,
    number: u64,
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |of: &Self| (of.whole, of.depth, of.bound, Reverse(of.number));
        key(self).cmp(&key(other))
    }
}
