//! Whether there is a station, and of how many there is one.

use crate::model::Tier;
use crate::text::language::{InLanguage, Language};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Proportion {
    /// Those that do.
    pub met: u64,
    /// All.
    pub all: u64,
}

impl Proportion {
    pub(super) fn new(met: impl IntoIterator<Item = bool>) -> Self {
        met.into_iter().fold(Self::default(), |sum, met| Self {
            met: sum.met + u64::from(met),
            all: sum.all + 1,
        })
    }

    /// As a share; 0 of none.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.all == 0 {
            0.0
        } else {
            self.met as f64 / self.all as f64
        }
    }
}

/// Whether a street or community has the station that it should have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Presence {
    /// It has one.
    Present,
    /// It has several of a tier of which one is enough.
    Duplicate,
    /// It has none for sure, and names that are nearly its own are to be looked at.
    ToReview,
    /// It has none.
    Missing,
}

impl Presence {
    /// In a word.
    #[must_use]
    pub(crate) const fn word(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Presence::Present => ("present", "已建"),
            Presence::Duplicate => ("several", "重复"),
            Presence::ToReview => ("to review", "待核对"),
            Presence::Missing => ("missing", "缺失"),
        };
        language.pick(en, zh)
    }
}

impl std::fmt::Display for Presence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word(Language::En))
    }
}

impl InLanguage for Presence {
    fn zh(&self) -> String {
        self.word(Language::Zh).to_owned()
    }
}

/// The stations of one tier that a street or community has, by position, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Has {
    /// Those that are matched for sure.
    pub stations: Vec<u32>,
    /// Those whose names are nearly its own.
    pub to_review: Vec<u32>,
}

impl Has {
    /// Whether that is enough, for a tier. Several grid stations are as it should be.
    #[must_use]
    pub fn presence(&self, tier: Tier) -> Presence {
        match (self.stations.len(), self.to_review.len()) {
            (0, 0) => Presence::Missing,
            (0, _) => Presence::ToReview,
            (1, _) => Presence::Present,
            _ if tier == Tier::Grid => Presence::Present,
            _ => Presence::Duplicate,
        }
    }
}
