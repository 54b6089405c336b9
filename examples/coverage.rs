//! Who is covered: a city from an OpenStreetMap file, residents from its buildings.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use pedshed::coverage::Status;
use pedshed::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let control = Control::default();
    let city = City::open("data/liechtenstein-2013-08-03.osm.pbf")?
        .stations("osm:amenity=post_office")?
        .residents("osm:building")?
        .read(control)?
        .build()?;
    let cutoffs = [Cutoff::minutes(5.0)?, Cutoff::minutes(15.0)?];
    let coverage = city.coverage(&cutoffs, control)?;

    println!(
        "{:.1} % live within 15 minutes' walk of a post office",
        coverage.share() * 100.0
    );
    for status in Status::ALL {
        println!(
            "{:>12}: {} people",
            status.name(),
            coverage.with_status(status).people
        );
    }
    Ok(())
}
