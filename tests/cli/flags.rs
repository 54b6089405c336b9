//! Every flag of `coverage`, and every key of a study file, is used or refused: none is taken and left aside.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::command::{Folder, Ran};

/// Layers, each with columns of other names beside the usual ones, and walls.
const BASE: &[(&str, &str)] = &[
    ("network", "streets.geojson"),
    ("stations", "stations.csv"),
    ("residents", "residents.csv"),
    ("areas", "areas.geojson"),
    ("compounds", "compounds.geojson"),
    ("gates", "gates.csv"),
    ("stairwells", "stairwells.csv"),
    ("all-stations", "all.csv"),
    ("communities", "communities.csv"),
    ("demand", "workers=workers.csv"),
    ("land", "land.geojson"),
    ("standard", "party-centre-tiers"),
    ("supply", "e2sfca"),
    ("formats", "csv"),
    ("minutes", "5,15"),
    ("max-snap", "150"),
];

/// A flag with a value, and what comes of it.
struct Case {
    flag: &'static str,
    /// None for a switch.
    value: Option<&'static str>,
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Some file that is written, or what is printed, differs.
    Used,
    /// An error that names the flag.
    Refused,
}

const fn used(flag: &'static str, value: &'static str) -> Case {
    Case {
        flag,
        value: Some(value),
        outcome: Outcome::Used,
    }
}

const fn switch(flag: &'static str) -> Case {
    Case {
        flag,
        value: None,
        outcome: Outcome::Used,
    }
}

const fn refused(flag: &'static str, value: &'static str) -> Case {
    Case {
        flag,
        value: Some(value),
        outcome: Outcome::Refused,
    }
}

/// Flags that are looked at beside [`layer_cases`].
const CASES: &[Case] = &[
    used("network", "other.geojson"),
    used("stations", "all.csv"),
    used("residents", "workers.csv"),
    used("areas", "land.geojson"),
    used("compounds", "land.geojson"),
    used("gates", "workers.csv"),
    used("stairwells", "lifts.csv"),
    used("all-stations", "stations.csv"),
    used("communities", "others.csv"),
    used("demand", "members=workers.csv"),
    used("land", "areas.geojson"),
    refused("crs", "EPSG:4547"),
    refused("encoding", "big5"),
    used("elevation", "N37E112.hgt"),
    refused("sheet", "Sheet1"),
    used("join-tolerance", "50"),
    switch("node-crossings"),
    used("area-name", "other"),
    used("id-column", "other"),
    used("lon-column", "other_lon"),
    used("lat-column", "other_lat"),
    used("population-column", "aged"),
    used("name-column", "other"),
    used("minutes", "1,2"),
    used("metres", "400"),
    used("profile", "elder"),
    used("speed-kmh", "2"),
    used("direction", "round-trip"),
    used("max-snap", "1"),
    used("leg-factor", "10"),
    used("min-island", "5000"),
    refused("street-level", ""),
    refused("home-storeys", ""),
    used("standard", "mofcom-quarter-hour"),
    refused("allocate", ""),
    used("group", "aged"),
    used("services", "all"),
    used("membership", "own"),
    used("as-of", "2020-01-01"),
    used("min-floor-area", "900"),
    used("demand-circle", "workers=100m"),
    used("cure-prices", "prices.toml"),
    used("supply", "2sfca"),
    used("decay", "gaussian:5"),
    switch("sensitivity"),
    refused("at", "Tue 10:00"),
    switch("week"),
    used("out", "elsewhere"),
    used("formats", "csv,geojson"),
    refused("out-crs", "EPSG:4547"),
    used("title", "Town"),
    used("station-noun", "pharmacy"),
    switch("table"),
    used("require-share", "0.99"),
    used("lang", "zh"),
    used("max-memory", "1KB"),
    refused("threads", "100000"),
    switch("quiet"),
    switch("verbose"),
];

