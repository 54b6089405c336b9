//! Input files as named bytes: read whole, fingerprinted by the caller, dropped when parsed.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use super::InputError;

/// The formats that are read, told apart by the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// OpenStreetMap's binary format: `.osm.pbf`, `.pbf`.
    OsmPbf,
    /// GeoJSON: `.geojson`, `.json`.
    GeoJson,
    /// A table: `.csv`, `.tsv`, `.txt`.
    Csv,
}

/// An input file in memory.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    name: String,
    bytes: Cow<'static, [u8]>,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// [`InputError::Read`] when it cannot be read or is a folder, [`InputError::Empty`] when nothing is in it.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        let text = path.display().to_string();
        let read = |reason| InputError::Read {
            file: text.clone(),
            reason,
        };
        if path.is_dir() {
            return Err(read(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder; name a file in it",
            )));
        }
        let bytes = fs::read(path).map_err(read)?;
        if bytes.is_empty() {
            return Err(InputError::Empty {
                file: text,
                wanted: "streets, points or areas",
            });
        }
        Ok(Self::from_bytes(text, bytes))
    }

    /// A file that is in memory already, such as one compiled into the program. The name's ending tells its format.
    ///
    /// ```
    /// use pedshed::inputs::{Format, Source};
    /// let source = Source::from_bytes("data/homes.csv", "id,lon,lat\n".as_bytes());
    /// assert_eq!((source.name(), source.format()), ("homes.csv", Some(Format::Csv)));
    /// ```
    #[must_use]
    pub fn from_bytes(path: impl Into<String>, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let path = path.into();
        let name = Path::new(&path).file_name();
        let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
        Self {
            path,
            name,
            bytes: bytes.into(),
        }
    }

    /// The file's name without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's path as it was given, for messages.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its format by its name.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        let name = self.name.to_ascii_lowercase();
        match name.rsplit_once('.')?.1 {
            "pbf" => Some(Format::OsmPbf),
            "geojson" | "json" => Some(Format::GeoJson),
            "csv" | "tsv" | "txt" => Some(Format::Csv),
            _ => None,
        }
    }

    /// Its text, without a byte-order mark.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the line of the first byte that is not UTF-8.
    #[cfg(any(feature = "csv", feature = "geojson"))]
    pub(super) fn text(&self) -> Result<&str, InputError> {
        let bytes = self.bytes();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            self.malformed(
                format!("line {line}"),
                "the text is not UTF-8; save the file as UTF-8",
            )
        })
    }

    pub(super) fn malformed(
        &self,
        place: impl Into<String>,
        reason: impl Into<String>,
    ) -> InputError {
        InputError::Malformed {
            file: self.path.clone(),
            place: place.into(),
            reason: reason.into(),
        }
    }
}
