//! How costs change along an edge.

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
