//! Walls in random towns: another gate never makes a walk longer, and a walk by the gates is the best of those by each.

use geo::{Distance, Euclidean, Intersects, Line};
use geo_types::{Coord, Point, Rect};
use pedshed::control::Control;
use pedshed::coverage::Status;
use pedshed::gaps::{GapOptions, GapReason};
use pedshed::geometry::{LocalMetres, Location};
use pedshed::id::{ResidentId, StationId};
use pedshed::model::{
    Access, CityRecords, Compound, Compounds, Flow, Gate, Passage, Profile, Resident, Station,
    StreetsBuilder, WayKind,
};
use pedshed::network::Network;
use pedshed::planning::provision::{GroupQuestion, PeopleGroup};
use pedshed::search::Trip;
use pedshed::snap::{GateAccess, Snap, SnapOptions, Snapping};
use pedshed::units::{CLOSED, People};
use pedshed::{Analysis, Options, analyse, parallel};
use proptest::prelude::*;
use std::collections::BTreeMap;

const LATTICE: i32 = 6;
/// About 150 m in 10⁻⁷ degrees.
const STEP_E7: i32 = 13_500;
/// The milliseconds of a metre at 4.8 km/h.
const MS_PER_M: f64 = 750.0;
/// The snapping distance: half a cell of the lattice, so that not every compound has a street.
const MAX_SNAP_M: f64 = 80.0;
pub(super) const TRIPS: [Trip; 3] = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];

/// Streets on a lattice, and rectangles beside its lines, in tenths of a step.
#[derive(Clone, Debug)]
pub(super) struct Town {
    lines: Vec<(Vec<(i32, i32)>, bool)>,
    /// By line whether it is private; none is where there is no such list.
    private: Vec<bool>,
    stations: Vec<(i32, i32)>,
    residents: Vec<(i32, i32)>,
    compounds: Vec<Walled>,
}

#[derive(Clone, Debug)]
struct Walled {
    corner: (i32, i32),
    size: (i32, i32),
    /// Where on the wall: a side, and how far along it in tenths.
    gates: Vec<(u8, u8)>,
}

/// Points are anywhere, or in one of the compounds.
pub(super) fn towns() -> impl Strategy<Value = Town> {
    let vertex = (0..LATTICE, 0..LATTICE);
    let line = (
        prop::collection::vec(vertex, 2..5),
        prop::bool::weighted(0.2),
    );
    let point = || {
        let anywhere = (-5..LATTICE * 10 + 5, -5..LATTICE * 10 + 5);
        let inside = (any::<prop::sample::Index>(), 1..10, 1..10);
        (prop::bool::weighted(0.7), anywhere, inside)
    };
    // In a cell of the lattice, where no street need be, or anywhere.
    let in_a_cell = ((0..5, 0..5), (1..4, 1..4), (4..8, 4..8));
    let in_a_cell =
        in_a_cell.prop_map(|(cell, at, size)| ((cell.0 * 10 + at.0, cell.1 * 10 + at.1), size));
    let anywhere = ((-5..45, -5..45), (4..20, 4..20));
    let walled = (
        prop_oneof![3 => in_a_cell, 1 => anywhere],
        prop::collection::vec((0u8..4, 1u8..10), 1..4),
    );
    let walled = walled.prop_map(|((corner, size), gates)| Walled {
        corner,
        size,
        gates,
    });
    (
        prop::collection::vec(line, 6..20),
        prop::collection::vec(point(), 1..5),
        prop::collection::vec(point(), 1..20),
        prop::collection::vec(walled, 1..5),
    )
        .prop_map(|(lines, stations, residents, compounds)| {
            let place = |(is_inside, anywhere, (compound, x, y)): (
                bool,
                _,
                (prop::sample::Index, i32, i32),
            )| {
                let Walled { corner, size, .. } = compound.get(&compounds);
                let inside = (
                    corner.0 + 1 + size.0 * x / 11,
                    corner.1 + 1 + size.1 * y / 11,
                );
                if is_inside { inside } else { anywhere }
            };
            Town {
                lines,
                private: Vec::new(),
                stations: stations.into_iter().map(place).collect(),
                residents: residents.into_iter().map(place).collect(),
                compounds,
            }
        })
}

