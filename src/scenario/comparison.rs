//! Two outcomes side by side: who gained, who lost, and sums that add up.

use std::cmp::Ordering;

use super::outcome::{Outcome, ResidentOutcome};
use crate::coverage::Status;
use crate::id::ResidentId;
use crate::units::People;

/// What is shorter or longer by less than this many milliseconds is as far: each piece of a street is rounded to a millisecond, so
/// that a junction more changes walks by one.
const AS_FAR_MS: u64 = 1000;

/// What changed for a resident, the weightiest of what did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// Covered now, and not before.
    NewlyCovered,
    /// Covered before, and not any more.
    NoLongerCovered,
    /// Nearer to a station than before by a second or more, or with a walk to one where there was none.
    Nearer,
    /// Farther from every station than before by a second or more, or without a walk to one where there was one.
    Farther,
    /// As far, from another station.
    OtherStation,
    /// Another number of people, or another status that is not covered either.
    Otherwise,
}

impl Change {
    /// Every change, the weightiest first.
    pub const ALL: [Change; 6] = [
        Change::NewlyCovered,
        Change::NoLongerCovered,
        Change::Nearer,
        Change::Farther,
        Change::OtherStation,
        Change::Otherwise,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Change::NewlyCovered => "newly_covered",
            Change::NoLongerCovered => "no_longer_covered",
            Change::Nearer => "nearer",
            Change::Farther => "farther",
            Change::OtherStation => "other_station",
            Change::Otherwise => "otherwise",
        }
    }
}

/// A resident for whom something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResidentChange {
    /// Who.
    pub resident: ResidentId,
    /// What.
    pub change: Change,
    /// Before.
    pub before: ResidentOutcome,
    /// After.
    pub after: ResidentOutcome,
}

/// Records and their people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counted {
    /// Resident records.
    pub records: u64,
    /// Their people: as they are after, but for those who are no longer covered, who are as they were.
    pub people: People,
}

impl Counted {
    fn add(&mut self, people: People) {
        self.records += 1;
        self.people += people;
    }
}

/// Sums of what changed. `covered_after` is `covered_before` with `gained` more and `lost` less, to the last person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangeSums {
    /// All people before.
    pub people_before: People,
    /// All people after.
    pub people_after: People,
    /// The people who were covered.
    pub covered_before: People,
    /// The people who are covered.
    pub covered_after: People,
    /// Covered people more: the newly covered, and those who are more in records that were covered before.
    pub gained: People,
    /// Covered people less: the no longer covered, and those who are fewer in records that still are.
    pub lost: People,
    /// Covered now, and not before.
    pub newly_covered: Counted,
    /// Covered before, and not any more.
    pub no_longer_covered: Counted,
    /// Nearer to a station than before by a second or more, most of the newly covered among them.
    pub nearer: Counted,
    /// Farther from every station than before by a second or more, most of those no longer covered among them.
    pub farther: Counted,
}

impl ChangeSums {
    /// Counts a record.
    pub fn add(&mut self, before: &ResidentOutcome, after: &ResidentOutcome) {
        self.people_before += before.people;
        self.people_after += after.people;
        let (was, is) = (before.covered(), after.covered());
        self.covered_before += was;
        self.covered_after += is;
        self.gained += is - was.min(is);
        self.lost += was - was.min(is);
        match (before.status, after.status) {
            (Status::Covered, Status::Covered) => {}
            (_, Status::Covered) => self.newly_covered.add(after.people),
            (Status::Covered, _) => self.no_longer_covered.add(before.people),
            _ => {}
        }
        match by_distance(before, after) {
            Ordering::Greater => self.nearer.add(after.people),
            Ordering::Less => self.farther.add(after.people),
            Ordering::Equal => {}
        }
    }
}

/// Whether it was farther before, or is now.
fn by_distance(before: &ResidentOutcome, after: &ResidentOutcome) -> Ordering {
    let (was, is) = (milliseconds(before), milliseconds(after));
    if was.abs_diff(is) < AS_FAR_MS {
        Ordering::Equal
    } else {
        was.cmp(&is)
    }
}

/// Of who has no walk, more than any.
fn milliseconds(outcome: &ResidentOutcome) -> u64 {
    outcome.milliseconds.unwrap_or(u64::MAX)
}

/// Two outcomes of the same residents side by side.
///
/// ```
/// use pedshed::coverage::Status::{Beyond, Covered};
/// use pedshed::scenario::{Change, Comparison, Outcome, ResidentOutcome};
/// use pedshed::units::People;
/// let came_out = |status, ms| ResidentOutcome::new(People::ONE, status, Some(ms), Some(0));
/// let stations = vec!["clinic".to_owned()];
/// let before = Outcome::new(stations.clone(), vec![came_out(Beyond, 950_000), came_out(Covered, 60_000)]);
/// let after = Outcome::new(stations, vec![came_out(Covered, 850_000), came_out(Covered, 60_000)]);
/// let comparison = Comparison::new(&before, &after);
/// assert_eq!(comparison.changes.len(), 1);
/// assert_eq!(comparison.changes[0].change, Change::NewlyCovered);
/// assert_eq!((comparison.sums.gained, comparison.sums.lost), (People::ONE, People::ZERO));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// The residents for whom something changed, ascending.
    pub changes: Vec<ResidentChange>,
    /// The sums over all residents.
    pub sums: ChangeSums,
}

