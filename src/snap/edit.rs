//! Points that change after they were snapped: stations that come, move and go, and streets that close and open again.

use geo_types::Coord;

use super::index::{SegmentIndex, Stack};
use super::joined::{Entrance, SNAP_CHUNK, Snapping};
use super::{SnapOptions, Snapped, Snapper};
use crate::id::{EdgeId, ResidentId, StationId};
use crate::parallel;

impl Snapped {
    /// The same with the rows numbered station by station.
    pub(crate) fn numbered_by_station(mut self) -> Self {
        self.number();
        self
    }

    fn number(&mut self) {
        let mut next = 0;
        for station in self.entrance_start.windows(2) {
            let mut last = None;
            for entrance in &mut self.entrances[station[0] as usize..station[1] as usize] {
                // The gates that one row is left by follow each other.
                if last != Some(entrance.row) {
                    last = Some(entrance.row);
                    next += 1;
                }
                entrance.row = next - 1;
            }
        }
    }

    /// Gives a station other entrances, whose rows count from 0; none are a station that serves nobody. Rows are numbered
    /// station by station.
    ///
    /// # Complexity
    /// O(n) in all entrances where their number changes or one of them is by a gate, else in those of the station.
    pub(crate) fn set_station(&mut self, station: StationId, entrances: &[Entrance]) {
        let index = station.index();
        let [start, end] = [0, 1].map(|next| self.entrance_start[index + next] as usize);
        let own = &mut self.entrances[start..end];
        let is_by_gate = |entrance: &Entrance| entrance.gate.is_some();
        if own.len() == entrances.len() && !own.iter().chain(entrances).any(is_by_gate) {
            for (own, entrance) in own.iter_mut().zip(entrances) {
                own.snapping = entrance.snapping;
            }
            return;
        }
        self.entrances.splice(start..end, entrances.iter().copied());
        for offset in &mut self.entrance_start[index + 1..] {
            *offset = *offset + entrances.len() as u32 - (end - start) as u32;
        }
        self.number();
    }

    /// Adds a station behind the last.
    pub(crate) fn add_station(&mut self, snappings: &[Snapping]) -> StationId {
        let station = StationId::new(self.station_count());
        let rows = self.entrances.len() as u32..;
        self.entrances.extend(
            rows.zip(snappings)
                .map(|(row, &snapping)| entrance(row, snapping)),
        );
        self.entrance_start.push(self.entrances.len() as u32);
        station
    }

    /// Puts one of all stations' entrances elsewhere.
    pub(crate) fn set_entrance(&mut self, index: usize, snapping: Snapping) {
        self.entrances[index].snapping = snapping;
    }

    /// Puts a resident's house elsewhere.
    pub(crate) fn set_resident(&mut self, resident: ResidentId, at_door: Snapping) {
        self.residents[resident.index()] = self.ways.leave_flat(resident, at_door);
    }

    /// Exchanges the residents, with their gate accesses, for those of another.
    pub(crate) fn exchange_residents(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.residents, &mut other.residents);
        std::mem::swap(&mut self.accesses, &mut other.accesses);
    }
}

fn entrance(row: u32, snapping: Snapping) -> Entrance {
    Entrance {
        row,
        snapping,
        gate: None,
    }
}

/// What closing and opening ways means for points: whom it may snap elsewhere.
pub(crate) struct Resnap<'a> {
    /// Per edge, whether anything about snapping to it has changed.
    is_changed: Vec<bool>,
    /// The edges that can be snapped to, or are open, as they were not before; `None` where there are none.
    gained: Option<SegmentIndex<'a>>,
    options: SnapOptions,
}

impl<'a> Resnap<'a> {
    /// From the snapper before and the snapper after.
    pub(crate) fn between(before: &Snapper<'a>, after: &Snapper<'a>) -> Self {
        let network = after.network;
        let mut is_changed = vec![false; network.edge_count()];
        let mut is_gained = vec![false; network.edge_count()];
        for edge in network.edge_ids() {
            let [was, is] =
                [before, after].map(|snapper| (snapper.is_open(edge), snapper.accepts(edge)));
            is_changed[edge.index()] = was != is;
            is_gained[edge.index()] = (is.0 && !was.0) || (is.1 && !was.1);
        }
        let gained = is_gained.contains(&true).then(|| {
            let take = |edge: EdgeId| is_gained[edge.index()];
            SegmentIndex::new(network, take)
        });
        Self {
            is_changed,
            gained,
            options: after.options,
        }
    }

    /// Whether a point that has this place and snapped so may snap elsewhere now. Who is asked in vain is snapped as before.
    fn may_move(&self, place: Coord<f64>, old: &Snapping, stack: &mut Stack) -> bool {
        let (edge, within_m) = match old {
            Snapping::On(snap) | Snapping::ShutIn(snap) => (Some(snap.edge), snap.leg_m),
            Snapping::OffNetwork(Some(near)) => {
                (Some(near.edge), near.metres.max(self.options.max_snap_m()))
            }
            Snapping::OffNetwork(None) => (None, f64::MAX.sqrt() / 2.0),
            Snapping::Invalid => return false,
        };
        let has_changed = edge.is_some_and(|edge| self.is_changed[edge.index()]);
        // A street as near as the old one may come first by its number, so rounding must not hide it.
        let within_m = within_m * (1.0 + 1e-9) + 1e-6;
        let is_nearer = |gained: &SegmentIndex<'_>| {
            let nearest = gained.nearest(place, within_m, stack, |_| true);
            nearest.is_some()
        };
        has_changed || self.gained.as_ref().is_some_and(is_nearer)
    }

    /// Snaps again whom it may concern: the points, as they stand at their doors, by their position, that are now elsewhere or
    /// otherwise off the network.
    pub(crate) fn moved(
        &self,
        after: &Snapper<'_>,
        points: &[(Option<Coord<f64>>, &Snapping)],
    ) -> Vec<(usize, Snapping)> {
        let snapped =
            parallel::map_with(points.len(), SNAP_CHUNK, Stack::default, |stack, index| {
                let (place, old) = points[index];
                let place = place.filter(|place| self.may_move(*place, old, stack))?;
                Some(after.snap_with(place, stack)).filter(|new| new != old)
            });
        let moved = snapped.into_iter().enumerate();
        moved
            .filter_map(|(index, snapping)| Some((index, snapping?)))
            .collect()
    }
}
