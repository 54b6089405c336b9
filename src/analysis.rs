//! The steps in their order, for callers who want one call.

mod shared;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use geo_types::Coord;
#[cfg(feature = "isochrone")]
use geo_types::Polygon;

#[cfg(feature = "isochrone")]
use crate::control::Cancelled;
use crate::control::{Control, Stage, Timings};
use crate::coverage::{Areas, Coverage, Known, LiveCoverage, Scene, Tests, WallCosts};
use crate::crs::{Crs, is_in_china};
use crate::error::Error;
use crate::findings::{coverage_findings, network_findings, snap_findings, wall_findings};
#[cfg(feature = "isochrone")]
use crate::gaps::{GapOptions, GapWalk, Gaps, Population, Walks};
#[cfg(feature = "isochrone")]
use crate::isochrone::{Ground, Isochrones, ReachedStreets};
use crate::language::words;
use crate::model::{City, Compounds, FindingCode, Findings, LayerSpan, Profile, Resident};
use crate::network::{Impedance, Islands, Network};
#[cfg(feature = "report")]
use crate::report::Report;
#[cfg(feature = "isochrone")]
use crate::search::Reaches;
use crate::search::{Engine, TravelTimes, Trip};
use crate::snap::{SegmentTree, Shift, SnapOptions, Snapped, Walls};
use crate::units::{Cutoff, Unit};
use shared::{Lengths, Shared};

/// What is asked. [`Options::new`] has the defaults of the command line.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Options {
    /// Who walks. Default: an adult.
    pub profile: Profile,
    /// Which walk is measured. Default: to the station.
    pub trip: Trip,
    /// The cutoffs, and which of them decides. Default: 5, 10 and 15 minutes.
    pub tests: Tests,
    /// How points snap to streets.
    pub snap: SnapOptions,
    /// Connected pieces of streets shorter than this many metres are islands. Default: 300, about two blocks.
    pub min_island_m: f64,
    /// Radii in metres of the straight-line circles to compare with. Default: 1,000.
    pub straight_m: Vec<f64>,
    /// The walls that straight legs do not cross, and the gates in them. Default: none.
    pub compounds: Compounds,
}

impl Options {
    /// The default minute cutoffs: the service circles of 5, 10 and 15 minutes (GB 50180-2018).
    pub const MINUTES: [f64; 3] = [5.0, 10.0, 15.0];
    /// The default radius of the straight-line circle: the 1,000 m that planners draw for 15 minutes.
    pub const STRAIGHT_M: f64 = 1000.0;
    /// The default minimum of an island's length.
    pub const MIN_ISLAND_M: f64 = 300.0;

    /// The defaults with these tests.
    #[must_use]
    pub fn new(tests: Tests) -> Self {
        Self {
            profile: Profile::adult(),
            trip: Trip::default(),
            tests,
            snap: SnapOptions::default(),
            min_island_m: Self::MIN_ISLAND_M,
            straight_m: vec![Self::STRAIGHT_M],
            compounds: Compounds::default(),
        }
    }

    /// The defaults with these minute cutoffs.
    ///
    /// # Errors
    /// When a number is not a cutoff, or there is none.
    pub fn minutes(minutes: &[f64]) -> Result<Self, Error> {
        let cutoffs = minutes
            .iter()
            .map(|minutes| Cutoff::minutes(*minutes))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self::new(Tests::new(cutoffs)?))
    }
}

/// Every step's result, to be inspected, saved, or gone on from. They belong together: what goes on from here uses what was
/// prepared for this network, this walker and these points, so another city is another analysis.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Analysis {
    /// What was asked.
    pub options: Options,
    /// The streets as a graph.
    pub network: Network,
    /// The graph in milliseconds, for the profile.
    pub impedance: Impedance,
    /// What is too short to snap to.
    pub islands: Islands,
    /// Everybody on the network.
    pub snapped: Snapped,
    /// The compact table of walks within the largest minute cutoff, and everybody's nearest station.
    pub times: TravelTimes,
    /// The same in millimetres, where metres are asked.
    pub lengths: Option<TravelTimes>,
    /// Who is covered.
    pub coverage: Coverage,
    /// Coverage by area.
    pub areas: Areas,
    /// What the analysis found out about the inputs.
    pub findings: Findings,
    /// How long each step took.
    pub timings: Timings,
    #[cfg_attr(feature = "serde", serde(skip))]
    shared: Shared,
}

