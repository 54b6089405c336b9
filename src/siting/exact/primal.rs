//! Good choices: greedy additions, then swaps.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::instance::Instance;
use super::limits::{Limits, State, Tally};
use crate::parallel;

/// A choice, with each client's best and second best of it.
#[derive(Clone, Debug)]
pub(super) struct Choice<'i> {
    instance: &'i Instance,
    limits: &'i Limits,
    /// All sites, the cheapest first.
    by_cost: Vec<u32>,
    pub(super) sites: Vec<u32>,
    is_open: Vec<bool>,
    tally: Tally,
    /// By client: the best chosen site (or none), what it saves, what the second best saves.
    first: Vec<u32>,
    first_saving: Vec<i64>,
    second_saving: Vec<i64>,
}

const NOBODY: u32 = u32::MAX;

/// Numbers that look drawn: the same ones in every run (the linear congruential generator of Knuth's MMIX).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new() -> Self {
        Self(1)
    }

    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }
}

/// One site out, another in.
#[derive(Clone, Copy, Debug)]
struct Swap {
    gain: i64,
    out: u32,
    site: u32,
}

impl<'i> Choice<'i> {
    pub(super) fn new(instance: &'i Instance, limits: &'i Limits, sites: &[u32]) -> Self {
        let clients = instance.client_count();
        let mut made = Self {
            instance,
            limits,
            by_cost: limits.by_cost(),
            sites: Vec::new(),
            is_open: vec![false; instance.site_count()],
            tally: limits.tally(&[]),
            first: vec![NOBODY; clients],
            first_saving: vec![0; clients],
            second_saving: vec![0; clients],
        };
        for &site in sites {
            made.add(site);
        }
        made
    }

    fn add(&mut self, site: u32) {
        self.sites.push(site);
        self.is_open[site as usize] = true;
        self.limits.add(&mut self.tally, site as usize);
        for (client, saving) in self.instance.clients_of(site as usize) {
            if saving > self.first_saving[client] {
                self.second_saving[client] = self.first_saving[client];
                self.first_saving[client] = saving;
                self.first[client] = site;
            } else if saving > self.second_saving[client] {
                self.second_saving[client] = saving;
            }
        }
    }

    fn remove(&mut self, site: u32) {
        self.sites.retain(|&one| one != site);
        self.is_open[site as usize] = false;
        self.limits.remove(&mut self.tally, site as usize);
        let clients: Vec<usize> = self
            .instance
            .clients_of(site as usize)
            .map(|(client, _)| client)
            .collect();
        for client in clients {
            let mut open = self
                .instance
                .savings_of(client)
                .filter(|one| self.is_open[one.site as usize]);
            let (first, second) = (open.next(), open.next());
            self.first[client] = first.map_or(NOBODY, |one| one.site);
            self.first_saving[client] = first.map_or(0, |one| one.saving);
            self.second_saving[client] = second.map_or(0, |one| one.saving);
        }
    }

    /// What a site would add.
    fn gain(&self, site: usize) -> i64 {
        let clients = self.instance.clients_of(site);
        let gains = clients.map(|(client, saving)| (saving - self.first_saving[client]).max(0));
        gains.sum::<i64>() - self.instance.prices[site]
    }

    /// Adds sites as long as one helps, or a mode needs one: each time the one that gains most, for its cost where `for_cost`.
    /// A site's gain never grows, so gains of earlier rounds are bounds (lazy greedy: Minoux 1978).
    pub(super) fn fill(&mut self, states: &[State], for_cost: bool) {
        let free =
            (0..states.len()).filter(|&site| states[site] == State::Free && !self.is_open[site]);
        let mut queue: BinaryHeap<Entry> = free.map(|site| self.entry(site, for_cost)).collect();
        let mut left_for_modes = Vec::new();
        while let Some(top) = queue.pop() {
            let site = top.site as usize;
            if !self
                .limits
                .may_add(&self.tally, site, &self.is_open, &self.by_cost)
            {
                continue;
            }
            let fresh = self.entry(site, for_cost);
            if queue.peek().is_some_and(|next| *next > fresh) {
                queue.push(fresh);
            } else if fresh.gain > 0 {
                self.add(top.site);
            } else {
                left_for_modes.push(top.site);
            }
        }
        for site in left_for_modes {
            let mode = self.limits.mode(site as usize);
            let is_needed = self.tally.by_mode[mode] < self.limits.modes[mode].least;
            if is_needed
                && self
                    .limits
                    .may_add(&self.tally, site as usize, &self.is_open, &self.by_cost)
            {
                self.add(site);
            }
        }
    }

    fn entry(&self, site: usize, for_cost: bool) -> Entry {
        let gain = self.gain(site);
        let price = self.instance.prices[site];
        let rate = if for_cost {
            (gain + price) as f64 / (self.limits.costs[site] + price).max(1) as f64
        } else {
            gain as f64
        };
        Entry {
            rate,
            gain,
            site: site as u32,
        }
    }

