//! From snapped points to the answer, on one thread and on two.

use std::sync::LazyLock;

use divan::Bencher;
use pedshed::control::Control;
use pedshed::coverage::{Coverage, Tests};
use pedshed::parallel;
use pedshed::search::{Engine, TravelTimes, Trip};
use pedshed::snap::Snapped;
use pedshed::units::{Cutoff, People};

use crate::CITY;
use crate::city::quarter_hour;

static SNAPPED: LazyLock<Snapped> = LazyLock::new(|| CITY.snapped());

/// Making the engine: the contraction, the order, the residents along the streets.
#[divan::bench(args = [1, 2])]
fn prepare(bencher: Bencher<'_, '_>, threads: usize) {
    bencher.bench_local(|| {
        let make = || Engine::new(&CITY.network, &CITY.impedance, &SNAPPED, Trip::ToStation);
        drop(parallel::with_threads(threads, make).expect("threads"));
    });
}

/// 1,000 stations, each with its residents, and everybody's nearest.
#[divan::bench(args = [1, 2])]
fn tables(bencher: Bencher<'_, '_>, threads: usize) {
    let engine = Engine::new(&CITY.network, &CITY.impedance, &SNAPPED, Trip::ToStation);
    let table = || engine.travel_times(Some(quarter_hour()), Control::default());
    let on = |threads| parallel::with_threads(threads, table).expect("threads");
    assert_eq!(on(1), on(2), "the number of threads changes nothing");
    bencher.bench_local(|| on(threads));
}

/// The sums from the table: circles, statuses, exclusive people.
#[divan::bench(args = [1, 2])]
fn count(bencher: Bencher<'_, '_>, threads: usize) {
    let engine = Engine::new(&CITY.network, &CITY.impedance, &SNAPPED, Trip::ToStation);
    let times: TravelTimes = engine
        .travel_times(Some(quarter_hour()), Control::default())
        .expect("not cancelled");
    let points = (CITY.stations.as_slice(), CITY.residents.as_slice());
    let cutoffs = [5.0, 10.0, 15.0].map(|minutes| Cutoff::minutes(minutes).expect("a cutoff"));
    let tests = Tests::new(cutoffs).expect("tests");
    bencher.bench_local(|| {
        let count = || Coverage::new(points, &SNAPPED, &times, None, tests.clone(), &[1000.0]);
        parallel::with_threads(threads, count).expect("threads")
    });
}

/// The people within 15 minutes of every junction: the heat map.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn around_every_junction(bencher: Bencher<'_, '_>, threads: usize) {
    let engine = Engine::new(&CITY.network, &CITY.impedance, &SNAPPED, Trip::ToStation);
    let people = vec![People::ONE; CITY.residents.len()];
    let heat = || engine.people_around_junctions(quarter_hour(), &people, Control::default());
    bencher.bench_local(|| parallel::with_threads(threads, heat).expect("threads"));
}