/// What is given for one layer: another system moves it, another encoding spoils its names, a table has no sheets, another
/// column is another name.
fn layer_cases() -> Vec<(String, String, Outcome)> {
    let layers = [
        ("network", "name=other"),
        ("stations", "id=other"),
        ("residents", "id=other"),
        ("areas", "id=other"),
        ("compounds", "id=other"),
        ("gates", "id=other"),
        ("stairwells", "id=other"),
        ("all-stations", "id=other"),
        ("demand", "id=other"),
        ("communities", "id=other"),
        ("land", "id=other"),
    ];
    let mut cases = Vec::new();
    for (layer, columns) in layers {
        let mut case = |aspect: &str, value: &str, outcome| {
            cases.push((format!("{layer}-{aspect}"), value.to_owned(), outcome));
        };
        let of_places = if ["communities", "stairwells"].contains(&layer) {
            Outcome::Refused
        } else {
            Outcome::Used
        };
        case("crs", "BD-09", of_places);
        case("encoding", "big5", Outcome::Used);
        case("sheet", "Sheet1", Outcome::Refused);
        case("columns", columns, Outcome::Used);
    }
    cases
}

fn town() -> Folder {
    let folder = Folder::new();
    // In Taiyuan, where the systems of Chinese maps differ from WGS84.
    let line = |name: &str, from: [f64; 2], to: [f64; 2]| {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}","other":"别街","highway":"residential"}},"geometry":{{"type":"LineString","coordinates":[{from:?},{to:?}]}}}}"#
        )
    };
    let streets = [
        line("主街", [112.55, 37.85], [112.57, 37.85]),
        line("横街", [112.56, 37.845], [112.56, 37.8496]),
        line("北街", [112.555, 37.849], [112.555, 37.856]),
    ];
    folder.write("streets.geojson", collection(&streets));
    // A hill of 10 % to the east.
    let heights = [0_i16, 8_800, 0, 8_800].map(i16::to_be_bytes);
    folder.write("N37E112.hgt", heights.concat());
    folder.write("prices.toml", "[[cure]]\nkind = \"station\"\ncost = 9\n");
    folder.write("other.geojson", collection(&streets[..1]));
    let square = |id: &str, west: f64, east: f64| {
        let ring = [
            [west, 37.846],
            [east, 37.846],
            [east, 37.8535],
            [west, 37.8535],
            [west, 37.846],
        ];
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","name":"片区{id}","other":"别{id}","population":50}},"geometry":{{"type":"Polygon","coordinates":[{ring:?}]}}}}"#
        )
    };
    folder.write(
        "areas.geojson",
        collection(&[
            square("甲", 112.549, 112.56),
            square("乙", 112.5601, 112.571),
        ]),
    );
    folder.write(
        "land.geojson",
        collection(&[square("地", 112.552, 112.556)]),
    );
    folder.write(
        "compounds.geojson",
        collection(&[square("院", 112.565, 112.569)]),
    );
    folder.write(
        "gates.csv",
        "id,other,lon,lat,other_lon,other_lat\n门,别门,112.565,37.85,112.5652,37.8501\n",
    );
    folder.write(
        "stations.csv",
        "id,other,name,lon,lat,other_lon,other_lat,tier,services,opened,capacity,hours\n站一,别一,中心,112.5505,37.8502,112.56,37.8501,街道,阅览,2019-05-01,12,每天9:00-17:00\n",
    );
    folder.write(
        "all.csv",
        "id,other,name,lon,lat,tier,services,opened,floor_area,community,parent,capacity\n站一,别一,中心,112.5505,37.8502,街道,阅览,2019-05-01,800,甲社区,,12\n站二,别二,社区,112.557,37.8501,社区,阅览,2021-05-01,90,乙社区,站一,9\n",
    );
    folder.write(
        "residents.csv",
        "id,other,name,lon,lat,other_lon,other_lat,population,aged,community,storey,stairwell\n家一,别甲,赵,112.551,37.8503,112.552,37.8503,10,3,甲社区,1,一\n家二,别乙,钱,112.5615,37.8497,112.562,37.8496,20,5,乙社区,9,二\n家三,别丙,孙,112.567,37.8505,112.5669,37.8504,30,7,乙社区,6,\n",
    );
    folder.write(
        "workers.csv",
        "id,other,lon,lat,population,stairwell\n岗一,别岗,112.552,37.8502,8,一\n岗二,别位,112.5695,37.8501,4,二\n",
    );
    folder.write(
        "stairwells.csv",
        "id,other,lift,storeys\n一,别一,无,6\n二,别二,有,9\n",
    );
    folder.write("lifts.csv", "id,lift\n一,无\n二,无\n");
    folder.write(
        "communities.csv",
        "id,other,name,population\nC1,D1,甲社区,10\nC2,D2,乙社区,50\n",
    );
    folder.write(
        "others.csv",
        "id,other,name,population\nC1,D1,甲社区,10\nC3,D3,丙社区,50\n",
    );
    folder
}

fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

/// The flags of a run: the base with one of them set or added.
fn flags(flag: &str, value: Option<&str>) -> Vec<(String, Option<String>)> {
    let mut all: Vec<(String, Option<String>)> = BASE
        .iter()
        .filter(|(base, _)| *base != flag)
        .map(|(base, value)| ((*base).to_owned(), Some((*value).to_owned())))
        .collect();
    if flag != "out" {
        all.push(("out".to_owned(), Some("out".to_owned())));
    }
    if !flag.is_empty() {
        all.push((flag.to_owned(), value.map(str::to_owned)));
    }
    all
}

/// What a run did: its exit code, what it printed, and its files without clocks and without the record of parameters.
#[derive(PartialEq, Eq, Debug)]
struct Outcomes {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    files: BTreeMap<String, String>,
}

fn outcome(folder: &Folder, ran: Ran) -> Outcomes {
    let mut files = BTreeMap::new();
    for out in ["out", "elsewhere"] {
        if !folder.join(out).is_dir() {
            continue;
        }
        for name in folder.list(out) {
            let text = folder.read(&format!("{out}/{name}"));
            let text = match name.as_str() {
                "run.json" | "summary.json" => {
                    let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                    let map = json.as_object_mut().expect("an object");
                    for key in [
                        "timings_ms",
                        "parameters",
                        "command",
                        "inputs",
                        "outputs",
                        "outputs_sha256",
                    ] {
                        map.remove(key);
                    }
                    json.to_string()
                }
                _ => text,
            };
            files.insert(format!("{out}/{name}"), text);
        }
        std::fs::remove_dir_all(folder.join(out)).expect("our own folder");
    }
    Outcomes {
        code: ran.code,
        stdout: ran.stdout,
        stderr: ran.stderr,
        files,
    }
}

