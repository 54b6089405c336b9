//! `pedshed catchments`: whose ground is whose.

use std::collections::HashMap;

use geo::{Area, BooleanOps, Intersects, Validation};
use geo_types::{MultiPolygon, Point};
use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese, liechtenstein};

fn catchments(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut all = vec!["catchments", "--out", "out"];
    all.extend(arguments);
    folder.run(&all)
}

fn rows(folder: &Folder, file: &str) -> Vec<Vec<String>> {
    let text = folder.read(&format!("out/{file}"));
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

/// The ground of each station.
fn grounds(folder: &Folder) -> HashMap<String, MultiPolygon<f64>> {
    let text = folder.read("out/catchments.geojson");
    let collection: geojson::FeatureCollection = text.parse().expect("GeoJSON");
    let grounds = collection.features.into_iter().map(|feature| {
        let id = feature
            .property("id")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let geometry = feature.geometry.expect("a geometry");
        let ground = MultiPolygon::try_from(geometry).expect("a multipolygon");
        (id.expect("an id"), ground)
    });
    grounds.collect()
}

const TOWN: [&str; 6] = [
    "--network",
    "streets.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

#[test]
fn two_stations_part_a_street_in_its_middle() {
    let folder = Folder::new();
    folder.write("streets.geojson", r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.53,47.10]]}}]}"#);
    folder.write(
        "stations.csv",
        "id,name,lon,lat\nwest,West,9.50,47.10\neast,East,9.53,47.10\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat,population\na,9.501,47.10,10\nb,9.514,47.1005,20\nc,9.516,47.10,40\nd,9.7,47.1,1\n",
    );
    let ran = catchments(&folder, &TOWN);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let stations = rows(&folder, "catchments.csv");
    assert_eq!(stations[0][4..7], ["2", "30", "0.428571"]);
    assert_eq!(stations[1][4..7], ["1", "40", "0.571429"]);
    let residents = rows(&folder, "catchment_residents.csv");
    let of: Vec<&str> = residents.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(of, ["west", "west", "east", ""]);
    assert!(residents.iter().all(|row| row[4] == "0"));
    let grounds = grounds(&folder);
    let (west, east) = (&grounds["west"], &grounds["east"]);
    assert!(west.is_valid() && east.is_valid());
    assert!(
        west.intersects(&Point::new(9.5145, 47.1)) && !west.intersects(&Point::new(9.5155, 47.1))
    );
    // 1,138 m and 200 m around one end, 400 m wide.
    let area: f64 = stations[0][7].parse().expect("square kilometres");
    assert!((area - 0.455 - 0.063).abs() < 0.03, "{area}");
}

