//! Why a search has no answer.

use crate::control::Cancelled;
use crate::text::language::InLanguage;
use crate::units::OtherUnit;

/// Why a search has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The caller said so.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The cutoff counts another unit than the engine.
    #[error(transparent)]
    Unit(#[from] OtherUnit),
    /// The people are not those of the residents.
    #[error("people of {given} residents are given: there are {of}")]
    People {
        /// Of how many.
        given: usize,
        /// How many residents there are.
        of: usize,
    },
}

impl InLanguage for SearchError {
    fn zh(&self) -> String {
        match self {
            SearchError::Cancelled(error) => error.zh(),
            SearchError::Unit(error) => error.zh(),
            SearchError::People { given, of } => {
                format!("给出了 {given} 条居民记录的人数：共 {of} 条")
            }
        }
    }
}
