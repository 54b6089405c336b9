//! Points onto streets: the nearest place on the nearest usable segment, and the straight leg between.

mod boxes;
mod doors;
mod edit;
mod grid;
mod index;
mod on_grid;
mod shift;
mod stations;
mod walls;

pub use grid::Grid;
pub use shift::Shift;
pub use stations::StationTree;
pub use walls::{Door, WallGate, Walls};

use std::collections::HashMap;
use std::sync::Arc;

use geo_types::Coord;

use crate::control::{Cancelled, Control, Stage};
use crate::geometry::{HilbertCurve, Location};
use crate::id::{EdgeId, GateId, ResidentId, StationId};
use crate::marked::Marked;
use crate::model::{Resident, Station};
use crate::network::{Impedance, Islands, Network};
use crate::parallel;
use doors::Doors;
use index::{Nearest, Segment, SegmentIndex, Stack};
use walls::Behind;

pub(crate) use edit::Resnap;
pub(crate) use index::SegmentTree;

/// Points per parallel task.
const SNAP_CHUNK: usize = 256;

/// How points snap.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SnapOptions {
    /// The longest straight leg in metres, inclusive. Default: 200, two blocks; further off, the street is not the
    /// point's own.
    pub max_snap_m: f64,
    /// How much longer than straight the leg is walked. Default: 1.
    pub leg_factor: f64,
}

impl Default for SnapOptions {
    fn default() -> Self {
        Self {
            max_snap_m: 200.0,
            leg_factor: 1.0,
        }
    }
}

/// Where a point joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Snap {
    /// The edge.
    pub edge: EdgeId,
    /// How far along the edge by length, from tail (0) to head (1).
    pub fraction: f64,
    /// The straight leg between the point and the street, in metres; by a gate, the two straight ways there and on.
    pub leg_m: f64,
}

/// A street that is near a point but not taken.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NearStreet {
    /// Its edge.
    pub edge: EdgeId,
    /// How far it is in metres.
    pub metres: f64,
    /// Whether it is near enough and refused only because it lies in an island.
    pub in_island: bool,
    /// Whether it is near enough and refused only because a wall stands between.
    pub behind_wall: bool,
}

/// What snapping made of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Snapping {
    /// It joins the network here.
    On(Snap),
    /// No usable street within the limit; the nearest usable one at any distance, where there is one.
    OffNetwork(Option<NearStreet>),
    /// The record has no place.
    Invalid,
}

impl Snapping {
    /// The snap, where there is one.
    #[must_use]
    pub fn snap(&self) -> Option<&Snap> {
        match self {
            Snapping::On(snap) => Some(snap),
            _ => None,
        }
    }
}

/// An entrance of a station: one row of the station layer. A row inside a compound that is left by gates makes one for each
/// gate.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entrance {
    /// Its row among the stations read.
    pub row: u32,
    /// Where it joins the network.
    pub snapping: Snapping,
    /// The gate that it is entered by, where a wall parts it from the streets.
    pub gate: Option<GateId>,
}

/// Residents and stations on a network. Rows that share an id are one station, numbered by their first row.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Snapped {
    options: SnapOptions,
    residents: Vec<Snapping>,
    /// Entrances by station: those of station `s` are `entrances[entrance_start[s] .. entrance_start[s + 1]]`.
    entrances: Vec<Entrance>,
    entrance_start: Vec<u32>,
    doors: Doors,
}

