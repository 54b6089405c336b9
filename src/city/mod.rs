//! A city that a program holds: made once, cheap to clone, asked from any thread.
//!
//! A [`City`] owns its streets, walls, stations and residents, and what was prepared for the searches between them. Nothing of it
//! can be mixed up with that of another, and what one question has used is lent to the next.

mod breaks;
mod builder;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
mod files;
#[cfg(feature = "isochrone")]
mod ground;
mod times;

pub use builder::CityBuilder;
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
pub use files::CityFiles;
pub use times::{CityTimes, Covered};

use std::fmt;
use std::sync::{Arc, OnceLock};

use geo_types::Coord;

use crate::control::Control;
use crate::coverage::{Areas, Coverage, LiveCoverage, Reason, Tests};
use crate::error::Error;
use crate::geometry::is_on_earth;
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::model::{self, Area, Resident, Station};
use crate::network::Network;
use crate::search::{Around, NearestStation, Pool, Prepared};
use crate::snap::{Snap, Snapped};
use crate::units::{Cost, Cutoff, Unit};
use crate::walker::{Placed, WalkerError};

/// A city with everything that belongs to it: streets, one walker, walls, stations, residents. A clone is another handle on the
/// same one; it is `Send`, `Sync` and `'static`.
///
/// ```
/// use pedshed::prelude::*;
///
/// // A street of 2.2 km on the equator; a clinic at its western end, people along it.
/// let city = City::from_edges(&[(0.0, 0.0), (0.02, 0.0)], &[(0, 1)])?
///     .stations(vec![Station::new("clinic", 0.0, 0.0)])
///     .residents(vec![Resident::new("near", 0.005, 0.0001), Resident::new("far", 0.015, 0.0)])
///     .build()?;
/// let quarter_hour = Cutoff::minutes(15.0)?;
///
/// // 0.005° are 557 m: 7 minutes from the clinic, and 14 from the far resident's home.
/// assert_eq!(city.within((0.001, 0.0), quarter_hour)?[0].0, ResidentId(0));
/// assert_eq!(city.nearest((0.015, 0.0), 3)?[0].cost / 60_000, 20);
/// assert_eq!(city.coverage(&[quarter_hour], Control::default())?.share(), 0.5);
/// # Ok::<(), pedshed::Error>(())
/// ```
#[derive(Clone)]
pub struct City(Arc<Parts>);

impl fmt::Debug for City {
    /// Without the records, which would fill screens wherever somebody prints what holds it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("City")
            .field("stations", &self.station_count())
            .field("residents", &self.residents().len())
            .finish_non_exhaustive()
    }
}

/// What a city owns.
struct Parts {
    placed: Placed,
    stations: Vec<Station>,
    people: Arc<People>,
    /// The stations where residents stand, for searches from people's places.
    turned: OnceLock<Snapped>,
    by_minutes: Searches,
    by_metres: Searches,
}

/// What stays when stations change.
struct People {
    residents: Vec<Resident>,
    areas: Vec<Area>,
    #[cfg(feature = "isochrone")]
    water: Vec<geo_types::Polygon<f64>>,
}

/// What searches in one unit leave to those that follow.
#[derive(Default)]
struct Searches {
    for_residents: Pool,
    for_stations: OnceLock<(Prepared, Pool)>,
    #[cfg(feature = "isochrone")]
    sampled: OnceLock<crate::isochrone::Sampled>,
}

impl City {
    fn new(placed: Placed, stations: Vec<Station>, people: Arc<People>) -> Self {
        Self(Arc::new(Parts {
            placed,
            stations,
            people,
            turned: OnceLock::new(),
            by_minutes: Searches::default(),
            by_metres: Searches::default(),
        }))
    }

    /// The same city with other stations: its streets, its people and what is prepared for them are shared.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// O(log n) for each station.
    pub fn with_stations(
        &self,
        stations: Vec<Station>,
        control: Control<'_>,
    ) -> Result<Self, Error> {
        let placed = self.0.placed.with_stations(&stations, control)?;
        Ok(Self::new(placed, stations, Arc::clone(&self.0.people)))
    }

