//! How far searches from stations get: the edges within a cutoff, and the cost of any place on them, whoever stands there.

use super::bounded::Bounded;
use super::core::CoreGraph;
use super::engine::{Engine, STATION_CHUNK};
use super::ramp::Ramp;
use super::walk::{OnEdge, Walk, on_edge};
use crate::collections::join_touching;
use crate::control::{Cancelled, Control, Stage, Steps};
use crate::id::{EdgeId, NodeId, StationId};
use crate::network::Network;
use crate::parallel;
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost, Cutoff};

/// The stations of a city, ready to be searched from for places instead of residents.
#[derive(Debug)]
pub struct Reaches<'a> {
    network: &'a Network,
    snapped: &'a Snapped,
    engine: Engine<'a>,
}

/// Where one search got. It borrows the search's memory, so it is looked at before the next one.
#[derive(Debug)]
pub struct Reach<'r> {
    reaches: &'r Reaches<'r>,
    scratch: &'r Scratch,
}

/// How far a search from all stations at once got.
#[derive(Debug)]
pub(crate) struct FromAny<'r> {
    reaches: &'r Reaches<'r>,
    scratch: Scratch,
}

impl FromAny<'_> {
    /// To be asked about the places on edges.
    #[must_use]
    pub(crate) fn reach(&self) -> Reach<'_> {
        Reach {
            reaches: self.reaches,
            scratch: &self.scratch,
        }
    }
}

/// A worker's memory.
#[derive(Debug)]
pub(crate) struct Scratch {
    there: Bounded,
    back: Option<Bounded>,
    /// Where the search began.
    places: Vec<Snap>,
    /// The same, ascending by edge.
    origins: Vec<OnEdge>,
    edges: Vec<EdgeId>,
    /// Per edge the number of the last search that met it.
    met: Vec<u32>,
    search: u32,
}

impl<'a> Reaches<'a> {
    /// Over an engine, of which the residents do not matter.
    pub(crate) fn from_engine(engine: Engine<'a>) -> Self {
        Self {
            network: engine.network,
            snapped: engine.snapped,
            engine,
        }
    }

    /// Searches from every station up to the cutoff, in parallel and as the steps of `stage`, and keeps what `f` makes of
    /// each search, in the order of stations.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// O(m) per station in the arcs within the cutoff.
    pub fn map_stations<R: Send>(
        &self,
        cutoff: Cutoff,
        control: Control<'_>,
        stage: Stage,
        f: impl Fn(StationId, &Reach<'_>) -> R + Sync + Send,
    ) -> Result<Vec<R>, Cancelled> {
        let steps = Steps::new(control, stage, self.snapped.station_count());
        self.map(
            cutoff,
            &steps,
            self.snapped.station_count(),
            |index, scratch| {
                let station = StationId(index as u32);
                self.search(scratch, self.snapped.station_snaps(station));
                f(station, &self.sorted(scratch))
            },
        )
    }

    /// Searches in the same way from any places, one after the other.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn map_places<R: Send>(
        &self,
        places: &[Snap],
        cutoff: Cutoff,
        control: Control<'_>,
        stage: Stage,
        f: impl Fn(usize, &Reach<'_>) -> R + Sync + Send,
    ) -> Result<Vec<R>, Cancelled> {
        let steps = Steps::new(control, stage, places.len());
        self.map(cutoff, &steps, places.len(), |index, scratch| {
            self.search(scratch, std::iter::once(&places[index]));
            f(index, &self.sorted(scratch))
        })
    }

    fn map<R: Send>(
        &self,
        cutoff: Cutoff,
        steps: &Steps<'_>,
        count: usize,
        search: impl Fn(usize, &mut Scratch) -> R + Sync + Send,
    ) -> Result<Vec<R>, Cancelled> {
        let results = parallel::map_with(
            count,
            STATION_CHUNK,
            || self.scratch(cutoff.cost()),
            |scratch, index| {
                steps.step()?;
                Ok(search(index, scratch))
            },
        );
        results.into_iter().collect()
    }

    /// Searches from all stations at once. There and back, the two ways are then of whichever stations are nearest: no more
    /// than any one station asks.
    #[must_use]
    pub(crate) fn reached_from_any(&self, cutoff: Cutoff) -> FromAny<'_> {
        let mut scratch = self.scratch(cutoff.cost());
        let stations = self.snapped.stations();
        self.search(
            &mut scratch,
            stations.flat_map(|station| self.snapped.station_snaps(station)),
        );
        scratch.edges.sort_unstable();
        FromAny {
            reaches: self,
            scratch,
        }
    }

