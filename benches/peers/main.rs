//! pedshed's side of the comparison with its peers (`benches/peers/run`): writes the network that the graph engines get,
//! the stations and the residents, and times the same works on pedshed, one work a process, so that its memory is its own.
//!
//! ```text
//! peers export FILE.osm.pbf FOLDER [STATIONS RESIDENTS]
//! peers time   FILE.osm.pbf FOLDER WORK THREADS REPEATS
//! ```

#![allow(
    clippy::print_stdout,
    reason = "its measurements go to the script that calls it"
)]

mod engine;
mod npy;
#[path = "../grid_city/random.rs"]
mod random;

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use geo_types::{Coord, MultiPolygon};
use pedshed::geometry::Location;
use pedshed::id::NodeId;
use pedshed::network::Direction;
use pedshed::parallel::with_threads;
use pedshed::units::{CLOSED, Cutoff, Unit};
use pedshed::walker::{WalkOptions, Walker};

use engine::{
    Arrays, City, Graph, Row, SampledCity, accessibility, cutoff, engine_of, isochrones, nearest,
    rows,
};
use random::SplitMix64;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The seed of stations and residents.
const SEED: u64 = 20_240_226;
/// Pieces of the network shorter than this get no station and no resident.
const MIN_ISLAND_M: f64 = 300.0;
/// How far from the bound an engine that counts in single precision may place somebody: a part of the bound.
const TOLERANCE: f64 = 5e-4;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["export", pbf, folder] => export(Path::new(pbf), Path::new(folder), 1000, 20_000),
        ["export", pbf, folder, stations, residents] => export(
            Path::new(pbf),
            Path::new(folder),
            stations.parse()?,
            residents.parse()?,
        ),
        ["time", pbf, folder, work, threads, repeats] => {
            let run = Run {
                pbf: Path::new(pbf),
                folder: Path::new(folder),
                threads: threads.parse()?,
                repeats: repeats.parse()?,
            };
            run.time(work)
        }
        _ => Err(
            "usage: peers export PBF FOLDER | peers time PBF FOLDER WORK THREADS REPEATS".into(),
        ),
    }
}

/// Writes the network in arrays, and stations and residents as junctions and as tables.
fn export(pbf: &Path, folder: &Path, stations: usize, residents: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    let city = City::load(pbf)?;
    write_network(&city, folder)?;
    let open = open_junctions(&city);
    let mut random = SplitMix64::new(SEED);
    let mut draw = |count: usize| -> Vec<u32> {
        let mut left = open.clone();
        let count = count.min(left.len());
        for chosen in 0..count {
            let rest = (left.len() - chosen) as i32;
            left.swap(chosen, chosen + random.below(rest) as usize);
        }
        left.truncate(count);
        left
    };
    for (layer, count) in [("stations", stations), ("residents", residents)] {
        let drawn = draw(count);
        npy::write(&folder.join(format!("{layer}.npy")), drawn.iter().copied())?;
        write_table(&city, &drawn, &folder.join(format!("{layer}.csv")))?;
    }
    Ok(())
}

fn write_network(city: &City, folder: &Path) -> Result<()> {
    let network = &city.network;
    let places: Vec<Coord<f64>> = network
        .nodes()
        .map(|node| network.location(node).degrees())
        .collect();
    npy::write(&folder.join("lon.npy"), places.iter().map(|place| place.x))?;
    npy::write(&folder.join("lat.npy"), places.iter().map(|place| place.y))?;
    npy::write(
        &folder.join("tail.npy"),
        network.edges().map(|(_, edge)| edge.tail.0),
    )?;
    npy::write(
        &folder.join("head.npy"),
        network.edges().map(|(_, edge)| edge.head.0),
    )?;
    for (name, direction) in [
        ("along", Direction::Forward),
        ("against", Direction::Backward),
    ] {
        let cost = |edge| city.impedance.cost(edge, direction).unwrap_or(CLOSED);
        let costs = network.edges().map(|(edge, _)| cost(edge));
        npy::write(&folder.join(format!("{name}.npy")), costs)?;
    }
    let shapes = || network.edges().map(|(edge, _)| network.shape(edge));
    let mut starts = vec![0];
    for shape in shapes() {
        starts.push(starts[starts.len() - 1] + shape.len() as u64);
    }
    npy::write(&folder.join("shape_start.npy"), starts.into_iter())?;
    let vertices: Vec<Coord<f64>> = shapes().flatten().map(|vertex| vertex.degrees()).collect();
    npy::write(
        &folder.join("shape_lon.npy"),
        vertices.iter().map(|vertex| vertex.x),
    )?;
    npy::write(
        &folder.join("shape_lat.npy"),
        vertices.iter().map(|vertex| vertex.y),
    )?;
    Ok(())
}

