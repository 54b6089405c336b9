//! Shares in integers, and their percentages in two decimals.

use std::fmt;

use crate::planning::standards::Target;

/// What is within, of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Share {
    /// The weight of what is within; at most `all`.
    pub within: u64,
    /// The weight of all.
    pub all: u64,
}

/// A percentage in whole hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Percent(u64);

/// Weights beyond all counting stay there.
pub(super) fn sum<'w>(weights: impl IntoIterator<Item = &'w u64>) -> u64 {
    let weights = weights.into_iter();
    weights.fold(0, |sum, weight| sum.saturating_add(*weight))
}

impl Share {
    /// The weight of the units that are within, of the weight of all.
    ///
    /// # Panics
    /// When there are more or fewer units than weights.
    ///
    /// # Example
    /// ```
    /// use pedshed::planning::indicators::Share;
    /// let share = Share::new(&[2500, 4000, 1000], &[true, true, false]);
    /// assert_eq!((share.within, share.all), (6500, 7500));
    /// ```
    #[must_use]
    pub fn new(weights: &[u64], within: &[bool]) -> Self {
        assert_eq!(weights.len(), within.len(), "one answer for each weight");
        let inside = weights.iter().zip(within);
        let inside = inside.filter_map(|(weight, is_in)| is_in.then_some(weight));
        Self {
            within: sum(inside),
            all: sum(weights),
        }
    }

    /// How many of them are so: of communities, those that have the facility (建有率).
    #[must_use]
    pub fn counted(are: &[bool]) -> Self {
        Self {
            within: are.iter().filter(|is_so| **is_so).count() as u64,
            all: are.len() as u64,
        }
    }

    /// How many meet every clause: of communities, those that meet the whole standard (完整社区覆盖率). One list for each
    /// clause, which says of each community whether it meets it; without a clause nobody meets the whole.
    ///
    /// # Panics
    /// When the lists are of different lengths.
    ///
    /// # Example
    /// ```
    /// use pedshed::planning::indicators::Share;
    /// let (centre, school) = ([true, true, false], [true, false, true]);
    /// let share = Share::complete(&[&centre, &school]);
    /// assert_eq!(share.percent().to_string(), "33.33");
    /// ```
    #[must_use]
    pub fn complete(clauses: &[&[bool]]) -> Self {
        let Some((first, rest)) = clauses.split_first() else {
            return Self { within: 0, all: 0 };
        };
        let mut meets = first.to_vec();
        for clause in rest {
            assert_eq!(clause.len(), meets.len(), "one answer for each community");
            for (meets, meets_this) in meets.iter_mut().zip(*clause) {
                *meets &= meets_this;
            }
        }
        Self::counted(&meets)
    }

    /// In percent, rounded half up to two decimals; 0 of nothing is 0.
    #[must_use]
    pub fn percent(self) -> Percent {
        if self.all == 0 {
            return Percent(0);
        }
        // Half of `all` more, in halves: the numerator is below 2^79, so nothing overflows.
        let (within, all) = (u128::from(self.within), u128::from(self.all));
        Percent(((within * 20_000 + all) / (2 * all)) as u64)
    }

    /// As people are told it: like [`Share::percent`], but never 0 where there is some, nor 100 where some are left out.
    ///
    /// # Example
    /// ```
    /// use pedshed::planning::indicators::Share;
    /// let share = Share { within: 592_776, all: 592_800 };
    /// assert_eq!((share.percent().to_string(), share.shown().to_string()), ("100.00".into(), "99.99".into()));
    /// ```
    #[must_use]
    pub fn shown(self) -> Percent {
        let Percent(rounded) = self.percent();
        Percent(match self.within {
            0 => 0,
            within if within < self.all => rounded.clamp(1, 9_999),
            _ => rounded,
        })
    }

    /// Whether the target is reached: by the exact numbers, not the rounded percentage. Nothing reaches none.
    #[must_use]
    pub fn reaches(self, target: Target) -> bool {
        self.all > 0 && target.is_reached(self.within, self.all)
    }
}

impl fmt::Display for Percent {
    /// With two decimals, without the sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(within: u64, all: u64) -> String {
        Share { within, all }.percent().to_string()
    }

    /// 1/8 = 12.5 %; 1/800 = 0.125 %, a tie, up; 1/801 = 0.12484 %; 3/800 = 0.375 %, a tie, up; 1/20000 = 0.005 %, a
    /// tie, up; 1/20001 = 0.0049998 %, down; 2/3 = 66.666… %; 19999/20000 = 99.995 %, a tie, up; 99994/100000 = 99.994 %.
    #[test]
    fn percentages_round_half_up_at_the_second_decimal() {
        for (within, all, expected) in [
            (1, 8, "12.50"),
            (1, 800, "0.13"),
            (1, 801, "0.12"),
            (3, 800, "0.38"),
            (1, 20_000, "0.01"),
            (1, 20_001, "0.00"),
            (2, 3, "66.67"),
            (1, 3, "33.33"),
            (19_999, 20_000, "100.00"),
            (99_994, 100_000, "99.99"),
            (0, 7, "0.00"),
            (7, 7, "100.00"),
            (0, 0, "0.00"),
        ] {
            assert_eq!(percent(within, all), expected, "{within} of {all}");
        }
    }

    #[test]
    fn the_largest_weights_do_not_overflow() {
        assert_eq!(percent(u64::MAX, u64::MAX), "100.00");
        assert_eq!(percent(u64::MAX / 2, u64::MAX), "50.00");
    }

    /// 84,996 of 100,000 are 84.996 %, shown as 85.00, and less than 85 %.
    #[test]
    fn a_share_that_rounds_up_to_its_target_does_not_reach_it() {
        let share = Share {
            within: 84_996,
            all: 100_000,
        };
        let target: Target = "0.85".parse().expect("a share");
        assert_eq!(share.percent().to_string(), target.to_string());
        assert!(!share.reaches(target));
    }

    /// 103 of 103 communities have a centre: 100 %; 7 of 9 villages: 77.777… %.
    #[test]
    fn communities_that_have_a_facility_are_counted() {
        assert_eq!(Share::counted(&[true; 103]).percent().to_string(), "100.00");
        let mut villages = [true; 9];
        villages[3] = false;
        villages[8] = false;
        assert_eq!(Share::counted(&villages).percent().to_string(), "77.78");
        assert_eq!(Share::counted(&[]).percent().to_string(), "0.00");
    }

    /// Of four communities the 1st and 4th have a centre, a school and a market; the 2nd lacks a market, the 3rd a school:
    /// 2 of 4 are complete, though 4, 3 and 3 of 4 have each.
    #[test]
    fn a_community_is_complete_when_it_meets_every_clause() {
        let centre = [true, true, true, true];
        let school = [true, true, false, true];
        let market = [true, false, true, true];
        let share = Share::complete(&[&centre, &school, &market]);
        assert_eq!((share.within, share.all), (2, 4));
        assert_eq!(share.percent().to_string(), "50.00");
        assert_eq!(Share::complete(&[]), Share { within: 0, all: 0 });
    }
}
