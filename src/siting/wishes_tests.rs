//! Weights, several sites for everybody, floors and years against every set of sites, by their definitions alone.

use super::drawn::Random;
use super::{
    Amount, ChosenSite, Communities, Fairness, Money, Problem, Reach, Site, Siting, SitingError,
    YearBudget,
};
use crate::control::Control;
use crate::id::ResidentId;
use crate::units::People;

/// A town as plain tables: which site is near which resident.
#[derive(Clone)]
struct Town {
    near: Vec<Vec<bool>>,
    people: Vec<u64>,
    weights: Vec<u64>,
    home: Vec<Option<u32>>,
    sites: Vec<Site>,
    times: u32,
    budget: u64,
    max_sites: Option<usize>,
}

const COMMUNITIES: usize = 3;

fn town(random: &mut Random) -> Town {
    let (sites, residents) = (2 + random.below(7) as usize, 1 + random.below(14) as usize);
    let density = 1 + random.below(4);
    let mut draw = |bound: u64| random.below(bound);
    let near = (0..sites)
        .map(|_| (0..residents).map(|_| draw(5) < density).collect())
        .collect();
    let people: Vec<u64> = (0..residents)
        .map(|_| [1000, 2500, 3000, 0, 700][draw(5) as usize])
        .collect();
    let weights = people.iter().map(|one| one * (1 + draw(3))).collect();
    let home = (0..residents)
        .map(|_| u32::try_from(draw(4)).ok().filter(|&one| one < 3))
        .collect();
    let mut made: Vec<Site> = (0..sites)
        .map(|_| Site {
            stands: draw(5) == 0,
            cost: Money::from_thousandths(250 * (1 + draw(12))),
            ..Site::default()
        })
        .collect();
    made[0].stands = false;
    let costs: u64 = made.iter().map(|site| site.cost.thousandths()).sum();
    let candidates = made.iter().filter(|site| !site.stands).count() as u64;
    Town {
        near,
        people,
        weights,
        home,
        times: 1 + draw(2) as u32,
        budget: draw(costs + 1),
        max_sites: (draw(2) == 0).then(|| 1 + draw(candidates) as usize),
        sites: made,
    }
}

fn exact(list: &[u64]) -> Vec<People> {
    list.iter()
        .map(|&one| People::from_thousandths(one))
        .collect()
}

impl Town {
    fn reach(&self) -> Reach {
        let rows = self.near.iter().map(|row| {
            let near = row.iter().enumerate().filter(|(_, is)| **is);
            near.map(|(resident, _)| (ResidentId::new(resident), 1))
        });
        Reach::from_rows(self.people.len(), rows).expect("walks of residents")
    }

    fn most(&self) -> Problem {
        let problem =
            Problem::max_coverage(self.reach(), exact(&self.people), self.sites.clone(), 1);
        let mut problem = problem
            .expect("a problem")
            .with_budget(Money::from_thousandths(self.budget))
            .with_times_covered(self.times);
        problem.max_sites = self.max_sites;
        problem
    }

    fn communities(&self) -> Communities {
        let names = (0..COMMUNITIES).map(|one| one.to_string()).collect();
        Communities::new(names, self.home.clone()).expect("communities")
    }

    /// Sets of candidates within the limits.
    fn sets(&self) -> Vec<Vec<usize>> {
        let candidates: Vec<usize> = (0..self.sites.len())
            .filter(|&site| !self.sites[site].stands)
            .collect();
        let sets = (0..1_u32 << candidates.len()).map(|set| {
            let places = (0..candidates.len()).filter(|place| set >> place & 1 == 1);
            places
                .map(|place| candidates[place])
                .collect::<Vec<usize>>()
        });
        sets.filter(|set| {
            self.cost(set) <= self.budget && self.max_sites.is_none_or(|most| set.len() <= most)
        })
        .collect()
    }

