//! Results as files: one exporter per file, pure serialisation into a writer, and a directory that takes them whole.

mod areas;
mod cell;
mod circle_text;
mod columns;
mod compounds;
mod directory;

mod gaps;

mod geometry;
#[cfg(feature = "config")]
mod indicators;

mod isochrones;
mod lock;
mod noun;
mod numbers;
mod of_analysis;

mod page;
mod provision;
#[cfg(all(feature = "osm", feature = "geojson"))]
mod readings;
mod registered;
mod residents;
mod run;
mod stations;
mod summary;
mod temporary;
mod terminal;
mod travel_times;
mod unfinished;

pub use crate::error::ReportError;
pub use cell::write_cells;
pub use circle_text::terminal_provision;
pub use columns::{columns, fit, is_obeyed, pad_left, pad_right, visible};
pub use directory::{OutputDirectory, OutputPlace};
#[cfg(feature = "config")]
pub use indicators::{INDICATORS_TABLE, terminal_indicators, write_indicators};
pub use noun::{NotANoun, StationNoun};

pub use page::{Credit, Page};
#[cfg(all(feature = "osm", feature = "geojson"))]
pub use readings::{readings_json, terminal_readings};
pub use run::{InputFile, OutputFile, RunRecord};
pub use summary::findings_json;
pub use temporary::{Fingerprinted, OutputWriter};
pub use terminal::terminal_summary;
pub use unfinished::abandon_unfinished;

use std::io;
use std::time::Duration;

use crate::control::Timings;
use crate::coverage::{Areas, Coverage, WallCosts};
use crate::id::StationId;
use crate::model::{City, Compounds, Findings, Profile};
use crate::network::{Islands, Network};
use crate::text::OptionNames;
use crate::text::language::Language;

use crate::planning::provision::AskedStation;
use crate::planning::provision::Provision;
use crate::search::{TravelTimes, Trip};
use crate::snap::Snapped;

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
    pub city: City<'a>,
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
    /// What they cost, where that was counted.
    pub wall_costs: Option<&'a WallCosts>,
    /// Everything that was found, about the inputs and by the analysis.
    pub findings: &'a Findings,
    /// How long each step took.
    pub timings: Timings,
}

/// A file of a `coverage` run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// `residents.csv`: one row per resident record, in input order.
    Residents,
    /// `stations.csv`: one row per station, in the order of their first rows.
    Stations,
    /// `areas.csv`: one row per area, in input order.
    Areas,
    /// `compounds.csv`: one row per compound, in input order, with its gates, its people and what the walls cost them.
    Compounds,
    /// `travel_times.csv`: one row per pair within the largest cutoff, by resident.
    TravelTimes,
    /// `tiers.csv`: one row per tier of stations, then those of all tiers together.
    Tiers,
    /// `tiers_by_area.csv`: every tier rolled up to subdistricts and communities.
    TiersByArea,
    /// `cohorts.csv`: one row per part of the people, with how its walks are spread.
    Cohorts,
    /// `lorenz.csv`: by cohort which share of all walking each share of the people does.
    Lorenz,
    /// `register.csv`: what is wrong in the register, to be worked through.
    Register,
    /// `register_by_year.csv`: what there was at the end of every year.
    RegisterByYear,
    /// `steps_up.csv`: the walk from each station to the one above it.
    StepsUp,
    /// `services.csv`: people within reach of each service, by area.
    Services,
    /// `service_additions.csv`: by station the service whose addition helps most.
    ServiceAdditions,
    /// `membership.csv`: who lives in which community and is served by which.
    Membership,
    /// `indicators.csv`: the indicator table of the standards.
    Indicators,
    /// `demand.csv`: one row per layer of further demand.
    Demand,
    /// `sensitivity.csv`: people within the cutoffs by speed, and by cutoff.
    Sensitivity,
}

impl Table {
    /// All of them.
    pub const ALL: [Table; 18] = [
        Table::Residents,
        Table::Stations,
        Table::Areas,
        Table::Compounds,
        Table::TravelTimes,
        Table::Tiers,
        Table::TiersByArea,
        Table::Cohorts,
        Table::Lorenz,
        Table::Register,
        Table::RegisterByYear,
        Table::StepsUp,
        Table::Services,
        Table::ServiceAdditions,
        Table::Membership,
        Table::Indicators,
        Table::Demand,
        Table::Sensitivity,
    ];

