//! Days as registers write them.

use std::fmt;

use crate::text::plain::narrow;
use crate::text::words::sentences;

/// A day of the calendar; a later day is greater.
///
/// ```
/// use pedshed::model::Date;
/// let opened = Date::first_of("2024年2月")?;
/// assert_eq!(opened, Date::new(2024, 2, 1)?);
/// assert_eq!(Date::last_of("2024/2")?.to_string(), "2024-02-29");
/// # Ok::<(), pedshed::planning::register::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// In none of the ways in which days are written.
    NotADate(String),
    /// Of no calendar.
    NoSuchDay {
        /// Its year.
        year: u32,
        /// Its month.
        month: u32,
        /// Its day.
        day: u32,
    },
    /// Before 1800 or after 2199, which is a slip or another calendar.
    Year(u32),
}

sentences!(DateError {
    NotADate(text);
    NoSuchDay { year, month, day };
    Year(year);
});

impl Date {
    /// A day.
    ///
    /// # Errors
    /// When the calendar does not have it, or its year is not between 1800 and 2199.
    pub fn new(year: u32, month: u32, day: u32) -> Result<Self, DateError> {
        if !(1800..=2199).contains(&year) {
            return Err(DateError::Year(year));
        }
        if !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return Err(DateError::NoSuchDay { year, month, day });
        }
        // Checked above.
        Ok(Self {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }

    /// The first day that a text means: `2024-02-26`, `2024/2/26`, `2024.2.26`, `2024年2月26日` and `20240226` mean that
    /// day; `2024-02` and `2024` their first; a time of day is left out. For openings.
    ///
    /// # Errors
    /// [`DateError`].
    pub fn first_of(text: &str) -> Result<Self, DateError> {
        let (year, month, day) = parts(text)?;
        Self::new(year, month.unwrap_or(1), day.unwrap_or(1))
    }

    /// The last day that a text means: of `2024` its last of December. For closings and for the day of a survey.
    ///
    /// # Errors
    /// [`DateError`].
    pub fn last_of(text: &str) -> Result<Self, DateError> {
        let (year, month, day) = parts(text)?;
        let month = month.unwrap_or(12);
        Self::new(year, month, day.unwrap_or_else(|| days_in(year, month)))
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The days since 1970-01-01, by counting years from March on, so that a leap day is a year's last.
    pub(crate) fn days(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let leaps = year / 4 - year / 100 + year / 400;
        let in_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        // Of 1970-01-01.
        year * 365 + leaps + in_year - 719_468
    }

    /// The day after it; none after the last that there is.
    #[must_use]
    pub(crate) fn next(self) -> Option<Self> {
        let (year, month) = (u32::from(self.year), u32::from(self.month));
        let day = u32::from(self.day);
        let (year, month, day) = match (month, day) {
            (12, 31) => (year + 1, 1, 1),
            _ if day == days_in(year, month) => (year, month + 1, 1),
            _ => (year, month, day + 1),
        };
        Self::new(year, month, day).ok()
    }

    /// Its day of the week, 0 for Monday.
    #[must_use]
    pub(crate) fn weekday(self) -> u16 {
        // 1970-01-01 was a Thursday.
        (self.days() + 3).rem_euclid(7) as u16
    }

    /// Its year, month and day.
    #[must_use]
    pub(crate) fn year_month_day(self) -> [u32; 3] {
        [self.year.into(), self.month.into(), self.day.into()]
    }

    /// The Monday of its week; of the first days of 1800 that is in 1799.
    #[must_use]
    pub(crate) fn monday(self) -> Self {
        let after_monday = self.weekday() as u8;
        if self.day > after_monday {
            return Self {
                day: self.day - after_monday,
                ..self
            };
        }
        let (year, month) = match self.month {
            1 => (self.year - 1, 12),
            month => (self.year, month - 1),
        };
        let last = days_in(u32::from(year), u32::from(month)) as u8;
        Self {
            year,
            month,
            day: last + self.day - after_monday,
        }
    }

    /// The last day of its year.
    #[must_use]
    pub(crate) fn end_of_year(self) -> Self {
        Self {
            month: 12,
            day: 31,
            ..self
        }
    }

    /// The same day a year on.
    pub(crate) fn next_year(self) -> Self {
        Self {
            year: self.year + 1,
            ..self
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The days of a month, 0 of what is no month.
fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

type Parts = (u32, Option<u32>, Option<u32>);

/// Year, month and day as far as they are written.
fn parts(text: &str) -> Result<Parts, DateError> {
    let wrong = || DateError::NotADate(text.to_owned());
    let narrow = narrow(text);
    let (day, time) = narrow
        .split_once([' ', 'T'])
        .unwrap_or((narrow.as_str(), ""));
    let is_time = |letter: char| letter.is_ascii_digit() || ":.Z+-".contains(letter);
    if !time.trim().chars().all(is_time) {
        return Err(wrong());
    }
    let number = |digits: &str, most: usize| {
        let sound =
            (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        sound
            .then(|| digits.parse::<u32>().ok())
            .flatten()
            .ok_or_else(wrong)
    };
    if day.bytes().all(|byte| byte.is_ascii_digit()) && day.len() > 4 {
        let (year, rest) = day.split_at(4);
        return match rest.len() {
            2 => Ok((number(year, 4)?, Some(number(rest, 2)?), None)),
            4 => Ok((
                number(year, 4)?,
                Some(number(&rest[..2], 2)?),
                Some(number(&rest[2..], 2)?),
            )),
            _ => Err(wrong()),
        };
    }
    let bare = day.trim_end_matches(['日', '号', '月', '年']);
    let pieces: Vec<&str> = bare.split(['-', '/', '.', '年', '月']).collect();
    match pieces.as_slice() {
        [year] => Ok((number(year, 4)?, None, None)),
        [year, month] => Ok((number(year, 4)?, Some(number(month, 2)?), None)),
        [year, month, day] => Ok((
            number(year, 4)?,
            Some(number(month, 2)?),
            Some(number(day, 2)?),
        )),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::{InLanguage, is_chinese};

    #[test]
    fn days_are_read_as_registers_write_them() {
        let day = Date::new(2024, 2, 26).unwrap();
        for text in [
            "2024-02-26",
            "2024/2/26",
            "2024.2.26",
            "2024年2月26日",
            "２０２４年２月２６日",
            "20240226",
            " 2024-02-26 00:00:00 ",
            "2024-02-26T08:30:00Z",
        ] {
            assert_eq!(Date::first_of(text), Ok(day), "{text}");
            assert_eq!(Date::last_of(text), Ok(day), "{text}");
        }
        for (text, first, last) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2023年", "2023-01-01", "2023-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("202302", "2023-02-01", "2023-02-28"),
            ("2024年11月", "2024-11-01", "2024-11-30"),
        ] {
            assert_eq!(Date::first_of(text).unwrap().to_string(), first);
            assert_eq!(Date::last_of(text).unwrap().to_string(), last);
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "soon",
            "2024-2-",
            "45348",
            "2024-02-26 noon",
            "1-2-3-4",
            "2024年2月26日晚",
            "−2024",
        ] {
            assert_eq!(
                Date::first_of(text),
                Err(DateError::NotADate(text.into())),
                "{text}"
            );
        }
        // 1900 and 2100 have no 29 February, 2000 has.
        assert!(Date::new(2000, 2, 29).is_ok());
        for (year, month, day) in [
            (1900, 2, 29),
            (2100, 2, 29),
            (2023, 4, 31),
            (2023, 13, 1),
            (2023, 1, 0),
        ] {
            assert_eq!(
                Date::new(year, month, day),
                Err(DateError::NoSuchDay { year, month, day })
            );
        }
        assert_eq!(
            Date::last_of("2024-13"),
            Err(DateError::NoSuchDay {
                year: 2024,
                month: 13,
                day: 0
            })
        );
        assert_eq!(Date::first_of("24-2-26"), Err(DateError::Year(24)));
        for error in [
            DateError::NotADate("x".into()),
            DateError::Year(24),
            DateError::NoSuchDay {
                year: 2023,
                month: 4,
                day: 31,
            },
        ] {
            assert!(is_chinese(&error.zh()) && !is_chinese(&error.to_string()));
        }
    }

    #[test]
    fn weeks_begin_on_mondays() {
        let day = |text: &str| Date::first_of(text).unwrap();
        assert_eq!(day("1970-01-01").days(), 0);
        assert_eq!(day("2000-03-01").days(), 11_017);
        // By the calendar on the wall.
        for (text, monday) in [
            ("2026-11-30", "2026-11-30"),
            ("2026-12-06", "2026-11-30"),
            ("2027-01-01", "2026-12-28"),
            ("2024-03-01", "2024-02-26"),
            ("2024-02-29", "2024-02-26"),
            ("2025-03-01", "2025-02-24"),
        ] {
            assert_eq!(day(text).monday(), day(monday), "{text}");
        }
        // Day by day over a leap year each is one more.
        let mut last = day("2023-12-31").days();
        for month in 1..=12 {
            for of_month in 1..=days_in(2024, month) {
                let date = Date::new(2024, month, of_month).unwrap();
                assert_eq!(date.days(), last + 1);
                assert_eq!(date.next().map(Date::days), Some(last + 2));
                last = date.days();
            }
        }
    }

    #[test]
    fn later_days_are_greater() {
        let days = ["2023-12-31", "2024-01-31", "2024-02-01", "2024-02-02"]
            .map(|text| Date::first_of(text).unwrap());
        assert!(days.is_sorted());
        assert_eq!(days[2].end_of_year().next_year().to_string(), "2025-12-31");
        assert_eq!(days[0].year(), 2023);
    }
}
