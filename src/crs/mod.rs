//! Coordinate systems: the only room where they meet. Everything above it is WGS84 longitude, latitude.

#[cfg(feature = "proj")]
mod proj;

use geo_types::Coord;

use crate::geometry::is_on_earth;
use crate::model::{Fault, Place};

/// The coordinate system of one input layer.
///
/// ```
/// use pedshed::crs::Crs;
/// assert_eq!(Crs::parse("EPSG:4326")?, Crs::Wgs84);
/// assert!(Crs::parse("GCJ-02").is_err());
/// # Ok::<(), pedshed::crs::CrsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Crs {
    /// Longitude, latitude on WGS84, in degrees.
    #[default]
    Wgs84,
    /// Any system that PROJ knows: an authority's code such as `EPSG:4547`, WKT, or a PROJ string.
    Known(String),
}

/// Why a coordinate system cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// An encrypted Chinese datum, which this version cannot convert.
    #[error("{name} is not converted by this version; convert the layer to WGS84 first")]
    Unsupported {
        /// The datum.
        name: String,
    },
    /// Not a system that PROJ knows.
    #[error(
        "\"{text}\" is not a coordinate system that PROJ knows ({reason}); write EPSG:4547, WKT or a PROJ string"
    )]
    Unknown {
        /// What was given.
        text: String,
        /// What PROJ said.
        reason: String,
    },
    /// This build has no PROJ.
    #[error(
        "{text} needs the feature `proj`, which this build does not have; convert the layer to WGS84 first"
    )]
    NoProj {
        /// What was given.
        text: String,
    },
}

impl Crs {
    /// Reads the name of a system.
    ///
    /// # Errors
    /// [`CrsError::Unsupported`] for GCJ-02 and BD-09. Whether PROJ knows a name is found by [`Crs::converter`].
    pub fn parse(text: &str) -> Result<Self, CrsError> {
        let text = text.trim();
        let plain: String = text
            .to_ascii_uppercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        match plain.as_str() {
            "EPSG4326" | "WGS84" | "CRS84" | "OGCCRS84" => Ok(Crs::Wgs84),
            "GCJ02" | "BD09" => Err(CrsError::Unsupported {
                name: text.to_owned(),
            }),
            _ => Ok(Crs::Known(text.to_owned())),
        }
    }

    /// Makes the conversion to WGS84. It is not `Sync`: make one per thread.
    ///
    /// # Errors
    /// [`CrsError::Unknown`] or [`CrsError::NoProj`].
    pub fn converter(&self) -> Result<Converter, CrsError> {
        match self {
            Crs::Wgs84 => Ok(Converter::Wgs84),
            #[cfg(feature = "proj")]
            Crs::Known(text) => Ok(Converter::Proj(proj::ToWgs84::new(text)?)),
            #[cfg(not(feature = "proj"))]
            Crs::Known(text) => Err(CrsError::NoProj { text: text.clone() }),
        }
    }
}

/// Converts one layer's coordinates to WGS84.
#[derive(Debug)]
#[non_exhaustive]
pub enum Converter {
    /// Nothing to convert.
    Wgs84,
    /// Through PROJ.
    #[cfg(feature = "proj")]
    Proj(proj::ToWgs84),
}

impl Converter {
    /// The WGS84 place of a pair of coordinates, easting or longitude first.
    ///
    /// # Errors
    /// [`Fault::OffTheEarth`] when there is no such place.
    pub fn place(&self, x: f64, y: f64) -> Place {
        let place = match self {
            Converter::Wgs84 => Some(Coord { x, y }),
            #[cfg(feature = "proj")]
            Converter::Proj(proj) => proj.convert(x, y),
        };
        place
            .filter(|place| is_on_earth(*place))
            .ok_or(Fault::OffTheEarth { lon: x, lat: y })
    }
}

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;

    #[test]
    fn a_cgcs2000_zone_comes_out_on_its_central_meridian() {
        let zone = Crs::parse("EPSG:4547")
            .and_then(|crs| crs.converter())
            .expect("PROJ knows EPSG:4547");
        // The meridian arc of GRS80 from the equator to 40° is 4,429,529.030 m (Snyder 1987, formula 3-21).
        let place = zone
            .place(500_000.0, 4_429_529.030)
            .expect("a place in Hebei");
        assert!(
            (place.x - 114.0).abs() < 1e-8 && (place.y - 40.0).abs() < 1e-8,
            "{place:?}"
        );
    }

    #[test]
    fn an_unknown_system_is_named_in_the_error() {
        let unknown = Crs::parse("EPSG:1").and_then(|crs| crs.converter().map(|_| ()));
        assert!(
            matches!(unknown, Err(CrsError::Unknown { ref text, .. }) if text == "EPSG:1"),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_place_outside_a_projection_is_off_the_earth() {
        let zone = Crs::parse("EPSG:4547")
            .and_then(|crs| crs.converter())
            .expect("PROJ knows EPSG:4547");
        assert!(zone.place(f64::NAN, 0.0).is_err());
        assert!(zone.place(1e12, 1e12).is_err());
    }
}
