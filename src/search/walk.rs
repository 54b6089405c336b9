//! One way of walking between residents and stations, ready to be searched from the stations: the graph, every
//! resident's doors onto it, and who shares an edge.

use super::graph::{SearchGraph, Searched, Spot};
use super::queue::{Label, Scratch, ToStation};
use super::reach::Ramp;
use crate::id::{EdgeId, NodeId, ResidentId, StationId};
use crate::network::{Direction, Edge, Impedance, Network};
use crate::snap::{Snap, Snapped};
use crate::units::Cost;

/// Who walks to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// From the resident to the station.
    ToStation,
    /// From the station to the resident.
    ToResident,
}

/// A cost between a resident and a spot beside them, leg included.
#[derive(Clone, Copy, Debug)]
struct Door {
    resident: ResidentId,
    cost: Cost,
}

/// A point on an edge, ready to be met by another point on the same edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnEdge {
    edge: EdgeId,
    fraction: f64,
    pub(super) leg: Cost,
    /// A resident's or a station's index.
    pub(super) who: u32,
}

/// Everything that a search from a station needs, for one heading.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    network: &'a Network,
    impedance: &'a Impedance,
    snapped: &'a Snapped,
    heading: Heading,
    graph: SearchGraph,
    /// The doors at spot `s` are `doors[door_start[s] .. door_start[s + 1]]`.
    door_start: Vec<u32>,
    doors: Vec<Door>,
    /// Ascending by edge.
    residents_on_edges: Vec<OnEdge>,
    /// Ascending by edge.
    stations_on_edges: Vec<OnEdge>,
}

