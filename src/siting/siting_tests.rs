//! Every goal against every set of sites, by its definition alone.

use super::drawn::Random;
use super::{Amount, Goal, ModeLimit, Money, Problem, Reach, Site, SitingError};
use crate::control::Control;
use crate::id::{ResidentId, SiteId};
use crate::units::{Cost, People};

const CUTOFF: Cost = 10_000;

/// A problem as plain tables.
struct Town {
    /// By site and resident.
    walks: Vec<Vec<Option<Cost>>>,
    people: Vec<u64>,
    sites: Vec<Site>,
    max_sites: Option<usize>,
    budget: Option<Money>,
    share: Option<f64>,
    limits: Vec<ModeLimit>,
}

fn town(random: &mut Random, number: u32) -> Town {
    let bit = |which: u32| number >> which & 1 == 1;
    let (sites, residents) = (1 + random.below(8) as usize, 1 + random.below(12) as usize);
    let density = 2 + random.below(4);
    let walks = (0..sites).map(|_| {
        let walk = |random: &mut Random| {
            (random.below(5) < density).then(|| 500 * random.below(41) as Cost)
        };
        (0..residents).map(|_| walk(random)).collect()
    });
    let walks = walks.collect();
    let people = (0..residents)
        .map(|_| [1000, 2500, 3000, 0, 700][random.below(5) as usize])
        .collect();
    let mut made: Vec<Site> = (0..sites)
        .map(|_| Site {
            capacity: None,
            stands: bit(0) && random.below(4) == 0,
            cost: Money::from_thousandths(if bit(1) { 250 * random.below(20) } else { 0 }),
            mode: random.below(3) as u16,
            ready: None,
        })
        .collect();
    made[0].stands = false;
    let candidates = made.iter().filter(|site| !site.stands).count() as u64;
    let costs: u64 = made.iter().map(|site| site.cost.thousandths()).sum();
    let mode = random.below(3) as u16;
    let least = random.below(2) as usize;
    Town {
        walks,
        people,
        max_sites: (bit(2) || !bit(1)).then(|| 1 + random.below(candidates) as usize),
        budget: bit(1).then(|| Money::from_thousandths(random.below(costs + 1))),
        share: bit(3).then(|| random.below(101) as f64 / 100.0),
        limits: bit(4)
            .then(|| ModeLimit {
                mode,
                name: mode.to_string(),
                least,
                most: least + random.below(2) as usize,
            })
            .into_iter()
            .collect(),
        sites: made,
    }
}

impl Town {
    fn problem(&self, goal: Goal) -> Problem {
        let rows = self.walks.iter().map(|row| {
            let row = row.iter().enumerate();
            row.filter_map(|(resident, cost)| cost.map(|cost| (ResidentId::new(resident), cost)))
        });
        let reach = Reach::from_rows(self.people.len(), rows).expect("walks of residents");
        let weights: Vec<People> = self
            .people
            .iter()
            .map(|&people| People::from_thousandths(people))
            .collect();
        let sites = self.sites.clone();
        let made = match goal {
            Goal::SetCover => Problem::set_cover(reach, weights, sites, CUTOFF),
            Goal::MaxCoverage => Problem::max_coverage(reach, weights, sites, CUTOFF),
            Goal::PMedian => Problem::p_median(reach, weights, sites),
            Goal::PCenter => Problem::p_center(reach, weights, sites),
        };
        let mut made = made.expect("a problem");
        made.max_sites = self.max_sites;
        made.budget = self.budget;
        made.share = self.share.filter(|_| goal == Goal::SetCover);
        made.mode_limits = self.limits.clone();
        made
    }

    fn is_allowed(&self, set: &[usize]) -> bool {
        let of_mode = |mode: u16| {
            set.iter()
                .filter(|&&site| self.sites[site].mode == mode)
                .count()
        };
        let cost: u64 = set
            .iter()
            .map(|&site| self.sites[site].cost.thousandths())
            .sum();
        self.max_sites.is_none_or(|most| set.len() <= most)
            && self
                .budget
                .is_none_or(|budget| cost <= budget.thousandths())
            && self
                .limits
                .iter()
                .all(|limit| (limit.least..=limit.most).contains(&of_mode(limit.mode)))
    }

