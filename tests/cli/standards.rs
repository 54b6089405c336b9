//! `pedshed standards`: the list, one explained, and one's own file.

use serde_json::Value;

use crate::support::command::Folder;
use crate::support::{has_english_sentence, is_chinese};

const NAMES: [&str; 6] = [
    "gb50180-2018",
    "td-t-1062-2021",
    "td-t-1063-2021",
    "shanghai-2016",
    "mofcom-quarter-hour",
    "party-centre-tiers",
];

fn printed(folder: &Folder, arguments: &[&str]) -> String {
    let mut all = vec!["standards"];
    all.extend(arguments);
    let ran = folder.run(&all);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{all:?}");
    ran.stdout
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(folder, arguments)).expect("JSON")
}

#[test]
fn every_standard_is_listed_with_what_is_unchecked() {
    let folder = Folder::new();
    let list = printed(&folder, &[]);
    let lines: Vec<&str> = list.lines().collect();
    for (name, line) in NAMES.iter().zip(&lines[1..]) {
        assert!(line.starts_with(name), "{list}");
    }
    let json = json(&folder, &["--json"]);
    let counts = json.as_array().expect("a list").iter();
    let counts: Vec<(u64, u64)> = counts
        .map(|standard| {
            let count = |key: &str| standard[key].as_u64().expect("a count");
            (count("clauses"), count("unchecked"))
        })
        .collect();
    // Of 43 clauses the 4 circles and the radii of primary schools and kindergartens were read in a source.
    assert_eq!(counts, [(43, 37), (3, 0), (9, 1), (4, 0), (6, 0), (3, 3)]);
}

#[test]
fn a_standard_is_explained_clause_by_clause() {
    let folder = Folder::new();
    let text = printed(&folder, &["gb50180-2018"]);
    let lines: Vec<&str> = text.lines().collect();
    let at = |start: &str| {
        let found = lines.iter().position(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start} in\n{text}"))
    };
    let strict = at("2.0.2-800 ");
    let words: Vec<&str> = lines[strict].split_whitespace().collect();
    assert_eq!(words, ["2.0.2-800", "network", "800", "15", "metres", "-"]);
    assert!(!lines[strict + 2].contains("unchecked"));
    let market = at("C-market ");
    let words: Vec<&str> = lines[market].split_whitespace().collect();
    assert_eq!(words, ["C-market", "straight", "500", "-", "metres", "-"]);
    assert_eq!(
        lines[market + 2],
        "  source: appendix C, as generally known (unchecked: check the printed standard)"
    );
    // Beside each of them.
    assert_eq!(
        text.matches("(unchecked: check the printed standard)")
            .count(),
        37
    );

    let shanghai = printed(&folder, &["shanghai-2016"]);
    assert!(
        shanghai.contains(
            "\naudit of stations\n  least floor area: street 800 m², community 50 m²\n  source: draft of 2024, "
        ),
        "{shanghai}"
    );
    assert!(!text.contains("audit of stations"));
    let party = printed(&folder, &["party-centre-tiers"]);
    assert_eq!(
        party
            .matches("(unchecked: common practice, not a norm)")
            .count(),
        3
    );
    assert!(party.contains("one-stop service hall"));
}

#[test]
fn all_are_explained_in_chinese() {
    let folder = Folder::new();
    for name in NAMES {
        let text = printed(&folder, &[name, "--lang", "zh"]);
        for line in text.lines().filter(|line| line.starts_with("  ")) {
            assert!(is_chinese(line), "{line:?} of\n{text}");
        }
        assert!(!text.lines().any(has_english_sentence), "{text}");
    }
    assert!(is_chinese(&printed(&folder, &["--lang", "zh"])));
}

#[test]
fn the_file_of_a_standard_can_be_copied_edited_and_read_again() {
    let folder = Folder::new();
    for name in NAMES {
        let text = printed(&folder, &[name, "--toml"]);
        folder.write("copy.toml", &text);
        let (copy, original) = (
            json(&folder, &["copy.toml", "--json"]),
            json(&folder, &[name, "--json"]),
        );
        assert_eq!(copy, original);
    }
    let audit = &json(&folder, &["shanghai-2016", "--json"])["audit"];
    assert_eq!(audit["min_floor_area_m2"]["street"], 800.0);
    assert_eq!(audit["min_floor_area_m2"]["grid"], Value::Null);
    assert_eq!(audit["checked"], true);
    let text = printed(&folder, &["shanghai-2016", "--toml"]);
    let mine = text
        .replace("target = 0.85", "target = 0.9")
        .replace("shanghai-2016", "mine");
    folder.write("mine.toml", mine);
    let mine = json(&folder, &["mine.toml", "--json"]);
    assert_eq!(
        (&mine["id"], &mine["clauses"][0]["target"]),
        (&"mine".into(), &0.9.into())
    );
}

#[test]
fn a_wrong_file_or_name_is_refused_and_says_where() {
    let folder = Folder::new();
    let text = printed(&folder, &["mofcom-quarter-hour", "--toml"]);
    let line = 1 + text
        .lines()
        .position(|line| line == "minutes = 5")
        .expect("a clause");
    folder.write("wrong.toml", text.replacen("minutes = 5", "minuts = 5", 1));
    let ran = folder.run(&["standards", "wrong.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.starts_with(&format!(
            "error: wrong.toml: line {line}: clause 5-convenience-shop: minuts: there is no such field here; the fields are number, "
        )),
        "{}",
        ran.stderr
    );
    let zh = folder
        .run(&["standards", "wrong.toml", "--lang", "zh"])
        .stderr;
    assert!(
        zh.contains(&format!(
            "wrong.toml：第 {line} 行：条款 5-convenience-shop"
        )),
        "{zh}"
    );

    let ran = folder.run(&["standards", "gb50180"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr
            .contains("no standard is called \"gb50180\"; use gb50180-2018, "),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&["standards", "missing.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stderr.contains("missing.toml: cannot be read"),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&["standards", "wrong.toml", "--toml", "--json"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn the_file_of_a_file_is_not_printed() {
    let folder = Folder::new();
    let text = printed(&folder, &["shanghai-2016", "--toml"]);
    folder.write("mine.toml", text);
    let ran = folder.run(&["standards", "mine.toml", "--toml"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("mine.toml is a file already"),
        "{}",
        ran.stderr
    );
    // Without a name there is no file to print.
    assert_eq!(folder.run(&["standards", "--toml"]).code, Some(2));
}
