//! A study file: the flags of `coverage` as TOML, named as they are in `snake_case`.
//!
//! What stands in it is turned into the same arguments that the command line gives, and one parser reads both: names,
//! types, choices and defaults of the keys are those of the flags.

use std::any::TypeId;
use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches, ValueEnum};
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{LayerKind, Source, toml_words};
use pedshed::language::{InLanguage, Language, Words};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::args::{CheckArgs, CoverageArgs, ExplainArgs, GapsArgs, LanguageArg, LanguageArgs};
use crate::exit::UsageError;
use crate::layer_options::Aspect;
use crate::shipped::is_shipped;
use crate::terminal::words;
use crate::words::{NotANumber, in_plain_words, leave, spoken};

/// Every parameter of a study, and which of them stand where in its file.
pub(crate) struct StudyFile<A> {
    pub(crate) args: A,
    /// The file itself, for the record of the run.
    pub(crate) source: Source,
    /// Flag and line of the entries that no argument overrides.
    lines: Vec<(String, usize)>,
    /// Keys of the file that only `pedshed run` has a use for.
    pub(crate) unused: Vec<String>,
}

/// Arguments of a verb that a study file may hold.
pub(crate) trait StudyArgs: Args + FromArgMatches {
    /// The verb.
    const VERB: &'static str;

    /// Takes a walker whose numbers stand in the file.
    fn set_own_profile(&mut self, profile: Option<Source>);
}

macro_rules! study_args {
    ($($args:ident $verb:literal)*) => {$(
        impl StudyArgs for $args {
            const VERB: &'static str = $verb;

            fn set_own_profile(&mut self, profile: Option<Source>) {
                self.walk.own_profile = profile;
            }
        }
    )*};
}

study_args! {
    CoverageArgs "run"
    CheckArgs "check"
    ExplainArgs "explain"
    GapsArgs "gaps"
}

/// The arguments of a verb with a study file among them.
pub(crate) struct Call<'a> {
    pub(crate) verb: &'a str,
    /// The study file.
    pub(crate) path: PathBuf,
    /// The other arguments, which go before what stands in it.
    pub(crate) given: Vec<OsString>,
}

impl<'a> Call<'a> {
    /// Finds a study file among the arguments of the program: the one of `check`, `explain` or `gaps` that belongs to no flag.
    pub(crate) fn from_arguments(arguments: &'a [OsString]) -> Option<Self> {
        let mut before = Vec::new();
        let mut rest = arguments.iter();
        let verb = loop {
            let argument = rest.next()?;
            match argument.to_str()? {
                "--lang" => before.extend([argument.clone(), rest.next()?.clone()]),
                text if text.starts_with('-') => before.push(argument.clone()),
                verb => break verb,
            }
        };
        let rest: Vec<OsString> = rest.cloned().collect();
        let flags = match verb {
            CheckArgs::VERB => lenient::<CheckArgs>(),
            ExplainArgs::VERB => lenient::<ExplainArgs>(),
            GapsArgs::VERB => lenient::<GapsArgs>(),
            _ => return None,
        };
        let flags = flags.arg(Arg::new(FILE).value_parser(clap::value_parser!(PathBuf)));
        let matches = flags.try_get_matches_from(&rest).ok()?;
        let path = matches.get_one::<PathBuf>(FILE)?.clone();
        let at = rest
            .iter()
            .position(|argument| argument.as_os_str() == path.as_os_str())?;
        let mut given = before;
        given.extend_from_slice(&rest[..at]);
        given.extend_from_slice(&rest[at + 1..]);
        Some(Self { verb, path, given })
    }
}

/// The place of the study file among arguments.
const FILE: &str = "study file";

/// The flags of a verb, none of them required.
fn lenient<A: StudyArgs>() -> clap::Command {
    let flags = LanguageArgs::augment_args(A::augment_args(command(A::VERB, Path::new(""))));
    in_plain_words(flags).mut_args(|flag| flag.required(false))
}

