//! What the readers of streets and areas give.

#[cfg(feature = "osm")]
use super::Timetable;
use super::{CutReport, Known, LostCell, Reading};
use crate::crs::Crs;
use crate::geometry::Location;
use crate::model::{Area, Findings, Streets};

/// The streets of a file, what was left out of them, and what was found.
#[derive(Clone, Debug)]
pub struct StreetsRead {
    /// The walkable ways.
    pub streets: Streets,
    /// What was left out, by reason.
    pub cuts: CutReport,
    /// The last known places of ways that are cut because the file lacks a vertex.
    pub cut_at: Vec<Location>,
    /// The coordinate system of the file.
    pub crs: Known<Crs>,
    /// What was read as what.
    pub reading: Reading,
    /// What was found.
    pub findings: Findings,
    /// When ways and gates open and close, as far as that is obeyed.
    #[cfg(feature = "osm")]
    pub timetable: Timetable,
}

/// The areas of a file, and what was found.
#[derive(Clone, Debug)]
pub struct AreasRead {
    /// Polygons with an id and a name, in the order of the file.
    pub areas: Vec<Area>,
    /// The coordinate system of the file.
    pub crs: Known<Crs>,
    /// What was read as what.
    pub reading: Reading,
    /// Cells whose value is lost: an id or a name that is an error of a spreadsheet.
    pub lost: Vec<LostCell>,
    /// What was found.
    pub findings: Findings,
}
