//! The ground within 15 minutes of each of 1,000 stations as polygons: drawn on a canvas that is there, the canvas itself, and
//! both at once.

use divan::Bencher;
use geo::Contains;
use geo_types::Point;
use pedshed::control::Control;
use pedshed::id::StationId;
use pedshed::isochrone::{Ground, Isochrones, SampleGrid};
use pedshed::parallel;
use pedshed::search::{TravelTimes, Trip};
use pedshed::snap::Snapped;
use pedshed::units::Unit;
use pedshed::walker::{Placed, WalkOptions, Walker};

use crate::CITY;
use crate::city::quarter_hour;

/// Stations whose polygons are checked.
const CHECKED: u32 = 20;

/// The city's residents, and stations at junctions.
fn placed(snapped: Snapped) -> Placed {
    let (network, options) = (&CITY.network, WalkOptions::default());
    let walker = Walker::with_costs(network, CITY.impedance.clone(), None, options);
    Placed::from_snapped(&walker.expect("its own times"), snapped, Trip::ToStation)
        .expect("its own streets")
}

fn ground(placed: &Placed) -> Ground<'_> {
    Ground::new(placed, Unit::Milliseconds).expect("times")
}

/// Residents are inside who are covered, but for those within a cell of the outline: a few in a hundred.
fn check(sample_grid: &SampleGrid<'_>, snapped: &Snapped) {
    let (cutoff, trip) = (Some(quarter_hour()), Trip::ToStation);
    let (network, impedance) = (&CITY.network, &CITY.impedance);
    let control = Control::default();
    let times = TravelTimes::between_snaps(network, impedance, snapped, cutoff, trip, control);
    let times = times.expect("not cancelled");
    let mut contourer = sample_grid.contourer(&[quarter_hour()]);
    let (mut covered, mut differ) = (0, 0);
    for station in (0..CHECKED).map(StationId) {
        let shape = &contourer.around_station(station)[0];
        let row = times.sorted_row(station);
        for (resident, _) in snapped.residents_on_network() {
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
    let snapped = CITY.snapped();
    let placed = placed(snapped);
    let sample_grid = SampleGrid::new(ground(&placed), Control::default()).expect("nobody cancels");
    check(&sample_grid, placed.snapped());
    bencher.bench_local(|| {
        let draw = || sample_grid.by_station(&[quarter_hour()], Control::default());
        parallel::with_threads(threads, draw)
            .expect("threads")
            .expect("not cancelled")
    });
}

#[divan::bench(args = [1, 2], sample_count = 5)]
fn sample_grid(bencher: Bencher<'_, '_>, threads: usize) {
    let placed = placed(CITY.snapped());
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
    let placed = placed(CITY.snapped());
    bencher.bench_local(|| {
        let (cutoffs, control) = ([quarter_hour()], Control::default());
        let draw = || Isochrones::draw(ground(&placed), &cutoffs, control);
        parallel::with_threads(threads, draw)
            .expect("threads")
            .expect("not cancelled")
    });
}
