//! From arguments to a study, and the run of one that people watch.

use std::ffi::OsString;

use pedshed::control::Control;
use pedshed::crs::Crs;
use pedshed::language::Language;
use pedshed::memory::MemorySize;
use pedshed::report::terminal_readings;
use pedshed::study::{OutputFormat, Outputs, Parts, Study, StudyError, StudyInputs, StudyResult};
use pedshed::text::OptionNames;

use crate::args::{FormatArg, IsochroneArgs, MemoryArgs, OutputArgs, RunArgs, WalkArgs};
use crate::circle::{CircleArgs, questions};
use crate::exit::{UsageError, usage};
use crate::input_args::LayerArgs;
use crate::limits::{max_memory, refuse_files};
use crate::options::options;
use crate::progress::Progress;
use crate::reading::{add_circle, request, station_request, walked_request};
use crate::resilience_args::{MapArgs, WalkedArgs};
use crate::session::Session;
use crate::terminal::{complain, words};
use crate::words::flagged;

/// A study of a city, in no language yet.
///
/// # Errors
/// When an argument makes no sense, or a file cannot be opened.
pub(crate) fn city_study(
    layers: &LayerArgs,
    walk: &WalkArgs,
    memory: Option<&MemoryArgs>,
) -> anyhow::Result<Study> {
    let options = options(walk)?;
    let max_memory = max_memory(memory)?;
    let lists = layers.stations.iter().chain(&layers.residents);
    let walls = layers.compounds.iter().chain(&layers.gates);
    let walls = walls.chain(&layers.dwellings.stairwells);
    let texts = lists.chain(&layers.areas).chain(walls);
    let texts = texts.map(OsString::as_os_str);
    refuse_files(max_memory, &layers.network.network, texts)?;
    let mut study = Study::new(request(layers)?, options);
    study.max_memory = max_memory;
    Ok(study)
}

/// A study of a city with what is asked beside coverage.
///
/// # Errors
/// As [`city_study`], or when what is asked cannot be.
pub(crate) fn circle_study(
    layers: &LayerArgs,
    walk: &WalkArgs,
    circle: &CircleArgs,
    memory: Option<&MemoryArgs>,
) -> anyhow::Result<Study> {
    let mut study = city_study(layers, walk, memory)?;
    study.questions = questions(circle, &study.options)?;
    add_circle(&mut study.layers, circle)?;
    study.check_used().map_err(flagged)?;
    Ok(study)
}

/// A study of stations alone.
///
/// # Errors
/// As [`city_study`].
pub(crate) fn station_study(args: &IsochroneArgs) -> anyhow::Result<Study> {
    let options = options(&args.walk)?;
    if options.street_level {
        let message = words!(
            "--street-level reaches nobody: isochrones are drawn around stations, and always at street level",
            "--street-level 没有对应的居民：等时圈围绕站点绘制，本就以街面为准"
        );
        return Err(UsageError::with_flag("street-level", message).into());
    }
    let max_memory = max_memory(Some(&args.memory))?;
    let texts = args.stations.iter().map(OsString::as_os_str);
    refuse_files(max_memory, &args.network.network, texts)?;
    let mut study = Study::new(station_request(args)?, options);
    study.max_memory = max_memory;
    Ok(study)
}

/// A study of who walks to which stations, for these outputs.
///
/// # Errors
/// As [`city_study`].
pub(crate) fn walked_study(
    args: &WalkedArgs,
    memory: &MemoryArgs,
    outputs: Outputs,
) -> anyhow::Result<Study> {
    let options = options(&args.walk)?;
    let max_memory = max_memory(Some(memory))?;
    let lists = args.stations.iter().chain(&args.residents);
    let texts = lists.chain(&args.compounds).chain(&args.gates);
    let texts = texts.chain(&args.dwellings.stairwells);
    let texts = texts.map(OsString::as_os_str);
    refuse_files(max_memory, &args.network.network, texts)?;
    let mut study = Study::new(walked_request(args)?, options);
    study.max_memory = max_memory;
    if !outputs.has(OutputFormat::Html) {
        study = dry(study);
    }
    study.outputs = outputs;
    Ok(study)
}

/// A study whose map's water and lines that nobody walks across are not looked at.
pub(crate) fn dry(mut study: Study) -> Study {
    study.layers.with_water = false;
    study
}

/// What a study writes, for a command of this name.
///
/// # Errors
/// When the stations' noun is none.
pub(crate) fn outputs(
    args: &OutputArgs,
    command: &str,
    language: Language,
) -> anyhow::Result<Outputs> {
    let noun = args.station_noun.as_deref().map(str::parse);
    let mut outputs = outputs_in(&args.formats, args.out_crs.as_deref(), language);
    outputs.travel_times = args.table;
    outputs.title.clone_from(&args.title);
    outputs.station_noun = noun.transpose().map_err(usage("station-noun"))?;
    command.clone_into(&mut outputs.command);
    let required = args.require_share.into();
    outputs
        .parameters
        .insert("require_share".to_owned(), required);
    Ok(outputs)
}

