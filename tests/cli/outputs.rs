//! What the command writes and how it ends.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::command::Folder;
use crate::support::{liechtenstein, shared};

#[test]
fn coverage_writes_the_tables_of_the_contract() {
    let folder = Folder::town();
    let ran = folder.coverage(&[
        "--table",
        "--metres",
        "1000",
        "--minutes",
        "5,15",
        "--profile",
        "plain",
    ]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), "", "")
    );
    assert_eq!(
        folder.list("out"),
        [
            "gaps.csv",
            "gaps.geojson",
            "isochrones.geojson",
            "report.html",
            "residents.csv",
            "run.json",
            "stations.csv",
            "summary.json",
            "travel_times.csv"
        ]
    );
    // 0.005° at 47.1° N are 379.7 m (prime vertical radius 6,389,645 m × cos 47.1° × π / 180 × 0.005): 284.7 s.
    let residents = folder.read("out/residents.csv");
    let lines: Vec<&str> = residents.lines().collect();
    assert_eq!(
        lines[0],
        "id,population,status,seconds,nearest_station,within_5,within_15,metres,within_1000m,reason"
    );
    assert!(
        lines[1].starts_with("near,2,covered,284.7,clinic,1,1,379.6,1,")
            || lines[1].starts_with("near,2,covered,284.8,clinic,1,1,379.7,1,"),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("north,3.5,beyond,"), "{}", lines[2]);
    assert!(lines[3].starts_with("far,4,beyond,"), "{}", lines[3]);
    assert!(
        lines[4].starts_with("sea,5,off_network,,,0,0,,0,nearest street "),
        "{}",
        lines[4]
    );
    let stations = folder.read("out/stations.csv");
    let lines: Vec<&str> = stations.lines().collect();
    assert_eq!(
        lines[0],
        "id,status,snap_m,residents_5,population_5,exclusive_population_5,residents_15,population_15,\
         exclusive_population_15,residents_1000m,population_1000m,exclusive_population_1000m"
    );
    assert_eq!(lines[1], "clinic,ok,0.00,1,2,2,1,2,2,1,2,2");
    assert!(
        folder
            .read("out/travel_times.csv")
            .starts_with("resident,station,seconds\nnear,clinic,284.")
    );
    let summary: serde_json::Value =
        serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["population"]["total"], 14.5);
    assert_eq!(summary["population"]["covered"], 2);
    assert_eq!(summary["population"]["off_network"], 5);
    assert_eq!(summary["population"]["within_1000m"], 2);
    for stage in [
        "read",
        "network",
        "snap",
        "search",
        "coverage",
        "isochrones",
        "write",
        "total",
    ] {
        assert!(summary["timings_ms"][stage].is_number(), "{stage}");
    }
    let run: serde_json::Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(run["parameters"]["minutes"], serde_json::json!([5.0, 15.0]));
    assert_eq!(run["inputs"].as_array().map(Vec::len), Some(3));
    let mut outputs = folder.list("out");
    outputs.retain(|file| file != "run.json");
    let mut listed: Vec<&str> = run["outputs"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    listed.sort_unstable();
    assert_eq!(listed, outputs);
    assert!(
        !folder
            .read("out/run.json")
            .contains(folder.path().to_str().expect("a path"))
    );
}

#[test]
fn metres_alone_decide_and_the_usual_minutes_stand_beside_them() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&["--metres", "300"]).code, Some(0));
    let residents = folder.read("out/residents.csv");
    assert!(residents.contains("near,2,beyond,"), "{residents}");
    assert!(residents.contains(" m over 300 m"), "{residents}");
    assert!(residents.starts_with("id,population,status,seconds,nearest_station,within_5,within_10,within_15,metres,within_300m,reason"));
}

#[test]
fn exit_codes_tell_usage_failure_and_a_missed_gate_apart() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&["--no-such-flag"]).code, Some(2));
    assert_eq!(folder.coverage(&["--minutes", "0"]).code, Some(2));
    assert_eq!(folder.coverage(&["--minutes", "NaN"]).code, Some(2));
    assert_eq!(folder.coverage(&["--max-snap", "-1"]).code, Some(2));
    assert_eq!(folder.coverage(&["--speed-kmh", "500"]).code, Some(2));
    assert_eq!(folder.coverage(&["--require-share", "95"]).code, Some(2));
    assert!(!folder.join("out").exists());
    assert_eq!(folder.coverage(&["--require-share", "0.9"]).code, Some(3));
    assert!(
        folder.join("out/run.json").exists(),
        "a missed gate still has its files"
    );
    assert_eq!(folder.coverage(&["--require-share", "0.1"]).code, Some(0));
    assert_eq!(
        folder
            .run(&["coverage", "--network", "nowhere.osm.pbf"])
            .code,
        Some(2)
    );
    assert_eq!(folder.run(&["--help"]).code, Some(0));
}