/// The costs between one place and the nodes beside it, leg included, for a walk that starts (`away`) or ends there.
pub(super) fn door_costs(
    network: &Network,
    impedance: &Impedance,
    snap: &Snap,
    leg: Cost,
    away: bool,
) -> impl Iterator<Item = (NodeId, Cost)> + use<> {
    let costs = impedance.end_costs(network, snap.edge, snap.fraction);
    let costs = if away { costs.to_ends } else { costs.from_ends };
    let edge = network.edge(snap.edge);
    let ends = [edge.tail, edge.head];
    (0..2).filter_map(move |end| Some((ends[end], costs[end]?.saturating_add(leg))))
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
        heading: Heading,
    ) -> Self {
        let searched = match heading {
            Heading::ToStation => Searched::FromDestination,
            Heading::ToResident => Searched::FromOrigin,
        };
        let mut walk = Self {
            network,
            impedance,
            snapped,
            heading,
            graph: SearchGraph::new(network, impedance, searched),
            door_start: Vec::new(),
            doors: Vec::new(),
            residents_on_edges: Vec::new(),
            stations_on_edges: Vec::new(),
        };
        walk.open_doors();
        walk.residents_on_edges = walk.sorted_by_edge(
            snapped
                .residents_on_network()
                .map(|(resident, snap)| (resident.0, snap)),
        );
        let entrances = snapped.stations().flat_map(|station| {
            snapped
                .station_snaps(station)
                .map(move |snap| (station.0, snap))
        });
        walk.stations_on_edges = walk.sorted_by_edge(entrances);
        walk
    }

    pub(super) fn spot_count(&self) -> usize {
        self.graph.spot_count()
    }

    fn leg(&self, snap: &Snap) -> Cost {
        self.impedance
            .leg(snap.leg_m * self.snapped.options().leg_factor)
    }

    /// The doors of a resident's snap.
    fn resident_doors(&self, snap: &Snap) -> impl Iterator<Item = (Spot, Cost)> {
        let away = self.heading == Heading::ToStation;
        let costs = door_costs(self.network, self.impedance, snap, self.leg(snap), away);
        let edge = snap.edge;
        costs.flat_map(move |(node, cost)| {
            let spots = self.graph.junctions().ends(self.network, edge, node);
            spots.map(move |spot| (spot, cost))
        })
    }

    /// Where a search from a station begins: the spots beside all its entrances.
    fn seeds(&self, station: StationId) -> impl Iterator<Item = (Spot, Cost)> {
        let away = self.heading == Heading::ToResident;
        self.snapped.station_snaps(station).flat_map(move |snap| {
            let costs = door_costs(self.network, self.impedance, snap, self.leg(snap), away);
            let spot = |node| self.graph.junctions().near(self.network, snap.edge, node);
            costs.filter_map(move |(node, cost)| Some((spot(node)?, cost)))
        })
    }

    /// Sorts the residents' doors by spot (a counting sort, stable by resident).
    fn open_doors(&mut self) {
        let mut start = vec![0u32; self.spot_count() + 1];
        let each_door = |visit: &mut dyn FnMut(Spot, Door)| {
            for (resident, snap) in self.snapped.residents_on_network() {
                for (spot, cost) in self.resident_doors(snap) {
                    visit(spot, Door { resident, cost });
                }
            }
        };
        each_door(&mut |spot, _| start[spot.index() + 1] += 1);
        for spot in 1..start.len() {
            start[spot] += start[spot - 1];
        }
        let mut next = start.clone();
        let count = start.last().map_or(0, |count| *count as usize);
        let mut doors = vec![
            Door {
                resident: ResidentId(0),
                cost: 0
            };
            count
        ];
        each_door(&mut |spot, door| {
            doors[next[spot.index()] as usize] = door;
            next[spot.index()] += 1;
        });
        (self.door_start, self.doors) = (start, doors);
    }

    fn sorted_by_edge<'s>(&self, snaps: impl Iterator<Item = (u32, &'s Snap)>) -> Vec<OnEdge> {
        let mut points: Vec<OnEdge> = snaps
            .map(|(who, snap)| OnEdge {
                edge: snap.edge,
                fraction: snap.fraction,
                leg: self.leg(snap),
                who,
            })
            .collect();
        points.sort_by_key(|point| point.edge);
        points
    }

    /// The cost straight along the edge between a resident and a station on it.
    fn along_edge(&self, resident: (f64, Cost), station: (f64, Cost), edge: EdgeId) -> Option<u64> {
        let cost = match self.heading {
            Heading::ToStation => self.impedance.between(edge, resident.0, station.0),
            Heading::ToResident => self.impedance.between(edge, station.0, resident.0),
        };
        Some(u64::from(cost?) + u64::from(resident.1) + u64::from(station.1))
    }

    /// Finds every resident within `bound` of a station, on this heading. Answers whether the bound cut anything off.
    pub(super) fn reach(
        &self,
        station: StationId,
        bound: Cost,
        scratch: &mut Scratch<Cost>,
        reached: &mut Reached,
    ) -> bool {
        reached.start();
        let mut cut = false;
        let search_cut = scratch.search(&self.graph, self.seeds(station), bound, |spot, cost| {
            let doors =
                self.door_start[spot.index()] as usize..self.door_start[spot.index() + 1] as usize;
            for door in &self.doors[doors] {
                cut |= !reached.improve(door.resident, cost.saturating_add(door.cost), bound);
            }
        });
        cut |= search_cut;
        for snap in self.snapped.station_snaps(station) {
            let station = (snap.fraction, self.leg(snap));
            for other in on_edge(&self.residents_on_edges, snap.edge) {
                if let Some(cost) = self.along_edge((other.fraction, other.leg), station, snap.edge)
                {
                    let cost = Cost::try_from(cost).unwrap_or(Cost::MAX);
                    cut |= !reached.improve(ResidentId(other.who), cost, bound);
                }
            }
        }
        cut
    }

    /// Labels every spot within `bound` of any of some stations and visits their junctions, once for each side of a pocket
    /// that one is met on.
    pub(super) fn reach_nodes(
        &self,
        stations: impl Iterator<Item = StationId>,
        bound: Cost,
        scratch: &mut Scratch<Cost>,
        mut visit: impl FnMut(NodeId),
    ) {
        let seeds = stations.flat_map(|station| self.seeds(station));
        scratch.search(&self.graph, seeds, bound, |spot, _| {
            visit(self.graph.junctions().junction(spot).0);
        });
    }

    /// The labels at an edge's tail and head after a search, as a place on the edge meets them.
    pub(super) fn labels_at_ends(
        &self,
        edge: EdgeId,
        scratch: &Scratch<Cost>,
    ) -> [Option<Cost>; 2] {
        let Edge { tail, head, .. } = self.network.edge(edge);
        [tail, head].map(|node| {
            let spots = self.graph.junctions().ends(self.network, edge, node);
            spots.filter_map(|spot| scratch.label(spot)).min()
        })
    }

    /// The stations' entrances on an edge.
    pub(super) fn stations_on(&self, edge: EdgeId) -> &[OnEdge] {
        on_edge(&self.stations_on_edges, edge)
    }

    /// The cost between a place on an edge and the stations that gave its ends their labels, or one of those on the edge.
    pub(super) fn place_cost<'s>(
        &self,
        edge: EdgeId,
        fraction: f64,
        labels: [Option<Cost>; 2],
        stations: impl Iterator<Item = &'s OnEdge>,
    ) -> Option<Cost> {
        let costs = self.impedance.end_costs(self.network, edge, fraction);
        let costs = match self.heading {
            Heading::ToStation => costs.to_ends,
            Heading::ToResident => costs.from_ends,
        };
        let by_end = |end: usize| Some(costs[end]?.saturating_add(labels[end]?));
        let along = stations.filter_map(|station| {
            let cost = self.along_edge((fraction, 0), (station.fraction, station.leg), edge)?;
            Some(Cost::try_from(cost).unwrap_or(Cost::MAX))
        });
        [by_end(0), by_end(1)]
            .into_iter()
            .flatten()
            .chain(along)
            .min()
    }

    /// The same costs over the whole edge; the least of the ramps at a place is its cost.
    pub(super) fn ramps<'s>(
        &self,
        edge: EdgeId,
        labels: [Option<Cost>; 2],
        stations: impl Iterator<Item = &'s OnEdge>,
    ) -> Vec<Ramp> {
        let along = self.impedance.cost(edge, Direction::Forward).map(f64::from);
        let against = self
            .impedance
            .cost(edge, Direction::Backward)
            .map(f64::from);
        // Towards larger and towards smaller fractions, as seen from the station's side.
        let (up, down) = match self.heading {
            Heading::ToStation => (against, along),
            Heading::ToResident => (along, against),
        };
        let Edge { tail, head, .. } = self.network.edge(edge);
        let wait = |node| match self.heading {
            Heading::ToStation => f64::from(self.impedance.wait(node)),
            Heading::ToResident => 0.0,
        };
        let upwards = |from: f64, cost: f64| {
            up.map(|price| Ramp {
                from,
                to: 1.0,
                cost_from: cost,
                cost_to: cost + price * (1.0 - from),
            })
        };
        let downwards = |to: f64, cost: f64| {
            down.map(|price| Ramp {
                from: 0.0,
                to,
                cost_from: cost + price * to,
                cost_to: cost,
            })
        };
        let [at_tail, at_head] = labels.map(|label| label.map(f64::from));
        let mut ramps: Vec<Ramp> = Vec::new();
        ramps.extend(at_tail.and_then(|cost| upwards(0.0, cost + wait(tail))));
        ramps.extend(at_head.and_then(|cost| downwards(1.0, cost + wait(head))));
        for station in stations {
            let leg = f64::from(station.leg);
            ramps.extend(upwards(station.fraction, leg));
            ramps.extend(downwards(station.fraction, leg));
        }
        ramps
    }

    /// Labels every spot with its nearest station at any distance: one sweep from all stations at once.
    pub(super) fn sweep(&self, scratch: &mut Scratch<ToStation>) {
        let seeds = self.snapped.stations().flat_map(|station| {
            let label = ToStation { cost: 0, station };
            self.seeds(station)
                .map(move |(spot, cost)| (spot, label.plus(cost)))
        });
        let endless = ToStation {
            cost: u64::MAX,
            station: StationId(u32::MAX),
        };
        scratch.search(&self.graph, seeds, endless, |_, _| {});
    }

    /// The nearest station of a resident after a [`sweep`](Self::sweep).
    pub(super) fn nearest(&self, snap: &Snap, swept: &Scratch<ToStation>) -> Option<ToStation> {
        let by_door = self
            .resident_doors(snap)
            .filter_map(|(spot, cost)| Some(swept.label(spot)?.plus(cost)));
        let along_edge = on_edge(&self.stations_on_edges, snap.edge)
            .iter()
            .filter_map(|other| {
                let cost = self.along_edge(
                    (snap.fraction, self.leg(snap)),
                    (other.fraction, other.leg),
                    snap.edge,
                )?;
                Some(ToStation {
                    cost,
                    station: StationId(other.who),
                })
            });
        by_door.chain(along_edge).min()
    }
}

