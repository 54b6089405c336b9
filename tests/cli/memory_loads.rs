//! The estimate of memory against what runs take: each is a process of its own, whose peak the system says.

use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use shapefile::Point;

use crate::support::command::Folder;
use crate::support::files::{dbf, shp, xlsx};
use crate::support::{liechtenstein, shared};

/// What a released program has in memory of itself, at least. The one that is tested has more of itself, as it is made for
/// looking into; so of its own file nothing is counted here.
const PROGRAM: u64 = 8_000_000;
/// Smaller runs than this are estimated as this: the program, its threads, and the lattice that pages are drawn on.
const FLOOR: u64 = 24_000_000;
/// How many of each a load has, in a run of all tests and in one that asks for it.
const SMALL: usize = 1;
const FULL: usize = 10;

/// A coverage run, and how it is called.
struct Load {
    name: &'static str,
    flags: Vec<String>,
}

/// What a run had at most of memory beside its program, and what it said beforehand.
struct Measured {
    peak: u64,
    estimate: u64,
}

#[test]
fn no_run_takes_more_than_its_estimate_nor_less_than_half_of_it() {
    check(SMALL);
}

#[test]
#[ignore = "takes many minutes: cargo test --test integration -- --ignored full_loads"]
fn full_loads_take_no_more_than_their_estimate_nor_less_than_half_of_it() {
    check(FULL);
}

fn check(scale: usize) {
    let folder = Folder::town();
    let mut wrong = Vec::new();
    for Load { name, flags } in loads(&folder, scale) {
        let Measured { peak, estimate } = measured(&folder, &flags);
        let [mb, estimated_mb] = [peak, estimate].map(|bytes| bytes as f64 / 1e6);
        let said = format!("{name}: {mb:.1} MB, estimate {estimated_mb:.1} MB");
        println!("{said}");
        if peak + PROGRAM > estimate || estimate > 2 * peak + FLOOR {
            wrong.push(said);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn measured(folder: &Folder, flags: &[String]) -> Measured {
    let mut command = folder.command();
    command
        .args(["coverage", "--verbose", "--out", "out"])
        .args(flags)
        .stdout(Stdio::null())
        .stderr(fs::File::create(folder.join("said")).expect("a file"));
    let peak = peak(command.spawn().expect("it starts"));
    let said = folder.read("said");
    let record = fs::read_to_string(folder.join("out/run.json"));
    assert!(record.is_ok(), "{flags:?}: {said}");
    fs::remove_dir_all(folder.join("out")).expect("removed");
    Measured {
        peak,
        estimate: estimate(&said),
    }
}

/// The size in `memory     about 43 MB at most`.
fn estimate(said: &str) -> u64 {
    let mut lines = said.lines().filter(|line| line.starts_with("memory"));
    let line = lines
        .next()
        .unwrap_or_else(|| panic!("no estimate: {said}"));
    let words: Vec<&str> = line.split_whitespace().collect();
    let number: f64 = words[2].parse().expect("a number");
    let unit = match words[3] {
        "MB" => 1e6,
        "GB" => 1e9,
        other => panic!("{other}: {line}"),
    };
    (number * unit) as u64
}

/// The most bytes that a process has in memory, without those of files, looked at until it ends: both only grow.
fn peak(mut child: Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let (mut most, mut of_files) = (0, 0);
    while child.try_wait().expect("it runs").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let word = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key));
            line.and_then(|line| line.split_whitespace().next())
        };
        let kibibytes = |key: &str| word(key).and_then(|word| word.parse().ok()).unwrap_or(0);
        // Until it has its own name, the process still has this test's memory.
        if word("Name:") == Some("pedshed") {
            most = most.max(kibibytes("VmHWM:"));
            of_files = of_files.max(kibibytes("RssFile:"));
        }
        thread::sleep(Duration::from_millis(1));
    }
    (most - of_files) * 1024
}

