//! Who lives near whom on foot: groups of places that are linked by short walks.

use super::graph::SearchGraph;
use super::queue::{Label, Scratch};
use crate::id::{EdgeId, NodeId};
use crate::network::{Edge, Network, Stretch, Union};
use crate::snap::Snap;
use crate::units::Cost;

/// Places on a network, and the part of it that links them. Walks count both ways alike.
#[derive(Debug)]
pub struct Neighbours<'a, P> {
    network: &'a Network,
    places: &'a [Snap],
    /// What an edge costs; none where it links nobody.
    price: P,
    /// Per node whether walks may pass.
    is_open: &'a [bool],
    graph: SearchGraph,
    /// The places by edge and along it.
    in_order: Vec<u32>,
    /// Of the searches from single places, one after the other.
    scratch: Scratch<Cost>,
}

/// Groups of places: each is within a link of another of its group, and of none of another group.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// The group of every place: the smallest place in it.
    pub of: Vec<u32>,
    /// The streets that link them, each with one of the places that it links.
    pub links: Vec<(u32, Stretch)>,
    /// The open nodes within a link of a place, ascending, each with the nearest.
    pub nodes: Vec<(NodeId, u32)>,
}

/// A cost from the nearest place; of equally near ones the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FromPlace {
    cost: u64,
    place: u32,
}

impl Label for FromPlace {
    fn plus(self, cost: Cost) -> Self {
        Self {
            cost: self.cost + u64::from(cost),
            ..self
        }
    }
}

impl<'a, P: Fn(EdgeId) -> Option<Cost>> Neighbours<'a, P> {
    /// Places, and which edges and nodes link them.
    pub fn new(network: &'a Network, places: &'a [Snap], price: P, is_open: &'a [bool]) -> Self {
        let mut in_order: Vec<u32> = (0..places.len() as u32).collect();
        in_order.sort_by(|a, b| {
            let (one, other) = (&places[*a as usize], &places[*b as usize]);
            let by_place = one.edge.cmp(&other.edge);
            by_place.then(one.fraction.total_cmp(&other.fraction))
        });
        let graph = SearchGraph::undirected(network, &price, is_open);
        Self {
            network,
            places,
            price,
            is_open,
            scratch: Scratch::new(graph.spot_count(), 0),
            graph,
            in_order,
        }
    }

    /// The places on an edge, along it.
    fn on(&self, edge: EdgeId) -> &[u32] {
        let edge_of = |place: &u32| self.places[*place as usize].edge;
        let first = self.in_order.partition_point(|place| edge_of(place) < edge);
        let count = self.in_order[first..].partition_point(|place| edge_of(place) == edge);
        &self.in_order[first..first + count]
    }

    /// The open ends of a place's edge, with the costs to them.
    fn ends(&self, place: u32) -> impl Iterator<Item = (NodeId, Cost, f64)> {
        let Snap { edge, fraction, .. } = self.places[place as usize];
        let Edge { tail, head, .. } = self.network.edge(edge);
        let price = (self.price)(edge);
        let ends = [(tail, fraction, 0.0), (head, 1.0 - fraction, 1.0)];
        ends.into_iter().filter_map(move |(node, part, end)| {
            let cost = (f64::from(price?) * part).round() as Cost;
            self.is_open[node.index()].then_some((node, cost, end))
        })
    }

