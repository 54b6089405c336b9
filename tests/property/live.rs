//! Edits against full runs: after every one of a random sequence, all that is counted is what a run over the same records
//! on the same streets counts.

use geo_types::{Coord, polygon};
use pedshed::control::Control;
use pedshed::coverage::{Areas, Coverage, EdgesEdited, LiveCoverage, Status, Tests};
use pedshed::geometry::Location;
use pedshed::id::{EdgeId, ResidentId, StationId};
use pedshed::inputs::{Request, Source, read_network};
use pedshed::model::{
    Access, Area, CityRecords, Fault, Flow, Passage, Profile, Resident, Station, StreetsBuilder,
    WayKind,
};
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::Trip;
use pedshed::units::{CLOSED, Cutoff, People, Unit};
use pedshed::walker::{Placed, WalkOptions, Walker};
use pedshed::{Options, analyse};
use proptest::prelude::*;

use super::edits::{Edit, Point, edits};
use crate::support::liechtenstein;

const LATTICE: i32 = 6;
/// About 150 m in 10⁻⁷ degrees.
const STEP_E7: i32 = 13_500;

/// A line of streets with whether it is one-way, and whether it is private.
type Line = (Vec<Point>, bool, bool);

#[derive(Clone, Debug)]
struct Town {
    lines: Vec<Line>,
    stations: Vec<Vec<Point>>,
    residents: Vec<Point>,
    trip: Trip,
    min_island_m: f64,
    by_metres: bool,
    /// Costs of a few units with many ties and zeros, instead of walking times.
    coarse: bool,
    edits: Vec<Edit>,
}

/// Points lie anywhere in tenths of the lattice, also outside it.
fn points() -> impl Strategy<Value = Point> {
    (-20..LATTICE * 10 + 20, -20..LATTICE * 10 + 20)
}

