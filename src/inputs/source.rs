//! Input files as named bytes: read whole, fingerprinted by the caller, dropped when parsed.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
#[cfg(feature = "prepared")]
use std::sync::Arc;

use super::InputError;
#[cfg(feature = "text")]
use super::text::{self, Decoded, TextEncoding};
use crate::language::{Words, words};
#[cfg(feature = "text")]
use crate::model::{FindingCode, Findings};
#[cfg(feature = "prepared")]
use crate::network::Buffer;

/// The formats that are read, told apart by the file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// OpenStreetMap's binary format: `.osm.pbf`, `.pbf`.
    OsmPbf,
    /// GeoJSON: `.geojson`, `.json`; a feature on each line: `.geojsonl`, `.ndjson`.
    GeoJson,
    /// A table: `.csv`, `.tsv`, `.txt`.
    Csv,
    /// A Shapefile: `.shp`, with `.dbf`, `.prj` and `.cpg` beside it.
    Shapefile,
    /// A spreadsheet: `.xlsx`, `.xlsm`, `.xls`.
    Excel,
    /// A network that was prepared: `.pedshed`.
    Prepared,
}

/// What follows the last point of a name, in lower case.
fn ending_of(name: &str) -> Option<String> {
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

/// The format of a file by its name.
pub(super) fn format_of(name: &str) -> Option<Format> {
    match ending_of(name)?.as_str() {
        "pbf" => Some(Format::OsmPbf),
        "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" | "jsonl" => Some(Format::GeoJson),
        "csv" | "tsv" | "txt" => Some(Format::Csv),
        "shp" => Some(Format::Shapefile),
        "xlsx" | "xlsm" | "xls" => Some(Format::Excel),
        "pedshed" => Some(Format::Prepared),
        _ => None,
    }
}

/// The file beside another that differs in its ending alone, in lower or upper case.
fn find_beside(path: &Path, ending: &str) -> Option<PathBuf> {
    [ending.to_owned(), ending.to_uppercase()]
        .into_iter()
        .map(|ending| path.with_extension(ending))
        .find(|path| path.is_file())
}

/// The endings of the files that make up a Shapefile, without those that only make searching faster.
const SHAPEFILE_COMPANIONS: [&str; 3] = ["dbf", "prj", "cpg"];

/// The bytes of a file.
#[derive(Clone, Debug)]
enum Bytes {
    Any(Cow<'static, [u8]>),
    /// Beginning where any number may lie, and shared with who looks at them.
    #[cfg(feature = "prepared")]
    Aligned(Arc<Buffer>),
}

impl Bytes {
    /// Reads a file of this format.
    #[cfg_attr(
        not(feature = "prepared"),
        expect(unused_variables, reason = "only prepared networks are read otherwise")
    )]
    fn read(path: &Path, format: Option<Format>) -> io::Result<Self> {
        #[cfg(feature = "prepared")]
        if format == Some(Format::Prepared) {
            let file = fs::File::open(path)?;
            let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
            let buffer = Buffer::read(file, length)?;
            return Ok(Bytes::Aligned(Arc::new(buffer)));
        }
        fs::read(path).map(|bytes| Bytes::Any(bytes.into()))
    }
}

