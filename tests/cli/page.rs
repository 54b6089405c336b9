//! `report.html`: names are text, the markup is whole, the numbers are those of `summary.json`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::command::{Folder, STREETS};

/// Elements that have no end tag in HTML; the page writes them as `<meta …/>`.
const VOID: [&str; 4] = ["meta", "link", "input", "br"];
/// What nobody should be called.
pub(super) const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & \u{202e}&lt;b&gt;</title></style>-->";

/// A page taken apart: its start tags with their attributes, and its text.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) tags: Vec<(String, BTreeMap<String, String>)>,
    pub(super) text: String,
}

/// Takes a page apart, and fails where it is not well formed: a tag that is not closed, an attribute without quotes, a bare
/// ampersand. Style and script are raw, as in HTML.
pub(super) fn parse(html: &str) -> Parsed {
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    let (mut parsed, mut open) = (Parsed::default(), Vec::new());
    while let Some(at) = rest.find('<') {
        parsed.text.push_str(&plain(&rest[..at]));
        parsed.text.push(' ');
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "</{name}> closes what is open"
            );
            continue;
        }
        let (name, attributes) = parse_tag(tag.trim_end_matches('/'));
        if matches!(name.as_str(), "style" | "script") {
            let end = rest.find(&format!("</{name}>")).expect("raw text ends");
            rest = &rest[end..];
        }
        if !tag.ends_with('/') {
            assert!(!VOID.contains(&name.as_str()), "<{tag}>");
            open.push(name.clone());
        }
        parsed.tags.push((name, attributes));
    }
    assert!(open.is_empty(), "{open:?} stays open");
    parsed
}

fn parse_tag(tag: &str) -> (String, BTreeMap<String, String>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (key, after) = rest
            .trim_start()
            .split_once("=\"")
            .expect("a value in quotes");
        let (value, after) = after.split_once('"').expect("a quote that ends");
        assert!(
            attributes.insert(key.to_owned(), plain(value)).is_none(),
            "{key} twice in <{tag}>"
        );
        rest = after;
    }
    (name.to_owned(), attributes)
}

/// Text behind its references.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for (reference, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ] {
        plain = plain.replace(reference, c);
    }
    assert!(
        !plain.replace("&amp;", "").contains('&'),
        "a bare ampersand in {text}"
    );
    plain.replace("&amp;", "&")
}

/// A town in which everything that has a name has a hostile one, with an area around it.
pub(super) fn hostile_town() -> Folder {
    let folder = Folder::town();
    let named = STREETS.replace("\"Main Street\"", &json!(HOSTILE).to_string());
    folder.write("streets.geojson", named);
    let cell = format!("\"{}\"", HOSTILE.replace('"', "\"\""));
    folder.write(
        "stations.csv",
        format!("id,name,lon,lat\n{cell},{cell},9.50,47.10\n"),
    );
    folder.write(
        "residents.csv",
        format!("id,lon,lat,population\n{cell},9.505,47.10,2\n{cell},9.53,47.10,4.5\n{cell},,,1\n"),
    );
    let ring = [
        [9.4, 47.0],
        [9.6, 47.0],
        [9.6, 47.2],
        [9.4, 47.2],
        [9.4, 47.0],
    ];
    let area = json!({"type": "FeatureCollection", "features": [{
        "type": "Feature",
        "properties": {"id": HOSTILE, "name": HOSTILE},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }]});
    folder.write("areas.geojson", area.to_string());
    folder
}

