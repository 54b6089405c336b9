//! A WGS84 place in another system: what a raster in metres is asked with.

use geo_types::Coord;

#[cfg(feature = "proj")]
use super::proj::FromDegrees;
use super::{Crs, CrsError};

/// Converts WGS84 places to one system. It is not `Sync`: make one per thread.
#[derive(Debug)]
pub(crate) enum FromWgs84 {
    /// Nothing to convert.
    Same,
    /// Through PROJ.
    #[cfg(feature = "proj")]
    Proj(FromDegrees),
}

impl FromWgs84 {
    /// The place in the other system; `None` where it has none.
    #[cfg_attr(
        not(feature = "proj"),
        expect(
            clippy::unnecessary_wraps,
            reason = "only PROJ knows systems that do not hold every place"
        )
    )]
    pub(crate) fn convert(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        match self {
            FromWgs84::Same => Some(place),
            #[cfg(feature = "proj")]
            FromWgs84::Proj(proj) => proj.convert(place),
        }
    }
}

impl Crs {
    /// Makes the conversion from WGS84.
    ///
    /// # Errors
    /// [`CrsError::Unknown`] or [`CrsError::NoProj`]; the shifted degrees of Chinese maps are of no raster, and unknown here.
    pub(crate) fn reverse(&self) -> Result<FromWgs84, CrsError> {
        if *self == Crs::Wgs84 {
            return Ok(FromWgs84::Same);
        }
        let text = match self {
            Crs::Known(text) => text.clone(),
            shifted => shifted.to_string(),
        };
        #[cfg(feature = "proj")]
        return Ok(FromWgs84::Proj(FromDegrees::new(&text)?));
        #[cfg(not(feature = "proj"))]
        return Err(CrsError::NoProj { text });
    }
}