    /// What a set is worth; smaller is better. `None` where it does not do what is asked.
    fn worth(&self, goal: Goal, set: &[usize]) -> Option<(u64, i128)> {
        let standing = (0..self.sites.len()).filter(|&site| self.sites[site].stands);
        let open: Vec<usize> = standing.chain(set.iter().copied()).collect();
        let nearest = |resident: usize, sites: &[usize]| {
            sites
                .iter()
                .filter_map(|&site| self.walks[site][resident])
                .min()
        };
        let all: Vec<usize> = (0..self.sites.len()).collect();
        let people = (0..self.people.len()).filter(|&resident| self.people[resident] > 0);
        let people: Vec<usize> = people.collect();
        let covered =
            |resident: &usize| nearest(*resident, &open).is_some_and(|cost| cost <= CUTOFF);
        let covered_people: u64 = people
            .iter()
            .filter(|one| covered(one))
            .map(|&one| self.people[one])
            .sum();
        match goal {
            Goal::MaxCoverage => Some((0, -i128::from(covered_people))),
            Goal::SetCover => {
                let is_done = match self.share {
                    Some(share) => {
                        covered_people as f64
                            >= share * self.people.iter().sum::<u64>() as f64 - 1e-6
                    }
                    None => people.iter().all(|one| {
                        covered(one) || nearest(*one, &all).is_none_or(|cost| cost > CUTOFF)
                    }),
                };
                let costs: u64 = set
                    .iter()
                    .map(|&site| self.sites[site].cost.thousandths())
                    .sum();
                let is_free = self
                    .sites
                    .iter()
                    .all(|site| site.stands || site.cost == Money::ZERO);
                is_done.then_some((
                    0,
                    i128::from(if is_free { set.len() as u64 } else { costs }),
                ))
            }
            Goal::PMedian => {
                let left = people.iter().filter(|one| {
                    nearest(**one, &open).is_none() && nearest(**one, &all).is_some()
                });
                let left: u64 = left.map(|&one| self.people[one]).sum();
                let walked = people.iter().filter_map(|&one| {
                    nearest(one, &open).map(|cost| i128::from(cost) * i128::from(self.people[one]))
                });
                Some((left, walked.sum()))
            }
            Goal::PCenter => {
                let reached: Vec<usize> = people
                    .iter()
                    .copied()
                    .filter(|&one| nearest(one, &all).is_some())
                    .collect();
                let walks: Option<Vec<Cost>> =
                    reached.iter().map(|&one| nearest(one, &open)).collect();
                walks.map(|walks| (0, i128::from(walks.into_iter().max().unwrap_or(0))))
            }
        }
    }

    fn best(&self, goal: Goal) -> Option<(u64, i128)> {
        let candidates: Vec<usize> = (0..self.sites.len())
            .filter(|&site| !self.sites[site].stands)
            .collect();
        let sets = (0..1_u32 << candidates.len()).map(|set| {
            let taken = candidates
                .iter()
                .enumerate()
                .filter(|(place, _)| set >> place & 1 == 1);
            taken.map(|(_, &site)| site).collect::<Vec<usize>>()
        });
        sets.filter(|set| self.is_allowed(set))
            .filter_map(|set| self.worth(goal, &set))
            .min()
    }
}

fn as_worth(amount: Amount) -> i128 {
    match amount {
        Amount::People(people) => -i128::from(people.thousandths()),
        Amount::PeopleMilliseconds(walked) => walked as i128,
        Amount::Milliseconds(longest) => i128::from(longest),
        Amount::Sites(count) => i128::from(count),
        Amount::Money(money) => i128::from(money.thousandths()),
    }
}

fn every_goal_is_best(goal: Goal, seed: u64) {
    let mut random = Random(seed);
    let mut solved = 0;
    for number in 0..600 {
        let town = town(&mut random, number);
        let best = town.best(goal);
        let problem = town.problem(goal);
        let siting = match problem.solve(Control::default(), None) {
            Ok(siting) => siting,
            Err(SitingError::Budget { .. } | SitingError::Mode { .. }) => continue,
            Err(reason) => {
                assert!(best.is_none(), "town {number}: {reason}, but {best:?}");
                continue;
            }
        };
        let (left, worth) =
            best.unwrap_or_else(|| panic!("town {number}: a set was found where there is none"));
        let set: Vec<usize> = siting.chosen.iter().map(|one| one.site.index()).collect();
        assert!(town.is_allowed(&set), "town {number}: {set:?}");
        assert_eq!(
            town.worth(goal, &set),
            Some((left, worth)),
            "town {number}: {siting:?}"
        );
        assert_eq!(
            (as_worth(siting.objective), as_worth(siting.bound)),
            (worth, worth),
            "town {number}"
        );
        assert!(siting.proven && siting.stopped.is_none());
        if goal == Goal::PMedian {
            assert_eq!(siting.left_out.thousandths(), left, "town {number}");
        }
        solved += 1;
    }
    assert!(solved > 200, "only {solved} problems had an answer");
}

#[test]
fn no_set_covers_more_people_than_the_one_found() {
    every_goal_is_best(Goal::MaxCoverage, 11);
}

#[test]
fn no_set_that_covers_all_or_a_share_costs_less_than_the_one_found() {
    every_goal_is_best(Goal::SetCover, 12);
}

#[test]
fn no_set_leaves_fewer_out_or_is_walked_to_in_less_time_than_the_one_found() {
    every_goal_is_best(Goal::PMedian, 13);
}

