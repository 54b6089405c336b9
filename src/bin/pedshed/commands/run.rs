//! `pedshed run`: a whole study from one file.

use std::sync::atomic::AtomicBool;

use pedshed::language::Language;

use super::coverage::cover;
use crate::Session;
use crate::args::{LanguageArgs, RunFileArgs};
use crate::exit::Exit;
use crate::study_file::StudyFile;
use crate::terminal::say;

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
    let study = StudyFile::read(path, &overrides, language)?;
    let session = Session {
        language: *language,
        cancel,
    };
    cover(&study.args, "run", Some(&study.source), session).map_err(|error| study.located(error))
}
