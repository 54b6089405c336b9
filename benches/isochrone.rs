//! The ground within 15 minutes of each of 1,000 stations as polygons: drawn on a canvas that is there, the canvas itself, and
//! both at once.

use divan::Bencher;
use geo::Contains;
use geo_types::Point;
use pedshed::control::Control;
use pedshed::id::StationId;
use pedshed::isochrone::{Ground, Isochrones, SampleGrid};
use pedshed::parallel;
use pedshed::units::Unit;
use pedshed::walker::Placed;

use crate::CITY;
use crate::city::{engine, quarter_hour};

/// Stations whose polygons are checked.
const CHECKED: u32 = 20;

fn ground(placed: &Placed) -> Ground<'_> {
    Ground::new(placed, Unit::Milliseconds).expect("times")
}

/// Residents are inside who are covered, but for those within a cell of the outline: a few in a hundred.
fn check(sample_grid: &SampleGrid<'_>, placed: &Placed) {
    let times = engine(placed).travel_times(Some(quarter_hour()), Control::default());
    let times = times.expect("not cancelled");
    let mut contourer = sample_grid.contourer(&[quarter_hour()]).expect("minutes");
    let (mut covered, mut differ) = (0, 0);
    for station in (0..CHECKED).map(StationId) {
        let shape = &contourer.around_station(station).expect("a station")[0];
        let row = times.sorted_row(station).expect("a station");
        for (resident, _) in placed.snapped().residents_on_network() {
            let place = CITY.residents[resident.index()].place.as_ref();
            let is_inside = shape.contains(&Point(*place.expect("a place")));
            let is_covered = row.binary_search_by_key(&resident, |entry| entry.0).is_ok();
            covered += usize::from(is_covered);
            differ += usize::from(is_inside != is_covered);
        }
    }
    assert!(
        differ * 20 < covered,
        "{differ} residents differ, {covered} are covered"
    );
}

#[divan::bench(args = [1, 2])]
fn ours(bencher: Bencher<'_, '_>, threads: usize) {
    let placed = CITY.placed();
    let sample_grid = SampleGrid::new(ground(&placed), Control::default()).expect("nobody cancels");
    check(&sample_grid, &placed);
    bencher.bench_local(|| {
        let draw = || sample_grid.by_station(&[quarter_hour()], Control::default());
        parallel::with_threads(threads, draw)
            .expect("threads")
            .expect("not cancelled")
    });
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn sample_grid(bencher: Bencher<'_, '_>, threads: usize) {
    let placed = CITY.placed();
    bencher.bench_local(|| {
        let sample_grid = || {
            let sample_grid = SampleGrid::new(ground(&placed), Control::default());
            sample_grid.map(|sample_grid| sample_grid.sample_count())
        };
        parallel::with_threads(threads, sample_grid).expect("threads")
    });
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn with_its_canvas_and_merged(bencher: Bencher<'_, '_>, threads: usize) {
    let placed = CITY.placed();
    bencher.bench_local(|| {
        let (cutoffs, control) = ([quarter_hour()], Control::default());
        let draw = || Isochrones::draw(ground(&placed), &cutoffs, control);
        parallel::with_threads(threads, draw)
            .expect("threads")
            .expect("not cancelled")
    });
}
