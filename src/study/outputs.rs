//! What a study writes, and the parts of the work that it takes.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Exporter;
use crate::language::Language;
use crate::report::StationNoun;

/// A kind of output file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputFormat {
    /// The tables. They, `summary.json` and `run.json` are written in any case.
    Csv,
    /// `isochrones.geojson` and `gaps.geojson`.
    GeoJson,
    /// `report.html`.
    Html,
}

/// What is written, and how. By default everything but the table of all travel times, in English.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outputs {
    /// In which language.
    pub language: Language,
    /// Which kinds of files.
    pub formats: Vec<OutputFormat>,
    /// Whether also `travel_times.csv`: every pair within the largest minute cutoff.
    pub travel_times: bool,
    /// What the study is of, such as the city's name and date: the page's title.
    pub title: Option<String>,
    /// What its stations are called; stations where nothing is given.
    pub station_noun: Option<StationNoun>,
    /// What a reader must know first, such as that people are estimated. Of a model district its label stands there by itself.
    pub note: Option<String>,
    /// Files that this crate does not know, written after its own.
    pub exporters: Vec<Arc<dyn Exporter>>,
    /// What was called, for `run.json`.
    pub command: String,
    /// Parameters that `run.json` has beside those of the study.
    pub parameters: Map<String, Value>,
}

impl Default for Outputs {
    fn default() -> Self {
        Self {
            language: Language::default(),
            formats: vec![OutputFormat::Csv, OutputFormat::GeoJson, OutputFormat::Html],
            travel_times: false,
            title: None,
            station_noun: None,
            note: None,
            exporters: Vec::new(),
            command: "coverage".to_owned(),
            parameters: Map::new(),
        }
    }
}

impl Outputs {
    /// Whether files of this kind are written.
    #[must_use]
    pub fn has(&self, format: OutputFormat) -> bool {
        self.formats.contains(&format)
    }

    /// The parts of the work that these outputs show.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let is_drawn = self.has(OutputFormat::GeoJson) || self.has(OutputFormat::Html);
        Parts {
            isochrones: is_drawn,
            streets: false,
            wall_costs: true,
            provision: true,
            gaps: if is_drawn {
                GapsPart::Drawn
            } else {
                GapsPart::Listed
            },
            cures: self.has(OutputFormat::Html),
        }
    }
}

/// The parts of a run beside coverage itself. None by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the work that is wanted or not"
)]
pub struct Parts {
    /// The ground within each cutoff.
    pub isochrones: bool,
    /// The streets within each cutoff.
    pub streets: bool,
    /// What the walls cost, where there are any.
    pub wall_costs: bool,
    /// Where people are left out.
    pub gaps: GapsPart,
    /// What is asked beside coverage, where something is.
    pub provision: bool,
    /// What the page shows of the first gaps where something is asked beside coverage: a walk, and what a new station gains.
    pub cures: bool,
}

/// What is wanted of gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapsPart {
    /// Nothing.
    #[default]
    None,
    /// Rows of a table.
    Listed,
    /// These, and the ground that they cover.
    Drawn,
}
