//! What registers leave blank, and what they name by another column than was taken.

use std::fmt::Write;

use serde_json::Value;

use crate::support::command::Folder;

const STREET: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.02,0]]}}
]}"#;
/// The hall is offered at S alone; of C2 and G nobody says what they offer, and C3 says that it offers nothing.
const STATIONS: &str = "\
序号,站点编码,名称,层级,经度,纬度,上级编码,服务功能
1,S,中心,街道,0,0,,大厅、阅览室
2,C1,甲社区站,社区,0.004,0,S,阅览室
3,C2,乙社区站,社区,0.016,0,S,
4,G,网格站,网格,0.005,0,C1,
5,C3,丙社区站,社区,0.012,0,elsewhere,无
";

fn summary(stations: &str, more: &[&str]) -> (Folder, Value) {
    let folder = Folder::new();
    folder.write("street.geojson", STREET);
    folder.write("stations.csv", stations);
    folder.write(
        "homes.csv",
        "id,lon,lat,population\nh1,0.001,0,10\nh2,0.019,0,20\n",
    );
    let layers = "coverage --network street.geojson --stations stations.csv --residents homes.csv \
                  --profile plain --formats csv,html --out out";
    let arguments: Vec<&str> = layers
        .split_whitespace()
        .chain(more.iter().copied())
        .collect();
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    (folder, summary)
}

fn finding<'a>(summary: &'a Value, code: &str) -> Option<&'a Value> {
    let mut all = summary["findings"].as_array().expect("a list").iter();
    all.find(|finding| finding["code"] == code)
}

/// h2 lives 334 m, 250 s, from C2, and 2115 m from S, beyond 15 minutes: a hall at C2 would serve its 20 people, but nobody says
/// that there is none. C3, 779 m from h2, says so.
#[test]
fn services_that_a_cell_leaves_blank_are_not_stated_and_nothing_is_missing_there() {
    let (folder, summary) = summary(STATIONS, &["--services", "all"]);
    let services = &summary["provision"]["services"];
    assert_eq!(services["not_stated"], 2);
    let silent = finding(&summary, "services_not_stated").expect("it is said");
    assert_eq!(
        (&silent["count"], &silent["example"]),
        (&2.into(), &"stations.csv line 4: C2".into())
    );
    let additions = folder.read("out/service_additions.csv");
    let of: Vec<&str> = additions
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert!(
        of.contains(&"C3") && !of.contains(&"C2") && !of.contains(&"G"),
        "{additions}"
    );
    let listed = folder.read("out/services.csv");
    assert!(!listed.contains('无'), "{listed}");
    let page = folder.read("out/report.html");
    assert!(page.contains("What 2 stations offer is not stated"));
}

/// Three of four parents are station codes: S twice and C1. The running numbers are none of them.
#[test]
fn parents_that_are_in_another_column_than_the_ids_are_said_with_the_flag_that_takes_it() {
    let asked = ["--standard", "party-centre-tiers"];
    let wrong = ["--stations-columns", "id=序号"];
    let (_, wrong) = summary(STATIONS, &[&asked[..], &wrong].concat());
    let said = finding(&wrong, "parent_not_an_id").expect("it is said");
    assert_eq!(said["count"], 3);
    assert_eq!(
        said["example"],
        "of 4 cells of 上级编码, 0 are ids as 序号 has them and 3 are in 站点编码: --stations-columns id=站点编码"
    );
    let (_, right) = summary(STATIONS, &asked);
    assert_eq!(finding(&right, "parent_not_an_id"), None);
    // Another column that happens to hold one text for all is no column of ids.
    let street = STATIONS.replace("序号", "街道代码").replace("\n1,", "\nX,");
    let street = street
        .replace("\n2,", "\nX,")
        .replace("\n3,", "\nX,")
        .replace("\n4,", "\nX,")
        .replace("\n5,", "\nX,");
    let street = street.replace(",S,", ",X,").replace(",C1,\n", ",X,\n");
    let (_, street) = summary(&street, &asked);
    assert_eq!(finding(&street, "parent_not_an_id"), None);
}

