//! Everybody's walk to the nearest station while streets and gates are closed, one thing after the other.
//!
//! The walks to the nearest stations make a forest over the junctions. What is closed matters only to the junctions whose own walk
//! goes by it: these and all behind them in the forest are taken back, and found again from the junctions around them and the
//! stations among them. All others keep their walk, which nothing has touched. So a closing costs what hangs on it, however large the
//! city is.
//!
//! The streets are searched as they are, and not contracted: an edge that is closed must not be part of anything else.
//!
//! # Source
//! Repair of shortest paths by what changed: Ramalingam and Reps, *On the computational complexity of dynamic graph problems* (1996).

mod arcs;
mod closed;
mod repair;
mod tree;

pub(crate) use closed::{Closed, Cut};
pub(crate) use repair::ClosingScratch;

use arcs::StreetArcs;
use repair::Repair;
use tree::{Forest, NOWHERE, Seed};

use crate::control::{Cancelled, Control};
use crate::id::{EdgeId, ResidentId, StationId};
use crate::network::{Impedance, Network};
use crate::parallel;
use crate::search::search_index::{Heading, costs_at_ends_of};
use crate::snap::{Snap, Snapped};
use crate::units::{CLOSED, Cost};

/// Residents per parallel task.
const RESIDENT_CHUNK: usize = 1024;

/// Everybody's walk to the nearest station, on one heading.
#[derive(Debug)]
pub(crate) struct ClosingTimes<'a> {
    network: &'a Network,
    impedance: &'a Impedance,
    snapped: &'a Snapped,
    heading: Heading,
    arcs: StreetArcs,
    forest: Forest,
    /// Who lives on an edge, by any of their ways onto the streets: ascending by edge.
    homes: Vec<(EdgeId, ResidentId)>,
    /// The stations' entrances, ascending by edge.
    entrances: Vec<Entrance>,
    /// By resident, while all is open.
    open: Vec<Option<u64>>,
}

/// A station's entrance on an edge.
#[derive(Clone, Copy, Debug)]
struct Entrance {
    edge: EdgeId,
    fraction: f64,
    leg: Cost,
    station: StationId,
}

/// Whose walk changes, and what it costs now; `None` where there is none.
pub(crate) type ChangedWalk = (ResidentId, Option<u64>);

impl<'a> ClosingTimes<'a> {
    /// Searches once from all stations while everything is open. Which of both ways of a round trip counts is not known: the trip is
    /// one way, to the station or from it.
    ///
    /// # Complexity
    /// O(n log n) in the junctions, and a look at every resident.
    pub(crate) fn new(
        network: &'a Network,
        impedance: &'a Impedance,
        snapped: &'a Snapped,
        is_to_station: bool,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let heading = if is_to_station {
            Heading::ToStation
        } else {
            Heading::ToResident
        };
        control.check()?;
        let arcs = StreetArcs::new(heading.ways(network, impedance));
        let mut homes: Vec<(EdgeId, ResidentId)> = snapped
            .homes_on_network()
            .map(|(home, snap)| (snap.edge, snapped.owner(home)))
            .collect();
        parallel::sort_unstable(&mut homes);
        let mut times = Self {
            network,
            impedance,
            snapped,
            heading,
            forest: Forest::default(),
            arcs,
            homes,
            entrances: Vec::new(),
            open: Vec::new(),
        };
        let stations = snapped.stations();
        let entrances: Vec<(StationId, &Snap)> = stations
            .flat_map(|station| {
                snapped
                    .station_snaps(station)
                    .map(move |snap| (station, snap))
            })
            .collect();
        let entrance = |(station, snap): &(StationId, &Snap)| times.entrance(*station, snap);
        let mut on_edges: Vec<Entrance> = entrances.iter().map(entrance).collect();
        on_edges.sort_by_key(|entrance| entrance.edge);
        let seeds = entrances.iter();
        let seeds = seeds.flat_map(|(station, snap)| times.seeds(*station, snap, [true; 2]));
        let seeds = seeds.collect();
        times.entrances = on_edges;
        times.forest = Forest::new(&times.arcs, seeds, control)?;
        times.find_open(control)?;
        Ok(times)
    }

