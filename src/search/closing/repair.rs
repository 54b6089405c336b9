//! The costs while something is closed: those that hang on what is closed are taken back and found again from what is left.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::arcs::{Arc, By, StreetArcs};
use super::closed::Closed;
use super::tree::{Forest, NOWHERE, Parent, Seed};

/// A worker's memory for what is closed, one after the other.
#[derive(Debug)]
pub(crate) struct ClosingScratch {
    /// By spot, the last repair that gave it a cost of its own, and that cost.
    costs: Vec<(u32, u64)>,
    repair: u32,
    /// The spots with a cost of their own.
    touched: Vec<u32>,
    stack: Vec<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

/// What a repair goes by.
#[derive(Clone, Copy)]
pub(super) struct Repair<'a> {
    pub(super) arcs: &'a StreetArcs,
    pub(super) forest: &'a Forest,
    pub(super) closed: &'a Closed,
    /// Where the moved stations come to junctions now.
    pub(super) new_seeds: &'a [Seed],
}

impl ClosingScratch {
    pub(super) fn new(spots: usize) -> Self {
        Self {
            costs: vec![(0, NOWHERE); spots],
            repair: 0,
            touched: Vec::new(),
            stack: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// The spots whose costs may be other ones after the last repair.
    pub(super) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// The cost of a spot after the last repair.
    pub(super) fn cost(&self, forest: &Forest, spot: u32) -> u64 {
        match self.costs[spot as usize] {
            (repair, cost) if repair == self.repair => cost,
            _ => forest.costs[spot as usize],
        }
    }

    fn set(&mut self, spot: u32, cost: u64) {
        let known = &mut self.costs[spot as usize];
        if known.0 != self.repair {
            self.touched.push(spot);
        }
        *known = (self.repair, cost);
    }

    /// Finds the costs while something is closed.
    ///
    /// # Complexity
    /// O(m log m) in the arcs at the junctions whose walks went by what is closed.
    pub(super) fn run(&mut self, repair: Repair<'_>) {
        self.touched.clear();
        self.repair = self.repair.wrapping_add(1);
        if self.repair == 0 {
            self.costs.fill((0, NOWHERE));
            self.repair = 1;
        }
        self.take_back(repair);
        for at in 0..self.touched.len() {
            let spot = self.touched[at];
            let best = repair.best_around(spot, |spot| self.cost(repair.forest, spot));
            self.offer(repair.forest, spot, best);
        }
        for seed in repair.new_seeds {
            self.offer(repair.forest, seed.spot, u64::from(seed.cost));
        }
        while let Some(Reverse((cost, spot))) = self.heap.pop() {
            if self.cost(repair.forest, spot) != cost {
                continue;
            }
            for arc in repair.arcs.out.at(spot) {
                if repair.is_open(arc) {
                    let offered = cost + u64::from(arc.cost);
                    self.offer(repair.forest, arc.other, offered);
                }
            }
        }
    }

    /// Takes the costs back that hang on what is closed.
    fn take_back(&mut self, repair: Repair<'_>) {
        repair.hanging(&mut self.stack);
        while let Some(spot) = self.stack.pop() {
            if self.costs[spot as usize].0 != self.repair {
                self.set(spot, NOWHERE);
                self.stack.extend(repair.forest.children(spot));
            }
        }
    }

    fn offer(&mut self, forest: &Forest, spot: u32, cost: u64) {
        if cost < self.cost(forest, spot) {
            self.set(spot, cost);
            self.heap.push(Reverse((cost, spot)));
        }
    }
}

impl Repair<'_> {
    /// The spots whose own walk goes by what is closed, without those behind them.
    fn hanging(&self, stack: &mut Vec<u32>) {
        stack.clear();
        for cut in &self.closed.cuts {
            stack.extend(self.forest.along(cut.edge));
            let roots = self.forest.roots_on(cut.edge);
            stack.extend(roots.filter(|spot| !self.is_rooted(*spot)));
        }
        for (station, _) in &self.closed.stations {
            stack.extend(self.forest.roots_of(*station));
        }
        for gate in &self.closed.gates {
            let spots = self.arcs.spots_of(*gate);
            stack.extend(spots.filter(|spot| {
                let parent = self.forest.parents[*spot as usize];
                matches!(parent, Parent::Spot(_, By::Gate(node)) if node == *gate)
            }));
        }
    }

    /// Whether the walk to a spot still begins at its seed.
    fn is_rooted(&self, spot: u32) -> bool {
        match self.forest.parents[spot as usize] {
            Parent::Seed(seed) => self.is_sown(&self.forest.seeds[seed as usize]),
            _ => true,
        }
    }

    /// Whether walks still come from a station's entrance to the junction of a seed.
    fn is_sown(&self, seed: &Seed) -> bool {
        let joined = self.closed.joins_ends(seed.edge, seed.fraction);
        joined[usize::from(seed.at_head)] && self.closed.moved_station(seed.station).is_none()
    }

    /// Whether an arc is open.
    fn is_open(&self, arc: &Arc) -> bool {
        match arc.by {
            By::Edge(edge) => !self.closed.cuts_edge(edge),
            By::Gate(gate) => !self.closed.gates.contains(&gate),
        }
    }

    /// The least cost of a spot by the spots beside it and by the seeds there.
    fn best_around(&self, spot: u32, cost: impl Fn(u32) -> u64) -> u64 {
        let into = self.arcs.into.at(spot).iter();
        let into = into.filter(|arc| self.is_open(arc));
        let over = into.map(|arc| cost(arc.other).saturating_add(u64::from(arc.cost)));
        let seeds = self.forest.seeds_at(spot).iter();
        let sown = seeds.filter(|seed| self.is_sown(seed));
        let sown = sown.map(|seed| u64::from(seed.cost));
        over.chain(sown).min().unwrap_or(NOWHERE)
    }
}
