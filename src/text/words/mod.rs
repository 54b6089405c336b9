//! What is said, in one file for each language. A further language is a file like these, and its name in
//! [`Language`](super::language::Language).
//!
//! Findings have a title, an effect and a cure each, in the order of their codes: one that a language lacks does not compile.

mod en;
mod zh;

use super::language::Language;

/// What a language's file holds.
pub(crate) struct LanguageWords {
    /// By severity, the worst first.
    pub(crate) severities: [&'static str; 3],
    /// In the order of the codes, which the room of findings sees to.
    pub(crate) findings: &'static [FindingWords],
}

/// What is said of one kind of finding.
pub(crate) struct FindingWords {
    /// The code's stable name.
    pub(crate) code: &'static str,
    /// What was found, in a few words that follow its count.
    pub(crate) title: &'static str,
    /// What it does to the answer.
    pub(crate) effect: &'static str,
    /// What to do about it.
    pub(crate) cure: &'static str,
}

macro_rules! findings {
    ($($code:literal: $title:literal; $effect:literal; $cure:literal;)*) => {
        &[$($crate::text::words::FindingWords {
            code: $code,
            title: $title,
            effect: $effect,
            cure: $cure,
        }),*]
    };
}
use findings;

/// The words of a language.
pub(crate) const fn of(language: Language) -> &'static LanguageWords {
    match language {
        Language::En => &en::WORDS,
        Language::Zh => &zh::WORDS,
    }
}
