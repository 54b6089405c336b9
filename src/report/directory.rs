//! The output folder: every file is written whole to a temporary name first, and all are renamed together at the end, so
//! that a failure or an interrupt leaves nothing half written.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::ReportError;

/// The file whose presence says that a set is complete.
const MARK: &str = "run.json";

/// What this process has begun and not put in its place: folders that it made, and temporary files. Held while files are put
/// in their places.
static UNFINISHED: Mutex<Unfinished> = Mutex::new(Unfinished {
    paths: Vec::new(),
    has_written: false,
});

struct Unfinished {
    paths: Vec<PathBuf>,
    /// Whether any file was put in its place.
    has_written: bool,
}

fn unfinished() -> MutexGuard<'static, Unfinished> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes everything that this process has begun to write and not put in its place, and lets nothing be put there any more:
/// for a program that ends at once while other threads go on. It waits for files that are being renamed, so that a set is whole
/// or not there. Answers whether any file was put in its place before.
#[must_use]
pub fn abandon_unfinished() -> bool {
    let begun = unfinished();
    for path in begun.paths.iter().rev() {
        // A file is no folder, what is in its place has another name, and a folder with something in it stays.
        let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
    }
    let has_written = begun.has_written;
    // Never given back.
    std::mem::forget(begun);
    has_written
}

/// Says that a text is UTF-8, to programs that would guess.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A folder that takes a set of files as a whole. Files that are not ours stay.
#[derive(Debug)]
pub struct OutputDirectory {
    path: PathBuf,
    /// Folders that had to be made, the outermost first.
    made: Vec<PathBuf>,
    staged: Vec<(PathBuf, NamedTempFile)>,
    /// Whether tables begin with a byte order mark.
    marks_tables: bool,
}

impl OutputDirectory {
    /// Opens a folder for writing and makes it where it is missing.
    ///
    /// # Errors
    /// [`ReportError::Directory`] when it cannot be made, or something else has its name.
    pub fn open(path: &Path) -> Result<Self, ReportError> {
        let missing = path
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let mut made: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        made.reverse();
        let error = |reason| ReportError::Directory {
            path: path.to_path_buf(),
            reason,
        };
        fs::create_dir_all(path).map_err(error)?;
        unfinished().paths.extend(made.iter().cloned());
        Ok(Self {
            path: path.to_path_buf(),
            made,
            staged: Vec::new(),
            marks_tables: false,
        })
    }

    /// Whether tables (`.csv`) begin with a byte order mark: office programs read text that has none in the encoding of
    /// their country, which garbles what is not English.
    #[must_use]
    pub fn with_marked_tables(mut self, marks_tables: bool) -> Self {
        self.marks_tables = marks_tables;
        self
    }

    /// Writes one file under a temporary name, to the disk.
    ///
    /// # Errors
    /// [`ReportError::Write`], naming the file.
    pub fn stage(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let path = self.path.join(name);
        let is_marked = self.marks_tables && path.extension().is_some_and(|ending| ending == "csv");
        let marked = |writer: &mut BufWriter<&File>| {
            if is_marked {
                writer.write_all(BYTE_ORDER_MARK.as_bytes())?;
            }
            write(writer)
        };
        let staged =
            write_temporary(&self.path, name, marked).map_err(|reason| failed(&path, reason))?;
        self.staged.push((path, staged));
        Ok(())
    }

    /// The names of the files that are staged, in order.
    #[must_use]
    pub fn staged(&self) -> Vec<String> {
        let names = self.staged.iter().filter_map(|(path, _)| path.file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    /// Puts all staged files in their places, the mark of a complete set (`run.json`) last. An older mark goes first, so
    /// that no mixture of two sets carries one.
    ///
    /// # Errors
    /// [`ReportError::Write`], naming the file.
    pub fn commit(mut self) -> Result<Vec<PathBuf>, ReportError> {
        let mark = self.path.join(MARK);
        let mut unfinished = unfinished();
        unfinished.has_written = true;
        match fs::remove_file(&mark) {
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => {
                return Err(failed(&mark, reason));
            }
            _ => {}
        }
        let mut staged = std::mem::take(&mut self.staged);
        staged.sort_by_key(|(path, _)| *path == mark);
        let mut written = Vec::with_capacity(staged.len());
        for (path, file) in staged {
            file.persist(&path)
                .map_err(|error| failed(&path, error.error))?;
            written.push(path);
        }
        self.made.clear();
        sync_names(&self.path)?;
        Ok(written)
    }
}

impl Drop for OutputDirectory {
    /// Without a commit the temporary files go, and the folders that were made for them.
    fn drop(&mut self) {
        self.staged.clear();
        for path in self.made.iter().rev() {
            // A folder that somebody else has written to meanwhile is not empty, and stays.
            let _ = fs::remove_dir(path);
        }
    }
}

/// Writes one file beside its place and renames it: it is whole, or what was there stays.
///
/// # Errors
/// [`ReportError::Write`], naming the file.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), ReportError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staged = write_temporary(folder, &name, write).map_err(|reason| failed(path, reason))?;
    let mut unfinished = unfinished();
    unfinished.has_written = true;
    staged
        .persist(path)
        .map_err(|error| failed(path, error.error))?;
    sync_names(folder)
}

/// A file of this name in the making, written to the disk.
fn write_temporary(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let prefix = format!(".{name}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".part");
    // As an ordinary new file: everybody may read what the umask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    unfinished().paths.push(file.path().to_path_buf());
    let mut writer = BufWriter::with_capacity(1 << 16, file.as_file());
    write(&mut writer)?;
    writer.flush()?;
    drop(writer);
    file.as_file().sync_all()?;
    Ok(file)
}

/// The names of files are on the disk only when their folder is.
#[cfg_attr(
    not(unix),
    expect(clippy::unnecessary_wraps, reason = "elsewhere a folder is no file")
)]
fn sync_names(folder: &Path) -> Result<(), ReportError> {
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|reason| failed(folder, reason))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn failed(path: &Path, reason: io::Error) -> ReportError {
    ReportError::Write {
        path: path.to_path_buf(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_that_fails_leaves_nothing_behind() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let folder = root.path().join("a/b");
        let mut output = OutputDirectory::open(&folder)?;
        output.stage("one.csv", |writer| writer.write_all(b"1"))?;
        let failed = output.stage("two.csv", |_| Err(io::Error::other("disk full")));
        assert!(
            matches!(failed, Err(ReportError::Write { ref path, .. }) if path.ends_with("two.csv"))
        );
        drop(output);
        assert!(!root.path().join("a").exists());
        Ok(())
    }

    #[test]
    fn other_files_stay_and_ours_are_replaced() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        fs::write(root.path().join("notes.txt"), "mine")?;
        fs::write(root.path().join("run.json"), "old")?;
        let mut output = OutputDirectory::open(root.path())?;
        output.stage("run.json", |writer| writer.write_all(b"new"))?;
        output.stage("residents.csv", |writer| writer.write_all(b"id\n"))?;
        let written = output.commit()?;
        assert_eq!(
            written.last().map(|path| path.ends_with("run.json")),
            Some(true)
        );
        assert_eq!(fs::read_to_string(root.path().join("run.json"))?, "new");
        assert_eq!(fs::read_to_string(root.path().join("notes.txt"))?, "mine");
        assert_eq!(fs::read_dir(root.path())?.count(), 3);
        Ok(())
    }
}
