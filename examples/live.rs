//! A planner's hand: a post office is dragged along, a street is closed, and the share of people who are covered is there at
//! once.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

use std::path::Path;
use std::time::Instant;

use pedshed::control::Control;
use pedshed::coverage::LiveCoverage;
use pedshed::id::{EdgeId, StationId};
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
    let (options, control) = (Options::minutes(&[5.0, 10.0, 15.0])?, Control::default());
    let analysis = analyse(&inputs.network, inputs.city(), options, control)?;
    let mut live = analysis.live(inputs.city(), control)?;
    let say = |what: &str, live: &LiveCoverage| {
        println!(
            "{what:>16}: {:.1} % covered",
            live.coverage().share() * 100.0
        );
    };
    say("as it is", &live);

    let mut place = inputs.stations[0].place.clone()?;
    let start = Instant::now();
    for _ in 0..100 {
        place.y -= 1e-4;
        live.move_station(StationId(0), &[place]);
    }
    println!(
        "{:>16}: {:.0?} a step",
        "moved south",
        start.elapsed() / 100
    );
    say("moved 1.1 km", &live);

    let edge = live
        .snapped()
        .station_snaps(StationId(1))
        .next()
        .map(|snap| snap.edge);
    let edited = live.close_edges(edge.as_slice());
    println!(
        "{:>16}: {} stations searched again",
        "a street closed", edited.stations
    );
    say("without it", &live);
    live.open_edges(&live.closed_edges().collect::<Vec<EdgeId>>());
    live.remove_station(StationId(0));
    say("one station less", &live);
    Ok(())
}