/// Where a vertex of the lattice is.
fn lattice(vertex: i32) -> Location {
    Location {
        lon_e7: 95_000_000 + vertex % LATTICE * STEP_E7,
        lat_e7: 471_000_000 + vertex / LATTICE * STEP_E7,
    }
}

/// A place in tenths of a step, moved by a part of one.
pub(super) fn degrees((x, y): (i32, i32), moved: f64) -> Coord<f64> {
    let e7 = |base: f64, tenths: i32| {
        (base + (f64::from(tenths) + moved) * f64::from(STEP_E7) / 10.0) / 1e7
    };
    Coord {
        x: e7(95_000_000.0, x),
        y: e7(471_000_000.0, y),
    }
}

impl Walled {
    /// No wall runs along a street, and none through a point.
    fn ground(&self) -> Rect<f64> {
        let (x, y) = self.corner;
        let high = (x + self.size.0, y + self.size.1);
        Rect::new(degrees((x, y), 0.37), degrees(high, 0.37))
    }

    fn gate_place(&self, (side, along): (u8, u8)) -> Coord<f64> {
        let (low, high) = (self.ground().min(), self.ground().max());
        let part = f64::from(along) / 10.0;
        let (x, y) = (
            low.x + (high.x - low.x) * part,
            low.y + (high.y - low.y) * part,
        );
        match side {
            0 => Coord { x, y: low.y },
            1 => Coord { x, y: high.y },
            2 => Coord { x: low.x, y },
            _ => Coord { x: high.x, y },
        }
    }
}

impl Town {
    pub(super) fn network(&self) -> Option<Network> {
        let mut streets = StreetsBuilder::new((0..LATTICE * LATTICE).map(lattice).collect());
        for (id, (line, passage)) in (1..).zip(self.ways()) {
            streets.add_way(id, &line, passage, Some(&id.to_string()));
        }
        Network::build(&streets.finish(Vec::new())).ok()
    }

    /// By their vertices.
    fn ways(&self) -> impl Iterator<Item = (Vec<u32>, Passage)> {
        let private = self.private.iter().copied().chain(std::iter::repeat(false));
        self.lines
            .iter()
            .zip(private)
            .map(|((line, one_way), is_private)| {
                let refs = line.iter().map(|(x, y)| (y * LATTICE + x) as u32);
                let passage = Passage {
                    flow: if *one_way { Flow::Forward } else { Flow::Both },
                    access: if is_private {
                        Access::Private
                    } else {
                        Access::Public
                    },
                    ..Passage::from(WayKind::Street)
                };
                (refs.collect(), passage)
            })
    }

    /// The streets with one more, between two places on others; `None` where streets cross there that do not meet.
    fn network_with(&self, from: Coord<f64>, to: Coord<f64>) -> Option<Network> {
        let mut vertices: Vec<Location> = (0..LATTICE * LATTICE).map(lattice).collect();
        let ends = [from, to].map(|place| {
            let e7 = |degrees: f64| (degrees * 1e7).round() as i32;
            let at = Location {
                lon_e7: e7(place.x),
                lat_e7: e7(place.y),
            };
            let known = vertices.iter().position(|vertex| *vertex == at);
            let end = known.unwrap_or(vertices.len());
            if end == vertices.len() {
                vertices.push(at);
            }
            end as u32
        });
        let metres = LocalMetres::at(from.y);
        let apart = |one: u32, other: u32| {
            let [one, other] = [one, other].map(|vertex| vertices[vertex as usize].degrees());
            let (east, north) = metres.vector(one, other);
            east.hypot(north)
        };
        let mut ways: Vec<(Vec<u32>, Passage)> = self.ways().collect();
        let mut joined = Vec::new();
        for (line, _) in &mut ways {
            let mut with_ends = vec![line[0]];
            for pair in line.windows(2) {
                let (start, end) = (pair[0], pair[1]);
                // Where it is no longer by an end, it leads through it.
                let is_on = |at: &u32| {
                    *at != start
                        && *at != end
                        && apart(start, *at) + apart(*at, end) - apart(start, end) < 1e-3
                };
                let mut through: Vec<u32> = ends.into_iter().filter(is_on).collect();
                through.sort_by(|a, b| apart(start, *a).total_cmp(&apart(start, *b)));
                with_ends.extend(&through);
                joined.extend(through);
                with_ends.push(end);
            }
            *line = with_ends;
        }
        let on_lattice = |end: u32| (end as i32) < LATTICE * LATTICE;
        let streets_at = |end: u32| {
            joined.iter().filter(|at| **at == end).count() + usize::from(on_lattice(end))
        };
        if ends.iter().any(|end| streets_at(*end) != 1) {
            return None;
        }
        ways.push((ends.to_vec(), WayKind::Street.into()));
        let mut streets = StreetsBuilder::new(vertices.clone());
        for (id, (line, passage)) in (1..).zip(ways) {
            streets.add_way(id, &line, passage, Some(&id.to_string()));
        }
        Network::build(&streets.finish(Vec::new())).ok()
    }

