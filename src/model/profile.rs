//! Walkers: how fast, what slows them down, and what they cannot use.

use super::dwelling::{Dwelling, Lift};
use super::profile_error::ProfileError;
use super::slope::{Slope, Steep};
use crate::model::{Crossing, Passage, WayKind, Wheels};

/// One kind of walker, as data. Times are derived from nothing else.
///
/// ```
/// use pedshed::model::{Pace, Profile, WayKind};
/// let stroller = Profile::new("stroller", Pace { steps_factor: None, ..Pace::ADULT })?;
/// assert_eq!(stroller.seconds_per_metre(WayKind::Street), Some(0.75));
/// assert_eq!(stroller.seconds_per_metre(WayKind::Steps), None);
/// # Ok::<(), pedshed::model::ProfileError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Stored", into = "Stored")
)]
pub struct Profile {
    name: String,
    pace: Pace,
    slope: Slope,
}

/// The numbers of a walker.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pace {
    /// Speed on the level, in km/h.
    pub level_kmh: f64,
    /// Speed on stairs, measured along the ground, as a factor on the level speed; `None` where stairs cannot be used.
    pub steps_factor: Option<f64>,
    /// The wait at a crossing with traffic lights, in seconds.
    pub signal_s: f64,
    /// The wait at any other marked crossing, in seconds.
    pub crossing_s: f64,
    /// The wait for a lift, doors included, in seconds.
    pub lift_wait_s: f64,
    /// A lift's time per storey, in seconds.
    pub lift_storey_s: f64,
    /// One storey up the stairs of a house, in seconds; it counts where stairs can be used.
    pub storey_up_s: f64,
    /// One storey down, in seconds.
    pub storey_down_s: f64,
    /// Where stairs cannot be used, the worst surface that can: what is worse is closed, as are ways and gates that say
    /// that wheels do not pass. It says nothing of who takes stairs.
    #[cfg_attr(feature = "serde", serde(default))]
    pub smoothness: Smoothness,
    /// Ferries; `None` where they are not taken, which is the usual case: their timetable is not in the map.
    pub ferry: Option<Ferry>,
}

/// The worst surface that wheels can use, by OpenStreetMap's key `smoothness`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Smoothness {
    /// `intermediate`, the grade that its wiki page gives for wheelchairs.
    #[default]
    Intermediate,
    /// `bad`, for wheels made for it.
    Bad,
    /// Any.
    Any,
}

/// How a walker takes ferries.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Ferry {
    /// The wait for it, in seconds.
    pub wait_s: f64,
    /// Its speed, in km/h.
    pub kmh: f64,
}

impl Pace {
    /// The slowest and the fastest level speed taken, in km/h: beyond a fast run, the number is in another unit.
    pub(crate) const LEVEL_KMH: (f64, f64) = (0.1, 20.0);
    /// The smallest and largest factor on stairs taken.
    pub(crate) const STEPS_FACTOR: (f64, f64) = (0.01, 10.0);
    /// The shortest and longest wait taken, in seconds: an hour.
    pub(crate) const WAIT_S: (f64, f64) = (0.0, 3600.0);
    /// The slowest and fastest ferry taken, in km/h.
    pub(crate) const FERRY_KMH: (f64, f64) = (0.1, 100.0);

    /// 4.8 km/h on the level (Weidmann 1993 measured a mean of 1.34 m/s), stairs at half of it (Weidmann: 0.61 m/s up
    /// and 0.69 m/s down, along the ground), 15 s at a signal (OpenTripPlanner's figure), 3 s at another crossing
    /// (between OSRM's 2 s and a pause to look); a lift is waited for 45 s, doors included (homes: 30 to 60 s), and takes
    /// 3 s a storey (2 s of travel, and stops on the way). A storey of 3 m in a house takes 17.5 s up and 13.5 s down, the
    /// middle of the 15 to 20 s and 12 to 15 s that are usual.
    pub const ADULT: Pace = Pace {
        level_kmh: 4.8,
        steps_factor: Some(0.5),
        signal_s: 15.0,
        crossing_s: 3.0,
        lift_wait_s: 45.0,
        lift_storey_s: 3.0,
        storey_up_s: 17.5,
        storey_down_s: 13.5,
        smoothness: Smoothness::Intermediate,
        ferry: None,
    };

