//! Places on the WGS84 ellipsoid: fixed-point locations, geodesic lengths, and the local metres that snapping uses.

use geo::{Distance, Geodesic};
use geo_types::{Coord, Point};

/// The equatorial radius of WGS84 in metres (NIMA TR8350.2, 3rd edition, table 3.1).
const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
/// The flattening of WGS84 (same table).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// The first eccentricity squared.
const ECCENTRICITY_2: f64 = FLATTENING * (2.0 - FLATTENING);

/// A place on the ground: longitude and latitude in WGS84 as integers of 10⁻⁷ degrees (about 1 cm), OpenStreetMap's own
/// grid. Lines from other formats join where their vertices round to the same location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "StoredLocation")
)]
#[cfg_attr(feature = "prepared", derive(bytemuck::Pod, bytemuck::Zeroable))]
#[repr(C)]
pub struct Location {
    /// Longitude in 10⁻⁷ degrees.
    pub lon_e7: i32,
    /// Latitude in 10⁻⁷ degrees.
    pub lat_e7: i32,
}

/// A location before it was looked at whether it is on the earth.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct StoredLocation {
    lon_e7: i32,
    lat_e7: i32,
}

#[cfg(feature = "serde")]
impl TryFrom<StoredLocation> for Location {
    type Error = String;

    fn try_from(StoredLocation { lon_e7, lat_e7 }: StoredLocation) -> Result<Self, String> {
        let location = Self { lon_e7, lat_e7 };
        let Coord { x, y } = location.degrees();
        if is_on_earth(location.degrees()) {
            Ok(location)
        } else {
            Err(format!("longitude {x}, latitude {y} is not on the earth"))
        }
    }
}

impl Location {
    /// Rounds degrees to the grid; `None` when the place is not on the earth ([`is_on_earth`]).
    #[must_use]
    pub fn from_degrees(place: Coord<f64>) -> Option<Self> {
        is_on_earth(place).then(|| Self {
            lon_e7: (place.x * 1e7).round() as i32,
            lat_e7: (place.y * 1e7).round() as i32,
        })
    }

    /// The same place, where it is on the antimeridian as 180° east: −180° is that too.
    #[cfg(any(feature = "geojson", feature = "shapefile"))]
    pub(crate) fn on_one_antimeridian(self) -> Self {
        let lon_e7 = if self.lon_e7 == -ANTIMERIDIAN_E7 {
            ANTIMERIDIAN_E7
        } else {
            self.lon_e7
        };
        Self { lon_e7, ..self }
    }

    /// In degrees.
    #[must_use]
    pub fn degrees(self) -> Coord<f64> {
        Coord {
            x: f64::from(self.lon_e7) / 1e7,
            y: f64::from(self.lat_e7) / 1e7,
        }
    }
}

/// 180° in 10⁻⁷ degrees.
#[cfg(any(feature = "osm", feature = "geojson", feature = "shapefile"))]
pub(crate) const ANTIMERIDIAN_E7: i32 = 1_800_000_000;

/// Whether a coordinate is finite and a longitude and latitude: −180 to 180, −90 to 90 degrees.
#[must_use]
pub fn is_on_earth(place: Coord<f64>) -> bool {
    place.x.abs() <= 180.0 && place.y.abs() <= 90.0
}

/// Metres east and north per degree at one latitude: the ellipsoid's own radii of curvature there.
///
/// Distances between places within a few kilometres come out to better than 10⁻⁶; snapping uses nothing else.
#[derive(Clone, Copy, Debug)]
pub struct LocalMetres {
    /// Metres per degree of longitude.
    pub east_m: f64,
    /// Metres per degree of latitude.
    pub north_m: f64,
}

impl LocalMetres {
    /// At a latitude in degrees.
    ///
    /// # Source
    /// Meridional and prime-vertical radii of curvature: Snyder, *Map Projections: A Working Manual* (1987), p. 24-25.
    #[must_use]
    pub fn at(latitude: f64) -> Self {
        let (sin, cos) = latitude.to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY_2 * sin * sin;
        let prime_vertical_m = EQUATORIAL_RADIUS_M / w2.sqrt();
        let meridional_m = prime_vertical_m * (1.0 - ECCENTRICITY_2) / w2;
        let radians = std::f64::consts::PI / 180.0;
        Self {
            east_m: prime_vertical_m * cos * radians,
            north_m: meridional_m * radians,
        }
    }

    /// The vector from `from` to `to` in metres east and north, the short way round the antimeridian.
    #[must_use]
    pub fn vector(self, from: Coord<f64>, to: Coord<f64>) -> (f64, f64) {
        (
            wrapped_degrees(to.x - from.x) * self.east_m,
            (to.y - from.y) * self.north_m,
        )
    }
}

/// A difference of longitudes as the short way round.
pub(crate) fn wrapped_degrees(difference: f64) -> f64 {
    if difference > 180.0 {
        difference - 360.0
    } else if difference < -180.0 {
        difference + 360.0
    } else {
        difference
    }
}

