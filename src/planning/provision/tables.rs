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
pub(crate) struct QuestionTable {
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
    pub(crate) fn all() -> &'static [QuestionTable] {
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
    pub(crate) const fn file_name(&self) -> &'static str {
        self.file_name
    }

    /// Whether the answers have anything to write there.
    pub(crate) fn is_there(&self, answers: &Provision) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::provision::{DemandCoverage, GroupCoverage, Sensitivity};
    use crate::units::{Cutoff, People};

    fn there(answers: &Provision) -> Vec<&'static str> {
        let all = QuestionTable::all().iter();
        let there = all.filter(|table| table.is_there(answers));
        there.map(QuestionTable::file_name).collect()
    }

    #[test]
    fn where_nothing_was_asked_no_table_is_there_and_nothing_is_said() {
        let nothing = Provision::default();
        assert!(there(&nothing).is_empty());
        assert_eq!(nothing.summary(), serde_json::json!({}));
    }

    #[test]
    fn a_question_that_was_asked_hands_out_its_tables_alone_in_the_order_of_the_list() {
        let group = GroupCoverage {
            name: "children".to_owned(),
            profile: "child".to_owned(),
            total: People::ONE,
            by_status: [
                People::ONE,
                People::ZERO,
                People::ZERO,
                People::ZERO,
                People::ZERO,
            ],
            within: vec![People::ONE],
            nearest: vec![None],
            people: vec![People::ONE],
            gaps: None,
        };
        let demand = DemandCoverage {
            circle: Cutoff::minutes(10.0).expect("ten minutes"),
            records: 1,
            coverage: group.clone(),
        };
        let answers = Provision {
            sensitivity: Some(Sensitivity::default()),
            demand: vec![demand],
            groups: vec![group],
            ..Provision::default()
        };
        assert_eq!(
            there(&answers),
            ["cohorts.csv", "lorenz.csv", "demand.csv", "sensitivity.csv"]
        );
        let said = answers.summary();
        assert_eq!(said["demand"][0]["circle"], "10");
        assert_eq!(said["cohorts"][0]["share"], 1.0);
        assert_eq!(said.as_object().map(serde_json::Map::len), Some(2));
    }
}
