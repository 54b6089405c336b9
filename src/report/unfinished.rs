//! What this process has begun to write and not put in its place, for a program that ends at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Folders that were made, locks, and files in the making. Held while files are put in their places.
static UNFINISHED: Mutex<Unfinished> = Mutex::new(Unfinished {
    paths: Vec::new(),
    has_written: false,
});

pub(super) struct Unfinished {
    paths: Vec<PathBuf>,
    /// Whether any file was put in its place.
    has_written: bool,
}

fn unfinished() -> MutexGuard<'static, Unfinished> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that is there for what is written alone.
pub(super) fn begun(path: &Path) {
    unfinished().paths.push(path.to_path_buf());
}

/// It is no longer: the next of this name may be another process's.
pub(super) fn ended(path: &Path) {
    unfinished().paths.retain(|begun| begun != path);
}

/// Files are put in their places until this is dropped.
pub(super) fn placing() -> MutexGuard<'static, Unfinished> {
    let mut unfinished = unfinished();
    unfinished.has_written = true;
    unfinished
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
