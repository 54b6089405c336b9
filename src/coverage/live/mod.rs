//! A coverage that is edited: stations come, move and go, streets close and open, and every number is at once what a full
//! run would count.

mod counts;
mod edges;

pub use edges::EdgesEdited;

use std::collections::BTreeMap;

use geo_types::Coord;

use super::{Areas, Coverage, Tests};
use crate::control::{Cancelled, Control};
use crate::geometry::is_on_earth;
use crate::id::{EdgeId, Numbered, ResidentId, StationId, UnknownId};
use crate::model::{CityRecords, Resident, Station};
use crate::network::{Impedance, Islands, Network};
use crate::search::{LiveTimes, Moved, NearestStation, Points};
use crate::snap::{Snap, SnapIndex, Snapped, Snapper};
use crate::units::{Cost, Cutoff, Unit};
use crate::walker::{Placed, Walker, WalkerError};
use counts::Counts;

/// Who is covered, while stations come, move and go and streets close and open.
///
/// An edit searches again only what it can have changed, and corrects every count by the difference. The
/// [`coverage`](Self::coverage) and the [`areas`](Self::areas) are then what a full run over the same records would give, to
/// the last bit; only straight-line circles are not kept up. A station keeps its id for good: one that is removed stays in its
/// place as one without entrances, and one that is added gets the next id. It owns all that it needs.
///
/// ```
/// use geo_types::coord;
/// use pedshed::control::Control;
/// use pedshed::coverage::{LiveCoverage, Tests};
/// use pedshed::id::{EdgeId, StationId};
/// use pedshed::model::{CityRecords, Profile, Resident, Station, WayKind};
/// use pedshed::network::Network;
/// use pedshed::search::Trip;
/// use pedshed::units::Cutoff;
/// use pedshed::walker::{Placed, WalkOptions, Walker};
///
/// // Two streets of 1,113 m on the equator, one after the other, and people along them.
/// let ends = [0.00, 0.01, 0.02].map(|x| coord! { x: x, y: 0.0 });
/// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street), (1, 2, WayKind::Street)])?;
/// let walker = Walker::new(&network, &Profile::adult(), WalkOptions::default())?;
/// let (stations, residents) = (
///     [Station::new("clinic", 0.0, 0.0)],
///     [Resident::new("west", 0.001, 0.0), Resident::new("east", 0.019, 0.0)],
/// );
/// let (city, control) = (CityRecords { stations: &stations, residents: &residents, areas: &[] }, Control::default());
/// let placed = Placed::new(&walker, city.stations, city.residents, Trip::ToStation, control)?;
/// let tests = Tests::new([Cutoff::minutes(15.0)?])?;
/// let mut live = LiveCoverage::new(&placed, city, tests, control)?;
/// assert_eq!(live.coverage().share(), 0.5);
///
/// // In the middle, 1,002 m from both: 12.5 minutes.
/// live.move_station(StationId(0), &[coord! { x: 0.010, y: 0.0 }])?;
/// assert_eq!(live.coverage().share(), 1.0);
/// live.close_edges(&[EdgeId(1)])?;
/// assert_eq!(live.coverage().share(), 0.5);
/// let second = live.add_station(&[coord! { x: 0.020, y: 0.0 }]);
/// live.open_edges(&[EdgeId(1)])?;
/// live.remove_station(StationId(0))?;
/// assert_eq!(live.coverage().catchments(second)?[0].residents, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LiveCoverage {
    walker: Walker,
    /// As of now, as is the index.
    islands: Islands,
    index: SnapIndex,
    snapped: Snapped,
    /// By resident; none for an invalid record.
    homes: Vec<Option<Coord<f64>>>,
    /// By station, those of its rows.
    places: Vec<Vec<Option<Coord<f64>>>>,
    /// Times, and lengths where metres are asked.
    times: Vec<LiveTimes>,
    /// The edges that are closed, each with its costs in every one of the times.
    closed: BTreeMap<EdgeId, Vec<[Cost; 2]>>,
    counts: Counts,
}

