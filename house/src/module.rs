//! A module, with what it holds, imports and mentions.

use std::collections::BTreeMap;

use crate::paths::{Access, Import, Mention};

/// A module: a file, or a part of one in braces.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) file: usize,
    /// None for a crate's root.
    pub(crate) parent: Option<usize>,
    pub(crate) children: BTreeMap<String, Child>,
    pub(crate) items: Vec<Named>,
    pub(crate) methods: Vec<Method>,
    pub(crate) imports: Vec<Import>,
    pub(crate) mentions: Vec<Mention>,
    /// Calls of macros that stand for items: what they write is not seen.
    pub(crate) written_by_macros: usize,
}

/// A module within another.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) module: usize,
    pub(crate) access: Access,
}

/// An item with its name.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) access: Access,
}

/// Kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Function,
    Struct,
    Enum,
    Trait,
    Const,
    Type,
    /// No item of the interface, but of a file.
    Macro,
}

/// Something public in an `impl` of a type by itself.
#[derive(Debug)]
pub(crate) struct Method {
    /// The type, as the `impl` writes it.
    pub(crate) owner: Vec<String>,
    pub(crate) name: String,
    pub(crate) kind: Kind,
}
