//! The gaps of cohorts: where a part of the people is left out, as it walks.

use super::{Cohort, Survey, WalkedGround, Walker};
use crate::control::{Cancelled, Control};
use crate::coverage::Status;
use crate::gaps::{GapOptions, Gaps, Population};
use crate::isochrone::Ground;
use crate::network::Islands;
use crate::search::{NearestStation, Reaches};
use crate::units::{Cutoff, Unit};

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
    (walked, walker): (WalkedGround<'_>, &Walker),
    survey: &Survey<'_>,
    served: &Served<'_>,
    (options, control): (GapOptions, Control<'_>),
) -> Result<Vec<Gaps>, Cancelled> {
    let Walker {
        times,
        lengths,
        snapped,
    } = walker;
    let network = walked.network;
    let islands = Islands::find(network, times, walked.min_island_m);
    let unit = served.deciding.unit();
    let impedance = match unit {
        Unit::Milliseconds => times,
        Unit::Millimetres => lengths,
    };
    let ground = Ground {
        network,
        impedance,
        islands: &islands,
        snapped,
        water: &[],
        // Gates cost more than all the rest, and are those of the gaps of all.
        walls: None,
    };
    let snapper = ground.snapper();
    let of_cohort = |cohort: &&Cohort| {
        let population = Population {
            residents: walked.city.residents,
            part: Some(&cohort.people),
            statuses: served.statuses,
            nearest: served.nearest,
            deciding: served.deciding,
        };
        let reaches = Reaches::over(survey.engine(unit).with_stations(snapped));
        let prepared = (reaches, &snapper);
        Gaps::find_over(ground, prepared, population, options, control)
    };
    cohorts.iter().map(of_cohort).collect()
}
