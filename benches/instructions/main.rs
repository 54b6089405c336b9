//! A fixed piece of work whose instructions `benches/instructions/run` counts: the search of a hundred stations on a
//! seeded city, as many times as the argument says, on one thread. The difference between two counts is the search alone.

#[path = "../grid_city/mod.rs"]
mod grid_city;

use std::hint::black_box;

use pedshed::control::Control;
use pedshed::model::Profile;
use pedshed::network::{Impedance, Islands, Network};
use pedshed::parallel::with_threads;
use pedshed::search::{Engine, Trip};
use pedshed::snap::{SnapOptions, Snapped};
use pedshed::units::Cutoff;

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
    let impedance = Impedance::times(&network, &Profile::plain())?;
    let islands = Islands::new(&network, &impedance, 300.0);
    let points = (city.stations.as_slice(), city.residents.as_slice());
    let (options, control) = (SnapOptions::default(), Control::default());
    let snapped = Snapped::new(
        &network, &impedance, &islands, points.0, points.1, options, control,
    )?;
    let engine = Engine::new(&network, &impedance, &snapped, Trip::ToStation);
    let mut catchments = engine.catchments(Cutoff::minutes(15.0)?);
    for _ in 0..repeats {
        for station in snapped.stations() {
            black_box(catchments.around_station(station));
        }
    }
    Ok(())
}
