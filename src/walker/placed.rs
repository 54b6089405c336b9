//! Stations and residents on one walker's streets, with the searches between them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use geo_types::Coord;

use super::{Walker, WalkerError};
use crate::control::{Cancelled, Control};
use crate::id::ResidentId;
use crate::model::{CityRecords, Dwelling, Profile, Resident, Station};
use crate::network::{Impedance, Islands, Network, NetworkError};
use crate::search::{Engine, Prepared, Reaches, TravelTimes, Trip};
use crate::snap::{HomeWays, Indoors, Snapped, Snapper};
use crate::units::{Cost, Cutoff, OtherUnit, Unit};

/// Stations and residents on one walker's streets. What a search needs is prepared when one is first asked for, and used again
/// by all that follow, also with other stations. A clone shares it.
///
/// ```
/// use geo_types::coord;
/// use pedshed::control::Control;
/// use pedshed::model::{Profile, Resident, Station, WayKind};
/// use pedshed::network::Network;
/// use pedshed::search::Trip;
/// use pedshed::units::{Cutoff, Unit};
/// use pedshed::walker::{Placed, WalkOptions, Walker};
/// let ends = [coord! { x: 9.50, y: 47.1 }, coord! { x: 9.51, y: 47.1 }];
/// let network = Network::from_edges(&ends, &[(0, 1, WayKind::Street)])?;
/// let walker = Walker::new(&network, &Profile::adult(), WalkOptions::default())?;
/// let (clinic, home) = (Station::new("clinic", 9.50, 47.1), Resident::new("home", 9.505, 47.1));
/// let placed = Placed::new(&walker, &[clinic], &[home], Trip::ToStation, Control::default())?;
/// let times = placed.engine(Unit::Milliseconds, Control::default())?;
/// let times = times.travel_times(Some(Cutoff::minutes(5.0)?), Control::default())?;
/// assert_eq!(times.pair_count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Placed {
    walker: Walker,
    snapped: Arc<Snapped>,
    trip: Trip,
    records: Fingerprints,
    searches: Arc<Searches>,
}

/// Which records were placed, told from others; nothing of points that were snapped elsewhere.
#[derive(Clone, Copy, Debug, Default)]
struct Fingerprints {
    stations: Option<u64>,
    residents: Option<u64>,
}

impl Fingerprints {
    fn of_stations(stations: &[Station]) -> u64 {
        mixed(
            stations
                .iter()
                .map(|row| place_bits(row.place.as_ref().ok().copied())),
        )
    }

    fn of_residents(residents: &[Resident]) -> u64 {
        mixed(residents.iter().map(|record| {
            let [x, y] = place_bits(record.valid_place());
            let Dwelling { storey, lift } = record.dwelling;
            let lift = lift.map_or(0, |lift| 1 + lift as u64);
            let dwelling = u64::from(storey.unwrap_or(0)) << 56 | lift << 52;
            [x, y ^ record.people.thousandths() ^ dwelling]
        }))
    }
}

fn place_bits(place: Option<Coord<f64>>) -> [u64; 2] {
    place.map_or([u64::MAX; 2], |Coord { x, y }| [x.to_bits(), y.to_bits()])
}

/// A number that other lists hardly have: their words by turns multiplied and shifted, as in Knuth's hashing.
fn mixed(words: impl Iterator<Item = [u64; 2]>) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    words.flatten().fold(FACTOR, |sum, word| {
        let sum = (sum ^ word).wrapping_mul(FACTOR);
        sum ^ (sum >> 29)
    })
}

/// What is prepared for the residents; stations do not matter.
#[derive(Debug, Default)]
struct Searches {
    times: OnceLock<Prepared>,
    lengths: OnceLock<Prepared>,
}

impl Placed {
    /// Snaps stations and residents to the walker's streets.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// O(log n) per record in the segments of streets.
    pub fn new(
        walker: &Walker,
        stations: &[Station],
        residents: &[Resident],
        trip: Trip,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        control.check()?;
        let snapper = walker.snapper();
        let ways = walker.home_ways(residents);
        let snapped = snapper.snap_points(stations, residents, &ways, control)?;
        let records = Fingerprints {
            stations: Some(Fingerprints::of_stations(stations)),
            residents: Some(Fingerprints::of_residents(residents)),
        };
        Ok(Self {
            records,
            ..Self::snapped_so(walker, Arc::new(snapped), trip)
        })
    }

