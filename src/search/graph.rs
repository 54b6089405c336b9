//! What the search loop walks on: arcs by node with their costs in one array, for one direction of walking.
//!
//! Pockets carry nobody through. Every junction of a private way is there twice more, as copies *near* and *far*: a
//! search that begins inside a pocket walks on near copies, comes out through a gate onto the public ways, and enters
//! pockets through their gates onto far copies, from which nothing leads out again. So one search over this graph finds
//! the best walk under that rule, and who lives in the pocket that it began in is met on the near copies too.

use super::queue::Graph;
use crate::collections::RankedBits;
use crate::id::{EdgeId, NodeId};
use crate::model::Access;
use crate::network::{Direction, Impedance, Network};
use crate::units::{CLOSED, Cost};

/// From which end a walk is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Searched {
    /// From the walk's destination backwards, along reversed arcs.
    FromDestination,
    /// From its origin onwards.
    FromOrigin,
}

/// A node of the search graph: a junction, or a copy of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot(pub(super) u32);

impl Spot {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which of its three a junction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// On public ways.
    Public,
    /// Inside the pocket where the search began.
    Near,
    /// Inside a pocket that the search entered.
    Far,
}

impl Side {
    /// Where a gate leads from here; nowhere else from inside a pocket that was entered.
    fn through_gate(self) -> Self {
        match self {
            Side::Near => Side::Public,
            Side::Public | Side::Far => Side::Far,
        }
    }
}

/// CSR adjacency: the arcs of spot `s` are `arcs[start[s] .. start[s + 1]]`, each a next spot and a cost, waits included.
#[derive(Debug)]
pub(super) struct SearchGraph {
    start: Vec<u32>,
    arcs: Vec<(u32, Cost)>,
    junctions: Junctions,
}

/// Which spots stand for which junctions: first every junction, then the near and the far copy of each in a pocket.
#[derive(Debug)]
pub(super) struct Junctions {
    count: u32,
    /// The junctions of private ways.
    in_pockets: RankedBits,
    /// The same, ascending.
    list: Vec<NodeId>,
}

impl Junctions {
    pub(super) fn new(network: &Network, impedance: &Impedance) -> Self {
        let private = network.edges().filter(|(id, edge)| {
            edge.passage.access == Access::Private && impedance.is_usable(*id)
        });
        let ends = private.flat_map(|(_, edge)| [edge.tail.0, edge.head.0]);
        let in_pockets = RankedBits::new(network.node_count(), ends);
        Self {
            count: network.node_count() as u32,
            list: in_pockets.iter().map(NodeId).collect(),
            in_pockets,
        }
    }

    pub(super) fn spot_count(&self) -> usize {
        self.count as usize + 2 * self.list.len()
    }

    /// The spot of a junction on a side; `None` where the junction is not on that side.
    pub(super) fn spot(&self, node: NodeId, side: Side) -> Option<Spot> {
        let copy = |offset: u32| {
            let position = self.in_pockets.rank(node.0)?;
            Some(Spot(self.count + 2 * position + offset))
        };
        match side {
            Side::Public => Some(Spot(node.0)),
            Side::Near => copy(0),
            Side::Far => copy(1),
        }
    }

    /// Whether a spot is a near copy.
    pub(super) fn is_near(&self, spot: Spot) -> bool {
        spot.0
            .checked_sub(self.count)
            .is_some_and(|copy| copy % 2 == 0)
    }

    /// Whether a spot is a far copy.
    pub(super) fn is_far(&self, spot: Spot) -> bool {
        spot.0
            .checked_sub(self.count)
            .is_some_and(|copy| copy % 2 == 1)
    }

    /// The junctions of private ways, ascending.
    pub(super) fn in_pockets(&self) -> &[NodeId] {
        &self.list
    }

    /// The junction that a spot stands for, and the side that it is on.
    pub(super) fn junction(&self, spot: Spot) -> (NodeId, Side) {
        match spot.0.checked_sub(self.count) {
            None => (NodeId(spot.0), Side::Public),
            Some(copy) => {
                let side = if copy % 2 == 0 { Side::Near } else { Side::Far };
                (self.list[copy as usize / 2], side)
            }
        }
    }

    /// The spots beside a place on an edge, where a search begins.
    pub(super) fn near(&self, network: &Network, edge: EdgeId, node: NodeId) -> Option<Spot> {
        match network.access(edge) {
            Access::Public => self.spot(node, Side::Public),
            Access::Private => self.spot(node, Side::Near),
        }
    }

    /// The spots beside a place on an edge, where a walk that was searched ends: for a place in a pocket, a search that
    /// came in by a gate or one that began in the same pocket.
    pub(super) fn ends(
        &self,
        network: &Network,
        edge: EdgeId,
        node: NodeId,
    ) -> impl Iterator<Item = Spot> + use<> {
        let sides = match network.access(edge) {
            Access::Public => [Some(Side::Public), None],
            Access::Private => [Some(Side::Near), Some(Side::Far)],
        };
        sides
            .map(|side| self.spot(node, side?))
            .into_iter()
            .flatten()
    }
}

