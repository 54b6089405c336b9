//! Residents as clients of the solver: those with the same walks are one, and those whom others bring along are none.

#[cfg(feature = "solver")]
use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::exact::{Instance, Saving};
use crate::units::Cost;

/// Residents with equal walks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    /// Candidates by number, with what the walk costs, or 0 where only the candidate counts.
    pub(super) walks: Vec<(u32, Cost)>,
    /// Their people together, in the unit of the problem.
    pub(super) weight: i64,
    /// The same, each person counted once, where communities count.
    pub(super) people: i64,
    /// The cost of the walk to the nearest standing site.
    pub(super) now: Option<Cost>,
    /// How many of the candidates it takes, where one is not enough, or the community counts; else 0.
    pub(super) needs: u32,
    /// The community, where it counts.
    pub(super) community: Option<usize>,
}

impl Client {
    /// All that merged clients have in common but the walks.
    fn kind(&self) -> (Option<Cost>, u32, Option<usize>) {
        (self.now, self.needs, self.community)
    }

    fn is_alike(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.walks == other.walks
    }

    /// What all walks cost, that to the nearest standing site among them.
    pub(super) fn costs(&self) -> impl Iterator<Item = Cost> + '_ {
        self.walks.iter().map(|walk| walk.1).chain(self.now)
    }
}

/// Merges residents with equal walks, in the order of their first.
pub(super) fn merged(residents: impl Iterator<Item = Client>) -> Vec<Client> {
    let mut hashed: Vec<(u64, Client)> = residents.map(|one| (fingerprint(&one), one)).collect();
    let mut order: Vec<usize> = (0..hashed.len()).collect();
    order.sort_by(|&one, &other| {
        let (one_hash, one_client) = &hashed[one];
        let (other_hash, other_client) = &hashed[other];
        (one_hash, one_client.kind())
            .cmp(&(other_hash, other_client.kind()))
            .then_with(|| one_client.walks.cmp(&other_client.walks))
            .then(one.cmp(&other))
    });
    let mut firsts: Vec<usize> = Vec::new();
    for index in order {
        let is_same = firsts
            .last()
            .is_some_and(|&first| hashed[first].1.is_alike(&hashed[index].1));
        match firsts.last() {
            Some(&first) if is_same => {
                hashed[first].1.weight += hashed[index].1.weight;
                hashed[first].1.people += hashed[index].1.people;
            }
            _ => firsts.push(index),
        }
    }
    firsts.sort_unstable();
    let take = |index: usize| {
        let client = &mut hashed[index].1;
        Client {
            walks: std::mem::take(&mut client.walks),
            ..*client
        }
    };
    firsts.into_iter().map(take).collect()
}

/// A hash that is the same in every run.
fn fingerprint(client: &Client) -> u64 {
    let mut hasher = DefaultHasher::new();
    (client.kind(), &client.walks).hash(&mut hasher);
    hasher.finish()
}

/// Where everybody has to be covered: without the clients who are covered whenever another is, since all sites of the other are
/// theirs too.
pub(super) fn without_implied(clients: &[Client], sites: usize) -> Vec<Client> {
    let mut order: Vec<usize> = (0..clients.len()).collect();
    order.sort_by_key(|&client| (clients[client].walks.len(), client));
    // Clients that are kept, by each of their sites.
    let mut kept_at: Vec<Vec<usize>> = vec![Vec::new(); sites];
    let mut is_mine = vec![false; sites];
    let mut kept = Vec::new();
    for client in order {
        let mine = &clients[client].walks;
        for &(site, _) in mine {
            is_mine[site as usize] = true;
        }
        // A kept client whose sites are all mine has its first site among mine.
        let mut smaller = mine.iter().flat_map(|&(site, _)| &kept_at[site as usize]);
        let is_implied = smaller.any(|&other| {
            let walks = &clients[other].walks;
            walks.iter().all(|&(site, _)| is_mine[site as usize])
        });
        for &(site, _) in mine {
            is_mine[site as usize] = false;
        }
        if let Some(&(first, _)) = mine.first().filter(|_| !is_implied) {
            kept_at[first as usize].push(client);
            kept.push(client);
        }
    }
    kept.sort_unstable();
    kept.into_iter()
        .map(|client| clients[client].clone())
        .collect()
}

/// Each client saves the same at all of its sites.
pub(super) fn flat(
    clients: &[Client],
    saving: impl Fn(&Client) -> i64,
    prices: Vec<i64>,
) -> Instance {
    let rows: Vec<Vec<Saving>> = clients
        .iter()
        .map(|client| {
            let saving = saving(client);
            let sites = client
                .walks
                .iter()
                .map(|&(site, _)| Saving { site, saving });
            sites.collect()
        })
        .collect();
    Instance::new(&rows, prices)
}

/// The weight of the clients who have as many of the sites as they need.
#[cfg(feature = "solver")]
pub(super) fn covered(clients: &[Client], chosen: &[u32]) -> i64 {
    with_enough(clients, chosen)
        .map(|client| client.weight)
        .sum()
}

/// The clients who have as many of the sites as they need.
#[cfg(feature = "solver")]
pub(super) fn with_enough<'c>(
    clients: &'c [Client],
    chosen: &[u32],
) -> impl Iterator<Item = &'c Client> {
    let chosen: BTreeSet<u32> = chosen.iter().copied().collect();
    clients.iter().filter(move |client| {
        let near = client.walks.iter();
        let near = near.filter(|(site, _)| chosen.contains(site));
        near.count() >= client.needs as usize
    })
}
