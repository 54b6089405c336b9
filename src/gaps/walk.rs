//! One real walk from a gap: that of its middle resident.

use geo_types::Coord;

use super::Gap;
use crate::id::{ResidentId, StationId};
use crate::isochrone::Ground;
use crate::model::City;
use crate::parallel;
use crate::search::{NearestStation, Route, Trip};
use crate::snap::Snap;
use crate::units::People;

/// The walk between a gap's middle resident and the station that is nearest to them.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

impl GapWalk {
    /// The walk of each gap; `nearest` are everybody's nearest stations on this ground.
    ///
    /// # Complexity
    /// One search of the network for each gap.
    pub(crate) fn of_each(
        gaps: &[Gap],
        ground: Ground<'_>,
        city: City<'_>,
        nearest: &[Option<NearestStation>],
        trip: Trip,
    ) -> Vec<Option<Self>> {
        parallel::map(gaps, 1, |gap| {
            let (resident, nearest) = middle(gap, city, nearest)?;
            Self::find(resident, nearest.station, ground, city, trip)
        })
    }

    fn find(
        resident: ResidentId,
        station: StationId,
        ground: Ground<'_>,
        city: City<'_>,
        trip: Trip,
    ) -> Option<Self> {
        let snapped = ground.snapped;
        let place = city.residents[resident.index()].valid_place()?;
        let home = vec![(place, *snapped.residents()[resident.index()].snap()?)];
        let doors = snapped.entrances(station).iter().filter_map(|entrance| {
            let place = *city.stations[entrance.row as usize].place.as_ref().ok()?;
            Some((place, *entrance.snapping.snap()?))
        });
        let doors: Vec<(Coord<f64>, Snap)> = doors.collect();
        let (from, to) = match trip {
            Trip::ToStation | Trip::RoundTrip => (home, doors),
            Trip::FromStation => (doors, home),
        };
        let snaps = |ends: &[(Coord<f64>, Snap)]| -> Vec<Snap> {
            ends.iter().map(|(_, snap)| *snap).collect()
        };
        let route = Route::find(
            ground.network,
            ground.impedance,
            snapped.options().leg_factor,
            &snaps(&from),
            &snaps(&to),
        )?;
        let ((from, first), (to, last)) = (from[route.origin], to[route.destination]);
        Some(Self {
            resident,
            station,
            cost: route.cost(),
            metres: first.leg_m + route.street_m(ground.network) + last.leg_m,
            line: route.line(ground.network, from, to),
        })
    }
}

/// The resident of a gap to whom half of its people walk no further than they do, among those who have a walk.
fn middle(
    gap: &Gap,
    city: City<'_>,
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
        sum.thousandths() * 2 >= all.thousandths()
    })
}
