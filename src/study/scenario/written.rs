//! The written sets of scenarios and of compared runs.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::answer::{Drawn, ScenariosAnswer, ScenariosQuestion};
use crate::inputs::Source;
use crate::model::{CityRecords, Findings, Resident};
use crate::report::{
    HoursReport, InputFile, OneScenario, OutputDirectory, Page, Report, ReportError,
    ScenarioReport, ScenePage,
};
use crate::scenario::{ChangeSums, GroupOfPeople, Outcome, ScenarioAnswer};
use crate::study::StudyError;
use crate::study::page::{PAGE, page_failed};
use crate::study::types::{OutputFormat, StudyResult};
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::text::OptionNames;

/// A row for each scenario.
pub(super) const SCENARIOS: &str = "scenarios.csv";
/// A row for each resident for whom something changes.
pub(in crate::study) const CHANGES: &str = "changes.csv";
/// A row for each area of each scenario.
pub(in crate::study) const AREA_CHANGES: &str = "area_changes.csv";
/// A row for each group of each scenario.
const GROUP_CHANGES: &str = "group_changes.csv";
/// The week of each scenario.
const SCENARIO_HOURS: &str = "scenario_hours.csv";
/// A row for each edit.
pub(in crate::study) const EDITS: &str = "edits.csv";
/// Who gains and loses, and the edits, on the map.
pub(in crate::study) const CHANGES_GEOJSON: &str = "changes.geojson";

impl ScenariosAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 10] = [
        SCENARIOS,
        SCENARIO_HOURS,
        CHANGES,
        AREA_CHANGES,
        GROUP_CHANGES,
        EDITS,
        CHANGES_GEOJSON,
        PAGE,
        SUMMARY,
        RECORD,
    ];
}

impl ScenariosQuestion {
    /// The names of the scenarios, for the record of the run.
    fn parameters(&self) -> Map<String, Value> {
        let scenarios = self.scenarios.iter().map(|one| one.name.as_str());
        let names = json!(scenarios.collect::<Vec<_>>());
        let mut parameters = Map::from_iter([("scenarios".to_owned(), names)]);
        if let Some(service) = &self.service {
            parameters.insert("service".to_owned(), service.as_str().into());
        }
        if let Some(at) = self.hours.at {
            parameters.insert("at".to_owned(), at.to_string().into());
        }
        if self.hours.week {
            parameters.insert("week".to_owned(), true.into());
        }
        parameters
    }
}

