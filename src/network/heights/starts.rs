//! Which samples are of which edge.

use crate::network::{HeightMetres, Network};

/// More samples than this, for two million kilometres of street, would not fit into memory: then they stand farther apart.
const MOST_SAMPLES: f64 = 2e8;

/// The first sample of each edge, and one more entry.
pub(super) fn starts(network: &Network) -> Vec<u32> {
    let spacing_m = HeightMetres::SPACING_M.max(network.length_m() / MOST_SAMPLES);
    let mut starts = Vec::with_capacity(network.edge_count() + 1);
    let mut end = 0;
    starts.push(end);
    for edge in network.edge_ids() {
        let runs = (network.edge_length_m(edge) / spacing_m).ceil().max(1.0);
        end += runs as u32 + 1;
        starts.push(end);
    }
    starts
}
