//! An extract with everything drawn from it: streets, points, homes, areas.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pedshed::inputs::{Inputs, Layer, LayerSource, Request, Source};

fuzz_target!(|data: &[u8]| {
    let layer = |text: &str| Layer::new(LayerSource::Osm(text.parse().expect("a selector")));
    let request = Request {
        stations: vec![layer("osm:amenity")],
        residents: vec![layer("osm:building")],
        areas: Some(layer("osm:boundary=administrative")),
        ..Request::new(Source::from_bytes("a.osm.pbf", data.to_vec()))
    };
    let _ = Inputs::read(&request);
});
