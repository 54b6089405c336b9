//! Files whose names are no UTF-8, as old systems leave them: they work for every layer, and are shown with the sign of replacement.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use crate::support::command::{Folder, Ran};

/// `café` in Latin-1, before an ending.
fn name(stem: &str, ending: &str) -> OsString {
    OsString::from_vec([stem.as_bytes(), b"caf\xe9", ending.as_bytes()].concat())
}

fn square(properties: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[9.49,47.09],[9.54,47.09],[9.54,47.12],[9.49,47.12],[9.49,47.09]]]}}}}]}}"#
    )
}

/// A town whose files all have such names; `None` where the file system takes none.
fn town() -> Option<Folder> {
    let folder = Folder::new();
    let write = |stem: &str, ending: &str, text: &str| {
        fs::write(folder.path().join(name(stem, ending)), text)
    };
    if write("n", ".geojson", crate::support::command::STREETS).is_err() {
        println!("skipped: this file system takes no such names");
        return None;
    }
    let stations = "id,lon,lat,tier\nclinic,9.50,47.10,community\n";
    let people = "id,lon,lat,population\nnear,9.505,47.10,2\n";
    for (stem, ending, text) in [
        ("s", ".csv", stations),
        ("r", ".csv", people),
        ("d", ".csv", people),
        ("k", ".csv", "code,name,population\n1,甲社区,2\n"),
        ("a", ".geojson", &square("\"name\":\"all\"")),
        ("l", ".geojson", &square("\"name\":\"land\"")),
        ("w", ".geojson", &square("\"id\":\"wall\"")),
        ("g", ".csv", "id,lon,lat\ngate,9.49,47.10\n"),
    ] {
        write(stem, ending, text).expect("a file as the first");
    }
    let standard = folder.run(&["standards", "shanghai-2016", "--toml"]).stdout;
    write("t", ".toml", &standard).expect("a file as the first");
    write("p", ".toml", "base = \"plain\"\n").expect("a file as the first");
    Some(folder)
}

/// Every layer by its flag, and the file of it.
fn layers() -> Vec<(&'static str, OsString)> {
    let demand = OsString::from_vec([b"more=".to_vec(), name("d", ".csv").into_vec()].concat());
    vec![
        ("--network", name("n", ".geojson")),
        ("--stations", name("s", ".csv")),
        ("--residents", name("r", ".csv")),
        ("--areas", name("a", ".geojson")),
        ("--compounds", name("w", ".geojson")),
        ("--gates", name("g", ".csv")),
        ("--all-stations", name("s", ".csv")),
        ("--communities", name("k", ".csv")),
        ("--land", name("l", ".geojson")),
        ("--demand", demand),
        ("--standard", name("t", ".toml")),
        ("--profile", name("p", ".toml")),
    ]
}

fn run(folder: &Folder, arguments: &[OsString]) -> Ran {
    let output = folder.command().args(arguments).output();
    output.expect("the command starts").into()
}

#[test]
fn every_layer_and_the_folder_of_results_may_have_a_name_that_is_no_utf_8() {
    let Some(folder) = town() else { return };
    let mut arguments: Vec<OsString> = vec!["coverage".into(), "--quiet".into()];
    for (flag, file) in layers() {
        arguments.extend([flag.into(), file]);
    }
    arguments.extend(["--out".into(), name("o", "")]);
    let ran = run(&folder, &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let out: PathBuf = folder.path().join(name("o", ""));
    let record = fs::read_to_string(out.join("run.json")).expect("a record");
    for stem in ["n", "s", "r", "a", "w", "g", "k", "l", "d", "t"] {
        let shown = format!("{stem}caf\u{fffd}");
        assert!(record.contains(&shown), "{shown}: {record}");
    }
    assert!(fs::read_to_string(out.join("residents.csv")).is_ok_and(|text| text.contains("near")));
}

#[test]
fn a_file_of_such_a_name_that_is_not_there_is_said_in_the_same_way_for_every_layer() {
    let Some(folder) = town() else { return };
    for (flag, _) in layers() {
        let mut arguments: Vec<OsString> = vec!["coverage".into(), "--quiet".into()];
        for (own, file) in layers() {
            let missing = [file.as_bytes(), b".x.csv"].concat();
            let file = if own == flag {
                OsStr::from_bytes(&missing).to_owned()
            } else {
                file
            };
            arguments.extend([own.into(), file]);
        }
        arguments.extend(["--out".into(), "none".into()]);
        let ran = run(&folder, &arguments);
        assert_eq!(ran.code, Some(1), "{flag}: {}", ran.stderr);
        assert!(ran.stderr.contains("caf\u{fffd}"), "{flag}: {}", ran.stderr);
    }
}

#[test]
fn a_study_file_of_such_a_name_in_a_folder_of_such_a_name_works() {
    let Some(folder) = town() else { return };
    let inner = folder.path().join(name("f", ""));
    fs::create_dir(&inner).expect("a folder");
    for (plain, file) in [("n.geojson", "n"), ("s.csv", "s"), ("r.csv", "r")] {
        let ending = plain.trim_start_matches(file);
        fs::copy(folder.path().join(name(file, ending)), inner.join(plain)).expect("a copy");
    }
    let study =
        "network = \"n.geojson\"\nstations = \"s.csv\"\nresidents = \"r.csv\"\nout = \"out\"\n";
    let path = inner.join(name("y", ".toml"));
    fs::write(&path, study).expect("a study file");
    let ran = run(&folder, &["run".into(), path.into_os_string()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(inner.join("out/residents.csv").is_file());
}
