//! The nearest segment to a place, in local metres: a packed R-tree over the network's segments.
//!
//! rstar measures in the tree's own space, and degrees are no metres: one scale for a whole city would pick wrong
//! streets. This tree keeps boxes in degrees and measures every query in the metres of the query's own latitude, which is
//! exact because that scale is the same for a whole query.

use geo_types::Coord;

use crate::geometry::{LocalMetres, Location};
use crate::id::EdgeId;
use crate::network::Network;
use crate::parallel;

/// Edges per parallel task.
const EDGE_CHUNK: usize = 1 << 14;
/// Entries per tree node: a cache line or two of boxes.
const FANOUT: usize = 16;
/// A network that comes this near to the antimeridian, in 10⁻⁷ degrees, is searched across it.
const NEAR_ANTIMERIDIAN_E7: i32 = 1_790_000_000;

/// A box in 10⁻⁷ degrees; its east may lie beyond 180° where a segment crosses the antimeridian.
#[derive(Clone, Copy, Debug)]
struct Box7 {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Box7 {
    const NOTHING: Box7 = Box7 {
        west: i32::MAX,
        south: i32::MAX,
        east: i32::MIN,
        north: i32::MIN,
    };

    fn of_segment(a: Location, b: Location) -> Self {
        let (mut west, mut east) = (a.lon_e7.min(b.lon_e7), a.lon_e7.max(b.lon_e7));
        // The short way round: a span of more than half the earth crosses the antimeridian. The eastern end moves
        // beyond 180°; one at more than 214° would not fit 32 bits, and stays as far east as fits.
        if i64::from(east) - i64::from(west) > 1_800_000_000 {
            (west, east) = (
                east,
                i32::try_from(i64::from(west) + 3_600_000_000).unwrap_or(i32::MAX),
            );
        }
        Self {
            west,
            south: a.lat_e7.min(b.lat_e7),
            east,
            north: a.lat_e7.max(b.lat_e7),
        }
    }

    fn join(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The square of the distance from a place, 0 inside; a lower bound for everything in the box.
    fn distance_2(&self, place: Coord<f64>, metres: LocalMetres) -> f64 {
        let gap = |low: i32, high: i32, at: f64| {
            (f64::from(low) / 1e7 - at)
                .max(at - f64::from(high) / 1e7)
                .max(0.0)
        };
        let east = gap(self.west, self.east, place.x) * metres.east_m;
        let north = gap(self.south, self.north, place.y) * metres.north_m;
        east * east + north * north
    }
}

/// A segment of an edge: from vertex `vertex` of its shape to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub(super) edge: EdgeId,
    pub(super) vertex: u32,
}

/// The nearest place on a network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub(crate) edge: EdgeId,
    /// The segment, by its first vertex in the edge's shape.
    pub(crate) vertex: u32,
    /// How far along the segment, 0 to 1.
    pub(crate) along: f64,
    pub(crate) metres: f64,
}

/// Reused between queries.
#[derive(Debug, Default)]
pub(crate) struct Stack(Vec<(f64, usize, usize)>);

/// All usable segments of one network for one walker.
#[derive(Debug)]
pub(crate) struct SegmentIndex<'a> {
    network: &'a Network,
    segments: Vec<Segment>,
    /// `levels[0]` holds the segments' boxes, each next level one box per [`FANOUT`] of the level below.
    levels: Vec<Vec<Box7>>,
    crosses_antimeridian: bool,
}

