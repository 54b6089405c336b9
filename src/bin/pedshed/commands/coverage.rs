//! `pedshed coverage`: the whole job.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use pedshed::control::Control;
use pedshed::control::{Cancelled, Stage};
use pedshed::district::LABEL;
use pedshed::gaps::Gaps;
use pedshed::inputs::{Format, Provenance, Source};
use pedshed::language::{InLanguage, Language};
use pedshed::parallel;
use pedshed::report::{
    Credit, InputFile, OutputDirectory, Page, Report, RunRecord, Table, columns, pad_left,
    readings_json, terminal_provision, terminal_summary,
};

use super::gaps::print_worst;
use crate::Session;
use crate::args::{CoverageArgs, FormatArg, OutputArgs, RunArgs};
use crate::asked::{in_range, threads, usage};
use crate::exit::Exit;
use crate::study::{Done, NETWORK, Study, Wanted, WantedGaps};
use crate::terminal::{complain, say, say_in};

/// The table of gaps.
pub(crate) const GAPS_TABLE: &str = "gaps.csv";
/// Those of each group of people, as they walk.
const GAPS_BY_GROUP: &str = "gaps_by_group.csv";
/// Whose people live in the gaps of all.
const PEOPLE_IN_GAPS: &str = "people_in_gaps.csv";
/// The gaps' outlines.
pub(crate) const GAPS: &str = "gaps.geojson";
/// The file of isochrones.
pub(crate) const ISOCHRONES: &str = "isochrones.geojson";
/// The page for people.
const PAGE: &str = "report.html";
/// The numbers in short.
const SUMMARY: &str = "summary.json";
/// The record of the run.
const RECORD: &str = "run.json";

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
    let directory = open_output(&args.out, &args.output)?;
    let mut study = Study::with_circle(&args.layers, &args.walk, &args.circle, Some(&args.memory))?;
    study.request.with_water = true;
    let noun = args.output.station_noun.as_deref().map(str::parse);
    study.noun = noun.transpose().map_err(usage("station-noun"))?;
    study.file = file.cloned();
    if args.output.title.is_some() && !args.output.formats.contains(&FormatArg::Html) {
        match session.language {
            Language::En => complain!("not used: --title, since html is not among --formats"),
            Language::Zh => complain!("未使用 --title：--formats 中没有 html"),
        }
    }
    study_to_files(&study, command, directory, &args.output, &args.run, session)
}

/// The output folder. It is opened before the inputs are read, which may take minutes: where the answer cannot be written,
/// nobody need wait for it.
pub(super) fn open_output(out: &Path, output: &OutputArgs) -> anyhow::Result<OutputDirectory> {
    let directory = OutputDirectory::open(out)?;
    directory.claim(&names(output))?;
    Ok(directory)
}

/// Runs a study, writes its files and prints its summary.
pub(crate) fn study_to_files(
    study: &Study,
    command: &str,
    directory: OutputDirectory,
    output: &OutputArgs,
    run: &RunArgs,
    session: Session<'_>,
) -> anyhow::Result<Exit> {
    let language = session.language;
    let out = &directory.path().to_path_buf();
    parallel::with_threads(threads(run)?, || {
        let wanted = Wanted {
            isochrones: is_drawn(output),
            streets: false,
            wall_costs: true,
            provision: true,
            gaps: if is_drawn(output) {
                WantedGaps::Drawn
            } else {
                WantedGaps::Listed
            },
        };
        let done = study.run(wanted, run, session)?;
        let report = done.report(study, language);
        let files = write(study, command, (&report, &done), directory, output, session)?;
        if !run.quiet {
            say!("{}", terminal_summary(&report, language).trim_end());
            say!("");
            let provision = terminal_provision(&report, language);
            if !provision.is_empty() {
                say!("{}", provision.trim_end());
                if let Some(gaps) = &done.gaps {
                    print_worst(gaps, report.compounds, language);
                }
                say!("");
            }
            print_written(&files, out, language);
        }
        if run.verbose {
            print_timings(&report, language);
        }
        Ok(gate(&done, output, language))
    })
    .map_err(pedshed::Error::from)?
}

/// The folder with tables that office programs in Chinese read as they are.
pub(crate) fn marked(directory: OutputDirectory, language: Language) -> OutputDirectory {
    directory.with_marked_tables(language == Language::Zh)
}

/// Says which files were written, in lines that fit a terminal, and where.
pub(crate) fn print_written(files: &[impl AsRef<str>], out: &Path, language: Language) {
    let head = language.pick("written:", "已写出：");
    let mut line = head.to_owned();
    for (number, file) in files.iter().enumerate() {
        let file = file.as_ref();
        let comma = match language {
            _ if number + 1 == files.len() => "",
            Language::En => ",",
            Language::Zh => "、",
        };
        if columns(&line) + columns(file) + 2 > 80 {
            say!("{line}");
            line = " ".repeat(columns(head));
        }
        let space = if line.ends_with(['：', '、']) {
            ""
        } else {
            " "
        };
        line = format!("{line}{space}{file}{comma}");
    }
    say!("{line}");
    let out = out.display();
    say_in!(language, "     in: {out}", "    位于：{out}");
}

