//! Services: who has which within reach, and what is missing.

mod hours;
#[cfg(feature = "report")]
mod hours_table;
#[cfg(feature = "report")]
mod table;

pub use hours::{OwnHours, ServiceMoment, ServiceTimes};

use super::{StationGroup, Survey};
use crate::control::{Cancelled, Control};
use crate::coverage::Areas;
#[cfg(feature = "report")]
use crate::coverage::MinuteSums;
use crate::id::{ResidentId, StationId};
use crate::planning::services::{Addition, Near, Offers, ServiceCoverage, Walks, best_additions};
use crate::search::{NearestStation, TravelTimes};
use crate::units::Cutoff;

/// Coverage service by service.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ServiceReport {
    /// The services, in the order of the tables.
    pub names: Vec<String>,
    /// How many stations offer each; at the time that is asked for, where one is.
    pub stations: Vec<usize>,
    /// Of how many stations nobody says what they offer: they count for no service, and are held to lack none.
    pub not_stated: usize,
    /// How many places offer all.
    pub places_with_all: usize,
    /// The cutoff that decides.
    pub cutoff: Cutoff,
    /// Who is within it.
    pub coverage: ServiceCoverage,
    /// For each station the service whose addition there covers most people anew.
    pub additions: Vec<Option<Addition>>,
    /// What opening hours leave of each; nothing where nobody asks about them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub times: Vec<ServiceTimes>,
}

impl ServiceReport {
    /// Asks about every service. `place_of` is the place of each station, and `table` says who is within the cutoff of each.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// One sweep of the network for each service, and for places that offer all.
    pub fn new(
        survey: &Survey<'_>,
        offers: &Offers,
        place_of: &[u32],
        areas: &Areas,
        table: (&TravelTimes, Cutoff),
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let (table, cutoff) = table;
        let near = |group: &StationGroup| nearest_places(survey, group, place_of, cutoff, control);
        let count = place_of.len();
        let of_service = |service: usize| {
            let stations = offers.stations_with(service as u32);
            StationGroup::new(count, |station| stations.binary_search(&station.0).is_ok())
        };
        let services = 0..offers.names().len();
        let nearest = services
            .clone()
            .map(|service| near(&of_service(service)))
            .collect::<Result<Vec<_>, _>>()?;
        let places = offers.places_with_all(place_of);
        let with_all = StationGroup::new(count, |station| {
            places.binary_search(&place_of[station.index()]).is_ok()
        });
        let nearest_with_all = near(&with_all)?;
        let people = survey.city().people();
        let walks = Walks {
            people: &people,
            area_of: areas.area_of(),
            further: areas.further(),
            areas: areas.sums().len(),
            nearest: &nearest,
            nearest_with_all: &nearest_with_all,
            cutoff: u64::from(cutoff.cost()),
        };
        let row = |station: StationId| {
            let row = table.row_of(station).iter().copied();
            row.filter(|(_, cost)| *cost <= cutoff.cost())
                .collect::<Vec<(ResidentId, _)>>()
        };
        Ok(Self {
            names: offers.names().to_vec(),
            stations: services
                .map(|service| offers.stations_with(service as u32).len())
                .collect(),
            not_stated: offers.not_stated().len(),
            places_with_all: places.len(),
            cutoff,
            coverage: ServiceCoverage::new(&walks),
            additions: best_additions(offers, &walks, row),
            times: Vec::new(),
        })
    }
}

impl ServiceReport {
    /// The service that people have for the fewest people-hours of the week, of equals the first; `None` where the week was not
    /// asked for.
    #[cfg(feature = "report")]
    pub(crate) fn least_in_week(&self) -> Option<(&str, MinuteSums)> {
        let weeks = self.names.iter().zip(&self.times);
        let weeks = weeks.filter_map(|(name, times)| Some((name.as_str(), times.week.as_ref()?)));
        let sums = weeks.map(|(name, week)| (name, week.week()));
        sums.min_by_key(|(_, sums)| sums.people_minutes)
    }
}

/// Everybody's nearest place with one of these stations, at any distance.
fn nearest_places(
    survey: &Survey<'_>,
    group: &StationGroup,
    place_of: &[u32],
    cutoff: Cutoff,
    control: Control<'_>,
) -> Result<Vec<Option<Near>>, Cancelled> {
    if group.is_empty() {
        return Ok(vec![None; survey.city().residents.len()]);
    }
    let nearest = survey.nearest_in(cutoff.unit(), group, control)?;
    let at_place = |nearest: NearestStation| Near {
        place: place_of[nearest.station.index()],
        cost: nearest.cost,
    };
    let nearest = nearest.into_iter();
    Ok(nearest.map(|nearest| nearest.map(at_place)).collect())
}
