//! Points onto streets: the nearest place on the nearest usable segment, and the straight leg between.

mod behind;
mod boxes;
mod doors;
mod edit;
mod grid;
mod index;
mod on_grid;
mod shift;
mod snapper;
#[cfg(feature = "isochrone")]
mod some;
mod stations;
mod walls;

pub use grid::Grid;
pub use shift::{Other, Shift};
pub use snapper::Snapper;
pub use stations::StationTree;
pub(crate) use stations::leave_crowds;
pub use walls::{Door, WallGate, Walls};

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::control::{Cancelled, Control, Stage};
use crate::id::{EdgeId, GateId, ResidentId, StationId};
use crate::model::{Resident, Station};
use crate::network::{Impedance, Islands, Network};
use crate::units::OptionError;
use doors::Doors;

pub(crate) use edit::Resnap;
use index::SegmentTree;
pub(crate) use snapper::SnapIndex;

/// Points per parallel task.
const SNAP_CHUNK: usize = 256;

/// The snapping distances taken, in metres: beyond, the street is of another town.
const MAX_SNAP_M: RangeInclusive<f64> = 0.0..=10_000.0;
/// The factors on straight legs taken: no walk is shorter than straight.
const LEG_FACTOR: RangeInclusive<f64> = 1.0..=10.0;

/// How points snap.
///
/// ```
/// use pedshed::snap::SnapOptions;
/// let options = SnapOptions::default().with_max_snap_m(150.0)?.with_leg_factor(1.3)?;
/// assert_eq!((options.max_snap_m(), options.leg_factor()), (150.0, 1.3));
/// let refused = SnapOptions::default().with_leg_factor(-3.0).unwrap_err();
/// assert_eq!(refused.to_string(), "leg_factor = -3 cannot be used; it has to be a number from 1 to 10");
/// # Ok::<(), pedshed::units::OptionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "UncheckedOptions")
)]
pub struct SnapOptions {
    max_snap_m: f64,
    leg_factor: f64,
}

impl Default for SnapOptions {
    fn default() -> Self {
        Self {
            max_snap_m: 200.0,
            leg_factor: 1.0,
        }
    }
}

impl SnapOptions {
    /// The longest straight leg in metres, inclusive. Default: 200, two blocks; further off, the street is not the
    /// point's own.
    #[must_use]
    pub const fn max_snap_m(&self) -> f64 {
        self.max_snap_m
    }

    /// How much longer than straight the leg is walked. Default: 1.
    #[must_use]
    pub const fn leg_factor(&self) -> f64 {
        self.leg_factor
    }

    /// The same with this longest straight leg, in metres.
    ///
    /// # Errors
    /// When it is no number from 0 to 10,000.
    pub fn with_max_snap_m(self, max_snap_m: f64) -> Result<Self, OptionError> {
        let max_snap_m = OptionError::check("max_snap_m", max_snap_m, &MAX_SNAP_M)?;
        Ok(Self { max_snap_m, ..self })
    }

    /// The same with this factor on straight legs.
    ///
    /// # Errors
    /// When it is no number from 1 to 10.
    pub fn with_leg_factor(self, leg_factor: f64) -> Result<Self, OptionError> {
        let leg_factor = OptionError::check("leg_factor", leg_factor, &LEG_FACTOR)?;
        Ok(Self { leg_factor, ..self })
    }
}

/// Options before their numbers were checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct UncheckedOptions {
    max_snap_m: f64,
    leg_factor: f64,
}

#[cfg(feature = "serde")]
impl TryFrom<UncheckedOptions> for SnapOptions {
    type Error = OptionError;

    fn try_from(unchecked: UncheckedOptions) -> Result<Self, OptionError> {
        Self::default()
            .with_max_snap_m(unchecked.max_snap_m)?
            .with_leg_factor(unchecked.leg_factor)
    }
}

/// Where a point joins the network.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
        control.report(Stage::Snap, 0, 1);
        let snapper = Snapper::new(network, impedance, islands, options);
        snapper.snap_points(stations, residents, control)
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
