//! The primal simplex method for [`Packing`], with bounds on how much of each site is chosen.
//!
//! Bounds on shares only change what slack is worth, so that amounts stay possible when a branch decides a site, and the method goes
//! on from where it stood. Of the basis only the part where tight rows and basic columns meet is inverted. Columns enter by Devex
//! weights (Forrest and Goldfarb 1992); the ratio test is Harris's (1973).

mod basis;

use std::sync::Arc;

use super::kernel::Kernel;
use super::packing::Packing;

/// Gains below this are none.
const LEAST_GAIN: f64 = 1e-7;
/// Changes below this are none.
const LEAST_PIVOT: f64 = 1e-7;
/// Changes below this are rounding errors.
const LEAST_CHANGE: f64 = 1e-11;
/// How far an amount may leave its bounds.
const TOLERANCE: f64 = 1e-9;
/// Where a step has no end, it goes so far.
const FAR: f64 = 1e4;
/// The inverse is made anew after so many changes.
const REFRESHED_EVERY: u32 = 100;

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    AtZero,
    AtMost,
    /// Between its bounds, where the search began.
    Held,
    /// At which place of the basis.
    Basic(u32),
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// Below its price: the least of the site is chosen.
    Below,
    /// Above its price: the most of the site is chosen.
    Above,
    /// At its price, and at which place of the basis.
    Tight(u32),
}

/// The basis, to go on from later.
#[derive(Clone, Debug)]
pub(super) struct Basis {
    columns: Vec<Column>,
    amounts: Vec<f64>,
    rows: Vec<Row>,
}

/// What some steps came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// More steps may help.
    Better,
    Best,
    /// Amounts may grow without end: no choice is possible.
    Endless,
}

/// What enters the basis.
#[derive(Clone, Copy, Debug)]
enum Entering {
    Column(usize),
    /// The slack of a tight row, whose load changes in this direction.
    Slack {
        place: usize,
        direction: f64,
    },
}

/// What leaves it, and how far the step goes.
#[derive(Clone, Copy, Debug)]
enum Leaving {
    /// Nothing: the entering column goes from one bound to the other.
    Flips,
    Column {
        place: usize,
        at: Column,
    },
    Row(usize),
}

/// How far to go, and what leaves the basis there.
#[derive(Clone, Copy, Debug)]
struct Step {
    length: f64,
    leaving: Leaving,
}

/// What a step may end at: how far that is, and how fast it comes.
#[derive(Clone, Copy, Debug)]
struct End {
    room: f64,
    speed: f64,
    leaving: Leaving,
}

/// The method at work.
#[derive(Clone, Debug)]
pub(super) struct Simplex {
    packing: Arc<Packing>,
    /// By column: the largest amount.
    uppers: Vec<f64>,
    /// By row: at least and at most so much of the site is chosen.
    least: Vec<f64>,
    most: Vec<f64>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    kernel: Kernel,
    /// The basic columns and the tight rows, by place.
    basic: Vec<usize>,
    tight: Vec<usize>,
    /// By column.
    amounts: Vec<f64>,
    /// What columns pay far along a step without an end, where there was one.
    far: Option<Vec<f64>>,
    gains: Vec<f64>,
    weights: Vec<f64>,
    /// By row: what it takes in, and how much of the site is chosen.
    loads: Vec<f64>,
    shares: Vec<f64>,
    slack_weights: Vec<f64>,
    changes: u32,
    /// Scratch: by row and by column.
    row_changes: Vec<f64>,
    pivot_row: Vec<f64>,
    ends: Vec<End>,
}

impl Simplex {
    /// Begins where columns pay these amounts.
    pub(super) fn new(packing: Packing, amounts: Vec<f64>) -> Self {
        let (columns, rows) = (packing.costs.len(), packing.prices.len());
        let at = |(&amount, &upper): (&f64, &f64)| {
            if amount <= TOLERANCE {
                Column::AtZero
            } else if amount >= upper - TOLERANCE {
                Column::AtMost
            } else {
                Column::Held
            }
        };
        let mut made = Self {
            least: vec![0.0; rows],
            most: vec![1.0; rows],
            columns: amounts.iter().zip(&packing.uppers).map(at).collect(),
            rows: vec![Row::Below; rows],
            kernel: Kernel::default(),
            basic: Vec::new(),
            tight: Vec::new(),
            amounts,
            far: None,
            gains: vec![0.0; columns],
            weights: vec![1.0; columns],
            loads: vec![0.0; rows],
            shares: vec![0.0; rows],
            slack_weights: vec![1.0; rows],
            changes: 0,
            row_changes: vec![0.0; rows],
            pivot_row: vec![0.0; columns],
            ends: Vec::new(),
            uppers: packing.uppers.clone(),
            packing: Arc::new(packing),
        };
        made.refresh();
        made
    }

