//! What closing each bridge, gate, crossing and lift costs.

use super::listed::Listed;
use super::loss::{Loss, Walk, ranked};
use super::moved::Movers;
use super::street::{StreetClosure, StreetKind};
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::model::{CityRecords, Compounds, MapMarks};
use crate::parallel;
use crate::search::{Closed, ClosingScratch, ClosingTimes, Trip};
use crate::units::{Cutoff, People};
use crate::walker::{Placed, WalkerError};

/// Closures per parallel task.
const CLOSURE_CHUNK: usize = 8;

/// What of the streets can be closed, and what closing each costs, one at a time.
///
/// While something is closed nobody walks along it or past it, and who joined the streets on it joins them at the next best place.
/// Nothing else moves: where a piece of streets is cut off, its people are cut off with it.
///
/// ```
/// use pedshed::geometry::Location;
/// use pedshed::model::{Compounds, MapMarks, Structure, StreetsBuilder, WayKind};
/// use pedshed::network::Network;
/// use pedshed::prelude::*;
/// use pedshed::resilience::{StreetClosures, StreetKind};
///
/// // A street of 2,226 m whose middle third is a bridge.
/// let at = |lon_e7| Location { lon_e7, lat_e7: 0 };
/// let mut streets = StreetsBuilder::new([0, 66_667, 133_333, 200_000].map(at).to_vec());
/// streets.add_way(1, &[0, 1], WayKind::Street, None);
/// streets.add_way_on(Structure::Bridge, 2, &[1, 2], WayKind::Street, Some("Long Bridge"));
/// streets.add_way(3, &[2, 3], WayKind::Street, None);
/// let network = Network::build(&streets.finish(Vec::new()))?;
/// let city = City::on(network)
///     .stations(vec![Station::new("west", 0.0, 0.0)])
///     .residents(vec![Resident::new("near", 0.005, 0.0), Resident::new("over", 0.019, 0.0)])
///     .build()?;
/// let (cutoff, control) = (Cutoff::minutes(30.0)?, Control::default());
/// let closures = city.street_closures(&Compounds::default(), &MapMarks::default(), cutoff, control)?;
/// let bridge = &closures.list()[0];
/// assert_eq!((bridge.kind, bridge.name.as_deref()), (StreetKind::Bridge, Some("Long Bridge")));
/// assert_eq!(closures.losses()[0].cut_off.records, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StreetClosures {
    cutoff: Cutoff,
    list: Vec<StreetClosure>,
    losses: Vec<Loss>,
    bare_crossings: usize,
}

impl StreetClosures {
    /// Closes everything, one at a time. `compounds` are those behind whose walls the walker is, and `marks` what the map says of gates
    /// and crossings; bridges, lifts and the gates between private and public ways are the network's own. `city` is the one that was
    /// placed.
    ///
    /// # Errors
    /// [`WalkerError::OneWayOnly`] for a trip there and back; [`WalkerError::OtherCity`], [`WalkerError::Cancelled`], and what
    /// [`Impedance::lengths`](crate::network::Impedance::lengths) refuses, where the cutoff counts metres.
    ///
    /// # Complexity
    /// One search of the network, and for each closure O(m log m) in the junctions whose shortest walk goes by it and in the residents
    /// beside them.
    pub fn new(
        placed: &Placed,
        city: CityRecords<'_>,
        compounds: &Compounds,
        marks: &MapMarks,
        cutoff: Cutoff,
        control: Control<'_>,
    ) -> Result<Self, WalkerError> {
        placed.has(city)?;
        let is_to_station = match placed.trip() {
            Trip::ToStation => true,
            Trip::FromStation => false,
            Trip::RoundTrip => return Err(WalkerError::OneWayOnly),
        };
        let network = placed.network();
        let impedance = placed.impedance(cutoff.unit())?;
        let walls = placed.walker().walls().map(|walls| (walls, compounds));
        let listed = Listed::new(network, walls, marks);
        control.check()?;
        let snapped = placed.snapped();
        let times = ClosingTimes::new(network, impedance, snapped, is_to_station, control)?;
        let movers = Movers::new(placed, city, &times);
        let counting = Counting {
            times: &times,
            people: &city.people(),
            cutoff,
        };
        let steps = Steps::new(control, Stage::Search, listed.closures.len());
        let losses = parallel::map_with(
            listed.closures.len(),
            CLOSURE_CHUNK,
            || times.scratch(),
            |scratch, closure| {
                steps.step()?;
                let closed = movers.closed(&listed.closures[closure], control)?;
                Ok(counting.loss(&closed, scratch))
            },
        );
        Ok(Self {
            cutoff,
            losses: losses.into_iter().collect::<Result<_, Cancelled>>()?,
            list: listed.closures,
            bare_crossings: listed.bare_crossings,
        })
    }

    /// Within which walk a station serves somebody.
    #[must_use]
    pub fn cutoff(&self) -> Cutoff {
        self.cutoff
    }

    /// What can be closed: bridges, gates, crossings, lifts, each kind in the order of the network and of the map.
    #[must_use]
    pub fn list(&self) -> &[StreetClosure] {
        &self.list
    }

    /// What closing each costs.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Their positions, the one whose closing costs most first.
    #[must_use]
    pub fn worst(&self) -> Vec<usize> {
        ranked(&self.losses)
    }

    /// How many there are of a kind.
    #[must_use]
    pub fn count_of(&self, kind: StreetKind) -> usize {
        self.list.iter().filter(|one| one.kind == kind).count()
    }

    /// The crossings at which no way leads across, so that closing them closes nothing: people walk in the middle of the street there.
    #[must_use]
    pub fn bare_crossings(&self) -> usize {
        self.bare_crossings
    }
}

/// What is counted by.
struct Counting<'a> {
    times: &'a ClosingTimes<'a>,
    people: &'a [People],
    cutoff: Cutoff,
}

impl Counting<'_> {
    fn loss(&self, closed: &Closed, scratch: &mut ClosingScratch) -> Loss {
        let mut loss = Loss::default();
        for (resident, after) in self.times.close(closed, scratch) {
            let walk = Walk {
                before: self.times.open()[resident.index()],
                after,
            };
            let people = self.people[resident.index()];
            loss.count(people, walk, self.cutoff.cost());
        }
        loss
    }
}
