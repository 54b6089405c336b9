//! What is no coordinate system of this build.

use crate::text::words::sentences;

/// Why a coordinate system cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// Not a system that PROJ knows.
    Unknown {
        /// What was given.
        text: String,
        /// What PROJ said.
        reason: String,
    },
    /// This build has no PROJ.
    NoProj {
        /// What was given.
        text: String,
    },
    /// No file for maps can say which system it is.
    NotWritten {
        /// What was given.
        text: String,
    },
}

sentences!(CrsError {
    Unknown { text, reason };
    NoProj { text };
    NotWritten { text };
});