    pub(super) fn stations(&self) -> Vec<Station> {
        let places = self.stations.iter().map(|at| degrees(*at, 0.0)).enumerate();
        places
            .map(|(i, at)| Station::new(format!("s{i}"), at.x, at.y))
            .collect()
    }

    /// The residents, and one more at every gate.
    pub(super) fn residents(&self) -> Vec<Resident> {
        let homes = self.residents.iter().map(|at| degrees(*at, 0.0));
        let gates = self.gates().into_iter().map(|(_, at)| at);
        let places = homes.chain(gates).enumerate();
        places
            .map(|(i, at)| Resident::new(format!("r{i}"), at.x, at.y))
            .collect()
    }

    /// Each with its compound.
    fn gates(&self) -> Vec<(usize, Coord<f64>)> {
        let numbered = self.compounds.iter().enumerate();
        numbered
            .flat_map(|(number, walled)| {
                let gates = walled.gates.iter();
                gates.map(move |gate| (number, walled.gate_place(*gate)))
            })
            .collect()
    }

    pub(super) fn walls(&self) -> Compounds {
        let ground = |walled: &Walled| walled.ground().to_polygon();
        let list = self.compounds.iter().enumerate();
        let gates = self.gates().into_iter().enumerate();
        Compounds {
            list: list
                .map(|(i, walled)| Compound::new(i.to_string(), ground(walled)))
                .collect(),
            gates: gates
                .map(|(i, (compound, at))| Gate {
                    compound: Some(compound.to_string()),
                    ..Gate::new(format!("g{i}"), at.x, at.y)
                })
                .collect(),
        }
    }

    fn run(&self, network: &Network, trip: Trip, compounds: Compounds) -> Analysis {
        let city = CityRecords {
            stations: &self.stations(),
            residents: &self.residents(),
            areas: &[],
        };
        let options = options(trip, compounds, &[4.0, 600.0]);
        analyse(network, city, options, Control::default()).expect("nobody cancels")
    }
}

pub(super) fn options(trip: Trip, compounds: Compounds, minutes: &[f64]) -> Options {
    Options {
        profile: Profile::plain(),
        trip,
        min_island_m: 0.0,
        compounds,
        snap: snap_options(),
        ..Options::minutes(minutes).expect("cutoffs")
    }
}

fn snap_options() -> SnapOptions {
    SnapOptions::default()
        .with_max_snap_m(MAX_SNAP_M)
        .expect("metres")
}

fn metres(from: Coord<f64>, to: Coord<f64>) -> f64 {
    let (east, north) = LocalMetres::at(from.y).vector(from, to);
    east.hypot(north)
}