#[test]
fn no_set_has_a_shorter_longest_walk_than_the_one_found() {
    every_goal_is_best(Goal::PCenter, 14);
}

#[test]
fn sites_are_ordered_by_what_each_adds_and_add_up_to_the_objective() {
    let mut random = Random(15);
    for number in 0..200 {
        let town = town(&mut random, number & !0b11000 | 0b100);
        let Ok(siting) = town
            .problem(Goal::MaxCoverage)
            .solve(Control::default(), None)
        else {
            continue;
        };
        let people: Vec<u64> = siting
            .chosen
            .iter()
            .map(|one| one.people.thousandths())
            .collect();
        assert!(
            people.windows(2).all(|pair| pair[0] >= pair[1]),
            "town {number}: {people:?}"
        );
        let sum = siting.standing.thousandths() + people.iter().sum::<u64>();
        assert_eq!(
            siting.objective,
            Amount::People(People::from_thousandths(sum)),
            "town {number}"
        );
    }
}

#[test]
fn the_order_of_sites_changes_no_objective() {
    let mut random = Random(16);
    for number in 0..200 {
        let mut town = town(&mut random, number);
        let mut turned = |goal: Goal| {
            let before = town
                .problem(goal)
                .solve(Control::default(), None)
                .map(|siting| siting.objective);
            town.walks.reverse();
            town.sites.reverse();
            let after = town
                .problem(goal)
                .solve(Control::default(), None)
                .map(|siting| siting.objective);
            assert_eq!(before.ok(), after.ok(), "town {number}");
        };
        Goal::ALL.into_iter().for_each(&mut turned);
    }
}

#[test]
fn what_a_problem_cannot_mean_is_refused() {
    let walks = |sites: u32| {
        Reach::from_rows(1, (0..sites).map(|site| [(ResidentId(0), site * 1000)])).expect("walks")
    };
    let site = |cost: u64| Site {
        cost: Money::from_thousandths(cost),
        ..Site::default()
    };
    let made = || {
        Problem::max_coverage(
            walks(2),
            vec![People::ONE],
            vec![site(500), site(700)],
            CUTOFF,
        )
        .expect("a problem")
    };
    let reason = |problem: Problem| {
        problem
            .solve(Control::default(), None)
            .expect_err("refused")
    };
    assert!(matches!(reason(made()), SitingError::NoCount { .. }));
    assert_eq!(
        reason(made().with_max_sites(3)),
        SitingError::TooFew {
            sites: 3,
            candidates: 2
        }
    );
    let budget = Money::from_thousandths(499);
    assert_eq!(
        reason(made().with_budget(budget)),
        SitingError::Budget {
            budget,
            cheapest: Money::from_thousandths(500)
        }
    );
    let limit = |mode: u16, least: usize, most: usize| ModeLimit {
        mode,
        name: "shared".to_owned(),
        least,
        most,
    };
    assert!(matches!(
        reason(made().with_max_sites(1).with_mode_limit(limit(1, 0, 1))),
        SitingError::Mode { .. }
    ));
    assert!(matches!(
        reason(made().with_max_sites(1).with_mode_limit(limit(0, 2, 2))),
        SitingError::Contradiction { .. }
    ));
    assert!(matches!(
        reason(
            made()
                .with_max_sites(2)
                .with_mode_limit(limit(0, 1, 2))
                .with_mode_limit(limit(0, 0, 0))
        ),
        SitingError::Contradiction { .. }
    ));
    let standing = vec![Site {
        stands: true,
        ..Site::default()
    }];
    assert_eq!(
        Problem::p_median(walks(1), vec![People::ONE], standing).map(|_| ()),
        Err(SitingError::NoCandidates)
    );
    let stray = Reach::from_rows(1, [[(ResidentId(4), 1)]]);
    assert_eq!(stray, Err(SitingError::NoResident { resident: 4, of: 1 }));
}

#[test]
fn a_stopped_search_gives_what_it_has_and_how_far_it_may_be_from_the_best() {
    let stop = std::sync::atomic::AtomicBool::new(true);
    let mut random = Random(17);
    let walks = (0..40).map(|_| {
        (0..200)
            .map(|resident| (ResidentId(resident), random.below(20_000) as Cost))
            .collect::<Vec<_>>()
    });
    let reach = Reach::from_rows(200, walks.collect::<Vec<_>>()).expect("walks");
    let problem = Problem::p_median(reach, vec![People::ONE; 200], vec![Site::default(); 40])
        .expect("a problem")
        .with_max_sites(5);
    let siting = problem
        .solve(Control::default().with_cancel(&stop), None)
        .expect("an answer");
    assert_eq!(siting.stopped, Some(super::Stopped::Cancelled));
    assert_eq!(siting.chosen.len(), 5);
    assert!(!siting.proven && siting.gap() > 0.0);
    assert!(siting.chosen.iter().all(|one| one.site < SiteId(40)));
}