    fn find_open(&mut self, control: Control<'_>) -> Result<(), Cancelled> {
        let nothing = Closed::default();
        let found = parallel::map_with(
            self.snapped.residents().len(),
            RESIDENT_CHUNK,
            || (),
            |(), resident| {
                control.check()?;
                let cost = |spot: u32| self.forest.costs[spot as usize];
                Ok(self.cost(ResidentId::new(resident), &nothing, &[], cost))
            },
        );
        self.open = found.into_iter().collect::<Result<_, Cancelled>>()?;
        Ok(())
    }

    /// What everybody's walk to the nearest station costs while all is open.
    pub(crate) fn open(&self) -> &[Option<u64>] {
        &self.open
    }

    /// Who lives on an edge, by any of their ways onto the streets.
    pub(crate) fn residents_on(&self, edge: EdgeId) -> impl Iterator<Item = ResidentId> {
        let first = self.homes.partition_point(|(known, _)| *known < edge);
        let homes = self.homes[first..].iter();
        let homes = homes.take_while(move |(known, _)| *known == edge);
        homes.map(|(_, resident)| *resident)
    }

    /// The stations with an entrance on an edge.
    pub(crate) fn stations_on(&self, edge: EdgeId) -> impl Iterator<Item = StationId> {
        self.entrances_on(edge)
            .iter()
            .map(|entrance| entrance.station)
    }

    fn entrances_on(&self, edge: EdgeId) -> &[Entrance] {
        let first = self.entrances.partition_point(|known| known.edge < edge);
        let count = self.entrances[first..].partition_point(|known| known.edge == edge);
        &self.entrances[first..first + count]
    }

    /// Memory for one worker.
    pub(crate) fn scratch(&self) -> ClosingScratch {
        ClosingScratch::new(self.arcs.spot_count())
    }

    /// Whose walk is another one while something is closed, ascending by resident.
    ///
    /// # Complexity
    /// O(m log m) in the arcs at the junctions whose walk goes by what is closed, and in the residents beside these.
    pub(crate) fn close(&self, closed: &Closed, scratch: &mut ClosingScratch) -> Vec<ChangedWalk> {
        let moved: Vec<Entrance> = closed
            .stations
            .iter()
            .flat_map(|(station, snaps)| snaps.iter().map(|snap| self.entrance(*station, snap)))
            .collect();
        let new_seeds: Vec<Seed> = closed
            .stations
            .iter()
            .flat_map(|(station, snaps)| snaps.iter().map(move |snap| (*station, snap)))
            .flat_map(|(station, snap)| {
                let joined = closed.joins_ends(snap.edge, snap.fraction);
                self.seeds(station, snap, joined)
            })
            .collect();
        scratch.run(Repair {
            arcs: &self.arcs,
            forest: &self.forest,
            closed,
            new_seeds: &new_seeds,
        });
        let concerned = self.concerned(closed, &moved, scratch);
        let changed = concerned.into_iter().filter_map(|resident| {
            let cost = |spot| scratch.cost(&self.forest, spot);
            let cost = self.cost(resident, closed, &moved, cost);
            (cost != self.open[resident.index()]).then_some((resident, cost))
        });
        changed.collect()
    }

    /// Whose walk may have changed, ascending.
    fn concerned(
        &self,
        closed: &Closed,
        moved: &[Entrance],
        scratch: &ClosingScratch,
    ) -> Vec<ResidentId> {
        let touched = scratch.touched().iter();
        let beside = touched.flat_map(|spot| self.arcs.edges_at(self.network, *spot));
        let cut = closed.cuts.iter().map(|cut| cut.edge);
        let left = closed.stations.iter();
        let left = left.flat_map(|(station, _)| self.snapped.station_snaps(*station));
        let left = left.map(|snap| snap.edge);
        let come_to = moved.iter().map(|entrance| entrance.edge);
        let mut edges: Vec<EdgeId> = beside.chain(cut).chain(left).chain(come_to).collect();
        edges.sort_unstable();
        edges.dedup();
        let on_edges = edges.into_iter().flat_map(|edge| self.residents_on(edge));
        let moved = closed.residents.iter().map(|(resident, _)| *resident);
        let mut concerned: Vec<ResidentId> = on_edges.chain(moved).collect();
        concerned.sort_unstable();
        concerned.dedup();
        concerned
    }

