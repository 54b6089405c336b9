//! Travel times between stations and residents: one bounded search per station in parallel, in one compact table.

use super::queue::{Scratch, ToStation};
use super::walk::{Bench, Heading, Walk};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::{ResidentId, StationId};
use crate::model::{Resident, Station};
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::snap::{Snapped, StationTree};
use crate::units::{CLOSED, Cost, Cutoff, Unit};

/// Stations per parallel task: enough that a worker's memory is made rarely, few enough that all workers end together.
pub(super) const STATION_CHUNK: usize = 16;
/// Residents per parallel task of the nearest-station lookup.
const RESIDENT_CHUNK: usize = 1024;

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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TravelTimes {
    unit: Unit,
    cutoff: Option<Cutoff>,
    row_start: Vec<usize>,
    entries: Vec<(ResidentId, Cost)>,
    nearest: Vec<Option<NearestStation>>,
    searches: usize,
}

impl TravelTimes {
    /// Searches from every station up to `cutoff` (none: only the nearest stations are found).
    ///
    /// Stations are left out of the search when, as the crow flies, no resident is near enough for the cutoff.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When the cutoff counts another unit than the impedance, or the stations and residents are not those that were
    /// snapped.
    ///
    /// # Complexity
    /// O(m log m) per station in the arcs within the cutoff; one sweep of the network.
    ///
    /// # Determinism
    /// Integer sums, ties by index: the same table on any number of threads.
    pub fn search(
        (stations, residents): (&[Station], &[Resident]),
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
        cutoff: Option<Cutoff>,
        trip: Trip,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let in_reach =
            |cutoff| stations_in_reach(stations, residents, network, impedance, snapped, cutoff);
        Self::search_stations(network, impedance, snapped, cutoff, trip, control, in_reach)
    }

    /// As [`search`](Self::search) for points of which only the snaps are known: no station is left out.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When the cutoff counts another unit than the impedance.
    pub fn between_snaps(
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
        cutoff: Option<Cutoff>,
        trip: Trip,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let every = |_| snapped.stations().collect();
        Self::search_stations(network, impedance, snapped, cutoff, trip, control, every)
    }

