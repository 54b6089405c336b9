//! Scenarios of towns worked out by hand: each counted by the live engine where it can be, analysed in full, and beside a town
//! that was built so.

use geo_types::{Coord, Rect, coord, polygon};

use super::*;
use crate::analysis::{Analysis, Options, analyse};
use crate::control::Control;
use crate::coverage::Status;
use crate::error::Error;
use crate::geometry::Location;
use crate::model::{
    Access, Area, CityRecords, Compound, Compounds, Gate, Passage, Profile, Resident, Station,
    Streets, StreetsBuilder, WayKind,
};
use crate::network::Network;
use crate::units::People;

/// Metres of a ten-thousandth of a degree on the equator, and its milliseconds at 4.8 km/h.
const STEP_M: f64 = 11.131_949;
const STEP_MS: f64 = STEP_M * 750.0;

/// In ten-thousandths of a degree.
fn location(x: i32, y: i32) -> Location {
    Location {
        lon_e7: x * 1000,
        lat_e7: y * 1000,
    }
}

fn place(x: i32, y: i32) -> Coord<f64> {
    location(x, y).degrees()
}

fn streets(places: &[(i32, i32)], ways: &[(i64, &[u32], &str)]) -> Streets {
    let places = places.iter().map(|(x, y)| location(*x, *y));
    let mut streets = StreetsBuilder::new(places.collect());
    for (id, refs, name) in ways {
        streets.add_way(*id, refs, WayKind::Street, Some(*name));
    }
    streets.finish(Vec::new())
}

fn station(id: &str, x: i32, y: i32) -> Station {
    let Coord { x, y } = place(x, y);
    Station::new(id, x, y)
}

fn resident(id: &str, x: i32, y: i32) -> Resident {
    let Coord { x, y } = place(x, y);
    Resident::new(id, x, y)
}

struct Town {
    network: Network,
    stations: Vec<Station>,
    residents: Vec<Resident>,
    areas: Vec<Area>,
    options: Options,
}

impl Town {
    fn new(streets: &Streets, stations: Vec<Station>, residents: Vec<Resident>) -> Self {
        let mut options = Options::minutes(&[15.0]).expect("minutes");
        options.profile = Profile::plain();
        Self {
            network: Network::build(streets).expect("streets"),
            stations,
            residents,
            areas: Vec::new(),
            options,
        }
    }

    fn city(&self) -> CityRecords<'_> {
        CityRecords {
            stations: &self.stations,
            residents: &self.residents,
            areas: &self.areas,
        }
    }

    fn analysis(&self) -> Analysis {
        let options = self.options.clone();
        analyse(&self.network, self.city(), options, Control::default()).expect("an analysis")
    }

    /// The scenario counted and analysed, which must be the same.
    fn scenario(&self, edits: Vec<Edit>) -> Result<ScenarioAnswer, Error> {
        let analysis = self.analysis();
        let mut base = ScenarioBase::new(&analysis, self.city())?;
        let scenario = Scenario::new("what if", edits);
        let counted = base.count(&scenario, Control::default())?;
        let analysed = base.analyse(&scenario, Control::default())?.answer;
        assert_eq!(walks(&counted), walks(&analysed));
        assert_eq!(counted.comparison.sums, analysed.comparison.sums);
        // And again, after everything was taken back.
        let again = base.count(&scenario, Control::default())?;
        assert_eq!(walks(&counted), walks(&again));
        Ok(counted)
    }

    fn mistake(&self, edit: Edit) -> EditMistake {
        match self.scenario(vec![edit]) {
            Err(Error::Scenario(error)) => match *error {
                ScenarioError::Edit { mistake, .. } => mistake,
                other => panic!("{other}"),
            },
            other => panic!("{other:?}"),
        }
    }
}

/// By resident: status, milliseconds, station.
fn walks(answer: &ScenarioAnswer) -> Vec<(Status, Option<u64>, Option<String>)> {
    walks_of(&answer.outcome)
}

fn walks_of(outcome: &Outcome) -> Vec<(Status, Option<u64>, Option<String>)> {
    let residents = outcome.residents.iter();
    let walk = |one: &ResidentOutcome| {
        let station = outcome.station_of(one).map(str::to_owned);
        (one.status, one.milliseconds, station)
    };
    residents.map(walk).collect()
}

