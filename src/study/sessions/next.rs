//! Where the next sessions reach most people who have had none.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::places::Places;
use crate::control::Control;
use crate::error::Error;
use crate::hours::weekdays_of;
use crate::id::{ResidentId, StationId};
use crate::inputs::{
    InputError, KeptColumn, LayerKind, PointRecord, PointRecords, ReadOptions, Source, read_points,
};
use crate::model::Attribute;
use crate::planning::register::Date;
use crate::planning::sessions::{Attendance, Lecturer, Openings, Session, SessionDays};
use crate::siting::{Problem, Reach, Site, Siting};
use crate::study::StudyResult;
use crate::text::language::{InLanguage, Words, words};
use crate::units::{Cost, People};

/// What is asked of the next sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextSessions {
    /// How many there are to be at most.
    pub most: usize,
    /// When they can be, and who can hold them.
    pub openings: Openings,
    /// How long the best places are searched for.
    pub time_limit: Option<Duration>,
}

impl NextSessions {
    /// So many sessions in these openings, with the best places proven.
    #[must_use]
    pub fn new(most: usize, openings: Openings) -> Self {
        Self {
            most,
            openings,
            time_limit: None,
        }
    }
}

/// The next sessions: where and when, by whom, for whom.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NextAnswer {
    /// The sessions, those that reach most first.
    pub sessions: Vec<Session>,
    /// The people whom each reaches who have had none, and whom none before it reaches.
    pub people: Vec<People>,
    /// How many openings there are, up to how many sessions were wanted.
    pub openings: usize,
    /// The people who have two sessions on one day, as there are too few days.
    pub twice_a_day: People,
    /// The choice of places, with its certificate: the people are those who have had none.
    pub siting: Siting,
    /// For each resident record who has had none the first session that reaches it, by position.
    pub first: Vec<Option<u32>>,
}

impl StudyResult<'_> {
    /// Chooses the places of the next sessions: those that reach most people who have had none. A place is chosen once, so nobody has
    /// two of them at one place; those that reach most take the first openings on whose day nobody within their reach has another.
    pub(super) fn next_sessions(
        &self,
        next: &NextSessions,
        places: &Places<'_>,
        held: Held<'_>,
        control: Control<'_>,
    ) -> Result<NextAnswer, Error> {
        let people = self.inputs.city().people();
        let counts = held.attendance.counts();
        let missed = people.iter().zip(counts);
        let missed = missed.map(|(people, count)| if *count > 0 { People::ZERO } else { *people });
        let missed: Vec<People> = missed.collect();
        let rows = places.numbers().map(|place| places.walks_to(place));
        let rows: Vec<Vec<(ResidentId, Cost)>> = rows.collect();
        let sites = vec![Site::default(); rows.len()];
        let openings = next.openings.first(next.most.min(rows.len())).len();
        let cutoff = self.analysis.options.tests.deciding();
        let reach = Reach::from_rows(people.len(), rows)?;
        let problem = Problem::max_coverage(reach, missed, sites, cutoff.cost())?;
        let problem = problem.with_max_sites(openings.max(1));
        let siting = problem.solve(control, next.time_limit)?;
        let mut answer = NextAnswer {
            sessions: Vec::new(),
            people: Vec::new(),
            openings,
            twice_a_day: People::ZERO,
            first: vec![None; people.len()],
            siting,
        };
        answer.schedule(next, places, held);
        answer.twice_a_day = twice_a_day(&answer.sessions, held.sessions, places, &people);
        Ok(answer)
    }
}

/// What was held already.
#[derive(Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) sessions: &'a [Session],
    pub(super) attendance: &'a Attendance,
}

