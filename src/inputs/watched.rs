//! A file that is read, with what is said of its text. Its caller may raise a flag meanwhile: every part of it that is read, and
//! every record that is made, looks at that first. What a reader then says is of no interest: its caller says that it was
//! cancelled.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Deref;

#[cfg(any(feature = "shapefile", feature = "excel"))]
use super::InputError;
use super::stream::Stream;
use super::{Known, LayerKind, ReadOptions, Source, TextEncoding};
use crate::control::Control;

/// A file, what is said of its text, and who may stop its reading.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(any(feature = "csv", feature = "geojson", feature = "shapefile")),
    allow(dead_code, reason = "workbooks have one encoding alone")
)]
pub(super) struct Watched<'a> {
    source: &'a Source,
    control: Control<'a>,
    /// The encoding that is said of its text.
    pub(super) encoding: Option<Known<TextEncoding>>,
    /// The layer that it is read for, where that is known.
    layer: Option<LayerKind>,
}

/// Bytes on their way from it.
pub(super) struct WatchedReader<'a, R> {
    bytes: R,
    control: Control<'a>,
}

/// Its bytes from the first to the last.
pub(super) type WatchedStream<'a> = WatchedReader<'a, Stream<'a>>;

fn stopped(control: Control<'_>) -> io::Result<()> {
    control.check().map_err(io::Error::other)
}

impl<'a> Watched<'a> {
    pub(super) fn new(source: &'a Source, options: &ReadOptions, control: Control<'a>) -> Self {
        Self {
            source,
            control,
            encoding: options.encoding(),
            layer: options.layer,
        }
    }

    /// The option that names the encoding of this very file.
    #[cfg(any(feature = "csv", feature = "geojson", feature = "shapefile"))]
    pub(super) fn encoding_option(self) -> String {
        match self.layer {
            Some(layer) => format!("‹{}_encoding›", layer.key()),
            None => "‹encoding›".to_owned(),
        }
    }

    /// Another file of the same layer under the same watch; what is said of the first one's text is not said of it.
    #[cfg(feature = "shapefile")]
    pub(super) fn of(self, source: &'a Source) -> Self {
        Self {
            source,
            encoding: None,
            ..self
        }
    }

    #[cfg(any(feature = "shapefile", feature = "excel"))]
    pub(super) fn source(self) -> &'a Source {
        self.source
    }

    /// Looks whether its reading is to stop.
    #[cfg(any(feature = "shapefile", feature = "excel"))]
    pub(super) fn check(self) -> Result<(), InputError> {
        stopped(self.control).map_err(|error| self.source.unread(error))
    }

    /// Its bytes from the first to the last.
    pub(super) fn stream(self) -> io::Result<WatchedStream<'a>> {
        Ok(self.over(self.source.stream()?))
    }

    /// Other bytes under the same watch.
    pub(super) fn over<R>(self, bytes: R) -> WatchedReader<'a, R> {
        WatchedReader {
            bytes,
            control: self.control,
        }
    }
}

impl<'a> From<&'a Source> for Watched<'a> {
    /// A file of which nothing is said, and that nobody stops the reading of.
    fn from(source: &'a Source) -> Self {
        Self::new(source, &ReadOptions::NONE, Control::default())
    }
}

impl Deref for Watched<'_> {
    type Target = Source;

    fn deref(&self) -> &Source {
        self.source
    }
}

impl<R: Read> Read for WatchedReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        stopped(self.control)?;
        self.bytes.read(buffer)
    }
}

impl<R: Seek> Seek for WatchedReader<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
