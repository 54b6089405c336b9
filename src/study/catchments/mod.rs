//! Catchments as part of a study, and their files.

mod answer;
mod capacities;
mod written;

pub use answer::{
    CATCHMENT_RESIDENTS, CATCHMENTS_GEOJSON, CATCHMENTS_TABLE, CatchmentsAnswer, CatchmentsQuestion,
};
