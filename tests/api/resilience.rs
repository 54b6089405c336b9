//! What closing stations and streets costs, worked out by hand, and on the map that ships with the project.

use std::collections::BTreeSet;

use geo_types::{Coord, Rect, coord};
use pedshed::City;
use pedshed::control::Control;
use pedshed::geometry::Location;
use pedshed::id::{EdgeId, StationId};
use pedshed::inputs::{Inputs, LayerSpec, Request, Source, osm};
use pedshed::model::{Compound, Compounds, Gate, MapMarks, Resident, Station, Structure, Way};
use pedshed::network::Network;
use pedshed::resilience::{Dependence, Loss, MapObject, StreetClosures, StreetKind};
use pedshed::units::{Cutoff, People, Unit};
use pedshed::walker::WalkOptions;

use crate::support::liechtenstein;
use crate::support::pbf::{self, Block};

fn people(count: u64) -> People {
    People::from_thousandths(count * 1000)
}

fn resident(id: &str, lon: f64, count: u64) -> Resident {
    Resident::new(id, lon, 0.0).with_people(people(count))
}

/// Lost, cut off, farther, and what is added in tenths of person-minutes.
fn figures(loss: &Loss) -> [u64; 4] {
    let people = [loss.lost, loss.cut_off, loss.farther].map(|tally| tally.people.thousandths());
    let tenths = (loss.person_units(Unit::Milliseconds) * 10.0).round() as u64;
    [people[0] / 1000, people[1] / 1000, people[2] / 1000, tenths]
}

/// A row of five places, a minute from each to the next; a station at the first and one at the fourth.
fn row() -> City {
    let places: Vec<Coord<f64>> = (0..5)
        .map(|x| coord! { x: f64::from(x) / 1000.0, y: 0.0 })
        .collect();
    let streets = [(0, 1), (1, 2), (2, 3), (3, 4)];
    let stations = vec![Station::new("A", 0.0, 0.0), Station::new("B", 0.003, 0.0)];
    let residents = vec![
        resident("a", 0.001, 10),
        resident("b", 0.002, 20),
        resident("c", 0.004, 5),
        resident("d", 0.0, 1),
    ];
    let city = City::from_edges(&places, &streets).expect("streets");
    let city = city.stations(stations).residents(residents);
    let city = city.own_costs(|_: EdgeId, _| Some(60_000));
    city.build().expect("its own costs")
}

#[test]
fn a_row_of_five_places_breaks_as_a_hand_counts() {
    let city = row();
    let cutoff = Cutoff::minutes(2.0).expect("a cutoff");
    let closures = city.station_closures(cutoff, Control::default());
    let closures = closures.expect("nobody cancels");
    let (a, b) = (StationId(0), StationId(1));
    // a and b have both, c has B alone, d has A alone.
    let only: Vec<_> = closures
        .dependence()
        .iter()
        .map(|known| known.only)
        .collect();
    assert_eq!(only, [None, None, Some(b), Some(a)]);
    let added: Vec<_> = closures
        .dependence()
        .iter()
        .map(Dependence::added)
        .collect();
    assert_eq!(added, [60_000, 60_000, 180_000, 180_000].map(Some));
    let all = [10, 20, 5, 1].map(people);
    let by_count = closures.by_count(&all).map(|tally| tally.people);
    assert_eq!(by_count, [0, 6, 30, 0].map(people));
    // Without A: a walks a minute more, d three, and loses it. Without B: b a minute more, c three, and loses it.
    assert_eq!(figures(closures.loss(a).expect("A")), [1, 0, 11, 130]);
    assert_eq!(figures(closures.loss(b).expect("B")), [5, 0, 25, 350]);
    assert_eq!(closures.worst(), [b, a]);
    assert_eq!(closures.circle(b).expect("B").people, people(35));
    // Without both nobody has any: 36 people, 30 of whom each of the two would have served.
    let [pair] = closures.pairs() else {
        panic!("one pair of two stations");
    };
    assert_eq!(pair.stations, [a, b]);
    assert_eq!(figures(&pair.loss), [36, 36, 0, 0]);
    assert_eq!(pair.together, people(30));
}

