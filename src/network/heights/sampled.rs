//! Sampling heights along the edges of a network.

use geo_types::Coord;

use super::carried;
use super::fill::fill;
use super::positions::{OnShape, each_sample};
use super::{Heights, UNKNOWN, samples_of, starts};
use crate::id::EdgeId;
use crate::network::Network;
use crate::parallel;

/// So many edges are asked about at a time.
const BATCH: usize = 4096;
/// Higher and deeper than any place on the earth, in metres: what is beyond is no height.
pub(super) const MOST_M: f64 = 20_000.0;

/// Answers the heights of places in metres, and no number where it knows none.
pub(super) trait Ask: Fn(&[Coord<f64>]) -> Vec<f64> + Sync {}

impl<F: Fn(&[Coord<f64>]) -> Vec<f64> + Sync> Ask for F {}

/// The heights of some places in millimetres.
pub(super) fn asked(heights_m: &impl Ask, places: &[Coord<f64>]) -> Vec<i32> {
    let mut heights = heights_m(places);
    // Whoever answers too little does not know the rest.
    heights.resize(places.len(), f64::NAN);
    heights.into_iter().map(in_millimetres).collect()
}

fn in_millimetres(height_m: f64) -> i32 {
    if (-MOST_M..=MOST_M).contains(&height_m) {
        (height_m * 1000.0).round() as i32
    } else {
        UNKNOWN
    }
}

/// Samples every edge.
pub(super) fn sampled(network: &Network, heights_m: &impl Ask) -> Heights {
    let starts = starts(network);
    let edges = network.edge_count();
    let batches = parallel::map_with(
        edges.div_ceil(BATCH),
        1,
        || (),
        |(), batch| {
            let last = edges.min((batch + 1) * BATCH);
            let batch = (batch * BATCH) as u32..last as u32;
            asked(heights_m, &places_of(network, &starts, batch.map(EdgeId)))
        },
    );
    let mut samples = batches.concat();
    carried::settle(network, &starts, heights_m, &mut samples);
    fill(network, starts, samples)
}

/// Where the samples of some edges stand, one edge after the other.
fn places_of(
    network: &Network,
    starts: &[u32],
    edges: impl Iterator<Item = EdgeId>,
) -> Vec<Coord<f64>> {
    let mut places = Vec::new();
    for edge in edges {
        let shape = network.shape(edge);
        let count = samples_of(starts, edge).len();
        each_sample(shape, count, |sample: OnShape| {
            places.push(sample.place(shape));
        });
    }
    places
}
