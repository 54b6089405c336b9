//! The lattice on which the ground is sampled: one for a whole network, so that all stations share its places.

use std::collections::BTreeMap;

use geo_types::Coord;

use crate::geometry::{Bounds, LocalMetres};

/// The most metres between neighbours.
const STEP_M: f64 = 10.0;
/// Metres in a degree of latitude where it is longest, at the poles (WGS84: 111,693.98 m).
const LONGEST_DEGREE_M: f64 = 111_694.0;
/// Columns and rows of a block, whose places are snapped together.
pub(super) const BLOCK: i32 = 8;
/// Columns and rows of a tile of blocks: a row is one word.
const TILE: i32 = 64;

/// Where a place stands on the lattice, northwards and eastwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) row: i32,
    pub(super) column: i32,
}

/// Degrees between neighbours: at most 10 m at the latitude where they are furthest apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lattice {
    east: f64,
    north: f64,
}

impl Lattice {
    pub(super) fn new(bounds: Bounds) -> Self {
        let crosses_equator = bounds.min.y <= 0.0 && bounds.max.y >= 0.0;
        let nearest_to_equator = if crosses_equator {
            0.0
        } else {
            bounds.min.y.abs().min(bounds.max.y.abs())
        };
        Self {
            east: STEP_M / LocalMetres::at(nearest_to_equator).east_m,
            north: STEP_M / LONGEST_DEGREE_M,
        }
    }

    /// The longitude of a column.
    pub(super) fn x(&self, column: f64) -> f64 {
        column * self.east
    }

    /// The latitude of a row.
    pub(super) fn y(&self, row: f64) -> f64 {
        row * self.north
    }

    /// The column and row of a place, between whole ones.
    pub(super) fn position(&self, place: Coord<f64>) -> (f64, f64) {
        (place.x / self.east, place.y / self.north)
    }
}

/// Blocks of the lattice, in tiles of one word a row.
pub(super) struct Blocks {
    lattice: Lattice,
    tiles: BTreeMap<(i32, i32), [u64; TILE as usize]>,
}

impl Blocks {
    pub(super) fn none(lattice: Lattice) -> Self {
        Self {
            lattice,
            tiles: BTreeMap::new(),
        }
    }

    /// Takes all blocks within some metres of a segment, and some more.
    pub(super) fn take(&mut self, a: Coord<f64>, mut b: Coord<f64>, reach_m: f64) {
        if (b.x - a.x).abs() > 180.0 {
            // The short way, across the antimeridian.
            b.x -= 360.0_f64.copysign(b.x - a.x);
        }
        // Longest in degrees at the end nearer to a pole; a thousandth more than that.
        let metres = LocalMetres::at(a.y.abs().max(b.y.abs()));
        let margin = Coord {
            x: 1.001 * reach_m / metres.east_m.max(1.0),
            y: 1.001 * reach_m / metres.north_m,
        };
        let (south, north) = if a.y <= b.y { (a, b) } else { (b, a) };
        let (_, first) = self.block(south - margin);
        let (_, last) = self.block(north + margin);
        for row in first..=last {
            let lowest = self.lattice.y(f64::from(row * BLOCK)) - margin.y;
            let highest = self.lattice.y(f64::from((row + 1) * BLOCK)) + margin.y;
            let (one, other) = (x_at(south, north, lowest), x_at(south, north, highest));
            let west = Coord {
                x: one.min(other) - margin.x,
                y: 0.0,
            };
            let east = Coord {
                x: one.max(other) + margin.x,
                y: 0.0,
            };
            self.take_run(row, self.block(west).0, self.block(east).0);
        }
    }

    /// The block of a place, eastwards and northwards.
    fn block(&self, place: Coord<f64>) -> (i32, i32) {
        let (column, row) = self.lattice.position(place);
        let block = |position: f64| (position / f64::from(BLOCK)).floor() as i32;
        (block(column), block(row))
    }

    fn take_run(&mut self, row: i32, from: i32, to: i32) {
        let mut column = from;
        while column <= to {
            let tile = column.div_euclid(TILE);
            let end = to.min(tile * TILE + TILE - 1);
            let (low, high) = (column.rem_euclid(TILE), end.rem_euclid(TILE));
            let bits = (u64::MAX >> (TILE - 1 - high)) & (u64::MAX << low);
            let words = self.tiles.entry((row.div_euclid(TILE), tile));
            words.or_insert([0; TILE as usize])[row.rem_euclid(TILE) as usize] |= bits;
            column = end + 1;
        }
    }

    /// The south-western cell of every block that was taken, tile by tile.
    pub(super) fn corners(&self) -> Vec<Cell> {
        let mut corners = Vec::new();
        for ((tile_row, tile_column), words) in &self.tiles {
            for (row, word) in (0..).zip(words) {
                let mut rest = *word;
                while rest != 0 {
                    corners.push(Cell {
                        row: (tile_row * TILE + row) * BLOCK,
                        column: (tile_column * TILE + rest.trailing_zeros() as i32) * BLOCK,
                    });
                    rest &= rest - 1;
                }
            }
        }
        corners
    }
}

/// The longitude at a latitude on the line from `south` to `north`, that of the nearer end beyond them.
fn x_at(south: Coord<f64>, north: Coord<f64>, y: f64) -> f64 {
    let height = north.y - south.y;
    let along = if height > 0.0 {
        ((y - south.y) / height).clamp(0.0, 1.0)
    } else {
        f64::from(u8::from(y > south.y))
    };
    south.x + along * (north.x - south.x)
}
