//! A walker from a file, and what the command line names: encodings, coordinate systems, selectors.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pedshed::crs::Crs;
use pedshed::inputs::osm::Selector;
use pedshed::inputs::{Source, TextEncoding, read_profile};

fuzz_target!(|data: &[u8]| {
    let _ = read_profile(&Source::from_bytes("walker.toml", data.to_vec()));
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = text.parse::<TextEncoding>();
        let _ = text.parse::<Selector>();
        let _ = Crs::parse(text).converter();
    }
});
