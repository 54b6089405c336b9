//! A planner's hand: a post office is dragged along, a street is closed, and the share of people who are covered is there at once.
//! `cargo run --release --example live -- city.osm.pbf stations.csv residents.csv`

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::time::Instant;

use pedshed::coverage::LiveCoverage;
use pedshed::prelude::*;

const EDITS: u32 = 1000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = |default: &str| arguments.next().unwrap_or(default.to_owned());
    let control = Control::default();
    let city = City::open(argument("data/liechtenstein-2013-08-03.osm.pbf"))?
        .stations(&argument("osm:amenity=post_office"))?
        .residents(&argument("osm:building"))?
        .read(control)?
        .build()?;
    let minutes = [5.0, 10.0, 15.0].map(Cutoff::minutes).into_iter();
    let mut live = city.live(&minutes.collect::<Result<Vec<_>, _>>()?, control)?;
    let say = |what: &str, live: &LiveCoverage| {
        let share = live.coverage().share() * 100.0;
        println!("{what:>16}: {share:.1} % covered");
    };
    say("as it is", &live);

    let mut place = city.station(StationId(0))?.place.clone()?;
    let start = Instant::now();
    for _ in 0..EDITS {
        place.y -= 1e-5;
        live.move_station(StationId(0), &[place])?;
    }
    let step = start.elapsed() / EDITS;
    println!("{:>16}: {step:.0?} a step", "moved south");
    say("moved 1.1 km", &live);

    let last = StationId::new(city.station_count() - 1);
    let snaps = live.snapped().station_snaps(last);
    let edges: Vec<EdgeId> = snaps.map(|snap| snap.edge).collect();
    let start = Instant::now();
    let (searched, took) = (live.close_edges(&edges)?.stations, start.elapsed());
    println!(
        "{:>16}: {searched} stations searched in {took:.0?}",
        "a street closed"
    );
    say("without it", &live);
    live.open_edges(&live.closed_edges().collect::<Vec<EdgeId>>())?;
    live.remove_station(StationId(0))?;
    say("one station less", &live);
    Ok(())
}