    /// Where the last search got, its edges ascending.
    fn sorted<'r>(&'r self, scratch: &'r mut Scratch) -> Reach<'r> {
        scratch.edges.sort_unstable();
        Reach {
            reaches: self,
            scratch,
        }
    }

    /// Searches from the entrances of one place over a worker's memory. The edges come in no order.
    #[cfg(feature = "isochrone")]
    pub(crate) fn around<'r>(&'r self, entrances: &[Snap], scratch: &'r mut Scratch) -> Reach<'r> {
        self.search(scratch, entrances.iter());
        Reach {
            reaches: self,
            scratch,
        }
    }

    /// What a trip costs between a snapped place and the ends of its edge, its leg included.
    #[cfg(feature = "isochrone")]
    pub(crate) fn costs_at_ends(&self, snap: &Snap) -> AtEnds {
        AtEnds {
            there: self.engine.there.costs_at_ends(snap),
            back: self
                .engine
                .back
                .as_ref()
                .map(|back| back.costs_at_ends(snap)),
        }
    }

    /// Whether both ways count.
    #[cfg(feature = "isochrone")]
    pub(crate) fn is_round_trip(&self) -> bool {
        self.engine.back.is_some()
    }

    /// A worker's memory for searches up to a bound.
    pub(crate) fn scratch(&self, bound: Cost) -> Scratch {
        let labels = |walk: &Walk<'_>| Bounded::new(walk.graph(), bound);
        Scratch {
            there: labels(&self.engine.there),
            back: self.engine.back.as_ref().map(labels),
            places: Vec::new(),
            origins: Vec::new(),
            edges: Vec::new(),
            met: vec![0; self.network.edge_count()],
            search: 0,
        }
    }

    fn search<'s>(&'s self, scratch: &mut Scratch, places: impl Iterator<Item = &'s Snap>) {
        let Scratch {
            there,
            back,
            places: from,
            origins,
            edges,
            met,
            search,
        } = scratch;
        edges.clear();
        *search += 1;
        let mut meet = |edge: EdgeId| {
            if met[edge.index()] != *search {
                met[edge.index()] = *search;
                edges.push(edge);
            }
        };
        let walk = &self.engine.there;
        from.clear();
        from.extend(places);
        origins.clear();
        origins.extend(from.iter().map(|snap| walk.on_edge(snap, 0)));
        origins.sort_by_key(OnEdge::edge);
        for origin in origins.iter() {
            meet(origin.edge());
        }
        walk.spread(from.iter(), there);
        self.each_met(walk.graph(), there, |junction| {
            for arc in self.network.arcs_at(junction) {
                meet(arc.edge);
            }
        });
        if let (Some(walk), Some(back)) = (&self.engine.back, back) {
            walk.spread(from.iter(), back);
        }
    }

    /// Visits the junctions within the bound of a search, some of them twice.
    fn each_met(&self, graph: &CoreGraph, labels: &Bounded, mut visit: impl FnMut(NodeId)) {
        let mut visit = |node| {
            if let Some((junction, _)) = graph.junction(node) {
                visit(junction);
            }
        };
        let hanging = self.engine.there.hanging();
        for (node, _) in labels.labelled() {
            visit(node);
            if !graph.is_core(node) {
                continue;
            }
            for &outside in hanging.on(node) {
                let label = graph.label(outside, |node| labels.label(node));
                if label.is_some_and(|label| label <= labels.bound()) {
                    visit(outside);
                }
            }
        }
    }
}

/// Costs at the tail and the head of an edge for each way of a trip; [`CLOSED`] where none leads.
#[cfg(feature = "isochrone")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct AtEnds {
    pub(crate) there: [Cost; 2],
    pub(crate) back: Option<[Cost; 2]>,
}

impl<'r> Reach<'r> {
    /// The labels of a met edge's ends: with what a place's ends cost they make up its cost, but for the station's own edge.
    #[cfg(feature = "isochrone")]
    pub(crate) fn labels(&self, edge: EdgeId) -> AtEnds {
        let Engine { there, back, .. } = &self.reaches.engine;
        let back = back.as_ref().zip(self.scratch.back.as_ref());
        AtEnds {
            there: there.labels_at_ends(edge, &self.scratch.there),
            back: back.map(|(walk, labels)| walk.labels_at_ends(edge, labels)),
        }
    }

    /// Whether the search began on an edge.
    #[cfg(feature = "isochrone")]
    pub(crate) fn began_on(&self, edge: EdgeId) -> bool {
        !on_edge(&self.scratch.origins, edge).is_empty()
    }

