//! `network build`, and runs on what it makes.

use crate::support::command::{Folder, Ran};
use crate::support::liechtenstein;

const STATIONS: &str =
    "id,lon,lat\nvaduz,9.5215,47.1410\nschaan,9.5095,47.1650\nbalzers,9.5025,47.0680\n";

/// People on a lattice over the country.
fn homes() -> String {
    let row = |index: u32| {
        let (row, column) = (index / 20, index % 20);
        let lon = 9.48 + f64::from(column) * 0.004;
        let lat = 47.06 + f64::from(row) * 0.004;
        format!("{row}-{column},{lon:.5},{lat:.5},3\n")
    };
    let head = "id,lon,lat,population\n".to_owned();
    std::iter::once(head).chain((0..800).map(row)).collect()
}

fn sound(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("stations.csv", STATIONS);
    folder.write("homes.csv", homes());
    folder
}

fn build(folder: &Folder, network: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["network", "build", network, "-o", "city.pedshed"];
    arguments.extend(more);
    folder.run(&arguments)
}

fn cover(folder: &Folder, network: &str, out: &str) -> Ran {
    folder.run(&[
        "coverage",
        "--network",
        network,
        "--stations",
        "stations.csv",
        "--residents",
        "homes.csv",
        "--out",
        out,
        "--metres",
        "1000",
        "--minutes",
        "5,15",
        "--table",
        "--quiet",
    ])
}

/// Summaries hold how long each step took.
fn without_times(summary: &str) -> serde_json::Value {
    let mut summary: serde_json::Value = serde_json::from_str(summary).expect("JSON");
    let fields = summary.as_object_mut().expect("an object");
    assert!(fields.remove("timings_ms").is_some());
    summary
}

#[test]
fn a_prepared_network_gives_the_same_files_as_the_map_that_it_was_made_of() {
    let folder = folder();
    let map = liechtenstein();
    let map = map.to_str().expect("a path in UTF-8");
    let built = build(&folder, map, &[]);
    sound(&built);
    assert!(built.stdout.starts_with("city.pedshed: "), "{built:?}");
    sound(&cover(&folder, map, "from-map"));
    sound(&cover(&folder, "city.pedshed", "from-prepared"));
    let files = folder.list("from-map");
    assert_eq!(files, folder.list("from-prepared"));
    assert_eq!(files.len(), 9, "{files:?}");
    for file in files {
        let [map, prepared] =
            ["from-map", "from-prepared"].map(|out| folder.read(&format!("{out}/{file}")));
        match file.as_str() {
            "run.json" => {
                // It names the prepared file and, beside it, the map with its checksum.
                assert!(prepared.contains("\"city.pedshed\""));
                let map: serde_json::Value = serde_json::from_str(&map).expect("JSON");
                let sha256 = map["inputs"][0]["sha256"].as_str().expect("a checksum");
                assert!(prepared.contains(sha256), "{prepared}");
            }
            "summary.json" => assert_eq!(without_times(&map), without_times(&prepared)),
            _ => assert!(map == prepared, "{file} differs"),
        }
    }
}

#[test]
fn every_verb_takes_a_prepared_network() {
    let folder = folder();
    let map = liechtenstein();
    let map = map.to_str().expect("a path in UTF-8");
    sound(&build(&folder, map, &["--quiet"]));
    let said = |verb: &[&str], network: &str| {
        let stations = ["--network", network, "--stations", "stations.csv"];
        let mut arguments = verb.to_vec();
        match verb[0] {
            "network" => arguments.extend(&stations[..2]),
            "isochrone" => arguments.extend(stations),
            _ => {
                arguments.extend(stations);
                arguments.extend(["--residents", "homes.csv"]);
            }
        }
        let ran = folder.run(&arguments);
        sound(&ran);
        // How the network was read is another thing, and a prepared one takes less memory.
        let lines = ran.stdout.lines();
        let of_network = |line: &&str| verb[0] == "check" && !line.starts_with("stations");
        let lines = lines.skip_while(of_network);
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with("memory")).collect();
        lines.join("\n")
    };
    for verb in [
        &["check"][..],
        &["gaps"],
        &["explain", "--resident", "20-10"],
        &["isochrone", "--out", "ground"],
    ] {
        assert_eq!(said(verb, map), said(verb, "city.pedshed"), "{verb:?}");
    }
    let info = said(&["network", "info"], "city.pedshed");
    assert!(info.starts_with("prepared from liechtenstein-2013-08-03.osm.pbf (SHA-256 "));
    let (_, size) = info.split_once("\n\n").expect("a line above the size");
    assert_eq!(said(&["network", "info"], map), size);
    let study = "network = \"city.pedshed\"\nstations = \"stations.csv\"\nresidents = \"homes.csv\"\nout = \"studied\"\n";
    folder.write("study.toml", study);
    sound(&folder.run(&["run", "study.toml", "--quiet"]));
}

#[test]
fn lines_are_mended_when_they_are_prepared() {
    let folder = Folder::town();
    // A side street that ends a metre short of Main Street.
    let streets = folder.read("streets.geojson").replace(
        "[9.51,47.10],[9.51,47.11]",
        "[9.515,47.10001],[9.515,47.11]",
    );
    folder.write("streets.geojson", streets);
    let nodes = |flags: &[&str]| {
        sound(&build(&folder, "streets.geojson", flags));
        let ran = folder.run(&["network", "info", "--network", "city.pedshed"]);
        sound(&ran);
        let mut lines = ran.stdout.lines();
        let line = lines
            .find(|line| line.starts_with("nodes"))
            .expect("a line");
        line.split_whitespace()
            .next_back()
            .expect("a number")
            .to_owned()
    };
    assert_eq!(nodes(&[]), "4");
    assert_eq!(nodes(&["--join-tolerance", "2"]), "4");
    let refused = folder.run(&[
        "network",
        "info",
        "--network",
        "city.pedshed",
        "--join-tolerance",
        "2",
    ]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("give them to network build"),
        "{refused:?}"
    );
}

#[test]
fn what_a_prepared_network_cannot_do_is_said() {
    let folder = folder();
    let map = liechtenstein();
    let map = map.to_str().expect("a path in UTF-8");
    sound(&build(&folder, map, &["--quiet"]));
    let homes = |lang: &str| {
        folder.run(&[
            "check",
            "--network",
            "city.pedshed",
            "--stations",
            "stations.csv",
            "--residents",
            "osm:building",
            "--lang",
            lang,
        ])
    };
    let ran = homes("en");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains(
            "give the file that it was made from (liechtenstein-2013-08-03.osm.pbf) as --network"
        ),
        "{ran:?}"
    );
    assert!(homes("zh").stderr.contains("预处理路网"));

    let again = build(&folder, "city.pedshed", &[]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("prepared already"), "{again:?}");
    let elsewhere = folder.run(&["network", "build", map, "-o", "city.bin"]);
    assert_eq!(elsewhere.code, Some(2));
    assert!(
        elsewhere.stderr.contains("end with .pedshed"),
        "{elsewhere:?}"
    );
    let nowhere = folder.run(&["network", "build", map, "-o", "no/such/city.pedshed"]);
    assert_eq!(nowhere.code, Some(1));
    assert_eq!(folder.list(".").len(), 3, "nothing half written");
}