#[test]
fn a_gate_in_a_wall_is_all_that_some_have() {
    // A street along the south of a compound, with a gate to it and one to a lane in the north that leads round to it.
    let places = [(0.0, 0.0), (0.004, 0.0), (0.004, 0.003), (0.0, 0.003)];
    let streets = [(0, 1), (1, 2), (2, 3)];
    let ground = Rect::new(
        coord! { x: 0.0005, y: 0.0003 },
        coord! { x: 0.0015, y: 0.0027 },
    );
    let compounds = |gates: &[(&str, f64)]| Compounds {
        list: vec![Compound::new("garden", ground.to_polygon())],
        gates: gates
            .iter()
            .map(|(id, lat)| Gate::new(*id, 0.001, *lat))
            .collect(),
    };
    let both = compounds(&[("south", 0.0003), ("north", 0.0027)]);
    let city = |walls: &Compounds| {
        let city = City::from_edges(&places, &streets).expect("streets");
        let city = city.stations(vec![Station::new("S", 0.0, 0.0)]);
        let home = Resident::new("home", 0.001, 0.001).with_people(people(7));
        let options = WalkOptions {
            min_island_m: 0.0,
            ..WalkOptions::default()
        };
        let city = city.residents(vec![home]).walls(walls.clone());
        city.walk_options(options).build().expect("a city")
    };
    let cutoff = Cutoff::minutes(15.0).expect("a cutoff");
    let close = |walls: &Compounds| {
        let (marks, control) = (MapMarks::default(), Control::default());
        let closures = city(walls).street_closures(walls, &marks, cutoff, control);
        closures.expect("one way")
    };
    let closures = close(&both);
    let ids: Vec<&str> = closures
        .list()
        .iter()
        .map(|gate| gate.id.as_str())
        .collect();
    assert_eq!(ids, ["south", "north"]);
    assert!(
        closures
            .list()
            .iter()
            .all(|gate| gate.object == MapObject::Record)
    );
    // Without the south gate they go round: as where there is none.
    let nearest = |walls: &Compounds| {
        let coverage = city(walls)
            .coverage(&[cutoff], Control::default())
            .expect("a city");
        coverage.nearest()[0].expect("a walk").cost
    };
    let (now, then) = (nearest(&both), nearest(&compounds(&[("north", 0.0027)])));
    let [south, north] = closures.losses() else {
        panic!("two gates");
    };
    assert_eq!(south.added, 7000 * u128::from(then - now));
    assert_eq!(south.farther.people, people(7));
    assert!(north.is_none());
    // And without the only gate they stay inside.
    let closures = close(&compounds(&[("south", 0.0003)]));
    assert_eq!(figures(&closures.losses()[0]), [7, 7, 0, 0]);
}

/// A street with a crossing in its middle, sidewalks on both sides, and a gate on a path that leads home; ids as in the map.
fn crossed() -> Block {
    let mut block = Block::default();
    let at = |x: i64, y: i64| (95_000_000 + x * 1_000, 471_000_000 + y * 1_000);
    let mut node = |id: i64, x: i64, y: i64, tags: pbf::Tags<'_>| {
        let (lon, lat) = at(x, y);
        block.node(id, lon, lat, tags);
    };
    for (id, x, y) in [
        (1, 0, 0),
        (3, 40, 0),
        (4, 0, 2),
        (6, 40, 2),
        (7, 20, 40),
        (8, 0, -2),
        (10, 40, -2),
    ] {
        node(id, x, y, &[]);
    }
    node(2, 20, 0, &[("highway", "crossing")]);
    node(5, 20, 2, &[]);
    node(9, 20, -2, &[]);
    node(11, 20, 20, &[("barrier", "gate"), ("name", "Garden Gate")]);
    node(20, 0, -3, &[("amenity", "pharmacy")]);
    node(21, 21, 40, &[("amenity", "bench")]);
    let footway = |kind: &'static str| [("highway", "footway"), ("footway", kind)];
    block.way(1, &[1, 2, 3], &[("highway", "primary"), ("foot", "no")]);
    block.way(2, &[4, 5, 6], &footway("sidewalk"));
    block.way(3, &[8, 9, 10], &footway("sidewalk"));
    block.way(4, &[5, 2], &footway("crossing"));
    block.way(5, &[2, 9], &footway("crossing"));
    block.way(6, &[5, 11, 7], &[("highway", "footway")]);
    block
}

#[test]
fn crossings_and_gates_are_those_of_the_map() {
    let source = Source::from_bytes("drawn.osm.pbf", pbf::file(&crossed()));
    let layer = |text: &str| LayerSpec::selected(text).expect("a selector");
    let request = Request {
        stations: vec![layer("osm:amenity=pharmacy")],
        residents: vec![layer("osm:amenity=bench")],
        with_marks: true,
        ..Request::new(source)
    };
    let inputs = Inputs::read(&request).expect("a sound file");
    assert_eq!(inputs.marks.crossing_ways, [4, 5]);
    assert_eq!(inputs.marks.crossings[0].footways, [4, 5]);
    let (marks, control) = (inputs.marks.clone(), Control::default());
    let options = WalkOptions {
        min_island_m: 0.0,
        ..WalkOptions::default()
    };
    let city = City::from_inputs(inputs)
        .walk_options(options)
        .build()
        .expect("a city");
    let cutoff = Cutoff::minutes(15.0).expect("a cutoff");
    let closures = city.street_closures(&Compounds::default(), &marks, cutoff, control);
    let closures = closures.expect("one way");
    let listed: Vec<_> = closures
        .list()
        .iter()
        .map(|one| (one.kind, one.object, one.id.as_str(), one.name.as_deref()))
        .collect();
    // Both halves of the crossing are one, by its first way.
    assert_eq!(
        listed,
        [
            (StreetKind::Gate, MapObject::Node, "11", Some("Garden Gate")),
            (StreetKind::Crossing, MapObject::Way, "4", None),
        ]
    );
    for loss in closures.losses() {
        assert_eq!((loss.lost.records, loss.cut_off.records), (1, 1));
    }
}

