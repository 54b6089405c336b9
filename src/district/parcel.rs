//! What stands on a parcel: compounds with walls and gates, open blocks, campuses, parks, shops.

use super::block::{Lines, Parcel, Use};
use super::chance::{Chance, Purpose};
use super::ground::{Ground, Rect, Spot, spot};
use super::layout::{Form, Layout};
use super::map::{Map, Walk};
use super::records::{Building, Compound, Gate, Stairwell};
use super::tags;

/// Everything that is drawn, growing.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) map: Map,
    pub(super) compounds: Vec<Compound>,
    pub(super) gates: Vec<Gate>,
    pub(super) buildings: Vec<Building>,
    pub(super) stairwells: Vec<Stairwell>,
}

/// Compounds of which the inner roads are mapped (a guess: in Chinese cities many are not), and up to which size they may
/// be unmapped: a point may be 200 m from its street.
const MAPPED: f64 = 0.75;
const UNMAPPED_UP_TO_M: f64 = 260.0;
/// Compounds with one gate, and with up to two: the others have three ("one closed ring with 1-3 gates").
const ONE_GATE: f64 = 0.35;
const TWO_GATES: f64 = 0.8;
/// How many ends of paths are joined by a road along the wall.
const RING: f64 = 0.5;
/// So far inside the wall.
const RING_M: f64 = 5.0;
/// Between shops.
const SHOPS_M: f64 = 14.0;

const SOUTH: usize = 0;
const NORTH: usize = 1;
const WEST: usize = 2;
const EAST: usize = 3;

/// Draws what a parcel is used for. `community` is put into the records as it is.
pub(super) fn draw(
    parcel: &Parcel,
    community: u32,
    seed: u64,
    ground: &Ground,
    lines: &mut Lines<'_>,
    drawn: &mut Drawn,
) {
    let number = u64::from(parcel.number) | 1 << 40;
    let mut drawing = Drawing {
        parcel,
        community,
        ground,
        lines,
        drawn,
        chance: Chance::new(seed, Purpose::Parcels, number),
    };
    match (parcel.used, &parcel.layout) {
        (Use::Homes, Some(layout)) if layout.form == Form::Low => drawing.open_block(layout),
        (Use::Homes, Some(layout)) => drawing.compound(layout),
        (Use::Campus, Some(layout)) => drawing.campus(layout),
        (Use::Shops, _) => drawing.shops(),
        (Use::Vacant, _) => {}
        _ => drawing.park(),
    }
}

/// A gate that its wall does not hold yet.
#[derive(Clone, Copy, Debug)]
struct Hung {
    side: usize,
    /// Where along the side.
    across: f64,
    node: u32,
}

struct Drawing<'a, 'g> {
    parcel: &'a Parcel,
    community: u32,
    ground: &'a Ground,
    lines: &'a mut Lines<'g>,
    drawn: &'a mut Drawn,
    chance: Chance,
}

impl Drawing<'_, '_> {
    fn node(&mut self, at: Spot) -> u32 {
        self.drawn.map.node(self.ground.place(at))
    }

    /// Puts up the wall, once its gates are drawn: they are nodes of it.
    fn wall(&mut self, wall: &Rect, is_mapped: bool, gates: &[Hung]) {
        let has_homes = self.parcel.used == Use::Homes;
        let landuse = if has_homes {
            "residential"
        } else {
            "education"
        };
        let compound = self.drawn.compounds.len() as u32;
        let mut nodes = Vec::new();
        // Counter-clockwise: each side with its gates in that direction.
        for (side, corner) in [SOUTH, EAST, NORTH, WEST].into_iter().zip(wall.corners()) {
            nodes.push(self.node(corner));
            let mut of_side: Vec<&Hung> = gates.iter().filter(|gate| gate.side == side).collect();
            of_side.sort_by(|one, other| one.across.total_cmp(&other.across));
            if side == NORTH || side == WEST {
                of_side.reverse();
            }
            nodes.extend(of_side.into_iter().map(|gate| gate.node));
        }
        nodes.push(nodes[0]);
        self.drawn
            .map
            .way(&nodes, Walk::Nobody, tags::compound(landuse));
        let places = self.drawn.map.nodes();
        let wall = nodes.iter().map(|node| places[*node as usize]).collect();
        let gates = gates.iter().map(|gate| Gate {
            place: places[gate.node as usize],
            compound,
        });
        self.drawn.gates.extend(gates);
        self.drawn.compounds.push(Compound {
            wall,
            is_mapped,
            has_homes,
            community: self.community,
        });
    }

