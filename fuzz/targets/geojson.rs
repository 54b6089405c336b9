//! Vector text as lines (mended and not), points and areas.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pedshed::inputs::{Columns, LayerCrs, Mending, Source, read_areas, read_lines, read_points};
use pedshed::network::Network;

fuzz_target!(|data: &[u8]| {
    let source = Source::from_bytes("a.geojson", data.to_vec());
    let crs = LayerCrs::default();
    let _ = read_points(&source, &Columns::default(), None);
    let _ = read_areas(&source, &Columns::default(), &crs);
    let mended = Mending {
        join_tolerance_m: 5.0,
        node_crossings: true,
        look: true,
    };
    for mending in [Mending::default(), mended] {
        if let Ok(read) = read_lines(&source, &crs, mending) {
            let _ = Network::build(&read.streets);
        }
    }
});
