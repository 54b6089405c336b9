//! Points that part thousands in numbers of people: `1.200` is 1,200 where a table's decimals are commas, or where every point
//! of the column stands before three digits.

use super::cells;
use crate::model::Fault;
use crate::units::People;

/// As many numbers with points show by themselves how a column writes its thousands.
const FEWEST: usize = 3;

/// The numbers of a column of people that have points, and what the table shows of its points and commas.
#[derive(Debug, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one thing that was seen in the column"
)]
pub(super) struct PointedNumbers {
    /// By record, the numbers whose points may part thousands, without the points.
    parted: Vec<(usize, String)>,
    /// Whether a point stands in a number where none that parts thousands can.
    has_decimals: bool,
    /// Whether a number from a thousand on is written without one.
    has_unparted: bool,
    /// Whether one has other digits than zeros behind its point: `12.000` alone may be 12.
    has_digits_behind: bool,
    coordinates_have_commas: bool,
    coordinates_have_points: bool,
}

impl PointedNumbers {
    /// Looks at a number of people of a record.
    pub(super) fn look(&mut self, record: usize, text: &str) {
        if text.contains('.') {
            match without_points(text) {
                Some(whole) => {
                    self.has_digits_behind |= !text.ends_with(".000");
                    self.parted.push((record, whole));
                }
                None => self.has_decimals |= cells::is_bare_number(text),
            }
        } else {
            self.has_unparted |= text.parse::<f64>().is_ok_and(|number| number >= 1000.0);
        }
    }

    /// Looks at a coordinate that was read.
    pub(super) fn look_at_coordinate(&mut self, text: &str) {
        self.coordinates_have_points |= text.contains('.');
        self.coordinates_have_commas |= !text.contains('.') && text.matches(',').count() == 1;
    }

    /// The people of the records whose numbers have points that part thousands. `is_single` says that the column counts
    /// single people.
    pub(super) fn people(self, is_single: bool) -> Vec<(usize, Result<People, Fault>)> {
        let by_commas = self.coordinates_have_commas && !self.coordinates_have_points;
        let by_themselves = is_single
            && self.parted.len() >= FEWEST
            && !self.has_decimals
            && !self.has_unparted
            && self.has_digits_behind;
        if !(by_commas && is_single || by_themselves) {
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
