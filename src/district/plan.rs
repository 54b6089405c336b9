//! The plan: a grid of dividing lines (avenues, a river, a railway), subdistricts over its cells, and the villages beyond.

use super::chance::{Chance, Purpose};
use super::ground::{Rect, spot};

/// What a dividing line is: two banks that walkers can change between only where it is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Divide {
    /// A wide road: sidewalks on both sides, crossed at signals and footbridges.
    Primary,
    /// A narrower one, with the same rules.
    Secondary,
    /// A river, crossed at few bridges.
    River,
    /// A small river in a channel, crossed at more of them.
    Channel,
    /// A railway, crossed at underpasses.
    Railway,
}

impl Divide {
    /// Metres from the middle to the bank where people walk. Avenues: 40-60 m between the red lines of main roads, about
    /// 30 m of secondary ones; the Fen is some 300-500 m wide in Taiyuan (general knowledge, rounded).
    pub(super) const fn half_m(self) -> f64 {
        match self {
            Divide::Primary => 22.0,
            Divide::Secondary => 14.0,
            Divide::River => 170.0,
            Divide::Channel => 24.0,
            Divide::Railway => 32.0,
        }
    }

    pub(super) const fn is_road(self) -> bool {
        matches!(self, Divide::Primary | Divide::Secondary)
    }
}

/// One dividing line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Where its middle lies: x of a column, y of a row.
    pub(super) at: f64,
    pub(super) divide: Divide,
}

/// A block of cells: columns `c0..c1`, rows `r0..r1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) c0: usize,
    pub(super) c1: usize,
    pub(super) r0: usize,
    pub(super) r1: usize,
}

impl Cells {
    pub(super) fn count(&self) -> usize {
        (self.c1 - self.c0) * (self.r1 - self.r0)
    }

    pub(super) fn each(self) -> impl Iterator<Item = (usize, usize)> {
        (self.r0..self.r1).flat_map(move |row| (self.c0..self.c1).map(move |column| (column, row)))
    }
}

/// A subdistrict of the preset: which cells, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its position in the register (`names`).
    pub(super) register: usize,
    pub(super) cells: Cells,
    pub(super) people: u32,
    /// The share of its blocks that are open old town, without walls.
    pub(super) open: f64,
}

/// The whole plan.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) columns: Vec<Line>,
    pub(super) rows: Vec<Line>,
    /// The preset's subdistricts; none where they are to be made from the people.
    pub(super) known: Vec<Known>,
    /// The ground of the villages east of the grid, where there is one.
    pub(super) rural: Option<Rect>,
    /// Where the river and the railway are crossed, by node.
    crossed: Vec<bool>,
}

/// Metres between the preset's columns: three west of the old town, four of the old town, five with the railway in their
/// midst, five of the town in the east. West to east; a subdistrict's width follows from its area.
const WEST_M: f64 = 6.5e6 / HEIGHT_M;
const MIDDLE_M: f64 = 5.4e6 / HEIGHT_M;
const EAST_M: f64 = 9.7e6 / HEIGHT_M;
/// From south to north, the six subdistricts of the old city.
const HEIGHT_M: f64 = 4_500.0;
/// The built-up strip of the town in the east.
const STRIP_M: f64 = 2_100.0;
/// The town's area: 85 km².
const TOWN_M2: f64 = 85e6;
/// From south to north, its villages.
const RURAL_HEIGHT_M: f64 = 8_400.0;

