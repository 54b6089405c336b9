//! The best choice where sites take only so many people.

use super::asked::{Answer, Asked, none_found};
use super::cover::{least_share, paid};
use super::crowd::{Choice, Crowd, Flow, Least};
use super::limits::without_useless;
use super::watch::Watch;
use super::{Amount, Goal, SitingError};
use crate::id::SiteId;

impl Asked<'_> {
    /// A candidate of the solver as a site of the problem.
    fn site(&self, candidate: u32) -> SiteId {
        SiteId::new(self.candidates[candidate as usize])
    }

    /// Sites of the problem: those that stand, and some that are chosen.
    pub(super) fn sites_with(&self, chosen: &[u32]) -> impl Iterator<Item = SiteId> {
        let chosen = chosen.iter().map(|&one| self.site(one));
        self.problem.standing().chain(chosen)
    }

    /// The most people served, or the least that serves as many as are wanted.
    pub(super) fn crowded(&self, crowd: &Crowd, watch: &Watch<'_>) -> Result<Answer, SitingError> {
        let all: Vec<u32> = (0..self.candidates.len() as u32).collect();
        let search = Search {
            asked: self,
            most: crowd.served(self.sites_with(&all)),
            crowd,
            by_cost: self.limits.by_cost(),
            watch,
        };
        match self.problem.goal {
            Goal::SetCover => search.least_answer(),
            _ => search.most_answer(),
        }
    }
}

/// Good choices, one site at a time.
struct Search<'s, 'w> {
    asked: &'s Asked<'s>,
    crowd: &'s Crowd,
    /// How many all candidates serve together with what stands.
    most: i64,
    /// The candidates in the order of their costs.
    by_cost: Vec<u32>,
    watch: &'s Watch<'w>,
}

impl Search<'_, '_> {
    fn most_answer(&self) -> Result<Answer, SitingError> {
        let starts = [false, true].map(|for_price| {
            let mut chosen =
                self.filled(i64::MAX, for_price.then_some(&self.asked.limits.costs))?;
            self.swap(&mut chosen);
            let served = self.served(&chosen);
            Some(self.pruned(chosen, served))
        });
        let solved = program(self.asked, self.crowd, None, self.watch)?;
        let found = solved
            .chosen
            .into_iter()
            .chain(starts.into_iter().flatten());
        // Of equal ones the first.
        let best = found.rev().max_by_key(|chosen| self.served(chosen));
        let chosen = best.ok_or_else(|| none_found(self.watch))?;
        let objective = self.served(&chosen);
        let bound = solved
            .bound
            .unwrap_or(self.most)
            .clamp(objective, self.most);
        let amount = |served: i64| Amount::People(self.crowd.people(served));
        Ok(self.answer(chosen, [amount(objective), amount(bound)]))
    }

    fn least_answer(&self) -> Result<Answer, SitingError> {
        let wanted = self.wanted()?;
        let (prices, price_unit) = self.asked.prices();
        let price =
            |chosen: &Vec<u32>| -> i64 { chosen.iter().map(|&one| prices[one as usize]).sum() };
        let start = self.filled(wanted, Some(&prices));
        let start = start.filter(|chosen| self.served(chosen) >= wanted);
        let start = start.map(|chosen| self.pruned(chosen, wanted));
        let least = Least {
            prices: &prices,
            wanted,
        };
        let solved = program(self.asked, self.crowd, Some(least), self.watch)?;
        let found = solved.chosen.into_iter().chain(start);
        let chosen = found
            .min_by_key(price)
            .ok_or_else(|| none_found(self.watch))?;
        let spent = price(&chosen);
        let bound = solved.bound.unwrap_or(0).clamp(0, spent);
        Ok(self.answer(
            chosen,
            [spent, bound].map(|amount| paid(amount, price_unit)),
        ))
    }

    fn answer(&self, mut chosen: Vec<u32>, [objective, bound]: [Amount; 2]) -> Answer {
        chosen.sort_unstable();
        Answer {
            chosen,
            objective,
            bound,
            clients: self.crowd.groups().len(),
            dominated: 0,
            floor: None,
        }
    }

    /// How many have to be served: as many as all candidates together can, or a share of all people.
    fn wanted(&self) -> Result<i64, SitingError> {
        let Some(share) = self.asked.problem.share else {
            return Ok(self.most);
        };
        let people = self.asked.problem.people.iter();
        let total: u64 = people.map(|people| people.thousandths()).sum();
        let wanted = self.crowd.amount(least_share(share, total as f64) as u64);
        if wanted <= self.most {
            return Ok(wanted);
        }
        Err(SitingError::Share {
            wanted: share,
            most: self.crowd.people(self.most).thousandths() as f64 / total.max(1) as f64,
        })
    }

