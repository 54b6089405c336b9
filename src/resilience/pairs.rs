//! What closing two stations at the same time costs.

use super::loss::{Loss, Walk, ranked};
use crate::id::{ResidentId, StationId, UnknownId};
use crate::search::{NearestStation, NearestStations};
use crate::units::{Cost, People};

/// What closing two stations costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PairLoss {
    /// Which two, the smaller id first.
    pub stations: [StationId; 2],
    /// What closing both costs.
    pub loss: Loss,
    /// Those who lose the service only because both are closed: each of the two would have served them.
    pub together: People,
}

/// Closes each two of some stations, the worst pair first.
///
/// Two stations cost what each costs alone, but for those who have one of them as the nearest and the other as the next: these go on
/// to the third.
pub(super) fn pair_losses(
    stations: &[StationId],
    losses: &[Loss],
    nearest: &NearestStations,
    people: &[People],
    cutoff: Cost,
) -> Result<Vec<PairLoss>, UnknownId> {
    let count = stations.len();
    let mut place = vec![None; losses.len()];
    for (at, station) in stations.iter().enumerate() {
        place[station.index()] = Some(at);
    }
    // By the smaller and the larger place: what is counted wrongly alone, and what comes in its stead.
    let mut meeting = vec![[Loss::default(); 2]; count * count];
    for (resident, people) in people.iter().enumerate() {
        let known = nearest.of(ResidentId::new(resident))?;
        let [first, second, ..] = known else {
            continue;
        };
        let places = [first, second].map(|known| place[known.station.index()]);
        if let [Some(one), Some(other)] = places {
            let [alone, both] = &mut meeting[one.min(other) * count + one.max(other)];
            let third = known.get(2);
            for (loss, after) in [(alone, Some(second)), (both, third)] {
                let after = after.map(|known: &NearestStation| known.cost);
                let before = Some(first.cost);
                loss.count(*people, Walk { before, after }, cutoff);
            }
        }
    }
    let mut pairs = Vec::with_capacity(count * count.saturating_sub(1) / 2);
    for one in 0..count {
        for other in one + 1..count {
            let [alone, both] = meeting[one * count + other];
            let ids = [stations[one], stations[other]];
            let [a, b] = ids.map(|station| losses[station.index()]);
            let loss = a.plus(b).minus(alone).plus(both);
            pairs.push(PairLoss {
                stations: [ids[0].min(ids[1]), ids[0].max(ids[1])],
                loss,
                together: loss.lost.people - a.lost.people - b.lost.people,
            });
        }
    }
    pairs.sort_by_key(|pair| pair.stations);
    let order = ranked(pairs.iter().map(|pair| &pair.loss));
    Ok(order.into_iter().map(|at| pairs[at]).collect())
}