/// Runs every step on a network: impedance, snapping, search, coverage.
///
/// # Errors
/// [`Error::Network`] when a way takes longer than a cost can say, [`Error::Cancelled`] when the caller said so.
///
/// # Example
/// ```
/// use pedshed::geometry::Location;
/// use pedshed::model::{Resident, Station, StreetsBuilder, WayKind};
/// use pedshed::control::Control;
/// use pedshed::model::City;
/// use pedshed::network::Network;
/// use pedshed::{Options, analyse};
///
/// let street = |lon_e7| Location { lon_e7, lat_e7: 0 };
/// let mut streets = StreetsBuilder::new(vec![street(0), street(200_000)]);
/// streets.add_way(1, &[0, 1], WayKind::Street, None);
/// let network = Network::build(&streets.finish(Vec::new()))?;
/// let city = City {
///     stations: &[Station::new("clinic", 0.0, 0.0)],
///     residents: &[Resident::new("near", 0.005, 0.0), Resident::new("far", 0.015, 0.0)],
///     areas: &[],
/// };
/// let analysis = analyse(&network, city, Options::minutes(&[15.0])?, Control::default())?;
/// assert_eq!(analysis.coverage.share(), 0.5);
/// # Ok::<(), pedshed::Error>(())
/// ```
pub fn analyse(
    network: &Network,
    city: City<'_>,
    options: Options,
    control: Control<'_>,
) -> Result<Analysis, Error> {
    let mut timings = Timings::default();
    let mut clock = Clock::start();

    control.report(Stage::Network, 0, 1);
    // A clone shares the columns.
    let network = network.clone();
    let impedance = Impedance::times(&network, &options.profile)?;
    let islands = Islands::find(&network, &impedance, options.min_island_m);
    control.check()?;
    control.report(Stage::Network, 1, 1);
    timings.network = clock.lap();

    let points = (city.stations, city.residents);
    let walker = (&network, &impedance, &islands);
    let compounds = &options.compounds;
    let walls = (!compounds.is_empty()).then(|| Arc::new(Walls::of(compounds)));
    let (snapped, tree) =
        Snapped::with_tree(walker, points, options.snap, walls.as_deref(), control)?;
    timings.snap = clock.lap();
    let streets = Streets {
        network,
        impedance,
        islands,
        tree,
        walls,
    };
    search((streets, snapped), city, options, timings, control)
}

/// The streets of a walker.
struct Streets {
    network: Network,
    impedance: Impedance,
    islands: Islands,
    tree: Arc<SegmentTree>,
    walls: Option<Arc<Walls>>,
}

/// The steps from the search on.
fn search(
    (streets, snapped): (Streets, Snapped),
    city: City<'_>,
    options: Options,
    mut timings: Timings,
    control: Control<'_>,
) -> Result<Analysis, Error> {
    let Streets {
        network,
        impedance,
        islands,
        tree,
        walls,
    } = streets;
    let City {
        stations,
        residents,
        areas,
    } = city;
    let points = (stations, residents);
    let mut clock = Clock::start();
    let search = |impedance: &Impedance, cutoff: Option<Cutoff>| {
        let engine = Engine::new(&network, impedance, &snapped, options.trip);
        let table = TravelTimes::of_engine(&engine, points, cutoff, control)?;
        Ok::<_, Error>((table, engine.prepared()))
    };
    let (times, prepared) = search(&impedance, options.tests.minutes().last().copied())?;
    let mut shared = Shared {
        tree: OnceLock::from(tree),
        walls: walls.map_or_else(OnceLock::new, OnceLock::from),
        times: OnceLock::from(prepared),
        lengths: OnceLock::new(),
    };
    let mut lengths = None;
    if let Some(longest) = options.tests.metres().last() {
        let impedance = Impedance::lengths(&network, &options.profile)?;
        let (table, prepared) = search(&impedance, Some(*longest))?;
        lengths = Some(table);
        shared.lengths = OnceLock::from(Arc::new(Lengths {
            impedance,
            prepared,
        }));
    }
    timings.search = clock.lap();

    control.report(Stage::Coverage, 0, 1);
    let tests = options.tests.clone();
    let coverage = Coverage::of(
        points,
        &snapped,
        &times,
        lengths.as_ref(),
        tests,
        &options.straight_m,
    );
    let areas = Areas::of(areas, residents, &coverage);
    let mut findings = network_findings(&network, &islands);
    findings.extend(snap_findings(city, &snapped));
    if let Some(walls) = shared.walls.get() {
        findings.extend(wall_findings(&options.compounds, walls));
    }
    findings.extend(coverage_findings(city, &coverage, &areas));
    control.report(Stage::Coverage, 1, 1);
    timings.coverage = clock.lap();

    Ok(Analysis {
        options,
        network,
        impedance,
        islands,
        snapped,
        times,
        lengths,
        coverage,
        areas,
        findings,
        timings,
        shared,
    })
}

