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
    /// Where the gates lead to.
    places: Vec<(EdgeId, f32)>,
    groups: Vec<Group>,
}

/// Cells that the same gates lead out of.
#[derive(Debug)]
struct Group {
    /// Positions among the places.
    places: Vec<u32>,
    cells: Vec<BlockCell>,
    /// Cell after cell, a leg to each place.
    legs: Vec<Cost>,
}

impl ByGates {
    pub(super) fn of(cells: impl Iterator<Item = (BlockCell, Vec<Way>)>) -> Self {
        let mut numbers: BTreeMap<(EdgeId, u32), u32> = BTreeMap::new();
        let mut places = Vec::new();
        let mut groups: BTreeMap<Vec<u32>, Group> = BTreeMap::new();
        for (cell, mut ways) in cells {
            // Doors come in the order of their legs, which is another one in each cell.
            let key = |way: &Way| (way.edge, way.fraction.to_bits());
            ways.sort_by_key(|way| (key(way), way.leg));
            ways.dedup_by_key(|way| key(way));
            let mut number = |way: &Way| {
                *numbers.entry(key(way)).or_insert_with(|| {
                    places.push((way.edge, way.fraction));
                    places.len() as u32 - 1
                })
            };
            let of_cell: Vec<u32> = ways.iter().map(&mut number).collect();
            let group = groups.entry(of_cell.clone()).or_insert_with(|| Group {
                places: of_cell,
                cells: Vec::new(),
                legs: Vec::new(),
            });
            group.cells.push(cell);
            group.legs.extend(ways.iter().map(|way| way.leg));
        }
        Self {
            places,
            groups: groups.into_values().collect(),
        }
    }

    /// The cells, by their numbers.
    pub(super) fn cells(&self) -> impl Iterator<Item = BlockCell> {
        self.groups
            .iter()
            .flat_map(|group| group.cells.iter().copied())
    }

    /// Visits every cell within a cost of where a search began, by its number among these cells.
    pub(super) fn each_within(
        &self,
        reach: &Reach<'_>,
        within: Cost,
        mut visit: impl FnMut(usize, BlockCell, Cost),
    ) {
        let costs: Vec<[Cost; 2]> = self
            .places
            .iter()
            .map(|(edge, fraction)| {
                let ways = reach.on(*edge).by_way(f64::from(*fraction));
                ways.map(|cost| cost.unwrap_or(CLOSED))
            })
            .collect();
        let mut first = 0;
        for group in &self.groups {
            let costs = group.places.iter().map(|place| costs[*place as usize]);
            let costs: Vec<[Cost; 2]> = costs.collect();
            let least = |way: usize| costs.iter().map(|cost| cost[way]).min().unwrap_or(CLOSED);
            if least(0).saturating_add(least(1)) <= within {
                let legs = group.legs.chunks_exact(costs.len());
                for ((number, cell), legs) in (first..).zip(&group.cells).zip(legs) {
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
            first += group.cells.len();
        }
    }
}
