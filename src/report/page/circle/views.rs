//! What the map shows: everything, one tier of stations, or one group of people.

use super::super::words::Words;
use crate::id::ResidentId;
use crate::model::Resident;
use crate::planning::provision::{CohortCoverage, TierCoverage};
use crate::report::Report;
use crate::units::{Cutoff, People};

/// More choices than these nobody reads; the tables have every tier and every group.
const MOST: usize = 24;

/// One of the choices. The first one, number 0, is everything, and has no entry.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct View<'p> {
    /// From 1.
    pub(super) number: usize,
    pub(super) what: What<'p>,
}

/// What a choice is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'p> {
    Tier(&'p TierCoverage),
    Group(&'p CohortCoverage),
}

/// The choices of a study beside everything: tiers, then groups.
pub(in super::super) fn of<'p>(report: &Report<'p>) -> Vec<View<'p>> {
    let Some(study) = report.study() else {
        return Vec::new();
    };
    // A tier without a station has nothing to show.
    let tiers = study.tiers.list.iter();
    let tiers = tiers.filter(|found| !found.tier.stations.is_empty());
    let tiers = tiers.map(What::Tier);
    let groups = study.cohorts.iter().map(What::Group);
    let all = (1..).zip(tiers.chain(groups)).take(MOST);
    all.map(|(number, what)| View { number, what }).collect()
}

impl View<'_> {
    /// What its button says.
    pub(super) fn label(&self, words: &Words) -> String {
        match self.what {
            What::Tier(found) => tier_label(found, words),
            What::Group(group) => group.name.clone(),
        }
    }

    /// How many of a record's people it counts.
    pub(super) fn people(&self, id: ResidentId, resident: &Resident) -> People {
        match self.what {
            What::Tier(_) => resident.people,
            What::Group(group) => group.people[id.index()],
        }
    }

    /// Whether its circle holds a record.
    pub(super) fn holds(&self, id: ResidentId, deciding: Cutoff) -> bool {
        match self.what {
            What::Tier(found) => found.is_within[id.index()],
            What::Group(group) => {
                let nearest = group.nearest[id.index()];
                nearest.is_some_and(|nearest| nearest.cost <= u64::from(deciding.cost()))
            }
        }
    }
}

/// A tier with its circle: two standards may call theirs alike.
pub(super) fn tier_label(found: &TierCoverage, words: &Words) -> String {
    let name = found.tier.name.get(words.language);
    match found.tier.deciding() {
        Some(cutoff) => format!("{name} · {}", words.language.cutoff(cutoff)),
        None => name.to_owned(),
    }
}
