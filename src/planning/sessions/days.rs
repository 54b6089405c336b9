//! Which opening each session takes, so that nobody has two on one day.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Opening, Session};
use crate::id::ResidentId;
use crate::planning::register::Date;

/// Openings that are given to sessions one by one.
#[derive(Debug)]
pub(crate) struct SessionDays {
    /// Those that are free, by day, in the order of time.
    free: BTreeMap<Date, Vec<Opening>>,
    /// By day who has a session on it already.
    taken: BTreeMap<Date, HashSet<ResidentId>>,
}

impl SessionDays {
    /// From openings in the order of time.
    pub(crate) fn new(openings: Vec<Opening>) -> Self {
        let mut free: BTreeMap<Date, Vec<Opening>> = BTreeMap::new();
        for opening in openings {
            free.entry(opening.begins.date()).or_default().push(opening);
        }
        Self {
            free,
            taken: BTreeMap::new(),
        }
    }

    /// The days of sessions that stand, each once.
    pub(crate) fn of(sessions: &[Session]) -> BTreeSet<Date> {
        sessions.iter().map(Session::day).collect()
    }

    /// Adds a session that stands.
    pub(crate) fn hold(&mut self, day: Date, within: impl IntoIterator<Item = ResidentId>) {
        self.taken.entry(day).or_default().extend(within);
    }

    /// Takes the first free opening of a day on which nobody of these has a session; where no day is like that, that of the day on
    /// which fewest have one, and of these the first.
    ///
    /// # Complexity
    /// Those within reach, for each day that is tried.
    pub(crate) fn take(&mut self, within: &[ResidentId]) -> Option<Opening> {
        let none = HashSet::new();
        let mut best: Option<(usize, Date)> = None;
        for day in self.free.keys() {
            let taken = self.taken.get(day).unwrap_or(&none);
            let twice = within.iter().filter(|one| taken.contains(one)).count();
            if best.is_none_or(|(fewest, _)| twice < fewest) {
                best = Some((twice, *day));
            }
            if twice == 0 {
                break;
            }
        }
        let (_, day) = best?;
        let free = self.free.get_mut(&day)?;
        let opening = free.remove(0);
        if free.is_empty() {
            self.free.remove(&day);
        }
        self.hold(day, within.iter().copied());
        Some(opening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::sessions::{Lecturer, Openings, Slot};

    fn openings(last: u32) -> Openings {
        Openings {
            from: Date::new(2026, 12, 1).expect("a day"),
            to: Date::new(2026, 12, last).expect("a day"),
            slots: ["9:00-11:00", "15:00-17:00"]
                .map(|text| text.parse::<Slot>().expect("a slot"))
                .to_vec(),
            lecturers: vec![Lecturer::new("A")],
        }
    }

    fn days_of(last: u32, within: &[&[u32]]) -> Vec<String> {
        let mut days = SessionDays::new(openings(last).on_days(within.len()));
        let mut begins = Vec::new();
        for one in within {
            let ids: Vec<ResidentId> = one.iter().copied().map(ResidentId).collect();
            begins.extend(days.take(&ids).map(|opening| opening.begins.to_string()));
        }
        begins
    }

    #[test]
    fn places_that_reach_the_same_people_are_on_different_days() {
        // The second shares resident 2 with the first, the third nobody with either.
        let found = days_of(9, &[&[1, 2], &[2, 3], &[7]]);
        let expected = ["2026-12-01 09:00", "2026-12-02 09:00", "2026-12-01 15:00"];
        assert_eq!(found, expected);
    }

    #[test]
    fn where_there_are_too_few_days_the_fewest_have_two_on_one() {
        // Two days with two openings each: the third place meets two people on the first day, one on the second.
        let found = days_of(2, &[&[1, 2], &[1, 3], &[1, 2, 9]]);
        let expected = ["2026-12-01 09:00", "2026-12-02 09:00", "2026-12-02 15:00"];
        assert_eq!(found, expected);
        // More sessions than openings: the rest has none.
        assert_eq!(days_of(1, &[&[1], &[2], &[3]]).len(), 2);
    }
}
