//! What closing the stations and streets of a study costs.

use serde_json::Value;

use crate::control::Control;
use crate::error::Error;
use crate::model::Resident;
use crate::report::{ResilienceReport, StationRecord, StationRow, StreetRow};
use crate::resilience::{PAIRS_AMONG, StationClosures, StreetClosures};
use crate::search::{TravelTimes, Trip};
use crate::study::StudyResult;
use crate::units::Cutoff;

/// On how many stations each resident depends.
pub const DEPENDENCE_TABLE: &str = "dependence.csv";
/// What closing each station costs.
pub const STATION_CLOSURES: &str = "station_closures.csv";
/// What closing each two of the worst stations costs.
pub const PAIRS_TABLE: &str = "station_pairs.csv";
/// What closing each bridge, gate, crossing and lift costs.
pub const STREET_CLOSURES: &str = "street_closures.csv";
/// All of these on the map.
pub const CLOSURES_GEOJSON: &str = "closures.geojson";

/// What is asked of what may close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResilienceQuestion {
    /// How many of the worst stations are closed two by two.
    pub pairs_among: usize,
}

impl Default for ResilienceQuestion {
    fn default() -> Self {
        Self {
            pairs_among: PAIRS_AMONG,
        }
    }
}

/// What closing the stations and streets of a study costs.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ResilienceAnswer {
    /// Of stations.
    pub stations: StationClosures,
    /// Of streets; `None` of trips there and back.
    pub streets: Option<StreetClosures>,
    /// What is known of each station.
    pub records: Vec<StationRecord>,
}

impl StudyResult<'_> {
    /// Who depends on one station alone, and what closing each station, bridge, gate, crossing and lift costs. Gates and crossings of
    /// the map are those that were read with it, where the request asked for its marks.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// That of [`StationClosures::new`] without its searches from stations, and of [`StreetClosures::new`].
    pub fn resilience(
        &self,
        question: ResilienceQuestion,
        control: Control<'_>,
    ) -> Result<ResilienceAnswer, Error> {
        let placed = self.analysis.placed();
        let (city, cutoff) = (self.inputs.city(), self.analysis.options.tests.deciding());
        let pairs_among = question.pairs_among;
        let stations = match self.walks_within(cutoff) {
            Some(times) => {
                StationClosures::from_times(placed, city, times, cutoff, pairs_among, control)
            }
            None => StationClosures::new(placed, city, cutoff, pairs_among, control),
        }?;
        let compounds = &self.analysis.options.compounds;
        let marks = &self.inputs.marks;
        let is_one_way = placed.trip() != Trip::RoundTrip;
        let streets = is_one_way
            .then(|| StreetClosures::new(placed, city, compounds, marks, cutoff, control));
        Ok(ResilienceAnswer {
            stations,
            streets: streets.transpose()?,
            records: self.station_records(),
        })
    }

    /// The walks within a cutoff, where the study has them.
    fn walks_within(&self, cutoff: Cutoff) -> Option<&TravelTimes> {
        let tables = [Some(&self.analysis.times), self.analysis.lengths.as_ref()];
        let mut tables = tables.into_iter().flatten();
        tables.find(|table| table.cutoff() == Some(cutoff))
    }
}

impl ResilienceAnswer {
    pub(super) fn report<'a>(&'a self, residents: &'a [Resident]) -> ResilienceReport<'a> {
        ResilienceReport {
            residents,
            records: &self.records,
            stations: &self.stations,
            streets: self.streets.as_ref(),
        }
    }

    /// The stations, the one whose closing costs most first.
    #[must_use]
    pub fn station_rows(&self) -> Vec<StationRow<'_>> {
        self.report(&[]).station_rows().collect()
    }

    /// Bridges, gates, crossings and lifts, the one whose closing costs most first.
    #[must_use]
    pub fn street_rows(&self) -> Vec<StreetRow<'_>> {
        self.report(&[]).street_rows().collect()
    }

    /// What `summary.json` says under `resilience`. `residents` are those of the study.
    #[must_use]
    pub fn json(&self, residents: &[Resident]) -> Value {
        self.report(residents).json()
    }
}
