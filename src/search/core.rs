//! The graph that bounded searches walk on: the core junctions with links between them, and beside them the junctions that
//! were taken out, for searches that begin there.
//!
//! Every node has its arcs in one record of four, which fills half a cache line and lets the search loop run without a
//! branch; most junctions of a core have three or four. Nodes lie in the order of a Hilbert curve, so that a search, which
//! spreads over near ground, stays in near memory.

use super::contraction::{Anchors, Contraction, Link};
use super::graph::{Junctions, Side, Spot, Ways};
use super::queue::{Graph, Label};
use crate::geometry::HilbertCurve;
use crate::id::NodeId;
use crate::model::Access;
use crate::parallel;
use crate::units::{CLOSED, Cost};

/// Arcs in a record.
pub(super) const FAN: usize = 4;

/// An arc to a node; a record that has fewer is filled with closed ones that lead back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) head: u32,
    pub(super) cost: Cost,
}

impl Arc {
    const fn closed(head: u32) -> Self {
        Self { head, cost: CLOSED }
    }
}

/// Core nodes first, then the others, then the further records of nodes with more arcs, each at no cost from the one
/// before.
#[derive(Debug)]
pub(super) struct CoreGraph {
    junctions: Junctions,
    /// Per spot its node.
    node_of: Vec<u32>,
    /// Per node its spot, without further records.
    spot_of: Vec<Spot>,
    core_count: u32,
    records: Vec<[Arc; FAN]>,
    /// Of each node outside the core, in their order; none for the near copies of pockets' junctions.
    anchors: Vec<Anchors>,
}

impl CoreGraph {
    /// Takes the graph apart for one walker and one way of searching.
    ///
    /// # Complexity
    /// O(n log n) in the junctions, for their order.
    pub(super) fn new(ways: Ways<'_>) -> Self {
        let junctions = Junctions::new(ways.network, ways.impedance);
        let order = in_order(ways, &junctions);
        let mut rank = vec![0u32; order.len()];
        for (position, spot) in (0..).zip(&order) {
            rank[spot.index()] = position;
        }
        let contraction = Contraction::of(order.len(), links(ways, &junctions, &rank));
        let in_core = |position: u32| {
            let (_, side) = junctions.junction(order[position as usize]);
            side != Side::Near && contraction.is_core(position)
        };
        let positions = 0..order.len() as u32;
        let mut placed: Vec<u32> = positions.clone().filter(|p| in_core(*p)).collect();
        let core_count = placed.len() as u32;
        placed.extend(positions.filter(|p| !in_core(*p)));
        // From ranks to nodes.
        let mut node = vec![0u32; placed.len()];
        for (number, position) in (0..).zip(&placed) {
            node[*position as usize] = number;
        }
        let anchors = placed[core_count as usize..].iter().map(|position| {
            let mut anchors = *contraction
                .anchors(*position)
                .unwrap_or(&Anchors::default());
            for anchor in anchors.iter_mut().filter(|anchor| anchor.cost != CLOSED) {
                anchor.node = node[anchor.node as usize];
            }
            anchors
        });
        let mut graph = Self {
            core_count,
            anchors: anchors.collect(),
            records: (0..placed.len() as u32)
                .map(|node| [Arc::closed(node); FAN])
                .collect(),
            spot_of: placed
                .iter()
                .map(|position| order[*position as usize])
                .collect(),
            node_of: rank
                .iter()
                .map(|position| node[*position as usize])
                .collect(),
            junctions,
        };
        graph.add_core_arcs(&contraction.links, &node);
        graph.add_other_arcs(ways);
        graph
    }

    fn add_core_arcs(&mut self, links: &[Link], node: &[u32]) {
        let mut fill = vec![Fill::default(); self.core_count as usize];
        for link in links {
            let [a, b] = link.ends.map(|end| node[end as usize]);
            for (from, head, cost) in [(a, b, link.costs[0]), (b, a, link.costs[1])] {
                if cost != CLOSED {
                    self.push(from, &mut fill[from as usize], Arc { head, cost });
                }
            }
        }
    }

    fn add_other_arcs(&mut self, ways: Ways<'_>) {
        let mut arcs: Vec<Arc> = Vec::new();
        for node in self.core_count..self.spot_of.len() as u32 {
            arcs.clear();
            let spot = self.spot_of[node as usize];
            ways.each_arc(&self.junctions, spot, |next, cost| {
                let head = self.node_of[next.index()];
                arcs.push(Arc { head, cost });
            });
            let mut fill = Fill::default();
            for arc in &arcs {
                self.push(node, &mut fill, *arc);
            }
        }
    }

