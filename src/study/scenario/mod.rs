//! Scenarios of a study, two finished runs side by side, and the files of both.

mod answer;
mod compare;
mod hours;
mod services;
mod written;

pub(super) use super::page::PAGE;
pub use answer::{OfferedService, ScenariosAnswer, ScenariosQuestion};
pub use compare::{FinishedRun, RunsCompared};
pub use hours::ScenarioHours;
pub(super) use written::{AREA_CHANGES, CHANGES, CHANGES_GEOJSON, EDITS};
