//! Catchments: the ground of each station without overlap, and who belongs to it.
//!
//! Every place near a street belongs to the station that is nearest by walking, from the place as if somebody lived there. The ground is
//! taken in cells: a cell belongs to the station of the people who live in it, and where nobody does, to that of its middle. People of
//! one cell who have several stations are counted where they are on another station's ground.
//!
//! Balanced, nobody has more people than it can take; then cells without people go with those beside them.

mod balance;
mod capacities;
mod grid;
mod outline;

use geo_types::MultiPolygon;

use crate::control::Control;
use crate::coverage::Tally;
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::model::{CityRecords, Resident};
use crate::search::NearestStation;
use crate::units::{People, Unit};
use crate::walker::{Placed, WalkerError};
pub use balance::{Balance, CHOICES};
use balance::{Balanced, Capacity, Limits, balance};
pub use capacities::Capacities;
use grid::Grid;
use outline::{neighbours, outlines};

/// The side of a cell in metres, where nothing else is asked.
pub const CELL_M: f64 = 20.0;

/// One station's catchment.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Catchment {
    /// Who belongs to the station.
    pub load: Tally,
    /// The sum of their walks: thousandths of people times milliseconds, or millimetres.
    pub walked: u128,
    /// The longest of their walks.
    pub longest: u64,
    /// Its ground, longitude and latitude.
    pub ground: MultiPolygon<f64>,
    /// How large the ground is, in square metres.
    pub area_m2: f64,
}

impl Catchment {
    fn empty() -> Self {
        Self {
            load: Tally::default(),
            walked: 0,
            longest: 0,
            ground: MultiPolygon::new(Vec::new()),
            area_m2: 0.0,
        }
    }

    /// What its people walk on average; `None` where there are none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let people = self.load.people.thousandths();
        (people > 0).then(|| self.walked as f64 / people as f64)
    }
}

/// The catchments of all stations.
///
/// ```
/// use pedshed::catchments::CELL_M;
/// use pedshed::prelude::*;
/// use pedshed::units::Unit;
///
/// // A street of 2,226 m with a station at each end.
/// let places = [(9.50, 0.0), (9.51, 0.0), (9.52, 0.0)];
/// let city = City::from_edges(&places, &[(0, 1), (1, 2)])?
///     .stations(vec![Station::new("west", 9.50, 0.0), Station::new("east", 9.52, 0.0)])
///     .residents(vec![Resident::new("a", 9.502, 0.0), Resident::new("b", 9.519, 0.0)])
///     .build()?;
/// let catchments = city.catchments(Unit::Milliseconds, CELL_M, Control::default())?;
/// let [west, east] = [0, 1].map(|at| &catchments.list()[at]);
/// assert_eq!((west.load.records, east.load.records), (1, 1));
/// // Each has its half of the street, with 200 m on both sides.
/// assert!((west.area_m2 / east.area_m2 - 1.0).abs() < 0.05);
/// # Ok::<(), pedshed::Error>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Catchments {
    unit: Unit,
    cell_m: f64,
    list: Vec<Catchment>,
    residents: Vec<Option<NearestStation>>,
    outside: Vec<bool>,
    balance: Option<Balance>,
    /// By station, where they are balanced.
    capacities: Vec<People>,
    /// By station, those whose ground touches its own.
    #[cfg_attr(feature = "serde", serde(skip))]
    neighbours: Vec<Vec<StationId>>,
}

