//! The files of `src`, as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::error::Error;

/// Path below `src`, with `/` between folders, and what the file holds.
pub(crate) type Sources = BTreeMap<String, String>;

/// All Rust files below the folder.
///
/// # Errors
/// When something cannot be read.
pub(crate) fn read(root: &Path) -> Result<Sources, Error> {
    let mut sources = Sources::new();
    read_folder(root, "", &mut sources).map_err(|(path, reason)| Error::Read { path, reason })?;
    Ok(sources)
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    sources: &mut Sources,
) -> Result<(), (String, std::io::Error)> {
    let at = |reason| (folder.display().to_string(), reason);
    for entry in fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{file_name}");
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(&path).map_err(|reason| (path.display().to_string(), reason))?;
            sources.insert(name, text);
        }
    }
    Ok(())
}

/// The room of a file: the first folder or file below `src`, as `tests/layers.rs` has it.
pub(crate) fn room_of(file: &str) -> &str {
    file.split('/')
        .next()
        .unwrap_or(file)
        .trim_end_matches(".rs")
}

/// How many files and folders stand directly in `src`.
pub(crate) fn entries(sources: &Sources) -> usize {
    let mut entries: Vec<&str> = sources
        .keys()
        .filter_map(|name| name.split('/').next())
        .collect();
    entries.dedup();
    entries.len()
}

/// Where crates begin: the library, and each program.
pub(crate) fn roots(sources: &Sources) -> Vec<String> {
    let begins = |name: &str| match name.split('/').collect::<Vec<_>>()[..] {
        ["lib.rs" | "main.rs"] | ["bin", _, "main.rs"] => true,
        ["bin", file] => Path::new(file)
            .extension()
            .is_some_and(|extension| extension == "rs"),
        _ => false,
    };
    sources
        .keys()
        .filter(|name| begins(name))
        .cloned()
        .collect()
}
