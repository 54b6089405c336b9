//! Supply (供给): how much of what stations can take everybody gets, by station, resident, area and group.

mod ask;
mod spread;
#[cfg(feature = "report")]
mod table;
mod walks;

use crate::planning::supply::{Decay, StationSupply, SupplyMethod};
use crate::units::People;

pub(crate) use self::ask::SupplyQuestion;
pub use self::spread::SupplySpread;
pub use self::walks::SupplyReach;

/// How supply is asked about. It is not where no method is named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupplyPlan {
    /// By which floating catchments, each once.
    pub methods: Vec<SupplyMethod>,
    /// What walks weigh, up to the cutoff that decides; [`Decay::thirds`] of it where nothing is said.
    pub decay: Option<Decay>,
}

impl SupplyPlan {
    /// Whether a longer walk weighs less in any of its methods.
    pub(crate) fn has_decay(&self) -> bool {
        self.methods.iter().any(|method| method.has_decay())
    }
}

/// A station and the people whose nearest it is.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplyStation {
    /// Its id.
    pub id: String,
    /// What it is called, where its first row says so.
    pub name: Option<String>,
    /// Whether it can be walked to: it is on the network, and open on the day that is asked for. No other counts.
    pub is_reachable: bool,
    /// How many people it can take, where that is known.
    pub capacity: Option<People>,
    /// The people whose nearest station it is, at any distance.
    pub nearest: People,
    /// The people within the cutoff.
    pub within: People,
}

impl SupplyStation {
    /// The people whose nearest station it is and whom it cannot take; `None` where its capacity is not known.
    #[must_use]
    pub fn overload(&self) -> Option<People> {
        Some(self.nearest - self.capacity?)
    }

    /// The people whose nearest station it is, over what it can take; `None` where that is not known, or nobody.
    #[must_use]
    pub fn load(&self) -> Option<f64> {
        let capacity = self.capacity.filter(|capacity| *capacity > People::ZERO)?;
        Some(self.nearest.share_of(capacity))
    }
}

/// All stations that can be walked to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SupplyTotals {
    pub(crate) stations: u64,
    pub(crate) without_capacity: u64,
    /// What all others can take.
    pub(crate) capacity: People,
    /// That of stations within whose cutoff nobody lives.
    pub(crate) capacity_nobody_reaches: People,
    /// The stations that are the nearest of more people than they can take.
    pub(crate) overloaded: u64,
    /// How many people these cannot take.
    pub(crate) overload: People,
}

/// Supply by one form of floating catchments.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplyByMethod {
    /// Which form.
    pub method: SupplyMethod,
    /// The stations with their demand.
    pub stations: Vec<StationSupply>,
    /// The places per person that each resident record gets, in input order; `None` where that is not known
    /// ([`SupplyReach::is_known`]).
    pub scores: Vec<Option<f64>>,
    /// How they are spread over all people.
    pub all: SupplySpread,
    /// The mean of each area, in places per thousand people; `None` where nobody's is known.
    pub areas: Vec<Option<f64>>,
    /// How they are spread over each group, as its people walk.
    pub groups: Vec<SupplySpread>,
}

/// An area with its people and its stations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplyArea {
    /// All people.
    pub people: People,
    /// Those whose supply is known.
    pub known: People,
    /// The stations with a capacity.
    pub stations: u64,
    /// What they can take.
    pub capacity: People,
}

/// Supply, by one or more forms of floating catchments.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplyReport {
    /// What walks weigh, where the form has a decay.
    pub decay: Decay,
    /// In input order.
    pub stations: Vec<SupplyStation>,
    /// By resident record, in input order.
    pub reach: Vec<SupplyReach>,
    /// In the order of the areas.
    pub areas: Vec<SupplyArea>,
    /// The groups by their names, with those of their profiles.
    pub groups: Vec<[String; 2]>,
    /// In the order in which they were asked.
    pub methods: Vec<SupplyByMethod>,
}

impl SupplyReport {
    /// The stations together.
    pub(crate) fn totals(&self) -> SupplyTotals {
        let mut totals = SupplyTotals::default();
        for station in self.stations.iter().filter(|one| one.is_reachable) {
            totals.stations += 1;
            let Some(capacity) = station.capacity else {
                totals.without_capacity += 1;
                continue;
            };
            totals.capacity += capacity;
            if station.within == People::ZERO {
                totals.capacity_nobody_reaches += capacity;
            }
            let over = station.nearest - capacity;
            if over > People::ZERO {
                totals.overloaded += 1;
                totals.overload += over;
            }
        }
        totals
    }
}
