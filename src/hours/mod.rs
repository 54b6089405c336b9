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

/// Whether a cell says opening hours, of which nothing is known here.
#[cfg(not(feature = "hours"))]
pub(crate) fn is_hours(_: &str) -> bool {
    false
}
