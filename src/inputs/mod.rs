//! Input files: one reader per format, and the reader of a whole city. Bad files are errors that say where; bad records are
//! kept and counted.

#[cfg(any(feature = "osm", feature = "geojson"))]
mod access;
#[cfg(any(feature = "csv", feature = "geojson"))]
mod columns;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod convert;
#[cfg(feature = "csv")]
pub mod csv;
#[cfg(any(feature = "osm", feature = "geojson"))]
mod cuts;
mod error;
#[cfg(feature = "geojson")]
pub mod geojson;
#[cfg(feature = "osm")]
pub mod osm;
#[cfg(feature = "config")]
mod profile;
mod records;
#[cfg(any(feature = "osm", feature = "geojson"))]
mod sidepaths;
#[cfg(any(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
mod source;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod study;

#[cfg(any(feature = "osm", feature = "geojson"))]
pub use access::CutReason;
#[cfg(any(feature = "csv", feature = "geojson"))]
pub use columns::Columns;
#[cfg(any(feature = "osm", feature = "geojson"))]
pub use cuts::{Cut, CutReport};
pub use error::InputError;
#[cfg(feature = "config")]
pub use profile::read_profile;
pub use records::{PointRecord, PointRecords};
#[cfg(any(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub use source::{Format, Source};
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use study::{Inputs, InputsError, Layer, LayerSource, Request, read_network};

/// The streets of a file, what was left out of them, and what was found.
#[cfg(any(feature = "osm", feature = "geojson"))]
#[derive(Clone, Debug)]
pub struct StreetsRead {
    /// The walkable ways.
    pub streets: crate::model::Streets,
    /// What was left out, by reason.
    pub cuts: CutReport,
    /// What was found.
    pub findings: crate::model::Findings,
}
