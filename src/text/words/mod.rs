//! What is said, in one file for each language. A further language is a file like these, and its name in
//! [`Language`].
//!
//! Findings have a title, an effect and a cure each, in the order of their codes. Errors have a sentence for each variant,
//! in which its fields stand under their names. What a language lacks, and a field that a sentence leaves out, does not
//! compile.

mod en;
mod entries;
mod sentences;
mod zh;

use super::language::Language;

pub(crate) use en::sentence as english;
pub(crate) use entries::{FindingWords, LanguageWords};
pub(crate) use sentences::{In, Part, Said, plain_parts, sentence, sentences, shown_in_english};
pub(crate) use zh::sentence as chinese;

/// The words of a language.
pub(crate) const fn of(language: Language) -> &'static LanguageWords {
    match language {
        Language::En => &en::WORDS,
        Language::Zh => &zh::WORDS,
    }
}
