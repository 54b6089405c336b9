//! An upper bound from prices: every client is worth a price of its own, and sites earn what their clients save beyond it.
//!
//! For any prices `a` the sum of all prices, and the most that sites within the limits can earn, is at least what any choice is
//! worth (Lagrangian relaxation of "each client goes to one site": Cornuéjols, Fisher and Nemhauser 1977). All is integer, so the
//! bound holds to the last unit, however the prices were found. They are found by a subgradient with Polyak's step.

use super::instance::Instance;
use super::limits::State;
use super::select::{Selection, Selector};

/// How much the latest selection counts in the share of selections that a site was in.
const LATEST: f64 = 0.05;
/// How much of the last direction a new one keeps.
const KEPT: f64 = 0.3;

/// A bound, and what proves it.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// At least what any choice within the limits is worth, in scaled units.
    pub(super) value: i64,
    /// By client, in scaled units.
    pub(super) prices: Vec<i64>,
    /// The sites that earn most at these prices.
    pub(super) selection: Selection,
    /// By site: in what share of the last selections it was.
    pub(super) presence: Vec<f64>,
}

/// Looks for the lowest bound.
pub(super) struct Dual<'i> {
    instance: &'i Instance,
    /// By client: how many chosen sites beat its price.
    surplus: Vec<i32>,
    direction: Vec<f64>,
}

impl<'i> Dual<'i> {
    pub(super) fn new(instance: &'i Instance) -> Self {
        Self {
            instance,
            surplus: Vec::new(),
            direction: Vec::new(),
        }
    }

    /// How much the chosen sites disagree with "each client goes to one".
    fn count_surplus(&mut self, prices: &[i64], selection: &Selection) {
        let shift = self.instance.shift;
        self.surplus.clear();
        for (client, &price) in prices.iter().enumerate() {
            let sites = self.instance.savings_of(client);
            let beating = sites.take_while(|one| one.saving << shift > price);
            let chosen = beating.filter(|one| selection.chosen[one.site as usize]);
            self.surplus.push(chosen.count() as i32 - 1);
        }
    }

    /// The best bound within some steps from some prices. It ends early once the bound is below `needed`: then no choice is worth
    /// that much. `None` where the limits allow no set. `seen` is told of every selection.
    pub(super) fn improve(
        &mut self,
        start: Vec<i64>,
        states: &[State],
        selector: &mut Selector<'_>,
        needed: i64,
        effort: Effort,
        mut seen: impl FnMut(&Selection) -> i64,
    ) -> Option<Bound> {
        let (value, selection) = bound_at(self.instance, &start, states, selector)?;
        let mut best = Bound {
            value,
            prices: start.clone(),
            presence: selection
                .chosen
                .iter()
                .map(|&is| f64::from(u8::from(is)))
                .collect(),
            selection: selection.clone(),
        };
        let mut now = Steps {
            prices: start,
            value,
            selection,
            length: effort.longest,
            idle: 0,
        };
        self.direction.clear();
        self.direction.resize(self.instance.client_count(), 0.0);
        let mut goal = needed;
        for _ in 0..effort.steps {
            if best.value < goal || now.length < effort.shortest {
                break;
            }
            self.count_surplus(&now.prices, &now.selection);
            // Aimed at what is just not better, so that a bound that proves enough is reached, not only approached.
            self.step(
                &mut now,
                goal - (self.instance.granule << self.instance.shift),
            );
            let Some((value, selection)) = bound_at(self.instance, &now.prices, states, selector)
            else {
                break;
            };
            goal = goal.max(seen(&selection));
            (now.value, now.selection) = (value, selection);
            if !now.keep(&mut best, effort.patience) {
                self.direction.fill(0.0);
            }
        }
        Some(best)
    }

    /// Moves prices against the subgradient.
    fn step(&mut self, now: &mut Steps, goal: i64) {
        let mut square = 0.0;
        let disagreements = self.direction.iter_mut().zip(&self.surplus);
        for (client, (direction, &surplus)) in disagreements.enumerate() {
            *direction = KEPT * *direction + f64::from(surplus);
            square += *direction * *direction * self.instance.most_of(client) as f64;
        }
        if square == 0.0 {
            now.length = 0.0;
            return;
        }
        let distance = ((now.value - goal) >> self.instance.shift) as f64;
        let step = now.length * distance / square * f64::from(1_u32 << self.instance.shift);
        let moved = now.prices.iter_mut().zip(&self.direction);
        for (client, (price, direction)) in moved.enumerate() {
            let most = self.instance.most_of(client);
            let change = (step * direction * most as f64) as i64;
            *price = (*price + change).clamp(0, most << self.instance.shift);
        }
    }
}

/// The bound at some prices; `None` where no set of sites is allowed.
pub(super) fn bound_at(
    instance: &Instance,
    prices: &[i64],
    states: &[State],
    selector: &mut Selector<'_>,
) -> Option<(i64, Selection)> {
    let selection = selector.select(&earned(instance, prices), states)?;
    Some((prices.iter().sum::<i64>() + selection.value, selection))
}

/// What each site earns at these prices, less its own price.
fn earned(instance: &Instance, prices: &[i64]) -> Vec<i64> {
    let shift = instance.shift;
    let own = instance.prices.iter().map(|price| -(price << shift));
    let mut earned: Vec<i64> = own.collect();
    for (client, &price) in prices.iter().enumerate() {
        for one in instance.savings_of(client) {
            let more = (one.saving << shift) - price;
            if more <= 0 {
                break;
            }
            earned[one.site as usize] += more;
        }
    }
    earned
}

/// How long a better bound is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) steps: u32,
    /// The first step, in units of Polyak's.
    pub(super) longest: f64,
    /// The step below which nothing more is gained.
    pub(super) shortest: f64,
    /// How many steps without a better bound until steps get shorter.
    pub(super) patience: u32,
}

/// Where the subgradient stands.
struct Steps {
    prices: Vec<i64>,
    value: i64,
    selection: Selection,
    length: f64,
    idle: u32,
}

impl Steps {
    /// Keeps where it stands if it is the best so far. `false` where it went back to the best, after so many steps without a better
    /// one, to go on with shorter steps.
    fn keep(&mut self, best: &mut Bound, patience: u32) -> bool {
        for (share, &is) in best.presence.iter_mut().zip(&self.selection.chosen) {
            *share += LATEST * (f64::from(u8::from(is)) - *share);
        }
        if self.value < best.value {
            best.value = self.value;
            best.prices.clone_from(&self.prices);
            best.selection = self.selection.clone();
            self.idle = 0;
            return true;
        }
        self.idle += 1;
        if self.idle < patience {
            return true;
        }
        self.idle = 0;
        self.length /= 2.0;
        self.prices.clone_from(&best.prices);
        self.selection = best.selection.clone();
        self.value = best.value;
        false
    }
}
