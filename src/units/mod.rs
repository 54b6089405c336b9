//! Units as types: people in integer thousandths, cutoffs in integer costs.

pub mod shares;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use crate::text::language::{InLanguage, Language};

/// What a walk costs one walker: integer **milliseconds** under a time impedance, integer **millimetres** under a
/// length impedance. The unit travels beside it as a [`Unit`].
pub type Cost = u32;

/// The cost of what cannot be walked, in a direction that is closed.
pub const CLOSED: Cost = Cost::MAX;

/// Milliseconds in a second and millimetres in a metre: the scale of every [`Cost`].
pub const COST_SCALE: f64 = 1000.0;

/// What a [`Cost`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Unit {
    /// Integer milliseconds of walking.
    Milliseconds,
    /// Integer millimetres of the shortest path, legs included.
    Millimetres,
}

/// A number of people, kept in integer thousandths so that sums are exact and never depend on their order.
///
/// ```
/// use pedshed::units::People;
/// let home: People = "2.45".parse()?;
/// assert_eq!(home.thousandths(), 2450);
/// assert_eq!((home + People::ONE).to_string(), "3.45");
/// # Ok::<(), pedshed::units::ParsePeopleError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct People(u64);

/// Why a text is not a number of people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ParsePeopleError {
    /// Not a decimal number.
    #[error("\"{0}\" is not a number")]
    NotANumber(String),
    /// Less than nobody.
    #[error("{0} is negative")]
    Negative(String),
    /// More than the living, which is a unit mistake or a code read as a number.
    #[error("{0} is more than {max} people", max = People::MAX_PER_RECORD)]
    TooMany(String),
}

impl InLanguage for ParsePeopleError {
    fn zh(&self) -> String {
        match self {
            ParsePeopleError::NotANumber(text) => format!("“{text}”不是数字"),
            ParsePeopleError::Negative(text) => format!("{text} 为负数"),
            ParsePeopleError::TooMany(text) => {
                format!("{text} 超过单条记录上限 {} 人", People::MAX_PER_RECORD)
            }
        }
    }
}

impl People {
    /// Nobody.
    pub const ZERO: People = People(0);
    /// One person: what a record without a population stands for.
    pub const ONE: People = People(1000);
    /// The most people that one record may hold: 100 million, more than any city; beyond it a number is a mistake.
    pub const MAX_PER_RECORD: u64 = 100_000_000;

    /// From thousandths of a person.
    #[must_use]
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// In thousandths of a person.
    #[must_use]
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    /// From a count with a fraction, rounded to the nearest thousandth.
    ///
    /// # Errors
    /// When the number is not finite, negative, or above [`People::MAX_PER_RECORD`].
    pub fn from_f64(count: f64) -> Result<Self, ParsePeopleError> {
        if !count.is_finite() {
            return Err(ParsePeopleError::NotANumber(count.to_string()));
        }
        if count < 0.0 {
            return Err(ParsePeopleError::Negative(count.to_string()));
        }
        if count > Self::MAX_PER_RECORD as f64 {
            return Err(ParsePeopleError::TooMany(count.to_string()));
        }
        Ok(Self((count * 1000.0).round() as u64))
    }

    /// As a floating-point count, for ratios and pictures; sums stay in [`People`].
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The share that `self` is of `whole`; 0 of nobody is 0.
    #[must_use]
    pub fn share_of(self, whole: People) -> f64 {
        if whole.0 == 0 {
            0.0
        } else {
            self.0 as f64 / whole.0 as f64
        }
    }
}

impl FromStr for People {
    type Err = ParsePeopleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number: f64 = text
            .trim()
            .parse()
            .map_err(|_| ParsePeopleError::NotANumber(text.to_owned()))?;
        Self::from_f64(number)
    }
}

impl fmt::Display for People {
    /// A decimal number without superfluous zeros: `3`, `2.5`, `0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1000, self.0 % 1000);
        if part == 0 {
            return write!(f, "{whole}");
        }
        let decimals = format!("{part:03}");
        write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
    }
}

impl Add for People {
    type Output = People;
    fn add(self, other: People) -> People {
        People(self.0 + other.0)
    }
}

impl Sub for People {
    type Output = People;
    /// # Panics
    /// In debug builds when `other` is more than `self`.
    fn sub(self, other: People) -> People {
        People(self.0 - other.0)
    }
}

impl AddAssign for People {
    fn add_assign(&mut self, other: People) {
        self.0 += other.0;
    }
}

impl Sum for People {
    fn sum<I: Iterator<Item = People>>(people: I) -> People {
        people.fold(People::ZERO, Add::add)
    }
}

/// A budget of walking: the most that a walk may cost. **Inclusive**: a walk of exactly this cost is within.
///
/// ```
/// use pedshed::units::{Cutoff, Unit};
/// let quarter_hour = Cutoff::minutes(15.0)?;
/// assert_eq!(quarter_hour.cost(), 900_000);
/// assert_eq!(quarter_hour.to_string(), "15");
/// assert_eq!(Cutoff::metres(800.0)?.unit(), Unit::Millimetres);
/// # Ok::<(), pedshed::units::CutoffError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cutoff {
    cost: Cost,
    unit: Unit,
}

