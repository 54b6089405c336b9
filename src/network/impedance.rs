//! A network seen by one walker: integer costs per edge and direction, waits at nodes, and which edges are usable.

use super::column::Column;
use super::packed::CrossingByte;
use super::slopes::{Bends, Knots, SlopeWalk, Sloped};
use super::{Direction, Network, NetworkError};
use crate::id::{EdgeId, NodeId};
use crate::model::{Crossing, Flow, Passage, Profile};
use crate::units::{CLOSED, COST_SCALE, Cost, Unit};

/// Places on an edge that are nearer to each other than this part of it are one place: less than a hundredth of a millimetre
/// on any street, and more than rounding parts two points that stand across from each other.
const SAME_PLACE: f64 = 1e-9;

/// What one walker pays on a network: per edge a cost along and against it ([`CLOSED`] where it may not be walked), per
/// node a wait that is paid on arrival, and a price for straight legs.
///
/// Costs are integers, rounded once per edge, so every sum is exact and the same on any number of threads.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Impedance {
    unit: Unit,
    costs: Costs,
    /// Along the edges whose slope changes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Knots::is_empty"))]
    knots: Knots,
    /// Per node: what decides the wait on arrival there.
    crossings: Column<CrossingByte>,
    /// The wait by crossing.
    waits: [Cost; CrossingByte::COUNT],
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
    /// Times in milliseconds for a walker: length / speed for the edge's kind and slope and the wait for a lift or ferry, rounded
    /// once per edge and direction; waits at crossings; straight legs at the level speed. Where the slope changes along an edge,
    /// time is proportional to length between two places at which heights were sampled.
    ///
    /// # Errors
    /// [`NetworkError::CostTooLarge`] when one edge takes longer than 49 days.
    pub fn times(network: &Network, profile: &Profile) -> Result<Self, NetworkError> {
        let mut slopes = SlopeWalk::new(network, profile.slope());
        let price = |edge: EdgeId, length_m: f64, passage: Passage| {
            let Some(seconds_per_metre) = profile.seconds_per_metre_on(passage) else {
                slopes.skip();
                return None;
            };
            match slopes.next(edge, passage.kind, seconds_per_metre) {
                Sloped::TooSteep => None,
                Sloped::Rising(costs) => Some(costs),
                Sloped::Level => {
                    let delay_s = profile.delay_s(passage.kind);
                    Some([(length_m * seconds_per_metre + delay_s) * COST_SCALE; 2])
                }
            }
        };
        let costs = both_ways(network, price)?;
        let wait = |crossing| (profile.wait_s(crossing) * COST_SCALE).round() as Cost;
        let mut waits = NO_WAITS;
        for crossing in [Crossing::Signal, Crossing::Marked] {
            waits[CrossingByte::new(Some(crossing)).index()] = wait(crossing);
        }
        Ok(Self {
            unit: Unit::Milliseconds,
            costs,
            knots: slopes.finish(),
            crossings: network.crossings.clone(),
            waits,
            leg_cost_per_metre: 3.6 / profile.level_kmh() * COST_SCALE,
        })
    }

    /// Lengths in millimetres: the impedance of metre cutoffs. No waits, and the same ways are closed as for the walker's
    /// times.
    ///
    /// # Errors
    /// [`NetworkError::CostTooLarge`] when one edge is longer than 4,294 km.
    pub fn lengths(network: &Network, profile: &Profile) -> Result<Self, NetworkError> {
        let mut slopes = SlopeWalk::new(network, profile.slope());
        let price = |edge, length_m: f64, passage: Passage| {
            let seconds_per_metre = profile.seconds_per_metre_on(passage)?;
            match slopes.next(edge, passage.kind, seconds_per_metre) {
                Sloped::TooSteep => None,
                Sloped::Level | Sloped::Rising(_) => Some([length_m * COST_SCALE; 2]),
            }
        };
        Ok(Self {
            unit: Unit::Millimetres,
            costs: both_ways(network, price)?,
            knots: Knots::default(),
            crossings: network.crossings.clone(),
            waits: NO_WAITS,
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
        let costs = |direction| {
            let edges = network.edge_ids();
            edges.map(|edge| cost(edge, direction)).collect()
        };
        let [along, against] = [Direction::Forward, Direction::Backward].map(costs);
        Self {
            unit,
            costs: Costs::new(along, against),
            knots: Knots::default(),
            crossings: network.crossings.clone(),
            waits: NO_WAITS,
            leg_cost_per_metre,
        }
    }

    /// Lengths in millimetres of every way that another impedance leaves open, as it lies on the ground.
    pub(crate) fn lengths_where_open(network: &Network, open: &Self) -> Self {
        Self::from_costs(network, Unit::Millimetres, COST_SCALE, |edge, direction| {
            let length = (network.edge_length_m(edge) * COST_SCALE).round();
            // One that is longer than a cost can say is no street.
            let is_open = open.cost(edge, direction).is_some() && length < f64::from(CLOSED);
            if is_open { length as Cost } else { CLOSED }
        })
    }

    /// For how many edges it is.
    pub(crate) fn edge_count(&self) -> usize {
        self.costs.along.len()
    }

    /// Closes an edge both ways.
    ///
    /// # Panics
    /// When the id is of another network.
    pub fn close(&mut self, edge: EdgeId) {
        self.replace_costs(edge, [CLOSED; 2]);
    }

    /// Puts other costs in the place of an edge's, along and against it; answers those that stood there.
    pub(crate) fn replace_costs(&mut self, edge: EdgeId, costs: [Cost; 2]) -> [Cost; 2] {
        self.costs.replace(edge, costs)
    }

    /// The bytes of its arrays in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        // Its crossings are the network's.
        self.costs.bytes() + self.knots.bytes()
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
            Direction::Forward => self.costs.along[edge.index()],
            Direction::Backward => self.costs.against(edge),
        };
        (cost != CLOSED).then_some(cost)
    }

    /// The wait that is paid on arrival at a node.
    #[must_use]
    pub fn wait(&self, node: NodeId) -> Cost {
        self.waits[self.crossings[node.index()].index()]
    }

    /// Whether the edge may be walked in any direction.
    #[must_use]
    pub fn is_usable(&self, edge: EdgeId) -> bool {
        self.costs.along[edge.index()] != CLOSED || self.costs.against(edge) != CLOSED
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
        let [wait_tail, wait_head] = network.ends(edge).map(|node| self.wait(node));
        let along = self
            .cost(edge, Direction::Forward)
            .map(|cost| (self.part(edge, Direction::Forward, cost, fraction), cost));
        let against = self
            .cost(edge, Direction::Backward)
            .map(|cost| (self.part(edge, Direction::Backward, cost, fraction), cost));
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
        let cost = self.cost(edge, direction)?;
        let part = |fraction| self.part(edge, direction, cost, fraction);
        Some(part(from).abs_diff(part(to)))
    }

    /// The cost between an edge's tail and a fraction of its length, walked in a direction in which the whole edge has this cost.
    #[inline]
    fn part(&self, edge: EdgeId, direction: Direction, whole: Cost, fraction: f64) -> Cost {
        match self.knots.of(edge, direction == Direction::Forward) {
            None => part(whole, fraction),
            Some(knots) => Bends::new(knots, whole).part(fraction, part),
        }
    }

    /// How the cost grows along an edge that is open in a direction; `None` where it grows evenly, as without heights it always
    /// does.
    pub(crate) fn bends(&self, edge: EdgeId, direction: Direction) -> Option<Bends<'_>> {
        let whole = self.cost(edge, direction)?;
        let knots = self.knots.of(edge, direction == Direction::Forward)?;
        Some(Bends::new(knots, whole))
    }

    /// The most metres of straight line that one unit of cost can cover anywhere on the network or a leg, times the
    /// `leg_factor`; `None` where an edge costs nothing and leads somewhere. It bounds how far a cutoff can reach.
    #[must_use]
    pub(crate) fn metres_per_cost(&self, network: &Network, leg_factor: f64) -> Option<f64> {
        let mut fastest = 1.0 / (self.leg_cost_per_metre * leg_factor);
        for edge in network.edge_ids() {
            let length_m = network.edge_length_m(edge);
            for direction in [Direction::Forward, Direction::Backward] {
                if let Some(whole) = self.cost(edge, direction) {
                    // Where it is quickest.
                    let (cost, share) = match self.bends(edge, direction) {
                        None => (whole, 1.0),
                        Some(bends) => bends.quickest(),
                    };
                    let length_m = length_m * share;
                    if cost == 0 && length_m > 0.0 {
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
#[inline]
fn part(cost: Cost, fraction: f64) -> Cost {
    let exact = f64::from(cost) * fraction.clamp(0.0, 1.0);
    // As `round` does, which is a call where the processor is not known to have an instruction for it.
    let whole = exact as Cost;
    whole + Cost::from(exact - f64::from(whole) >= 0.5)
}

/// Without a wait at any crossing.
const NO_WAITS: [Cost; CrossingByte::COUNT] = [0; CrossingByte::COUNT];

/// Per edge a cost along and against it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
struct Costs {
    along: Vec<Cost>,
    /// Where no edge costs the same both ways: per edge the cost against it. Else empty.
    against: Vec<Cost>,
    /// A bit per edge: whether it costs something else against it. Empty where `against` is not.
    differs: Vec<u64>,
    /// The edges that do, ascending, each with its cost against it.
    others: Vec<(EdgeId, Cost)>,
}

/// Nearly every edge costs the same both ways. Where more than one in so many does not, a whole array is the shorter.
const FEW: usize = 8;

impl Costs {
    fn new(along: Vec<Cost>, against: Vec<Cost>) -> Self {
        let pairs = along.iter().zip(&against).zip((0..).map(EdgeId));
        let others: Vec<(EdgeId, Cost)> = pairs
            .filter(|((along, against), _)| along != against)
            .map(|((_, against), edge)| (edge, *against))
            .collect();
        if others.len() > along.len() / FEW {
            return Self {
                along,
                against,
                differs: Vec::new(),
                others: Vec::new(),
            };
        }
        let mut differs = vec![0; along.len().div_ceil(64)];
        for (edge, _) in &others {
            differs[edge.index() / 64] |= 1 << (edge.index() % 64);
        }
        Self {
            along,
            against: Vec::new(),
            differs,
            others,
        }
    }

    #[inline]
    fn against(&self, edge: EdgeId) -> Cost {
        let index = edge.index();
        let Some(differs) = self.differs.get(index / 64) else {
            return self.against[index];
        };
        if differs >> (index % 64) & 1 == 0 {
            return self.along[index];
        }
        let position = self.others.binary_search_by_key(&edge, |(other, _)| *other);
        position.map_or(CLOSED, |at| self.others[at].1)
    }

    fn replace(&mut self, edge: EdgeId, costs: [Cost; 2]) -> [Cost; 2] {
        let index = edge.index();
        let old = [self.along[index], self.against(edge)];
        let [along, against] = costs;
        self.along[index] = along;
        let Some(differs) = self.differs.get_mut(index / 64) else {
            self.against[index] = against;
            return old;
        };
        *differs &= !(1 << (index % 64));
        let position = self.others.binary_search_by_key(&edge, |(other, _)| *other);
        if let Ok(at) = position {
            self.others.remove(at);
        }
        if along != against {
            *differs |= 1 << (index % 64);
            let (Ok(at) | Err(at)) = position;
            self.others.insert(at, (edge, against));
        }
        old
    }

    fn bytes(&self) -> usize {
        let costs = self.along.capacity() + self.against.capacity();
        costs * size_of::<Cost>()
            + self.differs.capacity() * size_of::<u64>()
            + self.others.capacity() * size_of::<(EdgeId, Cost)>()
    }
}

/// Rounds each edge's prices once and closes what has none, and the directions that its flow closes.
fn both_ways(
    network: &Network,
    mut prices: impl FnMut(EdgeId, f64, Passage) -> Option<[f64; 2]>,
) -> Result<Costs, NetworkError> {
    let columns = network.edge_columns();
    let mut along = Vec::with_capacity(network.edge_count());
    let mut against = Vec::with_capacity(network.edge_count());
    for edge in network.edge_ids() {
        let passage = network.passage(edge);
        let Some(prices) = prices(edge, columns.length_m(edge), passage) else {
            along.push(CLOSED);
            against.push(CLOSED);
            continue;
        };
        let costs = prices.map(f64::round);
        if costs.iter().any(|cost| *cost >= f64::from(CLOSED)) {
            return Err(NetworkError::CostTooLarge {
                edge,
                way: network.edge(edge).way,
            });
        }
        let closed_if = |flow, cost: f64| {
            if passage.flow == flow {
                CLOSED
            } else {
                cost as Cost
            }
        };
        along.push(closed_if(Flow::Backward, costs[0]));
        against.push(closed_if(Flow::Forward, costs[1]));
    }
    Ok(Costs::new(along, against))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_that_are_replaced_read_as_given_and_come_back() {
        let along: Vec<Cost> = (0..100).collect();
        for every in [2, 50] {
            let mut against = along.clone();
            against
                .iter_mut()
                .step_by(every)
                .for_each(|cost| *cost += 7);
            let mut costs = Costs::new(along.clone(), against.clone());
            let read =
                |costs: &Costs, edge: EdgeId| [costs.along[edge.index()], costs.against(edge)];
            for (edge, new) in [
                (0, [9, 9]),
                (1, [CLOSED; 2]),
                (50, [3, CLOSED]),
                (0, [9, 8]),
            ] {
                let edge = EdgeId(edge);
                let before = read(&costs, edge);
                assert_eq!(costs.replace(edge, new), before);
                assert_eq!(read(&costs, edge), new);
                assert_eq!(read(&costs, EdgeId(2))[0], along[2], "others stay");
                costs.replace(edge, before);
            }
            let back = (0..100).map(|edge| costs.against(EdgeId(edge)));
            assert!(back.eq(against), "one in {every}");
        }
    }

    #[test]
    fn costs_come_back_whether_few_or_many_differ() {
        for every in [1, 3, 100, 1000] {
            let along: Vec<Cost> = (0..500).collect();
            let other = |cost: &Cost| cost + if cost.is_multiple_of(every) { 7 } else { 0 };
            let against: Vec<Cost> = along.iter().map(other).collect();
            let costs = Costs::new(along, against.clone());
            let back = (0..500).map(|edge| costs.against(EdgeId(edge)));
            assert!(back.eq(against), "one in {every}");
            assert_eq!(costs.against.is_empty(), every >= 100);
        }
    }
}
