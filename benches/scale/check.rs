//! A textbook Dijkstra over the network as it was built, with the rule of pockets, to compare answers with.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use pedshed::id::{EdgeId, NodeId, ResidentId, StationId};
use pedshed::model::Access;
use pedshed::network::{Direction, Impedance, Network};
use pedshed::search::TravelTimes;
use pedshed::snap::{Snap, Snapped};

/// Where a walk from a station, searched backwards, is: on public ways, in the pocket where it ends, or in one that it
/// comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Side {
    Public,
    Near,
    Far,
}

type State = (NodeId, Side);
type Costs = HashMap<State, u32>;

/// A network's edges by node, for walks to stations.
pub(crate) struct Textbook<'a> {
    network: &'a Network,
    impedance: &'a Impedance,
    start: Vec<u32>,
    edges: Vec<EdgeId>,
    snapped: &'a Snapped,
    /// The residents by edge.
    homes: Vec<(EdgeId, ResidentId)>,
}

impl<'a> Textbook<'a> {
    pub(crate) fn new(
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
    ) -> Self {
        let mut start = vec![0; network.node_count() + 2];
        for (_, edge) in network.edges() {
            start[edge.tail.index() + 2] += 1;
            start[edge.head.index() + 2] += 1;
        }
        for node in 2..start.len() {
            start[node] += start[node - 1];
        }
        let mut edges = vec![EdgeId(0); network.edge_count() * 2];
        for (id, edge) in network.edges() {
            for end in [edge.tail, edge.head] {
                let slot = &mut start[end.index() + 1];
                edges[*slot as usize] = id;
                *slot += 1;
            }
        }
        let homes = snapped.residents_on_network();
        let mut homes: Vec<_> = homes
            .map(|(resident, snap)| (snap.edge, resident))
            .collect();
        homes.sort_unstable();
        Self {
            network,
            impedance,
            start,
            edges,
            snapped,
            homes,
        }
    }

    fn is_private(&self, edge: EdgeId) -> bool {
        self.network.edge(edge).passage.access == Access::Private
    }

    /// Visits the states from which one step leads to a state.
    fn each_step(&self, (node, side): State, mut visit: impl FnMut(State, u32)) {
        // A gate stands where public and private ways meet; elsewhere the next side has no ways.
        match side {
            Side::Near => visit((node, Side::Public), 0),
            Side::Public => visit((node, Side::Far), 0),
            Side::Far => {}
        }
        for &id in self.edges_at(node) {
            if self.is_private(id) == (side == Side::Public) {
                continue;
            }
            let edge = self.network.edge(id);
            for (from, to, direction) in [
                (edge.tail, edge.head, Direction::Forward),
                (edge.head, edge.tail, Direction::Backward),
            ] {
                let cost = self.impedance.cost(id, direction);
                if let Some(cost) = cost.filter(|_| to == node && from != node) {
                    visit((from, side), cost + self.impedance.wait(node));
                }
            }
        }
    }

    fn edges_at(&self, node: NodeId) -> &[EdgeId] {
        &self.edges[self.start[node.index()] as usize..self.start[node.index() + 1] as usize]
    }

    fn leg(&self, snap: &Snap) -> u32 {
        self.impedance.leg(snap.leg_m)
    }

    /// The costs of all states within a bound of a snap.
    fn search(&self, snap: &Snap, bound: u32) -> Costs {
        let side = if self.is_private(snap.edge) {
            Side::Near
        } else {
            Side::Public
        };
        let edge = self.network.edge(snap.edge);
        let ends = self
            .impedance
            .end_costs(self.network, snap.edge, snap.fraction)
            .from_ends;
        let mut heap = BinaryHeap::new();
        for (node, cost) in [edge.tail, edge.head].into_iter().zip(ends) {
            heap.extend(cost.map(|cost| Reverse((cost + self.leg(snap), (node, side)))));
        }
        let mut settled = HashMap::new();
        while let Some(Reverse((cost, state))) = heap.pop() {
            if cost > bound || settled.contains_key(&state) {
                continue;
            }
            settled.insert(state, cost);
            self.each_step(state, |next, more| heap.push(Reverse((cost + more, next))));
        }
        settled
    }

    /// Compares a station's row with a search of our own.
    ///
    /// # Panics
    /// When they differ.
    pub(crate) fn check(&self, station: StationId, times: &TravelTimes, bound: u32) {
        let Some(snap) = self.snapped.station_snaps(station).next() else {
            return;
        };
        let costs = self.search(snap, bound);
        let near = costs.keys().flat_map(|(node, _)| self.edges_at(*node));
        let mut edges: Vec<EdgeId> = near.copied().chain([snap.edge]).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut expected = Vec::new();
        for edge in edges {
            let first = self.homes.partition_point(|home| home.0 < edge);
            let homes = self.homes[first..].iter().take_while(|home| home.0 == edge);
            for (_, resident) in homes {
                let home = self.snapped.residents()[resident.index()].snap();
                let cost = home.and_then(|home| self.resident_cost(home, snap, &costs));
                expected.extend(
                    cost.filter(|cost| *cost <= bound)
                        .map(|cost| (*resident, cost)),
                );
            }
        }
        expected.sort_unstable();
        assert_eq!(times.sorted_row(station), Ok(expected), "{station:?}");
    }

    fn resident_cost(&self, home: &Snap, station: &Snap, costs: &Costs) -> Option<u32> {
        let sides = if self.is_private(home.edge) {
            &[Side::Near, Side::Far][..]
        } else {
            &[Side::Public]
        };
        let edge = self.network.edge(home.edge);
        let doors = self
            .impedance
            .end_costs(self.network, home.edge, home.fraction)
            .to_ends;
        let by_ends = [edge.tail, edge.head]
            .into_iter()
            .zip(doors)
            .filter_map(|(node, door)| {
                let labels = sides.iter().filter_map(|side| costs.get(&(node, *side)));
                Some(labels.min()? + door? + self.leg(home))
            });
        let along = (home.edge == station.edge)
            .then(|| {
                self.impedance
                    .between(home.edge, home.fraction, station.fraction)
            })
            .flatten()
            .map(|cost| cost + self.leg(home) + self.leg(station));
        by_ends.chain(along).min()
    }
}
