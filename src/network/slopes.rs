//! What slopes do to the time along an edge: how much of it has passed at each of its samples.

use super::graph::Network;
use super::heights::AlongEdge;
use crate::id::EdgeId;
use crate::model::{Slope, WayKind};
use crate::units::{COST_SCALE, Cost};

/// Costs at the places where heights were sampled, of the edges along which time is not proportional to length. Empty where no
/// heights are known: then it takes no room.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct Knots {
    /// `starts[e]` is the first knot of edge `e`, one more entry the end.
    starts: Vec<u32>,
    /// The costs from the tail to each place between the ends, along the edge and against it.
    along: Vec<Cost>,
    against: Vec<Cost>,
}

/// The costs from an edge's tail to the places between its ends that stand evenly along it, in one direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bends<'a> {
    knots: &'a [Cost],
    whole: Cost,
}

impl Knots {
    /// Those of an edge, along it or against it; `None` where time is proportional to length.
    #[inline]
    pub(super) fn of(&self, edge: EdgeId, is_along: bool) -> Option<&[Cost]> {
        let end = *self.starts.get(edge.index() + 1)? as usize;
        let start = self.starts[edge.index()] as usize;
        let costs = if is_along { &self.along } else { &self.against };
        (start < end).then(|| &costs[start..end])
    }

    #[cfg(feature = "serde")]
    pub(super) fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        let entries = self.starts.capacity() + self.along.capacity() + self.against.capacity();
        entries * size_of::<Cost>()
    }

    /// Adds the next edge.
    fn push(&mut self, bent: &[Vec<Cost>; 2]) {
        self.along.extend(&bent[0]);
        self.against.extend(&bent[1]);
        self.starts.push(self.along.len() as u32);
    }
}

impl<'a> Bends<'a> {
    pub(super) fn new(knots: &'a [Cost], whole: Cost) -> Self {
        Self { knots, whole }
    }

    fn runs(self) -> usize {
        self.knots.len() + 1
    }

    /// The costs at both ends of a run between two knots.
    fn run(self, run: usize) -> [Cost; 2] {
        let at = |knot: usize| match knot.checked_sub(1) {
            None => 0,
            Some(before) => self.knots.get(before).copied().unwrap_or(self.whole),
        };
        [at(run), at(run + 1)]
    }

    /// The run that a fraction of the edge's length is in, and how far in it.
    fn place(self, fraction: f64) -> (usize, f64) {
        let at = fraction.clamp(0.0, 1.0) * self.runs() as f64;
        let run = (at as usize).min(self.runs() - 1);
        (run, at - run as f64)
    }

    /// The cost from the tail to a fraction of the edge's length, by what rounds a part of a cost.
    pub(super) fn part(self, fraction: f64, rounded: impl Fn(Cost, f64) -> Cost) -> Cost {
        let (run, part) = self.place(fraction);
        let [from, to] = self.run(run);
        from + rounded(to - from, part)
    }

    /// The same, not rounded.
    pub(crate) fn exact(self, fraction: f64) -> f64 {
        let (run, part) = self.place(fraction);
        let [from, to] = self.run(run).map(f64::from);
        from + part * (to - from)
    }

    /// The fractions strictly between two at which the speed may change, ascending.
    pub(crate) fn between(self, from: f64, to: f64) -> impl Iterator<Item = f64> {
        let runs = self.runs();
        let knots = (1..runs).map(move |knot| knot as f64 / runs as f64);
        knots.filter(move |knot| *knot > from && *knot < to)
    }

    /// The least cost of any of the runs, and the part of the edge's length that each is.
    pub(super) fn quickest(self) -> (Cost, f64) {
        let costs = (0..self.runs()).map(|run| {
            let [from, to] = self.run(run);
            to - from
        });
        let least = costs.min().unwrap_or(self.whole);
        (least, 1.0 / self.runs() as f64)
    }
}

/// What an edge costs where its heights count.
pub(super) enum Sloped {
    /// As on the level: nothing rises, or nothing is known.
    Level,
    /// Too steep for this walker.
    TooSteep,
    /// So much along it and against it, not rounded, and at the places between its ends.
    Rising([f64; 2]),
}

/// Works out edge after edge.
#[derive(Debug)]
pub(super) struct SlopeWalk<'a> {
    slope: &'a Slope,
    /// None where heights change nothing.
    network: Option<&'a Network>,
    knots: Knots,
    bent: [Vec<Cost>; 2],
}

impl<'a> SlopeWalk<'a> {
    pub(super) fn new(network: &'a Network, slope: &'a Slope) -> Self {
        let counts = network.heights.is_some() && slope.matters();
        let mut knots = Knots::default();
        if counts {
            knots.starts.push(0);
        }
        Self {
            slope,
            network: counts.then_some(network),
            knots,
            bent: [Vec::new(), Vec::new()],
        }
    }

    /// The next edge, which takes so many seconds a metre on the level. Stairs, lifts and ferries have speeds of their own.
    pub(super) fn next(&mut self, edge: EdgeId, kind: WayKind, seconds_per_metre: f64) -> Sloped {
        self.bent.iter_mut().for_each(Vec::clear);
        let Some(network) = self.network else {
            return Sloped::Level;
        };
        let heights = network.heights_along(edge);
        let sloped = match heights.filter(|_| kind == WayKind::Street) {
            None => Sloped::Level,
            Some(heights) => self.street(heights, seconds_per_metre * COST_SCALE),
        };
        self.knots.push(&self.bent);
        sloped
    }

    /// What was worked out; nothing where no edge needs it.
    pub(super) fn finish(self) -> Knots {
        if self.knots.along.is_empty() {
            return Knots::default();
        }
        self.knots
    }

    /// An edge that is closed for other reasons.
    pub(super) fn skip(&mut self) {
        if self.network.is_some() {
            self.bent.iter_mut().for_each(Vec::clear);
            self.knots.push(&self.bent);
        }
    }

    fn street(&mut self, heights: AlongEdge<'_>, cost_per_metre: f64) -> Sloped {
        let runs = heights.rises().len();
        let run_cost = heights.run_m() * cost_per_metre;
        let mut sums = [0.0; 2];
        let mut first = [None; 2];
        let (mut is_level, mut is_even) = (true, true);
        for (run, rise) in heights.rises().enumerate() {
            for (way, rise) in [rise, -rise].into_iter().enumerate() {
                let Some(factor) = self.slope.speed_factor(rise) else {
                    self.bent.iter_mut().for_each(Vec::clear);
                    return Sloped::TooSteep;
                };
                is_level &= factor == 1.0;
                is_even &= *first[way].get_or_insert(factor) == factor;
                sums[way] += run_cost / factor;
                if run + 1 < runs {
                    self.bent[way].push(rounded(sums[way]));
                }
            }
        }
        if is_even {
            self.bent.iter_mut().for_each(Vec::clear);
        }
        if is_level {
            return Sloped::Level;
        }
        Sloped::Rising(sums)
    }
}

/// What is beyond all costs is refused with the whole edge.
fn rounded(cost: f64) -> Cost {
    cost.round() as Cost
}