#[test]
fn the_ground_of_pharmacies_touches_and_does_not_overlap() {
    let folder = Folder::new();
    let map = liechtenstein();
    let map = map.to_str().expect("a path");
    let ran = catchments(
        &folder,
        &[
            "--network",
            map,
            "--stations",
            "osm:amenity=pharmacy",
            "--residents",
            "osm:building",
            "--cell",
            "40",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let grounds = grounds(&folder);
    let all: Vec<&MultiPolygon<f64>> = grounds.values().collect();
    for (at, one) in all.iter().enumerate() {
        assert!(one.is_valid());
        for other in &all[at + 1..] {
            let both = one.intersection(*other).unsigned_area();
            assert!(both <= one.unsigned_area() * 1e-9, "{both}");
        }
    }
    let stations = rows(&folder, "catchments.csv");
    assert_eq!(stations.len(), grounds.len());
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let outside = &summary["catchments"]["outside"];
    let said = outside["records"].as_u64().expect("a number");
    let residents = rows(&folder, "catchment_residents.csv");
    let counted = residents.iter().filter(|row| row[4] == "1").count() as u64;
    assert_eq!(said, counted);
    // Few live where two catchments meet in one cell.
    assert!(counted * 100 < residents.len() as u64, "{counted}");
}

#[test]
fn everything_is_said_in_chinese_too() {
    let folder = Folder::town();
    let ran = catchments(&folder, &[&TOWN[..], &["--lang", "zh"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(is_chinese(&ran.stdout), "{}", ran.stdout);
    assert!(!has_english_sentence(&ran.stdout), "{}", ran.stdout);
    let ran = catchments(&folder, &[&TOWN[..], &["--cell", "1"]].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn balanced_stations_have_as_many_people() {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.53,47.10]]}}]}"#,
    );
    folder.write(
        "stations.csv",
        "id,lon,lat\nwest,9.50,47.10\neast,9.53,47.10\n",
    );
    // Four in the west and none in the east: the two that are least further from there go over.
    folder.write(
        "residents.csv",
        "id,lon,lat,population\na,9.501,47.10,10\nb,9.504,47.10,10\nc,9.508,47.10,10\nd,9.512,47.10,10\n",
    );
    let ran = catchments(&folder, &[&TOWN[..], &["--balance"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let residents = rows(&folder, "catchment_residents.csv");
    let of: Vec<&str> = residents.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(of, ["west", "west", "east", "east"]);
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let balance = &summary["catchments"]["balance"];
    assert_eq!(
        (&balance["capacity"], &balance["over"]),
        (&20.into(), &0.into())
    );
    assert_eq!(balance["least_mean_minutes"], balance["mean_minutes"]);
    let grounds = grounds(&folder);
    assert!(grounds["east"].intersects(&Point::new(9.512, 47.1)));
    let ran = catchments(
        &folder,
        &[&TOWN[..], &["--balance", "--capacity", "30"]].concat(),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let residents = rows(&folder, "catchment_residents.csv");
    let of: Vec<&str> = residents.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(of, ["west", "west", "west", "east"]);
    let ran = catchments(&folder, &[&TOWN[..], &["--capacity", "30"]].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn stations_have_as_many_people_as_their_column_says() {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.53,47.10]]}}]}"#,
    );
    // Four in the west, and none in the middle and in the east, which are 15.2 and 30.3 minutes from the west.
    folder.write(
        "residents.csv",
        "id,lon,lat,population\na,9.501,47.10,10\nb,9.502,47.10,10\nc,9.503,47.10,10\nd,9.504,47.10,10\n",
    );
    let stations = |cells: [&str; 3]| {
        let [west, middle, east] = cells;
        folder.write(
            "stations.csv",
            format!("id,lon,lat,可服务人数\nwest,9.50,47.10,{west}\nmiddle,9.515,47.10,{middle}\neast,9.53,47.10,{east}\n"),
        );
    };
    let of = |more: &[&str]| {
        let ran = catchments(&folder, &[&TOWN[..], &["--balance"], more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let residents = rows(&folder, "catchment_residents.csv");
        let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
        let of: Vec<String> = residents.into_iter().map(|row| row[2].clone()).collect();
        (of, summary, ran.stdout)
    };
    // All have one: the nearest go to the middle until it is full.
    stations(["20", "10人", "30"]);
    let (stand, summary, told) = of(&[]);
    assert_eq!(stand, ["west", "west", "east", "middle"]);
    let balance = &summary["catchments"]["balance"];
    assert_eq!(
        (&balance["capacity"], &balance["over"]),
        (&Value::Null, &0.into())
    );
    assert!(told.contains("each as many as it can take"), "{told}");
    let table = rows(&folder, "catchments.csv");
    let loads = table
        .iter()
        .map(|row| [row[0].as_str(), &row[10], &row[11]]);
    assert_eq!(
        loads.collect::<Vec<_>>(),
        [
            ["west", "20", "1.000000"],
            ["middle", "10", "1.000000"],
            ["east", "30", "0.333333"]
        ]
    );
    assert!(folder.read("out/index.html").contains("Of capacity"));
    assert!(
        folder
            .read("out/catchments.geojson")
            .contains("\"capacity\":30")
    );
    // One cell is blank and one is no number: these two take what --capacity says, and both are told.
    stations(["20", "", "many"]);
    let (stand, summary, told) = of(&["--capacity", "10"]);
    assert_eq!(stand, ["west", "west", "east", "middle"]);
    assert_eq!(summary["catchments"]["balance"]["capacity"], 10);
    let counts = summary["findings"].as_array().expect("findings").iter();
    let counts: Vec<(&str, u64)> = counts
        .map(|one| {
            (
                one["code"].as_str().expect("a code"),
                one["count"].as_u64().expect("a number"),
            )
        })
        .collect();
    for expected in [("cell_not_understood", 1), ("station_without_capacity", 1)] {
        assert!(counts.contains(&expected), "{counts:?}");
    }
    assert!(told.contains("1 stations without a capacity"), "{told}");
    assert!(told.contains("as many as --capacity says"), "{told}");
    assert!(
        folder
            .read("out/index.html")
            .contains("data-finding=\"station_without_capacity\"")
    );
    // Without --capacity they share what is left as equally as can be: no less than a third of all, 13.3 people.
    let (stand, summary, _) = of(&[]);
    assert_eq!(stand.iter().filter(|one| *one == "west").count(), 2);
    let common = summary["catchments"]["balance"]["capacity"]
        .as_f64()
        .expect("a number");
    assert!((13.3..13.5).contains(&common), "{common}");
    // Nobody looks at the column where nothing is balanced, and a column that is named must be looked at.
    let named = ["--stations-columns", "capacity=可服务人数"];
    let ran = catchments(&folder, &[&TOWN[..], &named, &["--balance"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let ran = catchments(&folder, &[&TOWN[..], &named].concat());
    assert_ne!(ran.code, Some(0), "{}", ran.stdout);
    assert!(ran.stderr.contains("capacity"), "{}", ran.stderr);
}
