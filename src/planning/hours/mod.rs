//! Opening hours of stations: who is covered at a time of the week, and how the week goes.

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod ask;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod found;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod over_week;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
mod services;
mod station_hours;

#[cfg(all(feature = "report", feature = "osm", feature = "geojson"))]
pub(crate) use ask::AllOpen;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub(crate) use ask::hours_of_stations;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) use services::{HoursOfServices, own_hours_of};
pub use station_hours::{HoursRead, StationHours};

use crate::coverage::WeekCoverage;
use crate::hours::TimeOfWeek;
use crate::units::People;

/// What is asked about opening hours. Nothing is by default, and stations serve at all hours then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HoursPlan {
    /// The time at which stations serve: those that are closed then serve nobody.
    pub at: Option<TimeOfWeek>,
    /// Whether the whole week is counted. Where a day is asked for, it is the week of that day.
    pub week: bool,
}

impl HoursPlan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What comes of opening hours.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HoursAnswer {
    /// What was asked.
    pub plan: HoursPlan,
    /// The hours of each station, in the order of the stations.
    pub stations: Vec<StationHours>,
    /// Who is covered at the time that is asked for.
    pub moment: Option<MomentCoverage>,
    /// Who is covered when in the week.
    pub week: Option<WeekCoverage>,
}

/// Who is covered at a time of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MomentCoverage {
    /// The time.
    pub at: TimeOfWeek,
    /// The stations that are not known to be closed.
    pub open: usize,
    /// The stations that are closed.
    pub closed: usize,
    /// The people who are covered.
    pub covered: People,
    /// The people among them of whose stations none is known to be open.
    pub not_sure: People,
    /// The people who would be covered if all stations were open.
    pub when_all_open: People,
}
