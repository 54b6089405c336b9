//! A table of the study: a title, a header and rows.

use super::super::escape::{Name, text};
use super::super::html::{Html, put};
use super::super::words::Words;
use crate::planning::shares::percent;
use crate::units::People;

/// Rows that paper shows.
const ROWS_PRINTED: usize = 40;

/// More columns than these are too many for a column of paper.
const COLUMN_HEADS: usize = 6;

/// A section with one table.
pub(super) struct Table<'t> {
    /// Its name in links and for programs.
    pub(super) id: &'t str,
    pub(super) title: &'t str,
    /// What must be known to read it; may be empty.
    pub(super) note: String,
    /// The header: each name, and whether numbers stand below it.
    pub(super) heads: Vec<(String, bool)>,
    /// Whether a click on a header sorts the rows.
    pub(super) is_sortable: bool,
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
pub(super) enum Row {
    /// A line over the rows that follow.
    Heading(String),
    /// One thing: its name for programs, and its cells.
    Cells(String, Vec<Cell>),
}

/// A cell: what it shows, as markup, and the number that it is sorted by.
pub(super) struct Cell {
    markup: String,
    value: Option<String>,
    decides: bool,
}

impl Cell {
    /// Text of our own.
    pub(super) fn text(shown: impl AsRef<str>) -> Self {
        Self {
            markup: text(shown.as_ref()).to_string(),
            value: None,
            decides: false,
        }
    }

    /// A date, which breaks nowhere.
    pub(super) fn day(day: &str) -> Self {
        Self {
            markup: format!("<span class=\"day\">{}</span>", text(day)),
            ..Self::text("")
        }
    }

    /// A name from data, with what stands below it in small letters.
    pub(super) fn name(name: &str, below: &str) -> Self {
        let below = if below.is_empty() {
            String::new()
        } else {
            format!(" <small>{}</small>", text(below))
        };
        Self {
            markup: format!("{}{below}", Name(name)),
            ..Self::text("")
        }
    }

    /// A number as it is shown, and as it is.
    pub(super) fn number(shown: impl AsRef<str>, value: &impl ToString) -> Self {
        Self {
            value: Some(value.to_string()),
            ..Self::text(shown)
        }
    }

    /// People.
    pub(super) fn people(words: &Words, people: People) -> Self {
        Self::number(words.language.people(people), &people)
    }

    /// A share with two decimals.
    pub(super) fn share(words: &Words, part: People, whole: People) -> Self {
        let shown = words.share(part, whole);
        Self::number(shown, &percent(part, whole))
    }

    /// The number that decides among several.
    pub(super) fn deciding(self, decides: bool) -> Self {
        Self { decides, ..self }
    }
}

/// The head of a column of words.
pub(super) fn head(name: impl Into<String>) -> (String, bool) {
    (name.into(), false)
}

/// The head of a column of numbers.
pub(super) fn number(name: impl Into<String>) -> (String, bool) {
    (name.into(), true)
}

impl Table<'_> {
    /// Writes the section.
    pub(super) fn write(&self, html: &mut Html) {
        let wide = if self.heads.len() > COLUMN_HEADS {
            " class=\"wide\""
        } else {
            ""
        };
        let class = if self.is_sortable {
            "study sortable"
        } else {
            "study"
        };
        put!(
            html,
            "<section id=\"{}\"{wide}><h2>{}</h2>",
            self.id,
            text(self.title)
        );
        if !self.note.is_empty() {
            put!(html, "<p>{}</p>", text(&self.note));
        }
        put!(
            html,
            "\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"{class}\"><thead><tr>",
            text(self.title)
        );
        for (head, is_number) in &self.heads {
            let class = if *is_number { " class=\"r\"" } else { "" };
            put!(html, "<th scope=\"col\"{class}>{}</th>", text(head));
        }
        put!(html, "</tr></thead><tbody>\n");
        for (position, row) in self.rows.iter().enumerate() {
            self.row(row, position, html);
        }
        put!(html, "</tbody></table></div></section>\n");
    }

    fn row(&self, row: &Row, position: usize, html: &mut Html) {
        let (key, cells) = match row {
            Row::Heading(title) => {
                put!(
                    html,
                    "<tr class=\"heading\"><th scope=\"colgroup\" colspan=\"{}\">{title}</th></tr>\n",
                    self.heads.len()
                );
                return;
            }
            Row::Cells(key, cells) => (key, cells),
        };
        let more = if position >= ROWS_PRINTED {
            " class=\"more\""
        } else {
            ""
        };
        put!(html, "<tr{more} data-row=\"{}\">", text(key));
        for (cell, (_, is_number)) in cells.iter().zip(&self.heads) {
            let class = match (is_number, cell.decides) {
                (true, true) => " class=\"r decides\"",
                (true, false) => " class=\"r\"",
                (false, true) => " class=\"decides\"",
                (false, false) => "",
            };
            let value = cell.value.as_ref();
            let value = value.map_or_else(String::new, |value| format!(" data-v=\"{value}\""));
            put!(html, "<td{class}{value}>{}</td>", cell.markup);
        }
        put!(html, "</tr>\n");
    }
}
