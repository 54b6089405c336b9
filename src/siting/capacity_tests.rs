//! Sites that take only so many people, against every set of sites and every way to send people to them.

use super::drawn::Random;
use super::{
    Amount, Goal, ModeLimit, Money, Problem, Reach, Site, Siting, SitingError, YearBudget,
};
use crate::control::Control;
use crate::id::{ResidentId, SiteId};
use crate::units::People;

/// A town as plain tables: who is near which site, in half people.
struct Town {
    near: Vec<Vec<bool>>,
    people: Vec<u64>,
    sites: Vec<Site>,
}

const HALF: u64 = 500;

fn town(random: &mut Random) -> Town {
    let (sites, residents) = (2 + random.below(6) as usize, 1 + random.below(7) as usize);
    let density = 1 + random.below(4);
    let near = (0..sites).map(|_| (0..residents).map(|_| random.below(5) < density).collect());
    let near: Vec<Vec<bool>> = near.collect();
    let people = (0..residents).map(|_| random.below(7)).collect();
    let mut made: Vec<Site> = (0..sites)
        .map(|_| Site {
            stands: random.below(5) == 0,
            cost: Money::from_thousandths(250 * random.below(9)),
            mode: random.below(2) as u16,
            capacity: (random.below(4) > 0)
                .then(|| People::from_thousandths(HALF * random.below(9))),
            ready: [None, Some(2027), Some(2028)][random.below(3) as usize],
        })
        .collect();
    made[0].stands = false;
    made[1].capacity = Some(People::from_thousandths(3 * HALF));
    Town {
        near,
        people,
        sites: made,
    }
}

impl Town {
    fn reach(&self) -> Reach {
        let rows = self.near.iter().map(|row| {
            let near = row.iter().enumerate().filter(|(_, near)| **near);
            near.map(|(resident, _)| (ResidentId(resident as u32), 1))
        });
        Reach::from_rows(self.people.len(), rows).expect("all residents are there")
    }

    fn all_people(&self) -> Vec<People> {
        let people = self.people.iter();
        people
            .map(|half| People::from_thousandths(half * HALF))
            .collect()
    }

    fn is_open(&self, set: u32, site: usize) -> bool {
        self.sites[site].stands || set >> site & 1 == 1
    }

    /// How many halves are served, by Hall's condition in its form with deficits: of all sets of residents the one that the sites
    /// near it leave out most.
    fn served(&self, set: u32) -> u64 {
        let all: u64 = self.people.iter().sum();
        let left_out = |residents: u32| {
            let is_in = |one: &usize| residents >> one & 1 == 1;
            let members: Vec<usize> = (0..self.people.len()).filter(is_in).collect();
            let people: u64 = members.iter().map(|&one| self.people[one]).sum();
            let near = (0..self.sites.len()).filter(|&site| {
                self.is_open(set, site) && members.iter().any(|&one| self.near[site][one])
            });
            let room = |site: usize| {
                self.sites[site]
                    .capacity
                    .map_or(all, |most| most.thousandths() / HALF)
            };
            people.saturating_sub(near.map(room).sum())
        };
        let most_left_out = (0..1_u32 << self.people.len()).map(left_out).max();
        all - most_left_out.unwrap_or(0)
    }

    /// All sets of candidates.
    fn sets(&self) -> impl Iterator<Item = u32> + '_ {
        let stands = |set: u32| {
            (0..self.sites.len()).any(|site| set >> site & 1 == 1 && self.sites[site].stands)
        };
        (0..1_u32 << self.sites.len()).filter(move |&set| !stands(set))
    }

    fn cost(&self, set: u32) -> u64 {
        let of = |site: usize| self.sites[site].cost.thousandths();
        (0..self.sites.len())
            .filter(|site| set >> site & 1 == 1)
            .map(of)
            .sum()
    }
}

fn halves(amount: Amount) -> u64 {
    match amount {
        Amount::People(people) => people.thousandths() / HALF,
        other => panic!("{other:?} are no people"),
    }
}

fn set_of(siting: &Siting) -> u32 {
    siting.chosen.iter().map(|one| 1 << one.site.0).sum()
}

fn shared(site: &Site) -> bool {
    site.mode == 1
}

