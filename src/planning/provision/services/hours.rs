//! What opening hours leave of services.

use crate::coverage::WeekCoverage;
use crate::hours::TimeOfWeek;
use crate::id::StationId;
use crate::units::People;

/// What opening hours leave of one service.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ServiceTimes {
    /// How many stations offer it, at whatever time.
    pub stations: usize,
    /// The hours that it has of its own at stations; at the others it is open when they are.
    pub own: Vec<OwnHours>,
    /// Who has it within the cutoff at the time that is asked for.
    pub moment: Option<ServiceMoment>,
    /// Who has it within the cutoff when in the week.
    pub week: Option<WeekCoverage>,
}

/// The hours that a service has of its own at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OwnHours {
    /// The station.
    pub station: StationId,
    /// How they are written, in a word of tables: `osm`, `office`, `not_understood`.
    pub kind: &'static str,
    /// What the cell says.
    pub written: String,
    /// The same in OpenStreetMap's grammar, where it is understood.
    pub in_osm_grammar: Option<String>,
    /// For how many minutes of the week the service is known to be open, where it is understood.
    pub open_minutes: Option<u16>,
}

/// Who has a service within the cutoff at a time of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ServiceMoment {
    /// The time.
    pub at: TimeOfWeek,
    /// The stations where it is not known to be closed.
    pub open: u32,
    /// The people who have it.
    pub within: People,
    /// The people among them who have it at a station where it is known to be open.
    pub surely_within: People,
    /// The people who would have it if it were open wherever it is offered.
    pub when_all_open: People,
}
