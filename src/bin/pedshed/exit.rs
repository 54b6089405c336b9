//! Exit codes, in one place.

use std::process::ExitCode;

/// How the program ends. Wrong usage ends with 2, which the argument parser does by itself and [`Exit::Usage`] for what
/// it cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The job is done.
    Done,
    /// The job failed.
    Failed,
    /// The arguments make no sense.
    Usage,
    /// The job is done, and fewer people are covered than were required.
    GateMissed,
    /// The user interrupted the job.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::GateMissed => 3,
            Exit::Interrupted => 130,
        })
    }
}

/// Arguments that the parser accepts and that make no sense together.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UsageError(pub(crate) String);
