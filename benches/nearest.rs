//! Every junction's nearest of 1,000 stations at any distance, on one thread.

use divan::Bencher;
use pedshed::control::Control;
use pedshed::id::NodeId;
use pedshed::parallel;

use crate::CITY;
use crate::city::engine;
use crate::rivals::{Order, Rows, Textbook};

const ENDLESS: u32 = u32::MAX / 2;

#[divan::bench]
fn ours(bencher: Bencher<'_, '_>) {
    let placed = CITY.at_junctions(true);
    let engine = engine(&placed);
    let sweep = || {
        let on_one = || engine.travel_times(None, Control::default());
        parallel::with_threads(1, on_one)
            .expect("a thread")
            .expect("not cancelled")
    };
    let rows = Rows::new(&CITY.network, &CITY.public, Order::Hilbert);
    let mut textbook = Textbook::new(&rows);
    textbook.search(&rows, &rows.sources(&CITY.sources), ENDLESS);
    let times = sweep();
    let nearest = times.nearest().iter().zip(0..);
    let ours: Vec<(NodeId, u64)> = nearest
        .filter_map(|(nearest, node)| Some((NodeId(node), nearest.as_ref()?.cost)))
        .collect();
    let theirs = textbook.reached(&rows).into_iter();
    let theirs: Vec<(NodeId, u64)> = theirs.map(|(node, cost)| (node, u64::from(cost))).collect();
    let differs = ours.iter().zip(&theirs).find(|(one, other)| one != other);
    assert_eq!(
        (differs, ours.len()),
        (None, theirs.len()),
        "the answers are equal"
    );
    bencher.bench_local(sweep);
}

#[divan::bench]
fn three_of_each(bencher: Bencher<'_, '_>) {
    let placed = CITY.at_junctions(true);
    let engine = engine(&placed);
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
