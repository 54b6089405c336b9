//! A whole study through the library, as a front end of its own would run it.

use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::inputs::{LayerSpec, Request, Source};
use pedshed::language::InLanguage;
use pedshed::study::{
    AnswerTable, Exporter, OutputFormat, Question, QuestionContext, Study, StudyError, StudyResult,
    Unused,
};
use pedshed::units::Cutoff;
use pedshed::{MembershipRule, Options};
use serde_json::Value;

use crate::support::command::Folder;

#[allow(dead_code, reason = "its main function is for those who run it")]
#[path = "../../examples/study.rs"]
mod example;

/// The town of every folder: of 14.5 people two and 3.5 live within reach of the clinic.
fn town(folder: &Folder) -> Study {
    let layer = |name: &str| LayerSpec::open(&folder.join(name)).expect("a layer");
    let layers = Request {
        stations: vec![layer("stations.csv")],
        residents: vec![layer("residents.csv")],
        ..Request::new(Source::open(&folder.join("streets.geojson")).expect("streets"))
    };
    let options = Options::minutes(&[45.0]).expect("a cutoff");
    Study::new(layers, options)
}

/// A JSON file without what tells how long a run took.
fn timeless(path: &std::path::Path) -> Value {
    let text = fs::read_to_string(path).expect("a file");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    let object = value.as_object_mut().expect("an object");
    object.remove("timings_ms");
    if let Some(hashes) = object.get_mut("outputs_sha256") {
        hashes["summary.json"] = Value::Null;
    }
    value
}

#[test]
fn the_example_writes_what_the_demo_writes_but_for_the_times_that_it_took() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    example::write(&folder.join("own")).expect("it runs");
    let ours = folder.list("own");
    assert_eq!(ours, folder.list("demo-output"));
    for name in ours {
        let [own, demo] = ["own", "demo-output"].map(|to| folder.join(&format!("{to}/{name}")));
        let is_json = own.extension().is_some_and(|ending| ending == "json");
        let is_same = if is_json {
            timeless(&own) == timeless(&demo)
        } else {
            fs::read(own).expect("a file") == fs::read(demo).expect("a file")
        };
        assert!(is_same, "{name}");
    }
}

/// People by status, one a line: an exporter that this crate does not know.
#[derive(Debug)]
struct Statuses;

impl Exporter for Statuses {
    fn file_name(&self) -> &'static str {
        "statuses.txt"
    }

    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        for status in Status::ALL {
            let people = result.analysis.coverage.with_status(status).people;
            writeln!(writer, "{} {people}", status.name())?;
        }
        Ok(())
    }
}

/// A page of one's own, drawn from nothing but the result.
#[derive(Debug)]
struct OwnPage;

impl Exporter for OwnPage {
    fn file_name(&self) -> &'static str {
        "own.html"
    }

    fn is_there(&self, result: &StudyResult<'_>) -> bool {
        !result.isochrones.is_empty()
    }

    fn write(&self, result: &StudyResult<'_>, writer: &mut dyn Write) -> io::Result<()> {
        let ground = &result.isochrones[0].merged[0].0[0];
        let corners = ground.exterior().coords();
        let corners: Vec<String> = corners.map(|at| format!("{},{}", at.x, -at.y)).collect();
        let share = result.analysis.coverage.share();
        let corners = corners.join(" ");
        write!(
            writer,
            "<h1>{share:.3}</h1><svg><polygon points='{corners}'/></svg>"
        )
    }
}

/// Who lives how many minutes away, counted by tens of minutes: a question that this crate does not know.
#[derive(Debug)]
struct Decades;

