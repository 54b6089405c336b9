//! What carries the segments of edges: the ground, bridges, or tunnels. Chains go on where it changes, so that it costs no
//! time.

use super::arcs::OutArc;
use super::{Direction, Network};
use crate::geometry::geodesic_m;
use crate::id::EdgeId;
use crate::model::Structure;

/// As near as this to a vertex, in metres, is at it.
const AT_VERTEX_M: f64 = 1e-3;

impl Network {
    /// The segments of an edge that are not below ground, in runs: each the first and one past the last, by the positions of
    /// their first vertices among [`vertices`](Self::vertices).
    pub(crate) fn above_ground(&self, edge: EdgeId) -> impl Iterator<Item = [u32; 2]> + '_ {
        let first = self.first_vertex(edge);
        let end = first + self.shape(edge).len() as u32 - 1;
        let before = self.below.partition_point(|[_, end]| *end <= first);
        let mut below = self.below[before..].iter();
        let mut from = first;
        std::iter::from_fn(move || {
            (from < end).then(|| {
                let [start, past] = below.next().copied().unwrap_or([end, end]);
                let run = [from, start.clamp(from, end)];
                from = past.max(from);
                run
            })
        })
        .filter(|[from, to]| from < to)
    }

    /// Whether an edge is above ground where it leaves a node.
    pub(crate) fn is_above_ground(&self, arc: OutArc) -> bool {
        let first = self.first_vertex(arc.edge);
        let segment = match arc.direction {
            Direction::Forward => first,
            Direction::Backward => first + self.shape(arc.edge).len() as u32 - 2,
        };
        self.structure_of(segment) != Structure::Underground
    }

    /// The segments of an edge that are on bridges, in runs: each the first and one past the last, by the positions of their first
    /// vertices among [`vertices`](Self::vertices).
    pub(crate) fn on_bridges(&self, edge: EdgeId) -> impl Iterator<Item = [u32; 2]> + '_ {
        let [first, end] = self.segments_of(edge);
        let before = self.bridges.partition_point(|[_, past]| *past <= first);
        let runs = self.bridges[before..].iter();
        let runs = runs.take_while(move |[start, _]| *start < end);
        runs.map(move |[start, past]| [*start.max(&first), *past.min(&end)])
    }

    /// The first segment of an edge and one past its last, by the positions of their first vertices.
    pub(crate) fn segments_of(&self, edge: EdgeId) -> [u32; 2] {
        let first = self.first_vertex(edge);
        [first, first + self.shape(edge).len() as u32 - 1]
    }

    /// How far along its edge a vertex is, as a fraction of the edge's length: 0 at the tail, 1 at the head.
    pub(crate) fn fraction_at(&self, edge: EdgeId, vertex: u32) -> f64 {
        let [first, end] = self.segments_of(edge);
        if vertex <= first {
            return 0.0;
        }
        let length_m = self.lengths[edge.index()];
        if vertex >= end || length_m <= 0.0 {
            return 1.0;
        }
        let before = self.segment_lengths(edge).take((vertex - first) as usize);
        (before.sum::<f64>() / length_m).clamp(0.0, 1.0)
    }

    /// What carries an edge at a fraction of its length from tail (0) to head (1). Where two stretches meet it is the ground,
    /// if it is that of one of them.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn structure_at(&self, edge: EdgeId, fraction: f64) -> Structure {
        let first = self.first_vertex(edge);
        let end = first + self.shape(edge).len() as u32 - 1;
        let meets = |runs: &[[u32; 2]]| {
            let at = runs.partition_point(|[_, past]| *past <= first);
            runs.get(at).is_some_and(|[start, _]| *start < end)
        };
        if !meets(&self.below) && !meets(&self.bridges) {
            return Structure::Ground;
        }
        let at_m = self.lengths[edge.index()] * fraction;
        let mut before_m = 0.0;
        let mut found = None;
        for (segment, length_m) in (first..).zip(self.segment_lengths(edge)) {
            let after_m = before_m + length_m;
            if at_m >= before_m - AT_VERTEX_M && at_m <= after_m + AT_VERTEX_M {
                let structure = self.structure_of(segment);
                found = Some(found.unwrap_or(structure).min(structure));
            }
            before_m = after_m;
        }
        found.unwrap_or_default()
    }

    pub(super) fn structure_of(&self, segment: u32) -> Structure {
        let is_in = |runs: &[[u32; 2]]| {
            let at = runs.partition_point(|[_, end]| *end <= segment);
            runs.get(at).is_some_and(|[first, _]| *first <= segment)
        };
        if is_in(&self.below) {
            Structure::Underground
        } else if is_in(&self.bridges) {
            Structure::Bridge
        } else {
            Structure::Ground
        }
    }

    /// The metres of all edges that are below ground.
    #[must_use]
    pub fn below_ground_m(&self) -> f64 {
        let segments = self.below.iter().flat_map(|[first, end]| *first..*end);
        let length_m = |segment: u32| {
            let [from, to] = [0, 1].map(|end| self.shape[segment as usize + end].degrees());
            geodesic_m(from, to)
        };
        // The sum of nothing is -0.0.
        segments.map(length_m).sum::<f64>() + 0.0
    }
}
