//! The tables of a run and their files.

use super::INDICATORS_TABLE;

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
    Groups,
    /// `lorenz.csv`: by group which share of all walking each share of the people does.
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
        Table::Groups,
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
    pub(crate) const fn file_name(self) -> &'static str {
        match self {
            Table::Residents => "residents.csv",
            Table::Stations => "stations.csv",
            Table::Areas => "areas.csv",
            Table::Compounds => "compounds.csv",
            Table::TravelTimes => "travel_times.csv",
            Table::Tiers => "tiers.csv",
            Table::TiersByArea => "tiers_by_area.csv",
            Table::Groups => "cohorts.csv",
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
