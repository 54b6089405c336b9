//! The entries of a study file as arguments of the command line: each key is a flag, whose own parser looks at the value.

use std::any::TypeId;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction};
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{DrawnCandidates, LayerKind, LayerSetting, toml_words};
use pedshed::language::{InLanguage, Words};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::exit::UsageError;
use crate::shipped::is_shipped;
use crate::terminal::words;
use crate::words::NotANumber;

/// One key of the file.
pub(crate) struct Entry {
    pub(crate) flag: String,
    pub(crate) line: usize,
    /// None for a switch that is off, and for the numbers of a walker.
    pub(crate) arguments: Vec<OsString>,
    /// The table of a question that it stands in, named as its verb; none for what is of the whole study.
    pub(crate) question: Option<&'static str>,
}

impl Entry {
    /// Its key, behind that of its table.
    pub(crate) fn key(&self) -> String {
        let key = key_of(&self.flag);
        match self.question {
            Some(question) => format!("{question}.{key}"),
            None => key,
        }
    }
}

/// The flag whose value may also be a table of numbers.
pub(crate) const PROFILE: &str = "profile";

/// The flag whose value is a file behind a name.
const DEMAND: &str = "demand";

/// The flag that prints a file to begin from, and is no part of a study.
const EXAMPLE: &str = "example";

/// The flag of the folder that is written.
pub(crate) const OUT: &str = "out";

/// What values are called that are texts for the command line, and may be numbers in a file.
const NUMBERS_TOO: [&str; 3] = ["MONEY", "PEOPLE", "SHARE|worst-first"];

/// The keys of layers.
const LAYERS: [&str; 11] = {
    let mut keys = [""; 11];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = LayerKind::ALL[at].key();
        at += 1;
    }
    keys
};

/// What a flag takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Switch,
    Number,
    Text,
}