impl LiveCoverage {
    /// Counts a city once in full. `city` is the one that was placed.
    ///
    /// # Errors
    /// [`WalkerError::Cancelled`], and [`WalkerError::Network`] with what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where metres are asked; [`WalkerError::OtherCity`].
    ///
    /// # Complexity
    /// That of one search from every station and one sweep; twice where metres are asked.
    pub fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        tests: Tests,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        placed.has(city)?;
        let walker = placed.walker().clone();
        let places = row_places(placed.snapped(), city.stations);
        let index = walker.snapper().kept();
        let snapped = placed.snapped().clone().numbered_by_station();
        let times = live_times(placed, &snapped, &tests, control)?;
        let people = city.people();
        let mut counts = Counts::new(tests, &snapped, people);
        counts.areas = Areas::from_counted(city.areas, city.residents, &counts.coverage);
        let mut live = Self {
            counts,
            homes: city.residents.iter().map(Resident::valid_place).collect(),
            closed: BTreeMap::new(),
            islands: walker.islands().clone(),
            index,
            walker,
            snapped,
            places,
            times,
        };
        let all: Vec<StationId> = live.snapped.stations().collect();
        for times in 0..live.times.len() {
            live.search_again(times, &all, control)?;
        }
        Ok(live)
    }

    /// Who is covered, by whom, and why not: as of now. Its list of straight-line circles is empty.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.counts.coverage
    }

    /// Coverage by area as of now.
    #[must_use]
    pub fn areas(&self) -> &Areas {
        &self.counts.areas
    }

    /// Where everybody joins the network as of now. Entrances are numbered station by station.
    #[must_use]
    pub fn snapped(&self) -> &Snapped {
        &self.snapped
    }

    /// The streets, whether closed or not.
    #[must_use]
    pub fn network(&self) -> &Network {
        self.walker.network()
    }

    /// The walker's times, without the closed edges.
    #[must_use]
    pub(crate) fn impedance(&self) -> &Impedance {
        self.times[0].impedance()
    }

    /// The residents within the largest minute cutoff of a station, each once with their milliseconds, in no order; none
    /// where no minutes are asked.
    ///
    /// # Errors
    /// [`UnknownId`] when the station is none of this coverage's.
    pub fn row(&self, station: StationId) -> Result<&[(ResidentId, Cost)], UnknownId> {
        let of = self.snapped.station_count();
        UnknownId::check(Numbered::Station, station.index(), of)?;
        Ok(self.times[0].row(station))
    }

    /// Adds a station with these entrances, longitude and latitude in degrees. An entrance that is not on the earth counts as
    /// an invalid row does.
    ///
    /// # Complexity
    /// That of [`move_station`](Self::move_station).
    pub fn add_station(&mut self, entrances: &[Coord<f64>]) -> StationId {
        let station = self.snapped.add_station(&[]);
        self.places.push(Vec::new());
        self.counts.add_station();
        for times in &mut self.times {
            times.add_station();
        }
        self.put_station(station, entrances);
        station
    }

    /// Removes a station; its id stays, with no entrance.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`].
    pub fn remove_station(&mut self, station: StationId) -> Result<(), WalkerError> {
        self.move_station(station, &[])
    }

    /// Gives a station other entrances, longitude and latitude in degrees: moved ones, or more, or fewer. A station that was
    /// removed is there again. Behind walls an entrance without a street is entered by the gates around it.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`].
    ///
    /// # Complexity
    /// O(m log m) in the streets within the largest cutoff of the old and the new entrances and in those that the station is
    /// nearest to, whatever the size of the city, but for a shift in a list of all entrances. There and back, all residents are
    /// looked through; each whom the station was nearest to asks all stations, after a search of the whole network where none
    /// is within the cutoff; and where anybody is beyond the cutoff of every station, one such search is made from the new
    /// place.
    pub fn move_station(
        &mut self,
        station: StationId,
        entrances: &[Coord<f64>],
    ) -> Result<(), WalkerError> {
        self.has_station(station)?;
        self.put_station(station, entrances);
        Ok(())
    }

    /// # Errors
    /// [`WalkerError::Unknown`].
    fn has_station(&self, station: StationId) -> Result<(), WalkerError> {
        let of = self.snapped.station_count();
        UnknownId::check(Numbered::Station, station.index(), of)?;
        Ok(())
    }

    fn put_station(&mut self, station: StationId, entrances: &[Coord<f64>]) {
        let places = entrances
            .iter()
            .map(|place| Some(*place).filter(|place| is_on_earth(*place)));
        let places: Vec<Option<Coord<f64>>> = places.collect();
        let entrances = self.snapper().entrances(&places);
        self.places[station.index()] = places;
        let from: Vec<Snap> = self.snapped.station_snaps(station).copied().collect();
        self.snapped.set_station(station, &entrances);
        let to: Vec<Snap> = self.snapped.station_snaps(station).copied().collect();
        self.counts.set_station(&self.snapped, station);
        let moved = Moved {
            station,
            from: &from,
            to: &to,
        };
        let points = Points {
            network: self.walker.network(),
            snapped: &self.snapped,
        };
        for times in &mut self.times {
            follow(times, &mut self.counts, points, moved);
        }
    }

    /// Snaps to the streets as they are now.
    fn snapper(&self) -> Snapper<'_> {
        let (network, walls) = (self.walker.network(), self.walker.walls());
        let options = self.snapped.options();
        let snapper = Snapper::from_index(&self.index, network, &self.islands, walls, options);
        snapper.without_closed(self.impedance())
    }

    /// Searches again from some stations and finds everybody's nearest, after times were prepared anew.
    fn search_again(
        &mut self,
        times: usize,
        stations: &[StationId],
        control: Control<'_>,
    ) -> Result<(), Cancelled> {
        let times = &mut self.times[times];
        let points = Points {
            network: self.walker.network(),
            snapped: &self.snapped,
        };
        let unit = times.impedance().unit();
        for (station, row) in times.search_again(points, stations, control)? {
            times.replace_row(station, row);
            self.counts.remove_row(station, unit, times.old_row());
            self.counts.add_row(station, unit, times.row(station));
        }
        let nearest = times.nearest_of_all(points, control)?;
        for (nearest, resident) in nearest.into_iter().zip(0..) {
            let resident = ResidentId(resident);
            self.counts.set_nearest(resident, unit, nearest);
            self.counts.set_status(resident, &self.snapped);
        }
        Ok(())
    }

    /// The largest cutoff of some times.
    fn cutoff(&self, times: usize) -> Option<Cutoff> {
        self.times[times].cutoff()
    }
}

