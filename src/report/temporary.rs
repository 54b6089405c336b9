//! Files in the making: written whole under a name of their own beside their place, fingerprinted on the way, and renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::{ReportError, unfinished};
use crate::inputs::Fingerprint;

/// What the name of a file in the making ends with.
const SUFFIX: &str = ".part";
/// So many letters and digits make it a name that nobody else has.
const RANDOM: usize = 6;

/// Where a file's content goes.
pub type OutputWriter<'a> = BufWriter<Fingerprinted<&'a File>>;

/// Takes the fingerprint of what is written through it.
#[derive(Debug)]
pub struct Fingerprinted<W> {
    inner: W,
    fingerprint: Fingerprint,
    bytes: u64,
}

impl<W: Write> Write for Fingerprinted<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(buffer)?;
        self.fingerprint.update(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A file in the making.
#[derive(Debug)]
pub(super) struct Staged {
    /// Where it is to be.
    pub(super) path: PathBuf,
    file: NamedTempFile,
    pub(super) bytes: u64,
    /// In hexadecimal.
    pub(super) sha256: String,
}

impl Staged {
    /// Writes a file of this name under a temporary one, to the disk.
    pub(super) fn write(
        folder: &Path,
        name: &str,
        write: impl FnOnce(&mut OutputWriter<'_>) -> io::Result<()>,
    ) -> io::Result<Self> {
        let file = begin(folder, name)?;
        let mut writer = BufWriter::with_capacity(
            1 << 16,
            Fingerprinted {
                inner: file.as_file(),
                fingerprint: Fingerprint::default(),
                bytes: 0,
            },
        );
        write(&mut writer)?;
        let written = writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        let (bytes, sha256) = (written.bytes, written.fingerprint.hexadecimal());
        file.as_file().sync_all()?;
        Ok(Self {
            path: folder.join(name),
            file,
            bytes,
            sha256,
        })
    }

    /// The same of a file that is written at its path, by who must go back and forth in it.
    #[cfg(any(feature = "gpkg", test))]
    pub(super) fn write_at(
        folder: &Path,
        name: &str,
        write: impl FnOnce(&Path) -> io::Result<()>,
    ) -> io::Result<Self> {
        let file = begin(folder, name)?;
        write(file.path())?;
        let mut fingerprinted = Fingerprinted {
            inner: io::sink(),
            fingerprint: Fingerprint::default(),
            bytes: 0,
        };
        io::copy(&mut File::open(file.path())?, &mut fingerprinted)?;
        file.as_file().sync_all()?;
        Ok(Self {
            path: folder.join(name),
            file,
            bytes: fingerprinted.bytes,
            sha256: fingerprinted.fingerprint.hexadecimal(),
        })
    }

    /// What stands in it.
    #[cfg(feature = "workbook")]
    pub(super) fn text(&self) -> io::Result<String> {
        fs::read_to_string(self.file.path())
    }

    /// Gives it its name.
    pub(super) fn persist(self) -> Result<PathBuf, ReportError> {
        match self.file.persist(&self.path) {
            Ok(_) => Ok(self.path),
            Err(error) => Err(failed(&self.path, error.error)),
        }
    }
}

/// An empty file under a temporary name.
fn begin(folder: &Path, name: &str) -> io::Result<NamedTempFile> {
    let prefix = prefix(name);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(RANDOM);
    // As an ordinary new file: everybody may read what the umask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    unfinished::begun(file.path());
    Ok(file)
}

fn prefix(name: &str) -> String {
    format!(".{name}.")
}

/// Takes away what killed runs left of files of these names in the making. Only who holds the lock may: of a run that lives
/// they are no remains.
pub(super) fn clean(folder: &Path, names: &[&str]) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file_name = entry.file_name();
        let is_left = file_name
            .to_str()
            .is_some_and(|file_name| names.iter().any(|name| is_in_the_making(file_name, name)));
        if is_left && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a file is one of this name in the making, by its own name.
fn is_in_the_making(file_name: &str, name: &str) -> bool {
    let random = file_name
        .strip_prefix(&prefix(name))
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Refuses a place that no file can take: that of a folder, a pipe or a device.
pub(super) fn check_replaceable(path: &Path) -> Result<(), ReportError> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => Err(ReportError::Taken {
            path: path.to_path_buf(),
        }),
        Ok(_) => Ok(()),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(reason) => Err(failed(path, reason)),
    }
}

/// The names of files are on the disk only when their folder is.
#[cfg_attr(
    not(unix),
    expect(clippy::unnecessary_wraps, reason = "elsewhere a folder is no file")
)]
pub(super) fn sync_names(folder: &Path) -> Result<(), ReportError> {
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|reason| failed(folder, reason))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

pub(super) fn failed(path: &Path, reason: io::Error) -> ReportError {
    ReportError::Write {
        path: path.to_path_buf(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ours_is_known_by_its_whole_name() {
        for (file, is_ours) in [
            (".run.json.aB3dE6.part", true),
            (".run.json.aB3dE67.part", false),
            (".run.json.aB-dE6.part", false),
            ("run.json.aB3dE6.part", false),
            (".notes.txt.aB3dE6.part", false),
            (".run.json.part", false),
            (".run.json..part", false),
        ] {
            assert_eq!(is_in_the_making(file, "run.json"), is_ours, "{file}");
        }
    }

    #[test]
    fn a_file_that_is_written_at_its_path_has_the_same_fingerprint() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let staged = Staged::write_at(folder.path(), "abc", |path| fs::write(path, b"abc"))?;
        let streamed = Staged::write(folder.path(), "abc", |writer| writer.write_all(b"abc"))?;
        assert_eq!((staged.bytes, &staged.sha256), (3, &streamed.sha256));
        Ok(())
    }

    #[test]
    fn a_file_is_fingerprinted_while_it_is_written() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let staged = Staged::write(folder.path(), "abc", |writer| writer.write_all(b"abc"))?;
        // FIPS 180-2, appendix B.1.
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((staged.bytes, staged.sha256.as_str()), (3, published));
        Ok(())
    }
}
