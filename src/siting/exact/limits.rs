//! Which sets of sites may be chosen: at most so many, for at most so much money, so many of each mode.

/// At least and at most so many sites of one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ModeLimit {
    pub(crate) least: usize,
    pub(crate) most: usize,
}

impl ModeLimit {
    pub(crate) const NONE: Self = Self {
        least: 0,
        most: usize::MAX,
    };
}

/// Which sets of sites may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// At most so many sites.
    pub(crate) max_sites: usize,
    /// At most so much money.
    pub(crate) budget: Option<i64>,
    /// What each site costs.
    pub(crate) costs: Vec<i64>,
    /// Of which mode each site is.
    pub(crate) mode_of: Vec<u16>,
    /// By mode.
    pub(crate) modes: Vec<ModeLimit>,
}

/// Where a site stands in the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Free,
    Inside,
    Outside,
}

/// A set of sites, with what the limits look at.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub(super) sites: usize,
    pub(super) cost: i64,
    pub(super) by_mode: Vec<usize>,
}

impl Limits {
    /// No limits on sites that cost nothing.
    #[cfg(test)]
    pub(crate) fn none(sites: usize) -> Self {
        Self {
            max_sites: usize::MAX,
            budget: None,
            costs: vec![0; sites],
            mode_of: vec![0; sites],
            modes: vec![ModeLimit::NONE],
        }
    }

    pub(super) fn mode(&self, site: usize) -> usize {
        usize::from(self.mode_of[site])
    }

    pub(crate) fn tally(&self, chosen: &[u32]) -> Tally {
        let mut tally = Tally {
            sites: 0,
            cost: 0,
            by_mode: vec![0; self.modes.len()],
        };
        for &site in chosen {
            self.add(&mut tally, site as usize);
        }
        tally
    }

    pub(crate) fn add(&self, tally: &mut Tally, site: usize) {
        tally.sites += 1;
        tally.cost += self.costs[site];
        tally.by_mode[self.mode(site)] += 1;
    }

    pub(super) fn remove(&self, tally: &mut Tally, site: usize) {
        tally.sites -= 1;
        tally.cost -= self.costs[site];
        tally.by_mode[self.mode(site)] -= 1;
    }

    /// Whether a set is within all limits.
    pub(crate) fn allow(&self, chosen: &[u32]) -> bool {
        let tally = self.tally(chosen);
        self.allow_tally(&tally) && self.missing(&tally) == 0
    }

    fn allow_tally(&self, tally: &Tally) -> bool {
        let counts = tally.by_mode.iter().zip(&self.modes);
        tally.sites <= self.max_sites
            && self.budget.is_none_or(|budget| tally.cost <= budget)
            && counts
                .into_iter()
                .all(|(&count, limit)| count <= limit.most)
    }

    /// How many sites the modes still need.
    fn missing(&self, tally: &Tally) -> usize {
        let counts = tally.by_mode.iter().zip(&self.modes);
        counts
            .map(|(&count, limit)| limit.least.saturating_sub(count))
            .sum()
    }

    /// Whether the modes still need a site.
    pub(crate) fn is_needed(&self, tally: &Tally, site: usize) -> bool {
        let mode = self.mode(site);
        tally.by_mode[mode] < self.modes[mode].least
    }

    /// Whether one site may come in for another, with all limits kept if they are now.
    pub(crate) fn allow_swap(&self, tally: &Tally, out: usize, site: usize) -> bool {
        let fits = self
            .budget
            .is_none_or(|budget| tally.cost - self.costs[out] + self.costs[site] <= budget);
        let (from, to) = (self.mode(out), self.mode(site));
        fits && (from == to
            || (tally.by_mode[to] < self.modes[to].most
                && tally.by_mode[from] > self.modes[from].least))
    }

    /// The sites in the order of their costs, for [`may_add`](Self::may_add).
    pub(crate) fn by_cost(&self) -> Vec<u32> {
        let mut sites: Vec<u32> = (0..self.costs.len() as u32).collect();
        sites.sort_by_key(|&site| (self.costs[site as usize], site));
        sites
    }

    /// Whether a site may be added so that all that the modes then still need fits as well.
    pub(crate) fn may_add(
        &self,
        tally: &Tally,
        site: usize,
        is_open: &[bool],
        by_cost: &[u32],
    ) -> bool {
        let mut with = tally.clone();
        self.add(&mut with, site);
        if !self.allow_tally(&with) || with.sites + self.missing(&with) > self.max_sites {
            return false;
        }
        let Some(budget) = self.budget else {
            return true;
        };
        for &cheap in by_cost {
            if self.missing(&with) == 0 {
                break;
            }
            let cheap = cheap as usize;
            if self.is_needed(&with, cheap) && cheap != site && !is_open[cheap] {
                self.add(&mut with, cheap);
            }
        }
        self.missing(&with) == 0 && with.cost <= budget
    }

    /// The same for some of the sites, in the order given.
    pub(crate) fn with_sites(&self, kept: &[u32]) -> Self {
        self.reduced(kept, &[])
    }

    /// What is left of the limits once some sites are chosen, for the sites that are still free.
    pub(super) fn reduced(&self, free: &[u32], inside: &[u32]) -> Self {
        let tally = self.tally(inside);
        let modes = self.modes.iter().zip(&tally.by_mode);
        let pick = |site: &u32| self.costs[*site as usize];
        Self {
            max_sites: self.max_sites - tally.sites.min(self.max_sites),
            budget: self.budget.map(|budget| budget - tally.cost),
            costs: free.iter().map(pick).collect(),
            mode_of: free
                .iter()
                .map(|&site| self.mode_of[site as usize])
                .collect(),
            modes: modes
                .map(|(limit, &count)| ModeLimit {
                    least: limit.least.saturating_sub(count),
                    most: if limit.most == usize::MAX {
                        usize::MAX
                    } else {
                        limit.most.saturating_sub(count)
                    },
                })
                .collect(),
        }
    }
}
