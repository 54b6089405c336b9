//! Villages in the hills, and the roads between them and the city.

use super::chance::{Chance, Purpose};
use super::frame::{self, Frame};
use super::ground::{Ground, Rect, Spot, spot};
use super::map::Walk;
use super::parcel::Drawn;
use super::plan::Plan;
use super::records::{Building, Stairwell};
use super::tags;

/// Villages stand in three rows of three, as the register has nine.
pub(super) const SIDE: usize = 3;
/// A village's lanes: so many from south to north and from west to east, and how far apart.
const LANES: (usize, usize) = (9, 6);
const LANE_M: (f64, f64) = (70.0, 62.0);
/// How far from its lane a house stands, from house to house, and how long its sides are.
const HOUSE_OFF_M: f64 = 11.0;
const HOUSE_PITCH_M: f64 = 16.0;
const HOUSE_M: (f64, f64) = (9.0, 11.0);
/// Country roads sway: a node every so many metres, this far off the straight line.
const ROAD_NODE_M: f64 = 90.0;
const ROAD_SWAY_M: f64 = 16.0;

/// The villages' grounds, row by row from the south-west; they tile the rural ground.
pub(super) fn grounds(rural: &Rect) -> Vec<Rect> {
    let (width, height) = (rural.width() / SIDE as f64, rural.height() / SIDE as f64);
    let ground = |index: usize| {
        let (column, row) = ((index % SIDE) as f64, (index / SIDE) as f64);
        let min = spot(rural.min.x + width * column, rural.min.y + height * row);
        Rect::new(min, spot(min.x + width, min.y + height))
    };
    (0..SIDE * SIDE).map(ground).collect()
}

/// The nodes at which roads reach a village.
#[derive(Clone, Copy, Debug)]
struct Ends {
    west: (Spot, u32),
    east: (Spot, u32),
    south: (Spot, u32),
    north: (Spot, u32),
}

/// Draws the villages and their roads; the village `index` belongs to community `first + index`.
pub(super) fn draw(
    plan: &Plan,
    rural: &Rect,
    first: u32,
    seed: u64,
    (ground, frame): (&Ground, &Frame),
    drawn: &mut Drawn,
) {
    let mut villages = Vec::new();
    for (index, place) in (0u32..).zip(grounds(rural)) {
        let mut drawing = Drawing {
            ground,
            drawn,
            chance: Chance::new(seed, Purpose::Villages, u64::from(index)),
            community: first + index,
        };
        villages.push(drawing.village(place.middle()));
    }
    let mut drawing = Drawing {
        ground,
        drawn,
        chance: Chance::new(seed, Purpose::Villages, 1000),
        community: first,
    };
    for row in 0..SIDE {
        let of_row = &villages[row * SIDE..(row + 1) * SIDE];
        let entry = entry(plan, frame, of_row[0].west.0.y);
        drawing.road(entry, of_row[0].west);
        for pair in of_row.windows(2) {
            drawing.road(pair[0].east, pair[1].west);
        }
        if row + 1 < SIDE {
            let column = drawing.chance.below(SIDE as u32) as usize;
            let (from, to) = (row * SIDE + column, (row + 1) * SIDE + column);
            drawing.road(villages[from].north, villages[to].south);
        }
    }
}

/// Where a country road leaves the city: at the avenue nearest to this northing.
fn entry(plan: &Plan, frame: &Frame, y: f64) -> (Spot, u32) {
    let column = plan.columns.len() - 1;
    let line = plan.columns[column];
    let distance = |row: &usize| (plan.rows[*row].at - y).abs();
    let roads = (0..plan.rows.len()).filter(|row| plan.rows[*row].divide.is_road());
    let row = roads.min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let row = row.unwrap_or(0);
    let node = frame.corner(plan, column, row, frame::NORTH_EAST);
    let (dx, dy) = (line.divide.half_m(), plan.rows[row].divide.half_m());
    (spot(line.at + dx, plan.rows[row].at + dy), node)
}

struct Drawing<'a> {
    ground: &'a Ground,
    drawn: &'a mut Drawn,
    chance: Chance,
    community: u32,
}

