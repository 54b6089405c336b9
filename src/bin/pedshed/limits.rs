//! How much memory a run may take.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::OnceLock;

use pedshed::inputs::{InputError, Source};
use pedshed::memory::{Load, MemorySize};

use crate::args::MemoryArgs;
use crate::exit::{Failure, UsageError, usage};
use crate::names::selector_in;
use crate::words::too_much;

/// As much memory as the run may take, in bytes, where that is limited.
static LIMIT: OnceLock<u64> = OnceLock::new();

/// Opens a file. What has no size gives no more than the run may take.
pub(crate) fn open(path: &Path) -> Result<Source, InputError> {
    match LIMIT.get() {
        Some(limit) => Source::open_within(path, *limit),
        None => Source::open(path),
    }
}

pub(crate) fn max_memory(args: Option<&MemoryArgs>) -> Result<Option<MemorySize>, UsageError> {
    let text = args.and_then(|args| args.max_memory.as_deref());
    text.map(|text| text.parse().map_err(usage("max-memory")))
        .transpose()
}

/// Refuses files that are larger than the memory that a run may take, before any of them is read. One that is not there is
/// found out when it is opened.
pub(crate) fn refuse_files<'a>(
    limit: Option<MemorySize>,
    network: &'a Path,
    layers: impl Iterator<Item = &'a OsStr>,
) -> Result<(), Failure> {
    let Some(limit) = limit else { return Ok(()) };
    LIMIT.get_or_init(|| limit.0);
    let files = layers
        .filter(|text| selector_in(text).is_none())
        .map(Path::new);
    let load = Load::from_paths(std::iter::once(network).chain(files));
    limit.allows(load.peak()).map_err(|error| too_much(&error))
}