/// Walks in steps of a ten-thousandth of a degree, within two milliseconds.
#[track_caller]
fn assert_steps(answer: &ScenarioAnswer, expected: &[Option<f64>]) {
    let walks = answer.outcome.residents.iter().map(|one| one.milliseconds);
    for (walk, expected) in walks.zip(expected) {
        let expected = expected.map(|steps| steps * STEP_MS);
        let is_so = match (walk, expected) {
            (Some(walk), Some(expected)) => (walk as f64 - expected).abs() < 1000.0,
            (walk, expected) => walk.is_none() && expected.is_none(),
        };
        assert!(is_so, "{walk:?} is not {expected:?}");
    }
}

/// Two streets on both sides of a river, and a road around it in the east: one chain of three ways.
fn river() -> Streets {
    streets(
        &[(0, 0), (200, 0), (0, 20), (200, 20)],
        &[
            (1, &[0, 1], "South"),
            (2, &[2, 3], "North"),
            (3, &[1, 3], "East"),
        ],
    )
}

fn river_town(streets: &Streets) -> Town {
    let stations = vec![station("west", 0, 0)];
    let residents = vec![
        resident("north", 10, 20),
        resident("south", 40, 0),
        resident("east", 190, 0),
    ];
    Town::new(streets, stations, residents)
}

#[test]
fn a_bridge_that_is_drawn_is_one_that_was_there() {
    let town = river_town(&river());
    let bridge = Link {
        name: Some("Bridge".to_owned()),
        ..Link::footway(place(30, 5), place(30, 15))
    };
    let found = town
        .scenario(vec![Edit::DrawLink(bridge)])
        .expect("a bridge");
    assert!(found.in_full);
    // 20 steps to the bridge, 20 across, 30 on: some of a degree of latitude is shorter than one of longitude.
    assert_steps(&found, &[Some(20.0 + 19.9 + 30.0), Some(40.0), Some(190.0)]);
    assert_eq!(found.comparison.sums.newly_covered.records, 1);
    let text = found.applied[0].found.to_string();
    assert!(
        text.contains("South (way 1), 55 m away") && text.contains("North (way 2)"),
        "{text}"
    );

    let built = streets(
        &[
            (0, 0),
            (200, 0),
            (0, 20),
            (200, 20),
            (30, 0),
            (30, 5),
            (30, 15),
            (30, 20),
        ],
        &[
            (1, &[0, 4, 1], "South"),
            (2, &[2, 7, 3], "North"),
            (3, &[1, 3], "East"),
            (4, &[4, 5, 6, 7], "Bridge"),
        ],
    );
    let built = river_town(&built).analysis();
    let town = river_town(&river());
    let outcome = ScenarioBase::new(&built, town.city()).expect("the city");
    assert_eq!(walks(&found), walks_of(outcome.outcome()));
}

#[test]
fn a_way_that_is_part_of_a_chain_is_closed_and_the_rest_stays() {
    let town = river_town(&river());
    let close = Edit::CloseStreets(StreetChoice::Way(3));
    let found = town.scenario(vec![close]).expect("a closure");
    assert_steps(&found, &[None, Some(40.0), Some(190.0)]);
    assert_eq!(found.applied[0].found.to_string(), "221 m of East (way 3)");
    let cut = streets(
        &[(0, 0), (200, 0), (0, 20), (200, 20)],
        &[(1, &[0, 1], "South"), (2, &[2, 3], "North")],
    );
    let built = river_town(&cut).analysis();
    let outcome = ScenarioBase::new(&built, town.city()).expect("the city");
    assert_eq!(walks(&found), walks_of(outcome.outcome()));
}

/// A crossroads with arms of 60 steps, and a station and people at the end of each.
fn crossroads() -> Town {
    let places = [(0, 0), (-60, 0), (60, 0), (0, -60), (0, 60)];
    let ways: [(i64, &[u32], &str); 4] = [
        (1, &[0, 1], "West"),
        (2, &[0, 2], "East"),
        (3, &[0, 3], "South"),
        (4, &[0, 4], "North"),
    ];
    let stations = vec![
        station("w", -50, 0),
        station("n", 0, 50),
        station("n", 0, 60),
    ];
    let residents = vec![
        resident("e", 60, 0),
        resident("s", 0, -10),
        resident("n", 0, 55),
    ];
    Town::new(&streets(&places, &ways), stations, residents)
}

