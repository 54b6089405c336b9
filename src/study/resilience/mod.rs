//! What breaks, as part of a study: what closing its stations and its streets costs, and the files that say it.

mod answer;
mod written;

pub use answer::{
    CLOSURES_GEOJSON, DEPENDENCE_TABLE, PAIRS_TABLE, ResilienceAnswer, ResilienceQuestion,
    STATION_CLOSURES, STREET_CLOSURES,
};
