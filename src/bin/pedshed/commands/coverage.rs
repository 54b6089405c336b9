//! `pedshed coverage`: the whole job.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use pedshed::control::Cancelled;
use pedshed::gaps::Gaps;
use pedshed::inputs::{Format, Source};
use pedshed::parallel;
use pedshed::report::{
    Credit, InputFile, OutputDirectory, Page, Report, RunRecord, Table, terminal_summary,
};

use crate::args::{CoverageArgs, FormatArg, OutputArgs, RunArgs};
use crate::exit::Exit;
use crate::study::{Done, Study, Wanted, in_range};
use crate::terminal::{complain, say};

/// The table of gaps.
pub(crate) const GAPS_TABLE: &str = "gaps.csv";
/// The gaps' outlines.
pub(crate) const GAPS: &str = "gaps.geojson";
/// The file of isochrones.
pub(crate) const ISOCHRONES: &str = "isochrones.geojson";
/// The page for people.
const PAGE: &str = "report.html";

pub(crate) fn run(args: &CoverageArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    cover(args, "coverage", None, cancel)
}

/// The whole job for a command of this name, whose arguments may come from a study file.
pub(crate) fn cover(
    args: &CoverageArgs,
    command: &str,
    file: Option<&Source>,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    if let Some(share) = args.output.require_share {
        in_range("require-share", share, 0.0, 1.0)?;
    }
    let mut study = Study::new(&args.layers, &args.walk)?;
    study.request.with_water = is_drawn(&args.output);
    study.file = file.cloned();
    study_to_files(&study, command, &args.out, &args.output, &args.run, cancel)
}

/// Runs a study, writes its files and prints its summary.
pub(crate) fn study_to_files(
    study: &Study,
    command: &str,
    out: &Path,
    output: &OutputArgs,
    run: &RunArgs,
    cancel: &AtomicBool,
) -> anyhow::Result<Exit> {
    parallel::with_threads(run.threads, || {
        let wanted = Wanted {
            isochrones: is_drawn(output),
            streets: false,
            gaps: true,
        };
        let done = study.run(wanted, run.quiet, cancel)?;
        let report = done
            .analysis
            .report(done.inputs.city(), &done.findings, done.read);
        let files = write(study, command, (&report, &done), out, output, cancel)?;
        if !run.quiet {
            say!("{}", terminal_summary(&report).trim_end());
            say!("");
            say_files(&files);
            say!("     in: {}", out.display());
        }
        if run.verbose {
            print_timings(&report);
        }
        Ok(gate(&done, output))
    })
    .map_err(pedshed::Error::from)?
}

/// Lists the files, in lines that fit a terminal.
fn say_files(files: &[String]) {
    let mut line = String::from("written:");
    for (number, file) in files.iter().enumerate() {
        let comma = if number + 1 < files.len() { "," } else { "" };
        if line.len() + file.len() + 2 > 80 {
            say!("{line}");
            line = " ".repeat("written:".len());
        }
        line = format!("{line} {file}{comma}");
    }
    say!("{line}");
}

/// Whether any of the files shows the ground.
fn is_drawn(output: &OutputArgs) -> bool {
    let shows_ground = |format: &FormatArg| *format != FormatArg::Csv;
    output.formats.iter().any(shows_ground)
}

fn write(
    study: &Study,
    command: &str,
    (report, done): (&Report<'_>, &Done),
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
    if let Some(gaps) = &done.gaps {
        directory.stage(GAPS_TABLE, |writer| report.write_gaps(gaps, writer))?;
    }
    if output.formats.contains(&FormatArg::Geojson) {
        directory.stage(ISOCHRONES, |writer| {
            report.write_isochrones(&done.isochrones, writer)
        })?;
        if let Some(gaps) = &done.gaps {
            directory.stage(GAPS, |writer| report.write_gaps_geojson(gaps, writer))?;
        }
    }
    if let Some(gaps) = &done.gaps
        && output.formats.contains(&FormatArg::Html)
    {
        check(cancel)?;
        let page = page(study, (done, gaps), output, &record.inputs);
        directory.stage(PAGE, |writer| report.write_page(&page, writer))?;
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

/// What the page shows beside the report.
fn page<'a>(
    study: &'a Study,
    (done, gaps): (&'a Done, &'a Gaps),
    output: &'a OutputArgs,
    inputs: &'a [InputFile],
) -> Page<'a> {
    let is_osm = study.request.network.format() == Some(Format::OsmPbf);
    Page {
        language: output.lang.into(),
        isochrones: &done.isochrones,
        gaps,
        water: &done.inputs.water,
        title: output.title.as_deref(),
        note: study.note.as_deref(),
        credit: if is_osm {
            Credit::OpenStreetMap
        } else {
            Credit::None
        },
        inputs,
    }
}

pub(super) fn check(cancel: &AtomicBool) -> Result<(), Cancelled> {
    if cancel.load(std::sync::atomic::Ordering::Relaxed) {
        Err(Cancelled)
    } else {
        Ok(())
    }
}

fn gate(done: &Done, output: &OutputArgs) -> Exit {
    let share = done.analysis.coverage.share();
    match output.require_share {
        Some(required) if share < required => {
            complain!("gate missed: {share:.4} of the people are covered, {required} are required");
            Exit::GateMissed
        }
        _ => Exit::Done,
    }
}

fn print_timings(report: &Report<'_>) {
    let timings = &report.timings;
    let stages = [
        ("read", timings.read),
        ("network", timings.network),
        ("snap", timings.snap),
        ("search", timings.search),
        ("coverage", timings.coverage),
        ("isochrones", timings.isochrones),
    ];
    for (name, duration) in stages {
        say!("{name:>10} {:>9.1} ms", duration.as_secs_f64() * 1e3);
    }
}
