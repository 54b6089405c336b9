//! Standards as data: which facility must be how near, by which measure, and what was checked.
//!
//! A [`Standard`] is a TOML file of clauses. Those that ship with the library have names; a file of one's own has the same
//! form and is read by the same parser, which refuses a wrong field with its line.
//!
//! ```
//! use pedshed::inputs::Source;
//! use pedshed::planning::standards::{By, Measure, Standard};
//!
//! let text = r#"
//! id = "ours"
//! name = { en = "Our rule", zh = "本地规定" }
//! source = "the city's plan of 2026"
//!
//! [[facility]]
//! key = "clinic"
//! name = { en = "clinic", zh = "门诊部" }
//! words = ["诊所"]
//!
//! [[clause]]
//! number = "3.1"
//! facility = "clinic"
//! meaning = { en = "a clinic within 800 m", zh = "800 米内有门诊部" }
//! measure = "network"
//! metres = 800
//! minutes = 12
//! decides = "metres"
//! target = 0.85
//! source = "page 7"
//! checked = true
//! "#;
//! let standard = Standard::read(&Source::from_bytes("ours.toml", text.as_bytes()))?;
//! let clause = &standard.clauses[0];
//! assert_eq!((clause.measure, clause.decides), (Measure::Network, By::Metres));
//! assert!(clause.serves(None, &["诊所"]) && !clause.serves(None, &["school"]));
//!
//! let wrong = text.replace("minutes = 12", "minuts = 12");
//! let error = Standard::read(&Source::from_bytes("ours.toml", wrong.into_bytes())).unwrap_err();
//! assert!(error.to_string().starts_with("ours.toml: line 17: clause 3.1: minuts: "));
//! # Ok::<(), pedshed::planning::standards::StandardError>(())
//! ```

mod audit;
mod error;
mod fields;
mod matching;
mod parse;
mod target;

use std::path::Path;

pub use audit::{FloorArea, NoFloorArea, StationAudit};
pub use error::{Mistake, StandardError};
pub(crate) use matching::is_any;
pub use target::Target;

use crate::inputs::Source;
use crate::model::Tier;
use crate::text::language::{Language, Words};
use crate::units::Cutoff;

/// A set of clauses about how near facilities have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Standard {
    /// Its name in files and on the command line.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// Its edition or date.
    pub edition: Option<String>,
    /// Where its text was had from.
    pub source: Words,
    /// Whether it is a norm, and not mere practice.
    pub is_norm: bool,
    /// What one has to know about it as a whole.
    pub note: Option<Words>,
    /// The tiers that its clauses tell apart, in the order of the file.
    pub tiers: Vec<Term>,
    /// The facilities that its clauses name, in the order of the file.
    pub facilities: Vec<Term>,
    /// The services that a station is to offer, in the order of the file.
    pub services: Vec<Term>,
    /// What it holds stations themselves to, where it does.
    pub audit: Option<StationAudit>,
    /// Its clauses, in the order of the file; at least one.
    pub clauses: Vec<Clause>,
}

/// One clause: a facility, and how near it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Clause {
    /// Its number in the standard, or a short name where that is not known; no two clauses share it.
    pub number: String,
    /// The facility that has to be near; none stands for any station.
    pub facility: Option<Term>,
    /// The tier of which the station has to be; none stands for all.
    pub tier: Option<Term>,
    /// What it asks for.
    pub meaning: Words,
    /// Whether the distance is straight or walked.
    pub measure: Measure,
    /// The distance. A straight clause always has one.
    pub metres: Option<Cutoff>,
    /// The time of the walk. There is always one of the two.
    pub minutes: Option<Cutoff>,
    /// Which of the two decides; that one is there.
    pub decides: By,
    /// The share that has to be within, where one is set.
    pub target: Option<Target>,
    /// Where the numbers were had from.
    pub source: Words,
    /// Whether the numbers were read in a source, and are not only what is generally known.
    pub is_checked: bool,
}

/// A tier, facility or service: what it is called, and by which words of a table it is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Term {
    /// Its name in the file.
    pub key: String,
    /// What it is called.
    pub name: Words,
    /// Other words for it.
    pub words: Vec<String>,
    /// What one has to know about it.
    pub note: Option<Words>,
}

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

/// Name and text of a standard that ships with the library.
struct Shipped {
    id: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        [$(Shipped {
            id: $id,
            text: include_str!(concat!("../../../data/standards/", $id, ".toml")),
        }),*]
    };
}

const SHIPPED: [Shipped; 6] = shipped![
    "gb50180-2018",
    "td-t-1062-2021",
    "td-t-1063-2021",
    "shanghai-2016",
    "mofcom-quarter-hour",
    "party-centre-tiers",
];

impl Standard {
    /// The first of its tiers that a cell means in the standard's own words.
    #[must_use]
    pub fn tier_term(&self, cell: &str) -> Option<&Term> {
        self.tiers.iter().find(|term| term.matches(cell))
    }

    /// The names of the standards that ship with the library.
    pub const NAMES: [&'static str; SHIPPED.len()] = {
        let mut names = [""; SHIPPED.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = SHIPPED[index].id;
            index += 1;
        }
        names
    };

