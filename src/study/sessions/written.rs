//! The written set of sessions.

use serde_json::{Map, Value, json};

use super::answer::{SessionsAnswer, SessionsQuestion};
use crate::inputs::Source;
use crate::planning::register::Date;
use crate::report::{InputFile, OutputDirectory, findings_json, write_sessions};
use crate::study::page::PAGE;
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::study::{StudyError, StudyResult};

/// The version of the schema of `summary.json`.
const SCHEMA: u32 = 1;
const SESSIONS: &str = "sessions.csv";
const WEEKS: &str = "session_weeks.csv";
const RESIDENTS: &str = "session_residents.csv";
const AREAS: &str = "session_areas.csv";
const GROUPS: &str = "session_groups.csv";
const MISSED: &str = "missed.csv";
const NEXT: &str = "next_sessions.csv";
const CALENDAR: &str = "calendar.ics";

impl SessionsQuestion {
    /// Every parameter of the question by its name, defaults included.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let mut parameters = Map::new();
        parameters.insert("from".to_owned(), day(self.from).into());
        parameters.insert("to".to_owned(), day(self.to).into());
        parameters.insert("topic".to_owned(), self.topic.clone().into());
        let groups = self.groups.iter().map(|group| group.name.as_str());
        parameters.insert("groups".to_owned(), groups.collect());
        if let Some(next) = &self.next {
            let openings = &next.openings;
            let slots = openings.slots.iter().map(ToString::to_string);
            let lecturers = openings.lecturers.iter().map(|one| one.name.as_str());
            let time_limit = next.time_limit.map(|limit| limit.as_secs_f64());
            parameters.insert(
                "next".to_owned(),
                json!({
                    "most": next.most,
                    "from": openings.from.to_string(),
                    "to": openings.to.to_string(),
                    "slots": slots.collect::<Vec<_>>(),
                    "lecturers": lecturers.collect::<Vec<_>>(),
                    "time_limit": time_limit,
                }),
            );
        }
        parameters
    }
}

impl SessionsAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 11] = [
        SESSIONS, NEXT, WEEKS, RESIDENTS, MISSED, AREAS, GROUPS, CALENDAR, PAGE, SUMMARY, RECORD,
    ];
}

impl StudyResult<'_> {
    /// Writes the files of sessions, with `summary.json` and `run.json`, and gives their names in the order of writing.
    /// `next_sessions.csv` is there where the next ones are asked for, `session_areas.csv` where there are areas, `session_groups.csv` where groups are asked, `index.html` where the outputs ask for it. `lecturers` is
    /// the file of those who can hold the next ones, for the record.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint. Nothing of
    /// the set is left behind then.
    pub fn write_sessions(
        &self,
        question: &SessionsQuestion,
        answer: &SessionsAnswer,
        lecturers: Option<&Source>,
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        if let Some(file) = lecturers {
            record.inputs.push(InputFile::new("lecturers", file)?);
        }
        let report = answer.report(self);
        directory.stage(SESSIONS, |mut writer| report.write_sessions(&mut writer))?;
        if let Some(next) = report.next {
            directory.stage(NEXT, |mut writer| report.write_next(next, &mut writer))?;
        }
        directory.stage(WEEKS, |mut writer| report.write_weeks(&mut writer))?;
        directory.stage(RESIDENTS, |mut writer| report.write_residents(&mut writer))?;
        directory.stage(MISSED, |mut writer| report.write_missed(&mut writer))?;
        if !answer.areas.is_empty() {
            directory.stage(AREAS, |mut writer| report.write_areas(&mut writer))?;
        }
        if !report.groups().is_empty() {
            directory.stage(GROUPS, |mut writer| report.write_groups(&mut writer))?;
        }
        directory.stage(CALENDAR, |mut writer| report.write_ics(&mut writer))?;
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        self.stage_index(&findings, &mut directory, |city, page, writer| {
            write_sessions(city, page, report, writer)
        })?;
        #[cfg(feature = "workbook")]
        self.stage_workbook(&findings, None, report.headlines(), &record, &mut directory)?;
        let summary = json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "sessions": report.json(),
            "findings": findings_json(&findings, self.study.outputs.options),
        });
        finish(&summary, record, directory)
    }
}
