//! Storeys against street level: every number of a city whose residents live on storeys is that of the same city at street
//! level, and the way inside the building on top, which is worked out here by itself.

use geo_types::{Coord, coord, polygon};
use pedshed::control::Control;
use pedshed::coverage::{Coverage, Reason, Status, Tests};
use pedshed::geometry::Location;
use pedshed::id::{EdgeId, ResidentId, StationId};
use pedshed::model::{
    CityRecords, Compound, Compounds, Dwelling, Gate, Lift, Profile, Resident, Station,
    StreetsBuilder, WayKind,
};
use pedshed::network::Network;
use pedshed::resilience::Dependence;
use pedshed::search::{NearestStation, Trip};
use pedshed::units::{Cutoff, People, Unit};
use pedshed::{Analysis, City, Options, analyse};

/// As many streets in each direction.
const SIDE: u32 = 6;
/// About 150 m in 10⁻⁷ degrees.
const STEP_E7: i32 = 13_500;

/// Knuth's generator of drawn numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % limit
    }
}

/// A town of crossing streets, some of them missing; one corner of it is a walled compound.
struct Town {
    network: Network,
    stations: Vec<Station>,
    residents: Vec<Resident>,
    compounds: Compounds,
}

fn degrees(x: f64, y: f64) -> Coord<f64> {
    let step = f64::from(STEP_E7) / 1e7;
    coord! { x: x * step, y: y * step }
}

fn network(dice: &mut Dice) -> Network {
    let places = (0..SIDE * SIDE).map(|node| Location {
        lon_e7: (node % SIDE) as i32 * STEP_E7,
        lat_e7: (node / SIDE) as i32 * STEP_E7,
    });
    let mut streets = StreetsBuilder::new(places.collect());
    let mut way = 0;
    for node in 0..SIDE * SIDE {
        for (is_there, next) in [
            (node % SIDE + 1 < SIDE, node + 1),
            (node / SIDE + 1 < SIDE, node + SIDE),
        ] {
            if is_there && dice.below(10) < 8 {
                way += 1;
                streets.add_way(way, &[node, next], WayKind::Street, None);
            }
        }
    }
    Network::build(&streets.finish(Vec::new())).expect("streets")
}

fn town(dice: &mut Dice) -> Town {
    let tenth = |dice: &mut Dice| f64::from(dice.below(SIDE * 10)) / 10.0;
    let place = |dice: &mut Dice| degrees(tenth(dice), tenth(dice));
    let stations = (0..4).map(|number| {
        let Coord { x, y } = place(dice);
        Station::new(format!("s{number}"), x, y)
    });
    let stations = stations.collect();
    let residents = (0..40).map(|number| {
        let Coord { x, y } = place(dice);
        let lifts = [
            None,
            Some(Lift::None),
            Some(Lift::Level),
            Some(Lift::HalfLanding),
        ];
        let dwelling = Dwelling {
            storey: Some(dice.below(20) as u8).filter(|storey| *storey > 0),
            lift: lifts[dice.below(4) as usize],
        };
        let people = People::from_thousandths(u64::from(1 + dice.below(9)) * 1000);
        Resident::new(number.to_string(), x, y)
            .with_people(people)
            .with_dwelling(dwelling)
    });
    let residents = residents.collect();
    // Between the streets, so that who lives inside leaves by the gates.
    let ring = [(1.2, 1.2), (1.8, 1.2), (1.8, 1.8), (1.2, 1.8)].map(|(x, y)| degrees(x, y));
    let shape = polygon![ring[0], ring[1], ring[2], ring[3], ring[0]];
    let gate = |id: &str, x, y| {
        let at = degrees(x, y);
        Gate {
            compound: Some("w".to_owned()),
            ..Gate::new(id.to_owned(), at.x, at.y)
        }
    };
    Town {
        network: network(dice),
        stations,
        residents,
        compounds: Compounds {
            list: vec![Compound::new("w", shape)],
            gates: vec![gate("a", 1.2, 1.5), gate("b", 1.6, 1.8)],
        },
    }
}

