//! A bound from the linear program of coverage, proven in integers.

use super::dual::{Bound, bound_at};
use super::instance::Instance;
use super::limits::{Limits, State};
use super::packing::Packing;
use super::select::Selector;
use super::simplex::{Basis, Progress, Simplex};

/// After so many steps it is looked whether the bound proves enough.
const LOOKED_EVERY: u32 = 20;
/// The most steps for one bound; a guard against steps of no length that repeat themselves.
const MOST_STEPS: u32 = 50_000;
/// A share below this is none.
pub(super) const LEAST_SHARE: f64 = 0.01;
/// After so many steps it is looked whether they still help, which they do while they bring the bound so much nearer to what it has
/// to be.
const WINDOW: u32 = 500;
const LEAST_HELP: f64 = 1e-3;
/// What clients who have to be covered pay together at most, in scaled units.
const MOST_PAID: i64 = 1 << 60;

/// What is decided in a branch.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    /// By site.
    pub(super) states: Vec<State>,
    /// By client: whether it has to be covered.
    pub(super) covered: Vec<bool>,
}

/// One side of a branch.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Site(usize, State),
    Covered(usize),
    /// None of the client's sites is chosen.
    Uncovered(usize),
}

impl Side {
    /// What holds where this does not.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Site(site, State::Inside) => Self::Site(site, State::Outside),
            Self::Site(site, _) => Self::Site(site, State::Inside),
            Self::Covered(client) => Self::Uncovered(client),
            Self::Uncovered(client) => Self::Covered(client),
        }
    }
}

impl Decided {
    pub(super) fn nothing(instance: &Instance) -> Self {
        Self {
            states: vec![State::Free; instance.site_count()],
            covered: vec![false; instance.client_count()],
        }
    }

    /// Whether a client may be covered or not, with some of its sites free to decide that.
    fn leaves_open(&self, client: usize, instance: &Instance) -> bool {
        let mut states = instance
            .savings_of(client)
            .map(|one| self.states[one.site as usize]);
        !self.covered[client]
            && states.clone().any(|state| state == State::Free)
            && states.all(|state| state != State::Inside)
    }

    /// One thing more.
    pub(super) fn decide(&mut self, side: Side, instance: &Instance) {
        match side {
            Side::Site(site, state) => self.states[site] = state,
            Side::Covered(client) => self.covered[client] = true,
            Side::Uncovered(client) => {
                for one in instance.savings_of(client) {
                    self.states[one.site as usize] = State::Outside;
                }
            }
        }
    }
}

/// The linear program of an instance in which each client saves the same at all of its sites. What it says is taken as prices of
/// clients only: the bound at these is worked out anew.
#[derive(Clone)]
pub(super) struct Coverage<'i> {
    instance: &'i Instance,
    selector: Selector<'i>,
    simplex: Simplex,
    unit: f64,
}

impl<'i> Coverage<'i> {
    /// Begins at some prices.
    pub(super) fn new(instance: &'i Instance, limits: &'i Limits, prices: &[i64]) -> Self {
        let packing = Packing::new(instance, limits);
        let unit = packing.unit * f64::from(1_u32 << instance.shift);
        let most = |client: usize| instance.most_of(client) << instance.shift;
        let paid = prices.iter().enumerate();
        let mut amounts: Vec<f64> = paid
            .map(|(client, price)| (most(client) - price) as f64 / unit)
            .collect();
        if limits.max_sites < instance.site_count() {
            amounts.push(packing.price_of_a_place(limits.max_sites, &amounts));
        }
        amounts.resize(packing.costs.len(), 0.0);
        Self {
            instance,
            selector: Selector::new(limits),
            simplex: Simplex::new(packing, amounts),
            unit,
        }
    }

    pub(super) fn basis(&self) -> Basis {
        self.simplex.basis()
    }

    pub(super) fn restore(&mut self, basis: &Basis) {
        self.simplex.restore(basis);
    }

    /// Takes in what is decided.
    pub(super) fn decide(&mut self, decided: &Decided) {
        for (site, state) in decided.states.iter().enumerate() {
            let (least, most) = match state {
                State::Free => (0.0, 1.0),
                State::Inside => (1.0, 1.0),
                State::Outside => (0.0, 0.0),
            };
            self.simplex.set_bounds(site, least, most);
        }
        for client in 0..decided.covered.len() {
            if decided.covered[client] {
                self.simplex.set_covered(client);
            }
        }
        self.simplex.price();
    }

