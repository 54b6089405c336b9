//! From snapped points to the answer, on one thread and on two.

use std::sync::LazyLock;

use divan::Bencher;
use pedshed::control::Control;
use pedshed::coverage::{Coverage, Tests};
use pedshed::model::CityRecords;
use pedshed::parallel;
use pedshed::units::{Cutoff, People};
use pedshed::walker::Placed;

use crate::CITY;
use crate::city::{engine, quarter_hour};

static PLACED: LazyLock<Placed> = LazyLock::new(|| CITY.placed());

/// Making the engine: the contraction, the order, the residents along the streets.
#[divan::bench(args = [1, 2])]
fn prepare(bencher: Bencher<'_, '_>, threads: usize) {
    // A copy has nothing prepared.
    let copy = || {
        let snapped = PLACED.snapped().clone();
        let placed = Placed::from_snapped(&CITY.walker, snapped, PLACED.trip());
        placed.expect("its own streets")
    };
    bencher.with_inputs(copy).bench_local_refs(|placed| {
        let make = || drop(engine(placed));
        parallel::with_threads(threads, make).expect("threads");
    });
}

/// 1,000 stations, each with its residents, and everybody's nearest.
#[divan::bench(args = [1, 2])]
fn tables(bencher: Bencher<'_, '_>, threads: usize) {
    let engine = engine(&PLACED);
    let table = || engine.travel_times(Some(quarter_hour()), Control::default());
    let on = |threads| parallel::with_threads(threads, table).expect("threads");
    assert_eq!(on(1), on(2), "the number of threads changes nothing");
    bencher.bench_local(|| on(threads));
}

/// The same with its sums: catchments, statuses, exclusive people.
#[divan::bench(args = [1, 2])]
fn coverage(bencher: Bencher<'_, '_>, threads: usize) {
    engine(&PLACED);
    let city = CityRecords {
        stations: &CITY.stations,
        residents: &CITY.residents,
        areas: &[],
    };
    let cutoffs = [5.0, 10.0, 15.0].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
    let tests = Tests::new(cutoffs).expect("tests");
    bencher.bench_local(|| {
        let count = || Coverage::new(&PLACED, city, tests.clone(), &[1000.0], Control::default());
        parallel::with_threads(threads, count).expect("threads")
    });
}

/// The people within 15 minutes of every junction: the heat map.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn around_every_junction(bencher: Bencher<'_, '_>, threads: usize) {
    let engine = engine(&PLACED);
    let people = vec![People::ONE; CITY.residents.len()];
    let heat = || engine.people_around_junctions(quarter_hour(), &people, Control::default());
    bencher.bench_local(|| parallel::with_threads(threads, heat).expect("threads"));
}
