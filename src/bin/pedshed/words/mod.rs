//! The command line in languages other than the parser's own English: help texts, usage errors, numbers that are none.
//!
//! What is said stands in one file for each language (`zh.toml`), under the names of verbs and flags; a flag or a verb
//! without a text there fails a test. Nothing of it changes what is parsed.

mod catalogue;
mod flags;
mod help;
mod numbers;
mod refused;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, ValueEnum};
use pedshed::language::Language;

use crate::args::LanguageArg;
use crate::terminal::{complain, say};
use catalogue::Catalogue;

pub(crate) use flags::{flagged, too_much};
pub(crate) use numbers::{NotANumber, in_plain_words};

/// The language that arguments ask for, before they are parsed: what is wrong with them is to be said in it.
pub(crate) fn asked_for(arguments: &[OsString]) -> Language {
    let mut texts = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(text) = texts.next() {
        let name = match text.split_once('=') {
            Some(("--lang", name)) => Some(name.to_owned()),
            None if text == "--lang" => texts.next().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        if let Some(name) = name {
            let known = LanguageArg::from_str(&name, false);
            return known.map(Language::from).unwrap_or_default();
        }
    }
    Language::default()
}

/// The same command, whose numbers are refused in plain words, and whose values are called as the language calls them.
pub(crate) fn spoken(command: Command, language: Language) -> Command {
    let command = in_plain_words(command);
    match Catalogue::of(language) {
        Some(catalogue) => catalogue.name_values(command),
        None => command,
    }
}

/// Prints what the parser gave in place of matches, help or a mistake, and says how the program ends.
pub(crate) fn parted(
    error: &clap::Error,
    command: &Command,
    arguments: &[OsString],
    language: Language,
) -> ExitCode {
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    match (Catalogue::of(language), error.kind()) {
        (None, _) | (_, ErrorKind::DisplayVersion) => {
            if let Err(reason) = error.print() {
                crate::terminal::note(reason);
            }
        }
        (Some(catalogue), ErrorKind::DisplayHelp) => {
            say!("{}", help::of(catalogue, command, arguments).trim_end());
        }
        (Some(catalogue), ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) => {
            complain!("{}", help::of(catalogue, command, arguments).trim_end());
        }
        (Some(catalogue), _) => {
            complain!("{}", refused::text(catalogue, error).trim_end());
        }
    }
    ExitCode::from(code)
}

/// As [`parted`], and ends the program: for arguments that are parsed amid other work, of which nothing is left behind.
pub(crate) fn leave(error: &clap::Error, command: &Command, language: Language) -> ! {
    parted(error, command, &[], language);
    std::process::exit(error.exit_code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are_parsed() {
        for (text, language) in [
            ("pedshed", Language::En),
            ("pedshed --lang zh --help", Language::Zh),
            ("pedshed coverage --lang=zh --no-such-flag", Language::Zh),
            ("pedshed coverage --lang", Language::En),
            ("pedshed coverage --lang de", Language::En),
            ("pedshed --language zh", Language::En),
        ] {
            assert_eq!(asked_for(&arguments(text)), language, "{text}");
        }
    }
}
