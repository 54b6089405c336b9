//! The written set of lifts.

use serde_json::json;

use super::{LiftsAnswer, LiftsQuestion};
use crate::inputs::Source;
use crate::report::{InputFile, OutputDirectory, findings_json, write_lifts};
use crate::study::page::PAGE;
use crate::study::types::OutputFormat;
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::study::{StudyError, StudyResult};

/// The version of the schema of `summary.json`.
const SCHEMA: u32 = 1;
const PLAN: &str = "lift_plan.csv";
const TIMETABLE: &str = "lift_timetable.csv";
const TASKS: &str = "lift_tasks.csv";
const OWNERS: &str = "lift_owners.csv";
const PROGRESS: &str = "lift_progress.csv";
const GROUPS: &str = "lift_groups.csv";
const MAP: &str = "lifts.geojson";

impl LiftsAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 10] = [
        PLAN, TIMETABLE, TASKS, OWNERS, PROGRESS, GROUPS, MAP, PAGE, SUMMARY, RECORD,
    ];
}

impl StudyResult<'_> {
    /// Writes the files of lifts, with `summary.json` and `run.json`, and gives their names in the order of writing.
    /// `lift_timetable.csv` is there where there are quarters, `lift_owners.csv` where lifts are chosen, `lift_groups.csv` where
    /// groups are asked, `lifts.geojson` and `index.html` where the outputs ask for them. `policy` is the file of a policy of one's own, for the record.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint. Nothing of
    /// the set is left behind then.
    pub fn write_lifts(
        &self,
        question: &LiftsQuestion,
        answer: &LiftsAnswer,
        policy: Option<&Source>,
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        if let Some(file) = policy {
            record.inputs.push(InputFile::new("policy", file)?);
        }
        let report = answer.report(question, self.study.outputs.language);
        directory.stage(PLAN, |mut writer| report.write_plan(&mut writer))?;
        if report.season.is_some() {
            directory.stage(TIMETABLE, |mut writer| report.write_timetable(&mut writer))?;
        }
        directory.stage(TASKS, |mut writer| report.write_tasks(&mut writer))?;
        if report.choice.is_some() {
            directory.stage(OWNERS, |mut writer| report.write_owners(&mut writer))?;
        }
        directory.stage(PROGRESS, |mut writer| report.write_progress(&mut writer))?;
        if !report.groups.is_empty() {
            directory.stage(GROUPS, |mut writer| report.write_groups(&mut writer))?;
        }
        if self.study.outputs.has(OutputFormat::GeoJson) {
            directory.stage(MAP, |writer| report.write_geojson(writer))?;
        }
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        self.stage_index(&findings, &mut directory, |city, page, writer| {
            write_lifts(city, page, &report, writer)
        })?;
        #[cfg(feature = "workbook")]
        self.stage_workbook(&findings, None, report.headlines(), &record, &mut directory)?;
        let summary = json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "lifts": report.json(),
            "findings": findings_json(&findings, self.study.outputs.options),
        });
        finish(&summary, record, directory)
    }
}
