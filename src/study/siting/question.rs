//! What is asked of a siting problem, in the words of people.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::siting::{Goal, Money};
use crate::text::language::InLanguage;
use crate::text::plain::letters;
use crate::units::Cutoff;

/// What is asked of a siting problem.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SitingQuestion {
    /// What is wanted.
    pub goal: Goal,
    /// Within which walk a site covers somebody; for p-median and p-center the longest walk that is looked at.
    pub cutoff: Cutoff,
    /// At most so many new sites.
    pub max_sites: Option<usize>,
    /// At most so much money.
    pub budget: Option<Money>,
    /// For a set cover: which share of all people is enough.
    pub share: Option<f64>,
    /// How many sites of which modes.
    pub modes: Vec<ModeText>,
    /// How long to look for a proof.
    pub time_limit: Option<Duration>,
}

impl SitingQuestion {
    /// A question without limits.
    #[must_use]
    pub fn new(goal: Goal, cutoff: Cutoff) -> Self {
        Self {
            goal,
            cutoff,
            max_sites: None,
            budget: None,
            share: None,
            modes: Vec::new(),
            time_limit: None,
        }
    }
}

/// How a site would be had. Cells that say one of the usual modes in English or Chinese are that mode; others are modes of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mode(String);

/// The usual modes, with what cells call them.
const USUAL: [(&str, &[&str]); 4] = [
    (
        "new",
        &["new", "newbuild", "build", "新建", "自建", "独立新建"],
    ),
    (
        "shared",
        &["shared", "share", "联建", "共建", "合建", "共享"],
    ),
    (
        "developer",
        &[
            "developer",
            "developerprovided",
            "配建",
            "代建",
            "开发商配建",
        ],
    ),
    (
        "leased",
        &["leased", "lease", "rent", "rented", "租赁", "租用", "租借"],
    ),
];

impl Mode {
    /// The mode that a cell says.
    #[must_use]
    pub fn read(cell: &str) -> Self {
        let plain = letters(cell);
        let usual = USUAL
            .iter()
            .find(|(_, names)| names.contains(&plain.as_str()));
        Self(usual.map_or_else(|| cell.trim().to_owned(), |(name, _)| (*name).to_owned()))
    }

    /// Its name: `new`, `shared`, `developer`, `leased`, or the cell's own words.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// A limit on sites of one mode: `shared>=2`, `leased<=1`, `new=3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeText {
    /// The mode.
    pub mode: Mode,
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

/// A text that is no limit on a mode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no limit on a mode; write shared>=2, leased<=1 or new=3")]
pub struct ParseModeError {
    text: String,
}

impl InLanguage for ParseModeError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!("“{text}”不是方式限制；请写作 shared>=2、leased<=1 或 new=3")
    }
}

impl FromStr for ModeText {
    type Err = ParseModeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseModeError {
            text: text.to_owned(),
        };
        let text = text.replace('≥', ">=").replace('≤', "<=");
        let at = text.find(['<', '>', '=']).ok_or_else(wrong)?;
        let (mode, rest) = text.split_at(at);
        let number = rest.trim_start_matches(['<', '>', '=']);
        let sign = &rest[..rest.len() - number.len()];
        let number: usize = number.trim().parse().map_err(|_| wrong())?;
        let (least, most) = match sign {
            ">=" => (number, usize::MAX),
            "<=" => (0, number),
            "=" | "==" => (number, number),
            _ => return Err(wrong()),
        };
        if mode.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self {
            mode: Mode::read(mode),
            least,
            most,
        })
    }
}

impl fmt::Display for ModeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = self.mode.name();
        match (self.least, self.most) {
            (least, usize::MAX) => write!(f, "{mode}>={least}"),
            (0, most) => write!(f, "{mode}<={most}"),
            (least, most) if least == most => write!(f, "{mode}={least}"),
            (least, most) => write!(f, "{least}<={mode}<={most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_on_modes_are_read_in_english_and_chinese() {
        let read = |text: &str| {
            text.parse::<ModeText>()
                .map(|limit| (limit.mode.0, limit.least, limit.most))
        };
        assert_eq!(read("shared>=2"), Ok(("shared".to_owned(), 2, usize::MAX)));
        assert_eq!(read("联建≥2"), Ok(("shared".to_owned(), 2, usize::MAX)));
        assert_eq!(read("Leased <= 1"), Ok(("leased".to_owned(), 0, 1)));
        assert_eq!(read("pop-up=3"), Ok(("pop-up".to_owned(), 3, 3)));
        for wrong in ["shared", ">=2", "shared>2", "shared>=two", "shared>=-1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
