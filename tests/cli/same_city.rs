//! The same stations in every coordinate system and file that planners have them in.

use std::fmt::Write;

use encoding_rs::{GB18030, GBK};
use serde_json::Value;
use shapefile::Point;

use crate::support::command::Folder;
use crate::support::files::{dbf, shp, xlsx};

/// Longitude, latitude, and easting and northing in EPSG:4547 (by pyproj 3.7.2, PROJ 9.5.1).
const STATIONS: [(f64, f64, f64, f64); 3] = [
    (112.551, 37.861, 372_487.531_8, 4_193_059.408_2),
    (112.558, 37.866, 373_112.141_9, 4_193_604.880_7),
    (112.5635, 37.8703, 373_603.483_6, 4_194_074.727_9),
];
const NAMES: [&str; 3] = ["柳巷社区卫生服务站", "老军营药店", "迎泽公园诊所"];

/// Streets every 0.001°, residents between them, around 112.557° E, 37.866° N in Taiyuan.
fn town() -> Folder {
    let folder = Folder::new();
    let at = |index: i32, from: f64| from + f64::from(index) * 0.001;
    let line = |points: Vec<String>| {
        let points = points.join(",");
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{points}]}}}}"#
        )
    };
    let point = |x: i32, y: i32| format!("[{:.4},{:.4}]", at(x, 112.545), at(y, 37.856));
    let across = (0..=20).map(|y| line((0..=24).map(|x| point(x, y)).collect()));
    let along = (0..=24).map(|x| line((0..=20).map(|y| point(x, y)).collect()));
    let features: Vec<String> = across.chain(along).collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",\n")
    );
    folder.write("streets.geojson", text);
    let mut residents = "id,lon,lat,population\n".to_owned();
    for index in 0..300 {
        // Spread without a pattern: points in rows beside streets in rows lie near them under some shift or other.
        let spread = |factor: i32, width: i32| f64::from(index * factor % width) * 1e-6;
        let (lon, lat) = (
            112.546 + spread(7919, 21_001),
            37.857 + spread(10_007, 17_001),
        );
        let _ = writeln!(residents, "{index},{lon:.6},{lat:.6},{}", 1 + index % 7);
    }
    folder.write("residents.csv", residents);
    folder
}

fn table(rows: impl Fn(usize) -> String, header: &str) -> String {
    let rows: Vec<String> = (0..3)
        .map(|row| format!("S{row},{},{}", NAMES[row], rows(row)))
        .collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// `residents.csv` for stations of a file.
fn answer(folder: &Folder, stations: &str, more: &[&str]) -> Vec<Vec<String>> {
    let mut arguments = vec![
        "coverage",
        "--network",
        "streets.geojson",
        "--residents",
        "residents.csv",
        "--minutes",
        "5,10",
        "--out",
        "out",
        "--quiet",
        "--stations",
        stations,
    ];
    arguments.extend(more);
    let ran = folder.run(&arguments);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (Some(0), ""),
        "{stations} {more:?}"
    );
    let table = folder.read("out/residents.csv");
    table
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect())
        .collect()
}

/// Tables that differ by a tenth of a second at most.
fn assert_same(one: &[Vec<String>], other: &[Vec<String>], what: &str) {
    assert_eq!(one.len(), other.len(), "{what}");
    for (a, b) in one.iter().zip(other) {
        for (column, (a, b)) in a.iter().zip(b).enumerate() {
            let near = match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) if column == 3 => (a - b).abs() < 0.1001,
                _ => a == b,
            };
            assert!(near, "{what}: {a} and {b} in column {column}");
        }
    }
}