#[test]
fn the_most_people_are_served_and_each_site_says_what_it_adds() {
    let mut random = Random(11);
    for number in 0..400 {
        let town = town(&mut random);
        let (most_sites, budget) = (1 + random.below(3) as usize, 250 * random.below(20));
        let least_shared = random.below(2) as usize;
        let problem = Problem::max_coverage(town.reach(), town.all_people(), town.sites.clone(), 1);
        let problem = problem.expect("a problem").with_max_sites(most_sites);
        let problem = problem
            .with_budget(Money::from_thousandths(budget))
            .with_mode_limit(ModeLimit {
                mode: 1,
                name: "shared".to_owned(),
                least: least_shared,
                most: usize::MAX,
            });
        let is_allowed = |set: &u32| {
            let of_mode = (0..town.sites.len())
                .filter(|&site| set >> site & 1 == 1 && shared(&town.sites[site]));
            set.count_ones() as usize <= most_sites
                && town.cost(*set) <= budget
                && of_mode.count() >= least_shared
        };
        let best = town
            .sets()
            .filter(is_allowed)
            .map(|set| town.served(set))
            .max();
        let siting = match problem.solve(Control::default(), None) {
            Ok(siting) => siting,
            Err(
                SitingError::TooFew { .. } | SitingError::Budget { .. } | SitingError::Mode { .. },
            ) => continue,
            Err(SitingError::Contradiction { .. }) => {
                assert_eq!(best, None, "town {number}");
                continue;
            }
            Err(error) => panic!("town {number}: {error}"),
        };
        assert!(is_allowed(&set_of(&siting)), "town {number}");
        assert_eq!(Some(halves(siting.objective)), best, "town {number}");
        assert!(siting.proven, "town {number}: {siting:?}");
        assert_eq!(
            siting.standing.thousandths() / HALF,
            town.served(0),
            "town {number}"
        );
        let mut built = 0;
        for one in &siting.chosen {
            let before = town.served(built);
            built |= 1 << one.site.0;
            assert_eq!(
                one.people.thousandths() / HALF,
                town.served(built) - before,
                "town {number}"
            );
            let without = set_of(&siting) & !(1 << one.site.0);
            let alone = town.served(set_of(&siting)) - town.served(without);
            assert_eq!(one.alone.thousandths() / HALF, alone, "town {number}");
        }
    }
}

#[test]
fn the_least_money_serves_whom_all_sites_together_can_or_a_share() {
    let mut random = Random(12);
    for number in 0..400 {
        let town = town(&mut random);
        let share = [None, Some(0.5), Some(0.8)][random.below(3) as usize];
        let problem = Problem::set_cover(town.reach(), town.all_people(), town.sites.clone(), 1);
        let mut problem = problem.expect("a problem");
        if let Some(share) = share {
            problem = problem.with_share(share).expect("a share");
        }
        let all: u64 = town.people.iter().sum();
        let most = town.sets().map(|set| town.served(set)).max().unwrap_or(0);
        let wanted = share.map_or(most, |share| (share * all as f64 - 1e-9).ceil() as u64);
        let is_free = town.sets().all(|set| town.cost(set) == 0);
        let price = |set: u32| {
            if is_free {
                u64::from(set.count_ones())
            } else {
                town.cost(set)
            }
        };
        let enough = town.sets().filter(|&set| town.served(set) >= wanted);
        let least = enough.map(price).min();
        let siting = match problem.solve(Control::default(), None) {
            Ok(siting) => siting,
            Err(SitingError::Share { .. }) => {
                assert_eq!(least, None, "town {number}");
                continue;
            }
            Err(error) => panic!("town {number}: {error}"),
        };
        let paid = match siting.objective {
            Amount::Money(money) => money.thousandths(),
            Amount::Sites(sites) => sites,
            other => panic!("{other:?}"),
        };
        assert_eq!(Some(paid), least, "town {number}");
        assert!(siting.proven, "town {number}: {siting:?}");
        assert!(town.served(set_of(&siting)) >= wanted, "town {number}");
    }
}

#[test]
fn years_serve_most_people_soonest_within_their_rooms() {
    // Both sites are near everybody; one takes three people now, the other five later.
    let site = |capacity: u64, ready: i32| Site {
        cost: Money::from_thousandths(1000),
        capacity: Some(People::from_thousandths(capacity * 1000)),
        ready: Some(ready),
        ..Site::default()
    };
    let reach = Reach::from_rows(1, [[(ResidentId(0), 1)], [(ResidentId(0), 1)]]).expect("walks");
    let people = vec![People::from_thousandths(10_000)];
    let sites = vec![site(3, 2027), site(5, 2028)];
    let year = |year: i32| YearBudget {
        year,
        budget: Money::from_thousandths(1000),
    };
    let problem = Problem::max_coverage(reach, people, sites, 1).expect("a problem");
    let problem = problem.with_years(vec![year(2027), year(2028)]);
    let siting = problem.solve(Control::default(), None).expect("a choice");
    assert_eq!(
        siting.objective,
        Amount::People(People::from_thousandths(8000))
    );
    let years: Vec<(SiteId, Option<i32>)> = siting
        .chosen
        .iter()
        .map(|one| (one.site, one.year))
        .collect();
    assert_eq!(years, [(SiteId(0), Some(2027)), (SiteId(1), Some(2028))]);
    assert_eq!(siting.left_out, People::from_thousandths(2000));
}

#[test]
fn capacities_are_refused_where_they_cannot_be_counted() {
    let reach = || Reach::from_rows(1, [[(ResidentId(0), 1)]]).expect("walks");
    let people = || vec![People::ONE];
    let sites = || {
        vec![Site {
            capacity: Some(People::ONE),
            ..Site::default()
        }]
    };
    let median = Problem::p_median(reach(), people(), sites()).expect("a problem");
    let refused = median.with_max_sites(1).solve(Control::default(), None);
    let goal = Goal::PMedian.name();
    assert!(matches!(refused, Err(SitingError::NotFor { goal: said, .. }) if said == goal));
    let twice = Problem::max_coverage(reach(), people(), sites(), 1).expect("a problem");
    let refused = twice
        .with_max_sites(1)
        .with_times_covered(2)
        .solve(Control::default(), None);
    assert!(matches!(
        refused,
        Err(SitingError::NotWithCapacities { .. })
    ));
}
