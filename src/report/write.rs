//! Which exporter writes which file.

use std::io;
use std::time::Duration;

use super::{
    Page, Report, Table, areas, compounds, gaps, hours, isochrones, page, residents, stations,
    summary, travel_times,
};
use crate::gaps::Gaps;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::planning::answer::TableContext;
use crate::planning::provision::QuestionTable;

impl Report<'_> {
    /// Writes one table of coverage.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_table(&self, table: Table, mut writer: impl io::Write) -> io::Result<()> {
        match table {
            Table::Residents => residents::write(self, &mut writer),
            Table::Stations => stations::write(self, &mut writer),
            Table::Areas => areas::write(self, &mut writer),
            Table::Compounds => compounds::write(self, &mut writer),
            Table::Hours => hours::write_week(self, &mut writer),
            Table::StationHours => hours::write_stations(self, &mut writer),
            Table::TravelTimes => travel_times::write(self, &mut writer),
        }
    }

    /// Writes a table of a question; nothing where it was not asked.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_question(
        &self,
        table: &QuestionTable,
        mut writer: impl io::Write,
    ) -> io::Result<()> {
        let asked = self.asked();
        let context = TableContext {
            language: self.language,
            coverage: self.coverage,
            areas: self.city.areas,
            residents: self.city.residents,
            stations: &asked.stations,
            communities: &asked.communities,
        };
        table.write(asked, context, &mut writer)
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
    pub(crate) fn write_isochrones(
        &self,
        isochrones: &[Isochrones],
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
    /// street inside with one outside, and empty where people would walk straight to it. Where a time is asked for there are
    /// `opening_station` (the id of the closed station that would help most if it were open), `opening_gain` and
    /// `opening_gain_elsewhere` (people). Then come `station_gain` and
    /// `station_gain_elsewhere` (people of the gap, and of others, whom a station at its centre would cover), and the best single cure
    /// by the report's prices: `cure` and `cure_gain`, and where there are prices `cure_mode`, `cure_cost`, `cure_people_per_cost`,
    /// `cure_responsible` and `cure_deadline`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_gaps(&self, gaps: &Gaps, mut writer: impl io::Write) -> io::Result<()> {
        gaps::write_table(self, gaps, &mut writer)
    }

    /// Writes `gaps_by_group.csv`: where each group of people is left out, as its people walk: a row per group (`cohort`) and
    /// gap of its own, most people first, with the columns of [`gaps.csv`](Self::write_gaps) but those of gates, and
    /// `percent_of_cohort`.
    /// `people` are those of the group, `gap` counts anew for each, and a record with none of its people is in no gap.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_gaps_by_group(&self, mut writer: impl io::Write) -> io::Result<()> {
        gaps::write_by_group(self, &mut writer)
    }

    /// Writes `people_in_gaps.csv`: a row per gap of `gaps.csv` and group of people (`gap`, `cohort`), with the people of the
    /// group who live there (`people`, `percent_of_cohort`).
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_people_in_gaps(&self, gaps: &Gaps, mut writer: impl io::Write) -> io::Result<()> {
        gaps::write_people(self, gaps, &mut writer)
    }

    /// Writes `gaps.geojson`: a polygon feature per gap in the same order, with the same properties as the columns of
    /// `gaps.csv`, and `what`: `gap`; after each gap with a missing link that link as a line, whose `what` is `link`, and
    /// after each with a gate that would help that gate as a point, whose `what` is `gate`.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_gaps_geojson(&self, gaps: &Gaps, writer: impl io::Write) -> io::Result<()> {
        gaps::write_geojson(self, gaps, writer)
    }

    /// Writes `reached_streets.geojson`: the streets within each cutoff, cut exactly where it is reached; features as in
    /// `isochrones.geojson`.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_reached_streets(
        &self,
        streets: &[ReachedStreets],
        writer: impl io::Write,
    ) -> io::Result<()> {
        isochrones::write_streets(self, streets, writer)
    }

    /// Writes `report.html`: the answer on one page, with a map, that needs no network.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_page(&self, page: &Page<'_>, writer: impl io::Write) -> io::Result<()> {
        page::write(self, page, writer)
    }
}
