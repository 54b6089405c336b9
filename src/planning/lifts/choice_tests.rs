//! Choices of lifts beside every other way to build them.

use super::{LiftCandidate, LiftChoice, LiftLimits, LiftSeason};
use crate::control::Control;
use crate::siting::Money;

/// Numbers that look random, the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn money(amount: u64) -> Money {
    Money::from_thousandths(amount * 1000)
}

fn lift(gain: u64, cost: u64, ready: u32) -> LiftCandidate {
    LiftCandidate {
        gain,
        cost: money(cost),
        ready,
    }
}

fn chosen(limits: &LiftLimits, candidates: &[LiftCandidate]) -> LiftChoice {
    limits
        .choose(candidates, Control::default(), None)
        .expect("there is a choice")
}

/// Whether lifts may begin in these quarters, a quarter for each or none.
fn is_allowed(limits: &LiftLimits, candidates: &[LiftCandidate], begins: &[Option<u32>]) -> bool {
    let season = limits.season;
    let quarters = season.map_or(1, |season| season.quarters);
    let built = begins.iter().flatten().count();
    if limits.most.is_some_and(|most| built > most) {
        return false;
    }
    for quarter in 0..quarters {
        let begun = |at: &usize| begins[*at].is_some_and(|begins| begins <= quarter);
        let spent: u64 = (0..candidates.len())
            .filter(begun)
            .map(|at| candidates[at].cost.thousandths())
            .sum();
        let until = season.and_then(|season| season.budget);
        let until = until.map(|each| each.thousandths() * u64::from(quarter + 1));
        let all = limits.budget.map(Money::thousandths);
        if until.into_iter().chain(all).any(|money| spent > money) {
            return false;
        }
        let now = begins
            .iter()
            .filter(|begins| **begins == Some(quarter))
            .count();
        if season
            .and_then(|season| season.most)
            .is_some_and(|most| now > most)
        {
            return false;
        }
    }
    let mut ready = begins.iter().zip(candidates);
    ready.all(|(begins, one)| begins.is_none_or(|begins| season.is_none() || begins >= one.ready))
}

/// The most that any way to build is worth, and of the ways to build just the lifts of a set the largest sum over the quarters.
fn best(limits: &LiftLimits, candidates: &[LiftCandidate], set: &[bool]) -> (u64, u64) {
    let quarters = limits.season.map_or(1, |season| season.quarters);
    let ways = u64::from(quarters + 1).pow(candidates.len() as u32);
    let (mut most, mut soonest) = (0, 0);
    for way in 0..ways {
        let mut rest = way;
        let begins: Vec<Option<u32>> = candidates
            .iter()
            .map(|_| {
                let digit = (rest % u64::from(quarters + 1)) as u32;
                rest /= u64::from(quarters + 1);
                digit.checked_sub(1)
            })
            .collect();
        if !is_allowed(limits, candidates, &begins) {
            continue;
        }
        let built = begins
            .iter()
            .zip(candidates)
            .filter(|(begins, _)| begins.is_some());
        most = most.max(built.map(|(_, one)| one.gain).sum());
        if begins
            .iter()
            .zip(set)
            .all(|(begins, is_in)| begins.is_some() == *is_in)
        {
            let sums = begins.iter().zip(candidates);
            let sums =
                sums.filter_map(|(begins, one)| Some(one.gain * u64::from(quarters - (*begins)?)));
            soonest = soonest.max(sums.sum());
        }
    }
    (most, soonest)
}

fn drawn_limits(drawn: &mut Drawn) -> LiftLimits {
    let season = LiftSeason {
        from: "2027Q1".parse().expect("a quarter"),
        quarters: 1 + drawn.below(3) as u32,
        most: (drawn.below(3) > 0).then(|| 1 + drawn.below(2) as usize),
        budget: (drawn.below(2) > 0).then(|| money(drawn.below(7))),
    };
    LiftLimits {
        most: (drawn.below(3) == 0).then(|| 1 + drawn.below(4) as usize),
        budget: (drawn.below(4) == 0).then(|| money(drawn.below(12))),
        season: (drawn.below(5) > 0).then_some(season),
    }
}

/// Checks what holds of every choice, and gives whether it is proven.
fn check(limits: &LiftLimits, candidates: &[LiftCandidate]) -> bool {
    let choice = chosen(limits, candidates);
    let mut begins = vec![None; candidates.len()];
    for one in &choice.chosen {
        assert_eq!(begins[one.candidate].replace(one.begins), None);
    }
    assert!(
        is_allowed(limits, candidates, &begins),
        "{limits:?} {candidates:?} {choice:?}"
    );
    let set: Vec<bool> = begins.iter().map(Option::is_some).collect();
    let gain: u64 = (0..set.len())
        .filter(|&at| set[at])
        .map(|at| candidates[at].gain)
        .sum();
    assert_eq!(choice.gain, gain);
    let (most, soonest) = best(limits, candidates, &set);
    assert!(
        choice.gain <= most && most <= choice.bound,
        "{limits:?} {candidates:?} {choice:?} {most}"
    );
    if choice.proven {
        assert_eq!(choice.gain, most, "{limits:?} {candidates:?}");
    }
    let first = candidates[0].cost;
    if candidates.iter().all(|one| one.cost == first) {
        let quarters = limits.season.map_or(1, |season| season.quarters);
        let sooner = choice.chosen.iter();
        let sooner =
            sooner.map(|one| candidates[one.candidate].gain * u64::from(quarters - one.begins));
        assert_eq!(sooner.sum::<u64>(), soonest, "{limits:?} {candidates:?}");
    }
    choice.proven
}

#[test]
fn the_choice_is_the_best_of_all_ways_to_build_and_the_soonest() {
    let mut drawn = Drawn(1);
    let (mut proven, mut alike) = (0, 0);
    for round in 0..600 {
        let limits = drawn_limits(&mut drawn);
        let same = round % 2 == 0;
        let candidates: Vec<LiftCandidate> = (0..=drawn.below(6))
            .map(|_| {
                let cost = if same { 2 } else { 1 + drawn.below(4) };
                lift(drawn.below(9), cost, drawn.below(4) as u32)
            })
            .collect();
        let is_proven = check(&limits, &candidates);
        assert!(
            is_proven || !same,
            "costs are alike: {limits:?} {candidates:?}"
        );
        proven += usize::from(is_proven);
        alike += usize::from(same);
    }
    // Of those whose costs differ most are proven too.
    assert!(proven > alike + 200, "{proven} of 600");
}

#[test]
fn builders_money_and_readiness_hold_back_what_is_worth_most() {
    let from = "2027Q1".parse().expect("a quarter");
    let season = LiftSeason {
        from,
        quarters: 3,
        most: Some(2),
        budget: Some(money(3)),
    };
    let limits = LiftLimits {
        most: Some(3),
        budget: None,
        season: Some(season),
    };
    // Each costs 2, and each quarter brings 3: one in the first, two in the second.
    let candidates = [
        lift(5, 2, 0),
        lift(9, 2, 1),
        lift(7, 2, 0),
        lift(0, 2, 0),
        lift(8, 2, 3),
    ];
    let choice = chosen(&limits, &candidates);
    let order: Vec<(usize, u32)> = choice
        .chosen
        .iter()
        .map(|one| (one.candidate, one.begins))
        .collect();
    assert_eq!(order, [(2, 0), (1, 1), (0, 1)]);
    assert_eq!(
        (choice.gain, choice.bound, choice.proven, choice.cost),
        (21, 21, true, money(6))
    );
}
