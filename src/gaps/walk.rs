//! One real walk from a gap: that of its middle resident.

use geo_types::Coord;

use super::gap::Gap;
use crate::id::{GateId, ResidentId, StationId};
use crate::isochrone::Ground;
use crate::model::CityRecords;
use crate::parallel;
use crate::search::{NearestStation, Route, Trip};
use crate::snap::Snap;
use crate::units::People;

/// The walk between a gap's middle resident and the station that is nearest to them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GapWalk {
    /// Whose walk it is.
    pub resident: ResidentId,
    /// The station at its other end.
    pub station: StationId,
    /// What it costs one way, the straight legs included: in milliseconds, or in millimetres where metres decide.
    pub cost: u64,
    /// How long it is, the straight legs included.
    pub metres: f64,
    /// From the one place to the other, as it is walked.
    pub line: Vec<Coord<f64>>,
}

/// What walks are found by.
pub(crate) struct Walks<'a> {
    pub(crate) ground: Ground<'a>,
    pub(crate) city: CityRecords<'a>,
    /// Everybody's nearest station on this ground.
    pub(crate) nearest: &'a [Option<NearestStation>],
}

/// Where a walk may begin or end, with the gate on its way to the street.
#[derive(Clone, Copy)]
struct End {
    place: Coord<f64>,
    gate: Option<Coord<f64>>,
    snap: Snap,
}

impl Walks<'_> {
    /// The walk of each gap.
    ///
    /// # Complexity
    /// One search of the network for each gap.
    pub(crate) fn of(&self, gaps: &[Gap]) -> Vec<Option<GapWalk>> {
        parallel::map(gaps, 1, |gap| {
            let (resident, nearest) = middle(gap, self.city, self.nearest)?;
            self.between(resident, nearest.station)
        })
    }

    fn homes(&self, resident: ResidentId) -> Option<Vec<End>> {
        let place = self.city.residents[resident.index()].valid_place()?;
        let snapped = self.ground.snapped();
        let gates = snapped
            .gate_accesses(resident)
            .map(|access| self.at_gate(access.gate));
        let gates = gates.chain(std::iter::repeat(None));
        let snaps = snapped.resident_snaps(resident).zip(gates);
        let ends = snaps.map(|(snap, gate)| End {
            place,
            gate,
            snap: *snap,
        });
        Some(ends.collect())
    }

    fn entrances(&self, station: StationId) -> Vec<End> {
        let entrances = self.ground.snapped().entrances(station).iter();
        let ends = entrances.filter_map(|entrance| {
            Some(End {
                place: *self.city.stations[entrance.row as usize]
                    .place
                    .as_ref()
                    .ok()?,
                gate: entrance.gate.and_then(|gate| self.at_gate(gate)),
                snap: *entrance.snapping.snap()?,
            })
        });
        ends.collect()
    }

    fn at_gate(&self, gate: GateId) -> Option<Coord<f64>> {
        Some(self.ground.walls()?.gate(gate)?.place)
    }

    fn between(&self, resident: ResidentId, station: StationId) -> Option<GapWalk> {
        let (network, impedance) = (self.ground.network(), self.ground.impedance());
        let snapped = self.ground.snapped();
        let (homes, accesses) = (self.homes(resident)?, self.entrances(station));
        let (from, to) = match self.ground.placed().trip() {
            Trip::ToStation | Trip::RoundTrip => (homes, accesses),
            Trip::FromStation => (accesses, homes),
        };
        let snaps = |ends: &[End]| -> Vec<Snap> { ends.iter().map(|end| end.snap).collect() };
        let leg_factor = snapped.options().leg_factor();
        let route = Route::new(network, impedance, leg_factor, &snaps(&from), &snaps(&to))?;
        let (from, to) = (from[route.origin], to[route.destination]);
        Some(GapWalk {
            resident,
            station,
            cost: route.cost(),
            metres: from.snap.leg_m + route.street_m(network) + to.snap.leg_m,
            line: route.line(network, (from.place, from.gate), (to.place, to.gate)),
        })
    }
}

/// The resident of a gap to whom half of its people walk no further than they do, among those who have a walk.
fn middle(
    gap: &Gap,
    city: CityRecords<'_>,
    nearest: &[Option<NearestStation>],
) -> Option<(ResidentId, NearestStation)> {
    let walkers = gap.residents.iter().filter_map(|resident| {
        let nearest = nearest.get(resident.index()).copied().flatten()?;
        Some((*resident, nearest))
    });
    let mut walkers: Vec<(ResidentId, NearestStation)> = walkers.collect();
    walkers.sort_by_key(|(resident, nearest)| (nearest.cost, *resident));
    let people = |resident: ResidentId| city.residents[resident.index()].people;
    let all: People = walkers.iter().map(|(resident, _)| people(*resident)).sum();
    let mut sum = People::ZERO;
    walkers.into_iter().find(|(resident, _)| {
        sum += people(*resident);
        sum.make_half_of(all)
    })
}