#[test]
fn the_same_stations_in_any_system_and_file_give_the_same_answer() {
    let folder = town();
    let degrees = table(
        |row| format!("{},{}", STATIONS[row].0, STATIONS[row].1),
        "编号,名称,经度,纬度",
    );
    folder.write("wgs84.csv", &degrees);
    let expected = answer(&folder, "wgs84.csv", &[]);
    let covered = expected.iter().filter(|row| row[2] == "covered").count();
    assert!((50..280).contains(&covered), "{covered} of 300 are covered");

    let shifted = |row: usize| geocoordinates::Wgs84::new(STATIONS[row].1, STATIONS[row].0);
    let gcj = |row| {
        let place = shifted(row).try_to_gcj02().expect("in China");
        format!("{},{}", place.lon, place.lat)
    };
    let bd = |row| {
        let place = shifted(row).try_to_bd09().expect("in China");
        format!("{},{}", place.lon, place.lat)
    };
    folder.write("gcj02.csv", table(gcj, "编号,名称,lng,lat"));
    folder.write("bd09.csv", table(bd, "编号,名称,lng,lat"));
    let zone = |row: usize| format!("{:.4},{:.4}", STATIONS[row].2, STATIONS[row].3);
    folder.write("zone.csv", table(zone, "编号,名称,横坐标,纵坐标"));
    let prefixed = |row: usize| {
        format!(
            "{:.4},{:.4}",
            STATIONS[row].2 + 38_000_000.0,
            STATIONS[row].3
        )
    };
    folder.write("prefixed.csv", table(prefixed, "编号,名称,x,y"));
    // Chinese surveyors' x is the northing.
    let northing = |row: usize| format!("{:.4},{:.4}", STATIONS[row].3, STATIONS[row].2);
    folder.write("northing.csv", table(northing, "编号,名称,X坐标,Y坐标"));
    folder.write("gb18030.csv", GB18030.encode(&degrees).0);
    folder.write(
        "semicolons.csv",
        degrees
            .replace('.', "~")
            .replace(',', ";")
            .replace('~', ","),
    );
    let shapes: Vec<Point> = STATIONS
        .iter()
        .map(|(x, y, ..)| Point::new(*x, *y))
        .collect();
    folder.write("shape.shp", shp(&shapes));
    let rows = [["S0", NAMES[0]], ["S1", NAMES[1]], ["S2", NAMES[2]]];
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    folder.write(
        "shape.dbf",
        dbf(GBK, &[("编号", b'C', 10), ("名称", b'C', 40)], &rows),
    );
    let cells: Vec<[String; 4]> = (0..3)
        .map(|row| {
            [
                format!("S{row}"),
                NAMES[row].to_owned(),
                STATIONS[row].0.to_string(),
                STATIONS[row].1.to_string(),
            ]
        })
        .collect();
    let mut sheet: Vec<Vec<&str>> = vec![vec!["站点一览表"], vec!["编号", "名称", "经度", "纬度"]];
    sheet.extend(
        cells
            .iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    );
    sheet.push(vec!["合计", "3"]);
    let sheet: Vec<&[&str]> = sheet.iter().map(Vec::as_slice).collect();
    folder.write("sheet.xlsx", xlsx(&sheet));

    for (file, more) in [
        ("gcj02.csv", &["--stations-crs", "GCJ-02"] as &[&str]),
        ("bd09.csv", &["--stations-crs", "BD-09"]),
        ("zone.csv", &["--stations-crs", "EPSG:4547"]),
        ("prefixed.csv", &["--stations-crs", "4526"]),
        ("northing.csv", &["--stations-crs", "EPSG:4547"]),
        ("gb18030.csv", &[]),
        ("semicolons.csv", &[]),
        ("shape.shp", &[]),
        ("sheet.xlsx", &[]),
    ] {
        assert_same(&expected, &answer(&folder, file, more), file);
    }
    // The last run's record names the file; a Shapefile's parts are all in it.
    answer(&folder, "shape.shp", &[]);
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let text = run.to_string();
    assert!(
        text.contains("shape.shp") && text.contains("shape.dbf"),
        "{text}"
    );
}

fn findings(folder: &Folder, stations: &str, more: &[&str]) -> Vec<Value> {
    let mut arguments = vec![
        "check",
        "--network",
        "streets.geojson",
        "--residents",
        "residents.csv",
        "--json",
        "--quiet",
        "--stations",
        stations,
    ];
    arguments.extend(more);
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let json: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    json["findings"].as_array().expect("a list").clone()
}

fn finding<'a>(findings: &'a [Value], code: &str) -> Option<&'a Value> {
    findings.iter().find(|finding| finding["code"] == code)
}