    /// 3.3 km/h = 0.92 m/s on the level: what 85 % of people over 60 reach (TCRP-NCHRP 2005, "Another look at pedestrian
    /// walking speed"). Stairs at 0.35 of it, 20 s and 5 s at crossings. Older people take 25 to 35 s a storey: its
    /// middle up, and its lower end down.
    pub(crate) const ELDER: Pace = Pace {
        level_kmh: 3.3,
        steps_factor: Some(0.35),
        signal_s: 20.0,
        crossing_s: 5.0,
        storey_up_s: 30.0,
        storey_down_s: 25.0,
        ..Pace::ADULT
    };

    /// 4.0 km/h on the level, stairs at half of it, 20 s and 5 s at crossings (common practice).
    pub(crate) const CHILD: Pace = Pace {
        level_kmh: 4.0,
        signal_s: 20.0,
        crossing_s: 5.0,
        ..Pace::ADULT
    };

    /// 3.6 km/h = 1 m/s on the level (Valhalla: 1.11 m/s), no stairs, 20 s and 5 s at crossings.
    pub const WHEELCHAIR: Pace = Pace {
        level_kmh: 3.6,
        steps_factor: None,
        signal_s: 20.0,
        crossing_s: 5.0,
        ..Pace::ADULT
    };

    /// 4.8 km/h everywhere: no delays, stairs like streets, and no storeys.
    pub(crate) const PLAIN: Pace = Pace {
        level_kmh: 4.8,
        steps_factor: Some(1.0),
        signal_s: 0.0,
        crossing_s: 0.0,
        lift_wait_s: 0.0,
        lift_storey_s: 0.0,
        storey_up_s: 0.0,
        storey_down_s: 0.0,
        smoothness: Smoothness::Intermediate,
        ferry: None,
    };

    fn check(&self) -> Result<(), ProfileError> {
        let ferry = self.ferry.unwrap_or(Ferry {
            wait_s: 0.0,
            kmh: 1.0,
        });
        let numbers = [
            ("level_kmh", self.level_kmh, Self::LEVEL_KMH),
            (
                "steps_factor",
                self.steps_factor.unwrap_or(1.0),
                Self::STEPS_FACTOR,
            ),
            ("signal_s", self.signal_s, Self::WAIT_S),
            ("crossing_s", self.crossing_s, Self::WAIT_S),
            ("lift_wait_s", self.lift_wait_s, Self::WAIT_S),
            ("lift_storey_s", self.lift_storey_s, Self::WAIT_S),
            ("storey_up_s", self.storey_up_s, Self::WAIT_S),
            ("storey_down_s", self.storey_down_s, Self::WAIT_S),
            ("ferry_wait_s", ferry.wait_s, Self::WAIT_S),
            ("ferry_kmh", ferry.kmh, Self::FERRY_KMH),
        ];
        let outside = |(_, value, (min, max)): &(_, f64, _)| !(*min..=*max).contains(value);
        match numbers.into_iter().find(outside) {
            Some((field, value, (min, max))) => Err(ProfileError {
                field,
                value,
                min,
                max,
            }),
            None => Ok(()),
        }
    }
}

/// The profiles that have a name, in the order of the table in the README.
const NAMED: [(&str, Pace); 5] = [
    ("adult", Pace::ADULT),
    ("elder", Pace::ELDER),
    ("child", Pace::CHILD),
    ("wheelchair", Pace::WHEELCHAIR),
    ("plain", Pace::PLAIN),
];

impl Profile {
    /// The names that [`Profile::named`] knows.
    pub const NAMES: [&'static str; NAMED.len()] = {
        let mut names = [""; NAMED.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = NAMED[index].0;
            index += 1;
        }
        names
    };

    /// A walker of your own, who takes slopes as the walker of this name does where there is one, and else as Tobler has it.
    ///
    /// # Errors
    /// [`ProfileError`] for a number that no walker has: the ranges are constants of [`Pace`].
    pub fn new(name: impl Into<String>, pace: Pace) -> Result<Self, ProfileError> {
        pace.check()?;
        let name = name.into();
        let slope = Self::usual_slope(&name);
        Ok(Self { name, pace, slope })
    }

    /// The same walker, who takes slopes otherwise.
    #[must_use]
    pub fn with_slope(self, slope: Slope) -> Self {
        Self { slope, ..self }
    }

    /// [`Pace::ADULT`].
    #[must_use]
    pub fn adult() -> Self {
        Self::from_pace(NAMED[0])
    }

    /// One speed everywhere and no waits: the profile to compare engines with.
    #[must_use]
    pub fn plain() -> Self {
        Self::from_pace(NAMED[4])
    }

    fn from_pace((name, pace): (&str, Pace)) -> Self {
        let slope = Self::usual_slope(name);
        let name = name.to_owned();
        Self { name, pace, slope }
    }