    /// A standard that ships with the library.
    ///
    /// ```
    /// use pedshed::planning::standards::Standard;
    /// let standard = Standard::named("gb50180-2018").expect("it ships");
    /// assert!(standard.clauses.iter().any(|clause| clause.number == "2.0.2-800"));
    /// assert_eq!(Standard::named("iso"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        // All of them parse: a test reads each.
        parse::standard(name, Self::text(name)?).ok()
    }

    /// The file of a standard that ships with the library, to copy and edit.
    #[must_use]
    pub fn text(name: &str) -> Option<&'static str> {
        let mut shipped = SHIPPED.iter();
        Some(shipped.find(|shipped| shipped.id == name)?.text)
    }

    /// Reads a standard from a TOML file. Without an `id` it is called as the file.
    ///
    /// # Errors
    /// [`StandardError::Input`] when it is no UTF-8 text; [`StandardError::Wrong`], with the line and the field, when
    /// something in it is wrong.
    pub fn read(source: &Source) -> Result<Self, StandardError> {
        parse::standard(source.path(), &source.utf_8()?)
    }

    /// A standard by its name, or from a `.toml` file.
    ///
    /// # Errors
    /// [`StandardError::Unknown`] when it is neither; else those of [`Standard::read`].
    pub fn open(name_or_path: impl AsRef<Path>) -> Result<Self, StandardError> {
        let path = name_or_path.as_ref();
        if let Some(standard) = path.to_str().and_then(Self::named) {
            return Ok(standard);
        }
        if path.extension().is_none() && !path.is_file() {
            return Err(StandardError::Unknown(path.display().to_string()));
        }
        Self::read(&Source::open(path)?)
    }

    /// How many of its clauses are unchecked.
    #[must_use]
    pub fn unchecked_count(&self) -> usize {
        let clauses = self.clauses.iter();
        clauses.filter(|clause| !clause.is_checked).count()
    }

    /// What has to be said wherever a clause is used that is not checked.
    #[must_use]
    pub fn caution(&self, clause: &Clause) -> Option<Words> {
        self.caution_where(!clause.is_checked)
    }

    /// What has to be said wherever its audit is used, where that is not checked.
    #[must_use]
    pub fn audit_caution(&self) -> Option<Words> {
        self.caution_where(self.audit.as_ref().is_some_and(|audit| !audit.is_checked))
    }

    fn caution_where(&self, is_unchecked: bool) -> Option<Words> {
        let words = if self.is_norm {
            Words::new(
                "unchecked: check the printed standard",
                "未核对：请查阅标准原文",
            )
        } else {
            Words::new(
                "unchecked: common practice, not a norm",
                "未核对：通行做法，并非规范",
            )
        };
        is_unchecked.then_some(words)
    }
}

impl Clause {
    /// Its number, where it tells a reader of this language something: a short name of ours is an English word.
    #[must_use]
    pub fn number_in(&self, language: Language) -> Option<&str> {
        let is_letter = |letter: char| letter.is_ascii_alphabetic();
        let mut words = self.number.split(|letter| !is_letter(letter));
        let is_number = words.all(|word| word.len() < 3);
        let is_told = language == Language::En || is_number;
        is_told.then_some(self.number.as_str())
    }

    /// What it is called in a list: its number, or what it asks for.
    #[must_use]
    pub fn short_title(&self, language: Language) -> &str {
        let number = self.number_in(language);
        number.unwrap_or_else(|| self.meaning.get(language))
    }

    /// The distance or time that decides.
    #[must_use]
    pub fn deciding(&self) -> Option<Cutoff> {
        self.limit(self.decides)
    }

    /// The limit in this unit.
    #[must_use]
    pub fn limit(&self, by: By) -> Option<Cutoff> {
        match by {
            By::Metres => self.metres,
            By::Minutes => self.minutes,
        }
    }

    /// Whether a station with this tier, and with these kinds and services, is one that the clause is about. Cells are
    /// compared without regard to case, width and spaces, in both languages, and may hold several words.
    ///
    /// A station without a tier is of every tier; a station without a kind is of no facility.
    ///
    /// ```
    /// use pedshed::planning::standards::Standard;
    /// let standard = Standard::named("party-centre-tiers").expect("it ships");
    /// let street = &standard.clauses[0];
    /// assert!(street.serves(Some("街镇级"), &[]) && street.serves(Some(" Ｓtreet"), &["clinic"]));
    /// assert!(!street.serves(Some("社区"), &[]));
    /// ```
    #[must_use]
    pub fn serves(&self, tier: Option<&str>, kinds: &[&str]) -> bool {
        tier.is_none_or(|cell| self.is_of_tier(cell))
            && (self.facility.is_none() || kinds.iter().any(|cell| self.is_of_kind(cell)))
    }

    /// Whether it is about stations of whose tier a cell says this: in the standard's words, or in any that [`Tier::read`]
    /// knows.
    #[must_use]
    pub fn is_of_tier(&self, cell: &str) -> bool {
        let is_it = |term: &Term| {
            let known = || Tier::read(cell).is_some_and(|tier| term.matches(tier.name()));
            matching::is_any(cell) || term.matches(cell) || known()
        };
        self.tier.as_ref().is_none_or(is_it)
    }

    /// Whether it is about stations of whose kind or services a cell says this.
    #[must_use]
    pub fn is_of_kind(&self, cell: &str) -> bool {
        let facility = self.facility.as_ref();
        facility.is_none_or(|term| term.matches(cell))
    }
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
