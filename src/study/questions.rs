//! What is asked beside coverage, and what has to be read for it.

use std::fmt;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::gaps::GapOptions;
use crate::inputs::{Inputs, KeptColumn, LayerKind, Request, Source};
use crate::model::Attribute;
use crate::planning::cures::CurePrices;
use crate::planning::hours::HoursPlan;
use crate::planning::provision::Plan;

/// What is kept beside stations in every run: whatever is asked, a station that has closed must not serve without a word.
const DATES: [Attribute; 2] = [Attribute::Opened, Attribute::Closed];

/// What is asked beside coverage. Nothing is by default.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Questions {
    /// Tiers, groups, services, register, standards.
    pub plan: Plan,
    /// Opening hours: a time at which stations serve, the whole week.
    pub hours: HoursPlan,
    /// Whether each community's people are put into its homes.
    pub allocate: bool,
    /// How gaps are put together.
    pub gaps: GapOptions,
    /// What cures of gaps cost.
    pub cure_prices: CurePrices,
    /// The files of such prices, for the record of the run.
    pub cure_price_files: Vec<Source>,
    /// The files of standards of one's own, for the record of the run.
    pub standard_files: Vec<Source>,
    /// Questions that this crate does not know.
    pub own: Vec<Arc<dyn Question>>,
}

/// A question of one's own, asked once the study's other questions are answered.
pub trait Question: fmt::Debug + Send + Sync {
    /// Answers it with tables, each of which becomes a file of the written set.
    ///
    /// # Errors
    /// What keeps it from an answer; [`Error::Cancelled`] where the control says so.
    fn ask(&self, asked: QuestionContext<'_>) -> Result<Vec<AnswerTable>, Error>;
}

/// What a question of one's own is asked of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct QuestionContext<'a> {
    /// The city as it was read.
    pub inputs: &'a Inputs,
    /// Who walks how far.
    pub analysis: &'a Analysis,
    /// Progress, and whether to stop.
    pub control: Control<'a>,
}

/// A table that answers a question of one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerTable {
    /// The file's name, which ends with `.csv`.
    pub file_name: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// The cells, row by row, as many as the header has.
    pub rows: Vec<Vec<String>>,
}

/// What a plan looks at beside stations: all but their hours.
fn of_plan() -> Vec<Attribute> {
    let attributes = LayerKind::Stations.attributes().iter().copied();
    attributes
        .filter(|attribute| *attribute != Attribute::OpeningHours)
        .collect()
}

impl Questions {
    /// The columns of all groups, each once.
    pub(super) fn group_columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for column in self.plan.groups.iter().flat_map(|group| &group.columns) {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        columns
    }

    /// Whether nothing but coverage is asked of these layers, which leaves most of what stands beside their records unread.
    pub(super) fn is_coverage_alone(&self, layers: &Request) -> bool {
        self.plan.is_empty() && layers.communities.is_none()
    }

    /// Adds to layers the columns that the questions look at.
    pub(super) fn add_columns(&self, layers: &mut Request) {
        if let Some(layer) = &mut layers.calendar {
            layer.keep(LayerKind::Calendar.attributes());
        }
        let stations = layers.stations.iter_mut();
        for layer in stations.chain(&mut layers.every_station) {
            layer.keep(&DATES);
        }
        if !self.hours.is_empty() {
            for layer in &mut layers.stations {
                layer.keep(&[Attribute::OpeningHours]);
            }
        }
        if self.asks_service_hours() {
            let of_services = KeptColumn::OfServices(Attribute::OpeningHours);
            let stations = layers.stations.iter_mut();
            for layer in stations.chain(&mut layers.every_station) {
                layer.keep(&[Attribute::OpeningHours]);
                layer.kept.push(of_services.clone());
            }
        }
        if self.is_coverage_alone(layers) {
            return;
        }
        let stations = layers.stations.iter_mut();
        for layer in stations.chain(&mut layers.every_station) {
            layer.keep(&of_plan());
        }
        let groups = self.group_columns().into_iter().map(KeptColumn::Named);
        let groups: Vec<KeptColumn> = groups.collect();
        for layer in &mut layers.residents {
            layer.keep(LayerKind::Residents.attributes());
            // Where people are allocated, the groups' columns are those of the communities.
            if !self.allocate {
                layer.kept.extend(groups.iter().cloned());
            }
        }
        if let Some(layer) = &mut layers.communities {
            layer.keep(LayerKind::Communities.attributes());
            if self.allocate {
                layer.kept.extend(groups);
            }
        }
    }

    /// Whether the hours of services are asked about.
    pub(super) fn asks_service_hours(&self) -> bool {
        !self.hours.is_empty() && self.plan.services.is_some()
    }

    /// What is kept beside stations in every run.
    pub(super) const fn dates() -> &'static [Attribute] {
        &DATES
    }
}
