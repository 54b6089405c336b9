//! Points that change after they were snapped: stations that come, move and go, and streets that close and open again.

use geo_types::Coord;

use super::index::{SegmentIndex, Stack};
use super::{Entrance, SNAP_CHUNK, SnapOptions, Snapped, Snapper, Snapping};
use crate::id::{EdgeId, ResidentId, StationId};
use crate::parallel;

impl Snapped {
    /// The same with the entrances numbered station by station.
    pub(crate) fn numbered_by_station(mut self) -> Self {
        self.number();
        self
    }

    fn number(&mut self) {
        for (row, entrance) in (0..).zip(&mut self.entrances) {
            entrance.row = row;
        }
    }

    /// Gives a station other entrances; none are a station that serves nobody. Rows are numbered station by station.
    ///
    /// # Complexity
    /// O(n) in all entrances where their number changes, else in those of the station.
    pub(crate) fn set_station(&mut self, station: StationId, snappings: &[Snapping]) {
        let index = station.index();
        let [start, end] = [0, 1].map(|next| self.entrance_start[index + next] as usize);
        if end - start == snappings.len() {
            let entrances = &mut self.entrances[start..end];
            for (entrance, snapping) in entrances.iter_mut().zip(snappings) {
                entrance.snapping = *snapping;
            }
            return;
        }
        let new = snappings.iter().map(|&snapping| entrance(0, snapping));
        self.entrances.splice(start..end, new);
        for offset in &mut self.entrance_start[index + 1..] {
            *offset = *offset + snappings.len() as u32 - (end - start) as u32;
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

    /// Puts a resident elsewhere.
    pub(crate) fn set_resident(&mut self, resident: ResidentId, snapping: Snapping) {
        self.residents[resident.index()] = snapping;
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
            Snapping::On(snap) => (Some(snap.edge), snap.leg_m),
            Snapping::OffNetwork(Some(near)) => {
                (Some(near.edge), near.metres.max(self.options.max_snap_m))
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

    /// Snaps again whom it may concern: the points, by their position, that are now elsewhere or otherwise off the network.
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
