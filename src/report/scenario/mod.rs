//! The files of scenarios, and of two finished runs that are compared.

mod geojson;
mod hours;
mod on_page;
mod summary;
mod tables;

use geo_types::Coord;

use super::SitingReport;
use crate::coverage::WeekCoverage;
use crate::hours::TimeOfWeek;
use crate::scenario::{Applied, ChangeSums, Comparison, Outcome};

/// One way the city might be, beside how it is.
#[derive(Clone, Debug)]
pub(crate) struct OneScenario<'a> {
    /// What it is called.
    pub(crate) name: &'a str,
    /// What people say of it.
    pub(crate) note: Option<&'a str>,
    /// What became of its edits.
    pub(crate) applied: &'a [Applied],
    /// How everybody comes out.
    pub(crate) outcome: &'a Outcome,
    /// What changes.
    pub(crate) comparison: &'a Comparison,
    /// By area.
    pub(crate) by_area: Vec<ChangeSums>,
    /// By group.
    pub(crate) by_group: Vec<ChangeSums>,
    /// Whether everything was analysed again; `None` where nothing was.
    pub(crate) in_full: Option<bool>,
}

/// The week as the city is, and of each scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HoursReport<'a> {
    /// The time that is asked for, where one is.
    pub(crate) at: Option<TimeOfWeek>,
    pub(crate) base: &'a WeekCoverage,
    pub(crate) scenarios: &'a [WeekCoverage],
}

/// Scenarios as the exporters see them.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioReport<'a> {
    /// What the city as it is is called.
    pub(crate) base_name: &'a str,
    /// How everybody comes out as it is.
    pub(crate) base: &'a Outcome,
    /// The ids of the resident records.
    pub(crate) ids: Vec<&'a str>,
    /// Where they are; none where that is not known.
    pub(crate) places: Vec<Option<Coord<f64>>>,
    /// The ids and names of the areas.
    pub(crate) areas: Vec<[&'a str; 2]>,
    /// The names of the groups.
    pub(crate) groups: Vec<&'a str>,
    /// The scenarios.
    pub(crate) scenarios: Vec<OneScenario<'a>>,
    /// The service that is asked about, where one is.
    pub(crate) service: Option<&'a str>,
    /// The week, where hours are asked about.
    pub(crate) hours: Option<HoursReport<'a>>,
    /// The choice of sites that the first scenario is, where it is one.
    pub(crate) plan: Option<SitingReport<'a>>,
}
