//! A case as the engine takes it.

use pedshed::geometry::Location;
use pedshed::model::{Flow, Resident, Station, Streets, StreetsBuilder, WayKind};

use super::reference::Case;

/// A place as a location, which keeps seven digits.
pub(crate) fn location([lon, lat]: [f64; 2]) -> Location {
    Location {
        lon_e7: (lon * 1e7).round() as i32,
        lat_e7: (lat * 1e7).round() as i32,
    }
}

/// The lines as streets, joined where their vertices are the same place.
pub(crate) fn streets(case: &Case) -> Streets {
    let vertices = case.lines.iter().flat_map(|line| &line.points);
    let mut places: Vec<Location> = vertices.map(|at| location(*at)).collect();
    places.sort_unstable();
    places.dedup();
    let mut streets = StreetsBuilder::new(places.clone());
    for (line, number) in case.lines.iter().zip(1..) {
        let place = |at: &[f64; 2]| places.binary_search(&location(*at));
        let refs = line.points.iter().flat_map(place).map(|place| place as u32);
        let flow = if line.one_way {
            Flow::Forward
        } else {
            Flow::Both
        };
        let refs: Vec<u32> = refs.collect();
        streets.add_way(number, &refs, (WayKind::Street, flow), None);
    }
    streets.finish(Vec::new())
}

/// The station records.
pub(crate) fn stations(case: &Case) -> Vec<Station> {
    let stations = case.stations.iter();
    stations
        .map(|s| Station::new(s.id.as_str(), s.lon, s.lat))
        .collect()
}

/// The resident records.
pub(crate) fn residents(case: &Case) -> Vec<Resident> {
    let residents = case.residents.iter();
    residents
        .map(|r| Resident::new(r.id.as_str(), r.lon, r.lat))
        .collect()
}
