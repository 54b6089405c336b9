//! What is written by default, and the parts of the work that it takes.

use serde_json::Map;

use super::parts::{GapsPart, Parts};
use super::types::{OutputFormat, Outputs};
use crate::text::OptionNames;
use crate::text::language::Language;

impl Default for Outputs {
    fn default() -> Self {
        Self {
            language: Language::default(),
            options: OptionNames::default(),
            formats: vec![OutputFormat::Csv, OutputFormat::GeoJson, OutputFormat::Html],
            out_crs: None,
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
        let is_drawn =
            self.has(OutputFormat::GeoJson) || self.has(OutputFormat::Html) || self.has_layers();
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
            gap_walks: self.has(OutputFormat::Html),
        }
    }
}
