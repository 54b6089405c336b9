//! Everything within 15 minutes of 1,000 junctions, on one thread: times are of all 1,000 searches, so milliseconds are
//! microseconds each.

use divan::Bencher;
use pedshed::id::{NodeId, StationId};

use crate::city::{BOUND, engine, quarter_hour};
use crate::rivals::{Order, Rows, Textbook, petgraph_bounded, touch};
use crate::{CITY, RealCity};

fn rows(city: &RealCity, order: Order) -> Rows {
    Rows::new(&city.network, &city.public, order)
}

/// Checks that we and the textbook find the same junctions at the same costs.
fn check(city: &RealCity) {
    let placed = city.at_junctions(true);
    let engine = engine(&placed);
    let mut catchments = engine.catchments(quarter_hour()).expect("minutes");
    let rows = rows(city, Order::Hilbert);
    let mut textbook = Textbook::new(&rows);
    for (station, source) in (0..).zip(&city.sources) {
        textbook.search(&rows, &[rows.position[source.index()]], BOUND);
        let around = catchments.around_station(StationId(station));
        let around = around.expect("its own").iter();
        let mut ours: Vec<(NodeId, u32)> = around.map(|(id, cost)| (NodeId(id.0), *cost)).collect();
        ours.sort_unstable();
        assert_eq!(ours, textbook.reached(&rows), "from {source:?}");
    }
    let source = city.sources[0];
    textbook.search(&rows, &[rows.position[source.index()]], BOUND);
    let petgraphs = petgraph_bounded(&city.network, &city.public, source, BOUND);
    assert_eq!(petgraphs, textbook.reached(&rows));
}

/// The stations along the engine's order, as its own table takes them.
fn in_order(city: &RealCity) -> Vec<StationId> {
    let rows = rows(city, Order::Hilbert);
    let mut stations: Vec<u32> = (0..city.sources.len() as u32).collect();
    stations.sort_by_key(|station| rows.position[city.sources[*station as usize].index()]);
    stations.into_iter().map(StationId).collect()
}

#[divan::bench]
fn ours(bencher: Bencher<'_, '_>) {
    check(&CITY);
    catchments(bencher, false);
}

/// The same, and every junction within is handed over with its cost.
#[divan::bench]
fn ours_with_every_junction_listed(bencher: Bencher<'_, '_>) {
    catchments(bencher, true);
}

fn catchments(bencher: Bencher<'_, '_>, with_residents: bool) {
    let placed = CITY.at_junctions(with_residents);
    let engine = engine(&placed);
    let stations = in_order(&CITY);
    let mut catchments = engine.catchments(quarter_hour()).expect("minutes");
    bencher.bench_local(|| {
        for station in &stations {
            let around = catchments.around_station(*station);
            divan::black_box(around.expect("its own"));
        }
    });
}

#[divan::bench]
fn textbook_heap(bencher: Bencher<'_, '_>) {
    let rows = rows(&CITY, Order::Hilbert);
    let sources = rows.sources(&CITY.sources);
    let mut textbook = Textbook::new(&rows);
    bencher.bench_local(|| {
        for source in &sources {
            textbook.search(&rows, &[*source], BOUND);
        }
        textbook.touched.len()
    });
}

#[divan::bench(sample_count = 10)]
fn petgraph_with_a_bound_by_hand(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        for source in &CITY.sources {
            let (network, impedance) = (&CITY.network, &CITY.public);
            divan::black_box(petgraph_bounded(network, impedance, *source, BOUND));
        }
    });
}

/// What any search must touch on the whole graph, in the best of its orders.
#[divan::bench]
fn touch_floor(bencher: Bencher<'_, '_>) {
    let rows = rows(&CITY, Order::Hilbert);
    floor(bencher, &rows);
}

fn floor(bencher: Bencher<'_, '_>, rows: &Rows) {
    let mut textbook = Textbook::new(rows);
    let sources = rows.sources(&CITY.sources);
    let orders: Vec<Vec<u32>> = sources
        .iter()
        .map(|source| {
            textbook.search(rows, &[*source], BOUND);
            textbook.settle_order()
        })
        .collect();
    let mut memory = vec![0; rows.node.len()];
    bencher.bench_local(|| {
        for order in &orders {
            touch(rows, order, &mut memory);
        }
        divan::black_box(&memory);
    });
}

/// The textbook search and the floor over the whole graph in different orders: what memory order alone is worth.
#[divan::bench_group]
mod order {
    use super::{BOUND, Bencher, CITY, Order, Textbook, floor, rows};

    const ORDERS: [Order; 5] = [
        Order::Input,
        Order::Shuffled,
        Order::Hilbert,
        Order::DepthFirst,
        Order::CuthillMcKee,
    ];

    #[divan::bench(args = ORDERS)]
    fn textbook_heap(bencher: Bencher<'_, '_>, order: Order) {
        let rows = rows(&CITY, order);
        let sources = rows.sources(&CITY.sources);
        let mut textbook = Textbook::new(&rows);
        bencher.bench_local(|| {
            for source in &sources {
                textbook.search(&rows, &[*source], BOUND);
            }
            textbook.touched.len()
        });
    }

    #[divan::bench(args = ORDERS)]
    fn touch_floor(bencher: Bencher<'_, '_>, order: Order) {
        floor(bencher, &rows(&CITY, order));
    }
}
