//! What is wrong with arguments, in a language of a catalogue.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use pedshed::language::InLanguage;

use super::catalogue::{Catalogue, fill};
use super::help::usage;
use super::numbers::NotANumber;

/// The message with what helps: what there is, what is near, and the usage.
pub(super) fn text(catalogue: &Catalogue, error: &clap::Error) -> String {
    let refusal = Refusal { catalogue, error };
    let errors = &catalogue.errors;
    let mut text = format!("{}{}\n", errors.error, refusal.message());
    for tip in refusal.tips() {
        let line = format!("\n  {}{tip}\n", errors.tip);
        text.push_str(&line);
    }
    if let Some(ContextValue::StyledStr(rendered)) = error.get(ContextKind::Usage) {
        let usage = format!("\n{}\n", usage(catalogue, &rendered.to_string()));
        text.push_str(&usage);
    }
    format!("{text}\n{}\n", errors.more)
}

struct Refusal<'a> {
    catalogue: &'a Catalogue,
    error: &'a clap::Error,
}

impl Refusal<'_> {
    /// What the parser says of this kind, as one text; lists are joined.
    fn context(&self, kind: ContextKind) -> Option<String> {
        let list = &self.catalogue.frame.list;
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(list)),
            ContextValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A sentence with what the parser says of these kinds in its places.
    fn say(&self, sentence: &str, kinds: &[ContextKind]) -> String {
        let values: Vec<String> = kinds
            .iter()
            .map(|kind| self.context(*kind).unwrap_or_default())
            .collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        fill(sentence, &values)
    }

    fn message(&self) -> String {
        use ContextKind::{
            ActualNumValues, ExpectedNumValues, InvalidArg, InvalidSubcommand, InvalidValue,
            MinValues,
        };
        let errors = &self.catalogue.errors;
        match self.error.kind() {
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::NoEquals => self.say(&errors.no_equals, &[InvalidArg]),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.value(),
            ErrorKind::InvalidSubcommand => self.say(&errors.invalid_verb, &[InvalidSubcommand]),
            ErrorKind::MissingRequiredArgument => self.say(&errors.missing, &[InvalidArg]),
            ErrorKind::MissingSubcommand => self.say(&errors.missing_verb, &[InvalidSubcommand]),
            ErrorKind::TooManyValues => self.say(&errors.too_many, &[InvalidArg, InvalidValue]),
            ErrorKind::TooFewValues => {
                self.say(&errors.too_few, &[InvalidArg, MinValues, ActualNumValues])
            }
            ErrorKind::WrongNumberOfValues => self.say(
                &errors.wrong_number,
                &[InvalidArg, ExpectedNumValues, ActualNumValues],
            ),
            ErrorKind::UnknownArgument => self.say(&errors.unknown, &[InvalidArg]),
            ErrorKind::InvalidUtf8 => errors.not_utf8.clone(),
            _ => errors.other.clone(),
        }
    }

    fn conflict(&self) -> String {
        let errors = &self.catalogue.errors;
        let invalid = self.context(ContextKind::InvalidArg);
        let invalid = invalid.or_else(|| self.context(ContextKind::InvalidSubcommand));
        let (invalid, prior) = (
            invalid.unwrap_or_default(),
            self.context(ContextKind::PriorArg),
        );
        match prior {
            Some(prior) if prior == invalid => fill(&errors.twice, &[&invalid]),
            prior => {
                let prior = prior.unwrap_or_else(|| errors.others.clone());
                fill(&errors.conflict, &[&invalid, &prior])
            }
        }
    }

    fn value(&self) -> String {
        use ContextKind::{InvalidArg, InvalidValue};
        let errors = &self.catalogue.errors;
        if self
            .context(InvalidValue)
            .is_none_or(|value| value.is_empty())
        {
            return self.say(&errors.no_value, &[InvalidArg]);
        }
        let message = self.say(&errors.invalid_value, &[InvalidArg, InvalidValue]);
        let source = self.error.source();
        match source.and_then(|source| source.downcast_ref::<NotANumber>()) {
            Some(why) => message + &fill(&errors.because, &[&why.zh()]),
            None => message,
        }
    }

    fn tips(&self) -> Vec<String> {
        let errors = &self.catalogue.errors;
        let mut tips: Vec<String> = [
            (&errors.possible, ContextKind::ValidValue),
            (&errors.verbs, ContextKind::ValidSubcommand),
            (&errors.near_verb, ContextKind::SuggestedSubcommand),
            (&errors.near_flag, ContextKind::SuggestedArg),
            (&errors.near_value, ContextKind::SuggestedValue),
        ]
        .into_iter()
        .filter_map(|(sentence, kind)| Some(fill(sentence, &[&self.context(kind)?])))
        .collect();
        if self.error.get(ContextKind::TrailingArg).is_some() {
            tips.push(self.say(&errors.as_value, &[ContextKind::InvalidArg]));
        }
        tips
    }
}
