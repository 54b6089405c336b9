//! Residents with several ways onto the network: the gates of their compound. For a search each of them is a *home*: those of
//! the residents themselves come first, in input order, and behind them the further ones.

use super::{GateAccess, Snap, Snapped, Snapping};
use crate::id::{GateId, ResidentId};

/// Who leaves by gates.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct GateAccesses {
    /// Ascending by resident, the shortest leg first, which is also the resident's own snap.
    list: Vec<(ResidentId, GateAccess)>,
    /// The positions of those behind a resident's first.
    further: Vec<u32>,
    /// By resident, whether they have further gate accesses; empty where nobody has.
    has_several: Vec<bool>,
}

impl GateAccesses {
    /// From the gate accesses of some residents, ascending.
    pub(super) fn of(by_resident: Vec<(u32, Vec<GateAccess>)>, residents: usize) -> Self {
        let mut accesses = Self::default();
        for (resident, own) in by_resident {
            let resident = ResidentId(resident);
            let first = accesses.list.len();
            accesses
                .list
                .extend(own.into_iter().map(|access| (resident, access)));
            if accesses.list.len() > first + 1 {
                accesses.has_several.resize(residents, false);
                accesses.has_several[resident.index()] = true;
                accesses
                    .further
                    .extend(first as u32 + 1..accesses.list.len() as u32);
            }
        }
        accesses
    }
}

impl Snapped {
    /// The gate accesses of a resident who leaves their compound by its gates, the shortest leg first; none for who snaps to a street
    /// without passing a wall.
    pub fn gate_accesses(&self, resident: ResidentId) -> impl Iterator<Item = &GateAccess> {
        let list = &self.accesses.list;
        let first = list.partition_point(|(of, _)| *of < resident);
        let own = list[first..]
            .iter()
            .take_while(move |(of, _)| *of == resident);
        own.map(|(_, access)| access)
    }

    /// Every snap of a resident: that of each gate access, else their own, where they have one.
    pub fn resident_snaps(&self, resident: ResidentId) -> impl Iterator<Item = &Snap> {
        let own = self.residents[resident.index()].snap();
        let further = self.gate_accesses(resident).skip(1);
        own.into_iter().chain(further.map(|access| &access.snap))
    }

    /// Whether another has the same residents at the same places.
    pub(crate) fn has_residents_of(&self, other: &Self) -> bool {
        self.residents == other.residents && self.accesses == other.accesses
    }

    /// Whether any resident has more than one gate access: then there are more homes than residents.
    pub(crate) fn has_further_accesses(&self) -> bool {
        !self.accesses.further.is_empty()
    }

    /// The number of homes, those off the network among them.
    pub(crate) fn home_count(&self) -> usize {
        self.residents.len() + self.accesses.further.len()
    }

    /// The snap of a home that is on the network.
    pub(crate) fn home_snap(&self, home: ResidentId) -> Option<&Snap> {
        match self.residents.get(home.index()) {
            Some(snapping) => snapping.snap(),
            None => Some(&self.further_access(home)?.1.snap),
        }
    }

    /// The homes on the network, ascending.
    pub(crate) fn homes_on_network(&self) -> impl Iterator<Item = (ResidentId, &Snap)> {
        let further = self.residents.len() as u32..self.home_count() as u32;
        let further = further.map(ResidentId);
        let further = further.filter_map(|home| Some((home, self.home_snap(home)?)));
        self.residents_on_network().chain(further)
    }

    /// The stations as residents of the same numbers, each entrance one of their gate accesses: the sides of a search have changed.
    pub(crate) fn stations_as_residents(&self) -> Self {
        let access = |entrance: &super::Entrance| {
            Some(GateAccess {
                // Which gate it is makes no difference to a search.
                gate: entrance.gate.unwrap_or(GateId(0)),
                snap: *entrance.snapping.snap()?,
            })
        };
        let accesses = self.stations().map(|station| {
            let entrances = self.entrances(station).iter();
            let own: Vec<GateAccess> = entrances.filter_map(access).collect();
            (station.0, own)
        });
        let accesses: Vec<(u32, Vec<GateAccess>)> = accesses.collect();
        let first = |(_, own): &(u32, Vec<GateAccess>)| {
            let access = own.first();
            access.map_or(Snapping::Invalid, |access| Snapping::On(access.snap))
        };
        let residents: Vec<Snapping> = accesses.iter().map(first).collect();
        let turned = Self::from_snappings(residents, &[], &[], self.options);
        Self {
            accesses: GateAccesses::of(accesses, self.station_count()),
            ..turned
        }
    }

    /// Whose home it is.
    pub(crate) fn owner(&self, home: ResidentId) -> ResidentId {
        self.further_access(home).map_or(home, |(owner, _)| *owner)
    }

    /// Whose home it is, where they have several.
    pub(crate) fn owner_of_several(&self, home: ResidentId) -> Option<ResidentId> {
        match self.accesses.has_several.get(home.index()) {
            Some(has_several) => has_several.then_some(home),
            None => self.further_access(home).map(|(owner, _)| *owner),
        }
    }

    fn further_access(&self, home: ResidentId) -> Option<&(ResidentId, GateAccess)> {
        let position = home.index().checked_sub(self.residents.len())?;
        self.accesses
            .list
            .get(*self.accesses.further.get(position)? as usize)
    }
}

/// The entrances that one row of the station layer makes: one for each gate access, else one.
pub(super) fn entrances(
    snappings: &[Snapping],
    accesses: Vec<(u32, Vec<GateAccess>)>,
) -> Vec<super::Entrance> {
    let mut accesses = accesses.into_iter().peekable();
    let mut entrances = Vec::with_capacity(snappings.len());
    for (row, &snapping) in (0..).zip(snappings) {
        match accesses.next_if(|(of, _)| *of == row) {
            Some((_, accesses)) => {
                entrances.extend(accesses.into_iter().map(|access| super::Entrance {
                    row,
                    snapping: Snapping::On(access.snap),
                    gate: Some(access.gate),
                }))
            }
            None => entrances.push(super::Entrance {
                row,
                snapping,
                gate: None,
            }),
        }
    }
    entrances
}
