//! Bad input: each its own clear error, with no output left behind, or a counted finding.

use crate::support::command::Folder;
use crate::support::{liechtenstein, pbf};

/// Runs the town with one file replaced and expects failure with a message that holds all of the words.
fn refused(file: &str, content: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::town();
    folder.write(file, content);
    let network = if file == "net.osm.pbf" {
        file
    } else {
        "streets.geojson"
    };
    let ran = folder.run(&[
        "coverage",
        "--network",
        network,
        "--stations",
        "stations.csv",
        "--residents",
        "residents.csv",
        "--out",
        "out",
        "--quiet",
    ]);
    assert_eq!(ran.code, Some(1), "{file}: {}", ran.stderr);
    for word in words {
        assert!(
            ran.stderr.contains(word),
            "{file}: {word:?} in {:?}",
            ran.stderr
        );
    }
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert!(!folder.join("out").exists(), "{file} left output behind");
}

fn small_block() -> pbf::Block {
    let mut block = pbf::Block::default();
    block.node(1, 95_000_000, 471_000_000, &[]);
    block.node(2, 95_300_000, 471_000_000, &[]);
    block.way(1, &[1, 2], &[("highway", "residential")]);
    block
}

#[test]
fn a_truncated_pbf_names_blob_and_byte_wherever_it_breaks_off() {
    let whole = std::fs::read(liechtenstein()).expect("the data");
    for length in [2, 10, 100, 5000, whole.len() / 2, whole.len() - 1] {
        refused(
            "net.osm.pbf",
            &whole[..length],
            &["net.osm.pbf", "blob", "byte", "breaks off"],
        );
    }
}

#[test]
fn a_block_that_lies_about_its_size_is_named() {
    for (lie, found) in [
        (-1, "unpacks to more"),
        (1, "unpacks to "),
        (10_000_000, "unpacks to "),
    ] {
        let file = pbf::lying_file(&small_block(), lie);
        refused(
            "net.osm.pbf",
            file,
            &["blob 2", "claims to unpack to", found],
        );
    }
    refused(
        "net.osm.pbf",
        pbf::lying_file(&small_block(), 1 << 40),
        &["blob 2", "32 MiB"],
    );
}

#[test]
fn pbf_frames_that_cannot_be_are_refused() {
    refused(
        "net.osm.pbf",
        b"<osm version=\"0.6\"/>",
        &["blob 1", "is this an .osm.pbf"],
    );
    let mut huge = pbf::header(&[]);
    huge.extend([0, 0, 0, 12, 0x0a, 7]);
    huge.extend(b"OSMData");
    huge.extend([0x18, 0xff, 0xff, 0xff, 0xff, 0x07]);
    refused("net.osm.pbf", &huge, &["blob 2"]);
    refused(
        "net.osm.pbf",
        pbf::frame("OSMData", &pbf::raw_blob(b"")),
        &["does not begin with an OSMHeader"],
    );
    refused(
        "net.osm.pbf",
        pbf::header(&["HistoricalInformation"]),
        &["HistoricalInformation"],
    );
    let mut garbage = pbf::header(&["DenseNodes"]);
    garbage.extend(pbf::frame(
        "OSMData",
        &pbf::raw_blob(b"\xff\xff\xff garbage"),
    ));
    refused("net.osm.pbf", garbage, &["blob 2", "cannot be read"]);
}

#[test]
fn a_relation_with_a_member_of_no_known_type_is_refused() {
    let mut block = small_block();
    block.impossible_relation(5);
    refused(
        "net.osm.pbf",
        pbf::file(&block),
        &["blob 2", "unknown type"],
    );
}

#[test]
fn a_pbf_without_streets_is_an_error() {
    refused(
        "net.osm.pbf",
        pbf::file(&pbf::Block::default()),
        &["walkable way"],
    );
}

#[test]
fn broken_geojson_names_its_place() {
    let features =
        |feature: &str| format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{feature}\n]}}");
    let line = |coordinates: &str| {
        features(&format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":{coordinates}}}}}"#
        ))
    };
    refused(
        "streets.geojson",
        line("[]"),
        &["streets.geojson", "walkable way"],
    );
    refused(
        "streets.geojson",
        line("[[NaN,47.1],[9.5,47.1]]"),
        &["line 2 column"],
    );
    refused(
        "streets.geojson",
        line("[[1e999,47.1],[9.5,47.1]]"),
        &["feature 1 on line 2", "number out of range"],
    );
    refused(
        "streets.geojson",
        line("[[9.5,47.1],[9.51"),
        &["line 2 column"],
    );
    refused(
        "streets.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[",
        &["breaks off"],
    );
    refused("streets.geojson", "", &["is empty"]);
    let mut nested = r#"{"type":"Point","coordinates":[0,0]}"#.to_owned();
    for _ in 0..2000 {
        nested = format!(r#"{{"type":"GeometryCollection","geometries":[{nested}]}}"#);
    }
    let nested = features(&format!(
        r#"{{"type":"Feature","properties":{{}},"geometry":{nested}}}"#
    ));
    refused("streets.geojson", nested, &["feature 1", "recursion limit"]);
}

