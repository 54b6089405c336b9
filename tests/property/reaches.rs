//! What isochrones and gaps stand on: grids of places, costs of places on streets, groups of neighbours, each against the
//! plain way of asking.

use pedshed::control::{Control, Stage};
use pedshed::id::{EdgeId, ResidentId};
use pedshed::network::{Islands, Network};
use pedshed::search::{Neighbours, Trip};
use pedshed::snap::{Grid, Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{COST_SCALE, Cost, Cutoff, Unit};
use pedshed::walker::{WalkOptions, Walker};

use super::isochrones::{analysed, town};
use crate::oracle::cities::Dice;
use crate::support::searched::{placed, times};

const TRIPS: [Trip; 3] = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];

#[test]
fn a_grid_of_places_snaps_as_each_place_does() {
    let mut snapped = 0;
    for (seed, latitude) in [(41, 0.2), (42, 41.0), (43, 60.0), (44, -37.0), (45, 78.0)] {
        let (case, places) = town(seed, latitude);
        let analysis = analysed(&case, &places[..1], Trip::ToStation);
        let snap = SnapOptions::default().with_max_snap_m(90.0);
        let options = WalkOptions {
            snap: snap.expect("metres"),
            ..analysis.options.walk()
        };
        let times = analysis.impedance().clone();
        let walker = Walker::with_costs(analysis.network(), times, None, options);
        let walker = walker.expect("its own times");
        let snapper = walker.snapper();
        for corner in places.iter().take(150) {
            let corner = *corner.place.as_ref().expect("a place");
            let xs: Vec<f64> = (0..7).map(|x| corner.x + f64::from(x) * 1.3e-4).collect();
            let ys: Vec<f64> = (0..5).map(|y| corner.y + f64::from(y) * 0.9e-4).collect();
            let mut found = vec![None; 35];
            snapper.snap_grid(&Grid::new(xs.clone(), ys.clone()), |column, row, snap| {
                found[row * 7 + column] = Some(snap);
            });
            for (number, on_grid) in found.iter().enumerate() {
                let place = geo_types::coord! { x: xs[number % 7], y: ys[number / 7] };
                let alone = snapper.snap(place);
                assert_eq!(on_grid.as_ref(), alone.snap(), "town {seed}: {place:?}");
                snapped += usize::from(on_grid.is_some());
            }
        }
    }
    assert!(snapped > 5_000, "only {snapped} of 26,250 snap");
}

/// Places on the streets themselves, as residents without a leg.
fn on_streets(network: &Network, islands: &Islands, seed: u64) -> Vec<Snapping> {
    let mut dice = Dice::new(seed);
    let on_land = network
        .edges()
        .filter(|(edge, _)| !islands.contains(network, *edge));
    let places = on_land.flat_map(|(edge, _)| {
        let parts = [0.0, 1.0, (dice.roll() % 1000) as f64 / 1000.0];
        parts.map(|fraction| Snapping::On(Snap::new(edge, fraction, 0.0)))
    });
    places.collect()
}

