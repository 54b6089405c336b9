//! The answer to a question, and what it hands out: its tables, row by row, and what `summary.json` says of it.

use std::io;

use serde_json::Value;

use super::provision::AskedStation;
use crate::coverage::Coverage;
use crate::model::{Area, Resident};
use crate::text::language::Language;
use crate::text::table::TableWriter;

/// What tables show beside the answer itself.
#[derive(Clone, Copy)]
pub(crate) struct TableContext<'a> {
    /// In which language sentences are; headers and codes are English.
    pub(crate) language: Language,
    /// Who is covered by all the study's stations.
    pub(crate) coverage: &'a Coverage,
    pub(crate) areas: &'a [Area],
    /// Those who were counted, in input order.
    pub(crate) residents: &'a [Resident],
    /// The stations that the questions are about.
    pub(crate) stations: &'a [AskedStation],
    /// The names of the communities.
    pub(crate) communities: &'a [String],
}

/// One table of an answer.
pub(crate) struct Table<A: ?Sized> {
    pub(crate) file_name: &'static str,
    /// Whether the answer has anything to write there.
    pub(crate) is_there: fn(&A) -> bool,
    /// Writes the header, then the rows.
    pub(crate) write: fn(&A, TableContext<'_>, &mut TableWriter<'_>) -> io::Result<()>,
}

/// The answer to a question.
pub(crate) trait Answer: 'static {
    /// Its tables, in the order in which they are written.
    const TABLES: &'static [Table<Self>];

    /// What `summary.json` says of it, by key; nothing where the tables say it all.
    fn summary(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// A question whose answer is one of all the answers `P`: which one, where it was asked.
pub(crate) struct Answered<P, A: ?Sized>(pub(crate) fn(&P) -> Option<&A>);

/// A question, whatever its answer is. Tables go by their number among [`Answer::TABLES`].
pub(crate) trait Question<P>: Sync {
    fn file_names(&self) -> Vec<&'static str>;
    fn has(&self, asked: &P, number: usize) -> bool;
    fn write(
        &self,
        asked: &P,
        number: usize,
        context: TableContext<'_>,
        table: &mut TableWriter<'_>,
    ) -> io::Result<()>;
    fn summary(&self, asked: &P) -> Vec<(&'static str, Value)>;
}

impl<P, A: Answer + ?Sized> Question<P> for Answered<P, A> {
    fn file_names(&self) -> Vec<&'static str> {
        A::TABLES.iter().map(|table| table.file_name).collect()
    }

    fn has(&self, asked: &P, number: usize) -> bool {
        (self.0)(asked).is_some_and(A::TABLES[number].is_there)
    }

    fn write(
        &self,
        asked: &P,
        number: usize,
        context: TableContext<'_>,
        table: &mut TableWriter<'_>,
    ) -> io::Result<()> {
        match (self.0)(asked) {
            Some(answer) => (A::TABLES[number].write)(answer, context, table),
            None => Ok(()),
        }
    }

    fn summary(&self, asked: &P) -> Vec<(&'static str, Value)> {
        (self.0)(asked).map_or_else(Vec::new, A::summary)
    }
}
