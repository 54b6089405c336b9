//! Heights of a network that was taken apart and built anew: wherever a street still is, the heights that it had.

use std::collections::HashMap;

use super::fill::fill;
use super::positions::{OnShape, each_sample};
use super::starts::starts;
use crate::geometry::Location;
use crate::id::EdgeId;
use crate::network::Network;
use crate::network::height_samples::{Heights, UNKNOWN, samples_of};

/// The segments of a network with heights, by where they lie.
pub(in crate::network) struct Segments<'n> {
    network: &'n Network,
    pieces: HashMap<[Location; 2], Piece>,
    /// Heights in millimetres.
    vertices: HashMap<Location, i32>,
}

/// A piece of an edge, as fractions of its length.
#[derive(Clone, Copy)]
struct Piece {
    edge: EdgeId,
    from: f64,
    to: f64,
}

impl<'n> Segments<'n> {
    /// Of a network, if it has heights.
    pub(in crate::network) fn new(network: &'n Network) -> Option<Self> {
        network.heights.as_ref().map(|_| Self {
            network,
            pieces: HashMap::new(),
            vertices: HashMap::new(),
        })
    }

    /// Adds a segment of an edge: its ends, each with the fraction of the edge's length at which it stands.
    pub(in crate::network) fn add(&mut self, edge: EdgeId, ends: [(Location, f64); 2]) {
        let [from, to] = ends.map(|(_, fraction)| fraction);
        let piece = Piece { edge, from, to };
        self.pieces.entry(ends.map(|(at, _)| at)).or_insert(piece);
        for (at, fraction) in ends {
            let height = self.height(edge, fraction);
            self.vertices.entry(at).or_insert(height);
        }
    }

    fn height(&self, edge: EdgeId, fraction: f64) -> i32 {
        let height_m = self.network.height_at(edge, fraction);
        height_m.map_or(UNKNOWN, |height_m| (height_m * 1000.0).round() as i32)
    }

    /// The height at a place on a segment of another network; unknown where this one has none.
    fn at(&self, shape: &[Location], place: OnShape) -> i32 {
        let [tail, head] = [shape[place.segment], shape[place.segment + 1]];
        let forward = self
            .pieces
            .get(&[tail, head])
            .map(|piece| (piece, place.part));
        let backward = || {
            let piece = self.pieces.get(&[head, tail])?;
            Some((piece, 1.0 - place.part))
        };
        if let Some((piece, part)) = forward.or_else(backward) {
            let fraction = piece.from + part * (piece.to - piece.from);
            return self.height(piece.edge, fraction);
        }
        let vertex = match place.part {
            0.0 => tail,
            1.0 => head,
            _ => return UNKNOWN,
        };
        self.vertices.get(&vertex).copied().unwrap_or(UNKNOWN)
    }

    /// The heights of a network that was built of these segments and others. The others rise evenly between the ends of their
    /// edges.
    pub(in crate::network) fn moved_to(&self, network: &Network) -> Heights {
        let starts = starts(network);
        let mut samples = Vec::with_capacity(starts[starts.len() - 1] as usize);
        for edge in network.edge_ids() {
            let shape = network.shape(edge);
            let count = samples_of(&starts, edge).len();
            each_sample(shape, count, |place| samples.push(self.at(shape, place)));
        }
        fill(network, starts, samples)
    }
}
