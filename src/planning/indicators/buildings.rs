//! Buildings as the records that share an id.

use std::collections::HashMap;

/// Which records are of one building. A building is within when **all** its records are: a tower of which one stairwell
/// is too far is not served. A record without an id is a building of its own.
///
/// ```
/// use pedshed::planning::indicators::Buildings;
/// let buildings = Buildings::new([Some("A"), Some("B"), Some("A"), None]);
/// assert_eq!(buildings.weights(), [1, 1, 1]);
/// // One record of A is out, so A is; B and the nameless one are in.
/// assert_eq!(buildings.within(&[true, true, false, true]), [false, true, true]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buildings {
    /// Of each record, the number of its building.
    of: Vec<u32>,
    count: u32,
}

impl Buildings {
    /// The buildings of records with these ids, in the order in which each is met first. An id without a letter is none.
    #[must_use]
    pub fn new<'i>(ids: impl IntoIterator<Item = Option<&'i str>>) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut count = 0;
        let mut next = || {
            count += 1;
            count - 1
        };
        let of = ids.into_iter().map(|id| match id.map(str::trim) {
            None | Some("") => next(),
            Some(id) => *known.entry(id).or_insert_with(&mut next),
        });
        let of = of.collect();
        Self { of, count }
    }

    /// One for each building.
    #[must_use]
    pub fn weights(&self) -> Vec<u64> {
        vec![1; self.count as usize]
    }

    /// Which buildings are within, by which records are.
    ///
    /// # Panics
    /// When there are more or fewer answers than records.
    #[must_use]
    pub fn within(&self, records: &[bool]) -> Vec<bool> {
        assert_eq!(records.len(), self.of.len(), "one answer for each record");
        let mut within = vec![true; self.count as usize];
        for (building, is_in) in self.of.iter().zip(records) {
            within[*building as usize] &= is_in;
        }
        within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_without_an_id_are_buildings_of_their_own() {
        let buildings = Buildings::new([None, Some(" "), Some(" A"), Some("A ")]);
        assert_eq!(buildings.weights().len(), 3);
        assert_eq!(
            buildings.within(&[true, false, true, true]),
            [true, false, true]
        );
    }

    #[test]
    fn no_records_are_no_buildings() {
        let buildings = Buildings::new([]);
        assert!(buildings.weights().is_empty() && buildings.within(&[]).is_empty());
    }
}
