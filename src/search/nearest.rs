//! Everybody's nearest station at any distance: one sweep from all stations at once.

use super::engine::Engine;
use super::queue::{Scratch, ToStation};
use super::travel_times::{NearestStation, TravelTimes};
use super::walk::Walk;
use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId};
use crate::parallel;
use crate::snap::Snapped;
use crate::units::{CLOSED, Cost, Cutoff};

/// Residents per parallel task of the lookup.
const RESIDENT_CHUNK: usize = 1024;

impl Engine<'_> {
    /// The nearest station of every resident. `times` is known already, so that round trips begin with it.
    pub(super) fn nearest(
        &self,
        times: &TravelTimes,
        control: Control<'_>,
    ) -> Result<Vec<Option<NearestStation>>, Cancelled> {
        control.check()?;
        let there = sweep(&self.there, self.snapped);
        let Some(back) = &self.back else {
            return Ok(there);
        };
        control.check()?;
        // Who has no way there or no way back has no round trip; the others are asked with ever larger bounds.
        let connected: Vec<bool> = there
            .iter()
            .zip(sweep(back, self.snapped))
            .map(|(there, back)| there.is_some() && back.is_some())
            .collect();
        let mut nearest = vec![None; connected.len()];
        for station in self.snapped.stations() {
            improve_nearest(&mut nearest, station, times.row(station));
        }
        let stations: Vec<StationId> = self.snapped.stations().collect();
        let mut bound = times.cutoff().map_or(FIRST_ROUND_TRIP, Cutoff::cost);
        let waiting = |nearest: &[Option<NearestStation>]| {
            nearest
                .iter()
                .zip(&connected)
                .any(|(nearest, connected)| nearest.is_none() && *connected)
        };
        while waiting(&nearest) && bound < CLOSED - 1 {
            bound = bound.saturating_mul(2).min(CLOSED - 1);
            let found = self.table(&stations, bound, None)?;
            control.check()?;
            let mut wider = vec![None; nearest.len()];
            for (station, row) in found.each_row() {
                improve_nearest(&mut wider, station, row);
            }
            for (known, wider) in nearest.iter_mut().zip(wider) {
                *known = known.or(wider);
            }
            if !found.cut {
                break;
            }
        }
        Ok(nearest)
    }
}

/// The first bound of a round trip without a cutoff: half an hour, or 1,800 m.
const FIRST_ROUND_TRIP: Cost = 1_800_000;

/// Everybody's nearest station on one heading.
fn sweep(walk: &Walk<'_>, snapped: &Snapped) -> Vec<Option<NearestStation>> {
    let mut scratch = Scratch::new(
        walk.graph().node_count(),
        ToStation {
            cost: 0,
            station: StationId(0),
        },
    );
    walk.sweep(&mut scratch);
    parallel::map(snapped.residents(), RESIDENT_CHUNK, |snapping| {
        let ToStation { cost, station } = walk.nearest(snapping.snap()?, &scratch)?;
        Some(NearestStation { station, cost })
    })
}

/// Takes a station's row where it is nearer than what is known, or as near and the station comes first.
fn improve_nearest(
    nearest: &mut [Option<NearestStation>],
    station: StationId,
    row: &[(ResidentId, Cost)],
) {
    for &(resident, cost) in row {
        let cost = u64::from(cost);
        let known = &mut nearest[resident.index()];
        if known.is_none_or(|known| (cost, station) < (known.cost, known.station)) {
            *known = Some(NearestStation { station, cost });
        }
    }
}
