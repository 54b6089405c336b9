//! Bridges and tunnels: what carries them is not the ground that an elevation model has, so they rise evenly between their ends.

use std::collections::BTreeMap;

use super::asked::{Ask, asked};
use super::positions::OnShape;
use crate::id::{EdgeId, NodeId};
use crate::model::Structure;
use crate::network::arcs::OutArc;
use crate::network::height_samples::{UNKNOWN, is_on_foot, samples_of};
use crate::network::{Direction, Network, Union};

/// A run of an edge on a bridge or in a tunnel, as fractions of its length.
#[derive(Clone, Copy, Debug)]
struct CarriedRun {
    edge: EdgeId,
    from: f64,
    to: f64,
    /// The heights of the ground at both, in millimetres.
    heights: [i32; 2],
}

/// Junctions inside a bridge or a tunnel settle between those at its ends: rounds until none moves by half a millimetre, and no more
/// than these.
const MOST_ROUNDS: usize = 2000;
const SETTLED_MM: f64 = 0.5;

/// Lays the samples on bridges and in tunnels evenly between the heights at their ends. Where bridges meet without touching the
/// ground, their junction is where even slopes to all ends put it.
pub(super) fn settle(network: &Network, starts: &[u32], heights_m: &impl Ask, samples: &mut [i32]) {
    let runs = carried_runs(network, heights_m);
    let junctions = Junctions::new(network, &runs, |node| {
        ground_at(network, starts, samples, node)
    });
    let heights = junctions.settled();
    for (node, height) in junctions.nodes.iter().zip(&heights) {
        for arc in network.arcs_at(*node) {
            let at = samples_of(starts, arc.edge);
            let end = match arc.direction {
                Direction::Forward => at.start,
                Direction::Backward => at.end - 1,
            };
            samples[end] = *height;
        }
    }
    for run in &runs {
        lay(run, &mut samples[samples_of(starts, run.edge)]);
    }
}

/// The metres on bridges and in tunnels that are walked.
pub(super) fn carried_m(network: &Network) -> f64 {
    let edges = edges_with_structures(network).into_iter();
    let on_foot = edges.filter(|edge| is_on_foot(network.passage(*edge).kind));
    let metres = |edge| {
        let fractions = runs_of(network, edge).into_iter().map(move |run| {
            let [from, to] = run.map(|vertex| network.fraction_at(edge, vertex));
            to - from
        });
        fractions.sum::<f64>() * network.edge_length_m(edge)
    };
    // The sum of nothing is -0.0.
    on_foot.map(metres).sum::<f64>() + 0.0
}

/// The height of the ground at a node, as an edge there has sampled it.
fn ground_at(network: &Network, starts: &[u32], samples: &[i32], node: NodeId) -> i32 {
    let arc = network.arcs_at(node).iter().next();
    arc.map_or(UNKNOWN, |arc| {
        let at = samples_of(starts, arc.edge);
        match arc.direction {
            Direction::Forward => samples[at.start],
            Direction::Backward => samples[at.end - 1],
        }
    })
}

/// Lays the samples inside a run evenly between its ends.
fn lay(run: &CarriedRun, along: &mut [i32]) {
    let last = along.len() - 1;
    let [from, to] = [
        if run.from <= 0.0 {
            along[0]
        } else {
            run.heights[0]
        },
        if run.to >= 1.0 {
            along[last]
        } else {
            run.heights[1]
        },
    ];
    for (at, height) in along.iter_mut().enumerate().take(last).skip(1) {
        let fraction = at as f64 / last as f64;
        if fraction <= run.from || fraction >= run.to {
            continue;
        }
        *height = if from == UNKNOWN || to == UNKNOWN {
            UNKNOWN
        } else {
            let part = (fraction - run.from) / (run.to - run.from);
            (f64::from(from) + part * (f64::from(to) - f64::from(from))).round() as i32
        };
    }
}

/// Every run on a bridge or in a tunnel, with the heights of the ground at its ends.
fn carried_runs(network: &Network, heights_m: &impl Ask) -> Vec<CarriedRun> {
    let mut runs = Vec::new();
    let mut places = Vec::new();
    for edge in edges_with_structures(network) {
        for [first, end] in runs_of(network, edge) {
            let [from, to] = [first, end].map(|vertex| network.fraction_at(edge, vertex));
            runs.push(CarriedRun {
                edge,
                from,
                to,
                heights: [UNKNOWN; 2],
            });
            let shape = network.shape(edge);
            let base = network.first_vertex(edge);
            let vertex = |vertex: u32| {
                let at = (vertex - base) as usize;
                let (segment, part) = at.checked_sub(1).map_or((0, 0.0), |before| (before, 1.0));
                OnShape { segment, part }.place(shape)
            };
            places.extend([vertex(first), vertex(end)]);
        }
    }
    let heights = asked(heights_m, &places);
    for (run, heights) in runs.iter_mut().zip(heights.chunks_exact(2)) {
        run.heights = [heights[0], heights[1]];
    }
    runs
}

