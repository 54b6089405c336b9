//! Who is left out, on the map and in sums.

use geo_types::Coord;

use crate::coverage::Status;
use crate::id::StationId;
use crate::report::Report;
use crate::snap::StationTree;
use crate::units::People;

/// A resident who is left out, and whether a straight circle would have claimed them.
pub(super) struct LeftOut {
    pub(super) place: Coord<f64>,
    pub(super) people: People,
    pub(super) claimed: bool,
}

/// Who is left out, on the map and in sums.
pub(in crate::report::page) struct LeftOuts {
    pub(super) list: Vec<LeftOut>,
    /// People who live inside a straight circle and are not covered.
    pub(in crate::report::page) claimed: People,
}

impl LeftOuts {
    /// # Complexity
    /// One question to the tree of stations per resident who is left out.
    pub(in crate::report::page) fn new(report: &Report<'_>) -> Self {
        let stations = report.city.stations.iter().zip(0..);
        let places = stations
            .filter_map(|(station, row)| Some((StationId(row), *station.place.as_ref().ok()?)));
        let tree = StationTree::new(places);
        let radius_m = report.compared_radius_m();
        let residents = report.city.residents.iter().zip(report.coverage.statuses());
        let list: Vec<LeftOut> = residents
            .filter(|(_, status)| **status != Status::Covered)
            .filter_map(|(resident, _)| {
                let place = resident.valid_place()?;
                Some(LeftOut {
                    place,
                    people: resident.people,
                    claimed: radius_m.is_some_and(|radius_m| tree.is_within(place, radius_m)),
                })
            })
            .collect();
        let claimed = list.iter().filter(|out| out.claimed);
        let claimed = claimed.map(|out| out.people).sum();
        Self { list, claimed }
    }
}
