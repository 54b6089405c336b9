//! What a result says of itself.

use std::sync::OnceLock;
use std::time::Duration;

use super::parts::Parts;
use super::types::{Study, StudyResult};
use crate::analysis::Analysis;
use crate::inputs::Inputs;
use crate::memory::Load;
use crate::model::{Findings, MODEL_LABEL};
use crate::report::Report;

impl<'s> StudyResult<'s> {
    pub(super) fn new(
        study: &'s Study,
        inputs: Inputs,
        analysis: Analysis,
        read: Duration,
    ) -> Self {
        Self {
            study,
            inputs,
            analysis,
            findings: Findings::default(),
            isochrones: Vec::new(),
            streets: Vec::new(),
            gaps: None,
            gap_walks: Vec::new(),
            provision: None,
            tier_grounds: Vec::new(),
            hours: None,
            wall_costs: None,
            answers: Vec::new(),
            read,
            files: OnceLock::new(),
        }
    }

    /// Whether the network is that of a model district: its file says so.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.inputs.origin.as_deref() == Some(MODEL_LABEL)
    }

    /// What a run of these parts of the study holds in memory.
    #[must_use]
    pub fn load(&self, parts: Parts) -> Load {
        self.study.load(&self.inputs, parts)
    }

    /// The result as the exporters see it, with what its readers must know first.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        let outputs = &self.study.outputs;
        let label = self.is_model().then_some(MODEL_LABEL);
        let city = self.inputs.city();
        Report {
            language: outputs.language,
            options: outputs.options,
            noun: outputs.station_noun.as_ref(),
            note: outputs.note.as_deref().or(label),
            provision: self.provision.as_ref(),
            cure_prices: &self.study.questions.cure_prices,
            wall_costs: self.wall_costs.as_ref(),
            hours: self.hours.as_ref(),
            ..self.analysis.report(city, &self.findings, self.read)
        }
    }
}
