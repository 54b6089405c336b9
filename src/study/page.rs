//! What the page shows beside the report.

use std::io;
use std::path::PathBuf;

use super::files::originals;
use super::types::{OutputFormat, StudyResult};
use crate::gaps::Gaps;
use crate::inputs::{Format, LayerKind};
use crate::model::{Findings, MODEL_LABEL};
use crate::report::{Credit, InputFile, OutputDirectory, OutputWriter, Page, Report, ReportError};

/// The page for people, of a set without `report.html`.
pub(super) const PAGE: &str = "index.html";

/// An input file that cannot be read again for its fingerprint.
pub(super) fn page_failed(reason: io::Error) -> ReportError {
    let path = PathBuf::from(PAGE);
    ReportError::Write { path, reason }
}

impl StudyResult<'_> {
    /// Stages `index.html` with the city on a map and what was found, where pages are wanted.
    pub(super) fn stage_index(
        &self,
        findings: &Findings,
        directory: &mut OutputDirectory,
        write: impl FnOnce(&Report<'_>, &Page<'_>, &mut OutputWriter<'_>) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        if !self.study.outputs.has(OutputFormat::Html) {
            return Ok(());
        }
        let files = self.page_files().map_err(page_failed)?;
        let no_gaps = self.no_gaps();
        let page = self.page(&no_gaps, &files);
        let report = Report {
            findings,
            ..self.report()
        };
        directory.stage(PAGE, |writer| write(&report, &page, writer))
    }

    /// What a page without gaps has in their place.
    pub(super) fn no_gaps(&self) -> Gaps {
        Gaps {
            deciding: self.analysis.options.tests.deciding(),
            list: Vec::new(),
        }
    }

    /// The files that the page names: those that were read first, whether the network was prepared since or not.
    pub(super) fn page_files(&self) -> io::Result<Vec<InputFile>> {
        let files = self.input_files().map_err(io::Error::other)?;
        let network = LayerKind::Network.key();
        let originals = originals(&self.inputs, network);
        let mut shown = Vec::new();
        for file in files {
            if file.layer == network && !originals.is_empty() {
                shown.extend_from_slice(&originals);
            } else {
                shown.push(file.clone());
            }
        }
        Ok(shown)
    }

    /// What the page shows beside the report.
    pub(super) fn page<'a>(&'a self, gaps: &'a Gaps, inputs: &'a [InputFile]) -> Page<'a> {
        let outputs = &self.study.outputs;
        Page {
            language: outputs.language,
            isochrones: &self.isochrones,
            gaps,
            walks: &self.gap_walks,
            water: &self.inputs.surroundings.water,
            title: outputs.title.as_deref(),
            credit: self.credit(),
            inputs,
        }
    }

    fn credit(&self) -> Credit<'static> {
        let is_osm = self.study.layers.network.source.format() == Some(Format::OsmPbf);
        if self.is_model() {
            Credit::Other(MODEL_LABEL)
        } else if is_osm || self.is_made_of_openstreetmap() {
            Credit::OpenStreetMap
        } else {
            Credit::None
        }
    }

    /// Whether the network is a prepared one that was made of OpenStreetMap data.
    #[cfg_attr(
        not(feature = "prepared"),
        expect(clippy::unused_self, reason = "no network is a prepared one")
    )]
    fn is_made_of_openstreetmap(&self) -> bool {
        #[cfg(feature = "prepared")]
        let made = self.inputs.provenance.as_ref();
        #[cfg(feature = "prepared")]
        return made.is_some_and(crate::inputs::Provenance::is_openstreetmap);
        #[cfg(not(feature = "prepared"))]
        false
    }
}
