//! The system that results for maps are written in, as their formats name it.

use geo_types::Coord;

use super::from_wgs84::FromWgs84;
#[cfg(feature = "proj")]
use super::proj::wkt_of;
use super::{Crs, CrsError};

/// WGS84 as Esri has it, for the `.prj` of Shapefiles.
const WGS84_OF_ESRI: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],\
    PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

/// A system with its names and the way into it.
#[derive(Debug)]
pub(crate) struct WrittenSystem {
    /// For people.
    pub(crate) name: String,
    /// Its number in EPSG's register; `None` of one that is not from there.
    pub(crate) epsg: Option<i32>,
    /// As OGC's WKT of 2001.
    pub(crate) wkt: String,
    /// As Esri's WKT.
    pub(crate) esri_wkt: String,
    from_wgs84: FromWgs84,
}

impl WrittenSystem {
    /// WGS84 as OGC's WKT of 2001 has it, which a `GeoPackage` asks for.
    pub(crate) const WGS84: &str = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],\
        AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],\
        UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]";

    pub(crate) fn is_wgs84(&self) -> bool {
        matches!(self.from_wgs84, FromWgs84::Same)
    }

    /// The coordinates of a WGS84 place, easting or longitude first; `None` where it has none.
    pub(crate) fn convert(&self, place: Coord<f64>) -> Option<Coord<f64>> {
        self.from_wgs84.convert(place)
    }
}

impl Crs {
    /// The system with its names, and the way into it.
    ///
    /// # Errors
    /// [`CrsError::Unknown`] and [`CrsError::NoProj`]; [`CrsError::NotWritten`] where there is no WKT for it, as for the shifted degrees
    /// of Chinese maps.
    pub(crate) fn written(&self) -> Result<WrittenSystem, CrsError> {
        if matches!(self, Crs::Gcj02 | Crs::Bd09) {
            return Err(CrsError::NotWritten {
                text: self.to_string(),
            });
        }
        let number = match self {
            Crs::Known(text) => epsg(text),
            _ => None,
        };
        // However it is spelt, as in EPSG:04326.
        if number == Some(4326) {
            return Crs::Wgs84.written();
        }
        let from_wgs84 = self.reverse()?;
        let [wkt, esri_wkt] = match self {
            #[cfg(feature = "proj")]
            Crs::Known(text) => wkt_of(text)?,
            _ => [WrittenSystem::WGS84, WGS84_OF_ESRI].map(str::to_owned),
        };
        let epsg = match self {
            Crs::Wgs84 => Some(4326),
            _ => number,
        };
        Ok(WrittenSystem {
            name: if *self == Crs::Wgs84 {
                "WGS 84".to_owned()
            } else {
                self.to_string()
            },
            epsg,
            wkt,
            esri_wkt,
            from_wgs84,
        })
    }
}

/// The number in `EPSG:4547`, however it is spelt.
fn epsg(text: &str) -> Option<i32> {
    let (authority, code) = text.split_once(':')?;
    let is_epsg = authority.trim().eq_ignore_ascii_case("EPSG");
    is_epsg.then(|| code.trim().parse().ok()).flatten()
}

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;

    #[test]
    fn heights_and_places_from_the_middle_of_the_earth_are_no_systems_of_a_map() {
        // EGM96 heights; WGS84 as three lengths.
        for text in ["EPSG:5773", "EPSG:4978"] {
            let refused = Crs::parse(text).written().map(|system| system.name);
            assert!(refused.is_err(), "{text}: {refused:?}");
        }
        let spelt = Crs::parse("EPSG:04326").written().expect("WGS84");
        assert!(spelt.is_wgs84() && spelt.epsg == Some(4326));
    }

    #[test]
    fn a_zone_of_cgcs2000_is_written_with_its_number_and_both_texts() {
        let system = Crs::parse("EPSG:4547").written().expect("known to PROJ");
        assert_eq!(system.epsg, Some(4547));
        assert!(
            system.wkt.starts_with("PROJCS[\"CGCS2000"),
            "{}",
            system.wkt
        );
        assert!(
            system.wkt.contains("AUTHORITY[\"EPSG\",\"4547\"]"),
            "{}",
            system.wkt
        );
        assert!(!system.wkt.contains('\n'), "{}", system.wkt);
        assert!(
            system.esri_wkt.contains("Gauss_Kruger"),
            "{}",
            system.esri_wkt
        );
        assert!(!system.is_wgs84());
        // The meridian arc of GRS80 from the equator to 40° is 4,429,529.030 m (Snyder 1987, formula 3-21).
        let place = system
            .convert(Coord { x: 114.0, y: 40.0 })
            .expect("in Hebei");
        assert!((place.x - 500_000.0).abs() < 1e-3 && (place.y - 4_429_529.030).abs() < 1e-3);
    }

    #[test]
    fn shifted_degrees_have_no_definition_and_wgs84_needs_no_proj() {
        assert!(Crs::Gcj02.written().is_err());
        assert!(Crs::parse("EPSG:1").written().is_err());
        let plain = Crs::Wgs84.written().expect("always there");
        assert_eq!((plain.epsg, plain.is_wgs84()), (Some(4326), true));
        assert_eq!(Crs::parse(&plain.esri_wkt), Crs::Wgs84);
        assert_eq!(Crs::parse(&plain.wkt), Crs::Wgs84);
    }

    #[test]
    fn degrees_of_another_datum_keep_longitude_first() {
        let system = Crs::parse("EPSG:4490").written().expect("known to PROJ");
        let place = system
            .convert(Coord { x: 112.5, y: 37.8 })
            .expect("in Taiyuan");
        assert!((place.x - 112.5).abs() < 1e-6 && (place.y - 37.8).abs() < 1e-6);
    }
}
