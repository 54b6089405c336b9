//! `pedshed isochrone`: the ground within each cutoff of the stations.

use pedshed::language::counted;
use pedshed::parallel;
use pedshed::study::{ISOCHRONES_GEOJSON, OutputFormat, Parts, STREETS_GEOJSON};

use crate::args::IsochroneArgs;
use crate::exit::Exit;
use crate::options::threads;
use crate::session::Session;
use crate::study::{only_maps, outputs_in, run_watched, station_study};
use crate::terminal::say_in;
use crate::words::flagged;
use crate::written::print_written;

/// The files of GeoJSON.
const FILES: [&str; 2] = [ISOCHRONES_GEOJSON, STREETS_GEOJSON];

pub(crate) fn run(args: &IsochroneArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    only_maps(&args.formats)?;
    let outputs = outputs_in(&args.formats, args.out_crs.as_deref(), session.language);
    let files: &[&str] = if outputs.has(OutputFormat::GeoJson) {
        &FILES
    } else {
        &[]
    };
    let directory = outputs.open_for(&args.out, files)?;
    let mut study = station_study(args)?;
    study.outputs = outputs;
    let parts = Parts {
        isochrones: true,
        streets: true,
        ..Parts::default()
    };
    parallel::with_threads(threads, || {
        let result = run_watched(&study, parts, &args.run, session)?;
        let files = result.write_files(directory, files).map_err(flagged)?;
        if !args.run.quiet {
            let stations = result.analysis.snapped().station_count();
            let all_stations = counted(stations, "station", "stations");
            say_in!(
                session.language,
                "the ground within each cutoff of {all_stations}, and of all together",
                "{stations} 个站点各阈值的等时圈，以及全部站点的合并范围"
            );
            print_written(&files, &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}
