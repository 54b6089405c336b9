//! Hostile files: each case a small file that broke a tool somewhere, or could, with what must come of it here: an error of
//! one kind that names the place, or an answer with every oddity counted. Most come from public issues, which stand in
//! their names (`OSM-binary#94`).
//!
//! What breaks tools and is no input file is tested where it belongs:
//!
//! | met at | here |
//! |--|--|
//! | OSRM#5834, planwise#12, openrouteservice#1533: snapping to islands and unusable ways | `api::golden`, `oracle` |
//! | openrouteservice#2250: some sets of cutoffs fail | `property::invariants` (one search for all cutoffs) |
//! | LightGraphs.jl#499, pgrouting#78 and #1647, graphhopper#1583: loops, parallel edges, no length | `property::exhaustive` |
//! | rayon#663: sums that depend on threads | `cli::outputs` (the same bytes), `property::invariants` |
//! | osmborder#17, gdal#3427: full disks, half an output | `api::contract`, `cli::outputs` |
//! | qcs-sdk-rust#283: Ctrl-C that is not heard | `cli::outputs` |
//! | tableExport#230: formulas in tables written | `cli::bad_input` |
//!
//! The same bytes are seeds for the fuzz targets, and what fuzzing ever found is replayed from `found/`: see
//! CONTRIBUTING.md.

#![allow(
    clippy::too_many_lines,
    reason = "lists of cases, a line or a few for each"
)]

pub(crate) mod drive;
mod geojson;
mod pbf;
mod prepared;
mod profiles;
mod shapefiles;
mod sheets;
mod tables;

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;

use pedshed::control::Control;
use pedshed::inputs::{Inputs, LayerSource, LayerSpec, Mending, Request, Source, read_profile};
use pedshed::model::{Findings, WayKind};
use pedshed::{Error, Options, analyse};

#[cfg(target_os = "linux")]
use crate::support::command::Folder;
use crate::support::command::{RESIDENTS, STATIONS, STREETS};

/// What a file stands for in a study whose other files are sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Network,
    Residents,
    Areas,
    Profile,
}