impl Analysis {
    /// The same with other stations: its residents stay where they were snapped. `city` has the other stations, and the
    /// residents and areas that were analysed.
    ///
    /// # Errors
    /// What [`analyse`] refuses.
    ///
    /// # Panics
    /// When there are not as many residents.
    pub fn with_stations(&self, city: City<'_>, control: Control<'_>) -> Result<Self, Error> {
        assert_eq!(
            city.residents.len(),
            self.snapped.residents().len(),
            "the residents are those that were analysed"
        );
        let mut clock = Clock::start();
        let snapper = self.snapper_behind();
        let snapped = snapper.with_stations(&self.snapped, city.stations, control)?;
        let timings = Timings {
            snap: clock.lap(),
            ..Timings::default()
        };
        let streets = Streets {
            network: self.network.clone(),
            impedance: self.impedance.clone(),
            islands: self.islands.clone(),
            tree: Arc::clone(self.tree()),
            walls: self.shared.walls.get().cloned(),
        };
        search(
            (streets, snapped),
            city,
            self.options.clone(),
            timings,
            control,
        )
    }
}

impl Analysis {
    /// The same city as one that can be edited: it is searched and counted once more, and `city` must be the one that was
    /// analysed.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::control::Control;
    /// use pedshed::geometry::Location;
    /// use pedshed::id::StationId;
    /// use pedshed::model::{City, Resident, Station, StreetsBuilder, WayKind};
    /// use pedshed::network::Network;
    /// use pedshed::{Options, analyse};
    ///
    /// let street = |lon_e7| Location { lon_e7, lat_e7: 0 };
    /// let mut streets = StreetsBuilder::new(vec![street(0), street(200_000)]);
    /// streets.add_way(1, &[0, 1], WayKind::Street, None);
    /// let network = Network::build(&streets.finish(Vec::new()))?;
    /// let city = City {
    ///     stations: &[Station::new("clinic", 0.0, 0.0)],
    ///     residents: &[Resident::new("near", 0.005, 0.0), Resident::new("far", 0.015, 0.0)],
    ///     areas: &[],
    /// };
    /// let analysis = analyse(&network, city, Options::minutes(&[15.0])?, Control::default())?;
    /// let mut live = analysis.live(city, Control::default())?;
    /// live.move_station(StationId(0), &[coord! { x: 0.01, y: 0.0 }]);
    /// assert_eq!(live.coverage().share(), 1.0);
    /// # Ok::<(), pedshed::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::LiveBehindWalls`] where the options have compounds, [`Error::Cancelled`], and what [`Impedance::lengths`]
    /// refuses.
    pub fn live(&self, city: City<'_>, control: Control<'_>) -> Result<LiveCoverage, Error> {
        let Options {
            trip,
            tests,
            snap,
            min_island_m,
            ..
        } = &self.options;
        if !self.options.compounds.is_empty() {
            return Err(Error::LiveBehindWalls);
        }
        let (_, times) = self.prepared(Unit::Milliseconds)?;
        let mut prepared = vec![times.clone()];
        let mut lengths = None;
        if !tests.metres().is_empty() {
            let (impedance, of_lengths) = self.prepared(Unit::Millimetres)?;
            lengths = Some(impedance.clone());
            prepared.push(of_lengths.clone());
        }
        let scene = Scene {
            network: self.network.clone(),
            impedance: self.impedance.clone(),
            lengths,
            stations: city.stations,
            residents: city.residents,
            areas: city.areas,
            tests: tests.clone(),
            trip: *trip,
            snap: *snap,
            min_island_m: *min_island_m,
        };
        let known = Known {
            islands: self.islands.clone(),
            tree: Arc::clone(self.tree()),
            snapped: self.snapped.clone(),
            prepared,
        };
        Ok(LiveCoverage::over(scene, known, control)?)
    }
}

