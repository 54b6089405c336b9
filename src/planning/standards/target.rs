//! The share that has to be within, exactly.

use std::fmt;
use std::str::FromStr;

/// A share that has to be reached, in whole ten-thousandths so that the verdict is exact.
///
/// ```
/// use pedshed::planning::standards::Target;
/// let target: Target = "0.85".parse().expect("a share");
/// assert_eq!((target.ten_thousandths(), target.to_string()), (8500, "85.00".to_owned()));
/// // 85 of 100 and 17 of 20 reach it, 16,999 of 20,000 do not.
/// assert!(target.is_reached(85, 100) && target.is_reached(17, 20) && !target.is_reached(16_999, 20_000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Target(u16);

/// A text that is no share above 0 and up to 1 with at most four decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a share above 0 and up to 1 with at most four decimals")]
pub struct NoTarget;

impl Target {
    /// All of them.
    pub const ALL: Target = Target(10_000);

    /// The share in ten-thousandths, 1 to 10,000.
    #[must_use]
    pub const fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// Whether `within` of `all` are that share or more; of the exact numbers, not of the rounded percentage.
    #[must_use]
    pub fn is_reached(self, within: u64, all: u64) -> bool {
        u128::from(within) * 10_000 >= u128::from(self.0) * u128::from(all)
    }
}

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let decimals = decimals.trim_end_matches('0');
        let is_plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        if decimals.len() > 4 || !is_plain(whole) || !is_plain(decimals) {
            return Err(NoTarget);
        }
        let whole: u8 = whole.parse().map_err(|_| NoTarget)?;
        let decimals: u16 = format!("{decimals:0<4}").parse().map_err(|_| NoTarget)?;
        match u32::from(whole) * 10_000 + u32::from(decimals) {
            parts @ 1..=10_000 => Ok(Self(parts as u16)),
            _ => Err(NoTarget),
        }
    }
}

impl fmt::Display for Target {
    /// In percent with two decimals, without the sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_to_the_ten_thousandth_and_nothing_else_is() {
        for (text, parts) in [
            ("0.85", 8500),
            ("0.9999", 9999),
            ("0.00010", 1),
            ("1", 10_000),
            ("1.0", 10_000),
        ] {
            let read = text.parse::<Target>().map(Target::ten_thousandths);
            assert_eq!(read, Ok(parts), "{text}");
        }
        for text in [
            "0", ".5", "0.0", "1.0001", "85", "7", "-0.5", "0.85001", "nan", "", "8e-1", "0.+1",
            "1.-1",
        ] {
            assert_eq!(text.parse::<Target>(), Err(NoTarget), "{text}");
        }
    }

    #[test]
    fn a_target_in_percent_has_two_decimals() {
        let target: Target = "0.9905".parse().expect("a share");
        assert_eq!(target.to_string(), "99.05");
        assert_eq!(Target::ALL.to_string(), "100.00");
    }

    #[test]
    fn the_largest_counts_do_not_overflow() {
        assert!(Target::ALL.is_reached(u64::MAX, u64::MAX));
        assert!(!Target::ALL.is_reached(u64::MAX - 1, u64::MAX));
    }
}
