//! How a city is put together: what is given is checked when it is built, and never after.

use std::fmt;
use std::sync::Arc;

use geo_types::Coord;

use super::{City, People};
use crate::control::Control;
use crate::error::Error;
use crate::id::EdgeId;
use crate::model::{Area, Compounds, Profile, Resident, Station, WayKind};
use crate::network::{Direction, Impedance, Network};
use crate::search::Trip;
use crate::units::{CLOSED, COST_SCALE, Cost, Unit};
use crate::walker::{Placed, WalkOptions, Walker, WalkerError};

/// What an edge costs in a direction, in milliseconds; `None` where it may not be walked.
type OwnCosts<'a> = Box<dyn Fn(EdgeId, Direction) -> Option<Cost> + 'a>;
/// How long it is, in metres.
type OwnMetres<'a> = Box<dyn Fn(EdgeId, Direction) -> Option<f64> + 'a>;

/// A city that is being put together: [`City::on`] and its like begin one, [`build`](Self::build) ends it.
pub struct CityBuilder<'a> {
    network: Network,
    stations: Vec<Station>,
    residents: Vec<Resident>,
    areas: Vec<Area>,
    walls: Compounds,
    profile: Profile,
    trip: Trip,
    options: WalkOptions,
    own_costs: Option<OwnCosts<'a>>,
    own_metres: Option<OwnMetres<'a>>,
    control: Control<'a>,
    #[cfg(feature = "isochrone")]
    water: Vec<geo_types::Polygon<f64>>,
}

impl fmt::Debug for CityBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CityBuilder")
            .field("profile", &self.profile)
            .field("trip", &self.trip)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl City {
    /// A city on these streets.
    #[must_use]
    pub fn on<'a>(network: Network) -> CityBuilder<'a> {
        CityBuilder::new(network)
    }

    /// A city on streets between these places, longitude and latitude in degrees: each from one place to another, walked both ways
    /// and straight. Streets of other kinds: [`Network::from_edges`], then [`City::on`].
    ///
    /// # Errors
    /// What [`Network::from_edges`] refuses.
    pub fn from_edges<'a>(
        places: &[impl Into<Coord<f64>> + Copy],
        streets: &[(u32, u32)],
    ) -> Result<CityBuilder<'a>, Error> {
        let places: Vec<Coord<f64>> = places.iter().map(|place| (*place).into()).collect();
        let streets = streets
            .iter()
            .map(|(from, to)| (*from, *to, WayKind::Street));
        let streets: Vec<(u32, u32, WayKind)> = streets.collect();
        Ok(Self::on(Network::from_edges(&places, &streets)?))
    }
}

impl<'a> CityBuilder<'a> {
    fn new(network: Network) -> Self {
        Self {
            network,
            stations: Vec::new(),
            residents: Vec::new(),
            areas: Vec::new(),
            walls: Compounds::default(),
            profile: Profile::adult(),
            trip: Trip::default(),
            options: WalkOptions::default(),
            own_costs: None,
            own_metres: None,
            control: Control::default(),
            #[cfg(feature = "isochrone")]
            water: Vec::new(),
        }
    }

    /// Where services are. Default: nowhere.
    #[must_use]
    pub fn stations(self, stations: Vec<Station>) -> Self {
        Self { stations, ..self }
    }

    /// Where people live. Default: nowhere.
    #[must_use]
    pub fn residents(self, residents: Vec<Resident>) -> Self {
        Self { residents, ..self }
    }

    /// What to sum by. Default: nothing.
    #[must_use]
    pub fn areas(self, areas: Vec<Area>) -> Self {
        Self { areas, ..self }
    }

    /// The walls that no straight leg crosses, and the gates in them. Default: none.
    #[must_use]
    pub fn walls(self, walls: Compounds) -> Self {
        Self { walls, ..self }
    }

    /// Who walks. Default: an adult.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// Which walk is measured. Default: to the station.
    #[must_use]
    pub fn trip(self, trip: Trip) -> Self {
        Self { trip, ..self }
    }

    /// How points join the streets.
    #[must_use]
    pub fn walk_options(self, options: WalkOptions) -> Self {
        Self { options, ..self }
    }