/// The names of all files that a run may write.
fn names(output: &OutputArgs) -> Vec<&'static str> {
    let mut names: Vec<_> = Table::ALL.iter().map(|table| table.file_name()).collect();
    names.extend([GAPS_TABLE, GAPS_BY_GROUP, PEOPLE_IN_GAPS, SUMMARY, RECORD]);
    if output.formats.contains(&FormatArg::Geojson) {
        names.extend([ISOCHRONES, GAPS]);
    }
    if output.formats.contains(&FormatArg::Html) {
        names.push(PAGE);
    }
    names
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
    directory: OutputDirectory,
    output: &OutputArgs,
    session: Session<'_>,
) -> anyhow::Result<Vec<String>> {
    let cancel = session.cancel;
    let started = Instant::now();
    let mut tables = vec![Table::Residents, Table::Stations];
    if study.request.areas.is_some() {
        tables.push(Table::Areas);
    }
    if done.wall_costs.is_some() {
        tables.push(Table::Compounds);
    }
    if output.table {
        tables.push(Table::TravelTimes);
    }
    tables.extend(report.provision_tables());
    let mut record = RunRecord {
        command: command.to_owned(),
        parameters: {
            let mut parameters = study.parameters.clone();
            parameters.insert("table".to_owned(), output.table.into());
            parameters.insert("require_share".to_owned(), output.require_share.into());
            parameters
        },
        inputs: {
            let mut files = study.input_files().map_err(pedshed::Error::from)?;
            files.extend(Study::originals(&done.inputs, "prepared_from"));
            files
        },
        layers: readings_json(&done.inputs.readings),
        outputs: Vec::new(),
    };
    let mut directory = marked(directory, session.language);
    for table in tables {
        check(cancel)?;
        directory.stage(table.file_name(), |writer| {
            report.write_table(table, writer)
        })?;
    }
    if let Some(gaps) = &done.gaps {
        directory.stage(GAPS_TABLE, |writer| report.write_gaps(gaps, writer))?;
        let has_groups = report
            .provision
            .is_some_and(|asked| !asked.cohorts.is_empty());
        if has_groups {
            directory.stage(GAPS_BY_GROUP, |writer| report.write_gaps_by_group(writer))?;
            directory.stage(PEOPLE_IN_GAPS, |writer| {
                report.write_people_in_gaps(gaps, writer)
            })?;
        }
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
        // The page names the files that were read first, whether the network was prepared since or not.
        let mut files = study.input_files().map_err(pedshed::Error::from)?;
        if done.inputs.provenance.is_some() {
            let of_network = |file: &InputFile| file.layer == NETWORK;
            let at = files.iter().position(of_network).unwrap_or_default();
            let originals = Study::originals(&done.inputs, NETWORK);
            files.splice(at..=at, originals);
        }
        let walks = match done.provision {
            Some(_) => done
                .analysis
                .gap_walks(done.inputs.city(), gaps, Page::WALKS)?,
            None => Vec::new(),
        };
        let new_stations = match done.provision {
            Some(_) => {
                let control = Control::default().with_cancel(session.cancel);
                let (city, most) = (done.inputs.city(), Page::NEW_STATIONS);
                done.analysis.station_gains(city, gaps, most, control)?
            }
            None => Vec::new(),
        };
        let page = Page {
            walks: &walks,
            new_stations: &new_stations,
            ..page(study, (done, gaps), output, &files, session.language)
        };
        directory.stage(PAGE, |writer| report.write_page(&page, writer))?;
    }
    directory.stage(SUMMARY, |writer| {
        report.write_summary(writer, started.elapsed())
    })?;
    record.outputs = directory.staged();
    directory.stage(RECORD, |writer| record.write(writer))?;
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
    language: Language,
) -> Page<'a> {
    let made = done.inputs.provenance.as_ref();
    let is_osm = study.request.network.format() == Some(Format::OsmPbf)
        || made.is_some_and(Provenance::is_openstreetmap);
    Page {
        language,
        isochrones: &done.isochrones,
        gaps,
        walks: &[],
        new_stations: &[],
        water: &done.inputs.surroundings.water,
        title: output.title.as_deref(),
        credit: if done.is_model() {
            Credit::Other(LABEL)
        } else if is_osm {
            Credit::OpenStreetMap
        } else {
            Credit::None
        },
        inputs,
    }
}

pub(crate) fn check(cancel: &AtomicBool) -> Result<(), Cancelled> {
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
