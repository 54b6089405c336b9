//! The solver against every set of sites.

use super::{Instance, Limits, ModeLimit, Outcome, Saving, Task, solve};

/// Numbers that look drawn; the same ones every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64) % bound
    }
}

/// What a random problem is like.
#[derive(Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a trait that a problem has or not"
)]
struct Kind {
    /// Every client saves the same at all of its sites.
    flat: bool,
    priced: bool,
    budget: bool,
    modes: bool,
}

fn problem(random: &mut Random, kind: Kind) -> (Instance, Limits) {
    let sites = 2 + random.below(9) as usize;
    let clients = (0..=random.below(14)).map(|_| {
        let weight = 1 + random.below(20);
        let density = 1 + random.below(4);
        let near = (0..sites as u32).filter(|_| random.below(5) < density);
        let near: Vec<u32> = near.collect();
        near.into_iter()
            .map(|site| Saving {
                site,
                saving: if kind.flat {
                    weight
                } else {
                    weight * (1 + random.below(30))
                },
            })
            .collect()
    });
    let clients: Vec<Vec<Saving>> = clients.collect();
    let drawn = |random: &mut Random, bound: i64| {
        (0..sites)
            .map(|_| random.below(bound))
            .collect::<Vec<i64>>()
    };
    let prices = if kind.priced {
        drawn(random, 25)
    } else {
        vec![0; sites]
    };
    let costs = drawn(random, 10);
    let mut limits = Limits::none(sites);
    if random.below(3) > 0 {
        limits.max_sites = 1 + random.below(sites as i64) as usize;
    }
    if kind.budget {
        limits.budget = Some(random.below(1 + costs.iter().sum::<i64>()));
        limits.costs = costs;
    }
    if kind.modes {
        limits.mode_of = drawn(random, 3)
            .into_iter()
            .map(|mode| mode as u16)
            .collect();
        limits.modes = (0..3)
            .map(|_| {
                let least = random.below(2) as usize;
                ModeLimit {
                    least,
                    most: least + random.below(3) as usize,
                }
            })
            .collect();
    }
    (Instance::new(&clients, prices), limits)
}

/// The best value of all sets.
fn best_of_all(instance: &Instance, limits: &Limits) -> Option<i64> {
    let sites = instance.site_count() as u32;
    let sets = (0..1_u32 << sites).map(|set| {
        (0..sites)
            .filter(|site| set >> site & 1 == 1)
            .collect::<Vec<u32>>()
    });
    sets.filter(|set| limits.allow(set))
        .map(|set| instance.value(&set))
        .max()
}

fn solved(instance: &Instance, limits: &Limits, is_worth: Option<i64>) -> Outcome {
    solve(Task {
        instance,
        limits,
        is_worth,
        is_over: &|| false,
    })
}

#[test]
fn the_solver_finds_the_best_of_all_sets_and_proves_it() {
    let mut random = Random(1);
    for number in 0..1_600 {
        let bit = |which: u32| number >> which & 1 == 1;
        let kind = Kind {
            flat: bit(0),
            priced: bit(1),
            budget: bit(2),
            modes: bit(3),
        };
        let (instance, limits) = problem(&mut random, kind);
        let found = solved(&instance, &limits, None);
        let best = best_of_all(&instance, &limits);
        assert_eq!(found.chosen.is_some(), best.is_some(), "problem {number}");
        if let (Some(chosen), Some(best)) = (&found.chosen, best) {
            assert!(limits.allow(chosen), "problem {number}");
            assert_eq!(instance.value(chosen), found.value, "problem {number}");
            // No site is there for nothing.
            let needs = limits.modes.iter().any(|mode| mode.least > 0);
            let spares = (0..chosen.len()).filter(|&place| {
                let mut fewer = chosen.clone();
                fewer.remove(place);
                instance.value(&fewer) >= found.value
            });
            assert!(needs || spares.count() == 0, "problem {number}: {chosen:?}");
            assert_eq!((found.value, found.bound), (best, best), "problem {number}");
        }
    }
}

#[test]
fn whether_something_is_worth_so_much_is_answered_both_ways() {
    let mut random = Random(2);
    for number in 0..800 {
        let bit = |which: u32| number >> which & 1 == 1;
        let kind = Kind {
            flat: bit(0),
            priced: bit(1),
            budget: bit(2),
            modes: false,
        };
        let (instance, limits) = problem(&mut random, kind);
        let Some(best) = best_of_all(&instance, &limits) else {
            continue;
        };
        let granule = instance.granule;
        let enough = solved(&instance, &limits, Some(best));
        assert!(
            enough.chosen.is_some() && enough.value >= best,
            "problem {number}"
        );
        let too_much = solved(&instance, &limits, Some(best + granule));
        assert!(too_much.bound < best + granule, "problem {number}");
    }
}

/// Clients on a line of sites, each within reach of some beside each other: bounds are rarely whole there, so that branches are
/// needed.
fn on_a_line(random: &mut Random, saving: Option<i64>, price: i64) -> Instance {
    let sites = 12;
    let clients = (0..24).map(|_| {
        let weight = saving.unwrap_or(1 + random.below(9));
        let (first, step) = (random.below(sites) as u32, 1 + random.below(5) as u32);
        let near = (0..3).map(|place| (first + place * step) % sites as u32);
        let mut near: Vec<u32> = near.collect();
        near.sort_unstable();
        near.dedup();
        let savings = near.into_iter().map(|site| Saving {
            site,
            saving: weight,
        });
        savings.collect()
    });
    let clients: Vec<Vec<Saving>> = clients.collect();
    Instance::new(&clients, vec![price; sites as usize])
}

#[test]
fn coverage_is_proven_where_branches_are_needed() {
    let mut random = Random(3);
    for number in 0..300 {
        let (instance, most) = if number % 2 == 0 {
            // As many people as a few sites can cover.
            (
                on_a_line(&mut random, None, 0),
                2 + random.below(4) as usize,
            )
        } else {
            // Everybody, with as few sites as can be.
            (on_a_line(&mut random, Some(13), 1), usize::MAX)
        };
        let mut limits = Limits::none(instance.site_count());
        limits.max_sites = most;
        let best = best_of_all(&instance, &limits).unwrap();
        let found = solved(&instance, &limits, None);
        assert_eq!((found.value, found.bound), (best, best), "problem {number}");
        let chosen = found.chosen.unwrap();
        assert!(limits.allow(&chosen), "problem {number}");
        assert_eq!(instance.value(&chosen), best, "problem {number}");
    }
}

#[test]
fn what_is_found_before_the_end_is_within_its_bound() {
    let mut random = Random(4);
    for number in 0..200_u32 {
        let instance = on_a_line(&mut random, None, i64::from(number % 3));
        let mut limits = Limits::none(instance.site_count());
        limits.max_sites = 4;
        let best = best_of_all(&instance, &limits).unwrap();
        let asked = std::cell::Cell::new(0);
        let found = solve(Task {
            instance: &instance,
            limits: &limits,
            is_worth: None,
            is_over: &|| {
                asked.set(asked.get() + 1);
                asked.get() > number
            },
        });
        let chosen = found.chosen.unwrap();
        assert_eq!(instance.value(&chosen), found.value, "problem {number}");
        assert!(
            found.value <= best && best <= found.bound,
            "problem {number}: {} {best} {}",
            found.value,
            found.bound
        );
    }
}
