//! The engine: stations and residents of a city for one walker, ready to be asked.

use super::error::SearchError;
use super::search_index::Prepared;
use super::travel_times::{TravelTimes, Trip};
use super::walk::{Scratch, Walk};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost, Cutoff, OtherUnit, Unit};

/// Stations per parallel task: enough that a worker's memory is made rarely, few enough that all workers end together.
pub(super) const STATION_CHUNK: usize = 16;
/// Stations and residents on one walker's network, ready to be searched: one heading, or both for there and back.
///
/// Making one costs about as much as some thousand searches within a quarter of an hour; asking it again costs those alone.
#[derive(Debug)]
pub struct Engine<'a> {
    pub(super) network: &'a Network,
    pub(super) snapped: &'a Snapped,
    pub(super) impedance: &'a Impedance,
    pub(super) there: Walk<'a>,
    pub(super) back: Option<Walk<'a>>,
}

/// Searches within one cutoff, one after the other over the same memory.
#[derive(Debug)]
pub struct Catchments<'e> {
    engine: &'e Engine<'e>,
    memory: Memory,
}

/// What such searches remember.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(super) there: Scratch,
    pub(super) back: Option<Scratch>,
    /// The way back of one station, by resident.
    on_the_way_back: Vec<(ResidentId, Cost)>,
    /// The rows so far.
    pub(super) entries: Vec<(ResidentId, Cost)>,
    /// Of the station that was searched last.
    entrances: Vec<Snap>,
    /// The longest trip that counts: of a round trip each way may have another bound.
    longest: Cost,
    /// Whether it is asked what a bound cuts off, which takes a look at all that was reached.
    pub(super) looks_for_cuts: bool,
}

/// The rows of some stations, in the order in which they were searched.
#[derive(Default)]
pub(super) struct Table {
    /// Each with the number of its entries.
    rows: Vec<(StationId, usize)>,
    /// Row after row.
    entries: Vec<Vec<(ResidentId, Cost)>>,
    /// Whether the bound cut any walk off; known of round trips only.
    pub(super) cut: bool,
}

impl Table {
    /// Each station with its row.
    pub(super) fn each_row(&self) -> impl Iterator<Item = (StationId, &[(ResidentId, Cost)])> {
        let mut chunks = self.entries.iter();
        let mut rest: &[(ResidentId, Cost)] = &[];
        self.rows.iter().map(move |&(station, count)| {
            while rest.len() < count {
                // Rows do not cross chunks, and all entries are in some row.
                rest = chunks.next().map_or(&[], Vec::as_slice);
            }
            let (row, behind) = rest.split_at(count);
            rest = behind;
            (station, row)
        })
    }

    /// The same in the order of stations, as offsets and entries.
    fn by_station(&self, station_count: usize) -> (Vec<usize>, Vec<(ResidentId, Cost)>) {
        let mut row_of: Vec<&[(ResidentId, Cost)]> = vec![&[]; station_count];
        for (station, row) in self.each_row() {
            row_of[station.index()] = row;
        }
        let mut row_start = Vec::with_capacity(station_count + 1);
        let mut entries = Vec::with_capacity(row_of.iter().map(|row| row.len()).sum());
        row_start.push(0);
        for row in row_of {
            entries.extend_from_slice(row);
            row_start.push(entries.len());
        }
        (row_start, entries)
    }
}

impl<'a> Engine<'a> {
    /// Prepares the search of one walker's trips between the snapped stations and residents; the impedance is of this network.
    ///
    /// # Complexity
    /// O(n log n) in the junctions and in the residents.
    pub(crate) fn new(
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
        trip: Trip,
    ) -> Self {
        assert_eq!(
            impedance.edge_count(),
            network.edge_count(),
            "the impedance is of this network"
        );
        let control = Control::default();
        let prepared = Prepared::new(network, impedance, snapped, trip, control);
        let prepared = prepared.expect("nobody cancels");
        Self::from_prepared(prepared, network, impedance, snapped)
    }

