//! A superblock: its lanes, and the parcels between them.

use super::chance::{Chance, Purpose};
use super::frame::{self, Frame, Side};
use super::ground::{Ground, Rect, Spot, spot};
use super::layout::{Form, Layout};
use super::map::{Map, Tags, Walk};
use super::plan::Plan;
use super::tags;

/// What a parcel is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// People live there, as its layout says.
    Homes,
    /// A school, a hospital or a work unit: walled, nobody lives there.
    Campus,
    Park,
    Shops,
    /// Not built yet.
    Vacant,
}

/// A piece of a superblock between streets.
#[derive(Clone, Debug)]
pub(super) struct Parcel {
    /// To the middle of the streets around it.
    pub(super) ground: Rect,
    /// The lines south, north, west and east of it, by their positions in [`Lines`].
    pub(super) sides: [usize; 4],
    /// Where homes would stand; none where they have no room.
    pub(super) layout: Option<Layout>,
    pub(super) used: Use,
    /// Its number among all parcels.
    pub(super) number: u32,
    /// Smaller ones get homes first.
    pub(super) priority: u64,
}

/// A superblock before it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) cell: (usize, usize),
    pub(super) ground: Rect,
    /// The x of the lanes from south to north.
    verticals: Vec<f64>,
    /// For each strip between them the y of its lanes from west to east.
    horizontals: Vec<Vec<f64>>,
    pub(super) parcels: Vec<Parcel>,
}

/// Lanes lie so far apart: compounds of one to four hectares (general knowledge).
const PARCEL_M: (f64, f64) = (135.0, 250.0);
/// Parcels of which homes are towers, where nothing asks for more.
const TOWERS: f64 = 0.22;

impl Block {
    /// Draws up a superblock; `open` is the share of its parcels that are old town.
    pub(super) fn draft(plan: &Plan, cell: (usize, usize), open: f64, seed: u64) -> Self {
        let number = plan.node(cell.0, cell.1) as u64;
        let mut chance = Chance::new(seed, Purpose::Blocks, number);
        let ground = plan.block(cell.0, cell.1);
        let verticals = lanes(ground.min.x, ground.max.x, &mut chance);
        let horizontals = (0..=verticals.len())
            .map(|_| lanes(ground.min.y, ground.max.y, &mut chance))
            .collect();
        let mut block = Self {
            cell,
            ground,
            verticals,
            horizontals,
            parcels: Vec::new(),
        };
        block.cut(open, number as u32 * MOST_PARCELS, seed, &mut chance);
        block
    }

    /// Takes everything off it: fields, with the streets around them.
    pub(super) fn clear(&mut self) {
        self.verticals.clear();
        self.horizontals = vec![Vec::new()];
        self.parcels.clear();
    }

    /// Cuts the block into parcels.
    fn cut(&mut self, open: f64, first: u32, seed: u64, chance: &mut Chance) {
        let mut first_line = FIRST_LANE + self.verticals.len();
        for strip in 0..self.horizontals.len() {
            let x = |index: Option<usize>, or: f64| index.map_or(or, |i| self.verticals[i]);
            let west = x(strip.checked_sub(1), self.ground.min.x);
            let east = x(
                (strip < self.verticals.len()).then_some(strip),
                self.ground.max.x,
            );
            let ys = &self.horizontals[strip];
            for piece in 0..=ys.len() {
                let south = piece.checked_sub(1).map_or(self.ground.min.y, |i| ys[i]);
                let north = ys.get(piece).copied().unwrap_or(self.ground.max.y);
                let ground = Rect::new(spot(west, south), spot(east, north));
                let number = first + self.parcels.len() as u32;
                let form = match (chance.is(open), chance.is(TOWERS)) {
                    (true, _) => Form::Low,
                    (false, true) => Form::Tower,
                    (false, false) => Form::WalkUp,
                };
                let mut own = Chance::new(seed, Purpose::Parcels, u64::from(number));
                self.parcels.push(Parcel {
                    ground,
                    sides: [
                        piece.checked_sub(1).map_or(SOUTH, |i| first_line + i),
                        if piece < ys.len() {
                            first_line + piece
                        } else {
                            NORTH
                        },
                        strip.checked_sub(1).map_or(WEST, |i| FIRST_LANE + i),
                        if strip < self.verticals.len() {
                            FIRST_LANE + strip
                        } else {
                            EAST
                        },
                    ],
                    layout: Layout::draw(&ground, form, &mut own),
                    used: Use::Vacant,
                    number,
                    priority: own.priority(),
                });
            }
            first_line += ys.len();
        }
    }
}

/// More parcels than any superblock has: they are numbered from its own number times this.
const MOST_PARCELS: u32 = 32;

/// The places of lanes between two ends.
fn lanes(from: f64, to: f64, chance: &mut Chance) -> Vec<f64> {
    let pieces = ((to - from) / chance.between(PARCEL_M.0, PARCEL_M.1))
        .round()
        .clamp(1.0, 4.0);
    let pitch = (to - from) / pieces;
    (1..pieces as u32)
        .map(|lane| from + pitch * (f64::from(lane) + chance.between(-0.12, 0.12)))
        .collect()
}