/// The loads; `scale` times 300,000 corners of areas, and of others likewise.
fn loads(folder: &Folder, scale: usize) -> Vec<Load> {
    write(folder, scale);
    let map = liechtenstein();
    let schools = [
        ["--network", map.to_str().expect("a path in UTF-8")],
        ["--stations", "osm:amenity=school"],
        ["--residents", "osm:building"],
    ];
    let on = |network: &'static str, residents: &'static str| {
        [
            ["--network", network],
            ["--stations", "stations.csv"],
            ["--residents", residents],
        ]
    };
    let town = |residents: &'static str| on("streets.geojson", residents);
    let crowd = |stations: &'static str| {
        [
            ["--network", "streets.geojson"],
            ["--stations", stations],
            ["--residents", "neighbours.csv"],
        ]
    };
    let tables = ["--formats", "csv"];
    let areas = |file| [&town("residents.csv")[..], &[["--areas", file]]].concat();
    let mut loads = vec![
        load("plain", &schools),
        load("tables alone", &[&schools[..], &[tables]].concat()),
        load(
            "there and back",
            &[&schools[..], &[["--direction", "round-trip"]]].concat(),
        ),
        load("an hour", &[&schools[..], &[["--minutes", "60"]]].concat()),
        load("many areas", &areas("areas.geojson")),
        load("one area", &areas("area.geojson")),
        load("one long feature", &town("feature.geojson")),
        load("one long street", &on("street.geojson", "residents.csv")),
        load("long street names", &on("named.geojson", "residents.csv")),
        load("one long row", &town("row.csv")),
        load("long ids", &town("ids.csv")),
        load("long names", &town("names.csv")),
        load(
            "many residents",
            &[&town("many.csv")[..], &[tables]].concat(),
        ),
        load(
            "many stations in a tiny town",
            &[&crowd("crowd.csv")[..], &[tables]].concat(),
        ),
        load("a page of many stations in a tiny town", &crowd("few.csv")),
        load("a workbook", &[&town("rows.xlsx")[..], &[tables]].concat()),
        load("a Shapefile", &[&town("homes.shp")[..], &[tables]].concat()),
    ];
    if let Some(porto) = shared("porto.osm.pbf") {
        let porto = [
            ["--network", porto.to_str().expect("a path in UTF-8")],
            ["--stations", "osm:amenity=fuel"],
            ["--residents", "osm:building"],
        ];
        loads.push(load("Porto", &porto));
        let parking = ["--stations", "osm:amenity=parking_entrance"];
        loads.push(load(
            "Porto with many stations, there and back",
            &[&porto[..], &[parking, ["--direction", "round-trip"]]].concat(),
        ));
    }
    loads
}

fn load(name: &'static str, flags: &[[&str; 2]]) -> Load {
    let flags = flags.iter().flatten().map(ToString::to_string).collect();
    Load { name, flags }
}

