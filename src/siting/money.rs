//! Money in integer thousandths of whatever unit the costs are in.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

use crate::text::language::InLanguage;
use crate::units::write_thousandths;

/// An amount of money in integer thousandths of the unit that all costs of a problem share, such as 10,000 yuan: sums are exact.
///
/// ```
/// use pedshed::siting::Money;
/// let rent: Money = "1.25".parse()?;
/// assert_eq!(rent.thousandths(), 1250);
/// assert_eq!(rent.to_string(), "1.25");
/// # Ok::<(), pedshed::siting::ParseMoneyError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(u64);

/// A text that is no amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not an amount of money: it has to be a number from 0 to 1,000,000,000,000 with at most three decimals"
)]
pub struct ParseMoneyError {
    text: String,
}

impl InLanguage for ParseMoneyError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是金额；应为 0 至 1,000,000,000,000 之间、最多三位小数的数")
    }
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount that is read, in whole units.
    const MOST: f64 = 1e12;

    /// From thousandths of the unit.
    #[must_use]
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// In thousandths of the unit.
    #[must_use]
    pub const fn thousandths(self) -> u64 {
        self.0
    }

    /// As a number of whole units, for ratios and pictures.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl FromStr for Money {
    type Err = ParseMoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseMoneyError {
            text: text.to_owned(),
        };
        let number: f64 = text.trim().replace(',', "").parse().map_err(|_| wrong())?;
        let thousandths = (number * 1000.0).round();
        // What has more decimals would be another amount once it is rounded.
        let is_exact = (number * 1000.0 - thousandths).abs() <= 1e-6 * thousandths.max(1.0);
        if (0.0..=Self::MOST).contains(&number) && is_exact {
            Ok(Self(thousandths as u64))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_thousandths(f, self.0)
    }
}

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}
