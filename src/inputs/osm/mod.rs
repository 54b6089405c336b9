//! OpenStreetMap extracts in PBF: streets, points, areas and homes.
//!
//! A file is swept several times, once per kind of object that is needed; each sweep decodes the blocks anew, in parallel,
//! and keeps only what it looks for, so memory follows what is kept and not the file.

mod areas;
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