/// A hostile file and what must come of it.
#[derive(Debug)]
struct Case {
    /// What it is, and where it was met.
    name: String,
    role: Role,
    /// How the file's name ends.
    ending: &'static str,
    bytes: Vec<u8>,
    /// The files beside it: how their names end, and their bytes.
    companions: Vec<(&'static str, Vec<u8>)>,
    expected: Expected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// The kind of error, and words of its message.
    Refused(&'static str, &'static str),
    /// What comes out, and the findings with their counts, in alphabetical order.
    Read(&'static str, &'static str),
}

use Expected::{Read, Refused};

impl Case {
    fn new(
        name: impl Into<String>,
        (role, ending): (Role, &'static str),
        bytes: impl Into<Vec<u8>>,
        expected: Expected,
    ) -> Self {
        Self {
            name: name.into(),
            role,
            ending,
            bytes: bytes.into(),
            companions: Vec::new(),
            expected,
        }
    }

    fn with(mut self, ending: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.companions.push((ending, bytes.into()));
        self
    }

    fn source(&self) -> Source {
        let name = |ending: &str| format!("hostile.{ending}");
        let main = Source::from_bytes(name(self.ending), self.bytes.clone());
        self.companions
            .iter()
            .fold(main, |source, (ending, bytes)| {
                source.with_companion(Source::from_bytes(name(ending), bytes.clone()))
            })
    }

    /// What came of it, in the words of what is expected.
    fn outcome(&self) -> Result<(String, String), (String, String)> {
        if self.role == Role::Profile {
            return profile(&self.source());
        }
        let file = |source| LayerSpec::new(LayerSource::File(source));
        let town = |name: &str, text: &str| Source::from_bytes(name, text.as_bytes().to_vec());
        let mut request = Request {
            stations: vec![file(town("stations.csv", STATIONS))],
            residents: vec![file(town("residents.csv", RESIDENTS))],
            ..Request::new(town("streets.geojson", STREETS))
        };
        match self.role {
            Role::Network => request.network.source = self.source(),
            Role::Residents => request.residents = vec![file(self.source())],
            Role::Areas => request.areas = Some(file(self.source())),
            Role::Profile => {}
        }
        // As `check` looks at lines.
        request.mending = Mending {
            look: true,
            ..Mending::default()
        };
        let inputs = Inputs::read(&request).map_err(|error| refusal(&error.into()))?;
        let options = Options::minutes(&[15.0]).expect("a cutoff");
        let analysis = analyse(&inputs.network, inputs.city(), options, Control::default());
        let analysis = analysis.map_err(|error| refusal(&error))?;
        let statuses = analysis.coverage.statuses().iter();
        let out = match self.role {
            Role::Areas => inputs
                .areas
                .iter()
                .map(|area| format!("{}={}", area.id, area.name))
                .collect::<Vec<_>>()
                .join(" "),
            _ => statuses
                .map(|status| status.name())
                .collect::<Vec<_>>()
                .join(" "),
        };
        Ok((out, counts(&inputs.findings)))
    }
}

fn profile(source: &Source) -> Result<(String, String), (String, String)> {
    let profile = read_profile(source).map_err(|error| refusal(&error.into()))?;
    let steps = profile.seconds_per_metre(WayKind::Steps).is_some();
    let out = format!(
        "{} {} km/h, steps {steps}",
        profile.name(),
        profile.level_kmh()
    );
    Ok((out, String::new()))
}

/// An error's kind, and its message with all causes.
fn refusal(error: &Error) -> (String, String) {
    let kind = match error {
        Error::Input(error) => format!("{error:?}"),
        Error::Network(error) => format!("{error:?}"),
        error => format!("{error:?}"),
    };
    let kind = kind.split([' ', '(', '{']).next().unwrap_or_default();
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    (kind.to_owned(), message)
}

fn counts(findings: &Findings) -> String {
    let found = findings.worst_first();
    let found: BTreeSet<String> = found
        .iter()
        .map(|finding| format!("{} {}", finding.code.name(), finding.count))
        .collect();
    found.into_iter().collect::<Vec<_>>().join(", ")
}

fn corpus() -> Vec<Case> {
    [
        pbf::cases(),
        geojson::cases(),
        tables::cases(),
        shapefiles::cases(),
        sheets::cases(),
        profiles::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The findings but for that of a layer without a column of people: hardly a file of the corpus has one.
fn without_population(findings: &str) -> String {
    let others = findings
        .split(", ")
        .filter(|finding| *finding != "no_population 1");
    others.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_hostile_file_is_refused_by_name_or_read_with_its_oddities_counted() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    for case in &corpus {
        let Ok(outcome) = catch_unwind(|| case.outcome()) else {
            wrong.push(format!("{}: panicked", case.name));
            continue;
        };
        let is_right = match (&outcome, case.expected) {
            (Ok((out, findings)), Read(wanted, counted)) => {
                out == wanted && without_population(findings) == *counted
            }
            (Err((kind, message)), Refused(wanted, words)) => {
                kind == wanted && message.contains(words)
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!(
                "{}\n    {outcome:?}\n    {:?}",
                case.name, case.expected
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} came out otherwise:\n{}",
        wrong.len(),
        corpus.len(),
        wrong.join("\n")
    );
}

/// The command itself needs less than 40 MiB of address space; the rest is what an input may cost beyond its size.
#[cfg(target_os = "linux")]
const MOST_MEBIBYTES: u32 = 40 + 64;

#[cfg(target_os = "linux")]
#[test]
fn what_is_refused_is_refused_with_code_1_and_within_64_mb_beyond_the_input() {
    let mut wrong = Vec::new();
    let is_refused = |case: &Case| matches!(case.expected, Refused(..));
    for case in corpus().into_iter().filter(is_refused) {
        let folder = Folder::town();
        let file = format!("hostile.{}", case.ending);
        folder.write(&file, &case.bytes);
        for (ending, bytes) in &case.companions {
            folder.write(&format!("hostile.{ending}"), bytes);
        }
        let (mut network, mut residents) = ("streets.geojson", "residents.csv");
        let mut more = Vec::new();
        match case.role {
            Role::Network => network = &file,
            Role::Residents => residents = &file,
            Role::Areas => more = vec!["--areas", &file],
            Role::Profile => more = vec!["--profile", &file],
        }
        let mut arguments = vec!["check", "--quiet", "--threads=1"];
        arguments.extend(["--network", network, "--residents", residents]);
        arguments.extend(["--stations", "stations.csv"]);
        arguments.extend(more);
        let ran = folder.run_within(MOST_MEBIBYTES, 5, &arguments);
        if ran.code != Some(1) {
            wrong.push(format!("{}: {:?} {}", case.name, ran.code, ran.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_large_and_its_files_are_small_and_differ() {
    let corpus = corpus();
    assert!(corpus.len() >= 200, "{}", corpus.len());
    let names: BTreeSet<&str> = corpus.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), corpus.len(), "a name stands twice");
    for case in &corpus {
        assert!(case.bytes.len() <= 300_000, "{} is large", case.name);
    }
}

#[test]
fn what_fuzzing_found_stays_mended() {
    let folder = Path::new("tests/hostile/found");
    for target in drive::TARGETS {
        let Ok(files) = folder.join(target.0).read_dir() else {
            continue;
        };
        for file in files {
            let path = file.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a file that was found");
            let ran = catch_unwind(|| target.1(&bytes));
            assert!(ran.is_ok(), "{}", path.display());
        }
    }
}

/// Writes the corpus to `fuzz/corpus/TARGET/`, where cargo-fuzz takes its seeds from.
#[test]
#[ignore = "writes files: cargo test --test integration -- --ignored fuzz_seeds"]
fn fuzz_seeds() {
    for (case, number) in corpus().iter().zip(1..) {
        let target = match (case.role, case.ending) {
            (Role::Profile, _) => "config",
            (_, "osm.pbf") => "pbf",
            (_, "geojson" | "json" | "geojsonl") => "geojson",
            (_, "csv" | "txt" | "tsv") => "csv",
            (_, "shp") => "shapefile",
            _ => "excel",
        };
        let bytes = match target {
            "shapefile" => drive::shapefile_seed(&case.bytes, &case.companions),
            _ => case.bytes.clone(),
        };
        let folder = Path::new("fuzz/corpus").join(target);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("case-{number}")), bytes).expect("a seed");
        // Every network that can be read is one that can be prepared.
        if case.role == Role::Network
            && let Some(bytes) = prepared::prepared(case.source())
        {
            let folder = Path::new("fuzz/corpus/prepared");
            std::fs::create_dir_all(folder).expect("a folder");
            std::fs::write(folder.join(format!("case-{number}")), bytes).expect("a seed");
        }
    }
}