    /// Who lives within a cutoff of a place, as if a station stood there: each once, with what the trip costs, in the order in
    /// which the search meets their streets. Nobody where the place, longitude and latitude in degrees, has no street within the
    /// snapping distance.
    ///
    /// # Errors
    /// [`WalkerError::OffTheEarth`]; what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff
    /// counts metres.
    ///
    /// # Complexity
    /// O(m) in the streets within the cutoff and the people beside them; the first call in a unit prepares its search.
    pub fn within(
        &self,
        place: impl Into<Coord<f64>>,
        cutoff: Cutoff,
    ) -> Result<Vec<(ResidentId, Cost)>, Error> {
        let entrances = self.entrances(place.into())?;
        let Parts { placed, .. } = &*self.0;
        let unit = cutoff.unit();
        let prepared = placed.prepared(unit, Control::default())?;
        let impedance = placed.impedance(unit)?;
        let pool = &self.searches(unit).for_residents;
        let (network, snapped) = (placed.network(), placed.snapped());
        let around = Around::from_prepared(prepared, network, impedance, snapped, pool);
        Ok(around.within(&entrances, cutoff.cost()))
    }

    /// The `count` stations that are nearest by time to somebody at a place, longitude and latitude in degrees, at any distance:
    /// the nearest first, of equally near ones the first. Fewer where a walk leads to fewer.
    ///
    /// # Errors
    /// [`WalkerError::OffTheEarth`].
    ///
    /// # Complexity
    /// O(m) in the streets within twice the walk to the last of them, in all streets where there are fewer; the first call
    /// prepares the search.
    pub fn nearest(
        &self,
        place: impl Into<Coord<f64>>,
        count: usize,
    ) -> Result<Vec<NearestStation>, Error> {
        self.nearest_in(Unit::Milliseconds, place, count)
    }

