//! One block of the lattice: the ways from its places onto streets, as patches of edges.

use super::by_gates::Way;
use super::ground::Ground;
use super::lattice::{BLOCK, Cell, Lattice};
use super::water::Water;
use crate::id::EdgeId;
use crate::search::Trip;
use crate::snap::{Grid, Snap, Snapper};
use crate::units::Cost;

/// A place of the lattice on its edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// Along the edge; exact to a hundredth of a millisecond on a street of ten minutes.
    pub(super) fraction: f32,
    pub(super) leg: Cost,
}

/// What was sampled in one block.
pub(super) struct Sampled {
    pub(super) corner: Cell,
    pub(super) patches: Vec<(EdgeId, u64)>,
    /// Patch after patch.
    pub(super) samples: Vec<Sample>,
    /// By their bits, those with several ways onto the streets.
    pub(super) by_gates: Vec<(u32, Vec<Way>)>,
}

pub(super) fn sample_block(
    ground: Ground<'_>,
    lattice: Lattice,
    corner: Cell,
    snapper: &Snapper<'_>,
    water: &Water,
) -> Sampled {
    let columns = corner.column..corner.column + BLOCK;
    let rows = corner.row..corner.row + BLOCK;
    // Cut at the antimeridian, as RFC 7946 asks, and at the poles.
    let xs: Vec<f64> = columns.map(|column| lattice.x(f64::from(column))).collect();
    let ys: Vec<f64> = rows.map(|row| lattice.y(f64::from(row))).collect();
    let grid = Grid::new(xs.clone(), ys.clone());
    // Cells by their bits, with each way onto a street.
    let mut ways: Vec<(u32, Snap)> = Vec::with_capacity((BLOCK * BLOCK) as usize);
    snapper.snap_grid(&grid, |column, row, snap: Snap| {
        let cell = Cell {
            row: corner.row + row as i32,
            column: corner.column + column as i32,
        };
        let on_earth = xs[column].abs() <= 180.0 && ys[row].abs() <= 90.0;
        if on_earth && !water.covers(cell) {
            ways.push(((row * BLOCK as usize + column) as u32, snap));
        }
    });
    let leg_factor = ground.snapped().options().leg_factor();
    let way = |(bit, snap): (u32, Snap)| {
        let way = Way {
            edge: snap.edge,
            fraction: snap.fraction as f32,
            leg: ground.impedance().leg(snap.leg_m * leg_factor),
        };
        (bit, way)
    };
    let mut ways: Vec<(u32, Way)> = ways.into_iter().map(way).collect();
    // Of several to one place the shortest is the best.
    ways.sort_unstable_by_key(|(bit, way)| (way.edge, *bit, way.fraction.to_bits(), way.leg));
    ways.dedup_by_key(|(bit, way)| (way.edge, *bit, way.fraction.to_bits()));
    Sampled {
        by_gates: if ground.placed().trip() == Trip::RoundTrip {
            several(&ways)
        } else {
            Vec::new()
        },
        ..sorted(corner, &ways)
    }
}

/// The cells with several ways, by their bits.
fn several(ways: &[(u32, Way)]) -> Vec<(u32, Vec<Way>)> {
    let mut ways = ways.to_vec();
    ways.sort_by_key(|(bit, _)| *bit);
    let cells = ways.chunk_by(|one, other| one.0 == other.0);
    let several = cells.filter(|cell| cell.len() > 1);
    several
        .map(|cell| (cell[0].0, cell.iter().map(|(_, way)| *way).collect()))
        .collect()
}

/// A block's ways, sorted by edge and bit, as patches. Where a cell has several ways to one street, there are several patches.
fn sorted(corner: Cell, ways: &[(u32, Way)]) -> Sampled {
    let mut sampled = Sampled {
        corner,
        patches: Vec::new(),
        samples: Vec::new(),
        by_gates: Vec::new(),
    };
    for on_edge in ways.chunk_by(|one, other| one.1.edge == other.1.edge) {
        let cells = on_edge.chunk_by(|one, other| one.0 == other.0);
        let mut numbered: Vec<(usize, &(u32, Way))> =
            cells.flat_map(|cell| cell.iter().enumerate()).collect();
        numbered.sort_by_key(|(number, _)| *number);
        for patch in numbered.chunk_by(|one, other| one.0 == other.0) {
            let bits = patch.iter().map(|(_, (bit, _))| 1u64 << bit);
            sampled.patches.push((on_edge[0].1.edge, bits.sum()));
            sampled
                .samples
                .extend(patch.iter().map(|(_, (_, way))| Sample {
                    fraction: way.fraction,
                    leg: way.leg,
                }));
        }
    }
    sampled
}