impl Drawing<'_> {
    fn village(&mut self, middle: Spot) -> Ends {
        let middle = spot(
            middle.x + self.chance.between(-350.0, 350.0),
            middle.y + self.chance.between(-350.0, 350.0),
        );
        let (columns, rows) = LANES;
        let mut grid: Vec<Vec<(Spot, u32)>> = Vec::new();
        for column in 0..columns {
            let lane = (0..rows).map(|row| {
                let (dx, dy) = (
                    self.chance.between(-9.0, 9.0),
                    self.chance.between(-9.0, 9.0),
                );
                let x = middle.x + (column as f64 - (columns - 1) as f64 / 2.0) * LANE_M.0 + dx;
                let y = middle.y + (row as f64 - (rows - 1) as f64 / 2.0) * LANE_M.1 + dy;
                let at = spot(x, y);
                (at, self.drawn.map.node(self.ground.place(at)))
            });
            grid.push(lane.collect());
        }
        let main = rows / 2;
        for (column, lane) in grid.iter().enumerate() {
            let refs: Vec<u32> = lane.iter().map(|(_, node)| *node).collect();
            self.drawn.map.way(&refs, Walk::Public, tags::lane());
            for pair in lane.windows(2) {
                self.houses(pair[0].0, pair[1].0);
            }
            for row in 0..rows {
                let is_main = row == main;
                let next = grid.get(column + 1);
                if let Some(next) = next.filter(|_| is_main || self.chance.is(0.5)) {
                    let tags = if is_main {
                        tags::country_road()
                    } else {
                        tags::lane()
                    };
                    let refs = [lane[row].1, next[row].1];
                    self.drawn.map.way(&refs, Walk::Public, tags);
                }
            }
        }
        Ends {
            west: grid[0][main],
            east: grid[columns - 1][main],
            south: grid[columns / 2][0],
            north: grid[columns / 2][rows - 1],
        }
    }

    /// Houses on both sides of a lane from south to north.
    fn houses(&mut self, from: Spot, to: Spot) {
        let count = ((to.y - from.y - HOUSE_PITCH_M / 2.0) / HOUSE_PITCH_M) as u32;
        for place in 0..count {
            let y = from.y + HOUSE_PITCH_M * (f64::from(place) + 0.9);
            let lane = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
            for side in [-1.0, 1.0] {
                if self.chance.is(0.88) {
                    self.house(
                        spot(lane + side * HOUSE_OFF_M, y),
                        spot(lane + side * 4.0, y),
                    );
                }
            }
        }
    }

    fn house(&mut self, middle: Spot, door: Spot) {
        let storeys = if self.chance.is(0.7) { 1 } else { 2 };
        let (width, depth) = HOUSE_M;
        let outline = Rect::new(
            spot(middle.x - width / 2.0, middle.y - depth / 2.0),
            spot(middle.x + width / 2.0, middle.y + depth / 2.0),
        );
        let outline = outline.corners().map(|corner| self.ground.place(corner));
        self.drawn
            .map
            .ring(outline, tags::building("house", storeys));
        let building = self.drawn.buildings.len() as u32;
        self.drawn.buildings.push(Building {
            storeys: storeys as u8,
            flats: 0,
            compound: None,
            community: self.community,
        });
        self.drawn.stairwells.push(Stairwell {
            door: self.ground.place(door),
            building,
            number: 1,
            has_lift: false,
        });
    }

    fn road(&mut self, from: (Spot, u32), to: (Spot, u32)) {
        let (dx, dy) = (to.0.x - from.0.x, to.0.y - from.0.y);
        let pieces = ((dx.abs() + dy.abs()) / ROAD_NODE_M).ceil().max(1.0) as u32;
        let mut refs = vec![from.1];
        for piece in 1..pieces {
            let share = f64::from(piece) / f64::from(pieces);
            let sway = spot(
                self.chance.between(-ROAD_SWAY_M, ROAD_SWAY_M),
                self.chance.between(-ROAD_SWAY_M, ROAD_SWAY_M),
            );
            let at = spot(
                from.0.x + dx * share + sway.x,
                from.0.y + dy * share + sway.y,
            );
            refs.push(self.drawn.map.node(self.ground.place(at)));
        }
        refs.push(to.1);
        self.drawn
            .map
            .way(&refs, Walk::Public, tags::country_road());
    }
}
