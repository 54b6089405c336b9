//! `demo yingze` and `district` as commands.

use std::path::Path;

use crate::support::command::Folder;

const LABEL: &str = "模型数据·非实测 / model, not a survey";
const FILES: [&str; 13] = [
    "README.txt",
    "areas.geojson",
    "calendar.csv",
    "centres.csv",
    "communities.csv",
    "communities.geojson",
    "compounds.geojson",
    "district.osm.pbf",
    "gates.geojson",
    "lecturers.csv",
    "residents.csv",
    "stairwells.csv",
    "stations.csv",
];

#[test]
fn the_demo_runs_on_files_that_give_the_same_answer_to_the_ordinary_command() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "yingze", "--out", "out"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!((lines.first(), lines.last()), (Some(&LABEL), Some(&LABEL)));
    assert!(ran.stdout.contains("592,800 people"), "{}", ran.stdout);
    assert_eq!(folder.list("out/inputs"), FILES);
    assert!(folder.read("out/run.json").contains(LABEL));

    let ran = folder.run(&[
        "coverage",
        "--network",
        "out/inputs/district.osm.pbf",
        "--stations",
        "out/inputs/centres.csv",
        "--residents",
        "out/inputs/residents.csv",
        "--areas",
        "out/inputs/areas.geojson",
        "--minutes",
        "5,10",
        "--compounds",
        "out/inputs/compounds.geojson",
        "--gates",
        "out/inputs/gates.geojson",
        "--all-stations",
        "out/inputs/stations.csv",
        "--communities",
        "out/inputs/communities.csv",
        "--land",
        "osm:landuse=residential",
        "--standard",
        "party-centre-tiers",
        "--standard",
        "gb50180-2018",
        "--group",
        "children:child",
        "--group",
        "adults",
        "--group",
        "60-69=aged_60_69:elder",
        "--group",
        "over 70=aged_70_79+aged_80_plus:elder",
        "--services",
        "all",
        "--as-of",
        "2024-02-26",
        "--sensitivity",
        "--out",
        "again",
        "--quiet",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // The ordinary command knows a model by its network file.
    for run in ["out", "again"] {
        for file in [
            "summary.json",
            "report.html",
            "gaps.geojson",
            "isochrones.geojson",
        ] {
            let text = folder.read(&format!("{run}/{file}"));
            assert!(text.contains(LABEL), "{run}/{file}");
            assert!(!text.contains("OpenStreetMap contributors"), "{run}/{file}");
        }
    }
    for table in folder.list("out").iter().filter(|file| {
        Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "csv")
    }) {
        let (demo, again) = (
            folder.read(&format!("out/{table}")),
            folder.read(&format!("again/{table}")),
        );
        assert!(demo == again, "{table} differs");
    }
}

#[test]
fn the_verb_writes_what_the_demo_runs_on() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "yingze", "--out", "out", "--quiet"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (Some(0), ""),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&["district", "--preset", "yingze", "--out", "files"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.starts_with(LABEL) && ran.stdout.trim_end().ends_with(LABEL));
    assert_eq!(folder.list("files"), FILES);
    for file in FILES {
        let bytes = |folder_name: &str| {
            std::fs::read(folder.join(&format!("{folder_name}/{file}"))).expect("a file")
        };
        assert!(bytes("files") == bytes("out/inputs"), "{file} differs");
    }
}

#[test]
fn sizes_and_presets_that_make_no_sense_are_usage_errors() {
    let folder = Folder::new();
    for arguments in [
        &["district", "--out", "x"][..],
        &["district", "--junctions", "12", "--out", "x"],
        &[
            "district",
            "--junctions",
            "2000",
            "--preset",
            "yingze",
            "--out",
            "x",
        ],
        &["demo", "atlantis"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.stderr);
        assert!(!folder.join("x").exists());
    }
}

#[test]
fn a_small_district_goes_through_check_without_a_warning() {
    let folder = Folder::new();
    let ran = folder.run(&[
        "district",
        "--junctions",
        "1500",
        "--seed",
        "3",
        "--slopes",
        "--homes",
        "storey",
        "--out",
        "d",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let ran = folder.run(&[
        "check",
        "--network",
        "d/district.osm.pbf",
        "--stations",
        "d/stations.csv",
        "--residents",
        "d/residents.csv",
        "--areas",
        "d/areas.geojson",
        "--quiet",
        "--json",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        !ran.stdout.contains("\"warning\"") && !ran.stdout.contains("\"error\""),
        "{}",
        ran.stdout
    );
    assert!(
        folder
            .read("d/README.txt")
            .contains("seed 3, slopes true, one record for each storey")
    );
    // Its hills through the same door as any elevation model.
    let walk = |more: &[&str]| {
        let all = [
            "coverage",
            "--network",
            "d/district.osm.pbf",
            "--stations",
            "d/stations.csv",
            "--residents",
            "d/residents.csv",
            "--minutes",
            "10",
            "--direction",
            "from-station",
            "--quiet",
            "--formats",
            "csv",
            "--out",
            "out",
        ];
        let ran = folder.run(&[&all[..], more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let summary: serde_json::Value =
            serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
        summary
    };
    let level = walk(&[]);
    let seconds_on_level = folder.read("out/residents.csv");
    let hills = walk(&["--elevation", "d/heights.tif"]);
    assert!(level["heights"].is_null());
    assert_eq!(hills["heights"]["unknown_km"], 0.0, "{hills}");
    assert_ne!(seconds_on_level, folder.read("out/residents.csv"));
}