    fn served(&self, chosen: &[u32]) -> i64 {
        self.crowd.served(self.asked.sites_with(chosen))
    }

    /// Adds the site that adds most, or most for its price, until so many are served or nothing may be added; then what the modes
    /// still need. `None` where that is not within the limits.
    fn filled(&self, enough: i64, prices: Option<&Vec<i64>>) -> Option<Vec<u32>> {
        let limits = &self.asked.limits;
        let mut flow = self.flow(&[]);
        let mut tally = limits.tally(&[]);
        let mut is_open = vec![false; limits.costs.len()];
        let mut chosen = Vec::new();
        loop {
            let may_add = |site: &u32| {
                let site = *site as usize;
                !is_open[site] && limits.may_add(&tally, site, &is_open, &self.by_cost)
            };
            let free: Vec<u32> = (0..is_open.len() as u32).filter(may_add).collect();
            let is_enough = flow.served >= enough || self.watch.is_over();
            let best = if is_enough {
                None
            } else {
                self.best_of(&free, &flow, prices).map(|best| best.site)
            };
            let needed = || {
                free.iter()
                    .copied()
                    .find(|&site| limits.is_needed(&tally, site as usize))
            };
            let Some(site) = best.or_else(needed) else {
                break;
            };
            is_open[site as usize] = true;
            limits.add(&mut tally, site as usize);
            flow.open(self.asked.site(site));
            chosen.push(site);
        }
        limits.allow(&chosen).then_some(chosen)
    }

    /// The site that adds most, or most for its price; `None` where none adds anything.
    fn best_of(&self, free: &[u32], flow: &Flow<'_>, prices: Option<&Vec<i64>>) -> Option<Offer> {
        let mut best: Option<Offer> = None;
        for &site in free {
            let gain = flow.gain(self.asked.site(site));
            let price = prices.map_or(1, |prices| prices[site as usize].max(1));
            let offer = Offer { site, gain, price };
            if gain > 0 && best.is_none_or(|best| offer.beats(best)) {
                best = Some(offer);
            }
        }
        best
    }

    /// Who is served by what stands and by some candidates.
    fn flow(&self, chosen: &[u32]) -> Flow<'_> {
        let mut flow = Flow::new(self.crowd);
        for site in self.asked.sites_with(chosen) {
            flow.open(site);
        }
        flow
    }

    /// Takes another site for one of the chosen while that serves more.
    fn swap(&self, chosen: &mut [u32]) {
        let limits = &self.asked.limits;
        let mut served = self.served(chosen);
        let mut place = 0;
        // Places in turn, until none has got a better site since it was its turn last.
        let mut idle = 0;
        while idle < chosen.len() && !self.watch.is_over() {
            let out = chosen[place];
            let tally = limits.tally(chosen);
            let others: Vec<u32> = chosen.iter().copied().filter(|&one| one != out).collect();
            let without = self.flow(&others);
            let may_come = |site: &u32| {
                !chosen.contains(site) && limits.allow_swap(&tally, out as usize, *site as usize)
            };
            let free: Vec<u32> = (0..limits.costs.len() as u32).filter(may_come).collect();
            idle += 1;
            if let Some(best) = self.best_of(&free, &without, None) {
                let with = without.served + best.gain;
                if with > served {
                    (chosen[place], served, idle) = (best.site, with, 0);
                }
            }
            place = (place + 1) % chosen.len();
        }
    }

    /// Without the sites that are not needed for as many to be served as are wanted.
    fn pruned(&self, chosen: Vec<u32>, wanted: i64) -> Vec<u32> {
        let limits = &self.asked.limits;
        without_useless(chosen, &limits.costs, |fewer| {
            limits.allow(fewer) && self.served(fewer) >= wanted
        })
    }
}

/// A site that may come next.
#[derive(Clone, Copy)]
struct Offer {
    site: u32,
    gain: i64,
    price: i64,
}

impl Offer {
    fn beats(self, other: Self) -> bool {
        i128::from(self.gain) * i128::from(other.price)
            > i128::from(other.gain) * i128::from(self.price)
    }
}

#[cfg(feature = "solver")]
fn program(
    asked: &Asked<'_>,
    crowd: &Crowd,
    least: Option<Least<'_>>,
    watch: &Watch<'_>,
) -> Result<Choice, SitingError> {
    super::program::best_in_rooms(asked, crowd, least, watch)
}

/// Without a solver of integer programs nothing is proven.
#[cfg(not(feature = "solver"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "the solver of integer programs may fail"
)]
fn program(
    _: &Asked<'_>,
    _: &Crowd,
    _: Option<Least<'_>>,
    _: &Watch<'_>,
) -> Result<Choice, SitingError> {
    Ok(Choice {
        chosen: None,
        bound: None,
    })
}
