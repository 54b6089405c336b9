//! Why an input file cannot be used: what, where, and what to do.

use std::io;

use crate::crs::CrsError;

/// A file that cannot be used as a whole. Single bad records are counted as findings instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file cannot be read.
    #[error("{file}: cannot be read")]
    Read {
        /// The file.
        file: String,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
    /// Nothing in it.
    #[error("{file}: is empty; expected {wanted}")]
    Empty {
        /// The file.
        file: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A format that is not read, or a name that does not tell which it is.
    #[error("{file}: not a format that can be read here; use {wanted}")]
    Format {
        /// The file.
        file: String,
        /// The formats that can stand there.
        wanted: &'static str,
    },
    /// The text breaks off or breaks its format's rules.
    #[error("{file}: {place}: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// Where: line, feature, blob and byte.
        place: String,
        /// What is wrong and what to do.
        reason: String,
    },
    /// A column that is needed is not there.
    #[error("{file}: no column for {field}; columns are {found}; name it with {flag}")]
    Column {
        /// The file.
        file: String,
        /// What the column should hold.
        field: &'static str,
        /// The columns that are there.
        found: String,
        /// The flag that names it.
        flag: &'static str,
    },
    /// A selector `osm:key=value` that cannot be read.
    #[error(
        "\"{text}\" is not an OpenStreetMap selector; write osm:key=value, osm:key, or osm:key=value,key2=value2"
    )]
    Selector {
        /// What was given.
        text: String,
    },
    /// A selector without an OpenStreetMap file to select from.
    #[error("{text} selects from the --network file, and {file} is not an .osm.pbf")]
    SelectorNeedsOsm {
        /// The selector.
        text: String,
        /// The network file.
        file: String,
    },
    /// Nothing matches, or no record is left.
    #[error("{layer}: {source_name} holds no {wanted}{instead}")]
    NothingFound {
        /// The layer.
        layer: &'static str,
        /// The file or selector.
        source_name: String,
        /// What was looked for.
        wanted: &'static str,
        /// What was found instead, as a clause that goes on with the sentence; empty where there was nothing at all.
        instead: String,
    },
    /// Longitude and latitude are the wrong way round.
    #[error(
        "{layer}: {source_name}: longitude and latitude look swapped (swapped, the layer meets the network; as given it does not); swap the columns"
    )]
    Swapped {
        /// The layer.
        layer: &'static str,
        /// The file.
        source_name: String,
    },
    /// More than `u32` indices can hold.
    #[error("{file}: {count} {what} are more than {max}", max = u32::MAX)]
    TooLarge {
        /// The file.
        file: String,
        /// How many.
        count: u64,
        /// Of what.
        what: &'static str,
    },
}

/// Why inputs cannot be read: a file, or a coordinate system.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputsError {
    /// A file cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A coordinate system cannot be used.
    #[error(transparent)]
    Crs(#[from] CrsError),
}