    /// The same residents on the same streets with other stations: `snapped` has the same residents. What was prepared is
    /// shared, so this costs the stations alone, and a look at every resident.
    pub(crate) fn with_stations<'b>(&'b self, snapped: &'b Snapped) -> Engine<'b> {
        assert!(
            snapped.has_residents_of(self.snapped),
            "the residents are those that the search was prepared for"
        );
        Engine::from_prepared(self.prepared(), self.network, self.impedance, snapped)
    }

    /// Over what was prepared before, of the same network, impedance and residents.
    pub(crate) fn from_prepared(
        prepared: Prepared,
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
    ) -> Self {
        let walk = |search_index| Walk::new(search_index, network, impedance, snapped);
        Self {
            network,
            snapped,
            impedance,
            there: walk(prepared.there),
            back: prepared.back.map(walk),
        }
    }

    /// What it was prepared with, for another engine of the same network, impedance and residents.
    pub(crate) fn prepared(&self) -> Prepared {
        Prepared {
            there: self.there.search_index(),
            back: self.back.as_ref().map(Walk::search_index),
        }
    }

    /// The stations and residents.
    #[must_use]
    pub fn snapped(&self) -> &'a Snapped {
        self.snapped
    }

    /// What its costs count.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.impedance.unit()
    }

    /// Searches within a cutoff, to be made one after the other.
    ///
    /// # Errors
    /// [`OtherUnit`] when the cutoff does not count what the engine's costs do.
    pub fn catchments(&self, cutoff: Cutoff) -> Result<Catchments<'_>, OtherUnit> {
        OtherUnit::check(cutoff.unit(), self.unit())?;
        Ok(self.catchments_up_to(cutoff.cost()))
    }

    pub(super) fn catchments_up_to(&self, bound: Cost) -> Catchments<'_> {
        Catchments {
            engine: self,
            memory: Memory::new(&self.there, self.back.as_ref(), bound),
        }
    }

    /// Who is within the cutoff of which station, and everybody's nearest station at any distance: of all stations, each
    /// searched once, in parallel.
    ///
    /// # Errors
    /// [`SearchError`]: the cutoff counts another unit than the engine, or the caller cancelled.
    pub fn travel_times(
        &self,
        cutoff: Option<Cutoff>,
        control: Control<'_>,
    ) -> Result<TravelTimes, SearchError> {
        if let Some(cutoff) = cutoff {
            OtherUnit::check(cutoff.unit(), self.unit())?;
        }
        Ok(self.all_travel_times(cutoff, control)?)
    }

    /// The same within a cutoff that counts what the engine does.
    pub(crate) fn all_travel_times(
        &self,
        cutoff: Option<Cutoff>,
        control: Control<'_>,
    ) -> Result<TravelTimes, Cancelled> {
        let all: Vec<StationId> = self.snapped.stations().collect();
        self.travel_times_of(&all, cutoff, control)
    }

    /// Searches the catchment of every station in parallel and keeps what `f` makes of each, in the order of stations: what a
    /// table would hold is never in memory at once.
    ///
    /// # Errors
    /// [`SearchError`]: the cutoff counts another unit than the engine, or the caller cancelled.
    pub fn map_catchments<R: Send>(
        &self,
        cutoff: Cutoff,
        control: Control<'_>,
        f: impl Fn(StationId, &[(ResidentId, Cost)]) -> R + Sync + Send,
    ) -> Result<Vec<R>, SearchError> {
        OtherUnit::check(cutoff.unit(), self.unit())?;
        Ok(self.map_catchments_up_to(cutoff.cost(), control, f)?)
    }

    pub(super) fn map_catchments_up_to<R: Send>(
        &self,
        bound: Cost,
        control: Control<'_>,
        f: impl Fn(StationId, &[(ResidentId, Cost)]) -> R + Sync + Send,
    ) -> Result<Vec<R>, Cancelled> {
        let order = self.there.in_order(self.snapped.stations());
        let steps = Steps::new(control, Stage::Search, order.len());
        let results = parallel::map_with(
            order.len(),
            STATION_CHUNK,
            || self.catchments_up_to(bound),
            |catchments, index| {
                steps.step()?;
                let station = order[index];
                Ok((station, f(station, catchments.row_of(station))))
            },
        );
        let mut by_station = results.into_iter().collect::<Result<Vec<_>, _>>()?;
        by_station.sort_by_key(|(station, _)| *station);
        Ok(by_station.into_iter().map(|(_, kept)| kept).collect())
    }

    /// As [`travel_times`](Self::travel_times), with searches from some of the stations only: the others' rows are empty.
    pub(super) fn travel_times_of(
        &self,
        stations: &[StationId],
        cutoff: Option<Cutoff>,
        control: Control<'_>,
    ) -> Result<TravelTimes, Cancelled> {
        control.check()?;
        let stations = if cutoff.is_some() { stations } else { &[] };
        let steps = Steps::new(control, Stage::Search, stations.len());
        let table = || match cutoff {
            Some(cutoff) => {
                assert_eq!(
                    cutoff.unit(),
                    self.unit(),
                    "who asks has looked at the unit"
                );
                self.table(stations, cutoff.cost(), Some(&steps))
            }
            None => Ok(Table::default()),
        };
        // The sweep for the nearest stations is one long walk on one thread.
        let (table, swept) = parallel::join(table, || self.nearest_one_way());
        let rows = table?.by_station(self.snapped.station_count());
        let mut times = TravelTimes::from_rows(self.unit(), cutoff, rows, stations.len());
        times.set_nearest(self.nearest(&times, swept, control)?);
        Ok(times)
    }

    /// The rows of the stations. What the bound cut off is known where no steps are counted.
    pub(super) fn table(
        &self,
        stations: &[StationId],
        bound: Cost,
        steps: Option<&Steps<'_>>,
    ) -> Result<Table, Cancelled> {
        let order = self.there.in_order(stations.iter().copied());
        let chunks: Vec<&[StationId]> = order.chunks(STATION_CHUNK).collect();
        let results = parallel::map_with(
            chunks.len(),
            1,
            || {
                let mut catchments = self.catchments_up_to(bound);
                catchments.memory.looks_for_cuts = steps.is_none();
                catchments
            },
            |catchments, chunk| {
                let mut rows = Vec::with_capacity(STATION_CHUNK);
                let mut cut = false;
                catchments.memory.entries.clear();
                for &station in chunks[chunk] {
                    steps.map_or(Ok(()), Steps::step)?;
                    let before = catchments.memory.entries.len();
                    let snaps = self.snapped.station_snaps(station);
                    match rows.last() {
                        // Where addresses were not found, many stations stand at one place.
                        Some((_, count)) if snaps.eq(&catchments.memory.entrances) => {
                            let last = before - count..before;
                            catchments.memory.entries.extend_from_within(last);
                        }
                        _ => cut |= catchments.add_row(self.snapped.station_snaps(station)),
                    }
                    rows.push((station, catchments.memory.entries.len() - before));
                }
                Ok((rows, catchments.memory.entries.clone(), cut))
            },
        );
        let mut table = Table::default();
        for result in results {
            let (rows, entries, cut) = result?;
            table.rows.extend(rows);
            table.entries.push(entries);
            table.cut |= cut;
        }
        Ok(table)
    }
}

