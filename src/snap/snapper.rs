//! From points to streets, one by one or all along a curve.

use std::sync::Arc;

use geo_types::Coord;

use super::behind::{Behind, WalledStreets};
use super::gate_access::{GateAccess, GateAccesses, entrances_of};
use super::home_ways::HomeWays;
use super::index::{Nearest, Segment, SegmentIndex, SegmentTree, Stack};
use super::joined::{Entrance, NearStreet, SNAP_CHUNK, Snap, Snapping};
use super::options::SnapOptions;
use super::snapped::Snapped;
use super::walls::{Stand, Walls};
use crate::collections::RankedBits;
use crate::control::{Cancelled, Control, Stage};
use crate::geometry::{HilbertCurve, Location};
use crate::id::EdgeId;
use crate::model::{Resident, Station};
use crate::network::{Impedance, Islands, Network};
use crate::parallel;

/// What a snapper keeps of a network, its islands and its walls. It borrows nothing, so it can be used again as long as these are
/// the same; a clone shares it.
#[derive(Clone, Debug)]
pub(crate) struct SnapIndex {
    tree: Arc<SegmentTree>,
    closed: Arc<RankedBits>,
    walled: Option<Arc<WalledStreets>>,
}

impl SnapIndex {
    /// The same streets with other islands, and without walls.
    pub(crate) fn with_islands(&self, islands: &Islands) -> Self {
        Self {
            tree: Arc::clone(&self.tree),
            closed: Arc::new(islands.closed_pockets()),
            walled: None,
        }
    }
}

/// Snaps points to one walker's usable streets.
#[derive(Debug)]
pub struct Snapper<'a> {
    pub(super) network: &'a Network,
    islands: &'a Islands,
    closed: Arc<RankedBits>,
    pub(super) index: SegmentIndex<'a>,
    /// Where ways may have been closed since they were indexed.
    closed_since: Option<&'a Impedance>,
    pub(super) behind: Option<Behind<'a>>,
    pub(super) options: SnapOptions,
}

impl<'a> Snapper<'a> {
    /// Indexes the usable streets.
    ///
    /// # Complexity
    /// O(n log n) in the segments.
    #[must_use]
    pub(crate) fn new(
        network: &'a Network,
        impedance: &Impedance,
        islands: &'a Islands,
        options: SnapOptions,
    ) -> Self {
        let index = SegmentIndex::new(network, |edge| impedance.is_usable(edge));
        Self {
            network,
            islands,
            closed: Arc::new(islands.closed_pockets()),
            index,
            closed_since: None,
            behind: None,
            options,
        }
    }

    /// Over what another snapper of the same network, islands and walls has kept: nothing is indexed again.
    pub(crate) fn from_index(
        kept: &SnapIndex,
        network: &'a Network,
        islands: &'a Islands,
        walls: Option<&'a Walls>,
        options: SnapOptions,
    ) -> Self {
        let behind = walls.zip(kept.walled.as_ref());
        Self {
            network,
            islands,
            closed: Arc::clone(&kept.closed),
            index: SegmentIndex::from_tree(network, Arc::clone(&kept.tree)),
            closed_since: None,
            behind: behind.map(|(walls, walled)| Behind::new(walls, Arc::clone(walled))),
            options,
        }
    }

    /// The same where ways may have been closed since they were indexed: those that the impedance closes.
    pub(crate) fn without_closed(mut self, impedance: &'a Impedance) -> Self {
        self.closed_since = Some(impedance);
        self
    }

    /// The same where some runs of segments are closed: each the first and one past the last by the positions of their first vertices
    /// among the network's, ascending. Which streets are seen from behind walls, and by which gates these are left, stays as it is:
    /// where [`edges_in_walls`](Self::edges_in_walls) has one of their edges, that has to be found anew.
    pub(crate) fn without_segments(mut self, runs: &'a [[u32; 2]]) -> Self {
        self.index = self.index.without(runs);
        self
    }

