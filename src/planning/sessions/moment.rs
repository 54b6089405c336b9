//! Days with a time, as calendars write them. They are those of the place's own clock: nothing is known of time zones, and a
//! session over a change of clocks keeps the times that people read on the wall.

use std::fmt;
use std::str::FromStr;

use crate::hours::clock::{self, DAY};
use crate::model::{Date, DateError};
#[cfg(feature = "report")]
use crate::text::plain::narrow;
use crate::text::words::sentences;

/// A day and a time of it; a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Moment {
    date: Date,
    /// Minutes after midnight; 24:00 is the end of the day.
    minute: u16,
}

/// Why a text is no time of a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MomentError {
    /// No time of a day: it has hours from 0 to 24 and minutes below 60.
    NotATime(String),
    /// No day.
    Date(#[from] DateError),
}

sentences!(MomentError {
    NotATime(text);
    Date(error);
});

impl Moment {
    /// A time of a day.
    ///
    /// # Errors
    /// [`MomentError::NotATime`] for an hour after 24 or a minute after 59.
    pub fn new(date: Date, hour: u16, minute: u16) -> Result<Self, MomentError> {
        let minutes = hour.saturating_mul(60).saturating_add(minute);
        if minute > 59 || minutes > DAY {
            return Err(MomentError::NotATime(format!("{hour}:{minute:02}")));
        }
        Ok(Self {
            date,
            minute: minutes,
        })
    }

    /// Its day.
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// Its hour, 24 at the end of the day, and its minute.
    #[must_use]
    pub const fn clock(self) -> [u16; 2] {
        [self.minute / 60, self.minute % 60]
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [hour, minute] = self.clock();
        write!(f, "{} {hour:02}:{minute:02}", self.date)
    }
}

/// A time of any day, from when till when.
///
/// ```
/// use pedshed::planning::sessions::Slot;
/// let slot: Slot = "15:30-17:30".parse()?;
/// assert_eq!(slot.to_string(), "15:30-17:30");
/// assert!("17:30-15:30".parse::<Slot>().is_err());
/// # Ok::<(), pedshed::planning::sessions::MomentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Slot {
    begins: u16,
    ends: u16,
}

impl Slot {
    /// When it begins, in minutes after midnight.
    #[must_use]
    pub const fn begins(self) -> u16 {
        self.begins
    }

    /// When it ends, in minutes after midnight.
    #[must_use]
    pub const fn ends(self) -> u16 {
        self.ends
    }

    /// Its beginning and its end on a day.
    pub(super) fn on(self, date: Date) -> [Moment; 2] {
        [self.begins, self.ends].map(|minute| Moment { date, minute })
    }
}

impl FromStr for Slot {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let [begins, ends] = times_of(text)?;
        if begins >= ends {
            return Err(MomentError::NotATime(text.to_owned()));
        }
        Ok(Self { begins, ends })
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}-{}", clock(self.begins), clock(self.ends))
    }
}

/// The cells of a calendar that say when a session is.
#[cfg(feature = "report")]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SessionTime<'a> {
    /// A day.
    pub(crate) date: Option<&'a str>,
    /// From when till when: `15:30-17:30`.
    pub(crate) time: Option<&'a str>,
    /// When it begins: a time, or a day and a time.
    pub(crate) start: Option<&'a str>,
    /// When it ends.
    pub(crate) end: Option<&'a str>,
}

#[cfg(feature = "report")]
impl SessionTime<'_> {
    /// Whether nothing says when.
    pub(crate) fn is_blank(self) -> bool {
        let Self {
            date,
            time,
            start,
            end,
        } = self;
        date.or(time).or(start).or(end).is_none()
    }

    /// When the session begins and ends, as far as that is said: with a day alone from its first to its last minute.
    ///
    /// # Errors
    /// [`MomentError`], with the text that is not understood.
    pub(crate) fn read(self) -> Result<[Moment; 2], MomentError> {
        let [mut from, mut to] = [self.start, self.end].map(|text| text.map(Written::read));
        if let Some(range) = self.time {
            let [begin, end] = times_of(range)?;
            from = from.or(Some(Ok(Written::at(begin))));
            to = to.or(Some(Ok(Written::at(end))));
        }
        let [from, to] = [from.transpose()?, to.transpose()?];
        let said = self.date.map(Date::first_of).transpose()?;
        let own = |written: Option<Written>| written.and_then(|written| written.date);
        let date = own(from).or(said).or(own(to));
        let date = date.ok_or_else(|| {
            let text = self.start.or(self.time).or(self.end);
            DateError::NotADate(text.unwrap_or_default().to_owned())
        })?;
        let time = |written: Option<Written>, otherwise| {
            written.and_then(|one| one.minute).unwrap_or(otherwise)
        };
        let begins = Moment {
            date,
            minute: time(from, 0),
        };
        let ends = Moment {
            date: own(to).unwrap_or(date),
            minute: time(to, DAY),
        };
        Ok([begins, ends])
    }
}