    /// Drops sites that are worth no more than their price, as far as the modes allow: the dearest of equal ones first.
    pub(super) fn prune(&mut self, states: &[State]) {
        while let Some(worst) = self.least_useful(states) {
            self.remove(worst);
        }
    }

    fn least_useful(&self, states: &[State]) -> Option<u32> {
        let losses = self.losses();
        let droppable = self.sites.iter().copied().filter(|&site| {
            let mode = self.limits.mode(site as usize);
            states[site as usize] == State::Free
                && self.instance.prices[site as usize] >= losses[site as usize]
                && self.tally.by_mode[mode] > self.limits.modes[mode].least
        });
        droppable.max_by_key(|&site| {
            let place = site as usize;
            let (price, cost) = (self.instance.prices[place], self.limits.costs[place]);
            (price - losses[place], cost, Reverse(site))
        })
    }

    /// By site: what its clients lose when it closes.
    fn losses(&self) -> Vec<i64> {
        let mut losses = vec![0; self.instance.site_count()];
        for client in 0..self.first.len() {
            let first = self.first[client];
            if first != NOBODY {
                losses[first as usize] += self.first_saving[client] - self.second_saving[client];
            }
        }
        losses
    }

    /// Puts some sites of the choice somewhere else, wherever the limits allow it. What swaps make of that is another good choice
    /// (iterated local search: Lourenço, Martin and Stützle 2003).
    pub(super) fn kick(&mut self, states: &[State], count: usize, random: &mut Random) {
        for _ in 0..count.min(self.sites.len()) {
            let site = self.sites[random.below(self.sites.len())];
            if states[site as usize] == State::Free {
                self.remove(site);
            }
        }
        for _ in 0..count {
            let site = random.below(states.len());
            let is_free = states[site] == State::Free && !self.is_open[site];
            let may_add = |choice: &Self| {
                let limits = choice.limits;
                limits.may_add(&choice.tally, site, &choice.is_open, &choice.by_cost)
            };
            if is_free && may_add(self) {
                self.add(site as u32);
            }
        }
    }

    /// Swaps while one helps, the best one each time, and fills and prunes between (Resende and Werneck 2003: what a swap gains is
    /// the gain of one, less the loss of the other, and an extra for clients of both). Stops after `most` swaps.
    pub(super) fn swap(&mut self, states: &[State], most: usize, mut go_on: impl FnMut() -> bool) {
        for _ in 0..most {
            if !go_on() {
                return;
            }
            self.prune(states);
            self.fill(states, false);
            let Some(best) = self.best_swap(states) else {
                return;
            };
            self.remove(best.out);
            self.add(best.site);
        }
    }

    fn best_swap(&self, states: &[State]) -> Option<Swap> {
        let losses = self.losses();
        let sites: Vec<u32> = (0..states.len() as u32)
            .filter(|&site| states[site as usize] == State::Free && !self.is_open[site as usize])
            .collect();
        let outs: Vec<u32> = self
            .sites
            .iter()
            .copied()
            .filter(|&site| states[site as usize] == State::Free)
            .collect();
        let extras = || vec![0_i64; states.len()];
        let swaps = parallel::map_with(sites.len(), 16, extras, |extras, index| {
            self.best_swap_for(sites[index], &outs, &losses, extras)
        });
        let best = swaps
            .into_iter()
            .flatten()
            .max_by_key(|swap| (swap.gain, Reverse((swap.site, swap.out))))?;
        (best.gain > 0).then_some(best)
    }

    fn best_swap_for(
        &self,
        site: u32,
        outs: &[u32],
        losses: &[i64],
        extras: &mut [i64],
    ) -> Option<Swap> {
        let mut gain = -self.instance.prices[site as usize];
        for (client, saving) in self.instance.clients_of(site as usize) {
            let (first, second) = (self.first_saving[client], self.second_saving[client]);
            gain += (saving - first).max(0);
            if saving > second && self.first[client] != NOBODY {
                extras[self.first[client] as usize] += saving.min(first) - second;
            }
        }
        let swaps = outs.iter().filter(|&&out| {
            self.limits
                .allow_swap(&self.tally, out as usize, site as usize)
        });
        let swaps = swaps.map(|&out| Swap {
            gain: gain - losses[out as usize]
                + extras[out as usize]
                + self.instance.prices[out as usize],
            out,
            site,
        });
        let best = swaps.max_by_key(|swap| (swap.gain, Reverse(swap.out)));
        for (client, _) in self.instance.clients_of(site as usize) {
            if self.first[client] != NOBODY {
                extras[self.first[client] as usize] = 0;
            }
        }
        best
    }
}

/// A site in the queue of the greedy choice: the most gain first, then the first site.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    rate: f64,
    gain: i64,
    site: u32,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rate
            .total_cmp(&other.rate)
            .then(self.gain.cmp(&other.gain))
            .then(other.site.cmp(&self.site))
    }
}