impl Analysis {
    /// What the walls cost: who is covered as it is, and with all walls open. `None` where there are no compounds. `city`
    /// must be the one that was analysed.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`] refuses.
    ///
    /// # Complexity
    /// Everybody is snapped once more, and one sweep finds their nearest stations.
    pub fn wall_costs(
        &self,
        city: City<'_>,
        control: Control<'_>,
    ) -> Result<Option<WallCosts>, Error> {
        let Options {
            profile,
            trip,
            tests,
            snap,
            ..
        } = &self.options;
        let Some(walls) = self.walls() else {
            return Ok(None);
        };
        let (network, points) = (&self.network, (city.stations, city.residents));
        let (impedance, islands) = (&self.impedance, &self.islands);
        let open = Snapped::new(
            network, impedance, islands, points.0, points.1, *snap, control,
        )?;
        let nearest = |impedance: &Impedance| {
            TravelTimes::search(points, network, impedance, &open, None, *trip, control)
        };
        let times = match tests.deciding().unit() {
            Unit::Milliseconds => nearest(impedance)?,
            Unit::Millimetres => nearest(&Impedance::lengths(network, profile)?)?,
        };
        Ok(Some(WallCosts::of(
            city.residents,
            walls,
            (&self.snapped, &self.coverage),
            (&open, times.nearest()),
        )))
    }
}

struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn lap(&mut self) -> Duration {
        let lap = self.0.elapsed();
        self.0 = Instant::now();
        lap
    }
}

/// Layers that look shifted as Chinese maps are, or whose streets do: reported with both distances, never corrected.
#[must_use]
pub fn shift_findings(analysis: &Analysis, city: City<'_>, layers: &[LayerSpan]) -> Findings {
    let mut findings = Findings::default();
    let places = |layer: &LayerSpan| -> Vec<Coord<f64>> {
        let rows = layer.rows.clone();
        if layer.is_stations {
            let stations = city.stations[rows].iter();
            stations
                .filter_map(|station| station.place.as_ref().ok().copied())
                .collect()
        } else {
            city.residents[rows]
                .iter()
                .filter_map(Resident::valid_place)
                .collect()
        }
    };
    let layers: Vec<(&LayerSpan, Vec<Coord<f64>>)> = layers
        .iter()
        .map(|layer| (layer, places(layer)))
        .filter(|(_, places)| places.iter().any(|place| is_in_china(*place)))
        .collect();
    if layers.is_empty() {
        return findings;
    }
    let snapper = analysis.snapper();
    for (layer, places) in layers {
        let Some(shift) = Shift::of(&snapper, &places) else {
            continue;
        };
        let system = if shift.crs == Crs::Bd09 {
            "BD-09"
        } else {
            "GCJ-02"
        };
        let (flag, flag_zh) = match (shift.of_points, layer.is_stations) {
            (true, true) => ("--stations-crs", "--stations-crs 取"),
            (true, false) => ("--residents-crs", "--residents-crs 取"),
            (false, _) => ("the network is in", "路网采用"),
        };
        findings.add(FindingCode::ShiftedLayer, || {
            let Shift { as_given_m, undone_m, .. } = shift;
            let name = &layer.name;
            words!(
                "{name}: half of its points are within {as_given_m:.0} m of a street, and within {undone_m:.0} m if {flag} {system}",
                "{name}：半数点位距道路不超过 {as_given_m:.0} 米；若{flag_zh} {system}，则不超过 {undone_m:.0} 米"
            )
        });
    }
    findings
}