    fn compound(&mut self, layout: &Layout) {
        let is_small = layout.wall.width().min(layout.wall.height()) < UNMAPPED_UP_TO_M;
        let is_mapped = self.chance.is(MAPPED) || !is_small;
        self.homes(layout, Some(self.drawn.compounds.len() as u32));
        let sides = self.gates_of(layout);
        let gates: Vec<Hung> = if is_mapped {
            self.inner_roads(layout, &sides)
        } else {
            let gate = |side| match side {
                SOUTH | NORTH => self.gate(layout, side, layout.spine),
                _ => self.gate(layout, side, layout.paths[0]),
            };
            sides.into_iter().map(gate).collect()
        };
        self.wall(&layout.wall, is_mapped, &gates);
    }

    /// Which sides have a gate: one to three, the first at an end of the spine.
    fn gates_of(&mut self, layout: &Layout) -> Vec<usize> {
        let drawn = self.chance.between(0.0, 1.0);
        let count = 1 + usize::from(drawn > ONE_GATE) + usize::from(drawn > TWO_GATES);
        let mut sides = if self.chance.is(0.6) {
            vec![SOUTH, NORTH]
        } else {
            vec![NORTH, SOUTH]
        };
        sides.insert(1, if self.chance.is(0.5) { WEST } else { EAST });
        sides.insert(2, if sides[1] == WEST { EAST } else { WEST });
        if self.chance.is(0.6) {
            sides.swap(1, 3);
        }
        sides.truncate(count);
        // Large compounds have a gate on each end, as their people would climb the wall.
        if layout.wall.height() > UNMAPPED_UP_TO_M && count == 1 {
            sides.push(if sides[0] == SOUTH { NORTH } else { SOUTH });
        }
        sides
    }

    /// A gate for the wall and the few metres to the street.
    fn gate(&mut self, layout: &Layout, side: usize, across: f64) -> Hung {
        let Rect { min, max } = layout.wall;
        let at = match side {
            SOUTH => spot(across, min.y),
            NORTH => spot(across, max.y),
            WEST => spot(min.x, across),
            _ => spot(max.x, across),
        };
        let place = self.ground.place(at);
        let node = self.drawn.map.tagged_node(place, tags::gate());
        let line = self.parcel.sides[side];
        let street = self.lines.join(line, across, &mut self.drawn.map);
        let refs = [street, node];
        self.drawn.map.way(&refs, Walk::Public, tags::gate_way());
        Hung { side, across, node }
    }

    /// The spine, a path north of each row, and roads along the wall: a pocket behind its gates, which are the answer.
    fn inner_roads(&mut self, layout: &Layout, sides: &[usize]) -> Vec<Hung> {
        let way = |drawing: &mut Self, refs: &[u32]| {
            let map = &mut drawing.drawn.map;
            map.way(refs, Walk::Private, tags::inner_road());
        };
        let crossings = self.spine_nodes(layout);
        let mut spine = crossings.clone();
        let mut gates = Vec::new();
        for &side in sides.iter().filter(|side| [NORTH, SOUTH].contains(side)) {
            let gate = self.gate(layout, side, layout.spine);
            let at = if side == NORTH { 0 } else { spine.len() };
            spine.insert(at, gate.node);
            gates.push(gate);
        }
        if spine.len() > 1 {
            way(self, &spine);
        }
        let rows = layout.paths.len();
        let ringed = [WEST, EAST].map(|_| rows > 1 && self.chance.is(RING));
        let [west, east] = self.path_ends(layout, ringed);
        for (row, crossing) in crossings.iter().enumerate() {
            way(self, &[west[row], *crossing, east[row]]);
        }
        for ((side, ends), is_ringed) in [(WEST, west), (EAST, east)].into_iter().zip(ringed) {
            if is_ringed {
                way(self, &ends);
            }
            if sides.contains(&side) {
                let row = self.chance.below(rows as u32) as usize;
                let gate = self.gate(layout, side, layout.paths[row]);
                way(self, &[ends[row], gate.node]);
                gates.push(gate);
            }
        }
        gates
    }

    fn spine_nodes(&mut self, layout: &Layout) -> Vec<u32> {
        let paths = layout.paths.iter();
        paths.map(|y| self.node(spot(layout.spine, *y))).collect()
    }

