//! The written set of a siting answer.

use serde_json::{Map, Value, json};

use super::answer::{SITE_COMMUNITIES, SITE_CURVE, SITES_GEOJSON, SITES_TABLE, SitingAnswer};
use super::question::SitingQuestion;
use crate::control::Control;
use crate::inputs::Source;
use crate::model::Findings;
use crate::report::{InputFile, OutputDirectory, RunRecord, ScenarioReport, sites};
use crate::siting::Fairness;
use crate::study::scenario::{AREA_CHANGES, CHANGES, CHANGES_GEOJSON, EDITS, PAGE};
use crate::study::types::OutputFormat;
use crate::study::written::{RECORD, SUMMARY, finish};
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
        let measures = self.measures.iter().map(|one| one.scenario.name.as_str());
        let measures: Vec<&str> = measures.collect();
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
            ("capacities", json!(self.has_capacities)),
            ("tier_circle", json!(texts(&self.tiers))),
            ("floor", json!(floor(self.fairness))),
            ("year_budget", json!(years)),
            ("measures", json!(measures)),
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
    pub const FILES: [&'static str; 11] = [
        SITES_TABLE,
        SITE_CURVE,
        SITE_COMMUNITIES,
        SITES_GEOJSON,
        CHANGES,
        AREA_CHANGES,
        EDITS,
        CHANGES_GEOJSON,
        PAGE,
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
        mut directory: OutputDirectory,
        record: RunRecord,
        options: OptionNames,
    ) -> Result<Vec<String>, StudyError> {
        self.stage_tables(&mut directory)?;
        if self.has_places() {
            self.stage_places(&mut directory)?;
        }
        self.finish(&self.findings, directory, record, options)
    }

    fn stage_tables(&self, directory: &mut OutputDirectory) -> Result<(), StudyError> {
        let report = self.report();
        directory.stage(SITES_TABLE, |mut writer| report.write_sites(&mut writer))?;
        directory.stage(SITE_CURVE, |mut writer| report.write_curve(&mut writer))?;
        if !self.communities.is_empty() {
            directory.stage(SITE_COMMUNITIES, |mut writer| {
                report.write_communities(&mut writer)
            })?;
        }
        Ok(())
    }

    fn stage_places(&self, directory: &mut OutputDirectory) -> Result<(), StudyError> {
        let report = self.report();
        directory.stage(SITES_GEOJSON, |writer| report.write_geojson(writer))?;
        Ok(())
    }

    fn finish(
        &self,
        findings: &Findings,
        directory: OutputDirectory,
        record: RunRecord,
        options: OptionNames,
    ) -> Result<Vec<String>, StudyError> {
        let summary = self.summary(findings, options);
        finish(&summary, record, directory)
    }
}

impl StudyResult<'_> {
    /// Writes the files of a siting answer that was found on this study's streets: those of [`SitingAnswer::write`], and what changes
    /// once all of it is built: `changes.csv`, `area_changes.csv` where there are areas, `edits.csv`, and in the formats that are
    /// wanted `sites.geojson`, `changes.geojson` and `index.html`. `measures` are the files of the measures, for the record.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint.
    pub fn write_siting(
        &self,
        question: &SitingQuestion,
        answer: &SitingAnswer,
        measures: &[Source],
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        for file in measures {
            record.inputs.push(InputFile::new("measures", file)?);
        }
        answer.stage_tables(&mut directory)?;
        let is_on_map = self.study.outputs.has(OutputFormat::GeoJson);
        if is_on_map && answer.has_places() {
            answer.stage_places(&mut directory)?;
        }
        if let Some(built) = &answer.built {
            let report = ScenarioReport {
                service: None,
                plan: Some(answer.report()),
                ..self.scenario_report(built)
            };
            directory.stage(CHANGES, |mut writer| report.write_changes(&mut writer))?;
            if !report.areas.is_empty() {
                directory.stage(AREA_CHANGES, |mut writer| {
                    report.write_area_changes(&mut writer)
                })?;
            }
            directory.stage(EDITS, |mut writer| report.write_edits(&mut writer))?;
            if is_on_map {
                directory.stage(CHANGES_GEOJSON, |writer| report.write_geojson(writer))?;
            }
            if self.study.outputs.has(OutputFormat::Html) {
                self.stage_page(&report, built, measures, &mut directory)?;
            }
        }
        let chosen = sites(answer.report());
        self.stage_layers(Some(chosen), &mut directory, Control::default())?;
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        #[cfg(feature = "workbook")]
        self.stage_workbook(
            &findings,
            None,
            answer.report().headlines(),
            &record,
            &mut directory,
        )?;
        answer.finish(&findings, directory, record, self.study.outputs.options)
    }
}
