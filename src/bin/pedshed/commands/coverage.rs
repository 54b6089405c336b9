//! `pedshed coverage`: the whole job.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use pedshed::control::{Cancelled, Stage};
use pedshed::inputs::Source;
use pedshed::isochrone::Isochrones;
use pedshed::language::{InLanguage, Language};
use pedshed::parallel;
use pedshed::report::{OutputDirectory, Report, RunRecord, Table, pad_left, terminal_summary};

use crate::Session;
use crate::args::{CoverageArgs, FormatArg, OutputArgs, RunArgs};
use crate::exit::Exit;
use crate::study::{Done, Study, Wanted, in_range};
use crate::terminal::{complain, say, say_in};

/// The file of isochrones.
pub(crate) const ISOCHRONES: &str = "isochrones.geojson";

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
    let mut study = Study::new(&args.layers, &args.walk)?;
    study.file = file.cloned();
    study_to_files(&study, command, &args.out, &args.output, &args.run, session)
}

/// Runs a study, writes its files and prints its summary.
pub(crate) fn study_to_files(
    study: &Study,
    command: &str,
    out: &Path,
    output: &OutputArgs,
    run: &RunArgs,
    session: Session<'_>,
) -> anyhow::Result<Exit> {
    let language = session.language;
    parallel::with_threads(run.threads, || {
        let is_drawn = output.formats.contains(&FormatArg::Geojson);
        let wanted = Wanted {
            isochrones: is_drawn,
            streets: false,
        };
        let done = study.run(wanted, run.quiet, session)?;
        let mut report = done
            .analysis
            .report(done.inputs.city(), &done.findings, done.read);
        report.timings.isochrones = done.drawing;
        let drawn = is_drawn.then_some(done.isochrones.as_slice());
        let files = write(
            study,
            command,
            (&report, drawn),
            out,
            output,
            session.cancel,
        )?;
        if !run.quiet {
            say!("{}", terminal_summary(&report, language).trim_end());
            say!("");
            print_written(&files.join(", "), out, language);
        }
        if run.verbose {
            print_timings(&report, language);
        }
        Ok(gate(&done, output, language))
    })
    .map_err(pedshed::Error::from)?
}

/// Says which files were written, and where.
pub(crate) fn print_written(files: &str, out: &Path, language: Language) {
    say_in!(language, "written: {files}", "已写出：{files}");
    let out = out.display();
    say_in!(language, "     in: {out}", "    位于：{out}");
}

fn write(
    study: &Study,
    command: &str,
    (report, isochrones): (&Report<'_>, Option<&[Isochrones]>),
    out: &Path,
    output: &OutputArgs,
    cancel: &AtomicBool,
) -> anyhow::Result<Vec<String>> {
    let started = Instant::now();
    let mut tables = vec![Table::Residents, Table::Stations];
    if study.request.areas.is_some() {
        tables.push(Table::Areas);
    }
    if output.table {
        tables.push(Table::TravelTimes);
    }
    let record = RunRecord {
        command: command.to_owned(),
        parameters: {
            let mut parameters = study.parameters.clone();
            parameters.insert("table".to_owned(), output.table.into());
            parameters.insert("require_share".to_owned(), output.require_share.into());
            parameters
        },
        inputs: study.input_files(),
    };
    let mut directory = OutputDirectory::open(out)?;
    for table in tables {
        check(cancel)?;
        directory.stage(table.file_name(), |writer| {
            report.write_table(table, writer)
        })?;
    }
    if let Some(isochrones) = isochrones {
        directory.stage(ISOCHRONES, |writer| {
            report.write_isochrones(isochrones, writer)
        })?;
    }
    directory.stage("summary.json", |writer| {
        report.write_summary(writer, started.elapsed())
    })?;
    directory.stage("run.json", |writer| record.write(writer))?;
    check(cancel)?;
    let written = directory.commit()?;
    let name = |path: &std::path::PathBuf| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    Ok(written.iter().filter_map(name).collect())
}

fn check(cancel: &AtomicBool) -> Result<(), Cancelled> {
    if cancel.load(std::sync::atomic::Ordering::Relaxed) {
        Err(Cancelled)
    } else {
        Ok(())
    }
}

fn gate(done: &Done, output: &OutputArgs, language: Language) -> Exit {
    let share = done.analysis.coverage.share();
    match output.require_share {
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
