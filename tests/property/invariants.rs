//! What must hold in every city: order, numbering and thread count change nothing, more is never less.

use std::collections::BTreeMap;

use pedshed::control::Control;
use pedshed::coverage::{Coverage, Tests};
use pedshed::geometry::Location;
use pedshed::model::{
    CityRecords, Flow, Profile, Resident, Station, Streets, StreetsBuilder, WayKind,
};
use pedshed::network::Network;
use pedshed::search::Trip;
use pedshed::units::Cutoff;
use pedshed::{Analysis, Options, analyse, parallel};
use proptest::prelude::*;

/// A random town: streets between points of a coarse lattice, so that they share vertices, cross, repeat and loop.
#[derive(Clone, Debug)]
pub(super) struct Town {
    lines: Vec<(Vec<(i32, i32)>, bool)>,
    stations: Vec<(i32, i32)>,
    residents: Vec<(i32, i32)>,
}

const LATTICE: i32 = 6;
/// About 150 m in 10⁻⁷ degrees.
const STEP_E7: i32 = 13_500;

pub(super) fn towns() -> impl Strategy<Value = Town> {
    let vertex = (0..LATTICE, 0..LATTICE);
    let line = (
        prop::collection::vec(vertex, 2..5),
        prop::bool::weighted(0.2),
    );
    // Points lie anywhere in tenths of the lattice, also outside it.
    let point = || (-20..LATTICE * 10 + 20, -20..LATTICE * 10 + 20);
    (
        prop::collection::vec(line, 1..14),
        prop::collection::vec(point(), 1..6),
        prop::collection::vec(point(), 1..20),
    )
        .prop_map(|(lines, stations, residents)| Town {
            lines,
            stations,
            residents,
        })
}

impl Town {
    pub(super) fn streets(&self) -> Streets {
        let at = |x: i32, y: i32| Location {
            lon_e7: 95_000_000 + x * STEP_E7,
            lat_e7: 471_000_000 + y * STEP_E7,
        };
        let vertices = (0..LATTICE * LATTICE)
            .map(|v| at(v % LATTICE, v / LATTICE))
            .collect();
        let mut streets = StreetsBuilder::new(vertices);
        for (id, (line, one_way)) in (1..).zip(&self.lines) {
            let refs: Vec<u32> = line.iter().map(|(x, y)| (y * LATTICE + x) as u32).collect();
            let flow = if *one_way { Flow::Forward } else { Flow::Both };
            streets.add_way(id, &refs, (WayKind::Street, flow), None);
        }
        streets.finish(Vec::new())
    }

    fn degrees((x, y): (i32, i32)) -> (f64, f64) {
        let e7 = |base: i32, tenths: i32| f64::from(base + tenths * STEP_E7 / 10) / 1e7;
        (e7(95_000_000, x), e7(471_000_000, y))
    }

    pub(super) fn stations(&self) -> Vec<Station> {
        let places = self
            .stations
            .iter()
            .map(|place| Self::degrees(*place))
            .enumerate();
        places
            .map(|(i, (lon, lat))| Station::new(format!("s{i}"), lon, lat))
            .collect()
    }

    pub(super) fn residents(&self) -> Vec<Resident> {
        let places = self
            .residents
            .iter()
            .map(|place| Self::degrees(*place))
            .enumerate();
        places
            .map(|(i, (lon, lat))| Resident::new(format!("r{i}"), lon, lat))
            .collect()
    }
}

fn options(minutes: &[f64], trip: Trip) -> Options {
    let cutoffs: Vec<Cutoff> = minutes
        .iter()
        .map(|m| Cutoff::minutes(*m).expect("a cutoff"))
        .collect();
    let tests = Tests::new(cutoffs).expect("tests");
    Options {
        profile: Profile::plain(),
        trip,
        min_island_m: 0.0,
        ..Options::new(tests)
    }
}

/// `None` where the town has no street of any length.
fn run(
    town: &Town,
    stations: &[Station],
    residents: &[Resident],
    options: Options,
) -> Option<Analysis> {
    let network = Network::build(&town.streets()).ok()?;
    analyse(
        &network,
        CityRecords {
            stations,
            residents,
            areas: &[],
        },
        options,
        Control::default(),
    )
    .ok()
}

/// Status, nearest station's id and cost of every resident by id.
fn answers(
    stations: &[Station],
    residents: &[Resident],
    coverage: &Coverage,
) -> BTreeMap<String, (&'static str, Option<u64>, Vec<u32>)> {
    let ids = (0..).map(pedshed::id::ResidentId);
    assert!(!stations.is_empty());
    residents
        .iter()
        .zip(ids)
        .map(|(resident, id)| {
            let status = coverage.statuses()[id.index()].name();
            let cost = coverage.nearest()[id.index()].map(|nearest| nearest.cost);
            (
                resident.id.clone(),
                (
                    status,
                    cost,
                    coverage.within(id).expect("their own").to_vec(),
                ),
            )
        })
        .collect()
}

