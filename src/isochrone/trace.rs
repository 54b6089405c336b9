//! Rings around the cells that are within: marching squares that only visit the outline.
//!
//! Every corner of a ring lies between a cell that is within and a neighbour that is not, so a ring is a walk from one such
//! pair to the next, with what is within on the left: outer rings counter-clockwise, as RFC 7946 asks. Cells that touch only
//! at a corner are not joined. The work is that of the outline, whatever the ground within it; a general contouring library
//! looks at every cell of a window instead, which took longer than all else.

use std::ops::Range;

use geo_types::{Coord, LineString, Polygon};

use super::lattice::Lattice;
use super::sheets::{Sheet, Sheets};
use super::tiles::Tiles;
use crate::units::Cost;

/// How near to a sample the outline may pass, in cells: so that neighbouring corners never round to one place.
const NEAREST: f64 = 0.02;
/// How far beyond a cutoff a sample without a walk is taken to be, as a part of it: the outline then passes half-way
/// between a sample that is just within and one that is not reached.
const BEYOND: f64 = 1.01;
/// Not on a ring yet.
const NO_RING: u32 = u32::MAX;

const EAST: u8 = 0;
const NORTH: u8 = 1;
const WEST: u8 = 2;
const SOUTH: u8 = 3;

/// A cell on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    sheet: u32,
    row: u32,
    column: u32,
}

/// A cell within and the side on which its neighbour is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Side {
    at: At,
    side: u8,
}

/// A closed run of corners.
struct Ring {
    /// Its northernmost row of corners, and there the easternmost column: rings are put in this order.
    last: (i32, i32),
    /// For a hole the cell within at that corner.
    hole_below: Option<At>,
    /// Its corners among all, the first one again at the end.
    corners: Range<usize>,
}

/// What rings are drawn through.
pub(super) struct Tracer<'s> {
    lattice: Lattice,
    tiles: &'s Tiles,
    sheets: &'s mut Sheets,
    /// Of each cell on the outline the ring that passes to its east.
    ring_to_east: &'s mut Vec<u32>,
    /// Of all rings.
    corners: &'s mut Vec<Coord<f64>>,
    threshold: f64,
    /// The value of a cell without a cost.
    far: f64,
}

impl<'s> Tracer<'s> {
    /// For the outline of a cutoff that was found on the sheets and priced.
    pub(super) fn new(
        lattice: Lattice,
        tiles: &'s Tiles,
        sheets: &'s mut Sheets,
        ring_to_east: &'s mut Vec<u32>,
        corners: &'s mut Vec<Coord<f64>>,
        cutoff: Cost,
    ) -> Self {
        corners.clear();
        ring_to_east.clear();
        ring_to_east.resize(sheets.outline_len(), NO_RING);
        // Between whole costs, so that no sample lies on the outline.
        let threshold = -(f64::from(cutoff) + 0.5);
        Self {
            lattice,
            tiles,
            sheets,
            ring_to_east,
            corners,
            threshold,
            far: (-f64::from(cutoff) * BEYOND).min(threshold - 1.0),
        }
    }

    /// The ground within, part by part.
    pub(super) fn polygons(mut self) -> Vec<Polygon<f64>> {
        let rings = self.rings();
        // By now every ring is known by the cells to its west.
        let outer_of = |ring: u32| {
            let mut ring = ring;
            while let Some(below) = rings[ring as usize].hole_below {
                ring = self.ring_east_of(below);
            }
            ring
        };
        let outer: Vec<u32> = (0..rings.len() as u32).map(outer_of).collect();
        let mut order: Vec<u32> = (0..rings.len() as u32).collect();
        order.sort_unstable_by_key(|ring| rings[*ring as usize].last);
        let mut polygon_of = vec![NO_RING; rings.len()];
        let mut shapes: Vec<(LineString<f64>, Vec<LineString<f64>>)> = Vec::new();
        let line =
            |ring: u32| LineString(self.corners[rings[ring as usize].corners.clone()].to_vec());
        for &ring in order.iter().filter(|ring| outer[**ring as usize] == **ring) {
            polygon_of[ring as usize] = shapes.len() as u32;
            shapes.push((line(ring), Vec::new()));
        }
        for &ring in order.iter().filter(|ring| outer[**ring as usize] != **ring) {
            let polygon = polygon_of[outer[ring as usize] as usize];
            shapes[polygon as usize].1.push(line(ring));
        }
        let polygon = |(outer, holes)| Polygon::new(outer, holes);
        shapes.into_iter().map(polygon).collect()
    }

    /// Finds every ring by its northernmost corner: rows from north to south, in a row from east to west.
    fn rings(&mut self) -> Vec<Ring> {
        let mut rings = Vec::new();
        let mut order: Vec<u32> = self.sheets.used().collect();
        order.sort_unstable_by_key(|sheet| self.sheet(*sheet).tile);
        let row_of = |sheet: &u32| self.tiles.corner(self.sheet(*sheet).tile).row;
        let rows: Vec<Vec<u32>> = order
            .chunk_by(|a, b| row_of(a) == row_of(b))
            .map(<[u32]>::to_vec)
            .collect();
        for sheets in rows.iter().rev() {
            for row in (0..64).rev() {
                self.rings_from(sheets, row, NORTH, &mut rings);
                self.rings_from(sheets, row, SOUTH, &mut rings);
            }
        }
        rings
    }

