//! A page in Markdown, as far as its readers act on it: blocks, headings, links, names of files.

use std::fs;
use std::path::PathBuf;

use crate::support::project;

/// A page of the project's own documentation.
#[derive(Debug)]
pub(super) struct Page {
    /// Its path in the repository, with `/` between folders.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) language: String,
    pub(super) lines: Vec<String>,
    /// The number of its first line in the page.
    pub(super) line: usize,
    /// The name of the file that it shows: it stands before the block, as in "`centres.csv`:".
    pub(super) file: Option<String>,
}

impl Page {
    pub(super) fn open(path: &str) -> Self {
        let text = fs::read_to_string(project().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        Self {
            path: path.to_owned(),
            blocks: blocks(&text),
            text,
        }
    }

    /// README and the guide: what readers act on.
    pub(super) fn for_users() -> Vec<Self> {
        let mut pages = vec![Self::open("README.md")];
        pages.extend(in_folder("docs/src"));
        pages
    }

    /// Every page that is written by hand.
    pub(super) fn all() -> Vec<Self> {
        let mut pages = Self::for_users();
        let others = ["BENCHMARKS.md", "CHANGELOG.md", "CONTRIBUTING.md"];
        pages.extend(others.map(Self::open));
        pages.push(Self::open("data/README.md"));
        pages.extend(in_folder("benches/history"));
        pages
    }

    /// The lines that are not in blocks, with their numbers.
    pub(super) fn prose(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_fence = |line: &str| line.trim_start().starts_with("```");
        let mut in_block = false;
        self.text.lines().enumerate().filter_map(move |(at, line)| {
            let fence = is_fence(line);
            in_block ^= fence;
            (!in_block && !fence).then_some((at + 1, line))
        })
    }

    /// What its headings are called in links.
    pub(super) fn anchors(&self) -> Vec<String> {
        self.prose()
            .filter(|(_, line)| line.starts_with('#'))
            .map(|(_, line)| anchor(line.trim_start_matches('#')))
            .collect()
    }

    /// The targets of its links and pictures, with their lines.
    pub(super) fn links(&self) -> Vec<(usize, &str)> {
        self.prose()
            .flat_map(|(at, line)| {
                let targets = line.split("](").skip(1);
                targets.filter_map(move |rest| Some((at, rest.split_once(')')?.0)))
            })
            .collect()
    }

    /// What stands between backquotes in its prose, with its line.
    pub(super) fn spans(&self) -> Vec<(usize, &str)> {
        self.prose()
            .flat_map(|(at, line)| {
                let spans = line.split('`').skip(1).step_by(2);
                spans.map(move |span| (at, span))
            })
            .collect()
    }
}

fn in_folder(folder: &str) -> Vec<Page> {
    let entries = fs::read_dir(project().join(folder)).expect("a folder of pages");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_owned();
    let page = |path| Page::open(&format!("{folder}/{}", name(path).to_string_lossy()));
    paths.iter().map(page).collect()
}

/// As GitHub and mdBook make it of a heading: in lower case, spaces as hyphens, of the signs `-` and `_` alone.
fn anchor(heading: &str) -> String {
    let of_anchor = |letter: char| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then_some(letter),
    };
    let heading = heading.trim().to_lowercase();
    heading.chars().filter_map(of_anchor).collect()
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut before = "";
    for (at, line) in text.lines().enumerate() {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(language)) => {
                open = Some(Block {
                    language: language.trim().to_owned(),
                    lines: Vec::new(),
                    line: at + 2,
                    file: named(std::mem::take(&mut before)),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.lines.push(line.to_owned()),
            (None, None) if line.trim().is_empty() => {}
            (None, None) => before = line,
        }
    }
    assert!(open.is_none(), "a block has no end: {open:?}");
    blocks
}

/// The name of a file at the end of a line.
fn named(line: &str) -> Option<String> {
    let line = line.trim_end();
    let line = line.strip_suffix(':').or_else(|| line.strip_suffix('：'))?;
    let (_, name) = line.strip_suffix('`')?.rsplit_once('`')?;
    (name.contains('.') && !name.contains(' ')).then(|| name.to_owned())
}