    pub(super) fn basis(&self) -> Basis {
        Basis {
            columns: self.columns.clone(),
            amounts: self.amounts.clone(),
            rows: self.rows.clone(),
        }
    }

    /// Goes on from a basis.
    pub(super) fn restore(&mut self, basis: &Basis) {
        self.columns.clone_from(&basis.columns);
        self.amounts.clone_from(&basis.amounts);
        self.rows.clone_from(&basis.rows);
        self.weights.fill(1.0);
        self.slack_weights.fill(1.0);
        self.uppers.clone_from(&self.packing.uppers);
        self.refresh();
    }

    /// At least and at most so much of a site is chosen. [`price`](Self::price) is due after that.
    pub(super) fn set_bounds(&mut self, row: usize, least: f64, most: f64) {
        (self.least[row], self.most[row]) = (least, most);
    }

    /// A client has to be covered: it pays whatever it takes.
    pub(super) fn set_covered(&mut self, column: usize) {
        self.uppers[column] = f64::INFINITY;
        if self.columns[column] == Column::AtMost {
            self.columns[column] = Column::Held;
        }
    }

    /// By row: how much of the site is chosen.
    pub(super) fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// By column: what one more would add.
    pub(super) fn gains(&self) -> &[f64] {
        &self.gains
    }

    /// By column: what it pays.
    pub(super) fn amounts(&self) -> &[f64] {
        self.far.as_ref().unwrap_or(&self.amounts)
    }

    /// What all pay together, less what chosen sites lack.
    pub(super) fn objective(&self) -> f64 {
        let paid = self.packing.costs.iter().zip(&self.amounts);
        let paid: f64 = paid.map(|(cost, amount)| cost * amount).sum();
        let slack = (0..self.loads.len()).map(|row| {
            let slack = self.packing.prices[row] - self.loads[row];
            slack
                * if slack > 0.0 {
                    self.least[row]
                } else {
                    self.most[row]
                }
        });
        paid + slack.sum::<f64>()
    }

    /// Improves amounts for at most so many steps.
    pub(super) fn run(&mut self, most_steps: u32) -> Progress {
        self.far = None;
        for _ in 0..most_steps {
            let Some(entering) = self.entering() else {
                return Progress::Best;
            };
            if !self.advance(entering) {
                return Progress::Endless;
            }
            if self.changes >= REFRESHED_EVERY {
                self.refresh();
            }
        }
        Progress::Better
    }

    /// What gains most for its weight.
    fn entering(&self) -> Option<Entering> {
        let (mut best, mut best_score) = (None, 0.0);
        for (column, &gain) in self.gains.iter().enumerate() {
            // What most columns fail first.
            if gain * gain <= best_score * self.weights[column] || gain.abs() <= LEAST_GAIN {
                continue;
            }
            let may_enter = match self.columns[column] {
                Column::AtZero => gain > 0.0,
                Column::AtMost => gain < 0.0,
                Column::Held => true,
                Column::Basic(_) => false,
            };
            if may_enter {
                best_score = gain * gain / self.weights[column];
                best = Some(Entering::Column(column));
            }
        }
        for (place, &row) in self.tight.iter().enumerate() {
            let share = self.shares[row];
            let (gain, direction) = if share < self.least[row] {
                (self.least[row] - share, -1.0)
            } else {
                (share - self.most[row], 1.0)
            };
            let score = gain * gain / self.slack_weights[row];
            if gain > LEAST_GAIN && score > best_score {
                best_score = score;
                best = Some(Entering::Slack { place, direction });
            }
        }
        best
    }

    /// One step; `false` where it would be endless.
    fn advance(&mut self, entering: Entering) -> bool {
        let (change, direction) = match entering {
            Entering::Column(column) => (self.met(column), self.gains[column].signum()),
            Entering::Slack { place, direction } => (vec![(place, 1.0)], direction),
        };
        let solved = self.kernel.solve(&change);
        let sign = match entering {
            Entering::Column(_) => -direction,
            Entering::Slack { .. } => direction,
        };
        let changes: Vec<f64> = solved.iter().map(|value| sign * value).collect();
        self.change_rows(entering, direction, &changes);
        let Some(step) = self.step(entering, &changes) else {
            self.far = Some(self.amounts_after(entering, direction, &changes, FAR));
            return false;
        };
        self.go(entering, direction, &changes, step.length);
        match (step.leaving, entering) {
            (Leaving::Flips, Entering::Column(column)) => {
                let (at, amount) = if direction > 0.0 {
                    (Column::AtMost, self.uppers[column])
                } else {
                    (Column::AtZero, 0.0)
                };
                (self.columns[column], self.amounts[column]) = (at, amount);
            }
            (Leaving::Flips, Entering::Slack { .. }) => return false,
            (leaving, _) => {
                self.reprice(entering, leaving);
                self.exchange(entering, leaving, &solved);
                self.changes += 1;
            }
        }
        true
    }

