//! Everybody's nearest station there and back. No sweep from all stations answers that, since both ways must be to the same
//! station, so whoever an edit may concern is asked anew.

use crate::id::ResidentId;
use crate::search::NearestStation;
use crate::search::engine::Memory;
use crate::search::queue::Scratch;
use crate::search::walk::Walk;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

use super::points::Moved;

/// The longest round trip that is known.
const LONGEST: u64 = CLOSED as u64 - 1;

/// The memory of searches at any distance, there and back.
#[derive(Debug)]
pub(super) struct RoundTrips {
    there: Scratch<u64>,
    back: Scratch<u64>,
}

/// Both ways of a trip.
#[derive(Clone, Copy)]
pub(super) struct BothWays<'w> {
    pub(super) there: &'w Walk<'w>,
    pub(super) back: &'w Walk<'w>,
    pub(super) snapped: &'w Snapped,
}

impl RoundTrips {
    pub(super) fn new(both: BothWays<'_>) -> Self {
        let scratch = |walk: &Walk<'_>| Scratch::new(walk.graph().node_count(), 0);
        Self {
            there: scratch(both.there),
            back: scratch(both.back),
        }
    }

    /// Answers whose nearest station may be another one after a station has moved. `known` are the nearest stations before,
    /// `memory` is of searches within the cutoff, and `row` holds the round trips within it to where the station is now.
    pub(super) fn renew(
        &mut self,
        both: BothWays<'_>,
        mut memory: Option<&mut Memory>,
        moved: Moved<'_>,
        row: &[(ResidentId, Cost)],
        known: &[Option<NearestStation>],
        mut renew: impl FnMut(ResidentId, Option<NearestStation>),
    ) {
        let station = moved.station;
        let bound = memory
            .as_ref()
            .map_or(0, |memory| u64::from(memory.there.labels.bound()));
        let mut is_far = false;
        for (resident, known) in on_network(both.snapped, known) {
            match known {
                Some(known) if known.station == station => {
                    let snaps = snaps_of(both.snapped, resident);
                    renew(resident, self.nearest(both, memory.as_deref_mut(), &snaps));
                }
                Some(known) => is_far |= known.cost > bound,
                None => is_far = true,
            }
        }
        let mut offer = |resident: ResidentId, cost: u64| {
            let known = known[resident.index()];
            // Whom it is nearest to still, and nearer than before, gets the same answer as above.
            let betters = known.is_none_or(|known| (cost, station) < (known.cost, known.station));
            if betters {
                renew(resident, Some(NearestStation { station, cost }));
            }
        };
        for &(resident, cost) in row {
            offer(resident, u64::from(cost));
        }
        if is_far && !moved.to.is_empty() {
            self.search(both, moved.to);
            for (resident, known) in on_network(both.snapped, known) {
                if known.is_none_or(|known| known.cost > bound)
                    && let Some(cost) = self.cost_from(both, moved.to, resident)
                {
                    offer(resident, cost);
                }
            }
        }
    }

    /// Searches from a station, or from a resident, whose way there is the other's way back.
    fn search(&mut self, both: BothWays<'_>, places: &[Snap]) {
        for (scratch, walk) in [(&mut self.there, both.there), (&mut self.back, both.back)] {
            let seeds = walk.seeds(places.iter());
            let seeds = seeds.map(|(node, cost)| (node, u64::from(cost)));
            scratch.search(walk.graph(), seeds, u64::MAX, |_, _| {});
        }
    }

    /// The round trip between the places last searched from and a resident, who may leave by one gate and come back by another.
    fn cost_from(&self, both: BothWays<'_>, places: &[Snap], resident: ResidentId) -> Option<u64> {
        let way = |walk: &Walk<'_>, labels: &Scratch<u64>| -> Option<u64> {
            let snaps = both.snapped.resident_snaps(resident);
            let costs =
                snaps.filter_map(|snap| walk.cost_to(snap, places, |node| labels.label(node)));
            costs.min()
        };
        let there = way(both.there, &self.there)?;
        let back = way(both.back, &self.back)?;
        Some(there + back).filter(|cost| *cost <= LONGEST)
    }

    /// A resident's nearest station: within the cutoff, else at any distance.
    fn nearest(
        &mut self,
        both: BothWays<'_>,
        memory: Option<&mut Memory>,
        snaps: &[Snap],
    ) -> Option<NearestStation> {
        let near = memory.and_then(|memory| nearest_within(both, memory, snaps));
        near.or_else(|| {
            self.search(both, snaps);
            least(both, |walk, is_back, entrance| {
                let scratch = if is_back { &self.back } else { &self.there };
                walk.cost_to(entrance, snaps, |node| scratch.label(node))
            })
            .filter(|nearest| nearest.cost <= LONGEST)
        })
    }
}

fn on_network<'s>(
    snapped: &'s Snapped,
    known: &'s [Option<NearestStation>],
) -> impl Iterator<Item = (ResidentId, Option<NearestStation>)> {
    snapped
        .residents_on_network()
        .map(|(resident, _)| (resident, known[resident.index()]))
}

/// Where a resident joins the network: each of their doors.
fn snaps_of(snapped: &Snapped, resident: ResidentId) -> Vec<Snap> {
    snapped.resident_snaps(resident).copied().collect()
}

/// The nearest station within the memory's bound.
fn nearest_within(
    both: BothWays<'_>,
    memory: &mut Memory,
    snaps: &[Snap],
) -> Option<NearestStation> {
    let (there, back) = (&mut memory.there.labels, &mut memory.back.as_mut()?.labels);
    let bound = there.bound();
    there.search(both.there.graph(), both.there.seeds(snaps.iter()));
    back.search(both.back.graph(), both.back.seeds(snaps.iter()));
    least(both, |walk, is_back, entrance| {
        let labels = if is_back { &*back } else { &*there };
        let cost: Cost = walk.cost_to(entrance, snaps, |node| labels.label(node))?;
        Some(u64::from(cost))
    })
    .filter(|nearest| nearest.cost <= u64::from(bound))
}

/// The station with the least sum of both ways, each to the entrance that is best for it.
fn least(
    both: BothWays<'_>,
    cost: impl Fn(&Walk<'_>, bool, &Snap) -> Option<u64>,
) -> Option<NearestStation> {
    let best = both.snapped.stations().filter_map(|station| {
        let way = |walk: &Walk<'_>, is_back| {
            let snaps = both.snapped.station_snaps(station);
            snaps.filter_map(|snap| cost(walk, is_back, snap)).min()
        };
        let there = way(both.there, false)?;
        Some((there + way(both.back, true)?, station))
    });
    let (cost, station) = best.min()?;
    Some(NearestStation { station, cost })
}
