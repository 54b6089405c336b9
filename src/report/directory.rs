//! The output folder: every file is written whole to a temporary name first, and all are renamed together at the end, so
//! that a failure or an interrupt leaves nothing half written.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::ReportError;
use super::lock::{Lock, Locked};
use super::run::OutputFile;
use super::temporary::{
    OutputWriter, Staged, check_replaceable, clean, failed, folder_of, sync_names,
};
use super::unfinished;

/// The file whose presence says that a set is complete.
const MARK: &str = "run.json";
/// The file by which runs keep out of each other's folder while they write.
const LOCK: &str = ".pedshed.lock";

/// Says that a text is UTF-8, to programs that would guess.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A folder that takes a set of files as a whole. Files that are not ours stay. From its opening to its end no other run
/// writes there; on file systems that know no locks nobody is kept out.
#[derive(Debug)]
pub struct OutputDirectory {
    path: PathBuf,
    /// Folders that had to be made, the outermost first.
    made: Vec<PathBuf>,
    staged: Vec<Staged>,
    lock: Option<Lock>,
    /// Whether tables begin with a byte order mark.
    marks_tables: bool,
}

impl OutputDirectory {
    /// Opens a folder for writing and makes it where it is missing.
    ///
    /// # Errors
    /// [`ReportError::Directory`] when it cannot be made or written to, or something else has its name;
    /// [`ReportError::Busy`] when another run writes there.
    pub fn open(path: &Path) -> Result<Self, ReportError> {
        let missing = path
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let mut made: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        made.reverse();
        let mut directory = Self {
            path: path.to_path_buf(),
            made,
            staged: Vec::new(),
            lock: None,
            marks_tables: false,
        };
        let made = fs::create_dir_all(path);
        // Before what is in them: the last that was begun is the first that is taken away.
        directory
            .made
            .iter()
            .for_each(|folder| unfinished::begun(folder));
        let locked = made.and_then(|()| Lock::take(&path.join(LOCK)));
        directory.lock = match locked {
            Ok(locked) => take(locked, path)?,
            Err(reason) => {
                return Err(ReportError::Directory {
                    path: path.to_path_buf(),
                    reason,
                });
            }
        };
        Ok(directory)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes sure that files of these names can be written, and takes away what killed runs left of them in the making.
    ///
    /// # Errors
    /// [`ReportError::Taken`] when a folder has the name of one; [`ReportError::Directory`] when the folder cannot be looked
    /// into.
    pub fn claim(&self, names: &[&str]) -> Result<(), ReportError> {
        for name in names {
            check_replaceable(&self.path.join(name))?;
        }
        if self.lock.is_some() {
            clean(&self.path, names).map_err(|reason| ReportError::Directory {
                path: self.path.clone(),
                reason,
            })?;
        }
        Ok(())
    }

    /// Whether tables (`.csv`) begin with a byte order mark: office programs read text that has none in the encoding of
    /// their country, which garbles what is not English.
    #[must_use]
    pub(crate) fn with_marked_tables(mut self, marks_tables: bool) -> Self {
        self.marks_tables = marks_tables;
        self
    }

    /// Writes one file under a temporary name, to the disk.
    ///
    /// # Errors
    /// [`ReportError::Write`], naming the file, and [`ReportError::Taken`] when a folder has its name.
    pub fn stage(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut OutputWriter<'_>) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let path = self.new_path(name)?;
        let is_marked = self.marks_tables && path.extension().is_some_and(|ending| ending == "csv");
        let marked = |writer: &mut OutputWriter<'_>| {
            if is_marked {
                writer.write_all(BYTE_ORDER_MARK.as_bytes())?;
            }
            write(writer)
        };
        let staged =
            Staged::write(&self.path, name, marked).map_err(|reason| failed(&path, reason))?;
        self.staged.push(staged);
        Ok(())
    }

    /// The same of a file that is written at the path of its temporary name, which is there and empty.
    ///
    /// # Errors
    /// As [`OutputDirectory::stage`].
    #[cfg(feature = "gpkg")]
    pub(crate) fn stage_at(
        &mut self,
        name: &str,
        write: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let path = self.new_path(name)?;
        let staged =
            Staged::write_at(&self.path, name, write).map_err(|reason| failed(&path, reason))?;
        self.staged.push(staged);
        Ok(())
    }

    /// Where a file of this name is to be, which is none of those that are staged.
    fn new_path(&self, name: &str) -> Result<PathBuf, ReportError> {
        let path = self.path.join(name);
        let is_staged = |staged: &Staged| staged.path == path;
        if path.file_name().is_none_or(|own| own != name) || self.staged.iter().any(is_staged) {
            let reason = "the name is no file's in the output folder, or two files have it";
            let reason = io::Error::new(io::ErrorKind::InvalidInput, reason);
            return Err(ReportError::Write { path, reason });
        }
        check_replaceable(&path)?;
        Ok(path)
    }

    /// The files that are staged, in order, with their fingerprints.
    #[must_use]
    pub(crate) fn staged(&self) -> Vec<OutputFile> {
        let file = |staged: &Staged| OutputFile {
            file: name_of(&staged.path),
            bytes: staged.bytes,
            sha256: staged.sha256.clone(),
        };
        self.staged.iter().map(file).collect()
    }

