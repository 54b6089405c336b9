//! Small towns drawn badly on purpose: everything that real line layers do to a network, in every mixture, from a seed.

use super::reference::{
    Case, Direction, Line, Network, Parameters, Resident, Station, metres_per_degree,
};

/// The latitudes to build at: the equator, mid latitudes of both hemispheres, and where a degree of longitude is a
/// half and a fifth of one of latitude.
pub(crate) const LATITUDES: [f64; 5] = [0.0, 41.0, 60.0, -37.0, 78.0];

/// Where all cities stand. Not 0: a coordinate of 0, 0 is what a failed geocoder says.
const LONGITUDE: f64 = 36.8;

/// The splitmix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): ten
/// lines, so the cities never change with a dependency.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 inclusive to `n` exclusive; the bias of the remainder is nothing to these small numbers.
    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).expect("a usize fits");
        usize::try_from(self.roll() % n).expect("smaller than a usize")
    }

    /// From `low` to `high`.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let high_bits = u32::try_from(self.roll() >> 32).expect("32 bits are left");
        low + (high - low) * f64::from(high_bits) / f64::from(u32::MAX)
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Metres east and north of the centre of the city.
type Metres = [f64; 2];

/// A town of 50 to 400 segments with its stations and residents, none of them where the snap would be in doubt.
pub(crate) fn city(seed: u64, latitude: f64, one_ways: bool, parameters: &Parameters) -> Case {
    let dice = Dice::new(seed ^ 0xC17E_5000);
    let mut surveyor = Surveyor {
        dice,
        scale: metres_per_degree(latitude),
        latitude,
        paths: Vec::new(),
        corners: Vec::new(),
    };
    surveyor.draw_grid();
    surveyor.draw_oddities();
    let lines = surveyor.finish(one_ways);
    let network = Network::new(&lines, parameters.min_island);
    let mut settler = Settler {
        surveyor,
        lines: &lines,
        network: &network,
        max_snap: parameters.max_snap,
        sites: Vec::new(),
    };
    let stations = settler.stations();
    let residents = settler.residents();
    Case {
        lines,
        stations,
        residents,
    }
}

/// Parameters that change with the seed: every option of the contract is exercised, mostly near its default.
pub(crate) fn habits(seed: u64) -> Parameters {
    let mut dice = Dice::new(seed ^ 0x4AB1_7500);
    let directions = [
        Direction::ToStation,
        Direction::FromStation,
        Direction::RoundTrip,
    ];
    let minutes: [&[u32]; 4] = [&[5, 10, 15], &[5, 10, 15], &[2, 4], &[7]];
    let metres: [&[u32]; 3] = [&[], &[500, 1000], &[300]];
    // Without --minutes the command counts within its own minutes all the same, and metres decide.
    let metres_decide = dice.chance(0.15);
    let (minutes, metres) = if metres_decide {
        (minutes[0], metres[1])
    } else {
        (*dice.pick(&minutes), *dice.pick(&metres))
    };
    Parameters {
        speed_kmh: *dice.pick(&[4.8, 4.8, 3.3, 6.5]),
        minutes: minutes.to_vec(),
        metres: metres.to_vec(),
        max_snap: *dice.pick(&[200.0, 200.0, 60.0, 120.5]),
        leg_factor: *dice.pick(&[1.0, 1.0, 1.4, 2.0]),
        min_island: *dice.pick(&[0.0, 300.0, 1200.0]),
        direction: *dice.pick(&directions),
        metres_decide,
    }
}

/// Draws lines, in metres.
struct Surveyor {
    dice: Dice,
    scale: [f64; 2],
    latitude: f64,
    paths: Vec<Vec<Metres>>,
    corners: Vec<Metres>,
}

impl Surveyor {
    /// The degrees of a place, rounded to 1e-7 as surveyors deliver them, so that equal places are equal vertices.
    fn degrees(&self, [east, north]: Metres) -> [f64; 2] {
        [
            LONGITUDE + east / self.scale[0],
            self.latitude + north / self.scale[1],
        ]
        .map(|degrees| (degrees * 1e7).round() / 1e7)
    }

    fn near(&mut self, [east, north]: Metres, spread: f64) -> Metres {
        [
            east + self.dice.between(-spread, spread),
            north + self.dice.between(-spread, spread),
        ]
    }

