//! Text in any encoding as a table of points.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pedshed::inputs::{Columns, Source, read_points};

fuzz_target!(|data: &[u8]| {
    let _ = read_points(
        &Source::from_bytes("a.csv", data.to_vec()),
        &Columns::default(),
        None,
    );
});