impl Catchments<'_> {
    /// The residents within the cutoff of a station, each once, with their costs: street by street as the search met them,
    /// the same on every run.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    ///
    /// # Complexity
    /// O(m) in the arcs within the cutoff and the residents beside them; no memory is taken once the largest catchment has been.
    pub fn around_station(
        &mut self,
        station: StationId,
    ) -> Result<&[(ResidentId, Cost)], UnknownId> {
        let of = self.engine.snapped.station_count();
        UnknownId::check(Numbered::Station, station.index(), of)?;
        Ok(self.row_of(station))
    }

    /// The same around a station that stands anywhere, with these entrances.
    ///
    /// # Errors
    /// [`UnknownId`] when one is on an edge that there is not.
    pub fn around(&mut self, entrances: &[Snap]) -> Result<&[(ResidentId, Cost)], UnknownId> {
        let of = self.engine.network.edge_count();
        for entrance in entrances {
            UnknownId::check(Numbered::Edge, entrance.edge.index(), of)?;
        }
        Ok(self.row_around(entrances))
    }

    /// Around a station of the engine.
    pub(super) fn row_of(&mut self, station: StationId) -> &[(ResidentId, Cost)] {
        self.memory.entries.clear();
        self.add_row(self.engine.snapped.station_snaps(station));
        &self.memory.entries
    }

    /// Around places on the engine's network.
    pub(super) fn row_around(&mut self, entrances: &[Snap]) -> &[(ResidentId, Cost)] {
        self.memory.entries.clear();
        self.add_row(entrances.iter());
        &self.memory.entries
    }

    fn add_row<'s>(&mut self, entrances: impl Iterator<Item = &'s Snap>) -> bool {
        let Engine { there, back, .. } = self.engine;
        self.memory.add_row(there, back.as_ref(), entrances)
    }
}