impl Catchments {
    /// Gives every place and every resident to the nearest station by walking. Cells are of about this side in metres, larger where a
    /// city would have more than four millions of them. `city` is the one that was placed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`], [`WalkerError::Cancelled`], and what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, for millimetres.
    ///
    /// # Complexity
    /// One lookup of a street for each cell near one, and one sweep of the network.
    pub fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        unit: Unit,
        cell_m: f64,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        placed.has(city)?;
        let times = placed.travel_times(city, unit, None, control)?;
        let mut catchments = Self::of_residents(placed, city, unit, times.into_nearest());
        catchments.draw(placed, city, cell_m, control)?;
        Ok(catchments)
    }

    /// The same so that no station has more people than it can take, and all together walk least: everybody goes to one of their
    /// [`CHOICES`] nearest stations. Of which no capacity is said may have the least that all of these can be kept
    /// to: an equal share, where everybody's stations allow it. Records are not divided, so a station may have some
    /// people more; [`balance`](Self::balance) says how good it is.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    ///
    /// # Complexity
    /// That of [`new`](Self::new), a sweep in which every junction is settled [`CHOICES`] times, and one short search among the
    /// stations for each group of people that goes on.
    pub fn balanced(
        placed: &Placed,
        city: CityRecords<'_>,
        unit: Unit,
        cell_m: f64,
        capacities: &Capacities,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        placed.has(city)?;
        let engine = placed.engine(unit, control)?;
        let choices = engine.nearest_stations(CHOICES, control)?;
        let (people, stations) = (city.people(), placed.snapped().station_count());
        let mut first = Vec::with_capacity(people.len());
        for resident in (0..people.len()).map(ResidentId::new) {
            first.push(choices.of(resident)?.first().copied());
        }
        let nearest = walked(&people, &first);
        let others = match capacities.each {
            Some(each) => Capacity::Given(each),
            None => Capacity::LeastFrom(equal_share(placed, &people, &first)),
        };
        let limits = Limits {
            own: capacities,
            others,
            stations,
        };
        let Balanced {
            capacities: kept,
            residents,
            bound,
        } = balance(&choices, &people, limits, control)?;
        let mut catchments = Self::of_residents(placed, city, unit, residents);
        let loads = || catchments.list.iter().map(|one| one.load.people);
        let mut others = (0..stations).map(StationId::new);
        let other = others.find(|station| capacities.own(*station).is_none());
        catchments.balance = Some(Balance {
            capacity: other.map(|station| kept[station.index()]),
            bound,
            nearest,
            walked: walked(&people, &catchments.residents),
            over: loads()
                .zip(&kept)
                .filter(|(people, most)| people > most)
                .count(),
            most: loads().max().unwrap_or(People::ZERO),
        });
        catchments.capacities = kept;
        catchments.draw(placed, city, cell_m, control)?;
        Ok(catchments)
    }

    /// Without ground.
    fn of_residents(
        placed: &Placed,
        city: CityRecords<'_>,
        unit: Unit,
        residents: Vec<Option<NearestStation>>,
    ) -> Self {
        Self {
            unit,
            cell_m: 0.0,
            list: loads(city, &residents, placed.snapped().station_count()),
            outside: vec![false; residents.len()],
            residents,
            balance: None,
            capacities: Vec::new(),
            neighbours: Vec::new(),
        }
    }

    /// Draws the ground in cells of about this side.
    fn draw(
        &mut self,
        placed: &Placed,
        city: CityRecords<'_>,
        cell_m: f64,
        control: Control<'_>,
    ) -> Result<(), WalkerError> {
        let within_m = placed.snapped().options().max_snap_m();
        let Some(ground) = placed.network().bounds() else {
            return Ok(());
        };
        let grid = Grid::new(ground.grown(within_m), cell_m.max(1.0));
        let labels = grid.nearest(placed, city, self.unit, control)?;
        control.check()?;
        self.draw_on(&grid, labels, city.residents);
        Ok(())
    }

    /// Draws the ground, and finds who is on that of another station.
    fn draw_on(&mut self, grid: &Grid, mut labels: Vec<Option<StationId>>, people: &[Resident]) {
        self.cell_m = grid.cell_m;
        let mut homes: Vec<(usize, StationId, usize)> = Vec::new();
        for (resident, (record, known)) in people.iter().zip(&self.residents).enumerate() {
            let cell = record.valid_place().and_then(|place| grid.cell_at(place));
            if let (Some(cell), Some(known)) = (cell, known) {
                homes.push((cell, known.station, resident));
            }
        }
        homes.sort_unstable();
        let mut lived_in = Vec::new();
        for in_cell in homes.chunk_by(|one, next| one.0 == next.0) {
            lived_in.push(in_cell[0].0);
            let counted = in_cell.iter();
            let counted =
                counted.map(|(_, station, resident)| (*station, people[*resident].people));
            labels[in_cell[0].0] = most(&counted.collect::<Vec<_>>());
        }
        if self.balance.is_some() {
            grid.spread(&lived_in, &mut labels);
        }
        for (cell, station, resident) in homes {
            self.outside[resident] = labels[cell] != Some(station);
        }
        for (cell, label) in labels.iter().enumerate() {
            if let Some(station) = label {
                self.list[station.index()].area_m2 += grid.area_m2(cell);
            }
        }
        self.neighbours = neighbours(grid, &labels, self.list.len());
        let grounds = outlines(grid, &labels, self.list.len());
        for (catchment, ground) in self.list.iter_mut().zip(grounds) {
            catchment.ground = ground;
        }
    }

    /// What walks are counted in.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The side of the cells that the ground is drawn in, in metres.
    #[must_use]
    pub fn cell_m(&self) -> f64 {
        self.cell_m
    }

    /// The catchments, by station.
    #[must_use]
    pub fn list(&self) -> &[Catchment] {
        &self.list
    }

    /// One station's.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn of(&self, station: StationId) -> Result<&Catchment, UnknownId> {
        let index = UnknownId::check(Numbered::Station, station.index(), self.list.len())?;
        Ok(&self.list[index])
    }

    /// To which station each resident record belongs, with the walk; `None` where none can be reached.
    #[must_use]
    pub fn residents(&self) -> &[Option<NearestStation>] {
        &self.residents
    }

    /// How well they are balanced; `None` where everybody goes to the nearest station.
    #[must_use]
    pub fn balance(&self) -> Option<&Balance> {
        self.balance.as_ref()
    }

    /// How many people a station may have; `None` where nothing is balanced, and for a station that is not there.
    #[must_use]
    pub fn capacity_of(&self, station: StationId) -> Option<People> {
        self.capacities.get(station.index()).copied()
    }

    /// The stations whose ground each one's touches along a line, by station; none where no ground is drawn.
    pub(crate) fn neighbours(&self) -> &[Vec<StationId>] {
        &self.neighbours
    }

    /// Whether each resident record stands on the ground of another station than its own, because others of its cell are more.
    #[must_use]
    pub fn outside(&self) -> &[bool] {
        &self.outside
    }

    /// How many they are.
    #[must_use]
    pub fn outside_of(&self, people: &[People]) -> Tally {
        let mut tally = Tally::default();
        for (people, _) in people.iter().zip(&self.outside).filter(|(_, out)| **out) {
            tally.add(*people);
        }
        tally
    }
}

