//! Residents and stations on a network.

use std::collections::HashMap;

use super::gate_access::{GateAccess, GateAccesses, entrances_of};
use super::home_ways::HomeWays;
use super::joined::{Entrance, Snap, Snapping};
use super::options::SnapOptions;
use crate::id::{GateId, ResidentId, StationId};

/// Residents and stations on a network. Rows that share an id are one station, numbered by their first row.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Snapped {
    pub(super) options: SnapOptions,
    pub(super) residents: Vec<Snapping>,
    /// Entrances by station: those of station `s` are `entrances[entrance_start[s] .. entrance_start[s + 1]]`.
    pub(super) entrances: Vec<Entrance>,
    pub(super) entrance_start: Vec<u32>,
    pub(super) accesses: GateAccesses,
    /// How residents leave their flats, also those whose place on the network changes.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) ways: HomeWays,
}

impl Snapped {
    /// From snaps of your own: residents in input order, and station rows whose ids tell which are entrances of one
    /// station.
    ///
    /// # Panics
    /// When there are not as many ids as rows.
    #[must_use]
    pub fn from_snappings(
        residents: Vec<Snapping>,
        station_ids: &[&str],
        station_rows: &[Snapping],
        options: SnapOptions,
    ) -> Self {
        assert_eq!(
            station_ids.len(),
            station_rows.len(),
            "one id for each station row"
        );
        let entrances = entrances_of(station_rows, Vec::new());
        Self::from_entrances(residents, station_ids, &entrances, options)
    }

    pub(super) fn from_entrances(
        residents: Vec<Snapping>,
        station_ids: &[&str],
        entrances: &[Entrance],
        options: SnapOptions,
    ) -> Self {
        let mut station_of: HashMap<&str, usize> = HashMap::new();
        let mut by_station: Vec<Vec<Entrance>> = Vec::new();
        for entrance in entrances {
            let id = station_ids[entrance.row as usize];
            let station = *station_of.entry(id).or_insert_with(|| {
                by_station.push(Vec::new());
                by_station.len() - 1
            });
            by_station[station].push(*entrance);
        }
        let mut entrance_start = vec![0];
        entrance_start.extend(by_station.iter().scan(0, |sum, entrances| {
            *sum += entrances.len() as u32;
            Some(*sum)
        }));
        Self {
            options,
            residents,
            entrances: by_station.concat(),
            entrance_start,
            accesses: GateAccesses::default(),
            ways: HomeWays::default(),
        }
    }

    /// The same residents with some of the stations alone: the others keep their numbers, and no entrance of theirs is on
    /// the network.
    #[must_use]
    pub(crate) fn with_only(&self, is_asked: impl Fn(StationId) -> bool) -> Self {
        let mut some = self.clone();
        for station in self.stations().filter(|station| !is_asked(*station)) {
            let index = station.index();
            let range =
                self.entrance_start[index] as usize..self.entrance_start[index + 1] as usize;
            for entrance in &mut some.entrances[range] {
                entrance.snapping = Snapping::Invalid;
            }
        }
        some
    }

    /// The rows of a station, each once.
    pub(crate) fn rows_of(&self, station: StationId) -> impl Iterator<Item = usize> + Clone {
        // A row behind a wall has an entrance for each gate, one behind the other.
        let rows = self.entrances(station);
        let rows = rows.chunk_by(|one, other| one.row == other.row);
        rows.map(|row| row[0].row as usize)
    }

    /// How they were snapped.
    #[must_use]
    pub fn options(&self) -> SnapOptions {
        self.options
    }

    /// One answer per resident, in input order; of several gate accesses the one with the shortest leg.
    #[must_use]
    pub fn residents(&self) -> &[Snapping] {
        &self.residents
    }

    /// The residents on the network, ascending.
    pub fn residents_on_network(&self) -> impl Iterator<Item = (ResidentId, &Snap)> {
        let snaps = self.residents.iter().zip(0..);
        snaps.filter_map(|(snapping, resident)| Some((ResidentId(resident), snapping.snap()?)))
    }

    /// The number of stations; not of their entrances.
    #[must_use]
    pub fn station_count(&self) -> usize {
        self.entrance_start.len() - 1
    }

    /// Every station, ascending.
    pub fn stations(&self) -> impl ExactSizeIterator<Item = StationId> + use<> {
        (0..self.station_count() as u32).map(StationId)
    }

    /// The entrances of a station, in input order, at least one.
    #[must_use]
    pub fn entrances(&self, station: StationId) -> &[Entrance] {
        let index = station.index();
        &self.entrances
            [self.entrance_start[index] as usize..self.entrance_start[index + 1] as usize]
    }

    /// The station's snaps: of its entrances on the network.
    pub fn station_snaps(&self, station: StationId) -> impl Iterator<Item = &Snap> {
        self.entrances(station)
            .iter()
            .filter_map(|entrance| entrance.snapping.snap())
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

    /// The same points when residents leave their flats by other ways, which shut in the same people.
    pub(crate) fn leaving_by(&self, ways: HomeWays) -> Self {
        let mut snapped = self.clone();
        for (snapping, resident) in snapped.residents.iter_mut().zip(0..) {
            *snapping = ways.leave_flat(ResidentId(resident), snapping.at_door());
        }
        for (resident, access) in &mut snapped.accesses.list {
            access.snap.indoors = ways.of(*resident).unwrap_or_default();
        }
        Self { ways, ..snapped }
    }

    /// How residents leave their flats.
    pub(crate) fn ways(&self) -> &HomeWays {
        &self.ways
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
        let access = |entrance: &Entrance| {
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
            accesses: GateAccesses::new(accesses, self.station_count()),
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