    /// The same in a unit: by metres of walking, too.
    ///
    /// # Errors
    /// [`WalkerError::OffTheEarth`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    pub fn nearest_in(
        &self,
        unit: Unit,
        place: impl Into<Coord<f64>>,
        count: usize,
    ) -> Result<Vec<NearestStation>, Error> {
        let entrances = self.entrances(place.into())?;
        let Parts { placed, .. } = &*self.0;
        let (prepared, pool) = self.for_stations(unit, Control::default())?;
        let stations = self.turned();
        let impedance = placed.impedance(unit)?;
        let around = Around::from_prepared(prepared, placed.network(), impedance, stations, pool);
        let nearest = around.nearest(&entrances, count).into_iter();
        let nearest = nearest.map(|(station, cost)| NearestStation {
            station: StationId(station.0),
            cost: u64::from(cost),
        });
        Ok(nearest.collect())
    }

    /// Prepares what [`within`](Self::within) and [`nearest`](Self::nearest) need in a unit, which their first calls do else.
    ///
    /// # Errors
    /// [`Error::Cancelled`], and what [`Impedance::lengths`](crate::network::Impedance::lengths) refuses.
    ///
    /// # Complexity
    /// O(n log n) in the junctions, the residents and the stations.
    pub fn prepare(&self, unit: Unit, control: Control<'_>) -> Result<(), Error> {
        self.for_stations(unit, control)?;
        Ok(())
    }

    /// Who is covered, by whom, and why not. The largest cutoff decides, of minutes and metres the minutes.
    ///
    /// # Errors
    /// [`Error::Tests`] without a cutoff; those of [`times`](Self::times).
    ///
    /// # Complexity
    /// That of [`times`](Self::times), twice where both units are asked.
    pub fn coverage(&self, cutoffs: &[Cutoff], control: Control<'_>) -> Result<Coverage, Error> {
        let tests = Tests::new(cutoffs.iter().copied())?;
        let placed = self.placed();
        Ok(Coverage::new(placed, self.records(), tests, &[], control)?)
    }

    /// The same by area, in the order of the areas: `coverage` is one of this city.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`].
    ///
    /// # Complexity
    /// One point-in-polygon test per resident and area whose bounding box holds it.
    pub fn areas(&self, coverage: &Coverage) -> Result<Areas, WalkerError> {
        let people = &self.0.people;
        Areas::new(&people.areas, &people.residents, coverage)
    }

    /// Why a resident is not covered; `None` for one who is. `coverage` is one of this city.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`], and [`WalkerError::Unknown`] where there is no such resident.
    pub fn reason(
        &self,
        coverage: &Coverage,
        resident: ResidentId,
    ) -> Result<Option<Reason>, WalkerError> {
        coverage.reason_in(self.records(), self.placed().snapped(), resident)
    }

    /// The same city as one that can be edited, behind walls too: stations come, move and go, streets close and open. The city
    /// itself stays as it is.
    ///
    /// # Errors
    /// Those of [`coverage`](Self::coverage).
    ///
    /// # Complexity
    /// That of [`coverage`](Self::coverage).
    pub fn live(&self, cutoffs: &[Cutoff], control: Control<'_>) -> Result<LiveCoverage, Error> {
        let tests = Tests::new(cutoffs.iter().copied())?;
        let Parts { placed, .. } = &*self.0;
        Ok(LiveCoverage::new(placed, self.records(), tests, control)?)
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Network {
        self.0.placed.network()
    }

    /// Everybody on the streets, with the searches between them.
    #[must_use]
    pub fn placed(&self) -> &Placed {
        &self.0.placed
    }

    /// The number of stations, which are numbered from 0; rows that share an id are one.
    #[must_use]
    pub fn station_count(&self) -> usize {
        self.0.placed.snapped().station_count()
    }

    /// A station's first row.
    ///
    /// # Errors
    /// [`WalkerError::Unknown`].
    pub fn station(&self, station: StationId) -> Result<&Station, WalkerError> {
        self.has_station(station)?;
        let first = &self.0.placed.snapped().entrances(station)[0];
        Ok(&self.0.stations[first.row as usize])
    }

    /// The residents' records, in the order of their ids.
    #[must_use]
    pub fn residents(&self) -> &[Resident] {
        &self.0.people.residents
    }

    /// The records as other rooms take them.
    fn records(&self) -> model::CityRecords<'_> {
        let Parts {
            stations, people, ..
        } = &*self.0;
        model::CityRecords {
            stations,
            residents: &people.residents,
            areas: &people.areas,
        }
    }

    fn has_station(&self, station: StationId) -> Result<(), WalkerError> {
        UnknownId::check(Numbered::Station, station.index(), self.station_count())?;
        Ok(())
    }

    /// Where somebody at a place joins the network.
    fn entrances(&self, place: Coord<f64>) -> Result<Vec<Snap>, WalkerError> {
        if is_on_earth(place) {
            Ok(self.0.placed.snapper().ways_onto_streets(place))
        } else {
            let Coord { x: lon, y: lat } = place;
            Err(WalkerError::OffTheEarth { lon, lat })
        }
    }

    fn searches(&self, unit: Unit) -> &Searches {
        match unit {
            Unit::Milliseconds => &self.0.by_minutes,
            Unit::Millimetres => &self.0.by_metres,
        }
    }

    /// The stations where residents stand.
    fn turned(&self) -> &Snapped {
        let Parts { placed, turned, .. } = &*self.0;
        turned.get_or_init(|| placed.snapped().stations_as_residents())
    }

    /// What searches for stations need.
    fn for_stations(
        &self,
        unit: Unit,
        control: Control<'_>,
    ) -> Result<&(Prepared, Pool), WalkerError> {
        let prepared = &self.searches(unit).for_stations;
        if let Some(prepared) = prepared.get() {
            return Ok(prepared);
        }
        let Parts { placed, .. } = &*self.0;
        let (network, impedance) = (placed.network(), placed.impedance(unit)?);
        let of_residents = placed.prepared(unit, control)?;
        let turned = of_residents.turned(network, impedance, self.turned(), control)?;
        Ok(prepared.get_or_init(|| (turned, Pool::default())))
    }
}
