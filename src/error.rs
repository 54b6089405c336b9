//! The crate's error: one variant per room, each wrapping that room's own.

use crate::control::Cancelled;
use crate::coverage::TestsError;
use crate::crs::CrsError;
use crate::inputs::InputError;
use crate::model::ProfileError;
use crate::network::NetworkError;
use crate::parallel::ThreadsError;
use crate::units::CutoffError;

/// Anything that can keep an analysis from its answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be used.
    #[error("cannot read the inputs")]
    Input(#[source] Box<InputError>),
    /// A coordinate system cannot be used.
    #[error("cannot convert coordinates")]
    Crs(#[from] CrsError),
    /// The network cannot be built.
    #[error("cannot build the network")]
    Network(#[from] NetworkError),
    /// A cutoff is not one.
    #[error("cannot use the cutoff")]
    Cutoff(#[from] CutoffError),
    /// The cutoffs make no test.
    #[error("cannot test coverage")]
    Tests(#[from] TestsError),
    /// A profile is no walker's.
    #[error("cannot use the profile")]
    Profile(#[from] ProfileError),
    /// Threads cannot be started.
    #[error("cannot run in parallel")]
    Threads(#[from] ThreadsError),
    /// There is no such model district.
    #[cfg(feature = "district")]
    #[error("cannot make a model district")]
    District(#[from] crate::district::DistrictError),
    /// The caller cancelled the run.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A result cannot be written.
    #[cfg(feature = "report")]
    #[error("cannot write the results")]
    Report(#[from] crate::report::ReportError),
}

impl From<crate::inputs::InputsError> for Error {
    fn from(error: crate::inputs::InputsError) -> Self {
        match error {
            crate::inputs::InputsError::Input(error) => error.into(),
            crate::inputs::InputsError::Crs(error) => error.into(),
        }
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Error::Input(Box::new(error))
    }
}

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