impl Town {
    fn city(&self) -> CityRecords<'_> {
        CityRecords {
            stations: &self.stations,
            residents: &self.residents,
            areas: &[],
        }
    }
}

/// A walker by its numbers in milliseconds: down, up, and whether it takes stairs.
const WALKERS: [(&str, u64, u64, bool); 4] = [
    ("adult", 13_500, 17_500, true),
    ("elder", 25_000, 30_000, true),
    ("wheelchair", 0, 0, false),
    ("plain", 0, 0, true),
];

/// The way inside of a trip in milliseconds; none of who cannot get down.
fn indoors(walker: (&str, u64, u64, bool), dwelling: Dwelling, trip: Trip) -> Option<u64> {
    let (name, down, up, takes_stairs) = walker;
    let flights = u64::from(dwelling.storey.unwrap_or(1)) - 1;
    let (wait, storey) = if name == "plain" {
        (0, 0)
    } else {
        (45_000, 3_000)
    };
    let one_way = |flight: u64| {
        let stairs = takes_stairs.then_some(flight * flights);
        match dwelling.lift {
            _ if flights == 0 => Some(0),
            None => Some(stairs.unwrap_or(0)),
            Some(Lift::None) => stairs,
            Some(Lift::Level) => [stairs, Some(wait + storey * flights)]
                .into_iter()
                .flatten()
                .min(),
            Some(Lift::HalfLanding) => {
                let half_flights = [storey * (2 * flights - 1), flight];
                let lift = wait + half_flights.iter().sum::<u64>() / 2;
                stairs.map(|stairs| stairs.min(lift))
            }
        }
    };
    Some(match trip {
        Trip::ToStation => one_way(down)?,
        Trip::FromStation => one_way(up)?,
        Trip::RoundTrip => one_way(down)? + one_way(up)?,
    })
}

const MINUTES: [f64; 3] = [3.0, 6.0, 12.0];
const TRIPS: [Trip; 3] = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];

fn tests(minutes: &[f64]) -> Tests {
    let minutes = minutes
        .iter()
        .map(|one| Cutoff::minutes(*one).expect("a cutoff"));
    let metres = [500.0].map(|one| Cutoff::metres(one).expect("a cutoff"));
    Tests::new(minutes.chain(metres)).expect("cutoffs")
}

fn run(town: &Town, walker: &str, trip: Trip, street_level: bool, minutes: &[f64]) -> Analysis {
    let options = Options {
        profile: Profile::named(walker).expect("a walker"),
        trip,
        street_level,
        min_island_m: 0.0,
        compounds: town.compounds.clone(),
        ..Options::new(tests(minutes))
    };
    analyse(&town.network, town.city(), options, Control::default()).expect("an analysis")
}

/// What the nearest stations must be on storeys.
fn lifted(
    level: &[Option<NearestStation>],
    inside: &[Option<u64>],
    counts: bool,
) -> Vec<Option<NearestStation>> {
    let both = level.iter().zip(inside);
    both.map(|(nearest, inside)| {
        let (nearest, inside) = ((*nearest)?, (*inside)?);
        let cost = nearest.cost + if counts { inside } else { 0 };
        Some(NearestStation { cost, ..nearest })
    })
    .collect()
}

#[test]
fn every_walk_is_that_from_the_street_door_and_the_way_inside() {
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let town = town(&mut dice);
        let walker = WALKERS[dice.below(4) as usize];
        for trip in TRIPS {
            let on = run(&town, walker.0, trip, false, &MINUTES);
            // Far enough that no pair is cut off that could be within the cutoffs.
            let level = run(&town, walker.0, trip, true, &[60.0]);
            let inside = town
                .residents
                .iter()
                .map(|one| indoors(walker, one.dwelling, trip));
            let inside: Vec<Option<u64>> = inside.collect();
            let what = format!("seed {seed}, {}, {trip:?}", walker.0);
            let nearest = lifted(level.coverage.nearest(), &inside, true);
            assert_eq!(on.coverage.nearest(), nearest, "{what}");
            let by_metres = lifted(level.coverage.nearest_by_metres(), &inside, false);
            assert_eq!(on.coverage.nearest_by_metres(), by_metres, "{what}");
            counts_agree(&town, (&on, &level), &inside, &what);
            reasons_agree(&town, &on, &inside, &what);
            routes_agree(&on, trip, &what);
        }
    }
}

