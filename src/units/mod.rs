//! Units as types: people in integer thousandths, cutoffs in integer costs.

pub(crate) mod shares;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, RangeInclusive, Sub};
use std::str::FromStr;

use crate::text::language::{InLanguage, Language, counted};
use crate::text::words::{plain_parts, sentence, sentences, shown_in_english};

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

/// A cutoff, or costs, of another unit than what they are put to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} are wanted", match .wanted { Unit::Milliseconds => "milliseconds", Unit::Millimetres => "millimetres" })]
#[non_exhaustive]
pub struct OtherUnit {
    /// What is wanted.
    pub wanted: Unit,
}

impl OtherUnit {
    /// Takes what counts the unit that is wanted.
    pub(crate) fn check(given: Unit, wanted: Unit) -> Result<(), Self> {
        if given == wanted {
            Ok(())
        } else {
            Err(Self { wanted })
        }
    }
}

impl InLanguage for OtherUnit {
    fn zh(&self) -> String {
        let unit = match self.wanted {
            Unit::Milliseconds => "毫秒",
            Unit::Millimetres => "毫米",
        };
        format!("应以{unit}计")
    }
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
    NotANumber(String),
    /// Less than nobody.
    Negative(String),
    /// More than the living, which is a unit mistake or a code read as a number.
    TooMany(String),
}

sentences!(ParsePeopleError {
    NotANumber(text);
    Negative(text);
    TooMany(text) with max = People::MAX_PER_RECORD;
});

plain_parts!(People, Cutoff);

impl People {
    /// Nobody.
    pub const ZERO: People = People(0);
    /// One person: what a record without a population stands for.
    pub const ONE: People = People(1000);
    /// The most people that one record may hold: 100 million, more than any city; beyond it a number is a mistake.
    pub const MAX_PER_RECORD: u64 = 100_000_000;

    /// The most people that are told apart, some 18 million billion: what would be more is this.
    pub const MOST: People = People(u64::MAX);

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
    pub(crate) fn from_f64(count: f64) -> Result<Self, ParsePeopleError> {
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

    /// Whether they are half of `whole` or more.
    pub(crate) const fn make_half_of(self, whole: People) -> bool {
        self.0 >= whole.0.div_ceil(2)
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
        write_thousandths(f, self.0)
    }
}

/// A number of thousandths as a decimal number without superfluous zeros.
pub(crate) fn write_thousandths(f: &mut fmt::Formatter<'_>, thousandths: u64) -> fmt::Result {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    if part == 0 {
        return write!(f, "{whole}");
    }
    let decimals = format!("{part:03}");
    write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
}

/// A number of thousandths as a cell.
#[cfg(feature = "report")]
pub(crate) struct Thousandths(pub(crate) u64);

#[cfg(feature = "report")]
impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_thousandths(f, self.0)
    }
}

impl Add for People {
    type Output = People;
    /// At most [`People::MOST`]: a sum never begins again at nobody.
    fn add(self, other: People) -> People {
        People(self.0.saturating_add(other.0))
    }
}

impl Sub for People {
    type Output = People;
    /// Nobody where `other` is more than `self`.
    fn sub(self, other: People) -> People {
        People(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for People {
    fn add_assign(&mut self, other: People) {
        *self = *self + other;
    }
}

impl Sum for People {
    fn sum<I: Iterator<Item = People>>(people: I) -> People {
        people.fold(People::ZERO, Add::add)
    }
}

/// A number among the options of an analysis that makes no sense there.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub struct OptionError {
    /// The option's name.
    pub option: &'static str,
    /// What was given.
    pub value: f64,
    /// The smallest number taken.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl OptionError {
    /// Takes a number of this range.
    pub(crate) fn check(
        option: &'static str,
        value: f64,
        taken: &RangeInclusive<f64>,
    ) -> Result<f64, Self> {
        // NaN is in no range.
        if taken.contains(&value) {
            Ok(value)
        } else {
            Err(Self {
                option,
                value,
                min: *taken.start(),
                max: *taken.end(),
            })
        }
    }
}

sentences!(struct OptionError { option, value, min, max });

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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "UncheckedCutoff")
)]
pub struct Cutoff {
    cost: Cost,
    unit: Unit,
}

/// A cutoff before its cost was checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct UncheckedCutoff {
    cost: Cost,
    unit: Unit,
}

#[cfg(feature = "serde")]
impl TryFrom<UncheckedCutoff> for Cutoff {
    type Error = CutoffError;

    fn try_from(UncheckedCutoff { cost, unit }: UncheckedCutoff) -> Result<Self, CutoffError> {
        Self::from_cost(cost, unit)
    }
}

