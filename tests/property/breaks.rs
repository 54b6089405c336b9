//! Closures against full runs: what closing a station, two of them, a bridge, a lift, a gate or a crossing costs is what a run without
//! it counts.

use geo_types::Coord;
use pedshed::City;
use pedshed::control::Control;
use pedshed::geometry::Location;
use pedshed::id::{ResidentId, StationId};
use pedshed::model::{
    Access, Compounds, Crossing, CrossingMark, Dwelling, Flow, GateMark, Lift, MapMarks, Passage,
    Profile, Resident, Station, Streets, StreetsBuilder, Structure, WayKind,
};
use pedshed::network::Network;
use pedshed::resilience::{Loss, StreetClosure, StreetKind};
use pedshed::search::Trip;
use pedshed::snap::{Snap, SnapOptions};
use pedshed::units::{Cutoff, People};
use pedshed::walker::WalkOptions;
use proptest::prelude::*;

const LATTICE: usize = 5;
/// About 150 m in 10⁻⁷ degrees.
const STEP_E7: i32 = 13_500;
/// Each edge is rounded by itself, and a street that is taken away makes one edge of two.
const ROUNDING_MS: u64 = 40;

/// What stands between two neighbours of the lattice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    None,
    Street,
    OneWay,
    Bridge,
    Lift,
    Private,
}

#[derive(Clone, Debug)]
struct Town {
    /// To the east and to the north of each vertex.
    links: Vec<[Link; 2]>,
    /// By vertex, whether a gate stands there, and whether people cross there.
    marks: Vec<[bool; 2]>,
    /// In tenths of the lattice.
    stations: Vec<(i32, i32)>,
    residents: Vec<(i32, i32)>,
    trip: Trip,
}

fn towns(links: impl Strategy<Value = Link> + Clone + 'static) -> impl Strategy<Value = Town> {
    let count = LATTICE * LATTICE;
    let most = LATTICE as i32 * 10;
    let point = || (-8..most, -8..most);
    let mark = || prop::bool::weighted(0.15);
    (
        prop::collection::vec([links.clone(), links], count),
        prop::collection::vec([mark(), mark()], count),
        prop::collection::vec(point(), 1..5),
        prop::collection::vec(point(), 1..30),
        prop_oneof![Just(Trip::ToStation), Just(Trip::FromStation)],
    )
        .prop_map(|(links, marks, stations, residents, trip)| Town {
            links,
            marks,
            stations,
            residents,
            trip,
        })
}

fn open_links() -> impl Strategy<Value = Link> + Clone {
    prop_oneof![
        2 => Just(Link::None),
        6 => Just(Link::Street),
        1 => Just(Link::OneWay),
        3 => Just(Link::Bridge),
        1 => Just(Link::Lift),
    ]
}

fn walled_links() -> impl Strategy<Value = Link> + Clone {
    prop_oneof![
        2 => Just(Link::None),
        6 => Just(Link::Street),
        1 => Just(Link::OneWay),
        4 => Just(Link::Private),
    ]
}

fn vertex_at(vertex: usize) -> Location {
    Location {
        lon_e7: 95_000_000 + (vertex % LATTICE) as i32 * STEP_E7,
        lat_e7: 471_000_000 + (vertex / LATTICE) as i32 * STEP_E7,
    }
}

/// A little beside tenths: nobody is as near to one street as to another, where the order of streets would decide.
fn degrees((x, y): (i32, i32)) -> Coord<f64> {
    let e7 = |base: i32, tenths: i32| f64::from(base + tenths * STEP_E7 / 10) / 1e7;
    Coord {
        x: e7(95_000_371, x),
        y: e7(471_000_193, y),
    }
}

/// A way from one neighbour to another.
#[derive(Clone, Copy, Debug)]
struct Way {
    id: i64,
    ends: [usize; 2],
    link: Link,
}

/// At which vertex which ways are parted from the others: those of one number stay together, and those of none stay where they were.
struct Parted<'f> {
    vertex: usize,
    part_of: &'f dyn Fn(&Way) -> Option<i64>,
}

