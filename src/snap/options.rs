//! How points snap.

use std::ops::RangeInclusive;

use crate::units::OptionError;

/// The snapping distances taken, in metres: beyond, the street is of another town.
const MAX_SNAP_M: RangeInclusive<f64> = 0.0..=10_000.0;
/// The factors on straight legs taken: no walk is shorter than straight.
const LEG_FACTOR: RangeInclusive<f64> = 1.0..=10.0;

/// How points snap.
///
/// ```
/// use pedshed::snap::SnapOptions;
/// let options = SnapOptions::default().with_max_snap_m(150.0)?.with_leg_factor(1.3)?;
/// assert_eq!((options.max_snap_m(), options.leg_factor()), (150.0, 1.3));
/// let refused = SnapOptions::default().with_leg_factor(-3.0).unwrap_err();
/// assert_eq!(refused.to_string(), "leg_factor = -3 cannot be used; it has to be a number from 1 to 10");
/// # Ok::<(), pedshed::units::OptionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "UncheckedOptions")
)]
pub struct SnapOptions {
    max_snap_m: f64,
    leg_factor: f64,
}

impl Default for SnapOptions {
    fn default() -> Self {
        Self {
            max_snap_m: 200.0,
            leg_factor: 1.0,
        }
    }
}

impl SnapOptions {
    /// The longest straight leg in metres, inclusive. Default: 200, two blocks; further off, the street is not the
    /// point's own.
    #[must_use]
    pub const fn max_snap_m(&self) -> f64 {
        self.max_snap_m
    }

    /// How much longer than straight the leg is walked. Default: 1.
    #[must_use]
    pub const fn leg_factor(&self) -> f64 {
        self.leg_factor
    }

    /// The same with this longest straight leg, in metres.
    ///
    /// # Errors
    /// When it is no number from 0 to 10,000.
    pub fn with_max_snap_m(self, max_snap_m: f64) -> Result<Self, OptionError> {
        let max_snap_m = OptionError::check("max_snap_m", max_snap_m, &MAX_SNAP_M)?;
        Ok(Self { max_snap_m, ..self })
    }

    /// The same with this factor on straight legs.
    ///
    /// # Errors
    /// When it is no number from 1 to 10.
    pub fn with_leg_factor(self, leg_factor: f64) -> Result<Self, OptionError> {
        let leg_factor = OptionError::check("leg_factor", leg_factor, &LEG_FACTOR)?;
        Ok(Self { leg_factor, ..self })
    }
}

/// Options before their numbers were checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct UncheckedOptions {
    max_snap_m: f64,
    leg_factor: f64,
}

#[cfg(feature = "serde")]
impl TryFrom<UncheckedOptions> for SnapOptions {
    type Error = OptionError;

    fn try_from(unchecked: UncheckedOptions) -> Result<Self, OptionError> {
        Self::default()
            .with_max_snap_m(unchecked.max_snap_m)?
            .with_leg_factor(unchecked.leg_factor)
    }
}
