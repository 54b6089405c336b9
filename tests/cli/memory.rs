//! `--max-memory`, and what is said of memory.

use crate::support::command::Folder;
use crate::support::liechtenstein;

#[test]
fn a_run_that_will_not_fit_is_refused_before_it_begins() {
    let folder = Folder::town();
    let ran = folder.coverage(&["--max-memory", "1MB"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("--max-memory allows 1 MB"), "{ran:?}");
    assert!(ran.stderr.contains("use a smaller extract"), "{ran:?}");
    assert!(!folder.join("out").exists(), "nothing is written");
    let zh = folder.coverage(&["--max-memory", "1MB", "--lang", "zh"]);
    assert!(zh.stderr.contains("请调大上限"), "{zh:?}");
    let fits = folder.coverage(&["--max-memory", "8GB"]);
    assert_eq!((fits.code, fits.stderr.as_str()), (Some(0), ""));
}

#[test]
fn files_above_the_limit_are_not_even_read() {
    let folder = Folder::town();
    // A network of 300 MB that is no network: reading it would say so.
    let file = std::fs::File::create(folder.join("streets.geojson")).expect("a file");
    file.set_len(300_000_000).expect("room for a hole");
    let ran = folder.coverage(&["--max-memory", "200MB"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("--max-memory allows 200 MB"), "{ran:?}");
}

#[test]
fn a_map_and_a_prepared_network_are_refused_by_what_they_hold() {
    let folder = Folder::town();
    let map = liechtenstein();
    let map = map.to_str().expect("a path in UTF-8");
    let built = folder.run(&["network", "build", map, "-o", "city.pedshed", "--quiet"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    for network in [map, "city.pedshed"] {
        let ran = |limit: &str| {
            folder.run(&[
                "isochrone",
                "--network",
                network,
                "--stations",
                "stations.csv",
                "--out",
                "out",
                "--quiet",
                "--max-memory",
                limit,
            ])
        };
        let refused = ran("17MB");
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(
            refused.stderr.contains("--max-memory allows 17 MB"),
            "{refused:?}"
        );
        assert_eq!(ran("1GB").code, Some(0));
    }
}

#[test]
fn a_size_that_is_none_is_wrong_usage() {
    let folder = Folder::town();
    let ran = folder.coverage(&["--max-memory", "lots"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("such as 500MB or 8GB"), "{ran:?}");
    let study = "network = \"streets.geojson\"\nstations = \"stations.csv\"\nresidents = \"residents.csv\"\nout = \"out\"\nmax_memory = \"2MB\"\n";
    folder.write("study.toml", study);
    let ran = folder.run(&["run", "study.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("--max-memory allows 2 MB"), "{ran:?}");
}

#[test]
fn check_and_network_info_say_what_a_run_takes() {
    let folder = Folder::town();
    let inputs = ["--network", "streets.geojson"];
    let info = folder.run(&[&["network", "info"], &inputs[..]].concat());
    assert!(
        info.stdout.contains("memory: a coverage run takes about "),
        "{info:?}"
    );
    let layers = ["--stations", "stations.csv", "--residents", "residents.csv"];
    let check = folder.run(&[&["check"], &inputs[..], &layers[..]].concat());
    assert!(
        check.stdout.contains("at most for a coverage run"),
        "{check:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_finds_no_memory_fails_and_leaves_nothing() {
    let folder = Folder::town();
    let rows = (0..600_000).map(|row| format!("r{row},9.505,47.10,2\n"));
    let header = "id,lon,lat,population\n".to_owned();
    let lines: Vec<String> = std::iter::once(header).chain(rows).collect();
    folder.write("many.csv", lines.concat());
    let mut arguments = vec!["coverage", "--network", "streets.geojson", "--quiet"];
    arguments.extend(["--stations", "stations.csv", "--residents", "many.csv"]);
    arguments.extend(["--out", "out", "--threads", "1"]);
    // The program and its threads find room; the records take some 270 MB more.
    let ran = folder.run_within(130, 60, &arguments);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("memory allocation"), "{ran:?}");
    assert!(!folder.join("out/run.json").exists());
    let refused = folder.run(&[&arguments[..], &["--max-memory", "50MB"]].concat());
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.stderr.contains("--max-memory allows 50 MB"),
        "{refused:?}"
    );
}