/// Rows, circles, and what the stairs cost.
fn counts_agree(
    town: &Town,
    (on, level): (&Analysis, &Analysis),
    inside: &[Option<u64>],
    what: &str,
) {
    let bounds = MINUTES.map(|minutes| (minutes * 60_000.0) as u64);
    let mut within = vec![[0u32; 3]; town.residents.len()];
    for station in (0..on.times.station_count()).map(StationId::new) {
        let mut expected = Vec::new();
        for (resident, cost) in level.times.sorted_row(station).expect("its own") {
            let Some(inside) = inside[resident.index()] else {
                continue;
            };
            let cost = u64::from(cost) + inside;
            if cost <= bounds[2] {
                expected.push((resident, cost as u32));
            }
            for (bound, count) in bounds.iter().zip(&mut within[resident.index()]) {
                *count += u32::from(cost <= *bound);
            }
        }
        assert_eq!(
            on.times.sorted_row(station),
            Ok(expected),
            "{what}, {station:?}"
        );
    }
    for (resident, expected) in (0..).map(ResidentId).zip(&within) {
        let found = on.coverage.within(resident).expect("its own");
        assert_eq!(found[..3], expected[..], "{what}, {resident:?}");
    }
    let people = |is_so: &dyn Fn(usize) -> bool| -> People {
        let all = town.residents.iter().enumerate();
        all.filter(|(at, _)| is_so(*at))
            .map(|(_, one)| one.people)
            .sum()
    };
    let near = |coverage: &Coverage, at: usize| {
        coverage.nearest()[at].is_some_and(|nearest| nearest.cost <= bounds[2])
    };
    let stairs = on.stairs.expect("storeys are known");
    assert_eq!(
        stairs.covered,
        people(&|at| near(&on.coverage, at)),
        "{what}"
    );
    assert_eq!(
        stairs.covered_at_street,
        people(&|at| near(&level.coverage, at)),
        "{what}"
    );
    let on_network = |at: usize| level.snapped().residents()[at].snap().is_some();
    let shut_in = people(&|at| inside[at].is_none() && on_network(at));
    assert_eq!(stairs.shut_in.people, shut_in, "{what}");
    assert_eq!(level.stairs, None);
}

fn reasons_agree(town: &Town, on: &Analysis, inside: &[Option<u64>], what: &str) {
    for (at, inside) in inside.iter().enumerate() {
        let status = on.coverage.statuses()[at];
        let reason = on
            .reason(town.city(), ResidentId::new(at))
            .expect("its own");
        if inside.is_none() && status != Status::OffNetwork {
            assert_eq!(status, Status::Unreachable, "{what}");
            assert_eq!(reason, Some(Reason::StairsAtHome), "{what}");
        } else {
            assert_ne!(reason, Some(Reason::StairsAtHome), "{what}");
        }
    }
}

/// A walk step by step costs what the search says.
fn routes_agree(on: &Analysis, trip: Trip, what: &str) {
    let (snapped, walker) = (on.snapped(), on.placed().walker());
    for (resident, _) in snapped.residents_on_network().take(8) {
        let Some(nearest) = on.coverage.nearest()[resident.index()] else {
            continue;
        };
        let home: Vec<_> = snapped.resident_snaps(resident).copied().collect();
        let station: Vec<_> = snapped.station_snaps(nearest.station).copied().collect();
        let cost = |from: &[_], to: &[_]| {
            let route = walker.route(Unit::Milliseconds, from, to).expect("its own");
            route.expect("a path").cost()
        };
        let walked = match trip {
            Trip::ToStation => cost(&home, &station),
            Trip::FromStation => cost(&station, &home),
            Trip::RoundTrip => cost(&home, &station) + cost(&station, &home),
        };
        assert_eq!(walked, nearest.cost, "{what}, {resident:?}");
    }
}

