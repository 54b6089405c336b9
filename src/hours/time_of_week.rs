//! A time of the week, or of a day of the calendar, as people ask for it.

use std::fmt;
use std::str::FromStr;

use super::clock::{DAY, minutes_of};
use super::weekdays::weekdays_of;
use crate::model::{Date, DateError};
use crate::text::language::{InLanguage, Language};
use crate::text::plain::narrow;
use crate::text::words::sentences;

/// The days of a week in two letters, as OpenStreetMap writes them.
pub(crate) const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// The same in three letters and in Chinese.
const LONGER: [[&str; 2]; 7] = [
    ["Mon", "周一"],
    ["Tue", "周二"],
    ["Wed", "周三"],
    ["Thu", "周四"],
    ["Fri", "周五"],
    ["Sat", "周六"],
    ["Sun", "周日"],
];

/// Words before a time that say which half of the day it is of.
const HALVES: [&str; 5] = ["上午", "早", "下午", "晚", "中午"];

/// A time of the week by the clock of the place: nothing is known of time zones. A day of the calendar may be said with it, for
/// hours that follow the season.
///
/// ```
/// use pedshed::hours::TimeOfWeek;
/// let time: TimeOfWeek = "Tue 10:00".parse()?;
/// assert_eq!(time, "周二10:00".parse()?);
/// assert_eq!(time, "weekday".parse()?);
/// assert_eq!(time.minute(), 24 * 60 + 600);
/// // 1 December 2026 is a Tuesday.
/// let day: TimeOfWeek = "2026-12-01 10:00".parse()?;
/// assert_eq!(day.minute(), time.minute());
/// assert_eq!(day.to_string(), "Tue 2026-12-01 10:00");
/// # Ok::<(), pedshed::hours::TimeOfWeekError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TimeOfWeek {
    date: Option<Date>,
    minute: u16,
}

/// Why a text is no time of the week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeOfWeekError {
    /// No day of the week and time.
    NotATimeOfWeek(String),
    /// A day that the calendar does not have.
    Date(#[from] DateError),
}

sentences!(TimeOfWeekError {
    NotATimeOfWeek(text);
    Date(error);
});

impl TimeOfWeek {
    /// Tuesday 10:00: what stands for a weekday.
    pub const WEEKDAY: Self = Self::of_week(1, 10 * 60);
    /// Tuesday 19:00: what stands for an evening.
    pub const EVENING: Self = Self::of_week(1, 19 * 60);
    /// Saturday 10:00: what stands for a weekend.
    pub const WEEKEND: Self = Self::of_week(5, 10 * 60);

    /// What stands for more than itself, by the name that it is asked for by.
    pub const NAMED: [(&'static str, Self); 3] = [
        ("weekday", Self::WEEKDAY),
        ("evening", Self::EVENING),
        ("weekend", Self::WEEKEND),
    ];

    /// The same in Chinese.
    const NAMED_ZH: [(&'static str, Self); 3] = [
        ("工作日", Self::WEEKDAY),
        ("晚上", Self::EVENING),
        ("周末", Self::WEEKEND),
    ];

    /// A minute of the week of a day, or of any.
    pub(crate) const fn at_minute(minute: u16, date: Option<Date>) -> Self {
        Self { date, minute }
    }

    const fn of_week(day: u16, minute: u16) -> Self {
        Self {
            date: None,
            minute: day * DAY + minute,
        }
    }

    /// Minutes after the beginning of Monday.
    #[must_use]
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// The day of the calendar, where one is said.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        self.date
    }
}

impl FromStr for TimeOfWeek {
    type Err = TimeOfWeekError;

