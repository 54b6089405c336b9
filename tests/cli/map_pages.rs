//! `index.html` of what may close and of catchments: whole, calm, and with the numbers of the tables.

use super::page::{HOSTILE, Parsed, hostile_town, parse};
use crate::support::command::{Folder, Ran};
use crate::support::has_english_sentence;

const CITY: [&str; 6] = [
    "--network",
    "streets.geojson",
    "--stations",
    "stations.csv",
    "--residents",
    "residents.csv",
];

fn run(folder: &Folder, verb: &str, more: &[&str]) -> Ran {
    let mut all = vec![verb, "--out", "out"];
    all.extend(CITY);
    all.extend(more);
    folder.run(&all)
}

fn page(folder: &Folder, verb: &str, more: &[&str]) -> Parsed {
    let ran = run(folder, verb, more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let html = folder.read("out/index.html");
    assert!(!html.contains("NaN") && !html.contains("inf\"") && !html.contains('⟦'));
    parse(&html)
}

/// Two clinics on either side of a river, a bridge between. From the river it is 7.1 minutes to the west, 16.6 to the east.
fn river() -> Folder {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West Street"},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10]]}},
{"type":"Feature","properties":{"name":"Old Bridge","bridge":"yes"},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.512,47.10]]}},
{"type":"Feature","properties":{"name":"East Street"},"geometry":{"type":"LineString","coordinates":[[9.512,47.10],[9.53,47.10]]}}
]}"#,
    );
    folder.write(
        "stations.csv",
        "id,name,lon,lat\nwest,West,9.505,47.10\neast,East,9.53,47.10\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nriver,9.5125,47.10,30\nfar,9.527,47.10,4\nhere,9.501,47.10,6\n",
    );
    folder
}

/// The text with single spaces.
fn told(page: &Parsed) -> String {
    let words = page.text.split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_of_closings_says_who_depends_on_whom_and_what_hurts() {
    let folder = river();
    let page = page(&folder, "resilience", &["--title", "River, 2026"]);
    let text = told(&page);
    for expected in [
        "River, 2026 What breaks",
        "40 people (100.00 %) have a single station within 15 minutes. If it closes, they have none.",
        "The station that would be missed most is West : without it 36 people would have none near, and 36 would walk farther.",
        "On the streets it is bridge Old Bridge ( way 2 ): 30 people would lose the service, and 30 would walk farther.",
        "Closed one at a time: 1 bridge, 0 gates, 0 crossings, 0 lifts.",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // Two stations and a bridge: each with a mark, and a row that knows it.
    let with = |key: &str, value: &str| {
        let tags = page.tags.iter();
        let tags = tags.filter(|(_, all)| all.get(key).is_some_and(|known| known == value));
        tags.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    for key in ["s1", "s2"] {
        assert_eq!(with("data-gap", key), ["a", "tr"], "{key}");
        assert_eq!(with("id", &format!("mark-{key}")), ["a"]);
    }
    assert_eq!(with("data-gap", "w1"), ["path", "a", "tr"]);
    // 36 and 30 are of the worst kind, 4 is not.
    assert_eq!(with("class", "num l0"), ["a", "a"]);
    assert_eq!(with("class", "num l2"), ["a"]);
    assert_eq!(with("class", "ones d1"), ["path", "path"]);
}

#[test]
fn a_page_of_closings_may_be_left_out_with_the_map() {
    let folder = river();
    for verb in ["resilience", "catchments"] {
        let ran = run(&folder, verb, &["--formats", "csv"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
    let written = folder.list("out");
    for left_out in ["index.html", "closures.geojson", "catchments.geojson"] {
        assert!(!written.iter().any(|name| name == left_out), "{written:?}");
    }
    let ran = run(&folder, "resilience", &["--direction", "round-trip"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let text = told(&parse(&folder.read("out/index.html")));
    assert!(
        text.contains("There and back only stations are closed."),
        "{text}"
    );
}

#[test]
fn a_page_of_catchments_has_a_ground_and_a_row_for_each_station() {
    let folder = river();
    let page = page(&folder, "catchments", &[]);
    let text = told(&page);
    for expected in [
        "West has most: 36 people, 90.00 % of all. East has fewest: 4 people.",
        "2 stations 2 with ground of their own",
        "The ground is taken in cells of 20 m",
        "0 people (0 records) stand on the ground of another station than their own",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let rows = page.tags.iter();
    let rows = rows.filter(|(name, all)| name == "tr" && all.contains_key("data-station"));
    let rows: Vec<&str> = rows.map(|(_, all)| all["data-station"].as_str()).collect();
    assert_eq!(rows, ["1", "2"]);
    let grounds = page.tags.iter();
    let tips = grounds.filter_map(|(_, all)| Some([all.get("data-tip")?, all.get("class")?]));
    let tips: Vec<[&String; 2]> = tips.collect();
    assert_eq!(
        tips,
        [
            ["West\u{2003}36 people", "g1"],
            ["East\u{2003}4 people", "g0"]
        ]
    );
    // The dots say whose people they are, too, and not how many are near.
    assert!(
        text.contains("West 36 people") && text.contains("East 4 people"),
        "{text}"
    );
}

#[test]
fn both_pages_are_whole_whatever_things_are_called_and_in_chinese() {
    let folder = hostile_town();
    let cell = format!("\"{}\"", HOSTILE.replace('"', "\"\""));
    folder.write(
        "stations.csv",
        format!("id,name,lon,lat\none,{cell},9.50,47.10\ntwo,{cell},9.53,47.10\n"),
    );
    for verb in ["resilience", "catchments"] {
        for lang in ["en", "zh"] {
            let page = page(&folder, verb, &["--lang", lang, "--title", HOSTILE]);
            assert!(page.text.matches(HOSTILE).count() >= 4, "{verb} {lang}");
            let scripts = page.tags.iter().filter(|(name, _)| name == "script");
            assert_eq!(scripts.count(), 1, "our own script and no other");
            assert!(!page.tags.iter().any(|(name, _)| name == "img"));
        }
    }
    let folder = Folder::town();
    for verb in ["resilience", "catchments"] {
        let page = page(&folder, verb, &["--lang", "zh"]);
        assert!(!has_english_sentence(&page.text), "{verb}: {}", page.text);
    }
}

#[test]
fn a_city_without_anybody_or_any_way_to_a_station_still_has_both_pages() {
    let folder = Folder::town();
    folder.write("stations.csv", "id,lon,lat\nfar,8.0,47.10\n");
    folder.write("residents.csv", "id,lon,lat,population\na,,,0\n");
    for verb in ["resilience", "catchments"] {
        let text = told(&page(&folder, verb, &[]));
        assert!(text.contains("Method"), "{verb}: {text}");
    }
}

#[test]
fn both_pages_are_the_same_bytes_on_any_number_of_threads() {
    let folder = river();
    for verb in ["resilience", "catchments"] {
        let read = |threads: &str| {
            page(&folder, verb, &["--threads", threads]);
            folder.read("out/index.html")
        };
        assert_eq!(read("1"), read("2"), "{verb}");
    }
}