#[test]
fn stations_come_move_and_go_by_the_live_engine() {
    let town = crossroads();
    let add = Edit::AddStation {
        id: "new".to_owned(),
        name: None,
        place: place(50, 0),
        services: Vec::new(),
    };
    let moves = Edit::MoveStation {
        id: "n".to_owned(),
        place: place(0, 20),
    };
    let close = Edit::CloseStation { id: "w".to_owned() };
    let found = town.scenario(vec![add, moves, close]).expect("stations");
    assert!(!found.in_full);
    assert_steps(&found, &[Some(10.0), Some(29.8), Some(34.8)]);
    let stations: Vec<_> = walks(&found)
        .into_iter()
        .map(|(.., station)| station)
        .collect();
    assert_eq!(stations, ["new", "n", "n"].map(|id| Some(id.to_owned())));
    let sums = found.comparison.sums;
    assert_eq!((sums.nearer.records, sums.farther.records), (2, 1));
    assert!(found.applied.iter().all(|one| one.changed == 1));
}

#[test]
fn a_street_is_closed_by_the_live_engine_where_its_junctions_stay() {
    let town = crossroads();
    let close = Edit::CloseStreets(StreetChoice::At(place(-30, 1)));
    let found = town.scenario(vec![close.clone()]).expect("a closure");
    assert!(!found.in_full, "three arms are left");
    assert_steps(&found, &[Some(109.7), Some(59.7), Some(5.0)]);
    assert_eq!(found.applied[0].distance_m.map(f64::round), Some(11.0));
    // With a second arm less, what is left is one street: that of a network without these.
    let south = Edit::CloseStreets(StreetChoice::Way(3));
    let found = town.scenario(vec![close, south]).expect("two closures");
    assert!(found.in_full);
    // `s` is 10 steps from the junction that is left, further than from the snapping distance: 111 m.
    assert_steps(&found, &[Some(109.7), Some(59.7), Some(5.0)]);
}

#[test]
fn what_is_opened_again_stays_and_what_is_private_is_for_everybody() {
    let mut town = crossroads();
    let within = StreetChoice::Within(polygon![
        (x: -0.01, y: 0.0005), (x: 0.01, y: 0.0005), (x: 0.01, y: 0.01), (x: -0.01, y: 0.01)
    ]);
    let north = StreetChoice::Way(4);
    let found = town.scenario(vec![
        Edit::OpenStreets(north.clone()),
        Edit::CloseStreets(within),
    ]);
    let found = found.expect("closed and opened");
    assert!(found.comparison.changes.is_empty());
    assert_eq!([0, 1].map(|edit| found.applied[edit].changed), [1, 1]);
    // What is open already cannot be opened: a finding.
    let found = town
        .scenario(vec![Edit::OpenStreets(north)])
        .expect("nothing");
    assert_eq!(found.applied[0].changed, 0);
    assert_eq!(
        found.findings.worst_first()[0].code.name(),
        "edit_without_effect"
    );

    // A private short cut of 30 steps between the ends of two streets.
    let places = [(0, 0), (100, 0), (0, 30), (100, 30)].map(|(x, y)| location(x, y));
    let mut streets = StreetsBuilder::new(places.to_vec());
    for (id, refs) in [(1, [0, 1]), (2, [1, 3]), (3, [3, 2])] {
        streets.add_way(id, &refs, WayKind::Street, None);
    }
    let private = Passage {
        access: Access::Private,
        ..Passage::default()
    };
    streets.add_way(4, &[0, 2], private, None);
    town.network = Network::build(&streets.finish(Vec::new())).expect("streets");
    town.stations = vec![station("s", 10, 0)];
    town.residents = vec![resident("r", 10, 30)];
    let open = Edit::OpenStreets(StreetChoice::Way(4));
    let found = town.scenario(vec![open]).expect("opened");
    assert_steps(&found, &[Some(10.0 + 29.8 + 10.0)]);
    assert_eq!(found.comparison.sums.newly_covered.records, 1);
}