#[test]
fn broken_tables_name_their_line_or_column() {
    refused("residents.csv", "", &["residents.csv", "is empty"]);
    refused(
        "residents.csv",
        "id,lon,lat\n",
        &["residents.csv", "holds no resident"],
    );
    refused(
        "residents.csv",
        "id,east,north\na,1,2\n",
        &[
            "no column for the longitude",
            "id, east, north",
            "--lon-column",
        ],
    );
    refused(
        "stations.csv",
        b"id,lon,lat\n\xd3\xad\xd4\xf3,1,2\n",
        &["stations.csv", "line 2", "UTF-8"],
    );
}

#[test]
fn swapped_longitude_and_latitude_are_an_error() {
    refused(
        "residents.csv",
        "id,lon,lat\na,47.10,9.505\nb,47.1,9.51\n",
        &["residents", "look swapped"],
    );
    refused(
        "stations.csv",
        "id,lon,lat\na,47.10,9.505\n",
        &["stations", "look swapped"],
    );
    // At Taiyuan a swapped latitude is off the earth.
    let folder = Folder::town();
    let beijing = crate::support::command::STREETS
        .replace("9.5", "112.5")
        .replace("47.1", "37.8");
    folder.write("streets.geojson", beijing);
    folder.write("residents.csv", "id,lon,lat\na,37.80,112.505\n");
    folder.write("stations.csv", "id,lon,lat\ns,112.505,37.80\n");
    let ran = folder.coverage(&[]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("look swapped"), "{}", ran.stderr);
}

