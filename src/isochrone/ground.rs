//! What isochrones are drawn from.

use geo_types::Polygon;

use crate::control::{Cancelled, Control};
use crate::network::{Impedance, Network, NetworkError};
use crate::search::Reaches;
use crate::snap::{Snapped, Snapper, Walls};
use crate::units::{Cutoff, OtherUnit, Unit};
use crate::walker::Placed;

/// What isochrones are drawn from: everybody on one walker's streets, in one unit.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    placed: &'a Placed,
    /// In the unit of the cutoffs.
    impedance: &'a Impedance,
    /// Where nobody stands.
    pub(super) water: &'a [Polygon<f64>],
}

impl<'a> Ground<'a> {
    /// For cutoffs in this unit. Its residents do not matter.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses.
    pub fn new(placed: &'a Placed, unit: Unit) -> Result<Self, NetworkError> {
        Ok(Self {
            placed,
            impedance: placed.impedance(unit)?,
            water: &[],
        })
    }

    /// The same without rivers and lakes, where nobody stands: they are cut out of the ground.
    #[must_use]
    pub fn with_water(self, water: &'a [Polygon<f64>]) -> Self {
        Self { water, ..self }
    }

    /// What it is made of.
    pub(crate) fn placed(self) -> &'a Placed {
        self.placed
    }

    pub(crate) fn network(self) -> &'a Network {
        self.placed.network()
    }

    pub(crate) fn impedance(self) -> &'a Impedance {
        self.impedance
    }

    pub(crate) fn snapped(self) -> &'a Snapped {
        self.placed.snapped()
    }

    pub(crate) fn walls(self) -> Option<&'a Walls> {
        self.placed.walker().walls()
    }

    /// Snaps as the people who live there are snapped.
    pub(crate) fn snapper(self) -> Snapper<'a> {
        self.placed.snapper()
    }

    /// The searches for places on it.
    pub(crate) fn reaches(self, control: Control<'_>) -> Result<Reaches<'a>, Cancelled> {
        let reaches = self.placed.reaches(self.impedance.unit(), control);
        // Its impedance is there.
        reaches.map_err(|_| Cancelled)
    }
}

/// The cutoffs in order, each once.
pub(super) fn ascending(
    cutoffs: &[Cutoff],
    impedance: &Impedance,
) -> Result<Vec<Cutoff>, OtherUnit> {
    for cutoff in cutoffs {
        OtherUnit::check(cutoff.unit(), impedance.unit())?;
    }
    let mut cutoffs = cutoffs.to_vec();
    cutoffs.sort_by_key(|cutoff| cutoff.cost());
    cutoffs.dedup();
    Ok(cutoffs)
}
