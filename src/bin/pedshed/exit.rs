//! Exit codes, in one place.

use std::io;
use std::process::ExitCode;

use pedshed::language::{InLanguage, Words};

/// The code of a job that was interrupted.
pub(crate) const INTERRUPTED: i32 = 130;

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
            Exit::Interrupted => INTERRUPTED as u8,
        })
    }
}

/// A failure of the command itself, in every language.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub(crate) struct Failure {
    pub(crate) words: Words,
    #[source]
    pub(crate) reason: Option<io::Error>,
}

/// An argument that the parser accepts and that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub(crate) struct UsageError {
    /// The flag whose value it is, without dashes.
    pub(crate) flag: Option<String>,
    pub(crate) words: Words,
}

impl UsageError {
    /// Of no flag alone.
    pub(crate) fn new(words: Words) -> Self {
        Self { flag: None, words }
    }

    /// Of this flag, without dashes.
    pub(crate) fn with_flag(flag: impl Into<String>, words: Words) -> Self {
        Self {
            flag: Some(flag.into()),
            words,
        }
    }
}

/// Makes a mistake in a flag's value of what the library says about it.
pub(crate) fn usage<E: InLanguage>(flag: impl Into<String>) -> impl Fn(E) -> UsageError {
    let flag = flag.into();
    move |error| UsageError::with_flag(flag.clone(), Words::new(error.to_string(), error.zh()))
}