    /// From one place to another with up to `bends` vertices between, the first place not included.
    fn stroll(&mut self, from: Metres, to: Metres, bends: usize) -> Vec<Metres> {
        let mut path = Vec::new();
        let bends = self.dice.below(bends + 1);
        for bend in 1..=bends {
            let fraction = small(bend) / small(bends + 1);
            let straight = between(from, to, fraction);
            path.push(self.near(straight, 15.0));
        }
        path.push(to);
        path
    }

    /// Rows and columns of crooked streets; some stretches are missing, and a line may run on over many junctions, so
    /// that others touch it at a vertex inside.
    fn draw_grid(&mut self) {
        let columns = 3 + self.dice.below(6);
        let rows = 3 + self.dice.below(5);
        let pitch = self.dice.between(70.0, 260.0);
        let gaps = self.dice.between(0.05, 0.4);
        for row in 0..rows {
            for column in 0..columns {
                let middle = [small(column) * pitch, small(row) * pitch];
                let corner = self.near(middle, pitch * 0.3);
                self.corners.push(corner);
            }
        }
        let by_row = (0..rows).map(|row| (row * columns, 1, columns));
        let by_column = (0..columns).map(|column| (column, columns, rows));
        for (first, step, count) in by_row.chain(by_column).collect::<Vec<_>>() {
            let mut path = vec![self.corners[first]];
            for index in 1..count {
                let from = self.corners[first + (index - 1) * step];
                let to = self.corners[first + index * step];
                if self.dice.chance(gaps) {
                    self.add(std::mem::replace(&mut path, vec![to]));
                    continue;
                }
                let stretch = self.stroll(from, to, 3);
                path.extend(stretch);
                if self.dice.chance(0.4) {
                    self.add(std::mem::replace(&mut path, vec![to]));
                }
            }
            self.add(path);
        }
    }

    fn add(&mut self, path: Vec<Metres>) {
        if path.len() > 1 {
            self.paths.push(path);
        }
    }

    fn corner(&mut self) -> Metres {
        *self.dice.pick(&self.corners)
    }

    fn vertex(&mut self) -> Metres {
        let path = self.dice.below(self.paths.len());
        *self.dice.pick(&self.paths[path])
    }

    fn draw_oddities(&mut self) {
        let kinds: [fn(&mut Self); 10] = [
            Self::draw_loop,
            Self::draw_parallels,
            Self::draw_copy,
            Self::draw_island,
            Self::draw_dead_end,
            Self::draw_crossing,
            Self::draw_near_miss,
            Self::draw_fine_chain,
            Self::stutter,
            Self::draw_dot,
        ];
        for kind in kinds {
            for _ in 0..self.dice.below(4) {
                kind(self);
            }
        }
    }

    /// A line that ends where it began: at a vertex of another, or touching others elsewhere, or nowhere.
    fn draw_loop(&mut self) {
        let mut start = self.vertex();
        if self.dice.chance(0.4) {
            start = self.near(start, 120.0);
        }
        let mut path = vec![start];
        for _ in 0..2 + self.dice.below(4) {
            let next = self.near(start, 90.0);
            path.push(next);
        }
        if self.dice.chance(0.3) {
            let elsewhere = self.vertex();
            path.insert(1, elsewhere);
        }
        path.push(start);
        self.paths.push(path);
    }

    /// Two or three lines between the same two ends, which may be anywhere along other lines.
    fn draw_parallels(&mut self) {
        let from = self.vertex();
        let to = if self.dice.chance(0.5) {
            self.near(from, 200.0)
        } else {
            self.corner()
        };
        for _ in 0..2 + self.dice.below(2) {
            let mut path = vec![from];
            path.extend(self.stroll(from, to, 2));
            self.paths.push(path);
        }
    }

    /// A line drawn twice, perhaps the other way round, perhaps only a part of it.
    fn draw_copy(&mut self) {
        let mut path = self.dice.pick(&self.paths).clone();
        if self.dice.chance(0.5) {
            path.reverse();
        }
        if self.dice.chance(0.4) {
            let keep = 2 + self.dice.below(path.len() - 1);
            path.truncate(keep);
        }
        self.paths.push(path);
    }