/// A word that the standard does not list is said; with the word that was meant nothing is.
#[test]
fn services_that_a_standard_does_not_list_are_said_with_their_place() {
    let asked = ["--standard", "party-centre-tiers", "--services", "all"];
    let listed = STATIONS
        .replace("大厅、阅览室", "一站式服务大厅、图书阅览窒")
        .replace("S,阅览室", "S,图书阅览室");
    let (_, slip) = summary(&listed, &asked);
    let said = finding(&slip, "service_not_listed").expect("it is said");
    assert_eq!(
        (&said["count"], &said["example"]),
        (
            &1.into(),
            &"stations.csv line 2, column 服务功能: \"图书阅览窒\"".into()
        )
    );
    let (_, right) = summary(&listed.replace('窒', "室"), &asked);
    assert_eq!(finding(&right, "service_not_listed"), None);
}

/// The table with one more column, cell by cell.
fn with_column(name: &str, cells: [&str; 5]) -> String {
    let mut lines = STATIONS.lines();
    let mut text = format!("{},{name}\n", lines.next().expect("a header"));
    for (line, cell) in lines.zip(cells) {
        let _ = writeln!(text, "{line},{cell}");
    }
    text
}

/// C2 serves all the same, as nobody asks for a day: that is said in a run that asks for nothing else too.
#[test]
fn a_station_that_has_closed_does_not_serve_without_a_word() {
    let stations = with_column("closed", ["", "", "2021-05", "", "quite soon"]);
    let (_, plain) = summary(&stations, &[]);
    let closed = finding(&plain, "closing_date").expect("it is said");
    assert_eq!(closed["count"], 1);
    let example = closed["example"].as_str().expect("a text");
    assert!(example.starts_with("C2: closed on 2021-05-31"), "{example}");
    let strange = finding(&plain, "cell_not_understood").expect("it is said");
    assert_eq!(strange["count"], 1);
    let (_, open) = summary(STATIONS, &[]);
    assert_eq!(finding(&open, "closing_date"), None);
}

/// Four of the five have a sign, in whatever way that is written; C3 has none.
#[test]
fn yes_and_no_may_be_numbers_with_decimals() {
    let asked = ["--standard", "party-centre-tiers"];
    let tiers = |cells| {
        let stations = with_column("has_sign", cells);
        let stations = stations.replace("has_sign", "has_sign,has_rules,has_facilities");
        let stations = stations
            .lines()
            .map(|line| match line.rsplit_once(',') {
                Some((_, last)) if !line.contains("has_sign") => format!("{line},{last},{last}\n"),
                _ => format!("{line}\n"),
            })
            .collect::<String>();
        let (folder, summary) = summary(&stations, &asked);
        assert_eq!(finding(&summary, "cell_not_understood"), None);
        folder.read("out/tiers.csv")
    };
    let whole = tiers(["1", "1", "1", "1", "0"]);
    assert_eq!(tiers(["1.0", "1.0", "1.0", "1.0", "0.0"]), whole);
    assert_ne!(tiers(["0.0", "0.0", "0.0", "0.0", "0.0"]), whole);
}

#[test]
fn blank_cells_of_what_others_have_are_counted() {
    let asked = ["--standard", "party-centre-tiers"];
    let ticks = with_column("has_sign", ["√", "", "√", "", "√"]);
    let (_, ticks) = summary(&ticks, &asked);
    let blank = finding(&ticks, "have_not_stated").expect("it is said");
    assert_eq!(blank["count"], 2);
    let nobody = with_column("has_sign", [""; 5]);
    let (_, nobody) = summary(&nobody, &asked);
    assert_eq!(finding(&nobody, "have_not_stated"), None);
}