    /// The edges that are seen from inside a compound, or joined by a gate; ascending.
    pub(crate) fn edges_in_walls(&self) -> Vec<EdgeId> {
        let behind = self.behind.iter();
        let mut edges: Vec<EdgeId> = behind
            .flat_map(|behind| {
                let inner = behind.streets.inner.iter().flatten();
                let inner = inner.map(|segment| self.network.edge_at_vertex(*segment));
                let gates = behind.streets.snaps.iter().flatten();
                inner.chain(gates.map(|snap| snap.edge))
            })
            .collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// What another snapper of the same network, islands and walls can use again.
    pub(crate) fn kept(&self) -> SnapIndex {
        SnapIndex {
            tree: Arc::clone(self.index.tree()),
            closed: Arc::clone(&self.closed),
            walled: self.behind.as_ref().map(Behind::walled),
        }
    }

    pub(super) fn is_open(&self, edge: EdgeId) -> bool {
        self.closed_since
            .is_none_or(|impedance| impedance.is_usable(edge))
    }

    /// Whether a street may be snapped to.
    pub(super) fn accepts(&self, edge: EdgeId) -> bool {
        self.is_open(edge) && !self.in_island(edge)
    }

    /// The network that it snaps to.
    #[must_use]
    pub(crate) fn network(&self) -> &'a Network {
        self.network
    }

    /// How it snaps.
    #[must_use]
    pub(crate) fn options(&self) -> SnapOptions {
        self.options
    }

    /// Snaps one place; where it is left by gates, by the one with the shortest leg.
    #[must_use]
    pub fn snap(&self, place: Coord<f64>) -> Snapping {
        let mut snappings = [self.snap_with(place, &mut Stack::default())];
        self.leave_by_gates(&mut snappings, |_| Some(place));
        snappings[0]
    }

    /// The entrances of a station that has rows at these places, where they are places: one for each row, and of a row that is
    /// left by gates one for each of them. Rows count from 0.
    pub(crate) fn entrances(&self, rows: &[Option<Coord<f64>>]) -> Vec<Entrance> {
        let mut stack = Stack::default();
        let snappings = rows.iter().map(|place| {
            place.map_or(Snapping::Invalid, |place| self.snap_with(place, &mut stack))
        });
        let mut snappings: Vec<Snapping> = snappings.collect();
        let gates = self.leave_by_gates(&mut snappings, |row| rows[row]);
        entrances_of(&snappings, gates)
    }

    /// Where somebody joins the network who stands at a place, with every gate that it is left by; nowhere without a street.
    pub(crate) fn ways_onto_streets(&self, place: Coord<f64>) -> Vec<Snap> {
        let entrances = self.entrances(&[Some(place)]).into_iter();
        entrances
            .filter_map(|entrance| entrance.snapping.snap().copied())
            .collect()
    }

