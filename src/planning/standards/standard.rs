//! A standard and its clauses.

use super::{By, Measure, StationAudit, Target, Term, is_any};
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

impl Standard {
    /// The first of its tiers that a cell means in the standard's own words.
    #[must_use]
    pub(crate) fn tier_term(&self, cell: &str) -> Option<&Term> {
        self.tiers.iter().find(|term| term.matches(cell))
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
    pub(crate) fn short_title(&self, language: Language) -> &str {
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
    pub(crate) fn is_of_tier(&self, cell: &str) -> bool {
        let is_it = |term: &Term| {
            let known = || Tier::read(cell).is_some_and(|tier| term.matches(tier.name()));
            is_any(cell) || term.matches(cell) || known()
        };
        self.tier.as_ref().is_none_or(is_it)
    }

    /// Whether it is about stations of whose kind or services a cell says this.
    #[must_use]
    pub(crate) fn is_of_kind(&self, cell: &str) -> bool {
        let facility = self.facility.as_ref();
        facility.is_none_or(|term| term.matches(cell))
    }
}
