//! What is asked beside coverage, and which stations count for it.

use super::stations::opening;
use super::{cells, days};
#[cfg(feature = "isochrone")]
use crate::gaps::GapOptions;
use crate::inputs::Inputs;
use crate::model::{Fault, FindingCode, Profile, Station};
use crate::planning::register::{AuditRules, Date, is_open};
use crate::planning::standards::{Standard, Term};
use crate::text::language::words;
use crate::units::Cutoff;

/// A part of the people, as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortPlan {
    /// What it is called.
    pub name: String,
    /// The columns of the residents that count its people; they are added up.
    pub columns: Vec<String>,
    /// How its people walk.
    pub profile: Profile,
}

/// Whose stations count for a resident (归属规则).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MembershipRule {
    /// Any station of the tier.
    #[default]
    Any,
    /// For tiers of communities and grids only those of the resident's own community.
    Own,
}

/// What is asked beside coverage. Nothing is by default.
///
/// ```
/// use pedshed::Plan;
/// use pedshed::planning::standards::Standard;
/// let plan = Plan { standards: Standard::named("party-centre-tiers").into_iter().collect(), ..Plan::default() };
/// assert!(!plan.is_empty() && Plan::default().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By which standards; the tiers of the first that has any are scored, each with its circle.
    pub standards: Vec<Standard>,
    /// About which parts of the people.
    pub cohorts: Vec<CohortPlan>,
    /// About which services, by name; all that are offered where the list is empty, those of a standard where one lists any.
    pub services: Option<Vec<String>>,
    /// Whose stations count.
    pub membership: MembershipRule,
    /// On which day: stations that are not open do not count. Without a day no station is left out because of a date.
    pub as_of: Option<Date>,
    /// What stations are held to, where it is not what a standard says: [`Plan::audit_rules`].
    pub audit: Option<AuditRules>,
    /// The layers of further demand that were read, by their names, and their circles: the deciding cutoff where one has none
    /// of its own.
    pub demand: Vec<(String, Option<Cutoff>)>,
    /// Whether coverage is wanted by speed and by cutoff.
    pub sensitivity: bool,
    /// Whether the register is held against the communities that were read.
    pub register: bool,
    /// How the gaps of each part of the people are put together, where they are wanted.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<GapOptions>,
}

impl Plan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.standards.is_empty()
            && self.cohorts.is_empty()
            && self.services.is_none()
            && self.as_of.is_none()
            && !self.sensitivity
            && !self.register
            && self.demand.is_empty()
    }

    /// The services that are asked for by a standard's list of them; none where they are not, or others are asked for.
    fn listed_services(&self) -> &[Term] {
        if self.services.as_ref().is_none_or(|asked| !asked.is_empty()) {
            return &[];
        }
        self.service_terms()
    }

    /// The services of the first standard that lists any.
    pub(super) fn service_terms(&self) -> &[Term] {
        let mut lists = self.standards.iter().map(|standard| &standard.services);
        lists
            .find(|terms| !terms.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// The stations as they are on the day that is asked for: those that are not open have no place, and are a finding. `None`
    /// where no day is asked for: all count then, and those with a closing date are a finding.
    #[must_use]
    pub fn stations_on_day(&self, inputs: &mut Inputs) -> Option<Vec<Station>> {
        let strange = cells::not_understood(inputs, &self.standards);
        inputs.findings.extend(strange);
        if !self.is_empty() {
            let blank = cells::haves_not_stated(inputs);
            inputs.findings.extend(blank);
            let others = cells::not_listed(inputs, self.listed_services());
            inputs.findings.extend(others);
        }
        let Some(day) = self.as_of else {
            inputs.findings.extend(days::undated(inputs));
            return None;
        };
        let mut stations = inputs.stations.clone();
        for (row, station) in stations.iter_mut().enumerate() {
            let (opened, closed) = opening(&inputs.station_attributes, row);
            if !is_open(opened, closed, day) && station.place.is_ok() {
                station.place = Err(Fault::NotOpen {
                    day: day.to_string(),
                });
                let id = &station.id;
                inputs.findings.add(FindingCode::StationNotOpen, || {
                    words!("{id}: not open on {day}", "{id}：{day} 未开放")
                });
            }
        }
        Some(stations)
    }
}
