//! Who joins the streets elsewhere while something is closed.

use geo_types::Coord;

use super::street::StreetClosure;
use crate::control::{Cancelled, Control};
use crate::id::{EdgeId, GateId, ResidentId, StationId};
use crate::model::{CityRecords, Resident};
use crate::search::{Closed, ClosingTimes, Cut};
use crate::snap::{Entrance, Snap, Snapped, Snapper};
use crate::walker::Placed;

/// Finds who joins the streets elsewhere.
pub(super) struct Movers<'a> {
    placed: &'a Placed,
    city: CityRecords<'a>,
    times: &'a ClosingTimes<'a>,
    /// The edges of which what is seen from behind walls depends, ascending.
    in_walls: Vec<EdgeId>,
    /// Who leaves a compound by a gate, ascending by gate.
    by_gate: Vec<(GateId, ResidentId)>,
}

impl<'a> Movers<'a> {
    pub(super) fn new(
        placed: &'a Placed,
        city: CityRecords<'a>,
        times: &'a ClosingTimes<'a>,
    ) -> Self {
        let snapped = placed.snapped();
        let residents = (0..snapped.residents().len()).map(ResidentId::new);
        let leave = residents.flat_map(|resident| {
            let accesses = snapped.gate_accesses(resident);
            accesses.map(move |access| (access.gate, resident))
        });
        let mut by_gate: Vec<(GateId, ResidentId)> = match placed.walker().walls() {
            Some(_) => leave.collect(),
            None => Vec::new(),
        };
        by_gate.sort_unstable();
        Self {
            placed,
            city,
            times,
            in_walls: placed.snapper().edges_in_walls(),
            by_gate,
        }
    }