impl Plan {
    /// Yingze: areas and people by street from a public gazetteer, before the street boundaries of August 2024
    /// (people in 10,000 / km²: 柳巷 3.79/1, 文庙 6.55/2.7, 庙前 5.9/3, 迎泽 9.77/4.4, 桥东 12.76/7, 老军营 6.85/3.5, 郝庄镇
    /// 13.66/85). Rows are where they divide the columns into these areas; where streets lie to each other is simplified.
    pub(super) fn yingze(seed: u64) -> Self {
        let mut chance = Chance::new(seed, Purpose::Lines, 0);
        let old_town = HEIGHT_M * 4.4 / 5.4;
        let (west, east) = (HEIGHT_M * 3.5 / 6.5, HEIGHT_M * 7.0 / 9.7);
        let fixed = [0.0, 1_120.0, west, east, old_town, HEIGHT_M];
        let rows = between(&fixed, &[2, 3, 2, 1, 3], &mut chance);
        let borders = [0.0, WEST_M, WEST_M + MIDDLE_M, WEST_M + MIDDLE_M + EAST_M];
        let last = borders[3] + STRIP_M;
        let fixed = [0.0, 560.0, borders[1], borders[2], borders[3], last];
        let columns = between(&fixed, &[1, 2, 4, 5, 5], &mut chance);
        let row = |at: f64| rows.iter().position(|row| *row == at).unwrap_or(0);
        let (west, east, old_town, north) = (row(west), row(east), row(old_town), rows.len() - 1);
        let known = |register, c0, c1, r0, r1, people, open| Known {
            register,
            cells: Cells { c0, c1, r0, r1 },
            people,
            open,
        };
        let channel = row(1_120.0);
        let mut plan = Self {
            known: vec![
                known(0, 3, 7, old_town, north, 37_900, 0.45),
                known(1, 7, 12, east, north, 65_500, 0.25),
                known(2, 0, 3, west, north, 59_000, 0.2),
                known(3, 3, 7, 0, old_town, 97_700, 0.1),
                known(4, 7, 12, 0, east, 127_600, 0.15),
                known(5, 0, 3, 0, west, 68_500, 0.1),
                known(6, 12, 17, 0, north, 136_600, 0.1),
            ],
            rural: Some(rural(last)),
            columns: lines(&columns, |index| match index {
                0 => Divide::River,
                10 => Divide::Railway,
                3 | 7 | 12 | 17 => Divide::Primary,
                _ => Divide::Secondary,
            }),
            rows: lines(&rows, |index| match index {
                _ if index == channel => Divide::Channel,
                _ if [0, west, east, old_town, north].contains(&index) => Divide::Primary,
                _ => Divide::Secondary,
            }),
            crossed: Vec::new(),
        };
        plan.choose_crossings(seed, 4, 2);
        plan
    }

    /// About as many cells as asked for, in a square, with a river and a railway where they fit.
    pub(super) fn square(seed: u64, cells: u32) -> Self {
        let mut chance = Chance::new(seed, Purpose::Lines, 0);
        let side = f64::from(cells).sqrt().ceil().max(2.0) as usize;
        let rows_needed = (cells as usize).div_ceil(side).max(2);
        let mut positions = |count: usize| {
            let mut at = 0.0;
            let mut all = vec![at];
            for _ in 0..count {
                at += chance.between(CELL_M.0, CELL_M.1);
                all.push(at);
            }
            all
        };
        let (columns, rows) = (positions(side), positions(rows_needed));
        let river = side.div_ceil(3);
        let railway = (side >= 3).then_some(river + side.div_ceil(3));
        let road = |index: usize| {
            if index.is_multiple_of(3) {
                Divide::Primary
            } else {
                Divide::Secondary
            }
        };
        let columns = widened(columns, river, Divide::River.half_m());
        let mut plan = Self {
            columns: lines(&columns, |index| match index {
                _ if index == river => Divide::River,
                _ if Some(index) == railway && index < side => Divide::Railway,
                _ => road(index),
            }),
            rows: lines(&rows, road),
            known: Vec::new(),
            rural: None,
            crossed: Vec::new(),
        };
        plan.choose_crossings(seed, 3, 2);
        plan
    }

    /// Where rivers and railways are crossed: every so many rows, one of them chosen, so that no bank is cut off.
    fn choose_crossings(&mut self, seed: u64, river_every: u32, railway_every: u32) {
        let mut chance = Chance::new(seed, Purpose::Crossings, 0);
        self.crossed = vec![false; self.columns.len() * self.rows.len()];
        for column in 0..self.columns.len() {
            let every = match self.columns[column].divide {
                Divide::River => river_every,
                Divide::Railway => railway_every,
                _ => continue,
            };
            let roads = (0..self.rows.len()).filter(|row| self.rows[*row].divide.is_road());
            let roads: Vec<usize> = roads.collect();
            for group in roads.chunks(every as usize) {
                let row = group[chance.below(group.len() as u32) as usize];
                let node = self.node(column, row);
                self.crossed[node] = true;
            }
        }
        for row in 0..self.rows.len() {
            if self.rows[row].divide != Divide::Channel {
                continue;
            }
            let roads = (0..self.columns.len()).filter(|c| self.columns[*c].divide.is_road());
            let roads: Vec<usize> = roads.collect();
            for group in roads.chunks(3) {
                let column = group[chance.below(group.len() as u32) as usize];
                let node = self.node(column, row);
                self.crossed[node] = true;
            }
        }
    }

    /// The number of a grid node.
    pub(super) fn node(&self, column: usize, row: usize) -> usize {
        row * self.columns.len() + column
    }

    /// Whether the river, the channel or the railway is crossed at a node.
    pub(super) fn is_crossed(&self, column: usize, row: usize) -> bool {
        self.crossed[self.node(column, row)]
    }

    /// All cells.
    pub(super) fn cells(&self) -> Cells {
        Cells {
            c0: 0,
            c1: self.columns.len() - 1,
            r0: 0,
            r1: self.rows.len() - 1,
        }
    }

