//! A city that a program holds, asked from places that it did not know before: who is within 15 minutes, which three stations are
//! nearest, the ground within 15 minutes, and the union of 50 stations' rows. The answers are checked against each other before.

use std::sync::LazyLock;

use divan::Bencher;
use pedshed::control::Control;
use pedshed::id::{ResidentId, StationId};
use pedshed::model::Resident;
use pedshed::units::Unit;
use pedshed::{City, CityTimes};

use crate::CITY;
use crate::city::{STATIONS, quarter_hour};
use crate::random::SplitMix64;

static HELD: LazyLock<City> = LazyLock::new(|| {
    let city = City::on(CITY.network.clone())
        .stations(CITY.stations.clone())
        .residents(CITY.residents.clone())
        .build()
        .expect("a city");
    let control = Control::default();
    city.prepare(Unit::Milliseconds, control)
        .expect("not cancelled");
    city
});

static TIMES: LazyLock<CityTimes> = LazyLock::new(|| {
    let times = HELD.times(quarter_hour(), Control::default());
    times.expect("not cancelled")
});

/// Homes, one after the other.
fn homes() -> impl FnMut() -> (f64, f64) {
    let homes = CITY.residents.iter().filter_map(Resident::valid_place);
    let mut homes = homes.step_by(7).cycle();
    move || homes.next().unwrap_or_default().x_y()
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn within(bencher: Bencher<'_, '_>) {
    let (station, row) = (StationId(3), TIMES.row(StationId(3)).expect("a station"));
    let place = HELD.station(station).expect("a station").place.clone();
    let found = HELD
        .within(place.expect("a place"), quarter_hour())
        .expect("on the earth");
    assert!(
        found.into_iter().eq(row),
        "a place is what a station there is"
    );
    bencher
        .with_inputs(homes())
        .bench_local_values(|home| HELD.within(home, quarter_hour()));
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn nearest_three(bencher: Bencher<'_, '_>) {
    let first = ResidentId(0);
    let home = CITY.residents[first.index()]
        .valid_place()
        .expect("a place");
    let found = HELD.nearest(home, 3).expect("on the earth");
    assert_eq!(found.first().copied(), TIMES.nearest()[first.index()]);
    bencher
        .with_inputs(homes())
        .bench_local_values(|home| HELD.nearest(home, 3));
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn ground(bencher: Bencher<'_, '_>) {
    HELD.sample_ground(Unit::Milliseconds, Control::default())
        .expect("not cancelled");
    bencher
        .with_inputs(homes())
        .bench_local_values(|home| HELD.ground(home, quarter_hour()));
}

#[divan::bench(sample_count = 1000, sample_size = 1)]
fn union_of_fifty_rows(bencher: Bencher<'_, '_>) {
    let mut random = SplitMix64::new(50);
    let mut fifty = move || -> Vec<StationId> {
        let ids = (0..50).map(|_| StationId(random.below(STATIONS as i32) as u32));
        ids.collect()
    };
    let all: Vec<StationId> = (0..STATIONS).map(StationId::new).collect();
    let covered = TIMES.coverage_of(&all).expect("its stations").people;
    let run = HELD
        .coverage(&[quarter_hour()], Control::default())
        .expect("not cancelled");
    assert_eq!(covered, run.by_cutoff()[0].people);
    bencher
        .with_inputs(&mut fifty)
        .bench_local_values(|chosen| TIMES.coverage_of(&chosen));
}