/// One key of the file.
struct Entry {
    flag: String,
    line: usize,
    /// None for a switch that is off, and for the numbers of a walker.
    arguments: Vec<OsString>,
}

/// The flag whose value may also be a table of numbers.
const PROFILE: &str = "profile";

/// The flag whose value is a file behind a name.
const DEMAND: &str = "demand";

/// The keys of layers.
const LAYERS: [&str; 10] = {
    let mut keys = [""; 10];
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

impl<A: StudyArgs> StudyFile<A> {
    /// Reads a study file. The arguments that are given besides go before what stands in it. The language is set as soon
    /// as it is known, for what there is to say about the file.
    ///
    /// # Errors
    /// When it cannot be read, is no TOML, or an entry is none; the line is named.
    pub(crate) fn read(
        path: &Path,
        given: &[OsString],
        language: &mut Language,
    ) -> anyhow::Result<Self> {
        let flags = LanguageArgs::augment_args(A::augment_args(command(A::VERB, path)));
        let flags = in_plain_words(flags);
        // One flag at a time is looked at here: nothing is required yet.
        let lenient = flags.clone().mut_args(|flag| flag.required(false));
        let of_run = self::lenient::<CoverageArgs>();
        let overriding = matches(&lenient, given, *language);
        let given_language = LanguageArgs::from_arg_matches(&overriding)?;
        *language = given_language.language();
        let source = Source::open(path)?;
        let mut bytes = Vec::new();
        source.reader()?.read_to_end(&mut bytes)?;
        let text = utf_8(path, &bytes)?;
        let reader = Reader {
            path,
            text,
            flags: &of_run,
        };
        let table = reader.table();
        if given_language.lang.is_none() {
            *language = language_of(&table.0);
        }
        let mut entries = reader.entries(table)?;
        let is_known = |entry: &Entry| {
            let mut own = lenient.get_arguments();
            own.any(|flag| flag.get_long() == Some(&entry.flag))
        };
        let unused = entries.iter().filter(|entry| !is_known(entry));
        let unused = unused.map(|entry| key_of(&entry.flag)).collect();
        entries.retain(|entry| is_known(entry));
        entries.retain(|entry| !is_overridden(&lenient, &overriding, &entry.flag));
        let is_there = |flag: &Arg| {
            let long = flag.get_long().unwrap_or_default();
            entries.iter().any(|entry| entry.flag == long) || is_given(&overriding, flag)
        };
        let mut required = flags.get_arguments().filter(|flag| flag.is_required_set());
        if let Some(missing) = required.find(|flag| !is_there(flag)) {
            let flag = missing.get_long().unwrap_or_default();
            let key = key_of(flag);
            let file = path.display();
            return Err(UsageError::new(words!(
                "{file}: there is no {key}; write {key} = … in it, or give --{flag}",
                "{file}：缺少 {key}；请在文件中写明 {key} = …，或给出 --{flag}"
            ))
            .into());
        }
        let arguments = entries.iter().flat_map(|entry| entry.arguments.clone());
        let arguments: Vec<OsString> = arguments.chain(given.iter().cloned()).collect();
        let matches = matches(&flags, &arguments, *language);
        let mut args = A::from_arg_matches(&matches)?;
        let is_own = |entry: &Entry| entry.flag == PROFILE && entry.arguments.is_empty();
        args.set_own_profile(entries.iter().any(is_own).then(|| source.clone()));
        let lines = entries.into_iter().map(|entry| (entry.flag, entry.line));
        let lines = lines.collect();
        Ok(Self {
            args,
            source,
            lines,
            unused,
        })
    }

    /// Names the line of an argument that makes no sense, where it stands in the file.
    pub(crate) fn located(&self, error: anyhow::Error) -> anyhow::Error {
        let Some(usage) = error.downcast_ref::<UsageError>() else {
            return error;
        };
        let is_its = |(flag, _): &&(String, usize)| Some(flag) == usage.flag.as_ref();
        match self.lines.iter().find(is_its) {
            Some((_, line)) => at_line(self.source.path(), *line, &usage.words).into(),
            None => error,
        }
    }
}

/// The language that a file asks for; one that is none is a mistake that is found later.
fn language_of(table: &DeTable<'_>) -> Language {
    let named = table.get("lang").and_then(|value| value.get_ref().as_str());
    let known = named.and_then(|name| LanguageArg::from_str(name, false).ok());
    known.map(Language::from).unwrap_or_default()
}

/// What arguments that are given beside a file say; ends the program where they say nothing that can be used.
fn matches(flags: &clap::Command, arguments: &[OsString], language: Language) -> ArgMatches {
    let spoken = spoken(flags.clone(), language);
    let matches = spoken.clone().try_get_matches_from(arguments);
    matches.unwrap_or_else(|error| leave(&error, &spoken, language))
}

fn command(verb: &str, path: &Path) -> clap::Command {
    clap::Command::new(format!("pedshed {verb}"))
        .bin_name(format!("pedshed {verb} {}", path.display()))
        .no_binary_name(true)
}

fn utf_8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, UsageError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        let message = words!(
            "the text is not UTF-8; save the file as UTF-8",
            "文本不是 UTF-8 编码；请将文件另存为 UTF-8"
        );
        at_line(path.display(), line, &message)
    })
}

