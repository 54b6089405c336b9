//! Promises of the interface: types that travel, errors that speak, writers that fail loudly, data that comes back.

use std::fs::OpenOptions;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use pedshed::control::{Cancelled, Control, Timings};
use pedshed::coverage::{Coverage, LiveCoverage, Reason, TestsError};
use pedshed::crs::Crs;
use pedshed::inputs::{InputError, Request, Source, read_network};
use pedshed::language::{Language, Words};
use pedshed::model::{CityRecords, Fault, FindingCode, Resident, Station};
use pedshed::network::{Impedance, Network, NetworkError};
use pedshed::report::{OutputDirectory, Report, Table};
use pedshed::search::TravelTimes;
use pedshed::snap::{Snapped, Snapper};
use pedshed::units::Cutoff;
use pedshed::walker::{Placed, Walker};
use pedshed::{Analysis, CityTimes, Error, Options, analyse};

use crate::support::liechtenstein;

#[test]
fn public_types_travel_between_threads() {
    fn travels<T: Send + Sync>() {}
    travels::<Network>();
    travels::<Impedance>();
    travels::<Snapped>();
    travels::<Snapper<'_>>();
    travels::<TravelTimes>();
    travels::<Coverage>();
    travels::<LiveCoverage>();
    travels::<Analysis>();
    travels::<pedshed::City>();
    travels::<CityTimes>();
    travels::<Placed>();
    travels::<Walker>();
    travels::<Source>();
    travels::<Error>();
    travels::<OutputDirectory>();
}

#[test]
fn every_error_says_something_and_no_finding_is_mute() {
    let file = || "f".to_owned();
    let errors: Vec<Box<dyn std::error::Error>> = vec![
        Box::new(InputError::Read {
            file: file(),
            reason: io::Error::other("gone"),
        }),
        Box::new(InputError::Empty {
            layer: None,
            file: file(),
            wanted: Words::new("lines", "线"),
        }),
        Box::new(InputError::Format {
            file: file(),
            wanted: Words::new("a .csv", " .csv"),
        }),
        Box::new(InputError::Malformed {
            file: file(),
            place: Words::new("line 1", "第 1 行"),
            reason: Words::new("bad", "有误"),
        }),
        Box::new(InputError::Selector {
            text: "osm:".into(),
        }),
        Box::new(InputError::Swapped {
            layer: Words::new("stations", "服务站点"),
            source_name: file(),
        }),
        Box::new(InputError::TooLarge {
            file: file(),
            count: 1,
            what: Words::new("vertices", "折点"),
        }),
        Box::new(NetworkError::Empty),
        Box::new(NetworkError::UnknownNode {
            index: 1,
            node: 2,
            nodes: 1,
        }),
        Box::new(TestsError::None),
        Box::new(TestsError::NoMetres),
        Box::new(Cancelled),
        Box::new(Cutoff::minutes(-1.0).expect_err("negative")),
        Box::new(Fault::NoCoordinate),
        Box::new(Fault::OffTheEarth {
            lon: 200.0,
            lat: 0.0,
        }),
        Box::new(Crs::parse("EPSG:1").converter().expect_err("no system")),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.len() > 3, "{error:?}");
        // A message never repeats its source: who prints the chain prints both.
        if let Some(source) = error.source() {
            assert!(!text.contains(&source.to_string()), "{text}");
        }
    }
    for code in FindingCode::ALL {
        assert!(
            [
                code.title(Language::En),
                code.effect(Language::En),
                code.cure(Language::En)
            ]
            .iter()
            .all(|words| !words.is_empty()),
            "{code:?}"
        );
        let is_snake_case = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(code.name().chars().all(is_snake_case), "{code:?}");
    }
    assert!(!Reason::NoPath.to_string().is_empty());
}

/// Some points in Liechtenstein, analysed.
fn with_analysis(test: impl FnOnce(CityRecords<'_>, &Analysis)) {
    let source = Source::open(&liechtenstein()).expect("the data");
    let read = read_network(&Request::new(source)).expect("streets");
    let stations: Vec<Station> = (0..20)
        .map(|i| Station::new(format!("s{i}"), 9.50 + f64::from(i) * 0.002, 47.15))
        .collect();
    let residents: Vec<Resident> = (0..3000)
        .map(|i| Resident::new(format!("r{i}"), 9.48 + f64::from(i) * 0.00003, 47.16))
        .collect();
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let options = Options::minutes(&[5.0, 15.0]).expect("cutoffs");
    let analysis = analyse(&read.network, city, options, Control::default()).expect("streets");
    test(city, &analysis);
}

fn each_exporter(
    report: &Report<'_>,
    mut write: impl FnMut(&dyn Fn(&mut dyn io::Write) -> io::Result<()>),
) {
    for table in [
        Table::Residents,
        Table::Stations,
        Table::TravelTimes,
        Table::Areas,
    ] {
        write(&|writer| report.write_table(table, writer));
    }
    write(&|writer| report.write_summary(writer, Duration::ZERO));
}

/// Takes some bytes, then fails.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other("full"));
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn exporters_report_a_writer_that_fails_part_way() {
    with_analysis(|city, analysis| {
        let report = analysis.report(city, &analysis.findings, Duration::ZERO);
        each_exporter(&report, |write| {
            let mut whole = Vec::new();
            write(&mut whole).expect("memory takes all");
            for room in [0, 1, whole.len() / 2, whole.len() - 1] {
                assert!(
                    write(&mut Full(room)).is_err(),
                    "{room} of {} bytes",
                    whole.len()
                );
            }
            assert!(write(&mut Full(whole.len())).is_ok());
        });
    });
}

#[cfg(target_os = "linux")]
#[test]
fn exporters_report_a_full_device() {
    with_analysis(|city, analysis| {
        let report = analysis.report(city, &analysis.findings, Duration::ZERO);
        each_exporter(&report, |write| {
            let mut full = OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .expect("/dev/full");
            assert!(write(&mut full).is_err());
        });
    });
}

#[test]
fn timings_are_by_the_callers_clock() {
    let ticks = AtomicU64::new(0);
    let clock = || Duration::from_secs(ticks.fetch_add(1, Ordering::Relaxed));
    with_analysis(|city, analysis| {
        let control = Control::default().with_clock(&clock);
        let options = analysis.options.clone();
        let timed = analyse(analysis.network(), city, options, control).expect("streets");
        // It is asked once at the end of each step, and once more before the search.
        let second = Duration::from_secs(1);
        let Timings {
            network,
            snap,
            search,
            coverage,
            ..
        } = timed.timings;
        assert_eq!([network, snap, search, coverage], [second; 4]);
    });
}

#[test]
fn results_are_data_that_comes_back() {
    with_analysis(|_, analysis| {
        let text = serde_json::to_string(&analysis.coverage).expect("serialises");
        let back: Coverage = serde_json::from_str(&text).expect("comes back");
        assert_eq!(back, analysis.coverage);
        let text = serde_json::to_string(&analysis.times).expect("serialises");
        let back: TravelTimes = serde_json::from_str(&text).expect("comes back");
        assert_eq!(back, analysis.times);
    });
}
