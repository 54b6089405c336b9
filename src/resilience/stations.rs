//! Who depends on one station alone, and what closing each station costs.

use super::loss::{Loss, Walk, ranked};
use super::pairs::{PairLoss, pair_losses};
use crate::control::Control;
use crate::coverage::Tally;
use crate::id::{Numbered, ResidentId, StationId, UnknownId};
use crate::model::CityRecords;
use crate::search::{NearestStation, NearestStations, TravelTimes};
use crate::units::{Cutoff, People};
use crate::walker::{Placed, WalkerError};

/// How many of the worst stations are closed two by two, where nothing else is asked.
pub const PAIRS_AMONG: usize = 50;

/// On how many stations somebody depends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Dependence {
    /// How many stations are within the cutoff.
    pub stations: u32,
    /// The only one, where there is one alone.
    pub only: Option<StationId>,
    /// The nearest station at any distance.
    pub nearest: Option<NearestStation>,
    /// The next one, to which they go when the nearest is closed.
    pub second: Option<NearestStation>,
}

impl Dependence {
    /// What the walk is longer by when the nearest station is closed: milliseconds, or millimetres. `None` where there is no other
    /// station, or none at all.
    #[must_use]
    pub fn added(&self) -> Option<u64> {
        Some(self.second?.cost - self.nearest?.cost)
    }
}

/// What the closing of stations costs: of each one, and of each two of the worst.
///
/// Nothing is searched again. Whoever goes to a station that closes goes to the next one, and everybody's next stations come from one
/// sweep of the network.
///
/// ```
/// use pedshed::prelude::*;
/// use pedshed::resilience::StationClosures;
///
/// // A street of 2,226 m with a station at each end.
/// let places = [(9.50, 0.0), (9.51, 0.0), (9.52, 0.0)];
/// let city = City::from_edges(&places, &[(0, 1), (1, 2)])?
///     .stations(vec![Station::new("west", 9.50, 0.0), Station::new("east", 9.52, 0.0)])
///     .residents(vec![Resident::new("a", 9.505, 0.0), Resident::new("b", 9.51, 0.0)])
///     .build()?;
/// let closures = city.station_closures(Cutoff::minutes(15.0)?, Control::default())?;
/// // The one in the middle has both within a quarter of an hour, the other one alone.
/// assert_eq!(closures.dependence()[0].only, Some(StationId(0)));
/// assert_eq!(closures.dependence()[1].stations, 2);
/// assert_eq!(closures.loss(StationId(0))?.lost.records, 1);
/// assert_eq!(closures.worst(), [StationId(0), StationId(1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StationClosures {
    deciding: Cutoff,
    dependence: Vec<Dependence>,
    /// By station.
    circles: Vec<Tally>,
    losses: Vec<Loss>,
    pairs: Vec<PairLoss>,
}

impl StationClosures {
    /// Closes each station of a city, and each two of those `pairs_among` whose closing costs most. `city` is the one that was placed.
    ///
    /// # Errors
    /// [`WalkerError::OtherCity`], [`WalkerError::Cancelled`], and what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff counts metres.
    ///
    /// # Complexity
    /// One search from each station, and one sweep of the network in which every junction is settled three times.
    pub fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        cutoff: Cutoff,
        pairs_among: usize,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        let times = placed.travel_times(city, cutoff.unit(), Some(cutoff), control)?;
        Self::from_times(placed, city, &times, cutoff, pairs_among, control)
    }

    /// The same where the walks within the cutoff are known.
    pub(crate) fn from_times(
        placed: &Placed,
        city: CityRecords<'_>,
        times: &TravelTimes,
        cutoff: Cutoff,
        pairs_among: usize,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        placed.has(city)?;
        let people = city.people();
        let engine = placed.engine(cutoff.unit(), control)?;
        // The third is who is left when two are closed.
        let nearest = engine.nearest_stations(3, control)?;
        control.check()?;
        let dependence = dependence(times, &nearest)?;
        let station_count = times.station_count();
        let mut losses = vec![Loss::default(); station_count];
        for (known, people) in dependence.iter().zip(&people) {
            if let Some(first) = known.nearest {
                let walk = Walk {
                    before: Some(first.cost),
                    after: known.second.map(|second| second.cost),
                };
                losses[first.station.index()].count(*people, walk, cutoff.cost());
            }
        }
        let worst: Vec<StationId> = ranked(&losses)
            .into_iter()
            .take(pairs_among)
            .map(StationId::new)
            .collect();
        let pairs = pair_losses(&worst, &losses, &nearest, &people, cutoff.cost())?;
        Ok(Self {
            deciding: cutoff,
            circles: circles(times, &people),
            dependence,
            losses,
            pairs,
        })
    }

    /// Within which walk a station serves somebody.
    #[must_use]
    pub fn cutoff(&self) -> Cutoff {
        self.deciding
    }

    /// On how many stations each resident record depends, in input order.
    #[must_use]
    pub fn dependence(&self) -> &[Dependence] {
        &self.dependence
    }

    /// The people of some residents by how many stations are within their cutoff: none, one, two, more.
    #[must_use]
    pub fn by_count(&self, people: &[People]) -> [Tally; 4] {
        let mut by_count = [Tally::default(); 4];
        for (known, people) in self.dependence.iter().zip(people) {
            by_count[known.stations.min(3) as usize].add(*people);
        }
        by_count
    }

    /// Who is within the cutoff of a station.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn circle(&self, station: StationId) -> Result<Tally, UnknownId> {
        let index = UnknownId::check(Numbered::Station, station.index(), self.circles.len())?;
        Ok(self.circles[index])
    }

    /// What closing a station costs.
    ///
    /// # Errors
    /// [`UnknownId`] when there is no such station.
    pub fn loss(&self, station: StationId) -> Result<&Loss, UnknownId> {
        let index = UnknownId::check(Numbered::Station, station.index(), self.losses.len())?;
        Ok(&self.losses[index])
    }

    /// The stations, the one whose closing costs most first.
    #[must_use]
    pub fn worst(&self) -> Vec<StationId> {
        let worst = ranked(&self.losses).into_iter();
        worst.map(StationId::new).collect()
    }

    /// What closing two of the worst stations costs, the worst pair first.
    #[must_use]
    pub fn pairs(&self) -> &[PairLoss] {
        &self.pairs
    }
}

/// From the rows of the table, who has how many stations; from the sweep, the nearest ones.
fn dependence(
    times: &TravelTimes,
    nearest: &NearestStations,
) -> Result<Vec<Dependence>, UnknownId> {
    let mut list = vec![Dependence::default(); nearest.resident_count()];
    for station in (0..times.station_count()).map(StationId::new) {
        for (resident, _) in times.row_of(station) {
            let known = &mut list[resident.index()];
            known.stations += 1;
            known.only = (known.stations == 1).then_some(station);
        }
    }
    for (resident, known) in list.iter_mut().enumerate() {
        let mut stations = nearest.of(ResidentId::new(resident))?.iter().copied();
        known.nearest = stations.next();
        known.second = stations.next();
    }
    Ok(list)
}

fn circles(times: &TravelTimes, people: &[People]) -> Vec<Tally> {
    let stations = (0..times.station_count()).map(StationId::new);
    let circle = |station| {
        let mut tally = Tally::default();
        for (resident, _) in times.row_of(station) {
            tally.add(people[resident.index()]);
        }
        tally
    };
    stations.map(circle).collect()
}
