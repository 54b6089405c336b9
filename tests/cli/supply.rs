//! Supply and demand on one street, with every number worked out by hand.
//!
//! The street lies on the equator: 0.001° are 111.3195 m, which take an adult of 4.8 km/h 83.49 s. All stand on it, so there are no
//! legs. S3 and S6 do not say how many they can take; S4 is far away.
//!
//! | from | S1 0.000, 30 | S2 0.010, 24 | S3 0.019 | S6 0.0195 |
//! |--|--|--|--|--|
//! | h1 0.003, 100 people | 334 m 250 s | 779 m 584 s | | |
//! | h2 0.006, 50 people | 668 m 501 s | 445 m 334 s | | |
//! | h3 0.020, 200 people | | 1113 m 835 s | 111 m 83 s | 56 m 42 s |
//! | h4 0.0215, 40 people | | 1280 m 960 s | 278 m 209 s | 223 m 167 s |
//! | h5 0.031, 10 people | | | 1336 m 1002 s | 1280 m 960 s |
//! | h6, 7 people, far from any street | | | | |
//!
//! Within 15 minutes, in zones of 5 minutes that weigh 1, 0.68 and 0.22:
//!
//! | | of S1 | of S2 | h1 | h2 | h3 |
//! |--|--|--|--|--|--|
//! | 2SFCA | 30 / 150 | 24 / 350 | both | both | 24 / 350 |
//! | E2SFCA | 30 / (100 + 34) | 24 / (68 + 34 + 44) | R₁ + 0.68 R₂ | 0.68 (R₁ + R₂) | 0.22 R₂ |
//! | 3SFCA, h1 choosing by 1 and 0.68 of 1.68, h2 by halves | 30 / (100/1.68 + 17) | 24 / (46.24/1.68 + 17 + 44) | (R₁ + 0.4624 R₂) / 1.68 | 0.34 (R₁ + R₂) | 0.22 R₂ |
//!
//! h4 has stations of unknown capacity alone, so what it gets is not known; h5 has none, and gets nothing.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

const STREET: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.032,0]]}}
]}"#;
const STATIONS: &str = "\
id,name,lon,lat,容量
S1,West,0,0,30
S2,Middle,0.01,0,24
S3,East,0.019,0,many
S4,Far,0.01,0.1,99
S6,Last,0.0195,0,
";
const RESIDENTS: &str = "\
id,lon,lat,population,old
h1,0.003,0,100,10
h2,0.006,0,50,0
h3,0.020,0,200,20
h4,0.0215,0,40,4
h5,0.031,0,10,1
h6,0.010,0.2,7,0
";
/// The western part, and all of the street.
const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w","name":"West"},"geometry":{"type":"Polygon","coordinates":[[[-0.01,-0.01],[0.0125,-0.01],[0.0125,0.01],[-0.01,0.01],[-0.01,-0.01]]]}},
{"type":"Feature","properties":{"id":"all","name":"All"},"geometry":{"type":"Polygon","coordinates":[[[-0.02,-0.02],[0.04,-0.02],[0.04,0.02],[-0.02,0.02],[-0.02,-0.02]]]}}
]}"#;

fn town() -> Folder {
    let folder = Folder::new();
    folder.write("street.geojson", STREET);
    folder.write("stations.csv", STATIONS);
    folder.write("residents.csv", RESIDENTS);
    folder.write("areas.geojson", AREAS);
    folder
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let layers = [
        "coverage",
        "--network",
        "street.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--profile",
        "plain",
        "--out",
        "out",
    ];
    folder.run(&[&layers[..], more].concat())
}

