use super::*;
use crate::geometry::Location;
use crate::model::{Profile, StreetsBuilder, WayKind};
use crate::network::{Impedance, Islands, Network};
use crate::snap::SnapOptions;

/// Numbers of one seed: `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// At least 0, less than `end`.
    fn below(&mut self, end: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        (bits >> 11) as f64 / (1_u64 << 53) as f64 * end
    }

    fn index(&mut self, count: usize) -> usize {
        self.below(count as f64) as usize
    }
}

const TAIYUAN: Coord<f64> = Coord {
    x: 112.55,
    y: 37.87,
};
const PORTO: Coord<f64> = Coord { x: -8.61, y: 41.15 };

/// A city of blocks: streets across and along, each so far from the last, with a street through some blocks.
struct Town {
    network: Network,
    /// Ends of stretches of street, in degrees.
    stretches: Vec<(Coord<f64>, Coord<f64>)>,
    corner: Coord<f64>,
    local: LocalMetres,
    size_m: f64,
}

impl Town {
    /// `blocks` says how long the next block is.
    fn new(corner: Coord<f64>, size_m: f64, mut blocks: impl FnMut() -> f64) -> Self {
        let local = LocalMetres::at(corner.y);
        let mut lines = || {
            let mut at = vec![0.0];
            while at[at.len() - 1] < size_m {
                at.push(at[at.len() - 1] + blocks());
            }
            at
        };
        let (across, along) = (lines(), lines());
        let place = |x: f64, y: f64| Coord {
            x: corner.x + x / local.east_m,
            y: corner.y + y / local.north_m,
        };
        let nodes: Vec<Coord<f64>> = along
            .iter()
            .flat_map(|y| across.iter().map(|x| place(*x, *y)).collect::<Vec<_>>())
            .collect();
        let locations = nodes
            .iter()
            .map(|node| Location::from_degrees(*node).expect("on earth"));
        let mut streets = StreetsBuilder::new(locations.collect());
        let mut stretches = Vec::new();
        let wide = across.len() as u32;
        let mut id = 0;
        let mut add = |a: u32, b: u32| {
            id += 1;
            streets.add_way(id, &[a, b], WayKind::Street, None);
            stretches.push((nodes[a as usize], nodes[b as usize]));
        };
        for row in 0..along.len() as u32 {
            for column in 0..wide {
                let node = row * wide + column;
                if column + 1 < wide {
                    add(node, node + 1);
                }
                if row + 1 < along.len() as u32 {
                    add(node, node + wide);
                }
            }
        }
        let network = Network::build(&streets.finish(Vec::new())).expect("a network");
        Self {
            network,
            stretches,
            corner,
            local,
            size_m,
        }
    }

    fn irregular(corner: Coord<f64>, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        Self::new(corner, 3000.0, move || 60.0 + chance.below(160.0))
    }

    fn at(&self, x: f64, y: f64) -> Coord<f64> {
        Coord {
            x: self.corner.x + x / self.local.east_m,
            y: self.corner.y + y / self.local.north_m,
        }
    }

    /// So far beside a street, anywhere along it.
    fn beside(&self, chance: &mut Chance, from_m: f64, to_m: f64) -> Coord<f64> {
        let (a, b) = self.stretches[chance.index(self.stretches.len())];
        let along = chance.below(1.0);
        let side = if chance.below(1.0) < 0.5 { -1.0 } else { 1.0 };
        let back = side * (from_m + chance.below(to_m - from_m));
        let (east, north) = self.local.vector(a, b);
        let length = east.hypot(north);
        Coord {
            x: a.x + along * (b.x - a.x) - back * north / length / self.local.east_m,
            y: a.y + along * (b.y - a.y) + back * east / length / self.local.north_m,
        }
    }

    /// A layer of one of several kinds that lies where it should.
    fn layer(&self, kind: usize, count: usize, chance: &mut Chance) -> Vec<Coord<f64>> {
        let start = chance.below(self.size_m / 2.0);
        let gap = 20.0 + chance.below(150.0);
        let wide = (count as f64).sqrt().ceil() as usize;
        (0..count)
            .map(|index| match kind {
                0 => self.at(chance.below(self.size_m), chance.below(self.size_m)),
                1 => self.beside(chance, 6.0, 30.0),
                2 => self.stretches[chance.index(self.stretches.len())].0,
                3 => self.beside(chance, 0.0, 3.0),
                _ => self.at(
                    start + gap * (index % wide) as f64,
                    start + gap * (index / wide) as f64,
                ),
            })
            .collect()
    }

