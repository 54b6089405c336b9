//! `pedshed run`: a whole study from one file.

use std::sync::atomic::AtomicBool;

use super::coverage::cover;
use crate::args::RunFileArgs;
use crate::exit::Exit;
use crate::study_file::StudyFile;
use crate::terminal::say;

/// A study with every key, to begin from.
const EXAMPLE: &str = include_str!("../../../../examples/study.toml");

pub(crate) fn run(args: &RunFileArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let Some(path) = &args.file else {
        say!("{}", EXAMPLE.trim_end());
        return Ok(Exit::Done);
    };
    let study = StudyFile::read(path, &args.overrides)?;
    cover(&study.args, "run", Some(&study.source), cancel).map_err(|error| study.located(error))
}
