//! Groups of stations: how far everybody is from the nearest of some, by time, by metres of walking and as the crow flies.

use geo_types::Coord;

use crate::control::{Cancelled, Control};
use crate::id::{ResidentId, StationId};
use crate::model::{CityRecords, Resident};
use crate::parallel;
use crate::search::{Engine, NearestStation, TravelTimes};
use crate::snap::{Snapped, StationTree};
use crate::units::{Cutoff, Unit};
use crate::walker::{Placed, WalkerError};

/// Places per parallel task of the straight-line question.
const PLACE_CHUNK: usize = 512;

/// A group of stations: by station whether it belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StationGroup(Vec<bool>);

impl StationGroup {
    /// The stations of `count` that belong to it.
    pub fn new(count: usize, belongs: impl Fn(StationId) -> bool) -> Self {
        Self(
            (0..count as u32)
                .map(|station| belongs(StationId(station)))
                .collect(),
        )
    }

    /// Whether a station belongs to it.
    #[must_use]
    pub fn has(&self, station: StationId) -> bool {
        self.0.get(station.index()).copied().unwrap_or(false)
    }

    /// Its stations, ascending.
    pub fn stations(&self) -> impl Iterator<Item = StationId> + '_ {
        (0..self.0.len() as u32)
            .map(StationId)
            .filter(|station| self.has(*station))
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().filter(|belongs| **belongs).count()
    }

    /// Whether no station belongs to it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Those that belong to both.
    #[must_use]
    pub fn and(&self, other: &StationGroup) -> Self {
        let both = self
            .0
            .iter()
            .zip(&other.0)
            .map(|(one, other)| *one && *other);
        Self(both.collect())
    }
}

/// Everybody's nearest station of a group at any distance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// By time, in input order.
    pub times: Vec<Option<NearestStation>>,
    /// By metres of walking.
    pub lengths: Vec<Option<NearestStation>>,
}

impl Nearest {
    /// The nearest station in the unit of a cutoff.
    #[must_use]
    pub fn of(&self, resident: ResidentId, unit: Unit) -> Option<NearestStation> {
        let list = match unit {
            Unit::Milliseconds => &self.times,
            Unit::Millimetres => &self.lengths,
        };
        list[resident.index()]
    }

    /// Whether a resident has a station of the group within a cutoff, inclusive.
    #[must_use]
    pub fn is_within(&self, resident: ResidentId, cutoff: Cutoff) -> bool {
        let nearest = self.of(resident, cutoff.unit());
        nearest.is_some_and(|nearest| nearest.cost <= u64::from(cutoff.cost()))
    }
}

/// One walker's city, to be asked about any group of its stations.
///
/// The search is prepared once; each group costs one sweep of the network in each unit, not a search per station.
#[derive(Debug)]
pub struct Survey<'a> {
    times: Engine<'a>,
    lengths: Engine<'a>,
    snapped: &'a Snapped,
    city: CityRecords<'a>,
}

impl<'a> Survey<'a> {
    /// Prepares the search, where it is not there already. `city` is the one that was placed.
    ///
    /// # Errors
    /// What [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, [`WalkerError::Cancelled`],
    /// and [`WalkerError::OtherCity`].
    pub fn new(
        placed: &'a Placed,
        city: CityRecords<'a>,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        // Of stations that are not open on the day that is asked the records say where they would be.
        placed.has_residents(city.residents)?;
        let engine = |unit| move || placed.engine(unit, control);
        let (times, lengths) =
            parallel::join(engine(Unit::Milliseconds), engine(Unit::Millimetres));
        Ok(Self {
            times: times?,
            lengths: lengths?,
            snapped: placed.snapped(),
            city,
        })
    }

    /// The city that it asks about.
    #[must_use]
    pub fn city(&self) -> CityRecords<'a> {
        self.city
    }

    /// The group of all stations.
    #[must_use]
    pub fn all_stations(&self) -> StationGroup {
        StationGroup::new(self.snapped.station_count(), |_| true)
    }

    /// Everybody on the network.
    #[must_use]
    pub fn snapped(&self) -> &'a Snapped {
        self.snapped
    }

    /// How far everybody is from the nearest station of a group, by time and by metres.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// One sweep of the network for times and one for lengths.
    pub fn nearest(
        &self,
        group: &StationGroup,
        control: Control<'_>,
    ) -> Result<Nearest, Cancelled> {
        let [times, lengths] = [Unit::Milliseconds, Unit::Millimetres]
            .map(|unit| move || self.nearest_in(unit, group, control));
        let (times, lengths) = parallel::join(times, lengths);
        Ok(Nearest {
            times: times?,
            lengths: lengths?,
        })
    }

    /// The same in one unit.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// One sweep of the network.
    pub(crate) fn nearest_in(
        &self,
        unit: Unit,
        group: &StationGroup,
        control: Control<'_>,
    ) -> Result<Vec<Option<NearestStation>>, Cancelled> {
        let some = self.snapped.with_only(|station| group.has(station));
        let engine = self.engine(unit).with_stations(&some);
        Ok(engine.all_travel_times(None, control)?.into_nearest())
    }

    /// Who is within a cutoff of each station of a group.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn table(
        &self,
        group: &StationGroup,
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<TravelTimes, Cancelled> {
        let some = self.snapped.with_only(|station| group.has(station));
        let engine = self.engine(cutoff.unit()).with_stations(&some);
        engine.all_travel_times(Some(cutoff), control)
    }

    /// The search that counts a unit.
    fn engine(&self, unit: Unit) -> &Engine<'a> {
        match unit {
            Unit::Milliseconds => &self.times,
            Unit::Millimetres => &self.lengths,
        }
    }

    /// Who lies within a straight line of a group, on the network or not: one answer per record.
    ///
    /// # Complexity
    /// One question of the station tree for each place; records that follow each other at one place share it.
    #[must_use]
    pub fn straight(&self, group: &StationGroup, radius_m: f64) -> Vec<bool> {
        let CityRecords {
            stations,
            residents,
            ..
        } = self.city;
        let entrances = group.stations().flat_map(|station| {
            let rows = self.snapped.entrances(station).iter();
            rows.filter_map(move |entrance| {
                let place = stations[entrance.row as usize].place.as_ref().ok()?;
                Some((station, *place))
            })
        });
        let tree = StationTree::new(entrances);
        let at_one_place: Vec<&[Resident]> = residents
            .chunk_by(|one, other| one.valid_place() == other.valid_place())
            .collect();
        let inside = parallel::map(&at_one_place, PLACE_CHUNK, |records| {
            let place: Option<Coord<f64>> = records[0].valid_place();
            place.is_some_and(|place| tree.is_within(place, radius_m))
        });
        let each = at_one_place.iter().zip(inside);
        each.flat_map(|(records, inside)| std::iter::repeat_n(inside, records.len()))
            .collect()
    }
}
