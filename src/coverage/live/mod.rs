//! A coverage that is edited: stations come, move and go, streets close and open, and every number is at once what a full
//! run would count.

mod counts;
mod edges;

pub use edges::EdgesEdited;

use std::collections::BTreeMap;
use std::sync::Arc;

use geo_types::Coord;

use super::{Areas, Coverage, Tests};
use crate::control::{Cancelled, Control};
use crate::geometry::is_on_earth;
use crate::id::{EdgeId, ResidentId, StationId};
use crate::model::{Area, Resident, Station};
use crate::network::{Impedance, Islands, Network};
use crate::search::{LiveTimes, Moved, NearestStation, Points, Prepared, Trip};
use crate::snap::{SegmentTree, Snap, SnapOptions, Snapped, Snapper, Snapping};
use crate::units::{Cost, Cutoff, Unit};
use counts::Counts;

/// A city that is about to be edited.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The streets; a clone shares them.
    pub network: Network,
    /// The walker's times.
    pub impedance: Impedance,
    /// The same walker's lengths, where metre cutoffs are asked.
    pub lengths: Option<Impedance>,
    /// Where services are at first.
    pub stations: &'a [Station],
    /// Where people live.
    pub residents: &'a [Resident],
    /// What to sum by; may be empty.
    pub areas: &'a [Area],
    /// The cutoffs, and which of them decides.
    pub tests: Tests,
    /// Which walk is measured.
    pub trip: Trip,
    /// How points snap to streets.
    pub snap: SnapOptions,
    /// Connected pieces of streets shorter than this many metres are islands.
    pub min_island_m: f64,
}

/// What is known of a scene before it is edited.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) islands: Islands,
    pub(crate) tree: Arc<SegmentTree>,
    pub(crate) snapped: Snapped,
    /// For its times, and for its lengths where metres are asked; none where that is still to do.
    pub(crate) prepared: Vec<Prepared>,
}

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
/// use pedshed::coverage::{LiveCoverage, Scene, Tests};
/// use pedshed::id::{EdgeId, StationId};
/// use pedshed::model::{Profile, Resident, Station, WayKind};
/// use pedshed::network::{Impedance, Network};
/// use pedshed::search::Trip;
/// use pedshed::snap::SnapOptions;
/// use pedshed::units::Cutoff;
///
/// // Two streets of 1,113 m on the equator, one after the other, and people along them.
/// let ends = [0.00, 0.01, 0.02].map(|x| coord! { x: x, y: 0.0 });
/// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street), (1, 2, WayKind::Street)])?;
/// let residents = [Resident::new("west", 0.001, 0.0), Resident::new("east", 0.019, 0.0)];
/// let mut live = LiveCoverage::new(
///     Scene {
///         impedance: Impedance::times(&network, &Profile::adult())?,
///         network,
///         lengths: None,
///         stations: &[Station::new("clinic", 0.0, 0.0)],
///         residents: &residents,
///         areas: &[],
///         tests: Tests::new([Cutoff::minutes(15.0)?])?,
///         trip: Trip::ToStation,
///         snap: SnapOptions::default(),
///         min_island_m: 300.0,
///     },
///     Control::default(),
/// )?;
/// assert_eq!(live.coverage().share(), 0.5);
///
/// // In the middle, 1,002 m from both: 12.5 minutes.
/// live.move_station(StationId(0), &[coord! { x: 0.010, y: 0.0 }]);
/// assert_eq!(live.coverage().share(), 1.0);
/// live.close_edges(&[EdgeId(1)]);
/// assert_eq!(live.coverage().share(), 0.5);
/// let second = live.add_station(&[coord! { x: 0.020, y: 0.0 }]);
/// live.open_edges(&[EdgeId(1)]);
/// live.remove_station(StationId(0));
/// assert_eq!(live.coverage().circles(second)[0].residents, 1);
/// # Ok::<(), pedshed::Error>(())
/// ```
#[derive(Debug)]
pub struct LiveCoverage {
    network: Network,
    islands: Islands,
    min_island_m: f64,
    tree: Arc<SegmentTree>,
    snapped: Snapped,
    /// By resident; none for an invalid record.
    homes: Vec<Option<Coord<f64>>>,
    /// By station, those of its entrances.
    places: Vec<Vec<Option<Coord<f64>>>>,
    /// Times, and lengths where metres are asked.
    times: Vec<LiveTimes>,
    /// The edges that are closed, each with its costs in every one of the times.
    closed: BTreeMap<EdgeId, Vec<[Cost; 2]>>,
    counts: Counts,
}

impl LiveCoverage {
    /// Counts a city once in full.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Panics
    /// When metre cutoffs are asked without lengths, or an impedance counts another unit than its place says.
    ///
    /// # Complexity
    /// About that of [`analyse`](crate::analyse) on a network that is built.
    pub fn new(scene: Scene<'_>, control: Control<'_>) -> Result<Self, Cancelled> {
        let Scene {
            network, impedance, ..
        } = &scene;
        let islands = Islands::find(network, impedance, scene.min_island_m);
        let walker = (network, impedance, &islands);
        let points = (scene.stations, scene.residents);
        let (snapped, tree) = Snapped::with_tree(walker, points, scene.snap, None, control)?;
        let known = Known {
            islands,
            tree,
            snapped,
            prepared: Vec::new(),
        };
        Self::over(scene, known, control)
    }

