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
    #[cfg(any(feature = "csv", feature = "geojson", feature = "config"))]
    pub(super) fn text(&self) -> Result<&str, InputError> {
        let bytes = self.bytes();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let byte = error.valid_up_to() + self.bytes().len() - bytes.len();
            self.malformed(
                format!("line {line} (byte {byte})"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_name() {
        for (path, format) in [
            ("a/b/City.OSM.PBF", Some(Format::OsmPbf)),
            ("city.geojson", Some(Format::GeoJson)),
            ("city.json", Some(Format::GeoJson)),
            ("homes.csv", Some(Format::Csv)),
            ("homes.TXT", Some(Format::Csv)),
            ("homes.xlsx", None),
            ("pbf", None),
        ] {
            assert_eq!(Source::from_bytes(path, b"".as_slice()).format(), format);
        }
    }

    #[test]
    fn a_source_knows_its_path_and_its_name() {
        let source = Source::from_bytes("a/b/homes.csv", b"id".as_slice());
        assert_eq!(
            (source.path(), source.name()),
            ("a/b/homes.csv", "homes.csv")
        );
        assert_eq!(source.bytes(), b"id");
    }

    #[cfg(any(feature = "csv", feature = "geojson", feature = "config"))]
    #[test]
    fn what_is_no_text_is_named_with_line_and_byte() {
        let text = |bytes: &'static [u8]| {
            let source = Source::from_bytes("homes.csv", bytes);
            source
                .text()
                .map(str::to_owned)
                .map_err(|error| error.to_string())
        };
        assert_eq!(text(b"\xEF\xBB\xBFid"), Ok("id".to_owned()));
        let error = text(b"\xEF\xBB\xBFid\n\n\xd3").expect_err("GBK");
        assert!(error.contains("line 3 (byte 7)"), "{error}");
    }

    #[test]
    fn folders_missing_and_empty_files_are_told_apart() {
        let folder = &std::env::temp_dir();
        let words = |path: &Path| match Source::open(path) {
            Err(InputError::Read { reason, .. }) => reason.to_string(),
            other => format!("{other:?}"),
        };
        assert!(words(folder).contains("is a folder"), "{}", words(folder));
        let missing = folder.join("pedshed-has-no-such-file.csv");
        assert!(
            words(&missing).contains("No such file") || words(&missing).contains("cannot find")
        );
        assert!(matches!(
            Source::open(Path::new("/dev/null")),
            Err(InputError::Empty { .. } | InputError::Read { .. })
        ));
    }
}
