//! The written set of catchments.

use serde_json::{Map, Value, json};

use super::answer::{
    CATCHMENT_RESIDENTS, CATCHMENTS_GEOJSON, CATCHMENTS_TABLE, CatchmentsAnswer, CatchmentsQuestion,
};
use crate::report::{OutputDirectory, findings_json, write_catchments};
use crate::study::page::PAGE;
use crate::study::types::OutputFormat;
use crate::study::written::{RECORD, SUMMARY, finish};
use crate::study::{StudyError, StudyResult};
use crate::units::People;

/// The version of the schema of `summary.json`.
const SCHEMA: u32 = 1;

impl CatchmentsQuestion {
    /// Every parameter of the question by its name, defaults included.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let mut parameters = Map::new();
        parameters.insert("cell_m".to_owned(), self.cell_m.into());
        parameters.insert("balanced".to_owned(), self.balanced.into());
        let capacity = self.capacity.map(People::as_f64);
        parameters.insert("capacity".to_owned(), capacity.into());
        parameters
    }
}

impl CatchmentsAnswer {
    /// The files of the set, those that are there only sometimes among them.
    pub const FILES: [&'static str; 6] = [
        CATCHMENTS_TABLE,
        CATCHMENT_RESIDENTS,
        CATCHMENTS_GEOJSON,
        PAGE,
        SUMMARY,
        RECORD,
    ];
}

impl StudyResult<'_> {
    /// Writes the files of catchments, with `summary.json` and `run.json`, and gives their names in the order of writing.
    /// `catchments.geojson` and `index.html` are not there where the outputs do not ask for them.
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, or an input file cannot be read again for its fingerprint. Nothing of
    /// the set is left behind then.
    pub fn write_catchments(
        &self,
        question: CatchmentsQuestion,
        answer: &CatchmentsAnswer,
        mut directory: OutputDirectory,
    ) -> Result<Vec<String>, StudyError> {
        let mut record = self.record()?;
        record.parameters.extend(question.parameters());
        let report = answer.report(&self.inputs.residents);
        directory.stage(CATCHMENTS_TABLE, |mut writer| {
            report.write_stations(&mut writer)
        })?;
        directory.stage(CATCHMENT_RESIDENTS, |mut writer| {
            report.write_residents(&mut writer)
        })?;
        if self.study.outputs.has(OutputFormat::GeoJson) {
            directory.stage(CATCHMENTS_GEOJSON, |writer| report.write_geojson(writer))?;
        }
        let mut findings = self.findings.clone();
        findings.extend(answer.findings.clone());
        self.stage_index(&findings, &mut directory, |city, page, writer| {
            write_catchments(city, page, report, writer)
        })?;
        #[cfg(feature = "workbook")]
        self.stage_workbook(&findings, None, Vec::new(), &record, &mut directory)?;
        let summary = json!({
            "schema": SCHEMA,
            "version": env!("CARGO_PKG_VERSION"),
            "catchments": report.json(),
            "findings": findings_json(&findings, self.study.outputs.options),
        });
        finish(&summary, record, directory)
    }
}
