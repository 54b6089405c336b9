//! One way of walking between residents and stations, ready to be searched from the stations: the graph, the residents
//! beside it, and who shares an edge.

use std::sync::Arc;

use super::bounded::Bounded;
use super::core::{CoreGraph, Hanging};
use super::gate_access::fold_row;
use super::queue::{Label, ToStation};
use super::ramp::Ramp;
use super::resident_index::ResidentIndex;
use super::search_index::{Heading, SearchIndex, costs_at_ends_of};
use crate::id::{EdgeId, ResidentId, StationId};
use crate::network::{Direction, Edge, Impedance, Network};
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// A point on an edge, ready to be met by another point on the same edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnEdge {
    edge: EdgeId,
    fraction: f64,
    pub(super) leg: Cost,
    /// A station's index.
    pub(super) who: u32,
}

impl OnEdge {
    pub(super) fn edge(&self) -> EdgeId {
        self.edge
    }
}

/// Everything that a search from a station needs, for one heading.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    network: &'a Network,
    impedance: &'a Impedance,
    snapped: &'a Snapped,
    search_index: Arc<SearchIndex>,
    /// Ascending by edge.
    stations_on_edges: Vec<OnEdge>,
}

/// A worker's memory for one heading.
#[derive(Debug)]
pub(super) struct Scratch {
    pub(super) labels: Bounded,
    /// Where the last search began.
    seeds: Vec<(u32, Cost)>,
    /// The edges beside the station, which lie outside the core or hold the station itself.
    own_edges: Vec<EdgeId>,
    /// Per run of homes the last search in which it was on one of these.
    own_in: Vec<u32>,
    search: u32,
    /// Whether a resident on one of the own edges is beyond the bound.
    own_beyond: bool,
}

impl<'a> Walk<'a> {
    /// Over what was prepared before, of the same network, impedance and residents.
    pub(super) fn new(
        search_index: Arc<SearchIndex>,
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
    ) -> Self {
        let mut walk = Self::without_stations(search_index, network, impedance, snapped);
        let entrances = snapped.stations().flat_map(|station| {
            let snaps = snapped.station_snaps(station);
            snaps.map(move |snap| (station, snap))
        });
        let entrances = entrances.map(|(station, snap)| walk.on_edge(snap, station.0));
        let mut stations_on_edges: Vec<OnEdge> = entrances.collect();
        stations_on_edges.sort_by_key(|point| point.edge);
        walk.stations_on_edges = stations_on_edges;
        walk
    }

    /// The same for who knows the stations.
    pub(super) fn without_stations(
        search_index: Arc<SearchIndex>,
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
    ) -> Self {
        Self {
            network,
            impedance,
            snapped,
            search_index,
            stations_on_edges: Vec::new(),
        }
    }

    /// Memory for searches up to a bound.
    pub(super) fn scratch(&self, bound: Cost) -> Scratch {
        Scratch {
            labels: Bounded::new(&self.search_index.graph, bound),
            seeds: Vec::new(),
            own_edges: Vec::new(),
            own_in: vec![0; self.search_index.homes.run_count()],
            search: 0,
            own_beyond: false,
        }
    }

    /// What it was prepared with.
    pub(super) fn search_index(&self) -> Arc<SearchIndex> {
        Arc::clone(&self.search_index)
    }

    pub(super) fn graph(&self) -> &CoreGraph {
        &self.search_index.graph
    }

    /// What hangs on the core of the graph.
    pub(super) fn hanging(&self) -> &Hanging {
        self.search_index.hanging()
    }

    fn leg(&self, snap: &Snap, leaves: bool) -> Cost {
        let leg_factor = self.snapped.options().leg_factor();
        snap.leg(self.impedance, leg_factor, leaves)
    }

    /// The leg of a resident's snap.
    fn resident_leg(&self, snap: &Snap) -> Cost {
        self.leg(snap, self.search_index.heading == Heading::ToStation)
    }

