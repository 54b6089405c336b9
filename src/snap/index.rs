//! The nearest segment to a place, in local metres: a packed R-tree over the network's segments.
//!
//! rstar measures in the tree's own space, and degrees are no metres: one scale for a whole city would pick wrong
//! streets. This tree keeps boxes in degrees and measures every query in the metres of the query's own latitude, which is
//! exact because that scale is the same for a whole query.
//!
//! It is small, so that it stays in the processor's cache: a segment is its position among the network's vertices, and
//! is kept with its neighbours on the street as a *run*; runs lie along a Hilbert curve (Kamel and Faloutsos 1994), and
//! only a few of them together have a box. Whose edge a segment is, is looked up for the few that may be nearest.

use std::sync::Arc;

use geo_types::{Coord, Line};

use super::boxes::{Box7, Viewpoint};
use crate::geometry::{LocalMetres, Location, wrapped_degrees};
use crate::id::EdgeId;
use crate::network::Network;
use crate::parallel;

/// The most segments of a run.
const RUN: usize = 8;
/// Runs of one leaf of the tree.
const LEAF: usize = 4;
/// Entries of a tree node above the leaves.
const FANOUT: usize = 16;
/// A network that comes this near to the antimeridian, in 10⁻⁷ degrees, is searched across it.
const NEAR_ANTIMERIDIAN_E7: i32 = 1_790_000_000;
/// A tenth of a millimetre: a thousand times what rounding can make of a place.
const ROUNDING_M: f64 = 1e-4;
/// What bounds are widened by, so that rounding loses nobody: a thousand times the error of a squared distance.
const WIDER: f64 = 1.0 + 1e-12;

/// A segment, by the position of its first vertex among the network's. Ascending they are edge by edge, from tail to head.
pub(super) type Segment = u32;

/// The nearest place on a network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub(super) segment: Segment,
    /// How far along the segment, 0 to 1.
    pub(super) along: f64,
    pub(super) metres: f64,
}

/// Which of an index's boxes hold a segment of some edges: where these are few or far, most boxes need no look.
#[derive(Debug)]
pub(super) struct Holding {
    /// By run.
    runs: Vec<bool>,
    /// By level and box, as the tree's.
    levels: Vec<Vec<bool>>,
}

/// Reused between queries: tree nodes to look at, each with a bound for what is in it, its level and its position there.
#[derive(Debug, Default)]
pub(crate) struct Stack(Vec<(f64, u32, u32)>);

/// All usable segments of one network for one walker.
#[derive(Debug)]
pub(crate) struct SegmentIndex<'a> {
    network: &'a Network,
    /// The network's, at hand.
    vertices: &'a [Location],
    tree: Arc<SegmentTree>,
    /// Runs of segments that are left out: each the first and one past the last, ascending.
    left_out: &'a [[Segment; 2]],
}

/// What an index keeps of a network. It borrows nothing, so it can be used again as long as the network is the same.
#[derive(Debug)]
pub(crate) struct SegmentTree {
    /// The first segment of every run.
    runs: Vec<Segment>,
    /// How many segments each has.
    counts: Vec<u8>,
    /// `levels[0]` holds the leaves' boxes, each next level one box per [`FANOUT`] of the level below.
    levels: Vec<Vec<Box7>>,
    crosses_antimeridian: bool,
}

