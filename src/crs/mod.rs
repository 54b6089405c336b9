//! Coordinate systems: the only room where they meet. Everything above it is WGS84 longitude, latitude.

mod candidates;
mod china;
mod converter;
mod error;
#[cfg(any(feature = "elevation", feature = "report"))]
mod from_wgs84;
mod placed;
#[cfg(feature = "proj")]
mod proj;
mod system;
#[cfg(feature = "report")]
mod written;

pub(crate) use candidates::{Candidate, zone_of_easting};
pub use china::gcj02_from_wgs84;
pub(crate) use china::{bd09_from_wgs84, is_in_china, wgs84_from_bd09, wgs84_from_gcj02};
pub use converter::Converter;
pub use error::CrsError;
pub use placed::PlacedLayer;
pub use system::Crs;
#[cfg(feature = "report")]
pub(crate) use written::WrittenSystem;
