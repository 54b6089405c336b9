//! Systems in which the numbers of a layer may be written, for who has to be told which one it is.

use geo_types::Coord;

use super::{Crs, is_in_china};
use crate::text::language::{Words, words};

/// A way in which a layer's pairs of numbers may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The system.
    pub crs: Crs,
    /// What it is, in words.
    pub title: Words,
    /// Whether the second number is the easting, or the longitude.
    pub turned: bool,
}

/// Projected systems that a country keeps its maps in, beside UTM and China's zones: a layer of that country is tried in them.
/// Codes and names are those of the EPSG registry.
const NATIONAL: &[(u32, &str)] = &[
    (27700, "British National Grid"),
    (29903, "Irish Grid"),
    (2157, "Irish Transverse Mercator"),
    (2154, "Lambert-93"),
    (28992, "RD New"),
    (31370, "Belgian Lambert 72"),
    (3812, "Belgian Lambert 2008"),
    (2056, "LV95"),
    (21781, "LV03"),
    (31254, "MGI / Austria GK West"),
    (31255, "MGI / Austria GK Central"),
    (31256, "MGI / Austria GK East"),
    (31287, "MGI / Austria Lambert"),
    (31466, "DHDN / zone 2"),
    (31467, "DHDN / zone 3"),
    (31468, "DHDN / zone 4"),
    (31469, "DHDN / zone 5"),
    (3006, "SWEREF99 TM"),
    (3067, "ETRS-TM35FIN"),
    (3879, "ETRS-GK25FIN"),
    (3763, "ETRS89 / Portugal TM06"),
    (20790, "Lisbon / Portuguese National Grid"),
    (2180, "ETRS89 / Poland CS92"),
    (5514, "S-JTSK / Krovak East North"),
    (3035, "ETRS89 LAEA Europe"),
    (2326, "Hong Kong 1980 Grid"),
    (3826, "TWD97 / TM2 121"),
    (3414, "SVY21 / Singapore TM"),
    (5179, "Korea 2000 / Unified CS"),
    (5186, "Korea 2000 / Central Belt 2010"),
];

impl Candidate {
    /// The ways in which more than half of the pairs lie where `is_on_ground` says, around a place: those with most of them
    /// first, then the likeliest. Tried are degrees, China's zones of the meridians nearby with and without their number before
    /// the easting, UTM and web maps, and where none of them fits national grids; each also with the two numbers swapped.
    ///
    /// Xi'an 1980 and Beijing 1954 have zones of the same meridians, at most some 150 m from those of CGCS2000: which of the
    /// three is meant is not to be seen from numbers, so that only CGCS2000 is among the candidates.
    #[must_use]
    pub(crate) fn fitting(
        pairs: &[(f64, f64)],
        around: Coord<f64>,
        is_on_ground: impl Fn(Coord<f64>) -> bool,
    ) -> Vec<Self> {
        let mut usual = vec![(Crs::Wgs84, words!("degrees of WGS84", "WGS84 经纬度（度）"))];
        if is_in_china(around) {
            usual.extend(zones_of_china(around.x));
        }
        usual.extend(utm(around));
        let web = words!("the metres of web maps", "网络地图墨卡托投影（米）");
        usual.push((epsg(3857), web));
        let fitting = Self::fitting_of(usual, pairs, &is_on_ground);
        if !fitting.is_empty() {
            return fitting;
        }
        let national = NATIONAL.iter();
        let national = national.map(|(code, name)| (epsg(*code), Words::same(*name)));
        Self::fitting_of(national.collect(), pairs, &is_on_ground)
    }

    fn fitting_of(
        systems: Vec<(Crs, Words)>,
        pairs: &[(f64, f64)],
        is_on_ground: &impl Fn(Coord<f64>) -> bool,
    ) -> Vec<Self> {
        let mut fitting = Vec::new();
        for (crs, title) in systems {
            let Ok(converter) = crs.converter() else {
                continue;
            };
            for turned in [false, true] {
                let lies_there = |pair: &&(f64, f64)| {
                    let (x, y) = if turned { (pair.1, pair.0) } else { **pair };
                    converter.place(x, y).is_ok_and(is_on_ground)
                };
                let count = pairs.iter().filter(lies_there).count();
                if 2 * count > pairs.len() {
                    let (crs, title) = (crs.clone(), title.clone());
                    fitting.push((turned, count, Self { crs, title, turned }));
                }
            }
        }
        // A stable sort: equal ones stay in the order of likelihood.
        fitting.sort_by_key(|(turned, count, _)| (std::cmp::Reverse(*count), *turned));
        let fitting = fitting.into_iter();
        fitting.map(|(_, _, candidate)| candidate).collect()
    }
}

fn epsg(code: u32) -> Crs {
    Crs::Known(format!("EPSG:{code}"))
}