    /// Snaps people who live at these places, where they are places, and leave their flats by these ways; there are no stations.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn snap_homes(
        &self,
        homes: &[Option<Coord<f64>>],
        ways: &HomeWays,
        control: Control<'_>,
    ) -> Result<Snapped, Cancelled> {
        let (mut residents, mut accesses) = self.snap_all(homes, |place| *place, control)?;
        ways.lead_out(&mut residents, &mut accesses);
        let accesses = GateAccesses::new(accesses, homes.len());
        let snapped = Snapped::from_entrances(residents, &[], &[], self.options);
        Ok(Snapped {
            accesses,
            ways: ways.clone(),
            ..snapped
        })
    }

    /// Snaps every record that has a place; residents leave their flats by these ways.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub(crate) fn snap_points(
        &self,
        stations: &[Station],
        residents: &[Resident],
        ways: &HomeWays,
        control: Control<'_>,
    ) -> Result<Snapped, Cancelled> {
        control.report(Stage::Snap, 0, 1);
        let homes = self.snap_all(residents, Resident::valid_place, control)?;
        let (mut residents, mut accesses) = homes;
        ways.lead_out(&mut residents, &mut accesses);
        let place = |station: &Station| station.place.as_ref().ok().copied();
        let (rows, gates) = self.snap_all(stations, place, control)?;
        let ids: Vec<&str> = stations.iter().map(|station| station.id.as_str()).collect();
        let entrances = entrances_of(&rows, gates);
        let accesses = GateAccesses::new(accesses, residents.len());
        let snapped = Snapped::from_entrances(residents, &ids, &entrances, self.options);
        control.report(Stage::Snap, 1, 1);
        Ok(Snapped {
            accesses,
            ways: ways.clone(),
            ..snapped
        })
    }

    /// The same residents with other stations.
    pub(crate) fn with_stations(
        &self,
        snapped: &Snapped,
        stations: &[Station],
        control: Control<'_>,
    ) -> Result<Snapped, Cancelled> {
        let alone = self.snap_points(stations, &[], &HomeWays::default(), control)?;
        Ok(Snapped {
            residents: snapped.residents.clone(),
            accesses: snapped.accesses.clone(),
            ways: snapped.ways.clone(),
            ..alone
        })
    }

    /// Snaps records along a Hilbert curve, whatever their order: near ones meet the same streets, which are still in the
    /// cache. With the gate accesses of those who leave by gates. Every record looks whether the caller cancelled.
    fn snap_all<T: Sync>(
        &self,
        records: &[T],
        place: impl Fn(&T) -> Option<Coord<f64>> + Sync + Send,
        control: Control<'_>,
    ) -> Result<SnappedRecords, Cancelled> {
        let places = records.iter().filter_map(&place);
        let curve = HilbertCurve::new(places.filter_map(Location::from_degrees));
        let mut order = parallel::map_with(
            records.len(),
            SNAP_CHUNK,
            || (),
            |(), index| {
                let location = place(&records[index]).and_then(Location::from_degrees);
                let position = location.map_or(0, |location| curve.position(location));
                (position, index as u32)
            },
        );
        parallel::sort_unstable(&mut order);
        // Behind walls many streets are tried in vain, and one house has many records.
        let state = || (Stack::default(), None::<(Coord<f64>, Snapping)>);
        let along = parallel::map_with(order.len(), SNAP_CHUNK, state, |(stack, last), at| {
            control.check()?;
            let Some(place) = place(&records[order[at].1 as usize]) else {
                return Ok::<_, Cancelled>(Snapping::Invalid);
            };
            match *last {
                Some((same, snapping)) if same == place => Ok(snapping),
                _ => {
                    let snapping = self.snap_with(place, stack);
                    *last = self.behind.is_some().then_some((place, snapping));
                    Ok(snapping)
                }
            }
        });
        let mut snappings = vec![Snapping::Invalid; records.len()];
        for ((_, index), snapping) in order.into_iter().zip(along) {
            snappings[index as usize] = snapping?;
        }
        control.check()?;
        let accesses = self.leave_by_gates(&mut snappings, |index| place(&records[index]));
        Ok((snappings, accesses))
    }

    pub(super) fn snap_at(&self, nearest: &Nearest) -> Snap {
        self.snap_on(nearest, self.segment_start(nearest.segment))
    }

    pub(super) fn snap_on(&self, nearest: &Nearest, start: SegmentStart) -> Snap {
        Snap::new(start.edge, self.fraction(nearest, start), nearest.metres)
    }

    /// What [`Islands::contains`] says, at every street that is tried.
    fn in_island(&self, edge: EdgeId) -> bool {
        self.islands
            .contains_among(&self.closed, self.network, edge)
    }

    fn snap_near(&self, place: Coord<f64>, stack: &mut Stack) -> Option<Snap> {
        let Some(behind) = &self.behind else {
            let accept = |edge| self.accepts(edge);
            let max_snap_m = self.options.max_snap_m();
            let nearest = self.index.nearest(place, max_snap_m, stack, accept)?;
            return Some(self.snap_at(&nearest));
        };
        self.snap_behind(behind, &behind.walls.stand(place), stack)
    }

    /// The nearest street that somebody sees from where they stand.
    pub(super) fn snap_behind(
        &self,
        behind: &Behind<'_>,
        place: &Stand,
        stack: &mut Stack,
    ) -> Option<Snap> {
        let is_seen = |street| behind.walls.is_seen(place, street);
        let Some(streets) = behind.streets_around(place) else {
            return self.snap_where(place.at, stack, is_seen);
        };
        let max_snap_m = self.options.max_snap_m();
        let nearest = self
            .index
            .nearest_among(streets, place.at, max_snap_m, is_seen)?;
        Some(self.snap_at(&nearest))
    }

    /// The nearest street that no wall hides, also where it begins in a wall.
    pub(super) fn snap_in_sight(&self, place: Coord<f64>, stack: &mut Stack) -> Option<Snap> {
        let walls = self.behind.as_ref().map(|behind| behind.walls);
        let is_hidden = |street| walls.is_some_and(|walls| walls.parts(place, street));
        self.snap_where(place, stack, |street| !is_hidden(street))
    }

    fn snap_where(
        &self,
        place: Coord<f64>,
        stack: &mut Stack,
        is_open: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Snap> {
        let max_snap_m = self.options.max_snap_m();
        let accept = |edge| self.accepts(edge);
        let nearest = self
            .index
            .nearest_seen(place, max_snap_m, stack, accept, is_open)?;
        Some(self.snap_at(&nearest))
    }

    pub(super) fn snap_with(&self, place: Coord<f64>, stack: &mut Stack) -> Snapping {
        if let Some(snap) = self.snap_near(place, stack) {
            return Snapping::On(snap);
        }
        let nearest = self
            .index
            .nearest(place, f64::MAX.sqrt() / 2.0, stack, |edge| {
                self.is_open(edge)
            });
        Snapping::OffNetwork(nearest.map(|near| {
            let edge = self.network.edge_at_vertex(near.segment);
            let is_near = near.metres <= self.options.max_snap_m();
            let in_island = is_near && self.in_island(edge);
            NearStreet {
                edge,
                metres: near.metres,
                in_island,
                behind_wall: is_near && !in_island,
            }
        }))
    }

    pub(super) fn segment_start(&self, segment: Segment) -> SegmentStart {
        let edge = self.network.edge_at_vertex(segment);
        let vertex = (segment - self.network.first_vertex(edge)) as usize;
        let mut lengths = self.network.segment_lengths(edge);
        SegmentStart {
            edge,
            is_first: vertex == 0,
            is_last: vertex + 2 == self.network.shape(edge).len(),
            before_m: lengths.by_ref().take(vertex).sum(),
            length_m: lengths.next().unwrap_or(0.0),
        }
    }

    /// A place on a segment as a fraction of its edge's length; exactly 0 or 1 at the ends.
    fn fraction(&self, nearest: &Nearest, start: SegmentStart) -> f64 {
        if start.is_first && nearest.along == 0.0 {
            return 0.0;
        }
        if start.is_last && nearest.along == 1.0 {
            return 1.0;
        }
        let metres = start.before_m + start.length_m * nearest.along;
        let length_m = self.network.edge(start.edge).length_m;
        if length_m > 0.0 {
            (metres / length_m).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// The bytes of its index in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.index.bytes()
    }
}

/// Records on the streets, and by record the gate accesses of those that are left by gates.
type SnappedRecords = (Vec<Snapping>, Vec<(u32, Vec<GateAccess>)>);

/// Where a segment stands on its edge, along the ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct SegmentStart {
    edge: EdgeId,
    is_first: bool,
    is_last: bool,
    /// The metres from the edge's tail to the segment.
    before_m: f64,
    /// The segment's own.
    length_m: f64,
}
