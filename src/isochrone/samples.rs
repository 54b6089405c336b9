//! The sampled ground: every place of the lattice beside reached streets, snapped once for all stations.

use super::Ground;
use super::lattice::{BLOCK, Blocks, Cell, Lattice};
use super::water::Water;
use crate::id::EdgeId;
use crate::parallel;
use crate::search::{EdgeReach, Reach};
use crate::snap::{Grid, Snap, Snapper};
use crate::units::Cost;

/// Streets are looked along in pieces of at most so many metres, as what is left for a leg shrinks along them.
const PIECE_M: f64 = 60.0;
/// Blocks per parallel task.
const BLOCK_CHUNK: usize = 64;

/// A place on the lattice, as a resident there would join the network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) cell: Cell,
    /// Along the edge; exact to a hundredth of a millisecond on a street of ten minutes.
    fraction: f32,
    leg: Cost,
}

impl Sample {
    /// What a trip between its place and the station costs; `None` where the search did not get.
    pub(super) fn cost(&self, reach: &EdgeReach<'_>) -> Option<Cost> {
        let cost = reach.cost(f64::from(self.fraction))?;
        Some(cost.saturating_add(self.leg.saturating_mul(reach.ways())))
    }
}

/// All samples, those of edge `e` at `start[e] .. start[e + 1]`.
#[derive(Debug)]
pub(super) struct Samples {
    start: Vec<u32>,
    samples: Vec<Sample>,
}

impl Samples {
    /// Samples the ground within a leg's reach of the streets that were reached from any station.
    pub(super) fn take(
        ground: Ground<'_>,
        lattice: Lattice,
        from_any: &Reach<'_>,
        cutoff: Cost,
    ) -> Self {
        let blocks = beside(ground, lattice, from_any, cutoff).corners();
        let water = Water::on(lattice, ground.water, rows_of(&blocks));
        let snapper = Snapper::new(
            ground.network,
            ground.impedance,
            ground.islands,
            ground.snapped.options(),
        );
        let sampled = parallel::map(&blocks, BLOCK_CHUNK, |corner| {
            sample_block(ground, lattice, *corner, &snapper, &water)
        });
        Self::by_edge(ground.network.edge_count(), &sampled)
    }

    /// Sorts the samples by edge (a counting sort, stable).
    fn by_edge(edge_count: usize, sampled: &[Vec<(EdgeId, Sample)>]) -> Self {
        let mut start = vec![0u32; edge_count + 1];
        for (edge, _) in sampled.iter().flatten() {
            start[edge.index() + 1] += 1;
        }
        for edge in 1..start.len() {
            start[edge] += start[edge - 1];
        }
        let nowhere = Sample {
            cell: Cell { row: 0, column: 0 },
            fraction: 0.0,
            leg: 0,
        };
        let mut samples = vec![nowhere; start[edge_count] as usize];
        let mut next = start.clone();
        for (edge, sample) in sampled.iter().flatten() {
            let position = &mut next[edge.index()];
            samples[*position as usize] = *sample;
            *position += 1;
        }
        Self { start, samples }
    }

    pub(super) fn len(&self) -> usize {
        self.samples.len()
    }

    pub(super) fn sample(&self, number: usize) -> &Sample {
        &self.samples[number]
    }

    /// The samples that snap to an edge, each with its number.
    pub(super) fn on(&self, edge: EdgeId) -> impl Iterator<Item = (usize, &Sample)> {
        let range = self.start[edge.index()] as usize..self.start[edge.index() + 1] as usize;
        range.clone().zip(&self.samples[range])
    }
}

/// The blocks within a leg's reach of the streets that were reached.
fn beside(ground: Ground<'_>, lattice: Lattice, from_any: &Reach<'_>, cutoff: Cost) -> Blocks {
    let network = ground.network;
    let mut blocks = Blocks::none(lattice);
    for edge in from_any.edges() {
        let on = from_any.on(*edge);
        let at_station = on.has_station().then(|| on.least()).flatten();
        for (from, to) in on.within(cutoff) {
            let metres = (to - from) * network.edge(*edge).length_m;
            let pieces = (metres / PIECE_M).ceil().max(1.0);
            let at = |piece: f64| from + (to - from) * piece / pieces;
            for piece in 0..pieces as u32 {
                let (start, end) = (at(f64::from(piece)), at(f64::from(piece) + 1.0));
                // The least of straight lines: nowhere between is it less than at an end, but at a station.
                let costs = [start, end].map(|at| on.cost(at).unwrap_or(cutoff));
                let least = at_station.unwrap_or(costs[0].min(costs[1]));
                let reach_m = leg_reach_m(ground, cutoff.saturating_sub(least));
                for pair in network.places_between(*edge, start, end).windows(2) {
                    blocks.take(pair[0], pair[1], reach_m);
                }
            }
        }
    }
    blocks
}

/// The first and last row of some blocks.
fn rows_of(corners: &[Cell]) -> (i32, i32) {
    let rows = || corners.iter().map(|corner| corner.row);
    let first = rows().min().unwrap_or(0);
    (first, rows().max().map_or(first, |last| last + BLOCK - 1))
}

/// How far a leg may be for so much cost.
fn leg_reach_m(ground: Ground<'_>, cost: Cost) -> f64 {
    let options = ground.snapped.options();
    // Half a unit of rounding at the leg and at the part of the edge.
    let metres =
        (f64::from(cost) + 1.0) / (ground.impedance.leg_cost_per_metre() * options.leg_factor);
    metres.min(options.max_snap_m)
}

fn sample_block(
    ground: Ground<'_>,
    lattice: Lattice,
    corner: Cell,
    snapper: &Snapper<'_>,
    water: &Water,
) -> Vec<(EdgeId, Sample)> {
    let columns = corner.column..corner.column + BLOCK;
    let rows = corner.row..corner.row + BLOCK;
    // Cut at the antimeridian, as RFC 7946 asks, and at the poles.
    let xs: Vec<f64> = columns.map(|column| lattice.x(f64::from(column))).collect();
    let ys: Vec<f64> = rows.map(|row| lattice.y(f64::from(row))).collect();
    let grid = Grid::new(xs.clone(), ys.clone());
    let leg_factor = ground.snapped.options().leg_factor;
    let mut samples = Vec::new();
    snapper.snap_grid(&grid, |column, row, snap: Snap| {
        let cell = Cell {
            row: corner.row + row as i32,
            column: corner.column + column as i32,
        };
        let on_earth = xs[column].abs() <= 180.0 && ys[row].abs() <= 90.0;
        if on_earth && !water.covers(cell) {
            let sample = Sample {
                cell,
                fraction: snap.fraction as f32,
                leg: ground.impedance.leg(snap.leg_m * leg_factor),
            };
            samples.push((snap.edge, sample));
        }
    });
    samples
}