impl StudyResult<'_> {
    /// Writes `scenarios.csv`, `changes.csv`, `area_changes.csv` where there are areas, `group_changes.csv` where groups are asked,
    /// `scenario_hours.csv` where hours are, `edits.csv`, `changes.geojson` where that is wanted, `index.html` where scenarios are drawn, `summary.json` and `run.json`, and gives their names in the order of writing. `edits` are the
    /// files of the scenarios, for the record.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint. Nothing of
    /// the set is left behind then.
    pub fn write_scenarios(
        &self,
        question: &ScenariosQuestion,
        answer: &ScenariosAnswer,
        edits: &[Source],
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        for file in edits {
            record.inputs.push(InputFile::new("edits", file)?);
        }
        let report = self.scenario_report(answer);
        stage_tables(&report, &mut directory)?;
        if report.hours.is_some() {
            directory.stage(SCENARIO_HOURS, |mut writer| report.write_hours(&mut writer))?;
        }
        directory.stage(EDITS, |mut writer| report.write_edits(&mut writer))?;
        if self.study.outputs.has(OutputFormat::GeoJson) {
            directory.stage(CHANGES_GEOJSON, |writer| report.write_geojson(writer))?;
        }
        if !answer.drawn.is_empty() {
            self.stage_page(&report, answer, edits, &mut directory)?;
        }
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        #[cfg(feature = "workbook")]
        self.stage_workbook(&findings, None, Vec::new(), &record, &mut directory)?;
        let options = self.study.outputs.options;
        finish(&report.summary(&findings, options), record, directory)
    }

    /// The page, on which the city as it is and each scenario are drawn.
    pub(in crate::study) fn stage_page(
        &self,
        scenarios: &ScenarioReport<'_>,
        answer: &ScenariosAnswer,
        edits: &[Source],
        directory: &mut OutputDirectory,
    ) -> Result<(), StudyError> {
        let mut files = self.page_files().map_err(page_failed)?;
        for file in edits {
            files.push(InputFile::new("edits", file)?);
        }
        let no_gaps = self.no_gaps();
        let base = self.report();
        let drawn = answer.drawn.iter();
        let reports = drawn.clone().map(|drawn| self.report_of(drawn, &base));
        let reports: Vec<Report<'_>> = reports.collect();
        let pages = drawn.map(|drawn| Page {
            isochrones: &drawn.isochrones,
            ..self.page(&no_gaps, &files)
        });
        let pages: Vec<Page<'_>> = pages.collect();
        let scenes = reports.iter().zip(&pages);
        let scenes: Vec<ScenePage<'_>> = scenes
            .map(|(report, page)| ScenePage { report, page })
            .collect();
        directory.stage(PAGE, |writer| scenarios.write_page(&scenes, writer))?;
        Ok(())
    }

    /// A scenario as the exporters see it, or the city as it is.
    fn report_of<'a>(&'a self, drawn: &'a Drawn, base: &Report<'a>) -> Report<'a> {
        let Some(other) = &drawn.other else {
            return *base;
        };
        let city = CityRecords {
            stations: &other.stations,
            residents: other.residents.as_deref().unwrap_or(&self.inputs.residents),
            areas: &self.inputs.areas,
        };
        let findings = &other.analysis.findings;
        Report {
            language: base.language,
            options: base.options,
            noun: base.noun,
            note: base.note,
            ..other.analysis.report(city, findings, Duration::ZERO)
        }
    }

    pub(in crate::study) fn scenario_report<'a>(
        &'a self,
        answer: &'a ScenariosAnswer,
    ) -> ScenarioReport<'a> {
        let inputs = &self.inputs;
        let one = |found: &'a ScenarioAnswer| OneScenario {
            name: &found.scenario.name,
            note: found.scenario.note.as_deref(),
            applied: &found.applied,
            outcome: &found.outcome,
            comparison: &found.comparison,
            by_area: ChangeSums::by_area(&self.analysis.areas, &answer.base, &found.outcome),
            by_group: by_group(&answer.groups, &answer.base, &found.outcome),
            in_full: Some(found.in_full),
        };
        let residents = inputs.residents.iter();
        let areas = inputs.areas.iter();
        ScenarioReport {
            base_name: ScenariosQuestion::BASE,
            base: &answer.base,
            ids: residents.clone().map(|one| one.id.as_str()).collect(),
            places: residents.map(Resident::valid_place).collect(),
            areas: areas.map(|area| [area.id.as_str(), &area.name]).collect(),
            groups: answer.groups.iter().map(|one| one.name.as_str()).collect(),
            scenarios: answer.scenarios.iter().map(one).collect(),
            service: answer.service.as_ref().map(|service| service.name.as_str()),
            hours: answer.hours.as_ref().map(|hours| HoursReport {
                at: hours.plan.at,
                base: &hours.base,
                scenarios: &hours.scenarios,
            }),
            plan: None,
        }
    }
}

fn by_group(groups: &[GroupOfPeople], before: &Outcome, after: &Outcome) -> Vec<ChangeSums> {
    groups.iter().map(|one| one.sums(before, after)).collect()
}

/// Stages the tables that scenarios and compared runs have both.
pub(super) fn stage_tables(
    report: &ScenarioReport<'_>,
    directory: &mut OutputDirectory,
) -> Result<(), ReportError> {
    directory.stage(SCENARIOS, |mut writer| report.write_scenarios(&mut writer))?;
    directory.stage(CHANGES, |mut writer| report.write_changes(&mut writer))?;
    if !report.areas.is_empty() {
        directory.stage(AREA_CHANGES, |mut writer| {
            report.write_area_changes(&mut writer)
        })?;
    }
    if !report.groups.is_empty() {
        directory.stage(GROUP_CHANGES, |mut writer| {
            report.write_group_changes(&mut writer)
        })?;
    }
    Ok(())
}

/// `summary.json` of two runs, with what they differ in.
pub(super) fn summary_of(
    report: &ScenarioReport<'_>,
    findings: &Findings,
    options: OptionNames,
    differences: Value,
) -> Value {
    let mut summary = report.summary(findings, options);
    summary["differences"] = differences;
    summary
}
