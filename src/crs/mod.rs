//! Coordinate systems: the only room where they meet. Everything above it is WGS84 longitude, latitude.

mod candidates;
mod china;
mod converter;
mod error;
mod placed;
#[cfg(feature = "proj")]
mod proj;
mod system;

pub(crate) use candidates::Candidate;
pub(crate) use candidates::zone_of_easting;
pub(crate) use china::bd09_from_wgs84;
pub use china::gcj02_from_wgs84;
pub(crate) use china::is_in_china;
pub(crate) use china::wgs84_from_bd09;
pub(crate) use china::wgs84_from_gcj02;
pub use converter::Converter;
pub use error::CrsError;
pub use placed::PlacedLayer;
pub use system::Crs;