impl Memory {
    /// For searches within a bound.
    pub(super) fn new(there: &Walk<'_>, back: Option<&Walk<'_>>, bound: Cost) -> Self {
        Self {
            there: there.scratch(bound),
            back: back.map(|back| back.scratch(bound)),
            on_the_way_back: Vec::new(),
            entries: Vec::new(),
            entrances: Vec::new(),
            longest: bound,
            looks_for_cuts: false,
        }
    }

    /// The bound of the searches to come.
    pub(super) fn set_bound(&mut self, bound: Cost) {
        self.there.labels.set_bound(bound);
        if let Some(back) = &mut self.back {
            back.labels.set_bound(bound);
        }
        self.longest = bound;
    }

    /// The bound of the last search.
    pub(super) fn bound(&self) -> Cost {
        self.there.labels.bound()
    }

    /// For round trips of any length with each way within a bound.
    pub(super) fn with_round_trips(there: &Walk<'_>, back: &Walk<'_>, each_way: Cost) -> Self {
        Self {
            longest: CLOSED - 1,
            ..Self::new(there, Some(back), each_way)
        }
    }

    /// How many labels the last search gave.
    pub(super) fn label_count(&self) -> usize {
        let back = self.back.as_ref();
        self.there.labels.count() + back.map_or(0, |back| back.labels.count())
    }

    /// Adds a station's row to the entries; answers whether the bound cut a round trip off.
    pub(super) fn add_row<'s>(
        &mut self,
        walk_there: &Walk<'_>,
        walk_back: Option<&Walk<'_>>,
        entrances: impl Iterator<Item = &'s Snap>,
    ) -> bool {
        let Self {
            there,
            back,
            on_the_way_back,
            entries,
            entrances: own,
            longest,
            looks_for_cuts,
        } = self;
        own.clear();
        own.extend(entrances);
        let first = entries.len();
        walk_there.reach(own, there, entries);
        let (Some(walk_back), Some(back)) = (walk_back, back) else {
            return false;
        };
        on_the_way_back.clear();
        walk_back.reach(own, back, on_the_way_back);
        on_the_way_back.sort_unstable();
        let mut cut = *looks_for_cuts && (walk_there.was_cut(there) || walk_back.was_cut(back));
        let mut kept = first;
        for index in first..entries.len() {
            let (resident, cost) = entries[index];
            let home = on_the_way_back.binary_search_by_key(&resident, |(resident, _)| *resident);
            let Ok(home) = home else {
                continue;
            };
            let cost = cost.saturating_add(on_the_way_back[home].1);
            if cost <= *longest {
                entries[kept] = (resident, cost);
                kept += 1;
            } else {
                cut = true;
            }
        }
        entries.truncate(kept);
        cut
    }
}
