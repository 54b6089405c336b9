//! Hilly towns against the plain way of walking them: every edge taken apart at the places where heights were sampled, and a plain
//! search over the pieces.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo_types::coord;
use pedshed::control::{Control, Stage};
use pedshed::id::{EdgeId, ResidentId};
use pedshed::model::{Flow, Passage, Profile, Slope, SlopeFactor, SlopeRule, WayKind};
use pedshed::network::{HeightMetres, Impedance, Network};
use pedshed::search::{Route, Trip};
use pedshed::snap::{Snap, SnapOptions, Snapped, Snapping};
use pedshed::units::{Cost, Cutoff, Unit};
use pedshed::walker::Placed;

use crate::oracle::cities::Dice;
use crate::support::searched::{placed, times};

const TRIPS: [Trip; 3] = [Trip::ToStation, Trip::FromStation, Trip::RoundTrip];

fn part(dice: &mut Dice, of: u64) -> f64 {
    (dice.roll() % of) as f64 / of as f64
}

/// Streets of up to some hundred metres, some of them one-way, some of them stairs, over hills.
fn town(dice: &mut Dice) -> Network {
    let count = 3 + dice.roll() % 12;
    let places: Vec<_> = (0..count)
        .map(|_| coord! { x: part(dice, 997) * 4e-3, y: part(dice, 991) * 4e-3 })
        .collect();
    let mut edges = Vec::new();
    let mut add = |dice: &mut Dice, from: u64, to: u64| {
        let kind = [WayKind::Street, WayKind::Steps][usize::from(dice.roll().is_multiple_of(9))];
        let flow = [Flow::Both, Flow::Forward, Flow::Backward]
            [(dice.roll() % 12).saturating_sub(9) as usize];
        edges.push((
            from as u32,
            to as u32,
            Passage {
                flow,
                ..Passage::from(kind)
            },
        ));
    };
    for node in 1..count {
        let to = dice.roll() % node;
        add(dice, node, to);
    }
    for _ in 0..dice.roll() % count {
        let (from, to) = (dice.roll() % count, dice.roll() % count);
        if from != to {
            add(dice, from, to);
        }
    }
    let network = Network::from_edges(&places, &edges).expect("a town");
    let [steep, long, level] = [part(dice, 100), part(dice, 100), part(dice, 100)];
    // Up to 40 %, here and there a plain, and a lake of which nothing is known.
    network.with_heights(move |places| {
        let height = |at: &geo_types::Coord<f64>| {
            let (x, y) = (at.x * 111_320.0, at.y * 110_574.0);
            let wave = (x / (20.0 + 80.0 * long)).sin() + (y / (30.0 + 50.0 * long)).cos();
            if x + y > 700.0 {
                f64::NAN
            } else {
                (20.0 * steep * wave).max(-30.0 * level)
            }
        };
        places.iter().map(height).collect()
    })
}

fn walker(dice: &mut Dice) -> Profile {
    let rows = [(-20.0, 0.9), (0.0, 1.0), (5.0, 0.8), (30.0, 0.25)];
    let rows = rows.map(|(percent, factor)| SlopeFactor { percent, factor });
    let table = Slope::new(SlopeRule::Table(rows.to_vec()), None).expect("a table");
    match dice.roll() % 4 {
        0 => Profile::named("wheelchair").expect("a walker"),
        1 => Profile::adult().with_slope(table),
        _ => Profile::adult(),
    }
}

/// An edge taken apart: the costs up to each piece's end, along it and against it; `None` where it may not be walked.
struct Pieces {
    along: Option<Vec<u64>>,
    against: Option<Vec<u64>>,
}

fn pieces(network: &Network, profile: &Profile, edge: EdgeId) -> Pieces {
    let one = network.edge(edge);
    let none = Pieces {
        along: None,
        against: None,
    };
    let Some(pace) = profile.seconds_per_metre(one.passage.kind) else {
        return none;
    };
    let runs = (one.length_m / HeightMetres::SPACING_M).ceil().max(1.0) as usize;
    let run_m = one.length_m / runs as f64;
    let height = |sample: usize| network.height_at(edge, sample as f64 / runs as f64);
    let rise = |run: usize| match (height(run), height(run + 1)) {
        (Some(from), Some(to)) if one.passage.kind == WayKind::Street && run_m >= 1.0 => {
            (to - from) / run_m
        }
        _ => 0.0,
    };
    let slope = |rise: f64| {
        if one.passage.kind == WayKind::Street {
            profile.slope().speed_factor(rise)
        } else {
            Some(1.0)
        }
    };
    let factors = |sign: f64| {
        (0..runs)
            .map(|run| slope(sign * rise(run)))
            .collect::<Option<Vec<f64>>>()
    };
    let (Some(up), Some(down)) = (factors(1.0), factors(-1.0)) else {
        return none;
    };
    let is_even = |factors: &[f64]| {
        factors
            .windows(2)
            .all(|pair| (pair[0] - pair[1]).abs() < 1e-9)
    };
    // Where it rises evenly there is one piece.
    let is_one = is_even(&up) && is_even(&down);
    let sums = |factors: &[f64]| {
        let mut seconds = 0.0;
        let mut sums = vec![0];
        for factor in factors {
            seconds += run_m * pace / factor;
            sums.push((seconds * 1000.0).round() as u64);
        }
        if is_one { vec![0, sums[runs]] } else { sums }
    };
    Pieces {
        along: (one.passage.flow != Flow::Backward).then(|| sums(&up)),
        against: (one.passage.flow != Flow::Forward).then(|| sums(&down)),
    }
}

