//! What became of an edit.

use geo_types::Coord;

use super::edit::Edit;
use crate::text::language::Words;

/// What became of an edit: what it hit, how far away, and how much it changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Applied {
    /// The table of the scenario's file that it stands in.
    pub table: &'static str,
    /// What it was to edit: an id, a way, a place.
    pub target: String,
    /// How many things it changed: stations, pieces of street, gates, records. 0 of an edit without effect.
    pub changed: u64,
    /// How far what it hit is from the place that was given, in metres.
    pub distance_m: Option<f64>,
    /// What it hit.
    pub found: Words,
    /// Where: a place, or the lines of streets.
    pub shapes: Vec<Vec<Coord<f64>>>,
}

impl Applied {
    pub(super) fn new(edit: &Edit, changed: u64, found: Words) -> Self {
        Self {
            table: edit.table(),
            target: edit.target(),
            changed,
            distance_m: None,
            found,
            shapes: Vec::new(),
        }
    }

    pub(super) fn at(mut self, place: Coord<f64>) -> Self {
        self.shapes.push(vec![place]);
        self
    }

    pub(super) fn away(mut self, metres: Option<f64>) -> Self {
        self.distance_m = metres;
        self
    }
}