#[test]
fn other_files_in_the_folder_stay() {
    let folder = Folder::town();
    fs::create_dir(folder.join("out")).expect("a folder");
    folder.write("out/notes.txt", "mine");
    assert_eq!(folder.coverage(&[]).code, Some(0));
    assert_eq!(folder.coverage(&[]).code, Some(0));
    assert_eq!(
        folder.list("out"),
        [
            "gaps.csv",
            "gaps.geojson",
            "isochrones.geojson",
            "notes.txt",
            "report.html",
            "residents.csv",
            "run.json",
            "stations.csv",
            "summary.json"
        ]
    );
}

#[test]
fn tables_are_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::new();
    let network = liechtenstein();
    let network = network.to_str().expect("a path");
    let mut first: Option<Vec<String>> = None;
    for threads in ["1", "2", "4", "8", "2", "1"] {
        let ran = folder.run(&[
            "coverage",
            "--network",
            network,
            "--stations",
            "osm:amenity=school",
            "--stations",
            "osm:amenity=post_office",
            "--residents",
            "osm:building",
            "--areas",
            "osm:boundary=administrative,admin_level=8",
            "--metres",
            "500,1000",
            "--table",
            "--quiet",
            "--threads",
            threads,
            "--out",
            threads,
        ]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let tables = [
            "residents.csv",
            "stations.csv",
            "areas.csv",
            "travel_times.csv",
            "report.html",
            "run.json",
        ];
        let bytes: Vec<String> = tables
            .iter()
            .map(|name| folder.read(&format!("{threads}/{name}")))
            .collect();
        assert_eq!(
            first.get_or_insert_with(|| bytes.clone()),
            &bytes,
            "{threads} threads"
        );
    }
}

