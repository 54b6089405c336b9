//! Stretches of edges that are one thing: a bridge of several ways, a crossing in two halves, a lift with many stops.

use geo_types::Coord;

use crate::id::{EdgeId, NodeId};
use crate::model::WayKind;
use crate::network::{Direction, Network, Union};
use crate::search::Cut;

/// A stretch of an edge that is of one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) edge: EdgeId,
    /// Its first segment and one past the last, by the positions of their first vertices among the network's.
    pub(super) run: [u32; 2],
    pub(super) way: i64,
}

/// The bridges, each the pieces that it is of.
pub(super) fn bridges(network: &Network) -> Vec<Vec<Piece>> {
    let pieces = network.edge_ids().flat_map(|edge| {
        let by_way: Vec<([u32; 2], i64)> = network.segments_by_way(edge).collect();
        let bridges = network.on_bridges(edge);
        bridges.flat_map(move |bridge| {
            let met = by_way.clone().into_iter();
            met.filter_map(move |(run, way)| {
                let run = [run[0].max(bridge[0]), run[1].min(bridge[1])];
                (run[0] < run[1]).then_some(Piece { edge, run, way })
            })
        })
    });
    grouped(network, pieces.collect(), false)
}

/// The crossings that are ways, each the pieces that it is of. Two that meet at a crossing's node are its halves.
pub(super) fn crossings(network: &Network, ways: &[i64]) -> Vec<Vec<Piece>> {
    if ways.is_empty() {
        return Vec::new();
    }
    let pieces = network.edge_ids().flat_map(|edge| {
        let of_edge = network.segments_by_way(edge);
        let crossings = of_edge.filter(|(_, way)| ways.binary_search(way).is_ok());
        crossings.map(move |(run, way)| Piece { edge, run, way })
    });
    grouped(network, pieces.collect(), true)
}

/// The lifts, each the rides between its stops.
pub(super) fn lifts(network: &Network) -> Vec<Vec<Piece>> {
    let edges = network.edges();
    let lifts = edges.filter(|(_, edge)| matches!(edge.passage.kind, WayKind::Lift { .. }));
    let pieces = lifts.map(|(id, edge)| Piece {
        edge: id,
        run: network.segments_of(id),
        way: edge.way,
    });
    grouped(network, pieces.collect(), false)
}

/// Pieces are one thing where they are of one way, where one goes on from the other and nothing else meets them, and, if so asked,
/// where they meet at a crossing. In the order of their first pieces.
fn grouped(network: &Network, pieces: Vec<Piece>, at_crossings: bool) -> Vec<Vec<Piece>> {
    let mut union = Union::new(pieces.len());
    let mut by_way: Vec<(i64, u32)> = pieces.iter().map(|piece| piece.way).zip(0..).collect();
    by_way.sort_unstable();
    for pair in by_way.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        union.join(pair[0].1, pair[1].1);
    }
    for (pair, first) in pieces.windows(2).zip(0..) {
        if pair[0].edge == pair[1].edge && pair[0].run[1] == pair[1].run[0] {
            union.join(first, first + 1);
        }
    }
    let mut at_nodes: Vec<(NodeId, u32)> = Vec::new();
    for (piece, number) in pieces.iter().zip(0..) {
        let met = network.ends(piece.edge).into_iter();
        let is_met = touches(network, piece);
        let met = met.zip(is_met).filter(|(_, is_met)| *is_met);
        at_nodes.extend(met.map(|(node, _)| (node, number)));
    }
    at_nodes.sort_unstable();
    for met in at_nodes.chunk_by(|one, next| one.0 == next.0) {
        let node = met[0].0;
        let goes_on = met.len() == 2 && network.arcs_at(node).iter().len() == 2;
        let crosses = at_crossings && network.crossing(node).is_some();
        if goes_on || crosses {
            for pair in met.windows(2) {
                union.join(pair[0].1, pair[1].1);
            }
        }
    }
    let mut groups: Vec<Vec<Piece>> = vec![Vec::new(); pieces.len()];
    for (piece, number) in pieces.into_iter().zip(0..) {
        groups[union.root(number) as usize].push(piece);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether a piece begins at its edge's tail, and ends at its head.
fn touches(network: &Network, piece: &Piece) -> [bool; 2] {
    let [first, end] = network.segments_of(piece.edge);
    [piece.run[0] == first, piece.run[1] == end]
}

/// The pieces as runs of segments, ascending, where those that touch on one edge are one.
pub(super) fn runs_of(pieces: &[Piece]) -> Vec<(EdgeId, [u32; 2])> {
    let mut runs: Vec<(EdgeId, [u32; 2])> =
        pieces.iter().map(|piece| (piece.edge, piece.run)).collect();
    runs.sort_unstable();
    runs.dedup_by(|next, one| {
        let touch = next.0 == one.0 && next.1[0] == one.1[1];
        if touch {
            one.1[1] = next.1[1];
        }
        touch
    });
    runs
}

/// A run of an edge's segments by where it begins and ends, as fractions of the edge's length.
pub(super) fn fractions_of(network: &Network, edge: EdgeId, run: [u32; 2]) -> [f64; 2] {
    run.map(|vertex| network.fraction_at(edge, vertex))
}

/// Runs of segments that are closed together, as cuts. Where nothing else leads to one of their ends, nobody joins the streets there.
pub(super) fn cuts_of(network: &Network, runs: &[(EdgeId, [u32; 2])]) -> Vec<Cut> {
    let is_left = |node: NodeId| {
        network.arcs_at(node).iter().any(|arc| {
            let [first, end] = network.segments_of(arc.edge);
            let segment = match arc.direction {
                Direction::Forward => first,
                Direction::Backward => end - 1,
            };
            let mut own = runs.iter().filter(|(edge, _)| *edge == arc.edge);
            !own.any(|(_, run)| (run[0]..run[1]).contains(&segment))
        })
    };
    let cut = |(edge, run): &(EdgeId, [u32; 2])| {
        let [from, to] = fractions_of(network, *edge, *run);
        let [tail, head] = network.ends(*edge);
        Cut {
            edge: *edge,
            from: if from <= 0.0 && !is_left(tail) {
                -1.0
            } else {
                from
            },
            to: if to >= 1.0 && !is_left(head) { 2.0 } else { to },
        }
    };
    runs.iter().map(cut).collect()
}

/// The places along a run of an edge's segments.
pub(super) fn line_of(network: &Network, run: [u32; 2]) -> Vec<Coord<f64>> {
    let vertices = &network.vertices()[run[0] as usize..=run[1] as usize];
    vertices.iter().map(|vertex| vertex.degrees()).collect()
}
