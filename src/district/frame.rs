//! The frame: banks, crossings, bridges and underpasses of the dividing lines.

use super::chance::{Chance, Purpose};
use super::ground::{Ground, Spot, spot};
use super::map::{Map, Tags, Walk};
use super::plan::{Divide, Line, Plan};
use super::tags;

/// The corners of a grid node, by their positions in [`Frame::corners`].
pub(super) const SOUTH_WEST: usize = 0;
pub(super) const SOUTH_EAST: usize = 1;
pub(super) const NORTH_EAST: usize = 2;
pub(super) const NORTH_WEST: usize = 3;

/// How many four-way junctions lack one of their crossings.
const MISSING_CROSSING: f64 = 0.25;
/// How many long stretches of main road have a footbridge, and how long they must be.
const FOOTBRIDGES: f64 = 0.3;
const FOOTBRIDGE_FROM_M: f64 = 300.0;
/// A walked line bends with the ground: a node at least so often.
pub(super) const BEND_M: f64 = 120.0;

/// The sides of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    South,
    North,
    West,
    East,
}

/// What the blocks join.
#[derive(Debug)]
pub(super) struct Frame {
    /// The four corners of each grid node.
    corners: Vec<[u32; 4]>,
    /// The feet of footbridges: block (column, row), side, place along it, node; ascending by block.
    feet: Vec<((usize, usize), Side, f64, u32)>,
}

impl Frame {
    pub(super) fn corner(&self, plan: &Plan, column: usize, row: usize, corner: usize) -> u32 {
        self.corners[plan.node(column, row)][corner]
    }

    /// The feet of footbridges on one side of a block.
    pub(super) fn feet(
        &self,
        block: (usize, usize),
        side: Side,
    ) -> impl Iterator<Item = (f64, u32)> {
        // (row, column), as the blocks are drawn row by row.
        let first = self.feet.partition_point(|foot| before(foot.0, block));
        let of_block = self.feet[first..]
            .iter()
            .take_while(move |foot| foot.0 == block);
        of_block
            .filter(move |foot| foot.1 == side)
            .map(|foot| (foot.2, foot.3))
    }
}

fn before(one: (usize, usize), other: (usize, usize)) -> bool {
    (one.1, one.0) < (other.1, other.0)
}

/// Draws the frame.
pub(super) fn draw(plan: &Plan, ground: &Ground, seed: u64, map: &mut Map) -> Frame {
    let mut drawing = Drawing {
        plan,
        ground,
        map,
        chance: Chance::new(seed, Purpose::Crossings, 1),
        corners: Vec::new(),
        middles: Vec::new(),
        centres: Vec::new(),
        feet: Vec::new(),
    };
    drawing.nodes();
    drawing.crossings();
    drawing.outer_banks();
    drawing.footbridges();
    drawing.roads();
    drawing.water_and_rails();
    let mut feet = drawing.feet;
    feet.sort_by_key(|foot| (foot.0.1, foot.0.0));
    Frame {
        corners: drawing.corners,
        feet,
    }
}

/// The frame while it is drawn; `roads` draws what nobody walks.
pub(super) struct Drawing<'a> {
    pub(super) plan: &'a Plan,
    pub(super) ground: &'a Ground,
    pub(super) map: &'a mut Map,
    chance: Chance,
    corners: Vec<[u32; 4]>,
    /// The middles of the four crossings of each node: south, east, north, west.
    pub(super) middles: Vec<[u32; 4]>,
    pub(super) centres: Vec<u32>,
    feet: Vec<((usize, usize), Side, f64, u32)>,
}

/// The arms of a grid node.
pub(super) const SOUTH: usize = 0;
pub(super) const EAST: usize = 1;
pub(super) const NORTH: usize = 2;
pub(super) const WEST: usize = 3;

