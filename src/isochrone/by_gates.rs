//! Places that are left by several gates, on trips there and back: people may leave by one gate and come home by another.

use std::collections::BTreeMap;

use crate::id::EdgeId;
use crate::search::Reach;
use crate::units::{CLOSED, Cost};

/// A cell of a tile: its block, and its bit there.
pub(super) type BlockCell = (u32, u32);

/// A way onto a street: where it joins it, and what the leg costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    pub(super) edge: EdgeId,
    pub(super) fraction: f32,
    pub(super) leg: Cost,
}

/// Cells with several ways onto the streets.
#[derive(Debug, Default)]
pub(super) struct ByGates {
    /// Where the gates lead to, ascending.
    places: Vec<(EdgeId, f32)>,
    /// By place the groups that it is one of.
    groups_at: Vec<Vec<u32>>,
    groups: Vec<Group>,
}

/// Cells that the same gates lead out of.
#[derive(Debug)]
struct Group {
    /// Positions among the places.
    places: Vec<u32>,
    /// How many cells the groups before have.
    first: usize,
    cells: Vec<BlockCell>,
    /// Cell after cell, a leg to each place.
    legs: Vec<Cost>,
}

impl ByGates {
    /// From the cells, each with its ways: no two of them to one place.
    pub(super) fn new(cells: impl Iterator<Item = (BlockCell, Vec<Way>)>) -> Self {
        type Place = (EdgeId, u32);
        let mut groups: BTreeMap<Vec<Place>, (Vec<BlockCell>, Vec<Cost>)> = BTreeMap::new();
        for (cell, mut ways) in cells {
            // Gate accesses come in the order of their legs, which is another one in each cell.
            let place = |way: &Way| (way.edge, way.fraction.to_bits());
            ways.sort_by_key(place);
            let (cells, legs) = groups.entry(ways.iter().map(place).collect()).or_default();
            cells.push(cell);
            legs.extend(ways.iter().map(|way| way.leg));
        }
        let mut places: Vec<Place> = groups.keys().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let mut all = Self {
            places: places
                .iter()
                .map(|(edge, bits)| (*edge, f32::from_bits(*bits)))
                .collect(),
            groups_at: vec![Vec::new(); places.len()],
            groups: Vec::with_capacity(groups.len()),
        };
        let mut first = 0;
        for (own, (cells, legs)) in groups {
            let of_group = own.iter().flat_map(|place| places.binary_search(place));
            let of_group: Vec<u32> = of_group.map(|place| place as u32).collect();
            for place in &of_group {
                all.groups_at[*place as usize].push(all.groups.len() as u32);
            }
            all.groups.push(Group {
                places: of_group,
                first,
                cells,
                legs,
            });
            first += all.groups[all.groups.len() - 1].cells.len();
        }
        all
    }

    /// The cells, by their numbers.
    pub(super) fn cells(&self) -> impl Iterator<Item = BlockCell> {
        self.groups
            .iter()
            .flat_map(|group| group.cells.iter().copied())
    }

    /// Visits every cell within a cost of where a search began, by its number among these cells.
    ///
    /// # Complexity
    /// O(e log g + c) for the e edges that were met, the g gates, and the c cells behind those at such an edge.
    pub(super) fn each_within(
        &self,
        reach: &Reach<'_>,
        within: Cost,
        mut visit: impl FnMut(usize, BlockCell, Cost),
    ) {
        if self.places.is_empty() {
            return;
        }
        let mut met: Vec<u32> = Vec::new();
        for edge in reach.edges() {
            let first = self.places.partition_point(|(of, _)| of < edge);
            let at = self.places[first..].iter().zip(&self.groups_at[first..]);
            let at = at.take_while(|((of, _), _)| of == edge);
            met.extend(at.flat_map(|(_, groups)| groups));
        }
        met.sort_unstable();
        met.dedup();
        for group in met {
            self.groups[group as usize].each_within(self, reach, within, &mut visit);
        }
    }
}

impl Group {
    fn each_within(
        &self,
        all: &ByGates,
        reach: &Reach<'_>,
        within: Cost,
        visit: &mut impl FnMut(usize, BlockCell, Cost),
    ) {
        let cost = |place: &u32| {
            let (edge, fraction) = all.places[*place as usize];
            let ways = reach.on(edge).each_way(f64::from(fraction));
            ways.map(|cost| cost.unwrap_or(CLOSED))
        };
        let costs: Vec<[Cost; 2]> = self.places.iter().map(cost).collect();
        let least = |way: usize| costs.iter().map(|cost| cost[way]).min().unwrap_or(CLOSED);
        if least(0).saturating_add(least(1)) > within {
            return;
        }
        let legs = self.legs.chunks_exact(costs.len());
        for ((number, cell), legs) in (self.first..).zip(&self.cells).zip(legs) {
            let by = |way: usize| {
                let ways = costs.iter().zip(legs);
                let costs = ways.map(|(cost, leg)| cost[way].saturating_add(*leg));
                costs.min().unwrap_or(CLOSED)
            };
            let cost = by(0).saturating_add(by(1));
            if cost <= within {
                visit(number, *cell, cost);
            }
        }
    }
}
