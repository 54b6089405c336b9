//! What lies around the streets: lines that nobody walks across, and where the data end.

use geo_types::{Coord, Polygon};

use crate::geometry::{Bounds, Location};

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ObstacleKind {
    /// A motorway or a trunk road that is closed to walkers.
    Motorway,
    /// Rails on the level: railways, light rail, underground lines in the open.
    Railway,
    /// A river or canal, drawn as a line.
    River,
}

impl ObstacleKind {
    /// Every kind.
    pub const ALL: [ObstacleKind; 3] = [
        ObstacleKind::Motorway,
        ObstacleKind::Railway,
        ObstacleKind::River,
    ];
}

/// A line on the level that nobody walks across.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Obstacle {
    /// What it is.
    pub kind: ObstacleKind,
    /// The way's number in the source.
    pub way: i64,
    /// Its places, longitude and latitude.
    pub line: Vec<Coord<f64>>,
}

/// What lies around the streets.
///
/// **Where the data end**: at the box that the file's header names; where it names none, at the box around all streets; and
/// wherever a street is cut, because the file lacks one of its vertices.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Surroundings {
    /// Rivers, lakes and the sea, where they were asked for.
    pub water: Vec<Polygon<f64>>,
    /// Lines that nobody walks across, where they were asked for.
    pub obstacles: Vec<Obstacle>,
    /// The box that the file says its data are of.
    pub extent: Option<Bounds>,
    /// The last known places of streets that are cut.
    pub cut_at: Vec<Location>,
}
