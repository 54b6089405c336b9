//! Points that part thousands in numbers of people: `1.200` is 1,200 where a table's decimals are commas. A column of people alone
//! does not show it: estimates have three decimals too.

use super::ReadOptions;
use super::column_units::Quantity;

/// A column that counts people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CountColumn {
    /// That of the population.
    Everybody,
    /// A group's: one of the columns that are kept.
    Kept(usize),
}

impl CountColumn {
    /// Those of a table.
    pub(super) fn from_columns(options: &ReadOptions) -> Vec<Self> {
        let kept = options.kept.iter().enumerate();
        let groups = kept.filter(|(_, kept)| Quantity::new(kept) == Some(Quantity::People));
        let groups = groups.map(|(at, _)| Self::Kept(at));
        std::iter::once(Self::Everybody).chain(groups).collect()
    }
}

/// A number whose points may part thousands.
#[derive(Debug)]
pub(super) struct Parted {
    pub(super) record: usize,
    pub(super) column: CountColumn,
    /// The number without the points.
    pub(super) number: String,
}

/// The numbers in columns of people that have points, and what the table shows of its points and commas.
#[derive(Debug, Default)]
pub(super) struct PointedNumbers {
    parted: Vec<Parted>,
    coordinates_have_commas: bool,
    coordinates_have_points: bool,
}

impl PointedNumbers {
    /// Looks at a coordinate that was read, before the numbers of people beside it.
    pub(super) fn look_at_coordinate(&mut self, text: &str) {
        self.coordinates_have_points |= text.contains('.');
        self.coordinates_have_commas |= !text.contains('.') && text.matches(',').count() == 1;
    }

    /// Looks at a number of people of a record.
    pub(super) fn look(&mut self, record: usize, column: CountColumn, text: &str) {
        if !self.coordinates_have_points
            && text.contains('.')
            && let Some(number) = without_points(text)
        {
            self.parted.push(Parted {
                record,
                column,
                number,
            });
        }
    }

    /// The numbers whose points part thousands.
    pub(super) fn numbers(self) -> Vec<Parted> {
        if !self.coordinates_have_commas || self.coordinates_have_points {
            return Vec::new();
        }
        self.parted
    }
}

/// A number without the points between its groups of three digits; none where they are no such groups.
fn without_points(text: &str) -> Option<String> {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = text.split('.');
    let first = groups.next()?;
    let is_first = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    let is_parted = is_first && groups.all(|group| group.len() == 3 && is_digits(group));
    is_parted.then(|| text.replace('.', ""))
}