impl NextAnswer {
    /// Gives each place that was chosen its opening, as far as there are any.
    fn schedule(&mut self, next: &NextSessions, places: &Places<'_>, held: Held<'_>) {
        let chosen = self.siting.chosen.iter();
        let chosen = chosen.filter(|one| one.people > People::ZERO);
        let chosen = chosen.take(self.openings);
        // On so many days there is always one on which nobody has another.
        let held_on = SessionDays::of(held.sessions);
        let most = held_on.len() + self.openings;
        let mut days = SessionDays::new(next.openings.on_days(most));
        for session in held.sessions {
            days.hold(session.day(), places.within(session.station));
        }
        for chosen in chosen {
            let place = StationId::new(chosen.site.index());
            let within = places.within(place);
            let Some(opening) = days.take(&within) else {
                break;
            };
            let number = self.sessions.len() as u32;
            for resident in within {
                let index = resident.index();
                if held.attendance.counts()[index] == 0 && self.first[index].is_none() {
                    self.first[index] = Some(number);
                }
            }
            self.people.push(chosen.people);
            self.sessions.push(Session {
                team: Some(next.openings.lecturers[opening.lecturer].name.clone()),
                ..Session::new(place, opening.begins, opening.ends)
            });
        }
    }
}

/// The people who have one of the next sessions and another one on the same day.
fn twice_a_day(
    next: &[Session],
    held: &[Session],
    places: &Places<'_>,
    people: &[People],
) -> People {
    let mut by_day: BTreeMap<Date, Vec<ResidentId>> = BTreeMap::new();
    for session in next {
        by_day
            .entry(session.day())
            .or_default()
            .extend(places.within(session.station));
    }
    for session in held {
        if let Some(within) = by_day.get_mut(&session.day()) {
            within.extend(places.within(session.station));
        }
    }
    let mut twice = BTreeSet::new();
    for within in by_day.values_mut() {
        within.sort_unstable();
        let pairs = within.windows(2).filter(|pair| pair[0] == pair[1]);
        twice.extend(pairs.map(|pair| pair[0]));
    }
    twice.iter().map(|resident| people[resident.index()]).sum()
}

/// Reads who can hold sessions: a table with a name for each, the days of the week on which they can come, and how many sessions they
/// hold in a week at most. Where a column is missing or a cell blank they can come on any day, as often as wanted.
///
/// # Errors
/// When the file cannot be read, a cell is not understood, or nobody is in it; the line is named.
pub fn read_lecturers(source: &Source) -> Result<Vec<Lecturer>, InputError> {
    let kept = [Attribute::Weekdays, Attribute::MostPerWeek].map(KeptColumn::Known);
    let options = ReadOptions::of(LayerKind::Calendar).keeping(kept);
    let read = read_points(source, &options)?;
    let rows = read.records.iter().enumerate();
    let lecturers = rows.map(|(row, record)| lecturer(source, &read, row, record));
    let lecturers: Vec<Lecturer> = lecturers.collect::<Result<_, _>>()?;
    if lecturers.is_empty() {
        let reason = words!("there is nobody in it", "其中没有任何人");
        return Err(source.malformed(Words::new("lecturers", "讲师"), reason));
    }
    Ok(lecturers)
}

fn lecturer(
    source: &Source,
    read: &PointRecords,
    row: usize,
    record: &PointRecord,
) -> Result<Lecturer, InputError> {
    let cell = |attribute| read.attributes.of(attribute)?.get(row);
    let wrong = |text: &str, what: Words| {
        let line = Words::place(&record.source);
        let zh = what.zh();
        source.malformed(line, words!("{text:?} is no {what}", "{text:?} 不是{zh}"))
    };
    let name = record.name.clone().or_else(|| record.id.clone());
    let mut one = Lecturer::new(name.unwrap_or_else(|| format!("{}", row + 1)));
    if let Some(text) = cell(Attribute::Weekdays) {
        let what = Words::new("list of days of the week", "星期列表");
        one.weekdays = weekdays_of(text).ok_or_else(|| wrong(text, what))?;
    }
    if let Some(text) = cell(Attribute::MostPerWeek) {
        let what = Words::new("whole number", "整数");
        let most = text.trim().parse().map_err(|_| wrong(text, what))?;
        one.most_per_week = Some(most);
    }
    Ok(one)
}
