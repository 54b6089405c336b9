//! What a map marks on its ways that can be closed by itself, and that no network keeps: gates, crossings.

use crate::geometry::Location;

/// A gate on a way: a node that walkers pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GateMark {
    /// The node's number in the map.
    pub node: i64,
    /// Where it is: the place of a vertex of the ways.
    pub place: Location,
    /// What it is called.
    pub name: Option<String>,
}

/// A crossing of a street: a node.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CrossingMark {
    /// The node's number in the map.
    pub node: i64,
    /// Where it is: the place of a vertex of the ways.
    pub place: Location,
    /// The ways for walkers that meet there, ascending: these lead across. None where people only cross from one side of a street to
    /// the other.
    pub footways: Vec<i64>,
}

/// What a map marks on its ways that can be closed by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MapMarks {
    /// Gates, ascending by node.
    pub gates: Vec<GateMark>,
    /// Crossings that are nodes, ascending by node.
    pub crossings: Vec<CrossingMark>,
    /// The ways that are crossings, ascending.
    pub crossing_ways: Vec<i64>,
}
