//! A whole table of travel times in one call.

use super::engine::Engine;
use super::travel_times::TravelTimes;
use crate::control::{Cancelled, Control};
use crate::id::StationId;
use crate::model::CityRecords;
use crate::snap::StationTree;
use crate::units::Cutoff;

impl TravelTimes {
    /// Searches from every station up to `cutoff` (none: only the nearest stations are found).
    ///
    /// Stations are left out of the search when, as the crow flies, no resident is near enough for the cutoff. The records are those
    /// that were snapped.
    ///
    /// # Complexity
    /// O(m log m) per station in the arcs within the cutoff; one sweep of the network.
    ///
    /// # Determinism
    /// Integer sums, ties by index: the same table on any number of threads.
    pub(crate) fn from_engine(
        engine: &Engine<'_>,
        city: CityRecords<'_>,
        cutoff: Option<Cutoff>,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let searched =
            cutoff.map_or_else(Vec::new, |cutoff| stations_in_reach(city, engine, cutoff));
        engine.travel_times_of(&searched, cutoff, control)
    }
}

/// The stations that have a resident near enough, as the crow flies, to be within the cutoff; all of them where costs
/// do not bound distances.
fn stations_in_reach(city: CityRecords<'_>, engine: &Engine<'_>, cutoff: Cutoff) -> Vec<StationId> {
    let (impedance, snapped) = (engine.impedance, engine.snapped);
    let leg_factor = snapped.options().leg_factor();
    let Some(metres_per_cost) = impedance.metres_per_cost(engine.network, leg_factor) else {
        return snapped.stations().collect();
    };
    // Costs are rounded at both legs and both partial edges, by half a unit each; a thousandth on top for the
    // difference between local metres and geodesics.
    let radius_m = metres_per_cost * (f64::from(cutoff.cost()) + 4.0) * 1.001;
    let entrances = snapped.stations().flat_map(|station| {
        let on_network = snapped
            .entrances(station)
            .iter()
            .filter(|entrance| entrance.snapping.snap().is_some());
        on_network.filter_map(move |entrance| {
            Some((
                station,
                *city.stations[entrance.row as usize].place.as_ref().ok()?,
            ))
        })
    });
    let places = snapped
        .residents_on_network()
        .filter_map(|(resident, _)| city.residents[resident.index()].valid_place());
    StationTree::new(entrances).stations_near_any(places, radius_m)
}