impl Town {
    fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        for (vertex, links) in self.links.iter().enumerate() {
            let others = [
                (vertex % LATTICE + 1 < LATTICE).then_some(vertex + 1),
                (vertex / LATTICE + 1 < LATTICE).then_some(vertex + LATTICE),
            ];
            for ((other, link), id) in others.into_iter().zip(links).zip(1..) {
                let (Some(other), true) = (other, *link != Link::None) else {
                    continue;
                };
                ways.push(Way {
                    id: vertex as i64 * 10 + id,
                    ends: [vertex, other],
                    link: *link,
                });
            }
        }
        ways
    }

    /// The streets of some of its ways.
    fn streets(&self, ways: &[Way], parted: Option<&Parted<'_>>) -> Streets {
        let vertices = (0..LATTICE * LATTICE).map(vertex_at).collect();
        let mut streets = StreetsBuilder::new(vertices);
        let mut copies: Vec<(i64, u32)> = Vec::new();
        for way in ways {
            let refs = way.ends.map(|end| {
                let part = parted.filter(|parted| parted.vertex == end);
                let Some(part) = part.and_then(|parted| (parted.part_of)(way)) else {
                    return end as u32;
                };
                if let Some((_, copy)) = copies.iter().find(|(known, _)| *known == part) {
                    return *copy;
                }
                let copy = streets.add_vertex(vertex_at(end));
                copies.push((part, copy));
                copy
            });
            let passage = Passage {
                kind: match way.link {
                    Link::Lift => WayKind::Lift { storeys: 2 },
                    _ => WayKind::Street,
                },
                flow: match way.link {
                    Link::OneWay => Flow::Forward,
                    _ => Flow::Both,
                },
                access: match way.link {
                    Link::Private => Access::Private,
                    _ => Access::Public,
                },
                ..Passage::default()
            };
            let structure = match way.link {
                Link::Bridge => Structure::Bridge,
                _ => Structure::Ground,
            };
            streets.add_way_on(structure, way.id, &refs, passage, None);
        }
        let crossings = (0..).zip(&self.marks).filter(|(_, [_, crosses])| *crosses);
        let mut crossings: Vec<(u32, Crossing)> = crossings
            .map(|(vertex, _)| (vertex, Crossing::Marked))
            .collect();
        // Who passes there waits as before, whatever is parted.
        let waits = parted.is_some_and(|parted| self.marks[parted.vertex][1]);
        let copies = copies.iter().filter(|_| waits);
        crossings.extend(copies.map(|(_, copy)| (*copy, Crossing::Marked)));
        streets.finish(crossings)
    }

    /// Every other street is one for walkers.
    fn is_footway(way: &Way) -> bool {
        way.id % 2 == 0
    }

    fn map_marks(&self) -> MapMarks {
        let ways = self.ways();
        let marked = |which: usize| {
            let marks = self.marks.iter().enumerate();
            marks.filter(move |(_, marks)| marks[which])
        };
        MapMarks {
            gates: marked(0)
                .map(|(vertex, _)| GateMark {
                    node: vertex as i64,
                    place: vertex_at(vertex),
                    name: None,
                })
                .collect(),
            crossings: marked(1)
                .map(|(vertex, _)| {
                    let met = ways.iter().filter(|way| way.ends.contains(&vertex));
                    let footways = met.filter(|way| Self::is_footway(way));
                    CrossingMark {
                        node: vertex as i64,
                        place: vertex_at(vertex),
                        footways: footways.map(|way| way.id).collect(),
                    }
                })
                .collect(),
            crossing_ways: Vec::new(),
        }
    }

    fn city(
        &self,
        streets: &Streets,
        stations: &[Station],
        residents: &[Resident],
    ) -> Option<City> {
        let network = Network::build(streets).ok()?;
        let options = WalkOptions {
            snap: SnapOptions::default()
                .with_max_snap_m(120.0)
                .expect("a distance"),
            min_island_m: 0.0,
            ..WalkOptions::default()
        };
        let city = City::on(network)
            .stations(stations.to_vec())
            .residents(residents.to_vec())
            .profile(Profile::adult())
            .trip(self.trip)
            .walk_options(options);
        city.build().ok()
    }

    /// The points that do not join the streets at a vertex: who stands in a gate may go either way.
    fn points(&self) -> Option<(Vec<Station>, Vec<Resident>)> {
        let stations: Vec<Station> = (0..)
            .zip(&self.stations)
            .map(|(number, place)| {
                let Coord { x, y } = degrees(*place);
                Station::new(format!("s{number}"), x, y)
            })
            .collect();
        let residents: Vec<Resident> = (0..)
            .zip(&self.residents)
            .map(|(number, place)| {
                let Coord { x, y } = degrees(*place);
                let people = People::from_thousandths(1000 + number * 700);
                // An adult takes the stairs, up to the fourth storey, or the lift.
                let dwelling = Dwelling {
                    storey: Some(1 + (number * 5 % 9) as u8),
                    lift: (number % 2 == 0).then_some(Lift::Level),
                };
                let resident = Resident::new(format!("r{number}"), x, y).with_people(people);
                resident.with_dwelling(dwelling)
            })
            .collect();
        let city = self.city(&self.streets(&self.ways(), None), &stations, &residents)?;
        let (network, snapped) = (city.network(), city.placed().snapped());
        let is_between = |snap: &Snap| {
            let place = Location::from_degrees(network.place_at(snap.edge, snap.fraction));
            let mut vertices = (0..LATTICE * LATTICE).map(vertex_at);
            vertices.all(|vertex| Some(vertex) != place)
        };
        let stations = stations.into_iter().zip(snapped.stations());
        let stations = stations.filter(|(_, id)| snapped.station_snaps(*id).all(is_between));
        let residents = residents.into_iter().zip(snapped.residents());
        let residents = residents.filter(|(_, snapping)| snapping.snap().is_none_or(is_between));
        Some((
            stations.map(|(station, _)| station).collect(),
            residents.map(|(resident, _)| resident).collect(),
        ))
    }
}

