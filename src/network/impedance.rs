//! A network seen by one walker: integer costs per edge and direction, waits at nodes, and which edges are usable.

use super::{Direction, Edge, Network, NetworkError};
use crate::id::{EdgeId, NodeId};
use crate::model::{Flow, Profile};
use crate::units::{CLOSED, COST_SCALE, Cost, Unit};

/// Places on an edge that are nearer to each other than this part of it are one place: less than a hundredth of a millimetre
/// on any street, and more than rounding parts two points that stand across from each other.
const SAME_PLACE: f64 = 1e-9;

/// What one walker pays on a network: per edge a cost along and against it ([`CLOSED`] where it may not be walked), per
/// node a wait that is paid on arrival, and a price for straight legs.
///
/// Costs are integers, rounded once per edge, so every sum is exact and the same on any number of threads.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Impedance {
    unit: Unit,
    along: Vec<Cost>,
    against: Vec<Cost>,
    waits: Vec<Cost>,
    leg_cost_per_metre: f64,
}

/// The cost between a place on an edge and the edge's ends, or `None` where that way is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndCosts {
    /// From the place to the edge's tail and head.
    pub to_ends: [Option<Cost>; 2],
    /// From the edge's tail and head to the place.
    pub from_ends: [Option<Cost>; 2],
}

impl Impedance {
    /// Times in milliseconds for a walker: length / speed for the edge's kind and the wait for a lift or ferry, rounded
    /// once per edge and direction; waits at crossings; straight legs at the level speed.
    ///
    /// # Errors
    /// [`NetworkError::CostTooLarge`] when one edge takes longer than 49 days.
    pub fn times(network: &Network, profile: &Profile) -> Result<Self, NetworkError> {
        let price = |edge: &Edge| {
            let kind = edge.passage.kind;
            let seconds_per_metre = profile.seconds_per_metre(kind)?;
            Some((edge.length_m * seconds_per_metre + profile.delay_s(kind)) * COST_SCALE)
        };
        let (along, against) = both_ways(network, price)?;
        let wait = |node: NodeId| {
            network.crossing(node).map_or(0, |crossing| {
                (profile.wait_s(crossing) * COST_SCALE).round() as Cost
            })
        };
        Ok(Self {
            unit: Unit::Milliseconds,
            along,
            against,
            waits: network.nodes().map(wait).collect(),
            leg_cost_per_metre: 3.6 / profile.level_kmh() * COST_SCALE,
        })
    }

    /// Lengths in millimetres: the impedance of metre cutoffs. No waits, and the same ways are closed as for the walker's
    /// times.
    ///
    /// # Errors
    /// [`NetworkError::CostTooLarge`] when one edge is longer than 4,294 km.
    pub fn lengths(network: &Network, profile: &Profile) -> Result<Self, NetworkError> {
        let price = |edge: &Edge| {
            let usable = profile.seconds_per_metre(edge.passage.kind).is_some();
            usable.then_some(edge.length_m * COST_SCALE)
        };
        let (along, against) = both_ways(network, price)?;
        Ok(Self {
            unit: Unit::Millimetres,
            along,
            against,
            waits: vec![0; network.node_count()],
            leg_cost_per_metre: COST_SCALE,
        })
    }

    /// Your own costs: `cost(edge, direction)` for every edge both ways, [`CLOSED`] where it may not be walked. No
    /// waits; straight legs cost `leg_cost_per_metre` a metre.
    pub fn from_costs(
        network: &Network,
        unit: Unit,
        leg_cost_per_metre: f64,
        mut cost: impl FnMut(EdgeId, Direction) -> Cost,
    ) -> Self {
        let along = network
            .edges()
            .map(|(edge, _)| cost(edge, Direction::Forward))
            .collect();
        let against = network
            .edges()
            .map(|(edge, _)| cost(edge, Direction::Backward))
            .collect();
        Self {
            unit,
            along,
            against,
            waits: vec![0; network.node_count()],
            leg_cost_per_metre,
        }
    }

    /// What the costs count.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The cost of an edge in a direction without the wait at its end; `None` where it may not be walked.
    ///
    /// # Panics
    /// When the id is of another network.
    #[must_use]
    pub fn cost(&self, edge: EdgeId, direction: Direction) -> Option<Cost> {
        let cost = match direction {
            Direction::Forward => self.along[edge.index()],
            Direction::Backward => self.against[edge.index()],
        };
        (cost != CLOSED).then_some(cost)
    }

