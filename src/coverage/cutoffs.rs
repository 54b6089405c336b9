//! The cutoffs that are asked.

use crate::text::words::sentences;
use crate::units::{Cutoff, Unit};

/// The cutoffs that are asked, and which of them decides who is covered: the largest in minutes, or the largest in metres
/// where no minutes are given or metres are said to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "super::stored::StoredTests")
)]
pub struct Tests {
    minutes: Vec<Cutoff>,
    metres: Vec<Cutoff>,
    decided_by: Unit,
}

/// Cutoffs that make no test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TestsError {
    /// No cutoff at all.
    None,
    /// Metres are to decide and none are given.
    NoMetres,
}

sentences!(TestsError {
    None;
    NoMetres;
});

impl Tests {
    /// The tests of these cutoffs, in any order; each kept once, ascending. Minutes decide where there are any.
    ///
    /// # Errors
    /// [`TestsError::None`] without a cutoff.
    pub fn new(cutoffs: impl IntoIterator<Item = Cutoff>) -> Result<Self, TestsError> {
        let (mut minutes, mut metres): (Vec<_>, Vec<_>) = cutoffs
            .into_iter()
            .partition(|cutoff| cutoff.unit() == Unit::Milliseconds);
        for list in [&mut minutes, &mut metres] {
            list.sort_unstable_by_key(|cutoff: &Cutoff| cutoff.cost());
            list.dedup();
        }
        let decided_by = match (minutes.is_empty(), metres.is_empty()) {
            (true, true) => return Err(TestsError::None),
            (true, false) => Unit::Millimetres,
            (false, _) => Unit::Milliseconds,
        };
        Ok(Self {
            minutes,
            metres,
            decided_by,
        })
    }

    /// The same tests, decided by the largest metre cutoff.
    ///
    /// # Errors
    /// [`TestsError::NoMetres`] without one.
    pub fn decided_by_metres(mut self) -> Result<Self, TestsError> {
        if self.metres.is_empty() {
            return Err(TestsError::NoMetres);
        }
        self.decided_by = Unit::Millimetres;
        Ok(self)
    }

    /// The minute cutoffs, ascending.
    #[must_use]
    pub fn minutes(&self) -> &[Cutoff] {
        &self.minutes
    }

    /// The metre cutoffs, ascending.
    #[must_use]
    pub fn metres(&self) -> &[Cutoff] {
        &self.metres
    }

    /// All cutoffs in the order of every table: minutes, then metres, each ascending.
    pub fn cutoffs(&self) -> impl Iterator<Item = Cutoff> + '_ {
        self.minutes.iter().chain(&self.metres).copied()
    }

    /// The number of cutoffs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.minutes.len() + self.metres.len()
    }

    /// Never: there is always a cutoff.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cutoff that decides who is covered.
    #[must_use]
    pub fn deciding(&self) -> Cutoff {
        let list = match self.decided_by {
            Unit::Milliseconds => &self.minutes,
            Unit::Millimetres => &self.metres,
        };
        // Both constructors leave the deciding list with a cutoff.
        list[list.len() - 1]
    }
}
