//! The architecture as a test: arrows between rooms point down or sideways without a cycle, and each dependency stays in
//! its room. Rooms and layers are those of the crate documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Room and layer, from the ground up.
const LAYERS: &[(&str, u8)] = &[
    ("collections", 0),
    ("control", 0),
    ("id", 0),
    ("parallel", 0),
    ("text", 0),
    ("units", 0),
    ("geometry", 1),
    ("model", 1),
    ("crs", 1),
    ("hours", 1),
    ("allocation", 1),
    ("inputs", 2),
    ("network", 2),
    ("snap", 3),
    ("search", 4),
    ("walker", 5),
    ("catchments", 5),
    ("coverage", 5),
    ("isochrone", 5),
    ("gaps", 5),
    ("resilience", 5),
    ("siting", 5),
    ("error", 6),
    ("analysis", 6),
    ("planning", 7),
    ("scenario", 7),
    ("report", 8),
    ("district", 8),
    ("city", 9),
    ("memory", 9),
    ("study", 9),
    ("message", 9),
    ("lib", 9),
    ("bin", 10),
];

/// Where `geojson::`, `csv::` and `shapefile::` are the rooms of those names and not the crates.
const SAME_NAMES: &str = "inputs/formats.rs";

/// Dependency and the files or folders below `src/` that may name it.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("rstar", &["snap/stations.rs", "snap/walls.rs"]),
    ("rayon", &["parallel.rs"]),
    ("proj", &["crs/"]),
    ("microlp", &["siting/program/"]),
    ("petgraph", &["network/petgraph.rs"]),
    ("flate2", &["inputs/osm/frames.rs", "district/pbf.rs"]),
    ("geojson", &["inputs/geojson", SAME_NAMES]),
    (
        "serde_json",
        &[
            "inputs/geojson",
            "planning/",
            "report/",
            "study/",
            "district/shapes.rs",
            "bin/",
        ],
    ),
    (
        "csv",
        &[
            "inputs/csv.rs",
            "inputs/table/row.rs",
            "text/table.rs",
            SAME_NAMES,
        ],
    ),
    // In tests alone.
    ("contour", &["isochrone/exhaustive_tests.rs"]),
    ("shapefile", &["inputs/shapefile.rs", SAME_NAMES]),
    ("calamine", &["inputs/excel/", "inputs/merged.rs"]),
    (
        "zip",
        &[
            "inputs/excel/xlsx.rs",
            "inputs/package.rs",
            "inputs/elevation/mod.rs",
        ],
    ),
    (
        "tiff",
        &["inputs/elevation/geotiff.rs", "district/heights.rs"],
    ),
    ("quick_xml", &["inputs/package.rs"]),
    ("cfb", &["inputs/excel/xls.rs"]),
    ("encoding_rs", &["inputs/text.rs", "inputs/text_reader"]),
    ("chardetng", &["inputs/text.rs"]),
    ("sha2", &["inputs/stream.rs", "report/page/escape.rs"]),
    ("rand_pcg", &["district/chance.rs"]),
    ("opening_hours", &["hours/opening.rs"]),
    ("opening_hours_syntax", &["hours/opening.rs"]),
    ("chrono", &["hours/opening.rs"]),
    ("rusqlite", &["report/layers/gpkg"]),
    ("flatgeobuf", &["report/layers/fgb.rs"]),
    ("tempfile", &["report/temporary.rs"]),
    ("rust_xlsxwriter", &["report/workbook/writer.rs"]),
    ("fs4", &["report/lock.rs"]),
    // The types that a prepared network's columns hold say so beside their definition.
    (
        "bytemuck",
        &["network/column.rs", "network/packed.rs", "geometry.rs"],
    ),
    ("crc32fast", &["network/prepared/container.rs"]),
    ("unicode_width", &["report/columns.rs"]),
    (
        "strsim",
        &[
            "planning/register/matching.rs",
            "inputs/osm/near.rs",
            "scenario/near.rs",
        ],
    ),
    (
        "toml",
        &[
            "inputs/profile.rs",
            "planning/standards/",
            "planning/cures/read.rs",
            "planning/lifts/read.rs",
            "scenario/read/",
            "bin/",
        ],
    ),
    ("clap", &["bin/"]),
    ("indicatif", &["bin/"]),
    ("anyhow", &["bin/"]),
    ("signal_hook", &["bin/"]),
];

