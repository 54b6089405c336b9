//! Conversions through PROJ.

use std::fmt;

use geo_types::Coord;
use proj::Proj;

use super::CrsError;

/// A PROJ transformation to WGS84 longitude, latitude.
pub struct ToWgs84(Proj);

impl ToWgs84 {
    pub(super) fn new(text: &str) -> Result<Self, CrsError> {
        Proj::new_known_crs(text, "EPSG:4326", None)
            .map(Self)
            .map_err(|reason| CrsError::Unknown {
                text: text.to_owned(),
                reason: reason.to_string(),
            })
    }

    pub(super) fn convert(&self, x: f64, y: f64) -> Option<Coord<f64>> {
        // PROJ answers infinities for some places outside a projection, and errors for others.
        let place: Coord<f64> = self.0.convert(Coord { x, y }).ok()?;
        (place.x.is_finite() && place.y.is_finite()).then_some(place)
    }
}

/// A PROJ transformation from WGS84 longitude, latitude.
#[cfg(feature = "elevation")]
pub(crate) struct FromDegrees(Proj);

#[cfg(feature = "elevation")]
impl FromDegrees {
    pub(super) fn new(text: &str) -> Result<Self, CrsError> {
        Proj::new_known_crs("EPSG:4326", text, None)
            .map(Self)
            .map_err(|reason| CrsError::Unknown {
                text: text.to_owned(),
                reason: reason.to_string(),
            })
    }

    pub(super) fn convert(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        let own: Coord<f64> = self.0.convert(place).ok()?;
        (own.x.is_finite() && own.y.is_finite()).then_some(own)
    }
}

#[cfg(feature = "elevation")]
impl fmt::Debug for FromDegrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FromDegrees")
    }
}

impl fmt::Debug for ToWgs84 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ToWgs84")
    }
}
