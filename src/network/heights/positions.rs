//! Where the samples of an edge stand.

use geo_types::Coord;

use super::super::segments::{on_segment, segment_lengths};
use crate::geometry::Location;

/// Something at a part of a segment of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OnShape {
    /// The segment's position in the shape.
    pub(super) segment: usize,
    /// From its first vertex (0) to its last (1).
    pub(super) part: f64,
}

/// Calls `visit` for each of `count` places that stand evenly along a shape, both ends among them.
pub(super) fn each_sample(shape: &[Location], count: usize, mut visit: impl FnMut(OnShape)) {
    let total_m: f64 = segment_lengths(shape).sum();
    let run_m = total_m / (count - 1) as f64;
    let last = shape.len() - 2;
    visit(OnShape {
        segment: 0,
        part: 0.0,
    });
    let (mut sample, mut before_m) = (1, 0.0);
    for (segment, length_m) in segment_lengths(shape).enumerate() {
        let after_m = before_m + length_m;
        while sample + 1 < count && (sample as f64 * run_m <= after_m || segment == last) {
            let along_m = sample as f64 * run_m - before_m;
            let part = if length_m > 0.0 {
                (along_m / length_m).clamp(0.0, 1.0)
            } else {
                0.0
            };
            visit(OnShape { segment, part });
            sample += 1;
        }
        before_m = after_m;
    }
    visit(OnShape {
        segment: last,
        part: 1.0,
    });
}

impl OnShape {
    /// Where it is. A vertex is exactly where it is, whatever segment it is of.
    pub(super) fn place(self, shape: &[Location]) -> Coord<f64> {
        let ends = [shape[self.segment], shape[self.segment + 1]];
        if self.part >= 1.0 {
            return ends[1].degrees();
        }
        on_segment(ends, self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_stand_evenly_along_a_shape_with_its_ends_among_them() {
        let at = |lon_e7| Location { lon_e7, lat_e7: 0 };
        // A vertex twice, and a last one that is one of the samples.
        let shape = [0, 30_000, 30_000, 80_000].map(at);
        let mut found = Vec::new();
        each_sample(&shape, 5, |sample| {
            found.push((sample.place(&shape).x * 1e7).round() as i64);
        });
        assert_eq!(found, [0, 20_000, 40_000, 60_000, 80_000]);
        let point = [5, 5].map(at);
        let mut count = 0;
        each_sample(&point, 2, |sample| {
            assert_eq!(sample.place(&point), at(5).degrees());
            count += 1;
        });
        assert_eq!(count, 2);
    }
}
