//! Where the next sessions reach most people who have had none.

use std::time::Duration;

use crate::control::Control;
use crate::error::Error;
use crate::hours::weekdays_of;
use crate::id::{ResidentId, StationId};
use crate::inputs::{
    InputError, KeptColumn, LayerKind, PointRecord, PointRecords, ReadOptions, Source, read_points,
};
use crate::model::Attribute;
use crate::planning::sessions::{Attendance, Lecturer, Openings, Session};
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
    /// The sessions, those that reach most first; each later than those before it.
    pub sessions: Vec<Session>,
    /// The people whom each reaches who have had none, and whom none before it reaches.
    pub people: Vec<People>,
    /// How many openings there are, up to how many sessions were wanted.
    pub openings: usize,
    /// The choice of places, with its certificate: the people are those who have had none.
    pub siting: Siting,
    /// For each resident record who has had none the first session that reaches it, by position.
    pub first: Vec<Option<u32>>,
}

impl StudyResult<'_> {
    /// Chooses the places of the next sessions among the stations: those that reach most people who have had none. A place is chosen
    /// once, so nobody has two of them at one place; those that reach most come first.
    pub(super) fn next_sessions(
        &self,
        next: &NextSessions,
        attendance: &Attendance,
        control: Control<'_>,
    ) -> Result<NextAnswer, Error> {
        let people = self.inputs.city().people();
        let counts = attendance.counts();
        let missed = people.iter().zip(counts);
        let missed = missed.map(|(people, count)| if *count > 0 { People::ZERO } else { *people });
        let missed: Vec<People> = missed.collect();
        let stations = self.analysis.placed().snapped().stations();
        let rows: Vec<Vec<(ResidentId, Cost)>> =
            stations.map(|station| self.walks_to(station)).collect();
        let sites = vec![Site::default(); rows.len()];
        let openings = next.openings.first(next.most.min(rows.len()));
        let cutoff = self.deciding_cutoff();
        let reach = Reach::from_rows(people.len(), rows)?;
        let problem = Problem::max_coverage(reach, missed, sites, cutoff.cost())?;
        let problem = problem.with_max_sites(openings.len().max(1));
        let siting = problem.solve(control, next.time_limit)?;
        let chosen = siting.chosen.iter().filter(|one| one.people > People::ZERO);
        let mut answer = NextAnswer {
            sessions: Vec::new(),
            people: Vec::new(),
            openings: openings.len(),
            first: vec![None; people.len()],
            siting: siting.clone(),
        };
        for (opening, chosen) in openings.iter().zip(chosen) {
            let station = StationId::new(chosen.site.index());
            let number = answer.sessions.len() as u32;
            for (resident, _) in self.walks_to(station) {
                let index = resident.index();
                if counts[index] == 0 && answer.first[index].is_none() {
                    answer.first[index] = Some(number);
                }
            }
            answer.people.push(chosen.people);
            answer.sessions.push(Session {
                team: Some(next.openings.lecturers[opening.lecturer].name.clone()),
                ..Session::new(station, opening.begins, opening.ends)
            });
        }
        Ok(answer)
    }
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