    /// The edges that were met, ascending: those with a place within the cutoff are among them.
    #[must_use]
    pub fn edges(&self) -> &'r [EdgeId] {
        &self.scratch.edges
    }

    /// One of the edges, to ask about places on it.
    #[must_use]
    pub fn on(&self, edge: EdgeId) -> EdgeReach<'r> {
        let engine = &self.reaches.engine;
        let way = |walk: &'r Walk<'r>, labels| OneWay {
            walk,
            labels: walk.labels_at_ends(edge, labels),
            origins: on_edge(&self.scratch.origins, edge),
        };
        EdgeReach {
            edge,
            there: way(&engine.there, &self.scratch.there),
            back: engine
                .back
                .as_ref()
                .zip(self.scratch.back.as_ref())
                .map(|(walk, labels)| way(walk, labels)),
        }
    }
}

/// The costs between a station and the places on one edge.
#[derive(Debug)]
pub struct EdgeReach<'r> {
    edge: EdgeId,
    there: OneWay<'r>,
    back: Option<OneWay<'r>>,
}

/// One heading of a trip at an edge.
#[derive(Debug)]
struct OneWay<'r> {
    walk: &'r Walk<'r>,
    /// At its tail and its head; [`CLOSED`] where the search did not get.
    labels: [Cost; 2],
    /// Where the search began on the edge.
    origins: &'r [OnEdge],
}

impl EdgeReach<'_> {
    /// The cost of a trip between a place on the edge, a fraction of its length, and the station; the resident's leg is not
    /// in it. `None` where the search did not get.
    #[must_use]
    pub fn cost(&self, fraction: f64) -> Option<Cost> {
        let [there, back] = self.each_way(fraction);
        Some(there?.saturating_add(back?))
    }

    /// The same for the way there and the way back, which costs nothing where only one way counts.
    pub(crate) fn each_way(&self, fraction: f64) -> [Option<Cost>; 2] {
        let back = match &self.back {
            None => Some(0),
            Some(back) => self.one_way(back, fraction),
        };
        [self.one_way(&self.there, fraction), back]
    }

    /// The least cost at either end of the edge and at the stations on it: no place on the edge has a smaller one.
    #[must_use]
    pub(crate) fn least(&self) -> Option<Cost> {
        let least = |way: &OneWay<'_>| {
            let legs = way.origins.iter().map(|origin| origin.leg);
            let least = way.labels.into_iter().chain(legs).min();
            least.filter(|least| *least != CLOSED)
        };
        let back = match &self.back {
            None => 0,
            Some(back) => least(back)?,
        };
        Some(least(&self.there)?.saturating_add(back))
    }

    /// Whether the search began on the edge: a station stands there.
    #[must_use]
    pub(crate) fn has_station(&self) -> bool {
        !self.there.origins.is_empty()
    }

    /// The parts of the edge within a cost, cut exactly where the cost is reached: fractions of its length, ascending,
    /// none touching another.
    #[must_use]
    pub fn within(&self, cost: Cost) -> Vec<(f64, f64)> {
        let ramps = |way: &OneWay<'_>| {
            way.walk
                .ramps(self.edge, known(way.labels), way.origins.iter())
        };
        let there = ramps(&self.there);
        let mut parts: Vec<(f64, f64)> = match &self.back {
            None => there.iter().filter_map(|ramp| ramp.up_to(cost)).collect(),
            Some(back) => {
                let back = ramps(back);
                let pairs = there
                    .iter()
                    .flat_map(|ramp| back.iter().map(move |other| (ramp, other)));
                pairs
                    .filter_map(|(ramp, other)| ramp.plus(*other)?.up_to(cost))
                    .collect()
            }
        };
        parts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        join_touching(&mut parts);
        parts
    }

    /// Whether any part of the edge is within a cost.
    #[must_use]
    pub(crate) fn is_within(&self, cost: Cost) -> bool {
        let within = |ramp: &Ramp| ramp.up_to(cost).is_some();
        let ramps = |way: &OneWay<'_>| {
            way.walk
                .ramps(self.edge, known(way.labels), way.origins.iter())
        };
        match &self.back {
            None => ramps(&self.there).iter().any(within),
            Some(_) => !self.within(cost).is_empty(),
        }
    }

    /// How many ways a trip has, each with the resident's leg: two there and back, else one.
    #[must_use]
    pub(crate) fn ways(&self) -> u32 {
        1 + u32::from(self.back.is_some())
    }

    fn one_way(&self, way: &OneWay<'_>, fraction: f64) -> Option<Cost> {
        way.walk
            .place_cost(self.edge, fraction, known(way.labels), way.origins.iter())
    }
}

fn known(labels: [Cost; 2]) -> [Option<Cost>; 2] {
    labels.map(|label| (label != CLOSED).then_some(label))
}