    /// The wait that is paid on arrival at a node.
    #[must_use]
    pub fn wait(&self, node: NodeId) -> Cost {
        self.waits[node.index()]
    }

    /// Whether the edge may be walked in any direction.
    #[must_use]
    pub fn is_usable(&self, edge: EdgeId) -> bool {
        self.along[edge.index()] != CLOSED || self.against[edge.index()] != CLOSED
    }

    /// The cost of a straight leg.
    #[must_use]
    pub fn leg(&self, leg_m: f64) -> Cost {
        (leg_m * self.leg_cost_per_metre).round() as Cost
    }

    /// The price of a metre of straight leg.
    #[must_use]
    pub fn leg_cost_per_metre(&self) -> f64 {
        self.leg_cost_per_metre
    }

    /// The costs between a place on an edge (a fraction of its length from tail to head) and its ends, waits at the ends
    /// included. A place at an end is at that node: going between the two costs nothing in either direction.
    #[must_use]
    pub fn end_costs(&self, network: &Network, edge: EdgeId, fraction: f64) -> EndCosts {
        let Edge { tail, head, .. } = *network.edge(edge);
        let (wait_tail, wait_head) = (self.wait(tail), self.wait(head));
        let along = self
            .cost(edge, Direction::Forward)
            .map(|cost| (part(cost, fraction), cost));
        let against = self
            .cost(edge, Direction::Backward)
            .map(|cost| (part(cost, fraction), cost));
        let at_tail = (fraction <= 0.0).then_some(0);
        let at_head = (fraction >= 1.0).then_some(0);
        EndCosts {
            to_ends: [
                at_tail.or(against.map(|(part, _)| part.saturating_add(wait_tail))),
                at_head.or(along.map(|(part, whole)| (whole - part).saturating_add(wait_head))),
            ],
            from_ends: [
                at_tail.or(along.map(|(part, _)| part)),
                at_head.or(against.map(|(part, whole)| whole - part)),
            ],
        }
    }

    /// The cost of walking straight along one edge between two places on it; `None` where that direction is closed.
    #[must_use]
    pub fn between(&self, edge: EdgeId, from: f64, to: f64) -> Option<Cost> {
        if (from - to).abs() < SAME_PLACE {
            return Some(0);
        }
        let direction = if from < to {
            Direction::Forward
        } else {
            Direction::Backward
        };
        self.cost(edge, direction)
            .map(|cost| part(cost, from).abs_diff(part(cost, to)))
    }

    /// The most metres of straight line that one unit of cost can cover anywhere on the network or a leg, times the
    /// `leg_factor`; `None` where an edge costs nothing and leads somewhere. It bounds how far a cutoff can reach.
    #[must_use]
    pub(crate) fn metres_per_cost(&self, network: &Network, leg_factor: f64) -> Option<f64> {
        let mut fastest = 1.0 / (self.leg_cost_per_metre * leg_factor);
        for (edge, Edge { length_m, .. }) in network.edges() {
            for direction in [Direction::Forward, Direction::Backward] {
                if let Some(cost) = self.cost(edge, direction) {
                    if cost == 0 && *length_m > 0.0 {
                        return None;
                    }
                    fastest = fastest.max(if cost == 0 {
                        0.0
                    } else {
                        length_m / f64::from(cost)
                    });
                }
            }
        }
        fastest.is_finite().then_some(fastest)
    }
}

/// The part of an edge's cost up to a fraction of its length, rounded once.
fn part(cost: Cost, fraction: f64) -> Cost {
    (f64::from(cost) * fraction.clamp(0.0, 1.0)).round() as Cost
}

/// Rounds each edge's price once and closes what has none, and the directions that its flow closes.
fn both_ways(
    network: &Network,
    price: impl Fn(&Edge) -> Option<f64>,
) -> Result<(Vec<Cost>, Vec<Cost>), NetworkError> {
    let mut along = Vec::with_capacity(network.edge_count());
    let mut against = Vec::with_capacity(network.edge_count());
    for (edge, data) in network.edges() {
        let Some(price) = price(data) else {
            along.push(CLOSED);
            against.push(CLOSED);
            continue;
        };
        let cost = price.round();
        if cost >= f64::from(CLOSED) {
            return Err(NetworkError::CostTooLarge {
                edge,
                way: data.way,
            });
        }
        let cost = cost as Cost;
        along.push(if data.passage.flow == Flow::Backward {
            CLOSED
        } else {
            cost
        });
        against.push(if data.passage.flow == Flow::Forward {
            CLOSED
        } else {
            cost
        });
    }
    Ok((along, against))
}
