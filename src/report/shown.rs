//! Everything that the exporters show.

use std::sync::LazyLock;

use super::StationNoun;
use crate::control::Timings;
use crate::coverage::{Areas, Coverage, StairsCost, WallCosts};
use crate::id::StationId;
use crate::model::{CityRecords, Compounds, Findings, Profile};
use crate::network::{Islands, Network};
use crate::planning::cures::CurePrices;
use crate::planning::hours::HoursAnswer;
use crate::planning::provision::{AskedStation, Provision};
use crate::search::{TravelTimes, Trip};
use crate::snap::Snapped;
use crate::text::OptionNames;
use crate::text::language::Language;

/// Everything that the exporters show: the city, the answer, and what was found on the way.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// In which language cells that are sentences are written; headers, codes and statuses are English in every one.
    pub language: Language,
    /// What options are called in sentences that name some.
    pub options: OptionNames,
    /// What its stations are called; stations, where nothing is given.
    pub noun: Option<&'a StationNoun>,
    /// What a reader must know first, such as that the data are a model.
    pub note: Option<&'a str>,
    /// What was analysed.
    pub city: CityRecords<'a>,
    /// Who walks.
    pub profile: &'a Profile,
    /// Which walk is measured.
    pub trip: Trip,
    /// Connected pieces of streets shorter than this many metres are islands.
    pub min_island_m: f64,
    /// The streets as a graph.
    pub network: &'a Network,
    /// What is too short to snap to.
    pub islands: &'a Islands,
    /// Everybody on the network.
    pub snapped: &'a Snapped,
    /// Walks within the largest minute cutoff.
    pub times: &'a TravelTimes,
    /// Who is covered.
    pub coverage: &'a Coverage,
    /// Coverage by area.
    pub areas: &'a Areas,
    /// What was asked beside coverage.
    pub provision: Option<&'a Provision>,
    /// The walls; none without compounds.
    pub compounds: &'a Compounds,
    /// What cures of gaps cost; nothing where that is not known.
    pub cure_prices: &'a CurePrices,
    /// What the walls cost, where that was counted.
    pub wall_costs: Option<&'a WallCosts>,
    /// What the stairs and lifts at home cost, where storeys are known and count.
    pub stairs: Option<&'a StairsCost>,
    /// What comes of opening hours, where something was asked of them.
    pub hours: Option<&'a HoursAnswer>,
    /// Everything that was found, about the inputs and by the analysis.
    pub findings: &'a Findings,
    /// How long each step took.
    pub timings: Timings,
}

impl Report<'_> {
    /// The stations that tiers, services and register are about.
    pub(super) fn asked_stations(&self) -> &[AskedStation] {
        self.provision.map_or(&[], |asked| &asked.stations)
    }

    /// What was asked beside coverage; nothing where nothing was.
    pub(super) fn asked(&self) -> &Provision {
        static NOTHING: LazyLock<Provision> = LazyLock::new(Provision::default);
        self.provision.unwrap_or(&NOTHING)
    }

    /// The id that the first row of a station has.
    pub(super) fn station_id(&self, station: StationId) -> &str {
        let row = self.snapped.entrances(station)[0].row;
        &self.city.stations[row as usize].id
    }

    /// What a station is called: its name, or its id where it has none.
    pub(super) fn station_name(&self, station: StationId) -> &str {
        let entrances = self.snapped.entrances(station).iter();
        let mut rows = entrances.map(|entrance| &self.city.stations[entrance.row as usize]);
        let name = rows.find_map(|row| row.name.as_deref().filter(|name| !name.trim().is_empty()));
        name.unwrap_or_else(|| self.station_id(station))
    }
}
