//! `pedshed isochrone`: the ground within each cutoff of the stations.

use pedshed::parallel;
use pedshed::report::OutputDirectory;

use super::coverage::{ISOCHRONES, print_written};
use crate::Session;
use crate::args::IsochroneArgs;
use crate::asked::threads;
use crate::exit::Exit;
use crate::study::{Study, Wanted};
use crate::terminal::say_in;

/// The file of streets within the cutoffs.
const STREETS: &str = "reached_streets.geojson";

pub(crate) fn run(args: &IsochroneArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let mut directory = OutputDirectory::open(&args.out)?;
    directory.claim(&[ISOCHRONES, STREETS])?;
    let mut study = Study::of_stations(args)?;
    study.request.with_water = true;
    let wanted = Wanted {
        isochrones: true,
        streets: true,
        ..Wanted::default()
    };
    parallel::with_threads(threads, || {
        let done = study.run(wanted, &args.run, session)?;
        let report = done.report(&study, session.language);
        directory.stage(ISOCHRONES, |writer| {
            report.write_isochrones(&done.isochrones, writer)
        })?;
        directory.stage(STREETS, |writer| {
            report.write_reached_streets(&done.streets, writer)
        })?;
        directory.commit()?;
        if !args.run.quiet {
            let stations = done.analysis.snapped().station_count();
            say_in!(
                session.language,
                "the ground within each cutoff of {stations} stations, and of all together",
                "{stations} 个站点各阈值的等时圈，以及全部站点的合并范围"
            );
            print_written(&[ISOCHRONES, STREETS], &args.out, session.language);
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}
