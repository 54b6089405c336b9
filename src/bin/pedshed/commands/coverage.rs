//! `pedshed coverage`: the whole job.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use pedshed::control::Cancelled;
use pedshed::parallel;
use pedshed::report::{OutputDirectory, Report, RunRecord, Table, terminal_summary};

use crate::args::{CoverageArgs, OutputArgs, RunArgs};
use crate::exit::Exit;
use crate::study::{Done, Study, in_range};
use crate::terminal::{complain, say};

pub(crate) fn run(args: &CoverageArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    if let Some(share) = args.output.require_share {
        in_range("--require-share", share, 0.0, 1.0)?;
    }
    let study = Study::new(&args.layers, &args.walk)?;
    study_to_files(
        &study,
        "coverage",
        &args.out,
        &args.output,
        &args.run,
        cancel,
    )
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
        let done = study.run(run.quiet, cancel)?;
        let report = done
            .analysis
            .report(done.inputs.city(), &done.findings, done.read);
        let files = write(study, command, &report, out, output, cancel)?;
        if !run.quiet {
            say!("{}", terminal_summary(&report).trim_end());
            say!("");
            say!("written: {}", files.join(", "));
            say!("     in: {}", out.display());
        }
        if run.verbose {
            print_timings(&report);
        }
        Ok(gate(&done, output))
    })
    .map_err(pedshed::Error::from)?
}

fn write(
    study: &Study,
    command: &str,
    report: &Report<'_>,
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
    ];
    for (name, duration) in stages {
        say!("{name:>9} {:>9.1} ms", duration.as_secs_f64() * 1e3);
    }
}
