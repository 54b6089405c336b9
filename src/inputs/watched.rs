//! A file that is read while its caller may raise a flag: every part of it that is read, and every record that is made, looks at
//! that first. What a reader then says is of no interest: its caller says that it was cancelled.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Deref;

#[cfg(any(feature = "shapefile", feature = "excel"))]
use super::InputError;
use super::Source;
use super::stream::Stream;
use crate::control::Control;

/// A file and who may stop its reading.
#[derive(Clone, Copy)]
pub(super) struct Watched<'a> {
    source: &'a Source,
    control: Control<'a>,
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
    pub(super) fn new(source: &'a Source, control: Control<'a>) -> Self {
        Self { source, control }
    }

    /// Another file under the same watch.
    #[cfg(feature = "shapefile")]
    pub(super) fn of(self, source: &'a Source) -> Self {
        Self { source, ..self }
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
    /// A file that nobody stops the reading of.
    fn from(source: &'a Source) -> Self {
        Self::new(source, Control::default())
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