    /// The entries of a column in the tight rows, with their places.
    fn met(&self, column: usize) -> Vec<(usize, f64)> {
        let entries = self.packing.columns.of(column).iter();
        let met = entries.filter_map(|&(row, value)| match self.rows[row as usize] {
            Row::Tight(place) => Some((place as usize, f64::from(value))),
            Row::Below | Row::Above => None,
        });
        met.collect()
    }

    /// How loads of all rows change with the step.
    fn change_rows(&mut self, entering: Entering, direction: f64, changes: &[f64]) {
        self.row_changes.fill(0.0);
        if let Entering::Column(column) = entering {
            for &(row, value) in self.packing.columns.of(column) {
                self.row_changes[row as usize] += direction * f64::from(value);
            }
        }
        for (&column, &change) in self.basic.iter().zip(changes) {
            if change.abs() > LEAST_CHANGE {
                for &(row, value) in self.packing.columns.of(column) {
                    self.row_changes[row as usize] += change * f64::from(value);
                }
            }
        }
    }

    /// How far a row can go: its slack, and whether it ends there.
    fn room_of_row(&self, row: usize) -> Option<(f64, f64)> {
        let change = self.row_changes[row];
        let slack = self.packing.prices[row] - self.loads[row];
        let ends = self.least[row] < self.most[row]
            && match self.rows[row] {
                Row::Below => change > LEAST_PIVOT,
                Row::Above => change < -LEAST_PIVOT,
                Row::Tight(_) => false,
            };
        ends.then(|| ((slack * change.signum()).max(0.0), change.abs()))
    }

    /// How far a basic column can go, at what speed, and where it ends.
    fn room_of_column(&self, place: usize, change: f64) -> Option<(f64, f64)> {
        let column = self.basic[place];
        let amount = self.amounts[column];
        if change < -LEAST_PIVOT {
            Some((amount.max(0.0), -change))
        } else if change > LEAST_PIVOT && self.uppers[column].is_finite() {
            Some(((self.uppers[column] - amount).max(0.0), change))
        } else {
            None
        }
    }

    /// The longest step: of what ends it first, up to a tolerance, what changes most leaves.
    fn step(&mut self, entering: Entering, changes: &[f64]) -> Option<Step> {
        self.ends.clear();
        for (place, &change) in changes.iter().enumerate() {
            if let Some((room, speed)) = self.room_of_column(place, change) {
                let at = if change < 0.0 {
                    Column::AtZero
                } else {
                    Column::AtMost
                };
                self.ends.push(End {
                    room,
                    speed,
                    leaving: Leaving::Column { place, at },
                });
            }
        }
        for row in 0..self.rows.len() {
            if let Some((room, speed)) = self.room_of_row(row) {
                self.ends.push(End {
                    room,
                    speed,
                    leaving: Leaving::Row(row),
                });
            }
        }
        let longest = self
            .ends
            .iter()
            .map(|end| (end.room + TOLERANCE) / end.speed);
        let longest = longest.fold(f64::INFINITY, f64::min);
        if let Entering::Column(column) = entering {
            let room = if self.gains[column] > 0.0 {
                self.uppers[column] - self.amounts[column]
            } else {
                self.amounts[column]
            };
            if room <= longest {
                return room.is_finite().then_some(Step {
                    length: room,
                    leaving: Leaving::Flips,
                });
            }
        }
        let reached = self
            .ends
            .iter()
            .filter(|end| end.room <= longest * end.speed);
        let fastest = reached.max_by(|one, other| one.speed.total_cmp(&other.speed))?;
        Some(Step {
            length: fastest.room / fastest.speed,
            leaving: fastest.leaving,
        })
    }

    /// What columns pay after a step of some length.
    fn amounts_after(
        &self,
        entering: Entering,
        direction: f64,
        changes: &[f64],
        length: f64,
    ) -> Vec<f64> {
        let mut amounts = self.amounts.clone();
        for (&column, &change) in self.basic.iter().zip(changes) {
            amounts[column] += change * length;
        }
        if let Entering::Column(column) = entering {
            amounts[column] += direction * length;
        }
        amounts
    }

    /// Makes the step.
    fn go(&mut self, entering: Entering, direction: f64, changes: &[f64], length: f64) {
        self.amounts = self.amounts_after(entering, direction, changes, length);
        for (load, &change) in self.loads.iter_mut().zip(&self.row_changes) {
            *load += change * length;
        }
    }
}
