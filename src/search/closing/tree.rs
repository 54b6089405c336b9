//! The shortest walks from all places to their nearest station, as one forest: a station's entrance is the root of all that is walked
//! by it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::arcs::{By, StreetArcs};
use crate::control::{Cancelled, Control};
use crate::id::{EdgeId, StationId};
use crate::units::Cost;

/// Beyond every cost: no station leads there.
pub(super) const NOWHERE: u64 = u64::MAX;

/// How many spots are settled between two looks at whether to stop.
const LOOK_EVERY: usize = 1 << 14;

/// Where walks from a station's entrance come to a junction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Seed {
    pub(super) spot: u32,
    pub(super) cost: Cost,
    pub(super) station: StationId,
    /// The entrance's edge, and how far along it stands.
    pub(super) edge: EdgeId,
    pub(super) fraction: f64,
    /// Whether the spot is at the edge's head, and not at its tail.
    pub(super) at_head: bool,
}

/// By what the walk to a spot's nearest station goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    /// There is none.
    None,
    /// By a seed, of this position.
    Seed(u32),
    /// From another spot.
    Spot(u32, By),
}

/// The forest, with the cost of each spot.
#[derive(Debug, Default)]
pub(super) struct Forest {
    pub(super) costs: Vec<u64>,
    pub(super) parents: Vec<Parent>,
    /// Ascending by spot.
    pub(super) seeds: Vec<Seed>,
    /// Those whose parent a spot is: `children[start[s] .. start[s + 1]]`.
    start: Vec<u32>,
    children: Vec<u32>,
    /// The spots whose walk goes along an edge, ascending by edge.
    along: Vec<(EdgeId, u32)>,
    /// The spots whose parent a seed is, ascending by its edge, and by its station.
    roots_on: Vec<(EdgeId, u32)>,
    roots_of: Vec<(StationId, u32)>,
}

impl Forest {
    /// One search from all stations.
    pub(super) fn new(
        arcs: &StreetArcs,
        mut seeds: Vec<Seed>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        seeds.sort_by_key(|seed| seed.spot);
        let spots = arcs.spot_count();
        let mut forest = Self {
            costs: vec![NOWHERE; spots],
            parents: vec![Parent::None; spots],
            seeds,
            start: Vec::new(),
            children: Vec::new(),
            along: Vec::new(),
            roots_on: Vec::new(),
            roots_of: Vec::new(),
        };
        forest.grow(arcs, control)?;
        forest.list_children();
        forest.list_beginnings();
        Ok(forest)
    }

    /// Lists by what the walks begin, and go on.
    fn list_beginnings(&mut self) {
        for (parent, spot) in self.parents.iter().zip(0..) {
            match parent {
                Parent::Spot(_, By::Edge(edge)) => self.along.push((*edge, spot)),
                Parent::Seed(seed) => {
                    let seed = &self.seeds[*seed as usize];
                    self.roots_on.push((seed.edge, spot));
                    self.roots_of.push((seed.station, spot));
                }
                Parent::Spot(_, By::Gate(_)) | Parent::None => {}
            }
        }
        self.along.sort_unstable();
        self.roots_on.sort_unstable();
        self.roots_of.sort_unstable();
    }

    fn grow(&mut self, arcs: &StreetArcs, control: Control<'_>) -> Result<(), Cancelled> {
        let mut heap = BinaryHeap::new();
        for (position, seed) in (0..).zip(&self.seeds) {
            let (known, cost) = (&mut self.costs[seed.spot as usize], u64::from(seed.cost));
            if cost < *known {
                *known = cost;
                self.parents[seed.spot as usize] = Parent::Seed(position);
                heap.push(Reverse((cost, seed.spot)));
            }
        }
        let mut settled = 0;
        while let Some(Reverse((cost, spot))) = heap.pop() {
            if self.costs[spot as usize] != cost {
                continue;
            }
            settled += 1;
            if settled % LOOK_EVERY == 0 {
                control.check()?;
            }
            for arc in arcs.out.at(spot) {
                let offered = cost + u64::from(arc.cost);
                let known = &mut self.costs[arc.other as usize];
                if offered < *known {
                    *known = offered;
                    self.parents[arc.other as usize] = Parent::Spot(spot, arc.by);
                    heap.push(Reverse((offered, arc.other)));
                }
            }
        }
        Ok(())
    }

    /// A counting sort.
    fn list_children(&mut self) {
        let spots = self.parents.len();
        let mut start = vec![0u32; spots + 1];
        let parents = || {
            let parents = self.parents.iter().zip(0..);
            parents.filter_map(|(parent, child)| match parent {
                Parent::Spot(parent, _) => Some((*parent, child)),
                _ => None,
            })
        };
        for (parent, _) in parents() {
            start[parent as usize + 1] += 1;
        }
        for spot in 0..spots {
            start[spot + 1] += start[spot];
        }
        let mut next = start.clone();
        let mut children = vec![0u32; start[spots] as usize];
        for (parent, child) in parents() {
            let slot = &mut next[parent as usize];
            children[*slot as usize] = child;
            *slot += 1;
        }
        (self.start, self.children) = (start, children);
    }

    /// The spots whose walk goes on from a spot.
    pub(super) fn children(&self, spot: u32) -> &[u32] {
        let [start, end] = [0, 1].map(|next| self.start[spot as usize + next] as usize);
        &self.children[start..end]
    }

    /// The spots whose walk goes along an edge to the one before them.
    pub(super) fn along(&self, edge: EdgeId) -> impl Iterator<Item = u32> {
        of_key(&self.along, edge)
    }

    /// The spots whose walk begins at an entrance on an edge.
    pub(super) fn roots_on(&self, edge: EdgeId) -> impl Iterator<Item = u32> {
        of_key(&self.roots_on, edge)
    }

    /// The spots whose walk begins at an entrance of a station.
    pub(super) fn roots_of(&self, station: StationId) -> impl Iterator<Item = u32> {
        of_key(&self.roots_of, station)
    }

    /// The seeds at a spot.
    pub(super) fn seeds_at(&self, spot: u32) -> &[Seed] {
        let first = self.seeds.partition_point(|seed| seed.spot < spot);
        let count = self.seeds[first..].partition_point(|seed| seed.spot == spot);
        &self.seeds[first..first + count]
    }
}

/// The spots with a key, of a list that is ascending by key.
fn of_key<K: Copy + Ord>(list: &[(K, u32)], key: K) -> impl Iterator<Item = u32> {
    let first = list.partition_point(|(known, _)| *known < key);
    let count = list[first..].partition_point(|(known, _)| *known == key);
    list[first..first + count].iter().map(|(_, spot)| *spot)
}