    /// Adds an arc to a node's last record; a full one hands its last arc on to a further record.
    fn push(&mut self, node: u32, fill: &mut Fill, arc: Arc) {
        let record = fill.further.unwrap_or(node) as usize;
        if fill.count < FAN {
            self.records[record][fill.count] = arc;
            fill.count += 1;
            return;
        }
        let further = self.records.len() as u32;
        let last = self.records[record][FAN - 1];
        self.records[record][FAN - 1] = Arc {
            head: further,
            cost: 0,
        };
        let closed = Arc::closed(further);
        self.records.push([last, arc, closed, closed]);
        *fill = Fill {
            further: Some(further),
            count: 2,
        };
    }

    /// The number of records, further ones included.
    pub(super) fn node_count(&self) -> usize {
        self.records.len()
    }

    /// The arcs of one record.
    pub(super) fn records(&self) -> &[[Arc; FAN]] {
        &self.records
    }

    /// The number of core nodes: they come first.
    pub(super) fn core_count(&self) -> usize {
        self.core_count as usize
    }

    pub(super) fn is_core(&self, node: u32) -> bool {
        node < self.core_count
    }

    pub(super) fn junctions(&self) -> &Junctions {
        &self.junctions
    }

    pub(super) fn node(&self, spot: Spot) -> u32 {
        self.node_of[spot.index()]
    }

    /// The junction of a node and its side of a pocket; `None` for a further record.
    pub(super) fn junction(&self, node: u32) -> Option<(NodeId, Side)> {
        let spot = self.spot_of.get(node as usize)?;
        Some(self.junctions.junction(*spot))
    }

    /// The nodes outside the core with their anchors.
    pub(super) fn outside(&self) -> impl Iterator<Item = (u32, &Anchors)> {
        (self.core_count..).zip(&self.anchors)
    }

    /// The core nodes that a node is reached from, each with the cost: itself, or its anchors.
    pub(super) fn reached_from(&self, node: u32) -> impl Iterator<Item = (u32, Cost)> + use<> {
        let anchors = match node.checked_sub(self.core_count) {
            None => [Some((node, 0)), None],
            Some(outside) => self.anchors[outside as usize]
                .map(|anchor| (anchor.cost != CLOSED).then_some((anchor.node, anchor.cost))),
        };
        anchors.into_iter().flatten()
    }

    /// The label of any node after a search: its own, or by way of its anchors.
    pub(super) fn label<L: Label>(&self, node: u32, known: impl Fn(u32) -> Option<L>) -> Option<L> {
        let own = known(node);
        if self.is_core(node) {
            return own;
        }
        let over = self.reached_from(node);
        let over = over.filter_map(|(core, cost)| Some(known(core)?.plus(cost)));
        own.into_iter().chain(over).min()
    }
}

impl Graph for CoreGraph {
    fn each_arc(&self, node: u32, mut visit: impl FnMut(u32, Cost)) {
        for arc in self.records[node as usize] {
            if arc.cost != CLOSED {
                visit(arc.head, arc.cost);
            }
        }
    }
}

/// How far a node's last record is filled.
#[derive(Clone, Copy, Default)]
struct Fill {
    further: Option<u32>,
    count: usize,
}

/// All spots along a Hilbert curve, those of one cell in their own order.
fn in_order(ways: Ways<'_>, junctions: &Junctions) -> Vec<Spot> {
    let network = ways.network;
    let curve = HilbertCurve::over(network.nodes().map(|node| network.location(node)));
    let mut keyed: Vec<(u32, Spot)> = junctions
        .spots()
        .map(|spot| {
            let (node, _) = junctions.junction(spot);
            (curve.position(network.location(node)), spot)
        })
        .collect();
    parallel::sort_unstable(&mut keyed);
    keyed.into_iter().map(|(_, spot)| spot).collect()
}

/// The ways between spots by rank, but for those that lead out of near copies: nothing leads to them, so no search
/// passes over them.
fn links(ways: Ways<'_>, junctions: &Junctions, rank: &[u32]) -> Vec<Link> {
    use crate::network::Direction::{Backward, Forward};
    let network = ways.network;
    let mut links = Vec::with_capacity(network.edge_count());
    for (id, edge) in network.edges() {
        let costs = [Forward, Backward].map(|direction| ways.arc_cost(id, direction));
        if edge.tail == edge.head || costs == [CLOSED; 2] {
            continue;
        }
        let side = match edge.passage.access {
            Access::Public => Side::Public,
            Access::Private => Side::Far,
        };
        let ends = [edge.tail, edge.head].map(|node| junctions.spot(node, side));
        if let [Some(tail), Some(head)] = ends {
            let ends = [tail, head].map(|spot| rank[spot.index()]);
            links.push(Link { ends, costs });
        }
    }
    for &node in junctions.in_pockets() {
        let sides = [Side::Public, Side::Far].map(|side| junctions.spot(node, side));
        if let [Some(public), Some(far)] = sides {
            let ends = [public, far].map(|spot| rank[spot.index()]);
            let costs = [0, CLOSED];
            links.push(Link { ends, costs });
        }
    }
    links
}

#[cfg(test)]
#[path = "core_tests.rs"]
mod tests;
