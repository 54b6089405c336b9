//! Everything that is counted, with what each number should be.

use crate::circles::{Circle, circles};
use crate::error::Error;
use crate::functions::{Function, percentile};
use crate::module::Kind;
use crate::public::Interface;
use crate::sources::{self, Sources};
use crate::tree::Tree;

/// A file of more lines of code is long.
const LONG_FILE: usize = 500;
/// Tuples of so many parts are counted apart.
const LARGE_TUPLE: usize = 3;

/// One number of the table. Smaller is better in all of them.
#[derive(Debug)]
pub(crate) struct Measure {
    /// As the held numbers call it.
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) value: usize,
    /// What the number is a part of, to say how large a part.
    pub(crate) of: Option<usize>,
    pub(crate) aim: Option<Aim>,
}

/// What a number should not exceed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aim {
    pub(crate) most: usize,
    pub(crate) shown: &'static str,
}

/// The source with what was found in it.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) tree: Tree,
    pub(crate) interface: Interface,
    entries: usize,
}

impl House {
    /// Counts what the sources hold.
    ///
    /// # Errors
    /// When a file is not understood.
    pub(crate) fn new(sources: &Sources) -> Result<Self, Error> {
        let tree = Tree::new(sources)?;
        let interface = Interface::new(&tree);
        let entries = sources::entries(sources);
        Ok(Self {
            tree,
            interface,
            entries,
        })
    }

    /// Longest first; of equals by place.
    pub(crate) fn longest(&self) -> Vec<&Function> {
        let mut functions: Vec<&Function> = self.tree.functions.iter().collect();
        functions.sort_by_key(|function| std::cmp::Reverse(self.tree.length(function)));
        functions
    }

    /// Functions that take a tuple of at least so many parts.
    pub(crate) fn with_tuples(&self, least: usize) -> Vec<&Function> {
        let functions = self.tree.functions.iter();
        functions
            .filter(|function| function.tuple >= least)
            .collect()
    }

    /// Files with more lines of code than a file should have, with their number.
    pub(crate) fn long_files(&self) -> impl Iterator<Item = (&str, usize)> {
        let files = self.tree.files.iter();
        files
            .map(|file| (file.name.as_str(), file.lines.count()))
            .filter(|(_, lines)| *lines > LONG_FILE)
    }

    /// The table's rows. What they should be is half of the public interface of 2026-11-28, no circle, and for the rest what
    /// rstar, h3o, geo and petgraph are like.
    pub(crate) fn measures(&self, circles: &[Circle<'_>]) -> Vec<Measure> {
        let mut measures: Vec<Measure> = self.lengths().into();
        measures.extend(self.tuples());
        measures.extend([
            row(
                "circles",
                "circles between files inside a room",
                circles.len(),
            )
            .aim(0, "0"),
            row(
                "files-in-circles",
                "files in them",
                circles.iter().map(|c| c.files.len()).sum(),
            )
            .aim(0, "0"),
        ]);
        measures.extend(self.public());
        measures.extend([
            row("entries", "entries in src", self.entries).aim(20, "20"),
            row(
                "long-files",
                "files over 500 lines of code",
                self.long_files().count(),
            ),
        ]);
        measures
    }

    fn lengths(&self) -> [Measure; 3] {
        let mut lengths: Vec<usize> = self
            .tree
            .functions
            .iter()
            .map(|function| self.tree.length(function))
            .collect();
        lengths.sort_unstable();
        [
            row(
                "function-median",
                "lines of code of a function: median",
                percentile(&lengths, 50),
            )
            .aim(6, "6"),
            row(
                "function-p90",
                "  of nine in ten at most",
                percentile(&lengths, 90),
            )
            .aim(25, "25"),
            row(
                "function-max",
                "  of the longest",
                percentile(&lengths, 100),
            )
            .aim(60, "60"),
        ]
    }

    fn tuples(&self) -> [Measure; 2] {
        let functions = self.tree.functions.len();
        let tuples = row(
            "tuples",
            "functions that take tuples",
            self.with_tuples(2).len(),
        );
        let large = row(
            "large-tuples",
            "  of three things or more",
            self.with_tuples(LARGE_TUPLE).len(),
        );
        [
            tuples.of(functions).aim(functions * 3 / 1000, "0.3 %"),
            large.of(functions),
        ]
    }

    fn public(&self) -> [Measure; 2] {
        let items = self.interface.items();
        [
            row("public-items", "public items", items.values().sum()).aim(430, "430"),
            row("public-modules", "public modules", self.interface.modules()).aim(14, "14"),
        ]
    }

    /// How many public items there are of each kind, in words.
    pub(crate) fn public_by_kind(&self) -> String {
        let words = |kind: &Option<Kind>| match kind {
            Some(Kind::Function) => "fn",
            Some(Kind::Struct) => "struct",
            Some(Kind::Enum) => "enum",
            Some(Kind::Trait) => "trait",
            Some(Kind::Const) => "const",
            Some(Kind::Type) => "type",
            Some(Kind::Macro) | None => "written by a macro",
        };
        let counts = self.interface.items();
        let parts: Vec<String> = counts
            .iter()
            .map(|(kind, count)| format!("{count} {}", words(kind)))
            .collect();
        parts.join(", ")
    }

    /// The circles between files of a room.
    pub(crate) fn circles(&self) -> Vec<Circle<'_>> {
        circles(&self.tree)
    }
}

fn row(name: &'static str, what: &'static str, value: usize) -> Measure {
    Measure {
        name,
        what,
        value,
        of: None,
        aim: None,
    }
}

impl Measure {
    fn aim(mut self, most: usize, shown: &'static str) -> Self {
        self.aim = Some(Aim { most, shown });
        self
    }

    fn of(mut self, all: usize) -> Self {
        self.of = Some(all);
        self
    }
}
