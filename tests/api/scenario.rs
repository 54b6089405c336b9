//! Scenarios of a real extract: by the live engine, in full, and beside streets that were read and edited by hand.

use pedshed::control::Control;
use pedshed::geometry::Location;
use pedshed::id::{EdgeId, NodeId};
use pedshed::inputs::osm::{OsmFile, read_streets};
use pedshed::inputs::{Inputs, LayerSpec, Request, Source};
use pedshed::model::{Passage, Streets, Structure, Way};
use pedshed::network::Network;
use pedshed::scenario::{Edit, Link, Outcome, Scenario, ScenarioBase, StreetChoice};
use pedshed::{Analysis, Options, analyse};

use crate::support::liechtenstein;

fn inputs() -> Inputs {
    let map = Source::open(&liechtenstein()).expect("the extract");
    let layer = |text: &str| LayerSpec::selected(text).expect("a selector");
    let request = Request {
        stations: vec![
            layer("osm:amenity=pharmacy"),
            layer("osm:amenity=post_office"),
        ],
        residents: vec![layer("osm:building")],
        ..Request::new(map)
    };
    Inputs::read(&request).expect("a city")
}

fn analysis(inputs: &Inputs, network: &Network) -> Analysis {
    let options = Options::minutes(&[10.0, 15.0]).expect("minutes");
    analyse(network, inputs.city(), options, Control::default()).expect("an analysis")
}

/// By resident: milliseconds and the station's id.
fn walks(outcome: &Outcome) -> Vec<(Option<u64>, Option<&str>)> {
    let residents = outcome.residents.iter();
    residents
        .map(|one| (one.milliseconds, outcome.station_of(one)))
        .collect()
}

/// Numbers that look random and are the same in every run (Knuth's constants).
fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

#[test]
fn a_thousand_random_scenarios_are_what_a_full_run_finds() {
    let inputs = inputs();
    let base = analysis(&inputs, &inputs.network);
    let mut scenarios = ScenarioBase::new(&base, inputs.city()).expect("the city");
    let as_it_is = scenarios.outcome().clone();
    let mut pick = random(15);
    let (mut live, mut full) = (0, 0);
    for number in 0..1000 {
        let stations = &inputs.stations;
        let station = stations[pick(stations.len())].id.clone();
        let home = &inputs.residents[pick(inputs.residents.len())];
        let place = *home.place.as_ref().expect("a building has a place");
        let edge = EdgeId::new(pick(inputs.network.edge_count()));
        let middle = inputs.network.place_at(edge, 0.5);
        let edit = match number % 4 {
            0 => Edit::MoveStation { id: station, place },
            1 => Edit::CloseStation { id: station },
            2 => Edit::AddStation {
                id: "new".to_owned(),
                name: None,
                place,
                services: Vec::new(),
            },
            _ => Edit::CloseStreets(StreetChoice::At(middle)),
        };
        let scenario = Scenario::new(format!("{number}"), vec![edit]);
        let control = Control::default();
        // A street in the woods may be an island, to which nothing is near.
        let Ok(counted) = scenarios.count(&scenario, control) else {
            continue;
        };
        let analysed = scenarios.analyse(&scenario, control).expect("an analysis");
        assert_eq!(
            walks(&counted.outcome),
            walks(&analysed.answer.outcome),
            "{scenario:?}"
        );
        assert_eq!(counted.comparison.sums, analysed.answer.comparison.sums);
        live += usize::from(!counted.in_full);
        full += usize::from(counted.in_full);
    }
    assert!(live >= 750 && full > 0, "{live} live, {full} in full");
    // Everything was taken back.
    let nothing = Scenario::new("nothing", vec![Edit::Speed(4.8)]);
    let nothing = scenarios
        .analyse(&nothing, Control::default())
        .expect("nothing");
    assert_eq!(walks(&as_it_is), walks(&nothing.answer.outcome));
}

/// The streets of the extract, edited.
fn edited(edit: impl FnOnce(&mut Streets)) -> Network {
    let map = Source::open(&liechtenstein()).expect("the extract");
    let file = OsmFile::open(&map).expect("a map");
    let mut streets = read_streets(&file).expect("streets").streets;
    edit(&mut streets);
    Network::build(&streets).expect("a network")
}

#[test]
fn closing_a_way_is_reading_a_map_without_it() {
    let inputs = inputs();
    let base = analysis(&inputs, &inputs.network);
    let scenarios = ScenarioBase::new(&base, inputs.city()).expect("the city");
    let mut pick = random(7);
    for _ in 0..12 {
        let edge = EdgeId::new(pick(inputs.network.edge_count()));
        let way = inputs.network.edge(edge).way;
        let close = Edit::CloseStreets(StreetChoice::Way(way));
        let scenario = Scenario::new("closed", vec![close]);
        let found = scenarios
            .analyse(&scenario, Control::default())
            .expect("a closure");
        let network = edited(|streets| streets.ways.retain(|one| one.id != way));
        let city = analysis(&inputs, &network);
        let city = ScenarioBase::new(&city, inputs.city())
            .expect("the city")
            .outcome()
            .clone();
        assert_eq!(walks(&found.answer.outcome), walks(&city), "way {way}");
    }
}

#[test]
fn a_way_that_is_drawn_is_one_of_the_map() {
    let inputs = inputs();
    let base = analysis(&inputs, &inputs.network);
    let scenarios = ScenarioBase::new(&base, inputs.city()).expect("the city");
    let mut pick = random(3);
    let mut drawn = 0;
    while drawn < 8 {
        let node = |at: usize| inputs.network.location(NodeId::new(at));
        let ends = [(); 2].map(|()| node(pick(inputs.network.node_count())));
        let link = Edit::DrawLink(Link::footway(ends[0].degrees(), ends[1].degrees()));
        let scenario = Scenario::new("drawn", vec![link]);
        // A junction may be one of an island, to which nothing joins.
        let Ok(found) = scenarios.analyse(&scenario, Control::default()) else {
            continue;
        };
        if found.answer.applied[0].distance_m > Some(0.01) {
            continue;
        }
        let network = edited(|streets| {
            let vertex = |end: &Location| {
                let at = streets.vertices.iter().position(|vertex| vertex == end);
                at.expect("a junction is a vertex") as u32
            };
            let refs = [vertex(&ends[0]), vertex(&ends[1])];
            let way = Way {
                id: -1,
                first_ref: streets.refs.len() as u32,
                ref_count: 2,
                passage: Passage::default(),
                structure: Structure::Ground,
                name: None,
            };
            streets.refs.extend(refs);
            streets.ways.push(way);
        });
        let city = analysis(&inputs, &network);
        let city = ScenarioBase::new(&city, inputs.city()).expect("the city");
        assert_eq!(
            walks(&found.answer.outcome),
            walks(city.outcome()),
            "{ends:?}"
        );
        drawn += 1;
    }
}
