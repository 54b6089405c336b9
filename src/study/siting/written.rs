//! The written set of a siting answer.

use serde_json::{Map, Value, json};

use super::answer::{SITE_CURVE, SITES_GEOJSON, SITES_TABLE, SitingAnswer};
use super::question::SitingQuestion;
use crate::model::Findings;
use crate::report::{OutputDirectory, RunRecord};
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
        let modes: Vec<String> = self.modes.iter().map(ToString::to_string).collect();
        let parameters = [
            ("problem", json!(self.goal.name())),
            (cutoff, json!(self.cutoff.value())),
            ("sites", json!(self.max_sites)),
            (
                "budget",
                json!(self.budget.map(|budget| budget.to_string())),
            ),
            ("share", json!(self.share)),
            ("mode_limit", json!(modes)),
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

impl SitingAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 5] = [SITES_TABLE, SITE_CURVE, SITES_GEOJSON, SUMMARY, RECORD];

    /// Writes `sites.csv`, `site_curve.csv`, `sites.geojson` where places are known, `summary.json` and `run.json`, and gives their
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
