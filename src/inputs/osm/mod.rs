//! OpenStreetMap extracts in PBF: streets, points, areas and homes.
//!
//! A file is swept several times, once per kind of object that is needed; each sweep walks over the blocks in parallel, in
//! their unpacked bytes, and keeps only what it looks for. Blocks are unpacked once, those of very large files each time.

mod areas;
mod block;
mod fields;
mod frames;
mod gates;
mod homes;
mod lifts;
mod objects;
#[cfg(test)]
#[expect(dead_code, reason = "the integration tests use the rest of it")]
#[path = "../../../tests/support/pbf.rs"]
mod pbf;
mod rings;
mod seen;
mod select;
mod selector;
mod streets;
mod water;

pub use areas::read_areas;
pub use frames::OsmFile;
pub use homes::{HomeModel, HomesReport, NotHome, read_homes};
pub use select::read_points;
pub use selector::Selector;
pub use streets::read_streets;
pub use water::read_water;
