//! A request handler: who lives within 15 minutes of a place, and which three stations are nearest, asked by eight threads at
//! once. `cargo run --release --example handler -- city.osm.pbf stations.csv residents.csv`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::time::{Duration, Instant};

use pedshed::prelude::*;

const THREADS: usize = 8;
const REQUESTS: usize = 10_000;

#[derive(Clone)]
struct App(City);

impl App {
    /// Answers a request from some resident's home; each half with the time that it took.
    fn handle(&self, request: usize) -> Result<[Duration; 2], pedshed::Error> {
        let homes = self.0.residents();
        let home = homes[request * 7919 % homes.len()].valid_place();
        let (home, start) = (home.unwrap_or_default(), Instant::now());
        std::hint::black_box(self.0.within(home, Cutoff::minutes(15.0)?)?);
        let (within, start) = (start.elapsed(), Instant::now());
        std::hint::black_box(self.0.nearest(home, 3)?);
        Ok([within, start.elapsed()])
    }
}

fn main() -> Result<(), pedshed::Error> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |default: &str| arguments.next().unwrap_or(default.to_owned());
    let city = City::open(argument("data/liechtenstein-2013-08-03.osm.pbf"))?
        .stations(&argument("osm:amenity=post_office"))?
        .residents(&argument("osm:building"))?
        .read(Control::default())?
        .build()?;
    let app = App(city);
    app.handle(0)?;
    for threads in [1, THREADS] {
        let workers = (0..threads).map(|worker| {
            let (app, requests) = (app.clone(), (worker..REQUESTS).step_by(threads));
            std::thread::spawn(move || requests.map(|request| app.handle(request)).collect())
        });
        let mut times: Vec<[Duration; 2]> = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            let handled: Result<Vec<_>, _> = worker.join().expect("no worker fails");
            times.extend(handled?);
        }
        for (half, question) in ["within 15 minutes", "nearest 3"].iter().enumerate() {
            times.sort_by_key(|halves| halves[half]);
            let [median, p99] = [50, 99].map(|part| times[times.len() * part / 100][half]);
            println!("{threads} threads, {question}: median {median:.1?}, 99 % in {p99:.1?}");
        }
    }
    Ok(())
}
