//! The crate's error: one variant per room, each wrapping that room's own.

#[cfg(feature = "district")]
mod district;
mod plan;
#[cfg(feature = "report")]
mod report;
mod scenario;

#[cfg(feature = "district")]
pub use district::DistrictError;
pub use plan::PlanError;
#[cfg(feature = "report")]
pub use report::ReportError;
pub use scenario::{EditMistake, ScenarioError};

use crate::allocation::AllocationError;
use crate::control::Cancelled;
use crate::coverage::TestsError;
use crate::crs::CrsError;
use crate::inputs::{InputError, InputsError};
use crate::model::ProfileError;
use crate::network::NetworkError;
use crate::parallel::ThreadsError;
use crate::siting::SitingError;
use crate::text::words::sentences;
use crate::units::{CutoffError, OptionError};
use crate::walker::WalkerError;

/// Anything that can keep an analysis from its answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be used.
    Input(#[source] Box<InputError>),
    /// A coordinate system cannot be used.
    Crs(#[from] CrsError),
    /// The network cannot be built.
    Network(#[from] NetworkError),
    /// A cutoff is not one.
    Cutoff(#[from] CutoffError),
    /// A number among the options makes no sense.
    Option(#[from] OptionError),
    /// The cutoffs make no test.
    Tests(#[from] TestsError),
    /// A profile is no walker's.
    Profile(#[from] ProfileError),
    /// People cannot be allocated to homes.
    Allocation(#[from] AllocationError),
    /// What is asked beside coverage is not there.
    Plan(#[source] Box<PlanError>),
    /// Threads cannot be started.
    Threads(#[from] ThreadsError),
    /// There is no such model district.
    #[cfg(feature = "district")]
    District(#[from] DistrictError),
    /// A walker cannot be had, or a city put to a question.
    Walker(#[source] WalkerError),
    /// A siting problem cannot be asked, or has no answer.
    Siting(#[from] SitingError),
    /// A scenario cannot be run.
    Scenario(#[source] Box<ScenarioError>),
    /// The caller cancelled the run.
    Cancelled(Cancelled),
    /// A result cannot be written.
    #[cfg(feature = "report")]
    Report(#[from] ReportError),
}

// By hand: what it says is the whole sentence, so it is no source behind it.
impl From<Cancelled> for Error {
    fn from(error: Cancelled) -> Self {
        Error::Cancelled(error)
    }
}

impl From<InputsError> for Error {
    fn from(error: InputsError) -> Self {
        match error {
            InputsError::Input(error) => error.into(),
            InputsError::Crs(error) => error.into(),
            InputsError::Network(error) => error.into(),
            InputsError::Option(error) => error.into(),
            InputsError::Cancelled(error) => error.into(),
        }
    }
}

impl From<WalkerError> for Error {
    fn from(error: WalkerError) -> Self {
        match error {
            WalkerError::Network(error) => error.into(),
            WalkerError::Cancelled(error) => error.into(),
            error => Error::Walker(error),
        }
    }
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        Error::Plan(Box::new(error))
    }
}

impl From<ScenarioError> for Error {
    fn from(error: ScenarioError) -> Self {
        Error::Scenario(Box::new(error))
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Error::Input(Box::new(error))
    }
}

sentences!(Error {
    Input;
    Crs;
    Network;
    Cutoff;
    Option;
    Tests;
    Profile;
    Allocation;
    Plan;
    Threads;
    #[cfg(feature = "district")]
    District;
    Walker;
    Siting;
    Scenario;
    Cancelled(cancelled);
    #[cfg(feature = "report")]
    Report;
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_small_and_travels_between_threads() {
        fn travels<T: Send + Sync + 'static>() {}
        travels::<Error>();
        assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
    }
}