fn by_flags(folder: &Folder, flag: &str, value: Option<&str>) -> Outcomes {
    let mut arguments = vec!["coverage".to_owned()];
    for (flag, value) in flags(flag, value) {
        arguments.push(match value {
            Some(value) => format!("--{flag}={value}"),
            None => format!("--{flag}"),
        });
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    outcome(folder, folder.run(&arguments))
}

fn by_study(folder: &Folder, flag: &str, value: Option<&str>) -> Outcomes {
    let mut study = String::new();
    for (flag, value) in flags(flag, value) {
        let key = flag.replace('-', "_");
        let value = match (flag.as_str(), value) {
            (_, None) => "true".to_owned(),
            ("minutes" | "metres" | "formats", Some(list)) => {
                let is_number = flag != "formats";
                let one = |text: &str| {
                    if is_number {
                        text.to_owned()
                    } else {
                        format!("'{text}'")
                    }
                };
                let list: Vec<String> = list.split(',').map(one).collect();
                format!("[{}]", list.join(", "))
            }
            (_, Some(value)) if value.parse::<f64>().is_ok() && is_number(&flag) => value,
            (_, Some(value)) => format!("'{value}'"),
        };
        writeln!(study, "{key} = {value}").expect("a string");
    }
    folder.write("study.toml", study);
    outcome(folder, folder.run(&["run", "study.toml"]))
}

fn is_number(flag: &str) -> bool {
    let numbers = [
        "join-tolerance",
        "speed-kmh",
        "max-snap",
        "leg-factor",
        "min-island",
        "require-share",
        "threads",
    ];
    numbers.contains(&flag)
}

/// The flags that the program's own help lists.
fn listed(folder: &Folder) -> BTreeSet<String> {
    let help = folder.run(&["coverage", "--help"]).stdout;
    let lines = help.lines().map(str::trim_start);
    let flags = lines.filter_map(|line| {
        let line = line
            .strip_prefix("-q, ")
            .or(line.strip_prefix("-v, "))
            .unwrap_or(line);
        let name = line.strip_prefix("--")?;
        let end = name.find(|letter: char| !letter.is_ascii_lowercase() && letter != '-');
        let name = &name[..end.unwrap_or(name.len())];
        // A text that begins with the pattern of a layer's flags is none: --LAYER-crs.
        (!name.is_empty()).then(|| name.to_owned())
    });
    flags.collect()
}

#[test]
fn every_flag_and_every_key_is_used_or_refused() {
    let folder = town();
    let base = by_flags(&folder, "", None);
    assert_eq!(base.code, Some(0), "{}", base.stderr);
    assert_eq!(by_flags(&folder, "", None), base, "the same again");

    let mut cases: Vec<(String, Option<String>, Outcome)> = CASES
        .iter()
        .map(|case| {
            (
                case.flag.to_owned(),
                case.value.map(str::to_owned),
                case.outcome,
            )
        })
        .collect();
    let of_layers = layer_cases().into_iter();
    cases.extend(of_layers.map(|(flag, value, outcome)| (flag, Some(value), outcome)));

    let known: BTreeSet<String> = cases.iter().map(|(flag, ..)| flag.clone()).collect();
    let mut there = listed(&folder);
    there.remove("help");
    assert_eq!(there, known, "every flag has its case here");

    let mut wrong = Vec::new();
    for (flag, value, expected) in &cases {
        for by in [by_flags, by_study] {
            let got = by(&folder, flag, value.as_deref());
            let names_it = got.stderr.contains(&flag.replace('_', "-"))
                || got.stderr.contains(&flag.replace('-', "_"));
            let fits = match expected {
                Outcome::Used => got != base,
                Outcome::Refused => got.code != Some(0) && names_it && got.files.is_empty(),
            };
            if !fits {
                wrong.push(format!(
                    "--{flag} {value:?}: {expected:?}, but {:?} {}",
                    got.code, got.stderr
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_given_for_a_layer_that_is_not_there_is_refused() {
    let folder = Folder::town();
    for flag in [
        "areas-crs",
        "gates-sheet",
        "demand-encoding",
        "land-columns",
        "all-stations-crs",
    ] {
        let value = if flag == "land-columns" {
            "id=a"
        } else {
            "big5"
        };
        let ran = folder.coverage(&[&format!("--{flag}={value}")]);
        assert_eq!(ran.code, Some(2), "{flag}: {}", ran.stderr);
        assert!(ran.stderr.contains(flag), "{}", ran.stderr);
    }
}

#[test]
fn a_layer_may_be_a_table_of_a_study_file() {
    let folder = town();
    let study = |stations: &str| {
        folder.write(
            "study.toml",
            format!("network = 'streets.geojson'\nresidents = 'residents.csv'\nout = 'out'\nformats = ['csv']\n{stations}"),
        );
        outcome(&folder, folder.run(&["run", "study.toml", "--quiet"]))
    };
    let flat = study(
        "stations = 'stations.csv'\nstations_crs = 'GCJ-02'\nstations_columns = 'id=other'\n",
    );
    let table =
        study("[stations]\nfile = 'stations.csv'\ncrs = 'GCJ-02'\ncolumns = { id = 'other' }\n");
    assert_eq!(flat.code, Some(0), "{}", flat.stderr);
    assert_eq!(flat, table);
    assert!(flat.files["out/stations.csv"].contains("别一"));
    let wrong = study("[stations]\nfile = 'stations.csv'\nsystem = 'GCJ-02'\n");
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.stderr.contains("line 7") && wrong.stderr.contains("\"system\""),
        "{}",
        wrong.stderr
    );
}

/// Every layer that is a table of a study file says the same as the keys with its name.
#[test]
fn every_layer_may_be_a_table_whose_keys_are_those_of_its_settings() {
    let folder = town();
    let run = |study: String| {
        folder.write("study.toml", study);
        outcome(&folder, folder.run(&["run", "study.toml", "--quiet"]))
    };
    for (flag, value, _) in layer_cases() {
        let (layer, setting) = flag.rsplit_once('-').expect("a layer and a setting");
        if !["columns", "sheet"].contains(&setting) {
            continue;
        }
        let (mut flat, mut table) = (String::new(), String::new());
        for (base, text) in BASE.iter().chain(&[("out", "out")]) {
            let key = base.replace('-', "_");
            let line = match *base {
                "minutes" => format!("{key} = [{text}]\n"),
                "formats" => format!("{key} = ['{text}']\n"),
                "max-snap" => format!("{key} = {text}\n"),
                _ => format!("{key} = '{text}'\n"),
            };
            flat.push_str(&line);
            if *base == layer {
                table.extend([format!("[{key}]\nfile = '{text}'\n{setting} = '{value}'\n")]);
            } else {
                table.insert_str(0, &line);
            }
        }
        let key = flag.replace('-', "_");
        flat.extend([format!("{key} = '{value}'\n")]);
        let (flat, table) = (run(flat), run(table));
        assert_eq!(table, flat, "{flag}");
        assert_eq!(
            flat.code == Some(0),
            setting == "columns",
            "{flag}: {}",
            flat.stderr
        );
    }
}

#[test]
fn check_and_explain_take_a_study_file() {
    let folder = town();
    folder.write(
        "study.toml",
        "network = 'streets.geojson'\nstations = 'stations.csv'\nresidents = 'residents.csv'\nareas = 'areas.geojson'\nout = 'out'\n",
    );
    let check = folder.run(&["check", "study.toml"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
    assert!(
        check.stderr.contains("not used by check: out"),
        "{}",
        check.stderr
    );
    assert!(
        check.stdout.contains("other_lon"),
        "columns that are not used are listed: {}",
        check.stdout
    );
    let explain = folder.run(&["explain", "study.toml", "--resident", "家一"]);
    assert_eq!(explain.code, Some(0), "{}", explain.stderr);
    assert!(explain.stdout.contains("站一"), "{}", explain.stdout);
    let typo = folder.run(&["check", "study.toml", "--minutes", "five"]);
    assert_eq!(typo.code, Some(2), "{}", typo.stderr);
}

/// What was taken and reached nothing: each is refused with the flag, and with what is there.
#[test]
fn flags_that_reach_nothing_are_refused_with_what_there_is() {
    let folder = town();
    folder.write(
        "vague.csv",
        "id,lon,lat,opened\n站一,112.5505,37.8502,春天\n",
    );
    let run = |stations: &str, more: &[&str]| {
        let stations = format!("--stations={stations}");
        let layers = [
            "coverage",
            "--network=streets.geojson",
            "--residents=residents.csv",
            "--out=out",
            &stations,
        ];
        folder.run(&[&layers[..], more].concat())
    };
    for (stations, more, said) in [
        (
            "stations.csv",
            &["--all-stations=all.csv"][..],
            ["--all-stations is for", "--standard"],
        ),
        (
            "stations.csv",
            &[
                "--standard=party-centre-tiers",
                "--min-floor-area=village=3",
            ],
            ["--min-floor-area", "street, community or grid"],
        ),
        (
            "stations.csv",
            &["--stations-columns=tier=name"],
            ["--stations-columns tier", "--standard"],
        ),
        (
            "stations.csv",
            &["--residents-columns=community=name"],
            ["--residents-columns community", "--communities"],
        ),
        (
            "stations.csv",
            &["--residents-columns=id=id", "--residents-columns=id=other"],
            ["--residents-columns id", "id and as other"],
        ),
        (
            "stations.csv",
            &["--demand=a=workers.csv", "--demand=a=residents.csv"],
            ["--demand a", "called a"],
        ),
        (
            "stations.csv",
            &["--group=aged", "--group=aged"],
            ["--group aged", "called aged"],
        ),
        ("vague.csv", &["--as-of=2020-01-01"], ["--as-of", "(春天)"]),
        (
            "stations.csv",
            &[
                "--areas=areas.geojson",
                "--area-name=other",
                "--areas-columns=name=id",
            ],
            ["--area-name other", "name=id"],
        ),
    ] {
        let ran = run(stations, more);
        assert_eq!(ran.code, Some(2), "{more:?}: {}", ran.stderr);
        for said in said {
            assert!(ran.stderr.contains(said), "{more:?}: {}", ran.stderr);
        }
    }
    let ran = run("stations.csv", &["--stations-columns=opened=opened"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}
