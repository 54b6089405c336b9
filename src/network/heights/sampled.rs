//! Sampling heights along the edges of a network.

use geo_types::Coord;

use super::asked::{Ask, asked};
use super::carried;
use super::fill::fill;
use super::positions::{OnShape, each_sample};
use super::starts::starts;
use crate::id::EdgeId;
use crate::network::Network;
use crate::network::height_samples::{Heights, samples_of};
use crate::parallel;

/// So many edges are asked about at a time: enough that what a system's conversion takes to be made does not count.
const BATCH: usize = 1 << 15;

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