impl<'a> SegmentIndex<'a> {
    /// Indexes the segments of the edges that `take` accepts, but for those below ground: nobody stands beside these.
    pub(crate) fn new(network: &'a Network, take: impl Fn(EdgeId) -> bool) -> Self {
        let vertices = network.vertices();
        let mut runs: Vec<(Segment, u8, Box7)> = Vec::with_capacity(network.edge_count());
        for edge in (0..network.edge_count() as u32).map(EdgeId) {
            if take(edge) {
                for [first, end] in network.above_ground(edge) {
                    runs.extend((first..end).step_by(RUN).map(|first| {
                        let count = (end - first).min(RUN as u32) as u8;
                        (first, count, box_of_run(vertices, first, count))
                    }));
                }
            }
        }
        let ground = join(runs.iter().map(|(.., bounds)| *bounds));
        let mut order: Vec<(u32, u32)> = runs
            .iter()
            .zip(0..)
            .map(|((.., bounds), run)| (bounds.hilbert(ground), run))
            .collect();
        parallel::sort_unstable(&mut order);
        let in_order = || order.iter().map(|(_, run)| &runs[*run as usize]);
        let boxes: Vec<Box7> = in_order().map(|(.., bounds)| *bounds).collect();
        let mut levels = vec![boxes_above(&boxes, LEAF)];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = boxes_above(below, FANOUT);
            levels.push(above);
        }
        let tree = SegmentTree {
            runs: in_order().map(|(first, ..)| *first).collect(),
            counts: in_order().map(|(_, count, _)| *count).collect(),
            levels,
            crosses_antimeridian: ground.east > NEAR_ANTIMERIDIAN_E7
                || ground.west < -NEAR_ANTIMERIDIAN_E7,
        };
        Self::from_tree(network, Arc::new(tree))
    }

    /// Over the tree of an index that was made of the same network.
    pub(crate) fn from_tree(network: &'a Network, tree: Arc<SegmentTree>) -> Self {
        Self {
            network,
            vertices: network.vertices(),
            tree,
            left_out: &[],
        }
    }

    /// The same without some runs of segments: each the first and one past the last, ascending.
    pub(super) fn without(self, left_out: &'a [[Segment; 2]]) -> Self {
        Self { left_out, ..self }
    }

    /// Whether a segment is left out.
    fn leaves_out(&self, segment: Segment) -> bool {
        let at = self.left_out.partition_point(|[_, end]| *end <= segment);
        self.left_out
            .get(at)
            .is_some_and(|[first, _]| *first <= segment)
    }

    /// What can be used again.
    pub(crate) fn tree(&self) -> &Arc<SegmentTree> {
        &self.tree
    }

    /// The bytes of its arrays in memory.
    pub(super) fn bytes(&self) -> usize {
        let boxes: usize = self.tree.levels.iter().map(Vec::capacity).sum();
        self.tree.runs.capacity() * size_of::<Segment>()
            + self.tree.counts.capacity()
            + boxes * size_of::<Box7>()
    }

    /// The nearest place on an accepted edge within `limit_m` metres, inclusive; equal distances go to the smaller edge,
    /// then the smaller segment.
    ///
    /// # Complexity
    /// Logarithmic in the segments for places near the network.
    pub(crate) fn nearest(
        &self,
        place: Coord<f64>,
        limit_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
    ) -> Option<Nearest> {
        self.nearest_seen(place, limit_m, stack, accept, |_| true)
    }

    /// The same among the segments whose nearest place `is_open` takes.
    pub(super) fn nearest_seen(
        &self,
        place: Coord<f64>,
        limit_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
        is_open: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Nearest> {
        // Whether an edge is accepted costs a look-up, and nearly all are: the nearest of all first.
        let nearest = self.nearest_where(None, place, limit_m, stack, |_| true, |_, _| true)?;
        let is_open = |segment, along| is_open(self.place_on(segment, along));
        if accept(self.network.edge_at_vertex(nearest.segment))
            && is_open(nearest.segment, nearest.along)
        {
            return Some(nearest);
        }
        self.nearest_where(None, place, limit_m, stack, accept, is_open)
    }

    /// Which boxes hold a segment of an edge that `accept` takes.
    ///
    /// # Complexity
    /// O(n) in the runs.
    #[cfg(feature = "isochrone")]
    pub(super) fn holding(&self, accept: impl Fn(EdgeId) -> bool) -> Holding {
        let firsts = self.tree.runs.iter();
        let runs = firsts.map(|first| accept(self.network.edge_at_vertex(*first)));
        let runs: Vec<bool> = runs.collect();
        let above = |below: &[bool], width| -> Vec<bool> {
            let boxes = below.chunks(width);
            boxes.map(|within| within.contains(&true)).collect()
        };
        let mut levels = vec![above(&runs, LEAF)];
        while levels.len() < self.tree.levels.len() {
            let next = above(&levels[levels.len() - 1], FANOUT);
            levels.push(next);
        }
        Holding { runs, levels }
    }

    /// The nearest place on an accepted edge, as [`Self::nearest_seen`] finds it, among the segments of these boxes.
    #[cfg(feature = "isochrone")]
    pub(super) fn nearest_held(
        &self,
        holding: &Holding,
        place: Coord<f64>,
        limit_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
        is_open: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Nearest> {
        let is_open = |segment, along| is_open(self.place_on(segment, along));
        self.nearest_where(Some(holding), place, limit_m, stack, accept, is_open)
    }

    /// The same among a few segments, ascending.
    pub(super) fn nearest_among(
        &self,
        segments: &[Segment],
        place: Coord<f64>,
        limit_m: f64,
        is_open: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Nearest> {
        let metres = LocalMetres::at(place.y);
        let mut best: Option<(f64, Segment, f64)> = None;
        for &segment in segments {
            let (distance_2, along) = self.near(segment).distance_2(place, metres);
            let is_better = best.is_none_or(|(best_2, ..)| distance_2 < best_2);
            let is_better = is_better && !self.leaves_out(segment);
            if is_better && distance_2.sqrt() <= limit_m && is_open(self.place_on(segment, along)) {
                best = Some((distance_2, segment, along));
            }
        }
        let (distance_2, segment, along) = best?;
        Some(Nearest {
            segment,
            along,
            metres: distance_2.sqrt(),
        })
    }

    pub(super) fn place_on(&self, segment: Segment, along: f64) -> Coord<f64> {
        let Line { start, end } = self.line(segment);
        start + (end - start) * along
    }

    /// A segment as a line, which may lead across the antimeridian.
    pub(super) fn line(&self, segment: Segment) -> Line<f64> {
        let [start, end] = self.near(segment).ends;
        let x = start.x + wrapped_degrees(end.x - start.x);
        Line::new(start, Coord { x, y: end.y })
    }

    fn nearest_where(
        &self,
        holding: Option<&Holding>,
        place: Coord<f64>,
        limit_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
        is_open: impl Fn(Segment, f64) -> bool,
    ) -> Option<Nearest> {
        // Wide enough that rounding loses nobody at the limit; the limit itself is checked once, on the metres.
        let mut best_2 = limit_m * limit_m * (1.0 + 1e-9);
        let mut best: Option<(Segment, f64)> = None;
        self.each_near(
            holding,
            place,
            best_2,
            stack,
            |run, near, distance_2, along| {
                let is_better = match best {
                    Some((segment, _)) => (distance_2, near) < (best_2, segment),
                    None => distance_2 <= best_2,
                };
                if is_better && run.is_accepted(self.network, near, &accept) && is_open(near, along)
                {
                    best_2 = distance_2;
                    best = Some((near, along));
                }
                best_2
            },
        );
        let (segment, along) = best?;
        let metres = best_2.sqrt();
        (metres <= limit_m).then_some(Nearest {
            segment,
            along,
            metres,
        })
    }

    /// Visits every accepted segment within `radius_m` metres of a place.
    pub(super) fn each_within(
        &self,
        place: Coord<f64>,
        radius_m: f64,
        stack: &mut Stack,
        accept: impl Fn(EdgeId) -> bool,
        mut visit: impl FnMut(Segment),
    ) {
        let radius_2 = radius_m * radius_m;
        self.each_near(
            None,
            place,
            radius_2,
            stack,
            |run, segment, distance_2, _| {
                if distance_2 <= radius_2 && run.is_accepted(self.network, segment, &accept) {
                    visit(segment);
                }
                radius_2
            },
        );
    }

    /// Visits the segments that may be within a bound of a place, near ones early, with the square of the distance and how
    /// far along the segment the nearest place is. The visitor answers with the square of the bound from there on.
    fn each_near(
        &self,
        holding: Option<&Holding>,
        place: Coord<f64>,
        bound_2: f64,
        stack: &mut Stack,
        mut visit: impl FnMut(&mut Run, Segment, f64, f64) -> f64,
    ) {
        let metres = LocalMetres::at(place.y);
        let view = Viewpoint::new(place, metres);
        let mut query = Query {
            place,
            metres,
            view,
            bound_2,
            holding,
        };
        stack.0.clear();
        stack.0.push((0.0, self.tree.levels.len() as u32 - 1, 0));
        while let Some((distance_2, level, index)) = stack.0.pop() {
            if distance_2 > query.bound_2 * WIDER {
                continue;
            }
            if level > 0 {
                self.push_children(&query, level, index, stack);
                continue;
            }
            let first = index as usize * LEAF;
            for run in first..(first + LEAF).min(self.tree.runs.len()) {
                if holding.is_some_and(|holding| !holding.runs[run]) {
                    continue;
                }
                self.measure(run, &mut query, &mut visit);
            }
        }
    }

    /// Measures the segments of a run that may be within the bound.
    ///
    /// Each is measured from its smaller end, so that a street that is drawn twice, in whichever direction, gives the same
    /// bits and the tie goes to the smaller edge.
    #[inline]
    fn measure(
        &self,
        run: usize,
        query: &mut Query<'_>,
        visit: &mut impl FnMut(&mut Run, Segment, f64, f64) -> f64,
    ) {
        let (first, count) = (self.tree.runs[run], usize::from(self.tree.counts[run]));
        let start = first as usize;
        let vertices = &self.vertices[start..=start + count];
        let mut run = Run { accepted: None };
        let mut before = query.view.vector(vertices[0]);
        for (pair, segment) in vertices.windows(2).zip(first..) {
            let after = query.view.vector(pair[1]);
            let gap_2 = gap_2(before, after);
            before = after;
            // Around the antimeridian the view's vectors may go the long way round.
            if gap_2 > query.bound_2 * WIDER && !self.tree.crosses_antimeridian {
                continue;
            }
            if !self.left_out.is_empty() && self.leaves_out(segment) {
                continue;
            }
            let [from, to] =
                [pair[0], pair[1]].map(|vertex| query.metres.vector(query.place, vertex.degrees()));
            let (distance_2, along) = between_ends(from, to, pair[0] > pair[1]);
            query.bound_2 = visit(&mut run, segment, distance_2, along);
        }
    }

    pub(super) fn near(&self, segment: Segment) -> Near {
        let vertex = segment as usize;
        let ends = [0, 1].map(|end| self.vertices[vertex + end]);
        Near {
            segment,
            ends: ends.map(Location::degrees),
            is_turned: ends[0] > ends[1],
            distance_2: 0.0,
        }
    }

    /// Pushes a node's children, the nearest on top.
    fn push_children(&self, query: &Query<'_>, level: u32, index: u32, stack: &mut Stack) {
        let view = query.view;
        let level = level as usize - 1;
        let below = &self.tree.levels[level];
        let start = index as usize * FANOUT;
        let first = stack.0.len();
        let holding = query.holding.map(|holding| &holding.levels[level]);
        for (child, bounds) in below.iter().enumerate().skip(start).take(FANOUT) {
            if holding.is_some_and(|holding| !holding[child]) {
                continue;
            }
            let distance_2 = if self.tree.crosses_antimeridian {
                view.distance_2_around(*bounds)
            } else {
                view.distance_2(*bounds)
            };
            if distance_2 <= query.bound_2 * WIDER {
                stack.0.push((distance_2, level as u32, child as u32));
            }
        }
        stack.0[first..].sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.2.cmp(&a.2)));
    }
}

