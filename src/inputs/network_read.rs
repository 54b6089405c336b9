//! A network as it is read.

#[cfg(feature = "prepared")]
use super::Provenance;
use super::{CutReport, Known, Reading, Timetable};
use crate::crs::Crs;
use crate::model::{Findings, MapMarks, Surroundings};
use crate::network::Network;

/// A network as read and built, or opened, and what was found on the way.
#[derive(Clone, Debug)]
pub struct NetworkRead {
    /// The streets as a graph.
    pub network: Network,
    /// What was left out of it, by reason.
    pub cuts: CutReport,
    /// The coordinate system of its file.
    pub crs: Known<Crs>,
    /// What was read as what.
    pub reading: Reading,
    /// What was found.
    pub findings: Findings,
    /// Where the data come from, where the file says so.
    pub origin: Option<String>,
    /// What lies around the streets; water and obstacles where they were asked for.
    pub surroundings: Surroundings,
    /// What the map marks on its ways, where it was asked for.
    pub marks: MapMarks,
    /// When its ways and gates open and close, as far as its file says and it is obeyed; nothing of a prepared one.
    pub timetable: Timetable,
    /// What a prepared network was made of.
    #[cfg(feature = "prepared")]
    pub provenance: Option<Provenance>,
}
