//! Which residents walk to which site, and how long.

use super::SitingError;
use crate::id::{ResidentId, SiteId};
use crate::units::Cost;

/// Who can walk to which site, in milliseconds or millimetres: one row per site, in the order of the sites. A pair that is not
/// there is out of reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    residents: usize,
    row_start: Vec<usize>,
    entries: Vec<(ResidentId, Cost)>,
}

impl Reach {
    /// From a row for each site, its residents in any order. Where a row has a resident twice, the nearer counts.
    ///
    /// # Errors
    /// [`SitingError::NoResident`] where a row names one that there is not.
    pub fn from_rows<R>(
        residents: usize,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<Self, SitingError>
    where
        R: IntoIterator<Item = (ResidentId, Cost)>,
    {
        let mut made = Self {
            residents,
            row_start: vec![0],
            entries: Vec::new(),
        };
        for row in rows {
            let from = made.entries.len();
            made.entries.extend(row);
            let row = &mut made.entries[from..];
            row.sort_unstable();
            if let Some((stray, _)) = row
                .last()
                .filter(|(resident, _)| resident.index() >= residents)
            {
                return Err(SitingError::NoResident {
                    resident: stray.index(),
                    of: residents,
                });
            }
            made.drop_repeated(from);
            made.row_start.push(made.entries.len());
        }
        Ok(made)
    }

    /// Keeps the first of equal residents from here on; they are sorted.
    fn drop_repeated(&mut self, from: usize) {
        let mut kept = from;
        for read in from..self.entries.len() {
            if kept == from || self.entries[kept - 1].0 != self.entries[read].0 {
                self.entries[kept] = self.entries[read];
                kept += 1;
            }
        }
        self.entries.truncate(kept);
    }

    /// How many sites there are.
    #[must_use]
    pub fn site_count(&self) -> usize {
        self.row_start.len() - 1
    }

    /// How many residents there are, whether a site is in reach of them or not.
    #[must_use]
    pub const fn resident_count(&self) -> usize {
        self.residents
    }

    /// Who can walk to a site, in the order of the residents; nobody where there is no such site.
    #[must_use]
    pub fn row(&self, site: SiteId) -> &[(ResidentId, Cost)] {
        let index = site.index();
        if index < self.site_count() {
            &self.entries[self.row_start[index]..self.row_start[index + 1]]
        } else {
            &[]
        }
    }

    /// By resident: which of these sites are within a cost, by their places in the list and the first one first, with what the walk
    /// costs.
    pub(super) fn by_resident(&self, within: Cost, sites: &[usize]) -> ByResident {
        let mut counts = vec![0_usize; self.residents + 1];
        let row = |site: usize| {
            let row = self.row(SiteId::new(site)).iter();
            row.filter(move |(_, cost)| *cost <= within)
        };
        for &site in sites {
            for (resident, _) in row(site) {
                counts[resident.index() + 1] += 1;
            }
        }
        for index in 1..counts.len() {
            counts[index] += counts[index - 1];
        }
        let start = counts.clone();
        let mut entries = vec![(0, 0); *start.last().unwrap_or(&0)];
        for (place, &site) in (0..).zip(sites) {
            for (resident, cost) in row(site) {
                let next = &mut counts[resident.index()];
                entries[*next] = (place, *cost);
                *next += 1;
            }
        }
        ByResident { start, entries }
    }
}

/// Sites by resident.
#[derive(Debug)]
pub(super) struct ByResident {
    start: Vec<usize>,
    entries: Vec<(u32, Cost)>,
}

impl ByResident {
    pub(super) fn of(&self, resident: usize) -> &[(u32, Cost)] {
        &self.entries[self.start[resident]..self.start[resident + 1]]
    }

    pub(super) fn count(&self) -> usize {
        self.start.len() - 1
    }
}
