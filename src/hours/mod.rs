//! When something is open: hours as OpenStreetMap and as offices write them, the minutes of a week, and a time of the week to ask
//! about. By the clock of the place: no time zone is known, and a week has no change of clocks.

pub(crate) mod clock;
#[cfg(feature = "hours")]
mod office;
#[cfg(feature = "hours")]
mod opening;
#[cfg(all(test, feature = "hours"))]
mod opening_tests;
mod time_of_week;
mod week;
mod weekdays;

#[cfg(feature = "hours")]
pub use opening::{HoursError, OpeningHours, Writing};
pub(crate) use time_of_week::DAYS;
pub use time_of_week::{TimeOfWeek, TimeOfWeekError};
pub use week::{OpenTimes, WEEK, WeekHours};
pub(crate) use weekdays::weekdays_of;

/// Whether a cell says opening hours.
#[cfg(feature = "hours")]
pub(crate) fn is_hours(cell: &str) -> bool {
    OpeningHours::read(cell).is_ok()
}

/// Whether something with these hours is open at a time of the week; `None` where they are not understood, or ask for more than that.
#[cfg(feature = "hours")]
pub(crate) fn is_open_at(hours: &str, at: TimeOfWeek) -> Option<bool> {
    let times = OpeningHours::read(hours).ok()?.open_times(at.date());
    let open = times.certain.is_open(at.minute());
    (open == times.possible.is_open(at.minute())).then_some(open)
}

/// The minutes at which something with these hours opens or closes in the week of a day; none where they are not understood.
#[cfg(feature = "hours")]
pub(crate) fn changes_of(hours: &str, day: Option<crate::model::Date>) -> Vec<u16> {
    let Ok(hours) = OpeningHours::read(hours) else {
        return Vec::new();
    };
    let OpenTimes { certain, possible } = hours.open_times(day);
    let spans = certain.spans().iter().chain(possible.spans());
    spans.flatten().copied().collect()
}

/// The same, where no hours are understood.
#[cfg(not(feature = "hours"))]
pub(crate) fn changes_of(_: &str, _: Option<crate::model::Date>) -> Vec<u16> {
    Vec::new()
}

/// The same, where no hours are understood.
#[cfg(not(feature = "hours"))]
pub(crate) fn is_open_at(_: &str, _: TimeOfWeek) -> Option<bool> {
    None
}

/// Whether a cell says opening hours, of which nothing is known here.
#[cfg(not(feature = "hours"))]
pub(crate) fn is_hours(_: &str) -> bool {
    false
}