    fn snapped(&self) -> &'a Snapped {
        self.placed.snapped()
    }

    /// What is closed with something, and who joins the streets elsewhere then.
    pub(super) fn closed(
        &self,
        closure: &StreetClosure,
        control: Control<'_>,
    ) -> Result<Closed, Cancelled> {
        let mut closed = Closed {
            cuts: closure.cuts.clone(),
            gates: closure.nodes.clone(),
            ..Closed::default()
        };
        if !closure.wall_gates.is_empty() {
            self.shut(&closure.wall_gates, &mut closed);
        }
        if closure.runs.is_empty() {
            return Ok(closed);
        }
        let mut edges = closure.cuts.iter().map(|cut| cut.edge);
        let open = self.placed.walker().open_snapper();
        if edges.any(|edge| self.in_walls.binary_search(&edge).is_ok())
            && let Some(walls) = self.placed.walker().walls()
        {
            let snapper = open.without_segments(&closure.runs).behind(walls);
            self.move_all(&snapper, &mut closed, control)?;
        } else {
            let snapper = self.placed.snapper().without_segments(&closure.runs);
            self.move_beside(&snapper, &mut closed);
        }
        Ok(closed)
    }

    /// Shuts gates in walls: who leaves by them leaves by the others.
    fn shut(&self, gates: &[GateId], closed: &mut Closed) {
        let snapped = self.snapped();
        let mut residents: Vec<ResidentId> = Vec::new();
        for gate in gates {
            let first = self.by_gate.partition_point(|(known, _)| known < gate);
            let own = self.by_gate[first..].iter();
            let own = own.take_while(|(known, _)| known == gate);
            residents.extend(own.map(|(_, resident)| *resident));
        }
        residents.sort_unstable();
        residents.dedup();
        let others = |resident: ResidentId| {
            let accesses = snapped.gate_accesses(resident);
            let others = accesses.filter(|access| !gates.contains(&access.gate));
            others.map(|access| access.snap).collect::<Vec<Snap>>()
        };
        let moved = residents.into_iter();
        closed.residents = moved.map(|resident| (resident, others(resident))).collect();
        let is_shut = |entrance: &Entrance| entrance.gate.is_some_and(|gate| gates.contains(&gate));
        for station in snapped.stations() {
            let entrances = snapped.entrances(station);
            if entrances.iter().any(is_shut) {
                let others = entrances.iter().filter(|entrance| !is_shut(entrance));
                let snaps = others.filter_map(|entrance| entrance.snapping.snap().copied());
                closed.stations.push((station, snaps.collect()));
            }
        }
    }

    /// Moves those who joined the streets on a stretch that is closed.
    fn move_beside(&self, snapper: &Snapper<'_>, closed: &mut Closed) {
        let (mut residents, mut stations) = (Vec::new(), Vec::new());
        for cut in closed.cuts.iter().filter(|cut| cut.from < cut.to) {
            let beside = self.times.residents_on(cut.edge);
            residents.extend(beside.filter(|resident| self.is_inside(*resident, cut)));
            stations.extend(self.times.stations_on(cut.edge));
        }
        residents.sort_unstable();
        residents.dedup();
        stations.sort_unstable();
        stations.dedup();
        let residents = residents.into_iter().map(|resident| {
            let place = self.city.residents[resident.index()].valid_place();
            let at_door = joined(snapper, place);
            let ways = self.snapped().ways();
            (resident, ways.snaps_from_flat(resident, at_door))
        });
        closed.residents = residents.collect();
        let moved = stations.into_iter();
        let moved = moved.filter_map(|station| {
            let is_moved = |entrance: &Entrance| is_on(entrance, &closed.cuts);
            let entrances = self.snapped().entrances(station);
            let snaps = || {
                entrances.iter().flat_map(|entrance| {
                    if is_moved(entrance) {
                        joined(snapper, self.row_place(entrance.row))
                    } else {
                        entrance.snapping.snap().copied().into_iter().collect()
                    }
                })
            };
            let any = entrances.iter().any(is_moved);
            any.then(|| (station, snaps().collect()))
        });
        closed.stations = moved.collect();
    }

    fn is_inside(&self, resident: ResidentId, cut: &Cut) -> bool {
        let mut snaps = self.snapped().resident_snaps(resident);
        snaps.any(|snap| snap.edge == cut.edge && cut.has_inside(snap.fraction))
    }

    fn row_place(&self, row: u32) -> Option<Coord<f64>> {
        self.city.stations[row as usize]
            .place
            .as_ref()
            .ok()
            .copied()
    }

    /// Moves whoever joins the streets elsewhere than before, where what is seen from behind walls has changed.
    fn move_all(
        &self,
        snapper: &Snapper<'_>,
        closed: &mut Closed,
        control: Control<'_>,
    ) -> Result<(), Cancelled> {
        let before = self.snapped();
        let homes = self.city.residents.iter().map(Resident::valid_place);
        let homes: Vec<Option<Coord<f64>>> = homes.collect();
        let after = snapper.snap_homes(&homes, before.ways(), control)?;
        for resident in (0..homes.len()).map(ResidentId::new) {
            if !before
                .resident_snaps(resident)
                .eq(after.resident_snaps(resident))
            {
                let snaps = after.resident_snaps(resident).copied().collect();
                closed.residents.push((resident, snaps));
            }
        }
        for station in before.stations() {
            let snaps = self.station_snaps(station, snapper);
            if !before.station_snaps(station).eq(&snaps) {
                closed.stations.push((station, snaps));
            }
        }
        Ok(())
    }

    fn station_snaps(&self, station: StationId, snapper: &Snapper<'_>) -> Vec<Snap> {
        let entrances = self.snapped().entrances(station);
        // The gates that one row is left by follow each other.
        let rows = entrances.chunk_by(|one, next| one.row == next.row);
        let snaps = rows.flat_map(|row| joined(snapper, self.row_place(row[0].row)));
        snaps.collect()
    }
}

/// Whether an entrance is inside one of some cuts.
fn is_on(entrance: &Entrance, cuts: &[Cut]) -> bool {
    entrance.snapping.snap().is_some_and(|snap| {
        let mut own = cuts.iter().filter(|cut| cut.edge == snap.edge);
        own.any(|cut| cut.has_inside(snap.fraction))
    })
}

/// Where somebody joins the streets who stands at a place.
fn joined(snapper: &Snapper<'_>, place: Option<Coord<f64>>) -> Vec<Snap> {
    place.map_or_else(Vec::new, |place| snapper.ways_onto_streets(place))
}
