//! The command in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A temporary folder with inputs, in which the command runs.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

/// What the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }
}

/// A street of 2.2 km and one of 1.1 km that meet.
pub(crate) const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Main Street"},"geometry":{"type":"LineString","coordinates":[[9.50,47.10],[9.51,47.10],[9.53,47.10]]}},
{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[9.51,47.10],[9.51,47.11]]}}
]}"#;
pub(crate) const STATIONS: &str = "id,lon,lat\nclinic,9.50,47.10\n";
pub(crate) const RESIDENTS: &str = "id,lon,lat,population\nnear,9.505,47.10,2\nnorth,9.51,47.1095,3.5\nfar,9.53,47.10,4\nsea,8.0,47.10,5\n";

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A folder with a small town: `streets.geojson`, `stations.csv`, `residents.csv`.
    pub(crate) fn town() -> Self {
        let folder = Self::new();
        folder.write("streets.geojson", STREETS);
        folder.write("stations.csv", STATIONS);
        folder.write("residents.csv", RESIDENTS);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.join(name), content).expect("an input is written");
    }

    /// Writes into a folder inside it.
    pub(crate) fn write_in(&self, folder: &str, name: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.join(folder)).expect("a folder");
        self.write(&format!("{folder}/{name}"), content);
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pedshed"));
        command.current_dir(self.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command()
            .args(arguments)
            .output()
            .expect("the command starts")
            .into()
    }

    /// Runs with at most so many MiB of address space and seconds of processor time.
    #[cfg(target_os = "linux")]
    pub(crate) fn run_within(&self, mebibytes: u32, seconds: u32, arguments: &[&str]) -> Ran {
        let limits = format!("ulimit -v {}; ulimit -t {seconds}", mebibytes * 1024);
        Command::new("sh")
            .current_dir(self.path())
            .args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_pedshed"))
            .args(arguments)
            .output()
            .expect("a shell starts")
            .into()
    }

    /// `coverage` on the town's files, into `out`.
    pub(crate) fn coverage(&self, more: &[&str]) -> Ran {
        let mut arguments = vec![
            "coverage",
            "--network",
            "streets.geojson",
            "--stations",
            "stations.csv",
            "--residents",
            "residents.csv",
            "--out",
            "out",
            "--quiet",
        ];
        arguments.extend(more);
        self.run(&arguments)
    }

    /// A set's `run.json`, without the fingerprint of its `summary.json`, which holds how long each step took.
    pub(crate) fn record(&self, set: &str) -> serde_json::Value {
        let text = self.read(&format!("{set}/run.json"));
        let mut record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let fingerprints = record["outputs_sha256"].as_object_mut();
        let summary = fingerprints.and_then(|all| all.remove("summary.json"));
        assert!(summary.is_some(), "{record}");
        record
    }

    /// The files below a folder, sorted.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.join(name)).expect("a folder");
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }
}
