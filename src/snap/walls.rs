//! The walls of compounds, and the gates in them: which straight legs can be walked, and where the others get out.
//!
//! Every ring of a compound's outline is a wall; a leg that crosses one cannot be walked. A wall is a line: what comes
//! within [`WALL_M`] of it has not crossed it, so a gate on the wall, or a street along it, is met from both sides.

use geo::Intersects;
use geo_types::{Coord, Line};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Grid;
use crate::geometry::LocalMetres;
use crate::id::{CompoundId, GateId};
use crate::model::{Compound, Compounds};

/// Half a wall's width in metres: about half a brick more than what seven decimals of a degree can say.
const WALL_M: f64 = 0.05;
/// A gate that is further than this many metres from the wall is no gate in it: the width of a street, about.
const GATE_M: f64 = 30.0;

/// What a circle around a compound is widened by, as metres of longitude are not the same at both of its ends.
pub(super) const AROUND: f64 = 1.01;

/// A wall's stretch from corner to corner, with its compound.
type WallTree = RTree<GeomWithData<Rectangle<[f64; 2]>, (CompoundId, Line<f64>)>>;

/// A gate in its wall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WallGate {
    /// Which gate.
    pub gate: GateId,
    /// Whose wall it is in.
    pub compound: CompoundId,
    /// Its place on the wall: the nearest one to where the record says that it is.
    pub place: Coord<f64>,
}

/// The walls of a city, ready to be asked whether a leg crosses one.
///
/// ```
/// use geo_types::{Rect, coord};
/// use pedshed::model::{Compound, Compounds, Gate};
/// use pedshed::snap::Walls;
/// let ground = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: 0.002, y: 0.001 }).to_polygon();
/// let compounds = Compounds {
///     list: vec![Compound::new("garden", ground)],
///     gates: vec![Gate::new("north", 0.001, 0.001)],
/// };
/// let walls = Walls::new(&compounds);
/// let (home, street) = (coord! { x: 0.001, y: 0.0005 }, coord! { x: 0.001, y: -0.0005 });
/// assert!(walls.parts(home, street));
/// assert!(!walls.parts(home, coord! { x: 0.001, y: 0.0002 }));
/// ```
#[derive(Clone, Debug)]
pub struct Walls {
    stretches: WallTree,
    /// The boxes around the compounds.
    grounds: RTree<GeomWithData<Rectangle<[f64; 2]>, CompoundId>>,
    pub(super) compounds: Vec<Compound>,
    /// By compound, then as in the input.
    pub(super) gates: Vec<WallGate>,
    stray: Vec<GateId>,
    open: Vec<CompoundId>,
}

impl Walls {
    /// The walls of these compounds. A gate belongs to the compound that it names, else to the one whose wall is nearest,
    /// and to none where that wall is more than 30 m away.
    ///
    /// A compound without a gate is a fault of the data, since people live there: nobody is walled in, and its wall is left
    /// out.
    ///
    /// # Complexity
    /// O(n log n) in the corners and gates.
    #[must_use]
    pub fn new(compounds: &Compounds) -> Self {
        let all = tree_of(&compounds.list, |_| true);
        let mut gates = Vec::new();
        let mut stray = Vec::new();
        for (number, gate) in (0..).zip(&compounds.gates) {
            let id = GateId(number);
            let Ok(place) = gate.place else { continue };
            let may_be = |compound: CompoundId| {
                let named = gate.compound.as_ref();
                named.is_none_or(|name| *name == compounds.list[compound.index()].id)
            };
            match nearest_wall(&all, place, may_be) {
                Some((compound, place)) => gates.push(WallGate {
                    gate: id,
                    compound,
                    place,
                }),
                None => stray.push(id),
            }
        }
        gates.sort_by_key(|gate| (gate.compound, gate.gate));
        let mut walls = Self {
            stretches: RTree::new(),
            grounds: RTree::new(),
            compounds: compounds.list.clone(),
            gates,
            stray,
            open: Vec::new(),
        };
        let ids = (0..compounds.list.len()).map(CompoundId::new);
        let (closed, open): (Vec<_>, Vec<_>) =
            ids.partition(|compound| !walls.gates_of(*compound).is_empty());
        walls.stretches = tree_of(&compounds.list, |compound| {
            closed.binary_search(&compound).is_ok()
        });
        let grounds = (0..).map(CompoundId).zip(&compounds.list);
        let grounds = grounds.filter_map(|(compound, Compound { shape, .. })| {
            let ground = geo::BoundingRect::bounding_rect(shape)?;
            let ground = Rectangle::from_aabb(box_of(ground.min(), ground.max()));
            Some(GeomWithData::new(ground, compound))
        });
        walls.grounds = RTree::bulk_load(grounds.collect());
        walls.open = open;
        walls
    }

