//! Storeys, stairwells and lifts as the command reads and shows them: one building of six storeys at the end of a street.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese};

/// From the clinic to the door of the building are 0.01 degrees of the equator: 1,113.1949 m, 834.896 s at 4.8 km/h.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[0,0],[0.01,0]]}}
]}"#;

/// The building with these columns beside the storey, ten people on each storey.
fn building(header: &str, cells: &str) -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", "id,lon,lat\nclinic,0,0\n");
    let row = |storey: u8| format!("s{storey},0.01,0,10,{storey}{cells}\n");
    let rows: String = (1..=6).map(row).collect();
    let text = format!("id,lon,lat,population,storey{header}\n{rows}");
    folder.write("residents.csv", text);
    folder
}

const LAYERS: [&str; 6] = [
    "--network",
    "streets.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

fn coverage(folder: &Folder, more: &[&str]) -> Ran {
    let ran = folder.run(&[&["coverage"], &LAYERS[..], &["--out", "out"], more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

/// Status and seconds of each storey.
fn walks(folder: &Folder) -> Vec<(String, String)> {
    let table = folder.read("out/residents.csv");
    let cell = |line: &str, at: usize| line.split(',').nth(at).unwrap_or_default().to_owned();
    let rows = table.lines().skip(1);
    rows.map(|line| (cell(line, 2), cell(line, 3))).collect()
}

fn seconds(folder: &Folder) -> Vec<String> {
    walks(folder)
        .into_iter()
        .map(|(_, seconds)| seconds)
        .collect()
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

/// How often a code was found, over all that it is told of.
fn found(folder: &Folder, code: &str) -> u64 {
    let summary = summary(folder);
    let findings = summary["findings"].as_array().expect("a list");
    let counts = findings.iter().filter(|finding| finding["code"] == code);
    counts.filter_map(|finding| finding["count"].as_u64()).sum()
}

#[test]
fn six_storeys_of_an_adult_without_a_lift() {
    let folder = building(",lift", ",no");
    let ran = coverage(&folder, &[]);
    // 13.5 s a storey down: the sixth storey is 902.396 s from the clinic.
    assert_eq!(
        seconds(&folder),
        ["834.9", "848.4", "861.9", "875.4", "888.9", "902.4"]
    );
    let table = folder.read("out/residents.csv");
    let last = table.lines().last().unwrap_or_default();
    assert_eq!(last, "s6,10,beyond,902.4,clinic,0,0,0,2.4 s over 15 min");
    let stairs = &summary(&folder)["stairs"];
    assert_eq!(
        (
            &stairs["covered"],
            &stairs["covered_at_street_level"],
            &stairs["stairs_at_home"]
        ),
        (&50.into(), &60.into(), &0.into())
    );
    let line = "From the street door it would be 100.00 %: stairs at home cost 10 people";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    let gaps = folder.read("out/gaps.csv");
    let gap = gaps.lines().nth(1).unwrap_or_default();
    assert!(
        gap.starts_with("1,10,1,0.0100000,0.0000000,Main Street,stairs,2.4,clinic,"),
        "{gap}"
    );

    let page = folder.read("out/report.html");
    assert!(
        page.contains("from the street door, 0 shut in"),
        "the page's method"
    );

    coverage(&folder, &["--direction", "from-station"]);
    // 17.5 s a storey up.
    assert_eq!(
        seconds(&folder),
        ["834.9", "852.4", "869.9", "887.4", "904.9", "922.4"]
    );
    coverage(&folder, &["--direction", "round-trip"]);
    // Twice 834.896 s, and 31 s a storey.
    assert_eq!(
        seconds(&folder),
        ["1669.8", "1700.8", "1731.8", "1762.8", "1793.8", "1824.8"]
    );
    coverage(&folder, &["--profile", "plain"]);
    assert!(seconds(&folder).iter().all(|seconds| seconds == "834.9"));
    coverage(&folder, &["--metres", "1200"]);
    let table = folder.read("out/residents.csv");
    assert!(
        table
            .lines()
            .skip(1)
            .all(|line| line.contains(",1113.2,1,")),
        "{table}"
    );
    // Half as fast on the level, half as fast on the stairs: 1,669.792 s and 27 s a storey.
    coverage(&folder, &["--speed-kmh", "2.4"]);
    assert_eq!(seconds(&folder)[5], "1804.8");
}

#[test]
fn six_storeys_with_lifts_that_stop_level_or_half_a_flight_away() {
    let folder = building(",lift", ",有");
    coverage(&folder, &[]);
    // Down from the fifth the stairs take 54 s and the lift 57 s; from the sixth 67.5 s and 60 s.
    assert_eq!(
        seconds(&folder),
        ["834.9", "848.4", "861.9", "875.4", "888.9", "894.9"]
    );
    assert_eq!(summary(&folder)["stairs"]["covered"], 60);
    let folder = building(",电梯,入户方式", ",有,半层");
    coverage(&folder, &[]);
    // 45 s, 3 s for each of four and a half storeys, and half of 13.5 s: 65.25 s.
    assert_eq!(walks(&folder)[5], ("beyond".into(), "900.1".into()));
    coverage(&folder, &["--profile", "elder"]);
    // 1,214.394 s at 3.3 km/h; 25 s a storey down the stairs, which the lift is faster than from the fourth: 65 s, 68 s, 71 s.
    assert_eq!(
        seconds(&folder),
        ["1214.4", "1239.4", "1264.4", "1279.4", "1282.4", "1285.4"]
    );
}

#[test]
fn wheels_are_shut_in_where_no_lift_leads_the_whole_way() {
    let wheels = ["--profile", "wheelchair", "--minutes", "20"];
    let folder = building(",lift", ",无");
    let ran = coverage(&folder, &wheels);
    let shut_in = "s6,10,unreachable,,,0,\"stairs at home, and no lift that leads the whole way\"";
    let table = folder.read("out/residents.csv");
    assert_eq!(table.lines().last(), Some(shut_in));
    assert_eq!(walks(&folder)[0], ("covered".into(), "1113.2".into()));
    let stairs = &summary(&folder)["stairs"];
    assert_eq!(
        (
            &stairs["covered"],
            &stairs["covered_at_street_level"],
            &stairs["stairs_at_home"]
        ),
        (&10.into(), &60.into(), &50.into())
    );
    assert_eq!(found(&folder, "stairs_at_home"), 5);
    assert_eq!(found(&folder, "unreachable"), 0);
    let line = "Stairs at home, and no lift all the way, shut in 50 people";
    assert!(ran.stdout.contains(line), "{}", ran.stdout);
    let gaps = folder.read("out/gaps.csv");
    assert!(
        gaps.lines()
            .nth(1)
            .is_some_and(|gap| gap.contains(",stairs_at_home,")),
        "{gaps}"
    );
    // Metres do not lead out either.
    coverage(&folder, &["--profile", "wheelchair", "--metres", "1200"]);
    let table = folder.read("out/residents.csv");
    let last = table.lines().last().unwrap_or_default();
    assert!(last.starts_with("s6,10,unreachable,,,0,0,0,,0,"), "{last}");

    let folder = building(",lift", ",yes");
    coverage(&folder, &wheels);
    // 45 s and 3 s a storey.
    assert_eq!(
        seconds(&folder),
        ["1113.2", "1161.2", "1164.2", "1167.2", "1170.2", "1173.2"]
    );
    let folder = building(",lift,entry", ",yes,half_landing");
    coverage(&folder, &wheels);
    assert_eq!(summary(&folder)["population"]["unreachable"], 50);
    // Nobody says whether there is a lift: that is not no.
    let folder = building("", "");
    coverage(&folder, &wheels);
    assert_eq!(summary(&folder)["population"]["covered"], 60);
    assert_eq!(found(&folder, "lift_not_known"), 5);
}

#[test]
fn the_first_storey_everywhere_is_as_no_storeys_at_all() {
    let folder = building("", "");
    let with = |text: &str| {
        folder.write("residents.csv", text);
        coverage(&folder, &["--table", "--metres", "500,1200"]);
        [
            "residents.csv",
            "stations.csv",
            "travel_times.csv",
            "gaps.csv",
        ]
        .map(|file| folder.read(&format!("out/{file}")))
    };
    let rows = |cells: [&str; 2]| {
        format!(
            "id,lon,lat,population{}\na,0.01,0,10{}\nb,0.004,0.0001,3{}\n",
            cells[0], cells[1], cells[1]
        )
    };
    assert_eq!(
        with(&rows(["", ""])),
        with(&rows([",storey,lift", ",1,no"]))
    );
    // And so is leaving the storeys out.
    folder.write("residents.csv", rows([",storey,lift", ",9,no"]));
    coverage(
        &folder,
        &["--street-level", "--table", "--metres", "500,1200"],
    );
    let level = folder.read("out/residents.csv");
    assert_eq!(level, with(&rows(["", ""]))[0]);
    let record = |key: &str| {
        let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
        record["parameters"][key].clone()
    };
    assert_eq!(record("street_level"), Value::Null);
    folder.write("residents.csv", rows([",storey,lift", ",9,no"]));
    coverage(&folder, &["--street-level"]);
    assert_eq!(record("street_level"), true);
    assert_eq!(summary(&folder)["stairs"], Value::Null);
}

#[test]
fn what_is_no_storey_and_no_lift_is_counted_and_nobody_is_left_out() {
    let folder = building("", "");
    folder.write(
        "residents.csv",
        "id,lon,lat,population,所在楼层,有无电梯\n\
         a,0.01,0,1,-3,无\nb,0.01,0,1,1000,无\nc,0.01,0,1,六,无\nd,0.01,0,1,,无\ne,0.01,0,1,5层,maybe\nf,0.01,0,1,3F,有电梯\n",
    );
    coverage(&folder, &[]);
    // As if their storey were not known: no stairs are counted.
    assert_eq!(
        seconds(&folder),
        ["834.9", "834.9", "834.9", "834.9", "888.9", "861.9"]
    );
    // Three cells of storeys and one of lifts.
    assert_eq!(found(&folder, "cell_not_understood"), 4);
    assert_eq!(found(&folder, "storey_not_known"), 4);
    assert_eq!(found(&folder, "lift_not_known"), 1);
    assert_eq!(summary(&folder)["population"]["total"], 6);
    // A column of another name is one of storeys where it is said so.
    folder.write(
        "residents.csv",
        "id,lon,lat,population,étage\na,0.01,0,1,6\n",
    );
    coverage(&folder, &["--residents-columns", "storey=étage"]);
    assert_eq!(seconds(&folder), ["902.4"]);
    for more in [
        &["--residents-columns", "storey=étage", "--street-level"][..],
        &["--residents-columns", "stairwell=étage"],
    ] {
        let ran = folder.run(&[&["coverage"], &LAYERS[..], &["--out", "out"], more].concat());
        assert_eq!(ran.code, Some(2), "{more:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("--residents-columns"), "{}", ran.stderr);
    }
}

#[test]
fn properties_of_features_say_storeys_as_columns_do() {
    let folder = building("", "");
    let feature = |id: &str, properties: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","population":1{properties}}},"geometry":{{"type":"Point","coordinates":[0.01,0]}}}}"#
        )
    };
    // The second has other properties than the first, and the third has them in another order.
    let features = [
        feature("a", r#","storey":3,"lift":"no""#),
        feature("b", ""),
        feature("c", r#","lift":"yes","note":"","storey":6"#),
    ];
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    folder.write("homes.geojson", text);
    let arguments = [
        "coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
    ];
    let residents = ["--residents", "homes.geojson", "--out", "out"];
    let ran = folder.run(&[&arguments[..], &residents].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(seconds(&folder), ["861.9", "834.9", "894.9"]);
}

#[test]
fn a_table_of_stairwells_says_what_rows_do_not() {
    let folder = building(",building,stairwell,lift", ",B1,2,");
    let stairwells = ["--stairwells", "stairwells.csv"];
    folder.write(
        "stairwells.csv",
        "id,building,lift,entry,storeys\n1,B1,no,,6\n2,B1,yes,level,6\n2,B1,no,,6\n2,B2,no,,6\n",
    );
    coverage(&folder, &stairwells);
    assert_eq!(seconds(&folder)[5], "894.9");
    assert_eq!(found(&folder, "repeated_stairwell"), 1);
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert_eq!(record["parameters"]["stairwells"], "stairwells.csv");

    // A stairwell that there is not, a storey above its last, a lift that the row denies; words where numbers should be.
    folder.write(
        "residents.csv",
        "id,lon,lat,population,楼层,单元,电梯\na,0.01,0,1,6,9,无\nb,0.01,0,1,7,1,\nc,0.01,0,1,6,1,无\nd,0.01,0,1,6,3,\n",
    );
    folder.write(
        "stairwells.csv",
        "编号,电梯,停靠方式,层数\n1,有,平层,6\n3,大概,屋顶,八\n",
    );
    coverage(&folder, &stairwells);
    assert_eq!(seconds(&folder), ["902.4", "834.9", "894.9", "902.4"]);
    assert_eq!(found(&folder, "stairwell_not_found"), 1);
    assert_eq!(found(&folder, "stairwell_contradicted"), 2);
    assert_eq!(found(&folder, "cell_not_understood"), 3);
    assert_eq!(summary(&folder)["population"]["total"], 4);
}

#[test]
fn stairwells_that_reach_nobody_are_refused() {
    let folder = building(",lift", ",no");
    folder.write("stairwells.csv", "id,lift\n1,yes\n");
    let refused = |more: &[&str]| {
        let arguments = [&["coverage"], &LAYERS[..], &["--out", "out"], more].concat();
        let ran = folder.run(&arguments);
        assert_ne!(ran.code, Some(0), "{}", ran.stdout);
        ran.stderr
    };
    let stairwells = ["--stairwells", "stairwells.csv"];
    let said = refused(&stairwells);
    assert!(
        said.contains("--stairwells") && said.contains("no resident names a stairwell"),
        "{said}"
    );
    let said = refused(&[&stairwells[..], &["--street-level"]].concat());
    assert!(said.contains("--street-level"), "{said}");
    let said = refused(&[&stairwells[..], &["--lang", "zh"]].concat());
    assert!(is_chinese(&said) && said.contains("单元"), "{said}");
    folder.write(
        "residents.csv",
        "id,lon,lat,population,storey,stairwell\na,0.01,0,1,2,1\n",
    );
    folder.write("stairwells.csv", "id,colour\n1,red\n");
    let said = refused(&stairwells);
    assert!(said.contains("neither a column of lifts"), "{said}");
}

#[test]
fn explain_shows_the_way_inside_the_building_as_a_leg() {
    let folder = building(",lift,entry", ",yes,half_landing");
    let explain = |resident: &str, more: &[&str]| {
        let arguments = [&["explain"], &LAYERS[..], &["--resident", resident], more].concat();
        let ran = folder.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    let line = |text: &str, begins: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(begins));
        let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
        words.join(" ")
    };
    let text = explain("s5", &[]);
    // From the fifth storey the stairs are as fast as any lift.
    let down = "down the stairs from storey 5";
    assert_eq!(line(&text, down), format!("{down} 0 min 54.0 s"));
    assert!(text.contains("to the station, 14 min 48.9 s"), "{text}");
    let text = explain("s6", &["--direction", "round-trip"]);
    let down = "half a flight and the lift from storey 6";
    assert_eq!(line(&text, down), format!("{down} 1 min 05.3 s"));
    let up = "the lift and half a flight to storey 6";
    assert_eq!(line(&text, up), format!("{up} 1 min 07.3 s"));
    let text = explain("s1", &[]);
    assert!(!text.contains("storey"), "{text}");
    let text = explain("s3", &["--lang", "zh"]);
    assert_eq!(line(&text, "下楼"), "下楼：由 3 层走楼梯 0 分 27.0 秒");
    assert!(!has_english_sentence(&text), "{text}");
    let drawn: Value = serde_json::from_str(&explain("s6", &["--geojson", "-"])).expect("JSON");
    let walk = &drawn["features"][2]["properties"];
    assert_eq!(walk["seconds"], 900.146);
    assert_eq!(
        walk["indoors"],
        serde_json::json!({ "storey": 6, "by": "half_flight_and_lift", "seconds": 65.25 })
    );
    let text = explain("s2", &["--profile", "wheelchair"]);
    assert!(
        text.contains("unreachable: stairs at home, and no lift"),
        "{text}"
    );
    assert!(!text.contains("piece of the network"), "{text}");
}

#[test]
fn a_profile_of_a_file_has_its_own_stairs() {
    let folder = building(",lift", ",no");
    folder.write(
        "slow.toml",
        "base = 'adult'\nstorey_down_s = 60\nstorey_up_s = 90\n",
    );
    coverage(&folder, &["--profile", "slow.toml"]);
    assert_eq!(seconds(&folder)[5], "1134.9");
    coverage(
        &folder,
        &["--profile", "slow.toml", "--direction", "from-station"],
    );
    assert_eq!(seconds(&folder)[5], "1284.9");
}

#[test]
fn groups_and_other_speeds_take_their_own_stairs() {
    let folder = building(",lift,aged", ",no,4");
    let asked = [
        "--sensitivity",
        "--group",
        "aged:elder",
        "--minutes",
        "15,20,25",
    ];
    coverage(&folder, &asked);
    let table = folder.read("out/sensitivity.csv");
    let at_speed = |speed: &str, cutoff: &str| {
        let begins = format!("metres_per_second,{speed},{cutoff},");
        let line = table.lines().find_map(|line| line.strip_prefix(&begins));
        line.and_then(|rest| rest.split(',').next())
            .map(str::to_owned)
    };
    // 4.8 km/h is 1.333 m/s. At 1.3 m/s: 856.304 s, and 13.5 s / 1.3 x 4 / 3 = 13.846 s a storey down: the fourth is within 15
    // minutes with 897.8 s, the fifth with 911.7 s not. At 1.0 m/s: 1,113.195 s and 18 s a storey: the fifth is within 20 minutes
    // with 1,185.2 s, the sixth with 1,203.2 s not.
    assert_eq!(at_speed("1.3", "15"), Some("40".into()), "{table}");
    assert_eq!(at_speed("1.0", "20"), Some("50".into()), "{table}");
    assert_eq!(at_speed("1.0", "15"), Some("0".into()), "{table}");
    // Six times four old people, 1,214.394 s and 25 s a storey from the clinic: none within 15 minutes, all within 25; half of
    // them within 1,264.4 s.
    let cohorts = folder.read("out/cohorts.csv");
    let header: Vec<&str> = cohorts
        .lines()
        .next()
        .unwrap_or_default()
        .split(',')
        .collect();
    let cells: Vec<&str> = cohorts
        .lines()
        .last()
        .unwrap_or_default()
        .split(',')
        .collect();
    let cell = |name: &str| {
        let at = header.iter().position(|known| *known == name);
        at.map(|at| cells[at])
    };
    assert_eq!(cell("population"), Some("24"), "{cohorts}");
    assert_eq!(cell("covered"), Some("24"), "{cohorts}");
    assert_eq!(cell("within_15_percent"), Some("0.00"), "{cohorts}");
    let mean = (1_214.394 * 6.0 + 25.0 * 15.0) / 6.0;
    assert_eq!(
        cell("mean_seconds"),
        Some(format!("{mean:.1}").as_str()),
        "{cohorts}"
    );
}
