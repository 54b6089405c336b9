//! Travel times between stations and residents: one bounded search per station in parallel, in one compact table.

use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::units::{Cost, Cutoff, Unit};

/// Which walk is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Trip {
    /// From the resident to the station.
    #[default]
    ToStation,
    /// From the station to the resident.
    FromStation,
    /// There and back: the sum of both walks, to the same station, against the cutoff.
    RoundTrip,
}

/// The nearest station of a resident at any distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NearestStation {
    /// The station; of equally near ones the first.
    pub station: StationId,
    /// The cost of the walk, legs included.
    pub cost: u64,
}

/// Who is within a cutoff of which station, and everybody's nearest station.
///
/// The table is compact (CSR): one row per station, in each row the residents within the cutoff with their costs, in the
/// order in which the search met their streets.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "StoredTimes")
)]
pub struct TravelTimes {
    unit: Unit,
    cutoff: Option<Cutoff>,
    row_start: Vec<usize>,
    entries: Vec<(ResidentId, Cost)>,
    nearest: Vec<Option<NearestStation>>,
    searches: usize,
}

/// A table as it comes back from where it was kept.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct StoredTimes {
    unit: Unit,
    cutoff: Option<Cutoff>,
    row_start: Vec<usize>,
    entries: Vec<(ResidentId, Cost)>,
    nearest: Vec<Option<NearestStation>>,
    searches: usize,
}

#[cfg(feature = "serde")]
impl StoredTimes {
    /// What contradicts itself; `None` where all fits.
    fn fault(&self) -> Option<&'static str> {
        let rows = &self.row_start;
        let ends = (rows.first().copied(), rows.last().copied());
        let longest = match self.cutoff {
            Some(cutoff) if cutoff.unit() == self.unit => Some(cutoff.cost()),
            Some(_) => return Some("travel times: the cutoff counts another unit than the costs"),
            None => None,
        };
        let is_within = |(resident, cost): &(ResidentId, Cost)| {
            resident.index() < self.nearest.len() && Some(*cost) <= longest
        };
        let faults = [
            (
                ends != (Some(0), Some(self.entries.len())) || !rows.is_sorted(),
                "travel times: the rows are not those of the table",
            ),
            (
                !self.entries.iter().all(is_within),
                "travel times: a walk is to none of the residents, or beyond the cutoff",
            ),
            (
                self.names_a_resident_twice(),
                "travel times: a row has a resident twice",
            ),
            (
                self.names_another_station(),
                "travel times: a nearest station is none of the stations",
            ),
        ];
        let fault = faults.into_iter().find(|(is_so, _)| *is_so);
        fault.map(|(_, what)| what)
    }

    fn names_a_resident_twice(&self) -> bool {
        let mut last_row = vec![0; self.nearest.len()];
        let mut rows = (1..).zip(self.row_start.windows(2));
        rows.any(|(row, ends)| {
            let entries = self.entries.get(ends[0]..ends[1]).unwrap_or_default();
            let mut residents = entries.iter().map(|(resident, _)| resident.index());
            residents.any(|resident| {
                let last = last_row.get_mut(resident);
                last.is_some_and(|last| std::mem::replace(last, row) == row)
            })
        })
    }

    fn names_another_station(&self) -> bool {
        let stations = self.row_start.len().saturating_sub(1);
        let mut nearest = self.nearest.iter().flatten();
        self.searches > stations || nearest.any(|nearest| nearest.station.index() >= stations)
    }
}

#[cfg(feature = "serde")]
impl TryFrom<StoredTimes> for TravelTimes {
    type Error = &'static str;

    fn try_from(stored: StoredTimes) -> Result<Self, &'static str> {
        if let Some(fault) = stored.fault() {
            return Err(fault);
        }
        Ok(Self {
            unit: stored.unit,
            cutoff: stored.cutoff,
            row_start: stored.row_start,
            entries: stored.entries,
            nearest: stored.nearest,
            searches: stored.searches,
        })
    }
}

impl TravelTimes {
    /// From rows as offsets and entries; the nearest stations are still to come.
    pub(super) fn from_rows(
        unit: Unit,
        cutoff: Option<Cutoff>,
        (row_start, entries): (Vec<usize>, Vec<(ResidentId, Cost)>),
        searches: usize,
    ) -> Self {
        Self {
            unit,
            cutoff,
            row_start,
            entries,
            nearest: Vec::new(),
            searches,
        }
    }

    pub(super) fn set_nearest(&mut self, nearest: Vec<Option<NearestStation>>) {
        self.nearest = nearest;
    }

    /// What the costs count.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The cutoff of the search.
    #[must_use]
    pub fn cutoff(&self) -> Option<Cutoff> {
        self.cutoff
    }

    /// The number of stations, and rows.
    #[must_use]
    pub fn station_count(&self) -> usize {
        self.row_start.len() - 1
    }

    /// How many stations were searched from; the others had no resident near enough as the crow flies.
    #[must_use]
    pub fn searches(&self) -> usize {
        self.searches
    }

    /// The residents within the cutoff of a station, each once, with their costs: street by street as the search met them,
    /// then those who leave a compound by several gates, the same on every run.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn row(&self, station: StationId) -> Result<&[(ResidentId, Cost)], UnknownId> {
        UnknownId::check(Numbered::Station, station.index(), self.station_count())?;
        Ok(self.row_of(station))
    }

    /// The row of a station of this table.
    #[inline]
    pub(crate) fn row_of(&self, station: StationId) -> &[(ResidentId, Cost)] {
        let index = station.index();
        &self.entries[self.row_start[index]..self.row_start[index + 1]]
    }

    /// The same, ascending by resident.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn sorted_row(&self, station: StationId) -> Result<Vec<(ResidentId, Cost)>, UnknownId> {
        let mut row = self.row(station)?.to_vec();
        row.sort_unstable();
        Ok(row)
    }

    /// The number of station-resident pairs within the cutoff.
    #[must_use]
    pub fn pair_count(&self) -> usize {
        self.entries.len()
    }

    /// The nearest station of every resident at any distance, in input order; `None` without a path.
    #[must_use]
    pub fn nearest(&self) -> &[Option<NearestStation>] {
        &self.nearest
    }

    /// Where rows begin, what is in them one after the other, and the nearest stations.
    pub(crate) fn into_parts(self) -> TableParts {
        (self.row_start, self.entries, self.nearest)
    }

    /// The same without the table.
    #[must_use]
    pub(crate) fn into_nearest(self) -> Vec<Option<NearestStation>> {
        self.nearest
    }
}

/// Offsets, entries and nearest stations.
type TableParts = (
    Vec<usize>,
    Vec<(ResidentId, Cost)>,
    Vec<Option<NearestStation>>,
);