/// The four banks around a block are its first lines, then come the lanes.
const SOUTH: usize = 0;
const NORTH: usize = 1;
const WEST: usize = 2;
const EAST: usize = 3;
const FIRST_LANE: usize = 4;

/// A straight walk on the plan that others join.
#[derive(Debug)]
struct Joined {
    horizontal: bool,
    /// Its y where it is horizontal, else its x.
    at: f64,
    /// Where nodes lie along it.
    nodes: Vec<(f64, u32)>,
    tags: Tags,
}

/// The walks of a block that parcels join: four banks, then its lanes.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    ground: &'a Ground,
    list: Vec<Joined>,
}

/// Nodes nearer to each other than this are one.
const SAME_M: f64 = 6.0;

impl<'a> Lines<'a> {
    /// The banks with their corners and footbridges, and the lanes with their ends.
    pub(super) fn new(
        block: &Block,
        plan: &Plan,
        frame: &Frame,
        ground: &'a Ground,
        map: &mut Map,
    ) -> Self {
        let mut lines = Self {
            ground,
            list: Vec::new(),
        };
        lines.add_banks(block, plan, frame);
        for x in &block.verticals {
            let line = lines.add(false, *x, tags::lane());
            let ends = [(SOUTH, block.ground.min.y), (NORTH, block.ground.max.y)];
            for (bank, end) in ends {
                let node = lines.join(bank, *x, map);
                lines.list[line].nodes.push((end, node));
            }
        }
        for (strip, ys) in block.horizontals.iter().enumerate() {
            for y in ys {
                let line = lines.add(true, *y, tags::lane());
                let west = strip.checked_sub(1).map_or(WEST, |lane| FIRST_LANE + lane);
                let is_last = strip == block.verticals.len();
                let east = if is_last { EAST } else { FIRST_LANE + strip };
                for end in [west, east] {
                    let node = lines.join(end, *y, map);
                    let x = lines.list[end].at;
                    lines.list[line].nodes.push((x, node));
                }
            }
        }
        lines
    }

    fn add_banks(&mut self, block: &Block, plan: &Plan, frame: &Frame) {
        let (column, row) = block.cell;
        let corner = |c: usize, r: usize, corner| frame.corner(plan, c, r, corner);
        let south_west = corner(column, row, frame::NORTH_EAST);
        let south_east = corner(column + 1, row, frame::NORTH_WEST);
        let north_west = corner(column, row + 1, frame::SOUTH_EAST);
        let north_east = corner(column + 1, row + 1, frame::SOUTH_WEST);
        let Rect { min, max } = block.ground;
        let (xs, ys) = ((min.x, max.x), (min.y, max.y));
        let banks = [
            (Side::South, row, min.y, xs, [south_west, south_east]),
            (Side::North, row + 1, max.y, xs, [north_west, north_east]),
            (Side::West, column, min.x, ys, [south_west, north_west]),
            (Side::East, column + 1, max.x, ys, [south_east, north_east]),
        ];
        for (side, index, at, (from, to), [first, last]) in banks {
            let horizontal = matches!(side, Side::South | Side::North);
            let lines = if horizontal {
                &plan.rows
            } else {
                &plan.columns
            };
            let divide = lines[index].divide;
            let name = frame::line_name(divide, !horizontal, index);
            let line = self.add(horizontal, at, tags::bank(divide, name));
            let nodes = &mut self.list[line].nodes;
            nodes.extend([(from, first), (to, last)]);
            nodes.extend(frame.feet(block.cell, side));
        }
    }

    fn add(&mut self, horizontal: bool, at: f64, tags: Tags) -> usize {
        self.list.push(Joined {
            horizontal,
            at,
            nodes: Vec::new(),
            tags,
        });
        self.list.len() - 1
    }

    /// The node of a line at a place along it: the one that is there, or a new one.
    pub(super) fn join(&mut self, line: usize, along: f64, map: &mut Map) -> u32 {
        let line = &mut self.list[line];
        let near = line
            .nodes
            .iter()
            .find(|node| (node.0 - along).abs() < SAME_M);
        if let Some((_, node)) = near {
            return *node;
        }
        let node = map.node(self.ground.place(line.spot(along)));
        line.nodes.push((along, node));
        node
    }

    /// How many junctions the lines bring that are not seen before they are drawn: corners, and the ends of lanes.
    pub(super) fn ends(&self) -> u32 {
        2 * (self.list.len() - FIRST_LANE) as u32
    }

    /// Draws all lines through the nodes that were joined to them.
    pub(super) fn draw(self, map: &mut Map) {
        for mut line in self.list {
            line.nodes.sort_by(|one, other| one.0.total_cmp(&other.0));
            let mut refs = vec![line.nodes[0].1];
            for pair in line.nodes.windows(2) {
                let (from, to) = (line.spot(pair[0].0), line.spot(pair[1].0));
                refs.extend(frame::bends(from, to).map(|at| map.node(self.ground.place(at))));
                refs.push(pair[1].1);
            }
            map.way(&refs, Walk::Public, line.tags);
        }
    }
}

impl Joined {
    fn spot(&self, along: f64) -> Spot {
        if self.horizontal {
            spot(along, self.at)
        } else {
            spot(self.at, along)
        }
    }
}
