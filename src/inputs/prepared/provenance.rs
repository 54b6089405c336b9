//! What a prepared network was made of.

use crate::inputs::Format;
use crate::inputs::source::format_of;

/// What a prepared network was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The files that it was read from.
    pub files: Vec<PreparedFrom>,
    /// How it was read: the flags that differ from the usual.
    pub options: String,
    /// The program that made it, and its version.
    pub program: String,
}

/// A file that a prepared network was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedFrom {
    /// Its name without folders.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Provenance {
    /// Of files that this program read.
    #[must_use]
    pub fn new(files: Vec<PreparedFrom>, options: impl Into<String>) -> Self {
        Self {
            files,
            options: options.into(),
            program: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Whether it was made of OpenStreetMap data, which ask for a credit wherever they are shown.
    #[must_use]
    pub(crate) fn is_openstreetmap(&self) -> bool {
        let mut names = self.files.iter().map(|file| file.name.as_str());
        names.any(|name| format_of(name) == Some(Format::OsmPbf))
    }
}