    /// What a resident's walk to the nearest station costs, by the costs of spots.
    fn cost(
        &self,
        resident: ResidentId,
        closed: &Closed,
        moved: &[Entrance],
        cost: impl Fn(u32) -> u64,
    ) -> Option<u64> {
        let least = |snap: &Snap| self.cost_from(snap, closed, moved, &cost);
        if let Some(snaps) = closed.moved_resident(resident) {
            return snaps.iter().filter_map(least).min();
        }
        let snaps = self.snapped.resident_snaps(resident);
        snaps.filter_map(least).min()
    }

    fn cost_from(
        &self,
        snap: &Snap,
        closed: &Closed,
        moved: &[Entrance],
        cost: &impl Fn(u32) -> u64,
    ) -> Option<u64> {
        let away = self.heading == Heading::ToStation;
        let leg = self.leg(snap, away);
        let costs = costs_at_ends_of(self.network, self.impedance, snap, leg, away);
        let ends = self.network.ends(snap.edge).into_iter();
        let joined = closed.joins_ends(snap.edge, snap.fraction);
        let over = ends.zip(costs).zip(joined);
        let over = over.filter(|((_, own), joined)| *joined && *own != CLOSED);
        let over = over.flat_map(|((node, own), _)| {
            let spots = self.arcs.junctions.ends(self.network, snap.edge, node);
            spots.map(move |spot| cost(spot.0).saturating_add(u64::from(own)))
        });
        let is_here = |entrance: &&Entrance| {
            entrance.edge == snap.edge && closed.joins(snap.edge, snap.fraction, entrance.fraction)
        };
        let known = self.entrances_on(snap.edge).iter();
        let known = known.filter(|entrance| closed.moved_station(entrance.station).is_none());
        let along = known.chain(moved).filter(is_here);
        let along = along.filter_map(|entrance| self.along(snap, leg, entrance));
        let least = over.chain(along).min()?;
        (least != NOWHERE).then_some(least)
    }

    /// What it costs straight along the edge to an entrance on it.
    fn along(&self, snap: &Snap, leg: Cost, entrance: &Entrance) -> Option<u64> {
        let (home, station) = (snap.fraction, entrance.fraction);
        let between = match self.heading {
            Heading::ToStation => self.impedance.between(snap.edge, home, station),
            Heading::ToResident => self.impedance.between(snap.edge, station, home),
        };
        Some(u64::from(between?) + u64::from(leg) + u64::from(entrance.leg))
    }

    fn leg(&self, snap: &Snap, leaves: bool) -> Cost {
        let leg_factor = self.snapped.options().leg_factor();
        snap.leg(self.impedance, leg_factor, leaves)
    }

    fn entrance(&self, station: StationId, snap: &Snap) -> Entrance {
        Entrance {
            edge: snap.edge,
            fraction: snap.fraction,
            leg: self.leg(snap, self.heading == Heading::ToResident),
            station,
        }
    }

    /// Where walks from a station's entrance come to junctions; `joined` tells whether it is joined to its edge's tail and head.
    fn seeds(&self, station: StationId, snap: &Snap, joined: [bool; 2]) -> Vec<Seed> {
        let away = self.heading == Heading::ToResident;
        let leg = self.leg(snap, away);
        let costs = costs_at_ends_of(self.network, self.impedance, snap, leg, away);
        let ends = self.network.ends(snap.edge).into_iter().zip(costs);
        let ends = ends.zip(joined).zip([false, true]);
        let open = ends.filter(|(((_, cost), joined), _)| *joined && *cost != CLOSED);
        let seeds = open.filter_map(|(((node, cost), _), at_head)| {
            let near = self.arcs.junctions.near(self.network, snap.edge, node)?;
            Some(Seed {
                spot: near.0,
                cost,
                station,
                edge: snap.edge,
                fraction: snap.fraction,
                at_head,
            })
        });
        seeds.collect()
    }
}