#[test]
fn a_shifted_layer_is_reported_and_not_corrected() {
    let folder = town();
    // Stations on streets, along and across, as a Chinese map gives them.
    let on_streets: Vec<(f64, f64)> = (0..80)
        .map(|row| {
            let street = f64::from(row % 17) * 0.001;
            let along = f64::from(row * 7919 % 16_001) * 1e-6;
            if row % 2 == 0 {
                (112.547 + along, 37.858 + street)
            } else {
                (112.547 + street, 37.858 + along)
            }
        })
        .collect();
    let shifted: Vec<String> = (0..)
        .zip(&on_streets)
        .map(|(row, (lon, lat))| {
            let place = geocoordinates::Wgs84::new(*lat, *lon);
            let place = place.try_to_gcj02().expect("in China");
            format!("s{row},{},{}", place.lon, place.lat)
        })
        .collect();
    folder.write(
        "stations.csv",
        format!("id,lon,lat\n{}\n", shifted.join("\n")),
    );
    let found = findings(&folder, "stations.csv", &[]);
    let shift = finding(&found, "shifted_layer").expect("it looks shifted");
    let example = shift["example"].as_str().expect("text");
    assert!(
        example.contains("stations.csv") && example.contains("--stations-crs GCJ-02"),
        "{example}"
    );
    // The published formula gives 0.0063° east and 0.0005° north here: 553 and 58 m.
    assert!(example.contains("about 560 m east of"), "{example}");
    let told = findings(&folder, "stations.csv", &["--stations-crs", "GCJ-02"]);
    assert!(finding(&told, "shifted_layer").is_none());
    // Told the wrong way: points of the earth that are taken for shifted ones.
    let true_ones: Vec<String> = (0..)
        .zip(&on_streets)
        .map(|(row, (lon, lat))| format!("s{row},{lon:.6},{lat:.6}"))
        .collect();
    folder.write(
        "true.csv",
        format!("id,lon,lat\n{}\n", true_ones.join("\n")),
    );
    assert!(finding(&findings(&folder, "true.csv", &[]), "shifted_layer").is_none());
    let wrong = findings(&folder, "true.csv", &["--stations-crs", "GCJ-02"]);
    assert!(finding(&wrong, "shifted_layer").is_some());
}

#[test]
fn addresses_without_coordinates_and_repeated_sites_are_listed() {
    let folder = town();
    folder.write(
        "stations.csv",
        "编号,名称,地址,经度,纬度\n1,柳巷社区卫生服务站,柳巷1号,112.551,37.861\n2,柳巷卫生服务站,柳巷1号,112.5512,37.8611\n3,老军营药店,,112.5513,37.8611\n4,桥东药店,桥东街5号,,\n5,迎泽药店,迎泽街6号,,\n合计,5,,,\n",
    );
    let found = findings(&folder, "stations.csv", &[]);
    let unlocated = finding(&found, "unlocated").expect("two addresses");
    assert_eq!(unlocated["count"], 2);
    let list = unlocated["list"].as_array().expect("a list");
    assert!(
        list[1].as_str().expect("text").contains("迎泽街6号"),
        "{list:?}"
    );
    let site = finding(&found, "repeated_site").expect("one site twice");
    assert_eq!(site["count"], 1);
    let example = site["example"].as_str().expect("text");
    assert!(
        example.contains("柳巷社区卫生服务站") && example.contains("柳巷卫生服务站"),
        "{example}"
    );
    assert_eq!(finding(&found, "total_row").expect("a total")["count"], 1);
    assert!(finding(&found, "invalid_station").is_none());
}

#[test]
fn careless_lines_are_counted_and_mended_when_asked() {
    let folder = Folder::new();
    // A street, one that stops 1 m short of it, and one that crosses it. 0.00001° of latitude are 1.1 m.
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.52,47.10]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.505,47.10001],[9.505,47.11]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.51,47.09],[9.51,47.11]]}}]}"#,
    );
    folder.write("stations.csv", "id,lon,lat\nclinic,9.50,47.10\n");
    folder.write(
        "residents.csv",
        "id,lon,lat\nshort,9.505,47.101\ncross,9.51,47.101\n",
    );
    let found = findings(&folder, "stations.csv", &[]);
    assert_eq!(finding(&found, "dangle").expect("one end")["count"], 1);
    assert_eq!(finding(&found, "crossing").expect("one place")["count"], 1);
    let status = |more: &[&str]| {
        let ran = folder.coverage(more);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let table = folder.read("out/residents.csv");
        let rows = table
            .lines()
            .skip(1)
            .map(|line| line.split(',').nth(2).map(str::to_owned));
        rows.collect::<Option<Vec<_>>>().expect("a status each")
    };
    assert_eq!(status(&[]), ["unreachable", "unreachable"]);
    assert_eq!(
        status(&["--join-tolerance", "2"]),
        ["covered", "unreachable"]
    );
    assert_eq!(status(&["--node-crossings"]), ["unreachable", "covered"]);
    assert_eq!(
        status(&["--join-tolerance", "2", "--node-crossings"]),
        ["covered", "covered"]
    );
    let mended = findings(
        &folder,
        "stations.csv",
        &["--join-tolerance", "2", "--node-crossings"],
    );
    assert!(finding(&mended, "dangle").is_none() && finding(&mended, "crossing").is_none());
    assert_eq!(finding(&mended, "joined_end").expect("one end")["count"], 1);
    assert_eq!(
        finding(&mended, "noded_crossing").expect("one place")["count"],
        1
    );
}
