//! A part of the people, and who of it is covered.

#[cfg(feature = "isochrone")]
use crate::gaps::Gaps;
use crate::model::Profile;
#[cfg(feature = "report")]
use crate::planning::equity::Distribution;
use crate::search::NearestStation;
use crate::units::People;

/// A part of the people, as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPlan {
    /// What it is called.
    pub name: String,
    /// The columns of the residents that count its people; they are added up.
    pub columns: Vec<String>,
    /// How its people walk.
    pub profile: Profile,
}

/// A part of the people.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PeopleGroup {
    /// Its name.
    pub name: String,
    /// How its people walk.
    pub profile: Profile,
    /// How many of its people each record holds, in input order.
    pub people: Vec<People>,
}

/// Who of a group is covered.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GroupCoverage {
    /// Its name.
    pub name: String,
    /// The name of its profile.
    pub profile: String,
    /// All its people.
    pub total: People,
    /// Its people by status, in the order of [`Status::ALL`](crate::coverage::Status::ALL).
    pub by_status: [People; 5],
    /// Its people within each cutoff, in the order of [`Tests::cutoffs`](crate::coverage::Tests::cutoffs).
    pub within: Vec<People>,
    /// Everybody's nearest station in the unit that decides, as its people walk.
    pub nearest: Vec<Option<NearestStation>>,
    /// By record the group's people.
    pub people: Vec<People>,
    /// Where its people are left out, as they walk, with the links that may be missing, but without gates; `None` where that
    /// was not asked.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<Gaps>,
}

impl GroupCoverage {
    /// How its walks are spread, in the unit that decides.
    #[cfg(feature = "report")]
    pub(crate) fn walks(&self) -> Distribution {
        let nearest = self.nearest.iter();
        let costs: Vec<Option<u64>> = nearest.map(|near| Some(near.as_ref()?.cost)).collect();
        Distribution::new(&costs, &self.people)
    }
}