impl Snapped {
    /// Snaps every record that has a place to the nearest usable street that is not an island.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn new(
        network: &Network,
        impedance: &Impedance,
        islands: &Islands,
        stations: &[Station],
        residents: &[Resident],
        options: SnapOptions,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let walker = (network, impedance, islands);
        Ok(Self::with_tree(walker, (stations, residents), options, None, control)?.0)
    }

    /// The same, with what another snapper of these streets can use again.
    pub(crate) fn with_tree(
        (network, impedance, islands): (&Network, &Impedance, &Islands),
        (stations, residents): (&[Station], &[Resident]),
        options: SnapOptions,
        walls: Option<&Walls>,
        control: Control<'_>,
    ) -> Result<(Self, Arc<SegmentTree>), Cancelled> {
        control.report(Stage::Snap, 0, 1);
        let snapper = Snapper::new(network, impedance, islands, options);
        let snapper = match walls {
            Some(walls) => snapper.behind(walls),
            None => snapper,
        };
        let snapped = snapper.snap_points(stations, residents, control)?;
        control.report(Stage::Snap, 1, 1);
        Ok((snapped, Arc::clone(snapper.tree())))
    }

    /// From snaps of your own: residents in input order, and station rows whose ids tell which are entrances of one
    /// station.
    ///
    /// # Panics
    /// When there are not as many ids as rows.
    #[must_use]
    pub fn from_snappings(
        residents: Vec<Snapping>,
        station_ids: &[&str],
        station_rows: &[Snapping],
        options: SnapOptions,
    ) -> Self {
        assert_eq!(
            station_ids.len(),
            station_rows.len(),
            "one id for each station row"
        );
        let entrances = doors::entrances(station_rows, Vec::new());
        Self::from_entrances(residents, station_ids, &entrances, options)
    }

    fn from_entrances(
        residents: Vec<Snapping>,
        station_ids: &[&str],
        entrances: &[Entrance],
        options: SnapOptions,
    ) -> Self {
        let mut station_of: HashMap<&str, usize> = HashMap::new();
        let mut by_station: Vec<Vec<Entrance>> = Vec::new();
        for entrance in entrances {
            let id = station_ids[entrance.row as usize];
            let station = *station_of.entry(id).or_insert_with(|| {
                by_station.push(Vec::new());
                by_station.len() - 1
            });
            by_station[station].push(*entrance);
        }
        let mut entrance_start = vec![0];
        entrance_start.extend(by_station.iter().scan(0, |sum, entrances| {
            *sum += entrances.len() as u32;
            Some(*sum)
        }));
        Self {
            options,
            residents,
            entrances: by_station.concat(),
            entrance_start,
            doors: Doors::default(),
        }
    }

    /// The same residents with some of the stations alone: the others keep their numbers, and no entrance of theirs is on
    /// the network.
    #[must_use]
    pub fn with_only(&self, is_asked: impl Fn(StationId) -> bool) -> Self {
        let mut some = self.clone();
        for station in self.stations().filter(|station| !is_asked(*station)) {
            let index = station.index();
            let range =
                self.entrance_start[index] as usize..self.entrance_start[index + 1] as usize;
            for entrance in &mut some.entrances[range] {
                entrance.snapping = Snapping::Invalid;
            }
        }
        some
    }

    /// How they were snapped.
    #[must_use]
    pub fn options(&self) -> SnapOptions {
        self.options
    }

    /// One answer per resident, in input order; of several doors the one with the shortest leg.
    #[must_use]
    pub fn residents(&self) -> &[Snapping] {
        &self.residents
    }

    /// The residents on the network, ascending.
    pub fn residents_on_network(&self) -> impl Iterator<Item = (ResidentId, &Snap)> {
        let snaps = self.residents.iter().zip(0..);
        snaps.filter_map(|(snapping, resident)| Some((ResidentId(resident), snapping.snap()?)))
    }

    /// The number of stations; not of their entrances.
    #[must_use]
    pub fn station_count(&self) -> usize {
        self.entrance_start.len() - 1
    }

    /// Every station, ascending.
    pub fn stations(&self) -> impl ExactSizeIterator<Item = StationId> + use<> {
        (0..self.station_count() as u32).map(StationId)
    }

    /// The entrances of a station, in input order, at least one.
    #[must_use]
    pub fn entrances(&self, station: StationId) -> &[Entrance] {
        let index = station.index();
        &self.entrances
            [self.entrance_start[index] as usize..self.entrance_start[index + 1] as usize]
    }

    /// The station's snaps: of its entrances on the network.
    pub fn station_snaps(&self, station: StationId) -> impl Iterator<Item = &Snap> {
        self.entrances(station)
            .iter()
            .filter_map(|entrance| entrance.snapping.snap())
    }
}

