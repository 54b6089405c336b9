//! When the next sessions can be held, and by whom.

use super::moment::{Moment, Slot};
use crate::planning::register::Date;

/// Somebody who holds sessions.
///
/// ```
/// use pedshed::planning::sessions::Lecturer;
/// let anyone = Lecturer::new("Team A");
/// assert!(anyone.weekdays.iter().all(|day| *day));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lecturer {
    /// What they are called.
    pub name: String,
    /// On which days of the week they can come, from Monday on.
    pub weekdays: [bool; 7],
    /// How many sessions they hold in a week at most.
    pub most_per_week: Option<u32>,
}

impl Lecturer {
    /// Somebody who can come on any day, as often as wanted.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            weekdays: [true; 7],
            most_per_week: None,
        }
    }
}

/// The days, times and people that further sessions can be held by.
///
/// ```
/// use pedshed::planning::register::Date;
/// use pedshed::planning::sessions::{Lecturer, Openings, Slot};
/// let mut once = Lecturer::new("Team A");
/// once.most_per_week = Some(1);
/// let openings = Openings {
///     from: Date::new(2026, 12, 1)?,
///     to: Date::new(2026, 12, 14)?,
///     slots: vec!["9:00-11:00".parse::<Slot>()?],
///     lecturers: vec![once],
/// };
/// // One a week, on its first free day: Tuesday the 1st, and Monday the 7th and the 14th.
/// let days: Vec<_> = openings.first(10).iter().map(|one| one.begins.to_string()).collect();
/// assert_eq!(days, ["2026-12-01 09:00", "2026-12-07 09:00", "2026-12-14 09:00"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openings {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The times of each day.
    pub slots: Vec<Slot>,
    /// Who can come.
    pub lecturers: Vec<Lecturer>,
}

/// A time at which somebody can hold a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Opening {
    /// When it begins.
    pub begins: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Who can hold it, by position.
    pub lecturer: usize,
}

impl Openings {
    /// The first openings, as many as are wanted or as there are: by time, then by lecturer. Nobody holds two that overlap, or more in a
    /// week than they can. As everybody takes what ends first, no other choice has more.
    ///
    /// # Complexity
    /// The days times the slots times the lecturers.
    #[must_use]
    pub fn first(&self, most: usize) -> Vec<Opening> {
        let mut count = 0;
        let mut found: Vec<Opening> = self
            .days()
            .take_while(|day| {
                let is_wanted = count < most;
                count += day.len();
                is_wanted
            })
            .flatten()
            .take(most)
            .collect();
        found.sort_by_key(|opening| (opening.begins, opening.lecturer));
        found
    }

    /// The openings of the first days that have any, in the same order.
    pub(crate) fn on_days(&self, most: usize) -> Vec<Opening> {
        let days = self.days().filter(|day| !day.is_empty()).take(most);
        let mut found: Vec<Opening> = days.flatten().collect();
        found.sort_by_key(|opening| (opening.begins, opening.lecturer));
        found
    }

    /// The openings of each day, what ends first before what ends later.
    fn days(&self) -> impl Iterator<Item = Vec<Opening>> {
        let mut slots = self.slots.clone();
        slots.sort_unstable_by_key(|slot| (slot.ends(), slot.begins()));
        slots.dedup();
        let mut diaries: Vec<Diary> = self.lecturers.iter().map(|_| Diary::default()).collect();
        let first = (self.from <= self.to).then_some(self.from);
        let days = std::iter::successors(first, |day| day.next().filter(|day| *day <= self.to));
        days.map(move |day| {
            let mut found = Vec::new();
            for slot in &slots {
                let [begins, ends] = slot.on(day);
                let known = self.lecturers.iter().zip(&mut diaries).enumerate();
                for (lecturer, (one, diary)) in known {
                    if diary.takes(one, begins, ends) {
                        found.push(Opening {
                            begins,
                            ends,
                            lecturer,
                        });
                    }
                }
            }
            found
        })
    }
}

/// What somebody has taken on so far.
#[derive(Debug, Default)]
struct Diary {
    week: Option<Date>,
    in_week: u32,
    until: Option<Moment>,
}

impl Diary {
    /// Takes a time on, where it is free.
    fn takes(&mut self, lecturer: &Lecturer, begins: Moment, ends: Moment) -> bool {
        let (day, monday) = (begins.date(), begins.date().monday());
        if self.week != Some(monday) {
            self.week = Some(monday);
            self.in_week = 0;
        }
        let weekday = (day.days() - monday.days()) as usize;
        let is_free = self.until.is_none_or(|until| until <= begins);
        let has_time = lecturer
            .most_per_week
            .is_none_or(|most| self.in_week < most);
        let can = lecturer.weekdays[weekday] && is_free && has_time;
        if can {
            self.in_week += 1;
            self.until = Some(ends);
        }
        can
    }
}
