//! Where a layer lies, and in which system it was read.

use geo_types::Coord;

use super::Crs;

/// Where the records of one file lie, as they were read: what a systematic shift is looked for in.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLayer {
    /// The file.
    pub name: String,
    /// The option that names its coordinate system, such as `‹stations_crs›`.
    pub option: String,
    /// The system that it was read in.
    pub crs: Crs,
    /// Places of its records, longitude and latitude of WGS84: all, or of many some thousands, evenly. Of polygons the corners.
    pub places: Vec<Coord<f64>>,
}