    /// The same walker, who takes slopes as one of this name does.
    #[must_use]
    pub(crate) fn with_usual_slope(self) -> Self {
        let slope = Self::usual_slope(&self.name);
        self.with_slope(slope)
    }

    /// How the walker of a name takes slopes where nothing is said of them.
    fn usual_slope(name: &str) -> Slope {
        match name {
            "plain" => Slope::none(),
            "wheelchair" => Slope::tobler().with_steep(Some(Steep::WHEELCHAIR)),
            _ => Slope::tobler(),
        }
    }

    /// A profile by its name, one of [`Profile::NAMES`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = NAMED.into_iter().find(|(known, _)| *known == name);
        found.map(Self::from_pace)
    }

    /// The same walker at another level speed, in km/h; stairs in proportion, those of houses too.
    ///
    /// ```
    /// use pedshed::model::{Profile, WayKind};
    /// let slow = Profile::adult().with_speed_kmh(3.6)?;
    /// assert_eq!(slow.seconds_per_metre(WayKind::Street), Some(1.0));
    /// assert_eq!(slow.seconds_per_metre(WayKind::Steps), Some(2.0));
    /// # Ok::<(), pedshed::model::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// When it is no number from 0.1 to 20.
    pub fn with_speed_kmh(self, level_kmh: f64) -> Result<Self, ProfileError> {
        let slower = self.pace.level_kmh / level_kmh;
        let pace = Pace {
            level_kmh,
            ..self.pace
        };
        // A speed that is none is refused by its own name.
        pace.check()?;
        let pace = Pace {
            storey_up_s: (pace.storey_up_s * slower).min(Pace::WAIT_S.1),
            storey_down_s: (pace.storey_down_s * slower).min(Pace::WAIT_S.1),
            ..pace
        };
        Ok(Self::new(self.name, pace)?.with_slope(self.slope))
    }

    /// The profile's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its numbers.
    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// How slopes change the speed, where heights are known.
    #[must_use]
    pub fn slope(&self) -> &Slope {
        &self.slope
    }

    /// The speed on the level, in km/h.
    #[must_use]
    pub fn level_kmh(&self) -> f64 {
        self.pace.level_kmh
    }

    /// Seconds that one metre of a kind of way takes; `None` where this walker cannot use it.
    #[must_use]
    pub fn seconds_per_metre(&self, kind: WayKind) -> Option<f64> {
        let level = 3.6 / self.pace.level_kmh;
        match kind {
            WayKind::Street | WayKind::Lift { .. } => Some(level),
            WayKind::Steps => self.pace.steps_factor.map(|factor| level / factor),
            WayKind::Ferry => self.pace.ferry.map(|ferry| 3.6 / ferry.kmh),
        }
    }

    /// The same for a whole passage. Who cannot take stairs cannot take a way either that is closed to wheels or too rough
    /// for them, and takes stairs with a ramp at the level speed.
    #[must_use]
    pub(crate) fn seconds_per_metre_on(&self, passage: Passage) -> Option<f64> {
        let pace = &self.pace;
        let is_open = match passage.wheels {
            _ if pace.steps_factor.is_some() => true,
            Wheels::Open => return self.seconds_per_metre(WayKind::Street),
            Wheels::AsKind => true,
            Wheels::Closed => false,
            Wheels::Bad => pace.smoothness >= Smoothness::Bad,
            Wheels::VeryBad => pace.smoothness >= Smoothness::Any,
        };
        is_open.then(|| self.seconds_per_metre(passage.kind))?
    }

    /// Seconds that a way takes besides its length, each time that it is taken from end to end: the wait for a lift and
    /// its storeys, the wait for a ferry.
    #[must_use]
    pub(crate) fn delay_s(&self, kind: WayKind) -> f64 {
        match kind {
            WayKind::Street | WayKind::Steps => 0.0,
            WayKind::Lift { storeys } => {
                self.pace.lift_wait_s + self.pace.lift_storey_s * f64::from(storeys)
            }
            WayKind::Ferry => self.pace.ferry.map_or(0.0, |ferry| ferry.wait_s),
        }
    }

    /// Seconds between a flat and the street door, down and up: by the stairs or by the lift, whichever is faster. `None` where
    /// the stairs cannot be used, and nothing else leads the whole way. Whether there is a lift may not be known: then who can
    /// use stairs takes them, and who cannot is taken to live at the street.
    #[must_use]
    pub(crate) fn indoors_s(&self, dwelling: Dwelling) -> Option<[f64; 2]> {
        let pace = &self.pace;
        let flights = f64::from(dwelling.flights());
        if flights == 0.0 {
            return Some([0.0; 2]);
        }
        let stairs = pace.steps_factor.is_some();
        let storey_s = [pace.storey_down_s, pace.storey_up_s];
        let ride = |storeys: f64| pace.lift_wait_s + pace.lift_storey_s * storeys;
        match dwelling.lift {
            None if !stairs => Some([0.0; 2]),
            None | Some(Lift::None) => stairs.then(|| storey_s.map(|storey| storey * flights)),
            Some(Lift::Level) if !stairs => Some([ride(flights); 2]),
            Some(Lift::Level) => Some(storey_s.map(|storey| ride(flights).min(storey * flights))),
            Some(Lift::HalfLanding) => stairs.then(|| {
                let by_lift = |storey: f64| ride(flights - 0.5) + storey / 2.0;
                storey_s.map(|storey| by_lift(storey).min(storey * flights))
            }),
        }
    }

    /// Seconds that a walker waits at a crossing.
    #[must_use]
    pub(crate) fn wait_s(&self, crossing: Crossing) -> f64 {
        match crossing {
            Crossing::Signal => self.pace.signal_s,
            Crossing::Marked => self.pace.crossing_s,
        }
    }
}

