//! How a distance is measured, and in what a limit is given.

use crate::text::language::Language;

/// How a distance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Measure {
    /// As the crow flies: a service radius.
    Straight,
    /// Along the streets, with both access legs.
    Network,
}

/// What a limit is given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum By {
    /// Metres.
    Metres,
    /// Minutes of walking.
    Minutes,
}

impl Measure {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Measure::Straight => "straight",
            Measure::Network => "network",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match self {
            Measure::Straight => language.pick("straight", "直线"),
            Measure::Network => language.pick("network", "路网"),
        }
    }
}

impl By {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            By::Metres => "metres",
            By::Minutes => "minutes",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn word(self, language: Language) -> &'static str {
        match self {
            By::Metres => language.pick("metres", "米"),
            By::Minutes => language.pick("minutes", "分钟"),
        }
    }
}
