//! The tables of all questions, and what `summary.json` says of the answers.

use std::fmt;
use std::io;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{Provision, QUESTIONS};
use crate::planning::answer::{Question, TableContext};
use crate::text::table::TableWriter;

/// A table of one of the questions that are asked beside coverage.
#[derive(Clone, Copy)]
pub struct QuestionTable {
    file_name: &'static str,
    question: &'static dyn Question<Provision>,
    /// Which of the question's.
    number: usize,
}

impl fmt::Debug for QuestionTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file_name)
    }
}

impl QuestionTable {
    /// All of them, in the order in which they are written.
    #[must_use]
    pub fn all() -> &'static [QuestionTable] {
        static ALL: LazyLock<Vec<QuestionTable>> = LazyLock::new(|| {
            let of_question = |question: &'static dyn Question<Provision>| {
                let names = question.file_names().into_iter().enumerate();
                names.map(move |(number, file_name)| QuestionTable {
                    file_name,
                    question,
                    number,
                })
            };
            QUESTIONS.into_iter().flat_map(of_question).collect()
        });
        &ALL
    }

    /// The file's name.
    #[must_use]
    pub const fn file_name(&self) -> &'static str {
        self.file_name
    }

    /// Whether the answers have anything to write there.
    #[must_use]
    pub fn is_there(&self, answers: &Provision) -> bool {
        self.question.has(answers, self.number)
    }

    /// Writes it.
    pub(crate) fn write(
        &self,
        answers: &Provision,
        context: TableContext<'_>,
        writer: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut table = TableWriter::new(writer);
        self.question
            .write(answers, self.number, context, &mut table)?;
        table.finish()
    }
}

impl Provision {
    /// What `summary.json` says of it.
    pub(crate) fn summary(&self) -> Value {
        let said = QUESTIONS.iter().flat_map(|one| one.summary(self));
        let said: Map<String, Value> = said.map(|(key, value)| (key.to_owned(), value)).collect();
        Value::Object(said)
    }
}
