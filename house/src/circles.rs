//! Circles between the files of a room: files that need each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::module::Module;
use crate::names::Target;
use crate::paths::Access;
use crate::sources::room_of;
use crate::tree::Tree;

/// Why a file needs another: the first place that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) line: usize,
    pub(crate) path: String,
}

/// From file to file.
type Arrows<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Reason>>;

/// Files of which each needs each other, directly or through others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circle<'a> {
    pub(crate) files: Vec<&'a str>,
    /// The arrows of a shortest way around.
    pub(crate) example: Vec<Arrow<'a>>,
    /// All arrows between these files.
    pub(crate) arrows: Vec<Arrow<'a>>,
}

/// That a file needs another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arrow<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) reason: Reason,
}

/// All circles, by the name of their first file.
pub(crate) fn circles(tree: &Tree) -> Vec<Circle<'_>> {
    let arrows = arrows(tree);
    let reached: BTreeMap<&str, BTreeSet<&str>> = arrows
        .keys()
        .map(|file| (*file, reached_from(file, &arrows)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for (file, others) in &reached {
        let is_mutual =
            |other: &&&str| reached.get(**other).is_some_and(|back| back.contains(file));
        let files: Vec<&str> = others.iter().filter(is_mutual).copied().collect();
        if !files.is_empty() && seen.insert(files.clone()) {
            circles.push(circle(files, &arrows));
        }
    }
    circles
}

/// The files that code of a module needs, within its room.
fn arrows(tree: &Tree) -> Arrows<'_> {
    let mut arrows = Arrows::new();
    for (number, module) in tree.modules.iter().enumerate() {
        let from = tree.file_of(number);
        for (path, line) in needs(module) {
            let Some(Target::Item { module: to, .. }) = tree.resolve(number, path) else {
                continue;
            };
            let to = tree.file_of(to);
            if to != from && room_of(to) == room_of(from) {
                let reason = Reason {
                    line,
                    path: path.join("::"),
                };
                arrows.entry(from).or_default().entry(to).or_insert(reason);
            }
        }
    }
    arrows
}

/// Paths that stand for a need. A `pub use` alone is a front door: its module needs nothing of what it shows.
fn needs(module: &Module) -> impl Iterator<Item = (&[String], usize)> {
    let imports = module.imports.iter();
    let imports =
        imports.filter(|import| import.access == Access::Private && import.name.is_some());
    imports.map(|import| (&import.path[..], import.line)).chain(
        module
            .mentions
            .iter()
            .map(|mention| (&mention.path[..], mention.line)),
    )
}

/// Without the file itself, unless a circle leads back to it.
fn reached_from<'a>(file: &str, arrows: &Arrows<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![file];
    while let Some(at) = next.pop() {
        for to in arrows.get(at).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(*to) {
                next.push(to);
            }
        }
    }
    reached
}

fn circle<'a>(files: Vec<&'a str>, arrows: &Arrows<'a>) -> Circle<'a> {
    let inside: Vec<Arrow<'a>> = arrows
        .iter()
        .flat_map(|(from, tos)| {
            tos.iter().map(|(to, reason)| Arrow {
                from,
                to,
                reason: reason.clone(),
            })
        })
        .filter(|arrow| files.contains(&arrow.from) && files.contains(&arrow.to))
        .collect();
    let ways = files.iter().map(|file| way_around(file, &inside));
    let example = ways.min_by_key(Vec::len).unwrap_or_default();
    Circle {
        files,
        example,
        arrows: inside,
    }
}

/// The shortest way from a file back to itself.
fn way_around<'a>(file: &'a str, arrows: &[Arrow<'a>]) -> Vec<Arrow<'a>> {
    let mut came_by: BTreeMap<&str, &Arrow<'a>> = BTreeMap::new();
    let mut next = VecDeque::from([file]);
    while let Some(at) = next.pop_front() {
        for arrow in arrows.iter().filter(|arrow| arrow.from == at) {
            if !came_by.contains_key(arrow.to) {
                came_by.insert(arrow.to, arrow);
                next.push_back(arrow.to);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = file;
    while let Some(arrow) = came_by.get(at) {
        way.insert(0, (*arrow).clone());
        at = arrow.from;
        if at == file {
            break;
        }
    }
    way
}