/// The run of points on one edge.
fn on_edge(points: &[OnEdge], edge: EdgeId) -> &[OnEdge] {
    let first = points.partition_point(|point| point.edge < edge);
    let count = points[first..].partition_point(|point| point.edge == edge);
    &points[first..first + count]
}

/// The residents that one search reached and at what cost; reset by what was touched.
#[derive(Debug)]
pub(super) struct Reached {
    costs: Vec<Cost>,
    touched: Vec<ResidentId>,
}

impl Reached {
    pub(super) fn new(resident_count: usize) -> Self {
        Self {
            costs: vec![Cost::MAX; resident_count],
            touched: Vec::new(),
        }
    }

    fn start(&mut self) {
        for resident in self.touched.drain(..) {
            self.costs[resident.index()] = Cost::MAX;
        }
    }

    /// Keeps the better cost; `false` when it is beyond the bound.
    fn improve(&mut self, resident: ResidentId, cost: Cost, bound: Cost) -> bool {
        if cost > bound {
            return false;
        }
        let known = &mut self.costs[resident.index()];
        if *known == Cost::MAX {
            self.touched.push(resident);
        }
        *known = cost.min(*known);
        true
    }

    /// The cost of a resident, where reached.
    pub(super) fn cost(&self, resident: ResidentId) -> Option<Cost> {
        Some(self.costs[resident.index()]).filter(|cost| *cost != Cost::MAX)
    }

    /// Puts those reached in ascending order.
    pub(super) fn sort(&mut self) {
        self.touched.sort_unstable();
    }

    /// Those reached.
    pub(super) fn residents(&self) -> &[ResidentId] {
        &self.touched
    }
}