    /// A short piece that touches nothing.
    fn draw_island(&mut self) {
        let vertex = self.vertex();
        let start = self.near(vertex, 150.0);
        let end = self.near(start, 250.0);
        let mut path = vec![start];
        path.extend(self.stroll(start, end, 2));
        self.paths.push(path);
    }

    fn draw_dead_end(&mut self) {
        let start = self.vertex();
        let end = self.near(start, 180.0);
        let mut path = vec![start];
        path.extend(self.stroll(start, end, 3));
        if self.dice.chance(0.3) {
            path.reverse();
        }
        self.paths.push(path);
    }

    /// A bridge: from corner to corner over all that lies between, without a vertex there.
    fn draw_crossing(&mut self) {
        let path = vec![self.corner(), self.corner()];
        self.paths.push(path);
    }

    /// A line that starts some centimetres beside a vertex, and so does not join there.
    fn draw_near_miss(&mut self) {
        let [east, north] = self.vertex();
        let start = [east + 0.05, north + 0.04];
        let end = self.near(start, 120.0);
        self.paths.push(vec![start, end]);
    }

    /// Many vertices a metre or two apart, where rounding could add up.
    fn draw_fine_chain(&mut self) {
        let mut at = self.vertex();
        let step = [self.dice.between(-1.5, 1.5), self.dice.between(-1.5, 1.5)];
        let mut path = vec![at];
        for _ in 0..20 + self.dice.below(30) {
            at = self.near([at[0] + step[0], at[1] + step[1]], 0.3);
            path.push(at);
        }
        if self.dice.chance(0.5) {
            let corner = self.corner();
            path.push(corner);
        }
        self.paths.push(path);
    }

    /// Repeats a vertex of a line.
    fn stutter(&mut self) {
        let path = self.dice.below(self.paths.len());
        let path = &mut self.paths[path];
        let index = self.dice.below(path.len());
        for _ in 0..=self.dice.below(2) {
            path.insert(index, path[index]);
        }
    }

    /// A line without length, on a vertex of another.
    fn draw_dot(&mut self) {
        let vertex = self.vertex();
        self.paths.push(vec![vertex, vertex]);
    }

    fn finish(&mut self, one_ways: bool) -> Vec<Line> {
        let paths = std::mem::take(&mut self.paths);
        paths
            .into_iter()
            .map(|path| {
                let mut points: Vec<[f64; 2]> =
                    path.into_iter().map(|place| self.degrees(place)).collect();
                // Vertices that differ in the eighth decimal are still one place. Not with one-way ways: there it
                // matters on which side of a junction a point is by however little.
                if !one_ways && self.dice.chance(0.2) {
                    for degrees in points.iter_mut().flatten() {
                        *degrees += self.dice.between(-3e-8, 3e-8);
                    }
                }
                Line {
                    points,
                    one_way: one_ways && self.dice.chance(0.35),
                }
            })
            .collect()
    }
}

/// Puts stations and residents where they are awkward, but never where their snap is in doubt.
struct Settler<'a> {
    surveyor: Surveyor,
    lines: &'a [Line],
    network: &'a Network,
    max_snap: f64,
    sites: Vec<[f64; 2]>,
}

