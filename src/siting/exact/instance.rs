//! What is maximised: for every client the best saving among the chosen sites, less the prices of these sites.

use std::ops::Range;

use crate::siting::divisor::common_divisor;

/// Clients, sites, and what a client saves where a site is the best of those chosen. Savings are positive; a pair that saves
/// nothing is not there. Coverage is the case in which a client saves its people at every site, p-median that in which it saves
/// the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Instance {
    /// Where each client's entries begin, and the end of the last.
    client_start: Vec<usize>,
    /// By client: its sites, the largest saving first, then the first site.
    client_sites: Vec<u32>,
    client_savings: Vec<i64>,
    /// Where each site's entries begin, and the end of the last.
    site_start: Vec<usize>,
    /// By site: its clients in order.
    site_clients: Vec<u32>,
    site_savings: Vec<i64>,
    /// What choosing a site takes from the savings.
    pub(super) prices: Vec<i64>,
    /// Every value is a multiple of this.
    pub(super) granule: i64,
    /// Clients' prices are shifted by so many bits, so that they can be finer than savings.
    pub(super) shift: u32,
}

/// What a site saves one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Saving {
    pub(crate) site: u32,
    pub(crate) saving: i64,
}

impl Instance {
    /// From every client's savings, in any order, and the sites' prices.
    pub(crate) fn new(clients: &[Vec<Saving>], prices: Vec<i64>) -> Self {
        let mut client_start = vec![0];
        let mut client_sites = Vec::new();
        let mut client_savings = Vec::new();
        let mut counts = vec![0; prices.len()];
        for client in clients {
            let mut sorted: Vec<Saving> = client
                .iter()
                .copied()
                .filter(|one| one.saving > 0)
                .collect();
            sorted.sort_unstable_by_key(|one| (-one.saving, one.site));
            for one in &sorted {
                counts[one.site as usize] += 1;
                client_sites.push(one.site);
                client_savings.push(one.saving);
            }
            client_start.push(client_sites.len());
        }
        let mut made = Self {
            granule: granule(&client_savings, &prices),
            client_start,
            client_sites,
            client_savings,
            site_start: vec![0],
            site_clients: Vec::new(),
            site_savings: Vec::new(),
            shift: 0,
            prices,
        };
        let bits = 64 - made.magnitude().max(1).leading_zeros();
        made.shift = 60_u32.saturating_sub(bits).min(20);
        made.add_sites(&counts);
        made
    }

    /// The entries once more, by site.
    fn add_sites(&mut self, counts: &[usize]) {
        let mut end = 0;
        for count in counts {
            end += count;
            self.site_start.push(end);
        }
        let mut next = self.site_start.clone();
        self.site_clients = vec![0; end];
        self.site_savings = vec![0; end];
        for client in 0..self.client_count() {
            for entry in self.client(client) {
                let site = self.client_sites[entry] as usize;
                self.site_clients[next[site]] = client as u32;
                self.site_savings[next[site]] = self.client_savings[entry];
                next[site] += 1;
            }
        }
    }

    pub(crate) fn client_count(&self) -> usize {
        self.client_start.len() - 1
    }

    pub(crate) fn site_count(&self) -> usize {
        self.prices.len()
    }

    fn client(&self, client: usize) -> Range<usize> {
        self.client_start[client]..self.client_start[client + 1]
    }