fn write(folder: &Folder, scale: usize) {
    let text = |number: usize, length: usize| format!("{number:06}").repeat(length / 6);
    let rows = |header: &str, count: usize, row: &dyn Fn(usize) -> String| {
        let rows: String = (0..count).map(row).collect();
        format!("{header}\n{rows}")
    };
    let (east, north) = (
        |i: usize| 9.5 + (i % 1000) as f64 * 3e-5,
        |i: usize| 47.1 + (i / 1000) as f64 * 1e-5,
    );
    let areas: Vec<String> = (0..1000)
        .map(|i| {
            let middle = [east(i * 30), 47.1 + (i / 30) as f64 * 1e-3];
            polygon(i, middle, 4e-4, 300 * scale)
        })
        .collect();
    folder.write("areas.geojson", collection(&areas));
    let one = polygon(0, [9.51, 47.1], 0.02, 130_000 * scale);
    folder.write("area.geojson", collection(&[one]));
    folder.write(
        "street.geojson",
        collection(&[street("", 47.1, 140_000 * scale)]),
    );
    // A street across joins them.
    let mut named: Vec<String> = (0..300)
        .map(|i| street(&text(i, 10_000 * scale), 47.1 + i as f64 * 1e-5, 2))
        .collect();
    named.push(
        r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.5,47.1],[9.5,47.11]]}}"#
            .to_owned(),
    );
    folder.write("named.geojson", collection(&named));
    let note = text(1, (12_000_000 * scale).min(30_000_000));
    let feature = format!(
        r#"{{"type":"Feature","properties":{{"id":"a","remark":"{note}"}},"geometry":{{"type":"Point","coordinates":[9.505,47.1]}}}}"#
    );
    folder.write("feature.geojson", collection(&[feature]));
    let long = format!("id,lon,lat,remark\na,9.505,47.1,{note}\nb,9.506,47.1,\n");
    folder.write("row.csv", long);
    let long = (12_000 * scale).min(40_000);
    let ids = rows("id,lon,lat", 500, &|i| {
        format!("{},9.505,47.1\n", text(i, long))
    });
    folder.write("ids.csv", ids);
    let names = rows("id,name,lon,lat", 500, &|i| {
        format!("r{i},{},9.505,47.1\n", text(i, long))
    });
    folder.write("names.csv", names);
    let many = rows("id,lon,lat,population", 100_000 * scale, &|i| {
        format!("r{i},{:.6},{:.6},2\n", east(i), north(i))
    });
    folder.write("many.csv", many);
    // Along 450 m of a street, all within reach of each other.
    let place = |i: usize, count: usize| 9.5005 + 0.006 * (i as f64 / count as f64);
    for (name, count) in [
        ("crowd.csv", 2000 * scale),
        ("few.csv", 200 * scale),
        ("neighbours.csv", 2000),
    ] {
        let crowd = rows("id,lon,lat", count, &|i| {
            format!("p{i},{:.7},47.1002\n", place(i, count))
        });
        folder.write(name, crowd);
    }
    let cells: Vec<[String; 4]> = (0..10_000 * scale)
        .map(|i| {
            [
                format!("r{i}"),
                east(i).to_string(),
                north(i).to_string(),
                "2".to_owned(),
            ]
        })
        .collect();
    let header = ["id", "lon", "lat", "population"];
    let mut sheet: Vec<Vec<&str>> = vec![header.to_vec()];
    sheet.extend(
        cells
            .iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    );
    let sheet: Vec<&[&str]> = sheet.iter().map(Vec::as_slice).collect();
    folder.write("rows.xlsx", xlsx(&sheet));
    let count = 20_000 * scale;
    let places: Vec<Point> = (0..count).map(|i| Point::new(east(i), north(i))).collect();
    folder.write("homes.shp", shp(&places));
    let ids: Vec<String> = (0..count).map(|i| format!("r{i}")).collect();
    let people: Vec<[&str; 2]> = ids.iter().map(|id| [id.as_str(), "2"]).collect();
    let people: Vec<&[&str]> = people.iter().map(<[&str; 2]>::as_slice).collect();
    let fields = [("id", b'C', 10), ("population", b'N', 6)];
    folder.write("homes.dbf", dbf(encoding_rs::UTF_8, &fields, &people));
}

/// A feature of a winding street to the east with so many vertices.
fn street(name: &str, lat: f64, vertices: usize) -> String {
    let vertex = |number: usize| {
        let along = number as f64 / (vertices - 1) as f64;
        let aside = 1e-4 * (number as f64 / 50.0).sin();
        format!("[{:.7},{:.7}]", 9.5 + 0.03 * along, lat + aside)
    };
    let line: Vec<String> = (0..vertices).map(vertex).collect();
    let line = line.join(",");
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"LineString","coordinates":[{line}]}}}}"#
    )
}

/// A feature of a polygon with so many corners around a place, in degrees.
fn polygon(id: usize, [lon, lat]: [f64; 2], radius: f64, corners: usize) -> String {
    let corner = |number: usize| {
        let turn = std::f64::consts::TAU * (number % corners) as f64 / corners as f64;
        let (x, y) = (lon + radius * turn.cos(), lat + radius * turn.sin());
        format!("[{x:.7},{y:.7}]")
    };
    let ring: Vec<String> = (0..=corners).map(corner).collect();
    let ring = ring.join(",");
    format!(
        r#"{{"type":"Feature","properties":{{"id":"a{id}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}
