//! The gaps of groups: where a part of the people is left out, as it walks.

use crate::control::Control;
use crate::coverage::Status;
use crate::gaps::{GapOptions, Gaps, Population};
use crate::isochrone::Ground;
use crate::model::Resident;
use crate::search::NearestStation;
use crate::units::{Cutoff, People};
use crate::walker::{Placed, WalkerError};

/// How everybody is served, walking in one way.
pub(super) struct Served<'a> {
    pub(super) residents: &'a [Resident],
    pub(super) statuses: &'a [Status],
    /// In the unit that decides.
    pub(super) nearest: &'a [Option<NearestStation>],
    pub(super) deciding: Cutoff,
}

/// The gaps of groups that walk alike, each with its people by record, in their order and without gates. What is prepared for the one serves the others.
pub(super) fn gaps_of(
    groups: &[&[People]],
    placed: &Placed,
    served: &Served<'_>,
    options: GapOptions,
    control: Control<'_>,
) -> Result<Vec<Gaps>, WalkerError> {
    // Gates cost more than all the rest, and are those of the gaps of all.
    let placed = placed.without_walls();
    let ground = Ground::new(&placed, served.deciding.unit())?;
    let of_group = |people: &&[People]| {
        let population = Population {
            residents: served.residents,
            part: Some(people),
            statuses: served.statuses,
            nearest: served.nearest,
            deciding: served.deciding,
        };
        Ok(Gaps::new(ground, population, options, control)?)
    };
    groups.iter().map(of_group).collect()
}
