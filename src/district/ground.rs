//! The ground: from metres on the plan to longitude and latitude, and the height of the hills.

use super::chance::{Chance, Purpose};
use crate::geometry::Location;

/// A place on the plan: metres east and north of its south-western corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// Shorthand for [`Spot`].
pub(super) const fn spot(x: f64, y: f64) -> Spot {
    Spot { x, y }
}

/// A rectangle on the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) min: Spot,
    pub(super) max: Spot,
}

impl Rect {
    pub(super) const fn new(min: Spot, max: Spot) -> Self {
        Self { min, max }
    }

    pub(super) fn width(&self) -> f64 {
        self.max.x - self.min.x
    }

    pub(super) fn height(&self) -> f64 {
        self.max.y - self.min.y
    }

    pub(super) fn middle(&self) -> Spot {
        spot(
            f64::midpoint(self.min.x, self.max.x),
            f64::midpoint(self.min.y, self.max.y),
        )
    }

    /// The same, this many metres smaller on every side.
    pub(super) fn inset(&self, metres: f64) -> Self {
        Self {
            min: spot(self.min.x + metres, self.min.y + metres),
            max: spot(self.max.x - metres, self.max.y - metres),
        }
    }

    /// Its corners, counter-clockwise from the south-west.
    pub(super) fn corners(&self) -> [Spot; 4] {
        [
            self.min,
            spot(self.max.x, self.min.y),
            self.max,
            spot(self.min.x, self.max.y),
        ]
    }
}

/// The plan's south-western corner: the middle of the river, so that the middle of the preset lies at 112.56° E, 37.86° N.
const ORIGIN: (f64, f64) = (112.530, 37.840);
/// Metres in a degree of longitude and of latitude at 37.86° N on WGS84 (a test compares with
/// [`LocalMetres`](crate::geometry::LocalMetres)); written out, as the last digit of a sine differs between machines.
const EAST_M: f64 = 87_999.174_741;
const NORTH_M: f64 = 110_993.829_059;
/// How far lines sway, in metres, and over which length.
const SWAY_M: (f64, f64) = (70.0, 45.0);
const SWAY_LENGTH_M: (f64, f64) = (4_300.0, 5_600.0);
/// The height of the river bank above the sea; Taiyuan lies at about 800 m.
const BANK_HEIGHT_M: f64 = 785.0;
/// Hills rise from here on, over this length, to this height above the bank.
const HILLS_FROM_M: f64 = 5_000.0;
const HILLS_LENGTH_M: f64 = 9_000.0;
const HILLS_HEIGHT_M: f64 = 320.0;
/// The waves in town and on the hills.
const WAVE_M: (f64, f64) = (6.0, 55.0);
const WAVE_LENGTH_M: (f64, f64) = (1_700.0, 1_300.0);

/// How the plan lies on the ground.
///
/// Two shears that follow a wave bend its straight lines as a city's are bent, and leave every area as it is: a
/// subdistrict of 1 km² on the plan has 1 km² on the ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    phases: [f64; 4],
}

/// A smooth wave between -1 and 1 with period 1, made of two parabolas: no sine, whose last digit differs between machines.
fn wave(turns: f64) -> f64 {
    let turn = turns - turns.floor();
    if turn < 0.5 {
        16.0 * turn * (0.5 - turn)
    } else {
        -16.0 * (turn - 0.5) * (1.0 - turn)
    }
}

impl Ground {
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed, Purpose::Ground, 0);
        Self {
            phases: std::array::from_fn(|_| chance.between(0.0, 1.0)),
        }
    }

    /// The place of a spot.
    pub(super) fn place(&self, at: Spot) -> Location {
        let x = at.x + SWAY_M.0 * wave(at.y / SWAY_LENGTH_M.0 + self.phases[0]);
        let y = at.y + SWAY_M.1 * wave(x / SWAY_LENGTH_M.1 + self.phases[1]);
        Location {
            lon_e7: ((ORIGIN.0 + x / EAST_M) * 1e7).round() as i32,
            lat_e7: ((ORIGIN.1 + y / NORTH_M) * 1e7).round() as i32,
        }
    }

    /// Decimetres above the sea, from the place alone.
    pub(super) fn height_dm(&self, place: Location) -> i32 {
        let x = (f64::from(place.lon_e7) / 1e7 - ORIGIN.0) * EAST_M;
        let y = (f64::from(place.lat_e7) / 1e7 - ORIGIN.1) * NORTH_M;
        let along = ((x - HILLS_FROM_M) / HILLS_LENGTH_M).clamp(0.0, 1.0);
        let rise = along * along * (3.0 - 2.0 * along);
        let swell =
            wave(x / WAVE_LENGTH_M.0 + self.phases[2]) * wave(y / WAVE_LENGTH_M.1 + self.phases[3]);
        let wave_m = WAVE_M.0 + (WAVE_M.1 - WAVE_M.0) * rise;
        ((BANK_HEIGHT_M + HILLS_HEIGHT_M * rise + wave_m * (1.0 + swell)) * 10.0).round() as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LocalMetres;

    #[test]
    fn the_metres_of_a_degree_are_those_of_the_ellipsoid() {
        let metres = LocalMetres::at(37.86);
        assert!((metres.east_m - EAST_M).abs() < 1e-3, "{}", metres.east_m);
        assert!(
            (metres.north_m - NORTH_M).abs() < 1e-3,
            "{}",
            metres.north_m
        );
    }

    #[test]
    fn the_wave_is_smooth_and_stays_between_its_crests() {
        let steps = (0..=4000).map(|step| wave(f64::from(step) / 1000.0));
        let values: Vec<f64> = steps.collect();
        assert!(values.iter().all(|value| value.abs() <= 1.0));
        assert!(
            values
                .windows(2)
                .all(|pair| (pair[1] - pair[0]).abs() < 0.009)
        );
        assert_eq!((wave(0.25), wave(0.75), wave(3.0)), (1.0, -1.0, 0.0));
    }

    #[test]
    fn hills_lie_in_the_east_and_are_no_cliffs() {
        let ground = Ground::new(1);
        let height = |x: f64| f64::from(ground.height_dm(ground.place(spot(x, 2000.0)))) / 10.0;
        assert!(height(15_000.0) > height(1_000.0) + 250.0);
        let slope = |step: i32| {
            let x = f64::from(step) * 10.0;
            (height(x + 10.0) - height(x)).abs() / 10.0
        };
        assert!((0..1500).all(|step| slope(step) < 0.35));
    }
}
