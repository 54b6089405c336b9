//! A Shapefile: two bytes of length, the main file, the attributes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pedshed::inputs::{Columns, LayerCrs, Mending, Source, read_areas, read_lines, read_points};

fuzz_target!(|data: &[u8]| {
    let [low, high, rest @ ..] = data else { return };
    let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
    let (shapes, attributes) = rest.split_at(length);
    let mut source = Source::from_bytes("a.shp", shapes.to_vec());
    if !attributes.is_empty() {
        source = source.with_companion(Source::from_bytes("a.dbf", attributes.to_vec()));
    }
    let crs = LayerCrs::default();
    let _ = read_points(&source, &Columns::default(), None);
    let _ = read_areas(&source, &Columns::default(), &crs);
    let _ = read_lines(&source, &crs, Mending::default());
});