    /// Groups the places by links of at most this cost: single linkage along the network.
    ///
    /// # Complexity
    /// One search from all places at once: where the ground of two places meets, they are linked if the walk across is short
    /// enough, which finds the same groups as looking at all pairs.
    #[must_use]
    pub fn groups(&self, link: Cost) -> Groups {
        let mut scratch = Scratch::new(self.graph.spot_count(), FromPlace { cost: 0, place: 0 });
        let places = 0..self.places.len() as u32;
        let seeds = places.clone().flat_map(|place| {
            let label = move |cost| FromPlace { cost, place };
            self.ends(place)
                .map(move |(node, cost, _)| (node.0, label(u64::from(cost))))
        });
        let link = u64::from(link);
        let bound = FromPlace {
            cost: link,
            place: u32::MAX,
        };
        let mut near = Vec::new();
        scratch.search(&self.graph, seeds, bound, |node, label| {
            near.push((NodeId(node), label.place));
        });
        let mut union = Union::new(self.places.len());
        let mut links: Vec<(u32, Stretch)> = Vec::new();
        let mut tie = |one: u32, other: u32, stretch: Stretch| {
            union.join(one, other);
            links.push((one, stretch));
        };
        self.tie_along_edges(link, &mut tie);
        for place in places {
            let Snap { edge, fraction, .. } = self.places[place as usize];
            for (node, cost, end) in self.ends(place) {
                let met = scratch.label(node.0).filter(|met| met.place != place);
                if let Some(met) = met.filter(|met| met.cost + u64::from(cost) <= link) {
                    let (from, to) = (fraction.min(end), fraction.max(end));
                    tie(place, met.place, Stretch { edge, from, to });
                }
            }
        }
        for (edge, Edge { tail, head, .. }) in self.network.edges() {
            let met = [tail, head].map(|node| scratch.label(node.0));
            if let ([Some(one), Some(other)], Some(price)) = (met, (self.price)(edge))
                && one.cost + other.cost + u64::from(price) <= link
            {
                let whole = Stretch {
                    edge,
                    from: 0.0,
                    to: 1.0,
                };
                tie(one.place, other.place, whole);
            }
        }
        near.sort_unstable();
        let of = |place: u32| union.root(place);
        Groups {
            of: (0..self.places.len() as u32).map(of).collect(),
            links,
            nodes: near,
        }
    }

    /// Ties neighbours on one edge.
    fn tie_along_edges(&self, link: u64, tie: &mut impl FnMut(u32, u32, Stretch)) {
        for pair in self.in_order.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|place| &self.places[place as usize]);
            let Some(price) = (self.price)(one.edge).filter(|_| one.edge == other.edge) else {
                continue;
            };
            let stretch = Stretch {
                edge: one.edge,
                from: one.fraction,
                to: other.fraction,
            };
            if f64::from(price) * (stretch.to - stretch.from) <= link as f64 {
                tie(pair[0], pair[1], stretch);
            }
        }
    }

    /// The places within a cost of one, itself among them, ascending.
    pub fn within(&mut self, place: u32, bound: Cost) -> Vec<u32> {
        let ends = self.ends(place).map(|(node, cost, _)| (node.0, cost));
        let seeds: Vec<(u32, Cost)> = ends.collect();
        let mut edges = vec![self.places[place as usize].edge];
        let network = self.network;
        self.scratch.search(&self.graph, seeds, bound, |node, _| {
            let arcs = network.arcs_at(NodeId(node)).iter();
            edges.extend(arcs.map(|arc| arc.edge));
        });
        edges.sort_unstable();
        edges.dedup();
        let is_near = |other: &u32| {
            let by_end = |(node, cost, _): (NodeId, Cost, f64)| {
                let met = self.scratch.label(node.0);
                met.is_some_and(|met| met.saturating_add(cost) <= bound)
            };
            self.on_one_edge(place, *other, bound) || self.ends(*other).any(by_end)
        };
        let near = edges.iter().flat_map(|edge| self.on(*edge));
        let mut near: Vec<u32> = near.copied().filter(is_near).collect();
        near.sort_unstable();
        near
    }

    fn on_one_edge(&self, one: u32, other: u32, bound: Cost) -> bool {
        let [one_at, other_at] = [one, other].map(|place| &self.places[place as usize]);
        let metres = |price: Cost| f64::from(price) * (one_at.fraction - other_at.fraction).abs();
        let price = (self.price)(one_at.edge).filter(|_| one_at.edge == other_at.edge);
        one == other || price.is_some_and(|price| metres(price) <= f64::from(bound))
    }
}