    /// The leg of a station's.
    fn station_leg(&self, snap: &Snap) -> Cost {
        self.leg(snap, self.search_index.heading == Heading::ToResident)
    }

    /// The nodes where a walk to or from a resident's snap meets a search, with the costs between.
    pub(super) fn resident_accesses(&self, snap: &Snap) -> impl Iterator<Item = (u32, Cost)> {
        let costs = self.costs_at_ends(snap);
        let Edge { tail, head, .. } = self.network.edge(snap.edge);
        let edge = snap.edge;
        let accesses = [tail, head].into_iter().zip(costs);
        accesses
            .filter(|(_, cost)| *cost != CLOSED)
            .flat_map(move |(node, cost)| {
                let spots = self
                    .search_index
                    .graph
                    .junctions()
                    .ends(self.network, edge, node);
                spots.map(move |spot| (self.search_index.graph.node(spot), cost))
            })
    }

    /// Where a search from one of some places begins: the nodes beside them.
    pub(super) fn seeds<'s>(
        &'s self,
        places: impl Iterator<Item = &'s Snap>,
    ) -> impl Iterator<Item = (u32, Cost)> {
        let away = self.search_index.heading == Heading::ToResident;
        places.flat_map(move |snap| {
            let costs = costs_at_ends_of(
                self.network,
                self.impedance,
                snap,
                self.leg(snap, away),
                away,
            );
            let Edge { tail, head, .. } = self.network.edge(snap.edge);
            let accesses = [tail, head].into_iter().zip(costs);
            accesses
                .filter(|(_, cost)| *cost != CLOSED)
                .filter_map(move |(node, cost)| {
                    let spot =
                        self.search_index
                            .graph
                            .junctions()
                            .near(self.network, snap.edge, node)?;
                    Some((self.search_index.graph.node(spot), cost))
                })
        })
    }

    /// Where a search from a station begins.
    pub(super) fn station_seeds(&self, station: StationId) -> impl Iterator<Item = (u32, Cost)> {
        self.seeds(self.snapped.station_snaps(station))
    }

    /// The first node that a search from a station begins at: stations with near ones are near each other.
    fn first_node(&self, station: StationId) -> Option<u32> {
        self.station_seeds(station).map(|(node, _)| node).min()
    }

    /// Stations along the streets' order, so that one search finds in the cache what the one before has left there.
    pub(super) fn in_order(&self, stations: impl Iterator<Item = StationId>) -> Vec<StationId> {
        let mut order: Vec<(Option<u32>, StationId)> = stations
            .map(|station| (self.first_node(station), station))
            .collect();
        parallel::sort_unstable(&mut order);
        order.into_iter().map(|(_, station)| station).collect()
    }

    /// The cost straight along the edge between a resident and a station on it.
    fn along_edge(&self, resident: (f64, Cost), station: (f64, Cost), edge: EdgeId) -> Option<u64> {
        let cost = match self.search_index.heading {
            Heading::ToStation => self.impedance.between(edge, resident.0, station.0),
            Heading::ToResident => self.impedance.between(edge, station.0, resident.0),
        };
        Some(u64::from(cost?) + u64::from(resident.1) + u64::from(station.1))
    }

    /// Finds every resident within the scratch's bound of some entrances, on this heading: adds them to `row`, each once, in the
    /// order in which the search meets their streets.
    pub(super) fn reach(
        &self,
        entrances: &[Snap],
        scratch: &mut Scratch,
        row: &mut Vec<(ResidentId, Cost)>,
    ) {
        let first = row.len();
        scratch.seeds.clear();
        scratch.seeds.extend(self.seeds(entrances.iter()));
        scratch
            .labels
            .search(&self.search_index.graph, scratch.seeds.iter().copied());
        self.find_own_edges(entrances, scratch);
        self.reach_own(entrances, scratch, row);
        let Scratch {
            labels,
            own_in,
            search,
            ..
        } = scratch;
        let bound = labels.bound();
        let homes = &self.search_index.homes;
        for (node, _) in labels.labelled_among(|node| homes.is_beside(node)) {
            let label = |node| labels.label_or_beyond(node);
            let is_own = |run: u32| own_in[run as usize] == *search;
            homes.visit(node, label, bound, is_own, |resident, cost| {
                if cost <= bound {
                    row.push((resident, cost));
                }
            });
        }
        fold_row(self.snapped, row, first);
    }

    /// Whether the bound of the last search cut anything off: a street that goes on, or a resident.
    pub(super) fn was_cut(&self, scratch: &Scratch) -> bool {
        let labels = &scratch.labels;
        let bound = labels.bound();
        let mut cut = scratch.own_beyond || scratch.seeds.iter().any(|(_, cost)| *cost > bound);
        for (node, cost) in labels.labelled() {
            for arc in self.search_index.graph.records()[node as usize] {
                cut |= arc.cost != CLOSED && cost.saturating_add(arc.cost) > bound;
            }
            if self.search_index.homes.is_beside(node) {
                let label = |node| labels.label_or_beyond(node);
                self.search_index.homes.visit(
                    node,
                    label,
                    bound,
                    |_| false,
                    |_, cost| {
                        cut |= cost != CLOSED && cost > bound;
                    },
                );
            }
        }
        cut
    }

    /// The edges on which residents are met otherwise than from the core: those of the entrances, and those in a pocket or
    /// outside the core that the search began in.
    fn find_own_edges(&self, entrances: &[Snap], scratch: &mut Scratch) {
        let Scratch {
            labels,
            seeds,
            own_edges,
            own_in,
            search,
            ..
        } = scratch;
        own_edges.clear();
        let between_junctions = entrances.iter().filter(|snap| !self.is_at_junction(snap));
        own_edges.extend(between_junctions.map(|snap| snap.edge));
        // From the core nothing leads out of it.
        let begins_outside = seeds
            .iter()
            .any(|(node, _)| !self.search_index.graph.is_core(*node));
        let labelled = begins_outside.then(|| labels.labelled());
        for (node, _) in labelled.into_iter().flatten() {
            if self.search_index.graph.is_core(node) {
                continue;
            }
            if let Some((junction, _)) = self.search_index.graph.junction(node) {
                own_edges.extend(self.network.arcs_at(junction).iter().map(|arc| arc.edge));
            }
        }
        own_edges.sort_unstable();
        own_edges.dedup();
        *search = search.wrapping_add(1);
        if *search == 0 {
            own_in.fill(0);
            *search = 1;
        }
    }

    /// Whether a place is a junction where nobody waits, at the end of an edge that is walked both ways: from there its
    /// residents are met as the search meets them.
    fn is_at_junction(&self, snap: &Snap) -> bool {
        let Edge { tail, head, .. } = self.network.edge(snap.edge);
        let is_at =
            |fraction: f64, node| snap.fraction == fraction && self.impedance.wait(node) == 0;
        let both_ways = [Direction::Forward, Direction::Backward]
            .iter()
            .all(|direction| self.impedance.cost(snap.edge, *direction).is_some());
        both_ways && (is_at(0.0, tail) || is_at(1.0, head))
    }

    fn reach_own(
        &self,
        entrances: &[Snap],
        scratch: &mut Scratch,
        row: &mut Vec<(ResidentId, Cost)>,
    ) {
        let Scratch {
            labels,
            own_edges,
            own_in,
            search,
            own_beyond,
            ..
        } = scratch;
        *own_beyond = false;
        for &edge in own_edges.iter() {
            let Some(run) = self.search_index.homes.run_on(edge) else {
                continue;
            };
            own_in[run as usize] = *search;
            for resident in self.search_index.homes.residents(run) {
                let Some(snap) = self.snapped.home_snap(resident) else {
                    continue;
                };
                match self.cost_to(snap, entrances, |node| labels.label(node)) {
                    Some(cost) if cost <= labels.bound() => row.push((resident, cost)),
                    Some(_) => *own_beyond = true,
                    None => {}
                }
            }
        }
    }

    /// The cost between a resident and some entrances after a search from these.
    pub(super) fn cost_to<L: Label + From<Cost>>(
        &self,
        snap: &Snap,
        entrances: &[Snap],
        known: impl Fn(u32) -> Option<L>,
    ) -> Option<L> {
        let over = self.resident_accesses(snap).filter_map(|(node, cost)| {
            let label = self.search_index.graph.label(node, &known)?;
            Some(label.plus(cost))
        });
        let along = self.along_from(entrances, snap).map(L::from);
        over.chain(along).min()
    }

    /// The costs straight along the edge between a resident and those of some entrances that are on it.
    fn along_from(&self, entrances: &[Snap], snap: &Snap) -> impl Iterator<Item = Cost> {
        let resident = (snap.fraction, self.resident_leg(snap));
        let edge = snap.edge;
        let on_edge = entrances
            .iter()
            .filter(move |entrance| entrance.edge == edge);
        on_edge.filter_map(move |entrance| {
            let cost = self.along_edge(
                resident,
                (entrance.fraction, self.station_leg(entrance)),
                edge,
            )?;
            Some(Cost::try_from(cost).unwrap_or(CLOSED))
        })
    }

    /// Labels everything within a bound of any of some places.
    pub(super) fn spread<'s>(
        &'s self,
        places: impl Iterator<Item = &'s Snap>,
        labels: &mut Bounded,
    ) {
        labels.search(&self.search_index.graph, self.seeds(places));
    }

    /// The labels at an edge's tail and head after a search, as a place on the edge meets them; [`CLOSED`] where the search
    /// did not get.
    pub(super) fn labels_at_ends(&self, edge: EdgeId, labels: &Bounded) -> [Cost; 2] {
        let graph = &self.search_index.graph;
        // Its own label, or by way of its anchors.
        let label = |spot| {
            let node = graph.node(spot);
            let own = labels.label_or_beyond(node);
            graph.reached_from(node).fold(own, |least, (core, cost)| {
                least.min(labels.label_or_beyond(core).saturating_add(cost))
            })
        };
        self.network.ends(edge).map(|junction| {
            let spots = graph.junctions().ends(self.network, edge, junction);
            let least = spots.map(label).min();
            let within = least.filter(|least| *least <= labels.bound());
            within.unwrap_or(CLOSED)
        })
    }

    /// What a walk between a snapped place and the tail and the head of its edge costs, leg included; [`CLOSED`] where none
    /// leads.
    pub(super) fn costs_at_ends(&self, snap: &Snap) -> [Cost; 2] {
        let away = self.search_index.heading == Heading::ToStation;
        costs_at_ends_of(
            self.network,
            self.impedance,
            snap,
            self.leg(snap, away),
            away,
        )
    }

    /// A station's snap as a point on its edge.
    pub(super) fn on_edge(&self, snap: &Snap, who: u32) -> OnEdge {
        OnEdge {
            edge: snap.edge,
            fraction: snap.fraction,
            leg: self.station_leg(snap),
            who,
        }
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
        let costs = match self.search_index.heading {
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
        // Towards larger and towards smaller fractions, as seen from the station's side.
        let (up, down) = match self.search_index.heading {
            Heading::ToStation => (Direction::Backward, Direction::Forward),
            Heading::ToResident => (Direction::Forward, Direction::Backward),
        };
        let price = |direction| self.impedance.cost(edge, direction).map(f64::from);
        let (price_up, price_down) = (price(up), price(down));
        let Edge { tail, head, .. } = self.network.edge(edge);
        let wait = |node| match self.search_index.heading {
            Heading::ToStation => f64::from(self.impedance.wait(node)),
            Heading::ToResident => 0.0,
        };
        let mut ramps: Vec<Ramp> = Vec::new();
        let upwards = |ramps: &mut Vec<Ramp>, from: f64, cost: f64| {
            if let Some(price) = price_up {
                let ramp = Ramp {
                    from,
                    to: 1.0,
                    cost_from: cost,
                    cost_to: cost + price * (1.0 - from),
                };
                ramp.add_to(ramps, self.impedance.bends(edge, up));
            }
        };
        let downwards = |ramps: &mut Vec<Ramp>, to: f64, cost: f64| {
            if let Some(price) = price_down {
                let ramp = Ramp {
                    from: 0.0,
                    to,
                    cost_from: cost + price * to,
                    cost_to: cost,
                };
                ramp.add_to(ramps, self.impedance.bends(edge, down));
            }
        };
        let [at_tail, at_head] = labels.map(|label| label.map(f64::from));
        if let Some(cost) = at_tail {
            upwards(&mut ramps, 0.0, cost + wait(tail));
        }
        if let Some(cost) = at_head {
            downwards(&mut ramps, 1.0, cost + wait(head));
        }
        for station in stations {
            let leg = f64::from(station.leg);
            upwards(&mut ramps, station.fraction, leg);
            downwards(&mut ramps, station.fraction, leg);
        }
        ramps
    }

    /// The nearest station of a resident, after a search at once from all of them of which `known` tells the labels.
    pub(super) fn nearest(
        &self,
        snap: &Snap,
        known: impl Fn(u32) -> Option<ToStation>,
    ) -> Option<ToStation> {
        self.nearest_of(snap, on_edge(&self.stations_on_edges, snap.edge), known)
    }

    /// The same with the entrances on the resident's edge from elsewhere.
    pub(super) fn nearest_of(
        &self,
        snap: &Snap,
        stations: &[OnEdge],
        known: impl Fn(u32) -> Option<ToStation>,
    ) -> Option<ToStation> {
        let by_access = self.resident_accesses(snap).filter_map(|(node, cost)| {
            let label = self.search_index.graph.label(node, &known)?;
            Some(label.plus(cost))
        });
        by_access.chain(self.along_to(stations, snap)).min()
    }

    /// The edges of all stations' entrances, ascending.
    pub(super) fn station_edges(&self) -> impl Iterator<Item = EdgeId> {
        self.stations_on_edges.iter().map(OnEdge::edge)
    }

    /// The edges at a node's junction.
    pub(super) fn edges_at(&self, node: u32) -> impl Iterator<Item = EdgeId> {
        let junction = self.search_index.graph.junction(node).into_iter();
        junction.flat_map(|(junction, _)| self.network.arcs_at(junction).iter().map(|arc| arc.edge))
    }

    /// The residents beside the graph.
    pub(super) fn homes(&self) -> &ResidentIndex {
        &self.search_index.homes
    }

    /// The stations on a resident's own edge, each entrance with the cost straight along it.
    pub(super) fn along_to_stations(&self, snap: &Snap) -> impl Iterator<Item = ToStation> {
        self.along_to(on_edge(&self.stations_on_edges, snap.edge), snap)
    }

    fn along_to(&self, entrances: &[OnEdge], snap: &Snap) -> impl Iterator<Item = ToStation> {
        let resident = (snap.fraction, self.resident_leg(snap));
        let edge = snap.edge;
        entrances.iter().filter_map(move |entrance| {
            let cost = self.along_edge(resident, (entrance.fraction, entrance.leg), edge)?;
            let station = StationId(entrance.who);
            Some(ToStation { cost, station })
        })
    }

    /// Whether an edge may be walked in any direction.
    pub(super) fn is_usable(&self, edge: EdgeId) -> bool {
        self.impedance.is_usable(edge)
    }
}

/// The run of points on one edge.
pub(super) fn on_edge(points: &[OnEdge], edge: EdgeId) -> &[OnEdge] {
    let first = points.partition_point(|point| point.edge < edge);
    let count = points[first..].partition_point(|point| point.edge == edge);
    &points[first..first + count]
}
