//! Sites that need not be looked at.

use super::instance::Instance;
use super::limits::Limits;

/// The most entries that are compared, so that this never takes longer than solving.
const MOST_COMPARED: usize = 400_000_000;

/// By site: whether another one of its mode saves every client as much, for no more. Of equal sites the first stays. A mode of which
/// some sites are needed keeps them all.
pub(crate) fn dominated(instance: &Instance, limits: &Limits) -> Vec<bool> {
    let sites = instance.site_count();
    let mut is_dominated = vec![false; sites];
    let mut savings = vec![0; instance.client_count()];
    let mut compared = 0;
    for site in 0..sites {
        if limits.modes[limits.mode(site)].least > 0 {
            continue;
        }
        let Some(rarest) = rarest_client(instance, site) else {
            continue;
        };
        for (client, saving) in instance.clients_of(site) {
            savings[client] = saving;
        }
        let size = instance.clients_of(site).count();
        is_dominated[site] = instance.savings_of(rarest).any(|other| {
            let other = other.site as usize;
            if other == site || is_dominated[other] || !may_replace(instance, limits, other, site) {
                return false;
            }
            compared += instance.clients_of(other).count();
            let as_good = instance
                .clients_of(other)
                .filter(|&(client, saving)| savings[client] > 0 && saving >= savings[client]);
            as_good.count() == size && (other < site || !is_equal(instance, limits, other, site))
        });
        for (client, _) in instance.clients_of(site) {
            savings[client] = 0;
        }
        if compared > MOST_COMPARED {
            break;
        }
    }
    is_dominated
}

/// The client of a site with the fewest sites: whoever replaces the site is among them.
fn rarest_client(instance: &Instance, site: usize) -> Option<usize> {
    let clients = instance.clients_of(site).map(|(client, _)| client);
    clients.min_by_key(|&client| (instance.savings_of(client).count(), client))
}

/// Whether one site costs no more than another, and counts for the same mode.
fn may_replace(instance: &Instance, limits: &Limits, one: usize, other: usize) -> bool {
    let is_same_mode = limits.mode(one) == limits.mode(other);
    let is_unlimited = limits.modes[limits.mode(one)].most == usize::MAX;
    (is_same_mode || is_unlimited)
        && instance.prices[one] <= instance.prices[other]
        && limits.costs[one] <= limits.costs[other]
}

/// Whether two sites are alike in everything that [`may_replace`] looks at, and in their clients once one has all of the other's.
fn is_equal(instance: &Instance, limits: &Limits, one: usize, other: usize) -> bool {
    may_replace(instance, limits, other, one)
        && instance.clients_of(one).eq(instance.clients_of(other))
}