impl Settler<'_> {
    fn stations(&mut self) -> Vec<Station> {
        let count = 1 + self.surveyor.dice.below(9);
        let mut stations: Vec<Station> = Vec::new();
        for index in 0..count {
            // The first one is near a street; without any station at all there is little to compare.
            let [lon, lat] = self.site(index == 0);
            let id = if index > 0 && self.surveyor.dice.chance(0.25) {
                self.surveyor.dice.pick(&stations).id.clone()
            } else {
                name("station", index)
            };
            stations.push(Station { id, lon, lat });
        }
        if self.surveyor.dice.chance(0.2) {
            let nowhere = self.nowhere();
            let id = if self.surveyor.dice.chance(0.5) {
                stations[0].id.clone()
            } else {
                name("station", count)
            };
            stations.push(Station {
                id,
                lon: nowhere[0],
                lat: nowhere[1],
            });
        }
        stations
    }

    fn residents(&mut self) -> Vec<Resident> {
        let count = 20 + self.surveyor.dice.below(60);
        let mut residents: Vec<Resident> = Vec::new();
        for index in 0..count {
            let [lon, lat] = if self.surveyor.dice.chance(0.02) {
                self.nowhere()
            } else {
                self.site(false)
            };
            let id = if index > 0 && self.surveyor.dice.chance(0.03) {
                self.surveyor.dice.pick(&residents).id.clone()
            } else {
                name("resident", index)
            };
            let population = match self.surveyor.dice.below(4) {
                0 => None,
                1 => Some(self.surveyor.dice.roll() % 100_000),
                _ => Some(1000 * (self.surveyor.dice.roll() % 500)),
            };
            residents.push(Resident {
                id,
                lon,
                lat,
                population,
            });
        }
        residents
    }

    /// Coordinates that are no place on earth.
    fn nowhere(&mut self) -> [f64; 2] {
        let lat = self.surveyor.latitude;
        *self.surveyor.dice.pick(&[
            [f64::NAN, lat],
            [LONGITUDE, f64::NAN],
            [LONGITUDE, 91.5],
            [LONGITUDE, -1234.5],
            [181.25, lat],
            [-400.0, lat],
        ])
    }

    fn site(&mut self, near_street: bool) -> [f64; 2] {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let kind = self.surveyor.dice.below(if near_street { 4 } else { 12 });
            let [lon, lat] = match kind {
                0 | 1 => self.on_vertex(),
                2 | 3 => self.beside(0.0, 0.0),
                4 | 5 => self.beside(1.0, 40.0),
                6 | 7 => self.beside(5.0, 150.0),
                8 => self.beside(self.max_snap - 0.5, self.max_snap + 0.5),
                9 => self.at_sea(),
                10 => self.anywhere(),
                _ if self.sites.is_empty() => continue,
                _ => *self.surveyor.dice.pick(&self.sites),
            };
            let snap = self.network.snap(lon, lat, self.max_snap);
            // A city of islands alone has no street to be near.
            let is_near_enough = !near_street || snap.leg_m().is_some() || attempts > 100;
            if snap.doubt.is_none() && is_near_enough {
                self.sites.push([lon, lat]);
                return [lon, lat];
            }
        }
    }

    fn on_vertex(&mut self) -> [f64; 2] {
        let line = self.surveyor.dice.pick(self.lines);
        *self.surveyor.dice.pick(&line.points)
    }

    /// Somewhere along a line, from `low` to `high` metres to its left or right; half of them to all digits.
    fn beside(&mut self, low: f64, high: f64) -> [f64; 2] {
        let dice = &mut self.surveyor.dice;
        let line = dice.pick(self.lines);
        let start = dice.below(line.points.len() - 1);
        let [from, to] = [line.points[start], line.points[start + 1]];
        let along = between(from, to, dice.between(0.0, 1.0));
        let scale = self.surveyor.scale;
        let run = [(to[0] - from[0]) * scale[0], (to[1] - from[1]) * scale[1]];
        let length = run[0].hypot(run[1]).max(1e-3);
        let offset = dice.between(low, high) * if dice.chance(0.5) { 1.0 } else { -1.0 };
        let site = [
            along[0] - run[1] / length * offset / scale[0],
            along[1] + run[0] / length * offset / scale[1],
        ];
        if dice.chance(0.5) {
            site
        } else {
            site.map(|degrees| (degrees * 1e7).round() / 1e7)
        }
    }

    fn at_sea(&mut self) -> [f64; 2] {
        let far = self.surveyor.dice.between(3_000.0, 20_000.0);
        self.surveyor.degrees([-far, far / 2.0])
    }

    fn anywhere(&mut self) -> [f64; 2] {
        let corner = self.surveyor.corner();
        let place = self.surveyor.near(corner, 300.0);
        self.surveyor.degrees(place)
    }
}

/// Ids that a careless reader or writer of CSV would spoil.
fn name(what: &str, index: usize) -> String {
    match index % 7 {
        3 => format!("{what}, \"{index}\""),
        4 => format!("{}", 1000 + index),
        5 => format!("药房 {what} {index}"),
        _ => format!("{what}-{index}"),
    }
}

fn between(from: [f64; 2], to: [f64; 2], fraction: f64) -> [f64; 2] {
    [
        from[0] + (to[0] - from[0]) * fraction,
        from[1] + (to[1] - from[1]) * fraction,
    ]
}

fn small(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("a small count"))
}

#[cfg(test)]
#[path = "cities_tests.rs"]
mod tests;
