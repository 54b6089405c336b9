//! pedshed
#![allow(missing_docs)]
pub mod control;
pub mod crs;
pub mod geometry;
pub mod id;
pub mod model;
pub mod network;
pub mod parallel;
pub mod units;
pub mod inputs {
    mod error;
    pub use error::InputError;
}
mod analysis;
pub mod coverage;
mod error;
#[cfg(feature = "report")]
pub mod report;
pub mod search;
pub mod snap;
pub use analysis::{Analysis, Options, analyse, network_findings, snap_findings};
pub use error::Error;
