//! Points that part thousands in numbers of people: `1.200` is 1,200 where a table's decimals are commas. A column of people alone
//! does not show it: estimates have three decimals too.

use crate::model::Fault;
use crate::units::People;

/// The numbers of a column of people that have points, and what the table shows of its points and commas.
#[derive(Debug, Default)]
pub(super) struct PointedNumbers {
    /// By record, the numbers whose points may part thousands, without the points.
    parted: Vec<(usize, String)>,
    coordinates_have_commas: bool,
    coordinates_have_points: bool,
}

impl PointedNumbers {
    /// Looks at a coordinate that was read, before the number of people beside it.
    pub(super) fn look_at_coordinate(&mut self, text: &str) {
        self.coordinates_have_points |= text.contains('.');
        self.coordinates_have_commas |= !text.contains('.') && text.matches(',').count() == 1;
    }

    /// Looks at a number of people of a record.
    pub(super) fn look(&mut self, record: usize, text: &str) {
        if !self.coordinates_have_points
            && text.contains('.')
            && let Some(whole) = without_points(text)
        {
            self.parted.push((record, whole));
        }
    }

    /// The people of the records whose numbers have points that part thousands.
    pub(super) fn people(self) -> Vec<(usize, Result<People, Fault>)> {
        if !self.coordinates_have_commas || self.coordinates_have_points {
            return Vec::new();
        }
        let read = |text: String| text.parse().map_err(|reason| Fault::Population { reason });
        let parted = self.parted.into_iter();
        parted.map(|(record, text)| (record, read(text))).collect()
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
