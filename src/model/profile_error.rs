//! Numbers that no walker has.

use crate::text::words::sentences;

/// A number that no walker has.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub struct ProfileError {
    /// The number's name.
    pub field: &'static str,
    /// What was given.
    pub value: f64,
    /// The smallest value taken.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

sentences!(struct ProfileError { field, value, min, max });
