//! How the basis changes, and how all is made anew from it.

use super::{Column, Entering, LEAST_CHANGE, LEAST_PIVOT, Leaving, Row, Simplex};
use crate::siting::exact::kernel::Kernel;

impl Simplex {
    /// By row: how much shares change with the step, up to a factor. A row that gets tight comes last.
    fn share_changes(&self, leaving: Leaving) -> Vec<(usize, f64)> {
        let of = |values: &[f64], sign: f64| -> Vec<(usize, f64)> {
            let rows = self.tight.iter().zip(values);
            rows.map(|(&row, &value)| (row, sign * value)).collect()
        };
        match leaving {
            Leaving::Column { place, .. } => of(self.kernel.row(place), 1.0),
            Leaving::Row(row) => {
                let solved = self.kernel.solve_transposed(&self.met_by(row));
                let mut all = of(&solved, -1.0);
                all.push((row, 1.0));
                all
            }
            Leaving::Flips => Vec::new(),
        }
    }

    /// Shares, gains and weights after the step.
    pub(super) fn reprice(&mut self, entering: Entering, leaving: Leaving) {
        let changes = self.share_changes(leaving);
        self.pivot_row.fill(0.0);
        for &(row, change) in &changes {
            if change.abs() > LEAST_CHANGE {
                for &(column, value) in self.packing.rows.of(row) {
                    self.pivot_row[column as usize] += change * f64::from(value);
                }
            }
        }
        let (pivot, gain, weight) = match entering {
            Entering::Column(column) => (
                self.pivot_row[column],
                self.gains[column],
                self.weights[column],
            ),
            Entering::Slack { place, direction } => {
                let row = self.tight[place];
                let bound = if direction < 0.0 {
                    self.least[row]
                } else {
                    self.most[row]
                };
                (
                    changes[place].1,
                    bound - self.shares[row],
                    self.slack_weights[row],
                )
            }
        };
        let factor = gain / pivot;
        for &(row, change) in &changes {
            self.shares[row] += factor * change;
            let share = change / pivot;
            self.slack_weights[row] = self.slack_weights[row].max(share * share * weight);
        }
        let columns = self
            .gains
            .iter_mut()
            .zip(&mut self.weights)
            .zip(&self.pivot_row);
        for ((gain, own), change) in columns {
            let share = change / pivot;
            *gain -= factor * change;
            *own = own.max(share * share * weight);
        }
        let left = (weight / (pivot * pivot)).max(1.0);
        match leaving {
            Leaving::Column { place, .. } => self.weights[self.basic[place]] = left,
            Leaving::Row(row) => self.slack_weights[row] = left,
            Leaving::Flips => {}
        }
    }

    /// The entries of a row in the basic columns, by place.
    pub(super) fn met_by(&self, row: usize) -> Vec<f64> {
        let mut met = vec![0.0; self.basic.len()];
        for &(column, value) in self.packing.rows.of(row) {
            if let Column::Basic(place) = self.columns[column as usize] {
                met[place as usize] = f64::from(value);
            }
        }
        met
    }

    /// Changes the basis.
    pub(super) fn exchange(&mut self, entering: Entering, leaving: Leaving, solved: &[f64]) {
        match (entering, leaving) {
            (Entering::Column(column), Leaving::Column { place, at }) => {
                self.kernel.replace_column(place, solved);
                self.leave_at(place, at);
                self.basic[place] = column;
                self.columns[column] = Column::Basic(place as u32);
                self.gains[column] = 0.0;
            }
            (Entering::Column(column), Leaving::Row(row)) => {
                self.grow(column, row, solved);
            }
            (Entering::Slack { place, direction }, Leaving::Column { place: gone, at }) => {
                self.kernel.shrink(gone, place);
                self.leave_at(gone, at);
                self.basic.swap_remove(gone);
                if let Some(&moved) = self.basic.get(gone) {
                    self.columns[moved] = Column::Basic(gone as u32);
                }
                self.loosen(place, direction);
                self.tight.swap_remove(place);
                if let Some(&moved) = self.tight.get(place) {
                    self.rows[moved] = Row::Tight(place as u32);
                }
            }
            (Entering::Slack { place, direction }, Leaving::Row(row)) => {
                let line = self.kernel.solve_transposed(&self.met_by(row));
                self.kernel.replace_row(place, &line);
                self.loosen(place, direction);
                self.tight[place] = row;
                self.rows[row] = Row::Tight(place as u32);
            }
            (_, Leaving::Flips) => {}
        }
    }

