//! Coordinate systems: the only room where they meet. Everything above it is WGS84 longitude, latitude.

mod candidates;
mod china;
mod placed;
#[cfg(feature = "proj")]
mod proj;

use std::fmt;

use geo_types::Coord;

use crate::geometry::is_on_earth;
use crate::model::{Fault, Place};
use crate::text::language::InLanguage;

pub use candidates::{Candidate, zone_of_easting};
pub use china::{
    bd09_from_wgs84, gcj02_from_wgs84, is_in_china, wgs84_from_bd09, wgs84_from_gcj02,
};
pub use placed::PlacedLayer;

/// The coordinate system of one input layer.
///
/// ```
/// use pedshed::crs::Crs;
/// assert_eq!(Crs::parse("EPSG:4326"), Crs::Wgs84);
/// assert_eq!(Crs::parse("bd09ll"), Crs::Bd09);
/// assert_eq!(Crs::parse("EPSG:4547"), Crs::Known("EPSG:4547".into()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Crs {
    /// Longitude, latitude on WGS84, in degrees.
    #[default]
    Wgs84,
    /// The shifted degrees of Amap, Tencent and other Chinese maps.
    Gcj02,
    /// The shifted degrees of Baidu's maps.
    Bd09,
    /// Any system that PROJ knows: an authority's code such as `EPSG:4547`, WKT, or a PROJ string.
    Known(String),
}

/// Why a coordinate system cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// Not a system that PROJ knows.
    #[error(
        "\"{text}\" is not a coordinate system that PROJ knows ({reason}); write EPSG:4547, GCJ-02, BD-09, WKT or a PROJ string"
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

impl InLanguage for CrsError {
    fn zh(&self) -> String {
        match self {
            CrsError::Unknown { text, reason } => format!(
                "PROJ 不认识坐标系“{text}”（{reason}）；请写成 EPSG:4547、GCJ-02、BD-09、WKT 或 PROJ 字符串"
            ),
            CrsError::NoProj { text } => format!(
                "坐标系 {text} 需要 `proj` 功能，本程序构建时未包含；请先将图层转换为 WGS84"
            ),
        }
    }
}

/// How a system of China is commonly written, without punctuation.
const SPELLINGS: &[(&str, Crs)] = &[
    ("GCJ02", Crs::Gcj02),
    ("GCJ02LL", Crs::Gcj02),
    ("GCJ", Crs::Gcj02),
    ("火星坐标", Crs::Gcj02),
    ("火星坐标系", Crs::Gcj02),
    ("高德坐标", Crs::Gcj02),
    ("BD09", Crs::Bd09),
    ("BD09LL", Crs::Bd09),
    ("百度坐标", Crs::Bd09),
    ("百度坐标系", Crs::Bd09),
    ("EPSG4326", Crs::Wgs84),
    ("4326", Crs::Wgs84),
    ("WGS84", Crs::Wgs84),
    ("CRS84", Crs::Wgs84),
    ("OGCCRS84", Crs::Wgs84),
    ("OGC13CRS84", Crs::Wgs84),
    ("URNOGCDEFCRSOGC13CRS84", Crs::Wgs84),
    ("URNOGCDEFCRSOGCCRS84", Crs::Wgs84),
    ("URNOGCDEFCRSEPSG4326", Crs::Wgs84),
];

impl fmt::Display for Crs {
    /// By its usual name; WKT by the name that stands in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Crs::Wgs84 => f.write_str("WGS84"),
            Crs::Gcj02 => f.write_str("GCJ-02"),
            Crs::Bd09 => f.write_str("BD-09"),
            Crs::Known(text) => {
                let quoted = text.contains('[').then(|| text.split('"').nth(1)).flatten();
                f.write_str(quoted.unwrap_or(text))
            }
        }
    }
}

impl Crs {
    /// Reads the name of a system. What is no system at all is found by [`Crs::converter`], which asks PROJ.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let plain: String = text
            .to_uppercase()
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect();
        if let Some((_, crs)) = SPELLINGS.iter().find(|(name, _)| *name == plain) {
            return crs.clone();
        }
        if matches!(
            plain.as_str(),
            "CGCS2000" | "国家2000" | "国家大地坐标系2000"
        ) {
            return Crs::Known("EPSG:4490".to_owned());
        }
        if plain == text && text.len() <= 6 && text.bytes().all(|digit| digit.is_ascii_digit()) {
            return Crs::Known(format!("EPSG:{text}"));
        }
        if is_wkt_of_wgs84(text) {
            return Crs::Wgs84;
        }
        Crs::Known(text.to_owned())
    }

    /// Whether its coordinates are longitudes and latitudes in degrees; what is no system is not.
    #[must_use]
    pub fn is_in_degrees(&self) -> bool {
        // The same numbers mean a place far away where they are metres.
        let (lon, lat) = (100.0, 30.0);
        let place = self.converter().map(|converter| converter.place(lon, lat));
        matches!(place, Ok(Ok(place)) if (place.x - lon).abs() < 1.0 && (place.y - lat).abs() < 1.0)
    }

    /// Makes the conversion to WGS84. It is not `Sync`: make one per thread.
    ///
    /// # Errors
    /// [`CrsError::Unknown`] or [`CrsError::NoProj`].
    pub fn converter(&self) -> Result<Converter, CrsError> {
        match self {
            Crs::Wgs84 => Ok(Converter::Wgs84),
            Crs::Gcj02 => Ok(Converter::Shifted(wgs84_from_gcj02)),
            Crs::Bd09 => Ok(Converter::Shifted(wgs84_from_bd09)),
            #[cfg(feature = "proj")]
            Crs::Known(text) => Ok(Converter::Proj(proj::ToWgs84::new(text)?)),
            #[cfg(not(feature = "proj"))]
            Crs::Known(text) => Err(CrsError::NoProj { text: text.clone() }),
        }
    }
}

