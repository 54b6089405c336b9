//! One walk, step by step: what `explain` shows.

use super::graph::{SearchGraph, Searched};
use super::queue::Scratch;
use super::walk::door_costs;
use crate::id::{EdgeId, NodeId};
use crate::network::{Direction, Impedance, Network};
use crate::snap::Snap;
use crate::units::Cost;

/// A stretch of one edge on a route.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Route {
    /// Which origin, by its position in the list.
    pub origin: usize,
    /// Which destination, by its position in the list.
    pub destination: usize,
    /// The origin's straight leg.
    pub origin_leg: Cost,
    /// The destination's straight leg.
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

    /// Finds the cheapest walk at any distance; `None` without a path. Equal walks go to the smaller destination.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::id::EdgeId;
    /// use pedshed::model::{Flow, Profile, WayKind};
    /// use pedshed::network::{Impedance, Network};
    /// use pedshed::search::Route;
    /// use pedshed::snap::Snap;
    /// let ends = [9.50, 9.51, 9.52].map(|x| coord! { x: x, y: 47.1 });
    /// let street = |a, b| (a, b, WayKind::Street, Flow::Both);
    /// let network = Network::from_edges(&ends, &[street(0, 1), street(1, 2)])?;
    /// let impedance = Impedance::times(&network, &Profile::plain())?;
    /// let at = |edge, fraction| Snap { edge: EdgeId(edge), fraction, leg_m: 10.0 };
    /// let route = Route::find(&network, &impedance, 1.0, &[at(0, 0.5)], &[at(1, 0.5)]).expect("a path");
    /// // Two halves of 759 m and two legs of 10 m at 0.75 s a metre.
    /// assert_eq!(route.steps.len(), 2);
    /// assert_eq!(route.cost() / 1000, 584);
    /// # Ok::<(), pedshed::network::NetworkError>(())
    /// ```
    ///
    /// # Complexity
    /// One search over the origins' side of the network.
    #[must_use]
    pub fn find(
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
    /// Through a node beside the destination.
    Through { node: NodeId },
}

/// The labels of a search from the origins, and the order in which nodes were settled.
struct Labels {
    scratch: Scratch<u64>,
    rank: Vec<u32>,
}

impl Finder<'_> {
    fn leg(&self, snap: &Snap) -> Cost {
        self.impedance.leg(snap.leg_m * self.leg_factor)
    }

    fn doors(&self, snap: &Snap, away: bool) -> impl Iterator<Item = (NodeId, Cost)> + use<> {
        door_costs(self.network, self.impedance, snap, self.leg(snap), away)
    }

    fn route(&self) -> Option<Route> {
        let found = self.search();
        let (_, destination, arrival) = self.arrivals(&found).min()?;
        let mut route = match arrival {
            Arrival::Along { origin } => self.along(origin, destination)?,
            Arrival::Through { node } => self.through(&found, node)?,
        };
        let last = self.destinations[destination];
        if let Arrival::Through { node } = arrival {
            route.steps.extend(self.partial(node, &last, true));
        }
        route.destination = destination;
        route.destination_leg = self.leg(&last);
        Some(route)
    }

    fn search(&self) -> Labels {
        let graph = SearchGraph::new(self.network, self.impedance, Searched::FromOrigin);
        let mut scratch = Scratch::new(self.network.node_count(), 0u64);
        let mut rank = vec![u32::MAX; self.network.node_count()];
        let seeds = self.origins.iter().flat_map(|snap| self.doors(snap, true));
        let seeds = seeds.map(|(node, cost)| (node, u64::from(cost)));
        let mut settled = 0;
        scratch.search(&graph, seeds, u64::MAX, |node, _| {
            rank[node.index()] = settled;
            settled += 1;
        });
        Labels { scratch, rank }
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
                        let cost =
                            u64::from(cost) + u64::from(self.leg(from)) + u64::from(self.leg(snap));
                        Some((cost, destination, Arrival::Along { origin }))
                    });
                let through = self.doors(snap, false).filter_map(move |(node, cost)| {
                    let label = found.scratch.label(node)?;
                    Some((
                        label + u64::from(cost),
                        destination,
                        Arrival::Through { node },
                    ))
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
        let origin_leg = self.leg(&self.origins[origin]);
        Route {
            origin,
            destination: 0,
            origin_leg,
            destination_leg: 0,
            steps,
        }
    }

    /// Walks back from a node to the origin that its label comes from.
    fn through(&self, found: &Labels, mut node: NodeId) -> Option<Route> {
        let mut steps = Vec::new();
        loop {
            let label = found.scratch.label(node)?;
            let begins = |snap: &Snap| {
                self.doors(snap, true)
                    .any(|(at, cost)| at == node && u64::from(cost) == label)
            };
            if let Some(origin) = self.origins.iter().position(begins) {
                steps.extend(self.partial(node, &self.origins[origin], false));
                steps.reverse();
                return Some(self.begin(origin, steps));
            }
            let (before, step) = self.step_into(found, node, label)?;
            steps.push(step);
            node = before;
        }
    }

    /// The last whole edge of the walk to a node: from one settled earlier whose label and the edge's cost make the
    /// node's label. Settling order keeps it from turning in circles where edges cost nothing.
    fn step_into(&self, found: &Labels, node: NodeId, label: u64) -> Option<(NodeId, RouteStep)> {
        self.network.arcs_at(node).iter().find_map(|arc| {
            let before = self.network.end(arc.edge, arc.direction);
            let earlier = found.rank[before.index()] < found.rank[node.index()];
            let (walked, from, to) = match arc.direction {
                Direction::Forward => (Direction::Backward, 1.0, 0.0),
                Direction::Backward => (Direction::Forward, 0.0, 1.0),
            };
            let cost = self
                .impedance
                .cost(arc.edge, walked)?
                .saturating_add(self.impedance.wait(node));
            let fits = earlier && found.scratch.label(before)? + u64::from(cost) == label;
            fits.then_some((
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
        let access = self
            .impedance
            .access(self.network, snap.edge, snap.fraction);
        let costs = if arriving {
            access.from_ends
        } else {
            access.to_ends
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
