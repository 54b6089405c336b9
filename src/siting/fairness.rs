//! A floor under what each community has.

use super::SitingError;
use crate::units::OptionError;

/// Which community each resident record belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Communities {
    names: Vec<String>,
    of: Vec<Option<u32>>,
}

impl Communities {
    /// Communities by name, and for each resident record the place of its own in this list; `None` for one that is of none.
    ///
    /// # Errors
    /// [`SitingError::NoCommunity`] where a record names one that there is not.
    pub fn new(names: Vec<String>, of: Vec<Option<u32>>) -> Result<Self, SitingError> {
        let mut all = of.iter().flatten();
        if let Some(&stray) = all.find(|&&one| one as usize >= names.len()) {
            return Err(SitingError::NoCommunity {
                community: stray as usize,
                of: names.len(),
            });
        }
        Ok(Self { names, of })
    }

    /// Their names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The community of a resident record.
    #[must_use]
    pub fn of(&self, resident: usize) -> Option<usize> {
        self.of.get(resident)?.map(|community| community as usize)
    }

    pub(super) fn resident_count(&self) -> usize {
        self.of.len()
    }
}

/// How communities that have little are seen to.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fairness {
    /// Every community has at least this share of its people covered, or as much as all candidates together cover of them.
    Floor(f64),
    /// The floor is as high as one can be, in steps of a thousandth; then the most people.
    WorstFirst,
}

impl Fairness {
    /// A floor.
    ///
    /// # Errors
    /// When it is no number from 0 to 1.
    pub fn floor(share: f64) -> Result<Self, OptionError> {
        OptionError::check("floor", share, &(0.0..=1.0))?;
        Ok(Self::Floor(share))
    }
}

/// The floor that a choice stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Floor {
    /// Every community has this share of its people covered, but for those for which all candidates together do less.
    pub share: f64,
    /// No choice within the limits has a higher one.
    pub bound: f64,
    /// How many communities there are for which all candidates together do less.
    pub capped: usize,
}
