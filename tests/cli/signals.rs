//! A signal ends every verb wherever it is, and nothing half written stays.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::command::Folder;

/// The verb waits for a pipe that nobody writes to: no flag that it looks at would ever end it.
fn ends_while_it_reads(verb: &[&str], signal: &str) {
    let folder = Folder::town();
    let streets = folder.join("streets.geojson");
    fs::remove_file(&streets).expect("removed");
    let made = Command::new("mkfifo").arg(&streets).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let mut command = folder.command();
    command.args(verb);
    let child = command.stderr(Stdio::piped()).spawn().expect("it starts");
    // Opened when the command opens it too; then it has taken over its signals.
    let mut pipe = fs::OpenOptions::new();
    let pipe = pipe.write(true).open(&streets).expect("the pipe");
    let killed = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(killed.is_ok_and(|status| status.success()), "kill");
    let output = child.wait_with_output().expect("it ends");
    drop(pipe);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{verb:?}: {said}");
    assert!(said.contains("interrupted; nothing was written"), "{said}");
    let left = fs::read_dir(folder.path()).expect("the folder");
    let left = left.map(|entry| entry.expect("an entry").file_name());
    let mut left: Vec<String> = left.map(|name| name.to_string_lossy().into()).collect();
    left.retain(|name| name.contains("out") || name.contains("part"));
    assert!(left.is_empty(), "{verb:?} left {left:?}");
}

#[test]
fn every_verb_ends_while_it_waits_for_its_input() {
    let network = ["--network", "streets.geojson"];
    let stations = ["--stations", "stations.csv"];
    let residents = ["--residents", "residents.csv"];
    let out = ["--out", "out"];
    let layers = [network, stations, residents];
    for verb in [
        vec![
            "network",
            "build",
            "streets.geojson",
            "--out",
            "out.pedshed",
        ],
        [&["network", "info"][..], &network].concat(),
        [&["check"][..], &layers.concat()].concat(),
        [&["coverage"][..], &layers.concat(), &out].concat(),
        [&["gaps"][..], &layers.concat(), &out].concat(),
        [&["isochrone"][..], &network, &stations, &out].concat(),
    ] {
        for signal in ["-INT", "-TERM"] {
            ends_while_it_reads(&verb, signal);
        }
    }
}