#[test]
fn what_is_no_file_says_so() {
    let folder = Folder::town();
    let coverage = |network: &str, stations: &str| {
        folder.run(&[
            "coverage",
            "--network",
            network,
            "--stations",
            stations,
            "--residents",
            "residents.csv",
            "--out",
            "out",
        ])
    };
    std::fs::create_dir(folder.join("folder.geojson")).expect("a folder");
    let cases = [
        (coverage("folder.geojson", "stations.csv"), "it is a folder"),
        (
            coverage("missing.osm.pbf", "stations.csv"),
            "missing.osm.pbf",
        ),
        (coverage("residents.csv", "stations.csv"), "not a format"),
        (
            coverage("streets.geojson", "streets.geojson.bak"),
            "streets.geojson.bak",
        ),
        (
            coverage("streets.geojson", "osm:amenity=bank"),
            "not an .osm.pbf",
        ),
    ];
    for (ran, words) in cases {
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    let ran = coverage("streets.geojson", "osm:amenity=");
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(!folder.join("out").exists());
}

#[test]
fn an_output_folder_that_is_a_file_is_an_error() {
    let folder = Folder::town();
    folder.write("out", "a file");
    let ran = folder.coverage(&[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("output folder"), "{}", ran.stderr);
    assert_eq!(folder.read("out"), "a file");
}

#[test]
fn bad_records_are_counted_and_kept() {
    let folder = Folder::town();
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nshort\nnegative,9.505,47.1,-3\ntext,9.505,north,1\nnan,NaN,47.1,1\nfar,200,47.1,1\nok,9.505,47.1,2\n",
    );
    folder.write(
        "stations.csv",
        "id,lon,lat\nclinic,9.50,47.10\nsea,8.0,47.1\nnowhere,,\n",
    );
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let statuses: Vec<String> = folder
        .read("out/residents.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        statuses,
        [
            "invalid", "invalid", "invalid", "invalid", "invalid", "covered"
        ]
    );
    let stations = folder.read("out/stations.csv");
    assert!(stations.contains("\nsea,off_network,,0,"), "{stations}");
    assert!(stations.contains("\nnowhere,invalid,,0,"), "{stations}");
    let summary: serde_json::Value =
        serde_json::from_str(&folder.read("out/summary.json")).expect("JSON");
    assert_eq!(summary["residents"]["invalid"], 5);
    assert_eq!(
        summary["population"]["invalid"], 4,
        "three of one person each, the row without a number one, -3 nobody"
    );
    let codes: Vec<&str> = summary["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|f| f["code"].as_str())
        .collect();
    for code in ["invalid_resident", "invalid_station", "station_off_network"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn names_that_a_spreadsheet_would_run_are_neutralised() {
    let folder = Folder::town();
    folder.write(
        "residents.csv",
        "id,lon,lat\n=cmd|' /C calc'!A0,9.505,47.1\n-5,9.505,47.1\n",
    );
    assert_eq!(folder.coverage(&[]).code, Some(0));
    let residents = folder.read("out/residents.csv");
    assert!(residents.contains("\n'=cmd|' /C calc'!A0,"), "{residents}");
    assert!(residents.contains("\n-5,"), "{residents}");
}

#[test]
fn a_selector_that_matches_nothing_says_what_is_near() {
    let folder = Folder::new();
    let said = |stations: &str| {
        let ran = folder.run(&[
            "coverage",
            "--network",
            "demo:liechtenstein",
            "--stations",
            stations,
            "--residents",
            "osm:building",
            "--out",
            "out",
            "--quiet",
        ]);
        assert_eq!(ran.code, Some(1), "{}", ran.stderr);
        ran.stderr
    };
    let near = "no object has amenity=pharmcy; near it: amenity=pharmacy (4)";
    assert!(said("osm:amenity=pharmcy").contains(near));
    let near = "no object has the key amenty; near it: amenity (";
    assert!(said("osm:amenty=pharmacy").contains(near));
    assert!(said("osm:amenity=pharmacy,building=church").contains("none has all of them"));
}

/// The flag that was given is the one that is named, and not another that would name the same.
#[test]
fn a_column_that_is_not_there_is_told_with_the_flag_that_named_it() {
    let folder = Folder::town();
    let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":[[[9.4,47.0],[9.6,47.0],[9.6,47.2],[9.4,47.2],[9.4,47.0]]]}}]}"#;
    folder.write("areas.geojson", square);
    folder.write("gates.csv", "id,lon,lat\ng,9.5,47.0\n");
    for (more, flag) in [
        (
            &[
                "--standard=party-centre-tiers",
                "--stations-columns=tier=nope",
            ][..],
            "--stations-columns",
        ),
        (&["--residents-columns=id=nope"], "--residents-columns"),
        (
            &["--areas=areas.geojson", "--area-name=nope"],
            "--area-name",
        ),
        (
            &["--areas=areas.geojson", "--areas-columns=name=nope"],
            "--areas-columns",
        ),
        (
            &[
                "--compounds=areas.geojson",
                "--gates=gates.csv",
                "--gates-columns=compound=nope",
            ],
            "--gates-columns",
        ),
        (&["--group=nope"], "--group"),
    ] {
        let layers = [
            "coverage",
            "--network=streets.geojson",
            "--stations=stations.csv",
            "--residents=residents.csv",
            "--out=out",
        ];
        let ran = folder.run(&[&layers[..], more].concat());
        assert_eq!(ran.code, Some(1), "{more:?}: {}", ran.stderr);
        let cure = ran
            .stderr
            .rsplit("name it with ")
            .next()
            .unwrap_or_default();
        assert!(cure.contains(flag), "{more:?}: {}", ran.stderr);
        assert!(!cure.contains("--name-column"), "{more:?}: {}", ran.stderr);
    }
}

#[test]
fn what_a_file_is_instead_is_said() {
    let folder = Folder::town();
    folder.write("header.csv", "id,lon,lat,population\n");
    folder.write("book.csv", b"PK\x03\x04\x14\x00\x06\x00rest");
    folder.write("old.csv", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest");
    folder.write(
        "system.geojson",
        r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:99999999"}},"features":[{"type":"Feature","properties":{"id":"a","population":1},"geometry":{"type":"Point","coordinates":[9.5,47.1]}}]}"#,
    );
    for (residents, said) in [
        (
            "header.csv",
            "it has a header, which ends in row 1, and no row below it",
        ),
        ("book.csv", "let its name end in .xlsx"),
        ("old.csv", "let its name end in .xls,"),
        (
            "system.geojson",
            "system.geojson: the coordinate system that it says",
        ),
    ] {
        let residents = format!("--residents={residents}");
        let ran = folder.run(&[
            "coverage",
            "--network=streets.geojson",
            "--stations=stations.csv",
            "--out=out",
            &residents,
        ]);
        assert_eq!(ran.code, Some(1), "{residents}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{residents}: {}", ran.stderr);
    }
}
