//! Who is covered: a city from an OpenStreetMap file, residents from its buildings. Seven lines from files to the answer.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::path::Path;

use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::inputs::{Inputs, Layer, LayerSource, Request, Source};
use pedshed::{Options, analyse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = Path::new("data/liechtenstein-2013-08-03.osm.pbf");
    let drawn = |selector: &str| -> Result<Layer, Box<dyn std::error::Error>> {
        Ok(Layer::new(LayerSource::Osm(selector.parse()?)))
    };
    let request = Request {
        stations: vec![drawn("osm:amenity=post_office")?],
        residents: vec![drawn("osm:building")?],
        ..Request::new(Source::open(data)?)
    };
    let inputs = Inputs::read(&request)?;
    let analysis = analyse(
        &inputs.network,
        inputs.city(),
        Options::minutes(&[5.0, 10.0, 15.0])?,
        Control::default(),
    )?;

    let coverage = &analysis.coverage;
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