/// What a cell says: a day, a time, or both.
#[cfg(feature = "report")]
#[derive(Clone, Copy, Debug)]
struct Written {
    date: Option<Date>,
    minute: Option<u16>,
}

#[cfg(feature = "report")]
impl Written {
    fn at(minute: u16) -> Self {
        Self {
            date: None,
            minute: Some(minute),
        }
    }

    fn read(text: &str) -> Result<Self, MomentError> {
        if let Ok(minute) = minutes_of(text) {
            return Ok(Self::at(minute));
        }
        let plain = narrow(text);
        let parted = plain.split_once([' ', 'T']);
        let date = Date::first_of(parted.map_or(&plain, |(day, _)| day))?;
        let clock = parted.map(|(_, clock)| clock.trim());
        let minute = clock.filter(|clock| !clock.is_empty()).map(minutes_of);
        Ok(Self {
            date: Some(date),
            minute: minute.transpose()?,
        })
    }
}

/// The two times of a range.
fn times_of(text: &str) -> Result<[u16; 2], MomentError> {
    clock::times_of(text).map_err(MomentError::NotATime)
}

/// Minutes after midnight.
#[cfg(feature = "report")]
fn minutes_of(text: &str) -> Result<u16, MomentError> {
    clock::minutes_of(text).map_err(MomentError::NotATime)
}

#[cfg(all(test, feature = "report"))]
mod tests {
    use super::*;

    fn read(date: &str, time: &str, start: &str, end: &str) -> Result<[String; 2], MomentError> {
        fn cell(text: &str) -> Option<&str> {
            Some(text).filter(|text| !text.is_empty())
        }
        let time = SessionTime {
            date: cell(date),
            time: cell(time),
            start: cell(start),
            end: cell(end),
        };
        Ok(time.read()?.map(|moment| moment.to_string()))
    }

    #[test]
    fn a_calendar_may_write_a_session_in_many_ways() {
        let afternoon = ["2026-11-05 15:30", "2026-11-05 17:30"].map(str::to_owned);
        for [date, time, start, end] in [
            ["2026-11-05", "15:30-17:30", "", ""],
            ["2026年11月5日", "１５：３０—１７：３０", "", ""],
            ["2026/11/5", "下午3:30至5点30分", "", ""],
            ["20261105", "15:30～17:30", "", ""],
            ["2026-11-05", "", "15:30", "17:30:00"],
            ["", "", "2026-11-05 15:30", "2026-11-05T17:30"],
            ["", "", "2026-11-05 15:30", "17:30"],
        ] {
            let found = read(date, time, start, end);
            assert_eq!(
                found.as_ref(),
                Ok(&afternoon),
                "{date} {time} {start} {end}"
            );
        }
        // A day alone is all of it.
        let day = ["2026-11-05 00:00", "2026-11-05 24:00"].map(str::to_owned);
        assert_eq!(read("2026-11-05", "", "", ""), Ok(day));
        // Over midnight the end has a day of its own.
        let night = ["2026-12-31 20:00", "2027-01-01 00:30"].map(str::to_owned);
        assert_eq!(
            read("", "", "2026-12-31 20:00", "2027-01-01 0:30"),
            Ok(night)
        );
    }

    #[test]
    fn what_is_no_time_is_refused_with_its_text() {
        for (date, time, start, wrong) in [
            ("2026-11-05", "afternoon", "", "afternoon"),
            ("2026-11-05", "25:00-26:00", "", "25:00"),
            ("2026-11-05", "9:70-10:00", "", "9:70"),
        ] {
            let error = read(date, time, start, "").expect_err("no time");
            assert_eq!(error, MomentError::NotATime(wrong.to_owned()));
        }
        for (date, start) in [("2026-02-30", "10:00"), ("", "10:00"), ("soon", "10:00")] {
            let error = read(date, "", start, "11:00").expect_err("no day");
            assert!(matches!(error, MomentError::Date(_)), "{error:?}");
        }
        assert!(Moment::new(Date::new(2026, 11, 5).expect("a day"), 24, 1).is_err());
    }

    #[test]
    fn words_of_the_day_part_say_which_half_is_meant() {
        for (text, minutes) in [
            ("上午9:00", 540),
            ("下午2点半", 870),
            ("晚7点", 1140),
            ("12:00", 720),
            ("下午12:30", 750),
            ("24:00", 1440),
        ] {
            assert_eq!(minutes_of(text), Ok(minutes), "{text}");
        }
    }
}