    /// Draws the rings that pass a row of cells on one side and are not drawn yet.
    fn rings_from(&mut self, sheets: &[u32], row: u32, side: u8, rings: &mut Vec<Ring>) {
        for &sheet in sheets.iter().rev() {
            loop {
                let words = self.sheet(sheet);
                let word = [words.north[row as usize], words.south[row as usize]]
                    [usize::from(side == SOUTH)];
                if word == 0 {
                    break;
                }
                let column = word.ilog2();
                let at = At { sheet, row, column };
                let ring = self.ring(at, side, rings.len() as u32);
                rings.push(ring);
            }
        }
    }

    /// Draws the ring whose northernmost and there easternmost corner is on the northern side of a cell within, or on the
    /// southern side where it is a hole.
    fn ring(&mut self, at: At, side: u8, number: u32) -> Ring {
        let start = Side {
            at,
            side: if side == NORTH { EAST } else { SOUTH },
        };
        let first = self.corners.len();
        let mut here = start;
        loop {
            self.corners.push(self.corner(here));
            self.pass(here, number);
            here = self.next(here);
            if here == start {
                break;
            }
        }
        self.corners.push(self.corners[first]);
        let corner = self.tiles.corner(self.sheet(at.sheet).tile);
        let row = corner.row + at.row as i32 - i32::from(side == SOUTH);
        Ring {
            last: (row, corner.column + at.column as i32),
            hole_below: (side == SOUTH).then_some(at),
            corners: first..self.corners.len(),
        }
    }

    /// Notes that a side is on a ring.
    fn pass(&mut self, Side { at, side }: Side, ring: u32) {
        let sheet = &mut self.sheets.list[at.sheet as usize];
        let bit = 1 << at.column;
        match side {
            NORTH => sheet.north[at.row as usize] &= !bit,
            SOUTH => sheet.south[at.row as usize] &= !bit,
            EAST => {
                if let Some(number) = sheet.number(at.row, at.column) {
                    self.ring_to_east[number] = ring;
                }
            }
            _ => {}
        }
    }

    /// The next side with what is within on the left.
    #[inline]
    fn next(&self, Side { at, side }: Side) -> Side {
        let left = (side + 1) % 4;
        let ahead = self.step(at, left);
        if !self.is_within(ahead) {
            return Side { at, side: left };
        }
        let beyond = self.step(ahead, side);
        if self.is_within(beyond) {
            Side {
                at: beyond,
                side: (side + 3) % 4,
            }
        } else {
            Side { at: ahead, side }
        }
    }

    /// The ring that passes between a cell within and the first one to its east that is not.
    fn ring_east_of(&self, at: At) -> u32 {
        let mut at = at;
        loop {
            let east = self.step(at, EAST);
            if !self.is_within(east) {
                let number = self.sheet(at.sheet).number(at.row, at.column);
                return number.map_or(NO_RING, |number| self.ring_to_east[number]);
            }
            at = east;
        }
    }

    #[inline]
    fn sheet(&self, sheet: u32) -> &Sheet {
        &self.sheets.list[sheet as usize]
    }

    #[inline]
    fn is_within(&self, at: At) -> bool {
        self.sheet(at.sheet).within[at.row as usize] >> at.column & 1 == 1
    }

    /// The neighbour on one side.
    #[inline]
    fn step(&self, at: At, side: u8) -> At {
        let At { sheet, row, column } = at;
        let beside = || self.sheet(sheet).beside[usize::from(side)];
        match side {
            EAST if column < 63 => At {
                column: column + 1,
                ..at
            },
            EAST => At {
                sheet: beside(),
                row,
                column: 0,
            },
            NORTH if row < 63 => At { row: row + 1, ..at },
            NORTH => At {
                sheet: beside(),
                row: 0,
                column,
            },
            WEST if column > 0 => At {
                column: column - 1,
                ..at
            },
            WEST => At {
                sheet: beside(),
                row,
                column: 63,
            },
            _ if row > 0 => At { row: row - 1, ..at },
            _ => At {
                sheet: beside(),
                row: 63,
                column,
            },
        }
    }

    /// What stands for a cell between the outline's two sides: the larger, the further within, and nothing is further off than
    /// a cell without a walk.
    fn value(&self, at: At) -> f64 {
        let number = self.sheet(at.sheet).number(at.row, at.column);
        number.map_or(self.far, |number| {
            self.far.max(-f64::from(self.sheets.cost(number)))
        })
    }

    /// The place between a cell within and its neighbour where the values between them meet the threshold.
    fn corner(&self, Side { at, side }: Side) -> Coord<f64> {
        let (inside, outside) = (self.value(at), self.value(self.step(at, side)));
        let part = |low: f64, high: f64| {
            ((self.threshold - low) / (high - low)).clamp(NEAREST, 1.0 - NEAREST)
        };
        let corner = self.tiles.corner(self.sheet(at.sheet).tile);
        let column = f64::from(corner.column + at.column as i32);
        let row = f64::from(corner.row + at.row as i32);
        let (column, row) = match side {
            EAST => (column + part(inside, outside), row),
            NORTH => (column, row + part(inside, outside)),
            WEST => (column - 1.0 + part(outside, inside), row),
            _ => (column, row - 1.0 + part(outside, inside)),
        };
        Coord {
            x: rounded(self.lattice.x(column).clamp(-180.0, 180.0)),
            y: rounded(self.lattice.y(row)),
        }
    }
}

/// To 10⁻⁷ degrees.
fn rounded(degrees: f64) -> f64 {
    let exact = degrees * 1e7;
    // As `round` does, which is a call where the processor is not known to have an instruction for it.
    let whole = f64::from(exact as i32);
    let rest = exact - whole;
    (whole + f64::from(i8::from(rest >= 0.5)) - f64::from(i8::from(rest <= -0.5))) / 1e7
}
