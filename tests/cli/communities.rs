//! The register of communities: which are villages, and which are said twice.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

/// One street with a station of 甲 and homes of 甲 and 乙, by code.
fn town(register: &str) -> Folder {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.55,37.85],[112.57,37.85]]}}]}"#,
    );
    folder.write(
        "stations.csv",
        "id,tier,lon,lat,community\nA,community,112.551,37.85,甲社区\n",
    );
    folder.write(
        "residents.csv",
        "id,lon,lat,population,community_code\na,112.552,37.85,10,140106001001\nb,112.5685,37.85,20,140106001002\n",
    );
    folder.write("communities.csv", register);
    folder
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "coverage",
        "--network=streets.geojson",
        "--stations=stations.csv",
        "--residents=residents.csv",
        "--communities=communities.csv",
        "--formats=csv",
        "--out=out",
    ];
    arguments.extend(more);
    folder.run(&arguments)
}

/// The communities without a station of the community tier.
fn missing(folder: &Folder) -> Vec<String> {
    let register = folder.read("out/register.csv");
    let of_tier = register
        .lines()
        .filter_map(|line| line.strip_prefix("missing,community,"));
    let name = |rest: &str| rest.split(',').nth(1).unwrap_or_default().to_owned();
    of_tier.map(name).collect()
}

fn finding(folder: &Folder, code: &str) -> Option<(u64, String)> {
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let findings = summary["findings"].as_array().expect("a list");
    let found = findings.iter().find(|finding| finding["code"] == code)?;
    let example = found["example"].as_str().expect("a text").to_owned();
    Some((found["count"].as_u64().expect("a count"), example))
}

/// 乙 and 丙 are villages and need no centre; 丁 is said to be nothing that anybody knows, and is asked for one.
#[test]
fn villages_are_no_communities_of_the_register_however_they_are_said() {
    let folder = town(
        "code,name,kind,population\n140106001001,甲社区,村改居,10\n140106001002,乙村,农村,20\n140106001003,丙村,村委会,5\n140106001004,丁社区,V,5\n",
    );
    let ran = run(&folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(missing(&folder), ["丁社区"]);
    let (count, example) = finding(&folder, "cell_not_understood").expect("V is told");
    assert_eq!(count, 1);
    assert!(example.contains("kind: \"V\""), "{example}");
}

#[test]
fn a_community_that_is_said_twice_is_one_and_its_homes_find_it() {
    let folder = town(
        "code,name,population\n140106001001,甲社区,10\n140106001002,乙社区,20\n140106001002,乙社区,20\n",
    );
    let ran = run(&folder, &["--allocate"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(missing(&folder), ["乙社区"]);
    let (count, example) = finding(&folder, "repeated_community").expect("a finding");
    assert_eq!(count, 1);
    assert!(example.starts_with("communities.csv line 4"), "{example}");
    let summary: Value = serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["population"]["total"], 30);
}

/// Neither community is found by the code of both, so that b has no home of its own: the code is to be corrected, and no column
/// is missing.
#[test]
fn a_code_of_two_communities_is_told_with_its_cure() {
    let folder = town(
        "code,name,population\n140106001001,甲社区,10\n140106001002,乙社区,20\n140106001002,丙社区,5\n",
    );
    let ran = run(&folder, &["--allocate"]);
    assert_ne!(ran.code, Some(0));
    assert!(ran.stderr.contains("correct these codes"), "{}", ran.stderr);
    assert!(
        !ran.stderr.contains("give the homes a column"),
        "{}",
        ran.stderr
    );
    let ran = run(&folder, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        finding(&folder, "shared_code").map(|found| found.0),
        Some(1)
    );
}