fn towns() -> impl Strategy<Value = Town> {
    let vertex = (0..LATTICE, 0..LATTICE);
    let line = (
        prop::collection::vec(vertex, 2..5),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    let trip = prop_oneof![
        Just(Trip::ToStation),
        Just(Trip::FromStation),
        Just(Trip::RoundTrip)
    ];
    (
        prop::collection::vec(line, 1..14),
        prop::collection::vec(prop::collection::vec(points(), 1..3), 0..6),
        prop::collection::vec(points(), 1..25),
        (trip, any::<bool>(), prop::bool::weighted(0.3)),
        prop_oneof![Just(0.0), Just(300.0), Just(700.0)],
        prop::collection::vec(edits(points), 1..10),
    )
        .prop_map(
            |(lines, stations, residents, (trip, by_metres, coarse), min_island_m, edits)| Town {
                lines,
                stations,
                residents,
                trip,
                min_island_m,
                by_metres,
                coarse,
                edits,
            },
        )
}

fn degrees((x, y): Point) -> Coord<f64> {
    let e7 = |base: i32, tenths: i32| f64::from(base + tenths * STEP_E7 / 10) / 1e7;
    Coord {
        x: e7(95_000_000, x),
        y: e7(471_000_000, y),
    }
}

impl Town {
    /// `None` where no street has any length.
    fn network(&self) -> Option<Network> {
        let at = |vertex: i32| Location {
            lon_e7: 95_000_000 + vertex % LATTICE * STEP_E7,
            lat_e7: 471_000_000 + vertex / LATTICE * STEP_E7,
        };
        let vertices = (0..LATTICE * LATTICE).map(at).collect();
        let mut streets = StreetsBuilder::new(vertices);
        for (id, (line, is_one_way, is_private)) in (1..).zip(&self.lines) {
            let refs: Vec<u32> = line.iter().map(|(x, y)| (y * LATTICE + x) as u32).collect();
            let passage = Passage {
                kind: WayKind::Street,
                flow: if *is_one_way {
                    Flow::Forward
                } else {
                    Flow::Both
                },
                access: if *is_private {
                    Access::Private
                } else {
                    Access::Public
                },
                ..Passage::default()
            };
            streets.add_way(id, &refs, passage, None);
        }
        Network::build(&streets.finish(Vec::new())).ok()
    }

    fn residents(&self) -> Vec<Resident> {
        let residents = (0..).zip(&self.residents).map(|(index, place)| {
            let Coord { x, y } = degrees(*place);
            let people = People::from_thousandths(1000 + index * 700);
            Resident::new(format!("r{index}"), x, y).with_people(people)
        });
        let unknown = Resident::new("nowhere", 200.0, 0.0);
        residents.chain([unknown]).collect()
    }

    fn tests(&self) -> Tests {
        let minutes = [1.0, 3.0, 7.0].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
        let metres = [250.0, 600.0].map(|metres| Cutoff::metres(metres).expect("a cutoff"));
        if !self.by_metres {
            return Tests::new(minutes).expect("tests");
        }
        let tests = Tests::new(minutes.into_iter().chain(metres)).expect("tests");
        tests.decided_by_metres().expect("there are metres")
    }

    fn impedances(&self, network: &Network) -> [Impedance; 2] {
        let times = Impedance::times(network, &Profile::plain()).expect("costs fit");
        let lengths = Impedance::lengths(network, &Profile::plain()).expect("costs fit");
        if !self.coarse {
            return [times, lengths];
        }
        let coarse = |unit, exact: Impedance| {
            Impedance::from_costs(network, unit, 100.0, |edge, direction| {
                let is_open = exact.cost(edge, direction).is_some();
                let steps = (edge.0 * 5 + u32::from(direction == Direction::Forward)) % 4;
                if is_open { steps * 30_000 } else { CLOSED }
            })
        };
        [
            coarse(Unit::Milliseconds, times),
            coarse(Unit::Millimetres, lengths),
        ]
    }

    /// Half of the lattice.
    fn areas() -> Vec<Area> {
        let [west, east] = [(-20, -20), (25, 90)].map(degrees);
        let half = polygon![(x: west.x, y: west.y), (x: east.x, y: west.y), (x: east.x, y: east.y), (x: west.x, y: east.y)];
        vec![Area {
            id: "half".into(),
            name: "half".into(),
            shape: half.into(),
        }]
    }
}

/// A town as a full run sees it.
struct Reference<'t> {
    town: &'t Town,
    network: Network,
    residents: Vec<Resident>,
    /// By station its entrances; none for one that is gone.
    stations: Vec<Vec<Point>>,
    closed: Vec<EdgeId>,
}

impl<'t> Reference<'t> {
    fn new(town: &'t Town) -> Option<Self> {
        Some(Self {
            town,
            network: town.network()?,
            residents: town.residents(),
            stations: town.stations.clone(),
            closed: Vec::new(),
        })
    }

    /// One row for each entrance; a station that is gone has one without a place.
    fn rows(&self) -> Vec<Station> {
        let mut rows = Vec::new();
        for (index, entrances) in self.stations.iter().enumerate() {
            let id = format!("s{index}");
            rows.extend(entrances.iter().map(|place| {
                let Coord { x, y } = degrees(*place);
                Station::new(id.clone(), x, y)
            }));
            if entrances.is_empty() {
                let mut gone = Station::new(id, 0.0, 0.0);
                gone.place = Err(Fault::NoCoordinate);
                rows.push(gone);
            }
        }
        rows
    }

    fn live(&self) -> LiveCoverage {
        let [impedance, lengths] = self.town.impedances(&self.network);
        let options = WalkOptions {
            min_island_m: self.town.min_island_m,
            ..WalkOptions::default()
        };
        let walker = Walker::with_costs(&self.network, impedance, Some(lengths), options);
        let city = CityRecords {
            stations: &self.rows(),
            residents: &self.residents,
            areas: &Town::areas(),
        };
        let (walker, trip) = (walker.expect("its own costs"), self.town.trip);
        live_with(&walker, city, self.town.tests(), trip)
    }

