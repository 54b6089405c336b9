//! Residents with several gate accesses: a search meets each as a home of its own, and the least cost is theirs.

use super::travel_times::NearestStation;
use crate::id::ResidentId;
use crate::snap::Snapped;
use crate::units::Cost;

/// Makes the homes of a row from `first` on the residents whose they are, each once with the least cost. Those with several
/// gate accesses come last, ascending.
pub(super) fn fold_row(snapped: &Snapped, row: &mut Vec<(ResidentId, Cost)>, first: usize) {
    if !snapped.has_further_accesses() {
        return;
    }
    let mut several = Vec::new();
    let mut kept = first;
    for index in first..row.len() {
        let (home, cost) = row[index];
        if let Some(owner) = snapped.owner_of_several(home) {
            several.push((owner, cost));
        } else {
            row[kept] = (home, cost);
            kept += 1;
        }
    }
    row.truncate(kept);
    several.sort_unstable();
    several.dedup_by_key(|(owner, _)| *owner);
    row.append(&mut several);
}

/// The same for the nearest stations of all homes.
pub(super) fn fold_nearest(snapped: &Snapped, nearest: &mut Vec<Option<NearestStation>>) {
    let residents = snapped.residents().len();
    for home in residents..nearest.len() {
        let Some(by_access) = nearest[home] else {
            continue;
        };
        let own = &mut nearest[snapped.owner(ResidentId::new(home)).index()];
        let is_better =
            own.is_none_or(|own| (by_access.cost, by_access.station) < (own.cost, own.station));
        if is_better {
            *own = Some(by_access);
        }
    }
    nearest.truncate(residents);
}
