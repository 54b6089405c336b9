//! What comes of a study.

use std::time::Duration;

use super::Study;
use super::questions::AnswerTable;
use crate::analysis::Analysis;
use crate::coverage::WallCosts;
use crate::gaps::{GapWalk, Gaps};
use crate::inputs::Inputs;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::model::{Findings, MODEL_LABEL};
use crate::provision::Provision;
use crate::report::Report;
use crate::units::People;

/// What came of a study.
#[derive(Debug)]
#[non_exhaustive]
pub struct StudyResult<'s> {
    /// The study.
    pub study: &'s Study,
    /// What was read. The stations are as they are on the day that was asked for.
    pub inputs: Inputs,
    /// Who is covered.
    pub analysis: Analysis,
    /// Everything that was found, about the inputs and by the analysis.
    pub findings: Findings,
    /// The ground within each cutoff; none where it was not wanted.
    pub isochrones: Vec<Isochrones>,
    /// The streets within each cutoff; none where they were not wanted.
    pub streets: Vec<ReachedStreets>,
    /// Where people are left out; `None` where that was not wanted.
    pub gaps: Option<Gaps>,
    /// One real walk from each of the first gaps, for the page.
    pub gap_walks: Vec<Option<GapWalk>>,
    /// Whom a new station in the middle of each of the first gaps would cover, for the page.
    pub new_stations: Vec<People>,
    /// What was asked beside coverage; `None` where nothing was.
    pub provision: Option<Provision>,
    /// What the walls cost; `None` where that was not wanted, or there are no walls.
    pub wall_costs: Option<WallCosts>,
    /// The answers to questions of one's own.
    pub answers: Vec<AnswerTable>,
    /// How long reading took, without the building of the network.
    pub read: Duration,
}

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
            new_stations: Vec::new(),
            provision: None,
            wall_costs: None,
            answers: Vec::new(),
            read,
        }
    }

    /// Whether the network is that of a model district: its file says so.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.inputs.origin.as_deref() == Some(MODEL_LABEL)
    }

    /// The result as the exporters see it, with what its readers must know first.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        let outputs = &self.study.outputs;
        let label = self.is_model().then_some(MODEL_LABEL);
        let city = self.inputs.city();
        Report {
            language: outputs.language,
            noun: outputs.station_noun.as_ref(),
            note: outputs.note.as_deref().or(label),
            provision: self.provision.as_ref(),
            wall_costs: self.wall_costs.as_ref(),
            ..self.analysis.report(city, &self.findings, self.read)
        }
    }
}
