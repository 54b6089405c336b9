//! What the map shows.

use geo_types::Coord;

use crate::geometry::Bounds;
use crate::model::Resident;
use crate::report::Report;

/// Stations are among the people up to this share of the width of where they live beside it.
const BESIDE: f64 = 0.2;
/// But at least so many degrees: a kilometre.
const BESIDE_DEGREES: f64 = 0.01;

/// Where the people live who take part, with the stations among them: what the map shows. Stations far from everybody do not
/// widen it. Without people it is the stations, without any the whole network.
pub(super) fn bounds(report: &Report<'_>) -> Bounds {
    let snapped = report.snapped.residents_on_network();
    let residents =
        snapped.filter_map(|(id, _)| Resident::valid_place(&report.city.residents[id.index()]));
    let people = Bounds::around(residents);
    let stations = report.snapped.stations().flat_map(|station| {
        let on_network = report.snapped.entrances(station).iter();
        let on_network = on_network.filter(|entrance| entrance.snapping.snap().is_some());
        on_network.filter_map(|entrance| {
            report.city.stations[entrance.row as usize]
                .place
                .as_ref()
                .ok()
                .copied()
        })
    });
    let is_among = |place: &Coord<f64>| {
        people.is_none_or(|people| {
            let beside = |from: f64, to: f64| ((to - from) * BESIDE).max(BESIDE_DEGREES);
            let (x, y) = (
                beside(people.min.x, people.max.x),
                beside(people.min.y, people.max.y),
            );
            (people.min.x - x..=people.max.x + x).contains(&place.x)
                && (people.min.y - y..=people.max.y + y).contains(&place.y)
        })
    };
    let corners = people.iter().flat_map(|people| [people.min, people.max]);
    Bounds::around(corners.chain(stations.filter(is_among)))
        .or(report.network.bounds())
        .unwrap_or(Bounds {
            min: Coord { x: 0.0, y: 0.0 },
            max: Coord { x: 0.0, y: 0.0 },
        })
}
