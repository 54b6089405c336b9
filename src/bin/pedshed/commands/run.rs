//! `pedshed run`: a whole study from one file.

use std::sync::atomic::AtomicBool;

use pedshed::language::Language;

use super::coverage::cover;
use super::{catchments, check, explain, gaps, lifts, resilience, scenario, sessions, site};
use crate::args::{CheckArgs, CoverageArgs, ExplainArgs, LanguageArgs, RunFileArgs};
use crate::exit::Exit;
use crate::lifts_args::LiftsArgs;
use crate::resilience_args::{CatchmentsArgs, ResilienceArgs};
use crate::scenario_args::ScenarioArgs;
use crate::session::Session;
use crate::sessions_args::SessionsArgs;
use crate::site_args::SiteArgs;
use crate::study_file::{Call, Origin, StudyArgs, StudyFile};
use crate::terminal::{complain, say};

/// A study with every key, to begin from.
const EXAMPLE: &str = include_str!("../../../../examples/study.toml");
/// The same, explained in Chinese.
const EXAMPLE_ZH: &str = include_str!("../../../../examples/study.zh.toml");

/// Sets the language where the file says one.
pub(crate) fn run(
    args: &RunFileArgs,
    given: LanguageArgs,
    language: &mut Language,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    let Some(path) = &args.file else {
        let example = language.pick(EXAMPLE, EXAMPLE_ZH);
        say!("{}", example.trim_end());
        return Ok(Exit::Done);
    };
    let mut overrides = args.overrides.clone();
    if given.lang.is_some() {
        overrides.push(format!("--lang={language}").into());
    }
    let study: StudyFile<CoverageArgs> = StudyFile::read(path, &overrides, language)?;
    let session = Session {
        language: *language,
        cancel,
    };
    let StudyFile { args, origin } = study;
    tell_unused("run", &origin, session);
    cover(&args, "run", Some(&origin.source), session).map_err(|error| origin.located(error))
}

/// A verb other than `run` with a study file in the place of its flags.
pub(crate) fn call(
    call: &Call<'_>,
    language: &mut Language,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    match call.verb {
        CheckArgs::VERB => with_file(call, language, cancel, |args, on| check::run(&args, on)),
        ExplainArgs::VERB => with_file(call, language, cancel, |args, on| explain::run(&args, on)),
        SiteArgs::VERB => with_file(call, language, cancel, |args, on| site::run(&args, on)),
        ScenarioArgs::VERB => with_file(call, language, cancel, scenario::run),
        ResilienceArgs::VERB => with_file(call, language, cancel, |args, on| {
            resilience::run(&args, on)
        }),
        LiftsArgs::VERB => with_file(call, language, cancel, |args, on| lifts::run(&args, on)),
        SessionsArgs::VERB => {
            with_file(call, language, cancel, |args, on| sessions::run(&args, on))
        }
        CatchmentsArgs::VERB => with_file(call, language, cancel, |args, on| {
            catchments::run(&args, on)
        }),
        _ => with_file(call, language, cancel, |args, on| gaps::run(&args, on)),
    }
}

fn with_file<A: StudyArgs>(
    call: &Call<'_>,
    language: &mut Language,
    cancel: &AtomicBool,
    run: impl FnOnce(A, Session<'_>) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let StudyFile { args, origin } = StudyFile::<A>::read(&call.path, &call.given, language)?;
    let session = Session {
        language: *language,
        cancel,
    };
    tell_unused(A::VERB, &origin, session);
    run(args, session).map_err(|error| origin.located(error))
}

fn tell_unused(verb: &str, origin: &Origin, session: Session<'_>) {
    if !origin.unused.is_empty() {
        let keys = origin.unused.join(", ");
        match session.language {
            Language::En => complain!("not used by {verb}: {keys}"),
            Language::Zh => complain!("{verb} 不使用：{keys}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of an example in their order, those on lines that are not read too.
    fn keys(text: &str) -> Vec<&str> {
        let lines = text.lines().map(|line| line.trim_start_matches("# "));
        let pairs = lines.filter_map(|line| line.split_once(" = "));
        let keys = pairs.map(|(key, _)| key.trim());
        let is_key = |key: &&str| {
            key.bytes()
                .all(|letter| letter.is_ascii_lowercase() || letter == b'_')
        };
        keys.filter(is_key).collect()
    }

    #[test]
    fn the_example_has_the_same_keys_in_every_language() {
        assert!(keys(EXAMPLE).len() > 50);
        assert_eq!(keys(EXAMPLE), keys(EXAMPLE_ZH));
    }
}