/// Why a number is not a cutoff.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub struct CutoffError {
    value: f64,
    max: f64,
    unit: Unit,
}

impl InLanguage for CutoffError {
    fn zh(&self) -> String {
        self.in_language(Language::Zh)
    }

    fn in_language(&self, language: Language) -> String {
        let Self { value, max, unit } = self;
        match unit {
            Unit::Milliseconds => {
                sentence!(language, [CutoffError Milliseconds] value = value, max = max)
            }
            Unit::Millimetres => {
                sentence!(language, [CutoffError Millimetres] value = value, max = max)
            }
        }
    }
}

shown_in_english!(CutoffError);

impl Cutoff {
    /// The test in words: `15 minutes' walk`, `1000 m of walking`; `步行 15 分钟`, `步行 1000 米`.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        match (language, self.unit) {
            (Language::En, Unit::Milliseconds) => counted(self, "minute's walk", "minutes' walk"),
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
        Self::checked(minutes, Unit::Milliseconds)
    }

    /// A cutoff in metres of walking, kept in millimetres.
    ///
    /// # Errors
    /// When not more than 0, or above [`Cutoff::MAX_METRES`].
    pub fn metres(metres: f64) -> Result<Self, CutoffError> {
        Self::checked(metres, Unit::Millimetres)
    }

    /// A cutoff of exactly this cost.
    ///
    /// ```
    /// use pedshed::units::{Cutoff, Unit};
    /// let cutoff = Cutoff::from_cost(90_500, Unit::Milliseconds)?;
    /// assert_eq!(cutoff.value(), 90.5 / 60.0);
    /// assert!(Cutoff::from_cost(0, Unit::Milliseconds).is_err());
    /// # Ok::<(), pedshed::units::CutoffError>(())
    /// ```
    ///
    /// # Errors
    /// For 0, and above [`Cutoff::MAX_MINUTES`] or [`Cutoff::MAX_METRES`].
    pub fn from_cost(cost: Cost, unit: Unit) -> Result<Self, CutoffError> {
        let cutoff = Self { cost, unit };
        Self::checked(cutoff.value(), unit)?;
        Ok(cutoff)
    }

    /// The same of a cost that was worked out from another cutoff's; it may be above what a user may ask.
    pub(crate) const fn from_long_cost(cost: Cost, unit: Unit) -> Self {
        Self { cost, unit }
    }

    fn checked(value: f64, unit: Unit) -> Result<Self, CutoffError> {
        let (scale, max) = match unit {
            Unit::Milliseconds => (60.0 * COST_SCALE, Self::MAX_MINUTES),
            Unit::Millimetres => (COST_SCALE, Self::MAX_METRES),
        };
        let cost = (value * scale).round();
        if value.is_finite() && value <= max && cost >= 1.0 {
            let cost = cost as Cost;
            Ok(Self { cost, unit })
        } else {
            Err(CutoffError { value, max, unit })
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

    #[test]
    fn a_cost_that_no_user_can_ask_for_is_no_cutoff() {
        let of = |cost| Cutoff::from_cost(cost, Unit::Milliseconds).map(Cutoff::cost);
        // A day has 86.4 million milliseconds.
        assert_eq!((of(1), of(86_400_000)), (Ok(1), Ok(86_400_000)));
        assert_eq!(
            of(0).expect_err("no walk").to_string(),
            "a cutoff of 0 minutes cannot be used; it has to be more than 0 and at most 1440"
        );
        assert!(of(86_400_001).is_err());
        assert!(of(CLOSED).is_err());
        assert!(Cutoff::from_cost(200_000_001, Unit::Millimetres).is_err());
    }

    #[test]
    fn people_beyond_all_counting_stay_there_and_never_come_to_nobody() {
        let all_but_one = People::from_thousandths(u64::MAX - 1000);
        assert_eq!(all_but_one + People::ONE, People::MOST);
        assert_eq!(People::MOST + People::ONE, People::MOST);
        assert_eq!(
            [People::MOST, People::ONE].into_iter().sum::<People>(),
            People::MOST
        );
        assert_eq!(People::ZERO - People::ONE, People::ZERO);
        assert!(People::MOST.make_half_of(People::MOST));
    }

    #[test]
    fn half_of_an_odd_number_is_the_larger_part() {
        let halves = |part, whole| {
            People::from_thousandths(part).make_half_of(People::from_thousandths(whole))
        };
        assert!(halves(2, 4) && halves(3, 5) && halves(0, 0));
        assert!(!halves(1, 4) && !halves(2, 5));
    }
}