    /// The western and the eastern ends of the paths, by row: beside the last slab, or on a road along the wall.
    fn path_ends(&mut self, layout: &Layout, ringed: [bool; 2]) -> [Vec<u32>; 2] {
        let mut ends = [Vec::new(), Vec::new()];
        let walls = (layout.wall.min.x + RING_M, layout.wall.max.x - RING_M);
        for (row, y) in layout.paths.iter().enumerate() {
            let (west, east) = layout.reach(row);
            let west = if ringed[0] {
                walls.0
            } else {
                west.min(layout.spine - 6.0)
            };
            let east = if ringed[1] {
                walls.1
            } else {
                east.max(layout.spine + 6.0)
            };
            ends[0].push(self.node(spot(west, *y)));
            ends[1].push(self.node(spot(east, *y)));
        }
        ends
    }

    /// Old town: the same rows without a wall, their lanes open to everybody.
    fn open_block(&mut self, layout: &Layout) {
        self.homes(layout, None);
        let crossings = self.spine_nodes(layout);
        let [south, north] = [SOUTH, NORTH].map(|side| {
            let line = self.parcel.sides[side];
            self.lines.join(line, layout.spine, &mut self.drawn.map)
        });
        let mut spine = vec![north];
        spine.extend(&crossings);
        spine.push(south);
        self.drawn.map.way(&spine, Walk::Public, tags::footway());
        let mut ends = self.path_ends(layout, [false; 2]);
        for (row, y) in layout.paths.iter().enumerate() {
            for (side, ends) in [WEST, EAST].into_iter().zip(&mut ends) {
                if self.chance.is(0.4) {
                    let line = self.parcel.sides[side];
                    ends[row] = self.lines.join(line, *y, &mut self.drawn.map);
                }
            }
            let refs = [ends[0][row], crossings[row], ends[1][row]];
            self.drawn.map.way(&refs, Walk::Public, tags::footway());
        }
    }

    fn homes(&mut self, layout: &Layout, compound: Option<u32>) {
        for slab in &layout.slabs {
            let outline = layout.outline(slab).corners();
            let outline = outline.map(|corner| self.ground.place(corner));
            self.drawn
                .map
                .ring(outline, tags::building("apartments", slab.storeys));
            let building = self.drawn.buildings.len() as u32;
            self.drawn.buildings.push(Building {
                storeys: slab.storeys as u8,
                flats: layout.flats() as u8,
                compound,
                community: self.community,
            });
            for (number, door) in (1..).zip(layout.doors(slab)) {
                self.drawn.stairwells.push(Stairwell {
                    door: self.ground.place(door),
                    building,
                    number,
                    has_lift: layout.form == Form::Tower,
                });
            }
        }
    }

    /// A wall with one or two gates, a spine and some paths.
    fn campus(&mut self, layout: &Layout) {
        let sides = match self.chance.below(4) {
            0 => &[NORTH][..],
            1 => &[SOUTH],
            _ => &[NORTH, SOUTH],
        };
        let gates = self.inner_roads(layout, sides);
        self.wall(&layout.wall, true, &gates);
        for slab in layout.slabs.iter().filter(|slab| slab.row % 2 == 0) {
            let outline = layout.outline(slab).corners();
            let outline = outline.map(|corner| self.ground.place(corner));
            self.drawn.map.ring(outline, tags::building("school", 4));
        }
    }

    /// Two paths that cross.
    fn park(&mut self) {
        let ground = self.parcel.ground;
        let lawn = ground.inset(6.0).corners();
        let lawn = lawn.map(|corner| self.ground.place(corner));
        self.drawn.map.ring(lawn, tags::park());
        let middle = ground.middle();
        let centre = self.node(middle);
        for side in [SOUTH, NORTH, WEST, EAST] {
            let along = if side == SOUTH || side == NORTH {
                middle.x
            } else {
                middle.y
            };
            let line = self.parcel.sides[side];
            let end = self.lines.join(line, along, &mut self.drawn.map);
            self.drawn
                .map
                .way(&[end, centre], Walk::Public, tags::footway());
        }
    }

    /// Four buildings around a place.
    fn shops(&mut self) {
        let Rect { min, max } = self.parcel.ground;
        let middle = self.parcel.ground.middle();
        for (x, y) in [
            (min.x, min.y),
            (middle.x, min.y),
            (min.x, middle.y),
            (middle.x, middle.y),
        ] {
            let east = if x < middle.x { middle.x } else { max.x };
            let north = if y < middle.y { middle.y } else { max.y };
            let hall = Rect::new(spot(x, y), spot(east, north))
                .inset(SHOPS_M)
                .corners();
            let hall = hall.map(|corner| self.ground.place(corner));
            let storeys = self.chance.among(2, 9);
            self.drawn
                .map
                .ring(hall, tags::building("commercial", storeys));
        }
    }
}