/// One walker's ways as a search walks them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways<'a> {
    pub(super) network: &'a Network,
    pub(super) impedance: &'a Impedance,
    pub(super) searched: Searched,
}

impl Ways<'_> {
    /// The cost of an arc that a search follows along (or against) an edge, the wait at its end included; [`CLOSED`] where
    /// it may not be walked.
    pub(super) fn arc_cost(&self, edge: EdgeId, direction: Direction) -> Cost {
        let (walked, arrival) = match self.searched {
            Searched::FromOrigin => (direction, direction),
            Searched::FromDestination => (direction.reversed(), direction.reversed()),
        };
        let arrival = self.network.end(edge, arrival);
        let cost = self.impedance.cost(edge, walked);
        cost.map_or(CLOSED, |cost| {
            cost.saturating_add(self.impedance.wait(arrival))
        })
    }

    /// Visits the arcs that leave a spot.
    pub(super) fn each_arc(
        &self,
        junctions: &Junctions,
        spot: Spot,
        mut visit: impl FnMut(Spot, Cost),
    ) {
        self.each_arc_along(junctions, spot, |next, cost, _| visit(next, cost));
    }

    /// Visits the arcs that leave a spot, each with the edge that it goes along; none through a gate.
    pub(super) fn each_arc_along(
        &self,
        junctions: &Junctions,
        spot: Spot,
        mut visit: impl FnMut(Spot, Cost, Option<EdgeId>),
    ) {
        let network = self.network;
        let (node, side) = junctions.junction(spot);
        let public = side == Side::Public;
        for out in network.arcs_at(node) {
            let next = network.end(out.edge, out.direction);
            let is_public = network.edge(out.edge).passage.access == Access::Public;
            // A loop leads back to where it began: it never shortens a walk through its node.
            if next == node || is_public != public {
                continue;
            }
            let cost = self.arc_cost(out.edge, out.direction);
            if let Some(next) = junctions.spot(next, side).filter(|_| cost != CLOSED) {
                visit(next, cost, Some(out.edge));
            }
        }
        let beyond = junctions.spot(node, side.through_gate());
        if let Some(next) = beyond.filter(|next| *next != spot) {
            visit(next, 0, None);
        }
    }
}

impl SearchGraph {
    pub(super) fn new(network: &Network, impedance: &Impedance, searched: Searched) -> Self {
        let junctions = Junctions::new(network, impedance);
        let ways = Ways {
            network,
            impedance,
            searched,
        };
        let mut start = Vec::with_capacity(junctions.spot_count() + 1);
        let mut arcs = Vec::with_capacity(network.edge_count() * 2);
        start.push(0);
        for spot in (0..junctions.spot_count() as u32).map(Spot) {
            ways.each_arc(&junctions, spot, |next, cost| arcs.push((next.0, cost)));
            start.push(arcs.len() as u32);
        }
        Self {
            start,
            arcs,
            junctions,
        }
    }

    /// A graph of junctions alone, walked both ways alike: the edges that `price` opens between open nodes.
    pub(super) fn undirected(
        network: &Network,
        price: &impl Fn(EdgeId) -> Option<Cost>,
        is_open: &[bool],
    ) -> Self {
        let mut start = Vec::with_capacity(network.node_count() + 1);
        let mut arcs = Vec::new();
        start.push(0);
        for node in network.nodes() {
            let out = network.arcs_at(node).iter();
            let open = out.filter(|_| is_open[node.index()]).filter_map(|out| {
                let next = network.end(out.edge, out.direction);
                let leads_on = next != node && is_open[next.index()];
                price(out.edge)
                    .filter(|_| leads_on)
                    .map(|cost| (next.0, cost))
            });
            arcs.extend(open);
            start.push(arcs.len() as u32);
        }
        let junctions = Junctions {
            count: network.node_count() as u32,
            in_pockets: RankedBits::default(),
            list: Vec::new(),
        };
        Self {
            start,
            arcs,
            junctions,
        }
    }

    pub(super) fn spot_count(&self) -> usize {
        self.start.len() - 1
    }

    /// Which spots stand for which junctions.
    pub(super) fn junctions(&self) -> &Junctions {
        &self.junctions
    }
}

impl Graph for SearchGraph {
    fn each_arc(&self, spot: u32, mut visit: impl FnMut(u32, Cost)) {
        let spot = spot as usize;
        for &(next, cost) in &self.arcs[self.start[spot] as usize..self.start[spot + 1] as usize] {
            visit(next, cost);
        }
    }
}
