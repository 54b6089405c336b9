//! A part of the people, and who of it is covered.

#[cfg(feature = "isochrone")]
use crate::gaps::Gaps;
use crate::model::Profile;
use crate::search::NearestStation;
use crate::units::{Cutoff, People};

/// A part of the people.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Cohort {
    /// Its name.
    pub name: String,
    /// How its people walk.
    pub profile: Profile,
    /// How many of its people each record holds, in input order.
    pub people: Vec<People>,
}

/// Who of a cohort is covered.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CohortCoverage {
    /// Its name.
    pub name: String,
    /// The name of its profile.
    pub profile: String,
    /// All its people.
    pub total: People,
    /// Its people by status, in the order of [`Status::ALL`].
    pub by_status: [People; 5],
    /// Its people within each cutoff, in the order of [`Tests::cutoffs`].
    pub within: Vec<People>,
    /// Everybody's nearest station in the unit that decides, as its people walk.
    pub nearest: Vec<Option<NearestStation>>,
    /// By record the cohort's people.
    pub people: Vec<People>,
    /// Where its people are left out, as they walk, with the links that may be missing, but without gates; `None` where that
    /// was not asked.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<Gaps>,
}

/// Who of a layer of demand is covered: workers, members, anybody who is not counted as a resident.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DemandCoverage {
    /// Its own circle.
    pub circle: Cutoff,
    /// How many records it has.
    pub records: usize,
    /// Who is within, as of a cohort of its own.
    pub coverage: CohortCoverage,
}
