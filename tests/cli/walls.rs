//! Compounds and gates as the command reads and shows them: the drawing of `api::walls`.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese};

const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.01,0]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0.01,0],[0.01,0.0013]]}},
{"type":"Feature","properties":{"name":"Back Street"},"geometry":{"type":"LineString","coordinates":[[0.01,0.0013],[0,0.0013]]}}
]}"#;
const COMPOUNDS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"square"},"geometry":{"type":"Polygon","coordinates":[[[0.002,0.0001],[0.004,0.0001],[0.004,0.0011],[0.002,0.0011],[0.002,0.0001]]]}}
]}"#;

/// The home is by the back gate 1,360 s from the clinic; 25 s without the wall.
fn town() -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", "id,lon,lat\nclinic,0.003,0\n");
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nhome,0.003,0.0003,7\nbeside,0.001,0.0001,2\n",
    );
    folder.write("compounds.geojson", COMPOUNDS);
    folder.write(
        "gates.csv",
        "编号,经度,纬度,所属小区\nback,0.003,0.0011,square\n",
    );
    folder
}

const WALLS: [&str; 4] = ["--compounds", "compounds.geojson", "--gates", "gates.csv"];

fn run(folder: &Folder, verb: &[&str], more: &[&str]) -> Ran {
    let layers = ["--network", "streets.geojson", "--stations", "stations.csv"];
    let walk = ["--residents", "residents.csv", "--profile", "plain"];
    let arguments = [verb, &layers, &walk, &WALLS, more].concat();
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

#[test]
fn coverage_says_what_walls_cost_and_which_gate_would_help() {
    let folder = town();
    let ran = run(&folder, &["coverage"], &["--out", "out"]);
    let line = "With all walls open it would be 100.00 %: walls cost 7 people";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    // The leg is 110.574 m by the gate and 33.172 m straight: 77.4 m more.
    assert_eq!(
        folder.read("out/compounds.csv"),
        "id,gates,residents,population,covered_population,covered_population_walls_open,median_extra_leg_m\n\
         square,1,1,7,0,7,77.4\n"
    );
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let walls = &summary["walls"];
    assert_eq!(walls["population"], 7);
    assert_eq!(
        (&walls["covered"], &walls["covered_walls_open"]),
        (&0.into(), &7.into())
    );
    assert_eq!(walls["city"]["share"], 0.222_222);
    assert_eq!(walls["city"]["share_walls_open"], 1.0);
    // A gate opposite the clinic saves 1,359.595 s - 24.879 s.
    let gaps = folder.read("out/gaps.csv");
    let mut lines = gaps.lines();
    let header = lines.next().unwrap_or_default();
    assert!(header.ends_with(
        ",link_to_lat,gate_lon,gate_lat,gate_compound,gate_gain,gate_saved_seconds,gate_way_metres,station_gain,station_gain_elsewhere,cure,cure_gain"
    ));
    let gap = lines.next().unwrap_or_default();
    assert!(
        gap.ends_with(",0.0030000,0.0001000,square,7,1334.7,,7,0,gate,7"),
        "{gap}"
    );
    let drawn: Value = serde_json::from_str(&folder.read("out/gaps.geojson")).expect("JSON");
    let gate = &drawn["features"][1];
    assert_eq!(
        (
            &gate["properties"]["what"],
            &gate["properties"]["gate_gain"]
        ),
        (&"gate".into(), &7.0.into())
    );
    assert!(
        folder
            .read("out/report.html")
            .contains("a gate in the wall of square would cover 7 people")
    );
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(record["parameters"]["gates"], "gates.csv");
    let layers = record["inputs"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| &file["layer"]);
    assert!(layers.eq(["network", "stations", "residents", "compounds", "gates"].iter()));
}

#[test]
fn prices_of_cures_make_a_list_of_problems_to_work_off() {
    let folder = town();
    let with = |prices: &str| {
        folder.write("prices.toml", prices);
        let flags = ["--cure-prices", "prices.toml", "--out", "out"];
        run(&folder, &["coverage"], &flags);
        let table = folder.read("out/gaps.csv");
        let header = table.lines().next().unwrap_or_default();
        let last = ",cure_mode,cure_cost,cure_people_per_cost,cure_responsible,cure_deadline";
        assert!(header.ends_with(last), "{header}");
        table.lines().nth(1).unwrap_or_default().to_owned()
    };
    // A gate and a station would cover the same seven people: seven for 8 are more than seven for 120.
    let gate = "[[cure]]\nkind = \"gate\"\ncost = 8\nresponsible = \"community\"\ndeadline = \"2027-03-31\"\n";
    let station = "[[cure]]\nkind = \"station\"\nmode = \"shared\"\ncost = 120\n";
    let gap = with(&format!("{station}{gate}"));
    let cells = ",7,0,gate,7,,8,0.875,community,2027-03-31";
    assert!(gap.ends_with(cells), "{gap}");
    let page = folder.read("out/report.html");
    let told = "Best for its cost: gate · costs 8 · 0.875 people per unit of cost · <bdi>community</bdi> · <bdi>2027-03-31</bdi>";
    assert!(page.contains(told));
    // What has no price is not weighed against what has one.
    let gap = with(station);
    assert!(gap.ends_with(",7,0,station,7,shared,120,0.058,,"), "{gap}");
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let files = record["inputs"].as_array().expect("files").iter();
    assert!(files.clone().any(|file| file["layer"] == "cure_prices"));
    let drawn: Value = serde_json::from_str(&folder.read("out/gaps.geojson")).expect("JSON");
    let gap = &drawn["features"][0]["properties"];
    assert_eq!(
        (&gap["cure"], &gap["cure_cost"]),
        (&"station".into(), &120.0.into())
    );

    folder.write("prices.toml", "[[cure]]\nkind = \"gate\"\ncots = 8\n");
    let arguments = ["--network", "streets.geojson", "--stations", "stations.csv"];
    let more = [
        "--residents",
        "residents.csv",
        "--cure-prices",
        "prices.toml",
    ];
    let refused = folder.run(&[&["gaps"][..], &arguments, &more].concat());
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    assert!(refused.stderr.contains("cots"), "{}", refused.stderr);
}

#[test]
fn who_has_a_street_inside_gets_a_gate_with_a_way_through_it() {
    let folder = town();
    // A lane from Back Street through the back gate: by it the home is as far from the clinic as by the gate.
    let lane = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0.003,0.0013],[0.003,0.0003]]}},"#;
    let head = r#"{"type":"FeatureCollection","features":["#;
    folder.write(
        "streets.geojson",
        STREETS
            .replace(
                "[0.01,0.0013],[0,0.0013]",
                "[0.01,0.0013],[0.003,0.0013],[0,0.0013]",
            )
            .replacen(head, &format!("{head}{lane}"), 1),
    );
    run(&folder, &["coverage"], &["--out", "out"]);
    // From the end of the lane to Main Street 0.0003°: 33.2 m.
    let gaps = folder.read("out/gaps.csv");
    let gap = gaps.lines().nth(1).unwrap_or_default();
    assert!(
        gap.ends_with(",0.0030000,0.0001000,square,7,1334.7,33.2,7,0,gate,7"),
        "{gap}"
    );
    let drawn = folder.read("out/gaps.geojson");
    assert!(drawn.contains(r#""gate_way_metres":33.2"#), "{drawn}");
    // The page and the terminal say the way too, as the gate alone would gain nobody; the wall is the reason, and drawn.
    assert!(gap.contains(",behind_wall,"), "{gap}");
    let page = folder.read("out/report.html").replace('\u{a0}', " ");
    for part in [
        "a gate in the wall of square, with 33 m of path through it, would cover 7 people",
        // Names are marked as such.
        "the wall of <",
        " is in the way",
        "<g class=\"walls\">",
        "<path class=\"gate\" data-gap=\"1\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let ran = run(&folder, &["gaps"], &[]);
    assert!(
        ran.stdout.contains(
            "a gate in the wall of square, with 33.2 m of path through it, would serve 7"
        ),
        "{}",
        ran.stdout
    );
}

#[test]
fn explain_and_gaps_name_the_gate_in_both_languages() {
    let folder = town();
    let ran = run(
        &folder,
        &["explain", "--resident", "home"],
        &["--geojson", "home.geojson"],
    );
    assert!(
        ran.stdout.contains("by gate back to the street"),
        "{}",
        ran.stdout
    );
    let walk: Value = serde_json::from_str(&folder.read("home.geojson")).expect("JSON");
    let line = &walk["features"][2]["geometry"]["coordinates"];
    assert_eq!(
        (&line[0], &line[1]),
        (
            &[0.003, 0.0003].as_slice().into(),
            &[0.003, 0.0011].as_slice().into()
        )
    );
    let ran = run(&folder, &["gaps"], &[]);
    assert!(
        ran.stdout
            .contains("a gate in the wall of square would serve 7"),
        "{}",
        ran.stdout
    );
    for verb in [
        &["explain", "--resident", "home"][..],
        &["gaps"],
        &["check"],
        &["coverage", "--out", "zh"],
    ] {
        let ran = run(&folder, verb, &["--lang", "zh"]);
        assert!(is_chinese(&ran.stdout), "{}", ran.stdout);
        for line in ran.stdout.lines() {
            assert!(!has_english_sentence(line), "{line}");
        }
    }
}

#[test]
fn walls_come_with_gates_and_unusable_ones_are_found() {
    let folder = town();
    let layers = ["--network", "streets.geojson", "--stations", "stations.csv"];
    let alone = [
        "coverage",
        "--residents",
        "residents.csv",
        "--out",
        "out",
        "--gates",
        "gates.csv",
    ];
    let ran = folder.run(&[&alone[..], &layers].concat());
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("--compounds"), "{}", ran.stderr);
    folder.write("gates.csv", "id,lon,lat\nfar,0.003,0.0015\n");
    let ran = run(&folder, &["check"], &[]);
    for code in ["[stray_gate]", "[compound_without_gate]"] {
        assert!(ran.stdout.contains(code), "{code} in\n{}", ran.stdout);
    }
    // Points are no compounds.
    folder.write(
        "compounds.geojson",
        r#"{"type":"Point","coordinates":[0.003,0.0003]}"#,
    );
    let arguments = [
        &["coverage", "--residents", "residents.csv", "--out", "out"][..],
        &layers,
        &WALLS,
    ];
    let ran = folder.run(&arguments.concat());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("polygon"), "{}", ran.stderr);
}
