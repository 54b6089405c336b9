//! The questions of planners, each a file or a folder: what is asked, how it is counted, what comes of it.

pub mod equity;
#[cfg(feature = "config")]
pub mod indicators;
pub mod membership;
pub mod provision;
pub mod register;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
mod service_circle;
pub mod services;
#[cfg(feature = "config")]
pub mod standards;

#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub use service_circle::{CohortPlan, MembershipRule, Plan};
