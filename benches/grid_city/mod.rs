//! A seeded city on a jittered grid, for benches: streets of 80-120 m, some missing, every chain with a bend.

mod random;

use pedshed::geometry::Location;
use pedshed::model::{Resident, Station, Streets, StreetsBuilder, WayKind};

use random::SplitMix64;

/// About 100 m in 10⁻⁷ degrees, at the latitude of Taiyuan.
const STEP: (i32, i32) = (11_700, 9_000);
const ORIGIN: Location = Location {
    lon_e7: 1_125_600_000,
    lat_e7: 378_600_000,
};

/// A city of `side` × `side` junctions.
pub(crate) struct GridCity {
    pub streets: Streets,
    pub stations: Vec<Station>,
    pub residents: Vec<Resident>,
}

impl GridCity {
    pub(crate) fn new(side: i32, stations: usize, residents: usize) -> Self {
        let mut random = SplitMix64::new(20_240_226);
        let at = |x: i32, y: i32, random: &mut SplitMix64| Location {
            lon_e7: ORIGIN.lon_e7 + x * STEP.0 + random.below(STEP.0 / 4),
            lat_e7: ORIGIN.lat_e7 + y * STEP.1 + random.below(STEP.1 / 4),
        };
        let mut vertices = Vec::new();
        for y in 0..side {
            for x in 0..side {
                vertices.push(at(x, y, &mut random));
            }
        }
        let mut ways: Vec<[u32; 3]> = Vec::new();
        for y in 0..side {
            for x in 0..side {
                for (dx, dy) in [(1, 0), (0, 1)] {
                    if x + dx < side && y + dy < side && random.below(8) > 0 {
                        let (from, to) =
                            ((y * side + x) as usize, ((y + dy) * side + x + dx) as usize);
                        let (a, b) = (vertices[from], vertices[to]);
                        let bend = Location {
                            lon_e7: a.lon_e7.midpoint(b.lon_e7) + random.below(800),
                            lat_e7: a.lat_e7.midpoint(b.lat_e7) + random.below(800),
                        };
                        vertices.push(bend);
                        ways.push([from as u32, vertices.len() as u32 - 1, to as u32]);
                    }
                }
            }
        }
        let mut streets = StreetsBuilder::new(vertices);
        for (id, refs) in (1..).zip(&ways) {
            streets.add_way(id, refs, WayKind::Street, None);
        }
        let mut place = || {
            let lon = ORIGIN.lon_e7 + random.below(side * STEP.0);
            let lat = ORIGIN.lat_e7 + random.below(side * STEP.1);
            (f64::from(lon) / 1e7, f64::from(lat) / 1e7)
        };
        let stations = (0..stations)
            .map(|i| (i, place()))
            .map(|(i, (lon, lat))| Station::new(format!("s{i}"), lon, lat));
        let stations = stations.collect();
        let residents = (0..residents)
            .map(|i| (i, place()))
            .map(|(i, (lon, lat))| Resident::new(format!("r{i}"), lon, lat));
        let residents = residents.collect();
        Self {
            streets: streets.finish(Vec::new()),
            stations,
            residents,
        }
    }
}
