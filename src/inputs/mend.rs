//! Carelessly drawn lines: ends that stop short of what they should meet, and lines that cross without a junction. Mended
//! where the user asks, counted otherwise.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use geo_types::Coord;

use crate::geometry::{LocalMetres, Location};
use crate::units::OptionError;

/// How lines are joined beyond shared vertices.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Mending {
    /// Line ends move to the nearest line within this many metres, up to 100. 0 leaves them.
    pub join_tolerance_m: f64,
    /// Lines that cross on one level get a junction there.
    pub node_crossings: bool,
    /// Look for ends that nearly touch a line and for crossings without a junction, and report them.
    pub look: bool,
}

/// The tolerances taken, in metres: beyond the larger one lines are joined that have nothing to do with each other.
const TOLERANCE_METRES: RangeInclusive<f64> = 0.0..=100.0;

impl Mending {
    /// What is not checked by its type.
    ///
    /// # Errors
    /// When the tolerance is no number from 0 to 100.
    pub(super) fn check(&self) -> Result<(), OptionError> {
        OptionError::check("join_tolerance_m", self.join_tolerance_m, &TOLERANCE_METRES)?;
        Ok(())
    }
}

/// An end within this many metres of a line that it does not touch is reported: more is rarely a slip of the hand.
pub(super) const NEARLY_M: f64 = 2.0;

/// A line to be mended.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) places: Vec<Location>,
    /// Lines on different levels pass over each other.
    pub(super) level: i32,
}

/// A segment: its line, and its first vertex there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Segment {
    part: u32,
    vertex: u32,
}

/// Where an end belongs: a place on a segment.
#[derive(Clone, Copy, Debug)]
struct Target {
    metres: f64,
    segment: Segment,
    place: Location,
}

/// Moves every line end to the nearest place of another line within the tolerance, in the order of the lines, unless it is
/// joined there already. Returns how many were moved.
pub(super) fn join_ends(parts: &mut [Part], tolerance_m: f64) -> u64 {
    let mut joiner = Joiner::new(parts, tolerance_m);
    let mut moved = 0;
    let mut inserts: Vec<(Segment, Location)> = Vec::new();
    for part in 0..joiner.parts.len() {
        for end in [0, joiner.parts[part].places.len() - 1] {
            if let Some(target) = joiner.target(part, end) {
                joiner.move_end(part, end, target.place);
                inserts.push((target.segment, target.place));
                moved += 1;
            }
        }
    }
    insert(parts, inserts);
    moved
}

/// The ends that nearly touch a line: within [`NEARLY_M`], and not joined there. Returns how many, and the line of the first.
pub(super) fn dangles(parts: &mut [Part]) -> (u64, Option<usize>) {
    let joiner = Joiner::new(parts, NEARLY_M);
    let mut first = None;
    let mut count = 0;
    for part in 0..joiner.parts.len() {
        for end in [0, joiner.parts[part].places.len() - 1] {
            if joiner.target(part, end).is_some() {
                first = first.or(Some(part));
                count += 1;
            }
        }
    }
    (count, first)
}

struct Joiner<'a> {
    parts: &'a mut [Part],
    tolerance_m: f64,
    grid: Grid,
    /// The lines that have a vertex at a place.
    lines_at: HashMap<Location, Vec<u32>>,
}

impl<'a> Joiner<'a> {
    fn new(parts: &'a mut [Part], tolerance_m: f64) -> Self {
        let grid = Grid::new(parts);
        let mut lines_at: HashMap<Location, Vec<u32>> = HashMap::new();
        for (part, line) in (0..).zip(parts.iter()) {
            for place in &line.places {
                let lines = lines_at.entry(*place).or_default();
                if lines.last() != Some(&part) {
                    lines.push(part);
                }
            }
        }
        Self {
            parts,
            tolerance_m,
            grid,
            lines_at,
        }
    }