/// A plain graph: nodes, then pieces' ends, then places.
#[derive(Default)]
struct Plain {
    arcs: Vec<Vec<(usize, u64)>>,
}

impl Plain {
    fn node(&mut self) -> usize {
        self.arcs.push(Vec::new());
        self.arcs.len() - 1
    }

    fn arc(&mut self, from: usize, to: usize, cost: u64) {
        self.arcs[from].push((to, cost));
    }

    /// Of a town with some places on its streets; answers the nodes of these.
    fn new(network: &Network, profile: &Profile, places: &[Snap]) -> (Self, Vec<usize>) {
        let mut plain = Self::default();
        for _ in network.nodes() {
            plain.node();
        }
        let at_places: Vec<usize> = places.iter().map(|_| plain.node()).collect();
        for (edge, one) in network.edges() {
            let pieces = pieces(network, profile, edge);
            let runs = pieces
                .along
                .as_ref()
                .or(pieces.against.as_ref())
                .map_or(1, |sums| sums.len() - 1);
            // Everything on the edge, by where it is.
            let mut stops = vec![(0.0, one.tail.index()), (1.0, one.head.index())];
            for knot in 1..runs {
                stops.push((knot as f64 / runs as f64, plain.node()));
            }
            for (snap, node) in places
                .iter()
                .zip(&at_places)
                .filter(|(snap, _)| snap.edge == edge)
            {
                stops.push((snap.fraction, *node));
                for (end, junction) in [(0.0, one.tail), (1.0, one.head)] {
                    if snap.fraction == end {
                        plain.arc(*node, junction.index(), 0);
                        plain.arc(junction.index(), *node, 0);
                    }
                }
            }
            stops.sort_by(|a, b| a.0.total_cmp(&b.0));
            let cost_at = |sums: &[u64], fraction: f64| {
                let at = fraction * runs as f64;
                let run = (at as usize).min(runs - 1);
                sums[run] + ((sums[run + 1] - sums[run]) as f64 * (at - run as f64)).round() as u64
            };
            for pair in stops.windows(2) {
                let [(low, from), (high, to)] = [pair[0], pair[1]];
                let cost = |sums: &[u64]| cost_at(sums, high) - cost_at(sums, low);
                if let Some(sums) = &pieces.along {
                    plain.arc(from, to, cost(sums));
                }
                if let Some(sums) = &pieces.against {
                    plain.arc(to, from, cost(sums));
                }
            }
        }
        (plain, at_places)
    }

    fn from(&self, start: usize) -> Vec<Option<u64>> {
        let mut least = vec![None; self.arcs.len()];
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((cost, node))) = queue.pop() {
            if least[node].is_some() {
                continue;
            }
            least[node] = Some(cost);
            for (to, more) in &self.arcs[node] {
                queue.push(Reverse((cost + more, *to)));
            }
        }
        least
    }
}

/// Places on streets that the walker uses.
fn on_streets(dice: &mut Dice, network: &Network, impedance: &Impedance, count: u64) -> Vec<Snap> {
    let usable: Vec<EdgeId> = network
        .edges()
        .map(|(edge, _)| edge)
        .filter(|edge| impedance.is_usable(*edge))
        .collect();
    let on = |dice: &mut Dice| {
        let edge = usable[dice.roll() as usize % usable.len()];
        let fraction = match dice.roll() % 8 {
            0 => 0.0,
            1 => 1.0,
            _ => part(dice, 10_007),
        };
        Snap::new(edge, fraction, 0.0)
    };
    if usable.is_empty() {
        Vec::new()
    } else {
        (0..count).map(|_| on(dice)).collect()
    }
}

/// Places on streets cost what residents there pay, and streets are cut where the cutoff is reached; answers how many are cut.
/// `expected` is what a resident pays to a station.
fn assert_streets(
    city: &Placed,
    residents: &[Snap],
    cutoff: Cutoff,
    expected: &(dyn Fn(usize, usize) -> Option<u64> + Sync),
) -> usize {
    let control = Control::default();
    let limit = |cost: &u64| *cost <= u64::from(cutoff.cost());
    let reaches = city.reaches(Unit::Milliseconds, control).expect("times");
    let cuts = reaches.map_stations(cutoff, control, Stage::Isochrones, |station, reach| {
        let mut cuts = 0;
        for (resident, snap) in residents.iter().enumerate() {
            let on = reach.on(snap.edge);
            let found = on.cost(snap.fraction).map(u64::from).filter(limit);
            assert_eq!(found, expected(resident, station.index()).filter(limit));
            let parts = on.within(cutoff.cost());
            for step in 1..200 {
                let at = f64::from(step) / 200.0;
                let is_in = parts.iter().any(|(from, to)| (*from..=*to).contains(&at));
                let cost = on.cost(at).unwrap_or(Cost::MAX);
                // A unit of rounding at each end of a piece, there and back.
                let is_near = cost.abs_diff(cutoff.cost()) <= 4;
                assert!(is_near || is_in == (cost <= cutoff.cost()), "{at}: {cost}");
            }
            let is_cut = |part: &&(f64, f64)| part.0 > 0.0 || part.1 < 1.0;
            cuts += parts.iter().filter(is_cut).count();
        }
        cuts
    });
    cuts.expect("nobody cancels").iter().sum()
}

