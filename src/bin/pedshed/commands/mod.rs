//! One file per verb.

pub(crate) mod catchments;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod coverage;
pub(crate) mod demo;
pub(crate) mod demo_programmes;
mod demo_yingze;
pub(crate) mod district;
pub(crate) mod explain;
pub(crate) mod gaps;
mod heights;
mod indoors;
pub(crate) mod isochrone;
pub(crate) mod lifts;
pub(crate) mod network_build;
pub(crate) mod network_info;
pub(crate) mod resilience;
pub(crate) mod run;
pub(crate) mod scenario;
pub(crate) mod sessions;
pub(crate) mod site;
pub(crate) mod standards;