/// Relative, as cargo runs tests in the project's folder.
fn source_root() -> PathBuf {
    PathBuf::from("src")
}

fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("src is readable");
    for entry in entries {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Path below src, and the code without comments, doc examples and tests.
fn sources() -> Vec<(String, String)> {
    let root = source_root();
    let mut files = Vec::new();
    source_files(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| !path.to_string_lossy().ends_with("_tests.rs"))
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            let text = fs::read_to_string(&path).expect("a source file");
            let production = text
                .split("\n#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            let code: Vec<&str> = production
                .lines()
                .map(|line| line.split("//").next().unwrap_or_default())
                .collect();
            (name, code.join("\n"))
        })
        .collect()
}

fn room_of(file: &str) -> &str {
    file.split('/')
        .next()
        .unwrap_or(file)
        .trim_end_matches(".rs")
}

fn layer_of(room: &str) -> u8 {
    let found = LAYERS.iter().find(|(name, _)| *name == room);
    found
        .unwrap_or_else(|| panic!("src/{room} has no layer: add it here and to the crate docs"))
        .1
}

/// The words that follow each occurrence of `prefix` in the code, groups in braces included.
fn words_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "_$:".contains(c)) {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let word = |text: &str| -> String {
            text.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        };
        match rest.strip_prefix('{') {
            Some(group) => {
                words.extend(
                    top_level_items(group)
                        .iter()
                        .map(|item| word(item))
                        .filter(|w| !w.is_empty()),
                );
            }
            None => {
                words.insert(word(rest));
            }
        }
    }
    words
}

/// The comma-separated items of a brace group, up to its closing brace.
fn top_level_items(group: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(item) = items.last_mut() {
            item.push(c);
        }
    }
    items
}

/// The arrows from room to room.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in sources() {
        let room = room_of(&file);
        if room == "bin" || room == "lib" {
            continue;
        }
        for word in words_after(&code, "crate::") {
            // A name that lib.rs re-exports lives in the front door.
            let is_room = word.chars().next().is_some_and(char::is_lowercase);
            let to = if is_room { word } else { "lib".to_owned() };
            if to != room {
                arrows.entry(room.to_owned()).or_default().insert(to);
            }
        }
    }
    arrows
}

#[test]
fn no_room_knows_a_room_above_it() {
    for (from, rooms) in arrows() {
        for to in rooms {
            assert!(
                layer_of(&to) <= layer_of(&from),
                "src/{from} uses src/{to}, which is above it"
            );
        }
    }
}

#[test]
fn rooms_form_no_cycle() {
    let arrows = arrows();
    for start in arrows.keys() {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = arrows[start].iter().collect();
        while let Some(room) = next.pop() {
            assert_ne!(room, start, "a cycle of rooms runs through src/{start}");
            if seen.insert(room) {
                next.extend(arrows.get(room).into_iter().flatten());
            }
        }
    }
}

#[test]
fn every_dependency_stays_in_its_room() {
    for (file, code) in sources() {
        for (dependency, rooms) in DEPENDENCIES {
            let names = !words_after(&code, &format!("{dependency}::")).is_empty();
            let allowed = rooms.iter().any(|room| file.starts_with(room));
            assert!(
                !names || allowed,
                "src/{file} uses {dependency}, whose room is {rooms:?}"
            );
        }
    }
}

/// WebAssembly in a browser has no clock, and asking for the time ends the program there: the caller's clock is asked.
#[test]
fn only_the_control_asks_what_time_it_is() {
    for (file, code) in sources() {
        let may_ask = room_of(&file) == "bin" || file == "control.rs";
        for asked in ["Instant::now", "SystemTime::now", "UNIX_EPOCH"] {
            assert!(
                may_ask || !code.contains(asked),
                "src/{file} calls {asked}: measure with Control::stopwatch"
            );
        }
    }
}

