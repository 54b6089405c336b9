//! Conversions through PROJ.

use std::fmt;

use geo_types::Coord;
use proj::Proj;
#[cfg(feature = "report")]
use proj::wkt::WktVersion;

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

/// A system as OGC's WKT of 2001 and as Esri's, each in one line.
///
/// # Errors
/// [`CrsError::NotWritten`] where it has none: an operation is no system, and some systems are younger than this kind of WKT.
#[cfg(feature = "report")]
pub(super) fn wkt_of(text: &str) -> Result<[String; 2], CrsError> {
    let not_written = || CrsError::NotWritten {
        text: text.to_owned(),
    };
    // A pipeline is never a system, whatever else is said of it.
    if text.contains("+step") {
        return Err(not_written());
    }
    // Without this a PROJ string is an operation.
    let is_bare = text.contains("+proj=") && !text.contains("+type=crs");
    let definition = if is_bare {
        format!("{text} +type=crs")
    } else {
        text.to_owned()
    };
    let written = |version| {
        // What PROJ cannot write is a panic of the crate, not an error.
        let written = std::panic::catch_unwind(|| {
            let system = Proj::new(&definition).ok()?;
            system.as_wkt(Some(version), None).ok()
        });
        let written = written.ok().flatten().ok_or_else(not_written)?;
        Ok(written.lines().map(str::trim_start).collect())
    };
    let gdal: String = written(WktVersion::Wkt1_Gdal)?;
    // Heights, places from the middle of the earth and such are no systems of a map.
    if !["PROJCS[", "GEOGCS["]
        .iter()
        .any(|kind| gdal.starts_with(kind))
    {
        return Err(not_written());
    }
    Ok([gdal, written(WktVersion::Wkt1_Esri)?])
}

/// A PROJ transformation from WGS84 longitude, latitude.
#[cfg(any(feature = "elevation", feature = "report"))]
pub(crate) struct FromDegrees(Proj);

#[cfg(any(feature = "elevation", feature = "report"))]
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

#[cfg(any(feature = "elevation", feature = "report"))]
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