#[test]
fn names_from_data_are_text_and_never_markup() {
    let folder = hostile_town();
    let areas = ["--areas", "areas.geojson", "--title", HOSTILE];
    for language in ["en", "zh"] {
        let ran = folder.coverage(&[&areas[..], &["--lang", language]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let html = folder.read("out/report.html");
        let page = parse(&html);
        let scripts = page
            .tags
            .iter()
            .filter(|(name, _)| name == "script")
            .count();
        assert_eq!(scripts, 1, "our own script and no other");
        assert!(
            !page
                .tags
                .iter()
                .any(|(name, _)| name == "img" || name == "b>")
        );
        for (name, attributes) in &page.tags {
            for key in attributes.keys() {
                assert!(
                    !key.starts_with("on") && key != "style",
                    "{key} in <{name}>"
                );
            }
        }
        // The station, the street of the gap, the area, the title, and a resident in a finding are all there to be read.
        assert!(page.text.matches(HOSTILE).count() >= 5, "{language}");
    }
}

#[test]
fn a_control_character_in_a_name_is_shown_and_not_written() {
    let folder = Folder::town();
    folder.write(
        "stations.csv",
        "id,lon,lat\ncli\u{1}nic\u{1b}[31m,9.50,47.10\n",
    );
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let html = folder.read("out/report.html");
    assert!(html.contains("cli\u{fffd}nic\u{fffd}[31m"));
    assert!(!html.contains(['\u{1}', '\u{1b}']));
}

/// A number as the page and the summary write it.
fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn the_page_counts_what_the_summary_counts() {
    let folder = hostile_town();
    let more = [
        "--areas",
        "areas.geojson",
        "--minutes",
        "5,7.5,15",
        "--metres",
        "500",
    ];
    assert_eq!(folder.coverage(&more).code, Some(0));
    let page = parse(&folder.read("out/report.html"));
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let (_, main) = page
        .tags
        .iter()
        .find(|(name, _)| name == "main")
        .expect("<main>");
    let population = summary["population"].as_object().expect("an object");
    // Five statuses, four cutoffs, the total.
    assert_eq!(population.len(), 10);
    for (key, people) in population {
        let shown = &main[&format!("data-{}", key.replace('_', "-"))];
        assert_eq!(shown.parse(), Ok(number(people)), "{key}");
    }
    assert_eq!(
        main["data-decided-by"],
        summary["decided_by"].as_str().expect("a text")
    );

    let rows = |key: &str| -> Vec<_> {
        let tags = page.tags.iter().filter(|(name, _)| name == "tr");
        tags.filter_map(|(_, attributes)| attributes.contains_key(key).then_some(attributes))
            .collect()
    };
    let sum = |rows: &[&BTreeMap<String, String>], key: &str| -> f64 {
        rows.iter()
            .map(|row| row[key].parse::<f64>().expect("a number"))
            .sum()
    };
    let gaps = rows("data-gap");
    assert_eq!(gaps.len().to_string(), main["data-gaps"]);
    assert_eq!(
        sum(&gaps, "data-people").to_string(),
        main["data-gap-people"]
    );
    // The one without a place is in no area, and in no gap.
    let areas = rows("data-area");
    assert_eq!(sum(&areas, "data-people"), 6.5);
    assert_eq!(sum(&areas, "data-covered"), number(&population["covered"]));
    let findings = page
        .tags
        .iter()
        .filter(|(_, attributes)| attributes.contains_key("data-finding"));
    let shown: Vec<(String, String)> = findings
        .map(|(_, found)| (found["data-finding"].clone(), found["data-count"].clone()))
        .collect();
    let listed = summary["findings"].as_array().expect("findings").iter();
    let listed: Vec<(String, String)> = listed
        .map(|finding| {
            (
                finding["code"].as_str().expect("a code").to_owned(),
                finding["count"].to_string(),
            )
        })
        .collect();
    assert_eq!(shown, listed);
}

#[test]
fn the_page_asks_for_nothing_and_names_its_inputs() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&["--lang", "zh"]).code, Some(0));
    let html = folder.read("out/report.html");
    let page = parse(&html);
    for (name, attributes) in &page.tags {
        // A link that is clicked is no request; a source is.
        for key in ["src", "srcset", "xlink:href"] {
            assert!(!attributes.contains_key(key), "{key} in <{name}>");
        }
        if name == "link" {
            assert_eq!(attributes["href"], "data:,");
        }
    }
    let policy = page.tags.iter().find_map(|(_, attributes)| {
        attributes
            .get("content")
            .filter(|text| text.contains("script-src"))
    });
    assert!(policy.is_some_and(
        |policy| policy.starts_with("default-src 'none';") && !policy.contains("unsafe")
    ));
    let run: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    let inputs = run["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.len(), 3);
    for input in inputs {
        assert!(
            page.text
                .contains(input["sha256"].as_str().expect("a hash"))
        );
    }
    assert!(page.text.contains("覆盖盲区问题台账"));
}

