//! What is left of an instance while sites are decided.

use super::instance::Instance;
use super::limits::{Limits, State};

/// An instance in which some sites of the whole are decided.
pub(super) struct Part {
    pub(super) instance: Instance,
    pub(super) limits: Limits,
    /// Its sites' numbers in the whole.
    pub(super) sites: Vec<u32>,
    /// Sites of the whole that are chosen.
    pub(super) inside: Vec<u32>,
    /// What they are worth.
    pub(super) worth: i64,
}

impl Part {
    /// The sites of the whole that are inside.
    pub(super) fn whole(&self, states: &[State]) -> Vec<u32> {
        let inside = (0..states.len()).filter(|&site| states[site] == State::Inside);
        let mut sites: Vec<u32> = inside.map(|site| self.sites[site]).collect();
        sites.extend(&self.inside);
        sites
    }

    /// Without the sites that are decided, and the prices beyond what is saved already.
    pub(super) fn with_decided(self, states: &[State], prices: &[i64]) -> (Self, Vec<i64>) {
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
