//! The graph of one heading on the streets as they are, each arc with the edge that it goes along, from both of its ends.

use crate::id::{EdgeId, NodeId};
use crate::network::Network;
use crate::search::graph::{Junctions, Side, Spot, Ways};
use crate::units::Cost;

/// By what an arc leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Edge(EdgeId),
    /// Through the gate at a junction, between private and public ways.
    Gate(NodeId),
}

/// An arc as seen from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    /// The spot at the other end.
    pub(super) other: u32,
    pub(super) cost: Cost,
    pub(super) by: By,
}

/// Arcs by spot.
#[derive(Debug)]
pub(super) struct Arcs {
    start: Vec<u32>,
    list: Vec<Arc>,
}

impl Arcs {
    pub(super) fn at(&self, spot: u32) -> &[Arc] {
        let [start, end] = [0, 1].map(|next| self.start[spot as usize + next] as usize);
        &self.list[start..end]
    }

    /// The arcs that leave each spot.
    fn out(ways: Ways<'_>, junctions: &Junctions) -> Self {
        let mut arcs = Self {
            start: vec![0],
            list: Vec::with_capacity(ways.network.edge_count() * 2),
        };
        for spot in (0..junctions.spot_count() as u32).map(Spot) {
            let (node, _) = junctions.junction(spot);
            ways.each_arc_along(junctions, spot, |next, cost, edge| {
                arcs.list.push(Arc {
                    other: next.0,
                    cost,
                    by: edge.map_or(By::Gate(node), By::Edge),
                });
            });
            arcs.start.push(arcs.list.len() as u32);
        }
        arcs
    }

    /// The same arcs by the spot that they lead to: a counting sort.
    fn turned(&self) -> Self {
        let spots = self.start.len() - 1;
        let mut start = vec![0u32; spots + 1];
        for arc in &self.list {
            start[arc.other as usize + 1] += 1;
        }
        for spot in 0..spots {
            start[spot + 1] += start[spot];
        }
        let mut next = start.clone();
        let mut list = self.list.clone();
        for spot in 0..spots as u32 {
            for arc in self.at(spot) {
                let slot = &mut next[arc.other as usize];
                list[*slot as usize] = Arc {
                    other: spot,
                    ..*arc
                };
                *slot += 1;
            }
        }
        Self { start, list }
    }
}

/// The arcs of one heading.
#[derive(Debug)]
pub(super) struct StreetArcs {
    pub(super) junctions: Junctions,
    pub(super) out: Arcs,
    pub(super) into: Arcs,
}

impl StreetArcs {
    pub(super) fn new(ways: Ways<'_>) -> Self {
        let junctions = Junctions::new(ways.network, ways.impedance);
        let out = Arcs::out(ways, &junctions);
        Self {
            into: out.turned(),
            out,
            junctions,
        }
    }

    pub(super) fn spot_count(&self) -> usize {
        self.junctions.spot_count()
    }

    /// The spots of a junction: on public ways, and inside pockets where it is in one.
    pub(super) fn spots_of(&self, node: NodeId) -> impl Iterator<Item = u32> {
        let sides = [Side::Public, Side::Near, Side::Far].into_iter();
        let spots = sides.filter_map(move |side| self.junctions.spot(node, side));
        spots.map(|spot| spot.0)
    }

    /// The edges at the junction of a spot.
    pub(super) fn edges_at<'n>(
        &self,
        network: &'n Network,
        spot: u32,
    ) -> impl Iterator<Item = EdgeId> + use<'n> {
        let (node, _) = self.junctions.junction(Spot(spot));
        network.arcs_at(node).iter().map(|arc| arc.edge)
    }
}