    fn shift_of(&self, places: &[Coord<f64>], read: &(Crs, Crs)) -> Option<Shift> {
        let impedance = Impedance::times(&self.network, &Profile::plain()).expect("times");
        let islands = Islands::new(&self.network, &impedance, 0.0);
        let snapper = Snapper::new(&self.network, &impedance, &islands, SnapOptions::default());
        Shift::new(&snapper, places, (&read.0, &read.1))
    }

    fn shift_of_wgs84(&self, places: &[Coord<f64>]) -> Option<Shift> {
        self.shift_of(places, &(Crs::Wgs84, Crs::Wgs84))
    }
}

#[test]
fn layers_that_lie_where_they_should_are_never_called_shifted() {
    let mut chance = Chance::new(1);
    let mut looked = 0;
    for seed in 0..8 {
        let town = Town::irregular(TAIYUAN, seed);
        for round in 0..12 {
            let count = [10, 20, 40, 110][round % 4];
            for kind in 0..5 {
                let layer = town.layer(kind, count, &mut chance);
                let shift = town.shift_of_wgs84(&layer);
                assert_eq!(shift, None, "kind {kind} of {count} in town {seed}");
                looked += 1;
            }
        }
    }
    assert_eq!(looked, 480);
}

#[test]
fn nine_in_ten_shifted_layers_of_a_hundred_points_are_seen() {
    let mut chance = Chance::new(2);
    let (mut seen, mut looked) = (0, 0);
    for seed in 0..4 {
        let town = Town::irregular(TAIYUAN, 100 + seed);
        for round in 0..10 {
            let count = [110, 200, 300][round % 3];
            for kind in 1..4 {
                for (crs, shifted) in [
                    (Crs::Gcj02, gcj02_from_wgs84 as Conversion),
                    (Crs::Bd09, bd09_from_wgs84),
                ] {
                    let layer = town.layer(kind, count, &mut chance);
                    let layer: Vec<_> = layer.into_iter().map(shifted).collect();
                    looked += 1;
                    if let Some(shift) = town.shift_of_wgs84(&layer) {
                        assert_eq!(shift.other, Other::Points(crs));
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen * 100 >= looked * 90, "{seen} of {looked}");
}

#[test]
fn streets_that_are_shifted_and_layers_told_wrongly_are_told_apart() {
    let mut chance = Chance::new(3);
    let town = Town::irregular(TAIYUAN, 7);
    let layer = town.layer(1, 200, &mut chance);
    // The streets in GCJ-02 and the layer in WGS84: the layer lies where GCJ-02 would be undone.
    let before: Vec<_> = layer.iter().copied().map(wgs84_from_gcj02).collect();
    let shift = town.shift_of_wgs84(&before).expect("a shift");
    assert_eq!(shift.other, Other::Streets(Crs::Gcj02));
    // WGS84 that was read as GCJ-02 lies at the same place.
    let shift = town.shift_of(&before, &(Crs::Gcj02, Crs::Wgs84));
    let shift = shift.expect("a shift");
    assert!(shift.metres.0.hypot(shift.metres.1) > 400.0, "{shift:?}");
    assert_eq!(shift.other, Other::Points(Crs::Wgs84));
    // GCJ-02 that was read as GCJ-02 lies right.
    assert_eq!(town.shift_of(&layer, &(Crs::Gcj02, Crs::Wgs84)), None);
}

#[test]
fn a_grid_that_the_shift_maps_onto_itself_and_places_outside_china_say_nothing() {
    let mut chance = Chance::new(4);
    let shifted = |layer: Vec<Coord<f64>>| -> Vec<Coord<f64>> {
        layer.into_iter().map(gcj02_from_wgs84).collect()
    };
    // Blocks of 100 m: some shifts of a grid are nearly its own.
    for side in [50.0, 100.0, 130.0] {
        let grid = Town::new(TAIYUAN, 3000.0, || side);
        for kind in 0..5 {
            let layer = grid.layer(kind, 200, &mut chance);
            assert_eq!(
                grid.shift_of_wgs84(&layer),
                None,
                "kind {kind}, blocks of {side}"
            );
        }
    }
    let porto = Town::irregular(PORTO, 5);
    let layer = porto.layer(1, 300, &mut chance);
    let east: Vec<_> = layer
        .iter()
        .map(|at| Coord {
            x: at.x + 0.006,
            y: at.y,
        })
        .collect();
    for places in [layer.clone(), east, shifted(layer)] {
        assert_eq!(porto.shift_of_wgs84(&places), None);
    }
}
