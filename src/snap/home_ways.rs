//! How residents get from their flats to the street door.

use std::sync::Arc;

use super::gate_access::GateAccess;
use super::joined::{Indoors, Snap, Snapping};
use crate::id::ResidentId;
use crate::model::{Profile, Resident};

/// How each resident gets from the flat to the street door, one after the other; empty where all live at the street. `None` of
/// who cannot: stairs at home that the walker cannot take. A clone shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct HomeWays(Arc<[Option<Indoors>]>);

impl HomeWays {
    /// As somebody of a profile walks.
    pub(crate) fn new(residents: &[Resident], profile: &Profile) -> Self {
        let way = |resident: &Resident| Indoors::of(profile, resident.dwelling);
        let is_at_street = |resident: &Resident| way(resident) == Some(Indoors::default());
        if residents.iter().all(is_at_street) {
            return Self::default();
        }
        Self(residents.iter().map(way).collect())
    }

    /// That of a resident.
    pub(crate) fn of(&self, resident: ResidentId) -> Option<Indoors> {
        let way = self.0.get(resident.index()).copied();
        way.unwrap_or_else(|| Some(Indoors::default()))
    }

    /// Where a resident joins the network from the flat, who joins it so from the street door.
    pub(super) fn leave_flat(&self, resident: ResidentId, at_door: Snapping) -> Snapping {
        match (at_door, self.of(resident)) {
            (Snapping::On(snap), Some(indoors)) => Snapping::On(Snap { indoors, ..snap }),
            (Snapping::On(snap), None) => Snapping::ShutIn(snap),
            (elsewhere, _) => elsewhere,
        }
    }

    /// The same of the places where a resident joins it.
    pub(crate) fn snaps_from_flat(
        &self,
        resident: ResidentId,
        mut at_door: Vec<Snap>,
    ) -> Vec<Snap> {
        match self.of(resident) {
            Some(indoors) => at_door.iter_mut().for_each(|snap| snap.indoors = indoors),
            None => at_door.clear(),
        }
        at_door
    }

    /// The same of everybody, with the gates that they leave by.
    pub(super) fn lead_out(
        &self,
        snappings: &mut [Snapping],
        accesses: &mut Vec<(u32, Vec<GateAccess>)>,
    ) {
        if self.0.is_empty() {
            return;
        }
        for (snapping, resident) in snappings.iter_mut().zip(0..) {
            *snapping = self.leave_flat(ResidentId(resident), *snapping);
        }
        accesses.retain_mut(|(resident, accesses)| {
            let way = self.of(ResidentId(*resident));
            for access in accesses {
                access.snap.indoors = way.unwrap_or_default();
            }
            way.is_some()
        });
    }
}