fn metres_to(place: Coord<f64>, wall: Line<f64>) -> f64 {
    let local = |at: Coord<f64>| {
        let (east, north) = LocalMetres::at(place.y).vector(place, at);
        Coord { x: east, y: north }
    };
    let wall = Line::new(local(wall.start), local(wall.end));
    Euclidean.distance(&Point::new(0.0, 0.0), &wall)
}

/// Whether a wall of the rectangles stands between two places, seen with geo's predicates. The first may be at it, and the way
/// ends some metres beyond the second.
fn parts<'a>(
    mut walls: impl Iterator<Item = &'a Rect<f64>>,
    from: Coord<f64>,
    to: Coord<f64>,
    beyond_m: f64,
) -> bool {
    let metre = (to - from) / metres(from, to).max(0.1);
    let leg = Line::new(from + metre * 0.05, to + metre * beyond_m);
    walls.any(|wall| {
        let lines = wall.to_lines();
        lines.iter().any(|line| line.intersects(&leg))
    })
}

/// Where a resident joins the streets, at most once.
fn home(analysis: &Analysis, resident: ResidentId) -> Vec<Snap> {
    let snapping = &analysis.snapped().residents()[resident.index()];
    snapping.snap().into_iter().copied().collect()
}

/// Where the stations join the streets.
fn entrances(analysis: &Analysis) -> Vec<Snap> {
    let stations = analysis.snapped().stations();
    let snaps = stations.flat_map(|station| analysis.snapped().station_snaps(station));
    snaps.copied().collect()
}

/// Whether places join the same streets before and after, by name, where each way has a name of its own.
fn join_alike([(before, old), (after, new)]: [(&Analysis, Vec<Snap>); 2]) -> bool {
    let alike = |(one, other): (&Snap, &Snap)| {
        let street = |analysis: &Analysis, snap: &Snap| {
            analysis.network().name(snap.edge).map(str::to_owned)
        };
        (one.leg_m - other.leg_m).abs() < 0.01 && street(before, one) == street(after, other)
    };
    old.len() == new.len() && old.iter().zip(&new).all(alike)
}

