//! What the page shows beside the report.

use std::io;

use super::files::originals;
use super::types::StudyResult;
use crate::gaps::Gaps;
use crate::inputs::{Format, LayerKind};
use crate::model::MODEL_LABEL;
use crate::report::{Credit, InputFile, Page};

impl StudyResult<'_> {
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
