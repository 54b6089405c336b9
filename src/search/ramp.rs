//! How costs change along an edge.

use crate::network::Bends;
use crate::units::Cost;

/// A run of places on an edge over which the cost changes evenly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ramp {
    /// Fractions of the edge's length, ascending.
    pub(super) from: f64,
    pub(super) to: f64,
    /// The costs at both.
    pub(super) cost_from: f64,
    pub(super) cost_to: f64,
}

impl Ramp {
    /// Adds a ramp over some places of an edge: as one where the cost changes evenly, else one for each run between two bends.
    pub(super) fn add_to(self, ramps: &mut Vec<Self>, bends: Option<Bends<'_>>) {
        let Some(bends) = bends else {
            ramps.push(self);
            return;
        };
        let Ramp { from, to, .. } = self;
        // It rises from either end, as the edge does in the direction in which it is walked.
        let at = |fraction: f64| {
            if self.cost_from <= self.cost_to {
                self.cost_from + (bends.exact(fraction) - bends.exact(from))
            } else {
                self.cost_to + (bends.exact(to) - bends.exact(fraction))
            }
        };
        let mut low = from;
        for high in bends.between(from, to).chain([to]) {
            ramps.push(Self {
                from: low,
                to: high,
                cost_from: at(low),
                cost_to: at(high),
            });
            low = high;
        }
    }

    /// The part of it within a cost.
    pub(super) fn up_to(self, cost: Cost) -> Option<(f64, f64)> {
        let Ramp {
            from,
            to,
            cost_from,
            cost_to,
        } = self;
        let cost = f64::from(cost);
        let at = |cost: f64| from + (to - from) * (cost - cost_from) / (cost_to - cost_from);
        match (cost_from <= cost, cost_to <= cost) {
            (true, true) => Some((from, to)),
            (true, false) => Some((from, at(cost))),
            (false, true) => Some((at(cost), to)),
            (false, false) => None,
        }
    }

    /// The sum of two over the places that both have.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        if from > to {
            return None;
        }
        let at = |ramp: Self, fraction: f64| {
            let width = ramp.to - ramp.from;
            let part = if width > 0.0 {
                (fraction - ramp.from) / width
            } else {
                0.0
            };
            ramp.cost_from + part * (ramp.cost_to - ramp.cost_from)
        };
        Some(Self {
            from,
            to,
            cost_from: at(self, from) + at(other, from),
            cost_to: at(self, to) + at(other, to),
        })
    }
}
