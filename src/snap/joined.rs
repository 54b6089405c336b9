//! Where a point joins the network, and what snapping made of it.

use crate::id::{EdgeId, GateId};

/// Points per parallel task.
pub(super) const SNAP_CHUNK: usize = 256;

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