/// A place that is being asked about.
struct Query<'h> {
    place: Coord<f64>,
    metres: LocalMetres,
    view: Viewpoint,
    /// The square of the metres within which an answer must be.
    bound_2: f64,
    /// Which boxes are looked into; all where there is none.
    holding: Option<&'h Holding>,
}

/// A lower bound for the square of the distance to what lies between two places, seen from there.
#[inline]
fn gap_2(from: (f64, f64), to: (f64, f64)) -> f64 {
    let gap = |from: f64, to: f64| (from.min(to).max(-from.max(to)) - ROUNDING_M).max(0.0);
    let (east, north) = (gap(from.0, to.0), gap(from.1, to.1));
    east * east + north * north
}

/// A run while its segments are measured.
struct Run {
    /// Whether its edge is accepted, once that is known.
    accepted: Option<bool>,
}

impl Run {
    fn is_accepted(
        &mut self,
        network: &Network,
        segment: Segment,
        accept: impl Fn(EdgeId) -> bool,
    ) -> bool {
        *self
            .accepted
            .get_or_insert_with(|| accept(network.edge_at_vertex(segment)))
    }
}

fn box_of_run(vertices: &[Location], first: Segment, count: u8) -> Box7 {
    let first = first as usize;
    let pairs = vertices[first..=first + usize::from(count)].windows(2);
    join(pairs.map(|pair| Box7::from_segment(pair[0], pair[1])))
}