    fn cost(&self, set: &[usize]) -> u64 {
        set.iter()
            .map(|&site| self.sites[site].cost.thousandths())
            .sum()
    }

    fn cheapest(&self) -> u64 {
        let candidates = self.sites.iter().filter(|site| !site.stands);
        candidates
            .map(|site| site.cost.thousandths())
            .min()
            .expect("a candidate")
    }

    fn covered(&self, set: &[usize]) -> Vec<usize> {
        let open = |site: usize| self.sites[site].stands || set.contains(&site);
        let count = |resident: usize| {
            let sites = (0..self.sites.len()).filter(|&site| open(site));
            sites.filter(|&site| self.near[site][resident]).count()
        };
        (0..self.people.len())
            .filter(|&resident| count(resident) >= self.times as usize)
            .collect()
    }

    fn covered_people(&self, set: &[usize]) -> u64 {
        sum(&self.covered(set), &self.people)
    }

    /// Whether every community has so many thousandths of its people covered, or what all sites together cover.
    #[cfg(feature = "solver")]
    fn stands_on(&self, set: &[usize], floor: u64) -> bool {
        let all: Vec<usize> = (0..self.sites.len()).collect();
        let of = |residents: Vec<usize>, community: u32| -> u64 {
            let own = residents
                .into_iter()
                .filter(|&one| self.home[one] == Some(community));
            own.map(|one| self.people[one]).sum()
        };
        (0..COMMUNITIES as u32).all(|community| {
            let everybody = of((0..self.people.len()).collect(), community);
            let most = of(self.covered(&all), community);
            let covered = of(self.covered(set), community);
            covered * 1000 >= everybody * floor || covered >= most
        })
    }
}

fn sum(residents: &[usize], of: &[u64]) -> u64 {
    residents.iter().map(|&one| of[one]).sum()
}

fn solved(problem: &Problem) -> Option<Siting> {
    match problem.solve(Control::default(), None) {
        Ok(siting) => Some(siting),
        Err(SitingError::Budget { .. } | SitingError::Contradiction { .. }) => None,
        Err(reason) => panic!("{reason}"),
    }
}

fn chosen(siting: &Siting) -> Vec<usize> {
    siting.chosen.iter().map(|one| one.site.index()).collect()
}

/// What a choice of most people is proven to be worth, in thousandths.
fn proven(siting: &Siting) -> u64 {
    assert!(siting.proven, "{siting:?}");
    assert_eq!(siting.objective, siting.bound);
    match siting.objective {
        Amount::People(people) => people.thousandths(),
        other => panic!("{other:?}"),
    }
}

/// The people whom a choice says that it covers.
fn told(siting: &Siting) -> u64 {
    let added: People = siting.chosen.iter().map(|one| one.people).sum();
    (siting.standing + added).thousandths()
}

#[test]
fn weights_change_what_is_best_and_people_are_counted_all_the_same() {
    let mut random = Random(21);
    let mut found = 0;
    for number in 0..300 {
        let town = Town {
            times: 1,
            ..town(&mut random)
        };
        let problem = town.most().with_weights(exact(&town.weights));
        let Some(siting) = solved(&problem.expect("weights")) else {
            continue;
        };
        let sets = town.sets();
        let weight = |set: &Vec<usize>| sum(&town.covered(set), &town.weights);
        let best = sets.iter().map(weight).max();
        assert_eq!(Some(proven(&siting)), best, "town {number}");
        assert_eq!(
            told(&siting),
            town.covered_people(&chosen(&siting)),
            "town {number}"
        );
        found += 1;
    }
    assert!(found > 150, "{found}");
}

