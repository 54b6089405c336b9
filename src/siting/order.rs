//! In which order sites are built, and whom each serves.

use super::{ChosenSite, Problem};
use crate::id::SiteId;
use crate::units::{Cost, People};

/// Sites in order, and who is served by them and by those that stand.
pub(super) struct Ordered {
    pub(super) sites: Vec<ChosenSite>,
    pub(super) served: People,
}

/// Each time the site comes next that adds most: people within the cutoff, or where there is none the time that is saved.
pub(super) fn ordered(problem: &Problem, chosen: &[SiteId]) -> Ordered {
    let mut nearest = Nearest::new(problem);
    for site in problem.standing() {
        nearest.add(problem, site);
    }
    let mut left = chosen.to_vec();
    left.sort_unstable();
    let mut order = Vec::new();
    while !left.is_empty() {
        let gains = left.iter().map(|&site| nearest.gain(problem, site));
        let best = gains
            .enumerate()
            .max_by_key(|&(place, gain)| (gain, std::cmp::Reverse(place)));
        let (place, gain) = best.unwrap_or_default();
        let site = left.remove(place);
        nearest.add(problem, site);
        order.push((site, gain));
    }
    let weights = &problem.weights;
    let mut sites: Vec<ChosenSite> = Vec::with_capacity(order.len());
    for (site, gain) in order {
        let alone = nearest.alone(problem, site);
        let people = if problem.goal.has_cutoff() {
            People::from_thousandths(gain as u64)
        } else {
            alone
        };
        sites.push(ChosenSite {
            site,
            people,
            alone,
        });
    }
    let served = (0..weights.len()).filter(|&resident| nearest.count[resident] > 0);
    Ordered {
        served: served.map(|resident| weights[resident]).sum(),
        sites,
    }
}

/// By resident: the nearest site so far, and how many there are within the cutoff.
struct Nearest {
    site: Vec<Option<(Cost, SiteId)>>,
    count: Vec<u32>,
    /// What the walk of somebody without a site counts: as much as the longest.
    longest: u64,
}

impl Nearest {
    fn new(problem: &Problem) -> Self {
        let residents = problem.weights.len();
        let rows = (0..problem.sites.len()).flat_map(|site| problem.reach.row(SiteId::new(site)));
        Self {
            site: vec![None; residents],
            count: vec![0; residents],
            longest: rows.map(|(_, cost)| u64::from(*cost)).max().unwrap_or(0) + 1,
        }
    }

    fn row(problem: &Problem, site: SiteId) -> impl Iterator<Item = (usize, Cost)> + '_ {
        let row = problem.reach.row(site).iter();
        row.filter(|(_, cost)| *cost <= problem.cutoff)
            .map(|&(resident, cost)| (resident.index(), cost))
    }

    fn gain(&self, problem: &Problem, site: SiteId) -> u128 {
        let gains = Self::row(problem, site).map(|(resident, cost)| {
            let people = u128::from(problem.weights[resident].thousandths());
            if problem.goal.has_cutoff() {
                return if self.count[resident] == 0 { people } else { 0 };
            }
            let now = self.site[resident].map_or(self.longest, |(cost, _)| u64::from(cost));
            people * u128::from(now.saturating_sub(u64::from(cost)))
        });
        gains.sum()
    }

    fn add(&mut self, problem: &Problem, site: SiteId) {
        for (resident, cost) in Self::row(problem, site) {
            self.count[resident] += 1;
            let nearest = &mut self.site[resident];
            // Of equally near ones the one that stands, then the first.
            if nearest.is_none_or(|(before, _)| cost < before) {
                *nearest = Some((cost, site));
            }
        }
    }

    /// With a cutoff: the people whom only this site has within it. Without: those whose nearest site it is.
    fn alone(&self, problem: &Problem, site: SiteId) -> People {
        let has_cutoff = problem.goal.has_cutoff();
        let alone = Self::row(problem, site).filter(|&(resident, _)| {
            if has_cutoff {
                self.count[resident] == 1
            } else {
                self.site[resident].is_some_and(|(_, nearest)| nearest == site)
            }
        });
        alone.map(|(resident, _)| problem.weights[resident]).sum()
    }
}
