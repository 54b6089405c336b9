//! Coverage as a linear program about prices, in floating point.
//!
//! Each client pays an amount, at most what it saves, to every site that covers it; no site may take in more than its price; what
//! clients pay together is as much as possible. Limits are further columns, which lower what sites may take in. This is the dual of
//! the covering program (Balas and Ho 1980): the multiplier of a site's row is the share of the site that is chosen. There are as
//! many rows as sites, and few of them are tight, so the simplex method is quick here where it is slow on the covering program.

use super::instance::Instance;
use super::limits::Limits;

/// How far prices are moved, so that no two rows get tight at once; in shares of the unit.
const PERTURBED: f64 = 1e-6;

/// Which row or column, and the coefficient: single precision is exact where it is 1, and fast.
pub(super) type Entry = (u32, f32);

/// Rows or columns of a matrix.
#[derive(Clone, Debug)]
pub(super) struct Sparse {
    start: Vec<usize>,
    entries: Vec<Entry>,
}

impl Sparse {
    fn new() -> Self {
        Self {
            start: vec![0],
            entries: Vec::new(),
        }
    }

    fn push(&mut self, line: impl IntoIterator<Item = Entry>) {
        self.entries.extend(line);
        self.start.push(self.entries.len());
    }

    pub(super) fn of(&self, line: usize) -> &[Entry] {
        &self.entries[self.start[line]..self.start[line + 1]]
    }

    fn count(&self) -> usize {
        self.start.len() - 1
    }

    fn transposed(&self, lines: usize) -> Self {
        let mut made = Self {
            start: vec![0; lines + 1],
            entries: vec![(0, 0.0); self.entries.len()],
        };
        for &(line, _) in &self.entries {
            made.start[line as usize + 1] += 1;
        }
        for line in 0..lines {
            made.start[line + 1] += made.start[line];
        }
        let mut next = made.start.clone();
        for column in 0..self.count() {
            for &(line, value) in self.of(column) {
                made.entries[next[line as usize]] = (column as u32, value);
                next[line as usize] += 1;
            }
        }
        made
    }
}

/// The program: columns are clients, then limits; rows are sites.
#[derive(Clone, Debug)]
pub(super) struct Packing {
    pub(super) columns: Sparse,
    pub(super) rows: Sparse,
    /// By column: what an amount of one adds to the objective.
    pub(super) costs: Vec<f64>,
    /// By column: the largest amount.
    pub(super) uppers: Vec<f64>,
    /// By row.
    pub(super) prices: Vec<f64>,
    /// What an amount of one is in savings.
    pub(super) unit: f64,
}

impl Packing {
    /// The program of an instance in which every client saves the same at all of its sites.
    pub(super) fn new(instance: &Instance, limits: &Limits) -> Self {
        let sites = instance.site_count();
        let unit = unit(instance);
        let mut made = Self {
            columns: Sparse::new(),
            rows: Sparse::new(),
            costs: Vec::new(),
            uppers: Vec::new(),
            prices: (0..sites)
                .map(|site| instance.prices[site] as f64 / unit + PERTURBED * scattered(site))
                .collect(),
            unit,
        };
        for client in 0..instance.client_count() {
            let sites = instance.savings_of(client).map(|one| (one.site, 1.0));
            made.columns.push(sites);
            made.costs.push(1.0);
            made.uppers.push(instance.most_of(client) as f64 / unit);
        }
        made.add_limits(limits);
        made.rows = made.columns.transposed(sites);
        made
    }

    fn add_limits(&mut self, limits: &Limits) {
        let sites = limits.costs.len() as u32;
        if limits.max_sites < sites as usize {
            self.add(
                (0..sites).map(|site| (site, -1.0)),
                -(limits.max_sites as f64),
            );
        }
        if let Some(budget) = limits.budget {
            let dearest = limits.costs.iter().copied().max().unwrap_or(0).max(1) as f64;
            let costs = (0..sites)
                .map(|site| (site, -(limits.costs[site as usize] as f64 / dearest) as f32));
            self.add(
                costs.filter(|&(_, cost)| cost != 0.0),
                -(budget as f64) / dearest,
            );
        }
        for (mode, limit) in limits.modes.iter().enumerate() {
            let of_mode = (0..sites).filter(|&site| limits.mode(site as usize) == mode);
            let of_mode: Vec<u32> = of_mode.collect();
            if limit.most < of_mode.len() {
                self.add(
                    of_mode.iter().map(|&site| (site, -1.0)),
                    -(limit.most as f64),
                );
            }
            if limit.least > 0 {
                self.add(of_mode.iter().map(|&site| (site, 1.0)), limit.least as f64);
            }
        }
    }

    /// What a place among so many sites is worth where clients pay these amounts: as much as the first site without one takes in.
    pub(super) fn price_of_a_place(&self, places: usize, amounts: &[f64]) -> f64 {
        let mut left: Vec<f64> = self.prices.iter().map(|price| -price).collect();
        for (client, &amount) in amounts.iter().enumerate() {
            for &(site, _) in self.columns.of(client) {
                left[site as usize] += amount;
            }
        }
        left.sort_unstable_by(|one, other| other.total_cmp(one));
        left.get(places).copied().unwrap_or(0.0).max(0.0)
    }

    fn add(&mut self, column: impl IntoIterator<Item = Entry>, cost: f64) {
        self.columns.push(column);
        self.costs.push(cost);
        self.uppers.push(f64::INFINITY);
    }
}

/// The dearest price or, where no site has one, what the best site saves: rows are about 1 then.
fn unit(instance: &Instance) -> f64 {
    let dearest = instance.prices.iter().map(|price| price.abs()).max();
    let saved = |site: usize| {
        instance
            .clients_of(site)
            .map(|(_, saving)| saving)
            .sum::<i64>()
    };
    let most = || (0..instance.site_count()).map(saved).max();
    dearest
        .filter(|&price| price > 0)
        .or_else(most)
        .unwrap_or(1)
        .max(1) as f64
}

/// A number between one half and one that looks drawn: the same in every run.
fn scattered(number: usize) -> f64 {
    let mixed = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    0.5 + (mixed >> 33) as f64 / f64::from(1_u32 << 31) / 2.0
}
