//! Ferries and opening hours: what is in the map, not used, and said.

use pedshed::control::Control;
use pedshed::inputs::{Inputs, Request, Source};
use pedshed::model::{
    CityRecords, Ferry, Finding, FindingCode, Findings, Pace, Profile, Resident, Station,
};
use pedshed::units::People;
use pedshed::{Analysis, Options, analyse};

use crate::support::pbf::{self, Block, Tags};

fn read(block: &Block) -> Inputs {
    let source = Source::from_bytes("drawn.osm.pbf", pbf::file(block));
    Inputs::read(&Request::new(source)).expect("a sound file")
}

fn found(findings: &Findings, code: FindingCode) -> Option<Finding> {
    let list = findings.worst_first();
    let found = list.into_iter().find(|finding| finding.code == code);
    found.cloned()
}

/// Two banks of 334 m, a ferry of 111 m between them, and a station on the western one.
fn crossing(bridge: bool, profile: Profile) -> Analysis {
    let mut block = Block::default();
    for (id, x) in [(1, 0), (2, 3), (3, 4), (4, 7)] {
        block.node(id, x * 10_000, 0, &[]);
    }
    block.way(10, &[1, 2], &[("highway", "residential")]);
    block.way(11, &[2, 3], &[("route", "ferry"), ("foot", "yes")]);
    block.way(12, &[3, 4], &[("highway", "residential")]);
    if bridge {
        block.way(13, &[2, 3], &[("highway", "footway"), ("bridge", "yes")]);
    }
    let inputs = read(&block);
    let stations = [Station::new("s", 0.001, 0.0)];
    let residents = [
        Resident::new("west", 0.002, 0.0).with_people(People::from_thousandths(10_000)),
        Resident::new("east", 0.006, 0.0).with_people(People::from_thousandths(20_000)),
    ];
    let city = CityRecords {
        stations: &stations,
        residents: &residents,
        areas: &[],
    };
    let mut options = Options::minutes(&[15.0]).expect("a cutoff");
    options.profile = profile;
    analyse(&inputs.network, city, options, Control::default()).expect("streets")
}

#[test]
fn a_ferry_is_not_walked_and_whom_it_would_bring_to_a_station_is_said() {
    let analysis = crossing(false, Profile::adult());
    assert!(analysis.coverage.nearest()[1].is_none());
    let finding = found(&analysis.findings, FindingCode::FerryNotTaken).expect("the ferry");
    assert_eq!(finding.count, 1);
    let example = finding.example.to_string();
    assert!(
        example.contains("way 11") && example.contains("20 people"),
        "{example}"
    );

    let beside_a_bridge = crossing(true, Profile::adult());
    let finding = found(&beside_a_bridge.findings, FindingCode::FerryNotTaken).expect("the ferry");
    assert!(
        finding.example.to_string().contains("nobody"),
        "{finding:?}"
    );

    let pace = Pace {
        ferry: Some(Ferry {
            wait_s: 60.0,
            kmh: 10.0,
        }),
        ..Pace::ADULT
    };
    let passenger = Profile::new("passenger", pace).expect("a walker");
    let analysis = crossing(false, passenger);
    assert!(analysis.coverage.nearest()[1].is_some());
    assert_eq!(found(&analysis.findings, FindingCode::FerryNotTaken), None);
}

/// How many conditions are said of a way and a node with these tags: those that are not used, and those that are obeyed.
fn conditions(way: Tags<'_>, node: Tags<'_>) -> [u64; 2] {
    let mut block = Block::default();
    for (id, tags) in [(1, &[][..]), (2, node), (3, &[])] {
        block.node(id, id * 10_000, 0, tags);
    }
    block.way(1, &[1, 2, 3], way);
    block.way(2, &[1, 3], &[("highway", "residential")]);
    let findings = read(&block).findings;
    [FindingCode::UnusedCondition, FindingCode::OpenAtTimes].map(|code| findings.count(code))
}

#[test]
fn hours_and_conditions_are_counted_on_ways_and_gates_obeyed_or_not() {
    let footway = ("highway", "footway");
    let gate = ("barrier", "gate");
    let night = ("foot:conditional", "no @ (22:00-06:00)");
    let cases: &[(Tags<'_>, Tags<'_>, [u64; 2])] = &[
        (&[footway], &[], [0, 0]),
        (&[footway], &[gate], [0, 0]),
        (&[footway, ("opening_hours", "Apr-Oct")], &[], [1, 0]),
        (&[footway, ("opening_hours", "24/7")], &[], [0, 0]),
        (&[footway, ("seasonal", "winter")], &[], [1, 0]),
        (&[footway, ("foot", "no"), night], &[], [0, 1]),
        (&[("highway", "motorway"), night], &[], [0, 0]),
        (&[footway], &[gate, ("foot", "yes"), night], [0, 1]),
        (
            &[footway],
            &[gate, ("opening_hours", "Mo-Su 06:30-21:00")],
            [0, 1],
        ),
        (
            &[footway, ("opening_hours", "dawn-dusk")],
            &[gate, night],
            [1, 1],
        ),
        (
            &[footway],
            &[("shop", "kiosk"), ("opening_hours", "Mo-Fr")],
            [0, 0],
        ),
    ];
    for (way, node, expected) in cases {
        assert_eq!(conditions(way, node), *expected, "{way:?} {node:?}");
    }
}