/// By station the places of its rows.
fn row_places(snapped: &Snapped, rows: &[Station]) -> Vec<Vec<Option<Coord<f64>>>> {
    let place = |row: u32| rows[row as usize].place.as_ref().ok().copied();
    let of_station = |station| {
        let entrances = snapped.entrances(station);
        // The gates that one row is left by follow each other.
        let by_row = entrances.chunk_by(|one, next| one.row == next.row);
        by_row.map(|entrances| place(entrances[0].row)).collect()
    };
    snapped.stations().map(of_station).collect()
}

/// What is kept up: times, and lengths where metres are asked.
fn live_times(
    placed: &Placed,
    snapped: &Snapped,
    tests: &Tests,
    control: Control<'_>,
) -> Result<Vec<LiveTimes>, WalkerError> {
    let points = Points {
        network: placed.network(),
        snapped,
    };
    let longest = |cutoffs: &[Cutoff]| cutoffs.last().copied();
    let mut asked = vec![(Unit::Milliseconds, longest(tests.minutes()))];
    if let Some(metres) = longest(tests.metres()) {
        asked.push((Unit::Millimetres, Some(metres)));
    }
    let of_unit = |(unit, cutoff)| {
        let prepared = placed.prepared(unit, control)?.clone();
        let impedance = placed.impedance(unit)?.clone();
        Ok(LiveTimes::from_prepared(
            prepared,
            points,
            impedance,
            placed.trip(),
            cutoff,
        ))
    };
    asked.into_iter().map(of_unit).collect()
}

/// Brings the times and the counts to where a station has moved.
fn follow(times: &mut LiveTimes, counts: &mut Counts, points: Points<'_>, moved: Moved<'_>) {
    let unit = times.impedance().unit();
    times.search(points, moved.station, moved.to);
    counts.remove_row(moved.station, unit, times.old_row());
    counts.add_row(moved.station, unit, times.row(moved.station));
    let renewed = times.renew_nearest(points, moved, counts.nearest(unit));
    for &(resident, nearest) in renewed {
        let known: Option<NearestStation> = counts.nearest(unit)[resident.index()];
        if known != nearest {
            counts.set_nearest(resident, unit, nearest);
            counts.set_status(resident, points.snapped);
        }
    }
}
