//! The steps in their order, for callers who want one call.

mod around;
pub(crate) mod findings;
mod outcomes;
mod shifted;

pub(crate) use around::around_findings;
pub(crate) use shifted::shift_findings;

use crate::units::OptionError;
use std::ops::RangeInclusive;

use crate::analysis::findings::{
    bridge_findings, closed_findings, coverage_findings, ferry_findings, network_findings,
    snap_findings, stairs_findings, steep_findings, wall_findings,
};
use crate::control::{Control, Stage, Timings};
use crate::coverage::{Areas, Coverage, Reason, StairsCost, Tests};
use crate::error::Error;
use crate::id::ResidentId;
use crate::model::{CityRecords, Compounds, Findings, Profile};
use crate::network::{Impedance, Islands, Network};
use crate::search::{TravelTimes, Trip};
use crate::snap::{SnapOptions, Snapped};
use crate::units::{Cutoff, Unit};
use crate::walker::{Placed, WalkOptions, Walker, WalkerError};

/// The radii of straight-line circles taken, in metres: up to that of the longest cutoff.
const STRAIGHT_METRES: RangeInclusive<f64> = 0.0..=Cutoff::MAX_METRES;

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
    /// Whether everybody is taken to live at the street door, whatever their storey. Default: no.
    #[cfg_attr(feature = "serde", serde(default))]
    pub street_level: bool,
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
    pub const MIN_ISLAND_M: f64 = WalkOptions::MIN_ISLAND_M;

    /// The defaults with these tests.
    #[must_use]
    pub fn new(tests: Tests) -> Self {
        Self {
            profile: Profile::adult(),
            trip: Trip::default(),
            tests,
            snap: SnapOptions::default(),
            min_island_m: Self::MIN_ISLAND_M,
            street_level: false,
            straight_m: vec![Self::STRAIGHT_M],
            compounds: Compounds::default(),
        }
    }

    /// How points join the streets.
    #[must_use]
    pub fn walk(&self) -> WalkOptions {
        WalkOptions {
            snap: self.snap,
            min_island_m: self.min_island_m,
            street_level: self.street_level,
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

    /// What [`analyse`] looks at first: the numbers that are not checked by their types.
    ///
    /// # Errors
    /// When the minimum of an island's length is no number from 0 to 1,000,000,000, or a radius none from 0 to 200,000.
    pub fn check(&self) -> Result<(), OptionError> {
        self.walk().check()?;
        for radius in &self.straight_m {
            OptionError::check("straight_m", *radius, &STRAIGHT_METRES)?;
        }
        Ok(())
    }
}

/// Every step's result, to be inspected, or gone on from. They belong together: what goes on from here uses what was prepared
/// for this network, this walker and these points, so another city is another analysis.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// What was asked.
    pub options: Options,
    /// The compact table of walks within the largest minute cutoff, and everybody's nearest station.
    pub times: TravelTimes,
    /// The same in millimetres, where metres are asked.
    pub lengths: Option<TravelTimes>,
    /// Who is covered.
    pub coverage: Coverage,
    /// Coverage by area.
    pub areas: Areas,
    /// What the stairs and lifts at home cost; `None` where no storey is known, or they do not count.
    pub stairs: Option<StairsCost>,
    /// What the analysis found out about the inputs.
    pub findings: Findings,
    /// How long each step took.
    pub timings: Timings,
    placed: Placed,
}

/// Runs every step on a network: impedance, snapping, search, coverage.
///
/// # Errors
/// [`Error::Option`] for a number that makes no sense, [`Error::Network`] when a way takes longer than a cost can say,
/// [`Error::Cancelled`] when the caller said so.
///
/// # Example
/// ```
/// use pedshed::geometry::Location;
/// use pedshed::model::{Resident, Station, StreetsBuilder, WayKind};
/// use pedshed::control::Control;
/// use pedshed::model::CityRecords;
/// use pedshed::network::Network;
/// use pedshed::{Options, analyse};
///
/// let street = |lon_e7| Location { lon_e7, lat_e7: 0 };
/// let mut streets = StreetsBuilder::new(vec![street(0), street(200_000)]);
/// streets.add_way(1, &[0, 1], WayKind::Street, None);
/// let network = Network::build(&streets.finish(Vec::new()))?;
/// let city = CityRecords {
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
    city: CityRecords<'_>,
    options: Options,
    control: Control<'_>,
) -> Result<Analysis, Error> {
    options.check()?;
    let mut timings = Timings::default();
    let mut clock = control.stopwatch();

    control.report(Stage::Network, 0, 1);
    let walker = Walker::new(network, &options.profile, options.walk())?;
    control.check()?;
    control.report(Stage::Network, 1, 1);
    timings.network = clock.lap();

    let walker = walker.behind(&options.compounds);
    let placed = Placed::new(
        &walker,
        city.stations,
        city.residents,
        options.trip,
        control,
    )?;
    timings.snap = clock.lap();
    search(placed, city, options, timings, control)
}