/// The edges with a segment on a bridge or below ground, ascending.
fn edges_with_structures(network: &Network) -> Vec<EdgeId> {
    let starts = network.bridges.iter().chain(&*network.below);
    let of_run = |[first, end]: &[u32; 2]| {
        let (first, last) = (
            network.edge_at_vertex(*first),
            network.edge_at_vertex(end - 1),
        );
        (first.0..=last.0).map(EdgeId)
    };
    let mut edges: Vec<EdgeId> = starts.flat_map(of_run).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The runs of segments of an edge that are not on the ground: each the first and one past the last.
fn runs_of(network: &Network, edge: EdgeId) -> Vec<[u32; 2]> {
    let [first, end] = network.segments_of(edge);
    let mut runs: Vec<[u32; 2]> = Vec::new();
    for segment in first..end {
        if network.structure_of(segment) == Structure::Ground {
            continue;
        }
        match runs.last_mut() {
            Some([_, past]) if *past == segment => *past += 1,
            _ => runs.push([segment, segment + 1]),
        }
    }
    runs
}

/// The junctions at which every edge leaves on a bridge or in a tunnel, and how they hang together.
struct Junctions {
    /// Ascending.
    nodes: Vec<NodeId>,
    /// Their heights before they settle: those of the ground.
    ground: Vec<i32>,
    ties: Vec<Vec<Tie>>,
}

/// What holds a junction.
#[derive(Clone, Copy)]
struct Tie {
    to: End,
    /// The shorter it is the more it holds.
    length_m: f64,
}

#[derive(Clone, Copy)]
enum End {
    /// Ground at a height, in millimetres.
    Ground(i32),
    /// Another junction, by its position.
    Junction(usize),
}

impl Junctions {
    fn new(network: &Network, runs: &[CarriedRun], ground: impl Fn(NodeId) -> i32) -> Self {
        let by_edge = by_edge(runs);
        let is_carried = |arc: OutArc| run_at_start(&by_edge, arc).is_some();
        let ends = runs.iter().flat_map(|run| network.ends(run.edge));
        let mut nodes: Vec<NodeId> = ends
            .filter(|node| network.arcs_at(*node).iter().all(is_carried))
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        let tie = |arc: OutArc| {
            let run = run_at_start(&by_edge, arc)?;
            let (is_whole, height) = match arc.direction {
                Direction::Forward => (run.to >= 1.0, run.heights[1]),
                Direction::Backward => (run.from <= 0.0, run.heights[0]),
            };
            let end = network.end(arc.edge, arc.direction);
            let other = nodes.binary_search(&end).ok().filter(|_| is_whole);
            let to = match other {
                Some(position) => End::Junction(position),
                None if height == UNKNOWN => return None,
                None => End::Ground(height),
            };
            let length_m = (run.to - run.from) * network.edge_length_m(arc.edge);
            Some(Tie {
                to,
                length_m: length_m.max(1e-3),
            })
        };
        let ties = |node: &NodeId| network.arcs_at(*node).iter().filter_map(tie).collect();
        Self {
            ties: nodes.iter().map(ties).collect(),
            ground: nodes.iter().map(|node| ground(*node)).collect(),
            nodes,
        }
    }

    /// Their heights: each the mean of what holds it, weighed by how near it is; on the ground where no end is.
    fn settled(&self) -> Vec<i32> {
        let held = self.held();
        let mut heights: Vec<f64> = self.ground.iter().map(|ground| known(*ground)).collect();
        for _ in 0..MOST_ROUNDS {
            let mut moved: f64 = 0.0;
            for (at, ties) in self.ties.iter().enumerate().filter(|(at, _)| held[*at]) {
                let (mut sum, mut weights) = (0.0, 0.0);
                for tie in ties {
                    let height = match tie.to {
                        End::Ground(height) => f64::from(height),
                        End::Junction(other) => heights[other],
                    };
                    sum += height / tie.length_m;
                    weights += 1.0 / tie.length_m;
                }
                let height = sum / weights;
                moved = moved.max((height - heights[at]).abs());
                heights[at] = height;
            }
            if moved < SETTLED_MM {
                break;
            }
        }
        let each = heights.iter().zip(&self.ground).zip(held);
        each.map(
            |((height, ground), held)| {
                if held { height.round() as i32 } else { *ground }
            },
        )
        .collect()
    }

    /// Which of them hang on ground of a known height.
    fn held(&self) -> Vec<bool> {
        let mut union = Union::new(self.nodes.len());
        for (at, ties) in self.ties.iter().enumerate() {
            for tie in ties {
                if let End::Junction(other) = tie.to {
                    union.join(at as u32, other as u32);
                }
            }
        }
        let on_ground = |ties: &Vec<Tie>| ties.iter().any(|tie| matches!(tie.to, End::Ground(_)));
        let mut held = vec![false; self.nodes.len()];
        for (at, ties) in self.ties.iter().enumerate() {
            if on_ground(ties) {
                held[union.root(at as u32) as usize] = true;
            }
        }
        let of_root = |at: usize| union.root(at as u32) as usize;
        let roots: Vec<usize> = (0..self.nodes.len()).map(of_root).collect();
        roots.into_iter().map(|root| held[root]).collect()
    }
}

/// A height to begin from.
fn known(height: i32) -> f64 {
    if height == UNKNOWN {
        0.0
    } else {
        f64::from(height)
    }
}

fn by_edge(runs: &[CarriedRun]) -> BTreeMap<EdgeId, Vec<CarriedRun>> {
    let mut by_edge: BTreeMap<EdgeId, Vec<CarriedRun>> = BTreeMap::new();
    for run in runs {
        by_edge.entry(run.edge).or_default().push(*run);
    }
    by_edge
}

/// The run on which an arc leaves its node.
fn run_at_start(by_edge: &BTreeMap<EdgeId, Vec<CarriedRun>>, arc: OutArc) -> Option<CarriedRun> {
    let runs = by_edge.get(&arc.edge)?;
    let run = match arc.direction {
        Direction::Forward => runs.first().filter(|run| run.from <= 0.0),
        Direction::Backward => runs.last().filter(|run| run.to >= 1.0),
    };
    run.copied()
}