    /// The bound within some steps. It ends early once the bound is below `needed`, or when it is over. `None` where the limits
    /// allow no set.
    pub(super) fn bound(
        &mut self,
        decided: &Decided,
        needed: i64,
        is_over: &dyn Fn() -> bool,
    ) -> Option<Bound> {
        let mut steps = 0;
        let mut before = self.estimate();
        loop {
            let progress = self.simplex.run(LOOKED_EVERY);
            steps += LOOKED_EVERY;
            let mut ends = progress != Progress::Better || steps >= MOST_STEPS || is_over();
            if steps.is_multiple_of(WINDOW) {
                let now = self.estimate();
                ends |= before - now < (now - needed as f64) * LEAST_HELP;
                before = now;
            }
            if ends || self.seems_below(needed) {
                let bound = self.proven(decided)?;
                if ends || bound.value < needed {
                    return Some(bound);
                }
            }
        }
    }

    fn total(&self) -> i64 {
        let clients = 0..self.instance.client_count();
        clients
            .map(|client| self.instance.most_of(client) << self.instance.shift)
            .sum()
    }

    /// About what the bound is, in scaled units.
    pub(super) fn estimate(&self) -> f64 {
        self.total() as f64 - self.simplex.objective() * self.unit
    }

    fn seems_below(&self, needed: i64) -> bool {
        self.estimate() < needed as f64
    }

    /// The program on one side, after some steps.
    pub(super) fn look_at(&self, side: Side, steps: u32) -> Self {
        let mut looked = self.clone();
        match side {
            Side::Site(site, State::Inside) => looked.simplex.set_bounds(site, 1.0, 1.0),
            Side::Site(site, _) => looked.simplex.set_bounds(site, 0.0, 0.0),
            Side::Covered(client) => looked.simplex.set_covered(client),
            Side::Uncovered(client) => {
                for one in self.instance.savings_of(client) {
                    looked.simplex.set_bounds(one.site as usize, 0.0, 0.0);
                }
            }
        }
        looked.simplex.price();
        looked.simplex.run(steps);
        looked
    }

    /// Some of the sites of which a part is chosen, and some of the clients who are covered in part: those first that are furthest
    /// from both ends.
    pub(super) fn fractional(&self, decided: &Decided, sites: usize, clients: usize) -> Vec<Side> {
        let doubt = |share: f64| share.min(1.0 - share);
        let shares = self.simplex.shares().iter().enumerate();
        let free = shares.filter(|&(site, _)| decided.states[site] == State::Free);
        let free = free.map(|(site, &share)| (doubt(share), Side::Site(site, State::Inside)));
        let gains = self.simplex.gains().iter().enumerate();
        let open = gains
            .take(self.instance.client_count())
            .filter(|&(client, &gain)| {
                doubt(gain) > LEAST_SHARE && decided.leaves_open(client, self.instance)
            });
        let open = open.map(|(client, &gain)| (doubt(gain), Side::Covered(client)));
        let mut chosen = most_doubtful(free, sites);
        chosen.extend(most_doubtful(open, clients));
        chosen
    }

    /// The bound at the prices that the program stands at.
    pub(super) fn proven(&mut self, decided: &Decided) -> Option<Bound> {
        let cap = MOST_PAID / (self.instance.client_count() as i64 + 1);
        let paid = self
            .simplex
            .amounts()
            .iter()
            .zip(&decided.covered)
            .enumerate();
        let prices = paid.map(|(client, (amount, &is_covered))| {
            let most = self.instance.most_of(client) << self.instance.shift;
            let at_most = if is_covered { most.max(cap) } else { most };
            most - ((amount * self.unit) as i64).clamp(0, at_most)
        });
        let prices: Vec<i64> = prices.collect();
        let (value, selection) =
            bound_at(self.instance, &prices, &decided.states, &mut self.selector)?;
        Some(Bound {
            value,
            prices,
            selection,
            presence: self.simplex.shares().to_vec(),
        })
    }
}

fn most_doubtful(sides: impl Iterator<Item = (f64, Side)>, count: usize) -> Vec<Side> {
    let mut sides: Vec<(f64, Side)> = sides.filter(|side| side.0 > LEAST_SHARE).collect();
    sides.sort_by(|one, other| other.0.total_cmp(&one.0));
    sides
        .into_iter()
        .take(count)
        .map(|(_, side)| side)
        .collect()
}
