//! Provision (服务配套): the service circle as planners practise it. Tiers of stations with circles of their own, groups of
//! people who walk each in their way, what the choice of speed and cutoff does, and what a register of communities says
//! beside it.
//!
//! Every answer comes from one thing: everybody's nearest station among some of the stations, at any distance, which one
//! sweep of the network finds ([`Survey::nearest`]). So a question more costs a sweep more, not a search for each station.

#[cfg(feature = "config")]
mod clauses;
mod group;
#[cfg(feature = "isochrone")]
mod group_gaps;
mod groups;
mod land;
mod registered;
mod rooms;
mod scanline;
mod sensitivity;
mod survey;
mod tiers;

use geo_types::Coord;

use crate::planning::membership::Membership;
#[cfg(feature = "config")]
pub use clauses::{Clauses, Counted};

pub use crate::error::PlanError;
pub use group::{DemandCoverage, GroupCoverage, PeopleGroup};
pub use groups::GroupQuestion;
pub(crate) use groups::people_within;
pub use land::Land;
pub use registered::{Problem, ProblemKind, RegisterReport, RegisteredTier, StepUp, YearOfTier};
pub use rooms::ServiceReport;
pub use sensitivity::{AtCutoff, AtSpeed, Sensitivity};
pub use survey::{Nearest, StationGroup, Survey};
pub use tiers::{Level, TierCircle, TierCoverage, Tiers};

/// A station that tiers, services and register are about.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AskedStation {
    /// Its id.
    pub id: String,
    /// What it is called, where its first row says so.
    pub name: Option<String>,
    /// Its entrances.
    pub places: Vec<Coord<f64>>,
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
    /// What speed and cutoff do.
    pub sensitivity: Option<Sensitivity>,
}