/// An input file in memory.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    name: String,
    bytes: Bytes,
    #[cfg(feature = "text")]
    encoding: Option<TextEncoding>,
    companions: Vec<Source>,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// [`InputError::Read`] when it cannot be read or is a folder.
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
        let bytes = Bytes::read(path, format_of(&text)).map_err(read)?;
        let source = Self::of(text.clone(), bytes);
        if source.format() != Some(Format::Shapefile) {
            return Ok(source);
        }
        let mut beside = SHAPEFILE_COMPANIONS
            .iter()
            .filter_map(|ending| find_beside(path, ending));
        beside.try_fold(source, |source, companion| {
            let name = companion.display().to_string();
            let bytes = fs::read(&companion).map_err(|reason| InputError::Read {
                file: name.clone(),
                reason,
            })?;
            Ok(source.with_companion(Self::from_bytes(name, bytes)))
        })
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
        Self::of(path.into(), Bytes::Any(bytes.into()))
    }

    fn of(path: String, bytes: Bytes) -> Self {
        let name = Path::new(&path).file_name();
        let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
        Self {
            path,
            name,
            bytes,
            #[cfg(feature = "text")]
            encoding: None,
            companions: Vec::new(),
        }
    }

    /// The same file with its text in this encoding, where the file itself has no byte-order mark.
    #[cfg(feature = "text")]
    #[must_use]
    pub fn with_encoding(self, encoding: TextEncoding) -> Self {
        Self {
            encoding: Some(encoding),
            ..self
        }
    }

    /// The same file with one that belongs to it: the attributes of a Shapefile and the like.
    #[must_use]
    pub fn with_companion(mut self, companion: Source) -> Self {
        self.companions.push(companion);
        self
    }

    /// The files that belong to it.
    #[must_use]
    pub fn companions(&self) -> &[Source] {
        &self.companions
    }

    /// The file that belongs to it with this ending.
    #[cfg(feature = "shapefile")]
    pub(super) fn companion(&self, ending: &str) -> Option<&Source> {
        let has_it = |companion: &&Source| ending_of(&companion.name).as_deref() == Some(ending);
        self.companions.iter().find(has_it)
    }

    /// The encoding that was given for its text.
    #[cfg(feature = "shapefile")]
    pub(super) fn encoding(&self) -> Option<TextEncoding> {
        self.encoding
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
        match &self.bytes {
            Bytes::Any(bytes) => bytes,
            #[cfg(feature = "prepared")]
            Bytes::Aligned(buffer) => buffer.bytes(),
        }
    }

    /// Its bytes, beginning where any number may lie.
    #[cfg(feature = "prepared")]
    pub(super) fn buffer(&self) -> Arc<Buffer> {
        match &self.bytes {
            Bytes::Aligned(buffer) => Arc::clone(buffer),
            Bytes::Any(bytes) => Arc::new(Buffer::copy(bytes)),
        }
    }

    /// Its format by its name.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        format_of(&self.name)
    }

    /// Refuses a file without a byte.
    pub(super) fn check_not_empty(&self, wanted: Words) -> Result<(), InputError> {
        if self.bytes().is_empty() {
            return Err(InputError::Empty {
                file: self.path.clone(),
                wanted,
            });
        }
        Ok(())
    }

    /// Its UTF-8 text, without a byte-order mark.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the line of the first byte that is not UTF-8.
    #[cfg(feature = "config")]
    pub(crate) fn utf_8(&self) -> Result<&str, InputError> {
        let bytes = self.bytes();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        std::str::from_utf8(bytes).map_err(|error| {
            let byte = error.valid_up_to() + self.bytes().len() - bytes.len();
            self.not_text(
                byte,
                words!(
                    "the text is not UTF-8; save the file as UTF-8",
                    "文本不是 UTF-8 编码；请将文件另存为 UTF-8"
                ),
            )
        })
    }

    /// Its text in whatever encoding it is.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the line of the first byte that is no text.
    #[cfg(feature = "text")]
    pub(super) fn decode(&self) -> Result<Decoded<'_>, InputError> {
        let reason = || {
            words!(
                "the text is neither UTF-8 nor plainly Chinese in GB18030; name its encoding with --encoding, or save the file as UTF-8",
                "文本既不是 UTF-8，也不能确认为 GB18030 中文；请用 --encoding 指定编码，或将文件另存为 UTF-8"
            )
        };
        let decoded = text::decode(self.bytes(), self.encoding);
        decoded.map_err(|error| self.not_text(error.byte, reason()))
    }

    /// Says that the text is not UTF-8.
    #[cfg(feature = "text")]
    pub(super) fn encoding_finding(&self, decoded: &Decoded<'_>) -> Findings {
        let mut findings = Findings::default();
        if let Some(encoding) = decoded.encoding {
            findings.add(FindingCode::Encoding, || {
                let name = self.name();
                words!(
                    "{name} is read as {encoding}",
                    "{name} 按 {encoding} 编码读取"
                )
            });
        }
        findings
    }

    fn not_text(&self, byte: usize, reason: Words) -> InputError {
        let before = &self.bytes()[..byte];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let place = words!(
            "line {line} (byte {byte})",
            "第 {line} 行（第 {byte} 字节）"
        );
        self.malformed(place, reason)
    }

    pub(super) fn malformed(&self, place: Words, reason: Words) -> InputError {
        InputError::Malformed {
            file: self.path.clone(),
            place,
            reason,
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
            ("homes.xlsx", Some(Format::Excel)),
            ("homes.SHP", Some(Format::Shapefile)),
            ("city.pedshed", Some(Format::Prepared)),
            ("homes.ods", None),
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

    #[cfg(feature = "config")]
    #[test]
    fn what_is_no_text_is_named_with_line_and_byte() {
        let text = |bytes: &'static [u8]| {
            let source = Source::from_bytes("walker.toml", bytes);
            let text = source.utf_8().map(str::to_owned);
            text.map_err(|error| error.to_string())
        };
        assert_eq!(text(b"\xEF\xBB\xBFid"), Ok("id".to_owned()));
        let error = text(b"\xEF\xBB\xBFid\n\n\xd3").expect_err("GBK");
        assert!(error.contains("line 3 (byte 7)"), "{error}");
    }

    #[test]
    fn folders_missing_and_empty_files_are_told_apart() {
        let nothing =
            Source::from_bytes("homes.csv", Vec::new()).check_not_empty(Words::same("points"));
        assert!(matches!(nothing, Err(InputError::Empty { .. })));
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
    }
}