#[cfg(feature = "solver")]
#[test]
fn no_set_covers_more_people_twice_than_the_one_found() {
    let mut random = Random(22);
    let mut found = 0;
    for number in 0..300 {
        let town = Town {
            times: 2,
            ..town(&mut random)
        };
        let Some(siting) = solved(&town.most()) else {
            continue;
        };
        let best = town.sets().iter().map(|set| town.covered_people(set)).max();
        assert_eq!(Some(proven(&siting)), best, "town {number}");
        assert_eq!(proven(&siting), town.covered_people(&chosen(&siting)));
        assert_eq!(told(&siting), proven(&siting), "town {number}");
        found += 1;
    }
    assert!(found > 150, "{found}");
}

#[cfg(feature = "solver")]
#[test]
fn no_set_on_the_floor_covers_more_people_and_no_floor_is_higher() {
    let mut random = Random(23);
    let (mut found, mut none) = (0, 0);
    for number in 0..400 {
        let town = town(&mut random);
        let floor = 50 * random.below(21);
        let is_worst_first = random.below(2) == 0;
        let fairness = if is_worst_first {
            Fairness::WorstFirst
        } else {
            Fairness::floor(floor as f64 / 1000.0).expect("a share")
        };
        let problem = town.most().with_fairness(town.communities(), fairness);
        let sets = town.sets();
        let best = |floor: u64| {
            let sets = sets.iter().filter(|set| town.stands_on(set, floor));
            sets.map(|set| town.covered_people(set)).max()
        };
        let floor = if is_worst_first {
            let mut floors = (0..=1000).rev();
            floors
                .find(|&floor| best(floor).is_some())
                .expect("a floor of nothing")
        } else {
            floor
        };
        let Some(siting) = solved(&problem.expect("a problem")) else {
            assert!(
                town.cheapest() > town.budget || best(floor).is_none(),
                "town {number}"
            );
            none += 1;
            continue;
        };
        assert_eq!(Some(proven(&siting)), best(floor), "town {number}, {floor}");
        assert!(town.stands_on(&chosen(&siting), floor), "town {number}");
        let (reached, share) = (siting.floor.expect("a floor"), floor as f64 / 1000.0);
        assert_eq!(
            (reached.share, reached.bound),
            (share, share),
            "town {number}"
        );
        found += 1;
    }
    assert!(found > 200 && none > 10, "{found} {none}");
}

#[cfg(feature = "solver")]
#[test]
fn no_set_that_covers_a_share_on_a_floor_costs_less() {
    let mut random = Random(24);
    let mut found = 0;
    for number in 0..300 {
        let town = Town {
            budget: u64::MAX >> 1,
            max_sites: None,
            ..town(&mut random)
        };
        let floor = 50 * random.below(21);
        let share = random.below(101) as f64 / 100.0;
        let problem = Problem::set_cover(town.reach(), exact(&town.people), town.sites.clone(), 1);
        let problem = problem.expect("a problem").with_times_covered(town.times);
        let fairness = Fairness::floor(floor as f64 / 1000.0).expect("a floor");
        let problem = problem
            .with_share(share)
            .expect("a share")
            .with_fairness(town.communities(), fairness);
        let all = town.people.iter().sum::<u64>() as f64;
        let is_done = |set: &&Vec<usize>| {
            town.covered_people(set) as f64 >= share * all - 1e-6 && town.stands_on(set, floor)
        };
        let sets = town.sets();
        let least = sets.iter().filter(is_done).map(|set| town.cost(set)).min();
        match problem
            .expect("communities")
            .solve(Control::default(), None)
        {
            Ok(siting) => {
                assert!(siting.proven, "town {number}");
                assert_eq!(Some(siting.cost.thousandths()), least, "town {number}");
                found += 1;
            }
            Err(reason) => assert!(least.is_none(), "town {number}: {reason}"),
        }
    }
    assert!(found > 100, "{found}");
}

/// Sites in years, by definition.
struct Plan<'t> {
    town: &'t Town,
    sites: Vec<usize>,
    budgets: [u64; 3],
}

