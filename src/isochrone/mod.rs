//! Isochrones: the ground from which a resident would be covered, as polygons.
//!
//! A place belongs to an isochrone when a resident standing there would be within the cutoff, leg and all. So the ground
//! is sampled on a lattice of at most 10 m, every sample is snapped and searched exactly as a resident is, and the outline
//! is drawn between the samples that are within and those that are not. People are never counted by these polygons.
//!
//! # How it works
//! 1. **Once** (`samples`, `lattice`, `water`): every place of the lattice that has a street within the longest leg is snapped, and
//!    what it costs from there to both ends of its edge is kept; of a place that is left by gates, for each of them, and there
//!    and back the two ways may be by two gates (`by_gates`). A [`SampleGrid`] is that; [`Isochrones::draw`] samples only the ground
//!    beside streets that its stations reach, and behind gates on them.
//! 2. **Per isochrone** a bounded search labels the ends of edges. What the samples of an edge cost at least and at most follows
//!    from the labels and four numbers that are kept with the edge. Most edges are certainly within: their cells are
//!    marked 64 at once. The samples of the others are asked one by one (`sample_grid`).
//! 3. **The outline** (`bitmaps`, `trace`) is found on the marks by a few operations on words; only the cells beside it are priced,
//!    and rings are walked along it. Bitmaps cover the ground that was marked, so long diagonal ground costs no more than round.
//!
//! Nothing is approximated: the polygons are those of asking every sample and contouring a window around them all, which a test
//! does.

mod beside;
mod bitmaps;
mod block;
mod by_gates;
mod drawing;
#[cfg(test)]
mod exhaustive_tests;
mod ground;
mod isochrones;
mod lattice;
mod sample_grid;
mod samples;
mod streets;
mod tiles;
mod trace;
mod water;

pub use beside::ground_beside;
pub(crate) use beside::ground_within;
pub use ground::Ground;
pub use isochrones::Isochrones;
pub(crate) use sample_grid::Sampled;
pub use sample_grid::{Contourer, SampleGrid};
pub use streets::ReachedStreets;