/// All costs between residents and stations within ten hours.
fn table(analysis: &Analysis) -> BTreeMap<(StationId, ResidentId), u32> {
    let rows = analysis.snapped().stations().flat_map(|station| {
        let row = analysis.times.row(station).expect("its own").iter();
        row.map(move |(resident, cost)| ((station, *resident), *cost))
    });
    rows.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 120 } else { 400 }))]

    #[test]
    fn another_gate_never_makes_a_walk_longer_nor_lowers_coverage(
        town in towns(),
        (compound, gate) in (any::<prop::sample::Index>(), (0u8..4, 1u8..10)),
        trip in prop::sample::select(&TRIPS[..]),
    ) {
        let Some(network) = town.network() else { return Ok(()) };
        let before = town.run(&network, trip, town.walls());
        let mut walls = town.walls();
        let compound = compound.index(town.compounds.len());
        let at = town.compounds[compound].gate_place(gate);
        walls.gates.push(Gate {
            compound: Some(compound.to_string()),
            ..Gate::new("another", at.x, at.y)
        });
        let after = town.run(&network, trip, walls);
        for (resident, nearest) in before.coverage.nearest().iter().enumerate() {
            let now = after.coverage.nearest()[resident].map_or(u64::MAX, |nearest| nearest.cost);
            prop_assert!(nearest.is_none_or(|nearest| now <= nearest.cost), "{}", resident);
        }
        let (old, new) = (table(&before), table(&after));
        for (pair, cost) in old {
            prop_assert!(new.get(&pair).is_some_and(|now| *now <= cost));
        }
        prop_assert!(after.coverage.share() >= before.coverage.share());
        for (old, new) in before.coverage.by_cutoff().iter().zip(after.coverage.by_cutoff()) {
            prop_assert!(new.people >= old.people);
        }
    }

    #[test]
    fn a_walk_by_the_gates_is_the_best_of_those_by_each(
        town in towns(),
        trip in prop::sample::select(&TRIPS[..]),
    ) {
        let Some(network) = town.network() else { return Ok(()) };
        let analysis = town.run(&network, trip, town.walls());
        let there = town.run(&network, Trip::ToStation, town.walls());
        let back = town.run(&network, Trip::FromStation, town.walls());
        let (all, there, back) = (table(&analysis), table(&there), table(&back));
        let (gates, homes) = (town.gates(), town.residents.len());
        let grounds: Vec<Rect<f64>> = town.compounds.iter().map(Walled::ground).collect();
        for index in 0..homes {
            let resident = ResidentId(index as u32);
            let home = degrees(town.residents[index], 0.0);
            let leaves = analysis.snapped().gate_accesses(resident).next().is_some();
            if !leaves {
                continue;
            }
            // The gates of the grounds that the home is in, with no other wall between.
            let own: Vec<(usize, f64)> = gates.iter().enumerate().filter(|(_, (compound, at))| {
                let others = grounds.iter().enumerate().filter(|(other, _)| other != compound);
                grounds[*compound].intersects(&home)
                    && !parts(others.map(|(_, ground)| ground), home, *at, -0.05)
            }).map(|(gate, (_, at))| (gate, metres(home, *at))).collect();
            // A place on a street that is at a wall is not inside for who stands in the gate, who then takes another one.
            let is_at_wall = |door: &GateAccess| {
                let place = network.place_at(door.snap.edge, door.snap.fraction);
                let mut lines = grounds.iter().flat_map(Rect::to_lines);
                lines.any(|wall| metres_to(place, wall) < 0.2)
            };
            if analysis.snapped().gate_accesses(resident).any(is_at_wall) {
                continue;
            }
            for station in analysis.snapped().stations() {
                let best = |table: &BTreeMap<(StationId, ResidentId), u32>| {
                    own.iter().filter_map(|(gate, inside_m)| {
                        // Who stands in a gate may have snapped by it or by another one; a street in sight is what counts.
                        let standing = ResidentId((homes + gate) as u32);
                        if analysis.snapped().gate_accesses(standing).next().is_some() {
                            return None;
                        }
                        let cost = *table.get(&(station, standing))?;
                        Some(f64::from(cost) + inside_m * MS_PER_M)
                    }).min_by(f64::total_cmp)
                };
                let expected = match trip {
                    Trip::ToStation => best(&there),
                    Trip::FromStation => best(&back),
                    Trip::RoundTrip => best(&there).zip(best(&back)).map(|(there, back)| there + back),
                };
                let found = all.get(&(station, resident)).map(|cost| f64::from(*cost));
                let expected = expected.filter(|cost| *cost < f64::from(CLOSED));
                match (found, expected) {
                    (Some(found), Some(expected)) => {
                        prop_assert!((found - expected).abs() <= 4.0, "{} and {}", found, expected);
                    }
                    (found, expected) => {
                        let near_the_bound = expected.is_some_and(|cost| cost > 35_990_000.0);
                        prop_assert!(found == expected || near_the_bound, "{found:?} {expected:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_snaps_across_a_wall_and_whoever_can_snap_without_does(town in towns()) {
        let Some(network) = town.network() else { return Ok(()) };
        let analysis = town.run(&network, Trip::ToStation, town.walls());
        let grounds: Vec<Rect<f64>> = town.compounds.iter().map(Walled::ground).collect();
        for (index, at) in town.residents.iter().enumerate() {
            let home = degrees(*at, 0.0);
            // Every street's nearest place, by its own arithmetic.
            let mut best = f64::INFINITY;
            // From inside, a street that begins in the wall is none.
            let is_inside = grounds.iter().any(|ground| ground.intersects(&home));
            let beyond_m = if is_inside { 0.05 } else { -0.05 };
            for (edge, _) in network.edges() {
                for pair in network.shape(edge).windows(2) {
                    let [from, to] = [pair[0], pair[1]].map(Location::degrees);
                    let scale = LocalMetres::at(home.y);
                    let ((ax, ay), (bx, by)) = (scale.vector(home, from), scale.vector(home, to));
                    let (dx, dy) = (bx - ax, by - ay);
                    let length_2 = dx * dx + dy * dy;
                    let part = if length_2 > 0.0 { (-(ax * dx + ay * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
                    let place = from + (to - from) * part;
                    if !parts(grounds.iter(), home, place, beyond_m) {
                        best = best.min((ax + part * dx).hypot(ay + part * dy));
                    }
                }
            }
            let resident = ResidentId(index as u32);
            let leaves = analysis.snapped().gate_accesses(resident).next().is_some();
            match analysis.snapped().residents()[index] {
                Snapping::On(snap) if !leaves => prop_assert!((snap.leg_m - best).abs() < 1e-6),
                _ => prop_assert!(best > MAX_SNAP_M, "{}", best),
            }
        }
    }

    #[test]
    fn open_walls_lose_nobody_and_the_gate_that_would_help_does(
        town in towns(),
        trip in prop::sample::select(&TRIPS[..2]),
        minutes in prop::sample::select(&[2.0, 5.0, 9.0][..]),
    ) {
        let Some(network) = town.network() else { return Ok(()) };
        let (stations, residents) = (town.stations(), town.residents());
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let behind = |compounds| {
            let options = Options {
                profile: Profile::plain(),
                trip,
                min_island_m: 0.0,
                compounds,
                snap: snap_options(),
                ..Options::minutes(&[minutes]).expect("a cutoff")
            };
            analyse(&network, city, options, Control::default()).expect("nobody cancels")
        };
        let analysis = behind(town.walls());
        let open = behind(Compounds::default());
        let costs = analysis.wall_costs(city, Control::default()).expect("nobody cancels");
        let costs = costs.expect("compounds");
        prop_assert!(costs.covered_open >= costs.covered);
        prop_assert!(costs.covered_open >= open.coverage.with_status(Status::Covered).people);
        let mut inside = People::ZERO;
        for cost in &costs.by_compound {
            prop_assert!(cost.covered_open >= cost.covered && cost.people >= cost.covered_open);
            inside += cost.people;
        }
        prop_assert_eq!(inside, costs.inside.people);
        let gaps = analysis.gaps(&residents, GapOptions::default(), Control::default());
        for gap in gaps.expect("nobody cancels").list {
            let Some(gate) = gap.gate.filter(|gate| gate.way.is_none()) else { continue };
            let mut walls = town.walls();
            walls.gates.push(Gate {
                compound: Some(gate.compound.index().to_string()),
                ..Gate::new("another", gate.place.x, gate.place.y)
            });
            let after = behind(walls);
            let covered = |resident: &ResidentId| after.coverage.statuses()[resident.index()] == Status::Covered;
            let gained = gap.residents.iter().filter(|resident| covered(resident)).count();
            let gained = People::from_thousandths(1000 * gained as u64);
            // A station behind the same wall gains an entrance, too.
            let by_gate = after.snapped().stations().any(|station| {
                after.snapped().entrances(station).iter().any(|entrance| entrance.gate.is_some())
            });
            prop_assert!(gained == gate.gain || by_gate && gained > gate.gain, "{} and {}", gained, gate.gain);
        }
    }

    #[test]
    fn a_station_in_the_middle_of_a_gap_gains_whom_an_analysis_with_it_covers(
        town in towns(),
        trip in prop::sample::select(&TRIPS[..]),
    ) {
        let Some(network) = town.network() else { return Ok(()) };
        let (mut stations, residents) = (town.stations(), town.residents());
        let run = |stations: &[Station]| {
            let city = CityRecords { stations, residents: &residents, areas: &[] };
            let options = options(trip, town.walls(), &[4.0]);
            analyse(&network, city, options, Control::default()).expect("nobody cancels")
        };
        let before = run(&stations);
        let gaps = before.gaps(&residents, GapOptions::default(), Control::default());
        let gaps = gaps.expect("nobody cancels");
        for gap in &gaps.list {
            stations.push(Station::new("new", gap.centre.x, gap.centre.y));
            let after = run(&stations);
            stations.pop();
            let is_covered = |one: &Analysis, index: usize| one.coverage.statuses()[index] == Status::Covered;
            let gained = gap.residents.iter().filter(|one| is_covered(&after, one.index())).count();
            let all = (0..residents.len()).filter(|&one| is_covered(&after, one) && !is_covered(&before, one)).count();
            let people = |count: usize| People::from_thousandths(1000 * count as u64);
            prop_assert_eq!(gap.station.map_or(People::ZERO, |station| station.gain), people(gained));
            if let Some(station) = gap.station {
                prop_assert_eq!(station.elsewhere, people(all - gained));
            }
        }
    }

    #[test]
    fn a_way_through_a_wall_gains_whom_an_analysis_with_that_way_covers(
        town in towns(),
        trip in prop::sample::select(&TRIPS[..2]),
        minutes in prop::sample::select(&[2.0, 4.0, 6.0][..]),
    ) {
        // Where a street is left or met against its direction, the last digit of the new vertex would decide; and each
        // stretch is a street of its own, to see who joins another one.
        let stretches = town.lines.iter().flat_map(|(line, _)| line.windows(2));
        let lines = stretches.map(|stretch| (stretch.to_vec(), false));
        let town = Town { lines: lines.collect(), ..town };
        let Some(network) = town.network() else { return Ok(()) };
        let (stations, residents) = (town.stations(), town.residents());
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let on = |network: &Network| {
            let options = options(trip, town.walls(), &[minutes]);
            analyse(network, city, options, Control::default()).expect("nobody cancels")
        };
        let before = on(&network);
        let gaps = before.gaps(&residents, GapOptions::default(), Control::default());
        for gap in gaps.expect("nobody cancels").list {
            let Some((gate, way)) = gap.gate.and_then(|gate| Some((gate, gate.way?))) else { continue };
            let ground = town.compounds[gate.compound.index()].ground();
            prop_assert!(ground.intersects(&way.from) && !ground.intersects(&way.to));
            let grounds = town.compounds.iter().map(Walled::ground);
            let crossed = grounds.filter(|ground| parts(std::iter::once(ground), way.from, way.to, -0.05));
            prop_assert_eq!(crossed.count(), 1);
            let Some(with_way) = town.network_with(way.from, way.to) else { continue };
            let after = on(&with_way);
            let lives_inside = |resident: &&ResidentId| {
                let home = residents[resident.index()].place.as_ref().expect("a place");
                ground.intersects(home) && before.snapped().gate_accesses(**resident).next().is_none()
            };
            let inside: Vec<ResidentId> = gap.residents.iter().filter(lives_inside).copied().collect();
            // Who joins another street now, or the new way, walks otherwise, and what is rounded may be on the edge.
            let is_as_before = |resident: &ResidentId| {
                let is_clear = after.coverage.nearest()[resident.index()]
                    .is_none_or(|nearest| (nearest.cost as f64 - minutes * 60_000.0).abs() > 100.0);
                is_clear && join_alike([(&before, home(&before, *resident)), (&after, home(&after, *resident))])
            };
            if !join_alike([(&before, entrances(&before)), (&after, entrances(&after))]) {
                continue;
            }
            if inside.iter().all(is_as_before) {
                let covered = |resident: &&ResidentId| after.coverage.statuses()[resident.index()] == Status::Covered;
                let gained = inside.iter().filter(covered).count();
                prop_assert_eq!(People::from_thousandths(1000 * gained as u64), gate.gain);
            }
        }
    }

    #[test]
    fn a_missing_link_gains_whom_it_says_once_it_can_be_walked(
        town in towns(),
        private in prop::collection::vec(prop::bool::weighted(0.3), 0..20),
        trip in prop::sample::select(&TRIPS[..]),
        minutes in prop::sample::select(&[2.0, 4.0, 6.0][..]),
    ) {
        // As above: each stretch is a street of its own, and none has a direction.
        let with_access = town.lines.iter().zip(private.iter().copied().chain(std::iter::repeat(false)));
        let stretches = with_access.flat_map(|((line, _), private)| {
            line.windows(2).map(move |stretch| ((stretch.to_vec(), false), private))
        });
        let (lines, private) = stretches.unzip();
        let town = Town { lines, private, compounds: Vec::new(), ..town };
        let Some(network) = town.network() else { return Ok(()) };
        let (stations, residents) = (town.stations(), town.residents());
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let on = |network: &Network, minutes: f64| {
            let options = options(trip, Compounds::default(), &[minutes]);
            analyse(network, city, options, Control::default()).expect("nobody cancels")
        };
        let before = on(&network, minutes);
        let gaps = before.gaps(&residents, GapOptions::default(), Control::default());
        for gap in gaps.expect("nobody cancels").list {
            let Some(link) = gap.link else { continue };
            let Some(with_link) = town.network_with(link.from, link.to) else { continue };
            // A tenth of a second more: a new vertex is rounded to a centimetre.
            let after = on(&with_link, minutes + 0.1 / 60.0);
            let covered = |resident: &&ResidentId| after.coverage.statuses()[resident.index()] == Status::Covered;
            let gained = gap.residents.iter().filter(covered).count();
            let joins = |analysis: &Analysis| -> Vec<Snap> {
                let homes = gap.residents.iter().flat_map(|resident| home(analysis, *resident));
                homes.chain(entrances(analysis)).collect()
            };
            if !join_alike([(&before, joins(&before)), (&after, joins(&after))]) {
                continue;
            }
            prop_assert!(People::from_thousandths(1000 * gained as u64) >= link.gain, "{gained}, {link:?}");
        }
    }

    #[test]
    fn a_group_of_everybody_who_walks_as_the_study_does_has_its_gaps(
        town in towns(),
        trip in prop::sample::select(&TRIPS[..]),
    ) {
        let Some(network) = town.network() else { return Ok(()) };
        let (stations, residents) = (town.stations(), town.residents());
        let city = CityRecords { stations: &stations, residents: &residents, areas: &[] };
        let options = options(trip, town.walls(), &[4.0]);
        let analysis = analyse(&network, city, options, Control::default()).expect("nobody cancels");
        let options = &analysis.options;
        let gaps = GapOptions::default().with_outlines(false);
        let question = GroupQuestion { placed: analysis.placed(), city, tests: &options.tests, gaps: Some(gaps) };
        let everybody = PeopleGroup {
            name: "everybody".to_owned(),
            profile: Profile::plain(),
            people: residents.iter().map(|resident| resident.people).collect(),
        };
        let found = question.ask(&[everybody], Control::default()).expect("a walker");
        let mut of_study = analysis.gaps(&residents, gaps, Control::default()).expect("nobody cancels");
        // Gates are looked for once, for all, and whether a wall is the reason is known by them.
        let own = found[0].gaps.iter().flat_map(|gaps| &gaps.list);
        for (gap, own) in of_study.list.iter_mut().zip(own) {
            gap.gate = None;
            // So are stations, of which a group's walker would have to be asked anew.
            gap.station = None;
            if gap.reason == GapReason::Wall {
                prop_assert_ne!(own.reason, GapReason::Wall);
                gap.reason = own.reason;
            }
        }
        prop_assert_eq!(found[0].gaps.as_ref(), Some(&of_study));
    }

    #[test]
    fn order_and_threads_change_nothing_about_gates(town in towns(), trip in prop::sample::select(&TRIPS[..])) {
        let Some(network) = town.network() else { return Ok(()) };
        let once = town.run(&network, trip, town.walls());
        let alone = parallel::with_threads(1, || town.run(&network, trip, town.walls())).expect("a thread");
        prop_assert_eq!(&once.times, &alone.times);
        let mut walls = town.walls();
        walls.gates.reverse();
        let turned = town.run(&network, trip, walls);
        prop_assert_eq!(table(&once), table(&turned));
        prop_assert_eq!(once.coverage.nearest(), turned.coverage.nearest());
        let pairs: usize = once.snapped().stations().map(|s| once.times.row(s).expect("its own").len()).sum();
        prop_assert_eq!(pairs, table(&once).len());
    }
}