#[cfg(feature = "isochrone")]
impl Analysis {
    /// The ground within each cutoff, of every station and of all together: of the minutes, then of the metres where
    /// metres are asked. `water` is left out of it.
    ///
    /// Behind walls a place is within where a resident there would be, who leaves by the gates.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn isochrones(
        &self,
        water: &[Polygon<f64>],
        control: Control<'_>,
    ) -> Result<Vec<Isochrones>, Error> {
        self.on_ground(water, |ground, reaches, cutoffs| {
            let reaches = (reaches, self.options.trip);
            Isochrones::draw_over(ground, reaches, cutoffs, control)
        })
    }

    /// The streets within each cutoff, cut exactly where it is reached; in the same order.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn reached_streets(&self, control: Control<'_>) -> Result<Vec<ReachedStreets>, Error> {
        self.on_ground(&[], |ground, reaches, cutoffs| {
            ReachedStreets::find_over(ground, &reaches, cutoffs, control)
        })
    }

    /// Where people are left out, and why, and behind walls the gates that would help; `residents` are those that were
    /// analysed.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn gaps(
        &self,
        residents: &[Resident],
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Gaps, Error> {
        let unit = self.options.tests.deciding().unit();
        let (ground, reaches) = self.ground(unit, &[])?;
        let prepared = (reaches, &self.snapper_behind());
        let everybody = Population::all(residents, &self.coverage);
        let gaps = Gaps::find_over(ground, prepared, everybody, options, control)?;
        Ok(gaps)
    }

    /// For each of the first `most` gaps the walk of its middle resident to the station that is nearest to them, or from
    /// it where that is what counts; `None` where they have none. `city` is the one that was analysed.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses, where metres decide.
    pub fn gap_walks(
        &self,
        city: City<'_>,
        gaps: &Gaps,
        most: usize,
    ) -> Result<Vec<Option<GapWalk>>, Error> {
        let unit = self.options.tests.deciding().unit();
        let nearest = match unit {
            Unit::Milliseconds => self.coverage.nearest(),
            Unit::Millimetres => self.coverage.nearest_by_metres(),
        };
        let (ground, _) = self.ground(unit, &[])?;
        let walks = Walks {
            ground,
            city,
            nearest,
            trip: self.options.trip,
        };
        Ok(walks.of(&gaps.list[..gaps.list.len().min(most)]))
    }

    fn ground<'a>(
        &'a self,
        unit: Unit,
        water: &'a [Polygon<f64>],
    ) -> Result<(Ground<'a>, Reaches<'a>), Error> {
        let (impedance, _) = self.prepared(unit)?;
        let ground = Ground {
            network: &self.network,
            impedance,
            islands: &self.islands,
            snapped: &self.snapped,
            water,
            walls: self.walls(),
        };
        Ok((ground, Reaches::over(self.engine(unit)?)))
    }

    /// What `look` finds for the minutes and for the metres, where they are asked.
    fn on_ground<T>(
        &self,
        water: &[Polygon<f64>],
        look: impl for<'g> Fn(Ground<'g>, Reaches<'g>, &[Cutoff]) -> Result<T, Cancelled>,
    ) -> Result<Vec<T>, Error> {
        let tests = &self.options.tests;
        let by_unit = [
            (Unit::Milliseconds, tests.minutes()),
            (Unit::Millimetres, tests.metres()),
        ];
        let mut found = Vec::new();
        for (unit, cutoffs) in by_unit {
            if !cutoffs.is_empty() {
                let (ground, reaches) = self.ground(unit, water)?;
                found.push(look(ground, reaches, cutoffs)?);
            }
        }
        Ok(found)
    }
}

#[cfg(feature = "report")]
impl Analysis {
    /// The analysis as the exporters see it. `findings` are those of the inputs and of the analysis together.
    #[must_use]
    pub fn report<'a>(
        &'a self,
        city: City<'a>,
        findings: &'a Findings,
        read: Duration,
    ) -> Report<'a> {
        Report {
            note: None,
            city,
            profile: &self.options.profile,
            trip: self.options.trip,
            min_island_m: self.options.min_island_m,
            network: &self.network,
            islands: &self.islands,
            snapped: &self.snapped,
            times: &self.times,
            coverage: &self.coverage,
            areas: &self.areas,
            provision: None,
            compounds: &self.options.compounds,
            wall_costs: None,
            findings,
            timings: Timings {
                read,
                ..self.timings
            },
        }
    }
}
