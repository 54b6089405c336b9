//! Travelling sessions: lecturers or teams who come to a place for an hour or two. Who had one within reach in a period, who had
//! none, and how many seats there were for how many people.

mod attendance;
mod days;
mod moment;
mod next;
mod sums;

pub use attendance::{Attendance, Reached, Week};
#[cfg(feature = "report")]
pub(crate) use days::SessionDays;
#[cfg(feature = "report")]
pub(crate) use moment::SessionTime;
pub use moment::{Moment, MomentError, Slot};
pub use next::{Lecturer, Opening, Openings};
pub use sums::SessionSums;

use crate::id::StationId;
use crate::planning::register::Date;
use crate::units::People;

/// A session of a calendar.
///
/// ```
/// use pedshed::planning::register::Date;
/// use pedshed::planning::sessions::{Moment, Session};
/// use pedshed::prelude::StationId;
/// let day = Date::new(2026, 11, 5)?;
/// let session = Session::new(StationId(0), Moment::new(day, 15, 30)?, Moment::new(day, 17, 30)?);
/// assert_eq!(session.begins.to_string(), "2026-11-05 15:30");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Session {
    /// Where it is: a station, or after the last one a further place.
    pub station: StationId,
    /// When it begins, by the clock of its place.
    pub begins: Moment,
    /// When it ends.
    pub ends: Moment,
    /// What it is about.
    pub topic: Option<String>,
    /// The tier of the team that holds it: street, community, compound.
    pub tier: Option<String>,
    /// Who holds it.
    pub team: Option<String>,
    /// How many people can take part, where that is known.
    pub seats: Option<People>,
    /// Where it stands in the calendar: file and line.
    pub source: String,
}

impl Session {
    /// A session of which only place and time are known.
    #[must_use]
    pub fn new(station: StationId, begins: Moment, ends: Moment) -> Self {
        Self {
            station,
            begins,
            ends,
            topic: None,
            tier: None,
            team: None,
            seats: None,
            source: String::new(),
        }
    }

    /// The day on which it begins.
    #[must_use]
    pub fn day(&self) -> Date {
        self.begins.date()
    }
}
