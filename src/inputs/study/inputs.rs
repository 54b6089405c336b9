//! A city as read.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::crs::{Crs, PlacedLayer};
#[cfg(feature = "prepared")]
use crate::inputs::Provenance;
use crate::inputs::osm::HomesReport;
use crate::inputs::{CutReport, LayerReading, PointRecords, Stairwells, Timetable};
use crate::model::{
    Area, Attributes, CityRecords, Compounds, Findings, MapMarks, Resident, Station, Surroundings,
};
use crate::network::Network;

/// A city as read: validated records, and what was found.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The streets as a graph.
    pub network: Network,
    /// The system that the network was read in.
    pub network_crs: Crs,
    /// How long building it took; nothing for a prepared one.
    pub building: Duration,
    /// What was left out of the network.
    pub cuts: CutReport,
    /// Every row of the station layers.
    pub stations: Vec<Station>,
    /// What was kept beside the stations, row by row.
    pub station_attributes: Attributes,
    /// Every record of the resident layers.
    pub residents: Vec<Resident>,
    /// What was kept beside the residents, record by record.
    pub resident_attributes: Attributes,
    /// The stations of every tier, where they were asked for beside those of the study, and what was kept beside them.
    pub every_station: Option<(Vec<Station>, Attributes)>,
    /// Sites that may be built, with what stands beside them, where some were asked for.
    pub candidates: Option<(Vec<Station>, Attributes)>,
    /// Further demand: what it is called, and its records.
    pub demand: Vec<(String, Vec<Resident>)>,
    /// Residential land; none without a layer of it.
    pub land: Vec<Area>,
    /// The register of communities, where one was asked for: names, people and what was kept beside them.
    pub communities: Option<PointRecords>,
    /// The calendar of sessions, where one was asked for: the ids or names of their places, and when they are.
    pub calendar: Option<PointRecords>,
    /// The table of stairwells, where one was given.
    pub(crate) stairwells: Option<Stairwells>,
    /// The areas; none without an area layer.
    pub areas: Vec<Area>,
    /// The walls and the gates in them; none without a layer of them.
    pub compounds: Compounds,
    /// Where the network's data come from, where its file says so.
    pub origin: Option<String>,
    /// What the network was made of, where it is a prepared one.
    #[cfg(feature = "prepared")]
    pub provenance: Option<Provenance>,
    /// What lies around the streets; water and obstacles where they were asked for.
    pub surroundings: Surroundings,
    /// What the map marks on its ways, where it was asked for.
    pub marks: MapMarks,
    /// When the network's ways and gates open and close, as far as its file says and it is obeyed; nothing of a prepared one.
    pub timetable: Timetable,
    /// Where the records of each file lie.
    pub placed: Vec<PlacedLayer>,
    /// What became of the buildings, where residents are homes.
    pub homes: Option<HomesReport>,
    /// How each layer was read: the network, then the others in the order of the request.
    pub readings: Vec<LayerReading>,
    /// What was found.
    pub findings: Findings,
    /// What was found of the people of further demand.
    pub(in crate::inputs) people_of_demand: Findings,
    /// The columns of groups whose cells were told of.
    pub(in crate::inputs) told_groups: BTreeSet<String>,
}

impl Inputs {
    /// The records, ready for the analysis.
    #[must_use]
    pub fn city(&self) -> CityRecords<'_> {
        CityRecords {
            stations: &self.stations,
            residents: &self.residents,
            areas: &self.areas,
        }
    }
}
