//! Progress and cancellation: a run that reports what it does, and one that is stopped from outside.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use pedshed::control::{Control, Stage};
use pedshed::inputs::{Request, Source, read_network};
use pedshed::model::{CityRecords, Resident, Station};
use pedshed::{Error, Options, analyse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = Path::new("data/liechtenstein-2013-08-03.osm.pbf");
    let read = read_network(&Request::new(Source::open(data)?))?;
    let stations: Vec<Station> = (0..50)
        .map(|i| Station::new(format!("s{i}"), 9.50 + f64::from(i) * 0.001, 47.14))
        .collect();
    let residents: Vec<Resident> = (0..500)
        .map(|i| Resident::new(format!("r{i}"), 9.50 + f64::from(i) * 0.0001, 47.141))
        .collect();
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let options = Options::minutes(&[15.0])?;

    // Called from worker threads, once per stage here.
    let report = |stage: Stage, done: usize, total: usize| {
        if done == total {
            println!("{stage}: {done} of {total}");
        }
    };
    let analysis = analyse(
        &read.network,
        city,
        options.clone(),
        Control::default().with_progress(&report),
    )?;
    println!("{:.1} % covered", analysis.coverage.share() * 100.0);

    // The flag may be raised by another thread or a signal; here it is up when the search begins.
    let cancel = AtomicBool::new(false);
    let stop =
        |stage: Stage, _: usize, _: usize| cancel.store(stage == Stage::Search, Ordering::Relaxed);
    let stopped = analyse(
        &read.network,
        city,
        options,
        Control::default().with_progress(&stop).with_cancel(&cancel),
    );
    match stopped {
        Err(Error::Cancelled(reason)) => println!("{reason}, and nothing is kept"),
        other => println!("ran through: {}", other.is_ok()),
    }
    Ok(())
}
