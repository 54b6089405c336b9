//! The gaps of cohorts: where a part of the people is left out, as it walks.

use super::Cohort;
use crate::control::Control;
use crate::coverage::Status;
use crate::gaps::{GapOptions, Gaps, Population};
use crate::isochrone::Ground;
use crate::model::City;
use crate::search::NearestStation;
use crate::units::Cutoff;
use crate::walker::{Placed, WalkerError};

/// How everybody is served, walking in one way.
pub(super) struct Served<'a> {
    pub(super) statuses: &'a [Status],
    /// In the unit that decides.
    pub(super) nearest: &'a [Option<NearestStation>],
    pub(super) deciding: Cutoff,
}

/// The gaps of cohorts that walk alike, in their order, without gates. What is prepared for the one serves the others.
pub(super) fn gaps_of(
    cohorts: &[&Cohort],
    (placed, city): (&Placed, City<'_>),
    served: &Served<'_>,
    (options, control): (GapOptions, Control<'_>),
) -> Result<Vec<Gaps>, WalkerError> {
    // Gates cost more than all the rest, and are those of the gaps of all.
    let placed = placed.without_walls();
    let ground = Ground::new(&placed, served.deciding.unit())?;
    let of_cohort = |cohort: &&Cohort| {
        let population = Population {
            residents: city.residents,
            part: Some(&cohort.people),
            statuses: served.statuses,
            nearest: served.nearest,
            deciding: served.deciding,
        };
        Ok(Gaps::find_among(ground, population, options, control)?)
    };
    cohorts.iter().map(of_cohort).collect()
}