fn trips() -> impl Strategy<Value = Trip> {
    prop_oneof![
        Just(Trip::ToStation),
        Just(Trip::FromStation),
        Just(Trip::RoundTrip)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_larger_cutoff_never_loses_a_resident(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        if let Some(analysis) = run(&town, &stations, &residents, options(&[1.0, 3.0, 7.0, 20.0], trip)) {
            for resident in (0..residents.len()).map(pedshed::id::ResidentId::new) {
                let within = analysis.coverage.within(resident).expect("their own");
                prop_assert!(within.windows(2).all(|pair| pair[0] <= pair[1]), "{within:?}");
            }
            let tallies = analysis.coverage.by_cutoff();
            prop_assert!(tallies.windows(2).all(|pair| pair[0].people <= pair[1].people));
        }
    }

    #[test]
    fn one_search_for_all_cutoffs_answers_like_one_search_each(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        if let Some(all) = run(&town, &stations, &residents, options(&[2.0, 5.0, 10.0], trip)) {
            for (column, minutes) in [2.0, 5.0, 10.0].into_iter().enumerate() {
                let one = run(&town, &stations, &residents, options(&[minutes], trip)).expect("the same town");
                for resident in (0..residents.len()).map(pedshed::id::ResidentId::new) {
                    prop_assert_eq!(one.coverage.within(resident).expect("their own")[0], all.coverage.within(resident).expect("their own")[column]);
                }
                prop_assert_eq!(one.coverage.nearest(), all.coverage.nearest());
            }
        }
    }

    #[test]
    fn the_order_of_the_records_changes_nothing(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        let (mut turned_stations, mut turned_residents) = (stations.clone(), residents.clone());
        turned_stations.reverse();
        turned_residents.reverse();
        let options = options(&[5.0, 10.0], trip);
        if let Some(one) = run(&town, &stations, &residents, options.clone()) {
            let other = run(&town, &turned_stations, &turned_residents, options).expect("the same town");
            prop_assert_eq!(
                answers(&stations, &residents, &one.coverage),
                answers(&turned_stations, &turned_residents, &other.coverage)
            );
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        let on = |threads| {
            parallel::with_threads(threads, || run(&town, &stations, &residents, options(&[5.0, 10.0], trip)))
                .expect("threads")
        };
        if let (Some(one), Some(four)) = (on(1), on(4)) {
            prop_assert_eq!(one.times, four.times);
            prop_assert_eq!(one.coverage, four.coverage);
        }
    }

    #[test]
    fn covered_by_all_is_covered_by_any(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        if let Some(all) = run(&town, &stations, &residents, options(&[8.0], trip)) {
            let mut any = vec![0; residents.len()];
            for station in &stations {
                let alone = std::slice::from_ref(station);
                let one = run(&town, alone, &residents, options(&[8.0], trip)).expect("the same town");
                for (resident, count) in any.iter_mut().enumerate() {
                    *count += one.coverage.within(pedshed::id::ResidentId::new(resident)).expect("their own")[0];
                }
            }
            for (resident, count) in any.into_iter().enumerate() {
                prop_assert_eq!(all.coverage.within(pedshed::id::ResidentId::new(resident)).expect("their own")[0], count);
            }
        }
    }

    #[test]
    fn statuses_add_up_to_the_records(town in towns(), trip in trips()) {
        let (stations, residents) = (town.stations(), town.residents());
        if let Some(analysis) = run(&town, &stations, &residents, options(&[8.0], trip)) {
            let tallies = pedshed::coverage::Status::ALL.map(|status| analysis.coverage.with_status(status));
            prop_assert_eq!(tallies.iter().map(|tally| tally.records).sum::<u64>(), residents.len() as u64);
            prop_assert_eq!(tallies.iter().map(|tally| tally.people).sum::<pedshed::units::People>(), analysis.coverage.total().people);
        }
    }

    #[test]
    fn twice_the_speed_is_half_the_time(town in towns()) {
        let (stations, residents) = (town.stations(), town.residents());
        let at = |kmh: f64| {
            let mut options = options(&[8.0], Trip::ToStation);
            options.profile = options.profile.with_speed_kmh(kmh).expect("a speed");
            run(&town, &stations, &residents, options)
        };
        if let (Some(slow), Some(fast)) = (at(3.0), at(6.0)) {
            for (slow, fast) in slow.coverage.nearest().iter().zip(fast.coverage.nearest()) {
                let (slow, fast) = (slow.map(|near| near.cost), fast.map(|near| near.cost));
                prop_assert_eq!(slow.is_some(), fast.is_some());
                // Every edge and leg is rounded by half a millisecond at most.
                let apart = slow.zip(fast).map_or(0, |(slow, fast)| slow.abs_diff(2 * fast));
                prop_assert!(apart <= 60, "{slow:?} {fast:?}");
            }
        }
    }
}
