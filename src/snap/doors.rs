//! Residents with several ways onto the network: the gates of their compound. For a search each of them is a *home*: those of
//! the residents themselves come first, in input order, and behind them the further ones.

use super::{Door, Snap, Snapped, Snapping};
use crate::id::{GateId, ResidentId};

/// Who leaves by gates.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub(super) struct Doors {
    /// Ascending by resident, the shortest leg first, which is also the resident's own snap.
    list: Vec<(ResidentId, Door)>,
    /// The positions of those behind a resident's first.
    further: Vec<u32>,
    /// By resident, whether they have further doors; empty where nobody has.
    has_several: Vec<bool>,
}

impl Doors {
    /// From the doors of some residents, ascending.
    pub(super) fn of(by_resident: Vec<(u32, Vec<Door>)>, residents: usize) -> Self {
        let mut doors = Self::default();
        for (resident, own) in by_resident {
            let resident = ResidentId(resident);
            let first = doors.list.len();
            doors
                .list
                .extend(own.into_iter().map(|door| (resident, door)));
            if doors.list.len() > first + 1 {
                doors.has_several.resize(residents, false);
                doors.has_several[resident.index()] = true;
                doors
                    .further
                    .extend(first as u32 + 1..doors.list.len() as u32);
            }
        }
        doors
    }
}

impl Snapped {
    /// The doors of a resident who leaves their compound by its gates, the shortest leg first; none for who snaps to a street
    /// without passing a wall.
    pub fn doors(&self, resident: ResidentId) -> impl Iterator<Item = &Door> {
        let list = &self.doors.list;
        let first = list.partition_point(|(of, _)| *of < resident);
        let own = list[first..]
            .iter()
            .take_while(move |(of, _)| *of == resident);
        own.map(|(_, door)| door)
    }

    /// Every snap of a resident: that of each door, else their own, where they have one.
    pub fn resident_snaps(&self, resident: ResidentId) -> impl Iterator<Item = &Snap> {
        let own = self.residents[resident.index()].snap();
        let further = self.doors(resident).skip(1);
        own.into_iter().chain(further.map(|door| &door.snap))
    }

    /// Whether another has the same residents at the same places.
    pub(crate) fn has_residents_of(&self, other: &Self) -> bool {
        self.residents == other.residents && self.doors == other.doors
    }

    /// Whether any resident has more than one door: then there are more homes than residents.
    pub(crate) fn has_further_doors(&self) -> bool {
        !self.doors.further.is_empty()
    }

    /// The number of homes, those off the network among them.
    pub(crate) fn home_count(&self) -> usize {
        self.residents.len() + self.doors.further.len()
    }

    /// The snap of a home that is on the network.
    pub(crate) fn home_snap(&self, home: ResidentId) -> Option<&Snap> {
        match self.residents.get(home.index()) {
            Some(snapping) => snapping.snap(),
            None => Some(&self.further_door(home)?.1.snap),
        }
    }

    /// The homes on the network, ascending.
    pub(crate) fn homes_on_network(&self) -> impl Iterator<Item = (ResidentId, &Snap)> {
        let further = self.residents.len() as u32..self.home_count() as u32;
        let further = further.map(ResidentId);
        let further = further.filter_map(|home| Some((home, self.home_snap(home)?)));
        self.residents_on_network().chain(further)
    }

    /// The stations as residents of the same numbers, each entrance one of their doors: the sides of a search have changed.
    pub(crate) fn stations_as_residents(&self) -> Self {
        let door = |entrance: &super::Entrance| {
            Some(Door {
                // Which gate it is makes no difference to a search.
                gate: entrance.gate.unwrap_or(GateId(0)),
                snap: *entrance.snapping.snap()?,
            })
        };
        let doors = self.stations().map(|station| {
            let entrances = self.entrances(station).iter();
            let own: Vec<Door> = entrances.filter_map(door).collect();
            (station.0, own)
        });
        let doors: Vec<(u32, Vec<Door>)> = doors.collect();
        let first = |(_, own): &(u32, Vec<Door>)| {
            let door = own.first();
            door.map_or(Snapping::Invalid, |door| Snapping::On(door.snap))
        };
        let residents: Vec<Snapping> = doors.iter().map(first).collect();
        let turned = Self::from_snappings(residents, &[], &[], self.options);
        Self {
            doors: Doors::of(doors, self.station_count()),
            ..turned
        }
    }

    /// Whose home it is.
    pub(crate) fn owner(&self, home: ResidentId) -> ResidentId {
        self.further_door(home).map_or(home, |(owner, _)| *owner)
    }

    /// Whose home it is, where they have several.
    pub(crate) fn owner_of_several(&self, home: ResidentId) -> Option<ResidentId> {
        match self.doors.has_several.get(home.index()) {
            Some(has_several) => has_several.then_some(home),
            None => self.further_door(home).map(|(owner, _)| *owner),
        }
    }

    fn further_door(&self, home: ResidentId) -> Option<&(ResidentId, Door)> {
        let position = home.index().checked_sub(self.residents.len())?;
        self.doors
            .list
            .get(*self.doors.further.get(position)? as usize)
    }
}

/// The entrances that one row of the station layer makes: one for each door, else one.
pub(super) fn entrances(
    snappings: &[Snapping],
    doors: Vec<(u32, Vec<Door>)>,
) -> Vec<super::Entrance> {
    let mut doors = doors.into_iter().peekable();
    let mut entrances = Vec::with_capacity(snappings.len());
    for (row, &snapping) in (0..).zip(snappings) {
        match doors.next_if(|(of, _)| *of == row) {
            Some((_, doors)) => entrances.extend(doors.into_iter().map(|door| super::Entrance {
                row,
                snapping: Snapping::On(door.snap),
                gate: Some(door.gate),
            })),
            None => entrances.push(super::Entrance {
                row,
                snapping,
                gate: None,
            }),
        }
    }
    entrances
}
