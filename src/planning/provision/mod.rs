//! Provision (服务配套): the service circle as planners practise it. Tiers of stations with circles of their own, groups of
//! people who walk each in their way, what the choice of speed and cutoff does, and what a register of communities says
//! beside it.
//!
//! Every answer comes from one thing: everybody's nearest station among some of the stations, at any distance, which one
//! sweep of the network finds ([`Survey::nearest`]). So a question more costs a sweep more, not a search for each station.

mod asked_station;
#[cfg(feature = "config")]
mod clauses;
mod demand;
mod groups;
mod land;
mod registered;
mod scanline;
mod sensitivity;
mod services;
mod supply;
mod survey;
#[cfg(feature = "report")]
mod tables;
mod tiers;

#[cfg(feature = "report")]
use super::answer::{Answered, Question};
use super::membership::Membership;
#[cfg(feature = "config")]
use super::{
    membership::MembershipRule,
    register::{AuditRules, Date},
    standards::Standard,
};
#[cfg(all(feature = "config", feature = "isochrone"))]
use crate::gaps::GapOptions;
#[cfg(feature = "config")]
use crate::units::Cutoff;

pub use crate::error::PlanError;
pub use asked_station::AskedStation;
#[cfg(all(test, feature = "report"))]
pub(crate) use clauses::table::sample;
#[cfg(feature = "config")]
pub use clauses::{Clauses, Counted};
pub use demand::DemandCoverage;
pub(crate) use groups::people_within;
#[cfg(feature = "report")]
pub(crate) use groups::table::write_people_in_gaps;
pub use groups::{GroupCoverage, GroupPlan, GroupQuestion, PeopleGroup};
pub use land::Land;
pub use registered::{Problem, ProblemKind, RegisterReport, RegisteredTier, StepUp, YearOfTier};
pub use sensitivity::{AtCutoff, AtSpeed, Sensitivity};
pub use services::{OwnHours, ServiceMoment, ServiceReport, ServiceTimes};
pub use supply::{
    SupplyArea, SupplyByMethod, SupplyPlan, SupplyReach, SupplyReport, SupplySpread, SupplyStation,
};
pub(crate) use supply::{SupplyQuestion, SupplyTotals};
pub use survey::{Nearest, StationGroup, Survey};
#[cfg(feature = "report")]
pub(crate) use tables::QuestionTable;
pub use tiers::{Level, TierCircle, TierCoverage, Tiers};
#[cfg(feature = "isochrone")]
pub(crate) use tiers::{TierGround, TierMap};

/// What is asked beside coverage. Nothing is by default.
///
/// ```
/// use pedshed::Plan;
/// use pedshed::planning::standards::Standard;
/// let plan = Plan { standards: Standard::named("party-centre-tiers").into_iter().collect(), ..Plan::default() };
/// assert!(!plan.is_empty() && Plan::default().is_empty());
/// ```
#[cfg(feature = "config")]
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By which standards; the tiers of the first that has any are scored, each with its circle.
    pub standards: Vec<Standard>,
    /// About which parts of the people.
    pub groups: Vec<GroupPlan>,
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
    /// How much of what the stations can take everybody gets, where it is asked.
    pub supply: SupplyPlan,
    /// Whether coverage is wanted by speed and by cutoff.
    pub sensitivity: bool,
    /// Whether the register is held against the communities that were read.
    pub register: bool,
    /// How the gaps of each part of the people are put together, where they are wanted.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<GapOptions>,
}

#[cfg(feature = "config")]
impl Plan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_of_services_alone() && self.services.is_none()
    }

    /// Whether nothing is asked but, perhaps, services.
    pub(crate) fn is_of_services_alone(&self) -> bool {
        self.standards.is_empty()
            && self.groups.is_empty()
            && self.as_of.is_none()
            && self.supply.methods.is_empty()
            && !self.sensitivity
            && !self.register
            && self.demand.is_empty()
    }
}

/// Everything that was asked beside coverage; what was not asked is empty.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Provision {
    /// Tiers of stations, each with its circle.
    pub tiers: Tiers,
    /// The clauses of the standards.
    #[cfg(feature = "config")]
    pub clauses: Clauses,
    /// The register against the list of communities.
    pub register: Option<RegisterReport>,
    /// What stations offer.
    pub services: Option<ServiceReport>,
    /// The stations that tiers, services and register are about: those of every tier, which may be more than the study's.
    pub stations: Vec<AskedStation>,
    /// The names of the communities.
    pub communities: Vec<String>,
    /// By tier: stations of the own community, or of any.
    pub memberships: Vec<(String, Membership)>,
    /// Parts of the people, each as it walks.
    pub groups: Vec<GroupCoverage>,
    /// Demand of other kinds than residents, each with its circle.
    pub demand: Vec<DemandCoverage>,
    /// How much of what the stations can take everybody gets.
    pub supply: Option<SupplyReport>,
    /// What speed and cutoff do.
    pub sensitivity: Option<Sensitivity>,
}

/// The questions, in the order in which their tables are written.
#[cfg(feature = "report")]
static QUESTIONS: [&dyn Question<Provision>; 9] = [
    &Answered(|asked: &Provision| Some(&asked.tiers)),
    &Answered(|asked: &Provision| Some(asked.groups.as_slice())),
    &Answered(|asked: &Provision| asked.register.as_ref()),
    &Answered(|asked: &Provision| asked.services.as_ref()),
    &Answered(|asked: &Provision| Some(asked.memberships.as_slice())),
    &Answered(|asked: &Provision| Some(&asked.clauses)),
    &Answered(|asked: &Provision| Some(asked.demand.as_slice())),
    &Answered(|asked: &Provision| asked.supply.as_ref()),
    &Answered(|asked: &Provision| asked.sensitivity.as_ref()),
];