#[test]
fn hilly_towns_are_walked_as_if_every_street_was_taken_apart_where_its_slope_changes() {
    let cutoff = Cutoff::minutes(6.0).expect("a cutoff");
    let (mut pairs, mut bent, mut cuts) = (0, 0, 0);
    for seed in 0..150 {
        let mut dice = Dice::new(7000 + seed);
        let network = town(&mut dice);
        let profile = walker(&mut dice);
        let impedance = Impedance::times(&network, &profile).expect("times");
        let trip = TRIPS[seed as usize % 3];
        let residents = on_streets(&mut dice, &network, &impedance, 25);
        let stations = on_streets(&mut dice, &network, &impedance, 4);
        if residents.is_empty() {
            continue;
        }
        let ids: Vec<String> = (0..stations.len()).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let on = |snaps: &[Snap]| snaps.iter().copied().map(Snapping::On).collect::<Vec<_>>();
        let snapped =
            Snapped::from_snappings(on(&residents), &ids, &on(&stations), SnapOptions::default());
        let city = placed(&network, &impedance, &snapped, trip);
        let table = times(&city, Some(cutoff));

        let all: Vec<Snap> = residents.iter().chain(&stations).copied().collect();
        let (plain, nodes) = Plain::new(&network, &profile, &all);
        let from: Vec<_> = nodes.iter().map(|node| plain.from(*node)).collect();
        let one_way = |from_place: usize, to_place: usize| from[from_place][nodes[to_place]];
        let expected = |resident: usize, station: usize| {
            let station = residents.len() + station;
            let (there, back) = (one_way(resident, station), one_way(station, resident));
            match trip {
                Trip::ToStation => there,
                Trip::FromStation => back,
                Trip::RoundTrip => Some(there? + back?),
            }
        };
        for station in snapped.stations() {
            let row = table.sorted_row(station).expect("its own");
            let within = (0..residents.len()).filter_map(|resident| {
                let cost = expected(resident, station.index())?;
                let is_within = cost <= u64::from(cutoff.cost());
                is_within.then(|| (ResidentId::new(resident), cost as Cost))
            });
            let within: Vec<_> = within.collect();
            assert_eq!(row, within, "town {seed}, {station:?}");
            pairs += row.len();
        }
        for (resident, nearest) in table.nearest().iter().enumerate() {
            let stations = 0..stations.len();
            let least = stations
                .filter_map(|station| Some((expected(resident, station)?, station)))
                .min();
            let found = nearest.map(|nearest| (nearest.cost, nearest.station.index()));
            assert_eq!(found, least, "town {seed}, resident {resident}");
        }
        cuts += assert_streets(&city, &residents, cutoff, &expected);
        // Routes tell the same, step by step.
        for (from, origin) in all.iter().enumerate().take(8) {
            let destination = all.len() - 1 - from;
            let route = city
                .walker()
                .route(Unit::Milliseconds, &[*origin], &[all[destination]])
                .expect("its own");
            assert_eq!(
                route.as_ref().map(Route::cost),
                one_way(from, destination),
                "town {seed}"
            );
        }
        bent += usize::from(network.height_metres().expect("heights").known_m > 0.0);
    }
    assert!(
        pairs > 3000 && bent > 100 && cuts > 100,
        "{pairs} pairs, {bent} towns, {cuts} cuts"
    );
}

#[test]
fn a_level_town_is_walked_as_one_without_heights() {
    for seed in 0..40 {
        let mut dice = Dice::new(9000 + seed);
        let hilly = town(&mut dice);
        let level = hilly
            .clone()
            .with_heights(|places| vec![433.3; places.len()]);
        for profile in ["adult", "wheelchair"] {
            let profile = Profile::named(profile).expect("a walker");
            // The plain walker's slope is none.
            let flat = profile.clone().with_slope(Slope::none());
            let [with, without] = [(&level, &profile), (&level, &flat)]
                .map(|(network, profile)| Impedance::times(network, profile).expect("times"));
            for (edge, _) in level.edges() {
                for fraction in [0.0, 0.1, 0.123_456, 0.5, 1.0] {
                    let ends = |impedance: &Impedance| impedance.end_costs(&level, edge, fraction);
                    assert_eq!(ends(&with), ends(&without));
                }
            }
            assert_eq!(with.bytes(), without.bytes(), "no room is taken");
        }
    }
}
