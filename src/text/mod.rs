//! Text: languages and the words in them, what options are called, plain forms of names and cells, names of communities, tables.

pub mod language;
pub(crate) mod names;
mod options;
pub(crate) mod plain;
mod simplified;
#[cfg(feature = "report")]
pub(crate) mod table;
pub(crate) mod words;

pub use options::OptionNames;
