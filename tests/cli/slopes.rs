//! Heights as the command reads and shows them: a street on the equator, up and down a plane.

use serde_json::Value;

use crate::support::command::{Folder, Ran};
use crate::support::{has_english_sentence, is_chinese};

/// From the clinic to the east are 0.01 degrees of the equator: 1,113.1949 m, 834.896 s at 4.8 km/h on the level.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Hill Street"},"geometry":{"type":"LineString","coordinates":[[0,0.5],[0.01,0.5]]}},
{"type":"Feature","properties":{"name":"Level Lane"},"geometry":{"type":"LineString","coordinates":[[0,0.5],[0,0.51]]}},
{"type":"Feature","properties":{"name":"Short Lane"},"geometry":{"type":"LineString","coordinates":[[0,0.5],[0,0.499]]}}
]}"#;

/// A tile of four heights: its western and its eastern ones, in metres.
fn tile(west: i16, east: i16) -> Vec<u8> {
    let heights = [west, east, west, east].into_iter();
    heights.flat_map(i16::to_be_bytes).collect()
}

fn town() -> Folder {
    let folder = Folder::new();
    folder.write("streets.geojson", STREETS);
    folder.write("stations.csv", "id,lon,lat\nclinic,0,0.5\n");
    folder.write(
        "residents.csv",
        "id,lon,lat,population\nup,0.01,0.5,10\nmiddle,0.005,0.5,5\nlevel,0,0.51,3\n",
    );
    // 11.13 km a degree up: very nearly 10 %.
    folder.write("N00E000.hgt", tile(0, 11_130));
    folder.write_in("flat", "N00E000.hgt", tile(500, 500));
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

fn run(folder: &Folder, out: &str, more: &[&str]) -> Ran {
    folder.run(&[&["coverage"], &LAYERS[..], &["--out", out], more].concat())
}

fn coverage(folder: &Folder, out: &str, more: &[&str]) -> Ran {
    let ran = run(folder, out, more);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran
}

fn seconds(folder: &Folder, out: &str) -> Vec<f64> {
    let table = folder.read(&format!("{out}/residents.csv"));
    let cell = |line: &str| line.split(',').nth(3).and_then(|cell| cell.parse().ok());
    table.lines().skip(1).filter_map(cell).collect()
}

fn summary(folder: &Folder, out: &str) -> Value {
    serde_json::from_str(&folder.read(&format!("{out}/summary.json"))).expect("JSON")
}

fn near(found: &[f64], expected: &[f64]) {
    let is_near = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(one, other)| (one - other).abs() < 0.15);
    assert!(is_near, "{found:?} for {expected:?}");
}

const HILL: [&str; 2] = ["--elevation", "N00E000.hgt"];

