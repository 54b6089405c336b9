//! A whole study: what is read, what is asked of it and what is written, and the run of it all. The command is one front end of
//! it; an embedding program, a page or a server is another.

mod catchments;
mod error;
mod exporters;
mod files;
mod layers;
mod lifts;
mod outputs;
mod page;
mod parameters;
mod parts;
mod questions;
mod resilience;
mod result;
mod run;
mod scenario;
mod sessions;
mod siting;
mod stations;
mod types;
mod used;
#[cfg(feature = "workbook")]
mod workbook;
mod written;

pub use catchments::{
    CATCHMENT_RESIDENTS, CATCHMENTS_GEOJSON, CATCHMENTS_TABLE, CatchmentsAnswer, CatchmentsQuestion,
};
pub use error::{NoDates, NoHours, StudyError, Unused};
pub use exporters::{GAPS_GEOJSON, GAPS_TABLE, ISOCHRONES_GEOJSON, STREETS_GEOJSON};
pub use lifts::{LiftsAnswer, LiftsQuestion};
pub use parts::{GapsPart, Parts};
pub use questions::{AnswerTable, Question, QuestionContext, Questions};
pub use resilience::{
    CLOSURES_GEOJSON, DEPENDENCE_TABLE, PAIRS_TABLE, ResilienceAnswer, ResilienceQuestion,
    STATION_CLOSURES, STREET_CLOSURES,
};
pub use run::StudyInputs;
pub use scenario::{
    FinishedRun, OfferedService, RunsCompared, ScenarioHours, ScenariosAnswer, ScenariosQuestion,
};
pub use sessions::{NextAnswer, NextSessions, SessionsAnswer, SessionsQuestion, read_lecturers};
pub use siting::{
    GroupWeight, Mode, ModeText, SITE_COMMUNITIES, SITE_CURVE, SITES_GEOJSON, SITES_TABLE,
    SitingAnswer, SitingQuestion, TierCircle, TierRow, WalksCity, read_year_budget,
};
pub use types::{Exporter, OutputFormat, Outputs, Study, StudyResult};