    /// The gates of a compound, in input order.
    #[must_use]
    pub(crate) fn gates_of(&self, compound: CompoundId) -> &[WallGate] {
        let first = self.gates.partition_point(|gate| gate.compound < compound);
        let count = self.gates[first..].partition_point(|gate| gate.compound == compound);
        &self.gates[first..first + count]
    }

    /// The gates that are in a wall, by compound.
    #[must_use]
    pub(crate) fn gates(&self) -> &[WallGate] {
        &self.gates
    }

    /// One of the gates, where it is in a wall.
    #[must_use]
    pub fn gate(&self, gate: GateId) -> Option<&WallGate> {
        self.gates.iter().find(|known| known.gate == gate)
    }

    /// The gates that are in no wall: none is within 30 m, or none of the compound that they name.
    #[must_use]
    pub(crate) fn stray_gates(&self) -> &[GateId] {
        &self.stray
    }

    /// The compounds without a gate, whose walls are taken as open.
    #[must_use]
    pub(crate) fn open_compounds(&self) -> &[CompoundId] {
        &self.open
    }

    /// The number of compounds, those without a gate among them.
    #[must_use]
    pub fn compound_count(&self) -> usize {
        self.compounds.len()
    }

    /// The compound that a place is in, borders included, whether it has gates or not; the first of several.
    #[must_use]
    pub fn compound_of(&self, place: Coord<f64>) -> Option<CompoundId> {
        self.holding(place).min()
    }

    fn holding(&self, place: Coord<f64>) -> impl Iterator<Item = CompoundId> {
        let point = AABB::from_point([place.x, place.y]);
        let near = self.grounds.locate_in_envelope_intersecting(&point);
        let ids = near.map(|ground| ground.data).collect::<Vec<_>>();
        ids.into_iter()
            .filter(move |compound| self.compounds[compound.index()].shape.intersects(&place))
    }

    /// The compounds with walls that a place is in, the borders included, ascending.
    #[must_use]
    pub(crate) fn around(&self, place: Coord<f64>) -> Vec<CompoundId> {
        let holding = self.holding(place);
        let mut walled: Vec<CompoundId> = holding
            .filter(|compound| !self.gates_of(*compound).is_empty())
            .collect();
        walled.sort_unstable();
        walled
    }

    /// Whether a wall stands between two places.
    #[must_use]
    pub fn parts(&self, from: Coord<f64>, to: Coord<f64>) -> bool {
        self.meets_wall(from, to, -WALL_M, None)
    }

    pub(super) fn stand(&self, at: Coord<f64>) -> Stand {
        let around = self.around(at);
        Stand { at, around }
    }

    /// Whether a place on a street is seen from where somebody stands. From inside a compound it must lie inside: a street
    /// that begins in a gate does not.
    pub(super) fn is_seen(&self, from: &Stand, street: Coord<f64>) -> bool {
        if from.around.is_empty() {
            !self.parts(from.at, street)
        } else {
            !self.meets_wall(from.at, street, WALL_M, None)
        }
    }

    /// Whether walls may matter to somebody in the box of a grid, whose way to a street is so long at most, or who is in a
    /// compound.
    pub(super) fn are_near(&self, grid: &Grid, leg_m: f64) -> bool {
        let Some([min, max]) = grid.corners() else {
            return false;
        };
        let metres = LocalMetres::at(min.y.abs().max(max.y.abs()));
        let margin = Coord {
            x: AROUND * leg_m / metres.east_m.max(1.0),
            y: AROUND * leg_m / metres.north_m,
        };
        let is_inside = || {
            let mut grounds = self
                .grounds
                .locate_in_envelope_intersecting(&box_of(min, max));
            grounds.any(|ground| !self.gates_of(ground.data).is_empty())
        };
        let near = box_of(min - margin, max + margin);
        let mut stretches = self.stretches.locate_in_envelope_intersecting(&near);
        stretches.next().is_some() || is_inside()
    }

