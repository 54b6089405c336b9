//! Levels that hang together (上下联通): grid → community → street.

use std::collections::BTreeMap;
use std::fmt;

use super::RegisteredStation;
use crate::model::Tier;
use crate::text::language::InLanguage;
use crate::text::plain::without_zeros;

/// What is wrong with a station's link to the one above it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum LinkFault {
    /// No station above it is named, and it is not a street's.
    Missing,
    /// The station above it is not in the register: it is an orphan.
    NotFound(String),
    /// The station above it is of no higher tier: its position.
    NotHigher(u32),
    /// Going up from it comes back to it.
    Cycle,
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkFault::Missing => f.write_str("no station above it is named"),
            LinkFault::NotFound(id) => {
                write!(f, "the station above it, \"{id}\", is not in the register")
            }
            LinkFault::NotHigher(_) => f.write_str("the station above it is of no higher tier"),
            LinkFault::Cycle => f.write_str("the stations above it lead back to it"),
        }
    }
}

impl InLanguage for LinkFault {
    fn zh(&self) -> String {
        match self {
            LinkFault::Missing => "未填写上级站点".to_owned(),
            LinkFault::NotFound(id) => format!("上级站点“{id}”不在台账中"),
            LinkFault::NotHigher(_) => "上级站点的层级不高于本站".to_owned(),
            LinkFault::Cycle => "上级关系循环".to_owned(),
        }
    }
}

/// The stations above stations.
///
/// ```
/// use pedshed::model::Tier;
/// use pedshed::planning::register::{LinkFault, ParentLinks, RegisteredStation};
/// let under = |id: &str, tier, parent: &str| RegisteredStation {
///     parent: Some(parent.into()),
///     ..RegisteredStation::new(id, id, tier)
/// };
/// let stations = [
///     RegisteredStation::new("street", "柳巷街道", Tier::Street),
///     under("community", Tier::Community, "street"),
///     under("grid", Tier::Grid, "community"),
///     under("orphan", Tier::Grid, "elsewhere"),
/// ];
/// let links = ParentLinks::new(&stations);
/// assert_eq!(links.chain(2), [2, 1, 0]);
/// assert_eq!(links.faults(), [(3, LinkFault::NotFound("elsewhere".into()))]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ParentLinks {
    parents: Vec<Option<u32>>,
    faults: Vec<(u32, LinkFault)>,
}

impl ParentLinks {
    /// Follows the ids of parents; of several stations with one id it is the first. A grid's station may hang directly on a
    /// street's. Where no station names one, the register does not say, and nothing is faulty; nor is a link from or to a
    /// station of unknown tier because of its tier.
    ///
    /// # Complexity
    /// n log n, for the ids.
    #[must_use]
    pub fn new(stations: &[RegisteredStation]) -> Self {
        let mut by_id = BTreeMap::new();
        // A column of numbers with blanks comes out of many programs with decimals: `1.0` is the station 1.
        let mut by_number = BTreeMap::new();
        for (index, station) in (0u32..).zip(stations) {
            let id = station.id.trim();
            by_id.entry(id).or_insert(index);
            by_number.entry(without_zeros(id)).or_insert(index);
        }
        let named = stations.iter().map(|station| {
            let parent = station.parent.as_deref().map(str::trim)?;
            (!parent.is_empty()).then_some(parent)
        });
        let named: Vec<Option<&str>> = named.collect();
        let found: Vec<Option<u32>> = named
            .iter()
            .map(|parent| {
                let parent = (*parent)?;
                let own = by_id.get(parent);
                own.or_else(|| by_number.get(without_zeros(parent)))
                    .copied()
            })
            .collect();
        let is_stated = named.iter().any(Option::is_some);
        let is_top = |station: &RegisteredStation| {
            matches!(station.tier, Some(Tier::District | Tier::Street) | None)
        };
        let is_higher = |parent: u32, station: &RegisteredStation| {
            let tiers = stations[parent as usize].tier.zip(station.tier);
            tiers.is_none_or(|(above, own)| above < own)
        };
        let on_cycle = on_cycle(&found);
        let mut parents = vec![None; stations.len()];
        let mut faults = Vec::new();
        for (index, station) in (0u32..).zip(stations) {
            let at = index as usize;
            let fault = match (named[at], found[at]) {
                (None, _) if !is_stated || is_top(station) => continue,
                (None, _) => LinkFault::Missing,
                (Some(id), None) => LinkFault::NotFound(id.to_owned()),
                (Some(_), Some(_)) if on_cycle[at] => LinkFault::Cycle,
                (Some(_), Some(parent)) if !is_higher(parent, station) => {
                    LinkFault::NotHigher(parent)
                }
                (Some(_), Some(parent)) => {
                    parents[at] = Some(parent);
                    continue;
                }
            };
            faults.push((index, fault));
        }
        Self { parents, faults }
    }

    /// The station above each; `None` where there is none, or the link to it is faulty.
    #[must_use]
    pub(crate) fn parents(&self) -> &[Option<u32>] {
        &self.parents
    }

    /// The stations whose links are faulty, ascending, and what is wrong.
    #[must_use]
    pub fn faults(&self) -> &[(u32, LinkFault)] {
        &self.faults
    }

    /// A station and those above it, as far as sound links lead: at most one for each tier that is known.
    ///
    /// # Panics
    /// When there is no such station.
    #[must_use]
    pub fn chain(&self, station: u32) -> Vec<u32> {
        // No sound link is on a cycle, so this ends.
        std::iter::successors(Some(station), |at| self.parents[*at as usize]).collect()
    }
}

/// Which indices lie on a cycle of links.
fn on_cycle(next: &[Option<u32>]) -> Vec<bool> {
    let mut on_cycle = vec![false; next.len()];
    // The start of the walk that first came by; 0 for none yet.
    let mut walk = vec![0u32; next.len()];
    for start in 0..next.len() {
        let number = start as u32 + 1;
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = number;
            let Some(above) = next[at] else { break };
            at = above as usize;
        }
        // This walk came back to itself, by a link, to a place not yet marked.
        if walk[at] == number && next[at].is_some() {
            let mut round = at;
            while !on_cycle[round] {
                on_cycle[round] = true;
                round = next[round].map_or(round, |above| above as usize);
            }
        }
    }
    on_cycle
}
