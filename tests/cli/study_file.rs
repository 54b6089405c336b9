//! `pedshed run`: a study in one file.

use std::fs;

use serde_json::Value;

use crate::support::command::{Folder, Ran};

/// The town's files, from a study file in the folder `study`.
const LAYERS: &str = "network = '../streets.geojson'\nstations = '../stations.csv'\nresidents = ['../residents.csv']\nout = '../out'\n";

fn with_study(text: &str) -> Folder {
    let folder = Folder::town();
    fs::create_dir(folder.join("study")).expect("a folder");
    folder.write("study/town.toml", text);
    folder
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let mut arguments = vec!["run", "study/town.toml"];
    arguments.extend(more);
    folder.run(&arguments)
}

fn json(folder: &Folder, name: &str) -> Value {
    serde_json::from_str(&folder.read(name)).expect("JSON")
}

/// The first line of what a study file is told.
fn complaint(text: &str) -> String {
    let ran = run(&with_study(text), &[]);
    assert_eq!(ran.code, Some(2), "{text}: {}", ran.stderr);
    ran.stderr.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_study_file_and_the_flags_it_names_give_the_same_bytes() {
    let folder = with_study(&format!(
        "\u{feff}# The town, by elders.\n{LAYERS}minutes = [5, 10.5]\nmetres = 1_000\nprofile = 'elder'\nspeed_kmh = 3\n\
         direction = 'round-trip'\nmax_snap = 150\nleg_factor = 1.2\nmin_island = 100\njoin_tolerance = 1\n\
         node_crossings = true\ntable = true\nquiet = true\nthreads = 1\nformats = ['csv', 'geojson']\nid_column = 'id'\n"
    ));
    let ran = run(&folder, &[]);
    assert_eq!(
        (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
        (Some(0), "", "")
    );
    fs::rename(folder.join("out"), folder.join("by-file")).expect("moved");
    let flags = "--minutes 5,10.5 --metres 1000 --profile elder --speed-kmh 3 --direction round-trip --max-snap 150 \
                 --leg-factor 1.2 --min-island 100 --join-tolerance 1 --node-crossings --table --formats csv,geojson \
                 --id-column id";
    let flags: Vec<&str> = flags.split_whitespace().collect();
    assert_eq!(folder.coverage(&flags).code, Some(0));
    assert_eq!(folder.list("out"), folder.list("by-file"));
    for name in folder.list("out") {
        if name != "summary.json" && name != "run.json" {
            let both = ["out", "by-file"].map(|of| folder.read(&format!("{of}/{name}")));
            assert!(both[0] == both[1], "{name}");
        }
    }
    let [mut flags, mut file] =
        ["out", "by-file"].map(|of| json(&folder, &format!("{of}/summary.json")));
    for summary in [&mut flags, &mut file] {
        summary["timings_ms"] = Value::Null;
    }
    assert_eq!(flags, file);
    let [flags, file] = ["out", "by-file"].map(|of| json(&folder, &format!("{of}/run.json")));
    assert_eq!(flags["parameters"], file["parameters"]);
    assert_eq!(file["command"], "run");
    let layers = |run: &Value| -> Vec<String> {
        let inputs = run["inputs"].as_array().expect("inputs");
        inputs
            .iter()
            .map(|input| input["layer"].to_string())
            .collect()
    };
    assert_eq!(
        layers(&file),
        [
            r#""study""#,
            r#""network""#,
            r#""stations""#,
            r#""residents""#
        ]
    );
    assert_eq!(layers(&flags).len(), 3);
}

#[test]
fn what_follows_the_file_goes_before_it() {
    let folder = with_study(&format!(
        "{LAYERS}minutes = [15]\nprofile = 'elder'\nquiet = true\nstations_crs = 'EPSG:4326'\n"
    ));
    let ran = run(
        &folder,
        &[
            "--minutes",
            "5",
            "--out=mine",
            "--profile",
            "plain",
            "--verbose",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // Paths that follow the file are those of the command line; a flag that contradicts one of the file replaces it.
    assert!(!folder.join("out").exists() && !ran.stdout.is_empty());
    let parameters = &json(&folder, "mine/run.json")["parameters"];
    assert_eq!(parameters["minutes"], serde_json::json!([5.0]));
    assert_eq!(parameters["profile"]["name"], "plain");
    assert_eq!(parameters["stations_crs"], "WGS84");
    // A list that is given replaces the file's.
    folder.write("more.csv", "id,lon,lat\nkiosk,9.51,47.10\n");
    let ran = run(&folder, &["--stations", "more.csv", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(!folder.read("out/stations.csv").contains("clinic"));
    assert_eq!(run(&folder, &["--minutes", "never"]).code, Some(2));
    assert_eq!(run(&folder, &["--no-such-flag"]).code, Some(2));
}

#[test]
fn paths_are_meant_from_the_file_wherever_the_command_runs() {
    let folder = with_study(&format!("{LAYERS}quiet = true\nprofile = 'walker.toml'\n"));
    folder.write("study/walker.toml", "level_kmh = 4.0\n");
    let mut command = folder.command();
    let output = command
        .current_dir(folder.join("study"))
        .args(["run", "town.toml"])
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{output:?}");
    let here = folder.read("out/residents.csv");
    assert_eq!(run(&folder, &["--out", "out2"]).code, Some(0));
    assert_eq!(here, folder.read("out2/residents.csv"));
    assert_eq!(
        json(&folder, "out/run.json")["parameters"]["profile"]["name"],
        "walker"
    );
}

#[test]
fn a_walker_may_stand_in_the_file_itself() {
    for own in [
        "profile = { base = 'plain', level_kmh = 2.4 }\n",
        "\n[profile]\nname = 'town'\nbase = 'plain'\nlevel_kmh = 2.4\n",
    ] {
        let folder = with_study(&format!("{LAYERS}quiet = true\n{own}"));
        let ran = run(&folder, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let profile = json(&folder, "out/run.json")["parameters"]["profile"].clone();
        assert_eq!(
            (&profile["name"], &profile["level_kmh"]),
            (&"town".into(), &2.4.into())
        );
        assert_eq!(run(&folder, &["--profile", "child"]).code, Some(0));
        let profile = json(&folder, "out/run.json")["parameters"]["profile"].clone();
        assert_eq!(profile["name"], "child");
    }
    let wrong = complaint_of_profile("profile = { base = 'plain',\n  level_kph = 3 }");
    assert!(wrong.contains("town.toml: line 6: "), "{wrong}");
    let wrong = complaint_of_profile("[profile]\nbase = 'robot'");
    assert!(
        wrong.contains("town.toml: line 5: base: no profile is called \"robot\""),
        "{wrong}"
    );
}

fn complaint_of_profile(own: &str) -> String {
    let ran = run(&with_study(&format!("{LAYERS}{own}\n")), &[]);
    assert!(matches!(ran.code, Some(1 | 2)), "{}", ran.stderr);
    ran.stderr
}

#[test]
fn a_mistake_is_named_with_its_line_and_what_would_be_right() {
    let rest = LAYERS;
    for (line, expected) in [
        (
            "max_snapp = 100",
            "there is no key \"max_snapp\"; the nearest one is max_snap",
        ),
        ("max-snap = 100", "the nearest one is max_snap"),
        ("help = true", "there is no key \"help\""),
        (
            "max_snap = '100'",
            "max_snap takes a number, and this is a TOML string",
        ),
        ("max_snap = 0x10", "max_snap takes a number"),
        (
            "max_snap = [1, 2]",
            "max_snap takes a number, and this is a TOML array",
        ),
        (
            "area_name = 7",
            "area_name takes a text in quotes, and this is a TOML integer",
        ),
        (
            "table = 'yes'",
            "table takes true or false, and this is a TOML string",
        ),
        (
            "metres = [500, true]",
            "metres takes a number, and this is a TOML boolean",
        ),
        ("metres = []", "metres is an empty list"),
        (
            "direction = 'sideways'",
            "direction = 'sideways': use to-station, from-station, round-trip",
        ),
        (
            "formats = ['csv', 'pdf']",
            "formats = 'pdf': use csv, geojson",
        ),
        ("threads = 1.5", "threads = 1.5: not a whole number"),
        ("max_snap = -1", "--max-snap -1 is outside 0 to 10000"),
        ("minutes = [5, 0]", "a cutoff of 0 minutes cannot be used"),
        ("metres = [nan]", "a cutoff of NaN metres cannot be used"),
        ("speed_kmh = 500", "level_kmh = 500 is outside"),
        ("require_share = 95", "--require-share 95 is outside 0 to 1"),
        ("profile = 'robot'", "no profile is called \"robot\""),
        ("encoding = 'morse'", "\"morse\" is no text encoding"),
        (
            "areas = 'osm:'",
            "\"osm:\" is not an OpenStreetMap selector",
        ),
        ("max_snap = fast", "town.toml"),
        ("max_snap = 1\nmax_snap = 2", "duplicate key"),
        ("this is no TOML", "town.toml"),
    ] {
        let wrong = complaint(&format!(
            "# A comment, and an empty line.\n\n{line}\n{rest}"
        ));
        let at = if line.contains('\n') { 4 } else { 3 };
        assert!(
            wrong.starts_with(&format!("error: study/town.toml: line {at}: "))
                && wrong.contains(expected),
            "{line}: {wrong}"
        );
    }
    assert!(complaint("network = 'a.geojson'").contains("study/town.toml: there is no stations"));
    let folder = Folder::town();
    let missing = folder.run(&["run", "nowhere.toml"]);
    assert_eq!(missing.code, Some(1));
    assert!(
        missing.stderr.contains("nowhere.toml: cannot be read"),
        "{}",
        missing.stderr
    );
    folder.write("gbk.toml", b"\n# \xb9\xe3\n");
    let gbk = folder.run(&["run", "gbk.toml"]);
    assert_eq!(gbk.code, Some(2));
    assert!(
        gbk.stderr
            .contains("gbk.toml: line 2: the text is not UTF-8"),
        "{}",
        gbk.stderr
    );
    assert_eq!(folder.run(&["run"]).code, Some(2));
    let both = with_study(&format!("{rest}quiet = true\nverbose = true\n"));
    assert_eq!(run(&both, &[]).code, Some(2));
}

#[test]
fn the_example_is_printed_and_runs_wherever_it_lies() {
    let folder = Folder::new();
    let printed = folder.run(&["run", "--example"]);
    assert_eq!(printed.code, Some(0));
    let example = crate::support::project().join("examples/study.toml");
    let text = fs::read_to_string(&example).expect("the example");
    assert_eq!(printed.stdout, text);
    let ran = folder.run(&[
        "run",
        example.to_str().expect("a path"),
        "--out",
        "out",
        "--quiet",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(folder.read("out/areas.csv").contains("Vaduz"));
    // Printed in either language it runs in a folder of its own.
    for (language, written) in [("en", "study-output"), ("zh", "study-output")] {
        let folder = Folder::new();
        let printed = folder.run(&["run", "--example", "--lang", language]);
        folder.write("mine.toml", &printed.stdout);
        let ran = folder.run(&["run", "mine.toml", "--quiet"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(
            folder
                .read(&format!("{written}/areas.csv"))
                .contains("Vaduz")
        );
    }
}

/// A line of the example that is commented out is a key too: it is tried with the value that stands there.
#[test]
fn the_example_names_every_flag_of_coverage() {
    let text = fs::read_to_string(crate::support::project().join("examples/study.toml"));
    let text = text.expect("the example");
    let folder = Folder::new();
    let help = folder.run(&["coverage", "--help"]).stdout;
    let flags = help
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("--"));
    for flag in flags.filter(|flag| *flag != "help") {
        let name: String = flag
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        let key = name.replace('-', "_");
        // The pattern of a layer's flags, in the text of another: --LAYER-crs.
        if key.is_empty() {
            continue;
        }
        let is_there = text.lines().any(|line| {
            let line = line.trim_start_matches("# ");
            line.split_once(" =").is_some_and(|(found, _)| found == key)
        });
        assert!(is_there, "{key}");
    }
}
