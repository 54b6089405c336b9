//! Who had a session within reach.

use super::Session;
use crate::id::{ResidentId, StationId};
use crate::planning::register::Date;
use crate::units::People;

/// Whom a session reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Reached {
    /// The resident records within the cutoff of its place.
    pub records: u32,
    /// Their people.
    pub people: People,
    /// The people among them who had none before it in the period.
    pub new_people: People,
}

/// A week of the period, from its Monday on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// The sessions of the period that begin in it.
    pub sessions: u32,
    /// The people who had at least one of them within reach.
    pub people: People,
}

/// Who had sessions within reach in a period: how many, and which first.
///
/// ```
/// use pedshed::planning::register::Date;
/// use pedshed::planning::sessions::{Attendance, Moment, Session};
/// use pedshed::prelude::{ResidentId, StationId};
/// use pedshed::units::People;
/// let on = |day, station| {
///     let day = Date::new(2026, 11, day)?;
///     Ok::<_, Box<dyn std::error::Error>>(Session::new(
///         StationId(station),
///         Moment::new(day, 9, 0)?,
///         Moment::new(day, 11, 0)?,
///     ))
/// };
/// // Two sessions in the hall, which the first of two records can reach, and none that the second can.
/// let sessions = [on(3, 0)?, on(10, 0)?];
/// let people = [People::from_thousandths(2000), People::from_thousandths(1000)];
/// let attendance = Attendance::new(&sessions, &people, |_| vec![ResidentId(0)]);
/// assert_eq!(attendance.counts(), [2, 0]);
/// assert_eq!(attendance.reached()[1].new_people, People::ZERO);
/// assert_eq!(attendance.weeks().len(), 2);
/// assert_eq!(attendance.had_in(1), [ResidentId(0)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Attendance {
    counts: Vec<u32>,
    first: Vec<Option<u32>>,
    reached: Vec<Reached>,
    weeks: Vec<Week>,
    /// By week the records that had one, ascending.
    had_in: Vec<Vec<ResidentId>>,
}

impl Attendance {
    /// Counts the sessions that everybody had. `people` are those of each resident record; `within` says which records are within
    /// the cutoff of a place, each once.
    ///
    /// # Complexity
    /// The records within reach, once for each session, and a sort of the sessions by time.
    #[must_use]
    pub fn new(
        sessions: &[Session],
        people: &[People],
        within: impl Fn(StationId) -> Vec<ResidentId>,
    ) -> Self {
        let mut found = Self {
            counts: vec![0; people.len()],
            first: vec![None; people.len()],
            reached: vec![Reached::default(); sessions.len()],
            weeks: Vec::new(),
            had_in: Vec::new(),
        };
        let mut order: Vec<usize> = (0..sessions.len()).collect();
        order.sort_by_key(|at| (sessions[*at].begins, *at));
        // By resident the last week in which a session was counted.
        let mut counted = vec![None; people.len()];
        for at in order {
            let session = &sessions[at];
            let monday = session.day().monday();
            if found.weeks.last().is_none_or(|week| week.monday != monday) {
                found.weeks.push(Week {
                    monday,
                    sessions: 0,
                    people: People::ZERO,
                });
                found.had_in.push(Vec::new());
            }
            let number = found.weeks.len() - 1;
            let week = &mut found.weeks[number];
            week.sessions += 1;
            for resident in within(session.station) {
                let (index, own) = (resident.index(), people[resident.index()]);
                let reached = &mut found.reached[at];
                reached.records += 1;
                reached.people += own;
                found.counts[index] += 1;
                if found.first[index].is_none() {
                    found.first[index] = Some(at as u32);
                    reached.new_people += own;
                }
                if counted[index] != Some(number) {
                    counted[index] = Some(number);
                    week.people += own;
                    found.had_in[number].push(resident);
                }
            }
        }
        found.had_in.iter_mut().for_each(|had| had.sort_unstable());
        found
    }

    /// How many sessions each resident record had within reach.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// The first session of each resident record, by position.
    #[must_use]
    pub fn first(&self) -> &[Option<u32>] {
        &self.first
    }

    /// Whom each session reaches, in the order of the sessions.
    #[must_use]
    pub fn reached(&self) -> &[Reached] {
        &self.reached
    }

    /// The resident records that had a session in a week, by its place among the weeks, ascending.
    #[must_use]
    pub fn had_in(&self, week: usize) -> &[ResidentId] {
        &self.had_in[week]
    }

    /// The weeks that have a session, in their order.
    #[must_use]
    pub fn weeks(&self) -> &[Week] {
        &self.weeks
    }
}