/// Why a number is not a cutoff.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a cutoff of {value} {what} cannot be used; it has to be more than 0 and at most {max}")]
pub struct CutoffError {
    value: f64,
    max: f64,
    what: &'static str,
}

impl InLanguage for CutoffError {
    fn zh(&self) -> String {
        let Self { value, max, .. } = self;
        let unit = if self.what == "minutes" {
            "分钟"
        } else {
            "米"
        };
        format!("阈值 {value} {unit}不可用；应大于 0，且不超过 {max} {unit}")
    }
}

impl Cutoff {
    /// The test in words: `15 minutes' walk`, `1000 m of walking`; `步行 15 分钟`, `步行 1000 米`.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        match (language, self.unit) {
            (Language::En, Unit::Milliseconds) => format!("{self} minutes' walk"),
            (Language::En, Unit::Millimetres) => format!("{self} m of walking"),
            (Language::Zh, Unit::Milliseconds) => format!("步行 {self} 分钟"),
            (Language::Zh, Unit::Millimetres) => format!("步行 {self} 米"),
        }
    }
}

impl Cutoff {
    /// The longest walk that a cutoff may allow, in minutes: a day.
    pub const MAX_MINUTES: f64 = 1440.0;
    /// The longest walk that a cutoff may allow, in metres.
    pub const MAX_METRES: f64 = 200_000.0;

    /// A cutoff in minutes, kept in milliseconds.
    ///
    /// # Errors
    /// When not more than 0, or above [`Cutoff::MAX_MINUTES`].
    pub fn minutes(minutes: f64) -> Result<Self, CutoffError> {
        let cost = Self::checked(minutes, 60.0 * COST_SCALE, Self::MAX_MINUTES, "minutes")?;
        Ok(Self {
            cost,
            unit: Unit::Milliseconds,
        })
    }

    /// A cutoff in metres of walking, kept in millimetres.
    ///
    /// # Errors
    /// When not more than 0, or above [`Cutoff::MAX_METRES`].
    pub fn metres(metres: f64) -> Result<Self, CutoffError> {
        let cost = Self::checked(metres, COST_SCALE, Self::MAX_METRES, "metres")?;
        Ok(Self {
            cost,
            unit: Unit::Millimetres,
        })
    }

    /// A cutoff of exactly this cost.
    #[must_use]
    pub const fn from_cost(cost: Cost, unit: Unit) -> Self {
        Self { cost, unit }
    }

    fn checked(value: f64, scale: f64, max: f64, what: &'static str) -> Result<Cost, CutoffError> {
        let cost = (value * scale).round();
        if value.is_finite() && value <= max && cost >= 1.0 {
            Ok(cost as Cost)
        } else {
            Err(CutoffError { value, max, what })
        }
    }

    /// The largest cost that is within.
    #[must_use]
    pub const fn cost(self) -> Cost {
        self.cost
    }

    /// What the cost counts.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The number as the user gives it: minutes or metres.
    #[must_use]
    pub fn value(self) -> f64 {
        match self.unit {
            Unit::Milliseconds => f64::from(self.cost) / (60.0 * COST_SCALE),
            Unit::Millimetres => f64::from(self.cost) / COST_SCALE,
        }
    }

    /// The name that tables give it: `15` for fifteen minutes, `1000m` for a thousand metres.
    #[must_use]
    pub fn label(self) -> String {
        match self.unit {
            Unit::Milliseconds => self.to_string(),
            Unit::Millimetres => format!("{self}m"),
        }
    }
}

impl fmt::Display for Cutoff {
    /// The bare number, at most six decimals: `15`, `7.5`, `1000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.6}", self.value());
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_keep_thousandths_and_print_without_superfluous_zeros() {
        assert_eq!("3".parse::<People>().map(People::thousandths), Ok(3000));
        assert_eq!(People::from_thousandths(2500).to_string(), "2.5");
        assert_eq!(People::from_thousandths(7).to_string(), "0.007");
        assert_eq!(
            "1e3".parse::<People>().map(People::thousandths),
            Ok(1_000_000)
        );
    }

    #[test]
    fn fewer_than_nobody_and_more_than_the_living_are_refused() {
        assert_eq!(
            "-3".parse::<People>(),
            Err(ParsePeopleError::Negative("-3".into()))
        );
        assert!(matches!(
            "1.4e11".parse::<People>(),
            Err(ParsePeopleError::TooMany(_))
        ));
        assert!(matches!(
            "NaN".parse::<People>(),
            Err(ParsePeopleError::NotANumber(_))
        ));
        assert!(matches!(
            "many".parse::<People>(),
            Err(ParsePeopleError::NotANumber(_))
        ));
    }

    #[test]
    fn a_cutoff_is_named_as_it_was_given() {
        let label = |m: f64| Cutoff::minutes(m).map(Cutoff::label);
        assert_eq!(label(15.0).as_deref(), Ok("15"));
        assert_eq!(label(7.5).as_deref(), Ok("7.5"));
        assert_eq!(
            Cutoff::metres(1000.0).map(Cutoff::label).as_deref(),
            Ok("1000m")
        );
        assert!(Cutoff::minutes(0.0).is_err());
        assert!(Cutoff::minutes(f64::NAN).is_err());
        assert!(Cutoff::metres(-5.0).is_err());
    }
}
