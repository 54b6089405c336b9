//! `report.xlsx`: the answer as one workbook, as offices hand it over. Its sheets are put together here, and made into bytes in
//! one file.

mod book;
mod data;
mod headlines;
mod indicators;
mod ledger;
mod measures;
mod places;
mod sheet;
mod stations;
mod tables;
mod text;
mod writer;

use std::io;

use self::book::Book;
use self::sheet::Sheet;
use super::noun::name_stations;
use super::{Report, RunRecord};
use crate::gaps::Gaps;
use crate::inputs::LayerReading;
use crate::model::{Attributes, Findings};
use crate::text::language::Language;

pub(crate) use headlines::{Amount, Headline};
pub(crate) use tables::{TablePlace, WrittenTable};

/// What a workbook shows.
#[derive(Clone, Debug)]
pub(crate) struct WorkbookReport<'a> {
    /// The city and the answer.
    pub(crate) report: Report<'a>,
    /// What the study is of.
    pub(crate) title: Option<&'a str>,
    /// Where people are left out; `None` where that was not asked, and the sheets of coverage are not wanted.
    pub(crate) gaps: Option<&'a Gaps>,
    /// What answers the question of a verb.
    pub(crate) headlines: Vec<Headline>,
    /// What stands beside the stations, row by row.
    pub(crate) station_attributes: &'a Attributes,
    /// How each layer was read.
    pub(crate) readings: &'a [LayerReading],
    /// What was found.
    pub(crate) findings: &'a Findings,
    /// What ran, of which files.
    pub(crate) record: &'a RunRecord,
    /// The tables that get a sheet each.
    pub(crate) tables: Vec<WrittenTable>,
    /// The tables beside the workbook whose rows are in no sheet.
    pub(crate) left_out: Vec<String>,
}

impl WorkbookReport<'_> {
    /// Writes `report.xlsx`. The same answer gives the same bytes.
    ///
    /// # Errors
    /// What the writer says, and when what was written as a table is none.
    pub(crate) fn write(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        writer::write(&self.book()?, writer)
    }

    fn book(&self) -> io::Result<Book> {
        let language = self.report.language;
        let mut book = Book::new(self.book_title(), language);
        book.add(self.indicators(), None);
        if let Some(gaps) = self.gaps {
            let places = self.places();
            if !places.rows.is_empty() {
                book.add(places, Some("areas.csv"));
            }
            book.add(self.ledger(gaps), Some("gaps.csv"));
            book.add(self.stations(), Some("stations.csv"));
            book.add(self.measures(gaps), Some("gaps.csv"));
        }
        let mut tables: Vec<&WrittenTable> = self.tables.iter().collect();
        tables.sort_by_key(|table| tables::order_of(&table.file));
        for table in tables {
            book.add(tables::sheet(table, language)?, Some(&table.file));
        }
        let changed = book.sheets.iter().map(Sheet::changed).sum();
        book.add(self.data(changed), None);
        Ok(book)
    }

    /// The title of the study, else what every study is about.
    fn book_title(&self) -> String {
        let usual = match self.report.language {
            Language::En => "Who can walk to a ⟦station⟧",
            Language::Zh => "⟦站点⟧步行覆盖评估",
        };
        self.title.map_or_else(|| self.say(usual), str::to_owned)
    }

    /// One of two texts, with what stations are called.
    fn word(&self, en: &'static str, zh: &'static str) -> String {
        self.say(self.report.language.pick(en, zh))
    }

    /// A text of ours with what stations are called.
    fn say(&self, text: &str) -> String {
        name_stations(text.to_owned(), self.report.noun, false)
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