    /// A column and a row more in the basis.
    fn grow(&mut self, column: usize, row: usize, solved: &[f64]) {
        let line = self.kernel.solve_transposed(&self.met_by(row));
        let entries = self.packing.columns.of(column).iter();
        let entry: f64 = entries
            .filter(|entry| entry.0 as usize == row)
            .map(|entry| f64::from(entry.1))
            .sum();
        let met = self.met(column);
        let used: f64 = met.iter().map(|&(place, value)| line[place] * value).sum();
        self.kernel.grow(solved, &line, entry - used);
        self.columns[column] = Column::Basic(self.basic.len() as u32);
        self.rows[row] = Row::Tight(self.tight.len() as u32);
        self.basic.push(column);
        self.tight.push(row);
        self.gains[column] = 0.0;
    }

    fn leave_at(&mut self, place: usize, at: Column) {
        let column = self.basic[place];
        self.columns[column] = at;
        self.amounts[column] = if at == Column::AtMost {
            self.uppers[column]
        } else {
            0.0
        };
    }

    fn loosen(&mut self, place: usize, direction: f64) {
        let row = self.tight[place];
        (self.rows[row], self.shares[row]) = if direction < 0.0 {
            (Row::Below, self.least[row])
        } else {
            (Row::Above, self.most[row])
        };
    }

    /// Makes everything anew from what is basic and what is tight.
    pub(super) fn refresh(&mut self) {
        let columns: Vec<usize> = (0..self.columns.len())
            .filter(|&column| matches!(self.columns[column], Column::Basic(_)))
            .collect();
        let rows: Vec<usize> = (0..self.rows.len())
            .filter(|&row| matches!(self.rows[row], Row::Tight(_)))
            .collect();
        self.kernel = Kernel::default();
        self.basic.clear();
        self.tight.clear();
        for &column in &columns {
            self.columns[column] = Column::AtZero;
        }
        for &row in &rows {
            self.rows[row] = Row::Below;
        }
        self.invert(columns, rows);
        self.fill();
        self.price();
        self.changes = 0;
    }

    /// Puts columns and rows into the basis, pair by pair, each column with the row in which most of it is left.
    fn invert(&mut self, columns: Vec<usize>, mut rows: Vec<usize>) {
        for column in columns {
            let solved = self.kernel.solve(&self.met(column));
            self.row_changes.fill(0.0);
            self.change_rows(Entering::Column(column), -1.0, &solved);
            let left = |&(_, &row): &(usize, &usize)| self.row_changes[row].abs();
            let best = rows
                .iter()
                .enumerate()
                .max_by(|one, other| left(one).total_cmp(&left(other)));
            let Some((at, &row)) = best.filter(|one| left(one) > LEAST_PIVOT) else {
                continue;
            };
            rows.swap_remove(at);
            self.exchange(Entering::Column(column), Leaving::Row(row), &solved);
        }
    }

    /// What each column pays and each row takes in.
    fn fill(&mut self) {
        self.loads.fill(0.0);
        for column in 0..self.columns.len() {
            self.amounts[column] = match self.columns[column] {
                Column::AtMost => self.uppers[column],
                Column::Held => self.amounts[column],
                _ => 0.0,
            };
            self.load(column);
        }
        let left = |&row: &usize| self.packing.prices[row] - self.loads[row];
        let left: Vec<(usize, f64)> = self.tight.iter().map(left).enumerate().collect();
        let amounts = self.kernel.solve(&left);
        for (place, amount) in amounts.into_iter().enumerate() {
            let column = self.basic[place];
            self.amounts[column] = amount;
            self.load(column);
        }
        for row in 0..self.rows.len() {
            if !matches!(self.rows[row], Row::Tight(_)) {
                let is_above = self.loads[row] > self.packing.prices[row];
                self.rows[row] = if is_above { Row::Above } else { Row::Below };
            }
        }
    }

    fn load(&mut self, column: usize) {
        let amount = self.amounts[column];
        if amount != 0.0 {
            for &(row, value) in self.packing.columns.of(column) {
                self.loads[row as usize] += f64::from(value) * amount;
            }
        }
    }

    /// How much of each site is chosen, and what each column gains.
    pub(in crate::siting::exact) fn price(&mut self) {
        self.gains.clone_from(&self.packing.costs);
        for row in 0..self.rows.len() {
            self.shares[row] = match self.rows[row] {
                Row::Below => self.least[row],
                Row::Above => self.most[row],
                Row::Tight(_) => 0.0,
            };
            self.charge(row);
        }
        let gains: Vec<f64> = self
            .basic
            .iter()
            .map(|&column| self.gains[column])
            .collect();
        let shares = self.kernel.solve_transposed(&gains);
        for (place, share) in shares.into_iter().enumerate() {
            let row = self.tight[place];
            self.shares[row] = share;
            self.charge(row);
        }
        for &column in &self.basic {
            self.gains[column] = 0.0;
        }
    }

    fn charge(&mut self, row: usize) {
        let share = self.shares[row];
        if share != 0.0 {
            for &(column, value) in self.packing.rows.of(row) {
                self.gains[column as usize] -= f64::from(value) * share;
            }
        }
    }
}
