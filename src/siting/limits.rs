//! The limits of a problem in the numbers of the solver.

use std::cmp::Reverse;

use super::exact::{Limits, ModeLimit};
use super::{Problem, SitingError};

/// The limits for the candidates, in their order.
///
/// # Errors
/// [`SitingError::Contradiction`].
pub(super) fn limits_of(problem: &Problem, candidates: &[usize]) -> Result<Limits, SitingError> {
    let mut modes: Vec<u16> = candidates
        .iter()
        .map(|&site| problem.sites[site].mode)
        .collect();
    modes.sort_unstable();
    modes.dedup();
    let place = |mode: u16| modes.binary_search(&mode).ok();
    let mut limits = vec![ModeLimit::NONE; modes.len()];
    for limit in &problem.mode_limits {
        let Some(place) = place(limit.mode) else {
            continue;
        };
        let made = &mut limits[place];
        made.least = made.least.max(limit.least);
        made.most = made.most.min(limit.most);
        if made.least > made.most {
            return Err(SitingError::Contradiction {
                why: format!(
                    "mode {}: at least {}, at most {}",
                    limit.name, made.least, made.most
                ),
            });
        }
    }
    let cost = |site: &usize| problem.sites[*site].cost.thousandths() as i64;
    let made = Limits {
        max_sites: problem.max_sites.unwrap_or(usize::MAX),
        budget: problem.money().map(|budget| budget.thousandths() as i64),
        costs: candidates.iter().map(cost).collect(),
        mode_of: candidates
            .iter()
            .map(|&site| place(problem.sites[site].mode).unwrap_or(0) as u16)
            .collect(),
        modes: limits,
    };
    check(&made)?;
    Ok(made)
}

/// Whether the modes' sites fit into the number and the budget.
fn check(limits: &Limits) -> Result<(), SitingError> {
    let needed: usize = limits.modes.iter().map(|mode| mode.least).sum();
    if needed > limits.max_sites {
        return Err(SitingError::Contradiction {
            why: format!(
                "the modes need {needed} sites, at most {} may be chosen",
                limits.max_sites
            ),
        });
    }
    let Some(budget) = limits.budget else {
        return Ok(());
    };
    let mut least = 0;
    for (mode, limit) in limits.modes.iter().enumerate() {
        let of_mode =
            (0..limits.costs.len()).filter(|&site| usize::from(limits.mode_of[site]) == mode);
        let mut costs: Vec<i64> = of_mode.map(|site| limits.costs[site]).collect();
        costs.sort_unstable();
        least += costs.iter().take(limit.least).sum::<i64>();
    }
    if least > budget {
        let money = |amount: i64| super::Money::from_thousandths(amount as u64);
        return Err(SitingError::Contradiction {
            why: format!(
                "the sites that the modes need cost {} at least, the budget is {}",
                money(least),
                money(budget)
            ),
        });
    }
    Ok(())
}

/// Without the sites whose work is done without them too: the dearest first.
pub(super) fn without_useless(
    mut chosen: Vec<u32>,
    costs: &[i64],
    still_does: impl Fn(&[u32]) -> bool,
) -> Vec<u32> {
    let mut dearest = chosen.clone();
    dearest.sort_by_key(|&site| (Reverse(costs[site as usize]), site));
    for site in dearest {
        let fewer = chosen.iter().copied().filter(|&one| one != site);
        let fewer: Vec<u32> = fewer.collect();
        if still_does(&fewer) {
            chosen = fewer;
        }
    }
    chosen
}
