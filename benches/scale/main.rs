//! The engine from small to large: the same model district with 100,000 to 20 million junctions, stations and residents in
//! proportion, everything in drawn order. Prints one table, a row for each size.
//!
//! ```text
//! cargo bench --bench scale -- 100000 1000000 5000000 20000000 --svg benches/scale.svg
//! ```
//! Answers are compared with a textbook Dijkstra from some stations, and with those of one thread at small sizes.

mod check;
mod memory;
mod model;
mod plot;
#[path = "../grid_city/random.rs"]
mod random;
mod stored;

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use pedshed::control::{Control, Stage};
use pedshed::id::StationId;
use pedshed::model::{Profile, Streets};
use pedshed::network::{Impedance, Network};
use pedshed::parallel;
use pedshed::search::{Engine, TravelTimes, Trip};
use pedshed::snap::Snapped;
use pedshed::units::{Cutoff, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

use check::Textbook;
use model::Model;

/// Junctions where none are asked for: quick enough to run with the tests.
const DEFAULT: u32 = 20_000;
/// Up to so many the answers of all threads and of one are compared.
const COMPARE_UP_TO: u32 = 200_000;
/// Stations that are compared with the textbook.
const CHECKED: usize = 20;

/// What one size took. Seconds, bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) junctions: usize,
    edges: usize,
    pub(crate) stations: usize,
    residents: usize,
    pairs: usize,
    build: f64,
    walker: f64,
    pub(crate) snap: f64,
    pub(crate) engine: f64,
    pub(crate) search: f64,
    pub(crate) nearest: f64,
    /// The network with its walker.
    network_bytes: usize,
    /// What is held before snapping: the network, stations and residents.
    inputs_bytes: usize,
    /// And with the engine, before the first search.
    engine_bytes: usize,
    /// The most that was held from snapping on, network and residents included.
    pub(crate) peak_bytes: usize,
}

impl Row {
    /// From the prepared network and the residents in memory to everybody's answer.
    fn total(&self) -> f64 {
        self.snap + self.engine + self.search + self.nearest
    }

    pub(crate) fn micros_per_station(&self) -> f64 {
        self.search * 1e6 / self.stations as f64
    }

    pub(crate) fn bytes_per_junction(&self) -> f64 {
        self.peak_bytes as f64 / self.junctions as f64
    }
}

fn timed<T>(seconds: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *seconds = start.elapsed().as_secs_f64();
    done
}

fn measure(junctions: u32) -> Row {
    let model = Model::new(junctions);
    let (stations, residents) = (&model.stations[..], &model.residents[..]);
    let mut row = Row {
        stations: stations.len(),
        residents: residents.len(),
        ..Row::default()
    };
    let before = memory::held().saturating_sub(bytes_of(&model.streets));
    let network = timed(&mut row.build, || Network::build(&model.streets)).expect("a network");
    drop(model.streets);
    row.junctions = network.node_count();
    let profile = Profile::adult();
    let options = WalkOptions::default();
    let walker = timed(&mut row.walker, || Walker::new(&network, &profile, options));
    let walker = walker.expect("costs fit");
    row.edges = network.edge_count();
    row.network_bytes = memory::held().saturating_sub(before);
    row.inputs_bytes = memory::held();
    memory::forget_peak();
    let control = Control::default();
    let snap = || Placed::new(&walker, stations, residents, Trip::ToStation, control);
    let placed = timed(&mut row.snap, snap).expect("not cancelled");
    let prepare = || placed.engine(Unit::Milliseconds, control);
    let engine = timed(&mut row.engine, prepare).expect("not cancelled");
    row.engine_bytes = memory::held();
    let times = search(&engine, &mut row);
    row.pairs = times.pair_count();
    row.peak_bytes = memory::peak();
    check(&network, walker.times(), placed.snapped(), &times);
    if junctions <= COMPARE_UP_TO {
        let alone = parallel::with_threads(1, || {
            engine.travel_times(Some(quarter_hour()), Control::default())
        });
        let alone = alone.expect("a thread").expect("not cancelled");
        assert!(alone == times, "one thread answers as all do");
    }
    row
}

