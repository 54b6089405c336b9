//! pedshed
#![allow(missing_docs)]
mod analysis;
pub mod control;
pub mod coverage;
pub mod crs;
mod error;
pub mod geometry;
pub mod id;
pub mod inputs;
pub mod model;
pub mod network;
pub mod parallel;
#[cfg(feature = "report")]
pub mod report;
pub mod search;
pub mod snap;
pub mod units;
pub use analysis::{Analysis, Options, analyse, network_findings, snap_findings};
pub use error::Error;
