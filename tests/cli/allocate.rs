//! People by community whose cells say nothing: nobody is made of them, and it is said by name.

use serde_json::Value;

use crate::support::command::{Folder, Ran};

const STREET: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[0,0],[0.02,0]]}}
]}"#;
/// Two homes of 100 and 300 m² in each of two communities, and one in a third.
const HOMES: &str = "\
id,lon,lat,community,floor_area
a1,0.001,0,甲社区,100
a2,0.002,0,甲社区,300
b1,0.003,0,乙社区,100
b2,0.004,0,乙社区,300
c1,0.005,0,丙社区,100
";

fn run(communities: &str, homes: &str, more: &[&str]) -> (Folder, Ran) {
    let folder = Folder::new();
    folder.write("street.geojson", STREET);
    folder.write("stations.csv", "id,lon,lat\ns,0,0\n");
    folder.write("homes.csv", homes);
    folder.write("list.csv", communities);
    let layers = "coverage --network street.geojson --stations stations.csv --residents homes.csv \
                  --communities list.csv --allocate --profile plain --formats csv --out out";
    let arguments: Vec<&str> = layers
        .split_whitespace()
        .chain(more.iter().copied())
        .collect();
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    (folder, ran)
}

/// By home its people and its status.
fn homes(folder: &Folder) -> Vec<(String, String, String)> {
    let text = folder.read("out/residents.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned());
    reader
        .records()
        .map(|record| row(record.expect("a row")))
        .collect()
}

fn summary(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/summary.json")).expect("JSON")
}

/// The findings of a code: about what, how many, the first.
fn findings(summary: &Value, code: &str) -> Vec<(String, u64, String)> {
    let all = summary["findings"].as_array().expect("a list").iter();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    all.filter(|finding| finding["code"] == code)
        .map(|finding| {
            let count = finding["count"].as_u64().expect("a count");
            (text(finding, "about"), count, text(finding, "example"))
        })
        .collect()
}

/// 40 people on 100 and 300 m² are 10 and 30. Whatever stands in 乙社区's cell, its two homes are invalid and count nobody.
#[test]
fn a_community_whose_people_cannot_be_read_is_invalid_and_never_nobody() {
    for (cell, said) in [
        ("#N/A", "乙社区 (list.csv line 3): population is \"#N/A\""),
        ("****", "乙社区 (list.csv line 3): population is \"****\""),
        (
            "about 50",
            "乙社区 (list.csv line 3): population is \"about 50\"",
        ),
        (" ", "乙社区 (list.csv line 3): blank"),
        ("", "乙社区 (list.csv line 3): blank"),
    ] {
        let list = format!("code,name,population\n1,甲社区,40\n2,乙社区,{cell}\n3,丙社区,0\n");
        let (folder, _) = run(&list, HOMES, &[]);
        let expected = [
            ("a1", "10", "covered"),
            ("a2", "30", "covered"),
            ("b1", "0", "invalid"),
            ("b2", "0", "invalid"),
            ("c1", "0", "covered"),
        ];
        let expected = expected
            .map(|(id, people, status)| (id.to_owned(), people.to_owned(), status.to_owned()));
        assert_eq!(homes(&folder), expected, "{cell}");
        let summary = summary(&folder);
        assert_eq!(summary["population"]["total"], 40, "{cell}");
        let about = "40 people of 2 communities are allocated, those of 1 are not known";
        let invalid = [(about.to_owned(), 1, said.to_owned())];
        assert_eq!(findings(&summary, "invalid_community"), invalid, "{cell}");
        assert_eq!(findings(&summary, "invalid_resident")[0].1, 2, "{cell}");
        let is_blank = cell.trim().is_empty();
        let code = if is_blank {
            "blank_people"
        } else {
            "cell_not_understood"
        };
        let (_, count, example) = &findings(&summary, code)[0];
        let place = "list.csv line 3, column population";
        assert!(
            *count == 1 && example.starts_with(place),
            "{cell}: {example}"
        );
    }
}

/// The old of 甲社区 are 8 of 40, 2 and 6 at home; of 乙社区 they are not known, so that it is invalid; of 丙社区 the cell is blank.
#[test]
fn a_group_that_cannot_be_read_makes_its_community_invalid_and_a_blank_one_counts_nobody() {
    let list = "code,name,population,old\n1,甲社区,40,8\n2,乙社区,50,many\n3,丙社区,5,\n";
    let (folder, _) = run(list, HOMES, &["--group", "old"]);
    let summary = summary(&folder);
    assert_eq!(summary["population"]["total"], 45);
    let invalid = findings(&summary, "invalid_community");
    let said = "乙社区 (list.csv line 3): old is \"many\"";
    assert_eq!((invalid[0].1, invalid[0].2.as_str()), (1, said));
    let blank = findings(&summary, "blank_people");
    assert_eq!(
        (blank[0].0.as_str(), blank[0].1),
        ("communities, column old", 1)
    );
    assert!(folder.read("out/cohorts.csv").contains("old,"));
    assert_eq!(summary["provision"]["cohorts"][0]["population"], 8);
}

/// 300 and an unknown area among three: the unknown one counts as the lower middle of 100 and 300. Of 50 people 100, 300 and 100
/// of 500 are 10, 30 and 10.
#[test]
fn a_floor_area_that_cannot_be_read_is_counted_and_is_the_middle_of_the_others() {
    let more = format!("{HOMES}a3,0.006,0,甲社区,****\n");
    let (folder, _) = run("code,name,population\n1,甲社区,50\n", &more, &[]);
    let people: Vec<String> = homes(&folder).into_iter().map(|home| home.1).collect();
    assert_eq!(people, ["10", "30", "0", "0", "0", "10"]);
    let summary = summary(&folder);
    let strange = findings(&summary, "cell_not_understood");
    let expected = "homes.csv line 7, column floor_area: \"****\"";
    assert_eq!(strange[0].0, "residents, column floor_area");
    assert_eq!((strange[0].1, strange[0].2.as_str()), (1, expected));
    assert_eq!(findings(&summary, "home_without_size")[0].1, 1);
}