fn join(boxes: impl Iterator<Item = Box7>) -> Box7 {
    boxes.fold(Box7::NOTHING, Box7::join)
}

/// One box for so many of the level below.
fn boxes_above(below: &[Box7], fanout: usize) -> Vec<Box7> {
    let nodes = below.chunks(fanout);
    nodes.map(|boxes| join(boxes.iter().copied())).collect()
}

/// A segment with what is needed to measure it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub(super) segment: Segment,
    ends: [Coord<f64>; 2],
    /// Whether its second end is the smaller one.
    is_turned: bool,
    /// As last measured on a grid.
    pub(super) distance_2: f64,
}

impl Near {
    /// The square of the distance to a place, and where along the segment the nearest place is.
    pub(super) fn distance_2(&self, place: Coord<f64>, metres: LocalMetres) -> (f64, f64) {
        let [from, to] = self.ends.map(|end| metres.vector(place, end));
        between_ends(from, to, self.is_turned)
    }
}

/// The square of the distance to a segment whose ends are at these metres east and north, and how far along it the nearest
/// place is. It is measured from its other end where it is turned.
#[inline]
fn between_ends(from: (f64, f64), to: (f64, f64), is_turned: bool) -> (f64, f64) {
    if is_turned {
        let (distance_2, along) = distance_2(to, from);
        (distance_2, 1.0 - along)
    } else {
        distance_2(from, to)
    }
}

#[inline]
fn distance_2(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let step = (to.0 - from.0, to.1 - from.1);
    let length_2 = step.0 * step.0 + step.1 * step.1;
    let along = if length_2 > 0.0 {
        -(from.0 * step.0 + from.1 * step.1) / length_2
    } else {
        0.0
    };
    // At the ends the vertex itself is measured, so that every segment that meets there gives the same bits.
    let (nearest, along) = if along <= 0.0 {
        (from, 0.0)
    } else if along >= 1.0 {
        (to, 1.0)
    } else {
        ((from.0 + along * step.0, from.1 + along * step.1), along)
    };
    (nearest.0 * nearest.0 + nearest.1 * nearest.1, along)
}