/// The public types that deserialise, as they are in `src`. Each is damaged in `api::stored`, by itself or as a part; results
/// that nobody reads back do not deserialise.
const DESERIALISED: &[&str] = &[
    "Access",
    "Area",
    "Attribute",
    "By",
    "CatchmentSums",
    "Compound",
    "Compounds",
    "Coverage",
    "Crossing",
    "Cutoff",
    "Denominator",
    "DistrictOptions",
    "Dwelling",
    "Fault",
    "Ferry",
    "FindingCode",
    "Flow",
    "GapOptions",
    "GapReason",
    "Gate",
    "HomeRecords",
    "Language",
    "Lift",
    "Location",
    "Measure",
    "NearestStation",
    "ObstacleKind",
    "Options",
    "Pace",
    "ParsePeopleError",
    "Passage",
    "People",
    "Profile",
    "Resident",
    "Severity",
    "Size",
    "Slope",
    "SlopeFactor",
    "SlopeRule",
    "Smoothness",
    "SnapOptions",
    "Stage",
    "Station",
    "StationCoverage",
    "StationStatus",
    "Status",
    "Steep",
    "StraightCircle",
    "Streets",
    "Structure",
    "Tally",
    "Tests",
    "Tier",
    "Timings",
    "TravelTimes",
    "Trip",
    "Unit",
    "Way",
    "WayKind",
    "Wheels",
    "Words",
];

#[test]
fn what_deserialises_is_known_here_and_damaged_there() {
    let mut found = BTreeSet::new();
    for (file, code) in sources() {
        let is_command = room_of(&file) == "bin";
        for (at, _) in code
            .match_indices("serde::Deserialize)")
            .filter(|_| !is_command)
        {
            let item = code[at..].lines().find_map(|line| {
                let line = line.trim_start();
                let public = ["pub struct ", "pub enum "].iter();
                let mut named = public.filter_map(|word| line.strip_prefix(word));
                let private = line.starts_with("struct ") || line.starts_with("pub(");
                named.next().or(private.then_some(""))
            });
            let name = item.unwrap_or_default();
            let name = name.split(|c: char| !c.is_alphanumeric()).next();
            found.extend(name.filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    let known: BTreeSet<String> = DESERIALISED.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(found, known);
}

#[test]
fn the_command_uses_only_the_public_interface() {
    for (file, code) in sources() {
        if room_of(&file) == "bin" {
            assert!(
                !code.contains("#[path"),
                "src/{file} reaches around the library"
            );
        }
    }
}

#[test]
fn the_reader_of_this_test_sees_what_it_should() {
    let code =
        "use crate::model::{A, B};\nuse crate::{units::X, id::{Y, Z}};\nlet x = crate::snap::f();";
    let words: Vec<String> = words_after(code, "crate::").into_iter().collect();
    assert_eq!(words, ["id", "model", "snap", "units"]);
}

/// Flags are the command's: the library names options by their keys, between marks.
#[test]
fn no_text_of_the_library_names_a_flag() {
    for (file, code) in sources() {
        if file.starts_with("bin/") || file == "text/options.rs" {
            continue;
        }
        for (at, _) in code.match_indices("--") {
            let before: String = code[..at].chars().rev().take(4).collect();
            // Variables of style sheets: `var(--ink)`, `{--u:…}`.
            let is_style = before.starts_with("(rav") || before.starts_with('{');
            let next = code[at + 2..].chars().next();
            let is_flag = next.is_some_and(char::is_alphabetic);
            assert!(is_style || !is_flag, "src/{file}: {}", &code[at..at + 20]);
        }
    }
}

/// Words of a dialect of our own that gave way to those of the field, and in which rooms; the crate's documentation has a glossary.
const RETIRED: &[(&str, &[&str])] = &[
    ("Bench", &["search/", "isochrone/"]),
    ("Ready", &["search/"]),
    ("Homes", &["search/"]),
    ("Drawn", &["search/", "inputs/"]),
    ("Door", &["search/", "snap/"]),
    ("Doors", &["search/", "snap/"]),
    ("Canvas", &[""]),
    ("Pen", &["isochrone/", "city/"]),
    ("Sheet", &["isochrone/"]),
    ("Sheets", &["isochrone/"]),
    ("Cohort", &[""]),
    ("CohortPlan", &[""]),
    ("CohortCoverage", &[""]),
    ("Asked", &["study/", "inputs/"]),
    ("Wanted", &[""]),
    ("Done", &["study/"]),
];

#[test]
fn no_room_names_a_type_with_a_word_that_was_retired() {
    for (file, code) in sources() {
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        for word in code.split(|letter| !is_name(letter)) {
            let retired = RETIRED.iter().find(|(retired, rooms)| {
                *retired == word && rooms.iter().any(|room| file.starts_with(room))
            });
            assert!(retired.is_none(), "src/{file}: {word}");
        }
    }
}
