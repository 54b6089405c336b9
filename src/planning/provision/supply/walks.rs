//! Who can walk to which stations, by what is known of these.

use crate::id::{ResidentId, StationId};
use crate::search::TravelTimes;
use crate::snap::Snapped;
use crate::units::{Cost, Cutoff, People};

/// The stations within a resident's cutoff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SupplyReach {
    /// Whether the resident is on the network.
    pub is_on_network: bool,
    /// Those that say how many people they can take.
    pub stations: u32,
    /// Those that do not, and are left out.
    pub without_capacity: u32,
}

impl SupplyReach {
    /// Whether the supply is known: not of who is off the network, nor of who has stations of unknown capacity alone.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.is_on_network && (self.stations > 0 || self.without_capacity == 0)
    }

    /// Whether it may be more than what is known, since a station within the cutoff is left out.
    #[must_use]
    pub fn is_understated(self) -> bool {
        self.is_known() && self.without_capacity > 0
    }
}

/// Everybody's walks, as one profile walks.
#[derive(Clone, Copy)]
pub(super) struct Walks<'a> {
    pub(super) table: &'a TravelTimes,
    pub(super) snapped: &'a Snapped,
    pub(super) cutoff: Cutoff,
}

impl<'a> Walks<'a> {
    /// The walks to a station.
    pub(super) fn row(
        self,
        station: StationId,
    ) -> impl Iterator<Item = (ResidentId, Cost)> + use<'a> {
        self.table.row_of(station).iter().copied()
    }

    /// By resident, the stations within the cutoff.
    pub(super) fn reach(self, capacities: &[Option<People>]) -> Vec<SupplyReach> {
        let residents = self.snapped.residents().iter();
        let mut reach: Vec<SupplyReach> = residents
            .map(|snapping| SupplyReach {
                is_on_network: snapping.snap().is_some(),
                ..SupplyReach::default()
            })
            .collect();
        for (station, capacity) in (0..).map(StationId).zip(capacities) {
            let within = self
                .row(station)
                .filter(|(_, cost)| *cost <= self.cutoff.cost());
            for (resident, _) in within {
                let of_resident = &mut reach[resident.index()];
                match capacity {
                    Some(_) => of_resident.stations += 1,
                    None => of_resident.without_capacity += 1,
                }
            }
        }
        reach
    }
}