    /// A client's savings, the largest first.
    pub(super) fn savings_of(&self, client: usize) -> impl Iterator<Item = Saving> + Clone + '_ {
        let entries = self.client(client);
        let sites = self.client_sites[entries.clone()].iter();
        sites
            .zip(&self.client_savings[entries])
            .map(|(&site, &saving)| Saving { site, saving })
    }

    /// What a client saves at its best site.
    pub(super) fn most_of(&self, client: usize) -> i64 {
        let entries = self.client(client);
        if entries.is_empty() {
            0
        } else {
            self.client_savings[entries.start]
        }
    }

    /// Whether every client saves the same at all of its sites.
    pub(super) fn is_flat(&self) -> bool {
        (0..self.client_count()).all(|client| {
            let entries = self.client(client);
            self.client_savings[entries.clone()]
                .last()
                .copied()
                .unwrap_or(0)
                == self.most_of(client)
        })
    }

    /// A site's clients and what it saves them.
    pub(super) fn clients_of(&self, site: usize) -> impl Iterator<Item = (usize, i64)> + '_ {
        let entries = self.site_start[site]..self.site_start[site + 1];
        let clients = self.site_clients[entries.clone()].iter();
        clients
            .zip(&self.site_savings[entries])
            .map(|(&client, &saving)| (client as usize, saving))
    }

    /// What a choice of sites is worth.
    pub(crate) fn value(&self, chosen: &[u32]) -> i64 {
        let mut best = vec![0; self.client_count()];
        let mut paid = 0;
        for &site in chosen {
            paid += self.prices[site as usize];
            for (client, saving) in self.clients_of(site as usize) {
                best[client] = saving.max(best[client]);
            }
        }
        best.iter().sum::<i64>() - paid
    }

    /// What all clients save at most, and all prices: no value is further from 0.
    pub(super) fn magnitude(&self) -> i64 {
        let savings: i64 = (0..self.client_count())
            .map(|client| self.most_of(client))
            .sum();
        savings + self.prices.iter().map(|price| price.abs()).sum::<i64>()
    }

    /// The same with some of the sites, in the order given; clients of none of them stay.
    pub(crate) fn with_sites(&self, kept: &[u32]) -> Self {
        let mut numbers = vec![u32::MAX; self.site_count()];
        for (number, &site) in kept.iter().enumerate() {
            numbers[site as usize] = number as u32;
        }
        let renumbered = |one: Saving| Saving {
            site: numbers[one.site as usize],
            ..one
        };
        let clients: Vec<Vec<Saving>> = (0..self.client_count())
            .map(|client| {
                let savings = self.savings_of(client).map(renumbered);
                savings.filter(|one| one.site != u32::MAX).collect()
            })
            .collect();
        let prices = kept.iter().map(|&site| self.prices[site as usize]);
        Self::new(&clients, prices.collect())
    }

    /// What is left once some sites are chosen and others are not: the free ones, with what they save beyond the chosen.
    pub(super) fn reduced(&self, free: &[u32], inside: &[u32]) -> Reduced {
        let mut numbers = vec![u32::MAX; self.site_count()];
        for (number, &site) in free.iter().enumerate() {
            numbers[site as usize] = number as u32;
        }
        let mut base = vec![0; self.client_count()];
        for &site in inside {
            for (client, saving) in self.clients_of(site as usize) {
                base[client] = saving.max(base[client]);
            }
        }
        let mut kept = Vec::new();
        let mut clients = Vec::new();
        for (client, &saved) in base.iter().enumerate() {
            let left = self.savings_of(client).filter_map(|one| {
                let saving = one.saving - saved;
                let site = numbers[one.site as usize];
                (saving > 0 && site != u32::MAX).then_some(Saving { site, saving })
            });
            let left: Vec<Saving> = left.collect();
            if !left.is_empty() {
                kept.push(client as u32);
                clients.push(left);
            }
        }
        let prices = free.iter().map(|&site| self.prices[site as usize]);
        let made = Self::new(&clients, prices.collect());
        Reduced {
            instance: Self {
                granule: self.granule,
                ..made
            },
            kept,
            base,
            worth: self.value(inside),
        }
    }
}

/// An instance with some sites decided.
#[derive(Debug)]
pub(super) struct Reduced {
    pub(super) instance: Instance,
    /// The old numbers of the clients that can still save something.
    pub(super) kept: Vec<u32>,
    /// By old number, what the chosen sites save a client.
    pub(super) base: Vec<i64>,
    /// What the chosen sites are worth.
    pub(super) worth: i64,
}

/// The greatest number that divides all values.
fn granule(savings: &[i64], prices: &[i64]) -> i64 {
    let values = savings.iter().chain(prices);
    common_divisor(values.map(|value| value.unsigned_abs())) as i64
}
