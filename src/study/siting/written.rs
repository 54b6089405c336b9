//! The written set of a siting answer.

use serde_json::{Map, Value, json};

use super::answer::{SITE_COMMUNITIES, SITE_CURVE, SITES_GEOJSON, SITES_TABLE, SitingAnswer};
use super::question::SitingQuestion;
use crate::model::Findings;
use crate::report::{OutputDirectory, RunRecord};
use crate::siting::Fairness;
use crate::study::written::{RECORD, SUMMARY, commit};
use crate::study::{StudyError, StudyResult};
use crate::text::OptionNames;
use crate::units::Unit;

impl SitingQuestion {
    /// Every parameter of the question by its name, defaults included.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let cutoff = match self.cutoff.unit() {
            Unit::Milliseconds => "cutoff_minutes",
            Unit::Millimetres => "cutoff_metres",
        };
        let years = self.years.iter();
        let years: Vec<String> = years
            .map(|one| format!("{}={}", one.year, one.budget))
            .collect();
        let parameters = [
            ("problem", json!(self.goal.name())),
            (cutoff, json!(self.cutoff.value())),
            ("sites", json!(self.max_sites)),
            (
                "budget",
                json!(self.budget.map(|budget| budget.to_string())),
            ),
            ("share", json!(self.share)),
            ("mode_limit", json!(texts(&self.modes))),
            ("weight", json!(texts(&self.weights))),
            ("own_community", json!(self.own_community)),
            ("times", json!(self.times)),
            ("floor", json!(floor(self.fairness))),
            ("year_budget", json!(years)),
            (
                "time_limit",
                json!(self.time_limit.map(|limit| limit.as_secs_f64())),
            ),
        ];
        parameters
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

fn texts(list: &[impl ToString]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// A floor as it is asked for: a share, or `worst-first`.
fn floor(fairness: Option<Fairness>) -> Option<String> {
    Some(match fairness? {
        Fairness::Floor(share) => share.to_string(),
        Fairness::WorstFirst => "worst-first".to_owned(),
    })
}

impl SitingAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 6] = [
        SITES_TABLE,
        SITE_CURVE,
        SITE_COMMUNITIES,
        SITES_GEOJSON,
        SUMMARY,
        RECORD,
    ];

    /// Writes `sites.csv`, `site_curve.csv`, `site_communities.csv` where communities are known, `sites.geojson` where places are, `summary.json` and `run.json`, and gives their
    /// names in the order of writing. The record says how the walks were had.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written. Nothing of the set is left behind then.
    pub fn write(
        &self,
        directory: OutputDirectory,
        record: RunRecord,
        options: OptionNames,
    ) -> Result<Vec<String>, StudyError> {
        self.write_with(&self.findings, directory, record, options)
    }

    fn write_with(
        &self,
        findings: &Findings,
        mut directory: OutputDirectory,
        mut record: RunRecord,
        options: OptionNames,
    ) -> Result<Vec<String>, StudyError> {
        let report = self.report();
        directory.stage(SITES_TABLE, |mut writer| report.write_sites(&mut writer))?;
        directory.stage(SITE_CURVE, |mut writer| report.write_curve(&mut writer))?;
        if !self.communities.is_empty() {
            directory.stage(SITE_COMMUNITIES, |mut writer| {
                report.write_communities(&mut writer)
            })?;
        }
        if self.has_places() {
            directory.stage(SITES_GEOJSON, |writer| report.write_geojson(writer))?;
        }
        let summary = self.summary(findings, options);
        directory.stage(SUMMARY, |mut writer| {
            serde_json::to_writer_pretty(&mut writer, &summary)?;
            std::io::Write::write_all(&mut writer, b"\n")
        })?;
        record.outputs = directory.staged();
        directory.stage(RECORD, |writer| record.write(writer))?;
        Ok(commit(directory)?)
    }
}

impl StudyResult<'_> {
    /// Writes the files of a siting answer that was found on this study's streets.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint.
    pub fn write_siting(
        &self,
        question: &SitingQuestion,
        answer: &SitingAnswer,
        directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        answer.write_with(&findings, directory, record, self.study.outputs.options)
    }
}