    /// With points that are snapped already.
    ///
    /// # Errors
    /// [`WalkerError::OtherNetwork`] where a point stands on a street that the walker's network does not have,
    /// [`WalkerError::OtherSnapping`] where they were snapped with other options than the walker's.
    pub fn from_snapped(
        walker: &Walker,
        snapped: Snapped,
        trip: Trip,
    ) -> Result<Self, WalkerError> {
        if snapped.options() != walker.options().snap {
            return Err(WalkerError::OtherSnapping);
        }
        let of = walker.network().edge_count();
        let stations = snapped.stations();
        let entrances = stations.flat_map(|station| snapped.station_snaps(station));
        let mut snaps = snapped
            .homes_on_network()
            .map(|(_, snap)| snap)
            .chain(entrances);
        if let Some(stray) = snaps.find(|snap| snap.edge.index() >= of) {
            let streets = stray.edge.index();
            return Err(WalkerError::OtherNetwork { streets, of });
        }
        drop(snaps);
        Ok(Self::snapped_so(walker, Arc::new(snapped), trip))
    }

    fn snapped_so(walker: &Walker, snapped: Arc<Snapped>, trip: Trip) -> Self {
        Self {
            walker: walker.clone(),
            snapped,
            trip,
            records: Fingerprints::default(),
            searches: Arc::default(),
        }
    }