    /// How far it is from a place to where a compound is furthest, or further.
    #[cfg(feature = "isochrone")]
    pub(crate) fn furthest_m(&self, compound: CompoundId, from: Coord<f64>) -> f64 {
        let shape = &self.compounds[compound.index()].shape;
        let Some(bounds) = geo::BoundingRect::bounding_rect(shape) else {
            return 0.0;
        };
        let metres = LocalMetres::at(from.y);
        let corners = bounds.to_polygon().exterior().0.clone().into_iter();
        let far = corners.map(|corner| {
            let (east, north) = metres.vector(from, corner);
            AROUND * east.hypot(north)
        });
        far.fold(0.0, f64::max)
    }

    /// Whether a straight way inside a compound leads to a place in its wall: whatever its shape, if no other compound's wall
    /// is between.
    pub(crate) fn leads_to(
        &self,
        from: Coord<f64>,
        in_wall: Coord<f64>,
        compound: CompoundId,
    ) -> bool {
        !self.meets_wall(from, in_wall, -WALL_M, Some(compound))
    }

    /// The one compound whose wall stands between two places, and where the straight way meets it: `None` where it meets no
    /// wall, or more than one.
    #[cfg(feature = "isochrone")]
    pub(crate) fn one_between(
        &self,
        from: Coord<f64>,
        to: Coord<f64>,
    ) -> Option<(CompoundId, Coord<f64>)> {
        let leg = leg(from, to, -WALL_M)?;
        let mut met = self.met(leg);
        let (compound, wall) = met.next()?;
        met.next().is_none().then(|| (compound, meeting(leg, wall)))
    }

    /// Whether a leg meets a wall that is not of one compound. It begins [`WALL_M`] off the first place, which may be at a wall,
    /// and ends some metres beyond the second.
    fn meets_wall(
        &self,
        from: Coord<f64>,
        to: Coord<f64>,
        beyond_m: f64,
        without: Option<CompoundId>,
    ) -> bool {
        leg(from, to, beyond_m)
            .is_some_and(|leg| self.met(leg).any(|(compound, _)| without != Some(compound)))
    }

    /// The stretches of walls that a leg crosses.
    fn met(&self, leg: Line<f64>) -> impl Iterator<Item = (CompoundId, Line<f64>)> {
        let near = box_of(leg.start, leg.end);
        let stretches = self.stretches.locate_in_envelope_intersecting(&near);
        let stretches = stretches.map(|stretch| stretch.data);
        stretches.filter(move |(_, wall)| cross(leg, *wall))
    }

    /// Whether a wall may be within [`WALL_M`] of a place.
    pub(super) fn is_beside(&self, place: Coord<f64>) -> bool {
        let metres = LocalMetres::at(place.y);
        let (x, y) = (2.0 * WALL_M / metres.east_m, 2.0 * WALL_M / metres.north_m);
        let near = AABB::from_corners([place.x - x, place.y - y], [place.x + x, place.y + y]);
        let mut stretches = self.stretches.locate_in_envelope_intersecting(&near);
        stretches.next().is_some()
    }

    /// The places along a compound's wall, at most `step_m` metres apart, each corner among them.
    #[cfg(feature = "isochrone")]
    pub(crate) fn along(&self, compound: CompoundId, step_m: f64) -> Vec<Coord<f64>> {
        let stretches = lines_of(&self.compounds[compound.index()]);
        let places = stretches.flat_map(|Line { start, end }| {
            let (east, north) = LocalMetres::at(start.y).vector(start, end);
            let parts = (east.hypot(north) / step_m).ceil().max(1.0);
            (0..parts as u32).map(move |part| start + (end - start) * (f64::from(part) / parts))
        });
        places.collect()
    }

    /// The place on a compound's wall that is nearest to another.
    #[cfg(feature = "isochrone")]
    pub(crate) fn nearest_on(&self, compound: CompoundId, to: Coord<f64>) -> Option<Coord<f64>> {
        let metres = LocalMetres::at(to.y);
        let stretches = lines_of(&self.compounds[compound.index()]);
        let measured = stretches.map(|wall| nearest_on(wall, to, metres));
        let nearest = measured.min_by(|one, other| one.0.total_cmp(&other.0));
        nearest.map(|(_, place)| place)
    }
}

/// The straight way between two places, from [`WALL_M`] off the first to some metres beyond the second; `None` where nothing
/// of it is left.
fn leg(from: Coord<f64>, to: Coord<f64>, beyond_m: f64) -> Option<Line<f64>> {
    let metres = LocalMetres::at(from.y);
    let (east, north) = metres.vector(from, to);
    let length_m = east.hypot(north);
    let at = |part: f64| Coord {
        x: from.x + (to.x - from.x) * part,
        y: from.y + (to.y - from.y) * part,
    };
    let is_left = length_m + beyond_m > WALL_M;
    is_left.then(|| Line::new(at(WALL_M / length_m), at(1.0 + beyond_m / length_m)))
}