impl Drawing<'_> {
    fn grid(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (columns, rows) = (self.plan.columns.len(), self.plan.rows.len());
        (0..rows).flat_map(move |row| (0..columns).map(move |column| (column, row)))
    }

    pub(super) fn at(&mut self, at: Spot) -> u32 {
        self.map.node(self.ground.place(at))
    }

    fn nodes(&mut self) {
        for (column, row) in self.grid() {
            let (v, h) = (self.plan.columns[column], self.plan.rows[row]);
            let (dx, dy) = (v.divide.half_m(), h.divide.half_m());
            let corner = |x: f64, y: f64| spot(v.at + x * dx, h.at + y * dy);
            let signs = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
            let corners = signs.map(|(x, y)| self.at(corner(x, y)));
            self.corners.push(corners);
            let omitted = self.omitted_arm(column, row);
            let arms = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)];
            let mut middles = [0; 4];
            for (arm, (x, y)) in arms.into_iter().enumerate() {
                let place = self.ground.place(corner(x, y));
                middles[arm] = match self.crossed_by(column, row, arm) {
                    Some(line) if line.divide.is_road() && omitted != Some(arm) => {
                        let tags = tags::crossing(line.divide == Divide::Primary);
                        self.map.crossing(place, tags)
                    }
                    _ => self.map.node(place),
                };
            }
            self.middles.push(middles);
            let centre = self.at(spot(v.at, h.at));
            self.centres.push(centre);
        }
    }

    /// The line that a walk around the node crosses at an arm: a road where it goes on there, water and rails also where
    /// they leave the plan. The channel ends in the river.
    fn crossed_by(&self, column: usize, row: usize, arm: usize) -> Option<Line> {
        let (v, h) = (self.plan.columns[column], self.plan.rows[row]);
        let goes_on = match arm {
            SOUTH => row > 0,
            EAST => column + 1 < self.plan.columns.len(),
            NORTH => row + 1 < self.plan.rows.len(),
            _ => column > 0,
        };
        let line = if arm == SOUTH || arm == NORTH { v } else { h };
        let leaves_plan = !(line.divide.is_road() || (arm == WEST && column == 0));
        (goes_on || leaves_plan).then_some(line)
    }

    /// The crossing that a four-way junction lacks, where it lacks one.
    fn omitted_arm(&mut self, column: usize, row: usize) -> Option<usize> {
        let is_road = |arm| {
            self.crossed_by(column, row, arm)
                .is_some_and(|l| l.divide.is_road())
        };
        let four_ways = (0..4).all(is_road);
        let (lacks, arm) = (self.chance.is(MISSING_CROSSING), self.chance.below(4));
        (four_ways && lacks).then_some(arm as usize)
    }

    /// The four sides of each node: crossings where a line goes on, the bank's own walk where none does.
    fn crossings(&mut self) {
        let ends = [
            (SOUTH_WEST, SOUTH_EAST),
            (SOUTH_EAST, NORTH_EAST),
            (NORTH_WEST, NORTH_EAST),
            (SOUTH_WEST, NORTH_WEST),
        ];
        for (column, row) in self.grid() {
            let node = self.plan.node(column, row);
            for (arm, (from, to)) in ends.into_iter().enumerate() {
                let (from, to) = (self.corners[node][from], self.corners[node][to]);
                let middle = self.middles[node][arm];
                let along = if arm == SOUTH || arm == NORTH {
                    self.plan.rows[row]
                } else {
                    self.plan.columns[column]
                };
                match self.crossed_by(column, row, arm) {
                    None => {
                        let tags =
                            Self::bank_tags(along.divide, arm == EAST || arm == WEST, column, row);
                        self.map.way(&[from, middle, to], Walk::Public, tags);
                    }
                    Some(line) => self.cross(line, (column, row), [from, middle, to]),
                }
            }
        }
    }

    fn cross(&mut self, line: Line, (column, row): (usize, usize), refs: [u32; 3]) {
        let is_crossed = self.plan.is_crossed(column, row);
        match line.divide {
            Divide::Primary | Divide::Secondary => {
                let waits = self.map.is_crossing(refs[1]);
                if waits {
                    self.map.way(&refs, Walk::Public, tags::crosswalk());
                }
            }
            Divide::River | Divide::Channel if is_crossed => {
                self.map.way(&refs, Walk::Public, tags::bridge("footway"));
            }
            Divide::Railway if is_crossed => {
                self.map
                    .way(&refs, Walk::Public, tags::underpass("footway"));
            }
            _ => {}
        }
    }

    fn bank_tags(divide: Divide, vertical: bool, column: usize, row: usize) -> Tags {
        tags::bank(
            divide,
            line_name(divide, vertical, if vertical { column } else { row }),
        )
    }

    /// The banks that no block lies behind: those of the outermost lines, on their outer side.
    fn outer_banks(&mut self) {
        let (columns, rows) = (self.plan.columns.len(), self.plan.rows.len());
        for (row, from, to) in [
            (0, SOUTH_EAST, SOUTH_WEST),
            (rows - 1, NORTH_EAST, NORTH_WEST),
        ] {
            for column in 0..columns - 1 {
                let tags = Self::bank_tags(self.plan.rows[row].divide, false, column, row);
                self.outer_bank([(column, row, from), (column + 1, row, to)], tags);
            }
        }
        for (column, from, to) in [
            (0, NORTH_WEST, SOUTH_WEST),
            (columns - 1, NORTH_EAST, SOUTH_EAST),
        ] {
            for row in 0..rows - 1 {
                let tags = Self::bank_tags(self.plan.columns[column].divide, true, column, row);
                self.outer_bank([(column, row, from), (column, row + 1, to)], tags);
            }
        }
    }

    fn outer_bank(&mut self, ends: [(usize, usize, usize); 2], tags: Tags) {
        let [from, to] = ends.map(|(column, row, corner)| {
            let (v, h) = (self.plan.columns[column], self.plan.rows[row]);
            let sign = |positive: bool| if positive { 1.0 } else { -1.0 };
            let east = sign(corner == SOUTH_EAST || corner == NORTH_EAST);
            let north = sign(corner == NORTH_EAST || corner == NORTH_WEST);
            let node = self.corners[self.plan.node(column, row)][corner];
            let (dx, dy) = (v.divide.half_m(), h.divide.half_m());
            (node, spot(v.at + east * dx, h.at + north * dy))
        });
        let mut refs = vec![from.0];
        refs.extend(bends(from.1, to.1).map(|at| self.map.node(self.ground.place(at))));
        refs.push(to.0);
        self.map.way(&refs, Walk::Public, tags);
    }

    /// Footbridges over long stretches of main road between two blocks.
    fn footbridges(&mut self) {
        let (columns, rows) = (self.plan.columns.len(), self.plan.rows.len());
        for row in 0..rows - 1 {
            for column in 1..columns - 1 {
                let line = self.plan.columns[column];
                let block = self.plan.block(column, row);
                let (from, to) = (block.min.y, block.max.y);
                if let Some(at) = self.footbridge_at(line, from, to) {
                    let ends = [-1.0, -0.8, 0.8, 1.0];
                    let half = line.divide.half_m();
                    let steps = ends.map(|end| spot(line.at + end * half, at));
                    let sides = [((column - 1, row), Side::East), ((column, row), Side::West)];
                    self.footbridge(steps, sides, at);
                }
            }
        }
        for row in 1..rows - 1 {
            for column in 0..columns - 1 {
                let line = self.plan.rows[row];
                let block = self.plan.block(column, row);
                let (from, to) = (block.min.x, block.max.x);
                if let Some(at) = self.footbridge_at(line, from, to) {
                    let ends = [-1.0, -0.8, 0.8, 1.0];
                    let half = line.divide.half_m();
                    let steps = ends.map(|end| spot(at, line.at + end * half));
                    let sides = [
                        ((column, row - 1), Side::North),
                        ((column, row), Side::South),
                    ];
                    self.footbridge(steps, sides, at);
                }
            }
        }
    }

    fn footbridge_at(&mut self, line: Line, from: f64, to: f64) -> Option<f64> {
        let (built, share) = (self.chance.is(FOOTBRIDGES), self.chance.between(0.4, 0.6));
        let needed = line.divide == Divide::Primary && to - from > FOOTBRIDGE_FROM_M;
        (needed && built).then_some(from + (to - from) * share)
    }

    fn footbridge(&mut self, spots: [Spot; 4], sides: [((usize, usize), Side); 2], at: f64) {
        let nodes = spots.map(|spot| self.at(spot));
        self.map.way(&nodes[..2], Walk::Steps, tags::steps());
        self.map
            .way(&nodes[1..3], Walk::Public, tags::bridge("footway"));
        self.map.way(&nodes[2..], Walk::Steps, tags::steps());
        for ((block, side), node) in sides.into_iter().zip([nodes[0], nodes[3]]) {
            self.feet.push((block, side, at, node));
        }
    }
}

/// The name of a dividing line's walk: by number, as every name here that is not from the register.
pub(super) fn line_name(divide: Divide, vertical: bool, index: usize) -> String {
    let number = index + 1;
    match (divide, vertical) {
        (Divide::River | Divide::Channel, _) => format!("模型滨河路{number}"),
        (Divide::Railway, _) => format!("模型铁路沿线{number}"),
        (_, true) => format!("模型经{number}路"),
        (_, false) => format!("模型纬{number}街"),
    }
}

/// The spots at which a straight line on the plan bends with the ground, without its ends.
pub(super) fn bends(from: Spot, to: Spot) -> impl Iterator<Item = Spot> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    // One of them is 0: the plan's lines are straight along its axes.
    let pieces = ((dx.abs() + dy.abs()) / BEND_M).ceil().max(1.0) as u32;
    (1..pieces).map(move |piece| {
        let share = f64::from(piece) / f64::from(pieces);
        spot(from.x + dx * share, from.y + dy * share)
    })
}

/// The same with its ends.
pub(super) fn bends_of(from: Spot, to: Spot) -> Vec<Spot> {
    let mut spots = vec![from];
    spots.extend(bends(from, to));
    spots.push(to);
    spots
}
