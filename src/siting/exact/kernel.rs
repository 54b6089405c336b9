//! The inverse of a small square matrix whose rows and columns come and go.

/// The inverse of the coefficients where tight rows and basic columns meet. Its rows belong to the columns of the matrix, its
/// columns to the rows of the matrix; both are told by their places.
///
/// Each change takes time in the square of the size (bordering and rank-one updates: Hager 1989, "Updating the inverse of a
/// matrix").
#[derive(Clone, Debug, Default)]
pub(super) struct Kernel {
    inverse: Vec<Vec<f64>>,
}

impl Kernel {
    pub(super) fn size(&self) -> usize {
        self.inverse.len()
    }

    /// The row of the inverse that belongs to a column.
    pub(super) fn row(&self, column: usize) -> &[f64] {
        &self.inverse[column]
    }

    /// By column: what it takes for these rows to change by so much.
    pub(super) fn solve(&self, changes: &[(usize, f64)]) -> Vec<f64> {
        let product = |line: &Vec<f64>| {
            changes
                .iter()
                .map(|&(row, change)| line[row] * change)
                .sum()
        };
        self.inverse.iter().map(product).collect()
    }

    /// By row: what of each row makes these values by column.
    pub(super) fn solve_transposed(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.size()];
        for (row, &value) in self.inverse.iter().zip(values) {
            if value != 0.0 {
                add_multiple(&mut sums, row, value);
            }
        }
        sums
    }

    /// A row and a column more: `column` is what solving gives for the new column, `row` for the new row, `pivot` what is left of
    /// the entry in which both meet.
    pub(super) fn grow(&mut self, column: &[f64], row: &[f64], pivot: f64) {
        for (line, &value) in self.inverse.iter_mut().zip(column) {
            if value != 0.0 {
                add_multiple(line, row, value / pivot);
            }
            line.push(-value / pivot);
        }
        let mut last: Vec<f64> = row.iter().map(|value| -value / pivot).collect();
        last.push(1.0 / pivot);
        self.inverse.push(last);
    }

    /// Without a row and a column; the last ones take their places.
    pub(super) fn shrink(&mut self, column: usize, row: usize) {
        let gone = self.inverse.swap_remove(column);
        for line in &mut self.inverse {
            let share = line[row] / gone[row];
            if share != 0.0 {
                add_multiple(line, &gone, -share);
            }
            line.swap_remove(row);
        }
    }

    /// Another column at a place; `solved` is what solving gives for it.
    pub(super) fn replace_column(&mut self, place: usize, solved: &[f64]) {
        let mut line = std::mem::take(&mut self.inverse[place]);
        for value in &mut line {
            *value /= solved[place];
        }
        for (other, &value) in self.inverse.iter_mut().zip(solved) {
            if value != 0.0 && !other.is_empty() {
                add_multiple(other, &line, -value);
            }
        }
        self.inverse[place] = line;
    }

    /// Another row at a place; `solved` is what solving gives for it.
    pub(super) fn replace_row(&mut self, place: usize, solved: &[f64]) {
        for line in &mut self.inverse {
            let share = line[place] / solved[place];
            if share != 0.0 {
                add_multiple(line, solved, -share);
            }
            line[place] = share;
        }
    }
}

fn add_multiple(sums: &mut [f64], values: &[f64], factor: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += factor * value;
    }
}
