//! One walk, step by step: what `explain` shows.

use geo_types::Coord;

use super::graph::{SearchGraph, Searched, Side, Spot};
use super::queue::Scratch;
use super::search_index::costs_at_ends_of;
use crate::id::{EdgeId, NodeId};
use crate::model::Access;
use crate::network::{Direction, Impedance, Network};
use crate::snap::Snap;
use crate::units::{CLOSED, Cost};

/// A stretch of one edge on a route.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RouteStep {
    /// The edge.
    pub edge: EdgeId,
    /// Where the stretch begins, as a fraction of the edge's length from its tail.
    pub from: f64,
    /// Where it ends; smaller than `from` when walked against the edge.
    pub to: f64,
    /// What it costs, the wait at its end included.
    pub cost: Cost,
}

/// The cheapest walk from one of some origins to one of some destinations.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Route {
    /// Which origin, by its position in the list.
    pub origin: usize,
    /// Which destination, by its position in the list.
    pub destination: usize,
    /// The origin's straight leg, and before it the way down inside its building.
    pub origin_leg: Cost,
    /// The destination's straight leg, and behind it the way up inside its building.
    pub destination_leg: Cost,
    /// The stretches of street in between, as they are walked.
    pub steps: Vec<RouteStep>,
}

impl Route {
    /// The whole walk's cost, legs included.
    #[must_use]
    pub fn cost(&self) -> u64 {
        let steps: u64 = self.steps.iter().map(|step| u64::from(step.cost)).sum();
        steps + u64::from(self.origin_leg) + u64::from(self.destination_leg)
    }

    /// The walk as a line: both straight legs and the streets between. `origin` and `destination` are the places at its ends,
    /// each with the gate on its way to the street, where it leads through one.
    #[must_use]
    pub fn line(
        &self,
        network: &Network,
        origin: (Coord<f64>, Option<Coord<f64>>),
        destination: (Coord<f64>, Option<Coord<f64>>),
    ) -> Vec<Coord<f64>> {
        let mut line = vec![origin.0];
        line.extend(origin.1);
        for step in &self.steps {
            line.extend(network.places_between(step.edge, step.from, step.to));
        }
        line.extend(destination.1);
        line.push(destination.0);
        line.dedup();
        line
    }

    /// The metres of street that are walked, without the straight legs.
    #[must_use]
    pub(crate) fn street_m(&self, network: &Network) -> f64 {
        let metres =
            |step: &RouteStep| (step.to - step.from).abs() * network.edge(step.edge).length_m;
        self.steps.iter().map(metres).sum()
    }

    /// The metres of street that are walked up and down; `None` where the height of any part is not known.
    #[must_use]
    pub fn climb(&self, network: &Network) -> Option<[f64; 2]> {
        let mut steps = self.steps.iter();
        steps.try_fold([0.0, 0.0], |[up, down], step| {
            let [more_up, more_down] = network.climb(step.edge, step.from, step.to)?;
            Some([up + more_up, down + more_down])
        })
    }

    /// Finds the cheapest walk at any distance; `None` without a path. Equal walks go to the smaller destination.
    ///
    /// # Complexity
    /// One search over the origins' side of the network.
    pub(crate) fn new(
        network: &Network,
        impedance: &Impedance,
        leg_factor: f64,
        origins: &[Snap],
        destinations: &[Snap],
    ) -> Option<Self> {
        let finder = Finder {
            network,
            impedance,
            leg_factor,
            origins,
            destinations,
        };
        finder.route()
    }
}

struct Finder<'a> {
    network: &'a Network,
    impedance: &'a Impedance,
    leg_factor: f64,
    origins: &'a [Snap],
    destinations: &'a [Snap],
}

/// How a walk ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Arrival {
    /// Straight along the edge that it began on.
    Along { origin: usize },
    /// Through a spot beside the destination.
    Through { spot: Spot },
}

/// The labels of a search from the origins, and the order in which spots were settled.
struct Labels {
    graph: SearchGraph,
    scratch: Scratch<u64>,
    rank: Vec<u32>,
}

