//! The graph that bounded searches walk on: the core junctions with links between them, and beside them the junctions that
//! were taken out, for searches that begin there.
//!
//! Every node has its arcs in one record of four, which fills half a cache line and lets the search loop run without a
//! branch; most junctions of a core have three or four. Nodes lie in the order of a Hilbert curve, so that a search, which
//! spreads over near ground, stays in near memory.

use super::contraction::{Anchors, Contraction, Link};
use super::graph::{Junctions, Side, Spot, Ways};
use super::queue::{Graph, Label};
use crate::collections::RankedBits;
use crate::control::{Cancelled, Control};
use crate::geometry::HilbertCurve;
use crate::id::{EdgeId, NodeId};
use crate::model::Access;
use crate::network::Edge;
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

/// Core nodes first, then the others, near copies last of all, then the further records of nodes with more arcs, each at no
/// cost from the one before.
#[derive(Debug)]
pub(super) struct CoreGraph {
    junctions: Junctions,
    /// Per spot its node.
    node_of: Vec<u32>,
    /// Per node its spot, without further records.
    spot_of: Vec<Spot>,
    core_count: u32,
    records: Vec<[Arc; FAN]>,
    /// Of each node outside the core, in their order, but for the near copies of pockets' junctions, which come last.
    anchors: Vec<Anchors>,
}

impl CoreGraph {
    /// Takes the graph apart for one walker and one way of searching.
    ///
    /// # Complexity
    /// O(n log n) in the junctions, for their order.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(super) fn new(ways: Ways<'_>, control: Control<'_>) -> Result<Self, Cancelled> {
        control.check()?;
        let junctions = Junctions::new(ways.network, ways.impedance);
        // No link leads out of near copies: they have no part in what follows, and come last.
        let (near, order): (Vec<Spot>, Vec<Spot>) = in_order(ways, &junctions)
            .into_iter()
            .partition(|spot| junctions.is_near(*spot));
        let mut rank = vec![u32::MAX; junctions.spot_count()];
        for (position, spot) in (0..).zip(&order) {
            rank[spot.index()] = position;
        }
        control.check()?;
        let streets = links(ways, &junctions, &rank);
        let contraction = Contraction::new(order.len(), streets.clone(), control)?;
        let positions = 0..order.len() as u32;
        let is_core = |position: &u32| contraction.is_core(*position);
        let mut placed: Vec<u32> = positions.clone().filter(is_core).collect();
        let core_count = placed.len() as u32;
        placed.extend(positions.filter(|position| !is_core(position)));
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
        // Ranks become nodes in place; near copies follow.
        let mut node_of = rank;
        for (position, spot) in (0..).zip(&order) {
            node_of[spot.index()] = node[position as usize];
        }
        for (number, spot) in (placed.len() as u32..).zip(&near) {
            node_of[spot.index()] = number;
        }
        let spot_of = placed.iter().map(|position| order[*position as usize]);
        let mut graph = Self {
            core_count,
            anchors: anchors.collect(),
            records: (0..(placed.len() + near.len()) as u32)
                .map(|node| [Arc::closed(node); FAN])
                .collect(),
            spot_of: spot_of.chain(near).collect(),
            node_of,
            junctions,
        };
        graph.add_core_arcs(&contraction.links, &node);
        drop(contraction);
        graph.add_other_arcs(&streets, &node);
        graph.add_near_arcs(&streets, &node, &order);
        Ok(graph)
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

    /// Arcs of the nodes outside the core but for near copies, as the streets are.
    fn add_other_arcs(&mut self, streets: &[Link], node: &[u32]) {
        let core_count = self.core_count;
        let mut fill = vec![Fill::default(); self.spot_of.len() - core_count as usize];
        for link in streets {
            let [a, b] = link.ends.map(|end| node[end as usize]);
            for (from, head, cost) in [(a, b, link.costs[0]), (b, a, link.costs[1])] {
                if let Some(outside) = from.checked_sub(core_count).filter(|_| cost != CLOSED) {
                    self.push(from, &mut fill[outside as usize], Arc { head, cost });
                }
            }
        }
    }