/// Segments up to this many degrees (about 1 km) take the local formula, which is exact to 10⁻⁸ there.
const LOCAL_DEGREES: f64 = 0.01;
/// Above this latitude meridians converge too fast for it.
const LOCAL_LATITUDE: f64 = 80.0;

/// The geodesic distance on the WGS84 ellipsoid, in metres.
///
/// Street segments are short, and for them the radii of curvature at the middle latitude give the geodesic to 10⁻⁸ in a
/// fiftieth of the time; longer or polar ones go to [`geo::Geodesic`].
///
/// ```
/// use geo_types::coord;
/// // One degree of latitude at the equator, a textbook figure.
/// let metres = pedshed::geometry::geodesic_m(coord! { x: 0.0, y: 0.0 }, coord! { x: 0.0, y: 1.0 });
/// assert!((metres - 110_574.4).abs() < 0.1);
/// ```
#[must_use]
pub fn geodesic_m(from: Coord<f64>, to: Coord<f64>) -> f64 {
    let middle = f64::midpoint(from.y, to.y);
    let (lon, lat) = (wrapped_degrees(to.x - from.x), to.y - from.y);
    if lon.abs() <= LOCAL_DEGREES && lat.abs() <= LOCAL_DEGREES && middle.abs() <= LOCAL_LATITUDE {
        let local = LocalMetres::at(middle);
        (lon * local.east_m).hypot(lat * local.north_m)
    } else {
        Geodesic.distance(Point::from(from), Point::from(to))
    }
}

/// A box of longitudes and latitudes in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Bounds {
    /// South-west corner.
    pub min: Coord<f64>,
    /// North-east corner.
    pub max: Coord<f64>,
}

impl Bounds {
    /// The smallest box around the places; `None` around nothing.
    #[must_use]
    pub(crate) fn around(places: impl IntoIterator<Item = Coord<f64>>) -> Option<Self> {
        places.into_iter().fold(None, |bounds, place| {
            let Some(Bounds { min, max }) = bounds else {
                return Some(Bounds {
                    min: place,
                    max: place,
                });
            };
            Some(Bounds {
                min: Coord {
                    x: min.x.min(place.x),
                    y: min.y.min(place.y),
                },
                max: Coord {
                    x: max.x.max(place.x),
                    y: max.y.max(place.y),
                },
            })
        })
    }

    /// Whether the two boxes share a place.
    #[must_use]
    pub(crate) fn meets(&self, other: &Bounds) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }

    /// Whether the place lies in the box, its border included.
    #[must_use]
    pub(crate) fn contains(&self, place: Coord<f64>) -> bool {
        self.meets(&Bounds {
            min: place,
            max: place,
        })
    }

    /// The same box with so many metres more on every side, as far as the earth goes.
    #[must_use]
    pub(crate) fn grown(&self, metres: f64) -> Self {
        let nearest_pole = self.min.y.abs().max(self.max.y.abs());
        let local = LocalMetres::at(nearest_pole);
        let (east, north) = (metres / local.east_m, metres / local.north_m);
        Self {
            min: Coord {
                x: self.min.x - east.min(360.0),
                y: self.min.y - north,
            },
            max: Coord {
                x: self.max.x + east.min(360.0),
                y: self.max.y + north,
            },
        }
    }

    /// Its middle.
    #[must_use]
    pub(crate) fn middle(&self) -> Coord<f64> {
        Coord {
            x: f64::midpoint(self.min.x, self.max.x),
            y: f64::midpoint(self.min.y, self.max.y),
        }
    }

    /// The same box with longitude and latitude swapped.
    #[must_use]
    pub(crate) fn swapped(&self) -> Self {
        let swap = |c: Coord<f64>| Coord { x: c.y, y: c.x };
        Self {
            min: swap(self.min),
            max: swap(self.max),
        }
    }
}

/// Bits of the curve's position on each axis: cells of a city a few metres across.
const CURVE_BITS: u32 = 16;

/// A square on the ground, divided by a Hilbert curve into 2¹⁶ × 2¹⁶ cells: places in its order are near in memory when they
/// are near on the ground.
///
/// ```
/// use pedshed::geometry::{HilbertCurve, Location};
/// let at = |lon_e7, lat_e7| Location { lon_e7, lat_e7 };
/// let mut places = [at(0, 0), at(9, 9), at(1, 0), at(9, 8)];
/// let curve = HilbertCurve::new(places.iter().copied());
/// places.sort_by_key(|place| curve.position(*place));
/// // Those of one corner, then those of the other.
/// assert!(places[..2].iter().all(|place| place.lon_e7 < 5));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct HilbertCurve {
    west: i64,
    south: i64,
    /// The length of its side, and one more.
    side: i64,
}

