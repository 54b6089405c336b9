//! The extract of a map that ships with the program.

use std::path::Path;

use pedshed::inputs::Source;

/// OpenStreetMap contributors, `ODbL` 1.0; see data/README.md.
static LIECHTENSTEIN: &[u8] = include_bytes!("../../../data/liechtenstein-2013-08-03.osm.pbf");
const FILE_NAME: &str = "liechtenstein-2013-08-03.osm.pbf";
/// What the extract that ships with the program is called in the place of a network's file.
const SHIPPED: &str = "demo:liechtenstein";

/// The extract that ships with the program, where a text names it.
pub(crate) fn shipped(network: &Path) -> Option<Source> {
    is_shipped(network.to_str().unwrap_or_default()).then(liechtenstein)
}

/// The extract that ships with the program.
pub(crate) fn liechtenstein() -> Source {
    Source::from_bytes(FILE_NAME, LIECHTENSTEIN)
}

/// Whether a text names the extract that ships with the program.
pub(crate) fn is_shipped(text: &str) -> bool {
    text == SHIPPED
}