/// The station that has most people, of equals the smallest; `counted` is ascending by station.
fn most(counted: &[(StationId, People)]) -> Option<StationId> {
    let by_station = counted.chunk_by(|one, next| one.0 == next.0);
    let sums = by_station.map(|of| (of.iter().map(|(_, people)| *people).sum(), of[0].0));
    let most: Option<(People, StationId)> =
        sums.reduce(|one, next| if next.0 > one.0 { next } else { one });
    most.map(|(_, station)| station)
}

/// The sum of some walks: thousandths of people times costs.
fn walked(people: &[People], walks: &[Option<NearestStation>]) -> u128 {
    let walks = people.iter().zip(walks);
    let walks =
        walks.filter_map(|(people, walk)| Some((people.thousandths(), walk.as_ref()?.cost)));
    walks
        .map(|(people, cost)| u128::from(people) * u128::from(cost))
        .sum()
}

/// How many people each station on the streets has if all have as many.
fn equal_share(placed: &Placed, people: &[People], walks: &[Option<NearestStation>]) -> People {
    let snapped = placed.snapped();
    let count = snapped.stations();
    let count = count.filter(|station| snapped.station_snaps(*station).next().is_some());
    let served = people.iter().zip(walks).filter(|(_, walk)| walk.is_some());
    let served: People = served.map(|(people, _)| *people).sum();
    let count = (count.count() as u64).max(1);
    People::from_thousandths(served.thousandths().div_ceil(count))
}

/// Who belongs to each station, and how far they walk.
fn loads(
    city: CityRecords<'_>,
    residents: &[Option<NearestStation>],
    stations: usize,
) -> Vec<Catchment> {
    let mut list = vec![Catchment::empty(); stations];
    for (record, known) in city.residents.iter().zip(residents) {
        let Some(known) = known else { continue };
        let catchment = &mut list[known.station.index()];
        catchment.load.add(record.people);
        catchment.walked += u128::from(record.people.thousandths()) * u128::from(known.cost);
        catchment.longest = catchment.longest.max(known.cost);
    }
    list
}