    /// The same city where everybody lives at the street door. What is prepared of the streets is shared.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn at_street_level(
        &self,
        city: CityRecords<'_>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let walker = self.walker.at_street_level();
        let placed = Self::new(&walker, city.stations, city.residents, self.trip, control)?;
        if let Some(known) = self.searches.times.get() {
            let (network, times) = (self.network(), self.walker.times());
            let prepared = known.with_residents(network, times, &placed.snapped);
            placed.searches.times.get_or_init(|| prepared);
        }
        Ok(placed)
    }

    /// The same points for another walker, who uses the same streets and is shut in by the same stairs. The residents are those
    /// who were placed.
    pub(crate) fn walked_by(&self, walker: &Walker, residents: &[Resident]) -> Self {
        let snapped = if self.counts_storeys(residents) {
            Arc::new(self.snapped.leaving_by(walker.home_ways(residents)))
        } else {
            Arc::clone(&self.snapped)
        };
        Self {
            records: self.records,
            ..Self::snapped_so(walker, snapped, self.trip)
        }
    }

    /// Everybody on the network, as somebody leaves home who walks at another speed.
    pub(crate) fn snapped_of(&self, residents: &[Resident], profile: &Profile) -> Cow<'_, Snapped> {
        if self.counts_storeys(residents) {
            let ways = HomeWays::new(residents, profile);
            Cow::Owned(self.snapped.leaving_by(ways))
        } else {
            Cow::Borrowed(&self.snapped)
        }
    }

    /// What the trip of a resident costs inside the building; nothing of who cannot get down.
    pub(crate) fn indoors(&self, resident: ResidentId, unit: Unit) -> Cost {
        let way = self.snapped.ways().of(resident);
        way.map_or(0, |way| self.indoors_on(way, unit))
    }

    /// What a trip costs inside a building.
    pub(crate) fn indoors_on(&self, Indoors { out, back }: Indoors, unit: Unit) -> Cost {
        match (unit, self.trip) {
            (Unit::Millimetres, _) => 0,
            (Unit::Milliseconds, Trip::ToStation) => out,
            (Unit::Milliseconds, Trip::FromStation) => back,
            (Unit::Milliseconds, Trip::RoundTrip) => out.saturating_add(back),
        }
    }

    /// Whether the storeys of these residents count: some are known, and the walker pays for stairs.
    pub(crate) fn counts_storeys(&self, residents: &[Resident]) -> bool {
        let pays = self.walker.profile().is_some() && !self.walker.options().street_level;
        pays && residents.iter().any(|one| one.dwelling.storey.is_some())
    }

    /// Whether these are the residents who were placed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`].
    pub(crate) fn has_residents(&self, residents: &[Resident]) -> Result<(), WalkerError> {
        let is_same = |known: u64| known == Fingerprints::of_residents(residents);
        let is_as_many = residents.len() == self.snapped.residents().len();
        if is_as_many && self.records.residents.is_none_or(is_same) {
            Ok(())
        } else {
            Err(WalkerError::OtherCity)
        }
    }

    /// Whether this is the city that was placed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`].
    pub(crate) fn has(&self, city: CityRecords<'_>) -> Result<(), WalkerError> {
        self.has_residents(city.residents)?;
        let rows = self
            .snapped
            .stations()
            .flat_map(|station| self.snapped.entrances(station));
        let rows = rows
            .map(|entrance| entrance.row as usize + 1)
            .max()
            .unwrap_or(0);
        let is_same = |known: u64| known == Fingerprints::of_stations(city.stations);
        if rows == city.stations.len() && self.records.stations.is_none_or(is_same) {
            Ok(())
        } else {
            Err(WalkerError::OtherCity)
        }
    }

    /// The same residents with other stations. What is prepared is shared.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn with_stations(
        &self,
        stations: &[Station],
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let snapper = self.snapper();
        let snapped = snapper.with_stations(&self.snapped, stations, control)?;
        let records = Fingerprints {
            stations: Some(Fingerprints::of_stations(stations)),
            ..self.records
        };
        Ok(Self {
            snapped: Arc::new(snapped),
            records,
            ..self.clone()
        })
    }

    /// The same points where no wall is seen any more, and where they have joined the streets.
    #[cfg(feature = "isochrone")]
    pub(crate) fn without_walls(&self) -> Self {
        Self {
            walker: self.walker.without_walls(),
            ..self.clone()
        }
    }

    /// The walker.
    #[must_use]
    pub fn walker(&self) -> &Walker {
        &self.walker
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Network {
        self.walker.network()
    }

    /// What nothing snaps to.
    pub(crate) fn islands(&self) -> &Islands {
        self.walker.islands()
    }

    /// Everybody on the network.
    #[must_use]
    pub fn snapped(&self) -> &Snapped {
        &self.snapped
    }

    /// Which walk is measured.
    #[must_use]
    pub fn trip(&self) -> Trip {
        self.trip
    }

    /// What the walker pays in a unit.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses.
    pub fn impedance(&self, unit: Unit) -> Result<&Impedance, NetworkError> {
        self.walker.impedance(unit)
    }

    /// Snaps as everybody was snapped.
    #[must_use]
    pub fn snapper(&self) -> Snapper<'_> {
        self.walker.snapper()
    }

    /// The searches in a unit.
    ///
    /// # Errors
    /// What [`Impedance::lengths`] refuses, and [`WalkerError::Cancelled`].
    ///
    /// # Complexity
    /// The first one prepares them, O(n log n) in the junctions and in the residents; further ones cost the stations alone.
    pub fn engine(&self, unit: Unit, control: Control<'_>) -> Result<Engine<'_>, WalkerError> {
        let prepared = self.prepared(unit, control)?.clone();
        let impedance = self.impedance(unit)?;
        Ok(Engine::from_prepared(
            prepared,
            self.network(),
            impedance,
            &self.snapped,
        ))
    }

    /// The searches for places instead of residents.
    ///
    /// # Errors
    /// Those of [`engine`](Self::engine).
    ///
    /// # Complexity
    /// That of [`engine`](Self::engine).
    pub fn reaches(&self, unit: Unit, control: Control<'_>) -> Result<Reaches<'_>, WalkerError> {
        Ok(Reaches::from_engine(self.engine(unit, control)?))
    }

    /// Who is within the cutoff of which station, and everybody's nearest station; without a cutoff these alone. Stations without a
    /// resident near enough as the crow flies are left out of the search; `city` is the one that was placed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`], [`WalkerError::Unit`] where the cutoff counts another unit, and those of
    /// [`engine`](Self::engine).
    ///
    /// # Complexity
    /// O(m log m) per station in the streets within the cutoff; one sweep of the network.
    pub fn travel_times(
        &self,
        city: CityRecords<'_>,
        unit: Unit,
        cutoff: Option<Cutoff>,
        control: Control<'_>,
    ) -> Result<TravelTimes, WalkerError> {
        self.has(city)?;
        if let Some(cutoff) = cutoff {
            OtherUnit::check(cutoff.unit(), unit)?;
        }
        let engine = self.engine(unit, control)?;
        Ok(TravelTimes::from_engine(&engine, city, cutoff, control)?)
    }

    /// What is prepared for the searches in a unit.
    pub(crate) fn prepared(
        &self,
        unit: Unit,
        control: Control<'_>,
    ) -> Result<&Prepared, WalkerError> {
        let prepared = match unit {
            Unit::Milliseconds => &self.searches.times,
            Unit::Millimetres => &self.searches.lengths,
        };
        if let Some(prepared) = prepared.get() {
            return Ok(prepared);
        }
        let (network, impedance) = (self.network(), self.impedance(unit)?);
        let made = Prepared::new(network, impedance, &self.snapped, self.trip, control)?;
        Ok(prepared.get_or_init(|| made))
    }
}
