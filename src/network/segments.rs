//! Segments of a chain: their lengths, and places on them.

use geo_types::Coord;

use crate::geometry::{Location, geodesic_m, wrapped_degrees};

/// The lengths of a chain's segments in metres.
pub(super) fn segment_lengths(shape: &[Location]) -> impl Iterator<Item = f64> + '_ {
    shape
        .windows(2)
        .map(|pair| geodesic_m(pair[0].degrees(), pair[1].degrees()))
}

/// The place at a part of a segment, which may cross the antimeridian.
pub(super) fn on_segment(ends: [Location; 2], part: f64) -> Coord<f64> {
    let [from, to] = ends.map(Location::degrees);
    let mut step = to - from;
    step.x = wrapped_degrees(step.x);
    let mut place = from + step * part;
    place.x = wrapped_degrees(place.x);
    place
}
