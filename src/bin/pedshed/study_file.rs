//! A study file: the flags of `coverage` as TOML, named as they are in `snake_case`.
//!
//! What stands in it is turned into the same arguments that the command line gives, and one parser reads both: names,
//! types, choices and defaults of the keys are those of the flags.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, FromArgMatches, Id, ValueEnum};
use pedshed::inputs::Source;
use pedshed::language::Language;
use pedshed::siting::Goal;
use toml::de::DeTable;

use crate::args::{CheckArgs, CoverageArgs, ExplainArgs, GapsArgs, LanguageArg, LanguageArgs};
use crate::exit::UsageError;
use crate::lifts_args::LiftsArgs;
use crate::resilience_args::{CatchmentsArgs, ResilienceArgs};
use crate::scenario_args::ScenarioArgs;
use crate::sessions_args::SessionsArgs;
use crate::site_args::SiteArgs;
use crate::study_entries::{Entry, OUT, PROFILE, QuestionFlags, Reader, at_line, key_of, line_of};
use crate::terminal::words;
use crate::words::{in_plain_words, leave, spoken};

/// Every parameter of a study, and where it stands.
pub(crate) struct StudyFile<A> {
    pub(crate) args: A,
    pub(crate) origin: Origin,
}

/// A study's file, and where what of it stands.
pub(crate) struct Origin {
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

    /// Whether a key of the whole study is left to the other questions, as what this one is asked has no use for it. `said` is what
    /// a flag of this verb is given.
    fn leaves(_flag: &str, _said: &dyn Fn(&str) -> Vec<String>) -> bool {
        false
    }

    /// Whether an entry is for this verb: those of a question are for its verb alone.
    fn takes(entry: &Entry) -> bool {
        let is_its = entry.question.is_none_or(|verb| verb == Self::VERB);
        is_its && !Self::has_its_own(entry)
    }

    /// Whether the verb has an entry of its own in place of one of the study: the folder that is written.
    fn has_its_own(entry: &Entry) -> bool {
        QUESTIONS.contains(&Self::VERB) && entry.flag == OUT && entry.question.is_none()
    }
}

/// The verbs that have a table of their own in a study file.
const QUESTIONS: [&str; 6] = [
    SiteArgs::VERB,
    ScenarioArgs::VERB,
    ResilienceArgs::VERB,
    CatchmentsArgs::VERB,
    SessionsArgs::VERB,
    LiftsArgs::VERB,
];

/// Their flags, none of them required.
fn questions() -> [QuestionFlags; 6] {
    let flags = [
        lenient::<SiteArgs>(),
        lenient::<ScenarioArgs>(),
        lenient::<ResilienceArgs>(),
        lenient::<CatchmentsArgs>(),
        lenient::<SessionsArgs>(),
        lenient::<LiftsArgs>(),
    ];
    let mut verbs = QUESTIONS.into_iter();
    flags.map(|flags| QuestionFlags {
        verb: verbs.next().unwrap_or_default(),
        flags,
    })
}

macro_rules! study_args {
    ($($args:ident $verb:literal $($walk:ident).+;)*) => {$(
        impl StudyArgs for $args {
            const VERB: &'static str = $verb;

            fn set_own_profile(&mut self, profile: Option<Source>) {
                self.$($walk).+.own_profile = profile;
            }
        }
    )*};
}

study_args! {
    CoverageArgs "run" walk;
    CheckArgs "check" walk;
    ExplainArgs "explain" walk;
    GapsArgs "gaps" walk;
    ScenarioArgs "scenario" walk;
    ResilienceArgs "resilience" city.walk;
    CatchmentsArgs "catchments" city.walk;
    SessionsArgs "sessions" walk;
    LiftsArgs "lifts" walk;
}

impl StudyArgs for SiteArgs {
    const VERB: &'static str = "site";

    fn set_own_profile(&mut self, profile: Option<Source>) {
        self.walk.own_profile = profile;
    }

