//! `pedshed scenario` and `pedshed compare`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

const CITY: [&str; 6] = [
    "--network",
    "streets.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

fn scenario(folder: &Folder, more: &[&str]) -> Ran {
    let mut all = vec!["scenario", "--out", "out"];
    all.extend(CITY);
    all.extend(more);
    folder.run(&all)
}

fn rows(folder: &Folder, file: &str) -> Vec<Vec<String>> {
    let text = folder.read(file);
    let rows = text.lines().skip(1);
    rows.map(|row| row.split(',').map(str::to_owned).collect())
        .collect()
}

fn summary(folder: &Folder, out: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{out}/summary.json"))).expect("JSON")
}

/// A town of a street of 2.2 km and one of 1.1 km: `near` (2 people) is 379 m from the clinic, `north` (3.5) 1,815 m, `far` (4)
/// 2,276 m.
fn town() -> Folder {
    let folder = Folder::town();
    folder.write(
        "moved.toml",
        "name = \"moved\"\n[[stations.move]]\nid = \"clinic\"\nlon = 9.511\nlat = 47.10\n",
    );
    folder.write(
        "second.toml",
        "name = \"second\"\n[[stations.add]]\nid = \"east\"\nlon = 9.53\nlat = 47.10\n[[population]]\nfactor = 2\n",
    );
    folder.write(
        "areas.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w","name":"West"},"geometry":{"type":"Polygon","coordinates":[[[9.49,47.09],[9.52,47.09],[9.52,47.12],[9.49,47.12],[9.49,47.09]]]}},
{"type":"Feature","properties":{"id":"e","name":"East"},"geometry":{"type":"Polygon","coordinates":[[[9.52,47.09],[9.54,47.09],[9.54,47.12],[9.52,47.12],[9.52,47.09]]]}}]}"#,
    );
    folder
}

