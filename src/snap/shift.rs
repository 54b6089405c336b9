//! Layers that look shifted: points of Chinese maps beside streets of the earth, or the other way round.

use geo_types::Coord;

use super::{Snapper, Snapping};
use crate::crs::{
    Crs, bd09_from_wgs84, gcj02_from_wgs84, is_in_china, wgs84_from_bd09, wgs84_from_gcj02,
};

/// So many times nearer to their streets must the points be without the shift.
const TIMES_NEARER: f64 = 3.0;
/// Points as near as this to their streets are where they should be.
const NEAR_M: f64 = 10.0;
/// Fewer points prove nothing.
const FEWEST: usize = 5;
/// More points than this are sampled evenly.
const SAMPLE: usize = 1000;

type Conversion = fn(Coord<f64>) -> Coord<f64>;

/// A layer's points lie much nearer to the streets once a shift is undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The shifted system.
    pub crs: Crs,
    /// Whether it is the points that look shifted; the streets otherwise.
    pub of_points: bool,
    /// The median distance between points and streets as they are, in metres.
    pub as_given_m: f64,
    /// The same once the shift is undone.
    pub undone_m: f64,
}

impl Shift {
    /// Looks whether the points of one layer, WGS84, are shifted against the streets, or the streets against them: under
    /// the inverse of GCJ-02 or BD-09, or under the shift itself, the median distance to the nearest street is less than a
    /// third. `None` where nothing speaks for it, and outside China.
    ///
    /// # Complexity
    /// Five times 1,000 nearest streets at most.
    #[must_use]
    pub fn of(snapper: &Snapper<'_>, places: &[Coord<f64>]) -> Option<Self> {
        let places: Vec<Coord<f64>> = places
            .iter()
            .copied()
            .filter(|at| is_in_china(*at))
            .collect();
        if places.len() < FEWEST {
            return None;
        }
        let step = places.len().div_ceil(SAMPLE);
        let median = |convert: Conversion| {
            let sample = places.iter().step_by(step);
            median_m(
                sample
                    .filter_map(|place| distance_m(snapper, convert(*place)))
                    .collect(),
            )
        };
        let as_given_m = median(|place| place)?;
        if as_given_m <= NEAR_M {
            return None;
        }
        let shifts: [(Crs, bool, Conversion); 4] = [
            (Crs::Gcj02, true, wgs84_from_gcj02),
            (Crs::Bd09, true, wgs84_from_bd09),
            (Crs::Gcj02, false, gcj02_from_wgs84),
            (Crs::Bd09, false, bd09_from_wgs84),
        ];
        let undone = shifts.into_iter().filter_map(|(crs, of_points, convert)| {
            Some(Self {
                crs,
                of_points,
                as_given_m,
                undone_m: median(convert)?,
            })
        });
        undone
            .min_by(|a, b| a.undone_m.total_cmp(&b.undone_m))
            .filter(|shift| shift.undone_m * TIMES_NEARER < as_given_m)
    }
}

/// How far a place is from the nearest street, at any distance.
fn distance_m(snapper: &Snapper<'_>, place: Coord<f64>) -> Option<f64> {
    match snapper.snap(place) {
        Snapping::On(snap) => Some(snap.leg_m),
        Snapping::OffNetwork(near) => near.map(|near| near.metres),
        Snapping::Invalid => None,
    }
}

fn median_m(mut metres: Vec<f64>) -> Option<f64> {
    metres.sort_by(f64::total_cmp);
    metres.get(metres.len() / 2).copied()
}