/// WKT of WGS84's own degrees, so that the `.prj` of most Shapefiles needs no PROJ.
fn is_wkt_of_wgs84(text: &str) -> bool {
    const NAMES: [&str; 4] = [
        "GEOGCS[\"GCSWGS1984\",DATUM[\"DWGS1984\",SPHEROID[\"WGS1984\",6378137",
        "GEOGCS[\"WGS84\",DATUM[\"WGS1984\",SPHEROID[\"WGS84\",6378137",
        "GEOGCS[\"WGS84\",DATUM[\"DWGS1984\",SPHEROID[\"WGS1984\",6378137",
        "GEOGCS[\"GCSWGS1984\",DATUM[\"WGS1984\",SPHEROID[\"WGS84\",6378137",
    ];
    let plain: String = text
        .to_ascii_uppercase()
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '_')
        .collect();
    NAMES.iter().any(|name| plain.starts_with(name))
        && plain.contains("PRIMEM[\"GREENWICH\",0")
        && plain.contains("UNIT[\"DEGREE\",0.0174532925")
}

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
    Proj(proj::ToWgs84),
}

impl Converter {
    /// The WGS84 place of a pair of coordinates, easting or longitude first.
    ///
    /// # Errors
    /// [`Fault::OffTheEarth`] when there is no such place.
    pub fn place(&self, x: f64, y: f64) -> Place {
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

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;
    use crate::geometry::geodesic_m;

    fn converter(text: &str) -> Converter {
        Crs::parse(text)
            .converter()
            .expect("a system that PROJ knows")
    }

    /// Esri's text, as `ArcGIS` writes it beside a Shapefile.
    const ESRI_CGCS2000_114E: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

    #[test]
    fn a_zone_reads_the_same_by_code_by_wkt_and_with_its_number_in_front() {
        // The published parameters of EPSG:4526: zone 38 of 3 degrees, false easting 38,500,000 m, central meridian 114°.
        let (x, y) = (512_345.678, 4_198_765.432);
        let expected = converter("EPSG:4547").place(x, y).expect("in Hebei");
        for (crs, x) in [
            ("4547", x),
            (ESRI_CGCS2000_114E, x),
            ("EPSG:4526", x + 38_000_000.0),
            (
                "+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m",
                x,
            ),
        ] {
            let place = converter(crs).place(x, y).expect("in Hebei");
            assert!(geodesic_m(place, expected) < 1e-3, "{crs}: {place:?}");
        }
    }

    #[test]
    fn other_zones_come_out_on_their_meridians_and_degrees_stay() {
        // EPSG:4546 has its meridian at 111°; the arc of 40° as above. EPSG:4490 is degrees, longitude first.
        let place = converter("EPSG:4546").place(500_000.0, 4_429_529.030);
        let place = place.expect("in Inner Mongolia");
        assert!((place.x - 111.0).abs() < 1e-8 && (place.y - 40.0).abs() < 1e-8);
        for degrees in ["EPSG:4490", "CGCS2000"] {
            let place = converter(degrees).place(114.5, 38.0).expect("in Hebei");
            assert!(geodesic_m(place, Coord { x: 114.5, y: 38.0 }) < 1e-3);
        }
    }

    #[test]
    fn a_cgcs2000_zone_comes_out_on_its_central_meridian() {
        let zone = converter("EPSG:4547");
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
        let unknown = Crs::parse("EPSG:1").converter();
        assert!(
            matches!(unknown, Err(CrsError::Unknown { ref text, .. }) if text == "EPSG:1"),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_place_outside_a_projection_is_off_the_earth() {
        let zone = converter("EPSG:4547");
        assert!(zone.place(f64::NAN, 0.0).is_err());
        assert!(zone.place(1e12, 1e12).is_err());
    }
}

#[cfg(test)]
mod names_tests {
    use super::*;

    #[test]
    fn chinese_systems_are_known_by_their_spellings() {
        for name in ["GCJ-02", "gcj02", "GCJ02LL", "火星坐标系"] {
            assert_eq!(Crs::parse(name), Crs::Gcj02, "{name}");
        }
        for name in ["BD-09", "bd09ll", "BD 09", "百度坐标"] {
            assert_eq!(Crs::parse(name), Crs::Bd09, "{name}");
        }
    }

    #[test]
    fn the_published_point_of_beijing_comes_back_from_both_shifts() {
        let converter = Crs::Gcj02.converter().expect("no PROJ needed");
        let place = converter.place(116.410_244_499_169_38, 39.916_404_281_501_64);
        let place = place.expect("in Beijing");
        assert!((place.x - 116.404).abs() < 1e-9 && (place.y - 39.915).abs() < 1e-9);
        let converter = Crs::Bd09.converter().expect("no PROJ needed");
        assert!(converter.place(500.0, 39.0).is_err());
        assert!(converter.place(f64::NAN, 39.0).is_err());
    }

    #[test]
    fn wgs84_is_known_by_its_wkt_and_a_projection_on_it_is_not_taken_for_it() {
        let esri = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        let ogc = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;
        assert_eq!(Crs::parse(esri), Crs::Wgs84);
        assert_eq!(Crs::parse(ogc), Crs::Wgs84);
        let mercator = format!(r#"PROJCS["WGS_1984_Web_Mercator",{esri},UNIT["Meter",1.0]]"#);
        assert_ne!(Crs::parse(&mercator), Crs::Wgs84);
        let paris = esri.replace("\"Greenwich\",0.0", "\"Paris\",2.33");
        assert_ne!(Crs::parse(&paris), Crs::Wgs84);
    }
}
