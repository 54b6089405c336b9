//! Who had a travelling session within reach.

use super::calendar;
use super::next::{Held, NextAnswer, NextSessions};
use super::places::Places;
use crate::control::Control;
use crate::error::{Error, PlanError};
use crate::model::{Attribute, Findings};
use crate::planning::provision::GroupPlan;
use crate::planning::register::Date;
use crate::planning::sessions::{Attendance, Session, SessionSums};
use crate::report::{NextReport, SessionsReport, StationRecord};
use crate::study::StudyResult;
use crate::text::plain::letters;
use crate::units::People;

/// What is asked of a calendar of sessions.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SessionsQuestion {
    /// The first day that counts; that of the first session where none is given.
    pub from: Option<Date>,
    /// The last day that counts.
    pub to: Option<Date>,
    /// The topic that counts, where only one does.
    pub topic: Option<String>,
    /// Groups of people to sum by, from columns of the residents that were kept when they were read. Their people walk as
    /// everybody does.
    pub groups: Vec<GroupPlan>,
    /// The next sessions that are to be proposed, where some are.
    pub next: Option<NextSessions>,
}

impl SessionsQuestion {
    /// Whether a session counts.
    fn takes(&self, session: &Session) -> bool {
        let day = session.day();
        let topic = self.topic.as_deref().map(letters);
        let own = session.topic.as_deref().map(letters);
        self.from.is_none_or(|from| day >= from)
            && self.to.is_none_or(|to| day <= to)
            && (topic.is_none() || topic == own)
    }
}

/// Who had a session within reach, and who had none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SessionsAnswer {
    /// The sessions of the period, in the order of the calendar.
    pub sessions: Vec<Session>,
    /// Who had how many of them.
    pub attendance: Attendance,
    /// The rows of the calendar that are of other days or topics.
    pub others: usize,
    /// The rows of the calendar.
    pub rows: usize,
    /// The places where sessions can be, by number: the stations, then the candidates.
    pub records: Vec<StationRecord>,
    /// Everybody, and then each group: people, those who had a session, and their sessions.
    pub sums: Vec<SessionSums>,
    /// The same by area.
    pub areas: Vec<SessionSums>,
    /// The next sessions, where they are asked for.
    pub next: Option<NextAnswer>,
    /// What was found about the calendar.
    pub findings: Findings,
}

impl StudyResult<'_> {
    /// Who had a session of the calendar within the deciding cutoff in a period, and who had none. The places of sessions are the
    /// stations of the study, and its candidates where it has some: squares, compounds.
    ///
    /// # Errors
    /// [`Error::Plan`] where no calendar was read, [`Error::Siting`] where there is no place for the next ones, [`Error::Cancelled`].
    ///
    /// # Complexity
    /// That of [`Attendance::new`].
    pub fn sessions(
        &mut self,
        question: &SessionsQuestion,
        control: Control<'_>,
    ) -> Result<SessionsAnswer, Error> {
        let group_people: Vec<Vec<People>> = question
            .groups
            .iter()
            .map(|group| self.inputs.people_in(&group.columns))
            .collect();
        let calendar = self.inputs.calendar.as_ref();
        let calendar = calendar.ok_or(PlanError::NoCalendar)?;
        let says = |attribute| {
            let column = calendar.attributes.of(attribute);
            column.is_some_and(|column| !column.texts().is_empty())
        };
        if !says(Attribute::Date) && !says(Attribute::Start) {
            return Err(PlanError::NoDays.into());
        }
        let mut findings = Findings::default();
        let places = Places::new(self, &mut findings, control)?;
        let read = calendar::read(calendar, &places.records, &self.inputs);
        findings.extend(read.findings);
        let all = read.sessions.len();
        let mut sessions = read.sessions;
        sessions.retain(|session| question.takes(session));
        let people = self.inputs.city().people();
        let attendance = Attendance::new(&sessions, &people, |place| places.within(place));
        let counts = attendance.counts();
        let groups = question.groups.iter().map(|group| group.name.as_str());
        let named = std::iter::once("").chain(groups).map(SessionSums::named);
        let mut sums: Vec<SessionSums> = named.collect();
        for (sum, people) in sums
            .iter_mut()
            .zip(std::iter::once(&people).chain(&group_people))
        {
            sum.add_all(people, counts);
        }
        let held = Held {
            sessions: &sessions,
            attendance: &attendance,
        };
        let next = question.next.as_ref();
        let next = next.map(|next| self.next_sessions(next, &places, held, control));
        let next = next.transpose()?;
        Ok(SessionsAnswer {
            next,
            others: all - sessions.len(),
            rows: read.rows,
            areas: self.sessions_by_area(&people, counts),
            sessions,
            attendance,
            records: places.records,
            sums,
            findings,
        })
    }

    fn sessions_by_area(&self, people: &[People], counts: &[u32]) -> Vec<SessionSums> {
        let areas = &self.analysis.areas;
        let named = self.inputs.areas.iter();
        let mut sums: Vec<SessionSums> = named
            .map(|area| SessionSums {
                id: area.id.clone(),
                ..SessionSums::named(&area.name)
            })
            .collect();
        let own = areas.area_of().iter().enumerate();
        let own = own.filter_map(|(resident, area)| Some((resident, (*area)?)));
        let further = areas.further().iter();
        let further = further.map(|(resident, area)| (resident.index(), *area));
        for (resident, area) in own.chain(further) {
            sums[area as usize].add(people[resident], counts[resident]);
        }
        sums
    }
}

impl SessionsAnswer {
    pub(super) fn report<'a>(&'a self, result: &'a StudyResult<'_>) -> SessionsReport<'a> {
        SessionsReport {
            sessions: &self.sessions,
            attendance: &self.attendance,
            records: &self.records,
            sums: &self.sums,
            areas: &self.areas,
            residents: &result.inputs.residents,
            nearest: result.analysis.coverage.nearest(),
            next: self.next.as_ref().map(|next| NextReport {
                sessions: &next.sessions,
                people: &next.people,
                first: &next.first,
                openings: next.openings,
                twice_a_day: next.twice_a_day,
                siting: &next.siting,
            }),
            rows: self.rows,
            others: self.others,
        }
    }
}
