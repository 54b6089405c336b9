//! A layer as it is asked for: where it comes from, and what is said of how it is read.

use std::path::Path;

use crate::inputs::osm::Selector;
use crate::inputs::{InputError, KeptColumn, LayerSettings, Source};
use crate::model::Attribute;

/// Where a layer comes from.
#[derive(Clone, Debug)]
pub enum LayerSource {
    /// A file of its own.
    File(Source),
    /// Objects of the network's OpenStreetMap file.
    Osm(Selector),
}

/// A layer as it is asked for. Every layer of a study is one; the network, which is a file in any case, is a
/// `LayerSpec<Source>`.
#[derive(Clone, Debug)]
pub struct LayerSpec<S = LayerSource> {
    /// Where it comes from.
    pub source: S,
    /// What is said of how it is read: each is used, or refused where the layer has no use for it.
    pub settings: LayerSettings,
    /// What is kept of every record as text, beside the columns that the settings name.
    pub kept: Vec<KeptColumn>,
}

impl<S> LayerSpec<S> {
    /// A layer in the system that its file says, or WGS84, with columns of the usual names.
    #[must_use]
    pub fn new(source: S) -> Self {
        Self {
            source,
            settings: LayerSettings::default(),
            kept: Vec::new(),
        }
    }

    /// Keeps these attributes beside the records, in the columns that are named for them where some are.
    pub fn keep(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            KeptColumn::Known(*attribute).keep_in(&mut self.kept);
        }
    }
}

impl LayerSpec {
    /// A layer of a file of its own.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::File(Source::open(path)?)))
    }

    /// A layer of objects of the network's OpenStreetMap file, which the text selects: `osm:amenity=pharmacy`.
    ///
    /// # Errors
    /// When the text is no selector.
    ///
    /// ```
    /// use pedshed::inputs::LayerSpec;
    /// assert!(LayerSpec::selected("osm:building").is_ok());
    /// assert!(LayerSpec::selected("osm:").is_err());
    /// ```
    pub fn selected(selector: &str) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::Osm(selector.parse()?)))
    }

    /// Its file; none where it is drawn from that of the network.
    pub(crate) fn file(&self) -> Option<&Source> {
        match &self.source {
            LayerSource::File(source) => Some(source),
            LayerSource::Osm(_) => None,
        }
    }

    /// What it comes from, in words.
    pub(super) fn name(&self) -> String {
        match &self.source {
            LayerSource::File(source) => source.path().to_owned(),
            LayerSource::Osm(selector) => selector.to_string(),
        }
    }
}
