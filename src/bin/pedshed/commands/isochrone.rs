//! `pedshed isochrone`: the ground within each cutoff of the stations.

use std::sync::atomic::AtomicBool;

use pedshed::parallel;
use pedshed::report::OutputDirectory;

use super::coverage::ISOCHRONES;
use crate::args::IsochroneArgs;
use crate::exit::Exit;
use crate::study::{Study, Wanted};
use crate::terminal::say;

/// The file of streets within the cutoffs.
const STREETS: &str = "reached_streets.geojson";

pub(crate) fn run(args: &IsochroneArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let mut study = Study::of_stations(args)?;
    study.request.with_water = true;
    let wanted = Wanted {
        isochrones: true,
        streets: true,
        gaps: false,
    };
    parallel::with_threads(args.run.threads, || {
        let done = study.run(wanted, args.run.quiet, cancel)?;
        let report = done
            .analysis
            .report(done.inputs.city(), &done.findings, done.read);
        let mut directory = OutputDirectory::open(&args.out)?;
        directory.stage(ISOCHRONES, |writer| {
            report.write_isochrones(&done.isochrones, writer)
        })?;
        directory.stage(STREETS, |writer| {
            report.write_reached_streets(&done.streets, writer)
        })?;
        directory.commit()?;
        if !args.run.quiet {
            let stations = done.analysis.snapped.station_count();
            say!("the ground within each cutoff of {stations} stations, and of all together");
            say!("written: {ISOCHRONES}, {STREETS}");
            say!("     in: {}", args.out.display());
        }
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}