/// Where a leg meets a wall that it crosses.
#[cfg(feature = "isochrone")]
fn meeting(leg: Line<f64>, wall: Line<f64>) -> Coord<f64> {
    let [from, to] = [leg.start, leg.end].map(|place| side(wall, place));
    let part = if from == to { 0.0 } else { from / (from - to) };
    leg.start + (leg.end - leg.start) * part
}

/// On which side of a line a place is: above 0 to its left.
fn side(line: Line<f64>, place: Coord<f64>) -> f64 {
    let (along, apart) = (line.end - line.start, place - line.start);
    along.x * apart.y - along.y * apart.x
}

/// The box around two places.
fn box_of(one: Coord<f64>, other: Coord<f64>) -> AABB<[f64; 2]> {
    AABB::from_corners([one.x, one.y], [other.x, other.y])
}

/// The stretches of a compound's walls.
fn lines_of(compound: &Compound) -> impl Iterator<Item = Line<f64>> {
    let rings = compound.shape.iter().flat_map(|polygon| {
        let inner = polygon.interiors().iter();
        std::iter::once(polygon.exterior()).chain(inner)
    });
    rings.flat_map(geo_types::LineString::lines)
}

fn tree_of(compounds: &[Compound], take: impl Fn(CompoundId) -> bool) -> WallTree {
    let numbered = (0..).map(CompoundId).zip(compounds);
    let taken = numbered.filter(|(id, _)| take(*id));
    let stretches = taken.flat_map(|(id, compound)| {
        lines_of(compound).map(move |line| {
            let around = Rectangle::from_aabb(box_of(line.start, line.end));
            GeomWithData::new(around, (id, line))
        })
    });
    RTree::bulk_load(stretches.collect())
}

/// The nearest place on a wall of the compounds in question, within [`GATE_M`]; of equally near ones the first compound's.
fn nearest_wall(
    tree: &WallTree,
    place: Coord<f64>,
    may_be: impl Fn(CompoundId) -> bool,
) -> Option<(CompoundId, Coord<f64>)> {
    let metres = LocalMetres::at(place.y);
    let (x, y) = (GATE_M / metres.east_m, GATE_M / metres.north_m);
    let near = AABB::from_corners([place.x - x, place.y - y], [place.x + x, place.y + y]);
    let stretches = tree.locate_in_envelope_intersecting(&near);
    let walls = stretches.filter(|stretch| may_be(stretch.data.0));
    let measured = walls.map(|stretch| {
        let (compound, wall) = stretch.data;
        let (distance_m, on_wall) = nearest_on(wall, place, metres);
        (distance_m, compound, on_wall)
    });
    let before = |one: &(f64, CompoundId, Coord<f64>), other: &(f64, CompoundId, Coord<f64>)| {
        one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
    };
    let (distance_m, compound, on_wall) = measured.min_by(before)?;
    (distance_m <= GATE_M).then_some((compound, on_wall))
}

/// How far a wall is, and where it is nearest.
fn nearest_on(wall: Line<f64>, place: Coord<f64>, metres: LocalMetres) -> (f64, Coord<f64>) {
    let [from, to] = [wall.start, wall.end].map(|end| metres.vector(place, end));
    let step = (to.0 - from.0, to.1 - from.1);
    let length_2 = step.0 * step.0 + step.1 * step.1;
    let along = if length_2 > 0.0 {
        (-(from.0 * step.0 + from.1 * step.1) / length_2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let on_wall = if along >= 1.0 {
        wall.end
    } else {
        wall.start + (wall.end - wall.start) * along
    };
    let (east, north) = (from.0 + along * step.0, from.1 + along * step.1);
    (east.hypot(north), on_wall)
}

/// Whether two lines cross. A corner on the leg counts to its left, so that a leg through it crosses one of its two walls;
/// a wall along the leg is not crossed.
fn cross(leg: Line<f64>, wall: Line<f64>) -> bool {
    let [start, end] = [wall.start, wall.end].map(|corner| side(leg, corner) >= 0.0);
    let [from, to] = [leg.start, leg.end].map(|place| side(wall, place));
    start != end && (from >= 0.0) != (to >= 0.0)
}

/// Where somebody stands among the compounds.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    pub(super) at: Coord<f64>,
    /// The compounds with walls that they are in, ascending.
    pub(super) around: Vec<CompoundId>,
}