    /// Your own milliseconds for each edge and direction, in the place of the profile's: `None` where it may not be walked.
    /// Straight legs are still walked at the profile's level speed.
    #[must_use]
    pub fn own_costs(self, costs: impl Fn(EdgeId, Direction) -> Option<Cost> + 'a) -> Self {
        Self {
            own_costs: Some(Box::new(costs)),
            ..self
        }
    }

    /// Your own metres for each edge and direction: `None` where it may not be walked. Without costs of your own they are walked
    /// at the profile's level speed.
    #[must_use]
    pub fn own_metres(self, metres: impl Fn(EdgeId, Direction) -> Option<f64> + 'a) -> Self {
        Self {
            own_metres: Some(Box::new(metres)),
            ..self
        }
    }

    /// Where nobody stands: rivers and lakes, which are left out of the ground that is drawn. Default: nowhere.
    #[cfg(feature = "isochrone")]
    #[must_use]
    pub fn water(self, water: Vec<geo_types::Polygon<f64>>) -> Self {
        Self { water, ..self }
    }

    /// Reports what building does, and stops it when the caller says so.
    #[must_use]
    pub fn watched(self, control: Control<'a>) -> Self {
        Self { control, ..self }
    }

    /// Checks everything, and puts stations and residents on the streets.
    ///
    /// # Errors
    /// [`Error::Walker`] where an option or a cost of your own cannot be meant; what [`Impedance::times`] refuses;
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    /// O(n log n) in the streets, and O(log n) for each record.
    pub fn build(self) -> Result<City, Error> {
        self.options.check()?;
        let walker = self.walker()?.behind(&self.walls);
        self.control.check()?;
        let (trip, control) = (self.trip, self.control);
        let placed = Placed::new(&walker, &self.stations, &self.residents, trip, control)?;
        let people = People {
            residents: self.residents,
            areas: self.areas,
            #[cfg(feature = "isochrone")]
            water: self.water,
        };
        Ok(City::new(placed, self.stations, Arc::new(people)))
    }

    /// Who walks: by the profile, or by costs of their own.
    fn walker(&self) -> Result<Walker, Error> {
        let network = &self.network;
        if self.own_costs.is_none() && self.own_metres.is_none() {
            return Ok(Walker::new(network, &self.profile, self.options)?);
        }
        let lengths = self.own_lengths()?;
        let ms_per_metre = 3.6 / self.profile.level_kmh() * COST_SCALE;
        let time = |edge: EdgeId, direction: Direction| match (&self.own_costs, &lengths) {
            (Some(costs), _) => costs(edge, direction).unwrap_or(CLOSED),
            (None, Some(lengths)) => {
                let metres = lengths.cost(edge, direction);
                let metres = metres.map(|millimetres| f64::from(millimetres) / COST_SCALE);
                metres.map_or(CLOSED, |metres| (metres * ms_per_metre).round() as Cost)
            }
            (None, None) => CLOSED,
        };
        let times = Impedance::from_costs(network, Unit::Milliseconds, ms_per_metre, time);
        Ok(Walker::with_costs(network, times, lengths, self.options)?)
    }

    /// The metres of your own in millimetres.
    fn own_lengths(&self) -> Result<Option<Impedance>, WalkerError> {
        let Some(metres) = &self.own_metres else {
            return Ok(None);
        };
        let mut wrong = None;
        let length = |edge: EdgeId, direction: Direction| {
            let Some(metres) = metres(edge, direction) else {
                return CLOSED;
            };
            let millimetres = (metres * COST_SCALE).round();
            if (0.0..f64::from(CLOSED)).contains(&millimetres) {
                return millimetres as Cost;
            }
            let edge = edge.index();
            wrong.get_or_insert(WalkerError::Length { edge, metres });
            CLOSED
        };
        let lengths = Impedance::from_costs(&self.network, Unit::Millimetres, COST_SCALE, length);
        wrong.map_or(Ok(Some(lengths)), Err)
    }
}

#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
impl City {
    /// A city that was read: its streets, stations, residents, areas, walls, and water where that was asked for.
    #[must_use]
    pub fn from_inputs<'a>(inputs: crate::inputs::Inputs) -> CityBuilder<'a> {
        CityBuilder {
            stations: inputs.stations,
            residents: inputs.residents,
            areas: inputs.areas,
            walls: inputs.compounds,
            #[cfg(feature = "isochrone")]
            water: inputs.surroundings.water,
            ..City::on(inputs.network)
        }
    }
}
