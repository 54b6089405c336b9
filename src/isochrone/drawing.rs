//! One drawing: the outlines of the ground within some cutoffs.

use geo_types::{Coord, MultiPolygon};

use super::bitmaps::Bitmaps;
use super::lattice::Lattice;
use super::tiles::Tiles;
use super::trace::Tracer;
use crate::units::Cost;

/// What drawings are made on, one after the other over the same memory.
#[derive(Debug)]
pub(super) struct Drawing {
    bitmaps: Bitmaps,
    /// The tracer's.
    ring_to_east: Vec<u32>,
    corners: Vec<Coord<f64>>,
}

impl Drawing {
    pub(super) fn on(tiles: &Tiles) -> Self {
        Self {
            bitmaps: Bitmaps::new(tiles),
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
        mark: impl Fn(&mut Bitmaps, Cost),
        price: impl Fn(&mut Bitmaps),
    ) -> Vec<MultiPolygon<f64>> {
        let Self {
            bitmaps,
            ring_to_east,
            corners,
        } = self;
        bitmaps.clear();
        mark(bitmaps, bound);
        bitmaps.keep_reached(tiles);
        let mut outlines: Vec<MultiPolygon<f64>> = Vec::with_capacity(cutoffs.len());
        for &cutoff in cutoffs.iter().rev() {
            if cutoff != bound {
                bitmaps.clear_marks();
                mark(bitmaps, cutoff);
            }
            bitmaps.find_outline();
            price(bitmaps);
            let tracer = Tracer::new(lattice, tiles, bitmaps, ring_to_east, corners, cutoff);
            outlines.push(MultiPolygon::new(tracer.polygons()));
        }
        outlines.reverse();
        outlines
    }
}
