//! Every junction's nearest of 1,000 stations at any distance, on one thread.

use divan::Bencher;
use pedshed::control::Control;
use pedshed::parallel;
use pedshed::search::{Engine, Trip};

use crate::CITY;
use crate::rivals::{Order, Rows, Textbook};

const ENDLESS: u32 = u32::MAX / 2;

#[divan::bench]
fn ours(bencher: Bencher<'_, '_>) {
    let snapped = CITY.at_junctions(true);
    let engine = Engine::new(&CITY.network, &CITY.public, &snapped, Trip::FromStation);
    let sweep = || {
        let on_one = || engine.travel_times(None, Control::default());
        parallel::with_threads(1, on_one)
            .expect("a thread")
            .expect("not cancelled")
    };
    let rows = Rows::new(&CITY.network, &CITY.public, Order::Hilbert);
    let mut textbook = Textbook::new(&rows);
    textbook.search(&rows, &rows.sources(&CITY.sources), ENDLESS);
    let theirs: Vec<u64> = textbook
        .reached(&rows)
        .iter()
        .map(|(_, cost)| u64::from(*cost))
        .collect();
    let times = sweep();
    let nearest = times.nearest().iter().flatten();
    assert_eq!(
        nearest.map(|nearest| nearest.cost).collect::<Vec<_>>(),
        theirs
    );
    bencher.bench_local(sweep);
}

#[divan::bench]
fn three_of_each(bencher: Bencher<'_, '_>) {
    let snapped = CITY.at_junctions(true);
    let engine = Engine::new(&CITY.network, &CITY.public, &snapped, Trip::FromStation);
    bencher.bench_local(|| {
        let on_one = || engine.nearest_stations(3, Control::default());
        parallel::with_threads(1, on_one)
            .expect("a thread")
            .expect("not cancelled")
    });
}

#[divan::bench]
fn textbook_heap(bencher: Bencher<'_, '_>) {
    let rows = Rows::new(&CITY.network, &CITY.public, Order::Hilbert);
    let sources = rows.sources(&CITY.sources);
    let mut textbook = Textbook::new(&rows);
    bencher.bench_local(|| {
        textbook.search(&rows, &sources, ENDLESS);
        textbook.touched.len()
    });
}