    fn lines_at(&self, place: Location) -> &[u32] {
        self.lines_at.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The nearest place of a line that the end is not joined to; the smaller segment where several are as near.
    fn target(&self, part: usize, end: usize) -> Option<Target> {
        let end_place = self.parts[part].places[end];
        let at = end_place.degrees();
        let local = LocalMetres::at(at.y);
        let own = self.lines_at(end_place);
        let mut best: Option<Target> = None;
        // Ends that have moved are up to a tolerance from where the grid knows their segments.
        for segment in self.grid.near(at, local, 2.0 * self.tolerance_m) {
            let line = &self.parts[segment.part as usize].places;
            let from = line[segment.vertex as usize];
            let to = line[segment.vertex as usize + 1];
            let (place, metres) = nearest(at, local, from, to);
            let is_nearer = best.is_none_or(|best| metres < best.metres);
            if metres <= self.tolerance_m
                && is_nearer
                && !own.contains(&segment.part)
                && !self.is_joined(own, segment.part, end_place, local)
            {
                best = Some(Target {
                    metres,
                    segment,
                    place,
                });
            }
        }
        best
    }

    /// Whether a line meets one of an end's lines within a few tolerances of the end: a short link joins them.
    fn is_joined(&self, own: &[u32], other: u32, end: Location, local: LocalMetres) -> bool {
        let near = 3.0 * self.tolerance_m;
        let places = self.parts[other as usize].places.iter();
        places.into_iter().any(|place| {
            let (east, north) = local.vector(end.degrees(), place.degrees());
            east.hypot(north) <= near && self.lines_at(*place).iter().any(|line| own.contains(line))
        })
    }

    fn move_end(&mut self, part: usize, end: usize, place: Location) {
        let line = &mut self.parts[part].places;
        let old = line[end];
        line[end] = place;
        if !line.contains(&old)
            && let Some(lines) = self.lines_at.get_mut(&old)
        {
            lines.retain(|line| *line != part as u32);
        }
        let lines = self.lines_at.entry(place).or_default();
        if !lines.contains(&(part as u32)) {
            lines.push(part as u32);
        }
    }
}

/// The nearest place of a segment, and how far it is; its own vertex where that is within a centimetre.
fn nearest(at: Coord<f64>, local: LocalMetres, from: Location, to: Location) -> (Location, f64) {
    let (a, b) = (
        local.vector(at, from.degrees()),
        local.vector(at, to.degrees()),
    );
    let (along_x, along_y) = (b.0 - a.0, b.1 - a.1);
    let square = along_x * along_x + along_y * along_y;
    let t = if square > 0.0 {
        (-(a.0 * along_x + a.1 * along_y) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let metres = (a.0 + t * along_x).hypot(a.1 + t * along_y);
    let length = square.sqrt();
    let place = if t * length < VERTEX_M {
        from
    } else if (1.0 - t) * length < VERTEX_M {
        to
    } else {
        between(from, to, t)
    };
    (place, metres)
}

/// A place as near to a vertex is the vertex.
const VERTEX_M: f64 = 0.01;

fn between(from: Location, to: Location, t: f64) -> Location {
    let step = |from: i32, to: i32| {
        (f64::from(from) + t * (f64::from(to) - f64::from(from))).round() as i32
    };
    Location {
        lon_e7: step(from.lon_e7, to.lon_e7),
        lat_e7: step(from.lat_e7, to.lat_e7),
    }
}

/// Gives lines a vertex at every place of their segments, in order along each segment.
fn insert(parts: &mut [Part], inserts: Vec<(Segment, Location)>) {
    let mut by_line: HashMap<u32, Vec<(u32, Location)>> = HashMap::new();
    for (segment, place) in inserts {
        by_line
            .entry(segment.part)
            .or_default()
            .push((segment.vertex, place));
    }
    for (part, mut places) in by_line {
        let line = &mut parts[part as usize].places;
        let offset = |(vertex, place): &(u32, Location)| {
            let from = line[*vertex as usize];
            let (x, y) = (
                i64::from(place.lon_e7) - i64::from(from.lon_e7),
                i64::from(place.lat_e7) - i64::from(from.lat_e7),
            );
            (
                *vertex,
                i128::from(x) * i128::from(x) + i128::from(y) * i128::from(y),
            )
        };
        places.sort_by_key(|insert| (offset(insert), insert.1));
        let mut inserts = places.into_iter().peekable();
        let mut whole = Vec::with_capacity(line.len() + inserts.len());
        for (vertex, place) in (0..).zip(line.iter()) {
            whole.push(*place);
            while let Some((_, place)) = inserts.next_if(|(at, _)| *at == vertex) {
                whole.push(place);
            }
        }
        whole.dedup();
        *line = whole;
    }
}

/// Gives lines that cross on one level a vertex in common where they do. Returns how many crossings there were.
pub(super) fn node_crossings(parts: &mut [Part]) -> u64 {
    let mut inserts = Vec::new();
    let mut places = HashSet::new();
    each_crossing(parts, |one, other, place| {
        places.insert(place);
        inserts.push((one, place));
        inserts.push((other, place));
    });
    insert(parts, inserts);
    places.len() as u64
}

/// The crossings without a junction: how many places, and the line of the first.
pub(super) fn crossings(parts: &[Part]) -> (u64, Option<usize>) {
    let mut places = HashSet::new();
    let mut first = None;
    each_crossing(parts, |one, _, place| {
        places.insert(place);
        first = first.or(Some(one.part as usize));
    });
    (places.len() as u64, first)
}

/// Calls for every pair of segments on one level that cross or touch where they have no vertex in common.
fn each_crossing(parts: &[Part], mut found: impl FnMut(Segment, Segment, Location)) {
    let grid = Grid::new(parts);
    let ends = |segment: Segment| {
        let places = &parts[segment.part as usize].places;
        (
            places[segment.vertex as usize],
            places[segment.vertex as usize + 1],
        )
    };
    for segment in segments(parts) {
        for other in grid.not_shorter(segment, ends(segment)) {
            let level = |segment: Segment| parts[segment.part as usize].level;
            if level(segment) == level(other)
                && let Some(place) = crossing(ends(segment), ends(other))
            {
                found(segment, other, place);
            }
        }
    }
}

/// Every segment, ascending.
fn segments(parts: &[Part]) -> impl Iterator<Item = Segment> {
    (0..).zip(parts).flat_map(|(part, line)| {
        let vertices = 0..line.places.len().saturating_sub(1) as u32;
        vertices.map(move |vertex| Segment { part, vertex })
    })
}

/// Where two segments cross, or one ends on the other, unless they share a vertex there already. Which side a vertex is on
/// is exact: integers.
fn crossing(one: (Location, Location), other: (Location, Location)) -> Option<Location> {
    if one.0 == other.0 || one.0 == other.1 || one.1 == other.0 || one.1 == other.1 {
        return None;
    }
    let side = |at: Location, (from, to): (Location, Location)| {
        let vector = |to: Location| {
            (
                i128::from(to.lon_e7) - i128::from(from.lon_e7),
                i128::from(to.lat_e7) - i128::from(from.lat_e7),
            )
        };
        let (a, b) = (vector(to), vector(at));
        a.0 * b.1 - a.1 * b.0
    };
    let (from, to) = (side(one.0, other), side(one.1, other));
    let (other_from, other_to) = (side(other.0, one), side(other.1, one));
    let parts = |a: i128, b: i128| (a <= 0 && b >= 0) || (a >= 0 && b <= 0);
    // Along one line: that is an overlap and no crossing.
    if (from == 0 && to == 0) || !parts(from, to) || !parts(other_from, other_to) {
        return None;
    }
    Some(between(
        one.0,
        one.1,
        from as f64 / (from as f64 - to as f64),
    ))
}

/// Segments by the squares that their boxes meet. Long segments lie in coarser layers, so that each meets few squares.
struct Grid {
    squares: HashMap<(u8, i64, i64), Vec<Segment>>,
    /// The layers in use, ascending.
    layers: Vec<u8>,
}

/// A square of the finest layer: 2¹³ units of 10⁻⁷ degrees, about 90 m.
const FINEST: u8 = 13;

/// A box, in 10⁻⁷ degrees.
#[derive(Clone, Copy)]
struct Extent {
    west: i64,
    south: i64,
    east: i64,
    north: i64,
}

impl Extent {
    /// The box of a segment.
    fn new(from: Location, to: Location) -> Self {
        let (a, b) = (i64::from(from.lon_e7), i64::from(to.lon_e7));
        let (c, d) = (i64::from(from.lat_e7), i64::from(to.lat_e7));
        Self {
            west: a.min(b),
            south: c.min(d),
            east: a.max(b),
            north: c.max(d),
        }
    }

    /// The layer whose squares are as large as it is.
    fn layer(self) -> u8 {
        let size = (self.east - self.west).max(self.north - self.south);
        (64 - size.leading_zeros() as u8).max(FINEST)
    }

    /// The squares of a layer that it meets.
    fn squares(self, layer: u8) -> impl Iterator<Item = (u8, i64, i64)> {
        let columns = (self.west >> layer)..=(self.east >> layer);
        let rows = (self.south >> layer)..=(self.north >> layer);
        columns.flat_map(move |x| rows.clone().map(move |y| (layer, x, y)))
    }
}

impl Grid {
    fn new(parts: &[Part]) -> Self {
        let mut squares_of: HashMap<(u8, i64, i64), Vec<Segment>> = HashMap::new();
        let mut layers = Vec::new();
        for segment in segments(parts) {
            let places = &parts[segment.part as usize].places;
            let vertex = segment.vertex as usize;
            let extent = Extent::new(places[vertex], places[vertex + 1]);
            let layer = extent.layer();
            if !layers.contains(&layer) {
                layers.push(layer);
            }
            for square in extent.squares(layer) {
                squares_of.entry(square).or_default().push(segment);
            }
        }
        layers.sort_unstable();
        Self {
            squares: squares_of,
            layers,
        }
    }

    /// The segments of one layer whose squares meet an extent, ascending, each once.
    fn meeting(&self, layer: u8, extent: Extent) -> Vec<Segment> {
        let squares = extent
            .squares(layer)
            .filter_map(|square| self.squares.get(&square));
        let mut found: Vec<Segment> = squares.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The segments near a segment that are of its layer and come after it, or of a coarser layer: so each pair is met once,
    /// and a long segment need not look through all short ones.
    fn not_shorter(&self, segment: Segment, (from, to): (Location, Location)) -> Vec<Segment> {
        let extent = Extent::new(from, to);
        let own = extent.layer();
        let layers = self.layers.iter().filter(|layer| **layer >= own);
        let met = layers.flat_map(|layer| {
            let found = self.meeting(*layer, extent).into_iter();
            found.filter(move |other| *layer > own || *other > segment)
        });
        met.collect()
    }

    /// The segments whose squares are within some metres of a place, ascending.
    fn near(&self, at: Coord<f64>, local: LocalMetres, metres: f64) -> Vec<Segment> {
        let east = (metres / local.east_m.max(1.0) * 1e7).ceil() as i64;
        let north = (metres / local.north_m * 1e7).ceil() as i64;
        let (x, y) = ((at.x * 1e7).round() as i64, (at.y * 1e7).round() as i64);
        let extent = Extent {
            west: x - east,
            south: y - north,
            east: x + east,
            north: y + north,
        };
        let layers = self.layers.iter();
        let mut found: Vec<Segment> = layers
            .flat_map(|layer| self.meeting(*layer, extent))
            .collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
#[path = "mend_tests.rs"]
mod tests;