fn request(stations: &str) -> Request {
    let map = Source::open(&liechtenstein()).expect("the map");
    let layer = |text: &str| LayerSpec::selected(text).expect("a selector");
    Request {
        stations: vec![layer(stations)],
        residents: vec![layer("osm:building")],
        with_marks: true,
        ..Request::new(map)
    }
}

fn walks(city: &City, cutoff: Cutoff) -> Vec<Option<u64>> {
    let coverage = city
        .coverage(&[cutoff], Control::default())
        .expect("a city");
    let nearest = coverage.nearest().iter();
    nearest
        .map(|nearest| nearest.map(|nearest| nearest.cost))
        .collect()
}

#[test]
fn closing_a_pharmacy_of_liechtenstein_is_a_run_without_it() {
    let inputs = Inputs::read(&request("osm:amenity=pharmacy")).expect("the map");
    let (stations, residents) = (inputs.stations.clone(), inputs.residents.clone());
    let city = City::from_inputs(inputs).build().expect("a city");
    let cutoff = Cutoff::minutes(15.0).expect("a cutoff");
    let control = Control::default();
    let closures = city.station_closures(cutoff, control).expect("a city");
    let before = walks(&city, cutoff);
    for station in closures.worst().into_iter().take(4) {
        let mut left = stations.clone();
        left.remove(station.index());
        let without = city.with_stations(left, control).expect("stations");
        let after = walks(&without, cutoff);
        let lost = residents.iter().zip(before.iter().zip(&after));
        let within = |walk: &Option<u64>| walk.is_some_and(|walk| walk <= cutoff.cost().into());
        let lost = lost.filter(|(_, (before, after))| within(before) && !within(after));
        let lost: People = lost.map(|(resident, _)| resident.people).sum();
        let loss = closures.loss(station).expect("a station");
        assert_eq!(loss.lost.people, lost);
        assert_eq!(loss.cut_off.records, 0);
    }
}

#[test]
fn closing_a_bridge_of_liechtenstein_is_a_run_without_its_ways() {
    let inputs = Inputs::read(&request("osm:amenity=post_office")).expect("the map");
    let (marks, stations, residents) = (
        inputs.marks.clone(),
        inputs.stations.clone(),
        inputs.residents.clone(),
    );
    let options = WalkOptions {
        min_island_m: 0.0,
        ..WalkOptions::default()
    };
    let city = City::from_inputs(inputs)
        .walk_options(options)
        .build()
        .expect("a city");
    let cutoff = Cutoff::minutes(15.0).expect("a cutoff");
    let control = Control::default();
    let closures = city.street_closures(&Compounds::default(), &marks, cutoff, control);
    let closures: StreetClosures = closures.expect("one way");
    let before = walks(&city, cutoff);
    let worst = closures.worst().into_iter();
    let bridges = worst.filter(|at| closures.list()[*at].kind == StreetKind::Bridge);
    let map = Source::open(&liechtenstein()).expect("the map");
    let file = osm::OsmFile::open(&map).expect("a map");
    let read = osm::read_streets(&file).expect("streets");
    for at in bridges.take(3) {
        let closure = &closures.list()[at];
        let places = closure.lines.iter().flatten();
        let places: BTreeSet<_> = places
            .filter_map(|at| Location::from_degrees(*at))
            .collect();
        let is_left = |way: &Way| {
            let mut refs = read.streets.refs_of(way).iter();
            let is_off = |vertex: &u32| !places.contains(&read.streets.vertices[*vertex as usize]);
            way.structure != Structure::Bridge || refs.any(is_off)
        };
        let mut streets = read.streets.clone();
        streets.ways.retain(is_left);
        assert!(streets.ways.len() < read.streets.ways.len());
        let without = City::on(Network::build(&streets).expect("streets"))
            .stations(stations.clone())
            .residents(residents.clone())
            .walk_options(options)
            .build()
            .expect("a city");
        let after = walks(&without, cutoff);
        // Each edge is rounded by itself, and a bridge that is taken away makes one edge of two.
        let slack = 100;
        let longer = |slack: u64| {
            let changed = residents.iter().zip(before.iter().zip(&after));
            let changed = changed.filter(|(_, (before, after))| match (before, after) {
                (Some(before), Some(after)) => *after > *before + slack,
                _ => false,
            });
            changed.map(|(resident, _)| resident.people).sum::<People>()
        };
        let farther = closures.losses()[at].farther.people;
        assert!(
            farther >= longer(slack) && farther <= longer(0),
            "{closure:?}"
        );
        assert!(farther > People::ZERO);
    }
}
