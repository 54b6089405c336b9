//! 20,000 residents and 1,000 stations onto streets, index included, and rstar with segments in metres of one latitude, which
//! is what most tools do and wrong for a country.

use divan::Bencher;
use geo_types::Coord;
use pedshed::geometry::LocalMetres;
use pedshed::parallel;
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use crate::{CITY, RealCity};

#[divan::bench(args = [1, 2])]
fn ours(bencher: Bencher<'_, '_>, threads: usize) {
    check(&CITY);
    bencher.bench_local(|| parallel::with_threads(threads, || CITY.placed()).expect("threads"));
}

type Segment = GeomWithData<Line<[f64; 2]>, u32>;

fn plane(city: &RealCity) -> impl Fn(Coord<f64>) -> [f64; 2] + use<> {
    let bounds = city.network.bounds().expect("a city");
    let metres = LocalMetres::at(f64::midpoint(bounds.min.y, bounds.max.y));
    move |place| [place.x * metres.east_m, place.y * metres.north_m]
}

fn segments(city: &RealCity) -> RTree<Segment> {
    let plane = plane(city);
    let mut segments = Vec::new();
    for (edge, _) in city.network.edges() {
        for pair in city.network.shape(edge).windows(2) {
            let ends = [plane(pair[0].degrees()), plane(pair[1].degrees())];
            segments.push(GeomWithData::new(Line::new(ends[0], ends[1]), edge.0));
        }
    }
    RTree::bulk_load(segments)
}

/// The same legs but for what one latitude for the whole city is off, a few in a thousand.
fn check(city: &RealCity) {
    let (tree, plane) = (segments(city), plane(city));
    let placed = city.placed();
    let snapped = placed.snapped();
    let mut far_off = 0;
    for (resident, snap) in snapped.residents_on_network() {
        let place = plane(
            *city.residents[resident.index()]
                .place
                .as_ref()
                .expect("a place"),
        );
        let nearest = tree.nearest_neighbor(&place).expect("a street");
        let metres = nearest.distance_2(&place).sqrt();
        // Islands are not snapped to, so ours may be farther.
        far_off += usize::from(metres > snap.leg_m * 1.01 + 0.01);
    }
    assert_eq!(
        far_off, 0,
        "rstar finds nothing nearer, and nothing farther"
    );
}

#[divan::bench]
fn rstar_in_a_plane_on_one_thread(bencher: Bencher<'_, '_>) {
    let plane = plane(&CITY);
    bencher.bench_local(|| {
        let tree = segments(&CITY);
        let places = CITY.residents.iter().map(|resident| &resident.place);
        let places = places.chain(CITY.stations.iter().map(|station| &station.place));
        let nearest = places
            .flatten()
            .filter_map(|place| tree.nearest_neighbor(&plane(*place)));
        nearest.map(|segment| u64::from(segment.data)).sum::<u64>()
    });
}