/// The junctions of usable streets that are no islands, ascending; without those that stand above one another, which an engine
/// that is given places cannot tell apart, and without those of loops alone, which graph engines are not given.
fn open_junctions(city: &City) -> Vec<u32> {
    let City { network, impedance } = city;
    let options = WalkOptions {
        min_island_m: MIN_ISLAND_M,
        ..WalkOptions::default()
    };
    let walker = Walker::with_costs(network, impedance.clone(), None, options);
    let walker = walker.expect("its own times");
    let islands = walker.islands();
    let mut open = vec![false; network.node_count()];
    for (id, edge) in network.edges() {
        let is_loop = edge.tail == edge.head;
        if !is_loop && impedance.is_usable(id) && !islands.contains(network, id) {
            open[edge.tail.index()] = true;
            open[edge.head.index()] = true;
        }
    }
    let mut at_place: HashMap<Location, u32> = HashMap::new();
    for node in network.nodes() {
        *at_place.entry(network.location(node)).or_default() += 1;
    }
    let alone = |node: &NodeId| at_place[&network.location(*node)] == 1;
    let junctions = network.nodes().filter(|node| open[node.index()]);
    junctions.filter(alone).map(|node| node.0).collect()
}

fn write_table(city: &City, junctions: &[u32], path: &Path) -> Result<()> {
    let mut table = csv::Writer::from_path(path)?;
    table.write_record(["id", "lon", "lat"])?;
    for (row, &junction) in junctions.iter().enumerate() {
        let place = city.network.location(NodeId(junction)).degrees();
        table.write_record([
            row.to_string(),
            format!("{:.7}", place.x),
            format!("{:.7}", place.y),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// One work, timed some times.
struct Run<'a> {
    pbf: &'a Path,
    folder: &'a Path,
    threads: usize,
    repeats: usize,
}

impl Run<'_> {
    /// Times a work, writes its answer, and prints the seconds and the memory as JSON.
    fn time(&self, work: &str) -> Result<()> {
        let at_start_kb = peak_kb();
        let (seconds, peak_kb) = with_threads(self.threads, || self.work(work))??;
        let line = serde_json::json!({
            "work": work,
            "threads": self.threads,
            "seconds": seconds,
            "peak_kb": peak_kb.zip(at_start_kb).map(|(peak, start)| peak - start),
        });
        println!("{line}");
        Ok(())
    }

    fn work(&self, work: &str) -> Result<(Vec<f64>, Option<u64>)> {
        match work {
            "load" => Ok(self.repeat(|| City::load(self.pbf))?.times()),
            "canvas" => {
                let city = City::load(self.pbf)?;
                let sampled = SampledCity::new(&city, &self.junctions("stations")?)?;
                Ok(self
                    .repeat(|| Ok(sampled.sample_grid().sample_count()))?
                    .times())
            }
            "isochrones" => {
                let city = City::load(self.pbf)?;
                let sampled = SampledCity::new(&city, &self.junctions("stations")?)?;
                let sample_grid = sampled.sample_grid();
                let done = self.repeat(|| isochrones(&sample_grid))?;
                let areas = done.answer.iter().map(area);
                npy::write(&self.folder.join("isochrones_area.npy"), areas)?;
                Ok(done.times())
            }
            _ => self.work_on_graph(work),
        }
    }

    fn work_on_graph(&self, work: &str) -> Result<(Vec<f64>, Option<u64>)> {
        let arrays = self.arrays()?;
        let stations = self.junctions("stations")?;
        let residents = self.junctions("residents")?;
        if work == "setup" {
            let set_up = || {
                let graph = Graph::new(&arrays)?;
                drop(engine_of(&graph.placed(&stations, None)?)?);
                Ok(())
            };
            return Ok(self.repeat(set_up)?.times());
        }
        let graph = Graph::new(&arrays)?;
        drop(arrays);
        let everywhere = work == "reach";
        let placed = graph.placed(&stations, (!everywhere).then_some(&residents))?;
        let engine = engine_of(&placed)?;
        match work {
            "reach" | "table" => {
                let done = self.repeat(|| rows(&engine))?;
                self.write_rows(work, &done.answer)?;
                Ok(done.times())
            }
            "nearest" => {
                let done = self.repeat(|| nearest(&engine))?;
                let costs = done
                    .answer
                    .iter()
                    .map(|nearest| nearest.map_or(-1, |n| n.cost as i64));
                npy::write(&self.folder.join("nearest_ms.npy"), costs)?;
                Ok(done.times())
            }
            "accessibility" => {
                let done = self.repeat(|| accessibility(&engine, cutoff()))?;
                self.write_counts("", &done.answer)?;
                for (name, scale) in [("_low", 1.0 - TOLERANCE), ("_high", 1.0 + TOLERANCE)] {
                    let cost = (f64::from(cutoff().cost()) * scale).round() as u32;
                    let other = Cutoff::from_cost(cost, Unit::Milliseconds)?;
                    self.write_counts(name, &accessibility(&engine, other)?)?;
                }
                Ok(done.times())
            }
            _ => Err(format!("no work is called {work}").into()),
        }
    }

    fn repeat<T>(&self, mut work: impl FnMut() -> Result<T>) -> Result<Done<T>> {
        let mut seconds = Vec::with_capacity(self.repeats);
        let mut answer = work()?;
        for _ in 0..self.repeats {
            let start = Instant::now();
            let again = black_box(work()?);
            seconds.push(start.elapsed().as_secs_f64());
            answer = again;
        }
        let peak_kb = peak_kb();
        Ok(Done {
            answer,
            seconds,
            peak_kb,
        })
    }

    fn junctions(&self, layer: &str) -> Result<Vec<u32>> {
        Ok(npy::read(&self.folder.join(format!("{layer}.npy")))?)
    }

    fn arrays(&self) -> Result<Arrays> {
        let numbers = |name: &str| self.junctions(name);
        let degrees = |name: &str| npy::read::<f64>(&self.folder.join(format!("{name}.npy")));
        let places = degrees("lon")?.into_iter().zip(degrees("lat")?);
        let ends = numbers("tail")?.into_iter().zip(numbers("head")?);
        let costs = numbers("along")?.into_iter().zip(numbers("against")?);
        Ok(Arrays {
            places: places.map(|(x, y)| Coord { x, y }).collect(),
            ends: ends.map(|(tail, head)| [tail, head]).collect(),
            costs: costs.map(|(along, against)| [along, against]).collect(),
        })
    }

    fn write_counts(&self, name: &str, counts: &[u32]) -> Result<()> {
        let path = self.folder.join(format!("accessibility{name}.npy"));
        Ok(npy::write(&path, counts.iter().copied())?)
    }

    /// Writes a table's rows one after the other, each ascending: where it begins, who is in it, and the costs.
    fn write_rows(&self, work: &str, table: &[Row]) -> Result<()> {
        let sorted = |row: &Row| {
            let mut row = row.clone();
            row.sort_unstable();
            row
        };
        let table: Vec<Row> = table.iter().map(sorted).collect();
        let rows = || table.iter();
        let mut starts = vec![0];
        for row in rows() {
            starts.push(starts[starts.len() - 1] + row.len() as u64);
        }
        let entries: Vec<(u32, u32)> = rows().flatten().map(|(who, cost)| (who.0, *cost)).collect();
        let file = |part: &str| self.folder.join(format!("{work}_{part}.npy"));
        npy::write(&file("start"), starts.into_iter())?;
        npy::write(&file("who"), entries.iter().map(|entry| entry.0))?;
        npy::write(&file("ms"), entries.iter().map(|entry| entry.1))?;
        Ok(())
    }
}

/// What came of a work, how long each time took, and the most memory until then.
struct Done<T> {
    answer: T,
    seconds: Vec<f64>,
    peak_kb: Option<u64>,
}

impl<T> Done<T> {
    fn times(self) -> (Vec<f64>, Option<u64>) {
        (self.seconds, self.peak_kb)
    }
}

/// The area of a polygon in square degrees: enough to compare it with another at the same place.
fn area(ground: &MultiPolygon<f64>) -> f64 {
    use geo::Area;
    ground.unsigned_area()
}

/// The most memory that this process has had; Linux says it.
fn peak_kb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