    fn from_str(text: &str) -> Result<Self, TimeOfWeekError> {
        let plain = narrow(text).to_lowercase();
        let mut named = Self::NAMED.iter().chain(&Self::NAMED_ZH);
        if let Some((_, time)) = named.find(|(name, _)| *name == plain) {
            return Ok(*time);
        }
        let wrong = || TimeOfWeekError::NotATimeOfWeek(text.to_owned());
        let [day, clock] = day_and_clock(&plain).ok_or_else(wrong)?;
        let minute = minutes_of(clock.trim()).map_err(|_| wrong())?;
        if minute >= DAY {
            return Err(wrong());
        }
        if day.starts_with(|first: char| first.is_ascii_digit()) {
            let date = Date::first_of(day)?;
            // A month alone is no day.
            if Date::last_of(day) != Ok(date) {
                return Err(wrong());
            }
            return Ok(Self {
                date: Some(date),
                minute: date.weekday() * DAY + minute,
            });
        }
        let days = weekdays_of(day.trim()).ok_or_else(wrong)?;
        let mut of_week = (0..7).filter(|day| days[usize::from(*day)]);
        match (of_week.next(), of_week.next()) {
            (Some(day), None) => Ok(Self::of_week(day, minute)),
            _ => Err(wrong()),
        }
    }
}

/// The day and the time of a text: a date ends at a space, a day of the week at the first digit or word of the half of the day.
fn day_and_clock(plain: &str) -> Option<[&str; 2]> {
    if plain.starts_with(|first: char| first.is_ascii_digit()) {
        return plain.split_once([' ', 't']).map(Into::into);
    }
    let digit = plain.find(|letter: char| letter.is_ascii_digit());
    let halves = HALVES.iter().filter_map(|word| plain.find(word));
    let begins = halves.chain(digit).min()?;
    Some(plain.split_at(begins).into())
}

impl fmt::Display for TimeOfWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::En))
    }
}

impl InLanguage for TimeOfWeek {
    fn zh(&self) -> String {
        self.in_language(Language::Zh)
    }

    fn in_language(&self, language: Language) -> String {
        let [en, zh] = LONGER[usize::from(self.minute / DAY)];
        let day = language.pick(en, zh);
        let clock = self.minute % DAY;
        let (hour, minute) = (clock / 60, clock % 60);
        match self.date {
            Some(date) => format!("{day} {date} {hour:02}:{minute:02}"),
            None => format!("{day} {hour:02}:{minute:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_the_week_is_asked_for_in_many_ways() {
        for text in [
            "Tue 10:00",
            "tuesday 10:00",
            "Tue 10am",
            "周二 10:00",
            "星期二10点",
            "周二上午10:00",
            "weekday",
            "Weekday",
            "工作日",
        ] {
            assert_eq!(text.parse(), Ok(TimeOfWeek::WEEKDAY), "{text}");
        }
        for text in [
            "evening",
            "晚上",
            "周二晚7点",
            "周二晚上7:00",
            "Tue 7:00 pm",
        ] {
            assert_eq!(text.parse(), Ok(TimeOfWeek::EVENING), "{text}");
        }
        for text in ["weekend", "周末", "Sat 10:00", "星期六 10:00"] {
            assert_eq!(text.parse(), Ok(TimeOfWeek::WEEKEND), "{text}");
        }
        for text in ["2026-12-01 10:00", "2026年12月1日 10点", "2026-12-01T10:00"] {
            let time: TimeOfWeek = text.parse().expect("a time");
            assert_eq!(time.minute(), TimeOfWeek::WEEKDAY.minute(), "{text}");
            assert_eq!(time.date(), Date::new(2026, 12, 1).ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_of_the_week_is_refused() {
        for text in [
            "",
            "Tue",
            "10:00",
            "soon 10:00",
            "Tue 25:00",
            "Tue 24:00",
            "Mon-Fri 10:00",
            "2026-12 10:00",
            "2026-12-01",
            "Tue 10",
            "noon",
        ] {
            let read = text.parse::<TimeOfWeek>();
            let wrong = matches!(read, Err(TimeOfWeekError::NotATimeOfWeek(_)));
            assert!(wrong, "{text}: {read:?}");
        }
        let read = "2026-02-30 10:00".parse::<TimeOfWeek>();
        assert!(matches!(read, Err(TimeOfWeekError::Date(_))), "{read:?}");
    }
}
