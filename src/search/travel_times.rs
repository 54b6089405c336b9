//! Travel times between stations and residents: one bounded search per station in parallel, in one compact table.

use super::queue::{Scratch, ToStation};
use super::walk::{Heading, Reached, Walk};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::{ResidentId, StationId};
use crate::model::{Resident, Station};
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::snap::{Snapped, StationTree};
use crate::units::{CLOSED, Cost, Cutoff, Unit};

/// Stations per parallel task: enough that a worker's scratch is made rarely.
pub(super) const STATION_CHUNK: usize = 8;
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
/// The table is compact (CSR): one row per station, in each row the residents within the cutoff, ascending, with their
/// costs.
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
        let rows = match cutoff {
            Some(cutoff) => walks.rows(&searched, cutoff.cost(), Some(&steps))?.rows,
            None => Vec::new(),
        };
        let mut row_start = Vec::with_capacity(snapped.station_count() + 1);
        let mut entries = Vec::with_capacity(rows.iter().map(Vec::len).sum());
        row_start.push(0);
        let mut rows = searched.iter().zip(rows).peekable();
        for station in snapped.stations() {
            if let Some((_, row)) = rows.next_if(|(searched, _)| **searched == station) {
                entries.extend(row);
            }
            row_start.push(entries.len());
        }
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

    /// The residents within the cutoff of a station, ascending, with their costs.
    #[must_use]
    pub fn row(&self, station: StationId) -> &[(ResidentId, Cost)] {
        let index = station.index();
        &self.entries[self.row_start[index]..self.row_start[index + 1]]
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
    scratch: Scratch<Cost>,
    there: Reached,
    back: Reached,
}

/// The rows of some stations, and whether the bound cut any walk off.
struct Rows {
    rows: Vec<Vec<(ResidentId, Cost)>>,
    cut: bool,
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

    fn workbench(&self) -> Workbench {
        let residents = self.snapped.residents().len();
        let on_the_way_back = if self.back.is_some() { residents } else { 0 };
        Workbench {
            scratch: Scratch::new(self.there.spot_count(), 0),
            there: Reached::new(residents),
            back: Reached::new(on_the_way_back),
        }
    }

    /// The row of each of the stations, in their order.
    fn rows(
        &self,
        stations: &[StationId],
        bound: Cost,
        steps: Option<&Steps<'_>>,
    ) -> Result<Rows, Cancelled> {
        let results = parallel::map_with(
            stations.len(),
            STATION_CHUNK,
            || self.workbench(),
            |bench, index| {
                steps.map_or(Ok(()), Steps::step)?;
                Ok(self.row(stations[index], bound, bench))
            },
        );
        let mut all = Rows {
            rows: Vec::with_capacity(stations.len()),
            cut: false,
        };
        for result in results {
            let (row, cut) = result?;
            all.rows.push(row);
            all.cut |= cut;
        }
        Ok(all)
    }

    fn row(
        &self,
        station: StationId,
        bound: Cost,
        bench: &mut Workbench,
    ) -> (Vec<(ResidentId, Cost)>, bool) {
        let Workbench {
            scratch,
            there,
            back,
        } = bench;
        let mut cut = self.there.reach(station, bound, scratch, there);
        if let Some(walk_back) = &self.back {
            cut |= walk_back.reach(station, bound, scratch, back);
        }
        there.sort();
        let mut row = Vec::with_capacity(there.residents().len());
        for &resident in there.residents() {
            let Some(mut cost) = there.cost(resident) else {
                continue;
            };
            if self.back.is_some() {
                let Some(home) = back.cost(resident) else {
                    continue;
                };
                cost = cost.saturating_add(home);
            }
            if cost <= bound {
                row.push((resident, cost));
            } else {
                cut = true;
            }
        }
        (row, cut)
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
            let found = self.rows(&stations, bound, None)?;
            control.check()?;
            let mut wider = vec![None; nearest.len()];
            for (station, row) in stations.iter().zip(&found.rows) {
                improve_nearest(&mut wider, *station, row);
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
        walk.spot_count(),
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

/// Takes a station's row where it is nearer than what is known; rows come in station order, so ties stay with the first.
fn improve_nearest(
    nearest: &mut [Option<NearestStation>],
    station: StationId,
    row: &[(ResidentId, Cost)],
) {
    for &(resident, cost) in row {
        let cost = u64::from(cost);
        let known = &mut nearest[resident.index()];
        if known.is_none_or(|known| cost < known.cost) {
            *known = Some(NearestStation { station, cost });
        }
    }
}