/// The steps from the search on.
fn search(
    placed: Placed,
    city: CityRecords<'_>,
    options: Options,
    mut timings: Timings,
    control: Control<'_>,
) -> Result<Analysis, Error> {
    let mut clock = control.stopwatch();
    let longest = |cutoffs: &[Cutoff]| cutoffs.last().copied();
    let (minutes, metres) = (
        longest(options.tests.minutes()),
        longest(options.tests.metres()),
    );
    let times = placed.travel_times(city, Unit::Milliseconds, minutes, control)?;
    let lengths = metres.map(|_| placed.travel_times(city, Unit::Millimetres, metres, control));
    let lengths = lengths.transpose()?;
    timings.search = clock.lap();

    control.report(Stage::Coverage, 0, 1);
    let coverage = Coverage::from_tables(
        city,
        placed.snapped(),
        &times,
        lengths.as_ref(),
        options.tests.clone(),
        &options.straight_m,
    );
    control.check()?;
    let areas = Areas::from_counted(city.areas, city.residents, &coverage);
    let findings = findings_of(&placed, city, &options, &coverage, &areas);
    let stairs = StairsCost::new(&placed, city, &coverage, control)?;
    control.report(Stage::Coverage, 1, 1);
    timings.coverage = clock.lap();

    Ok(Analysis {
        options,
        times,
        lengths,
        coverage,
        areas,
        stairs,
        findings,
        timings,
        placed,
    })
}

/// What is found out about the inputs on the way.
fn findings_of(
    placed: &Placed,
    city: CityRecords<'_>,
    options: &Options,
    coverage: &Coverage,
    areas: &Areas,
) -> Findings {
    let (network, snapped) = (placed.network(), placed.snapped());
    let mut findings = network_findings(network, placed.islands());
    findings.extend(snap_findings(city, snapped));
    findings.extend(bridge_findings(city, network, snapped));
    if let Some(walls) = placed.walker().walls() {
        findings.extend(wall_findings(&options.compounds, walls));
    }
    findings.extend(coverage_findings(city, snapped, coverage, areas));
    findings.extend(stairs_findings(city, placed));
    findings.extend(closed_findings(network, placed.walker().times()));
    findings.extend(steep_findings(placed));
    findings.extend(ferry_findings(city, placed, coverage));
    findings
}

impl Analysis {
    /// Everybody on the walker's streets, with the searches between them.
    #[must_use]
    pub fn placed(&self) -> &Placed {
        &self.placed
    }

    /// The streets as a graph.
    #[must_use]
    pub fn network(&self) -> &Network {
        self.placed.network()
    }

    /// The graph in milliseconds, for the profile.
    #[must_use]
    pub fn impedance(&self) -> &Impedance {
        self.placed.walker().times()
    }

    /// What is too short to snap to.
    #[must_use]
    pub fn islands(&self) -> &Islands {
        self.placed.islands()
    }

    /// Everybody on the network.
    #[must_use]
    pub fn snapped(&self) -> &Snapped {
        self.placed.snapped()
    }

    /// Why a resident is not covered; `None` for one who is. `city` is the one that was analysed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`], and [`WalkerError::Unknown`] where there is no such resident.
    pub fn reason(
        &self,
        city: CityRecords<'_>,
        resident: ResidentId,
    ) -> Result<Option<Reason>, WalkerError> {
        self.coverage.reason_in(city, self.snapped(), resident)
    }

    /// The walks that decide: those within the largest minute cutoff, or in millimetres where metres decide.
    pub(crate) fn deciding_walks(&self) -> &TravelTimes {
        match (self.options.tests.deciding().unit(), &self.lengths) {
            (Unit::Millimetres, Some(lengths)) => lengths,
            _ => &self.times,
        }
    }

    /// The same with other stations: its residents stay where they were snapped, and what their searches need is there. `city`
    /// has the other stations, and the residents and areas that were analysed.
    ///
    /// # Errors
    /// What [`analyse`] refuses, and [`WalkerError::OtherCity`] for other residents.
    pub fn with_stations(
        &self,
        city: CityRecords<'_>,
        control: Control<'_>,
    ) -> Result<Self, Error> {
        self.placed.has_residents(city.residents)?;
        let mut clock = control.stopwatch();
        let placed = self.placed.with_stations(city.stations, control)?;
        let timings = Timings {
            snap: clock.lap(),
            ..Timings::default()
        };
        search(placed, city, self.options.clone(), timings, control)
    }

    /// The same with those of its stations that are open: the others have no place in `city`. Who is covered by all of them alone is
    /// said to have closed ones near, and the time that both took is told.
    pub(crate) fn with_open_stations(
        &self,
        city: CityRecords<'_>,
        control: Control<'_>,
    ) -> Result<Self, Error> {
        let mut open = self.with_stations(city, control)?;
        open.coverage = open.coverage.with_closed_stations_of(&self.coverage);
        let (of_open, of_all) = (&mut open.timings, &self.timings);
        of_open.read = of_all.read;
        of_open.network = of_all.network;
        of_open.snap += of_all.snap;
        of_open.search += of_all.search;
        of_open.coverage += of_all.coverage;
        Ok(open)
    }
}
