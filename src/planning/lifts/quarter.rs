//! Quarters of years.

use std::fmt;
use std::str::FromStr;

use crate::text::language::InLanguage;
use crate::text::plain::letters;

/// A quarter of a year.
///
/// ```
/// use pedshed::planning::lifts::Quarter;
/// let quarter: Quarter = "2027Q4".parse()?;
/// assert_eq!(quarter.after(1).to_string(), "2028Q1");
/// assert_eq!("2027年第4季度".parse::<Quarter>()?, quarter);
/// # Ok::<(), pedshed::planning::lifts::ParseQuarterError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Quarters since the year 0.
    since: u32,
}

/// A text that names no quarter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no quarter of a year: write it as 2027Q1")]
pub struct ParseQuarterError {
    text: String,
}

impl InLanguage for ParseQuarterError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是季度；请写作 2027Q1")
    }
}

impl Quarter {
    /// The quarter that comes so many later.
    #[must_use]
    pub fn after(self, quarters: u32) -> Self {
        Self {
            since: self.since.saturating_add(quarters),
        }
    }
}

impl FromStr for Quarter {
    type Err = ParseQuarterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = letters(text).replace(['年', '第'], "");
        let plain = plain.strip_suffix("季度").unwrap_or(&plain);
        let (year, quarter) = plain.split_at_checked(4).unwrap_or((plain, ""));
        let quarter = quarter.strip_prefix('q').unwrap_or(quarter);
        let number = |text: &str| text.parse::<u32>().ok();
        let year = number(year).filter(|year| (1900..=2999).contains(year));
        let quarter = number(quarter).filter(|quarter| (1..=4).contains(quarter));
        match year.zip(quarter) {
            Some((year, quarter)) => Ok(Self {
                since: year * 4 + quarter - 1,
            }),
            None => Err(ParseQuarterError {
                text: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.since / 4, self.since % 4 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_read_as_people_write_them_and_nothing_else_is_one() {
        for text in [
            "2027Q1",
            "2027-q1",
            "2027年第1季度",
            "2027 1季度",
            "２０２７Ｑ１",
        ] {
            let quarter: Quarter = text.parse().expect(text);
            assert_eq!(quarter.to_string(), "2027Q1");
        }
        for text in [
            "2027",
            "2027Q5",
            "2027Q0",
            "27Q1",
            "Q1",
            "2027Q11",
            "",
            "一季度",
        ] {
            assert!(text.parse::<Quarter>().is_err(), "{text}");
        }
    }
}