/// The zones of CGCS2000 whose meridians are nearest, of three degrees and of six. Those of six degrees without a number have
/// the meridian and the false easting of one of three degrees, and are the same.
fn zones_of_china(lon: f64) -> Vec<(Crs, Words)> {
    let nearest = (lon / 3.0).round() as u32;
    let mut zones = Vec::new();
    for zone in [nearest, nearest - 1, nearest + 1] {
        zones.extend(zone_of_three_degrees(zone, false));
        zones.extend(zone_of_three_degrees(zone, true));
    }
    let here = (lon / 6.0).floor() as u32 + 1;
    for zone in [here, here - 1, here + 1] {
        zones.extend(zone_of_six_degrees(zone));
    }
    zones
}

/// The codes begin with zone 25 (75° E): 4513 with the number before the easting, 4534 without.
fn zone_of_three_degrees(zone: u32, numbered: bool) -> Option<(Crs, Words)> {
    if !(25..=45).contains(&zone) {
        return None;
    }
    let meridian = 3 * zone;
    Some(if numbered {
        let title = words!(
            "CGCS2000, three-degree zone {zone} with its number before the easting",
            "CGCS2000 三度带第{zone}带，横坐标含带号"
        );
        (epsg(4513 + zone - 25), title)
    } else {
        let title = words!(
            "CGCS2000, three-degree zone of {meridian}° E without a zone number",
            "CGCS2000 三度带，中央经线{meridian}°，横坐标不含带号"
        );
        (epsg(4534 + zone - 25), title)
    })
}

/// The codes begin with zone 13 (75° E): 4491.
fn zone_of_six_degrees(zone: u32) -> Option<(Crs, Words)> {
    if !(13..=23).contains(&zone) {
        return None;
    }
    let title = words!(
        "CGCS2000, six-degree zone {zone} with its number before the easting",
        "CGCS2000 六度带第{zone}带，横坐标含带号"
    );
    Some((epsg(4491 + zone - 13), title))
}

/// The zone by the number that stands before an easting of eight digits, as in 37,636,479: China's zones are numbered so that
/// those of six degrees end (23) before those of three begin (25).
#[must_use]
pub(crate) fn zone_of_easting(easting: f64) -> Option<(Crs, Words)> {
    let zone = (easting / 1e6).floor();
    let within = easting - zone * 1e6;
    // Half a zone of six degrees is at most 334 km wide.
    if !(13.0..=45.0).contains(&zone) || !(166_000.0..=834_000.0).contains(&within) {
        return None;
    }
    let zone = zone as u32;
    zone_of_six_degrees(zone).or_else(|| zone_of_three_degrees(zone, true))
}

/// The zones around: 326 and the number in the north, 327 in the south.
fn utm(place: Coord<f64>) -> Vec<(Crs, Words)> {
    let here = ((place.x + 180.0) / 6.0).floor().clamp(0.0, 59.0) as u32;
    let (first, side) = if place.y < 0.0 {
        (32701, 'S')
    } else {
        (32601, 'N')
    };
    [here, (here + 59) % 60, (here + 1) % 60]
        .into_iter()
        .map(|index| {
            let zone = index + 1;
            let title = words!("UTM zone {zone}{side}", "UTM {zone}{side} 带");
            (epsg(first + index), title)
        })
        .collect()
}

#[cfg(all(test, feature = "proj"))]
mod tests {
    use super::*;

    const TAIYUAN: Coord<f64> = Coord {
        x: 112.556,
        y: 37.873,
    };

    fn first(pairs: &[(f64, f64)], around: Coord<f64>) -> Option<(Crs, bool)> {
        let near = |place: Coord<f64>| {
            (place.x - around.x).abs() < 0.01 && (place.y - around.y).abs() < 0.01
        };
        let fitting = Candidate::fitting(pairs, around, near);
        let first = fitting.into_iter().next()?;
        Some((first.crs, first.turned))
    }

    #[test]
    fn a_place_in_taiyuan_is_known_in_whatever_system_it_is_written() {
        // By pyproj 3.7.2: 112.5522° E, 37.8714° N in the zones of 111°, 112.5495° E, 37.8770° N in those of 114°.
        for (x, y, code) in [
            (636_578.683, 4_194_357.73, 4546),
            (37_636_578.683, 4_194_357.73, 4525),
            (372_378.939, 4_194_840.123, 4547),
            (38_372_378.939, 4_194_840.123, 4526),
        ] {
            let expected = Some((epsg(code), false));
            assert_eq!(first(&[(x, y)], TAIYUAN), expected, "{code}");
            let turned = Some((epsg(code), true));
            assert_eq!(first(&[(y, x)], TAIYUAN), turned, "{code} turned");
        }
        let degrees = (112.556, 37.873);
        assert_eq!(first(&[degrees], TAIYUAN), Some((Crs::Wgs84, false)));
    }

    #[test]
    fn a_number_before_the_easting_says_its_zone() {
        let code = |easting| zone_of_easting(easting).map(|(crs, _)| crs);
        // EPSG: 4525 is "CGCS2000 / 3-degree Gauss-Kruger zone 37", 4497 "CGCS2000 / Gauss-Kruger zone 19".
        assert_eq!(code(37_636_578.683), Some(epsg(4525)));
        assert_eq!(code(19_636_578.683), Some(epsg(4497)));
        assert_eq!(code(636_578.683), None);
        assert_eq!(code(12_529_730.0), None, "metres of a web map");
    }
}
