//! Where a point joins the network, and what snapping made of it.

use crate::id::{EdgeId, GateId};
use crate::model::{Dwelling, Profile};
use crate::network::Impedance;
use crate::units::{COST_SCALE, Cost, Unit};

/// Points per parallel task.
pub(super) const SNAP_CHUNK: usize = 256;

/// What a walk costs between a flat and the street door, in milliseconds: the stairs or the lift. Metres count none of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Indoors {
    /// Down to the street.
    pub out: Cost,
    /// Up from it.
    pub back: Cost,
}

impl Indoors {
    /// As somebody of a profile leaves a flat; `None` where stairs at home shut them in.
    pub(crate) fn of(profile: &Profile, dwelling: Dwelling) -> Option<Self> {
        let cost = |seconds: f64| (seconds * COST_SCALE).round() as Cost;
        let [out, back] = profile.indoors_s(dwelling)?.map(cost);
        Some(Self { out, back })
    }

    /// What counts of it on a walk that begins here, or ends here.
    fn on(self, leaves: bool) -> Cost {
        if leaves { self.out } else { self.back }
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
    /// What a walk costs inside the building; nothing for who stands at the street door.
    pub indoors: Indoors,
}

impl Snap {
    /// Where somebody joins the network who stands at the street door.
    #[must_use]
    pub fn new(edge: EdgeId, fraction: f64, leg_m: f64) -> Self {
        Self {
            edge,
            fraction,
            leg_m,
            indoors: Indoors::default(),
        }
    }

    /// What a walk that begins here (`leaves`) or ends here costs between the point and the street: the straight leg, and where
    /// times are counted the way inside the building.
    #[inline]
    pub(crate) fn leg(&self, impedance: &Impedance, leg_factor: f64, leaves: bool) -> Cost {
        let leg = impedance.leg(self.leg_m * leg_factor);
        match self.indoors.on(leaves) {
            0 => leg,
            indoors if impedance.unit() == Unit::Milliseconds => leg.saturating_add(indoors),
            _ => leg,
        }
    }
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
    /// It would join the network here, but stairs at home that this walker cannot take keep them in.
    ShutIn(Snap),
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

    /// The same of who stands at the street door of the house.
    pub(crate) fn at_door(self) -> Self {
        match self {
            Snapping::On(snap) | Snapping::ShutIn(snap) => Snapping::On(Snap {
                indoors: Indoors::default(),
                ..snap
            }),
            elsewhere => elsewhere,
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
