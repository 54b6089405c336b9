//! Why a standard's file is refused: the file, the line, the field, what is wrong and what is allowed.

use crate::inputs::{InputError, toml_words};
use crate::text::language::{InLanguage, Language, Words};
use crate::text::words::{Part, Said, sentences};
use crate::units::CutoffError;

use super::{By, Standard};

/// Why there is no standard.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StandardError {
    /// No standard has this name.
    Unknown(String),
    /// The file cannot be read as text.
    Input(#[source] Box<InputError>),
    /// Something in the file is wrong.
    Wrong {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The field, after the clause or term that it stands in.
        place: Words,
        /// What is wrong with it, and what is allowed.
        mistake: Box<Mistake>,
    },
}

/// What is wrong with a field, and what is allowed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Mistake {
    /// The text breaks TOML's rules.
    Toml(String),
    /// There is no such field here.
    UnknownField(&'static [&'static str]),
    /// A field that has to be there is not.
    Missing,
    /// A value of another type.
    Type {
        /// What it takes.
        wanted: Words,
        /// TOML's name of what is there.
        found: &'static str,
    },
    /// A text or a list with nothing in it.
    Empty,
    /// A word that is none of those that can stand here.
    Choice {
        /// What is there.
        found: String,
        /// What can be.
        allowed: Vec<String>,
    },
    /// A tier or facility that the file does not declare.
    Undeclared {
        /// What is named.
        found: String,
        /// The kind of table that would declare it.
        table: &'static str,
    },
    /// The same as an earlier one of its kind.
    Duplicate {
        /// What stands twice.
        found: String,
        /// Where it stands first.
        line: usize,
    },
    /// Not a distance or time that can be walked.
    Limit(CutoffError),
    /// Not a share.
    Target(String),
    /// Not a floor area.
    FloorArea(String),
    /// Neither metres nor minutes.
    NoLimit,
    /// Metres and minutes, and nothing that says which decides.
    Undecided,
    /// What decides is not given.
    DecidesNothing(By),
    /// A straight line has no minutes.
    StraightMinutes,
}

impl From<InputError> for StandardError {
    fn from(error: InputError) -> Self {
        StandardError::Input(Box::new(error))
    }
}

sentences!(StandardError {
    Unknown(name) with names = Standard::NAMES[..];
    Input;
    Wrong { file, line, place, mistake };
});

sentences!(Mistake {
    Toml(message as said_by_parser);
    UnknownField(allowed);
    Missing;
    Type { wanted, found };
    Empty;
    Choice { found, allowed };
    Undeclared { found, table };
    Duplicate { found, line };
    Limit(error);
    Target(found);
    FloorArea(found);
    NoLimit;
    Undecided;
    DecidesNothing(word as |by: &By| by.name());
    StraightMinutes;
});

/// The parser's own words, which are English.
fn said_by_parser(message: &str) -> impl Part {
    Said(move |language| match language {
        Language::En => message.to_owned(),
        Language::Zh => toml_words(message).zh(),
    })
}
