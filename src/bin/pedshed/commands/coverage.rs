//! `pedshed coverage`: the whole job.

use pedshed::control::Stage;
use pedshed::inputs::Source;
use pedshed::language::{InLanguage, Language};
use pedshed::parallel;
use pedshed::report::{OutputDirectory, Report, pad_left, terminal_provision, terminal_summary};
use pedshed::study::{Study, StudyResult};

use super::gaps::print_worst;
use crate::args::{CoverageArgs, FormatArg, RunArgs};
use crate::exit::Exit;
use crate::options::{in_range, threads};
use crate::session::Session;
use crate::study::{circle_study, outputs, run_watched};
use crate::terminal::{complain, say, say_in};
use crate::words::flagged;
use crate::written::print_written;

pub(crate) fn run(args: &CoverageArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    cover(args, "coverage", None, session)
}

/// The whole job for a command of this name, whose arguments may come from a study file.
pub(crate) fn cover(
    args: &CoverageArgs,
    command: &str,
    file: Option<&Source>,
    session: Session<'_>,
) -> anyhow::Result<Exit> {
    if let Some(share) = args.output.require_share {
        in_range("require-share", share, 0.0, 1.0)?;
    }
    threads(&args.run)?;
    // The folder first: reading the inputs may take minutes, and where the answer cannot be written nobody need wait for it.
    let outputs = outputs(&args.output, command, session.language)?;
    let directory = outputs.open(&args.out)?;
    let mut study = circle_study(&args.layers, &args.walk, &args.circle, Some(&args.memory))?;
    study.outputs = outputs;
    study.file = file.cloned();
    let has_title = |format| [FormatArg::Html, FormatArg::Xlsx].contains(format);
    if args.output.title.is_some() && !args.output.formats.iter().any(has_title) {
        match session.language {
            Language::En => {
                complain!("not used: --title, since neither html nor xlsx is among --formats");
            }
            Language::Zh => complain!("未使用 --title：--formats 中没有 html 或 xlsx"),
        }
    }
    let share = study_to_files(&study, directory, &args.run, session)?;
    Ok(gate(share, args.output.require_share, session.language))
}

/// Runs a study, writes its files and prints its summary; says which share of the people is covered.
pub(crate) fn study_to_files(
    study: &Study,
    directory: OutputDirectory,
    run: &RunArgs,
    session: Session<'_>,
) -> anyhow::Result<f64> {
    let on_threads = threads(run)?;
    parallel::with_threads(on_threads, || write_study(study, directory, run, session))
        .map_err(pedshed::Error::from)?
}

/// The same on the threads on which it is called.
pub(super) fn write_study(
    study: &Study,
    directory: OutputDirectory,
    run: &RunArgs,
    session: Session<'_>,
) -> anyhow::Result<f64> {
    let language = session.language;
    let out = &directory.path().to_path_buf();
    let result = run_watched(study, study.outputs.parts(), run, session)?;
    let files = result
        .write(directory, session.control())
        .map_err(flagged)?;
    let report = result.report();
    if !run.quiet {
        print_summary(&result, &report);
        print_written(&files, out, language);
    }
    if run.verbose {
        print_timings(&report, language);
    }
    Ok(result.analysis.coverage.share())
}

fn print_summary(result: &StudyResult<'_>, report: &Report<'_>) {
    let language = report.language;
    say!("{}", terminal_summary(report, language).trim_end());
    say!("");
    let provision = terminal_provision(report, language);
    if !provision.is_empty() {
        say!("{}", provision.trim_end());
        if let Some(gaps) = &result.gaps {
            print_worst(gaps, result, language);
        }
        say!("");
    }
}

fn gate(share: f64, required: Option<f64>, language: Language) -> Exit {
    match required {
        Some(required) if share < required => {
            match language {
                Language::En => complain!(
                    "gate missed: {share:.4} of the people are covered, {required} are required"
                ),
                Language::Zh => {
                    complain!("未达要求：覆盖率 {share:.4}，要求不低于 {required}");
                }
            }
            Exit::GateMissed
        }
        _ => Exit::Done,
    }
}

fn print_timings(report: &Report<'_>, language: Language) {
    let timings = &report.timings;
    let stages = [
        (Stage::Read, timings.read),
        (Stage::Network, timings.network),
        (Stage::Snap, timings.snap),
        (Stage::Search, timings.search),
        (Stage::Coverage, timings.coverage),
        (Stage::Isochrones, timings.isochrones),
    ];
    for (stage, duration) in stages {
        let name = pad_left(&stage.in_language(language), 10);
        let ms = duration.as_secs_f64() * 1e3;
        say_in!(language, "{name} {ms:>9.1} ms", "{name} {ms:>9.1} 毫秒");
    }
}
