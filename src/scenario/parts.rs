//! What changed in parts of the city and of its people.

use super::comparison::ChangeSums;
use super::outcome::{Outcome, ResidentOutcome};
use crate::coverage::Areas;
use crate::id::ResidentId;
use crate::units::People;

/// A part of the people: how many of its people each record holds, in input order.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GroupOfPeople {
    /// What it is called.
    pub name: String,
    /// By record.
    pub people: Vec<People>,
}

impl GroupOfPeople {
    /// A group of so many people in each record.
    #[must_use]
    pub fn new(name: impl Into<String>, people: Vec<People>) -> Self {
        Self {
            name: name.into(),
            people,
        }
    }

    /// The sums over its people, who walk as everybody does. Where a record has other people, it has as many more or fewer of the
    /// group, in proportion.
    ///
    /// # Complexity
    /// O(n) in the residents.
    #[must_use]
    pub fn sums(&self, before: &Outcome, after: &Outcome) -> ChangeSums {
        let mut sums = ChangeSums::default();
        let pairs = before.residents.iter().zip(&after.residents);
        for ((was, is), people) in pairs.zip(&self.people) {
            let of_group = |people| move |one: &ResidentOutcome| ResidentOutcome { people, ..*one };
            let then = in_proportion(*people, was.people, is.people);
            sums.add(&of_group(*people)(was), &of_group(then)(is));
        }
        sums
    }
}

/// As many of a part as there are then, rounded to the nearest thousandth of a person.
fn in_proportion(part: People, whole: People, then: People) -> People {
    if whole == then || whole == People::ZERO {
        return part;
    }
    let [part, whole, then] = [part, whole, then].map(|people| u128::from(people.thousandths()));
    People::from_thousandths(((part * then + whole / 2) / whole) as u64)
}

impl ChangeSums {
    /// The sums of each area, in their order. Who is in several counts in each.
    ///
    /// # Complexity
    /// O(n) in the residents and the areas that hold them.
    #[must_use]
    pub fn by_area(areas: &Areas, before: &Outcome, after: &Outcome) -> Vec<Self> {
        let mut sums = vec![Self::default(); areas.sums().len()];
        let pairs = before.residents.iter().zip(&after.residents);
        for (resident, (was, is)) in (0..).map(ResidentId).zip(pairs) {
            for area in areas.areas_of(resident) {
                sums[area as usize].add(was, is);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Status::{Beyond, Covered};

    #[test]
    fn a_group_grows_with_its_record() {
        let people = |thousandths| People::from_thousandths(thousandths);
        let one = |count, status| {
            let resident = ResidentOutcome::new(people(count), status, Some(1), None);
            Outcome::new(Vec::new(), vec![resident])
        };
        let group = GroupOfPeople::new("old", vec![people(3000)]);
        let sums = group.sums(&one(10_000, Beyond), &one(15_000, Covered));
        assert_eq!(
            (sums.people_before, sums.people_after),
            (people(3000), people(4500))
        );
        assert_eq!(sums.newly_covered.people, people(4500));
        let same = group.sums(&one(0, Covered), &one(5000, Covered));
        assert_eq!(same.people_after, people(3000));
    }
}
