//! graphways' side of the comparison: loads a PBF, then asks for the reach and the isochrone of each station, one after the
//! other, and prints seconds, memory and answers as JSON.
//!
//! ```text
//! peer-graphways FILE.osm.pbf STATIONS.csv REPEATS
//! ```

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use geo::Area;
use graphways::graph::SpatialGraph;
use graphways::overpass::NetworkType;

/// graphways walks 5 km/h, always: this is 1,200 m.
const SECONDS: f64 = 1200.0 / 5.0 * 3.6;
const WALK: NetworkType = NetworkType::Walk;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pbf, stations, repeats] = &arguments[..] else {
        return Err("usage: peer-graphways FILE.osm.pbf STATIONS.csv REPEATS".into());
    };
    let repeats: usize = repeats.parse()?;
    let at_start_kb = peak_kb();
    let stations = places(&fs::read_to_string(stations)?)?;

    let (graph, load) = timed(repeats, || SpatialGraph::from_pbf(pbf, WALK, Some(true)));
    let graph = graph?;
    let (nodes, reach) = timed(repeats, || {
        let reached = |&(lon, lat): &(f64, f64)| graph.reachability(lat, lon, SECONDS, WALK, None);
        let counts = stations
            .iter()
            .map(|place| reached(place).map_or(0, |r| r.distances.len()));
        counts.collect::<Vec<usize>>()
    });
    let (areas, isochrones) = timed(repeats, || {
        let drawn =
            |&(lon, lat): &(f64, f64)| graph.isochrones(lat, lon, vec![SECONDS], WALK, None);
        let area = |place| drawn(place).and_then(|drawn| drawn.first().map(Area::unsigned_area));
        stations
            .iter()
            .map(|place| area(place).unwrap_or(0.0))
            .collect::<Vec<f64>>()
    });
    let peak_kb = peak_kb()
        .zip(at_start_kb)
        .map_or(0, |(peak, start)| peak - start);
    println!(
        "{{\"load\": {load:?}, \"reach\": {reach:?}, \"isochrones\": {isochrones:?}, \"peak_kb\": {peak_kb}, \
         \"nodes\": {nodes:?}, \"areas\": {areas:?}}}"
    );
    Ok(())
}

/// The last answer, and how long each of some times took; one more before them warms up.
fn timed<T>(repeats: usize, mut work: impl FnMut() -> T) -> (T, Vec<f64>) {
    let mut answer = work();
    let seconds = (0..repeats).map(|_| {
        let start = Instant::now();
        let again = black_box(work());
        let took = start.elapsed().as_secs_f64();
        answer = again;
        took
    });
    let seconds = seconds.collect();
    (answer, seconds)
}

/// Longitude and latitude of each row: `id,lon,lat` below a header.
fn places(table: &str) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    let mut places = Vec::new();
    for row in table.lines().skip(1) {
        let mut cells = row.split(',').skip(1);
        let mut degrees = || cells.next().ok_or("a row has three cells");
        places.push((degrees()?.parse()?, degrees()?.parse()?));
    }
    Ok(places)
}

/// The most memory that this process has had; Linux says it.
fn peak_kb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
