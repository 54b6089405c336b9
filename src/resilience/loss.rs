//! What closing something costs people.

use std::cmp::Reverse;

use crate::coverage::Tally;
use crate::units::{Cost, People, Unit};

/// What closing something costs people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Loss {
    /// Who is within the cutoff of a station, and would be of none.
    pub lost: Tally,
    /// Who can walk to a station at some distance, and could walk to none. Those of them who are within the cutoff now are among
    /// `lost` too.
    pub cut_off: Tally,
    /// Whose walk to the nearest station would be longer, within the cutoff or not.
    pub farther: Tally,
    /// By how much longer, summed over the people of `farther`: thousandths of people times milliseconds, or millimetres.
    pub added: u128,
}

/// A walk to the nearest station before and after; `None` where there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    pub(super) before: Option<u64>,
    pub(super) after: Option<u64>,
}

impl Loss {
    /// Counts people whose walk changes.
    pub(super) fn count(&mut self, people: People, walk: Walk, cutoff: Cost) {
        let Some(before) = walk.before else { return };
        let cutoff = u64::from(cutoff);
        let is_within = walk.after.is_some_and(|after| after <= cutoff);
        if before <= cutoff && !is_within {
            self.lost.add(people);
        }
        match walk.after {
            None => self.cut_off.add(people),
            Some(after) if after > before => {
                self.farther.add(people);
                self.added += u128::from(people.thousandths()) * u128::from(after - before);
            }
            Some(_) => {}
        }
    }

    /// With another's people, who are others.
    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |one: Tally, other: Tally| Tally {
            records: one.records + other.records,
            people: one.people + other.people,
        };
        Self {
            lost: sum(self.lost, other.lost),
            cut_off: sum(self.cut_off, other.cut_off),
            farther: sum(self.farther, other.farther),
            added: self.added + other.added,
        }
    }

    /// Without people who were counted in it.
    pub(super) fn minus(self, part: Self) -> Self {
        let rest = |whole: Tally, part: Tally| Tally {
            records: whole.records - part.records,
            people: whole.people - part.people,
        };
        Self {
            lost: rest(self.lost, part.lost),
            cut_off: rest(self.cut_off, part.cut_off),
            farther: rest(self.farther, part.farther),
            added: self.added - part.added,
        }
    }

    /// Whether nobody would notice.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What is added to all walks together: minutes times people, or kilometres times people, as the costs count.
    ///
    /// ```
    /// use pedshed::resilience::Loss;
    /// use pedshed::units::Unit;
    /// let nothing = Loss::default();
    /// assert_eq!(nothing.person_units(Unit::Milliseconds), 0.0);
    /// ```
    #[must_use]
    pub fn person_units(&self, unit: Unit) -> f64 {
        self.tenths(unit) as f64 / 10.0
    }

    /// The same in tenths, rounded half up.
    pub(crate) fn tenths(&self, unit: Unit) -> u128 {
        let tenth = match unit {
            Unit::Milliseconds => 6_000,
            Unit::Millimetres => 100_000,
        };
        (self.added / 1000 + tenth / 2) / tenth
    }

    fn rank(&self) -> impl Ord + use<> {
        (
            Reverse(self.lost.people),
            Reverse(self.cut_off.people),
            Reverse(self.added),
        )
    }
}

/// The positions of some losses, the worst first: most people who lose the service, then most who are cut off, then most that is added
/// to walks; equal ones in their order.
///
/// # Complexity
/// O(n log n).
#[must_use]
pub fn ranked<'l>(losses: impl IntoIterator<Item = &'l Loss>) -> Vec<usize> {
    let keyed = losses.into_iter().enumerate();
    let mut keyed: Vec<_> = keyed.map(|(index, loss)| (loss.rank(), index)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss(before: Option<u64>, after: Option<u64>) -> Loss {
        let mut loss = Loss::default();
        let people = People::from_thousandths(2_500);
        loss.count(people, Walk { before, after }, 900_000);
        loss
    }

    #[test]
    fn a_walk_that_ends_beyond_the_cutoff_is_lost_and_longer() {
        let crossing = loss(Some(900_000), Some(960_000));
        assert_eq!((crossing.lost.records, crossing.farther.records), (1, 1));
        assert_eq!(crossing.cut_off.records, 0);
        // 2.5 people for one minute.
        assert_eq!(crossing.tenths(Unit::Milliseconds), 25);
        let within = loss(Some(100_000), Some(900_000));
        assert_eq!((within.lost.records, within.farther.records), (0, 1));
        let beyond = loss(Some(900_001), None);
        assert_eq!((beyond.lost.records, beyond.cut_off.records), (0, 1));
        let locked_in = loss(Some(0), None);
        assert_eq!((locked_in.lost.records, locked_in.cut_off.records), (1, 1));
        assert!(loss(None, None).is_none());
        assert!(loss(Some(7), Some(7)).is_none());
    }

    #[test]
    fn the_worst_comes_first_and_equal_ones_stay_in_order() {
        let none = Loss::default();
        let longer = loss(Some(100), Some(200));
        let lost = loss(Some(100), Some(1_000_000));
        let cut_off = loss(Some(100), None);
        let list = [none, longer, lost, cut_off, none];
        assert_eq!(ranked(&list), [3, 2, 1, 0, 4]);
        assert_eq!(lost.plus(cut_off).minus(cut_off), lost);
    }
}
