//! Only the stations of the own community serve, and it is never taken for granted whose community that is.

use crate::support::command::{Folder, Ran};

/// A street of 1.76 km with a station near each end, that of 甲 in the west and that of 乙 in the east.
fn town(stations: &str, residents: &str) -> Folder {
    let folder = Folder::new();
    folder.write(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[112.55,37.85],[112.57,37.85]]}}]}"#,
    );
    folder.write("stations.csv", stations);
    folder.write("residents.csv", residents);
    folder
}

/// `COLUMNS` of both tables with the community of 甲 and of 乙 in them: a and b live beside their own station, c of 乙 lives
/// beside that of 甲 and 1.5 km from its own.
fn tables(columns: &str, stations: [&str; 2], homes: [&str; 3]) -> Folder {
    let [west, east] = stations;
    let [a, b, c] = homes;
    town(
        &format!(
            "id,tier,lon,lat,{columns}\nA,community,112.551,37.85,{west}\nB,community,112.569,37.85,{east}\n"
        ),
        &format!(
            "id,lon,lat,population,{columns}\na,112.552,37.85,10,{a}\nb,112.5685,37.85,20,{b}\nc,112.5515,37.85,30,{c}\n"
        ),
    )
}

fn run(folder: &Folder) -> Ran {
    folder.run(&[
        "coverage",
        "--network=streets.geojson",
        "--stations=stations.csv",
        "--residents=residents.csv",
        "--standard=party-centre-tiers",
        "--membership=own",
        "--formats=csv",
        "--out=out",
    ])
}

/// The people of the community tier who are within, and all of them.
fn within(folder: &Folder) -> (String, String) {
    let ran = run(folder);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let tiers = folder.read("out/tiers.csv");
    let mut lines = tiers.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row = lines.find(|line| line.starts_with("community,"));
    let row: Vec<&str> = row.expect("the tier").split(',').collect();
    let cell = |name: &str| {
        let at = header.iter().position(|known| *known == name);
        row[at.expect("a column")].to_owned()
    };
    (cell("within"), cell("population"))
}

/// 10 people of a and 20 of b are served by their own station, the 30 of c are not: 30 of 60, however the community is said.
#[test]
fn communities_are_matched_by_name_and_by_code() {
    let (one, other) = ("140106006001", "140106006002");
    let float = |code: &str| format!("{code}.0");
    let named = ["甲社区", "乙社区", "乙社区"];
    let cases = [
        ("community", [named[0], named[1]], named),
        ("community_code", [one, other], [one, other, other]),
        (
            "community_code",
            [one, other],
            [&float(one), &float(other), &float(other)],
        ),
        (
            "community_code",
            [&float(one), &float(other)],
            [one, other, other],
        ),
        // Only the code stands in one row and only the name in another.
        (
            "community,community_code",
            [",140106006001", "乙社区,"],
            [",140106006001", "乙社区,140106006002", ",140106006002"],
        ),
    ];
    for (columns, stations, homes) in cases {
        let folder = tables(columns, stations, homes);
        let found = within(&folder);
        assert_eq!(found, ("30".into(), "60".into()), "{columns} {homes:?}");
    }
}

#[test]
fn a_run_in_which_nobodys_community_is_matched_is_refused_with_what_there_is() {
    let stations = ["140106006001", "140106006002"];
    let cases = [
        ("community_code", ["", "", ""], "codes: a blank column"),
        (
            "community_code",
            ["1.40106E+11"; 3],
            "1.40106E+11 (cut by a spreadsheet; save the column as text)",
        ),
        ("community_code", ["7", "8", "9"], "codes: 7, 8, 9"),
    ];
    for (columns, homes, said) in cases {
        let folder = tables(columns, stations, homes);
        let ran = run(&folder);
        assert_ne!(ran.code, Some(0), "{homes:?}");
        assert!(ran.stderr.contains("--membership own"), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(ran.stderr.contains("140106006001"), "{}", ran.stderr);
    }
    let folder = town(
        "id,tier,lon,lat,community\nA,community,112.551,37.85,甲社区\n",
        "id,lon,lat,population\na,112.552,37.85,10\n",
    );
    let ran = run(&folder);
    assert!(
        ran.stderr
            .contains("the residents have names of communities: no column"),
        "{}",
        ran.stderr
    );
}

/// c is of no community: its 30 people are counted, and so is a cell that says "as above".
#[test]
fn residents_of_no_community_are_counted_with_their_people() {
    for (cell, strange) in [("", 0), ("〃", 1)] {
        let folder = tables(
            "community",
            ["甲社区", "乙社区"],
            ["甲社区", "乙社区", cell],
        );
        assert_eq!(within(&folder), ("30".into(), "60".into()));
        let summary: serde_json::Value =
            serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
        let findings = summary["findings"].as_array().expect("a list");
        let of = |code: &str| findings.iter().find(|finding| finding["code"] == code);
        let none = of("no_community").expect("a finding");
        assert_eq!(none["count"], 1);
        let example = none["example"].as_str().expect("a text");
        assert!(example.starts_with("30 people; the first: c "), "{example}");
        assert_eq!(
            of("cell_not_understood").map_or(0, |_| 1),
            strange,
            "{cell}"
        );
    }
}

/// Cells that are merged downwards hold for each of their rows: b and c are of 乙, whose name stands beside b alone. A number of
/// people that is merged is that of its first row alone, as before.
#[test]
fn a_community_in_a_merged_cell_is_that_of_each_of_its_rows() {
    let folder = tables("community", ["甲社区", "乙社区"], ["", "", ""]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["id", "lon", "lat", "population", "community"],
        ["a", "112.552", "37.85", "10", "甲社区"],
        ["b", "112.5685", "37.85", "20", "乙社区"],
        ["c", "112.5515", "37.85", "30", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) => sheet.write_string(row, column, text),
            }
            .expect("a cell");
        }
    }
    let plain = rust_xlsxwriter::Format::new();
    sheet
        .merge_range(2, 4, 3, 4, "乙社区", &plain)
        .expect("a merged cell");
    folder.write("residents.xlsx", book.save_to_buffer().expect("a workbook"));
    let ran = folder.run(&[
        "coverage",
        "--network=streets.geojson",
        "--stations=stations.csv",
        "--residents=residents.xlsx",
        "--standard=party-centre-tiers",
        "--membership=own",
        "--formats=csv",
        "--out=out",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let summary: serde_json::Value =
        serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    let findings = summary["findings"].as_array().expect("a list");
    let count = |code: &str| {
        let found = findings.iter().find(|finding| finding["code"] == code);
        found.map_or(0, |found| found["count"].as_u64().expect("a count"))
    };
    assert_eq!((count("merged_cell"), count("no_community")), (1, 0));
    let tiers = folder.read("out/tiers.csv");
    let community = tiers.lines().find(|line| line.starts_with("community,"));
    // 10 of a and 20 of b, of 60.
    let community = community.expect("the tier");
    assert!(community.contains(",60,30,50.00,"), "{community}");
}
