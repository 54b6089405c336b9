//! Who is within a cutoff of which station, as arrays that are never copied, and unions of some stations' rows.

use std::fmt;
use std::sync::Arc;

use super::City;
use crate::control::Control;
use crate::error::Error;
use crate::id::{ResidentId, StationId};
use crate::search::{NearestStation, TravelTimes};
use crate::units::{Cost, Cutoff, People};

/// Who is within a cutoff of which station of a city. A clone is another handle on the same arrays.
#[derive(Clone, Debug)]
pub struct CityTimes {
    city: City,
    table: Arc<Table>,
}

/// Compressed sparse rows: those of station `s` are `residents[offsets[s] .. offsets[s + 1]]`, and so are their costs.
struct Table {
    offsets: Vec<usize>,
    residents: Vec<ResidentId>,
    costs: Vec<Cost>,
    nearest: Vec<Option<NearestStation>>,
    /// By resident.
    people: Vec<People>,
    total: People,
}

/// Whom some stations cover together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Resident records within the cutoff of any of them.
    pub residents: u64,
    /// Their people.
    pub people: People,
    /// The people of all records.
    pub total: People,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("pairs", &self.residents.len())
            .finish_non_exhaustive()
    }
}

impl Covered {
    /// The share of all people who are covered.
    #[must_use]
    pub fn share(self) -> f64 {
        self.people.share_of(self.total)
    }
}

impl City {
    /// Who is within a cutoff of which station: searched once, then asked as often as you like.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff counts
    /// metres.
    ///
    /// # Complexity
    /// One search for each station, in parallel, and one sweep of the network.
    pub fn times(&self, cutoff: Cutoff, control: Control<'_>) -> Result<CityTimes, Error> {
        let placed = self.placed();
        let times = placed.travel_times(self.records(), cutoff.unit(), Some(cutoff), control)?;
        Ok(CityTimes::new(self.clone(), times))
    }
}

impl CityTimes {
    fn new(city: City, times: TravelTimes) -> Self {
        let (offsets, entries, nearest) = times.into_parts();
        let people = city.records().people();
        let table = Table {
            offsets,
            residents: entries.iter().map(|(resident, _)| *resident).collect(),
            costs: entries.iter().map(|(_, cost)| *cost).collect(),
            nearest,
            total: people.iter().copied().sum(),
            people,
        };
        let table = Arc::new(table);
        Self { city, table }
    }

    /// The table as compressed sparse rows, without a copy: where each station's row begins, and one more for the end of the last;
    /// then for all rows one after the other who is in them, and what their trips cost. Inside a row they come street by street.
    #[must_use]
    pub fn csr(&self) -> (&[usize], &[ResidentId], &[Cost]) {
        let Table {
            offsets,
            residents,
            costs,
            ..
        } = &*self.table;
        (offsets, residents, costs)
    }

    /// The residents within the cutoff of a station, each once, with what their trips cost.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`](crate::walker::WalkerError::Unknown).
    pub fn row(
        &self,
        station: StationId,
    ) -> Result<impl ExactSizeIterator<Item = (ResidentId, Cost)> + '_, Error> {
        self.city.has_station(station)?;
        let Table {
            offsets,
            residents,
            costs,
            ..
        } = &*self.table;
        let row = offsets[station.index()]..offsets[station.index() + 1];
        let row = residents[row.clone()].iter().zip(&costs[row]);
        Ok(row.map(|(resident, cost)| (*resident, *cost)))
    }

    /// Everybody's nearest station at any distance, in the order of their ids; `None` without a walk to any.
    #[must_use]
    pub fn nearest(&self) -> &[Option<NearestStation>] {
        &self.table.nearest
    }

    /// Whom some of the stations cover together, as [`Coverage`](crate::coverage::Coverage) counts a run with them alone.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`](crate::walker::WalkerError::Unknown).
    ///
    /// # Complexity
    /// Linear in the rows of these stations, and a bit for each resident.
    pub fn coverage_of(&self, stations: &[StationId]) -> Result<Covered, Error> {
        let Table {
            offsets,
            residents,
            people,
            total,
            ..
        } = &*self.table;
        let mut within = vec![0u64; people.len().div_ceil(64)];
        for station in stations {
            self.city.has_station(*station)?;
            let row = offsets[station.index()]..offsets[station.index() + 1];
            for resident in &residents[row] {
                within[resident.index() / 64] |= 1 << (resident.index() % 64);
            }
        }
        let mut covered = Covered {
            total: *total,
            ..Covered::default()
        };
        for (word, people) in within.iter().zip(people.chunks(64)) {
            covered.residents += u64::from(word.count_ones());
            let mut rest = *word;
            while rest != 0 {
                covered.people += people[rest.trailing_zeros() as usize];
                rest &= rest - 1;
            }
        }
        Ok(covered)
    }
}