#[test]
fn a_place_on_a_street_costs_what_a_resident_there_pays_and_streets_are_cut_where_the_cutoff_is_reached()
 {
    let cutoff = Cutoff::minutes(7.0).expect("a cutoff");
    let (mut within, mut cuts) = (0, 0);
    for seed in 50..62 {
        let (case, places) = town(seed, 47.1);
        let trip = TRIPS[seed as usize % 3];
        let analysis = analysed(&case, &places[..1], trip);
        let (network, impedance) = (analysis.network(), analysis.impedance());
        let snapped = analysis.snapped();
        let residents = on_streets(network, analysis.islands(), seed);
        let rows: Vec<Snapping> = snapped
            .stations()
            .flat_map(|station| snapped.entrances(station))
            .map(|entrance| entrance.snapping)
            .collect();
        let ids: Vec<String> = snapped
            .stations()
            .flat_map(|station| {
                snapped
                    .entrances(station)
                    .iter()
                    .map(move |_| station.0.to_string())
            })
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let all = Snapped::from_snappings(residents.clone(), &ids, &rows, snapped.options());
        let control = Control::default();
        let table = times(&placed(network, impedance, &all, trip), Some(cutoff));
        let reaches = analysis.placed().reaches(Unit::Milliseconds, control);
        let reaches = reaches.expect("times");
        let counts = reaches.map_stations(cutoff, control, Stage::Isochrones, |station, reach| {
            let row = table.sorted_row(station).expect("its own");
            let mut counts = (0, 0);
            for (number, snapping) in (0..).zip(&residents) {
                let snap = snapping.snap().expect("on a street");
                let on = reach.on(snap.edge);
                let cost = on.cost(snap.fraction).filter(|cost| *cost <= cutoff.cost());
                let position = row.binary_search_by_key(&ResidentId(number), |(id, _)| *id);
                let expected = position.ok().map(|position| row[position].1);
                assert_eq!(cost, expected, "town {seed}, {station:?}, {snap:?}");
                let met = reach.edges().binary_search(&snap.edge).is_ok();
                assert!(met || cost.is_none());
                counts.0 += usize::from(cost.is_some());
                assert_cut(
                    &on.within(cutoff.cost()),
                    |at| on.cost(at),
                    cutoff.cost(),
                    &mut counts.1,
                );
            }
            counts
        });
        for (inside, cut) in counts.expect("nobody cancels") {
            within += inside;
            cuts += cut;
        }
    }
    assert!(within > 500 && cuts > 100, "{within} places, {cuts} cuts");
}

/// Within the parts every place is within the cutoff, outside none is, and an end inside the edge is at the cutoff itself.
fn assert_cut(
    parts: &[(f64, f64)],
    cost: impl Fn(f64) -> Option<Cost>,
    cutoff: Cost,
    cuts: &mut usize,
) {
    // Between the ends: a place at an end is at its junction, which may be within where the whole street is not.
    for step in 1..64 {
        let at = f64::from(step) / 64.0;
        let is_in = parts.iter().any(|(from, to)| (*from..=*to).contains(&at));
        let cost = cost(at).unwrap_or(Cost::MAX);
        // A unit of rounding at each part of an edge.
        let near = cost.abs_diff(cutoff) <= 2;
        assert!(
            near || is_in == (cost <= cutoff),
            "{at} of {parts:?}: {cost}"
        );
    }
    for end in parts.iter().flat_map(|(from, to)| [*from, *to]) {
        if end > 0.0 && end < 1.0 {
            *cuts += 1;
        }
    }
}

#[test]
fn neighbours_group_as_all_pairs_do() {
    let mut sizes = Vec::new();
    for seed in 70..90 {
        let (case, places) = town(seed, 41.0);
        let analysis = analysed(&case, &places[..1], Trip::ToStation);
        let network = analysis.network();
        let mut dice = Dice::new(seed);
        let edge_count = network.edge_count() as u64;
        let snaps: Vec<Snap> = (0..40)
            .map(|_| {
                Snap::new(
                    EdgeId((dice.roll() % edge_count) as u32),
                    (dice.roll() % 101) as f64 / 100.0,
                    0.0,
                )
            })
            .collect();
        let is_open: Vec<bool> = network
            .nodes()
            .map(|_| !dice.roll().is_multiple_of(5))
            .collect();
        let price = |edge: EdgeId| {
            let cost = (network.edge(edge).length_m * COST_SCALE).round() as Cost;
            (edge.0 % 7 != 3).then_some(cost)
        };
        let mut neighbours = Neighbours::new(network, &snaps, price, &is_open);
        let walks = all_pairs(network, &snaps, price, &is_open);
        for link in [60_000, 150_000, 400_000] {
            let groups = neighbours.groups(link);
            let expected = single_linkage(&walks, u64::from(link));
            assert_eq!(groups.of, expected, "town {seed}, link {link}");
            sizes.push(expected.iter().filter(|group| **group == 0).count());
            // Whom a street links lives within a link of it.
            for (place, stretch) in &groups.links {
                let snap = &snaps[*place as usize];
                let on_it = snap.edge == stretch.edge;
                let by_end = [0.0, 1.0]
                    .iter()
                    .any(|end| stretch.from == *end || stretch.to == *end);
                assert!(on_it || by_end, "{place}: {stretch:?}");
            }
            let near: Vec<u32> = (0..40)
                .filter(|other| walks[5][*other] <= u64::from(link))
                .map(|o| o as u32)
                .collect();
            assert_eq!(neighbours.within(5, link), near, "town {seed}, link {link}");
        }
    }
    assert!(
        sizes.iter().any(|size| *size > 3),
        "groups of more than a pair"
    );
}

