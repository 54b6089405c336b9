//! A fixed piece of work whose instructions `benches/instructions/run` counts: the search of a hundred stations on a
//! seeded city, as many times as the argument says, on one thread. The difference between two counts is the search alone.

#[path = "../grid_city/mod.rs"]
mod grid_city;

use std::hint::black_box;

use pedshed::control::Control;
use pedshed::model::Profile;
use pedshed::network::Network;
use pedshed::parallel::with_threads;
use pedshed::search::Trip;
use pedshed::units::{Cutoff, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};

use grid_city::GridCity;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Error> {
    let repeats = match std::env::args().nth(1) {
        Some(argument) => argument.parse()?,
        None => 1,
    };
    with_threads(1, || search(repeats))?
}

fn search(repeats: u32) -> Result<(), Error> {
    let city = GridCity::new(100, 100, 5_000);
    let network = Network::build(&city.streets)?;
    let walker = Walker::new(&network, &Profile::plain(), WalkOptions::default())?;
    let control = Control::default();
    let (stations, residents) = (&city.stations, &city.residents);
    let placed = Placed::new(&walker, stations, residents, Trip::ToStation, control)?;
    let engine = placed.engine(Unit::Milliseconds, control)?;
    let mut catchments = engine.catchments(Cutoff::minutes(15.0)?)?;
    for _ in 0..repeats {
        for station in placed.snapped().stations() {
            black_box(catchments.around_station(station)?);
        }
    }
    Ok(())
}