fn done(folder: &Folder, more: &[&str]) -> String {
    let ran = run(folder, more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

const ALL: [&str; 8] = [
    "--supply",
    "2sfca,e2sfca,3sfca",
    "--areas",
    "areas.geojson",
    "--group",
    "old:elder",
    "--formats",
    "csv,html",
];

#[test]
fn every_station_home_and_area_gets_what_was_worked_out_by_hand() {
    let folder = town();
    done(&folder, &ALL);
    assert_eq!(
        folder.read("out/supply.csv"),
        "\
id,name,capacity,nearest_population,load,overload,within_population,demand_2sfca,per_thousand_2sfca,demand_e2sfca,per_thousand_e2sfca,demand_3sfca,per_thousand_3sfca
S1,West,30,100,3.333333,70,150,150.000000000,200.000000000,134.000000000,223.880597015,76.523809524,392.034847542
S2,Middle,24,50,2.083333,26,350,350.000000000,68.571428571,146.000000000,164.383561644,88.523809524,271.113501883
S3,East,,0,,,240,,,,,,
S4,Far,99,0,0.000000,0,0,0.000000000,,0.000000000,,0.000000000,
S6,Last,,250,,,240,,,,,,
"
    );
    assert_eq!(
        folder.read("out/access.csv"),
        "\
id,population,stations,stations_without_capacity,per_thousand_2sfca,per_thousand_e2sfca,per_thousand_3sfca
h1,100,2,0,268.571428571,335.661418933,307.974839769
h2,50,2,0,268.571428571,264.019627888,225.470438804
h3,200,1,2,68.571428571,36.164383562,59.644970414
h4,40,0,2,,,
h5,10,0,0,0.000000000,0.000000000,0.000000000
h6,7,0,0,,,
"
    );
    // 54 places: 360 for a thousand of the 150 people in the west, 135 for a thousand of all 400 on the street. Of these 360 are known,
    // and all 54 places go to them: 150 for a thousand.
    assert_eq!(
        folder.read("out/access_areas.csv"),
        "\
id,name,population,population_known,stations,capacity,capacity_per_thousand,mean_per_thousand_2sfca,mean_per_thousand_e2sfca,mean_per_thousand_3sfca
w,West,150,150,2,54,360.000000,268.571429,311.780822,280.473373
all,All,400,360,2,54,135.000000,150.000000,150.000000,150.000000
"
    );
}

/// At 3.3 km/h h1 walks 364 s to S1 and 850 s to S2: 0.68 and 0.22 of the ratios of all. h3 is 1214 s from S2, so of its 20 old people
/// nothing is known, as of the 4 of h4. 10 people with so much and one with nothing: Gini is 10 · (2 · 1 + 10) / (11 · 10) − 1 = 1/11.
#[test]
fn a_group_gets_the_ratios_of_all_as_its_own_people_walk() {
    let folder = town();
    done(&folder, &ALL);
    let table = folder.read("out/access_groups.csv");
    let enhanced = 0.68 * 30_000.0 / 134.0 + 0.22 * 24_000.0 / 146.0;
    let mean = enhanced * 10.0 / 11.0;
    let expected = format!(
        "old,elder,e2sfca,11,24,1,0,{mean:.6},{enhanced:.6},{enhanced:.6},{enhanced:.6},0.0909"
    );
    assert!(
        table.lines().any(|line| line == expected),
        "{expected}\n{table}"
    );
    assert_eq!(table.lines().count(), 4);
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

#[test]
fn the_summary_has_totals_and_what_is_left_out_is_counted() {
    let folder = town();
    let told = done(&folder, &ALL);
    let summary = summary(&folder);
    let supply = &summary["provision"]["supply"];
    for (key, expected) in [
        ("cutoff", Value::from("15")),
        ("decay", "0-5:1,5-10:0.68,10-15:0.22".into()),
        ("stations", 4.into()),
        ("stations_without_capacity", 2.into()),
        ("capacity", 54.into()),
        ("capacity_nobody_reaches", 0.into()),
        ("stations_overloaded", 2.into()),
        ("overload", 96.into()),
    ] {
        assert_eq!(supply[key], expected, "{key}");
    }
    let plain = &supply["methods"][0];
    // Ascending: 10 people with nothing, 200 with 68.57, 150 with 268.57.
    for (key, expected) in [
        ("method", Value::from("2sfca")),
        ("population_known", 360.into()),
        ("population_unknown", 47.into()),
        ("population_with_none", 10.into()),
        ("population_understated", 200.into()),
        ("mean_per_thousand", 150.0.into()),
        ("p10_per_thousand", 68.571_429.into()),
        ("median_per_thousand", 68.571_429.into()),
        ("p90_per_thousand", 268.571_429.into()),
    ] {
        assert_eq!(plain[key], expected, "{key}");
    }
    // (200 · x (2 · 10 + 200) + 150 · y (2 · 210 + 150)) / (360 · 54,000) − 1, with x = 24,000 / 350 and y = x + 200.
    let (x, y) = (24_000.0 / 350.0, 24_000.0 / 350.0 + 200.0);
    let gini = (200.0 * x * 220.0 + 150.0 * y * 570.0) / (360.0 * 54_000.0) - 1.0;
    let found = plain["gini"].as_f64().expect("a number");
    assert!((found - gini).abs() < 1e-6, "{found} {gini}");
    let findings = summary["findings"].as_array().expect("findings");
    for (code, count) in [("cell_not_understood", 1), ("station_without_supply", 2)] {
        let found = findings.iter().find(|one| one["code"] == code);
        assert_eq!(found.expect(code)["count"], count, "{code}");
    }
    for line in [
        "supply: room for 54 people at 2 of 4 stations",
        "  2 stations are too small for the people nearest to them: 96 too many",
        "  2sfca                            150.0        68.6        2.78       0.336",
    ] {
        assert!(told.lines().any(|one| one == line), "{line}\n{told}");
    }
    assert!(folder.read("out/report.html").contains("id=\"supply\""));
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let methods = run["parameters"]["supply"].as_array().expect("a list");
    assert_eq!(methods.len(), 3);
    assert!(run["parameters"]["decay"].is_null());
}

#[test]
fn metres_decide_where_they_do_and_a_decay_is_said_again() {
    let folder = town();
    let decay = "0-200:1,200-400:0.5";
    let more = ["--metres", "400", "--supply", "e2sfca", "--decay", decay];
    done(&folder, &[&more[..], &["--formats", "csv"]].concat());
    // Within 400 m S1 has h1 alone, at a half: 30 / 50, and h1 gets a half of it. S2 has nobody; h2 has no station, h3 and h4 unknown ones.
    let supply = folder.read("out/supply.csv");
    let rows: Vec<&str> = supply.lines().skip(1).take(2).collect();
    assert_eq!(
        rows,
        [
            "S1,West,30,100,3.333333,70,100,50.000000000,600.000000000",
            "S2,Middle,24,50,2.083333,26,0,0.000000000,"
        ]
    );
    let access = folder.read("out/access.csv");
    let scores = access.lines().skip(1).map(|row| row.split(',').nth(4));
    let scores: Vec<&str> = scores.map(Option::unwrap_or_default).collect();
    assert_eq!(
        scores,
        ["300.000000000", "0.000000000", "", "", "0.000000000", ""]
    );
    let summary = summary(&folder);
    let supply = &summary["provision"]["supply"];
    assert_eq!(
        (&supply["cutoff"], &supply["decay"]),
        (&"400m".into(), &decay.into())
    );
    assert_eq!(supply["capacity_nobody_reaches"], 24);
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(run["parameters"]["decay"], decay);
    // No group and no area: no table of them.
    for file in ["access_areas.csv", "access_groups.csv"] {
        assert!(!folder.join("out").join(file).exists(), "{file}");
    }
}

/// S2 opens later: S1 has h1 and h2, 30 / 150, and 30 places are all there are.
#[test]
fn a_station_that_is_not_open_on_the_day_counts_in_no_total() {
    let folder = town();
    folder.write(
        "stations.csv",
        "id,lon,lat,capacity,opened\nS1,0,0,30,2019-01-01\nS2,0.01,0,24,2021-01-01\n",
    );
    let day = [
        "--supply",
        "2sfca",
        "--as-of",
        "2020-06-01",
        "--formats",
        "csv",
    ];
    done(&folder, &day);
    let supply = folder.read("out/supply.csv");
    let rows: Vec<&str> = supply.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "S1,,30,400,13.333333,370,150,150.000000000,200.000000000",
            "S2,,24,0,0.000000,0,0,0.000000000,"
        ]
    );
    let supply = &summary(&folder)["provision"]["supply"];
    assert_eq!(
        (&supply["stations"], &supply["capacity"]),
        (&1.into(), &30.into())
    );
}

#[test]
fn supply_is_the_same_bytes_on_any_number_of_threads() {
    let files = [
        "supply.csv",
        "access.csv",
        "access_areas.csv",
        "access_groups.csv",
    ];
    let written = ["1", "2"].map(|threads| {
        let folder = town();
        done(&folder, &[&ALL[..], &["--threads", threads]].concat());
        files.map(|file| folder.read(&format!("out/{file}")))
    });
    assert_eq!(written[0], written[1]);
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_to_do() {
    let folder = town();
    for (more, code, words) in [
        (
            &["--decay", "gaussian:5"][..],
            2,
            "give --supply e2sfca or 3sfca",
        ),
        (
            &["--supply", "2sfca", "--decay", "gaussian:5"],
            2,
            "give --supply e2sfca or 3sfca",
        ),
        (
            &["--supply", "e2sfca", "--decay", "0-5:1,5-10:0.5"],
            2,
            "the zones end at 10",
        ),
        (
            &["--supply", "e2sfca", "--decay", "near"],
            2,
            "0-5:1,5-10:0.68,10-15:0.22",
        ),
        (
            &["--supply", "2sfca,2sfca"],
            2,
            "two of them are called 2sfca",
        ),
        (&["--supply", "4sfca"], 2, "2sfca, e2sfca, 3sfca"),
        (&["--stations-columns", "capacity=容量"], 2, "capacity"),
    ] {
        let ran = run(&folder, more);
        assert_eq!(ran.code, Some(code), "{more:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{more:?}: {}", ran.stderr);
    }
    // No column of capacities, and one in which nothing can be read.
    for stations in ["id,lon,lat\nS1,0,0\n", "id,lon,lat,capacity\nS1,0,0,many\n"] {
        folder.write("stations.csv", stations);
        let ran = run(&folder, &["--supply", "2sfca"]);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains("可服务人数"), "{}", ran.stderr);
    }
}

#[test]
fn supply_is_told_in_chinese_and_asked_by_a_study_file() {
    let folder = town();
    folder.write(
        "study.toml",
        "network = 'street.geojson'\nstations = { file = 'stations.csv', columns = { capacity = '容量' } }\n\
         residents = 'residents.csv'\nprofile = 'plain'\nsupply = ['2sfca', '3sfca']\ndecay = 'gaussian:5'\nlang = 'zh'\n\
         formats = ['csv', 'html']\nout = 'out'\n",
    );
    let ran = folder.run(&["run", "study.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for words in [
        "供给：4 个站点中 2 个给出容量，共可服务 54 人",
        "每千人供给",
        "无供给 %",
    ] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    for line in ran.stdout.lines() {
        assert!(pedshed::report::columns(line) <= 80, "{line}");
    }
    assert!(folder.read("out/report.html").contains("每千人供给"));
    assert_eq!(
        summary(&folder)["provision"]["supply"]["decay"],
        "gaussian:5"
    );
}
