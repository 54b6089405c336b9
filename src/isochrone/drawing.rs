//! One drawing: the outlines of the ground within some cutoffs.

use geo_types::{Coord, MultiPolygon};

use super::lattice::Lattice;
use super::sheets::Sheets;
use super::tiles::Tiles;
use super::trace::Tracer;
use crate::units::Cost;

/// What drawings are made on, one after the other over the same memory.
#[derive(Debug)]
pub(super) struct Drawing {
    sheets: Sheets,
    /// The tracer's.
    ring_to_east: Vec<u32>,
    corners: Vec<Coord<f64>>,
}

impl Drawing {
    pub(super) fn on(tiles: &Tiles) -> Self {
        Self {
            sheets: Sheets::new(tiles),
            ring_to_east: Vec::new(),
            corners: Vec::new(),
        }
    }

    /// For each cutoff (ascending) the outline of the cells within it. `mark` marks the cells within a cost, `price` prices
    /// the cells on an outline, and may price others in vain. Cells beyond `bound` count as not reached.
    pub(super) fn outlines(
        &mut self,
        lattice: Lattice,
        tiles: &Tiles,
        bound: Cost,
        cutoffs: &[Cost],
        mark: impl Fn(&mut Sheets, Cost),
        price: impl Fn(&mut Sheets),
    ) -> Vec<MultiPolygon<f64>> {
        let Self {
            sheets,
            ring_to_east,
            corners,
        } = self;
        sheets.clear();
        mark(sheets, bound);
        sheets.keep_reached(tiles);
        let mut outlines: Vec<MultiPolygon<f64>> = Vec::with_capacity(cutoffs.len());
        for &cutoff in cutoffs.iter().rev() {
            if cutoff != bound {
                sheets.clear_marks();
                mark(sheets, cutoff);
            }
            sheets.find_outline();
            price(sheets);
            let tracer = Tracer::new(lattice, tiles, sheets, ring_to_east, corners, cutoff);
            outlines.push(MultiPolygon::new(tracer.polygons()));
        }
        outlines.reverse();
        outlines
    }
}