fn cutoff() -> Cutoff {
    Cutoff::minutes(6.0).expect("a cutoff")
}

/// What everybody's walk to the nearest station costs.
fn walks(city: &City) -> Vec<Option<u64>> {
    let coverage = city.coverage(&[cutoff()], Control::default());
    let coverage = coverage.expect("nobody cancels");
    let nearest = coverage.nearest().iter();
    nearest
        .map(|nearest| nearest.map(|nearest| nearest.cost))
        .collect()
}

/// Counts by hand, when walks as long as `slack` more or less are the same.
fn bounds(
    people: &[Resident],
    before: &[Option<u64>],
    after: &[Option<u64>],
    slack: u64,
) -> [[u64; 4]; 2] {
    let cutoff = u64::from(cutoff().cost());
    let mut bounds = [[0; 4]; 2];
    for ((resident, before), after) in people.iter().zip(before).zip(after) {
        let thousandths = resident.people.thousandths();
        let Some(before) = *before else { continue };
        let mut count = |which: usize, least: bool, most: bool| {
            bounds[0][which] += if least { thousandths } else { 0 };
            bounds[1][which] += if most { thousandths } else { 0 };
        };
        let was = before <= cutoff;
        count(
            0,
            was && after.is_none_or(|after| after > cutoff + slack),
            was && after.is_none_or(|after| after + slack > cutoff),
        );
        count(1, after.is_none(), after.is_none());
        count(
            2,
            after.is_some_and(|after| after > before + slack),
            after.is_some_and(|after| after + slack > before),
        );
        if let Some(after) = after {
            let added = after.saturating_sub(before);
            bounds[0][3] += thousandths * added.saturating_sub(slack);
            bounds[1][3] += thousandths * (added + slack);
        }
    }
    bounds
}

fn figures(loss: &Loss) -> [u64; 4] {
    let people = [loss.lost, loss.cut_off, loss.farther].map(|tally| tally.people.thousandths());
    let added = u64::try_from(loss.added).expect("a small town");
    [people[0], people[1], people[2], added]
}

/// The figures of a loss are within what was counted by hand.
fn agrees(loss: &Loss, [least, most]: [[u64; 4]; 2], what: &str) {
    for ((figure, least), most) in figures(loss).into_iter().zip(least).zip(most) {
        assert!(
            (least..=most.max(least)).contains(&figure),
            "{what}: {figure} is not from {least} to {most}; {loss:?}"
        );
    }
}

