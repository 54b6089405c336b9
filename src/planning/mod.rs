//! The questions of planners, each a file or a folder: what is asked, how it is counted, what comes of it.

#[cfg(feature = "report")]
pub(crate) mod answer;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) mod capacities;
#[cfg(feature = "isochrone")]
pub mod cures;
pub mod equity;
#[cfg(feature = "hours")]
pub mod hours;
#[cfg(feature = "config")]
pub mod indicators;
pub mod lifts;
pub mod membership;
pub mod provision;
pub mod register;
#[cfg(all(
    feature = "osm",
    feature = "geojson",
    feature = "csv",
    feature = "config"
))]
pub(crate) mod service_circle;
pub mod services;
pub mod sessions;
#[cfg(feature = "report")]
pub(crate) mod shares;
#[cfg(feature = "config")]
pub mod standards;
pub mod supply;