#[test]
fn a_study_without_anybody_or_any_circle_still_has_a_page() {
    let folder = Folder::town();
    folder.write("stations.csv", "id,lon,lat\nfar,8.0,47.10\n");
    folder.write("residents.csv", "id,lon,lat,population\na,,,0\n");
    let ran = folder.coverage(&["--metres", "0.5"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let html = folder.read("out/report.html");
    parse(&html);
    assert!(!html.contains("NaN") && !html.contains("inf\""));
}

/// A town whose clinic is a community's station, with a standard of its own, two groups and every question of the page.
const STANDARD: &str = "
id = 'ours'
name = { en = 'Ours <b>', zh = '本地规定' }
source = 'page 1'
[[tier]]
key = 'community'
name = { en = 'community & <i>', zh = '社区级' }
words = ['community']
[[tier]]
key = 'grid'
name = { en = 'grid', zh = '网格级' }
words = ['grid']
[[clause]]
number = '1'
tier = 'community'
meaning = { en = 'near', zh = '近' }
measure = 'network'
metres = 500
minutes = 10
decides = 'minutes'
target = 0.5
source = 'page 2'
checked = false
[[clause]]
number = '2'
tier = 'grid'
meaning = { en = 'nearer', zh = '更近' }
measure = 'network'
metres = 300
source = 'page 3'
checked = true
";
const GROUP: &str = "<b>old</b>\"'&=old:elder";

fn study_town(more: &[&str]) -> Folder {
    let folder = Folder::town();
    folder.write("ours.toml", STANDARD);
    folder.write(
        "stations.csv",
        "id,lon,lat,tier\nclinic,9.50,47.10,community\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat,population,old,street\nnear,9.505,47.10,2,1,West\nnorth,9.51,47.1095,3.5,0,\"<u>East\"\nfar,9.53,47.10,4,2,\"<u>East\"\nsea,8.0,47.10,5,0,\"<u>East\"\n",
    );
    let study = [
        "--standard",
        "ours.toml",
        "--group",
        "old",
        "--group",
        GROUP,
    ];
    let ran = folder.coverage(&[&study[..], &["--sensitivity"], more].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
}

/// The numbers of one row of one section, cell by cell.
fn row_of(page: &Parsed, section: &str, key: &str) -> Vec<String> {
    let in_section = page.tags.iter().skip_while(|(name, attributes)| {
        name != "section" || attributes.get("id").map(String::as_str) != Some(section)
    });
    let in_row = in_section.skip_while(|(name, attributes)| {
        name != "tr" || attributes.get("data-row").map(String::as_str) != Some(key)
    });
    let cells = in_row.skip(1).take_while(|(name, _)| name != "tr");
    let values = cells.filter(|(name, _)| name == "td");
    values
        .map(|(_, attributes)| attributes.get("data-v").cloned().unwrap_or_default())
        .collect()
}

/// A table as rows by column.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize();
    rows.map(|row| row.expect("a row")).collect()
}

#[test]
fn a_study_s_page_counts_what_its_tables_count() {
    let folder = study_town(&[]);
    let html = folder.read("out/report.html");
    let page = parse(&html);
    let tiers = table(&folder.read("out/tiers.csv"));
    let columns = [
        "percent",
        "within_minutes_percent",
        "within_metres_percent",
        "within_straight_percent",
    ];
    for tier in &tiers[..2] {
        let shown = row_of(&page, "tiers", &tier["tier"]);
        let listed = columns.map(|column| tier[column].clone());
        assert_eq!(shown[1..5], listed, "{}", tier["tier"]);
    }
    // 2 of 14.5 people live 379 m from the clinic, nobody else within 10 minutes.
    assert_eq!(row_of(&page, "tiers", "community")[1], "13.79");
    // By street: 2 of 2, and none of 12.5; the tier without a station has no column.
    assert_eq!(
        row_of(&page, "tiers-by-street", "West")[1..],
        ["2", "100.00"]
    );
    assert_eq!(
        row_of(&page, "tiers-by-street", "<u>East")[1..],
        ["12.5", "0.00"]
    );

    let groups = table(&folder.read("out/cohorts.csv"));
    for cutoff in ["5", "10", "15"] {
        let key = format!("within_{cutoff}");
        let listed: Vec<&String> = groups
            .iter()
            .map(|group| &group[&format!("within_{cutoff}_percent")])
            .collect();
        let shown = row_of(&page, "groups", &key);
        assert_eq!(shown[1..].iter().collect::<Vec<_>>(), listed, "{key}");
    }
    for speed in table(&folder.read("out/sensitivity.csv")) {
        if speed["by"] == "metres_per_second" && speed["cutoff"] == "15" {
            let shown = row_of(&page, "by-speed", &speed["value"]);
            assert_eq!(shown[3], speed["percent"]);
        }
    }
    assert_eq!(row_of(&page, "indicators-1", "1/people")[2], "13.79");
    assert!(page.text.contains("unchecked: check the printed standard"));
}

#[test]
fn a_study_s_choices_show_tiers_and_groups_and_hide_no_name_s_markup() {
    for language in ["en", "zh"] {
        let folder = study_town(&["--lang", language]);
        let html = folder.read("out/report.html");
        let page = parse(&html);
        let choices: Vec<&str> = page
            .tags
            .iter()
            .filter(|(_, attributes)| attributes.get("name").is_some_and(|name| name == "view"))
            .map(|(_, attributes)| attributes["id"].as_str())
            .collect();
        // Everything, the tier that has a station, two groups.
        assert_eq!(choices, ["view-0", "view-1", "view-2", "view-3"]);
        let facts: Vec<&str> = page
            .tags
            .iter()
            .filter_map(|(_, attributes)| Some(attributes.get("data-view")?.as_str()))
            .collect();
        assert_eq!(facts, ["all", "community", "old", "<b>old</b>\"'&"]);
        let verdict = if language == "en" {
            "fail"
        } else {
            "未达标"
        };
        assert!(page.text.contains(verdict), "{language}");
        let is_markup =
            |(name, _): &&(String, BTreeMap<String, String>)| name == "u" || name == "i";
        assert_eq!(page.tags.iter().find(is_markup), None);
        assert!(page.text.contains("<b>old</b>\"'&"));
        assert!(!html.contains("NaN"));
    }
}

#[test]
fn a_row_of_the_problem_list_has_the_real_walk_of_a_resident() {
    let folder = study_town(&[]);
    let page = parse(&folder.read("out/report.html"));
    let walks: Vec<&BTreeMap<String, String>> = page
        .tags
        .iter()
        .filter(|(_, attributes)| attributes.contains_key("data-walk"))
        .map(|(_, attributes)| attributes)
        .collect();
    let residents = table(&folder.read("out/residents.csv"));
    // Both gaps with a street, each of one home: its walk is the search's.
    assert_eq!(walks.len(), 2);
    for walk in walks {
        let id = if walk["data-people"] == "4" {
            "far"
        } else {
            "north"
        };
        let of_home = residents.iter().find(|row| row["id"] == id);
        let seconds: f64 = of_home.expect("the home")["seconds"]
            .parse()
            .expect("seconds");
        let milliseconds: f64 = walk["data-walk"].parse().expect("a cost");
        assert!((milliseconds / 1000.0 - seconds).abs() <= 0.05, "{id}");
        let number = &walk["data-gap"];
        let drawn = page.tags.iter().find(|(_, attributes)| {
            attributes.get("class").is_some_and(|class| class == "walk")
                && attributes.get("data-gap") == Some(number)
        });
        assert!(drawn.is_some(), "walk {number} is on the map");
    }
}

#[test]
fn a_page_on_which_nothing_was_asked_has_nothing_of_a_study() {
    let folder = Folder::town();
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let html = folder.read("out/report.html");
    for part in [
        "view-0",
        "facts",
        "ledger",
        "class=\"walk\"",
        "goBack",
        "mapbox study",
    ] {
        assert!(!html.contains(part), "{part}");
    }
}

/// The text of a page without its markup, style and script.
fn read_aloud(html: &str) -> String {
    let (_, body) = html.split_once("<body>").expect("a body");
    let (body, _) = body.split_once("<script>").expect("a script");
    let mut text = String::new();
    for part in body.split('<') {
        let (_, shown) = part.split_once('>').unwrap_or(("", part));
        text.push_str(shown);
        text.push('\n');
    }
    text
}

#[test]
fn a_chinese_page_sets_numbers_apart_and_says_everything_in_chinese() {
    let folder = study_town(&["--lang", "zh"]);
    let text = read_aloud(&folder.read("out/report.html"));
    let is_chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let letters: Vec<char> = text.chars().collect();
    for (at, pair) in letters.windows(2).enumerate() {
        let touches = is_chinese(pair[0]) && pair[1].is_ascii_digit()
            || pair[0].is_ascii_digit() && is_chinese(pair[1]);
        let around: String = letters[at.saturating_sub(10)..(at + 12).min(letters.len())]
            .iter()
            .collect();
        assert!(!touches, "{around:?}");
    }
    for line in text.lines() {
        assert!(!crate::support::has_english_sentence(line), "{line}");
    }
    assert!(!text.contains('⟦') && !text.contains("; "));
}

#[test]
fn stations_are_called_what_the_study_calls_them() {
    let folder = Folder::town();
    let arguments = [
        "coverage",
        "--network",
        "streets.geojson",
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--out",
        "out",
    ];
    let named = |noun: &[&str]| {
        let ran = folder.run(&[&arguments[..], noun].concat());
        (
            ran.code,
            ran.stdout,
            read_aloud(&folder.read("out/report.html")),
        )
    };
    let (code, printed, page) = named(&["--station-noun", "office"]);
    assert_eq!(code, Some(0));
    assert!(
        printed.contains("within 15 minutes' walk of an office: "),
        "{printed}"
    );
    assert!(
        page.contains("can walk to an office within 15 minutes"),
        "{page}"
    );
    assert!(page.contains("Offices"), "{page}");
    let (_, _, page) = named(&["--station-noun", "药店", "--lang", "zh"]);
    assert!(page.contains("可达药店。"), "{page}");
    let (_, printed, page) = named(&[]);
    assert!(
        page.contains("can walk to a station within 15 minutes"),
        "{page}"
    );
    // The title names the network where nothing else is given.
    assert!(
        page.contains("Who can walk to a station: streets"),
        "{page}"
    );
    assert!(
        printed.contains("people are within 15 minutes' walk: "),
        "{printed}"
    );
    let refused = folder.run(&[&arguments[..], &["--station-noun", ""]].concat());
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
}