    /// What stands in a text file that is staged, without a byte order mark.
    ///
    /// # Errors
    /// [`ReportError::Write`], naming the file, when none of this name is staged or it cannot be read.
    #[cfg(feature = "workbook")]
    pub(crate) fn staged_text(&self, name: &str) -> Result<String, ReportError> {
        let path = self.path.join(name);
        let staged = self.staged.iter().find(|staged| staged.path == path);
        let staged = staged.ok_or_else(|| failed(&path, io::ErrorKind::NotFound.into()))?;
        let text = staged.text().map_err(|reason| failed(&path, reason))?;
        Ok(match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(text) => text.to_owned(),
            None => text,
        })
    }

    /// Puts all staged files in their places, the mark of a complete set (`run.json`) last. An older mark goes first, so
    /// that no mixture of two sets carries one, not even after a power cut: each step is on the disk before the next begins.
    ///
    /// # Errors
    /// [`ReportError::Write`], naming the file.
    pub fn commit(mut self) -> Result<Vec<PathBuf>, ReportError> {
        let mark = self.path.join(MARK);
        let _placing = unfinished::placing();
        match fs::remove_file(&mark) {
            Ok(()) => sync_names(&self.path)?,
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => {}
            Err(reason) => return Err(failed(&mark, reason)),
        }
        let staged = std::mem::take(&mut self.staged);
        let (marks, files): (Vec<_>, Vec<_>) =
            staged.into_iter().partition(|staged| staged.path == mark);
        let mut written = Vec::with_capacity(files.len() + marks.len());
        for group in [files, marks] {
            for staged in group {
                written.push(staged.persist()?);
            }
            sync_names(&self.path)?;
        }
        for folder in std::mem::take(&mut self.made).iter().rev() {
            sync_names(folder_of(folder))?;
        }
        Ok(written)
    }
}

impl Drop for OutputDirectory {
    /// Without a commit the temporary files go, and the folders that were made for them.
    fn drop(&mut self) {
        self.staged.clear();
        self.lock = None;
        for path in self.made.iter().rev() {
            // A folder that somebody else has written to meanwhile is not empty, and stays.
            let _ = fs::remove_dir(path);
        }
    }
}

/// One file beside its place: it is whole, or what was there stays. From its opening to its end no other run writes it.
#[derive(Debug)]
pub struct OutputPlace {
    path: PathBuf,
    name: String,
    _lock: Option<Lock>,
}

impl OutputPlace {
    /// Makes sure that the file can be written, before the work for it begins.
    ///
    /// # Errors
    /// [`ReportError::Write`] when its folder cannot be written to, [`ReportError::Taken`] when it is a folder,
    /// [`ReportError::Busy`] when another run writes it.
    pub fn open(path: &Path) -> Result<Self, ReportError> {
        check_replaceable(path)?;
        let (folder, name) = (folder_of(path), name_of(path));
        let locked = Lock::take(&folder.join(format!(".{name}.lock")));
        let lock = take(locked.map_err(|reason| failed(path, reason))?, path)?;
        if lock.is_some() {
            clean(folder, &[&name]).map_err(|reason| failed(path, reason))?;
        }
        Ok(Self {
            path: path.to_path_buf(),
            name,
            _lock: lock,
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// [`ReportError::Write`].
    pub fn write(
        self,
        write: impl FnOnce(&mut OutputWriter<'_>) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let folder = folder_of(&self.path);
        let staged = Staged::write(folder, &self.name, write);
        let staged = staged.map_err(|reason| failed(&self.path, reason))?;
        let _placing = unfinished::placing();
        staged.persist()?;
        sync_names(folder)
    }
}

/// The lock, where it is ours or nobody can hold it.
fn take(locked: Locked, path: &Path) -> Result<Option<Lock>, ReportError> {
    match locked {
        Locked::Ours(lock) => Ok(Some(lock)),
        Locked::Unknown => Ok(None),
        Locked::Theirs(process) => Err(ReportError::Busy {
            path: path.to_path_buf(),
            process,
        }),
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

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

    #[test]
    fn two_runs_do_not_write_into_one_folder() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let first = OutputDirectory::open(root.path())?;
        let second = OutputDirectory::open(root.path());
        let own = std::process::id();
        assert!(
            matches!(second, Err(ReportError::Busy { process: Some(process), .. }) if process == own)
        );
        drop(first);
        OutputDirectory::open(root.path())?;
        assert_eq!(fs::read_dir(root.path())?.count(), 0);
        Ok(())
    }

    #[test]
    fn what_killed_runs_left_goes_and_a_folder_of_a_files_name_is_an_error()
    -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let at = |name: &str| root.path().join(name);
        fs::write(at(".stations.csv.aB3dE6.part"), "id,")?;
        fs::write(at(".movie.mp4.aB3dE6.part"), "not ours")?;
        let output = OutputDirectory::open(root.path())?;
        output.claim(&["stations.csv", "report.html"])?;
        assert!(!at(".stations.csv.aB3dE6.part").exists());
        assert!(at(".movie.mp4.aB3dE6.part").exists());
        fs::create_dir(at("report.html"))?;
        let taken = output.claim(&["stations.csv", "report.html"]);
        assert!(
            matches!(taken, Err(ReportError::Taken { ref path }) if path.ends_with("report.html"))
        );
        Ok(())
    }

    #[test]
    fn one_file_has_a_place_of_its_own() -> Result<(), Box<dyn std::error::Error>> {
        let root = tempfile::tempdir()?;
        let at = |name: &str| root.path().join(name);
        fs::write(at(".city.pedshed.aB3dE6.part"), "half")?;
        let place = OutputPlace::open(&at("city.pedshed"))?;
        assert!(matches!(
            OutputPlace::open(&at("city.pedshed")),
            Err(ReportError::Busy { .. })
        ));
        OutputPlace::open(&at("other.pedshed"))?;
        place.write(|writer| writer.write_all(b"whole"))?;
        assert_eq!(fs::read_to_string(at("city.pedshed"))?, "whole");
        assert_eq!(fs::read_dir(root.path())?.count(), 1);
        Ok(())
    }
}
