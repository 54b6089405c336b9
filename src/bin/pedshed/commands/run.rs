//! `pedshed run`: a whole study from one file.

use std::sync::atomic::AtomicBool;

use pedshed::language::Language;

use super::coverage::cover;
use super::{check, explain, gaps};
use crate::Session;
use crate::args::{CheckArgs, CoverageArgs, ExplainArgs, LanguageArgs, RunFileArgs};
use crate::exit::Exit;
use crate::study_file::{Call, StudyArgs, StudyFile};
use crate::terminal::{complain, say};

/// A study with every key, to begin from.
const EXAMPLE: &str = include_str!("../../../../examples/study.toml");

/// Sets the language where the file says one.
pub(crate) fn run(
    args: &RunFileArgs,
    given: LanguageArgs,
    language: &mut Language,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    let Some(path) = &args.file else {
        say!("{}", EXAMPLE.trim_end());
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
    cover(&study.args, "run", Some(&study.source), session).map_err(|error| study.located(error))
}

/// A verb other than `run` with a study file in the place of its flags.
pub(crate) fn call(
    call: &Call<'_>,
    language: &mut Language,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    match call.verb {
        CheckArgs::VERB => with_file(call, language, cancel, check::run),
        ExplainArgs::VERB => with_file(call, language, cancel, explain::run),
        _ => with_file(call, language, cancel, gaps::run),
    }
}

fn with_file<A: StudyArgs>(
    call: &Call<'_>,
    language: &mut Language,
    cancel: &AtomicBool,
    run: impl FnOnce(&A, Session<'_>) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let study: StudyFile<A> = StudyFile::read(&call.path, &call.given, language)?;
    let session = Session {
        language: *language,
        cancel,
    };
    if !study.unused.is_empty() {
        let (verb, keys) = (A::VERB, study.unused.join(", "));
        match session.language {
            Language::En => complain!("not used by {verb}: {keys}"),
            Language::Zh => complain!("{verb} 不使用：{keys}"),
        }
    }
    run(&study.args, session).map_err(|error| study.located(error))
}