    /// The file's name.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Table::Residents => "residents.csv",
            Table::Stations => "stations.csv",
            Table::Areas => "areas.csv",
            Table::Compounds => "compounds.csv",
            Table::TravelTimes => "travel_times.csv",
            Table::Tiers => "tiers.csv",
            Table::TiersByArea => "tiers_by_area.csv",
            Table::Cohorts => "cohorts.csv",
            Table::Lorenz => "lorenz.csv",
            Table::Register => "register.csv",
            Table::RegisterByYear => "register_by_year.csv",
            Table::StepsUp => "steps_up.csv",
            Table::Services => "services.csv",
            Table::ServiceAdditions => "service_additions.csv",
            Table::Membership => "membership.csv",
            Table::Indicators => INDICATORS_TABLE,
            Table::Demand => "demand.csv",
            Table::Sensitivity => "sensitivity.csv",
        }
    }
}

impl Report<'_> {
    /// Writes one table.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_table(&self, table: Table, writer: impl io::Write) -> io::Result<()> {
        match table {
            Table::Residents => residents::write(self, writer),
            Table::Stations => stations::write(self, writer),
            Table::Areas => areas::write(self, writer),
            Table::Compounds => compounds::write(self, writer),
            Table::TravelTimes => travel_times::write(self, writer),
            Table::Tiers => provision::write_tiers(&self.asked().tiers, writer),
            Table::TiersByArea => provision::write_tiers_by_area(&self.asked().tiers, writer),
            Table::Cohorts => {
                let tests = self.coverage.tests();
                provision::write_cohorts(&self.asked().cohorts, tests, writer)
            }
            Table::Lorenz => provision::write_lorenz(&self.asked().cohorts, writer),
            Table::Register | Table::RegisterByYear | Table::StepsUp => {
                let Some(found) = &self.asked().register else {
                    return Ok(());
                };
                match table {
                    Table::Register => registered::write_register(found, self.language, writer),
                    Table::StepsUp => {
                        registered::write_steps_up(&self.asked().stations, found, writer)
                    }
                    _ => registered::write_years(found, self.coverage.total().people, writer),
                }
            }
            Table::Services | Table::ServiceAdditions => match &self.asked().services {
                Some(found) if table == Table::Services => {
                    registered::write_services(self, found, writer)
                }
                Some(found) => registered::write_additions(&self.asked().stations, found, writer),
                None => Ok(()),
            },
            Table::Membership => {
                let asked = self.asked();
                registered::write_memberships(&asked.memberships, &asked.communities, writer)
            }
            Table::Indicators => {
                write_indicators(&self.asked().clauses.indicators(), self.language, writer)
            }
            Table::Demand => provision::write_demand(&self.asked().demand, writer),
            Table::Sensitivity => match &self.asked().sensitivity {
                Some(found) => provision::write_sensitivity(found, writer),
                None => Ok(()),
            },
        }
    }

    /// The tables of what was asked beside coverage, in the order in which they are written.
    #[must_use]
    pub fn provision_tables(&self) -> Vec<Table> {
        let asked = self.asked();
        let tables = [
            (Table::Tiers, !asked.tiers.list.is_empty()),
            (
                Table::TiersByArea,
                !asked.tiers.list.is_empty() && !asked.tiers.levels.is_empty(),
            ),
            (Table::Cohorts, !asked.cohorts.is_empty()),
            (Table::Lorenz, !asked.cohorts.is_empty()),
            (Table::Register, asked.register.is_some()),
            (
                Table::RegisterByYear,
                asked
                    .register
                    .as_ref()
                    .is_some_and(|found| !found.years.is_empty()),
            ),
            (
                Table::StepsUp,
                asked
                    .register
                    .as_ref()
                    .is_some_and(|found| !found.steps_up.is_empty()),
            ),
            (Table::Services, asked.services.is_some()),
            (Table::ServiceAdditions, asked.services.is_some()),
            (Table::Membership, !asked.memberships.is_empty()),
            (Table::Indicators, !asked.clauses.standards.is_empty()),
            (Table::Demand, !asked.demand.is_empty()),
            (Table::Sensitivity, asked.sensitivity.is_some()),
        ];
        let wanted = tables.into_iter().filter(|(_, is_there)| *is_there);
        wanted.map(|(table, _)| table).collect()
    }

    /// The stations that tiers, services and register are about.

    fn asked_stations(&self) -> &[AskedStation] {
        self.provision.map_or(&[], |asked| &asked.stations)
    }

    /// What was asked beside coverage; nothing where nothing was.
    fn asked(&self) -> &Provision {
        static NOTHING: std::sync::LazyLock<Provision> =
            std::sync::LazyLock::new(Provision::default);
        self.provision.unwrap_or(&NOTHING)
    }

    /// Writes `summary.json`; `write` is how long the tables took to write.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_summary(&self, writer: impl io::Write, write: Duration) -> io::Result<()> {
        summary::write(self, writer, write)
    }

    /// Writes `isochrones.geojson`: a feature for every station and cutoff with the properties `station` and `minutes` or
    /// `metres`, and per cutoff one of all stations together, whose `station` is null.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_isochrones(
        &self,
        isochrones: &[crate::isochrone::Isochrones],
        writer: impl io::Write,
    ) -> io::Result<()> {
        isochrones::write(self, isochrones, writer)
    }

    /// Writes `gaps.csv`: one row per gap, most people first, with the columns `gap` (its number, from 1), `people`,
    /// `residents` (records), `lon`, `lat` (of its centre), `street`, `reason`, `median_extra_seconds` (or `_metres` where
    /// metres decide; empty where most have no walk at all), `nearest_station`, and for a missing link `link_metres`,
    /// `link_gain` (people), `link_from_lon`, `link_from_lat`, `link_to_lon`, `link_to_lat`. With compounds there are also
    /// `gate_lon`, `gate_lat`, `gate_compound` (its id), `gate_gain` (people), `gate_saved_seconds` (or `_metres`) and
    /// `gate_way_metres` of the gate that would help most: the last is the length of the way through it where it is to join a
    /// street inside with one outside, and empty where people would walk straight to it.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_gaps(&self, gaps: &crate::gaps::Gaps, writer: impl io::Write) -> io::Result<()> {
        gaps::write_table(self, gaps, writer)
    }

    /// Writes `gaps_by_group.csv`: where each group of people is left out, as its people walk: a row per group (`cohort`) and
    /// gap of its own, most people first, with the columns of [`gaps.csv`](Self::write_gaps) but those of gates, and
    /// `percent_of_cohort`.
    /// `people` are those of the group, `gap` counts anew for each, and a record with none of its people is in no gap.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_gaps_by_group(&self, writer: impl io::Write) -> io::Result<()> {
        gaps::write_by_group(self, writer)
    }

    /// Writes `people_in_gaps.csv`: a row per gap of `gaps.csv` and group of people (`gap`, `cohort`), with the people of the
    /// group who live there (`people`, `percent_of_cohort`).
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_people_in_gaps(
        &self,
        gaps: &crate::gaps::Gaps,
        writer: impl io::Write,
    ) -> io::Result<()> {
        provision::write_people_in_gaps(gaps, &self.asked().cohorts, writer)
    }

    /// Writes `gaps.geojson`: a polygon feature per gap in the same order, with the same properties as the columns of
    /// `gaps.csv`, and `what`: `gap`; after each gap with a missing link that link as a line, whose `what` is `link`, and
    /// after each with a gate that would help that gate as a point, whose `what` is `gate`.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_gaps_geojson(
        &self,
        gaps: &crate::gaps::Gaps,
        writer: impl io::Write,
    ) -> io::Result<()> {
        gaps::write_geojson(self, gaps, writer)
    }

    /// Writes `reached_streets.geojson`: the streets within each cutoff, cut exactly where it is reached; features as in
    /// `isochrones.geojson`.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_reached_streets(
        &self,
        streets: &[crate::isochrone::ReachedStreets],
        writer: impl io::Write,
    ) -> io::Result<()> {
        isochrones::write_streets(self, streets, writer)
    }

    /// Writes `report.html`: the answer on one page, with a map, that needs no network.
    ///
    /// # Errors
    /// What the writer says.

    pub fn write_page(&self, page: &Page<'_>, writer: impl io::Write) -> io::Result<()> {
        page::write(self, page, writer)
    }

    /// The id that the first row of a station has.
    fn station_id(&self, station: StationId) -> &str {
        let row = self.snapped.entrances(station)[0].row;
        &self.city.stations[row as usize].id
    }
}
