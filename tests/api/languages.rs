//! Whatever the library says to people, it says in Chinese too.

use std::io;

use pedshed::control::{Cancelled, Stage};
use pedshed::coverage::{Reason, Status, TestsError};
#[cfg(not(feature = "proj"))]
use pedshed::crs::Crs;
use pedshed::crs::CrsError;
use pedshed::id::EdgeId;
use pedshed::inputs::{CutReason, InputError, InputsError, TextEncoding};
use pedshed::language::{InLanguage, Language, Words};
use pedshed::message_in;
use pedshed::model::{Fault, FindingCode, Pace, Profile, Severity};
use pedshed::network::NetworkError;
use pedshed::planning::standards::Standard;
use pedshed::report::ReportError;
use pedshed::text::OptionNames;
use pedshed::units::{Cutoff, ParsePeopleError, People};

use crate::support::{has_english_sentence, is_chinese};

fn check(zh: &str) {
    assert!(is_chinese(zh), "no Chinese in {zh:?}");
    assert!(!has_english_sentence(zh), "English in {zh:?}");
}

fn both() -> Words {
    Words::new("so many words here", "若干文字")
}

fn input_errors() -> Vec<InputError> {
    let file = || "f".to_owned();
    vec![
        InputError::Read {
            file: file(),
            reason: io::Error::other("gone"),
        },
        InputError::Empty {
            layer: None,
            file: file(),
            wanted: both(),
        },
        InputError::Format {
            file: file(),
            wanted: both(),
        },
        InputError::Malformed {
            file: file(),
            place: both(),
            reason: both(),
        },
        InputError::Column {
            file: file(),
            field: both(),
            found: "a, b".into(),
            option: "‹lon_column›",
        },
        InputError::Selector { text: file() },
        InputError::SelectorNeedsOsm {
            text: "osm:a".into(),
            file: file(),
        },
        InputError::NothingFound {
            layer: both(),
            source_name: file(),
            wanted: both(),
            instead: Words::same(""),
        },
        InputError::Swapped {
            layer: both(),
            source_name: file(),
        },
        InputError::TooLarge {
            file: file(),
            count: 1,
            what: both(),
        },
    ]
}

fn faults() -> Vec<Fault> {
    vec![
        Fault::NoCoordinate,
        Fault::Unlocated {
            address: "Aeule 1".into(),
        },
        Fault::ClosedAt {
            time: "Tue 10:00".to_owned(),
        },
        Fault::NotANumber {
            field: "longitude".into(),
            text: "x".into(),
        },
        Fault::OffTheEarth { lon: 1.0, lat: 2.0 },
        Fault::Population {
            reason: ParsePeopleError::Negative("-1".into()),
        },
        Fault::Geometry {
            found: both(),
            wanted: both(),
        },
    ]
}

fn network_errors() -> Vec<NetworkError> {
    vec![
        NetworkError::Empty,
        NetworkError::TooLarge {
            what: both(),
            count: 1,
        },
        NetworkError::UnknownVertex {
            way: 1,
            vertex: 2,
            vertices: 1,
        },
        NetworkError::UnknownNode {
            index: 1,
            node: 2,
            nodes: 1,
        },
        NetworkError::OffTheEarth {
            node: 1,
            lon: 2.0,
            lat: 3.0,
        },
        NetworkError::CostTooLarge {
            edge: EdgeId(1),
            way: 2,
        },
    ]
}