    /// The ground of a block of cells, to the middle of the lines around it.
    pub(super) fn ground_of(&self, cells: Cells) -> Rect {
        Rect::new(
            spot(self.columns[cells.c0].at, self.rows[cells.r0].at),
            spot(self.columns[cells.c1].at, self.rows[cells.r1].at),
        )
    }

    /// The ground of a cell between the banks around it.
    pub(super) fn block(&self, column: usize, row: usize) -> Rect {
        let inner = |lines: &[Line], index: usize| {
            let (one, other) = (lines[index], lines[index + 1]);
            (
                one.at + one.divide.half_m(),
                other.at - other.divide.half_m(),
            )
        };
        let (west, east) = inner(&self.columns, column);
        let (south, north) = inner(&self.rows, row);
        Rect::new(spot(west, south), spot(east, north))
    }
}

/// How wide superblocks are: "superblocks of 300-600 m" (general knowledge of Chinese cities).
const CELL_M: (f64, f64) = (380.0, 520.0);
/// How far a line that no border needs may lie from its even place.
const JITTER: f64 = 0.07;

/// Fixed positions with so many cells between each two of them.
fn between(fixed: &[f64], counts: &[u32], chance: &mut Chance) -> Vec<f64> {
    let mut all = vec![fixed[0]];
    for (pair, &count) in fixed.windows(2).zip(counts) {
        let pitch = (pair[1] - pair[0]) / f64::from(count);
        for step in 1..count {
            let drawn = chance.between(-JITTER, JITTER);
            all.push(pair[0] + pitch * (f64::from(step) + drawn));
        }
        all.push(pair[1]);
    }
    all
}

fn lines(positions: &[f64], divide: impl Fn(usize) -> Divide) -> Vec<Line> {
    let line = |(index, at): (usize, &f64)| Line {
        at: *at,
        divide: divide(index),
    };
    positions.iter().enumerate().map(line).collect()
}

/// Makes room for a line of this half width.
fn widened(mut positions: Vec<f64>, index: usize, half_m: f64) -> Vec<f64> {
    for (other, at) in positions.iter_mut().enumerate() {
        *at += match other.cmp(&index) {
            std::cmp::Ordering::Less => 0.0,
            std::cmp::Ordering::Equal => half_m,
            std::cmp::Ordering::Greater => 2.0 * half_m,
        };
    }
    positions
}

/// The ground of the villages: what the built-up strip leaves of the town's area.
fn rural(west: f64) -> Rect {
    let width = (TOWN_M2 - STRIP_M * HEIGHT_M) / RURAL_HEIGHT_M;
    let south = (HEIGHT_M - RURAL_HEIGHT_M) / 2.0;
    Rect::new(
        spot(west, south),
        spot(west + width, south + RURAL_HEIGHT_M),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subdistricts_tile_the_grid_with_the_areas_of_the_gazetteer() {
        let plan = Plan::yingze(3);
        let km2 = [1.0, 2.7, 3.0, 4.4, 7.0, 3.5];
        for (known, km2) in plan.known.iter().zip(km2) {
            let ground = plan.ground_of(known.cells);
            let area = ground.width() * ground.height() / 1e6;
            assert!((area - km2).abs() < 1e-9, "{known:?}: {area}");
        }
        let cells: usize = plan.known.iter().map(|known| known.cells.count()).sum();
        assert_eq!(cells, plan.cells().count());
        let rural = plan.rural.expect("villages");
        let strip = plan.ground_of(plan.known[6].cells);
        let town = strip.width() * strip.height() + rural.width() * rural.height();
        assert!((town - 85e6).abs() < 1e-3, "{town}");
    }

    #[test]
    fn superblocks_are_of_the_size_that_is_said() {
        for seed in 0..20 {
            for plan in [Plan::yingze(seed), Plan::square(seed, 30)] {
                for lines in [&plan.columns, &plan.rows] {
                    for pair in lines.windows(2) {
                        let metres = pair[1].at - pair[0].at;
                        let least =
                            225.0 + pair[0].divide.half_m() + pair[1].divide.half_m() - 28.0;
                        assert!(metres > least && metres < 730.0, "{metres} {pair:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn rivers_and_railways_are_crossed_but_not_everywhere() {
        let plan = Plan::square(5, 400);
        for divide in [Divide::River, Divide::Railway] {
            let column = plan.columns.iter().position(|line| line.divide == divide);
            let column = column.expect("one of each");
            let rows = plan.rows.len();
            let crossed = (0..rows)
                .filter(|row| plan.is_crossed(column, *row))
                .count();
            assert!(
                crossed > 2 && crossed * 3 < rows * 2,
                "{divide:?} {crossed}"
            );
        }
    }
}
