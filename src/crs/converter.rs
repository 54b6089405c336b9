//! One pair of coordinates to WGS84.

use geo_types::Coord;

#[cfg(feature = "proj")]
use super::proj::ToWgs84;
use crate::geometry::is_on_earth;
use crate::model::{Fault, Place};

/// Converts one layer's coordinates to WGS84.
#[derive(Debug)]
#[non_exhaustive]
pub enum Converter {
    /// Nothing to convert.
    Wgs84,
    /// Back from the shift of Chinese maps.
    Shifted(fn(Coord<f64>) -> Coord<f64>),
    /// Through PROJ.
    #[cfg(feature = "proj")]
    Proj(ToWgs84),
}

impl Converter {
    /// The WGS84 place of a pair of coordinates, easting or longitude first.
    ///
    /// # Errors
    /// [`Fault::OffTheEarth`] when there is no such place.
    pub(crate) fn place(&self, x: f64, y: f64) -> Place {
        let given = Coord { x, y };
        let place = match self {
            Converter::Wgs84 => Some(given),
            Converter::Shifted(back) => is_on_earth(given).then(|| back(given)),
            #[cfg(feature = "proj")]
            Converter::Proj(proj) => proj.convert(x, y),
        };
        place
            .filter(|place| is_on_earth(*place))
            .ok_or(Fault::OffTheEarth { lon: x, lat: y })
    }
}
