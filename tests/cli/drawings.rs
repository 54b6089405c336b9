//! What the command draws: isochrones, reached streets, gaps.

use geo::{Contains, Validation};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, coord};
use serde_json::Value;

use crate::support::command::Folder;
use crate::support::pbf::{self, Block};

/// Columns and rows of 0.001° from 9.5° E, 47.1° N: 76 m and 111 m.
fn at(x: i64, y: i64) -> (i64, i64) {
    (95_000_000 + x * 10_000, 471_000_000 + y * 10_000)
}

fn place(x: f64, y: f64) -> Coord<f64> {
    coord! { x: 9.5 + x / 1000.0, y: 47.1 + y / 1000.0 }
}

/// A street along each bank of a river that runs north-south between columns 4 and 6, and a bridge at row 3:
///
/// ```text
///   west bank x=3   river 4..6   east bank x=7      rows 0 to 6
/// ```
fn river_town(bridge: bool) -> Folder {
    let mut block = Block::default();
    let mut node = |id, x, y| block.node(id, at(x, y).0, at(x, y).1, &[]);
    for y in 0..=6 {
        node(1 + y, 3, y);
        node(11 + y, 7, y);
    }
    for (id, (x, y)) in (21..).zip([(4, -3), (6, -3), (6, 9), (4, 9)]) {
        node(id, x, y);
    }
    let west: Vec<i64> = (1..=7).collect();
    let east: Vec<i64> = (11..=17).collect();
    block.way(
        1,
        &west,
        &[("highway", "residential"), ("name", "West Quay")],
    );
    block.way(
        2,
        &east,
        &[("highway", "residential"), ("name", "East Quay")],
    );
    if bridge {
        block.way(3, &[4, 14], &[("highway", "footway"), ("bridge", "yes")]);
    }
    block.way(4, &[21, 22, 23, 24, 21], &[("natural", "water")]);
    let folder = Folder::new();
    folder.write("town.osm.pbf", pbf::file(&block));
    folder.write("stations.csv", "id,lon,lat\ncentre,9.503,47.103\n");
    folder.write(
        "residents.csv",
        "id,lon,lat,population\neast north,9.507,47.1058,20\neast south,9.507,47.1002,10\nwest,9.503,47.101,5\n",
    );
    folder
}

fn isochrone(folder: &Folder, more: &[&str]) -> Value {
    let mut arguments = vec![
        "isochrone",
        "--network",
        "town.osm.pbf",
        "--stations",
        "stations.csv",
    ];
    arguments.extend([
        "--profile",
        "plain",
        "--minutes",
        "3,10",
        "--out",
        "drawn",
        "--quiet",
    ]);
    arguments.extend(more);
    let ran = folder.run(&arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&folder.read("drawn/isochrones.geojson")).expect("JSON")
}

/// The geometry of the feature of a station (null: all) and a cutoff.
fn shape(collection: &Value, station: &Value, minutes: f64) -> MultiPolygon<f64> {
    let features = collection["features"].as_array().expect("features");
    let is_asked = |feature: &&Value| {
        let properties = &feature["properties"];
        properties["station"] == *station && properties["minutes"] == minutes
    };
    let feature = features.iter().find(is_asked).expect("a feature");
    let ring = |ring: &Value| -> LineString<f64> {
        let corners = ring.as_array().expect("a ring").iter();
        let number = |value: &Value| value.as_f64().expect("a number");
        corners.map(|c| (number(&c[0]), number(&c[1]))).collect()
    };
    let polygons = feature["geometry"]["coordinates"]
        .as_array()
        .expect("polygons");
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        let outer = rings.next().expect("an outer ring");
        Polygon::new(outer, rings.collect())
    };
    polygons.iter().map(polygon).collect()
}

#[test]
fn the_river_is_crossed_only_at_the_bridge() {
    let (with, without) = (river_town(true), river_town(false));
    let all = Value::Null;
    let bridged = isochrone(&with, &["--min-island", "0"]);
    let cut = isochrone(&without, &["--min-island", "0"]);
    for (collection, crosses) in [(&bridged, true), (&cut, false)] {
        let ground = shape(collection, &all, 10.0);
        assert!(ground.is_valid());
        assert_eq!(
            ground,
            shape(collection, &Value::from("centre"), 10.0),
            "one station is all"
        );
        assert!(ground.contains(&place(2.8, 1.5)), "the west bank");
        // 4 steps over the bridge (304 m) and 2 rows along the quay (222 m) are 395 s of 600.
        assert_eq!(ground.contains(&place(7.2, 1.0)), crosses, "the east bank");
        // In 180 s nobody is over the bridge and up the quay.
        assert!(!shape(collection, &all, 3.0).contains(&place(7.0, 1.0)));
        for row in -1..=7 {
            assert!(
                !ground.contains(&place(5.0, f64::from(row))),
                "in the river at {row}"
            );
        }
    }
}

