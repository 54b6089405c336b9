//! Scenarios by the live engine: what is edited is searched again and nothing else, and taken back afterwards.

use geo_types::Coord;

use crate::analysis::Analysis;
use crate::control::Control;
use crate::coverage::{Coverage, LiveCoverage};
use crate::error::Error;
use crate::id::{EdgeId, StationId};
use crate::model::{CityRecords, Station};

/// An edit of the live engine.
#[derive(Clone, Debug)]
pub(super) enum LiveStep {
    /// A station with its entrances.
    Add {
        id: String,
        places: Vec<Coord<f64>>,
    },
    Move {
        id: String,
        place: Coord<f64>,
    },
    Remove {
        id: String,
    },
    CloseEdges(Vec<EdgeId>),
}

/// Where a row of a station is; not on the earth for one without a place.
pub(super) fn place_or_nowhere(row: &Station) -> Coord<f64> {
    let nowhere = Coord {
        x: f64::NAN,
        y: f64::NAN,
    };
    row.place.as_ref().map_or(nowhere, |place| *place)
}

/// A city that is edited and is then again as it was.
#[derive(Debug)]
pub(super) struct LiveCity {
    live: LiveCoverage,
    /// The ids of the city's stations, and behind them those that scenarios added.
    ids: Vec<String>,
    /// By station of the city the places of its rows; one that is not on the earth for a row without a place.
    places: Vec<Vec<Coord<f64>>>,
}

impl LiveCity {
    pub(super) fn new(
        analysis: &Analysis,
        city: CityRecords<'_>,
        control: Control<'_>,
    ) -> Result<Self, Error> {
        let place = |row: u32| place_or_nowhere(&city.stations[row as usize]);
        let snapped = analysis.snapped();
        let rows_of = |station: StationId| {
            let rows = snapped.entrances(station).iter();
            let mut rows: Vec<u32> = rows.map(|entrance| entrance.row).collect();
            // The gates that one row is left by follow each other.
            rows.dedup();
            rows
        };
        let rows: Vec<Vec<u32>> = snapped.stations().map(rows_of).collect();
        let ids = rows.iter().map(|rows| &city.stations[rows[0] as usize].id);
        Ok(Self {
            live: analysis.live(city, control)?,
            ids: ids.cloned().collect(),
            places: rows
                .iter()
                .map(|rows| rows.iter().map(|row| place(*row)).collect())
                .collect(),
        })
    }

    /// The coverage after these steps, with the ids of its stations; then everything is as it was.
    pub(super) fn with<T>(
        &mut self,
        steps: &[LiveStep],
        look: impl FnOnce(&Coverage, &[String]) -> T,
    ) -> Result<T, Error> {
        for step in steps {
            self.take(step)?;
        }
        let seen = look(self.live.coverage(), &self.ids);
        for step in steps.iter().rev() {
            self.take_back(step)?;
        }
        Ok(seen)
    }

    fn take(&mut self, step: &LiveStep) -> Result<(), Error> {
        match step {
            LiveStep::Add { id, places } => {
                self.live.add_station(places);
                self.ids.push(id.clone());
            }
            LiveStep::Move { id, place } => {
                self.live.move_station(self.station(id), &[*place])?;
            }
            LiveStep::Remove { id } => self.live.remove_station(self.station(id))?,
            LiveStep::CloseEdges(edges) => {
                self.live.close_edges(edges)?;
            }
        }
        Ok(())
    }

    fn take_back(&mut self, step: &LiveStep) -> Result<(), Error> {
        match step {
            // Its number stays, of a station that nobody can reach.
            LiveStep::Add { id, .. } => self.live.remove_station(self.station(id))?,
            LiveStep::Move { id, .. } | LiveStep::Remove { id } => {
                let station = self.station(id);
                let places = &self.places[station.index()];
                self.live.move_station(station, places)?;
            }
            LiveStep::CloseEdges(edges) => {
                self.live.open_edges(edges)?;
            }
        }
        Ok(())
    }

    /// The last station of an id: scenarios that add stations of one id each have their own.
    fn station(&self, id: &str) -> StationId {
        let at = self.ids.iter().rposition(|known| known == id);
        StationId::new(at.unwrap_or(self.ids.len()))
    }
}
