//! Links between pages, and names of files in them. Nothing is asked of the network.

use std::path::{Component, Path, PathBuf};

use super::page::Page;
use crate::support::project;

/// The folders of the repository whose files pages name by their paths.
const FOLDERS: [&str; 8] = [
    "src", "tests", "docs", "data", "examples", "benches", "fuzz", "house",
];

/// The links of a page that lead nowhere.
pub(super) fn broken(page: &Page) -> Vec<String> {
    let links = page.links().into_iter();
    links
        .filter(|(_, target)| !leads_somewhere(page, target))
        .map(|(line, target)| format!("{}:{line}: {target}", page.path))
        .collect()
}

fn leads_somewhere(page: &Page, target: &str) -> bool {
    if target.starts_with("https://") {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() {
        page.path.clone()
    } else {
        let folder = Path::new(&page.path).parent().unwrap_or(Path::new(""));
        plain(&folder.join(path))
    };
    let is_there = project().join(&file).exists();
    let has_heading = || {
        anchor.is_empty()
            || Page::open(&file)
                .anchors()
                .iter()
                .any(|name| name == anchor)
    };
    is_there && has_heading()
}

/// A path without `..`, with `/` between folders.
fn plain(path: &Path) -> String {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain.to_string_lossy().replace('\\', "/")
}

/// The files of the repository that a page names between backquotes, and that are not there.
pub(super) fn not_there(page: &Page) -> Vec<String> {
    let spans = page.spans().into_iter();
    spans
        .filter(|(_, span)| is_of_the_repository(span) && !project().join(span).exists())
        .map(|(line, span)| format!("{}:{line}: {span}", page.path))
        .collect()
}

/// Whether a text is the path of a file or folder here, and no pattern of one.
fn is_of_the_repository(text: &str) -> bool {
    let (first, rest) = text.split_once('/').unwrap_or((text, ""));
    let is_pattern = text.contains(|sign: char| " *<>{}|=".contains(sign))
        || rest.chars().any(|sign| sign.is_ascii_uppercase());
    FOLDERS.contains(&first) && !rest.is_empty() && !is_pattern
}