#[test]
fn reached_streets_end_where_the_cutoff_is_reached() {
    let folder = river_town(true);
    isochrone(&folder, &["--min-island", "0"]);
    let streets: Value =
        serde_json::from_str(&folder.read("drawn/reached_streets.geojson")).expect("JSON");
    let features = streets["features"].as_array().expect("features");
    assert_eq!(
        features.len(),
        4,
        "a station and all together, 3 and 10 minutes"
    );
    let of_three = &features[0];
    assert_eq!(of_three["geometry"]["type"], "MultiLineString");
    let corners: Vec<(f64, f64)> = of_three["geometry"]["coordinates"]
        .as_array()
        .expect("lines")
        .iter()
        .flat_map(|line| line.as_array().expect("a line"))
        .map(|at| {
            (
                at[0].as_f64().expect("a number"),
                at[1].as_f64().expect("a number"),
            )
        })
        .collect();
    // Three minutes at 4.8 km/h are 240 m: 240 / 111.18 = 2.1587 rows either way from row 3, and 240 / 75.910 = 3.1616
    // columns onto the bridge (at 47.103° N 0.001° are 111.18 m and 75.910 m).
    let has = |x: f64, y: f64| {
        let asked = place(x, y);
        corners
            .iter()
            .any(|(lon, lat)| (lon - asked.x).abs() < 2e-7 && (lat - asked.y).abs() < 2e-7)
    };
    let most = corners.iter().map(|(_, lat)| *lat).fold(f64::MIN, f64::max);
    let east = corners.iter().map(|(lon, _)| *lon).fold(f64::MIN, f64::max);
    assert!((most - place(0.0, 5.1587).y).abs() < 1e-6, "{most}");
    assert!((east - place(6.1616, 0.0).x).abs() < 1e-6, "{east}");
    assert!(has(3.0, 3.0) || has(3.0, 2.0));
}

#[test]
fn a_gap_beyond_the_river_asks_for_the_bridge() {
    let run = |folder: &Folder| {
        let ran = folder.run(&[
            "gaps",
            "--network",
            "town.osm.pbf",
            "--stations",
            "stations.csv",
            "--residents",
            "residents.csv",
            "--profile",
            "plain",
            "--minutes",
            "10",
            "--min-island",
            "0",
            "--missing-link",
            "310",
            "--gap-link",
            "700",
            "--out",
            "found",
        ]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        (
            ran.stdout,
            folder.read("found/gaps.csv"),
            folder.read("found/gaps.geojson"),
        )
    };
    let (text, table, _) = run(&river_town(true));
    assert!(text.starts_with("no gaps"), "{text}");
    assert_eq!(table.lines().count(), 1);
    let (text, table, features) = run(&river_town(false));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    // Both homes on the east quay, 30 people; over a link at either end of the quay or between.
    assert!(lines[1].starts_with("1,30,2,9.507"), "{table}");
    assert!(lines[1].contains(",East Quay,link_missing,,,"), "{table}");
    assert!(text.contains("would serve 30"), "{text}");
    let features: Value = serde_json::from_str(&features).expect("JSON");
    let kinds: Vec<&Value> = features["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|feature| &feature["properties"]["what"])
        .collect();
    assert_eq!(kinds, ["gap", "link"]);
    let gap = &features["features"][0]["properties"];
    let columns = table.lines().next().expect("a header").split(',');
    for column in columns.take_while(|column| *column != "median_extra_seconds") {
        assert!(!gap[column].is_null(), "{column} in {gap}");
    }
}

#[test]
fn drawings_are_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::town();
    let run = |threads: &str| {
        let ran = folder.coverage(&["--formats", "csv,geojson", "--threads", threads]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ["isochrones.geojson", "gaps.geojson", "gaps.csv"]
            .map(|file| folder.read(&format!("out/{file}")))
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    assert_eq!(one, run("8"));
}
