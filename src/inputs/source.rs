//! Input files as named bytes. Tables and GeoJSON stay on disk and are read as streams, record by record; the others are held
//! whole, since their readers go to and fro in them: blobs that are unpacked side by side, packages with their directory at
//! the end, tables beside shapes.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::InputError;
#[cfg(feature = "report")]
use super::stream;
#[cfg(feature = "text")]
use super::stream::OnDisk;
use super::stream::Stream;
#[cfg(feature = "prepared")]
use crate::network::Buffer;
use crate::text::language::Words;
#[cfg(any(feature = "text", feature = "config"))]
use crate::text::language::words;

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
    /// A spreadsheet: `.xlsx`, `.xlsm`, `.xls`, and WPS's `.et`, which is the same as `.xls`. An `.xlsb` is refused by name.
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
        "xlsx" | "xlsm" | "xlsb" | "xls" | "et" => Some(Format::Excel),
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

/// No record of a text is longer, be it a row, a feature or a line: one must not fill the memory.
#[cfg(feature = "text")]
pub(super) const MOST_RECORD_BYTES: usize = 64_000_000;
/// What has no size, such as a pipe, gives no more unless it is allowed to.
const MOST_UNSIZED_BYTES: u64 = 2_000_000_000;

/// All bytes of a file: as many as it has when it is opened, and of what has no size no more than `most`, which is an error of
/// the kind [`FileTooLarge`](io::ErrorKind::FileTooLarge).
fn read_to_hold(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    let size = metadata.is_file().then_some(metadata.len());
    let mut bytes = Vec::new();
    // Where there is no room this is an error, and no end of the program.
    bytes.try_reserve_exact(usize::try_from(size.unwrap_or(0)).unwrap_or(usize::MAX))?;
    let most = size.unwrap_or(most);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    match size {
        Some(size) if bytes.len() as u64 != size => {
            Err(io::Error::other("its size changed while it was read"))
        }
        None if bytes.len() as u64 > most => Err(io::ErrorKind::FileTooLarge.into()),
        _ => Ok(bytes),
    }
}

/// The bytes of a file.
#[derive(Clone, Debug)]
enum Bytes {
    /// Shared, so that a study may be copied for one more question without its files.
    Any(Arc<Cow<'static, [u8]>>),
    /// Beginning where any number may lie, and shared with who looks at them.
    #[cfg(feature = "prepared")]
    Aligned(Arc<Buffer>),
    /// Not in memory.
    #[cfg(feature = "text")]
    OnDisk(OnDisk),
}

impl Bytes {
    /// Reads a file of this format, or looks whether it can be read.
    #[cfg_attr(
        not(any(feature = "prepared", feature = "text")),
        expect(unused_variables, reason = "only some formats are read otherwise")
    )]
    fn read(path: &Path, format: Option<Format>, most: u64) -> io::Result<Self> {
        #[cfg(feature = "prepared")]
        if format == Some(Format::Prepared)
            && let metadata = fs::metadata(path)?
            && metadata.is_file()
        {
            let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            let buffer = Buffer::read(fs::File::open(path)?, length)?;
            return Ok(Bytes::Aligned(Arc::new(buffer)));
        }
        #[cfg(feature = "text")]
        if matches!(format, Some(Format::Csv | Format::GeoJson))
            && let Some(file) = OnDisk::from_path(path)?
        {
            return Ok(Bytes::OnDisk(file));
        }
        read_to_hold(path, most).map(|bytes| Bytes::Any(Arc::new(bytes.into())))
    }
}

/// An input file: in memory, or on disk where it is read as a stream.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    name: String,
    bytes: Bytes,
    companions: Vec<Source>,
}