/// What a demo writes: everything that `coverage` writes by itself.
pub(crate) fn demo_outputs(title: &str, language: Language) -> Outputs {
    let mut outputs = in_language(language);
    outputs.title = Some(title.to_owned());
    "demo".clone_into(&mut outputs.command);
    outputs
}

/// What is written of what may close, or of catchments, by a command of this name.
///
/// # Errors
/// As [`page_formats`].
pub(crate) fn map_outputs(
    args: &MapArgs,
    command: &str,
    language: Language,
) -> Result<Outputs, UsageError> {
    let mut outputs = in_language(language);
    outputs.formats = page_formats(&args.formats)?;
    outputs.title.clone_from(&args.title);
    command.clone_into(&mut outputs.command);
    Ok(outputs)
}

/// The usual outputs, for what is said in this language.
pub(crate) fn in_language(language: Language) -> Outputs {
    let mut outputs = Outputs::default();
    outputs.language = language;
    outputs.options = OptionNames::Flags;
    outputs
}

/// The usual outputs in these formats, layers for maps in this system.
pub(crate) fn outputs_in(
    formats: &[FormatArg],
    out_crs: Option<&str>,
    language: Language,
) -> Outputs {
    let mut outputs = in_language(language);
    outputs.formats = formats.iter().map(|format| kind_of(*format)).collect();
    outputs.out_crs = out_crs.map(Crs::parse);
    outputs
}

/// The kind of files that an argument names.
pub(crate) fn kind_of(format: FormatArg) -> OutputFormat {
    match format {
        FormatArg::Csv => OutputFormat::Csv,
        FormatArg::Geojson => OutputFormat::GeoJson,
        FormatArg::Html => OutputFormat::Html,
        FormatArg::Gpkg => OutputFormat::GeoPackage,
        FormatArg::Fgb => OutputFormat::FlatGeobuf,
        FormatArg::Shp => OutputFormat::Shapefile,
        FormatArg::Xlsx => OutputFormat::Xlsx,
    }
}

/// The kinds of files of a command whose results are no layers for maps of all columns.
///
/// # Errors
/// Where such layers are asked for.
pub(crate) fn page_formats(formats: &[FormatArg]) -> Result<Vec<OutputFormat>, UsageError> {
    let layers = [FormatArg::Gpkg, FormatArg::Fgb, FormatArg::Shp];
    if layers.iter().any(|format| formats.contains(format)) {
        let message = words!(
            "--formats gpkg, fgb and shp are of coverage, run, site and isochrone; here there are csv, geojson, html and xlsx",
            "--formats 的 gpkg、fgb、shp 用于 coverage、run、site 与 isochrone；此处可用 csv、geojson、html、xlsx"
        );
        return Err(UsageError::with_flag("formats", message));
    }
    Ok(formats.iter().map(|format| kind_of(*format)).collect())
}

/// Refuses tables and pages, for a command that writes maps alone.
///
/// # Errors
/// Where they are asked for.
pub(crate) fn only_maps(formats: &[FormatArg]) -> Result<(), UsageError> {
    let others = [FormatArg::Csv, FormatArg::Html, FormatArg::Xlsx];
    if others.iter().any(|format| formats.contains(format)) {
        let message = words!(
            "--formats csv, html and xlsx are of coverage and run; here there are geojson, gpkg, fgb and shp",
            "--formats 的 csv、html、xlsx 用于 coverage 与 run；此处可用 geojson、gpkg、fgb、shp"
        );
        return Err(UsageError::with_flag("formats", message));
    }
    Ok(())
}

/// Runs these parts of a study and shows how far it is; tells how the layers were read where the user wants to know.
///
/// # Errors
/// What the library says, in the words of the command's flags.
pub(crate) fn run_watched<'s>(
    study: &'s Study,
    parts: Parts,
    run: &RunArgs,
    session: Session<'_>,
) -> anyhow::Result<StudyResult<'s>> {
    let progress = Progress::new(run.quiet, session.language);
    let show = |stage, done, total| progress.show(stage, done, total);
    let control = session.control().with_progress(&show);
    let result = run_told(study, parts, control, run.verbose).map_err(flagged)?;
    progress.finish();
    Ok(result)
}

fn run_told<'s>(
    study: &'s Study,
    parts: Parts,
    control: Control<'_>,
    verbose: bool,
) -> Result<StudyResult<'s>, StudyError> {
    let read = study.read(control)?;
    if verbose {
        tell_reading(&read, parts);
    }
    read.analyse(parts, control)
}

/// How the layers were read, and how much memory the run takes by its estimate.
fn tell_reading(read: &StudyInputs<'_>, parts: Parts) {
    let language = read.study.outputs.language;
    let readings = terminal_readings(&read.inputs.readings, language);
    complain!("{}", readings.trim_end());
    let peak: MemorySize = read.load(parts).peak();
    match language {
        Language::En => complain!("memory     about {peak} at most"),
        Language::Zh => complain!("内存       峰值约 {peak}"),
    }
}
