//! Text: languages and the words in them, plain forms of names and cells, names of communities.

pub mod language;
pub(crate) mod names;
pub(crate) mod plain;
