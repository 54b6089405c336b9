//! The tables of coverage and their files; those of the questions are beside each in `planning`.

/// A table of coverage.
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
    /// `hours.csv`: one row per hour of the week.
    Hours,
    /// `station_hours.csv`: one row per station, with how its opening hours were read.
    StationHours,
    /// `travel_times.csv`: one row per pair within the largest cutoff, by resident.
    TravelTimes,
}

impl Table {
    /// All of them.
    pub const ALL: [Table; 7] = [
        Table::Residents,
        Table::Stations,
        Table::Areas,
        Table::Compounds,
        Table::Hours,
        Table::StationHours,
        Table::TravelTimes,
    ];

    /// The file's name.
    #[must_use]
    pub(crate) const fn file_name(self) -> &'static str {
        match self {
            Table::Residents => "residents.csv",
            Table::Stations => "stations.csv",
            Table::Areas => "areas.csv",
            Table::Compounds => "compounds.csv",
            Table::Hours => "hours.csv",
            Table::StationHours => "station_hours.csv",
            Table::TravelTimes => "travel_times.csv",
        }
    }
}