impl Comparison {
    /// Compares two outcomes; where one has more residents, those are left out.
    ///
    /// # Complexity
    /// O(n) in the residents.
    #[must_use]
    pub fn new(before: &Outcome, after: &Outcome) -> Self {
        let mut comparison = Self::default();
        let pairs = before.residents.iter().zip(&after.residents);
        for (resident, (was, is)) in (0..).map(ResidentId).zip(pairs) {
            comparison.sums.add(was, is);
            let is_same_station = before.station_of(was) == after.station_of(is);
            if let Some(change) = change(was, is, is_same_station) {
                comparison.changes.push(ResidentChange {
                    resident,
                    change,
                    before: *was,
                    after: *is,
                });
            }
        }
        comparison
    }
}

fn change(
    before: &ResidentOutcome,
    after: &ResidentOutcome,
    is_same_station: bool,
) -> Option<Change> {
    let covered = [before, after].map(|outcome| outcome.status == Status::Covered);
    let distance = by_distance(before, after);
    Some(match covered {
        [false, true] => Change::NewlyCovered,
        [true, false] => Change::NoLongerCovered,
        _ if distance == Ordering::Greater => Change::Nearer,
        _ if distance == Ordering::Less => Change::Farther,
        _ if !is_same_station => Change::OtherStation,
        _ if (before.status, before.people) != (after.status, after.people) => Change::Otherwise,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Change::{Nearer, NewlyCovered, NoLongerCovered, Otherwise};
    use super::*;
    use crate::coverage::Status::{Beyond, Covered, OffNetwork, Unreachable};

    fn outcome(people: u64, status: Status, seconds: Option<u64>) -> ResidentOutcome {
        let people = People::from_thousandths(people * 1000);
        ResidentOutcome::new(
            people,
            status,
            seconds.map(|s| s * 1000),
            seconds.map(|_| 0),
        )
    }

    fn outcomes(residents: Vec<ResidentOutcome>) -> Outcome {
        Outcome::new(vec!["s".to_owned()], residents)
    }

    #[test]
    fn gains_and_losses_add_up_to_the_last_person() {
        let before = outcomes(vec![
            outcome(10, Covered, Some(100)),
            outcome(20, Beyond, Some(1000)),
            outcome(30, Covered, Some(800)),
            outcome(40, Covered, Some(700)),
            outcome(50, Unreachable, None),
        ]);
        let after = outcomes(vec![
            outcome(15, Covered, Some(100)),
            outcome(20, Covered, Some(900)),
            outcome(30, Beyond, Some(950)),
            outcome(30, Covered, Some(700)),
            outcome(50, Beyond, Some(2000)),
        ]);
        let Comparison { changes, sums } = Comparison::new(&before, &after);
        let people = |people: u64| People::from_thousandths(people * 1000);
        // Covered: 10 + 30 + 40, then 15 + 20 + 30. Five more people and twenty newly covered; thirty and ten fewer.
        assert_eq!(
            (sums.covered_before, sums.covered_after),
            (people(80), people(65))
        );
        assert_eq!((sums.gained, sums.lost), (people(25), people(40)));
        assert_eq!(
            sums.covered_after + sums.lost,
            sums.covered_before + sums.gained
        );
        assert_eq!(
            sums.newly_covered,
            Counted {
                records: 1,
                people: people(20)
            }
        );
        assert_eq!(
            sums.no_longer_covered,
            Counted {
                records: 1,
                people: people(30)
            }
        );
        assert_eq!(
            sums.nearer,
            Counted {
                records: 2,
                people: people(70)
            }
        );
        assert_eq!(
            sums.farther,
            Counted {
                records: 1,
                people: people(30)
            }
        );
        let kinds: Vec<Change> = changes.iter().map(|change| change.change).collect();
        assert_eq!(
            kinds,
            [Otherwise, NewlyCovered, NoLongerCovered, Otherwise, Nearer]
        );
    }

    #[test]
    fn what_is_the_same_is_no_change_and_another_station_is_one() {
        let one = |station: &str| {
            Outcome::new(vec![station.to_owned()], vec![outcome(1, Covered, Some(5))])
        };
        assert!(Comparison::new(&one("a"), &one("a")).changes.is_empty());
        let moved = Comparison::new(&one("a"), &one("b")).changes;
        assert_eq!(moved[0].change, Change::OtherStation);
        let off = [Unreachable, OffNetwork].map(|status| outcomes(vec![outcome(1, status, None)]));
        assert_eq!(
            Comparison::new(&off[0], &off[1]).changes[0].change,
            Change::Otherwise
        );
    }

    #[test]
    fn walks_within_a_second_are_as_far() {
        let one = |ms: u64| {
            let walk = ResidentOutcome::new(People::ONE, Beyond, Some(ms), Some(0));
            outcomes(vec![walk])
        };
        for (is, change) in [
            (9_001, None),
            (10_999, None),
            (9_000, Some(Change::Nearer)),
            (11_000, Some(Change::Farther)),
        ] {
            let changes = Comparison::new(&one(10_000), &one(is)).changes;
            assert_eq!(changes.first().map(|first| first.change), change, "{is}");
        }
    }

    #[test]
    fn the_median_is_the_time_within_which_half_of_the_people_are() {
        let walks = outcomes(vec![
            outcome(1, Covered, Some(10)),
            outcome(2, Covered, Some(20)),
            outcome(1, Beyond, Some(70)),
            outcome(9, Unreachable, None),
        ]);
        let walks = walks.walks().expect("walks");
        // (10 + 40 + 70) / 4; of four people two are within 20 s.
        assert_eq!((walks.mean_ms, walks.median_ms), (30_000, 20_000));
        assert_eq!(outcomes(vec![outcome(1, OffNetwork, None)]).walks(), None);
    }
}
