//! The bytes of an input from its first to its last: of what is in memory, or of a file that stays on disk. Reading a file to its
//! end fingerprints it, so that a record of the run names the very bytes that were read.

#[cfg(feature = "text")]
use std::fs::File;
use std::io::{self, Read};
#[cfg(feature = "text")]
use std::path::{Path, PathBuf};
#[cfg(feature = "report")]
use std::sync::{Arc, OnceLock};

#[cfg(feature = "report")]
use sha2::{Digest, Sha256};

/// A file that is not held in memory: its records are made while it is read.
#[cfg(feature = "text")]
#[derive(Clone, Debug)]
pub(super) struct OnDisk {
    path: PathBuf,
    size: u64,
    /// Known when it was read to its end.
    #[cfg(feature = "report")]
    sha256: Arc<OnceLock<String>>,
}

#[cfg(feature = "text")]
impl OnDisk {
    /// A file that can be read as often as it takes; `None` for a pipe and the like, which can be read once.
    pub(super) fn from_path(path: &Path) -> io::Result<Option<Self>> {
        // A pipe must not be opened to look what it is: its writer would find nobody there who reads.
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Ok(None);
        }
        // Whether it may be read shows here and not when the first record is wanted.
        File::open(path)?;
        Ok(Some(Self {
            path: path.to_owned(),
            size: metadata.len(),
            #[cfg(feature = "report")]
            sha256: Arc::default(),
        }))
    }

    /// Its size when it was found.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Its bytes.
    pub(super) fn open(&self) -> io::Result<Stream<'_>> {
        Ok(Stream::OnDisk(Box::new(Reading {
            file: File::open(&self.path)?,
            of: self,
            read: 0,
            #[cfg(feature = "report")]
            digest: self.sha256.get().is_none().then(Fingerprint::default),
        })))
    }

    /// Its fingerprint, of the bytes that were read already where that is so.
    #[cfg(feature = "report")]
    pub(super) fn sha256(&self) -> io::Result<String> {
        if self.sha256.get().is_none() {
            io::copy(&mut self.open()?, &mut io::sink())?;
        }
        Ok(self.sha256.get().cloned().unwrap_or_default())
    }
}

/// The SHA-256 of bytes in hexadecimal.
#[cfg(feature = "report")]
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut fingerprint = Fingerprint::default();
    fingerprint.update(bytes);
    fingerprint.hexadecimal()
}

/// The SHA-256 of bytes that come one after the other.
#[cfg(feature = "report")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Fingerprint(Sha256);

#[cfg(feature = "report")]
impl Fingerprint {
    /// The next bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Of all bytes so far.
    pub(crate) fn hexadecimal(self) -> String {
        use std::fmt::Write as _;
        let digest = self.0.finalize();
        let mut text = String::with_capacity(2 * digest.len());
        for byte in digest {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// The bytes of an input, one after the other.
pub(super) enum Stream<'a> {
    /// In memory.
    Held(&'a [u8]),
    #[cfg(feature = "text")]
    OnDisk(Box<Reading<'a>>),
}

/// A file on its way from disk.
#[cfg(feature = "text")]
pub(super) struct Reading<'a> {
    file: File,
    of: &'a OnDisk,
    read: u64,
    #[cfg(feature = "report")]
    digest: Option<Fingerprint>,
}

#[cfg(feature = "text")]
impl Reading<'_> {
    /// What another program writes to meanwhile is no input: no record of the run could say what was read.
    fn end(&mut self) -> io::Result<()> {
        if self.read != self.of.size {
            return Err(io::Error::other("its size changed while it was read"));
        }
        #[cfg(feature = "report")]
        if let Some(digest) = self.digest.take() {
            // Another reader of the same file may have been first: it read the same.
            let _ = self.of.sha256.set(digest.hexadecimal());
        }
        Ok(())
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Held(bytes) => bytes.read(buffer),
            #[cfg(feature = "text")]
            Stream::OnDisk(reading) => {
                let count = reading.file.read(buffer)?;
                reading.read += count as u64;
                #[cfg(feature = "report")]
                if let Some(digest) = &mut reading.digest {
                    digest.update(&buffer[..count]);
                }
                if count == 0 && !buffer.is_empty() {
                    reading.end()?;
                }
                Ok(count)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "report")]
    #[test]
    fn a_fingerprint_is_the_published_sha_256_however_the_bytes_come() {
        use super::*;
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), published);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").expect("written");
        let unread = OnDisk::from_path(&path).expect("there").expect("a file");
        assert_eq!(unread.sha256().expect("read now"), published);
        let read = OnDisk::from_path(&path).expect("there").expect("a file");
        let mut text = String::new();
        let mut stream = read.open().expect("opened");
        stream.read_to_string(&mut text).expect("read");
        assert_eq!(read.sha256.get().map(String::as_str), Some(published));
        // The fingerprint is of what was read.
        std::fs::write(&path, "abd").expect("written");
        assert_eq!(read.sha256().expect("known"), published);
    }

    #[cfg(feature = "report")]
    #[test]
    fn a_file_that_grows_while_it_is_read_is_an_error() {
        use super::OnDisk;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        std::fs::write(&path, "one\n").expect("written");
        let found = OnDisk::from_path(&path).expect("there").expect("a file");
        std::fs::write(&path, "one\ntwo\n").expect("written");
        let error = found.sha256().expect_err("another file");
        assert!(error.to_string().contains("changed"), "{error}");
    }
}