/// The walk between any two places, by Floyd and Warshall over the open junctions.
fn all_pairs(
    network: &Network,
    snaps: &[Snap],
    price: impl Fn(EdgeId) -> Option<Cost>,
    is_open: &[bool],
) -> Vec<Vec<u64>> {
    const FAR: u64 = 1 << 40;
    let count = network.node_count();
    let start = |from| (0..count).map(move |to| if from == to { 0 } else { FAR });
    let mut walk: Vec<Vec<u64>> = (0..count).map(|from| start(from).collect()).collect();
    for (id, edge) in network.edges() {
        let (tail, head) = (edge.tail.index(), edge.head.index());
        if let Some(price) = price(id).filter(|_| is_open[tail] && is_open[head]) {
            walk[tail][head] = walk[tail][head].min(u64::from(price));
            walk[head][tail] = walk[tail][head];
        }
    }
    for via in (0..count).filter(|via| is_open[*via]) {
        for from in 0..count {
            for to in 0..count {
                walk[from][to] = walk[from][to].min(walk[from][via] + walk[via][to]);
            }
        }
    }
    let ends = |snap: &Snap| -> Vec<(usize, u64)> {
        let edge = network.edge(snap.edge);
        let part =
            |part: f64| price(snap.edge).map(|price| (f64::from(price) * part).round() as u64);
        let ends = [
            (edge.tail, part(snap.fraction)),
            (edge.head, part(1.0 - snap.fraction)),
        ];
        ends.into_iter()
            .filter(|(node, _)| is_open[node.index()])
            .filter_map(|(node, cost)| Some((node.index(), cost?)))
            .collect()
    };
    let between = |one: &Snap, other: &Snap| {
        let along = price(one.edge)
            .filter(|_| one.edge == other.edge)
            .map(|price| (f64::from(price) * (one.fraction - other.fraction).abs()) as u64);
        let by_ends = ends(one).into_iter().flat_map(|(from, cost)| {
            ends(other)
                .into_iter()
                .map(move |(to, last)| (from, to, cost + last))
        });
        let by_ends = by_ends.map(|(from, to, legs)| walk[from][to] + legs);
        by_ends.chain(along).min().unwrap_or(FAR)
    };
    let row = |(index, one): (usize, &Snap)| {
        let others = snaps.iter().enumerate();
        others
            .map(|(other, snap)| {
                if index == other {
                    0
                } else {
                    between(one, snap)
                }
            })
            .collect()
    };
    snaps.iter().enumerate().map(row).collect()
}

/// The smallest member of everybody's group, where walks of at most `link` join.
fn single_linkage(walks: &[Vec<u64>], link: u64) -> Vec<u32> {
    let mut of: Vec<u32> = (0..walks.len() as u32).collect();
    loop {
        let before = of.clone();
        for (one, row) in walks.iter().enumerate() {
            for (other, walk) in row.iter().enumerate() {
                if *walk <= link {
                    of[one] = of[one].min(of[other]);
                }
            }
        }
        if of == before {
            return of;
        }
    }
}
