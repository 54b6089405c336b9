//! Who writes: one run at a time. The lock ends with its process, however that ends; the file that shows it is taken away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::unfinished;

/// A lock that is held, and the file beside the results that shows it.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Open for as long as the lock is held; what it says is who holds it.
    file: File,
}

/// What came of trying.
#[derive(Debug)]
pub(super) enum Locked {
    /// Ours until it is dropped.
    Ours(Lock),
    /// The file system knows no locks, as some shared folders: nobody can be kept out.
    Unknown,
    /// Another process holds it; its number, where it can be read.
    Theirs(Option<u32>),
}

impl Lock {
    /// Takes the lock that this file shows. The file is made where it is missing.
    pub(super) fn take(path: &Path) -> io::Result<Locked> {
        loop {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)?;
            match FileExt::try_lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Locked::Theirs(holder(path))),
                Err(TryLockError::Error(reason)) if reason.kind() == io::ErrorKind::Unsupported => {
                    let _ = fs::remove_file(path);
                    return Ok(Locked::Unknown);
                }
                Err(TryLockError::Error(reason)) => return Err(reason),
            }
            // Between the opening and the lock another run may have ended and taken its file away: then what is locked
            // here is a file that nobody else will see.
            if is_at(&file, path)? {
                let mut lock = Self {
                    path: path.to_owned(),
                    file,
                };
                unfinished::begun(path);
                lock.file.set_len(0)?;
                write!(lock.file, "{}", std::process::id())?;
                return Ok(Locked::Ours(lock));
            }
        }
    }
}

impl Drop for Lock {
    /// The file goes while the lock is held: whoever opens it later makes a new one.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        unfinished::ended(&self.path);
    }
}

/// The process that wrote itself into a lock's file.
fn holder(path: &Path) -> Option<u32> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Whether the file that is open is the one that has this name now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(reason) => Err(reason),
    }
}

/// Elsewhere a name is free only when nobody has its file open.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> io::Result<bool> {
    path.try_exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_says_who_until_it_is_let_go() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(".lock");
        // Left behind by a run that was killed.
        fs::write(&path, "4194305 and more")?;
        let Locked::Ours(first) = Lock::take(&path)? else {
            panic!("nobody holds it");
        };
        let own = std::process::id();
        assert!(matches!(Lock::take(&path)?, Locked::Theirs(Some(pid)) if pid == own));
        drop(first);
        assert!(!path.exists());
        assert!(matches!(Lock::take(&path)?, Locked::Ours(_)));
        assert!(!path.exists());
        Ok(())
    }
}