/// The line on which a byte stands.
fn line_of(bytes: &[u8], byte: usize) -> usize {
    let before = &bytes[..byte.min(bytes.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

fn at_line(file: impl std::fmt::Display, line: usize, message: &Words) -> UsageError {
    let zh = message.zh();
    UsageError::new(words!(
        "{file}: line {line}: {message}",
        "{file}：第 {line} 行：{zh}"
    ))
}

fn key_of(flag: &str) -> String {
    flag.replace('-', "_")
}

fn is_given(matches: &ArgMatches, flag: &Arg) -> bool {
    matches.value_source(flag.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// Whether the same flag is given as an argument, or one that contradicts it.
fn is_overridden(flags: &clap::Command, given: &ArgMatches, long: &str) -> bool {
    let mut arguments = flags.get_arguments();
    let Some(flag) = arguments.find(|flag| flag.get_long() == Some(long)) else {
        return false;
    };
    is_given(given, flag)
        || flags
            .get_arguments()
            .any(|other| is_given(given, other) && contradict(flags, flag, other))
}

fn contradict(flags: &clap::Command, one: &Arg, other: &Arg) -> bool {
    let names = |one: &Arg, other: &Arg| {
        let conflicts = flags.get_arg_conflicts_with(one);
        conflicts.iter().any(|arg| arg.get_id() == other.get_id())
    };
    names(one, other) || names(other, one)
}

/// Reads the entries of one file.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    /// The flags, none of them required.
    flags: &'a clap::Command,
}

impl Reader<'_> {
    fn wrong(&self, byte: usize, message: &Words) -> UsageError {
        let line = line_of(self.text.as_bytes(), byte);
        at_line(self.path.display(), line, message)
    }

    /// What can be read, and what cannot.
    fn table(&self) -> (DeTable<'_>, Vec<toml::de::Error>) {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        (table.into_inner(), errors)
    }

    /// The entries in the order of the file.
    fn entries(
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
            match value.get_ref() {
                DeValue::Table(table) if LAYERS.contains(&name.as_ref()) => {
                    entries.extend(self.layer(name, table)?);
                }
                _ => entries.push(self.entry(self.flag(name, byte)?, byte, value)?),
            }
        }
        Ok(entries)
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
                aspect if Aspect::ALL.iter().any(|known| known.key() == aspect) => {
                    self.flag(&format!("{name}_{aspect}"), byte)?
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
        let is_name =
            Selector::is_meant(text) || is_shipped(text) || (may_be_name && is_name(text));
        if !takes_files || is_name {
            return text.into();
        }
        folder.join(PathBuf::from(text)).into_os_string()
    }
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
    } else if type_id == TypeId::of::<f64>() || type_id == TypeId::of::<usize>() {
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