    /// A full run from the streets on, and what an edited coverage must be.
    fn agrees(&self, live: &LiveCoverage, after: &str) {
        let (network, control) = (&self.network, Control::default());
        let [mut impedance, mut lengths] = self.town.impedances(network);
        for &edge in &self.closed {
            impedance.close(edge);
            lengths.close(edge);
        }
        let options = WalkOptions {
            min_island_m: self.town.min_island_m,
            ..WalkOptions::default()
        };
        let walker = Walker::with_costs(network, impedance, Some(lengths), options);
        let walker = walker.expect("its own costs");
        let (rows, trip, tests) = (self.rows(), self.town.trip, self.town.tests());
        let placed = Placed::new(&walker, &rows, &self.residents, trip, control);
        let placed = placed.expect("not cancelled");
        let city = CityRecords {
            stations: &rows,
            residents: &self.residents,
            areas: &[],
        };
        let longest = tests.minutes().last().copied();
        let times = placed.travel_times(city, Unit::Milliseconds, longest, control);
        let times = times.expect("not cancelled");
        let full = Coverage::new(&placed, city, tests, &[], control).expect("not cancelled");
        let snapped = placed.snapped();

        assert_eq!(live.snapped().residents(), snapped.residents(), "{after}");
        for station in snapped.stations() {
            let mut row = live.row(station).expect("its own").to_vec();
            row.sort_unstable();
            assert_eq!(Ok(row), times.sorted_row(station), "{after}, {station:?}");
            assert_eq!(
                live.coverage().catchments(station),
                full.catchments(station),
                "{after}, {station:?}"
            );
        }
        assert_eq!(live.coverage().nearest(), full.nearest(), "{after}");
        assert_eq!(live.coverage().statuses(), full.statuses(), "{after}");
        assert_eq!(live.coverage(), &full, "{after}");
        assert_eq!(
            live.areas(),
            &Areas::new(&Town::areas(), &self.residents, &full).expect("its own"),
            "{after}"
        );
    }

    fn edge(&self, number: usize) -> EdgeId {
        EdgeId::new(number % self.network.edge_count())
    }

