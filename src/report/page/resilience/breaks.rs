//! What a page of closings shows, and in which words.

use super::words::Words;
use crate::report::Report;
use crate::report::page::Page;
use crate::report::page::escape::{Name, text};
use crate::report::resilience::{ResilienceReport, StationRow, StreetRow};
use crate::resilience::{MapObject, StreetClosure};

/// Rows of each ranking; the tables beside the page have all.
pub(super) const LISTED: usize = 20;

/// What the page shows.
#[derive(Clone, Copy)]
pub(super) struct Breaks<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) page: &'a Page<'a>,
    pub(super) known: ResilienceReport<'a>,
    pub(super) words: &'static Words,
}

impl<'a> Breaks<'a> {
    /// The stations whose closing costs anybody anything, the worst first.
    pub(super) fn station_rows(&self) -> impl Iterator<Item = StationRow<'a>> + use<'a> {
        let rows = self.known.station_rows();
        rows.filter(|row| !row.loss.is_none())
    }

    /// The pieces of the streets whose closing does, the worst first.
    pub(super) fn street_rows(&self) -> impl Iterator<Item = StreetRow<'a>> + use<'a> {
        let rows = self.known.street_rows();
        rows.filter(|row| !row.loss.is_none())
    }

    /// What a piece of the streets is called, as markup.
    pub(super) fn street_name(&self, closure: &StreetClosure) -> String {
        let kind = self.words.kind(closure.kind);
        let id = match closure.object {
            MapObject::Record => closure.id.clone(),
            object => format!("{} {}", self.words.object(object), closure.id),
        };
        match &closure.name {
            Some(name) => {
                let id = self.words.in_brackets(&Name(&id).to_string());
                format!("{kind} {}{id}", Name(name))
            }
            None => format!("{kind} {}", Name(&id)),
        }
    }

    /// The same in short, as text of an attribute or a title.
    pub(super) fn street_tip(&self, row: &StreetRow<'_>) -> String {
        let closure = row.closure;
        let name = closure.name.as_deref().unwrap_or(&closure.id);
        format!("{} {}", self.words.kind(closure.kind), text(name))
    }
}

/// What a station is called.
pub(super) fn station_name<'n>(row: &StationRow<'n>) -> &'n str {
    row.record.name.as_deref().unwrap_or(&row.record.id)
}