    /// The cutoffs of the study, where the problem has none, or tiers have their own.
    fn leaves(flag: &str, said: &dyn Fn(&str) -> Vec<String>) -> bool {
        let goals = [Goal::PMedian, Goal::PCenter];
        let has_none = |problem: &String| goals.iter().any(|goal| goal.name() == problem);
        ["minutes", "metres"].contains(&flag)
            && (said("problem").iter().any(has_none) || !said("tier-circle").is_empty())
    }
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
    /// Finds a study file among the arguments of the program: the one of `check`, `explain`, `gaps` or a
    /// question that belongs to no flag.
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
            SiteArgs::VERB => lenient::<SiteArgs>(),
            ScenarioArgs::VERB => lenient::<ScenarioArgs>(),
            ResilienceArgs::VERB => lenient::<ResilienceArgs>(),
            CatchmentsArgs::VERB => lenient::<CatchmentsArgs>(),
            SessionsArgs::VERB => lenient::<SessionsArgs>(),
            LiftsArgs::VERB => lenient::<LiftsArgs>(),
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

fn has_flag(flags: &clap::Command, long: &str) -> bool {
    let mut flags = flags.get_arguments();
    flags.any(|flag| flag.get_long() == Some(long))
}

/// A flag that may be left out, and may be looked at by itself, whatever else is given.
fn not_required(flag: Arg) -> Arg {
    flag.required(false)
        .requires(Resettable::<Id>::Reset)
        .required_unless_present(Resettable::<Id>::Reset)
}

/// The place of the study file among arguments.
const FILE: &str = "study file";

/// The flags of a verb, none of them required.
fn lenient<A: StudyArgs>() -> clap::Command {
    let flags = LanguageArgs::augment_args(A::augment_args(command(A::VERB, Path::new(""))));
    in_plain_words(flags).mut_args(not_required)
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
        let lenient = flags.clone().mut_args(not_required);
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
            questions: &questions(),
        };
        let table = reader.table();
        if given_language.lang.is_none() {
            *language = language_of(&table.0);
        }
        let mut entries = reader.entries(table)?;
        let left = left_to_others::<A>(&entries, &lenient, &overriding);
        let is_known = |entry: &Entry| {
            A::takes(entry)
                && has_flag(&lenient, &entry.flag)
                && !(entry.question.is_none() && left.contains(&entry.flag))
        };
        let unused = entries.iter().filter(|entry| !is_known(entry));
        let unused = unused.filter(|entry| !A::has_its_own(entry));
        let unused = unused.map(Entry::key).collect();
        entries.retain(|entry| is_known(entry));
        entries.retain(|entry| !is_overridden(&lenient, &overriding, &entry.flag));
        check_required(path, &flags, |flag| {
            let long = flag.get_long().unwrap_or_default();
            entries.iter().any(|entry| entry.flag == long) || is_given(&overriding, flag)
        })?;
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
            origin: Origin {
                source,
                lines,
                unused,
            },
        })
    }
}

impl Origin {
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

/// The keys of the whole study that a question leaves to others.
fn left_to_others<A: StudyArgs>(
    entries: &[Entry],
    flags: &clap::Command,
    given: &ArgMatches,
) -> Vec<String> {
    let said = |flag: &str| said(entries, flags, given, flag);
    let of_study = entries.iter().filter(|entry| entry.question.is_none());
    let left = of_study.filter(|entry| A::leaves(&entry.flag, &said));
    left.map(|entry| entry.flag.clone()).collect()
}

/// What a flag is given: beside the file, or in it.
fn said(entries: &[Entry], flags: &clap::Command, given: &ArgMatches, long: &str) -> Vec<String> {
    let mut known = flags.get_arguments();
    let id = known.find(|flag| flag.get_long() == Some(long));
    let beside = id.and_then(|flag| given.get_raw(flag.get_id().as_str()));
    let beside = beside.into_iter().flatten().map(OsString::from);
    let in_file = entries.iter().filter(|entry| entry.flag == long);
    let in_file = in_file.flat_map(|entry| entry.arguments.clone());
    let all = beside.chain(in_file);
    all.map(|text| {
        let text = text.to_string_lossy().into_owned();
        let value = text.strip_prefix(&format!("--{long}="));
        value.map(str::to_owned).unwrap_or(text)
    })
    .collect()
}

/// Refuses a study without something that the verb cannot do without.
fn check_required(
    path: &Path,
    flags: &clap::Command,
    is_there: impl Fn(&Arg) -> bool,
) -> Result<(), UsageError> {
    let mut required = flags.get_arguments().filter(|flag| flag.is_required_set());
    let Some(missing) = required.find(|flag| !is_there(flag)) else {
        return Ok(());
    };
    let flag = missing.get_long().unwrap_or_default();
    let (key, file) = (key_of(flag), path.display());
    Err(UsageError::new(words!(
        "{file}: there is no {key}; write {key} = … in it, or give --{flag}",
        "{file}：缺少 {key}；请在文件中写明 {key} = …，或给出 --{flag}"
    )))
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