impl Question for Decades {
    fn ask(&self, asked: QuestionContext<'_>) -> Result<Vec<AnswerTable>, pedshed::Error> {
        let mut people = [0.0; 5];
        let nearest = asked.analysis.coverage.nearest();
        for (resident, nearest) in asked.inputs.residents.iter().zip(nearest) {
            let minutes = nearest.map(|nearest| nearest.cost as f64 / 60_000.0);
            if let Some(minutes) = minutes.filter(|minutes| *minutes < 50.0) {
                people[(minutes / 10.0) as usize] += resident.people.as_f64();
            }
        }
        let rows = people.iter().zip((0..).step_by(10));
        let rows = rows.map(|(people, from)| vec![from.to_string(), people.to_string()]);
        Ok(vec![AnswerTable {
            file_name: "decades.csv".to_owned(),
            header: ["from_minutes", "people"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }])
    }
}

#[test]
fn a_question_an_exporter_and_a_page_of_ones_own_are_written_with_the_others() {
    let folder = Folder::town();
    let mut study = town(&folder);
    study.questions.own = vec![Arc::new(Decades)];
    study.outputs.exporters = vec![Arc::new(Statuses), Arc::new(OwnPage)];
    let out = study.outputs.open(&folder.join("out")).expect("a folder");
    let result = study.run(Control::default()).expect("it runs");
    let written = result.write(out, Control::default()).expect("written");
    // At 4.8 km/h: near is 379 m away, 5 minutes; north 758 m of longitude and 1,056 m of latitude, 23 minutes; far 2,276 m,
    // 28 minutes; nobody else is on the network.
    assert_eq!(
        folder.read("out/decades.csv"),
        "from_minutes,people\n0,2\n10,0\n20,7.5\n30,0\n40,0\n"
    );
    assert_eq!(
        folder.read("out/statuses.txt"),
        "covered 9.5\nbeyond 0\nunreachable 0\noff_network 5\ninvalid 0\n"
    );
    let page = folder.read("out/own.html");
    assert!(page.starts_with("<h1>0.655</h1>"), "{page}");
    assert!(page.contains("9.5"), "{page}");
    for name in ["decades.csv", "statuses.txt", "own.html"] {
        assert!(written.iter().any(|file| file == name), "{name}");
    }
    let record: Value = serde_json::from_str(&folder.read("out/run.json")).expect("JSON");
    assert!(record["outputs_sha256"]["decades.csv"].is_string());
}

#[test]
fn without_drawings_what_shows_them_is_not_written() {
    let folder = Folder::town();
    let mut study = town(&folder);
    study.outputs.formats = vec![OutputFormat::Csv];
    study.outputs.exporters = vec![Arc::new(OwnPage)];
    let out = study.outputs.open(&folder.join("out")).expect("a folder");
    let result = study.run(Control::default()).expect("it runs");
    result.write(out, Control::default()).expect("written");
    let files = [
        "gaps.csv",
        "residents.csv",
        "run.json",
        "stations.csv",
        "summary.json",
    ];
    assert_eq!(folder.list("out"), files);
}

/// A file that another has the name of, one in another folder, and one that fails.
#[derive(Debug)]
struct Named(&'static str);

impl Exporter for Named {
    fn file_name(&self) -> &str {
        self.0
    }

    fn write(&self, _: &StudyResult<'_>, _: &mut dyn Write) -> io::Result<()> {
        Err(io::Error::other("no ink"))
    }
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing_of_the_set() {
    for name in ["mine.txt", "residents.csv", "../mine.txt"] {
        let folder = Folder::town();
        let mut study = town(&folder);
        study.outputs.exporters = vec![Arc::new(Named(name))];
        let out = study.outputs.open(&folder.join("out")).expect("a folder");
        let result = study.run(Control::default()).expect("it runs");
        let error = result.write(out, Control::default()).expect_err(name);
        assert!(matches!(error, StudyError::Failed(_)), "{error}");
        let left = folder.join("out");
        assert!(!left.exists() || folder.list("out").is_empty(), "{name}");
        assert!(!folder.join("mine.txt").exists());
    }
}

#[test]
fn a_file_that_no_study_writes_is_refused_by_its_name() {
    let folder = Folder::town();
    let study = town(&folder);
    let result = study.run(Control::default()).expect("it runs");
    let names = ["residents.csv", "residents.cvs"];
    let open = || {
        let out = study.outputs.open_for(&folder.join("out"), &names);
        out.expect("a folder")
    };
    let error = result.write_files(open(), &names).expect_err("refused");
    let is_it = matches!(&error, StudyError::NoSuchFile(name) if name == "residents.cvs");
    assert!(is_it, "{error}");
    for words in [error.to_string(), error.zh()] {
        assert!(words.contains("residents.cvs"), "{words}");
    }
    let left = folder.join("out");
    assert!(!left.exists() || folder.list("out").is_empty());
    let written = result.write_files(open(), &names[..1]).expect("written");
    assert_eq!(written, names[..1]);
    assert_eq!(folder.list("out"), names[..1]);
}

#[test]
fn what_nothing_that_is_asked_looks_at_is_refused_by_its_field() {
    let folder = Folder::town();
    let layer = || LayerSpec::open(&folder.join("stations.csv")).expect("a layer");
    let mut studies = vec![(town(&folder), Unused::EveryStation); 5];
    studies[0].0.layers.every_station = vec![layer()];
    studies[1] = (town(&folder), Unused::Allocate);
    studies[1].0.questions.allocate = true;
    studies[2] = (town(&folder), Unused::Land);
    studies[2].0.layers.land = Some(layer());
    studies[3] = (town(&folder), Unused::OwnMembership);
    studies[3].0.questions.plan.membership = MembershipRule::Own;
    studies[4] = (town(&folder), Unused::FloorAreas);
    studies[4].0.questions.plan.audit = Some(studies[4].0.questions.plan.audit_rules());
    for (study, unused) in studies {
        let error = study.run(Control::default()).expect_err("refused");
        let is_it = matches!(&error, StudyError::Unused(found) if *found == unused);
        assert!(is_it, "{error}");
        for words in [error.to_string(), error.zh()] {
            assert!(!words.contains("--"), "a flag is the command's: {words}");
        }
    }
}

#[test]
fn a_study_that_is_copied_is_asked_one_more_question() {
    let folder = Folder::town();
    let first = town(&folder);
    let mut second = first.clone();
    second.options.tests =
        pedshed::coverage::Tests::new([Cutoff::minutes(10.0).expect("ten")]).expect("a test");
    let share = |study: &Study| {
        let result = study.run(Control::default()).expect("it runs");
        result.analysis.coverage.share()
    };
    assert!((share(&first) - 9.5 / 14.5).abs() < 1e-12);
    assert!((share(&second) - 2.0 / 14.5).abs() < 1e-12);
}
