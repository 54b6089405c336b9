//! `pedshed resilience`: what breaks.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese};

/// Two clinics on either side of a river, a bridge between.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West Street"},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10]]}},
{"type":"Feature","properties":{"name":"Old Bridge","bridge":"yes"},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.512,47.10]]}},
{"type":"Feature","properties":{"name":"East Street"},"geometry":{"type":"LineString","coordinates":[[9.512,47.10],[9.53,47.10]]}}
]}"#;
const STATIONS: &str = "id,name,lon,lat\nwest,=West,9.505,47.10\neast,East,9.53,47.10\n";
const RESIDENTS: &str =
    "id,lon,lat,population\nriver,9.5125,47.10,30\nfar,9.527,47.10,4\nhere,9.501,47.10,6\n";

fn town() -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", STATIONS);
    folder.write("residents.csv", RESIDENTS);
    folder
}

fn resilience(folder: &Folder, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "resilience",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--out",
        "out",
    ];
    arguments.extend(more);
    folder.run(&arguments)
}

fn rows(folder: &Folder, file: &str) -> Vec<Vec<String>> {
    let text = folder.read(&format!("out/{file}"));
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_tables_say_what_each_closure_costs() {
    let folder = town();
    let ran = resilience(&folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // From the river 569 m west over the bridge, 7.1 minutes; east 1,328 m, 16.6 minutes.
    let stations = rows(&folder, "station_closures.csv");
    let ids: Vec<&str> = stations.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(ids, ["west", "east"]);
    assert_eq!(stations[0][2], "'=West");
    assert_eq!(stations[0][5..10], ["2", "36", "2", "36", "0"]);
    assert_eq!(stations[1][5..10], ["1", "4", "1", "4", "0"]);
    let streets = rows(&folder, "street_closures.csv");
    assert_eq!(streets.len(), 1);
    assert_eq!(streets[0][1..5], ["bridge", "way", "2", "Old Bridge"]);
    // Without the bridge the river goes east, over the cutoff.
    assert_eq!(streets[0][7..11], ["1", "30", "0", "30"]);
    let dependence = rows(&folder, "dependence.csv");
    assert_eq!(dependence[0][2..5], ["1", "west", "west"]);
    assert_eq!(dependence[0][6], "east");
    let pairs = rows(&folder, "station_pairs.csv");
    assert_eq!(pairs[0][5..8], ["3", "40", "40"]);
    assert_eq!(pairs[0][10], "0");
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let breaks = &summary["resilience"];
    assert_eq!(breaks["stations_within"]["one"]["people"], 40);
    assert_eq!(breaks["streets"]["bridge"]["closed"], 1);
    assert_eq!(breaks["streets"]["bridge"]["worst"]["people_lost"], 30);
    let map: Value = serde_json::from_str(&folder.read("out/closures.geojson")).expect("JSON");
    assert_eq!(map["features"].as_array().map(Vec::len), Some(3));
    assert!(ran.stdout.contains("Old Bridge"), "{}", ran.stdout);
}

#[test]
fn the_same_bytes_come_of_any_number_of_threads() {
    let folder = town();
    let files = [
        "station_closures.csv",
        "street_closures.csv",
        "closures.geojson",
    ];
    let read = |threads: &str| {
        let ran = resilience(&folder, &["--threads", threads, "--quiet"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        files.map(|file| folder.read(&format!("out/{file}")))
    };
    assert_eq!(read("1"), read("2"));
}

#[test]
fn metres_count_kilometres_and_round_trips_close_stations_alone() {
    let folder = town();
    let ran = resilience(&folder, &["--metres", "1000"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let header = folder.read("out/station_closures.csv");
    assert!(
        header
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("person_km_added"))
    );
    let folder = town();
    let ran = resilience(&folder, &["--direction", "round-trip"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!folder.join("out/street_closures.csv").exists());
    assert!(folder.join("out/station_closures.csv").exists());
    assert!(ran.stdout.contains("one way"), "{}", ran.stdout);
}

#[test]
fn everything_is_said_in_chinese_too() {
    let folder = town();
    let ran = resilience(&folder, &["--lang", "zh"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(is_chinese(&ran.stdout), "{}", ran.stdout);
    assert!(!has_english_sentence(&ran.stdout), "{}", ran.stdout);
}

#[test]
fn a_flag_that_reaches_nothing_is_refused() {
    let folder = town();
    let ran = resilience(&folder, &["--gates-crs", "EPSG:4326"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}