/// The line on which a byte stands.
pub(crate) fn line_of(bytes: &[u8], byte: usize) -> usize {
    let before = &bytes[..byte.min(bytes.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

pub(crate) fn at_line(file: impl std::fmt::Display, line: usize, message: &Words) -> UsageError {
    let zh = message.zh();
    UsageError::new(words!(
        "{file}: line {line}: {message}",
        "{file}：第 {line} 行：{zh}"
    ))
}

/// The key of a flag.
pub(crate) fn key_of(flag: &str) -> String {
    flag.replace('-', "_")
}

/// Reads the entries of one file.
pub(crate) struct Reader<'a> {
    pub(crate) path: &'a Path,
    pub(crate) text: &'a str,
    /// The flags, none of them required.
    pub(crate) flags: &'a clap::Command,
    /// The questions that have tables of their own.
    pub(crate) questions: &'a [QuestionFlags],
}

/// A question that has a table of its own.
pub(crate) struct QuestionFlags {
    /// Its verb.
    pub(crate) verb: &'static str,
    /// Its flags, none of them required.
    pub(crate) flags: clap::Command,
}

impl Reader<'_> {
    fn wrong(&self, byte: usize, message: &Words) -> UsageError {
        let line = line_of(self.text.as_bytes(), byte);
        at_line(self.path.display(), line, message)
    }

    /// What can be read, and what cannot.
    pub(crate) fn table(&self) -> (DeTable<'_>, Vec<toml::de::Error>) {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        (table.into_inner(), errors)
    }

    /// The entries in the order of the file.
    pub(crate) fn entries(
        &self,
        (table, errors): (DeTable<'_>, Vec<toml::de::Error>),
    ) -> Result<Vec<Entry>, UsageError> {
        if let Some(error) = errors.first() {
            let byte = error.span().map_or(0, |span| span.start);
            return Err(self.wrong(byte, &toml_words(error.message())));
        }
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let mut entries = Vec::new();
        for (key, value) in pairs {
            let (name, byte) = (key.get_ref(), key.span().start);
            let mut questions = self.questions.iter();
            let question = questions.find(|question| name == question.verb);
            match (value.get_ref(), question) {
                (DeValue::Table(table), _) if LAYERS.contains(&name.as_ref()) => {
                    entries.extend(self.layer(name, table)?);
                }
                (DeValue::Table(table), Some(question)) => {
                    entries.extend(self.question(question, table)?);
                }
                _ => entries.push(self.entry(self.flag(name, byte)?, byte, value)?),
            }
        }
        Ok(entries)
    }

    /// The entries of a question: what it alone takes.
    fn question(
        &self,
        question: &QuestionFlags,
        table: &DeTable<'_>,
    ) -> Result<Vec<Entry>, UsageError> {
        let own = Reader {
            flags: &question.flags,
            ..*self
        };
        let verb = question.verb;
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let (key, byte): (&std::borrow::Cow<'_, str>, usize) =
                (key.get_ref(), key.span().start);
            let flag = own.flag(key, byte)?;
            let mut of_study = self.flags.get_arguments();
            // Its folder is its own: that of the study holds other files of the same names.
            if flag.get_long() != Some(OUT)
                && of_study.any(|known| known.get_long() == flag.get_long())
            {
                let message = words!(
                    "{key} is a key of the whole study: write it above [{verb}]",
                    "{key} 是整个研究的键：请写在 [{verb}] 之前"
                );
                return Err(self.wrong(byte, &message));
            }
            let entry = own.entry(flag, byte, value)?;
            Ok(Entry {
                question: Some(verb),
                ..entry
            })
        };
        pairs.into_iter().map(entry).collect()
    }

    /// The entries of a layer that is a table: where it comes from and how it is read.
    fn layer(&self, name: &str, table: &DeTable<'_>) -> Result<Vec<Entry>, UsageError> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let (key, byte): (&std::borrow::Cow<'_, str>, usize) =
                (key.get_ref(), key.span().start);
            let flag = match key.as_ref() {
                "file" => self.flag(name, byte)?,
                key if LayerSetting::ALL.iter().any(|known| known.key() == key) => {
                    self.flag(&format!("{name}_{key}"), byte)?
                }
                other => {
                    let message = words!(
                        "there is no key \"{other}\" of a layer; there are file, crs, encoding, sheet, columns",
                        "图层没有“{other}”这个键；可用 file、crs、encoding、sheet、columns"
                    );
                    return Err(self.wrong(byte, &message));
                }
            };
            self.entry(flag, byte, value)
        };
        pairs.into_iter().map(entry).collect()
    }

    /// The flag of a key.
    fn flag(&self, key: &str, byte: usize) -> Result<&Arg, UsageError> {
        let longs = || {
            let flags = self.flags.get_arguments();
            let flags = flags.filter(|flag| flag.get_long() != Some(EXAMPLE));
            flags.filter_map(|flag| Some((flag, key_of(flag.get_long()?))))
        };
        if let Some((flag, _)) = longs().find(|(_, known)| known == key) {
            return Ok(flag);
        }
        let nearest = longs().min_by_key(|(_, known)| edits(key, known));
        let nearest = nearest.map(|(_, known)| known).unwrap_or_default();
        let message = words!(
            "there is no key \"{key}\"; the nearest one is {nearest}",
            "没有“{key}”这个键；最接近的是 {nearest}"
        );
        Err(self.wrong(byte, &message))
    }

    fn entry(
        &self,
        flag: &Arg,
        byte: usize,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Entry, UsageError> {
        let long = flag.get_long().unwrap_or_default();
        let mut entry = Entry {
            flag: long.to_owned(),
            line: line_of(self.text.as_bytes(), byte),
            arguments: Vec::new(),
            question: None,
        };
        match value.get_ref() {
            DeValue::Table(_) if long == PROFILE => {}
            DeValue::Table(columns) if long.ends_with("-columns") => {
                let mut pairs: Vec<_> = columns.iter().collect();
                pairs.sort_by_key(|(key, _)| key.span().start);
                for (role, column) in pairs {
                    let DeValue::String(column) = column.get_ref() else {
                        let message =
                            words!("a column is a text in quotes", "列名应为加引号的文本");
                        return Err(self.wrong(column.span().start, &message));
                    };
                    let role = role.get_ref();
                    entry
                        .arguments
                        .push(format!("--{long}={role}={column}").into());
                }
            }
            DeValue::Boolean(on) if kind(flag) == Kind::Switch => {
                entry
                    .arguments
                    .extend(on.then(|| format!("--{long}").into()));
            }
            DeValue::Array(list) if matches!(flag.get_action(), ArgAction::Append) => {
                if list.is_empty() {
                    let key = key_of(long);
                    let message = words!(
                        "{key} is an empty list; leave it out",
                        "{key} 是空列表；请删去该行"
                    );
                    return Err(self.wrong(byte, &message));
                }
                for value in list {
                    entry.arguments.push(self.argument(flag, value)?);
                }
            }
            _ => entry.arguments.push(self.argument(flag, value)?),
        }
        Ok(entry)
    }

    /// A single value as an argument, which the flag's own parser has looked at.
    fn argument(&self, flag: &Arg, value: &Spanned<DeValue<'_>>) -> Result<OsString, UsageError> {
        let long = flag.get_long().unwrap_or_default();
        let text = match (kind(flag), value.get_ref()) {
            (Kind::Number, DeValue::Integer(number)) if number.radix() == 10 => {
                number.as_str().into()
            }
            (Kind::Number, DeValue::Float(number)) => number.as_str().into(),
            (Kind::Text, DeValue::String(text)) => self.beside(flag, text),
            (Kind::Text, DeValue::Integer(number))
                if number.radix() == 10 && may_be_number(flag) =>
            {
                number.as_str().into()
            }
            (Kind::Text, DeValue::Float(number)) if may_be_number(flag) => number.as_str().into(),
            (kind, other) => {
                let (wanted, wanted_zh) = match kind {
                    Kind::Switch => ("true or false", "true 或 false"),
                    Kind::Number => ("a number", "十进制数字"),
                    Kind::Text => ("a text in quotes", "加引号的文本"),
                };
                let (key, found) = (key_of(long), other.type_str());
                let found_zh = type_in_chinese(found);
                let message = words!(
                    "{key} takes {wanted}, and this is a TOML {found}",
                    "{key} 应为{wanted_zh}，而此处是{found_zh}"
                );
                return Err(self.wrong(value.span().start, &message));
            }
        };
        let mut argument = OsString::from(format!("--{long}="));
        argument.push(text);
        match self.flags.clone().try_get_matches_from([&argument]) {
            Ok(_) => Ok(argument),
            Err(error) => {
                let (key, raw) = (key_of(long), &self.text[value.span()]);
                let why = why(&error);
                let why_zh = why.zh();
                let message = words!("{key} = {raw}: {why}", "{key} = {raw}：{why_zh}");
                Err(self.wrong(value.span().start, &message))
            }
        }
    }

    /// A file's path is meant from the folder of the study file; names and selectors are left as they are.
    fn beside(&self, flag: &Arg, text: &str) -> OsString {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        if flag.get_long() == Some(DEMAND)
            && let Some((name, file)) = text.split_once('=')
            && !Selector::is_meant(file)
        {
            let mut named = OsString::from(format!("{name}="));
            named.push(folder.join(PathBuf::from(file)));
            return named;
        }
        let names = flag.get_value_names().unwrap_or_default();
        let names = names.iter().flat_map(|name| name.split('|'));
        let takes_files = names.into_iter().any(|name| FILES.contains(&name));
        let may_be_name = flag.get_value_names().is_some_and(|names| {
            names
                .iter()
                .any(|name| name.split('|').any(|name| name == "NAME"))
        });
        let is_name = Selector::is_meant(text)
            || is_shipped(text)
            || DrawnCandidates::is_meant(text)
            || (may_be_name && is_name(text));
        if !takes_files || is_name {
            return text.into();
        }
        folder.join(PathBuf::from(text)).into_os_string()
    }
}

fn may_be_number(flag: &Arg) -> bool {
    let names = flag.get_value_names().unwrap_or_default();
    names
        .iter()
        .any(|name| NUMBERS_TOO.contains(&name.as_str()))
}

/// The names of values that are files.
const FILES: [&str; 2] = ["FILE", "FOLDER"];

/// As the command line tells the name of a profile or standard from a file.
fn is_name(text: &str) -> bool {
    Path::new(text).extension().is_none()
}

fn kind(flag: &Arg) -> Kind {
    let type_id = flag.get_value_parser().type_id();
    if matches!(flag.get_action(), ArgAction::SetTrue) {
        Kind::Switch
    } else if [
        TypeId::of::<f64>(),
        TypeId::of::<usize>(),
        TypeId::of::<u16>(),
        TypeId::of::<u32>(),
    ]
    .iter()
    .any(|number| type_id == *number)
    {
        Kind::Number
    } else {
        Kind::Text
    }
}

/// What the flag's own parser says about a value.
fn why(error: &clap::Error) -> Words {
    use clap::error::{ContextKind, ContextValue};
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(choices)) if !choices.is_empty() => {
            let (en, zh) = (choices.join(", "), choices.join("、"));
            words!("use {en}", "可选：{zh}")
        }
        _ => {
            let source = std::error::Error::source(error);
            if let Some(why) = source.and_then(|source| source.downcast_ref::<NotANumber>()) {
                let zh = why.zh();
                return words!("{why}", "{zh}");
            }
            let why = source.map_or_else(|| error.kind().to_string(), ToString::to_string);
            words!("{why}", "取值无效（{why}）")
        }
    }
}

/// What TOML calls the type of a value.
fn type_in_chinese(name: &str) -> &'static str {
    match name {
        "string" => "文本",
        "integer" => "整数",
        "float" => "小数",
        "boolean" => "逻辑值",
        "datetime" => "日期",
        "array" => "列表",
        "table" => "表",
        _ => "其他类型",
    }
}

/// How many letters have to be put in, left out or replaced to make one word of the other (Levenshtein 1966).
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (done, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = done + 1;
        for (column, same) in other.iter().map(|wanted| *wanted == letter).enumerate() {
            let replaced = diagonal + usize::from(!same);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_as_levenshtein_does() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("max_snap", "max_snap"), 0);
    }
}
