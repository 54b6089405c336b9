//! Why an input file cannot be used: what, where, and what to do.

use std::io;

use crate::control::Cancelled;
use crate::crs::CrsError;
use crate::network::NetworkError;
use crate::text::language::{InLanguage, Words};
use crate::text::words::{Part, Said, sentence, sentences};
use crate::units::OptionError;

/// A file that cannot be used as a whole. Single bad records are counted as findings instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Polygons that are to be residents, of which none says how many people live there.
    PolygonsWithoutPeople {
        /// The file.
        file: String,
    },
    /// The file cannot be read.
    Read {
        /// The file.
        file: String,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
    /// What is no ordinary file gives more than it may.
    TooMuch {
        /// The pipe or device.
        file: String,
        /// As many million bytes as it may give.
        megabytes: u64,
    },
    /// Nothing in it.
    Empty {
        /// The layer that it was given for, where that is known.
        layer: Option<Words>,
        /// The file.
        file: String,
        /// What it should hold.
        wanted: Words,
    },
    /// A format that is not read, or a name that does not tell which it is.
    Format {
        /// The file.
        file: String,
        /// The formats that can stand there.
        wanted: Words,
    },
    /// The text breaks off or breaks its format's rules.
    Malformed {
        /// The file.
        file: String,
        /// Where: line, feature, blob and byte.
        place: Words,
        /// What is wrong and what to do.
        reason: Words,
    },
    /// A column that is needed is not there.
    Column {
        /// The file.
        file: String,
        /// What the column should hold.
        field: Words,
        /// The columns that are there.
        found: String,
        /// The option that names it.
        option: &'static str,
    },
    /// A selector `osm:key=value` that cannot be read.
    Selector {
        /// What was given.
        text: String,
    },
    /// A selector without an OpenStreetMap file to select from.
    SelectorNeedsOsm {
        /// The selector.
        text: String,
        /// The network file.
        file: String,
    },
    /// A selector where the network is a prepared one.
    SelectorOfPrepared {
        /// The selector.
        text: String,
        /// The network file.
        file: String,
        /// What it was made from.
        original: String,
    },
    /// A prepared network that cannot be used.
    #[cfg(feature = "prepared")]
    Prepared {
        /// The file.
        file: String,
        /// What is wrong and what to do.
        reason: crate::network::PreparedError,
    },
    /// Something was given that reaches nothing.
    ReachesNothing {
        /// The option, as a study file names it.
        option: String,
        /// Why it reaches nothing, and what it could have reached.
        reason: Words,
    },
    /// Nothing matches, or no record is left.
    NothingFound {
        /// The layer.
        layer: Words,
        /// The file or selector.
        source_name: String,
        /// What was looked for.
        wanted: Words,
        /// What was found instead, as a clause that goes on with the sentence; empty where there was nothing at all.
        instead: Words,
    },
    /// Longitude and latitude are the wrong way round.
    Swapped {
        /// The layer.
        layer: Words,
        /// The file.
        source_name: String,
    },
    /// A layer lies elsewhere than the network.
    OffGround {
        /// The layer and its file, how many of its records are near, and where they and the streets lie.
        whereabouts: Words,
        /// What to do.
        cure: Words,
    },
    /// No record of a layer has a place.
    NoPlace {
        /// The layer.
        layer: Words,
        /// The file.
        source_name: String,
        /// How many records it has.
        count: usize,
        /// What is wrong with the first.
        fault: Words,
        /// What to do.
        cure: Words,
    },
    /// Lines in metres that were read as degrees.
    NetworkInMetres {
        /// The file.
        file: String,
        /// What it was read in.
        crs: String,
        /// The first number of a position in the middle of the file.
        x: f64,
        /// The second.
        y: f64,
        /// Which system it may be.
        hint: Words,
    },
    /// More than `u32` indices can hold.
    TooLarge {
        /// The file.
        file: String,
        /// How many.
        count: u64,
        /// Of what.
        what: Words,
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
    /// The streets make no network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A number among the request's options makes no sense.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The caller cancelled the reading.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A layer, as it stands before what is said of its file.
#[allow(clippy::ref_option, reason = "the macro hands on a field by reference")]
fn before(layer: &Option<Words>) -> impl Part {
    Said(move |language| match layer {
        Some(layer) => sentence!(language, [InputError Layer] layer = layer),
        None => String::new(),
    })
}

sentences!(InputError {
    PolygonsWithoutPeople { file };
    Read { file };
    TooMuch { file, megabytes };
    Empty { layer as before, file, wanted };
    Format { file, wanted };
    Malformed { file, place, reason };
    Column { file, field, found, option };
    Selector { text };
    SelectorNeedsOsm { text, file };
    SelectorOfPrepared { text, file, original };
    #[cfg(feature = "prepared")]
    Prepared { file, reason };
    ReachesNothing { option, reason };
    NothingFound { layer, source_name, wanted, instead };
    Swapped { layer, source_name };
    OffGround { whereabouts, cure };
    NoPlace { layer, source_name, count, fault, cure };
    NetworkInMetres { file, crs, x, y, hint };
    TooLarge { file, count, what } with max = u32::MAX;
});

impl InLanguage for InputsError {
    fn zh(&self) -> String {
        match self {
            InputsError::Input(error) => error.zh(),
            InputsError::Crs(error) => error.zh(),
            InputsError::Network(error) => error.zh(),
            InputsError::Option(error) => error.zh(),
            InputsError::Cancelled(error) => error.zh(),
        }
    }
}