#[test]
fn a_gate_opens_a_wall_and_its_last_one_takes_the_wall_away() {
    let mut town = river_town(&river());
    let walled = Rect::new(place(60, -8), place(80, -1)).to_polygon();
    town.options.compounds = Compounds {
        list: vec![Compound::new("garden", walled)],
        gates: vec![Gate::new("east", place(80, -4).x, place(80, -4).y)],
    };
    town.residents = vec![resident("home", 61, -4)];
    // By the east gate: 19 steps to it, 4 on to the street at 80.
    let before = town.scenario(vec![Edit::Speed(4.8)]).expect("as it is");
    assert_eq!(before.applied[0].changed, 0);
    assert_steps(&before, &[Some(80.0 + 19.0 + 4.0)]);
    let open = Edit::OpenGate {
        id: None,
        place: place(61, -1),
        compound: None,
    };
    let found = town.scenario(vec![open.clone()]).expect("a gate");
    assert_steps(&found, &[Some(61.0 + 4.0)]);
    assert_eq!(found.applied[0].found.to_string(), "garden, 0 m away");
    let close = Edit::CloseGate(GateChoice::Id("east".to_owned()));
    let found = town.scenario(vec![close]).expect("no gate");
    assert_steps(&found, &[Some(61.0 + 4.0)]);
    assert!(found.applied[0].found.to_string().contains("its last"));
    let far = Edit::OpenGate {
        id: None,
        place: place(100, 0),
        compound: None,
    };
    assert_eq!(town.mistake(far), EditMistake::FarFromWall);
    town.options.compounds = Compounds::default();
    assert_eq!(town.mistake(open), EditMistake::NoWalls);
}

#[test]
fn people_of_a_plan_are_counted_where_they_live() {
    let mut town = crossroads();
    let west = polygon![(x: -0.01, y: -0.01), (x: 0.001, y: -0.01), (x: 0.001, y: 0.01), (x: -0.01, y: 0.01)];
    town.areas = vec![Area {
        id: "a".to_owned(),
        name: "West side".to_owned(),
        shape: west.into(),
    }];
    let of = |number| Edit::People {
        area: Some("West side".to_owned()),
        number,
    };
    let found = town
        .scenario(vec![of(PeopleNumber::Total(5.0))])
        .expect("people");
    assert!(!found.in_full);
    // `s` and `n` live there and are covered before and after; `e` is beyond, at 110 steps.
    let people = |count: u64| People::from_thousandths(count * 1000);
    let sums = found.comparison.sums;
    assert_eq!(
        (sums.people_before, sums.people_after),
        (people(3), people(6))
    );
    assert_eq!((sums.gained, sums.newly_covered.records), (people(3), 0));
    let found = town
        .scenario(vec![of(PeopleNumber::Factor(0.5))])
        .expect("people");
    assert_eq!(found.comparison.sums.lost, people(1));
    let nowhere = Edit::People {
        area: Some("west sid".to_owned()),
        number: PeopleNumber::Factor(2.0),
    };
    let near = Some("West side".to_owned());
    assert_eq!(town.mistake(nowhere), EditMistake::NoArea { of: 1, near });
}

#[test]
fn edits_that_cannot_be_made_are_refused_by_what_is_wrong() {
    let town = crossroads();
    let add = |id: &str| Edit::AddStation {
        id: id.to_owned(),
        name: None,
        place: place(1, 1),
        services: Vec::new(),
    };
    assert_eq!(town.mistake(add("w")), EditMistake::StationExists);
    let close = |id: &str| Edit::CloseStation { id: id.to_owned() };
    let near = Some("n".to_owned());
    assert_eq!(
        town.mistake(close("m")),
        EditMistake::NoStation { of: 2, near }
    );
    let twice = town.scenario(vec![close("w"), close("w")]);
    let said = twice.expect_err("twice");
    assert!(
        matches!(&said, Error::Scenario(error) if error.to_string().starts_with("scenario what if, stations.close w: "))
    );
    let off = Edit::CloseStreets(StreetChoice::At(coord! { x: 200.0, y: 0.0 }));
    assert!(matches!(town.mistake(off), EditMistake::OffTheEarth { .. }));
    let far = Edit::CloseStreets(StreetChoice::At(place(500, 500)));
    assert!(matches!(
        town.mistake(far),
        EditMistake::NoStreet { metres: 200.0, .. }
    ));
    let no_way = Edit::CloseStreets(StreetChoice::Way(9));
    assert_eq!(town.mistake(no_way), EditMistake::NoWay);
    let nowhere = Edit::DrawLink(Link::footway(place(30, 0), place(30, 0)));
    assert_eq!(town.mistake(nowhere), EditMistake::NoLength);
    let onto = vec![
        Edit::CloseStreets(StreetChoice::Way(2)),
        Edit::DrawLink(Link::footway(place(30, 0), place(0, 30))),
    ];
    assert!(town.scenario(onto).is_err());
    // Far from every street: said, and nobody gains.
    let alone = Edit::AddStation {
        id: "far".to_owned(),
        name: None,
        place: place(300, 300),
        services: Vec::new(),
    };
    let found = town.scenario(vec![alone]).expect("a station");
    assert_eq!(
        found.findings.worst_first()[0].code.name(),
        "edit_off_network"
    );
    assert!(found.comparison.changes.is_empty());
}

