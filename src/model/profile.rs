//! Walkers: how fast, and what slows them down.

use crate::model::{Crossing, WayKind};

/// One kind of walker, as data. Times are derived from nothing else.
///
/// # Source
/// The level speeds, step factors and waits are the project's defaults; where each was read stands at the constants.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Profile {
    name: String,
    level_kmh: f64,
    steps_factor: f64,
    signal_s: f64,
    crossing_s: f64,
}

/// A number that no walker has.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a walking speed of {kmh} km/h is outside {min} to {max} km/h", min = Profile::MIN_KMH, max = Profile::MAX_KMH)]
pub struct ProfileError {
    kmh: f64,
}

impl Profile {
    /// The slowest level speed taken, in km/h.
    pub const MIN_KMH: f64 = 0.1;
    /// The fastest, in km/h: a fast run; beyond it the number is in another unit.
    pub const MAX_KMH: f64 = 20.0;

    /// An adult: 4.8 km/h on the level (Weidmann 1993 measured a mean of 1.34 m/s = 4.8 km/h), stairs at half of it
    /// (Weidmann: 0.61-0.69 m/s along the stairs), 15 s at a signal (OpenTripPlanner's figure), 3 s at another crossing.
    #[must_use]
    pub fn adult() -> Self {
        Self {
            name: "adult".into(),
            level_kmh: 4.8,
            steps_factor: 0.5,
            signal_s: 15.0,
            crossing_s: 3.0,
        }
    }

    /// 4.8 km/h everywhere: no delays, stairs like streets. The profile to compare engines with.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            name: "plain".into(),
            level_kmh: 4.8,
            steps_factor: 1.0,
            signal_s: 0.0,
            crossing_s: 0.0,
        }
    }

    /// The profiles that have a name.
    pub const NAMES: [&'static str; 2] = ["adult", "plain"];

    /// A profile by its name, one of [`Profile::NAMES`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "adult" => Some(Self::adult()),
            "plain" => Some(Self::plain()),
            _ => None,
        }
    }

    /// The same walker at another level speed, in km/h; all else in proportion.
    ///
    /// ```
    /// use pedshed::model::{Profile, WayKind};
    /// let slow = Profile::adult().with_speed_kmh(3.6)?;
    /// assert_eq!(slow.seconds_per_metre(WayKind::Street), 1.0);
    /// assert_eq!(slow.seconds_per_metre(WayKind::Steps), 2.0);
    /// # Ok::<(), pedshed::model::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// Outside [`Profile::MIN_KMH`] to [`Profile::MAX_KMH`].
    pub fn with_speed_kmh(mut self, kmh: f64) -> Result<Self, ProfileError> {
        if !(Self::MIN_KMH..=Self::MAX_KMH).contains(&kmh) {
            return Err(ProfileError { kmh });
        }
        self.level_kmh = kmh;
        Ok(self)
    }

    /// The profile's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The speed on the level, in km/h.
    #[must_use]
    pub fn level_kmh(&self) -> f64 {
        self.level_kmh
    }

    /// Seconds that one metre of a kind of way takes.
    #[must_use]
    pub fn seconds_per_metre(&self, kind: WayKind) -> f64 {
        let level = 3.6 / self.level_kmh;
        match kind {
            WayKind::Street => level,
            WayKind::Steps => level / self.steps_factor,
        }
    }

    /// Seconds that a walker waits at a crossing.
    #[must_use]
    pub fn wait_s(&self, crossing: Crossing) -> f64 {
        match crossing {
            Crossing::Signal => self.signal_s,
            Crossing::Marked => self.crossing_s,
        }
    }
}