#[test]
fn a_hill_is_walked_as_tobler_has_it_there_and_back() {
    let folder = town();
    coverage(&folder, "level", &[]);
    let level = seconds(&folder, "level");
    // 0.01 degrees east at half a degree north: 1,113.152 m.
    let street_s = 1_113.152 * 0.75;
    near(&level[..2], &[street_s, street_s / 2.0]);

    // The residents walk down 10 % (9.9985 %): exp(-3.5 (0.05 - 0.05)), that is as on the level; and come back up at exp(-0.35).
    let rise = 111.30 / 1_113.152_f64;
    let down = (3.5_f64 * ((-rise + 0.05).abs() - 0.05)).exp();
    let up = (3.5_f64 * (rise + 0.05 - 0.05)).exp();
    coverage(&folder, "down", &HILL);
    near(
        &seconds(&folder, "down"),
        &[street_s * down, street_s * down / 2.0, level[2]],
    );
    coverage(
        &folder,
        "up",
        &[&HILL[..], &["--direction", "from-station"]].concat(),
    );
    near(
        &seconds(&folder, "up"),
        &[street_s * up, street_s * up / 2.0, level[2]],
    );
    coverage(
        &folder,
        "both",
        &[&HILL[..], &["--direction", "round-trip"]].concat(),
    );
    near(
        &seconds(&folder, "both")[..2],
        &[street_s * (up + down), street_s * (up + down) / 2.0],
    );

    let heights = &summary(&folder, "up")["heights"];
    assert_eq!(
        (&heights["known_km"], &heights["unknown_km"]),
        (&2.329.into(), &0.0.into())
    );
    assert_eq!(
        (&heights["sampled_every_m"], &heights["smoothed_over_m"]),
        (&10.0.into(), &30.0.into())
    );
    let record = folder.record("up");
    assert_eq!(
        record["parameters"]["elevation"],
        serde_json::json!(["N00E000.hgt"])
    );
    let inputs = record["inputs"].as_array().expect("a list");
    assert!(
        inputs
            .iter()
            .any(|file| file["layer"] == "elevation" && file["bytes"] == 8)
    );

    let explained = |more: &[&str]| {
        let ran = folder.run(&[&["explain"], &LAYERS[..], &["--resident", "up"], more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.stdout
    };
    assert!(explained(&HILL).contains("  0.0 m up, 111.3 m down\n"));
    let chinese = explained(&[&HILL[..], &["--lang", "zh"]].concat());
    assert!(chinese.contains("上升 0.0 米，下降 111.3 米"), "{chinese}");
    assert!(!explained(&[]).contains(" up, "));
}

/// That two sets are the same but for what says what was read.
fn assert_same(folder: &Folder, one: &str, other: &str) {
    for ((name, bytes), (other_name, other_bytes)) in
        set(folder, one).iter().zip(set(folder, other))
    {
        assert!(
            *name == other_name && *bytes == other_bytes,
            "{one} and {other}: {name}"
        );
    }
    assert_eq!(set(folder, one).len(), set(folder, other).len());
}

/// Every file of a set but for those that say what was read, and how long it took.
fn set(folder: &Folder, out: &str) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(folder.join(out)).expect("a folder");
    let files = files.map(|file| file.expect("a file").path());
    let mut files: Vec<_> = files
        .filter(|path| {
            !["run.json", "summary.json", "report.html"]
                .iter()
                .any(|name| path.ends_with(name))
        })
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(path).expect("bytes"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_flat_tile_changes_nothing() {
    let folder = town();
    let formats = ["--formats", "csv,geojson", "--table", "--metres", "500"];
    for trip in ["to-station", "from-station", "round-trip"] {
        let asked = [&formats[..], &["--direction", trip]].concat();
        coverage(&folder, "without", &asked);
        coverage(
            &folder,
            "with",
            &[&asked[..], &["--elevation", "flat/N00E000.hgt"]].concat(),
        );
        assert_same(&folder, "with", "without");
        let mut with = summary(&folder, "with");
        let mut without = summary(&folder, "without");
        for summary in [&mut with, &mut without] {
            summary
                .as_object_mut()
                .expect("an object")
                .remove("timings_ms");
        }
        assert!(
            with.as_object_mut()
                .expect("an object")
                .remove("heights")
                .is_some()
        );
        assert_eq!(with, without, "{trip}");
    }
}

#[test]
fn metres_are_metres_and_who_walks_plainly_has_no_slope() {
    let folder = town();
    coverage(
        &folder,
        "level",
        &["--metres", "1200", "--profile", "plain"],
    );
    coverage(
        &folder,
        "hill",
        &[&["--metres", "1200", "--profile", "plain"], &HILL[..]].concat(),
    );
    assert_same(&folder, "hill", "level");
}

#[test]
fn what_is_too_steep_for_wheels_is_closed_and_said_and_a_walker_of_one_s_own_may_say_otherwise() {
    let folder = town();
    let ran = coverage(
        &folder,
        "out",
        &[&HILL[..], &["--profile", "wheelchair"]].concat(),
    );
    let found = summary(&folder, "out")["findings"]
        .as_array()
        .expect("a list")
        .clone();
    let steep = found
        .iter()
        .find(|finding| finding["code"] == "too_steep")
        .expect("found");
    assert_eq!(steep["count"], 1);
    assert!(
        steep["example"]
            .as_str()
            .expect("text")
            .contains("1113 m in all"),
        "{steep}"
    );
    assert!(
        folder
            .read("out/residents.csv")
            .contains("up,10,off_network"),
        "{}",
        ran.stdout
    );

    folder.write(
        "slow.toml",
        "base = \"wheelchair\"\nslope = [[-20, 1.0], [0, 1.0], [20, 0.5]]\nsteep_percent = 9\nsteep_factor = 0.25\nclosed_percent = 12\n",
    );
    coverage(
        &folder,
        "slow",
        &[
            &HILL[..],
            &[
                "--profile",
                "slow.toml",
                "--direction",
                "from-station",
                "--minutes",
                "60",
            ],
        ]
        .concat(),
    );
    // 10 % up: 0.75 by the table, a quarter of that as it is over 9 %; 1 m/s on the level.
    let rise = 111.30 / 1_113.152;
    let expected = 1_113.152 / (0.25 * (1.0 - 0.5 * rise / 0.2));
    near(&seconds(&folder, "slow")[..1], &[expected]);

    for (text, said) in [
        ("slope = \"naismith\"", "no rule"),
        ("slope = [[5, 1.0], [0, 1.0]]", "slope_percent = 0"),
        ("slope = [[0, 0]]", "slope_factor = 0"),
        ("slope = []", "slope_rows = 0"),
        ("steep_percent = 6", "needs both"),
        ("closed_percent = -3", "closed_percent = -3"),
    ] {
        folder.write("wrong.toml", text);
        let ran = run(
            &folder,
            "wrong",
            &[&HILL[..], &["--profile", "wrong.toml"]].concat(),
        );
        assert!(
            ran.code != Some(0) && ran.stderr.contains(said),
            "{text}: {}",
            ran.stderr
        );
    }
}

#[test]
fn heights_that_do_not_cover_the_streets_are_said_in_kilometres() {
    let folder = town();
    // The second street leaves the tile to the west.
    folder.write(
        "streets.geojson",
        STREETS.replace("[0,0.51]", "[-0.01,0.5]"),
    );
    coverage(&folder, "out", &HILL);
    let found = summary(&folder, "out")["findings"]
        .as_array()
        .expect("a list")
        .clone();
    let unknown = found
        .iter()
        .find(|finding| finding["code"] == "heights_unknown")
        .expect("found");
    assert_eq!(unknown["count"], 2, "{unknown}");
    assert!(
        unknown["example"]
            .as_str()
            .expect("text")
            .contains("of 2.337 km"),
        "{unknown}"
    );
    // One of two files is elsewhere.
    folder.write("N10E010.hgt", tile(0, 0));
    let both = ["--elevation", "N10E010.hgt", "--elevation", "N00E000.hgt"];
    coverage(&folder, "out", &both);
    let found = summary(&folder, "out")["findings"].to_string();
    assert!(
        found.contains("heights_elsewhere") && found.contains("N10E010.hgt"),
        "{found}"
    );
    let check = folder.run(&[&["check"], &LAYERS[..], &HILL].concat());
    assert!(
        check.stdout.contains("on 1.2 of 2.3 km of street"),
        "{}",
        check.stdout
    );
}

#[test]
fn heights_that_cannot_be_used_are_refused_with_what_to_do() {
    let folder = town();
    folder.write("N10E010.hgt", tile(0, 0));
    folder.write_in("cut", "N00E000.hgt", [0, 1, 2]);
    folder.write("hill.hgt", tile(0, 0));
    folder.write("empty.hgt", "");
    folder.write("hill.asc", "ncols 2");
    folder.write("hill.tif", "II*\0 and nothing else");
    folder.write("hill.zip", "PK and nothing else");
    for (file, said, zh) in [
        (
            "N10E010.hgt",
            "no part of the streets is on N10E010.hgt",
            "街道不在",
        ),
        ("cut/N00E000.hgt", "no square of heights", "不构成高程方阵"),
        (
            "hill.hgt",
            "its name does not say where it lies",
            "文件名未说明",
        ),
        ("empty.hgt", "is empty", "为空"),
        ("hill.asc", "not a format that can be read here", "无法读取"),
        (
            "hill.tif",
            "cannot be unpacked as a GeoTIFF",
            "无法按 GeoTIFF 解码",
        ),
        ("hill.zip", "cannot be unpacked", "无法解压"),
        ("missing.hgt", "cannot be read", "无法读取"),
    ] {
        let ran = run(&folder, "out", &["--elevation", file]);
        assert!(
            ran.code != Some(0) && ran.stderr.contains(said),
            "{file}: {}",
            ran.stderr
        );
        let ran = run(&folder, "out", &["--elevation", file, "--lang", "zh"]);
        let is_said = ran.stderr.contains(zh) || file == "hill.asc";
        assert!(
            is_said && is_chinese(&ran.stderr) && !has_english_sentence(&ran.stderr),
            "{file}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_prepared_network_keeps_its_heights() {
    let folder = town();
    coverage(&folder, "read", &HILL);
    let build = |out: &str, more: &[&str]| {
        let ran =
            folder.run(&[&["network", "build", "streets.geojson", "--out", out], more].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    };
    build("hill.pedshed", &HILL);
    build("plain.pedshed", &[]);
    let prepared = |network: &str, out: &str, more: &[&str]| {
        folder.run(
            &[
                &["coverage", "--network", network],
                &LAYERS[2..],
                &["--out", out],
                more,
            ]
            .concat(),
        )
    };
    assert_eq!(prepared("hill.pedshed", "prepared", &[]).code, Some(0));
    assert_same(&folder, "prepared", "read");
    assert_eq!(
        summary(&folder, "prepared")["heights"],
        summary(&folder, "read")["heights"]
    );
    // Heights may come later as well, but not twice.
    assert_eq!(prepared("plain.pedshed", "later", &HILL).code, Some(0));
    assert_same(&folder, "later", "read");
    let twice = prepared("hill.pedshed", "twice", &HILL);
    assert!(
        twice.code != Some(0) && twice.stderr.contains("has heights already"),
        "{}",
        twice.stderr
    );
    let info = folder.run(&["network", "info", "--network", "hill.pedshed"]);
    assert!(
        info.stdout.contains("on 2.3 of 2.3 km of street"),
        "{}",
        info.stdout
    );
    assert!(info.stdout.contains("N00E000.hgt"), "{}", info.stdout);
    // A file that was changed anywhere is an error or a network, never a panic.
    let bytes = std::fs::read(folder.join("hill.pedshed")).expect("bytes");
    for at in (0..bytes.len()).step_by(7) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0x55;
        folder.write("wrong.pedshed", wrong);
        let ran = folder.run(&["network", "info", "--network", "wrong.pedshed"]);
        assert!(
            ran.code.is_some_and(|code| code < 100),
            "{at}: {}",
            ran.stderr
        );
    }
}

#[test]
fn packed_tiles_are_read_as_they_are_and_a_scenario_keeps_its_hills() {
    let folder = town();
    let zip = stored_zip("folder/N00E000.hgt", &tile(0, 11_130));
    folder.write("N00E000.hgt.zip", zip);
    coverage(&folder, "tile", &HILL);
    coverage(&folder, "packed", &["--elevation", "N00E000.hgt.zip"]);
    assert_same(&folder, "packed", "tile");
}

/// A package with one file in it that is not packed.
fn stored_zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    let (size, length) = (bytes.len() as u32, name.len() as u16);
    let mut about = Vec::new();
    about.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    about.extend((!crc).to_le_bytes());
    about.extend(size.to_le_bytes());
    about.extend(size.to_le_bytes());
    about.extend(length.to_le_bytes());
    about.extend([0, 0]);
    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend(&about);
    zip.extend(name.bytes());
    zip.extend(bytes);
    let directory = zip.len() as u32;
    zip.extend(b"PK\x01\x02\x14\x00");
    zip.extend(&about);
    zip.extend([0; 14]);
    zip.extend(name.bytes());
    let end = zip.len() as u32;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend((end - directory).to_le_bytes());
    zip.extend(directory.to_le_bytes());
    zip.extend([0, 0]);
    zip
}
