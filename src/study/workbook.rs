//! `report.xlsx` of a written set: made last of all tables, from what stands in them.

use super::error::StudyError;
use super::types::{OutputFormat, StudyResult};
use crate::gaps::Gaps;
use crate::model::Findings;
use crate::report::{
    Headline, OutputDirectory, Report, RunRecord, TablePlace, WorkbookReport, WrittenTable,
};

/// The workbook.
pub(super) const WORKBOOK: &str = "report.xlsx";

impl StudyResult<'_> {
    /// Stages `report.xlsx` beside the tables that are staged, where workbooks are wanted. `gaps` are those of a set of coverage,
    /// whose sheets say more than its tables; `headlines` are the figures that answer the question of another verb.
    pub(super) fn stage_workbook(
        &self,
        findings: &Findings,
        gaps: Option<&Gaps>,
        headlines: Vec<Headline>,
        record: &RunRecord,
        directory: &mut OutputDirectory,
    ) -> Result<(), StudyError> {
        let outputs = &self.study.outputs;
        if !outputs.has(OutputFormat::Xlsx) {
            return Ok(());
        }
        let (mut tables, mut left_out) = (Vec::new(), Vec::new());
        for file in directory.staged().into_iter().map(|staged| staged.file) {
            if file
                .rsplit_once('.')
                .is_none_or(|(_, ending)| ending != "csv")
            {
                continue;
            }
            match TablePlace::of(&file) {
                TablePlace::Sheet => {
                    let text = directory.staged_text(&file)?;
                    tables.push(WrittenTable { file, text });
                }
                TablePlace::Fuller => {}
                TablePlace::LeftOut => left_out.push(file),
            }
        }
        let book = WorkbookReport {
            report: Report {
                findings,
                ..self.report()
            },
            title: outputs.title.as_deref(),
            gaps,
            headlines,
            station_attributes: &self.inputs.station_attributes,
            readings: &self.inputs.readings,
            findings,
            record,
            tables,
            left_out,
        };
        directory.stage(WORKBOOK, |writer| book.write(writer))?;
        Ok(())
    }
}
