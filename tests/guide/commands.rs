//! The commands of a page, run one after the other in a folder of its own, and what they print beside what the page shows.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Output;

use super::page::{Block, Page};
use crate::support::command::Folder;
use crate::support::project;

/// What is run: the command, and what looks at its files.
const PROGRAMS: [&str; 3] = ["pedshed", "head", "ls"];

/// The commands that are not run, since they fetch, build, install, or look after the project; with what is run in the
/// place of one whose answer is shown.
pub(super) const NOT_RUN: [(&str, Option<&str>); 4] = [
    ("./run setup", None),
    ("./run demo", Some("pedshed demo")),
    ("cargo install --path . --locked --profile dist", None),
    (
        "cargo install --path . --locked --profile dist --no-default-features --features cli,parallel",
        None,
    ),
];

/// The map and the heights that stand where a reader has their own.
const DATA: [(&str, &str); 2] = [
    ("data/liechtenstein-2013-08-03.osm.pbf", "city.osm.pbf"),
    ("data/N47E009.hgt", "N47E009.hgt"),
];

/// One command of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Command {
    pub(super) text: String,
    /// The code that the page says it ends with, in the words "exit code 3"; else 0.
    code: i32,
}

impl Command {
    /// Whether it is of those that are run.
    pub(super) fn is_run(&self) -> bool {
        let program = self.text.split_whitespace().next();
        program.is_some_and(|program| PROGRAMS.contains(&program))
    }

    /// What is run for it.
    fn in_its_place(&self) -> Option<&str> {
        if self.is_run() {
            return Some(&self.text);
        }
        let known = NOT_RUN.iter().find(|(text, _)| *text == self.text);
        known.and_then(|(_, instead)| *instead)
    }
}

/// The commands of a block: lines that end with a backslash go on in the next one.
pub(super) fn commands(block: &Block) -> Vec<Command> {
    let text = block.lines.join("\n").replace("\\\n", " ");
    let commands = text.lines().map(command);
    commands
        .filter(|command| !command.text.is_empty())
        .collect()
}

fn command(line: &str) -> Command {
    let (text, comment) = line.split_once(" #").unwrap_or((line, ""));
    let text = if text.starts_with('#') { "" } else { text };
    let words: Vec<&str> = text.split_whitespace().collect();
    let code = comment
        .split_once("exit code ")
        .map(|(_, code)| code.trim());
    Command {
        text: words.join(" "),
        code: code.map_or(0, |code| code.parse().expect("an exit code")),
    }
}

/// The files that pages show, by their names.
pub(super) fn files(pages: &[Page]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for block in pages.iter().flat_map(|page| &page.blocks) {
        if let Some(name) = &block.file {
            let text = block.lines.join("\n") + "\n";
            let other = files.insert(name.clone(), text);
            assert!(other.is_none(), "{name} is shown twice");
        }
    }
    files
}

/// Runs a page from its first command to its last.
///
/// # Errors
/// What does not do as the page says, one by one.
pub(super) fn run(page: &Page, files: &BTreeMap<String, String>) -> Result<(), Vec<String>> {
    let folder = Folder::new();
    for (data, name) in DATA {
        fs::copy(project().join(data), folder.join(name)).expect("the data are copied");
    }
    for (name, text) in files {
        folder.write(name, text);
    }
    let mut faults = Vec::new();
    let mut printed = String::new();
    for block in &page.blocks {
        let place = format!("{}:{}", page.path, block.line);
        match block.language.as_str() {
            "sh" => printed = run_block(block, &folder, &place, &mut faults),
            "text" => faults.extend(not_shown(block, &printed).map(|line| {
                format!("{place}: this is not printed there: {line}\n--- printed:\n{printed}")
            })),
            _ => {}
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Runs the commands of a block, and gives what they print.
fn run_block(block: &Block, folder: &Folder, place: &str, faults: &mut Vec<String>) -> String {
    let mut printed = String::new();
    for command in commands(block) {
        let Some(text) = command.in_its_place() else {
            continue;
        };
        let output = in_shell(folder, text);
        printed += &String::from_utf8_lossy(&output.stdout);
        // What it is busy with is shown on a terminal and gone; why it ends is there to be read.
        if !output.status.success() {
            printed += &String::from_utf8_lossy(&output.stderr);
        }
        if output.status.code() != Some(command.code) {
            let said = String::from_utf8_lossy(&output.stderr);
            faults.push(format!("{place}: {text}\n{:?}: {said}", output.status));
        }
    }
    printed
}

/// Runs a line as a reader's shell does, with the command on its path.
fn in_shell(folder: &Folder, line: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_pedshed"));
    let beside = program.parent().map(Path::to_owned).unwrap_or_default();
    let others = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([beside].into_iter().chain(env::split_paths(&others)));
    std::process::Command::new("sh")
        .args(["-c", line])
        .current_dir(folder.path())
        .env("PATH", path.expect("a path"))
        .output()
        .expect("a shell starts")
}

/// The first line of a block that does not follow in what was printed; a line with `…` alone stands for any lines.
fn not_shown(block: &Block, printed: &str) -> Option<String> {
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let mut rest = &printed[..];
    let pieces = block.lines.split(|line| line.trim() == "…");
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let piece: Vec<&str> = piece.iter().map(|line| line.trim_end()).collect();
        match rest.windows(piece.len()).position(|some| some == piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return Some(first_missing(&piece, rest)),
        }
    }
    None
}

/// The line of a piece that is nowhere, else its first.
fn first_missing(piece: &[&str], rest: &[&str]) -> String {
    let missing = piece.iter().find(|line| !rest.contains(line));
    (*missing.unwrap_or(&piece[0])).to_owned()
}
