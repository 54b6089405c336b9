//! Why a model district cannot be made.

use std::ops::RangeInclusive;

use crate::text::language::{InLanguage, Language};
use crate::text::words::{sentence, shown_in_english};

/// Why there is no such district.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DistrictError {
    /// Too few or too many junctions.
    Junctions {
        /// What was asked for.
        junctions: u32,
        /// What can be made.
        possible: RangeInclusive<u32>,
    },
}

impl InLanguage for DistrictError {
    fn zh(&self) -> String {
        self.in_language(Language::Zh)
    }

    fn in_language(&self, language: Language) -> String {
        let DistrictError::Junctions {
            junctions,
            possible,
        } = self;
        sentence!(
            language,
            [DistrictError Junctions]
            junctions = junctions,
            least = possible.start(),
            most = possible.end(),
        )
    }
}

shown_in_english!(DistrictError);
