//! The files of a study with their fingerprints.

use std::iter::once;

use super::types::{Study, StudyResult};
use crate::inputs::{InputError, Inputs, LayerKind, Source};
use crate::report::InputFile;

impl Study {
    /// The input files with their fingerprints: the study file, standards, the network, then the layers.
    ///
    /// # Errors
    /// When one that has not been read yet cannot be read.
    pub fn input_files(&self) -> Result<Vec<InputFile>, InputError> {
        let mut files = Vec::new();
        let mut add = |layer: &str, source: &Source| -> Result<(), InputError> {
            for file in once(source).chain(source.companions()) {
                files.push(InputFile::new(layer, file)?);
            }
            Ok(())
        };
        if let Some(file) = &self.file {
            add("study", file)?;
        }
        for file in &self.questions.standard_files {
            add("standard", file)?;
        }
        for file in &self.questions.cure_price_files {
            add("cure_prices", file)?;
        }
        add(LayerKind::Network.key(), &self.layers.network.source)?;
        for source in &self.layers.elevation {
            add("elevation", source)?;
        }
        for kind in LayerKind::ALL {
            for layer in self.layers.of_kind(kind) {
                if let Some(source) = layer.file() {
                    add(kind.key(), source)?;
                }
            }
        }
        Ok(files)
    }
}

impl StudyResult<'_> {
    /// The study's input files. Their fingerprints are taken once, which reads every byte of them.
    pub(super) fn input_files(&self) -> Result<&[InputFile], InputError> {
        if let Some(files) = self.files.get() {
            return Ok(files);
        }
        let files = self.study.input_files()?;
        Ok(self.files.get_or_init(|| files))
    }
}

/// The files that a prepared network was made of, as input files of this layer.
#[cfg(feature = "prepared")]
pub(super) fn originals(inputs: &Inputs, layer: &str) -> Vec<InputFile> {
    let files = inputs.provenance.iter().flat_map(|made| &made.files);
    let original = |file: &crate::inputs::PreparedFrom| InputFile {
        layer: layer.to_owned(),
        file: file.name.clone(),
        bytes: file.bytes as usize,
        sha256: file.sha256.clone(),
    };
    files.map(original).collect()
}

/// The files that a prepared network was made of: none, since none can be read.
#[cfg(not(feature = "prepared"))]
pub(super) fn originals(_: &Inputs, _: &str) -> Vec<InputFile> {
    Vec::new()
}