/// What streets without names fill.
fn bytes_of(streets: &Streets) -> usize {
    size_of_val(&streets.vertices[..])
        + size_of_val(&streets.refs[..])
        + size_of_val(&streets.ways[..])
        + size_of_val(&streets.crossings[..])
}

fn quarter_hour() -> Cutoff {
    Cutoff::minutes(15.0).expect("a cutoff")
}

/// All circles, then everybody's nearest station: two steps of one call, told apart by its reports.
fn search(engine: &Engine<'_>, row: &mut Row) -> TravelTimes {
    let start = Instant::now();
    let searched = Mutex::new(0.0);
    let report = |stage, done, total| {
        if stage == Stage::Search && done == total {
            *searched.lock().expect("no panic") = start.elapsed().as_secs_f64();
        }
    };
    let control = Control::default().with_progress(&report);
    let times = engine.travel_times(Some(quarter_hour()), control);
    let whole = start.elapsed().as_secs_f64();
    row.search = *searched.lock().expect("no panic");
    row.nearest = whole - row.search;
    times.expect("not cancelled")
}

/// Compares some stations with the textbook, and everybody's nearest station with the rows.
fn check(network: &Network, impedance: &Impedance, snapped: &Snapped, times: &TravelTimes) {
    let textbook = Textbook::new(network, impedance, snapped);
    let count = snapped.station_count();
    for index in 0..CHECKED.min(count) {
        let station = StationId((index * count / CHECKED.min(count)) as u32);
        textbook.check(station, times, quarter_hour().cost());
    }
    let mut nearest = vec![None; snapped.residents().len()];
    for station in snapped.stations() {
        for (resident, cost) in times.row(station).expect("its own") {
            let known = &mut nearest[resident.index()];
            *known = (*known).into_iter().chain([(*cost, station)]).min();
        }
    }
    let bound = u64::from(quarter_hour().cost());
    for (found, expected) in times.nearest().iter().zip(nearest) {
        let found = found.filter(|found| found.cost <= bound);
        let found = found.map(|found| (found.cost as u32, found.station));
        assert_eq!(
            found, expected,
            "the nearest station is the least of the rows"
        );
    }
}

#[expect(clippy::print_stdout, reason = "the table is what the bench is for")]
fn print(rows: &[Row]) {
    println!(
        "{} threads; seconds but where a unit is given\n",
        parallel::threads()
    );
    println!(
        "| junctions | edges | stations | residents | pairs | build | walker | snap | engine | search | µs per station | nearest | snap to answer | network B/junction | inputs GB | with engine GB | peak GB | peak B/junction |"
    );
    println!("{}|", "|--:".repeat(18));
    for row in rows {
        println!(
            "| {} | {} | {} | {} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2} | {:.2} | {:.0} |",
            row.junctions,
            row.edges,
            row.stations,
            row.residents,
            row.pairs,
            row.build,
            row.walker,
            row.snap,
            row.engine,
            row.search,
            row.micros_per_station(),
            row.nearest,
            row.total(),
            row.network_bytes as f64 / row.junctions as f64,
            row.inputs_bytes as f64 / 1e9,
            row.engine_bytes as f64 / 1e9,
            row.peak_bytes as f64 / 1e9,
            row.bytes_per_junction(),
        );
    }
}

fn main() {
    let mut sizes = Vec::new();
    let mut svg = None;
    // What cargo adds (`--bench`, or a filter for tests) is passed over.
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--generate" => {
                let path = arguments.next().map(PathBuf::from).expect("a path");
                let junctions = arguments.next().and_then(|count| count.parse().ok());
                return model::generate(junctions.unwrap_or(DEFAULT), &path);
            }
            "--svg" => svg = arguments.next().map(PathBuf::from),
            other => sizes.extend(other.parse::<u32>().ok()),
        }
    }
    if sizes.is_empty() {
        sizes.push(DEFAULT);
    }
    let rows: Vec<Row> = sizes.into_iter().map(measure).collect();
    print(&rows);
    if let Some(path) = svg {
        std::fs::write(path, plot::draw(&rows)).expect("the plot can be written");
    }
}
