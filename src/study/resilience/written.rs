//! The written set of what may close.

use serde_json::{Map, Value, json};

use super::answer::{
    CLOSURES_GEOJSON, DEPENDENCE_TABLE, PAIRS_TABLE, ResilienceAnswer, ResilienceQuestion,
    STATION_CLOSURES, STREET_CLOSURES,
};
use crate::report::{OutputDirectory, findings_json, write_resilience};
use crate::study::page::PAGE;
use crate::study::types::OutputFormat;
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::study::{StudyError, StudyResult};

/// The version of the schema of `summary.json`.
const SCHEMA: u32 = 1;

impl ResilienceQuestion {
    /// Every parameter of the question by its name, defaults included.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let mut parameters = Map::new();
        parameters.insert("pairs_among".to_owned(), self.pairs_among.into());
        parameters
    }
}

impl ResilienceAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 8] = [
        STATION_CLOSURES,
        STREET_CLOSURES,
        PAIRS_TABLE,
        DEPENDENCE_TABLE,
        CLOSURES_GEOJSON,
        PAGE,
        SUMMARY,
        RECORD,
    ];
}

impl StudyResult<'_> {
    /// Writes the files of what may close, with `summary.json` and `run.json`, and gives their names in the order of writing.
    /// `street_closures.csv` is not there of trips there and back, `closures.geojson` and `index.html` where the outputs do not ask for them.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint. Nothing of
    /// the set is left behind then.
    pub fn write_resilience(
        &self,
        question: ResilienceQuestion,
        answer: &ResilienceAnswer,
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        let report = answer.report(&self.inputs.residents);
        directory.stage(STATION_CLOSURES, |mut writer| {
            report.write_stations(&mut writer)
        })?;
        if answer.streets.is_some() {
            directory.stage(STREET_CLOSURES, |mut writer| {
                report.write_streets(&mut writer)
            })?;
        }
        directory.stage(PAIRS_TABLE, |mut writer| report.write_pairs(&mut writer))?;
        directory.stage(DEPENDENCE_TABLE, |mut writer| {
            report.write_dependence(&mut writer)
        })?;
        if self.study.outputs.has(OutputFormat::GeoJson) {
            directory.stage(CLOSURES_GEOJSON, |writer| report.write_geojson(writer))?;
        }
        self.stage_index(&self.findings, &mut directory, |city, page, writer| {
            write_resilience(city, page, report, writer)
        })?;
        #[cfg(feature = "workbook")]
        self.stage_workbook(&self.findings, None, Vec::new(), &record, &mut directory)?;
        let summary = json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "resilience": report.json(),
            "findings": findings_json(&self.findings, self.study.outputs.options),
        });
        finish(&summary, record, directory)
    }
}
