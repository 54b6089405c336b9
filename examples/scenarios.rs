//! Scenarios: 1,000 places where a station could be, and whom 500 choices of 50 of them would cover. The city is searched once;
//! a scenario is a union of rows. `cargo run --release --example scenarios -- city.osm.pbf residents.csv`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::time::Instant;

use pedshed::prelude::*;

const SITES: usize = 1000;
const SCENARIOS: usize = 500;
const CHOSEN: usize = 50;

fn main() -> Result<(), pedshed::Error> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |default: &str| arguments.next().unwrap_or(default.to_owned());
    let control = Control::default();
    let city = City::open(argument("data/liechtenstein-2013-08-03.osm.pbf"))?
        .residents(&argument("osm:building"))?
        .read(control)?
        .build()?;

    // At homes that are spread over the list.
    let homes = city.residents().iter().filter_map(Resident::valid_place);
    let homes = homes.step_by(city.residents().len().div_ceil(SITES));
    let sites = homes
        .enumerate()
        .map(|(n, at)| Station::new(n.to_string(), at.x, at.y));
    let sites = sites.collect();
    let start = Instant::now();
    let city = city.with_stations(sites, control)?;
    let times = city.times(Cutoff::minutes(15.0)?, control)?;
    let (count, homes, pairs) = (city.station_count(), city.residents().len(), times.csr().1);
    let (pairs, took) = (pairs.len(), start.elapsed());
    println!("{count} sites, {homes} homes: {pairs} pairs within 15 minutes, in {took:.0?}");

    let (mut best, start) = ((0.0, 0), Instant::now());
    for scenario in 0..SCENARIOS {
        let site = |number: usize| (scenario * 37 + number * (scenario % 97 + 13)) % count;
        let chosen: Vec<StationId> = (0..CHOSEN)
            .map(|number| StationId::new(site(number)))
            .collect();
        let share = times.coverage_of(&chosen)?.share();
        if share > best.0 {
            best = (share, scenario);
        }
    }
    println!("{:.1?} a scenario", start.elapsed() / SCENARIOS as u32);
    let (share, scenario) = (best.0 * 100.0, best.1);
    println!("the best is number {scenario}: {share:.1} % live within 15 minutes");
    Ok(())
}