    /// Does an edit to both.
    fn apply(&mut self, live: &mut LiveCoverage, edit: &Edit) {
        let coords = |places: &[Point]| {
            places
                .iter()
                .map(|place| degrees(*place))
                .collect::<Vec<_>>()
        };
        match edit {
            Edit::Add(places) => {
                let id = live.add_station(&coords(places));
                assert_eq!(id.index(), self.stations.len(), "ids go on");
                self.stations.push(places.clone());
            }
            Edit::Move(..) | Edit::Remove(_) if self.stations.is_empty() => {}
            Edit::Move(station, places) => {
                let station = station % self.stations.len();
                live.move_station(StationId::new(station), &coords(places))
                    .expect("its own");
                self.stations[station].clone_from(places);
            }
            Edit::Remove(station) => {
                let station = station % self.stations.len();
                live.remove_station(StationId::new(station))
                    .expect("its own");
                self.stations[station].clear();
            }
            Edit::Close(numbers) => {
                let edges: Vec<EdgeId> = numbers.iter().map(|number| self.edge(*number)).collect();
                live.close_edges(&edges).expect("its own");
                self.closed.extend(edges);
                self.closed.sort_unstable();
                self.closed.dedup();
            }
            Edit::Open(numbers) => {
                // Of the closed ones: any other is open.
                let count = self.closed.len().max(1);
                let edges: Vec<EdgeId> = numbers
                    .iter()
                    .filter_map(|number| self.closed.get(number % count).copied())
                    .collect();
                live.open_edges(&edges).expect("its own");
                self.closed.retain(|edge| !edges.contains(edge));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_leaves_what_a_full_run_counts(town in towns()) {
        if let Some(mut reference) = Reference::new(&town) {
            let mut live = reference.live();
            reference.agrees(&live, "at first");
            for (number, edit) in town.edits.iter().enumerate() {
                reference.apply(&mut live, edit);
                reference.agrees(&live, &format!("after edit {number}, {edit:?}"));
            }
        }
    }

    #[test]
    fn stations_that_come_back_and_edges_that_open_again_restore_everything(town in towns()) {
        if let Some(mut reference) = Reference::new(&town) {
            let mut live = reference.live();
            let (before, areas) = (live.coverage().clone(), live.areas().clone());
            let homes = live.snapped().residents().to_vec();
            // No new stations, which could not be taken back.
            let edits = town.edits.iter().filter(|edit| !matches!(edit, Edit::Add(_)));
            for edit in edits {
                reference.apply(&mut live, edit);
            }
            for (index, places) in town.stations.iter().enumerate() {
                reference.apply(&mut live, &Edit::Move(index, places.clone()));
            }
            let closed: Vec<EdgeId> = live.closed_edges().collect();
            live.open_edges(&closed).expect("its own");
            prop_assert_eq!(live.coverage(), &before);
            prop_assert_eq!(live.areas(), &areas);
            prop_assert_eq!(live.snapped().residents(), &homes[..]);
        }
    }
}

/// Knuth's linear congruences, so that every run makes the same moves.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        let multiplied = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = multiplied.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
}

/// A place some metres off a street.
fn place_in(network: &Network, dice: &mut Dice) -> Coord<f64> {
    let edge = EdgeId::new(dice.below(network.edge_count()));
    let mut place = network.place_at(edge, dice.below(1000) as f64 / 1000.0);
    place.x += dice.below(400) as f64 * 1e-6 - 2e-4;
    place.y += dice.below(400) as f64 * 1e-6 - 2e-4;
    place
}

fn city_of<'a>(stations: &'a [Station], residents: &'a [Resident]) -> CityRecords<'a> {
    CityRecords {
        stations,
        residents,
        areas: &[],
    }
}

#[test]
fn fifty_moves_and_a_closed_street_in_liechtenstein_leave_what_a_full_run_counts() {
    let source = Source::open(&liechtenstein()).expect("an extract");
    let network = read_network(&Request::new(source))
        .expect("streets")
        .network;
    let mut dice = Dice(15);
    let record = |number: usize, dice: &mut Dice| (number, place_in(&network, dice));
    let mut stations: Vec<Station> = (0..40)
        .map(|number| record(number, &mut dice))
        .map(|(number, at)| Station::new(format!("s{number}"), at.x, at.y))
        .collect();
    let residents: Vec<Resident> = (0..3000)
        .map(|number| record(number, &mut dice))
        .map(|(number, at)| Resident::new(format!("r{number}"), at.x, at.y))
        .collect();
    let options = || Options {
        straight_m: Vec::new(),
        ..Options::minutes(&[5.0, 10.0, 15.0]).expect("cutoffs")
    };
    let city = city_of(&stations, &residents);
    let analysis = analyse(&network, city, options(), Control::default()).expect("a city");
    let mut live = analysis
        .live(city, Control::default())
        .expect("not cancelled");
    for number in 0..50 {
        let (station, at) = record(dice.below(stations.len()), &mut dice);
        live.move_station(StationId::new(station), &[at])
            .expect("its own");
        stations[station] = Station::new(format!("s{station}"), at.x, at.y);
        let city = city_of(&stations, &residents);
        let full = analyse(&network, city, options(), Control::default()).expect("a city");
        assert_eq!(live.coverage(), &full.coverage, "after move {number}");
    }
    let before = live.coverage().clone();
    for _ in 0..5 {
        let edge = EdgeId::new(dice.below(network.edge_count()));
        let edited = live.close_edges(&[edge]).expect("its own");
        assert!(
            edited.stations < stations.len(),
            "{edited:?}: only stations near it"
        );
        live.open_edges(&[edge]).expect("its own");
        assert_eq!(live.coverage(), &before, "{edge:?} closed and opened");
    }
}

/// Streets on the equator between places in ten-thousandths of a degree, 11.1 m each; stations and residents beside them.
fn on_the_equator(
    places: &[Point],
    edges: &[(u32, u32)],
    stations: &[Point],
    residents: &[Point],
    minutes: f64,
    min_island_m: f64,
) -> LiveCoverage {
    let at = |(x, y): Point| Coord {
        x: f64::from(x) * 1e-4,
        y: f64::from(y) * 1e-4,
    };
    let places: Vec<Coord<f64>> = places.iter().map(|place| at(*place)).collect();
    let edges: Vec<_> = edges
        .iter()
        .map(|(a, b)| (*a, *b, WayKind::Street))
        .collect();
    let network = Network::from_edges(&places, &edges).expect("a network");
    let station = |(index, place): (usize, &Point)| {
        let Coord { x, y } = at(*place);
        Station::new(format!("s{index}"), x, y)
    };
    let stations: Vec<Station> = stations.iter().enumerate().map(station).collect();
    let resident = |(index, place): (usize, &Point)| {
        let Coord { x, y } = at(*place);
        Resident::new(format!("r{index}"), x, y)
    };
    let residents: Vec<Resident> = residents.iter().enumerate().map(resident).collect();
    let options = WalkOptions {
        min_island_m,
        ..WalkOptions::default()
    };
    let walker = Walker::new(&network, &Profile::plain(), options).expect("costs fit");
    let tests = Tests::new([Cutoff::minutes(minutes).expect("a cutoff")]).expect("tests");
    live_with(
        &walker,
        city_of(&stations, &residents),
        tests,
        Trip::ToStation,
    )
}

fn live_with(walker: &Walker, city: CityRecords<'_>, tests: Tests, trip: Trip) -> LiveCoverage {
    let control = Control::default();
    let placed = Placed::new(walker, city.stations, city.residents, trip, control);
    let placed = placed.expect("nobody cancels");
    LiveCoverage::new(&placed, city, tests, control).expect("nobody cancels")
}

#[test]
fn an_edge_that_closes_near_the_cutoff_is_noticed_and_far_stations_are_left_alone() {
    // A street of 40 edges of 111.3 m. At 80 m a minute 12 minutes are 960 m; somebody lives at 946 m, behind the edge from
    // 779 m to 891 m.
    let places: Vec<Point> = (0..=40).map(|x| (x * 10, 0)).collect();
    let edges: Vec<(u32, u32)> = (0..40).map(|x| (x, x + 1)).collect();
    let mut live = on_the_equator(&places, &edges, &[(0, 0), (400, 0)], &[(85, 0)], 12.0, 0.0);
    let within = |live: &LiveCoverage| {
        live.coverage()
            .within(ResidentId(0))
            .expect("they are there")[0]
    };
    assert_eq!(within(&live), 1);
    let edited = live.close_edges(&[EdgeId(7), EdgeId(7)]).expect("its own");
    assert_eq!((edited.edges, edited.residents, edited.stations), (1, 0, 1));
    assert_eq!(within(&live), 0);
    let again = live.close_edges(&[EdgeId(7)]).expect("its own");
    assert_eq!(again, EdgesEdited::default(), "it is closed already");
    assert_eq!(
        live.open_edges(&[EdgeId(7), EdgeId(8)])
            .expect("its own")
            .edges,
        1
    );
    assert_eq!(within(&live), 1);
}

#[test]
fn who_lived_on_what_becomes_an_island_is_found_by_stations_far_from_the_edge_that_closed() {
    // A street of 445 m, a bridge of 111 m and a spur of 278 m; 166 m north of the spur's end a street of its own, with a
    // station 278 m along. At 80 m a minute 6 minutes are 480 m: from the spur's end to the station it is 166 + 278 = 444 m,
    // from the bridge 580 m as the crow flies.
    let places = [(-40, 0), (0, 0), (10, 0), (35, 0), (35, 15), (75, 15)];
    let edges = [(0, 1), (1, 2), (2, 3), (4, 5)];
    let mut live = on_the_equator(&places, &edges, &[(60, 15)], &[(35, 0)], 6.0, 300.0);
    let status = |live: &LiveCoverage| live.coverage().statuses()[0];
    assert_eq!(status(&live), Status::Unreachable);
    let edited = live.close_edges(&[EdgeId(1)]).expect("its own");
    assert_eq!((edited.residents, edited.stations), (1, 1));
    assert_eq!(status(&live), Status::Covered);
    assert_eq!(
        live.coverage().catchments(StationId(0)).expect("a station")[0].residents,
        1
    );
    live.open_edges(&[EdgeId(1)]).expect("its own");
    assert_eq!(status(&live), Status::Unreachable);
    assert_eq!(
        live.coverage().catchments(StationId(0)).expect("a station")[0].residents,
        0
    );
}