/// A profile as it is stored, its numbers not checked. Of a slope nothing is said where it is what the name says.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Stored {
    name: String,
    #[serde(flatten)]
    pace: Pace,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slope: Option<Slope>,
}

#[cfg(feature = "serde")]
impl From<Profile> for Stored {
    fn from(profile: Profile) -> Self {
        let Profile { name, pace, slope } = profile;
        let said = (slope != Profile::usual_slope(&name)).then_some(slope);
        Self {
            name,
            pace,
            slope: said,
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for Profile {
    type Error = ProfileError;

    fn try_from(Stored { name, pace, slope }: Stored) -> Result<Self, ProfileError> {
        let profile = Self::new(name, pace)?;
        Ok(match slope {
            Some(slope) => profile.with_slope(slope),
            None => profile,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_take_stairs_takes_ramps_and_no_way_that_is_closed_to_wheels() {
        use Smoothness::{Any, Bad, Intermediate};

        let rolling = |smoothness| {
            let pace = Pace {
                smoothness,
                ..Pace::WHEELCHAIR
            };
            Profile::new("wheels", pace).expect("a walker")
        };
        let passes = |profile: &Profile, kind: WayKind, wheels| {
            let passage = Passage {
                wheels,
                ..kind.into()
            };
            profile.seconds_per_metre_on(passage).is_some()
        };
        for (wheels, opened_by) in [
            (Wheels::AsKind, &[Intermediate, Bad, Any][..]),
            (Wheels::Bad, &[Bad, Any]),
            (Wheels::VeryBad, &[Any]),
            (Wheels::Closed, &[]),
        ] {
            for smoothness in [Intermediate, Bad, Any] {
                let found = passes(&rolling(smoothness), WayKind::Street, wheels);
                assert_eq!(
                    found,
                    opened_by.contains(&smoothness),
                    "{wheels:?} {smoothness:?}"
                );
            }
            assert!(passes(&Profile::adult(), WayKind::Street, wheels));
        }
        let wheels = rolling(Intermediate);
        assert!(!passes(&wheels, WayKind::Steps, Wheels::AsKind));
        let ramp = Passage {
            wheels: Wheels::Open,
            ..WayKind::Steps.into()
        };
        assert_eq!(wheels.seconds_per_metre_on(ramp), Some(1.0));
        assert_eq!(Profile::adult().seconds_per_metre_on(ramp), Some(1.5));
    }

    #[test]
    fn every_named_profile_is_within_its_own_limits_and_known_by_its_name() {
        for name in Profile::NAMES {
            let profile = Profile::named(name).expect("a named profile");
            assert_eq!(Profile::new(name, *profile.pace()), Ok(profile));
        }
        assert_eq!(Profile::named("robot"), None);
    }

    #[test]
    fn numbers_of_no_walker_are_refused_by_their_name() {
        let refused = |pace| {
            Profile::new("x", pace)
                .expect_err("no walker's number")
                .to_string()
        };
        let adult = Pace::ADULT;
        let text = refused(Pace {
            level_kmh: 48.0,
            ..adult
        });
        assert_eq!(text, "level_kmh = 48 is outside 0.1 to 20");
        let text = refused(Pace {
            steps_factor: Some(0.0),
            ..adult
        });
        assert!(text.starts_with("steps_factor = 0 "), "{text}");
        let text = refused(Pace {
            signal_s: f64::NAN,
            ..adult
        });
        assert!(text.starts_with("signal_s = NaN "), "{text}");
        let text = refused(Pace {
            lift_wait_s: -1.0,
            ..adult
        });
        assert!(text.starts_with("lift_wait_s = -1 "), "{text}");
    }

    #[test]
    fn a_lift_costs_its_wait_and_its_storeys() {
        let lift = WayKind::Lift { storeys: 5 };
        assert_eq!(Profile::adult().delay_s(lift), 60.0);
        assert_eq!(Profile::plain().delay_s(lift), 0.0);
        assert_eq!(Profile::adult().seconds_per_metre(WayKind::Ferry), None);
    }

    fn indoors(profile: &str, storey: u8, lift: Option<Lift>) -> Option<[f64; 2]> {
        let profile = Profile::named(profile).expect("a named profile");
        profile.indoors_s(Dwelling {
            storey: Some(storey),
            lift,
        })
    }

    #[test]
    fn a_building_of_six_storeys_by_hand() {
        let (none, level, half) = (Some(Lift::None), Some(Lift::Level), Some(Lift::HalfLanding));
        // Down and up: 13.5 s and 17.5 s a storey. The lift takes 45 s and 3 s a storey: from the fourth storey 54 s, more than
        // the stairs either way; from the fifth 57 s, more than the stairs down and less than those up.
        let adult = [
            (1, [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]),
            (2, [13.5, 17.5], [13.5, 17.5], [13.5, 17.5]),
            (3, [27.0, 35.0], [27.0, 35.0], [27.0, 35.0]),
            (4, [40.5, 52.5], [40.5, 52.5], [40.5, 52.5]),
            // By the half landing: 45 + 3 x 3.5 = 55.5 s, and 6.75 s down or 8.75 s up.
            (5, [54.0, 70.0], [54.0, 57.0], [54.0, 64.25]),
            (6, [67.5, 87.5], [60.0, 60.0], [65.25, 67.25]),
        ];
        for (storey, by_stairs, by_lift, by_half) in adult {
            assert_eq!(indoors("adult", storey, none), Some(by_stairs), "{storey}");
            assert_eq!(indoors("adult", storey, None), Some(by_stairs), "{storey}");
            assert_eq!(indoors("adult", storey, level), Some(by_lift), "{storey}");
            assert_eq!(indoors("adult", storey, half), Some(by_half), "{storey}");
        }
        // An old person takes 25 s down and 30 s up.
        assert_eq!(indoors("elder", 6, none), Some([125.0, 150.0]));
        assert_eq!(indoors("elder", 6, level), Some([60.0, 60.0]));
        assert_eq!(indoors("elder", 6, half), Some([71.0, 73.5]));
        assert_eq!(indoors("elder", 2, level), Some([25.0, 30.0]));
        // Wheels take the lift from the second storey on, and no half flight.
        assert_eq!(indoors("wheelchair", 1, none), Some([0.0, 0.0]));
        assert_eq!(indoors("wheelchair", 2, level), Some([48.0, 48.0]));
        assert_eq!(indoors("wheelchair", 6, level), Some([60.0, 60.0]));
        assert_eq!(indoors("wheelchair", 6, none), None);
        assert_eq!(indoors("wheelchair", 2, half), None);
        // Nobody says that there is none.
        assert_eq!(indoors("wheelchair", 6, None), Some([0.0, 0.0]));
        assert_eq!(indoors("plain", 6, none), Some([0.0, 0.0]));
    }

    #[test]
    fn stairs_at_home_keep_pace_with_the_level_speed() {
        let slow = Profile::adult().with_speed_kmh(2.4).expect("a speed");
        let fifth = Dwelling {
            storey: Some(5),
            lift: Some(Lift::None),
        };
        assert_eq!(slow.indoors_s(fifth), Some([108.0, 140.0]));
    }

    #[test]
    fn more_storeys_make_nobody_faster() {
        let lifts = [
            None,
            Some(Lift::None),
            Some(Lift::Level),
            Some(Lift::HalfLanding),
        ];
        for name in Profile::NAMES {
            for lift in lifts {
                for storey in 1..u8::MAX {
                    let [lower, upper] = [storey, storey + 1].map(|one| indoors(name, one, lift));
                    let Some(upper) = upper else { continue };
                    let lower = lower.expect("who gets down from above gets down");
                    assert!(
                        lower[0] <= upper[0] && lower[1] <= upper[1],
                        "{name} {storey}"
                    );
                }
            }
        }
    }
}