impl Plan<'_> {
    fn is_ready(&self, site: usize, year: usize) -> bool {
        let ready = self.town.sites[site].ready;
        ready.is_none_or(|ready| ready <= 2026 + year as i32)
    }

    /// The people who are covered in all years together; `None` where there is no money for it, or a site is not ready.
    fn people_and_years(&self, years: &[usize]) -> Option<u64> {
        let mut sum = 0;
        for year in 0..3 {
            let places = (0..years.len()).filter(|&place| years[place] <= year);
            let built: Vec<usize> = places.map(|place| self.sites[place]).collect();
            let money: u64 = self.budgets[..=year].iter().sum();
            let all_ready = built.iter().all(|&site| self.is_ready(site, year));
            if self.town.cost(&built) > money || !all_ready {
                return None;
            }
            sum += self.town.covered_people(&built);
        }
        Some(sum)
    }
}

#[test]
fn no_other_years_for_the_chosen_sites_cover_more_people_sooner() {
    let mut random = Random(25);
    let mut found = 0;
    for number in 0..200 {
        let mut town = Town {
            times: 1,
            max_sites: None,
            ..town(&mut random)
        };
        for site in &mut town.sites {
            site.ready = (random.below(2) == 0).then(|| 2026 + random.below(4) as i32);
        }
        let budgets = [0, 1, 2].map(|_| random.below(4000));
        town.budget = budgets.iter().sum();
        let years = (2026..).zip(budgets).map(|(year, budget)| YearBudget {
            year,
            budget: Money::from_thousandths(budget),
        });
        let mut problem = town.most().with_years(years.collect());
        problem.budget = None;
        let siting = match problem.solve(Control::default(), None) {
            Ok(siting) => siting,
            Err(SitingError::Budget { .. } | SitingError::NoCandidates) => continue,
            Err(reason) => panic!("town {number}: {reason}"),
        };
        let plan = Plan {
            town: &town,
            sites: chosen(&siting),
            budgets,
        };
        // In the end as many people as without years, with all the money and the sites that are ready.
        let sets = town.sets().into_iter();
        let sets = sets.filter(|set| set.iter().all(|&site| plan.is_ready(site, 2)));
        let best = sets.map(|set| town.covered_people(&set)).max();
        assert_eq!(Some(proven(&siting)), best, "town {number}");
        let count = plan.sites.len();
        let spread = |way: usize| -> Vec<usize> {
            let year = |place: usize| way / 3_usize.pow(place as u32) % 3;
            (0..count).map(year).collect()
        };
        let ways = 0..3_usize.pow(count as u32);
        let soonest = ways
            .filter_map(|way| plan.people_and_years(&spread(way)))
            .max();
        let year = |one: &ChosenSite| (one.year.expect("a year") - 2026) as usize;
        let years: Vec<usize> = siting.chosen.iter().map(year).collect();
        assert_eq!(
            plan.people_and_years(&years),
            soonest,
            "town {number}: {years:?}"
        );
        assert!(years.is_sorted(), "town {number}: {years:?}");
        assert_eq!(siting.schedule_proven, Some(true));
        found += 1;
    }
    assert!(found > 80, "{found}");
}

#[test]
fn wishes_that_a_goal_cannot_take_are_refused() {
    let town = town(&mut Random(26));
    let center = || {
        let made = Problem::p_center(town.reach(), exact(&town.people), town.sites.clone());
        made.expect("a problem").with_max_sites(1)
    };
    let year = YearBudget {
        year: 2026,
        budget: Money::from_thousandths(1),
    };
    let fair = center().with_fairness(town.communities(), Fairness::WorstFirst);
    let refused = [
        center().with_times_covered(2),
        center().with_years(vec![year]),
        fair.expect("communities"),
    ];
    for problem in refused {
        let reason = problem
            .solve(Control::default(), None)
            .expect_err("refused");
        assert!(matches!(reason, SitingError::NotFor { .. }), "{reason}");
    }
    assert!(Fairness::floor(1.5).is_err());
    assert!(Communities::new(vec!["one".to_owned()], vec![Some(1)]).is_err());
}