#[test]
fn each_scenario_is_a_row_beside_the_city_as_it_is() {
    let folder = town();
    let ran = scenario(
        &folder,
        &[
            "--edits",
            "moved.toml",
            "--edits",
            "second.toml",
            "--formats",
            "csv",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let table = rows(&folder, "out/scenarios.csv");
    // As it is 2 of 14.5 people are within 15 minutes, 1,200 m. Moved to 76 m behind the junction, `near` is 455 m and `north`
    // 1,132 m away; `far` 1,442 m, too far. With a second station in the east `far` is there; there are twice as many of all.
    let columns = |row: usize| table[row][..10].to_vec();
    assert_eq!(
        columns(0),
        [
            "base", "14.5", "2", "0.137931", "0", "0", "0", "0", "0", "0"
        ]
    );
    assert_eq!(
        columns(1),
        [
            "moved", "14.5", "5.5", "0.379310", "3.5", "0", "3.5", "0", "7.5", "2"
        ]
    );
    assert_eq!(
        columns(2),
        [
            "second", "29", "12", "0.413793", "10", "0", "8", "0", "8", "0"
        ]
    );
    let changes = rows(&folder, "out/changes.csv");
    let short: Vec<[&str; 3]> = changes
        .iter()
        .map(|row| [row[0].as_str(), &row[1], &row[2]])
        .collect();
    assert_eq!(
        short,
        [
            ["moved", "near", "farther"],
            ["moved", "north", "newly_covered"],
            ["moved", "far", "nearer"],
            ["second", "near", "otherwise"],
            ["second", "north", "otherwise"],
            ["second", "far", "newly_covered"],
            ["second", "sea", "otherwise"],
        ]
    );
    let edits = rows(&folder, "out/edits.csv");
    assert_eq!(edits.len(), 3);
    assert!(
        folder
            .read("out/edits.csv")
            .contains("moved 835 m, to Main Street (way 1)")
    );
    let summary = summary(&folder, "out");
    assert_eq!(summary["scenarios"][0]["in_full"], false);
    assert_eq!(summary["scenarios"][0]["gained"], 3.5);
    assert_eq!(summary["base"]["covered"], 2);
    assert!(!folder.join("out/index.html").exists());
}

#[test]
fn areas_groups_and_records_add_up() {
    let folder = town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population,old\nnear,9.505,47.10,2,1\nnorth,9.51,47.1095,3.5,2\nfar,9.53,47.10,4,0\nsea,8.0,47.10,5,5\n",
    );
    let ran = scenario(
        &folder,
        &[
            "--edits",
            "moved.toml",
            "--edits",
            "second.toml",
            "--areas",
            "areas.geojson",
            "--group",
            "old",
            "--formats",
            "csv,geojson",
        ],
    );
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let number = |cell: &String| cell.parse::<f64>().expect("a number");
    for scenario in rows(&folder, "out/scenarios.csv").iter().skip(1) {
        let of = |file: &str| -> Vec<Vec<String>> {
            let rows = rows(&folder, file).into_iter();
            rows.filter(|row| row[0] == scenario[0]).collect()
        };
        let areas = of("out/area_changes.csv");
        // Nobody but `sea`, who is never covered, lives outside the areas.
        for (in_areas, in_all) in [(9, 4), (10, 5), (11, 6), (12, 7), (13, 8), (14, 9)] {
            let sum: f64 = areas.iter().map(|row| number(&row[in_areas])).sum();
            assert_eq!(sum, number(&scenario[in_all]), "{scenario:?}");
        }
        for row in areas.iter().chain(&of("out/group_changes.csv")) {
            let first = row.len() - 12;
            let [before, after, gained, lost] =
                [2, 3, 6, 7].map(|column| number(&row[first + column]));
            assert_eq!(after - before, gained - lost, "{row:?}");
        }
        let covered = |row: &Vec<String>, status: usize, people: usize| {
            if row[status] == "covered" {
                number(&row[people])
            } else {
                0.0
            }
        };
        let changes = of("out/changes.csv");
        let changed: f64 = changes
            .iter()
            .map(|row| covered(row, 6, 4) - covered(row, 5, 3))
            .sum();
        assert_eq!(changed, number(&scenario[4]) - number(&scenario[5]));
        assert_eq!(changes.len().to_string(), scenario[12]);
    }
    let groups = rows(&folder, "out/group_changes.csv");
    assert_eq!(
        groups[0][1..8],
        ["old", "8", "8", "1", "3", "0.125000", "0.375000", "2"].map(String::from)[..7]
    );
    let drawn: Value = serde_json::from_str(&folder.read("out/changes.geojson")).expect("JSON");
    let features = drawn["features"].as_array().expect("features");
    let of = |key: &str, value: &str| {
        let found = features
            .iter()
            .filter(|one| one["properties"][key] == value);
        found.count()
    };
    assert_eq!(of("change", "newly_covered"), 2);
    assert_eq!(of("edit", "stations.move"), 1);
}

#[test]
fn a_page_shows_each_on_one_map_in_both_languages() {
    let folder = town();
    for (lang, as_it_is) in [("en", "As it is"), ("zh", "现状")] {
        let ran = scenario(&folder, &["--lang", lang, "--edits", "moved.toml"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let page = folder.read("out/index.html");
        assert!(page.contains(as_it_is), "{lang}");
        assert!(page.contains("id=\"scene-1\"") && !page.contains("id=\"scene-2\""));
        assert!(page.contains("class=\"gain\" data-count=\"1\""), "{page}");
        assert_eq!(page.matches("id=\"map\"").count(), 1);
    }
}

#[test]
fn a_link_that_is_drawn_is_a_street_of_the_file() {
    let folder = town();
    // From the middle of Main Street's long piece to the end of the other street.
    folder.write(
        "link.toml",
        "[[streets.draw]]\nname = \"Path\"\nfrom = [9.52, 47.10]\nto = [9.51, 47.11]\n",
    );
    let ran = scenario(&folder, &["--edits", "link.toml", "--formats", "csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("streets.draw Path: "), "{}", ran.stdout);
    folder.write(
        "linked.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10],[9.52,47.10],[9.53,47.10]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.51,47.11]]}},
{"type":"Feature","properties":{"name":"Path"},"geometry":{"type":"LineString","coordinates":[[9.52,47.10],[9.51,47.11]]}}
]}"#,
    );
    for (network, out) in [("streets.geojson", "before"), ("linked.geojson", "after")] {
        let run = [
            "coverage",
            "--network",
            network,
            "--stations",
            "stations.csv",
            "--residents",
            "residents.csv",
            "--formats",
            "csv",
            "--out",
            out,
        ];
        assert_eq!(folder.run(&run).code, Some(0));
    }
    let ran = folder.run(&["compare", "before", "after", "--out", "compared"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let beside = |file: &str| -> Vec<Vec<String>> {
        let rows = rows(&folder, file).into_iter();
        rows.map(|row| row[1..].to_vec()).collect()
    };
    assert_eq!(beside("out/changes.csv"), beside("compared/changes.csv"));
}

#[test]
fn two_finished_runs_are_joined_by_id() {
    let folder = town();
    let run = |more: &[&str], out: &str| {
        let mut all = vec!["coverage", "--formats", "csv", "--out", out];
        all.extend(CITY);
        all.extend(more);
        let ran = folder.run(&all);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    };
    run(&[], "2025");
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nnorth,9.51,47.1095,3\nfar,9.53,47.10,4\nnear,9.505,47.10,2\nnew,9.501,47.10,7\n",
    );
    run(&["--minutes", "30"], "2026");
    let ran = folder.run(&["compare", "2025", "2026", "--out", "compared"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let table = rows(&folder, "compared/scenarios.csv");
    // `sea` and `new` are in one alone. Of 9.5 people 2 were covered within 15 minutes, all 9 within 30.
    assert_eq!(table[0][..4], ["2025", "9.5", "2", "0.210526"]);
    assert_eq!(table[1][..6], ["2026", "9", "9", "1.000000", "7", "0"]);
    assert_eq!(
        rows(&folder, "compared/only_in_one.csv"),
        [
            ["2025", "sea", "5", "off_network"],
            ["2026", "new", "7", "covered"]
        ]
    );
    let summary = summary(&folder, "compared");
    assert_eq!(summary["differences"]["minutes"][1][0], 30.0);
    assert!(
        ran.stdout.contains("minutes: [5.0,10.0,15.0], then [30.0]"),
        "{}",
        ran.stdout
    );
    let ran = folder.run(&["compare", "2025", "nowhere", "--out", "compared"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("residents.csv"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_meant_is_said_with_its_file_and_line() {
    let folder = town();
    let refused = |text: &str, code: i32, expected: &str| {
        folder.write("wrong.toml", text);
        let ran = scenario(&folder, &["--edits", "wrong.toml"]);
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    };
    refused(
        "[[stations.mve]]\nid = 'clinic'",
        1,
        "there is no mve here; there is add, move, close",
    );
    refused(
        "[[stations.close]]\nid = 'clinik'",
        1,
        "did you mean clinic?",
    );
    refused(
        "[[streets.close]]\nlon = 9.6\nlat = 47.1",
        1,
        "no street is within 200 m",
    );
    refused(
        "[[gates.open]]\nlon = 9.5\nlat = 47.1",
        1,
        "give the layer --compounds",
    );
    refused("", 1, "wrong.toml");
    let ran = scenario(&folder, &["--edits", "moved.toml", "--edits", "moved.toml"]);
    assert!(
        ran.stderr.contains("two scenarios are called moved"),
        "{}",
        ran.stderr
    );
    folder.write("open.toml", "[[streets.open]]\nlon = 9.51\nlat = 47.10\n");
    let ran = scenario(&folder, &["--edits", "open.toml", "--formats", "csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("1 edits that change nothing"),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_example_is_a_file_of_edits() {
    let folder = Folder::new();
    for lang in ["en", "zh"] {
        let ran = folder.run(&["scenario", "--example", "--lang", lang]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.contains("[[streets.draw]]"));
    }
    let ran = folder.run(&["scenario", "--edits", "x.toml"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn features_of_a_map_are_edits_like_tables() {
    let folder = town();
    folder.write(
        "tables.toml",
        "name = \"one\"\n[[stations.add]]\nid = \"east\"\nlon = 9.53\nlat = 47.10\n[[streets.draw]]\nname = \"Path\"\nfrom = [9.52, 47.10]\nvia = [[9.515, 47.105]]\nto = [9.51, 47.11]\n[[population]]\nfactor = 2\n",
    );
    // A map program writes the name of the layer, its system, keys without values, and shapes of one part as of several.
    folder.write(
        "drawn.geojson",
        r#"{"type":"FeatureCollection","name":"one","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[
{"type":"Feature","properties":{"edit":"stations.add","id":"east","name":null,"factor":null},"geometry":{"type":"Point","coordinates":[9.53,47.10]}},
{"type":"Feature","properties":{"edit":"streets.draw","name":"Path"},"geometry":{"type":"MultiLineString","coordinates":[[[9.52,47.10],[9.515,47.105],[9.51,47.11]]]}},
{"type":"Feature","properties":{"edit":"population","factor":2},"geometry":null}]}"#,
    );
    let mut told = Vec::new();
    for edits in ["tables.toml", "drawn.geojson"] {
        let ran = scenario(&folder, &["--edits", edits, "--formats", "csv"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let files = ["scenarios.csv", "changes.csv", "edits.csv"];
        told.push(files.map(|file| folder.read(&format!("out/{file}"))));
    }
    assert_eq!(told[0], told[1]);
    let wrong = folder
        .read("drawn.geojson")
        .replace("\"factor\":2", "\"faktor\":2");
    folder.write("wrong.geojson", wrong);
    let ran = scenario(&folder, &["--edits", "wrong.geojson", "--formats", "csv"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains(
            "feature 3 (population): there is no faktor here; there is area, factor, people"
        ),
        "{}",
        ran.stderr
    );
    for lang in ["en", "zh"] {
        let ran = folder.run(&["scenario", "--example", "geojson", "--lang", lang]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(ran.stdout.contains("\"edit\": \"streets.draw\""));
    }
}

/// The clinic is up a flight of steps from the street, 76 m beside it; round about by the street it is 760 m.
fn steps() -> Folder {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Street"},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10]]}},
{"type":"Feature","properties":{"name":"Flight","highway":"steps"},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.511,47.10]]}},
{"type":"Feature","properties":{"name":"Upper Street"},"geometry":{"type":"LineString","coordinates":[[9.511,47.10],[9.52,47.10]]}}]}"#,
    );
    folder.write("stations.csv", "id,lon,lat\nclinic,9.513,47.10\n");
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nbelow,9.509,47.10,5\nabove,9.512,47.10,2\n",
    );
    folder
}

#[test]
fn steps_that_get_a_ramp_let_wheels_through_and_change_nothing_for_others() {
    let folder = steps();
    for (name, text) in [
        ("way", "way = 2"),
        ("place", "lon = 9.5105\nlat = 47.1003"),
        (
            "ground",
            "within = [[9.5104, 47.099], [9.5106, 47.099], [9.5105, 47.101]]",
        ),
    ] {
        folder.write(
            &format!("{name}.toml"),
            format!("[[streets.step_free]]\n{text}\n"),
        );
        let edits = format!("{name}.toml");
        let more = [
            "--edits",
            &edits,
            "--formats",
            "csv",
            "--profile",
            "wheelchair",
        ];
        let ran = scenario(&folder, &more);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let table = rows(&folder, "out/scenarios.csv");
        assert_eq!(table[0][1..3], ["7", "2"], "{name}");
        assert_eq!(table[1][1..5], ["7", "7", "1.000000", "5"], "{name}");
        assert!(
            ran.stdout.contains("76 m of Flight (way 2)"),
            "{}",
            ran.stdout
        );
    }
    let ran = scenario(&folder, &["--edits", "way.toml", "--formats", "csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("1 edits that change nothing"),
        "{}",
        ran.stdout
    );
    // The next way with steps is 300 m away.
    folder.write(
        "far.toml",
        "[[streets.step_free]]\nlon = 9.5065\nlat = 47.10\n",
    );
    let ran = scenario(&folder, &["--edits", "far.toml", "--formats", "csv"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("no street is within 200 m"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_study_file_asks_what_if_what_breaks_and_whose_ground_is_whose() {
    let folder = town();
    folder.write(
        "study.toml",
        "network = \"streets.geojson\"\nstations = \"stations.csv\"\nresidents = \"residents.csv\"\nminutes = [10]\nformats = [\"csv\"]\nout = \"all\"\n\n\
         [scenario]\nedits = [\"moved.toml\", \"second.toml\"]\nout = \"what-if\"\n\n\
         [resilience]\npairs = 2\nout = \"breaks\"\n\n\
         [catchments]\nbalance = true\ncapacity = 9\nout = \"ground\"\n",
    );
    let parameters = |out: &str| {
        let record: Value =
            serde_json::from_str(&folder.read(&format!("{out}/run.json"))).expect("JSON");
        record["parameters"].clone()
    };
    let ran = folder.run(&["scenario", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        parameters("what-if")["scenarios"],
        serde_json::json!(["moved", "second"])
    );
    assert!(!folder.join("what-if/index.html").exists());
    let ran = folder.run(&["resilience", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(parameters("breaks")["pairs_among"], 2);
    assert_eq!(parameters("breaks")["minutes"], serde_json::json!([10.0]));
    let ran = folder.run(&["catchments", "study.toml", "--capacity", "30"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(parameters("ground")["capacity"], 30.0);
    let ran = folder.run(&["run", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("not used by run: scenario.edits"),
        "{}",
        ran.stderr
    );
    let wrong = folder.read("study.toml").replace("pairs = 2", "pears = 2");
    folder.write("wrong.toml", &wrong);
    let ran = folder.run(&["resilience", "wrong.toml"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("line 13") && ran.stderr.contains("the nearest one is pairs"),
        "{}",
        ran.stderr
    );
    let wrong = folder
        .read("study.toml")
        .replace("pairs = 2", "minutes = [3]");
    folder.write("wrong.toml", &wrong);
    let ran = folder.run(&["resilience", "wrong.toml"]);
    assert!(
        ran.stderr.contains("write it above [resilience]"),
        "{}",
        ran.stderr
    );
}

#[test]
fn one_service_is_asked_about_and_edits_say_who_offers_it() {
    let folder = town();
    // `near` is 379 m from the clinic, which has no library; the school, which has one, is 1,138 m east of it.
    folder.write(
        "stations.csv",
        "id,lon,lat,services\nclinic,9.50,47.10,hall\nschool,9.515,47.10,library；hall\nshed,9.52,47.10,\n",
    );
    folder.write(
        "library.toml",
        "[[stations.services]]\nid = \"clinic\"\nadd = \"Library、reading room\"\n",
    );
    folder.write(
        "school.toml",
        "[[stations.services]]\nid = \"school\"\nremove = [\"library\"]\n",
    );
    folder.write(
        "drawn.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"edit":"stations.services","id":"clinic","add":"library"},"geometry":null}]}"#,
    );
    let edits = [
        "--edits",
        "library.toml",
        "--edits",
        "school.toml",
        "--edits",
        "drawn.geojson",
    ];
    let ran = scenario(&folder, &[&edits[..], &["--service", "library"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("Only stations that offer library count: 1 of 3."),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("1 stations whose services are not stated")
    );
    let table = rows(&folder, "out/scenarios.csv");
    // 758 m from `near` to the school: within 15 minutes as it is, 2 people; `north` is 1,433 m away, `far` 1,138 m.
    let covered: Vec<&str> = table.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(covered, ["6", "6", "0", "6"]);
    let nearer: Vec<&str> = table.iter().map(|row| row[8].as_str()).collect();
    assert_eq!(nearer, ["0", "2", "0", "2"]);
    assert_eq!(summary(&folder, "out")["service"], "library");
    assert!(
        folder
            .read("out/run.json")
            .contains("\"service\": \"library\"")
    );
    assert!(folder.join("out/index.html").exists());
    // A service that nobody offers is refused with those that there are; without the question the edit has no effect.
    let ran = scenario(&folder, &["--edits", "school.toml", "--service", "pool"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("hall"), "{}", ran.stderr);
    let ran = scenario(&folder, &["--edits", "school.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("no service is asked about"));
}
