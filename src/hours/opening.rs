//! Opening hours as they are written in a cell or a tag.

use chrono::NaiveDate;
use opening_hours::{OpeningHours as Expression, RuleKind};
use opening_hours_syntax::rules::RuleSequence;
use opening_hours_syntax::rules::day::WeekDayRange;
use opening_hours_syntax::rules::time::{Time, TimeSpan};

use super::clock::DAY;
use super::office::in_osm_grammar;
use super::week::{OpenTimes, WEEK, WeekHours};
use crate::model::Date;
use crate::text::plain::narrow;
use crate::text::words::sentences;

/// The longest text that is read: OpenStreetMap's values have 255 characters at most.
const LONGEST: usize = 2_000;

/// Opening hours as they are written: in OpenStreetMap's grammar, or as offices write them.
///
/// ```
/// use pedshed::hours::{OpeningHours, Writing};
/// let office = OpeningHours::read("周一至周五 8:30-12:00，14:30-18:00（节假日除外）")?;
/// assert_eq!(office.writing(), Writing::Office);
/// assert_eq!(office.in_osm_grammar(), "Mo-Fr 08:30-12:00,14:30-18:00; PH closed");
/// // Seven hours on five days.
/// assert_eq!(office.open_times(None).certain.minutes(), 5 * 7 * 60);
/// # Ok::<(), pedshed::hours::HoursError>(())
/// ```
#[derive(Clone, Debug)]
pub struct OpeningHours {
    expression: Expression,
    writing: Writing,
    text: String,
    asks: Asks,
}

/// How opening hours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Writing {
    /// In OpenStreetMap's grammar.
    Osm,
    /// As offices write them.
    Office,
}

/// Why a text is not read as opening hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HoursError {
    /// Some of it is understood in neither writing, or its parts contradict each other.
    NotUnderstood(String),
}

sentences!(HoursError {
    NotUnderstood(text);
});

/// What must be known beside the day of the week and the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asks {
    date: bool,
    holidays: bool,
    sun: bool,
}

impl OpeningHours {
    /// Reads a cell or a tag.
    ///
    /// # Errors
    /// [`HoursError::NotUnderstood`].
    pub fn read(text: &str) -> Result<Self, HoursError> {
        let wrong = || HoursError::NotUnderstood(text.trim().to_owned());
        let plain = narrow(text);
        // A day on which something opened is no time at which it opens, and a bare number is nothing.
        let is_day =
            Date::first_of(&plain).is_ok() || plain.bytes().all(|byte| byte.is_ascii_digit());
        if is_day || plain.len() > LONGEST {
            return Err(wrong());
        }
        if let Some(hours) = Self::from_osm(&plain, Writing::Osm) {
            return Ok(hours);
        }
        let osm = in_osm_grammar(text).ok_or_else(wrong)?;
        Self::from_osm(&osm, Writing::Office).ok_or_else(wrong)
    }

    fn from_osm(text: &str, writing: Writing) -> Option<Self> {
        let expression: Expression = text.parse().ok()?;
        let rules = &expression.get_expression().rules;
        let spans = || rules.iter().flat_map(|rule| &rule.time_selector.spans);
        // A departure every half hour is no time at which something is open.
        if spans().any(|span| span.repeats.is_some()) {
            return None;
        }
        let asks = Asks {
            date: rules.iter().any(asks_for_date),
            holidays: rules.iter().any(asks_for_holidays),
            sun: spans().any(asks_for_sun),
        };
        Some(Self {
            text: expression.to_string(),
            expression,
            writing,
            asks,
        })
    }

    /// How they are written.
    #[must_use]
    pub fn writing(&self) -> Writing {
        self.writing
    }

    /// The same in OpenStreetMap's grammar.
    #[must_use]
    pub fn in_osm_grammar(&self) -> &str {
        &self.text
    }

    /// Whether they follow the season, the weeks of the year or of the month: without a date nothing is known of them.
    #[must_use]
    pub fn asks_for_date(&self) -> bool {
        self.asks.date
    }

    /// Whether they are others on holidays. No calendar of holidays is read: every day is taken as an ordinary one.
    #[must_use]
    pub fn asks_for_holidays(&self) -> bool {
        self.asks.holidays
    }

    /// Whether they follow the sun, of which nothing is known here.
    #[must_use]
    pub fn asks_for_sun(&self) -> bool {
        self.asks.sun
    }

    /// When it is open in the week of a day, or in any ordinary week where none is said. Nothing is known where they follow the
    /// sun, or the season and no day is said.
    #[must_use]
    pub fn open_times(&self, day: Option<Date>) -> OpenTimes {
        if self.asks.sun || self.asks.date && day.is_none() {
            return OpenTimes::unknown();
        }
        let Some(monday) = day.map_or_else(ordinary_monday, monday_of) else {
            return OpenTimes::unknown();
        };
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        for (begins_at, date) in (0..WEEK).step_by(DAY.into()).zip(monday.iter_days()) {
            for period in self.expression.schedule_at(date) {
                let [begins, ends] = [period.range.start, period.range.end]
                    .map(|time| begins_at + time.mins_from_midnight().min(DAY));
                match period.kind {
                    RuleKind::Open => {
                        certain.push([begins, ends]);
                        possible.push([begins, ends]);
                    }
                    RuleKind::Unknown => possible.push([begins, ends]),
                    RuleKind::Closed => {}
                }
            }
        }
        OpenTimes {
            certain: WeekHours::from_spans(certain),
            possible: WeekHours::from_spans(possible),
        }
    }
}

/// The Monday of a week like any other: what does not ask for a date is the same in all.
fn ordinary_monday() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2001, 1, 1)
}

/// The Monday of the week of a day.
fn monday_of(day: Date) -> Option<NaiveDate> {
    let [year, month, day] = day.monday().year_month_day();
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

fn asks_for_date(rule: &RuleSequence) -> bool {
    let days = &rule.day_selector;
    let is_of_month = |range: &WeekDayRange| match range {
        WeekDayRange::Fixed {
            nth_from_start,
            nth_from_end,
            ..
        } => ![nth_from_start, nth_from_end]
            .iter()
            .any(|nth| nth.iter().all(|one| *one)),
        WeekDayRange::Holiday { .. } => false,
    };
    !(days.year.is_empty() && days.monthday.is_empty() && days.week.is_empty())
        || days.weekday.iter().any(is_of_month)
}

fn asks_for_holidays(rule: &RuleSequence) -> bool {
    let mut weekdays = rule.day_selector.weekday.iter();
    weekdays.any(|range| matches!(range, WeekDayRange::Holiday { .. }))
}

fn asks_for_sun(span: &TimeSpan) -> bool {
    [&span.range.start, &span.range.end]
        .into_iter()
        .any(|time| matches!(time, Time::Variable(_)))
}