impl HilbertCurve {
    /// The curve over all of these places.
    #[must_use]
    pub fn new(places: impl Iterator<Item = Location>) -> Self {
        let (mut low, mut high) = ([i32::MAX; 2], [i32::MIN; 2]);
        for Location { lon_e7, lat_e7 } in places {
            low = [low[0].min(lon_e7), low[1].min(lat_e7)];
            high = [high[0].max(lon_e7), high[1].max(lat_e7)];
        }
        let span = |axis: usize| i64::from(high[axis]) - i64::from(low[axis]);
        Self {
            west: i64::from(low[0]),
            south: i64::from(low[1]),
            side: span(0).max(span(1)).max(0) + 1,
        }
    }

    /// How far along the curve a place is.
    #[must_use]
    pub fn position(self, place: Location) -> u32 {
        let cell = |at: i32, from: i64| (((i64::from(at) - from) << CURVE_BITS) / self.side) as u32;
        let (x, y) = (
            cell(place.lon_e7, self.west),
            cell(place.lat_e7, self.south),
        );
        hilbert(x, y)
    }
}

/// The position of a square on the Hilbert curve of 2¹⁶ by 2¹⁶ squares. Which quadrant comes next cannot be foreseen, so
/// there is no branch on it.
///
/// # Source
/// The turning of the quadrants: Hilbert, *Über die stetige Abbildung einer Linie auf ein Flächenstück* (1891).
pub(crate) fn hilbert(mut x: u32, mut y: u32) -> u32 {
    let mut position = 0;
    for bit in (0..CURVE_BITS).rev() {
        let (right, top) = ((x >> bit) & 1, (y >> bit) & 1);
        position = (position << 2) | ((3 * right) ^ top);
        // All bits set below; and below to the right, where the quadrant is seen from the other corner.
        let below = top.wrapping_sub(1);
        let turned = below & right.wrapping_neg();
        (x, y) = (x ^ turned, y ^ turned);
        let swapped = (x ^ y) & below;
        (x, y) = (x ^ swapped, y ^ swapped);
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::coord;

    #[test]
    fn short_lengths_agree_with_the_geodesic_to_a_hundred_millionth() {
        for lat in [-79.9, -60.0, -33.3, 0.0, 0.001, 22.5, 45.0, 60.0, 79.9] {
            for (dlon, dlat) in [
                (0.01, 0.0),
                (0.0, 0.01),
                (0.01, 0.01),
                (-0.005, 0.003),
                (1e-7, 1e-7),
            ] {
                let (a, b) = (
                    coord! { x: 12.3, y: lat },
                    coord! { x: 12.3 + dlon, y: lat + dlat },
                );
                let exact: f64 = Geodesic.distance(Point::from(a), Point::from(b));
                let ours = geodesic_m(a, b);
                assert!(
                    (ours - exact).abs() <= exact * 3e-8 + 1e-8,
                    "{lat} {dlon} {dlat}: {ours} {exact}"
                );
            }
        }
    }

    #[test]
    fn the_antimeridian_is_no_wall() {
        let metres = geodesic_m(
            coord! { x: 179.9999, y: 0.0 },
            coord! { x: -179.9999, y: 0.0 },
        );
        assert!((metres - 22.264).abs() < 0.001, "{metres}");
    }

    #[test]
    fn a_place_off_the_earth_has_no_location() {
        assert!(Location::from_degrees(coord! { x: 180.0, y: -90.0 }).is_some());
        assert!(Location::from_degrees(coord! { x: 180.1, y: 0.0 }).is_none());
        assert!(Location::from_degrees(coord! { x: f64::NAN, y: 0.0 }).is_none());
        assert!(Location::from_degrees(coord! { x: 0.0, y: f64::INFINITY }).is_none());
    }

    #[test]
    fn the_curve_steps_from_each_cell_to_one_beside_it() {
        // Sixteen by sixteen places: the curve over them visits each once, and always steps to a neighbour.
        let places: Vec<Location> = (0..256)
            .map(|index| Location {
                lon_e7: index % 16,
                lat_e7: index / 16,
            })
            .collect();
        let curve = HilbertCurve::new(places.iter().copied());
        let mut visited = places.clone();
        visited.sort_by_key(|place| curve.position(*place));
        for pair in visited.windows(2) {
            let step =
                (pair[0].lon_e7 - pair[1].lon_e7).abs() + (pair[0].lat_e7 - pair[1].lat_e7).abs();
            assert_eq!(step, 1, "{pair:?}");
        }
    }

    #[test]
    fn places_all_over_the_earth_and_one_place_alone_have_positions() {
        let far = [(-1_800_000_000, -900_000_000), (1_800_000_000, 900_000_000)];
        let far = far.map(|(lon_e7, lat_e7)| Location { lon_e7, lat_e7 });
        let curve = HilbertCurve::new(far.into_iter());
        assert_ne!(curve.position(far[0]), curve.position(far[1]));
        assert_eq!(
            HilbertCurve::new(far[..1].iter().copied()).position(far[0]),
            0
        );
        let _ = HilbertCurve::new(std::iter::empty());
    }
}
