//! The written set: every file whole, or none.

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use super::error::StudyError;
use super::exporters::exporter_of;
use super::files::originals;
#[cfg(feature = "workbook")]
use super::types::OutputFormat;
use super::types::{Exporter, Outputs, StudyResult};
#[cfg(feature = "workbook")]
use super::workbook::WORKBOOK;
use crate::control::Control;
use crate::inputs::InputError;
use crate::report::{OutputDirectory, ReportError, RunRecord, readings_json};
use crate::text::language::Language;

/// The numbers in short.
pub(super) const SUMMARY: &str = "summary.json";
/// The record of the run.
pub(super) const RECORD: &str = "run.json";

impl Outputs {
    /// Opens the output folder and makes sure that every file of the set can be written there. To be done before the inputs are
    /// read, which may take minutes: where the answer cannot be written, nobody need wait for it.
    ///
    /// # Errors
    /// [`ReportError`] where it cannot.
    pub fn open(&self, folder: &Path) -> Result<OutputDirectory, ReportError> {
        let exporters = self.all_exporters();
        let names = exporters.iter().map(|exporter| exporter.file_name());
        let names: Vec<&str> = names.chain([SUMMARY, RECORD]).collect();
        self.open_for(folder, &names)
    }

    /// The same for files of these names, and for the layers that are wanted.
    ///
    /// # Errors
    /// As [`Outputs::open`].
    pub fn open_for(&self, folder: &Path, names: &[&str]) -> Result<OutputDirectory, ReportError> {
        let directory = OutputDirectory::open(folder)?;
        let layers = self.layer_files();
        let layers = layers.iter().map(String::as_str);
        let names: Vec<&str> = names.iter().copied().chain(layers).collect();
        directory.claim(&names)?;
        #[cfg(feature = "workbook")]
        if self.has(OutputFormat::Xlsx) {
            directory.claim(&[WORKBOOK])?;
        }
        // Office programs in Chinese read tables as they are.
        let is_marked = self.language == Language::Zh;
        Ok(directory.with_marked_tables(is_marked))
    }
}

impl StudyResult<'_> {
    /// Writes every file that the study's outputs ask for, with `summary.json` and `run.json`, and gives their names in the order
    /// of writing. The folder is that of [`Outputs::open`].
    ///
    /// # Errors
    /// [`StudyError::Failed`] when a file cannot be written, when an input file cannot be read again for its fingerprint, and when
    /// the control says so. Nothing of the set is left behind then.
    pub fn write(
        &self,
        mut directory: OutputDirectory,
        control: Control<'_>,
    ) -> Result<Vec<String>, StudyError> {
        let mut clock = control.stopwatch();
        let mut record = self.record()?;
        let answers = self.answers.iter().map(|table| table as &dyn Exporter);
        for exporter in self
            .study
            .outputs
            .all_exporters()
            .into_iter()
            .chain(answers)
        {
            control.check()?;
            if exporter.is_there(self) {
                let name = exporter.file_name();
                directory.stage(name, |writer| exporter.write(self, writer))?;
            }
        }
        self.stage_layers(None, &mut directory, control)?;
        #[cfg(feature = "workbook")]
        {
            let no_gaps = self.no_gaps();
            let gaps = self.gaps.as_ref().unwrap_or(&no_gaps);
            self.stage_workbook(
                &self.findings,
                Some(gaps),
                Vec::new(),
                &record,
                &mut directory,
            )?;
        }
        let report = self.report();
        let took = clock.lap();
        directory.stage(SUMMARY, |writer| report.write_summary(writer, took))?;
        record.outputs = directory.staged();
        directory.stage(RECORD, |writer| record.write(writer))?;
        control.check()?;
        Ok(commit(directory)?)
    }

    /// Writes these files, each of which this crate knows, whether the outputs ask for them or not; and the layers that the outputs
    /// ask for.
    ///
    /// # Errors
    /// [`StudyError::NoSuchFile`] for a name that it does not know, [`StudyError::Failed`] when a file cannot be written. Nothing
    /// is left behind then.
    pub fn write_files(
        &self,
        mut directory: OutputDirectory,
        names: &[&str],
    ) -> Result<Vec<String>, StudyError> {
        for name in names {
            let Some(exporter) = exporter_of(name) else {
                return Err(StudyError::NoSuchFile((*name).to_owned()));
            };
            directory.stage(name, |writer| exporter.write(self, writer))?;
        }
        self.stage_layers(None, &mut directory, Control::default())?;
        Ok(commit(directory)?)
    }

    /// What `run.json` says, but for the files that are written.
    pub(super) fn record(&self) -> Result<RunRecord, InputError> {
        let mut inputs = self.input_files()?.to_vec();
        inputs.extend(originals(&self.inputs, "prepared_from"));
        Ok(RunRecord {
            command: self.study.outputs.command.clone(),
            parameters: self.study.parameters(),
            inputs,
            layers: readings_json(&self.inputs.readings),
            outputs: Vec::new(),
        })
    }
}

/// Writes the summary and the record beside what is staged, and gives all files their names.
pub(super) fn finish(
    summary: &Value,
    mut record: RunRecord,
    mut directory: OutputDirectory,
) -> Result<Vec<String>, StudyError> {
    directory.stage(SUMMARY, |mut writer| {
        serde_json::to_writer_pretty(&mut writer, summary)?;
        writer.write_all(b"\n")
    })?;
    record.outputs = directory.staged();
    directory.stage(RECORD, |writer| record.write(writer))?;
    Ok(commit(directory)?)
}

/// Gives the staged files their names, and says these.
pub(super) fn commit(directory: OutputDirectory) -> Result<Vec<String>, ReportError> {
    let written = directory.commit()?;
    let names = written.iter().filter_map(|path| path.file_name());
    Ok(names
        .map(|name| name.to_string_lossy().into_owned())
        .collect())
}