impl<'a> SegmentIndex<'a> {
    /// Indexes the segments of the edges that `take` accepts.
    pub(crate) fn new(network: &'a Network, take: impl Fn(EdgeId) -> bool + Sync + Send) -> Self {
        let edges = network.edge_count();
        let starts: Vec<usize> = (0..edges).step_by(EDGE_CHUNK).collect();
        let of_edges = parallel::map(&starts, 1, |start| {
            let range = *start as u32..(start + EDGE_CHUNK).min(edges) as u32;
            let taken = range.map(EdgeId).filter(|edge| take(*edge));
            let segments = taken.flat_map(|edge| {
                let pairs = network.shape(edge).windows(2).zip(0..);
                pairs.map(move |(pair, vertex)| {
                    (Segment { edge, vertex }, Box7::of_segment(pair[0], pair[1]))
                })
            });
            segments.collect::<Vec<_>>()
        });
        let mut entries = Vec::with_capacity(of_edges.iter().map(Vec::len).sum());
        for chunk in of_edges {
            entries.extend(chunk);
        }
        sort_tiles(&mut entries);
        let crosses_antimeridian = entries.iter().any(|(_, bounds)| {
            bounds.east > NEAR_ANTIMERIDIAN_E7 || bounds.west < -NEAR_ANTIMERIDIAN_E7
        });
        let (segments, boxes): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above: Vec<Box7> = below
                .chunks(FANOUT)
                .map(|boxes| boxes.iter().fold(Box7::NOTHING, |all, one| all.join(*one)))
                .collect();
            levels.push(above);
        }
        Self {
            network,
            segments,
            levels,
            crosses_antimeridian,
        }
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
        let metres = LocalMetres::at(place.y);
        let mut best: Option<(Segment, f64, f64)> = None;
        // Wide enough that rounding loses nobody at the limit; the limit itself is checked once, on the metres.
        let mut bound_2 = limit_m * limit_m * (1.0 + 1e-9);
        stack.0.clear();
        stack.0.push((0.0, self.levels.len() - 1, 0));
        while let Some((distance_2, level, index)) = stack.0.pop() {
            if distance_2 > bound_2 {
                continue;
            }
            if level > 0 {
                self.push_children(place, metres, level, index, bound_2, stack);
                continue;
            }
            let Some(&segment) = self
                .segments
                .get(index)
                .filter(|segment| accept(segment.edge))
            else {
                continue;
            };
            let (distance_2, along) = self.distance_2(segment, place, metres);
            let better =
                best.is_none_or(|(other, other_2, _)| (distance_2, segment) < (other_2, other));
            if distance_2 <= bound_2 && better {
                bound_2 = distance_2;
                best = Some((segment, distance_2, along));
            }
        }
        let (Segment { edge, vertex }, distance_2, along) = best?;
        let metres = distance_2.sqrt();
        (metres <= limit_m).then_some(Nearest {
            edge,
            vertex,
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
        let metres = LocalMetres::at(place.y);
        let radius_2 = radius_m * radius_m;
        stack.0.clear();
        stack.0.push((0.0, self.levels.len() - 1, 0));
        while let Some((_, level, index)) = stack.0.pop() {
            if level > 0 {
                self.push_children(place, metres, level, index, radius_2, stack);
            } else if let Some(&segment) = self.segments.get(index)
                && accept(segment.edge)
                && self.distance_2(segment, place, metres).0 <= radius_2
            {
                visit(segment);
            }
        }
    }

    pub(super) fn near(&self, segment: Segment) -> Near {
        let shape = self.network.shape(segment.edge);
        let vertex = segment.vertex as usize;
        let ends = [shape[vertex], shape[vertex + 1]];
        Near {
            segment,
            ends: ends.map(Location::degrees),
            is_turned: ends[0] > ends[1],
            distance_2: 0.0,
        }
    }

    /// Pushes a node's children, the nearest on top.
    fn push_children(
        &self,
        place: Coord<f64>,
        metres: LocalMetres,
        level: usize,
        index: usize,
        bound_2: f64,
        stack: &mut Stack,
    ) {
        let below = &self.levels[level - 1];
        let first = stack.0.len();
        for (child, bounds) in below.iter().enumerate().skip(index * FANOUT).take(FANOUT) {
            let mut distance_2 = bounds.distance_2(place, metres);
            if self.crosses_antimeridian {
                for turn in [-360.0, 360.0] {
                    let turned = Coord {
                        x: place.x + turn,
                        y: place.y,
                    };
                    distance_2 = distance_2.min(bounds.distance_2(turned, metres));
                }
            }
            if distance_2 <= bound_2 {
                stack.0.push((distance_2, level - 1, child));
            }
        }
        stack.0[first..].sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.2.cmp(&a.2)));
    }

    /// The square of the distance to a segment, and where along it the nearest place is.
    ///
    /// Measured from the segment's smaller end, so that a street that is drawn twice, in whichever direction, gives the same
    /// bits and the tie goes to the smaller edge.
    fn distance_2(&self, segment: Segment, place: Coord<f64>, metres: LocalMetres) -> (f64, f64) {
        self.near(segment).distance_2(place, metres)
    }
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
        let [from, to] = self.ends;
        if self.is_turned {
            let (distance_2, along) = distance_2(to, from, place, metres);
            (distance_2, 1.0 - along)
        } else {
            distance_2(from, to, place, metres)
        }
    }
}

/// The square of the distance between a place and a segment, and how far along the segment the nearest place is.
fn distance_2(
    from: Coord<f64>,
    to: Coord<f64>,
    place: Coord<f64>,
    metres: LocalMetres,
) -> (f64, f64) {
    let from = metres.vector(place, from);
    let to = metres.vector(place, to);
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

/// Sort-tile-recursive packing (Leutenegger, Lopez and Edgington 1997): slices by longitude, each sorted by latitude.
fn sort_tiles(entries: &mut [(Segment, Box7)]) {
    let tiles = entries.len().div_ceil(FANOUT);
    let slice = (tiles as f64).sqrt().ceil() as usize * FANOUT;
    let middle = |low: i32, high: i32| i64::from(low) + i64::from(high);
    parallel::sort_unstable_by_key(entries, |(segment, bounds)| {
        (middle(bounds.west, bounds.east), *segment)
    });
    let mut slices: Vec<&mut [(Segment, Box7)]> = entries.chunks_mut(slice.max(1)).collect();
    parallel::each_mut(&mut slices, |slice| {
        slice.sort_unstable_by_key(|(segment, bounds)| {
            (middle(bounds.south, bounds.north), *segment)
        });
    });
}