impl Source {
    /// Reads a file. Of a table or GeoJSON, nothing yet: it is read when its records are made, and must not change before.
    ///
    /// # Errors
    /// [`InputError::Read`] when it cannot be read or is a folder.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Self::open_within(path, MOST_UNSIZED_BYTES)
    }

    /// The same where a pipe or a device, whose size nobody knows before, may give at most so many bytes. Where the file is an
    /// ordinary one its own size holds.
    ///
    /// # Errors
    /// As [`Source::open`], and [`InputError::TooMuch`] where more comes.
    pub fn open_within(path: &Path, most: u64) -> Result<Self, InputError> {
        let text = path.display().to_string();
        let read = |reason: io::Error| {
            let file = text.clone();
            if reason.kind() == io::ErrorKind::FileTooLarge {
                let megabytes = most / 1_000_000;
                return InputError::TooMuch { file, megabytes };
            }
            InputError::Read { file, reason }
        };
        if path.is_dir() {
            return Err(read(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder; name a file in it",
            )));
        }
        let bytes = Bytes::read(path, format_of(&text), most).map_err(read)?;
        let source = Self::new(text.clone(), bytes);
        if source.format() != Some(Format::Shapefile) {
            return Ok(source);
        }
        let mut beside = SHAPEFILE_COMPANIONS
            .iter()
            .filter_map(|ending| find_beside(path, ending));
        beside.try_fold(source, |source, companion| {
            let name = companion.display().to_string();
            let bytes = read_to_hold(&companion, most).map_err(|reason| InputError::Read {
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
        Self::new(path.into(), Bytes::Any(Arc::new(bytes.into())))
    }

    fn new(path: String, bytes: Bytes) -> Self {
        let name = Path::new(&path).file_name();
        let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
        Self {
            path,
            name,
            bytes,
            companions: Vec::new(),
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

    /// How many bytes it has.
    #[must_use]
    pub(crate) fn size(&self) -> u64 {
        match &self.bytes {
            #[cfg(feature = "text")]
            Bytes::OnDisk(file) => file.size(),
            _ => self.bytes().len() as u64,
        }
    }

    /// How many of its bytes are in memory: all, or none where it is read as a stream.
    #[must_use]
    pub(crate) fn held_size(&self) -> u64 {
        self.bytes().len() as u64
    }

    /// How many bytes of a file [`Source::open`] takes into memory; none where there is no file, and of a pipe nobody knows.
    #[must_use]
    pub(crate) fn size_to_hold(path: &Path) -> u64 {
        let Ok(metadata) = path.metadata() else {
            return 0;
        };
        let is_text = matches!(
            format_of(&path.to_string_lossy()),
            Some(Format::Csv | Format::GeoJson)
        );
        let is_streamed = cfg!(feature = "text") && is_text && metadata.is_file();
        if is_streamed { 0 } else { metadata.len() }
    }

    /// Its bytes from the first to the last.
    ///
    /// # Errors
    /// What the operating system says when it cannot be opened again.
    pub fn reader(&self) -> io::Result<impl io::Read + '_> {
        self.stream()
    }

    #[cfg_attr(
        not(feature = "text"),
        allow(clippy::unnecessary_wraps, reason = "what is in memory can be read")
    )]
    pub(super) fn stream(&self) -> io::Result<Stream<'_>> {
        match &self.bytes {
            #[cfg(feature = "text")]
            Bytes::OnDisk(file) => file.open(),
            _ => Ok(Stream::Held(self.bytes())),
        }
    }

    /// The SHA-256 of its bytes in hexadecimal: of those that were read where it was read as a stream.
    ///
    /// # Errors
    /// [`InputError::Read`].
    #[cfg(feature = "report")]
    pub(crate) fn sha256(&self) -> Result<String, InputError> {
        if let Bytes::OnDisk(file) = &self.bytes {
            return file.sha256().map_err(|reason| self.unread(reason));
        }
        Ok(stream::sha256(self.bytes()))
    }

    /// Its bytes; none where it is read as a stream.
    pub(super) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Any(bytes) => bytes,
            #[cfg(feature = "prepared")]
            Bytes::Aligned(buffer) => buffer.bytes(),
            #[cfg(feature = "text")]
            Bytes::OnDisk(_) => &[],
        }
    }

    /// Its bytes, beginning where any number may lie.
    #[cfg(feature = "prepared")]
    pub(super) fn buffer(&self) -> Arc<Buffer> {
        match &self.bytes {
            Bytes::Aligned(buffer) => Arc::clone(buffer),
            _ => Arc::new(Buffer::copy(self.bytes())),
        }
    }

    /// Its format by its name.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        format_of(&self.name)
    }

    /// Refuses a file without a byte.
    pub(crate) fn check_not_empty(&self, wanted: Words) -> Result<(), InputError> {
        if self.size() == 0 {
            return Err(InputError::Empty {
                layer: None,
                file: self.path.clone(),
                wanted,
            });
        }
        Ok(())
    }

    /// Its UTF-8 text as a whole, without a byte-order mark.
    ///
    /// # Errors
    /// [`InputError::Malformed`] naming the line of the first byte that is not UTF-8.
    #[cfg(feature = "config")]
    pub(crate) fn utf_8(&self) -> Result<String, InputError> {
        let mut bytes = Vec::new();
        let read = self
            .stream()
            .and_then(|mut all| all.read_to_end(&mut bytes));
        read.map_err(|reason| self.unread(reason))?;
        let mark = if bytes.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        let error = match std::str::from_utf8(&bytes[mark..]) {
            Ok(text) => return Ok(text.to_owned()),
            Err(error) => error,
        };
        let byte = mark + error.valid_up_to();
        let before = bytes[..byte].iter();
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        let reason = words!(
            "the text is not UTF-8; save the file as UTF-8",
            "文本不是 UTF-8 编码；请将文件另存为 UTF-8"
        );
        Err(self.malformed(place_of_byte(line, byte as u64), reason))
    }

    /// It cannot be read.
    #[cfg(any(feature = "osm", feature = "text", feature = "config"))]
    pub(super) fn unread(&self, reason: io::Error) -> InputError {
        InputError::Read {
            file: self.path.clone(),
            reason,
        }
    }

    pub(crate) fn malformed(&self, place: Words, reason: Words) -> InputError {
        InputError::Malformed {
            file: self.path.clone(),
            place,
            reason,
        }
    }
}

/// A record is longer than any may be, in words.
#[cfg(feature = "text")]
pub(super) fn record_too_long() -> Words {
    let most = MOST_RECORD_BYTES / 1_000_000;
    words!(
        "a record of more than {most} MB; no record is that long: look for a quote or bracket that is not closed, or split it",
        "单条记录超过 {most} MB；正常记录不会这么长：请检查未闭合的引号或括号，或将其拆分"
    )
}

/// A byte of a text, in words.
#[cfg(any(feature = "text", feature = "config"))]
pub(super) fn place_of_byte(line: usize, byte: u64) -> Words {
    words!(
        "line {line} (byte {byte})",
        "第 {line} 行（第 {byte} 字节）"
    )
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
            source.utf_8().map_err(|error| error.to_string())
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