/// Snaps points to one walker's usable streets.
#[derive(Debug)]
pub struct Snapper<'a> {
    network: &'a Network,
    islands: &'a Islands,
    closed: Marked,
    index: SegmentIndex<'a>,
    /// Where ways may have been closed since they were indexed.
    closed_since: Option<&'a Impedance>,
    behind: Option<Behind<'a>>,
    options: SnapOptions,
}

impl<'a> Snapper<'a> {
    /// Indexes the usable streets.
    ///
    /// # Complexity
    /// O(n log n) in the segments.
    #[must_use]
    pub fn new(
        network: &'a Network,
        impedance: &Impedance,
        islands: &'a Islands,
        options: SnapOptions,
    ) -> Self {
        let index = SegmentIndex::new(network, |edge| impedance.is_usable(edge));
        Self {
            network,
            islands,
            closed: islands.closed_pockets(),
            index,
            closed_since: None,
            behind: None,
            options,
        }
    }

    /// Over the tree of another snapper of the same network; where ways have been closed since, with the impedance that
    /// knows them.
    pub(crate) fn over(
        tree: &Arc<SegmentTree>,
        network: &'a Network,
        closed_since: Option<&'a Impedance>,
        islands: &'a Islands,
        options: SnapOptions,
    ) -> Self {
        Self {
            network,
            islands,
            closed: islands.closed_pockets(),
            index: SegmentIndex::over(network, Arc::clone(tree)),
            closed_since,
            behind: None,
            options,
        }
    }

    /// What another snapper can use again.
    pub(crate) fn tree(&self) -> &Arc<SegmentTree> {
        self.index.tree()
    }

    fn is_open(&self, edge: EdgeId) -> bool {
        self.closed_since
            .is_none_or(|impedance| impedance.is_usable(edge))
    }

    /// Whether a street may be snapped to.
    fn accepts(&self, edge: EdgeId) -> bool {
        self.is_open(edge) && !self.in_island(edge)
    }

    /// The network that it snaps to.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// How it snaps.
    #[must_use]
    pub fn options(&self) -> SnapOptions {
        self.options
    }

    /// Snaps one place; where it is left by gates, by the first of its [`doors`](Self::doors).
    #[must_use]
    pub fn snap(&self, place: Coord<f64>) -> Snapping {
        let mut snappings = [self.snap_with(place, &mut Stack::default())];
        self.leave_by_gates(&mut snappings, |_| Some(place));
        snappings[0]
    }

    /// Snaps every record that has a place.
    ///
    /// # Errors
    /// [`Cancelled`].
    pub fn snap_points(
        &self,
        stations: &[Station],
        residents: &[Resident],
        control: Control<'_>,
    ) -> Result<Snapped, Cancelled> {
        control.report(Stage::Snap, 0, 1);
        let (residents, doors) = self.snap_all(residents, Resident::valid_place);
        control.check()?;
        let (rows, gates) = self.snap_all(stations, |station| station.place.as_ref().ok().copied());
        let ids: Vec<&str> = stations.iter().map(|station| station.id.as_str()).collect();
        let entrances = doors::entrances(&rows, gates);
        let doors = Doors::of(doors, residents.len());
        let snapped = Snapped::from_entrances(residents, &ids, &entrances, self.options);
        control.report(Stage::Snap, 1, 1);
        Ok(Snapped { doors, ..snapped })
    }

    /// The same residents with other stations.
    pub(crate) fn with_stations(
        &self,
        snapped: &Snapped,
        stations: &[Station],
        control: Control<'_>,
    ) -> Result<Snapped, Cancelled> {
        let alone = self.snap_points(stations, &[], control)?;
        Ok(Snapped {
            residents: snapped.residents.clone(),
            doors: snapped.doors.clone(),
            ..alone
        })
    }

