//! The coordinate systems and their names.

use std::fmt;

#[cfg(feature = "proj")]
use super::proj::ToWgs84;
use super::{Converter, CrsError, wgs84_from_bd09, wgs84_from_gcj02};

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
    pub(crate) fn is_in_degrees(&self) -> bool {
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
            Crs::Known(text) => Ok(Converter::Proj(ToWgs84::new(text)?)),
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

#[cfg(all(test, feature = "proj"))]
mod tests {
    use geo_types::Coord;

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
