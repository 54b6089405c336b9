//! Which exporter writes which file.

use std::io;
use std::time::Duration;

use super::{
    Page, Report, Table, areas, compounds, gaps, isochrones, page, provision, registered,
    residents, stations, summary, travel_times, write_indicators,
};
use crate::gaps::Gaps;
use crate::isochrone::{Isochrones, ReachedStreets};

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
            Table::Groups => {
                let tests = self.coverage.tests();
                provision::write_groups(&self.asked().groups, tests, writer)
            }
            Table::Lorenz => provision::write_lorenz(&self.asked().groups, writer),
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
    pub(crate) fn provision_tables(&self) -> Vec<Table> {
        let asked = self.asked();
        let tables = [
            (Table::Tiers, !asked.tiers.list.is_empty()),
            (
                Table::TiersByArea,
                !asked.tiers.list.is_empty() && !asked.tiers.levels.is_empty(),
            ),
            (Table::Groups, !asked.groups.is_empty()),
            (Table::Lorenz, !asked.groups.is_empty()),
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
    /// street inside with one outside, and empty where people would walk straight to it.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_gaps(&self, gaps: &Gaps, writer: impl io::Write) -> io::Result<()> {
        gaps::write_table(self, gaps, writer)
    }

    /// Writes `gaps_by_group.csv`: where each group of people is left out, as its people walk: a row per group (`cohort`) and
    /// gap of its own, most people first, with the columns of [`gaps.csv`](Self::write_gaps) but those of gates, and
    /// `percent_of_cohort`.
    /// `people` are those of the group, `gap` counts anew for each, and a record with none of its people is in no gap.
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_gaps_by_group(&self, writer: impl io::Write) -> io::Result<()> {
        gaps::write_by_group(self, writer)
    }

    /// Writes `people_in_gaps.csv`: a row per gap of `gaps.csv` and group of people (`gap`, `cohort`), with the people of the
    /// group who live there (`people`, `percent_of_cohort`).
    ///
    /// # Errors
    /// What the writer says.
    pub(crate) fn write_people_in_gaps(
        &self,
        gaps: &Gaps,
        writer: impl io::Write,
    ) -> io::Result<()> {
        provision::write_people_in_gaps(gaps, &self.asked().groups, writer)
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
