//! Why results cannot be written.

use std::io;
use std::path::PathBuf;

use crate::text::words::{Part, Said, sentence, sentences};

/// Why a result cannot be written. Nothing of the set is left behind then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The output folder cannot be made or used.
    Directory {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
    /// Another run writes there.
    Busy {
        /// The folder, or the file.
        path: PathBuf,
        /// The number of the process, where it is known.
        process: Option<u32>,
    },
    /// A folder, or something else that is no file, has the name of a file.
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be written whole.
    Write {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
}

/// Who is writing.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    reason = "the macro hands on a field by reference"
)]
fn who(process: &Option<u32>) -> impl Part {
    Said(move |language| {
        if let Some(process) = process {
            sentence!(language, [ReportError AnotherProcess] process = process)
        } else {
            sentence!(language, [ReportError AnotherRun])
        }
    })
}

sentences!(ReportError {
    Directory { path };
    Busy { path, process as who };
    Taken { path };
    Write { path };
});