#[test]
fn the_demo_runs_anywhere_and_its_summary_fits_a_terminal() {
    let folder = Folder::new();
    let ran = folder.run(&["demo"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(folder.join("demo-output/run.json").exists());
    let widest = ran.stdout.lines().map(|line| line.chars().count()).max();
    assert!(
        widest.is_some_and(|columns| columns <= 80),
        "{widest:?} columns:\n{}",
        ran.stdout
    );
    let areas = folder.read("demo-output/areas.csv");
    for name in [
        "Balzers",
        "Eschen",
        "Gamprin",
        "Mauren",
        "Planken",
        "Ruggell",
        "Schaan",
        "Schellenberg",
        "Triesen",
        "Triesenberg",
        "Vaduz",
    ] {
        assert!(
            areas.contains(&format!(",{name},")),
            "{name} is missing:\n{areas}"
        );
    }
    assert_eq!(
        areas.lines().count(),
        12,
        "eleven municipalities and the header"
    );
}

#[test]
fn explain_shows_the_legs_and_their_sum() {
    let folder = Folder::town();
    let explain = |id: &str, more: &[&str]| {
        let mut arguments = vec![
            "explain",
            "--resident",
            id,
            "--network",
            "streets.geojson",
            "--stations",
            "stations.csv",
            "--residents",
            "residents.csv",
            "--quiet",
            "--profile",
            "plain",
        ];
        arguments.extend(more);
        folder.run(&arguments)
    };
    let near = explain("near", &[]);
    assert!(
        near.stdout.contains("Main Street") && near.stdout.contains("4 min 44."),
        "{}",
        near.stdout
    );
    let walk: serde_json::Value =
        serde_json::from_str(&explain("north", &["--geojson", "-"]).stdout).expect("GeoJSON");
    let features = walk["features"].as_array().expect("features");
    let line = features
        .iter()
        .find(|f| f["geometry"]["type"] == "LineString")
        .expect("the walk");
    // Home, its street's end at the junction, and the clinic at the end of Main Street.
    assert_eq!(
        line["geometry"]["coordinates"],
        serde_json::json!([[9.51, 47.1095], [9.51, 47.1], [9.5, 47.1]])
    );
    assert!(
        explain("sea", &[]).stdout.contains("off_network"),
        "{}",
        explain("sea", &[]).stdout
    );
    let unknown = explain("nobody", &[]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.stderr.contains("nobody"), "{}", unknown.stderr);
}

#[test]
fn check_lists_findings_worst_first_with_their_cure() {
    let folder = Folder::town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population\na,9.505,47.1,1\na,9.505,47.1,-3\nb,,,\n",
    );
    let ran = folder.run(&[
        "check",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let at = |text: &str| {
        ran.stdout
            .find(text)
            .unwrap_or_else(|| panic!("{text} in\n{}", ran.stdout))
    };
    assert!(
        at("error: 2 resident records that cannot be used")
            < at("warning: 1 resident rows that repeat an id")
    );
    assert!(
        ran.stdout
            .contains("residents.csv line 3 (id a): population: -3 is negative"),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_length_of_no_island_is_plainly_nothing() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let summary = folder.read("out/summary.json");
    for key in ["islands_length_m", "pockets_length_m"] {
        assert!(summary.contains(&format!("\"{key}\": 0.0")), "{summary}");
    }
    let info = folder.run(&["network", "info", "--network", "streets.geojson"]);
    assert!(!info.stdout.contains("-0.0"), "{}", info.stdout);
}

/// A street of 76 m that touches nothing, with a station and a home of their own beside it, 55 m away.
#[test]
fn who_lives_beside_an_island_is_told_so() {
    let folder = Folder::town();
    let island = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.60,47.10],[9.601,47.10]]}},
{"type":"Feature""#;
    let streets = crate::support::command::STREETS.replacen(r#"{"type":"Feature""#, island, 2);
    let streets = streets.replacen(island, r#"{"type":"Feature""#, 1);
    folder.write("streets.geojson", streets);
    folder.write(
        "stations.csv",
        "id,lon,lat\nclinic,9.50,47.10\nkiosk,9.6005,47.1005\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat\nnear,9.505,47.10\nhut,9.6005,47.1005\n",
    );
    let ran = folder.run(&[
        "check",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
    ]);
    for text in [
        "kiosk (stations.csv line 3): nearest street, 56 m away, is on an island",
        "hut (residents.csv line 3): nearest street, 56 m away, is on an island",
    ] {
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
    assert_eq!(
        ran.stdout
            .matches("beside an island, lower --min-island")
            .count(),
        2,
        "{}",
        ran.stdout
    );
}

#[test]
fn network_info_says_what_was_left_out() {
    let folder = Folder::new();
    let network = liechtenstein();
    let ran = folder.run(&[
        "network",
        "info",
        "--network",
        network.to_str().expect("a path"),
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for text in [
        "nodes",
        "pockets of private ways",
        "not for walking",
        "islands",
    ] {
        assert!(ran.stdout.contains(text), "{text} in\n{}", ran.stdout);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let folder = Folder::new();
    let network = liechtenstein();
    let mut command = folder.command();
    command.args([
        "network",
        "info",
        "--network",
        network.to_str().expect("a path"),
    ]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130_and_leaves_nothing() {
    let folder = Folder::town();
    fs::remove_file(folder.join("streets.geojson")).expect("removed");
    let made = Command::new("mkfifo")
        .arg(folder.join("streets.geojson"))
        .status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let mut command = folder.command();
    command.args([
        "coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
    ]);
    command
        .args(["--residents", "residents.csv", "--out", "out"])
        .stderr(Stdio::piped());
    let child = command.spawn().expect("the command starts");
    // Opening the pipe waits for the command to open it too; then it has taken over its signals and waits for input.
    let mut pipe = fs::OpenOptions::new()
        .write(true)
        .open(folder.join("streets.geojson"))
        .expect("the pipe");
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()), "kill");
    // On a slow machine it has ended before.
    let _ = pipe.write_all(crate::support::command::STREETS.as_bytes());
    drop(pipe);
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(
        output.status.code(),
        Some(130),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!folder.join("out").exists());
}

#[cfg(unix)]
#[test]
fn a_file_size_limit_is_an_error_and_leaves_nothing() {
    let folder = Folder::town();
    let rows: Vec<String> = (0..2000).map(|i| format!("r{i},9.505,47.10")).collect();
    folder.write(
        "residents.csv",
        format!("id,lon,lat\n{}\n", rows.join("\n")),
    );
    let program = env!("CARGO_BIN_EXE_pedshed");
    let script = format!(
        "ulimit -f 8; exec {program} coverage --network streets.geojson --stations stations.csv \
         --residents residents.csv --out out --quiet"
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .expect("a shell");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(
        stderr.contains("residents.csv") && stderr.contains("cannot be written"),
        "{stderr}"
    );
    assert!(!folder.join("out").exists());
}

#[test]
fn porto_reads_from_its_extract() {
    let Some(porto) = shared("porto.osm.pbf") else {
        return;
    };
    let folder = Folder::new();
    let ran = folder.run(&[
        "network",
        "info",
        "--network",
        porto.to_str().expect("a path"),
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("street vertices      328"),
        "{}",
        ran.stdout
    );
}
