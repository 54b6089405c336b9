//! GCJ-02 and BD-09, the coordinate systems of Chinese online maps: WGS84 moved by up to about 600 m by a fixed, public
//! series (Amap, Tencent: GCJ-02; Baidu: BD-09, a second shift on top).
//!
//! # Source
//! The series is that of the widely published `eviltransform`; it is the official plug-in's to a few metres, which no
//! open source is free of. Inside the rectangle around China it always applies, outside never: that is how the maps
//! themselves do it, so that Hong Kong, Seoul or Hanoi are shifted in data of theirs too.

use std::f64::consts::PI;

use geo_types::Coord;

/// Krasovsky 1940's semi-major axis in metres, which the series is written on.
const AXIS_M: f64 = 6_378_245.0;
/// Its eccentricity squared.
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// Baidu's angular frequency.
const BAIDU: f64 = PI * 3000.0 / 180.0;
/// The inverse is iterated until it is this near, in degrees: 0.01 mm.
const PRECISION: f64 = 1e-10;
/// Each step gains two digits or more; a few are enough, and this many end a search that has nowhere to go.
const MOST_STEPS: usize = 30;

/// Whether a place lies in the rectangle where Chinese maps shift.
#[must_use]
pub(crate) fn is_in_china(place: Coord<f64>) -> bool {
    (72.004..=137.8347).contains(&place.x) && (0.8293..=55.8271).contains(&place.y)
}

/// GCJ-02 from WGS84; a place outside the rectangle where Chinese maps shift stays as it is.
///
/// ```
/// use geo_types::coord;
/// use pedshed::crs::gcj02_from_wgs84;
/// let shifted = gcj02_from_wgs84(coord! { x: 116.404, y: 39.915 });
/// assert!((shifted.x - 116.41024449916938).abs() < 1e-12);
/// assert!((shifted.y - 39.91640428150164).abs() < 1e-12);
/// ```
#[must_use]
pub fn gcj02_from_wgs84(place: Coord<f64>) -> Coord<f64> {
    if is_in_china(place) {
        place + shift(place)
    } else {
        place
    }
}

/// WGS84 from GCJ-02, to 0.01 mm; a place outside [`is_in_china`] stays as it is.
#[must_use]
pub(crate) fn wgs84_from_gcj02(place: Coord<f64>) -> Coord<f64> {
    if is_in_china(place) {
        inverse(place, |from| from + shift(from))
    } else {
        place
    }
}

/// BD-09 from WGS84; a place outside [`is_in_china`] stays as it is.
#[must_use]
pub(crate) fn bd09_from_wgs84(place: Coord<f64>) -> Coord<f64> {
    if is_in_china(place) {
        bd09_from_gcj02(gcj02_from_wgs84(place))
    } else {
        place
    }
}

/// WGS84 from BD-09, to 0.01 mm; a place outside [`is_in_china`] stays as it is.
#[must_use]
pub(crate) fn wgs84_from_bd09(place: Coord<f64>) -> Coord<f64> {
    if is_in_china(place) {
        wgs84_from_gcj02(inverse(place, bd09_from_gcj02))
    } else {
        place
    }
}

fn bd09_from_gcj02(Coord { x, y }: Coord<f64>) -> Coord<f64> {
    let radius = x.hypot(y) + 0.000_02 * (y * BAIDU).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * BAIDU).cos();
    Coord {
        x: radius * angle.cos() + 0.0065,
        y: radius * angle.sin() + 0.006,
    }
}

/// The place whose image is `image`: steps by what is missing. The shifts change slowly (by less than a hundredth of the
/// way moved), so the steps shrink by that factor each.
fn inverse(image: Coord<f64>, forward: impl Fn(Coord<f64>) -> Coord<f64>) -> Coord<f64> {
    let mut place = image;
    for _ in 0..MOST_STEPS {
        let missing = image - forward(place);
        place = place + missing;
        if missing.x.abs() < PRECISION && missing.y.abs() < PRECISION {
            break;
        }
    }
    place
}

/// How far GCJ-02 moves a place, in degrees.
fn shift(place: Coord<f64>) -> Coord<f64> {
    let (x, y) = (place.x - 105.0, place.y - 35.0);
    let wave = |at: f64, terms: &[(f64, f64)]| -> f64 {
        let terms = terms.iter();
        terms
            .map(|(size, frequency)| size * (at * frequency * PI).sin())
            .sum::<f64>()
            * 2.0
            / 3.0
    };
    let common = wave(x, &[(20.0, 6.0), (20.0, 2.0)]);
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(y, &[(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + wave(y, &[(160.0, 1.0 / 12.0), (320.0, 1.0 / 30.0)]);
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + wave(x, &[(20.0, 1.0), (40.0, 1.0 / 3.0)])
        + wave(x, &[(150.0, 1.0 / 12.0), (300.0, 1.0 / 30.0)]);
    let latitude = place.y.to_radians();
    let flattened = 1.0 - ECCENTRICITY_2 * latitude.sin().powi(2);
    let meridian_m = AXIS_M * (1.0 - ECCENTRICITY_2) / (flattened * flattened.sqrt());
    let parallel_m = AXIS_M / flattened.sqrt() * latitude.cos();
    Coord {
        x: (east_m / parallel_m).to_degrees(),
        y: (north_m / meridian_m).to_degrees(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::geodesic_m;

    /// Places all over China, 0.37° apart.
    fn places() -> impl Iterator<Item = Coord<f64>> {
        let column = |x: i32| 73.1 + f64::from(x) * 0.37;
        let row = |y: i32| 3.2 + f64::from(y) * 0.37;
        (0..168).flat_map(move |x| {
            (0..138).map(move |y| Coord {
                x: column(x),
                y: row(y),
            })
        })
    }

    #[test]
    fn there_and_back_is_the_same_place_to_a_tenth_of_a_millimetre() {
        for place in places() {
            let gcj = wgs84_from_gcj02(gcj02_from_wgs84(place));
            let bd = wgs84_from_bd09(bd09_from_wgs84(place));
            assert!(geodesic_m(place, gcj) < 1e-4, "GCJ-02 at {place:?}");
            assert!(geodesic_m(place, bd) < 1e-4, "BD-09 at {place:?}");
        }
    }

    #[test]
    fn shifts_agree_with_another_implementation() {
        for place in places() {
            let other = geocoordinates::Wgs84::new(place.y, place.x);
            let gcj = other.try_to_gcj02().expect("in China");
            let bd = other.try_to_bd09().expect("in China");
            let (x, y) = (gcj.lon, gcj.lat);
            assert!(geodesic_m(gcj02_from_wgs84(place), Coord { x, y }) < 1e-6);
            let (x, y) = (bd.lon, bd.lat);
            assert!(geodesic_m(bd09_from_wgs84(place), Coord { x, y }) < 1e-6);
        }
    }

    #[test]
    fn nothing_is_shifted_outside_china() {
        let porto = Coord { x: -8.61, y: 41.15 };
        for convert in [
            gcj02_from_wgs84,
            wgs84_from_gcj02,
            bd09_from_wgs84,
            wgs84_from_bd09,
        ] {
            assert_eq!(convert(porto), porto);
        }
    }
}