#[test]
fn every_error_is_said_in_chinese() {
    let mut errors: Vec<Box<dyn std::error::Error>> = Vec::new();
    for error in input_errors() {
        errors.push(Box::new(error));
    }
    for error in faults() {
        errors.push(Box::new(error));
    }
    for error in network_errors() {
        errors.push(Box::new(error));
    }
    let slow = Pace {
        level_kmh: 0.0,
        ..Pace::ADULT
    };
    let unknown = CrsError::Unknown {
        text: "X".into(),
        reason: "?".into(),
    };
    let no_proj = CrsError::NoProj { text: "X".into() };
    let directory = ReportError::Directory {
        path: "out".into(),
        reason: io::Error::other("full"),
    };
    let write = ReportError::Write {
        path: "out".into(),
        reason: io::Error::other("full"),
    };
    let system = io::Error::from(io::ErrorKind::NotFound);
    let more: Vec<Box<dyn std::error::Error>> = vec![
        Box::new(InputsError::Crs(no_proj.clone())),
        Box::new(unknown),
        Box::new(no_proj),
        Box::new(Cutoff::minutes(-1.0).expect_err("negative")),
        Box::new(Cutoff::metres(-1.0).expect_err("negative")),
        Box::new(TestsError::None),
        Box::new(TestsError::NoMetres),
        Box::new(Cancelled),
        Box::new(Profile::new("slow", slow).expect_err("no walker")),
        Box::new("x".parse::<People>().expect_err("no number")),
        Box::new("-1".parse::<People>().expect_err("negative")),
        Box::new("1e20".parse::<People>().expect_err("too many")),
        Box::new("morse".parse::<TextEncoding>().expect_err("no encoding")),
        Box::new("de".parse::<Language>().expect_err("no language")),
        Box::new(Standard::open("iso").expect_err("no standard")),
        Box::new(directory),
        Box::new(write),
        Box::new(system),
        Box::new(pedshed::Error::from(NetworkError::Empty)),
        Box::new(pedshed::Error::from(TestsError::None)),
        Box::new(pedshed::Error::from(Cancelled)),
        Box::new(pedshed::Error::from(InputError::Selector {
            text: "x".into(),
        })),
    ];
    errors.extend(more);
    for error in errors {
        check(&message_in(error.as_ref(), Language::Zh, OptionNames::Keys));
        let english = message_in(error.as_ref(), Language::En, OptionNames::Keys);
        assert_eq!(english, OptionNames::Keys.spell(&error.to_string()));
        // What caused it is said in Chinese wherever it is an error of ours.
        let source = error.source().filter(|source| !source.is::<io::Error>());
        if let Some(source) = source {
            check(&message_in(source, Language::Zh, OptionNames::Keys));
        }
    }
}

#[test]
fn every_finding_status_reason_and_stage_has_chinese_words() {
    for code in FindingCode::ALL {
        for zh in [
            code.title(Language::Zh),
            code.effect(Language::Zh),
            code.cure(Language::Zh),
        ] {
            check(zh);
        }
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        check(severity.word(Language::Zh));
    }
    for status in Status::ALL {
        check(status.word(Language::Zh));
        assert_eq!(status.word(Language::En), status.name());
    }
    for stage in Stage::ALL {
        check(&stage.zh());
    }
    for reason in CutReason::ALL {
        check(reason.words(Language::Zh));
    }
    let minutes = Cutoff::minutes(15.0).expect("a cutoff");
    let metres = Cutoff::metres(1000.0).expect("a cutoff");
    for cutoff in [minutes, metres] {
        check(&cutoff.in_words(Language::Zh));
    }
    let mut reasons = vec![
        Reason::TooFar {
            over: 1500,
            cutoff: minutes,
        },
        Reason::TooFar {
            over: 1500,
            cutoff: metres,
        },
        Reason::NoPath,
        Reason::StationsClosed,
        Reason::StreetTooFar { metres: 3.0 },
        Reason::Island { metres: 3.0 },
        Reason::NoStreet,
    ];
    reasons.extend(faults().into_iter().map(Reason::Invalid));
    for reason in reasons {
        check(&reason.zh());
    }
}

#[cfg(not(feature = "proj"))]
#[test]
fn a_system_that_needs_proj_says_so_in_both_languages() {
    let error = Crs::parse("EPSG:4547").converter().expect_err("no PROJ");
    check(&error.zh());
}
