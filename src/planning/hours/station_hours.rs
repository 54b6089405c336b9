//! The hours of one station, and how its cell was read.

use crate::hours::{HoursError, OpenTimes, OpeningHours, Writing};
use crate::model::Date;

/// The hours of a station.
#[derive(Clone, Debug)]
pub struct StationHours {
    /// What its cell says; `None` where it is blank.
    pub written: Option<String>,
    /// How that was read.
    pub read: HoursRead,
    /// When it is open.
    pub times: OpenTimes,
}

/// How the hours of a station were read.
#[derive(Clone, Debug)]
pub enum HoursRead {
    /// They are understood.
    Understood(OpeningHours),
    /// Some is written, and not understood.
    NotUnderstood,
    /// Nothing is written.
    Blank,
}

impl StationHours {
    /// Reads a cell, for the week of a day where one is said. What is not read is neither open nor closed.
    #[must_use]
    pub fn read(cell: Option<&str>, day: Option<Date>) -> Self {
        // Of a column that offices use for both, some cells say since when a station is open.
        let cell = cell.filter(|cell| Date::first_of(cell).is_err());
        let read = match cell.map(OpeningHours::read) {
            None => HoursRead::Blank,
            Some(Ok(hours)) => HoursRead::Understood(hours),
            Some(Err(HoursError::NotUnderstood(_))) => HoursRead::NotUnderstood,
        };
        let times = match &read {
            HoursRead::Understood(hours) => hours.open_times(day),
            HoursRead::NotUnderstood | HoursRead::Blank => OpenTimes::unknown(),
        };
        Self {
            written: cell.map(str::to_owned),
            read,
            times,
        }
    }

    /// The hours, where they are understood.
    #[must_use]
    pub fn hours(&self) -> Option<&OpeningHours> {
        match &self.read {
            HoursRead::Understood(hours) => Some(hours),
            HoursRead::NotUnderstood | HoursRead::Blank => None,
        }
    }

    /// How they are written, in a word of tables: `osm`, `office`, `not_understood`, `blank`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.read {
            HoursRead::Understood(hours) => match hours.writing() {
                Writing::Osm => "osm",
                Writing::Office => "office",
            },
            HoursRead::NotUnderstood => "not_understood",
            HoursRead::Blank => "blank",
        }
    }
}
