//! What if: a city with stations, streets, gates or people that are others, beside the city as it is. Who gains, who loses, by
//! how much, and what each edit hit.

mod applied;
mod asked_service;
mod base;
mod comparison;
mod edit;
mod editor;
mod gates;
mod hours;
mod known_hours;
mod live;
mod near;
mod outcome;
mod parts;
mod people;
#[cfg(feature = "config")]
mod read;
#[cfg(test)]
mod scenario_tests;
mod services;
mod stations;
mod step_free;
mod street_edits;
mod streets;

pub use crate::error::{EditMistake, ScenarioError};
pub use applied::Applied;
pub use asked_service::AskedService;
pub use base::{AnalysedScenario, ScenarioAnswer, ScenarioBase};
pub use comparison::{Change, ChangeSums, Comparison, Counted, ResidentChange};
pub use edit::{Edit, GateChoice, Link, LinkKind, Measure, PeopleNumber, Scenario, StreetChoice};
#[cfg(feature = "report")]
pub(crate) use known_hours::{HoursChange, KnownHours};
pub use outcome::{MeanAndMedian, Outcome, ResidentOutcome};
pub use parts::GroupOfPeople;
#[cfg(feature = "config")]
pub use read::{read_measure, read_scenario};

use crate::text::language::Language;

/// The same edits as features of GeoJSON, in each language.
pub const DRAWN_EXAMPLES: [(Language, &str); 2] = [
    (Language::En, include_str!("example.geojson")),
    (Language::Zh, include_str!("example.zh.geojson")),
];

/// A file of edits that shows all of them, with comments, in each language.
pub const EXAMPLES: [(Language, &str); 2] = [
    (Language::En, include_str!("example.toml")),
    (Language::Zh, include_str!("example.zh.toml")),
];