    /// Arcs of near copies, which lie in the order of the far ones: along private ways as between these, and out by the gates.
    fn add_near_arcs(&mut self, streets: &[Link], node: &[u32], order: &[Spot]) {
        let first = node.len() as u32;
        let is_far = |rank: &u32| self.junctions.is_far(order[*rank as usize]);
        let far = RankedBits::new(order.len(), (0..order.len() as u32).filter(is_far));
        let mut fill = vec![Fill::default(); self.junctions.in_pockets().len()];
        let near = |rank: u32| far.rank(rank);
        for link in streets {
            let [a, b] = link.ends;
            for (from, to, cost) in [(a, b, link.costs[0]), (b, a, link.costs[1])] {
                let (head, cost) = match (near(from), near(to)) {
                    (Some(_), Some(to)) => (first + to, cost),
                    // A gate: the link leads from the public ways in.
                    (Some(_), None) => (node[to as usize], 0),
                    (None, _) => continue,
                };
                if let Some(at) = near(from).filter(|_| cost != CLOSED) {
                    self.push(first + at, &mut fill[at as usize], Arc { head, cost });
                }
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

    /// Visits the arcs that leave a node, those of its further records among them.
    pub(super) fn each_arc_of_all_records(&self, node: u32, mut visit: impl FnMut(u32, Cost)) {
        let mut record = Some(node);
        while let Some(at) = record.take() {
            for arc in self.records[at as usize] {
                if arc.cost == CLOSED {
                    continue;
                }
                if arc.head as usize >= self.spot_of.len() {
                    record = Some(arc.head);
                } else {
                    visit(arc.head, arc.cost);
                }
            }
        }
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

    /// The nodes outside the core that are reached from it, with their anchors.
    pub(super) fn outside(&self) -> impl Iterator<Item = (u32, &Anchors)> {
        (self.core_count..).zip(&self.anchors)
    }

    /// The core nodes that a node is reached from, each with the cost: itself, or its anchors.
    pub(super) fn reached_from(&self, node: u32) -> impl Iterator<Item = (u32, Cost)> + use<> {
        let anchors = match node.checked_sub(self.core_count) {
            None => [Some((node, 0)), None],
            Some(outside) => {
                let anchors = self.anchors.get(outside as usize).copied();
                anchors
                    .unwrap_or_default()
                    .map(|anchor| (anchor.cost != CLOSED).then_some((anchor.node, anchor.cost)))
            }
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

/// The nodes outside the core by the core nodes that they are reached from.
#[derive(Debug)]
pub(super) struct Hanging {
    /// Those that hang on core node `n` are `nodes[start[n] .. start[n + 1]]`.
    start: Vec<u32>,
    nodes: Vec<u32>,
}

impl Hanging {
    /// A counting sort.
    pub(super) fn new(graph: &CoreGraph) -> Self {
        let pairs = || {
            let outside = graph.outside();
            outside
                .flat_map(|(node, _)| graph.reached_from(node).map(move |(core, _)| (core, node)))
        };
        let mut start = vec![0u32; graph.core_count() + 1];
        for (core, _) in pairs() {
            start[core as usize + 1] += 1;
        }
        for core in 0..graph.core_count() {
            start[core + 1] += start[core];
        }
        let mut next = start.clone();
        let mut nodes = vec![0; pairs().count()];
        for (core, node) in pairs() {
            nodes[next[core as usize] as usize] = node;
            next[core as usize] += 1;
        }
        Self { start, nodes }
    }

    /// Those that hang on a core node.
    pub(super) fn on(&self, node: u32) -> &[u32] {
        let [start, end] = [0, 1].map(|one| self.start[node as usize + one] as usize);
        &self.nodes[start..end]
    }
}

/// How far a node's last record is filled.
#[derive(Clone, Copy, Default)]
struct Fill {
    further: Option<u32>,
    count: usize,
}

/// Spots or edges per parallel task.
const CHUNK: usize = 1 << 14;

/// All spots along a Hilbert curve, those of one cell in their own order.
fn in_order(ways: Ways<'_>, junctions: &Junctions) -> Vec<Spot> {
    let network = ways.network;
    let curve = HilbertCurve::new(network.nodes().map(|node| network.location(node)));
    let mut keyed = parallel::map_with(
        junctions.spot_count(),
        CHUNK,
        || (),
        |(), spot| {
            let spot = Spot(spot as u32);
            let (node, _) = junctions.junction(spot);
            (curve.position(network.location(node)), spot)
        },
    );
    parallel::sort_unstable(&mut keyed);
    keyed.into_iter().map(|(_, spot)| spot).collect()
}

/// The ways between spots by rank, but for those that lead out of near copies: nothing leads to them, so no search
/// passes over them. Ascending by their smaller ends, so that what is near lies near.
fn links(ways: Ways<'_>, junctions: &Junctions, rank: &[u32]) -> Vec<Link> {
    let edges = ways.network.edge_count();
    let starts: Vec<usize> = (0..edges).step_by(CHUNK).collect();
    let along = parallel::map(&starts, 1, |start| {
        let range = *start..(start + CHUNK).min(edges);
        let links = range.filter_map(|edge| link(ways, junctions, rank, EdgeId(edge as u32)));
        links.collect::<Vec<Link>>()
    });
    let gates = junctions.in_pockets().iter().filter_map(|&node| {
        let ends = [Side::Public, Side::Far].map(|side| junctions.spot(node, side));
        let [public, far] = [ends[0]?, ends[1]?].map(|spot| rank[spot.index()]);
        Some(Link::new([public, far], [0, CLOSED]))
    });
    let gates: Vec<Link> = gates.collect();
    ascending(&[along.concat(), gates], rank.len())
}

/// Links in their order: by their smaller ends with a counting sort, then the few of each end.
fn ascending(lists: &[Vec<Link>], rank_count: usize) -> Vec<Link> {
    let links = || lists.iter().flatten();
    let mut next = vec![0u32; rank_count + 1];
    for link in links() {
        next[link.ends[0] as usize + 1] += 1;
    }
    for rank in 0..rank_count {
        next[rank + 1] += next[rank];
    }
    let none = Link::new([0; 2], [CLOSED; 2]);
    let mut sorted = vec![none; links().count()];
    for link in links() {
        let slot = &mut next[link.ends[0] as usize];
        sorted[*slot as usize] = *link;
        *slot += 1;
    }
    // Each has moved on to where the next one began.
    let mut start = 0;
    for end in next {
        sorted[start..end as usize].sort_unstable();
        start = end as usize;
    }
    sorted
}

/// The way along an edge, where one leads.
fn link(ways: Ways<'_>, junctions: &Junctions, rank: &[u32], id: EdgeId) -> Option<Link> {
    use crate::network::Direction::{Backward, Forward};
    let Edge {
        tail,
        head,
        passage,
        ..
    } = ways.network.edge(id);
    let costs = [Forward, Backward].map(|direction| ways.arc_cost(id, direction));
    if tail == head || costs == [CLOSED; 2] {
        return None;
    }
    let side = match passage.access {
        Access::Public => Side::Public,
        Access::Private => Side::Far,
    };
    let ends = [tail, head].map(|node| junctions.spot(node, side));
    let ends = [ends[0]?, ends[1]?].map(|spot| rank[spot.index()]);
    Some(Link::new(ends, costs))
}

#[cfg(test)]
#[path = "core_tests.rs"]
mod tests;