impl Labels {
    /// The label of a spot that was settled before another, where it was.
    fn earlier(&self, spot: Option<Spot>, than: Spot) -> Option<(Spot, u64)> {
        let spot = spot.filter(|spot| self.rank[spot.index()] < self.rank[than.index()])?;
        Some((spot, self.scratch.label(spot.0)?))
    }
}

impl Finder<'_> {
    fn leg(&self, snap: &Snap, leaves: bool) -> Cost {
        snap.leg(self.impedance, self.leg_factor, leaves)
    }

    fn costs_at_ends(
        &self,
        snap: &Snap,
        away: bool,
    ) -> impl Iterator<Item = (NodeId, Cost)> + use<> {
        let leg = self.leg(snap, away);
        let costs = costs_at_ends_of(self.network, self.impedance, snap, leg, away);
        let edge = self.network.edge(snap.edge);
        let accesses = [edge.tail, edge.head].into_iter().zip(costs);
        accesses.filter(|(_, cost)| *cost != CLOSED)
    }

    /// Where a search from an origin begins.
    fn seeds(&self, graph: &SearchGraph, snap: &Snap) -> impl Iterator<Item = (Spot, u64)> {
        self.costs_at_ends(snap, true)
            .filter_map(move |(node, cost)| {
                let spot = graph.junctions().near(self.network, snap.edge, node)?;
                Some((spot, u64::from(cost)))
            })
    }

    fn route(&self) -> Option<Route> {
        let found = self.search();
        let (_, destination, arrival) = self.arrivals(&found).min()?;
        let mut route = match arrival {
            Arrival::Along { origin } => self.along(origin, destination)?,
            Arrival::Through { spot } => self.through(&found, spot)?,
        };
        let last = self.destinations[destination];
        if let Arrival::Through { spot } = arrival {
            let (node, _) = found.graph.junctions().junction(spot);
            route.steps.extend(self.partial(node, &last, true));
        }
        route.destination = destination;
        route.destination_leg = self.leg(&last, false);
        Some(route)
    }

    fn search(&self) -> Labels {
        let graph = SearchGraph::new(self.network, self.impedance, Searched::FromOrigin);
        let mut scratch = Scratch::new(graph.spot_count(), 0u64);
        let mut rank = vec![u32::MAX; graph.spot_count()];
        let origins = self.origins.iter();
        let seeds = origins.flat_map(|snap| self.seeds(&graph, snap));
        let seeds = seeds.map(|(spot, label)| (spot.0, label));
        let mut settled = 0;
        scratch.search(&graph, seeds, u64::MAX, |spot, _| {
            rank[spot as usize] = settled;
            settled += 1;
        });
        Labels {
            graph,
            scratch,
            rank,
        }
    }

    fn arrivals(&self, found: &Labels) -> impl Iterator<Item = (u64, usize, Arrival)> {
        self.destinations
            .iter()
            .enumerate()
            .flat_map(move |(destination, snap)| {
                let along = self
                    .origins
                    .iter()
                    .enumerate()
                    .filter_map(move |(origin, from)| {
                        if from.edge != snap.edge {
                            return None;
                        }
                        let cost =
                            self.impedance
                                .between(snap.edge, from.fraction, snap.fraction)?;
                        let legs = [self.leg(from, true), self.leg(snap, false)];
                        let cost = u64::from(cost) + legs.map(u64::from).iter().sum::<u64>();
                        Some((cost, destination, Arrival::Along { origin }))
                    });
                let through = self
                    .costs_at_ends(snap, false)
                    .flat_map(move |(node, cost)| {
                        let junctions = found.graph.junctions();
                        let spots = junctions.ends(self.network, snap.edge, node);
                        spots.filter_map(move |spot| {
                            let cost = found.scratch.label(spot.0)? + u64::from(cost);
                            Some((cost, destination, Arrival::Through { spot }))
                        })
                    });
                along.chain(through)
            })
    }

    fn along(&self, origin: usize, destination: usize) -> Option<Route> {
        let (from, to) = (self.origins[origin], self.destinations[destination]);
        let cost = self
            .impedance
            .between(from.edge, from.fraction, to.fraction)?;
        let step = RouteStep {
            edge: from.edge,
            from: from.fraction,
            to: to.fraction,
            cost,
        };
        Some(self.begin(origin, vec![step]))
    }

    fn begin(&self, origin: usize, steps: Vec<RouteStep>) -> Route {
        let origin_leg = self.leg(&self.origins[origin], true);
        Route {
            origin,
            destination: 0,
            origin_leg,
            destination_leg: 0,
            steps,
        }
    }

    /// Walks back from a spot to the origin that its label comes from.
    fn through(&self, found: &Labels, mut spot: Spot) -> Option<Route> {
        let mut steps = Vec::new();
        loop {
            let label = found.scratch.label(spot.0)?;
            let begins = |snap: &Snap| {
                self.seeds(&found.graph, snap)
                    .any(|seed| seed == (spot, label))
            };
            if let Some(origin) = self.origins.iter().position(begins) {
                let (node, _) = found.graph.junctions().junction(spot);
                steps.extend(self.partial(node, &self.origins[origin], false));
                steps.reverse();
                return Some(self.begin(origin, steps));
            }
            spot = if let Some(outside) = gate_into(found, spot, label) {
                outside
            } else {
                let (before, step) = self.step_into(found, spot, label)?;
                steps.push(step);
                before
            };
        }
    }

    /// The last whole edge of the walk to a spot: from one settled earlier whose label and the edge's cost make the
    /// spot's label. Settling order keeps it from turning in circles where edges cost nothing.
    fn step_into(&self, found: &Labels, spot: Spot, label: u64) -> Option<(Spot, RouteStep)> {
        let junctions = found.graph.junctions();
        let (node, side) = junctions.junction(spot);
        self.network.arcs_at(node).iter().find_map(|arc| {
            let is_public = self.network.edge(arc.edge).passage.access == Access::Public;
            if is_public != (side == Side::Public) {
                return None;
            }
            let before = self.network.end(arc.edge, arc.direction);
            let (before, known) = found.earlier(junctions.spot(before, side), spot)?;
            let (from, to) = match arc.direction {
                Direction::Forward => (1.0, 0.0),
                Direction::Backward => (0.0, 1.0),
            };
            let cost = self
                .impedance
                .cost(arc.edge, arc.direction.reversed())?
                .saturating_add(self.impedance.wait(node));
            (known + u64::from(cost) == label).then_some((
                before,
                RouteStep {
                    edge: arc.edge,
                    from,
                    to,
                    cost,
                },
            ))
        })
    }

    /// The stretch between a node and a snap beside it; none where the snap is at the node.
    fn partial(&self, node: NodeId, snap: &Snap, arriving: bool) -> Option<RouteStep> {
        let edge = self.network.edge(snap.edge);
        let costs = self
            .impedance
            .end_costs(self.network, snap.edge, snap.fraction);
        let costs = if arriving {
            costs.from_ends
        } else {
            costs.to_ends
        };
        let ends = [(edge.tail, costs[0], 0.0), (edge.head, costs[1], 1.0)];
        let beside = ends.into_iter().filter(|(end, ..)| *end == node);
        let (cost, end) = beside
            .filter_map(|(_, cost, end)| Some((cost?, end)))
            .min_by_key(|(cost, _)| *cost)?;
        let (from, to) = if arriving {
            (end, snap.fraction)
        } else {
            (snap.fraction, end)
        };
        (from != to).then_some(RouteStep {
            edge: snap.edge,
            from,
            to,
            cost,
        })
    }
}

/// The other side of a gate, where the walk to a spot came through it.
fn gate_into(found: &Labels, spot: Spot, label: u64) -> Option<Spot> {
    let junctions = found.graph.junctions();
    let (node, side) = junctions.junction(spot);
    let other_side = match side {
        Side::Near => return None,
        Side::Public => Side::Near,
        Side::Far => Side::Public,
    };
    let (before, known) = found.earlier(junctions.spot(node, other_side), spot)?;
    (known == label).then_some(before)
}
