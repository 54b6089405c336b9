//! The output folder: one run at a time, what cannot be written is known before the work, and the record tells whether the
//! files are those of the run.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::command::{Folder, Ran};

#[test]
fn the_record_holds_the_fingerprint_of_every_other_file() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&["--table"]).code, Some(0));
    let record: serde_json::Value =
        serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let fingerprints = record["outputs_sha256"].as_object().expect("an object");
    let mut others = folder.list("out");
    others.retain(|name| name != "run.json");
    assert_eq!(others.len(), 8, "{others:?}");
    let named: Vec<&String> = fingerprints.keys().collect();
    assert_eq!(named, others.iter().collect::<Vec<_>>());
    // Counted by another program, where there is one.
    let Ok(counted) = Command::new("sha256sum")
        .args(&others)
        .current_dir(folder.join("out"))
        .output()
    else {
        return;
    };
    let counted = String::from_utf8(counted.stdout).expect("UTF-8");
    for line in counted.lines() {
        let (sha256, name) = line.split_once("  ").expect("a fingerprint and a name");
        assert_eq!(fingerprints[name], sha256, "{name}");
    }
    assert_eq!(counted.lines().count(), others.len());
}

/// `coverage` of the town into a folder of this name.
fn into(folder: &Folder, out: &str) -> Ran {
    let mut arguments = vec!["coverage", "--network", "streets.geojson", "--quiet"];
    arguments.extend(["--stations", "stations.csv", "--residents", "residents.csv"]);
    arguments.extend(["--out", out]);
    folder.run(&arguments)
}

/// A run that waits for its streets, which come by a pipe, with the output folder open.
#[cfg(unix)]
fn waiting(folder: &Folder) -> (std::process::Child, fs::File) {
    let made = Command::new("mkfifo")
        .arg(folder.join("homes.xlsx"))
        .status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let mut command = folder.command();
    command.args(["coverage", "--network", "streets.geojson", "--quiet"]);
    command.args(["--stations", "stations.csv", "--residents", "homes.xlsx"]);
    command.args(["--out", "out"]).stderr(Stdio::piped());
    let child = command.spawn().expect("the command starts");
    let pipe = fs::OpenOptions::new()
        .write(true)
        .open(folder.join("homes.xlsx"))
        .expect("the pipe");
    (child, pipe)
}

#[cfg(unix)]
#[test]
fn two_runs_into_one_folder_exclude_each_other_until_the_first_is_dead() {
    let folder = Folder::town();
    let (mut first, pipe) = waiting(&folder);
    let second = folder.coverage(&[]);
    assert_eq!(second.code, Some(1), "{}", second.stderr);
    let holder = format!("out: another run (process {})", first.id());
    assert!(second.stderr.contains(&holder), "{}", second.stderr);
    let zh = folder.coverage(&["--lang", "zh"]);
    let holder = format!("out：另一次运行（进程 {}）", first.id());
    assert!(zh.stderr.contains(&holder), "{}", zh.stderr);
    let elsewhere = into(&folder, "elsewhere");
    assert_eq!(elsewhere.code, Some(0), "{}", elsewhere.stderr);
    first.kill().expect("killed");
    first.wait().expect("dead");
    drop(pipe);
    assert_eq!(folder.list("out"), [".pedshed.lock"]);
    folder.write("out/.residents.csv.aB3dE6.part", "id,");
    folder.write("out/.mine.aB3dE6.part", "");
    let third = folder.coverage(&["--formats", "csv"]);
    assert_eq!(third.code, Some(0), "{}", third.stderr);
    assert_eq!(
        folder.list("out"),
        [
            ".mine.aB3dE6.part",
            "gaps.csv",
            "residents.csv",
            "run.json",
            "stations.csv",
            "summary.json"
        ]
    );
}