    fn search_stations(
        network: &Network,
        impedance: &Impedance,
        snapped: &Snapped,
        cutoff: Option<Cutoff>,
        trip: Trip,
        control: Control<'_>,
        in_reach: impl FnOnce(Cutoff) -> Vec<StationId>,
    ) -> Result<Self, Cancelled> {
        assert!(
            cutoff.is_none_or(|cutoff| cutoff.unit() == impedance.unit()),
            "cutoff and impedance count one unit"
        );
        control.check()?;
        let walks = Walks::new(network, impedance, snapped, trip);
        let searched = cutoff.map_or_else(Vec::new, in_reach);
        let steps = Steps::new(control, Stage::Search, searched.len());
        let table = match cutoff {
            Some(cutoff) => walks.table(&searched, cutoff.cost(), Some(&steps))?,
            None => Table::default(),
        };
        let (row_start, entries) = table.by_station(snapped.station_count());
        let mut times = Self {
            unit: impedance.unit(),
            cutoff,
            row_start,
            entries,
            nearest: Vec::new(),
            searches: searched.len(),
        };
        times.nearest = walks.nearest(&times, control)?;
        Ok(times)
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
    /// the same on every run.
    #[must_use]
    pub fn row(&self, station: StationId) -> &[(ResidentId, Cost)] {
        let index = station.index();
        &self.entries[self.row_start[index]..self.row_start[index + 1]]
    }

    /// The same, ascending by resident.
    #[must_use]
    pub fn sorted_row(&self, station: StationId) -> Vec<(ResidentId, Cost)> {
        let mut row = self.row(station).to_vec();
        row.sort_unstable();
        row
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
}

/// The stations that have a resident near enough, as the crow flies, to be within the cutoff; all of them where costs
/// do not bound distances.
fn stations_in_reach(
    stations: &[Station],
    residents: &[Resident],
    network: &Network,
    impedance: &Impedance,
    snapped: &Snapped,
    cutoff: Cutoff,
) -> Vec<StationId> {
    let Some(metres_per_cost) = impedance.metres_per_cost(network, snapped.options().leg_factor)
    else {
        return snapped.stations().collect();
    };
    // Costs are rounded at both legs and both partial edges, by half a unit each; a thousandth on top for the
    // difference between local metres and geodesics.
    let radius_m = metres_per_cost * (f64::from(cutoff.cost()) + 4.0) * 1.001;
    let entrances = snapped.stations().flat_map(|station| {
        let on_network = snapped
            .entrances(station)
            .iter()
            .filter(|entrance| entrance.snapping.snap().is_some());
        on_network.filter_map(move |entrance| {
            Some((
                station,
                *stations[entrance.row as usize].place.as_ref().ok()?,
            ))
        })
    });
    let places = snapped
        .residents_on_network()
        .filter_map(|(resident, _)| residents[resident.index()].valid_place());
    StationTree::new(entrances).stations_near_any(places, radius_m)
}

/// The walks of one trip: one heading, or both for there and back.
#[derive(Debug)]
pub(super) struct Walks<'a> {
    snapped: &'a Snapped,
    pub(super) there: Walk<'a>,
    pub(super) back: Option<Walk<'a>>,
}

/// A worker's memory.
struct Workbench {
    there: Bench,
    back: Option<Bench>,
    /// The way back of one station, by resident.
    on_the_way_back: Vec<(ResidentId, Cost)>,
    entries: Vec<(ResidentId, Cost)>,
}

/// The rows of some stations, in the order in which they were searched.
#[derive(Default)]
struct Table {
    /// Each with the number of its entries.
    rows: Vec<(StationId, usize)>,
    /// Row after row.
    entries: Vec<Vec<(ResidentId, Cost)>>,
    /// Whether the bound cut any walk off; known of round trips only.
    cut: bool,
}

impl Table {
    /// Each station with its row.
    fn each_row(&self) -> impl Iterator<Item = (StationId, &[(ResidentId, Cost)])> {
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

impl<'a> Walks<'a> {
    pub(super) fn new(
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
        trip: Trip,
    ) -> Self {
        let walk = |heading| Walk::new(network, impedance, snapped, heading);
        let (there, back) = match trip {
            Trip::ToStation => (walk(Heading::ToStation), None),
            Trip::FromStation => (walk(Heading::ToResident), None),
            Trip::RoundTrip => (walk(Heading::ToStation), Some(walk(Heading::ToResident))),
        };
        Self {
            snapped,
            there,
            back,
        }
    }

    fn workbench(&self, bound: Cost) -> Workbench {
        Workbench {
            there: self.there.bench(bound),
            back: self.back.as_ref().map(|back| back.bench(bound)),
            on_the_way_back: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The rows of the stations. They are searched along the streets' order, so that one finds in the cache what the one
    /// before has left there.
    fn table(
        &self,
        stations: &[StationId],
        bound: Cost,
        steps: Option<&Steps<'_>>,
    ) -> Result<Table, Cancelled> {
        let mut order: Vec<(Option<u32>, StationId)> = stations
            .iter()
            .map(|station| (self.there.first_node(*station), *station))
            .collect();
        parallel::sort_unstable(&mut order);
        let chunks = order.len().div_ceil(STATION_CHUNK);
        let results = parallel::map_with(
            chunks,
            1,
            || self.workbench(bound),
            |bench, chunk| {
                let first = chunk * STATION_CHUNK;
                let last = order.len().min(first + STATION_CHUNK);
                let mut rows = Vec::with_capacity(last - first);
                let mut cut = false;
                bench.entries.clear();
                for &(_, station) in &order[first..last] {
                    steps.map_or(Ok(()), Steps::step)?;
                    let before = bench.entries.len();
                    cut |= self.row(station, bench);
                    rows.push((station, bench.entries.len() - before));
                }
                Ok((rows, bench.entries.clone(), cut))
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

    /// Adds a station's row to the bench's entries; answers whether the bound cut a round trip off.
    fn row(&self, station: StationId, bench: &mut Workbench) -> bool {
        let Workbench {
            there,
            back,
            on_the_way_back,
            entries,
        } = bench;
        let first = entries.len();
        self.there.reach(station, there, entries);
        let (Some(walk_back), Some(back)) = (&self.back, back) else {
            return false;
        };
        on_the_way_back.clear();
        walk_back.reach(station, back, on_the_way_back);
        on_the_way_back.sort_unstable();
        let bound = there.labels.bound();
        let mut cut = self.there.was_cut(station, there) || walk_back.was_cut(station, back);
        let mut kept = first;
        for index in first..entries.len() {
            let (resident, cost) = entries[index];
            let home = on_the_way_back.binary_search_by_key(&resident, |(resident, _)| *resident);
            let Ok(home) = home else {
                continue;
            };
            let cost = cost.saturating_add(on_the_way_back[home].1);
            if cost <= bound {
                entries[kept] = (resident, cost);
                kept += 1;
            } else {
                cut = true;
            }
        }
        entries.truncate(kept);
        cut
    }

    fn nearest(
        &self,
        times: &TravelTimes,
        control: Control<'_>,
    ) -> Result<Vec<Option<NearestStation>>, Cancelled> {
        control.check()?;
        let there = sweep(&self.there, self.snapped);
        let Some(back) = &self.back else {
            return Ok(there);
        };
        control.check()?;
        // Who has no way there or no way back has no round trip; the others are asked with ever larger bounds.
        let connected: Vec<bool> = there
            .iter()
            .zip(sweep(back, self.snapped))
            .map(|(there, back)| there.is_some() && back.is_some())
            .collect();
        let mut nearest = vec![None; connected.len()];
        for station in self.snapped.stations() {
            improve_nearest(&mut nearest, station, times.row(station));
        }
        let stations: Vec<StationId> = self.snapped.stations().collect();
        let mut bound = times.cutoff.map_or(FIRST_ROUND_TRIP, Cutoff::cost);
        let waiting = |nearest: &[Option<NearestStation>]| {
            nearest
                .iter()
                .zip(&connected)
                .any(|(nearest, connected)| nearest.is_none() && *connected)
        };
        while waiting(&nearest) && bound < CLOSED - 1 {
            bound = bound.saturating_mul(2).min(CLOSED - 1);
            let found = self.table(&stations, bound, None)?;
            control.check()?;
            let mut wider = vec![None; nearest.len()];
            for (station, row) in found.each_row() {
                improve_nearest(&mut wider, station, row);
            }
            for (known, wider) in nearest.iter_mut().zip(wider) {
                *known = known.or(wider);
            }
            if !found.cut {
                break;
            }
        }
        Ok(nearest)
    }
}

/// The first bound of a round trip without a cutoff: half an hour, or 1,800 m.
const FIRST_ROUND_TRIP: Cost = 1_800_000;

/// Everybody's nearest station on one heading.
fn sweep(walk: &Walk<'_>, snapped: &Snapped) -> Vec<Option<NearestStation>> {
    let mut scratch = Scratch::new(
        walk.graph().node_count(),
        ToStation {
            cost: 0,
            station: StationId(0),
        },
    );
    walk.sweep(&mut scratch);
    parallel::map(snapped.residents(), RESIDENT_CHUNK, |snapping| {
        let ToStation { cost, station } = walk.nearest(snapping.snap()?, &scratch)?;
        Some(NearestStation { station, cost })
    })
}

/// Takes a station's row where it is nearer than what is known, or as near and the station comes first.
fn improve_nearest(
    nearest: &mut [Option<NearestStation>],
    station: StationId,
    row: &[(ResidentId, Cost)],
) {
    for &(resident, cost) in row {
        let cost = u64::from(cost);
        let known = &mut nearest[resident.index()];
        if known.is_none_or(|known| (cost, station) < (known.cost, known.station)) {
            *known = Some(NearestStation { station, cost });
        }
    }
}