    /// Snaps records along a Hilbert curve, whatever their order: near ones meet the same streets, which are still in the
    /// cache. With the doors of those who leave by gates.
    fn snap_all<T: Sync>(
        &self,
        records: &[T],
        place: impl Fn(&T) -> Option<Coord<f64>> + Sync + Send,
    ) -> (Vec<Snapping>, Vec<(u32, Vec<Door>)>) {
        let places = records.iter().filter_map(&place);
        let curve = HilbertCurve::over(places.filter_map(Location::from_degrees));
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
            let Some(place) = place(&records[order[at].1 as usize]) else {
                return Snapping::Invalid;
            };
            match *last {
                Some((same, snapping)) if same == place => snapping,
                _ => {
                    let snapping = self.snap_with(place, stack);
                    *last = self.behind.is_some().then_some((place, snapping));
                    snapping
                }
            }
        });
        let mut snappings = vec![Snapping::Invalid; records.len()];
        for ((_, index), snapping) in order.into_iter().zip(along) {
            snappings[index as usize] = snapping;
        }
        let doors = self.leave_by_gates(&mut snappings, |index| place(&records[index]));
        (snappings, doors)
    }

    fn snap_at(&self, nearest: &Nearest) -> Snap {
        self.snap_on(nearest, self.segment_start(nearest.segment))
    }

    fn snap_on(&self, nearest: &Nearest, start: SegmentStart) -> Snap {
        Snap {
            edge: start.edge,
            fraction: self.fraction(nearest, start),
            leg_m: nearest.metres,
        }
    }

    /// The nearest place on a street that `accept` takes, within some metres, as the crow flies.
    #[must_use]
    pub fn snap_to(
        &self,
        place: Coord<f64>,
        limit_m: f64,
        accept: impl Fn(EdgeId) -> bool,
    ) -> Option<Snap> {
        self.snap_to_where(place, limit_m, accept, |_| true)
    }

    /// The same among the streets whose nearest place `is_meant` takes.
    pub(crate) fn snap_to_where(
        &self,
        place: Coord<f64>,
        limit_m: f64,
        accept: impl Fn(EdgeId) -> bool,
        is_meant: impl Fn(Coord<f64>) -> bool,
    ) -> Option<Snap> {
        let accept = |edge| self.is_open(edge) && accept(edge);
        let stack = &mut Stack::default();
        let nearest = self
            .index
            .nearest_seen(place, limit_m, stack, accept, is_meant)?;
        Some(self.snap_at(&nearest))
    }

    /// What [`Islands::contains`] says, at every street that is tried.
    fn in_island(&self, edge: EdgeId) -> bool {
        self.islands
            .contains_among(&self.closed, self.network, edge)
    }

    fn snap_near(&self, place: Coord<f64>, stack: &mut Stack) -> Option<Snap> {
        let Some(behind) = &self.behind else {
            let accept = |edge| self.accepts(edge);
            let max_snap_m = self.options.max_snap_m;
            let nearest = self.index.nearest(place, max_snap_m, stack, accept)?;
            return Some(self.snap_at(&nearest));
        };
        let place = behind.walls.stand(place);
        let is_seen = |street| behind.walls.is_seen(&place, street);
        let Some(streets) = behind.streets_around(&place) else {
            return self.snap_where(place.at, stack, is_seen);
        };
        let max_snap_m = self.options.max_snap_m;
        let nearest = self
            .index
            .nearest_among(streets, place.at, max_snap_m, is_seen)?;
        Some(self.snap_at(&nearest))
    }

    /// The nearest street that no wall hides, also where it begins in a wall.
    fn snap_in_sight(&self, place: Coord<f64>, stack: &mut Stack) -> Option<Snap> {
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
        let max_snap_m = self.options.max_snap_m;
        let accept = |edge| self.accepts(edge);
        let nearest = self
            .index
            .nearest_seen(place, max_snap_m, stack, accept, is_open)?;
        Some(self.snap_at(&nearest))
    }

    fn snap_with(&self, place: Coord<f64>, stack: &mut Stack) -> Snapping {
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
            let is_near = near.metres <= self.options.max_snap_m;
            let in_island = is_near && self.in_island(edge);
            NearStreet {
                edge,
                metres: near.metres,
                in_island,
                behind_wall: is_near && !in_island,
            }
        }))
    }

    fn segment_start(&self, segment: Segment) -> SegmentStart {
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

/// Where a segment stands on its edge, along the ground.
#[derive(Clone, Copy, Debug)]
struct SegmentStart {
    edge: EdgeId,
    is_first: bool,
    is_last: bool,
    /// The metres from the edge's tail to the segment.
    before_m: f64,
    /// The segment's own.
    length_m: f64,
}