#[test]
fn edits_keep_the_way_inside() {
    for seed in 0..40 {
        let mut dice = Dice(1000 + seed);
        let town = town(&mut dice);
        let walker = WALKERS[dice.below(3) as usize];
        let trip = TRIPS[dice.below(3) as usize];
        let inside = town
            .residents
            .iter()
            .map(|one| indoors(walker, one.dwelling, trip));
        let inside: Vec<Option<u64>> = inside.collect();
        let live = |street_level| {
            let analysis = run(&town, walker.0, trip, street_level, &MINUTES);
            analysis
                .live(town.city(), Control::default())
                .expect("a live coverage")
        };
        let (mut on, mut level) = (live(false), live(true));
        for step in 0..12 {
            let edges: Vec<EdgeId> = (0..=dice.below(4))
                .map(|_| EdgeId(dice.below(town.network.edge_count() as u32)))
                .collect();
            let place = degrees(
                f64::from(dice.below(60)) / 10.0,
                f64::from(dice.below(60)) / 10.0,
            );
            let kind = dice.below(4);
            for live in [&mut on, &mut level] {
                match kind {
                    0 => drop(live.close_edges(&edges).expect("its own")),
                    1 => {
                        let closed: Vec<EdgeId> = live.closed_edges().take(2).collect();
                        live.open_edges(&closed).expect("its own");
                    }
                    2 => drop(live.add_station(&[place])),
                    _ => live.move_station(StationId(0), &[place]).expect("its own"),
                }
            }
            let nearest = lifted(level.coverage().nearest(), &inside, true);
            assert_eq!(
                on.coverage().nearest(),
                nearest,
                "seed {seed}, step {step}, {kind}"
            );
            for (at, status) in on.coverage().statuses().iter().enumerate() {
                let is_covered = nearest[at].is_some_and(|one| one.cost <= 720_000);
                assert_eq!(
                    *status == Status::Covered,
                    is_covered,
                    "seed {seed}, step {step}"
                );
            }
        }
    }
}

#[test]
fn a_city_in_a_program_and_its_closings_count_the_way_inside() {
    let cutoff = Cutoff::minutes(12.0).expect("a cutoff");
    for seed in 0..20 {
        let mut dice = Dice(2000 + seed);
        let town = town(&mut dice);
        let walker = WALKERS[dice.below(3) as usize];
        let build = |residents: Vec<Resident>| {
            let city = City::on(town.network.clone());
            let city = city.stations(town.stations.clone()).residents(residents);
            let profile = Profile::named(walker.0).expect("a walker");
            city.profile(profile)
                .walls(town.compounds.clone())
                .build()
                .expect("a city")
        };
        let on = build(town.residents.clone());
        let at_street = town.residents.iter().cloned();
        let level = build(
            at_street
                .map(|one| one.with_dwelling(Dwelling::default()))
                .collect(),
        );
        let inside = |resident: ResidentId| {
            indoors(
                walker,
                town.residents[resident.index()].dwelling,
                Trip::ToStation,
            )
        };
        let from = degrees(2.3, 2.6);
        let hour = Cutoff::minutes(60.0).expect("a cutoff");
        let far = level.within(from, hour).expect("a place");
        let far = far.into_iter().filter_map(|(resident, cost)| {
            let cost = u64::from(cost) + inside(resident)?;
            (cost <= 720_000).then_some((resident, cost as u32))
        });
        let mut expected: Vec<_> = far.collect();
        let mut found = on.within(from, cutoff).expect("a place");
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "seed {seed}");
        // Without a station somebody walks to the next one, the same way inside.
        let closed = |city: &City| {
            let closures = city.station_closures(cutoff, Control::default());
            let closures = closures.expect("nobody cancels");
            closures
                .dependence()
                .iter()
                .map(Dependence::added)
                .collect::<Vec<_>>()
        };
        let added = closed(&level).into_iter().enumerate();
        let added =
            added.map(|(at, added)| added.filter(|_| inside(ResidentId::new(at)).is_some()));
        assert_eq!(closed(&on), added.collect::<Vec<_>>(), "seed {seed}");
    }
}