    /// The same with what is known of the scene.
    pub(crate) fn over(
        scene: Scene<'_>,
        known: Known,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let Scene {
            network,
            impedance,
            lengths,
            tests,
            trip,
            ..
        } = scene;
        let Known {
            islands,
            tree,
            snapped,
            prepared,
        } = known;
        let places = snapped.stations().map(|station| {
            let rows = snapped.entrances(station).iter();
            rows.map(|entrance| scene.stations[entrance.row as usize].place.clone().ok())
                .collect()
        });
        let places = places.collect();
        let snapped = snapped.numbered_by_station();
        let points = Points {
            network: &network,
            snapped: &snapped,
        };
        let longest = [
            tests.minutes().last().copied(),
            tests.metres().last().copied(),
        ];
        let lengths = match (longest[1], lengths) {
            (None, _) => None,
            (Some(_), lengths) => Some(lengths.expect("metre cutoffs come with lengths")),
        };
        let paid = [Some(impedance), lengths].into_iter().zip(longest);
        let mut prepared = prepared.into_iter();
        let times = paid.filter_map(|(impedance, cutoff)| {
            let impedance = impedance?;
            let prepared = prepared.next();
            let prepared = prepared.unwrap_or_else(|| points.prepare(&impedance, trip));
            Some(LiveTimes::over(prepared, points, impedance, trip, cutoff))
        });
        let times: Vec<LiveTimes> = times.collect();
        let units = times.iter().map(|times| times.impedance().unit());
        assert!(
            units.eq([Unit::Milliseconds, Unit::Millimetres]
                .into_iter()
                .take(times.len())),
            "times are in milliseconds and lengths in millimetres"
        );
        let people = scene.residents.iter().map(|resident| resident.people);
        let mut counts = Counts::new(tests, &snapped, people.collect());
        counts.areas = Areas::of(scene.areas, scene.residents, &counts.coverage);
        let mut live = Self {
            counts,
            homes: scene.residents.iter().map(Resident::valid_place).collect(),
            min_island_m: scene.min_island_m,
            closed: BTreeMap::new(),
            network,
            islands,
            tree,
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
        &self.network
    }

    /// The walker's times, without the closed edges.
    #[must_use]
    pub fn impedance(&self) -> &Impedance {
        self.times[0].impedance()
    }

    /// The islands as of now.
    #[must_use]
    pub fn islands(&self) -> &Islands {
        &self.islands
    }

    /// The residents within the largest minute cutoff of a station, each once with their milliseconds, in no order; none
    /// where no minutes are asked.
    ///
    /// # Panics
    /// When the station is none of this coverage's.
    #[must_use]
    pub fn row(&self, station: StationId) -> &[(ResidentId, Cost)] {
        self.times[0].row(station)
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
        self.move_station(station, entrances);
        station
    }

    /// Removes a station; its id stays, with no entrance.
    ///
    /// # Panics
    /// When the station is none of this coverage's.
    pub fn remove_station(&mut self, station: StationId) {
        self.move_station(station, &[]);
    }

    /// Gives a station other entrances, longitude and latitude in degrees: moved ones, or more, or fewer. A station that was
    /// removed is there again.
    ///
    /// # Panics
    /// When the station is none of this coverage's.
    ///
    /// # Complexity
    /// O(m log m) in the streets within the largest cutoff of the old and the new entrances and in those that the station is
    /// nearest to, whatever the size of the city, but for a shift in a list of all entrances. There and back, all residents are
    /// looked through; each whom the station was nearest to asks all stations, after a search of the whole network where none
    /// is within the cutoff; and where anybody is beyond the cutoff of every station, one such search is made from the new
    /// place.
    pub fn move_station(&mut self, station: StationId, entrances: &[Coord<f64>]) {
        let snapper = self.snapper();
        let places = entrances
            .iter()
            .map(|place| Some(*place).filter(|place| is_on_earth(*place)));
        let places: Vec<Option<Coord<f64>>> = places.collect();
        let snappings = places
            .iter()
            .map(|place| place.map_or(Snapping::Invalid, |place| snapper.snap(place)));
        let snappings: Vec<Snapping> = snappings.collect();
        self.places[station.index()] = places;
        let from: Vec<Snap> = self.snapped.station_snaps(station).copied().collect();
        self.snapped.set_station(station, &snappings);
        let to: Vec<Snap> = self.snapped.station_snaps(station).copied().collect();
        self.counts.set_station(&self.snapped, station);
        let moved = Moved {
            station,
            from: &from,
            to: &to,
        };
        let points = Points {
            network: &self.network,
            snapped: &self.snapped,
        };
        for times in &mut self.times {
            follow(times, &mut self.counts, points, moved);
        }
    }

    fn snapper(&self) -> Snapper<'_> {
        let options = self.snapped.options();
        Snapper::over(
            &self.tree,
            &self.network,
            Some(self.impedance()),
            &self.islands,
            options,
        )
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
            network: &self.network,
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
