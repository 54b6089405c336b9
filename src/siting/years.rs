//! In which year each chosen site is built.

use super::Money;

/// The money of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearBudget {
    /// The year.
    pub year: i32,
    /// What may be spent in it, beside what the years before it left.
    pub budget: Money,
}

/// The most sites for which every way to spread them over the years is compared.
const MOST_COMPARED: usize = 13;

/// A chosen site, as the years see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    /// What it costs.
    pub(super) cost: Money,
    /// The first of the years in which it may be built, by place.
    pub(super) ready: usize,
}

/// Some of the chosen sites, a bit for each.
type Set = usize;

/// Years for chosen sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    /// By site, the year in which it is built, by place.
    pub(super) year_of: Vec<usize>,
    /// Whether no other schedule covers more people sooner.
    pub(super) proven: bool,
}

/// Who is covered by some of the sites.
pub(super) trait Covered {
    /// The weight that a set of sites covers.
    fn weight(&self, sites: &[bool]) -> i64;
}

/// The years in which sites are built so that the sum over the years of what is covered is the largest. Everything can be built in the
/// last year: all money is there by then.
///
/// # Complexity
/// With up to 13 sites every way is compared, 3^n of them for each year; with more, each year in turn takes what adds most for its
/// cost.
pub(super) fn scheduled(sites: &[Due], budgets: &[Money], covered: &impl Covered) -> Schedule {
    let mut money = Money::ZERO;
    let until: Vec<Money> = budgets
        .iter()
        .map(|&budget| {
            money = money + budget;
            money
        })
        .collect();
    if sites.len() <= MOST_COMPARED {
        compared(sites, &until, covered)
    } else {
        in_turn(sites, &until, covered)
    }
}

fn is_in(set: Set, site: usize) -> bool {
    set >> site & 1 == 1
}

/// By set, the best sum of years up to one in which that set stands, and the set of the year before.
struct Stage {
    best: Vec<Option<i64>>,
    before: Vec<Set>,
}

fn compared(sites: &[Due], until: &[Money], covered: &impl Covered) -> Schedule {
    let sets = 1 << sites.len();
    let members =
        |set: Set| -> Vec<bool> { (0..sites.len()).map(|site| is_in(set, site)).collect() };
    let weights: Vec<i64> = (0..sets).map(|set| covered.weight(&members(set))).collect();
    let mut stages: Vec<Stage> = Vec::with_capacity(until.len());
    for (year, &money) in until.iter().enumerate() {
        let mut stage = Stage {
            best: vec![None; sets],
            before: vec![0; sets],
        };
        for set in (0..sets).filter(|&set| is_possible(sites, set, year, money)) {
            // From every part of the set, the largest first; of equal sums the one in which most stands stays.
            let mut part = set;
            loop {
                let sum = stages
                    .last()
                    .map_or((part == 0).then_some(0), |last| last.best[part]);
                if let Some(sum) = sum.map(|sum| sum + weights[set])
                    && stage.best[set].is_none_or(|best| sum > best)
                {
                    stage.best[set] = Some(sum);
                    stage.before[set] = part;
                }
                if part == 0 {
                    break;
                }
                part = (part - 1) & set;
            }
        }
        stages.push(stage);
    }
    let mut year_of = vec![0; sites.len()];
    let mut set = sets - 1;
    for (year, stage) in stages.iter().enumerate().rev() {
        let before = stage.before[set];
        for site in (0..sites.len()).filter(|&site| is_in(set & !before, site)) {
            year_of[site] = year;
        }
        set = before;
    }
    Schedule {
        year_of,
        proven: true,
    }
}

/// Whether a set may stand in a year: each site was ready by then, and all money until then pays for them.
fn is_possible(sites: &[Due], set: Set, year: usize, money: Money) -> bool {
    let mut members = (0..sites.len()).filter(|&site| is_in(set, site));
    let cost: Money = members.clone().map(|site| sites[site].cost).sum();
    cost <= money && members.all(|site| sites[site].ready <= year)
}

fn in_turn(sites: &[Due], until: &[Money], covered: &impl Covered) -> Schedule {
    let last = until.len() - 1;
    let mut year_of = vec![last; sites.len()];
    let mut stands = vec![false; sites.len()];
    let mut spent = Money::ZERO;
    for (year, &money) in until.iter().enumerate().take(last) {
        while let Some(next) = best_next(sites, year, money, spent, &mut stands, covered) {
            stands[next] = true;
            year_of[next] = year;
            spent = spent + sites[next].cost;
        }
    }
    Schedule {
        year_of,
        proven: false,
    }
}

/// The site that adds most for its cost among those that are ready and can be paid.
fn best_next(
    sites: &[Due],
    year: usize,
    money: Money,
    spent: Money,
    stands: &mut [bool],
    covered: &impl Covered,
) -> Option<usize> {
    let now = covered.weight(stands);
    let mut best: Option<(f64, usize)> = None;
    for (site, due) in sites.iter().enumerate() {
        if stands[site] || due.ready > year || spent + due.cost > money {
            continue;
        }
        stands[site] = true;
        let gain = covered.weight(stands) - now;
        stands[site] = false;
        let rate = gain as f64 / due.cost.as_f64().max(1e-3);
        if best.is_none_or(|(before, _)| rate > before) {
            best = Some((rate, site));
        }
    }
    best.map(|(_, site)| site)
}
