//! What several tests need: a writer of small PBF files, the command in a folder of its own, the project's data.

pub(crate) mod command;
pub(crate) mod files;
pub(crate) mod pbf;

use std::path::PathBuf;

/// The folder that cargo runs tests in, asked at run time: clones that share a target folder share test programs.
pub(crate) fn project() -> PathBuf {
    std::env::current_dir().expect("a folder to run in")
}

/// The extract that ships with the project.
pub(crate) fn liechtenstein() -> PathBuf {
    project().join("data/liechtenstein-2013-08-03.osm.pbf")
}

/// A file of the data that may not be shipped; `None`, with a line that says so, where it is absent.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let path = project().join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {name} is not here");
        return None;
    }
    Some(path)
}