/// The town's streets without what is closed.
fn streets_without(town: &Town, closure: &StreetClosure) -> Streets {
    let ways = town.ways();
    let at = |place: Coord<f64>| Location::from_degrees(place).expect("on the earth");
    if closure.lines.is_empty() {
        let place = at(closure.place);
        let vertex = (0..LATTICE * LATTICE).find(|vertex| vertex_at(*vertex) == place);
        let vertex = vertex.expect("at a vertex");
        let met: Vec<&Way> = ways
            .iter()
            .filter(|way| way.ends.contains(&vertex))
            .collect();
        let is_mixed = met.iter().any(|way| way.link == Link::Private)
            && met.iter().any(|way| way.link != Link::Private);
        let part_of = |way: &Way| match (closure.kind, is_mixed) {
            (StreetKind::Crossing, _) => Town::is_footway(way).then_some(way.id),
            (_, true) => (way.link == Link::Private).then_some(-1),
            (_, false) => Some(way.id),
        };
        let part_of = &part_of;
        return town.streets(&ways, Some(&Parted { vertex, part_of }));
    }
    let is_closed = |way: &Way| {
        let ends = way.ends.map(vertex_at);
        closure.lines.iter().any(|line| {
            line.windows(2).any(|pair| {
                let pair = [at(pair[0]), at(pair[1])];
                pair == ends || [pair[1], pair[0]] == ends
            })
        })
    };
    let left: Vec<Way> = ways.into_iter().filter(|way| !is_closed(way)).collect();
    town.streets(&left, None)
}

fn streets_agree(town: &Town) {
    let Some((stations, residents)) = town.points() else {
        return;
    };
    let open = town.streets(&town.ways(), None);
    let city = town.city(&open, &stations, &residents).expect("streets");
    let before = walks(&city);
    let closures = city.street_closures(
        &Compounds::default(),
        &town.map_marks(),
        cutoff(),
        Control::default(),
    );
    let closures = closures.expect("one way");
    for (closure, loss) in closures.list().iter().zip(closures.losses()) {
        let without = streets_without(town, closure);
        let after = match town.city(&without, &stations, &residents) {
            Some(city) => walks(&city),
            None => vec![None; before.len()],
        };
        let what = format!("{:?} {:?} {}", closure.kind, closure.object, closure.id);
        let bounds = bounds(&residents, &before, &after, ROUNDING_MS);
        agrees(loss, bounds, &what);
    }
    // Each is there once.
    let keys = closures.list().iter();
    let mut keys: Vec<String> = keys
        .map(|closure| {
            let place = Location::from_degrees(closure.place);
            format!("{:?} {} {place:?}", closure.kind, closure.id)
        })
        .collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn bridges_lifts_gates_and_crossings_cost_what_a_run_without_them_counts(town in towns(open_links())) {
        streets_agree(&town);
    }

    #[test]
    fn gates_of_pockets_cost_what_a_run_without_them_counts(town in towns(walled_links())) {
        streets_agree(&town);
    }

    #[test]
    fn stations_cost_what_a_run_without_them_counts(town in towns(walled_links())) {
        let Some((stations, residents)) = town.points() else { return Ok(()) };
        let streets = town.streets(&town.ways(), None);
        let run = |left: &[Station]| {
            let city = town.city(&streets, left, &residents).expect("streets");
            let walked = walks(&city);
            (city, walked)
        };
        let (city, before) = run(&stations);
        let closures = city.station_closures(cutoff(), Control::default()).expect("nobody cancels");
        let without = |gone: &[usize]| {
            let left: Vec<Station> = stations
                .iter()
                .enumerate()
                .filter(|(at, _)| !gone.contains(at))
                .map(|(_, station)| station.clone())
                .collect();
            let [exact, _] = bounds(&residents, &before, &run(&left).1, 0);
            exact
        };
        for at in 0..stations.len() {
            let loss = closures.loss(StationId::new(at)).expect("a station");
            prop_assert_eq!(figures(loss), without(&[at]));
        }
        for pair in closures.pairs() {
            let gone = pair.stations.map(StationId::index);
            prop_assert_eq!(figures(&pair.loss), without(&gone));
        }
        let coverage = city.coverage(&[cutoff()], Control::default()).expect("nobody cancels");
        for (resident, known) in (0..).map(ResidentId::new).zip(closures.dependence()) {
            prop_assert_eq!(&[known.stations][..], coverage.within(resident).expect("a resident"));
        }
    }
}