#[test]
fn what_cannot_be_replaced_is_known_before_the_inputs_are_read() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let before = folder.read("out/run.json");
    fs::remove_file(folder.join("out/report.html")).expect("removed");
    fs::create_dir(folder.join("out/report.html")).expect("made");
    folder.write("residents.csv", "no table");
    let ran = folder.coverage(&[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("report.html: is no file"),
        "{}",
        ran.stderr
    );
    assert_eq!(folder.read("out/run.json"), before, "the old set stays");
    // Nobody writes the page here, so nothing is in the way.
    let tables = folder.coverage(&["--formats", "csv"]);
    assert!(tables.stderr.contains("residents.csv"), "{}", tables.stderr);
    folder.write("file", "");
    let ran = into(&folder, "file/below");
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("file/below: cannot be used"),
        "{}",
        ran.stderr
    );
    let built = [
        "network",
        "build",
        "streets.geojson",
        "-o",
        "no/city.pedshed",
    ];
    let ran = folder.run(&built);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("no/city.pedshed: cannot be written"),
        "{}",
        ran.stderr
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_on_standard_output_is_an_error_and_a_reader_that_goes_away_is_none() {
    let folder = Folder::town();
    let full = || {
        fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a full disk")
    };
    let commands: [&[&str]; 4] = [
        &["standards"],
        &["run", "--example"],
        &["--help"],
        &[
            "check",
            "--network",
            "streets.geojson",
            "--stations",
            "stations.csv",
            "--residents",
            "residents.csv",
            "--json",
        ],
    ];
    for arguments in commands {
        let output = folder
            .command()
            .args(arguments)
            .stdout(full())
            .output()
            .expect("it runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {stderr}");
        assert!(
            stderr.contains("standard output cannot be written"),
            "{arguments:?}: {stderr}"
        );
        let mut gone = folder
            .command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(gone.stdout.take());
        let output = gone.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_sent() {
    let folder = Folder::town();
    let id = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}";
    folder.write(
        "residents.csv",
        format!("id,lon,lat,population\n\"{id}\nb\",9.505,47.10,2\n"),
    );
    folder.write("stations.csv", "id,lon,lat\n\u{1b}[31mclinic,9.50,47.10\n");
    let layers = [
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
    ];
    let name = format!("{id}\nb");
    let verbs: [&[&str]; 5] = [
        &["explain", "--resident", &name],
        &["explain", "--resident", &name, "--geojson", "-"],
        &["explain", "--resident", &id[..3]],
        &["check"],
        &["coverage", "--out", "out"],
    ];
    for verb in verbs {
        let ran = folder.run(&[verb, &layers].concat());
        let is_sent =
            |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(
            !ran.stdout.contains(is_sent) && !ran.stderr.contains(is_sent),
            "{verb:?}: {ran:?}"
        );
        assert_eq!(
            ran.code,
            Some(i32::from(verb[0] == "explain" && verb[2].len() == 3)),
            "{ran:?}"
        );
        if verb.len() == 3 && verb[2] == name {
            assert!(
                ran.stdout
                    .contains(r"a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\nb ("),
                "{}",
                ran.stdout
            );
        }
        if verb.contains(&"-") {
            let shown: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
            assert_eq!(shown["features"][0]["properties"]["id"], name.as_str());
        }
    }
}

#[test]
fn more_threads_than_any_machine_has_are_wrong_usage() {
    let folder = Folder::town();
    let ran = folder.coverage(&["--threads", "1025"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("--threads 1025 is more than 1024"),
        "{}",
        ran.stderr
    );
    assert!(!folder.join("out").exists());
}

#[test]
fn an_empty_file_is_named_with_its_layer() {
    let folder = Folder::town();
    folder.write("empty.csv", "");
    folder.write("empty.geojson", "");
    folder.write("walls.geojson", r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[9.5,47.1],[9.51,47.1],[9.51,47.11],[9.5,47.1]]]}}]}"#);
    let layers: [(&[&str], &str); 5] = [
        (&["--stations", "empty.csv"], "stations: empty.csv"),
        (&["--residents", "empty.csv"], "residents: empty.csv"),
        (&["--areas", "empty.geojson"], "areas: empty.geojson"),
        (
            &["--compounds", "empty.geojson", "--gates", "stations.csv"],
            "compounds: empty.geojson",
        ),
        (
            &["--compounds", "walls.geojson", "--gates", "empty.csv"],
            "gates: empty.csv",
        ),
    ];
    for (flags, named) in layers {
        let ran = folder.coverage(flags);
        assert_eq!(ran.code, Some(1), "{flags:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(named) && ran.stderr.contains("is empty"),
            "{flags:?}: {}",
            ran.stderr
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_never_ends_stops_at_the_limit() {
    let folder = Folder::town();
    let endless = |name: &str| std::os::unix::fs::symlink("/dev/zero", folder.join(name));
    for [network, residents] in [
        ["streets.geojson", "zero.csv"],
        ["streets.geojson", "zero.geojson"],
        ["streets.geojson", "zero.xlsx"],
        ["streets.geojson", "zero.shp"],
        ["zero.osm.pbf", "residents.csv"],
        ["zero.pedshed", "residents.csv"],
    ] {
        let zero = if network == "streets.geojson" {
            residents
        } else {
            network
        };
        endless(zero).expect("a link");
        let mut arguments = vec!["coverage", "--quiet", "--stations", "stations.csv"];
        arguments.extend(["--network", network, "--residents", residents]);
        arguments.extend(["--out", "out", "--max-memory", "60MB"]);
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("gives more than 60 MB"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_record_that_would_fill_the_memory_is_refused_with_its_line() {
    let folder = Folder::town();
    let long = "x".repeat(65_000_000);
    let feature = |text: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{text}"}},"geometry":{{"type":"Point","coordinates":[9.505,47.1]}}}}"#
        )
    };
    let (short, endless) = (feature("a"), feature(&long));
    let files = [
        (
            "row.csv",
            format!("id,lon,lat\na,9.505,47.1\n{long},9.505,47.1\n"),
            "line 3",
        ),
        (
            "header.csv",
            format!("id,lon,lat,{long}\na,9.505,47.1\n"),
            "line 1",
        ),
        (
            "homes.geojson",
            format!("{{\"type\":\"FeatureCollection\",\"features\":[{short},\n{endless}]}}"),
            "line 2",
        ),
        (
            "lines.geojsonl",
            format!("{short}\n{short}\n{endless}\n"),
            "line 3",
        ),
    ];
    for (name, text, line) in files {
        folder.write(name, text);
        let ran = folder.coverage(&["--residents", name]);
        assert_eq!(ran.code, Some(1), "{name}: {}", ran.stderr);
        let wanted = format!("{line}: a record of more than 64 MB");
        assert!(ran.stderr.contains(&wanted), "{name}: {}", ran.stderr);
    }
}