#[test]
fn a_station_that_offers_a_service_from_now_on_counts_with_all_its_entrances() {
    // Only `w` offers the hall; `n`, with two entrances, does not.
    let mut town = crossroads();
    let all = town.analysis();
    let rows = town.stations.clone();
    let (offering, others) = rows.into_iter().partition(|row| row.id == "w");
    town.stations = offering;
    let others: Vec<Station> = others;
    let analysis = town.analysis();
    let played = |edits: Vec<Edit>| {
        let base = ScenarioBase::new(&analysis, town.city()).expect("the city");
        let mut base = base.with_service(AskedService::new("Hall", &others));
        let scenario = Scenario::new("services", edits);
        let counted = base.count(&scenario, Control::default())?;
        let analysed = base.analyse(&scenario, Control::default())?.answer;
        assert_eq!(walks(&counted), walks(&analysed));
        Ok::<ScenarioAnswer, Error>(counted)
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let services = |id: &str, add: &[&str], remove: &[&str]| Edit::Services {
        id: id.to_owned(),
        add: named(add),
        remove: named(remove),
    };
    let added = |services: &[&str]| Edit::AddStation {
        id: "new".to_owned(),
        name: None,
        place: place(50, 0),
        services: named(services),
    };
    // As in the city in which all of them count.
    let found = played(vec![services("n", &["library", "ｈａｌｌ"], &[])]).expect("offered");
    let whole = crossroads();
    let mut both = ScenarioBase::new(&all, whole.city()).expect("the city");
    let nothing = both
        .count(&Scenario::new("nothing", Vec::new()), Control::default())
        .expect("nothing");
    assert_eq!(walks(&found), walks(&nothing));
    assert!(!found.in_full);
    assert_eq!(found.applied[0].changed, 1);
    assert_eq!(found.applied[0].shapes.len(), 2);
    // The only one that offers it does so no more: nobody has anywhere to go.
    let found = played(vec![services("w", &[], &["HALL"])]).expect("not offered");
    assert!(walks(&found).iter().all(|(_, walk, _)| walk.is_none()));
    // What is of another service, and stations without this one, change nothing and are said.
    for nothing in [
        services("n", &["library"], &[]),
        services("n", &[], &["hall"]),
        services("w", &["hall"], &["library"]),
        added(&["library"]),
        Edit::CloseStation { id: "n".to_owned() },
        Edit::MoveStation {
            id: "n".to_owned(),
            place: place(0, 1),
        },
    ] {
        let found = played(vec![nothing]).expect("nothing");
        assert!(found.comparison.changes.is_empty());
        let finding = found.findings.worst_first()[0].code.name();
        assert_eq!(finding, "edit_without_effect");
    }
    // A new one counts where it offers the service, or nothing is said. 10 steps to `e`, as above.
    for new in [added(&[]), added(&["library", "hall"])] {
        let found = played(vec![new]).expect("a station");
        assert_eq!(walks(&found)[0].2.as_deref(), Some("new"));
    }
    let mistake = |edit: Edit| match played(vec![edit]) {
        Err(Error::Scenario(error)) => match *error {
            ScenarioError::Edit { mistake, .. } => mistake,
            other => panic!("{other}"),
        },
        other => panic!("{other:?}"),
    };
    let both = services("n", &["hall"], &["hall"]);
    assert_eq!(mistake(both), EditMistake::OfferedAndNot);
    let again = Edit::AddStation {
        id: "n".to_owned(),
        name: None,
        place: place(50, 0),
        services: Vec::new(),
    };
    assert_eq!(mistake(again), EditMistake::StationExists);
    // Where no service is asked about, all stations count, whatever they offer.
    let found = crossroads().scenario(vec![services("n", &["hall"], &[])]);
    assert!(found.expect("said").comparison.changes.is_empty());
}
